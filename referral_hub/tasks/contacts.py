"""Employees' private contacts: gone with the employee, found by their words."""

from contextlib import suppress
from functools import partial

import frappe

from referral_hub.background import start
from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import one_by_one, says_nothing_of_people


@says_nothing_of_people
def look_after_contacts():
	"""Delete the contacts of people who left, and those nobody looks after; build the index of the others anew: deleted words leave the disk with it."""
	from referral_hub.matching.contacts import leaving, retention
	from referral_hub.matching.contacts.files import importing

	one_by_one(leaving.end, leaving.without_employee())
	one_by_one(retention.warn, retention.to_warn())
	one_by_one(retention.end, retention.to_end())
	one_by_one(importing.forget, importing.over())
	importing.sweep()
	frappe.db.commit()  # the index is built from what is there now, not when the files were looked at
	build_contact_index()


@says_nothing_of_people
def build_contact_index(asked_by: str | None = None) -> int | None:
	"""Build the index of contacts anew; return how many are in it, None where it is being built already. `asked_by`: the start of a machine that missed it."""
	from referral_hub.matching.contacts import searching
	from referral_hub.matching.index.files import BuildRunning

	with suppress(BuildRunning):
		# it waits for whoever deletes or brings in contacts, and begins again where that takes long
		return retry_deadlocks(partial(searching.build, asked_by))
	return None


def heal_contact_index():
	"""Build the index of contacts after a start of the machine: what was saved before a breakdown may not be in it."""
	from referral_hub.matching.contacts import searching

	searching.heal()


@says_nothing_of_people
def follow_contacts(old: str, new: str):
	"""What was an employee's stays theirs after a rename."""
	from referral_hub.matching.contacts import service

	retry_deadlocks(partial(service.follow_rename, old, new))


@says_nothing_of_people
def tell_of_contacts():
	"""Tell employees once a week how many of their contacts fit how many openings; only those who have contacts."""
	from referral_hub import flow
	from referral_hub.matching.contacts import telling

	week = flow.week_to_tell_of()
	names = telling.due(week) if week else []
	if not names:
		return
	openings, _titles = flow.openings_for_contacts()

	def tell_who_fits(employee: str):
		flow.tell_who_fits(employee, week, openings)

	one_by_one(tell_who_fits, names)


@says_nothing_of_people
def import_contacts(name: str):
	"""Bring in a file of contacts, some hundreds in a transaction; what is killed goes on where it stopped."""
	from referral_hub.matching.contacts.files import importing

	frappe.db.commit()
	goes_on = retry_deadlocks(partial(importing.try_again, name))
	frappe.db.commit()
	if not goes_on:
		return
	people = retry_deadlocks(partial(importing.open_file, name))
	frappe.db.commit()
	while retry_deadlocks(partial(importing.take_some, name, people)):
		frappe.db.commit()
	frappe.db.commit()


def resume_contact_imports():
	"""Go on with imports whose job was lost or killed."""
	from referral_hub.matching.contacts.files import importing

	for name in importing.stopped():
		start("referral_hub.tasks.import_contacts", "long", once_as=f"contact_import:{name}", name=name)
