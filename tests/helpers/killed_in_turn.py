"""Run as a program: does pieces of work, each killed with SIGKILL after its first database statement, then its second, ...

Every attempt is a fork of one warm process with a database connection of its own; it says which statement was its last, and
kills itself. After each the parent waits for the locks of the dead one and counts what it left. It ends when an attempt
lives. The program stays for the next piece: what takes longest is its start.

Argument: the site. Each line of its input is a piece of work as JSON: a name of WORK, what it is about, and a list of SQL, of
which the first locks what the work locks. It answers each with a line of JSON: {"way": [statement, ...], "killed":
[{"after": statement, "left": [...]}, ...], "end": [...]}, or {"error": what went wrong}. The way is what an attempt sends that
nobody kills and that does not commit: the points that must be hit.
"""

import json
import os
import signal
import sys
import traceback

import frappe
from frappe.database import get_db

MOST = 1000
KEPT_OPEN: list = []


class Watched:
	"""A database cursor that notes each of its statements."""

	def __init__(self, cursor, way: list[str]):
		self._cursor, self._way = cursor, way

	def execute(self, query, *args, **kwargs):
		self._way.append(in_one_line(query))
		return self._cursor.execute(query, *args, **kwargs)

	def __iter__(self):
		return iter(self._cursor)

	def __getattr__(self, name):
		return getattr(self._cursor, name)


class Mortal:
	"""A database cursor that does not survive the last of its statements."""

	def __init__(self, cursor, last: int, last_words: int):
		self._cursor, self._left, self._last_words = cursor, last, last_words

	def execute(self, query, *args, **kwargs):
		result = self._cursor.execute(query, *args, **kwargs)
		self._left -= 1
		if self._left == 0:
			os.write(self._last_words, in_one_line(query).encode())
			os.kill(os.getpid(), signal.SIGKILL)
		return result

	def __iter__(self):
		return iter(self._cursor)

	def __getattr__(self, name):
		return getattr(self._cursor, name)


def in_one_line(query) -> str:
	return " ".join(str(query).split())[:200]


def pay(referral: str) -> None:
	from referral_hub import tasks

	tasks.pay_rewards_of_referral(referral)


def finish(task: str) -> None:
	"""Somebody says that it was handed over, and again when they got no answer."""
	from referral_hub.fulfilment import service

	try:
		service.finish(task, "Given", for_employee="Shelf 12")
	except service.NotOpen:
		frappe.db.rollback()
	frappe.db.commit()


def tax(reward: str) -> None:
	from referral_hub import tasks

	tasks.hand_over_taxable_value(reward)


def void(reward: str) -> None:
	"""HR voids what should never have been paid, and again when they got no answer."""
	from referral_hub.rewards import promises, service

	if frappe.db.get_value(promises.DOCTYPE, reward, "decided_by", for_update=True):
		frappe.db.rollback()
	else:
		service.void(reward, "It never happened")
	frappe.db.commit()


def deduct(reward: str) -> None:
	"""HR asks back by payroll what is owed, and again when they got no answer."""
	from referral_hub.rewards.recovery import service

	try:
		service.deduct(reward, "Paid for nothing")
	except service.CantBeRecovered:
		frappe.db.rollback()
	frappe.db.commit()


def settle(recovery: str) -> None:
	"""What follows the salary slip that carries a deduction."""
	from referral_hub import tasks

	tasks.follow_recovery(recovery)


WORK = {work.__name__: work for work in (pay, finish, tax, void, deduct, settle)}


def main(site: str) -> None:
	for line in sys.stdin:
		print(json.dumps(answer(site, *json.loads(line))), flush=True)


def answer(site: str, work: str, about: str, evidence: list[str]) -> dict:
	"""Begin as a new process would: with nothing remembered of the piece before, and end without a connection."""
	connect(site)
	try:
		return killed_in_turn(work, about, evidence)
	except Exception:
		return {"error": traceback.format_exc()}
	finally:
		frappe.destroy()


def connect(site: str) -> None:
	frappe.init(site, sites_path=".", force=True)
	frappe.connect()
	frappe.db.connect()


def killed_in_turn(work: str, about: str, evidence: list[str]) -> dict:
	walk(work, about)
	way, killed = walk(work, about), []
	for last in range(1, MOST):
		last_words = attempt(work, about, last)
		left = look(evidence)
		if last_words is None:
			return {"way": way, "killed": killed, "end": left}
		killed.append({"after": last_words, "left": left})
	raise AssertionError("It never came to an end.")


def walk(work: str, about: str) -> list[str]:
	"""Do it without a commit and say which statements that takes. Once it was done, every attempt sends the same."""
	cursor, commit, way = frappe.db._cursor, frappe.db.commit, []

	def only_note() -> None:
		way.extend(("commit", "START TRANSACTION"))
		frappe.db.value_cache.clear()

	frappe.db._cursor, frappe.db.commit = Watched(cursor, way), only_note
	WORK[work](about)
	frappe.db._cursor, frappe.db.commit = cursor, commit
	frappe.db.rollback()
	frappe.db.after_commit.reset()
	return way


def attempt(work: str, about: str, last: int) -> str | None:
	"""Let a fork do it; return its last statement when it was killed, None when it lived to the end."""
	reading, writing = os.pipe()
	child = os.fork()
	if child == 0:
		connect_anew()
		frappe.db._cursor = Mortal(frappe.db._cursor, last, writing)
		WORK[work](about)
		os._exit(0)
	os.close(writing)
	with os.fdopen(reading) as words:
		said = words.read()
	_, status = os.waitpid(child, 0)
	if os.WIFEXITED(status):
		assert os.WEXITSTATUS(status) == 0
		return None
	assert os.WTERMSIG(status) == signal.SIGKILL
	return said


def connect_anew() -> None:
	"""Take a connection of its own; that of the parent is not touched, nor closed with the child."""
	KEPT_OPEN.append(frappe.local.db)
	old = frappe.local.db
	frappe.local.db = get_db(old.host, old.user, old.password, old.port, old.cur_db_name, old.socket)
	frappe.db.connect()


def look(evidence: list[str]) -> list:
	"""Wait for the locks of the dead one, and count what it left."""
	frappe.db.rollback()
	frappe.db.sql(evidence[0])
	frappe.db.rollback()
	left = [frappe.db.sql(query)[0][0] for query in evidence[1:]]
	frappe.db.rollback()
	return [str(value) for value in left]


if __name__ == "__main__":
	main(*sys.argv[1:])
