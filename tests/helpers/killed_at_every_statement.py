"""Run as a program: pays the rewards of one referral, killed with SIGKILL after each database statement in turn.

Each attempt is a fork with a connection of its own, so that nothing of the dead is reused. It kills itself after its first
statement, the next attempt after its second, and so on, commits included, until one lives to the end. With "commits" as
the third argument only commits count: there are always as many, while statements get fewer as caches fill.
Prints as JSON how the survivor ended, and what was to be seen after each attempt that was killed, and at the end.
"""

import json
import os
import signal
import sys

import frappe

MOST = 2000


class KillsAfter:
	"""A database cursor that does not survive the last of the statements that count."""

	def __init__(self, cursor, counted: str, last: int):
		self._cursor, self._counted, self._left = cursor, counted, last

	def execute(self, query, *args, **kwargs):
		result = self._cursor.execute(query, *args, **kwargs)
		self._left -= self._counted == "statements" or query == "commit"
		if self._left == 0:
			os.kill(os.getpid(), signal.SIGKILL)
		return result

	def __iter__(self):
		return iter(self._cursor)

	def __getattr__(self, name):
		return getattr(self._cursor, name)


def main(site: str, referral: str, counted: str) -> None:
	warm_up(site, referral)
	seen = []
	for last in range(1, MOST):
		child = os.fork()
		if child == 0:
			pay_and_die(site, referral, counted, last)
		_, status = os.waitpid(child, 0)
		if os.WIFEXITED(status):
			print(json.dumps({"seen": seen, "exit": os.WEXITSTATUS(status), "end": look(site, referral)}))
			return
		seen.append(look(site, referral))
	raise AssertionError("It never came to an end.")


def warm_up(site: str, referral: str) -> None:
	"""Import once, before the forks, what every attempt would import for itself; nothing of it is kept."""
	connect(site)
	from referral_hub.rewards.paying import payouts

	for names in payouts.due_in_rounds(referral=referral):
		payouts.pay_together(names)
	frappe.db.rollback()
	frappe.destroy()


def pay_and_die(site: str, referral: str, counted: str, last: int) -> None:
	connect(site)
	from referral_hub import tasks

	frappe.db.connect()
	frappe.db._cursor = KillsAfter(frappe.db._cursor, counted, last)
	tasks.pay_rewards_of_referral(referral)
	os._exit(0)


def look(site: str, referral: str) -> list:
	"""Wait for the locks of the dead one, and say what it left: state, points, Additional Salaries."""
	connect(site)
	frappe.db.sql("select name from `tabReferral Reward` where referral = %s for update", referral)
	rewards = frappe.get_all("Referral Reward", {"referral": referral}, ["name", "state"], order_by="name")
	left = []
	for reward in rewards:
		entries = frappe.db.count("Points Ledger Entry", {"source_name": reward.name})
		salaries = frappe.db.count("Additional Salary", {"ref_docname": reward.name})
		left.append([reward.state, entries + salaries])
	frappe.db.rollback()
	frappe.db.close()
	return left


def connect(site: str) -> None:
	frappe.init(site, sites_path=".", force=True)
	frappe.connect()


if __name__ == "__main__":
	main(*sys.argv[1:])
