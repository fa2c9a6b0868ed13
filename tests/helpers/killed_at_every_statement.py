"""Run as a program: pays the rewards of one referral, killed with SIGKILL after each database statement in turn.

Each attempt is a fork with a connection of its own, so that nothing of the dead is reused. It kills itself after its first statement, the next attempt after
its second, and so on, commits included, until one lives to the end. Prints for every attempt how many payments were
to be seen, as JSON: {"points": [...], "survived": true}.
"""

import json
import os
import signal
import sys

import frappe

MOST = 2000


class KillsAfter:
	"""A database cursor that sends one more statement than it survives."""

	def __init__(self, cursor, last: int):
		self._cursor, self._left = cursor, last

	def execute(self, *args, **kwargs):
		result = self._cursor.execute(*args, **kwargs)
		self._left -= 1
		if self._left == 0:
			os.kill(os.getpid(), signal.SIGKILL)
		return result

	def __iter__(self):
		return iter(self._cursor)

	def __getattr__(self, name):
		return getattr(self._cursor, name)


def main(site: str, referral: str) -> None:
	frappe.init(site, sites_path=".")
	seen = []
	for last in range(1, MOST):
		child = os.fork()
		if child == 0:
			pay_and_die(site, referral, last)
		_, status = os.waitpid(child, 0)
		if os.WIFEXITED(status):
			print(json.dumps({"seen": seen, "exit": os.WEXITSTATUS(status), "killed": last - 1}))
			return
		seen.append(look(site, referral))
	raise AssertionError("It never came to an end.")


def pay_and_die(site: str, referral: str, last: int) -> None:
	connect(site)
	from referral_hub import tasks

	frappe.db.connect()
	frappe.db._cursor = KillsAfter(frappe.db._cursor, last)
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
