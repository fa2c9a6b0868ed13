"""Run as a program: brings in a file of contacts, killed with SIGKILL after its first database statement, then its second, ...

Each attempt is a fork with a connection of its own and goes on where the one before was stopped; it ends when one lives. Arguments: the
site, the import, a folder for the index. Prints what each left: [people kept, how far the import says it is].
"""

import json
import os
import sys

import frappe
from killed_in_turn import Mortal, connect

from referral_hub import tasks
from referral_hub.matching.contacts import searching
from referral_hub.matching.contacts.files import importing
from referral_hub.matching.index.index import Index

MOST = 200
PEOPLE_AT_A_TIME = 10


def main(site: str, name: str, folder: str) -> None:
	# that it is given up is tried elsewhere
	importing._CHUNK, importing._MOST_ATTEMPTS = PEOPLE_AT_A_TIME, MOST
	index = Index(folder)
	searching.index = lambda: index
	left = []
	for last in range(1, MOST):
		child = os.fork()
		if child == 0:
			bring_in_and_die(site, name, last)
		_, status = os.waitpid(child, 0)
		left.append(look(site, name))
		if os.WIFEXITED(status):
			print(json.dumps(left))
			sys.exit(os.WEXITSTATUS(status))
	raise AssertionError("It never came to an end.")


def bring_in_and_die(site: str, name: str, last: int) -> None:
	connect(site)
	frappe.db._cursor = Mortal(frappe.db._cursor, last, os.open(os.devnull, os.O_WRONLY))
	tasks.import_contacts(name)
	os._exit(0)


def look(site: str, name: str) -> list[int]:
	"""Wait for the locks of the dead one, and count what it left."""
	connect(site)
	[[employee, looked_at]] = frappe.db.sql(
		"select employee, looked_at from `tabReferral Contact Import` where name = %s for update", name
	)
	kept = frappe.db.count("Referral Contact", {"employee": employee})
	frappe.destroy()
	return [kept, looked_at]


if __name__ == "__main__":
	main(*sys.argv[1:])
