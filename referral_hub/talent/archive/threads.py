"""Whom of the pool a mail is about that was written on an application, its interview, its offer or its onboarding."""

from datetime import datetime
from typing import NamedTuple

import frappe

from referral_hub.talent import keys, states
from referral_hub.talent.capturing import facts, recording
from referral_hub.talent.rows import with_values

# what HR writes from, and the field that says whose application it is
ON: dict[str, str] = {
	"Job Applicant": "name",
	"Interview": "job_applicant",
	"Job Offer": "job_applicant",
	"Employee Onboarding": "job_applicant",
}
# a column of the mail: a machine wrote it, or a colleague who was copied in
NO_ANSWER = "referral_hub_no_answer"


class Written(NamedTuple):
	"""A record whose person a mail is about, their addresses, whether their application is under way, and since when they are kept.

	`is_of_before`: this application was made before that, so that what is written on it is no news of another one.
	"""

	record: str
	addresses: frozenset[str]
	is_under_way: bool
	kept_since: datetime | None
	is_of_before: bool


def written_since(moment: datetime, received_alone: bool = False) -> list[str]:
	"""Return the mails on these since then that nobody has noted as a contact: no job was there for the hint, or it was lost."""
	mail = frappe.qb.DocType("Communication")
	query = frappe.qb.from_(mail).select(mail.name).where(mail.modified >= moment)
	query = query.where(mail.reference_doctype.isin(sorted(ON)) & (mail.communication_medium == "Email"))
	query = query.where((mail.communication_type == "Communication") & (mail[NO_ANSWER] == 0))
	query = query.where(mail.sent_or_received == "Received") if received_alone else query
	written = query.orderby(mail.name).run(pluck=True)
	noted = with_values("Talent Interaction", "communication", written, ["communication"])
	return sorted({*written} - {row.communication for row in noted})


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
	row = frappe.db.get_value(keys.DOCTYPE, name, ["email", "state", "captured_on"], as_dict=True)
	addresses = {address.lower() for address in (row.email, found.applicant.email_id) if address}
	is_under_way = row.state in (states.MATCHED, states.HIRED)
	since = row.captured_on
	is_of_before = bool(since and found.applicant.creation <= since)
	return Written(name, frozenset(addresses), is_under_way, since, is_of_before)
