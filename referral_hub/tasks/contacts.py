"""Employees' private contacts: gone with the employee, found by their words."""

from contextlib import suppress
from functools import partial

from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import one_by_one


def look_after_contacts():
	"""Delete the contacts of people who left, and build the index of the others anew: deleted words leave the disk with it."""
	from referral_hub.matching.contacts import leaving

	one_by_one(leaving.end, leaving.without_employee())
	build_contact_index()


def build_contact_index() -> int:
	"""Build the index of contacts anew; one that is being built is enough."""
	from referral_hub.matching.contacts import searching
	from referral_hub.matching.index.files import BuildRunning

	with suppress(BuildRunning):
		return searching.build()
	return 0


def follow_contacts(old: str, new: str):
	"""What was an employee's stays theirs after a rename."""
	from referral_hub.matching.contacts import service

	retry_deadlocks(partial(service.follow_rename, old, new))
