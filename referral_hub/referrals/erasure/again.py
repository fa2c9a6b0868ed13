"""Finds whom a restored backup brought back: rows older than the erasure of whoever has their contact.

The hash of every e-mail and number is compared with what the journal outside the database knows. Called by the flow, once a day and by
`bench hub-forget-again`.
"""

from collections.abc import Iterator
from typing import NamedTuple

import frappe

from referral_hub.forgotten import journal
from referral_hub.forgotten.file import Line
from referral_hub.referrals import policy
from referral_hub.referrals.erasure import person as people
from referral_hub.referrals.erasure.person import APPLICANT, FORM, RECORD, Person

_CHUNK = 1000
# DocType -> (column of the e-mail, of the number, how to find the whole person)
_CONTACTS = {
	RECORD: ("email", "phone", people.of_record),
	"Referral": ("candidate_email", "candidate_phone", people.of_referral),
	APPLICANT: ("email_id", "phone_number", people.of_applicant),
	FORM: ("email", "contact_no", people.of_form),
}


# what an erasure of this extent leaves to HRMS is no finding
_LOOKED_AT = {
	journal.POOL: {RECORD},
	journal.OURS: {RECORD, "Referral"},
	journal.WITH_HRMS: {RECORD, "Referral", APPLICANT, FORM},
}


class Back(NamedTuple):
	"""A row that should be gone: what the journal says of its person."""

	doctype: str
	name: str
	line: Line


def brought_back() -> list[Back]:
	"""Return the rows about people who were forgotten after these rows were written."""
	owed = journal.owed()
	found = [back for doctype in _CONTACTS for back in _of(doctype, owed)] if owed else []
	return [back for back in found if back.doctype in _LOOKED_AT.get(back.line.extent, ())]


def person_of(back: Back) -> Person | None:
	"""Return the whole person behind a row, None when it is gone by now."""
	if not frappe.db.exists(back.doctype, back.name):
		return None
	return _CONTACTS[back.doctype][2](back.name)


def has_come_again(person: Person, line: Line) -> bool:
	"""Say whether the person applied or was referred anew after they had been forgotten: then HR decides."""
	later = (">", journal.moment_of(line))
	return any(
		frappe.db.exists(doctype, {"name": ("in", sorted(names)), "creation": later})
		for doctype, names in ((APPLICANT, person.applicants), ("Referral", person.referrals))
		if names
	)


def settle() -> int:
	"""Write down as forgotten whom this database does not hold any more; return how many contacts are left to do."""
	left = {back.line.key for back in brought_back()}
	for key, line in journal.owed().items():
		if key not in left:
			journal.remember({key}, line.extent, journal.moment_of(line))
	return len(left)


def _of(doctype: str, owed: dict[str, Line]) -> Iterator[Back]:
	email, phone, _find = _CONTACTS[doctype]
	fields, after = ["name", "creation", f"{email} as email", f"{phone} as phone"], ""
	regions = _regions()
	while rows := frappe.get_all(doctype, {"name": (">", after)}, fields, order_by="name asc", limit=_CHUNK):
		for row in rows:
			hashes = journal.hashes_of(filter(None, [row.email]), filter(None, [row.phone]), regions)
			lines = [owed[key] for key in sorted(hashes & owed.keys())]
			yield from (
				Back(doctype, row.name, line) for line in lines if journal.is_older(row.creation, line.at)
			)
		after = rows[-1].name


def _regions() -> list[str | None]:
	companies = frappe.get_all("Company", pluck="name")
	return sorted({policy.region_of(company) for company in companies} - {None}) or [None]
