"""Many real processes at the points ledger at once, each with its own connection and transactions.

In a test: `run(job, processes, **facts)` gives what each process answered. As a script this file imports Frappe once,
forks the processes, lets them connect, and starts them all at the same moment.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from live_site import site_name, sites_folder
from warm_python import warm_python

ROOT = Path(__file__).resolve().parent.parent.parent


def run(job: str, processes: int, timeout: int = 300, defect: str = "", **facts) -> list:
	"""What every process answered, in no order; a process that was killed answers None. `defect`: one of `ledger_defects`."""
	order = json.dumps(
		{"job": job, "processes": processes, "site": site_name(), "facts": facts, "defect": defect}
	)
	done = subprocess.run(
		[*warm_python(), __file__, order], cwd=sites_folder(), capture_output=True, text=True, timeout=timeout
	)
	assert done.returncode == 0, done.stderr
	answers = [json.loads(line) for line in done.stdout.splitlines()]
	broken = [answer["broke"] for answer in answers if "broke" in answer]
	assert not broken, broken[0]
	return [answer["answer"] for answer in answers] + [None] * (processes - len(answers))


# the jobs, each run by one process


def post_and_spend(number: int, employee: str, times: int) -> list:
	"""Earn 5 and spend 3, again and again; how many of each were booked."""
	booked = [0, 0]
	for turn in range(times):
		booked[0] += bool(attempt(service.post, employee, 5, "Issuance", f"in {number} {turn}"))
		booked[1] += bool(attempt(service.post, employee, -3, "Shop", f"out {number} {turn}"))
	return booked


def same_key(number: int, employee: str, points: int, counter: str, key: str):
	return attempt(service.post, employee, points, counter, key)


def redeem(number: int, employee: str, times: int) -> int:
	"""Buy one thing for 1 point as often as it goes."""
	return sum(
		bool(attempt(service.post, employee, -1, "Shop", f"buy {employee} {number} {turn}"))
		for turn in range(times)
	)


def earn_again_and_again(number: int, employee: str, times: int) -> int:
	return sum(
		bool(attempt(service.post, employee, 1, "Issuance", f"hot {employee} {number} {turn}"))
		for turn in range(times)
	)


def first_post(number: int, employees: list[str]):
	return attempt(service.post, employees[number % len(employees)], 1, "Issuance", f"first {number}")


def give(number: int, pair: list[str]):
	giver, taker = pair if number % 2 else reversed(pair)
	return attempt(service.transfer, giver, taker, 1, f"gift {number}")


def hand_on(number: int, wallet: str) -> int:
	"""Move what a wallet holds to where its owner works now, as a request does that has read before it waits."""
	frappe.db.count("Points Account")
	return retry_deadlocks(lambda: committed(handing_on.hand_on, wallet, "You work there now"))


def undo(number: int, entry: str):
	return attempt(service.reverse, entry, f"undo {number}")


def expire(number: int, today: str) -> int:
	return attempt(service.expire_due, today)


def draw_prizes(number: int, draw: str) -> bool:
	return _draw(drawing.draw_prizes, draw)


def draw_again(number: int, winners: list[str]) -> bool:
	return _draw(drawing.draw_again, winners[number], "Gave it up")


def _draw(step, *args) -> bool:
	"""Do it as a request does, which has read something before it waits; False when it was refused."""
	frappe.db.count("Prize Draw Winner")
	try:
		retry_deadlocks(lambda: committed(step, *args))
	except DrawError:
		frappe.db.rollback()
		return False
	return True


def die(number: int, employee: str, key: str, points: int, at: str):
	"""Be killed, as by the kernel, just after one of the writes of a post."""
	kill_after(at)
	committed(service.post, employee, points, "Issuance" if points > 0 else "Shop", key)
	os.kill(os.getpid(), signal.SIGKILL)


# helpers of the jobs


def attempt(step, *args):
	"""What the step answers, or None when the ledger refused."""
	try:
		return retry_deadlocks(lambda: committed(step, *args))
	except errors.PointsError:
		frappe.db.rollback()
		return None


def committed(step, *args):
	result = step(*args)
	frappe.db.commit()
	return result


def kill_after(at: str) -> None:
	original = getattr(journal, at, None)
	if original is None:
		return

	def dying(*args, **kwargs):
		original(*args, **kwargs)
		os.kill(os.getpid(), signal.SIGKILL)

	setattr(journal, at, dying)


# the script


def warm_up(site: str) -> None:
	"""Import once, before the fork, what every process would import for itself; leave no connection open."""
	frappe.init(site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	anybody = frappe.db.get_value("Employee", {}, "name")
	service.post(anybody, 1, "Issuance", "warm-up")
	service.verify()
	frappe.db.rollback()
	frappe.destroy()


def start(order: dict) -> None:
	gate_read, gate_write = os.pipe()
	answers_read, answers_write = os.pipe()
	children = []
	for number in range(order["processes"]):
		child = os.fork()
		if not child:
			os.close(gate_write)
			live(order, number, gate_read, answers_write)
		children.append(child)
	os.close(answers_write)
	os.close(gate_write)  # everybody waits for the end of this pipe: go
	with os.fdopen(answers_read) as answers:
		sys.stdout.write(answers.read())
	for child in children:
		os.waitpid(child, 0)


def live(order: dict, number: int, gate: int, answers: int) -> None:
	"""One process: connect, wait for the start, work, answer, end."""
	try:
		frappe.init(order["site"], sites_path=".")
		frappe.connect()
		frappe.set_user("Administrator")
		os.read(gate, 1)
		answer = {"answer": globals()[order["job"]](number, **order["facts"])}
	except BaseException:
		answer = {"broke": traceback.format_exc()[-2000:]}
	os.write(answers, (json.dumps(answer) + "\n").encode())
	os._exit(0)


if __name__ == "__main__":
	sys.path.insert(0, str(ROOT))
	import frappe

	from referral_hub.points import errors, journal, service
	from referral_hub.points.draw import drawing
	from referral_hub.points.draw.errors import DrawError
	from referral_hub.points.following import handing_on
	from referral_hub.retry import retry_deadlocks

	given = json.loads(sys.argv[1])
	warm_up(given["site"])
	if given["defect"]:
		import ledger_defects

		ledger_defects.inject(given["defect"])
	start(given)
