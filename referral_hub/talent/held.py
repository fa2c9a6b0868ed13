"""What we hold about somebody of the pool: for themselves (`about`), and whole, for HR who answers a request (`everything`).

Which records that are is the erasure's to know (`flow.held_about`): what would be deleted is shown. Here they are put into words.
"""

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.utils import cstr, get_datetime_str, now_datetime

from referral_hub.talent import signals
from referral_hub.talent.archive import contacts, former, reading
from referral_hub.talent.templates import media

# what machines read, and what no export may hand on
_NOT_WORDS = frozenset({"Code", "JSON", "Password"})
_TEXTS = frozenset({"Data", "Small Text", "Text", "Long Text", "Markdown Editor"})


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
		"contact_in_wecom": row.wecom_contact,
		"former_contacts": [each["contact"] for each in former.shown(row)],
		"resume": row.resume,
		"wishes": {"designation": row.preferred_designation, "location": row.preferred_location},
		"questions": row.questions,
		"contacts": [
			{"on": _said(each.happened_on), "kind": each.kind, "from_you": each.direction == contacts.IN}
			for each in contacts.of(row.name)
		],
		"mails": [
			{
				"on": _said(each["on"]),
				"from_you": each["is_theirs"],
				"subject": each["subject"],
				"words": each["words"],
			}
			for each in reading.mails_of(row.name, reading.applicants_of(row))
			if each["is_with_them"]
		],
		"pictures_and_voices": [each.file_name for each in media.sent(row.name)],
		"signals": [
			{"on": _said(each.happened_on), "kind": each.kind, "source": each.source}
			for each in signals.of(row.name)
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


def everything(held: dict[str, list[str]]) -> dict[str, list[dict]]:
	"""Return {DocType: rows} of these records: what is hidden or says nothing is left out."""
	return {
		doctype: [_plain(frappe.get_doc(doctype, name)) for name in names] for doctype, names in held.items()
	}


def in_words(held: dict[str, list[str]]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
	"""Return the same to read and to print: (what it is, rows of (label, value)), in the language of whoever reads."""
	return [
		(_(doctype), [_labelled(frappe.get_doc(doctype, name)) for name in names])
		for doctype, names in held.items()
	]


def _plain(doc) -> dict:
	found = {"name": doc.name}
	for field in _told(doc.meta):
		value = doc.get(field.fieldname)
		if field.fieldtype in table_fields:
			value = [_plain(child) for child in value]
		if value not in (None, "", [], 0):
			found[field.fieldname] = value if isinstance(value, list | int | float | str) else str(value)
	return found


def _labelled(doc) -> list[tuple[str, str]]:
	rows = [("", doc.name)]
	for field in _told(doc.meta):
		value = doc.get(field.fieldname)
		if field.fieldtype in table_fields:
			value = "; ".join(" · ".join(said for _label, said in _labelled(child)[1:]) for child in value)
		elif value not in (None, "", 0):
			value = _in_words(doc, field, value)
		if value:
			rows.append((_(field.label or field.fieldname, context=doc.doctype), value))
	return rows


def _in_words(doc, field, value) -> str:
	if field.fieldtype == "Select":
		return _(value, context=doc.doctype)
	if field.fieldtype in ("Check", "Rating", "Link", "Dynamic Link", "Attach"):
		return _("Yes", context="Referral Hub") if field.fieldtype == "Check" else cstr(value)
	if field.fieldtype in ("Text Editor", "HTML Editor"):
		return reading.plain(cstr(value))
	return cstr(frappe.format_value(value, field, doc)) if field.fieldtype not in _TEXTS else cstr(value)


def _told(meta) -> list:
	stored = [
		field
		for field in meta.fields
		if field.fieldtype not in no_value_fields or field.fieldtype in table_fields
	]
	return [
		field
		for field in stored
		if not field.hidden and field.fieldtype not in _NOT_WORDS and not field.is_virtual
	]


def _said(moment) -> str | None:
	return get_datetime_str(moment)[:19] if moment else None
