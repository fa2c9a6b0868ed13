"""Whom of the pool a mail is about that was written on an application, its interview, its offer or its onboarding."""

from typing import NamedTuple

import frappe

from referral_hub.talent import keys, states
from referral_hub.talent.capturing import facts, recording

# what HR writes from, and the field that says whose application it is
ON: dict[str, str] = {
	"Job Applicant": "name",
	"Interview": "job_applicant",
	"Job Offer": "job_applicant",
	"Employee Onboarding": "job_applicant",
}


class Written(NamedTuple):
	"""A record whose person a mail is about, their addresses, and whether their application is under way."""

	record: str
	addresses: frozenset[str]
	is_under_way: bool


def people_of(mail) -> list[Written]:
	"""Return who of the pool the mail is about, locked; nobody where it hangs on no application, or they were forgotten."""
	field = ON.get(mail.reference_doctype)
	applicant = field and frappe.db.get_value(mail.reference_doctype, mail.reference_name, field)
	return [
		_written(name, found)
		for found in facts.of([applicant] if applicant else [])
		for name in _records(found)
	]


def _records(found: facts.Found) -> list[str]:
	person = recording.person_of(found)
	names = {*keys.known(person, keys.hashes_of(person)).records, *found.records}
	return [name for name in sorted(names) if states.lock(name).state != states.ANONYMISED]


def _written(name: str, found: facts.Found) -> Written:
	row = frappe.db.get_value(keys.DOCTYPE, name, ["email", "state"], as_dict=True)
	addresses = {address.lower() for address in (row.email, found.applicant.email_id) if address}
	return Written(name, frozenset(addresses), row.state in (states.MATCHED, states.HIRED))
