"""One record per person: two that turn out to be one, because a source has the contacts of both, become one.

The older record stays; what only the newer one knew goes into it, and whatever points to the newer one points to it.
"""

import frappe
from frappe.model.document import Document
from frappe.model.rename_doc import get_link_fields

from referral_hub.talent.archive import former
from referral_hub.talent.cadence import closing
from referral_hub.talent.requests import ending
from referral_hub.talent.rows import PAY_THEN
from referral_hub.talent.states import DO_NOT_CONTACT, NOT_CALLED
from referral_hub.talent.stopping import stop
from referral_hub.talent.templates import marked_links
from referral_hub.talent.wecom.calling_off import call_off

DOCTYPE = "Talent Pool Record"
# the keys are set anew by whoever merges; what the platform writes is not the person's
_LEFT_OUT = frozenset(
	{
		*("email_key", "phone_key", "shared_phone_key", "may_be_twice"),
		*("state", "contacts", "links_since"),
	}
)
# of two answers of one person the stricter holds: this order
_CONSENTS = ("Not Asked", "Asked", "Given", "Refused", "Withdrawn")
_OF_CONSENT = ("consent_state", "consent_purpose", "consent_on")


def merge(record: Document, others: list[str]) -> None:
	"""Take these records into one that the caller has locked and will save."""
	for name in others:
		other = frappe.get_doc(DOCTYPE, name, for_update=True)
		_take(record, other)
		former.remember(record.name, former.contacts_of(other))
		marked_links.pass_on(record.name, name)
		_point_to(record.name, name)
		if record.state in NOT_CALLED:
			call_off(record.name)  # what the other was still to get
		closing.keep_one(record.name)
		ending.keep_one_each(record.name)
		frappe.delete_doc(
			DOCTYPE, name, force=True, ignore_permissions=True, ignore_on_trash=True, delete_permanently=True
		)
		frappe.db.delete("Version", {"ref_doctype": DOCTYPE, "docname": name})


def _take(record: Document, other: Document) -> None:
	# the pay is that of the opening: of one and not of the other
	left_out = _LEFT_OUT | (PAY_THEN.keys() if record.applied_for else set())
	for field in record.meta.fields:
		name = field.fieldname
		if name in left_out or field.fieldtype in frappe.model.no_value_fields:
			continue
		if not record.get(name):
			record.set(name, other.get(name))
	record.note = "\n".join(dict.fromkeys(filter(None, (record.note, other.note))))
	known = {row.preference for row in record.preferences}
	for row in other.preferences:
		if row.preference not in known:
			record.append("preferences", {"preference": row.preference})
	record.contacts = (record.contacts or 0) + (other.contacts or 0)
	record.last_contact_on = max(filter(None, (record.last_contact_on, other.last_contact_on)), default=None)
	if _strictness(other) > _strictness(record):
		record.update({field: other.get(field) for field in _OF_CONSENT})
	if other.state == DO_NOT_CONTACT:
		record.update({"state": other.state, "state_reason": other.state_reason})
		stop(record.name, other.state_reason or other.state)


def _strictness(record: Document) -> int:
	return _CONSENTS.index(record.consent_state or _CONSENTS[0])


def _point_to(name: str, old: str) -> None:
	for link in get_link_fields(DOCTYPE):
		if not link.issingle:
			frappe.db.set_value(
				link.parent, {link.fieldname: old}, link.fieldname, name, update_modified=False
			)
	about = {"reference_doctype": DOCTYPE, "reference_name": old}
	# an answer to a mail goes where the queue says that the mail was about
	for doctype in ("Communication", "Comment", "Email Queue"):
		frappe.db.set_value(doctype, about, "reference_name", name, update_modified=False)
	attached = {"attached_to_doctype": DOCTYPE, "attached_to_name": old}
	frappe.db.set_value("File", attached, "attached_to_name", name, update_modified=False)
	opened = {"subject_doctype": DOCTYPE, "subject": old}
	frappe.db.set_value("Access Token", opened, "subject", name, update_modified=False)
	todo = {"reference_type": DOCTYPE, "reference_name": old}
	frappe.db.set_value("ToDo", todo, "reference_name", name, update_modified=False)
