"""What we hold about somebody of the pool: for themselves (`about`), and whole, for HR who answers a request (`everything`)."""

import frappe
from frappe.utils import get_datetime_str, now_datetime

from referral_hub.talent.archive import contacts, reading
from referral_hub.talent.keeping import DOCTYPE


def about(row: frappe._dict) -> dict:
	"""Return what the person may have, as plain values with plain names: never what HR or interviewers wrote."""
	return {
		"company": row.company,
		"kept_since": _said(row.captured_on),
		"kept_until": str(row.consent_until) if row.consent_until else None,
		"recommended_by": row.referrer_name,
		"name": row.person_name,
		"email": row.email,
		"phone": row.phone,
		"resume": row.resume,
		"wishes": {"designation": row.preferred_designation, "location": row.preferred_location},
		"questions": row.questions,
		"contacts": [
			{"on": _said(each.happened_on), "kind": each.kind, "from_you": each.direction == contacts.IN}
			for each in contacts.of(row.name)
		],
		"agreement": {
			"state": row.consent_state,
			"answered_on": _said(row.consent_on),
			"words": row.consent_purpose,
		},
		"deletion_asked_on": _said(row.erasure_asked_on),
		"deletion_until": str(row.erasure_due_on) if row.erasure_due_on else None,
		"as_of": _said(now_datetime()),
	}


def everything(record: str, with_words: bool) -> dict:
	"""Return the whole record with the archive beside it: applications, rounds, offers, contacts, mails, referrals."""
	doc = frappe.get_doc(DOCTYPE, record)
	hidden = {field.fieldname for field in doc.meta.fields if field.hidden}
	own = {key: value for key, value in doc.as_dict(no_nulls=True).items() if key not in hidden}
	return {"record": own, **reading.of(record, with_words)}


def _said(moment) -> str | None:
	return get_datetime_str(moment)[:19] if moment else None
