"""Writes Talent Pool Records: one per person, known by the same keys that say who owns a candidate.

HR edits what would fit (skills, wishes, note); the person, the source and the state are written here.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, now_datetime, nowdate
from frappe.utils.password import get_encryption_key

from referral_hub import kept
from referral_hub.referrals.rules.outcomes import NEVER_MEANT
from referral_hub.referrals.rules.ownership import EMAIL, PHONE, Candidate, keys_of, normalise
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.talent.rules.reasons import REASONS, kept_until

DOCTYPE = "Talent Pool Record"
_WRITTEN_HERE = (
	*("person_name", "email", "phone", "email_key", "phone_key", "referral", "referrer", "referrer_name"),
	*("state", "reason", "captured_on", "company", "job_applicant", "job_opening", "matched_on"),
	*("consent_state", "consent_purpose", "consent_until"),
	*("first_referral", "first_referrer", "first_referred_on"),
)
IN_POOL, MATCHED = "In Pool", "Matched"


class AlreadyInPool(frappe.ValidationError):
	"""Each person has one record."""


class NoPerson(frappe.ValidationError):
	"""What was typed does not say who it is."""


def capture(referral: Document, reason: str, note: str = "") -> str:
	"""Keep the candidate of a referral in the pool; return their one record, with this referral as its newest source.

	Who referred them first stays on the record, unless that referral turned out not to count.
	"""
	if reason not in REASONS:
		raise ValueError(f"No such reason: {reason}")
	keys = _keys(referral)
	name = _record_of(keys)
	record = frappe.get_doc(DOCTYPE, name, for_update=True) if name else frappe.new_doc(DOCTYPE)
	record.update(_first(record, referral))
	record.update(_source(referral, reason) | {field: value for field, value in keys.items() if value})
	record.note = "\n".join(filter(None, (record.note, note or (not name and referral.note) or "")))
	with kept.writing(record):
		record.flags.ignore_links = True
		record.save(ignore_permissions=True)
	return record.name


def know(record: Document) -> None:
	"""Give a new record the keys of its person, whoever makes it; refuse somebody who is in the pool already."""
	keys = _keys_of(Candidate(record.person_name, record.email or None, record.phone or None), record.company)
	if name := _record_of(keys):
		link = frappe.utils.get_link_to_form(DOCTYPE, name)
		frappe.throw(_("This person is in the talent pool already: {0}.").format(link), AlreadyInPool)
	record.update({**keys, "state": IN_POOL, "captured_on": now_datetime()})
	record.consent_until = record.consent_until or _kept_until()


def keep_the_person(record: Document) -> None:
	"""Who somebody is and where they come from are not typed over: HR edits wishes, skills and the note."""
	before = record.get_doc_before_save()
	if not before or record.flags.written_by_the_app:
		return
	for field in _WRITTEN_HERE:
		record.set(field, before.get(field))


def matched(referral: str, opening: str) -> None:
	"""The person of this referral has an opening now."""
	values = {"state": MATCHED, "job_opening": opening, "matched_on": now_datetime()}
	frappe.db.set_value(DOCTYPE, {"referral": referral}, values)


def lock(name: str) -> Document:
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def called_back(record: Document, opening: str, applicant: str | None, referral: Document | None) -> None:
	"""HR made the person of a record an applicant again; a referral that credits somebody is its newest source."""
	values = {
		"state": MATCHED,
		"job_opening": opening,
		"matched_on": now_datetime(),
		"job_applicant": applicant,
	}
	if referral:
		values |= {"referral": referral.name, "referrer": referral.referrer}
		values |= {"referrer_name": referral.referrer_name}
	record.db_set(values)


def forget(records: set[str]) -> None:
	"""Delete the records of a person, with everything the platform keeps beside them, and no copy of it."""
	for name in sorted(records):
		frappe.delete_doc(
			DOCTYPE, name, force=True, ignore_permissions=True, ignore_on_trash=True, delete_permanently=True
		)
		frappe.db.delete("Version", {"ref_doctype": DOCTYPE, "docname": name})


def follow_credit(referral: Document) -> None:
	"""Whoever is credited with the referral now is the referrer of the record too."""
	values = {"referrer": referral.referrer, "referrer_name": referral.referrer_name}
	frappe.db.set_value(DOCTYPE, {"referral": referral.name}, values)
	frappe.db.set_value(DOCTYPE, {"first_referral": referral.name}, "first_referrer", referral.referrer)


def _first(record: Document, referral: Document) -> dict:
	first = record.first_referral
	if first and frappe.db.get_value("Referral", first, "outcome") not in NEVER_MEANT:
		return {}
	return {
		"first_referral": referral.name,
		"first_referrer": referral.referrer,
		"first_referred_on": getdate(referral.submitted_on),
	}


def _keys(referral: Document) -> dict[str, str | None]:
	return _hashes(Candidate(referral.candidate_name, referral.candidate_email, referral.candidate_phone))


def _keys_of(typed: Candidate, company: str | None) -> dict[str, str | None]:
	country = company and frappe.get_cached_value("Company", company, "country")
	code = country and frappe.get_cached_value("Country", country, "code")
	try:
		return _hashes(normalise(typed, code.upper() if code else None))
	except Refused as refused:
		words = _("Please check name, e-mail and phone: at least one of e-mail and phone is needed.")
		raise NoPerson(words) from refused


def _hashes(candidate: Candidate) -> dict[str, str | None]:
	found = {key.kind: key.hash for key in keys_of(candidate, get_encryption_key())}
	return {"email_key": found.get(EMAIL), "phone_key": found.get(PHONE)}


def _record_of(keys: dict[str, str | None]) -> str | None:
	for field, value in sorted(keys.items()):
		name = value and frappe.db.get_value(DOCTYPE, {field: value}, "name", for_update=True)
		if name:
			return name
	return None


def _kept_until():
	settings = frappe.get_cached_doc("Referral Hub Settings")
	chosen, usual = settings.talent_pool_days, settings.meta.get_field("talent_pool_days").default
	return kept_until(getdate(nowdate()), cint(usual if chosen is None else chosen))


def _source(referral: Document, reason: str) -> dict:
	applicant = referral.job_applicant
	resume = applicant and frappe.db.get_value("Job Applicant", applicant, "resume_attachment")
	return {
		"person_name": referral.candidate_name,
		"email": referral.candidate_email,
		"phone": referral.candidate_phone,
		"resume": resume or None,
		"state": IN_POOL,
		"reason": reason,
		"captured_on": now_datetime(),
		"company": referral.company,
		"referral": referral.name,
		"referrer": referral.referrer,
		"referrer_name": referral.referrer_name,
		"job_applicant": applicant,
		"job_opening": None,
		"consent_purpose": referral.get("consent_text"),
		"consent_state": "Given" if referral.get("consent_state") == "Given" else "Not Asked",
		"consent_until": _kept_until(),
	}
