"""What a person wrote goes to somebody of the pool through WeCom: WeCom asks whoever wrote it, they confirm it there, then it goes.

The contact is kept with where it stands: *Asked*, then *Sent* or *Not Sent* as WeCom says; *Unknown* where it gave no answer. What was not
sent called nobody. What is called off meanwhile (`calling_off`) stays so.
"""

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime

from referral_hub.messages import service as messages
from referral_hub.messages.rules.protocols.wecom_customers import LONGEST_TEXT, Came
from referral_hub.talent import keys, sending
from referral_hub.talent.cadence import planning
from referral_hub.talent.sending import CONTACT, RECORD, NotCalled
from referral_hub.talent.templates import media
from referral_hub.talent.wecom.calling_off import ASKED, LOOKED_AT_DAYS, UNKNOWN

SENT, NOT_SENT = "Sent", "Not Sent"


def why_not(person) -> str | None:
	"""Say in a sentence why whoever is logged in can't write to this person through WeCom, or None. Asks nobody outside."""
	if person.consent_state != "Given":
		return _("This person has not agreed to be kept in touch with: nothing goes through WeCom.")
	reached = keys.read("", person.email, person.phone, keys.region_of(person.company))
	if messages.is_suppressed(reached.phone) or messages.is_suppressed(reached.email):
		return _("This person asked us to stop writing.")
	return messages.why_no_wecom(_customer(person, frappe.session.user))


def send(record: str, words: str, template: str | None = None, files: tuple[str, ...] = ()) -> str:
	"""Let WeCom ask whoever is logged in to confirm these words; return the Talent Interaction.

	What WeCom refuses is not kept. `files`: what the link in the words shows (`templates.media.link_of`).
	"""
	person, said, along = sending.writable(record, words), words.strip(), media.chosen(record, files)
	if why := why_not(person) or _too_long(said):
		frappe.throw(why, NotCalled)
	contact = sending.note_sent(record, "Message", said, template, along)
	task = messages.by_wecom(_customer(person, frappe.session.user), said)
	kept = {"wecom_task": task, "wecom_corp": person.wecom_corp, "wecom_state": ASKED}
	values = kept if task else {"wecom_state": UNKNOWN}
	frappe.db.set_value(CONTACT, contact, values, update_modified=False)
	if not task:
		unknown = _("WeCom gave no answer: look in your WeCom whether it asks you to confirm this message.")
		frappe.msgprint(unknown, indicator="orange")
	return contact


def waiting() -> list[str]:
	"""Return the contacts of which WeCom has not said what came of them."""
	since = add_days(now_datetime(), -LOOKED_AT_DAYS)
	filters = {"wecom_state": ASKED, "happened_on": (">=", since)}
	return frappe.get_all(CONTACT, filters, pluck="name", order_by="happened_on asc")


def look(contact: str) -> str | None:
	"""Ask WeCom what came of one contact; return where it stands by now."""
	row = frappe.db.get_value(
		CONTACT, contact, ["record", "by_user", "wecom_task", "wecom_corp"], as_dict=True
	)
	person = frappe.db.get_value(RECORD, row.record, ["wecom_contact"], as_dict=True)
	if not person or not person.wecom_contact or not row.wecom_corp:
		return None
	customer = messages.Customer(person.wecom_contact, row.wecom_corp, row.by_user)
	came = messages.came_of_wecom(customer, row.wecom_task)
	if came == Came.SENT:
		# only where it was not called off meanwhile
		asked = {"name": contact, "wecom_state": ASKED}
		frappe.db.set_value(CONTACT, asked, "wecom_state", SENT, update_modified=False)
		return SENT
	return _did_not_go(contact, came) if came in (Came.NO_CONTACT, Came.ENOUGH) else ASKED


def _did_not_go(contact: str, came: Came) -> str:
	"""Nobody was written to: a remark is left, which counts as no contact."""
	record = frappe.db.get_value(CONTACT, contact, "record")
	person = frappe.db.get_value(RECORD, record, ["contacts"], as_dict=True, for_update=True)
	# as it is by now: WeCom took its time, and the person may be forgotten or merged, or another process was here
	fields = ["record", "summary", "wecom_state"]
	row = frappe.db.get_value(CONTACT, contact, fields, as_dict=True, for_update=True)
	if not person or row.record != record or row.wecom_state != ASKED:
		return row.wecom_state
	words = {
		Came.NO_CONTACT: _("Not sent: in WeCom this person is no contact any more."),
		Came.ENOUGH: _("Not sent: this person had as many messages as WeCom lets them get."),
	}
	values = {"wecom_state": NOT_SENT, "direction": None, "summary": f"{row.summary}\n\n{words[came]}"}
	frappe.db.set_value(CONTACT, contact, values, update_modified=False)
	left = max((person.contacts or 0) - 1, 0)
	frappe.db.set_value(RECORD, row.record, "contacts", left, update_modified=False)
	planning.store([row.record])
	return NOT_SENT


def _customer(person, user: str) -> messages.Customer:
	return messages.Customer(person.wecom_contact or "", person.wecom_corp or "", user)


def _too_long(words: str) -> str | None:
	if len(words.encode()) <= LONGEST_TEXT:
		return None
	return _("This is too long for WeCom: it takes some 1,300 Chinese or 4,000 English letters.")
