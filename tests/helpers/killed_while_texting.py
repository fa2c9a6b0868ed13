"""Run as a program: tells one employee something by SMS and sends it, killed after each database statement in turn.

Each attempt has a message of its own and is a fork with a connection of its own. Prints how many were killed.
"""

import json
import os
import sys

import frappe
from killed_in_turn import Mortal, connect

MOST = 200


def main(site: str, employee: str) -> None:
	for last in range(1, MOST):
		tell(site, employee, last)
		child = os.fork()
		if child == 0:
			send_and_die(site, last)
		_, status = os.waitpid(child, 0)
		if os.WIFEXITED(status):
			print(json.dumps({"killed": last - 1, "exit": os.WEXITSTATUS(status)}))
			return
	raise AssertionError("It never came to an end.")


def tell(site: str, employee: str, number: int) -> None:
	connect(site)
	from referral_hub.messages import service

	service.tell("offer_made", employee, key=f"REF-{number}", candidate_name=f"Lin {number}.")
	frappe.db.after_commit.reset()
	frappe.db.commit()
	frappe.db.close()


def send_and_die(site: str, last: int) -> None:
	connect(site)
	from referral_hub.messages import outbox, sending
	from referral_hub.messages.channels import installed_channels

	name = outbox.due(1)[0] if last == 1 else outbox.due(MOST)[-1]
	channels, counts = installed_channels(), sending.Counts()
	frappe.db._cursor = Mortal(frappe.db._cursor, last, os.open(os.devnull, os.O_WRONLY))
	sending.send_one(name, channels, counts, frappe.db.commit)
	frappe.db.commit()
	os._exit(0)


if __name__ == "__main__":
	main(*sys.argv[1:])
