"""Many real processes at one shop, each with its own connection and transactions; started as those of `points_processes`.

In a test: `run(processes, item, buyers)` gives what every buyer was told. As a script this is one of the processes.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from live_site import site_name, sites_folder
from warm_python import warm_python

ROOT = Path(__file__).resolve().parent.parent.parent


def run(processes: int, item: str, buyers: list[str], timeout: int = 400) -> Counter:
	"""Let the processes share the buyers, each buying one; count what they were told."""
	order = json.dumps({"site": site_name(), "item": item, "buyers": buyers, "processes": processes})
	done = subprocess.run(
		[*warm_python(), __file__, order], cwd=sites_folder(), capture_output=True, text=True, timeout=timeout
	)
	assert done.returncode == 0, done.stderr
	answers = [json.loads(line) for line in done.stdout.splitlines()]
	assert len(answers) == processes, done.stderr
	return Counter(word for answer in answers for word in answer)


def buy(item: str, buyer: str) -> str:
	"""Order as a request does: committed, or rolled back and refused."""
	try:
		retry_deadlocks(lambda: (flow.order_item(buyer, item, f"race {buyer}"), frappe.db.commit()))
		return "ordered"
	except ShopError as refused:
		frappe.db.rollback()
		return refused.reason


def live(order: dict, number: int, gate: int, answers: int) -> None:
	"""One process: connect, wait for the start, buy for every buyer that is its own, answer, end."""
	frappe.init(order["site"], sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	os.read(gate, 1)
	mine = order["buyers"][number :: order["processes"]]
	said = [buy(order["item"], buyer) for buyer in mine]
	os.write(answers, (json.dumps(said) + "\n").encode())
	os._exit(0)


def start(order: dict) -> None:
	gate_read, gate_write = os.pipe()
	answers_read, answers_write = os.pipe()
	for number in range(order["processes"]):
		if not os.fork():
			os.close(gate_write)
			live(order, number, gate_read, answers_write)
	os.close(answers_write)
	os.close(gate_write)  # everybody waits for the end of this pipe: go
	with os.fdopen(answers_read) as answers:
		sys.stdout.write(answers.read())


if __name__ == "__main__":
	sys.path.insert(0, str(ROOT))
	import os

	import frappe

	from referral_hub import flow
	from referral_hub.points.shop.errors import ShopError
	from referral_hub.retry import retry_deadlocks

	start(json.loads(sys.argv[1]))
