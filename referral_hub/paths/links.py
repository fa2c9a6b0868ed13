"""Links with which somebody who is wanted sees a path: signed, for a while, made by HR from an offer or for a person of the talent pool.

The link knows whom it is for; the page reads the designation from there each time, so nothing about the person is kept a second time. An
offer that HR amended is read in the place of the one the link was made from.
Called by the desk's API and by the page for guests.
"""

import frappe
from frappe import _
from frappe.utils import cint, get_url

from referral_hub import amended, tokens
from referral_hub.paths import placing, reading
from referral_hub.paths.rules import ladder
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.tokens import Subject

# what ends a link before its time: nobody is wanted by it any more
_OVER = {"status": "Rejected", "state": "Do Not Contact"}
OFFER, POOL = "Job Offer", "Talent Pool Record"
# DocType -> its fields: whom it is about, for what
FIELDS = {
	OFFER: {"person": "applicant_name", "designation": "designation", "company": "company"},
	POOL: {"person": "person_name", "designation": "preferred_designation", "company": "company"},
}


class NoPathToShow(frappe.ValidationError):
	"""There is no path in use for this designation and company."""


def make(doctype: str, name: str) -> str:
	"""Return the address of a new link; those made before go on working until they end."""
	if not path_for(Subject(doctype, name)):
		frappe.throw(_("There is no performance path for this designation and company."), NoPathToShow)
	days = cint(frappe.get_cached_doc("Referral Hub Settings").path_link_days) or 30
	return get_url(f"/path/{tokens.issue(Purpose.PATH, doctype, name, days)}")


def opened_by(token: object) -> frappe._dict | None:
	"""Return what a link opens: whom it is for, the path and the level; None for every link that opens nothing."""
	subject = tokens.read(Purpose.PATH, token)
	found = subject and path_for(subject)
	return found and found.update(token=token)


def path_for(subject: Subject) -> frappe._dict | None:
	"""Return the path of the designation somebody is wanted for, and the level at which they would begin."""
	subject = _now(subject)
	person = subject and _about(subject)
	if not person or not person.designation:
		return None
	for name in placing.paths_with(person.designation, person.company):
		path = frappe.get_cached_doc("Performance Path", name)
		begins = ladder.begins_at(reading.ladder_of(path), person.designation)
		if begins:
			name = f"{subject.doctype}:{subject.name}"
			return frappe._dict(person, subject=subject, path=path, level=begins.code, name=name)
	return None


def interested(row: frappe._dict) -> bool:
	"""Keep that somebody is interested, once for each link; say whether this was the first time."""
	return tokens.answer(Purpose.PATH, row.token)


def _now(subject: Subject) -> Subject | None:
	"""Return what stands for a link's subject today; None for an offer that was cancelled, and for links of another kind."""
	if subject.doctype == OFFER:
		name = amended.standing_for(OFFER, subject.name, for_update=False)
		return name and Subject(OFFER, name)
	return subject if subject.doctype in FIELDS else None


def _about(subject: Subject) -> frappe._dict | None:
	fields = FIELDS[subject.doctype]
	wanted = [f"{field} as {name}" for name, field in fields.items()]
	end = "status" if subject.doctype == OFFER else "state"
	if subject.doctype == POOL:
		wanted.append("designation as applied_designation")
	person = frappe.db.get_value(subject.doctype, subject.name, [*wanted, end], as_dict=True)
	if person and person.pop(end) == _OVER[end]:
		return None
	if person and not person.designation:
		person.designation = person.get("applied_designation")
	return person
