"""What a record holds that may be another person's: applications, contacts by which they are reached, what was said, mails, signals, files.

An e-mail or a number that stands on an application goes where that goes; only the others are chosen by themselves.
"""

from typing import NamedTuple

import frappe

from referral_hub.talent import keys, signals
from referral_hub.talent.archive import contacts, former
from referral_hub.talent.archive.former import EMAIL, PHONE, Contact
from referral_hub.talent.archive.reading import applicants_of
from referral_hub.talent.capturing import facts, recording
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.rows import with_values

DOCTYPE = keys.DOCTYPE
_LONGEST_WORDS = 140


class Held(NamedTuple):
	"""What a record holds: its applications, newest first, each with its contacts, and the contacts that stand on none of them."""

	applications: dict[str, Found]
	reached: dict[str, list[Contact]]
	loose: dict[str, Contact]


def held(record) -> Held:
	"""Return what is known of the person of a record by which it could be told apart."""
	found = {each.applicant.name: each for each in facts.of(applicants_of(record))}
	reached = {name: _contacts_of(each) for name, each in found.items()}
	once = [Contact(row.key_hash, row.kind, row.contact) for row in former.of([record.name])[record.name]]
	on_applications = {contact.key_hash for each in reached.values() for contact in each}
	every = [each for each in (*former.contacts_of(record), *once) if each.key_hash and each.contact]
	loose = {each.key_hash: each for each in every if each.key_hash not in on_applications}
	return Held(found, reached, loose)


def names_of(found: Found) -> set[str]:
	"""Return the names somebody applied under: HRMS's, and the referrer's."""
	return {found.applicant.applicant_name, recording.person_of(found).name} - {None, ""}


def shown(record, known: Held | None = None) -> dict[str, list[dict]]:
	"""Return what HR chooses from: {"applications", "addresses", "contacts", "mails", "signals", "files"}, each row with its "name"."""
	known = known or held(record)
	return {
		"applications": [_application(each) for each in known.applications.values()],
		"addresses": [
			{"name": key, "kind": each.kind, "contact": each.contact} for key, each in known.loose.items()
		],
		"contacts": [
			{
				"name": row.name,
				"kind": row.kind,
				"on": row.happened_on,
				"words": (row.summary or "")[:_LONGEST_WORDS],
			}
			for row in contacts.of(record.name)
		],
		"mails": [
			{"name": row.name, "on": row.communication_date, "words": row.subject} for row in mails(record)
		],
		"signals": [
			{"name": row.name, "kind": row.kind, "on": row.happened_on, "words": row.words or ""}
			for row in signals.of(record.name)
		],
		"files": [{"name": row.name, "words": row.file_name} for row in files(record)],
	}


def mails(record) -> list:
	"""Return the mails on a record that are no contact of its own: those go with their contact."""
	about = {
		"reference_doctype": DOCTYPE,
		"reference_name": record.name,
		"communication_type": "Communication",
	}
	rows = frappe.get_all(
		"Communication", about, ["name", "subject", "communication_date"], order_by="communication_date desc"
	)
	noted = {row.communication for row in contacts.of(record.name)}
	return [row for row in rows if row.name not in noted]


def files(record) -> list:
	where = {"attached_to_doctype": DOCTYPE, "attached_to_name": record.name}
	return frappe.get_all("File", where, ["name", "file_name"], order_by="creation asc")


def _application(found: Found) -> dict:
	row, opening = found.applicant, found.applicant.job_title
	titles = with_values("Job Opening", "name", [opening], ["job_title"])
	return {
		"name": row.name,
		"person_name": row.applicant_name,
		"opening": titles[0].job_title if titles else None,
		"on": row.creation,
		"email": row.email_id,
		"phone": row.phone_number,
	}


def _contacts_of(found: Found) -> list[Contact]:
	"""Return the e-mails and numbers of an application, as HRMS has them and as the referrer told them."""
	row = found.applicant
	written = keys.read(row.applicant_name, row.email_id, row.phone_number, keys.region_of(found.company))
	said: dict[str, Contact] = {}
	for person in (recording.person_of(found), written):
		hashes = keys.hashes_of(person)
		for key, kind, contact in (("email_key", EMAIL, person.email), ("phone_key", PHONE, person.phone)):
			if contact and hashes[key]:
				said.setdefault(hashes[key], Contact(hashes[key], kind, contact))
	return list(said.values())
