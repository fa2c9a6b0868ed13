"""Every contact with somebody of the pool: who spoke to whom, when, and what was said. Rows are added, never changed.

Links to what needs no login open nothing from here: a contact is also read by colleagues who are asked to write, and the link is the person's.
"""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from referral_hub import kept
from referral_hub.referrals.rules import tokens
from referral_hub.talent.states import check_is_somebody

DOCTYPE = "Talent Interaction"
KINDS = ("Call", "E-mail", "SMS", "Message", "Meeting", "Note")
OUT, IN = "Out", "In"


class NoContact(frappe.ValidationError):
	"""Neither a kind of contact that there is, nor a direction."""


class NotYet(frappe.ValidationError):
	"""A contact that has not happened is no contact."""


def note(
	record: str,
	kind: str,
	summary: str = "",
	*,
	direction: str | None = None,
	happened_on=None,
	by_user: str | None = None,
	communication: str | None = None,
	interested: bool = False,
	of_application: bool = False,
) -> str:
	"""Write down one contact; return its name. `direction`: Out or In, None for a note. `interested`: they said so.

	`of_application`: it belongs to an application under way, and calls nobody back.
	"""
	if kind not in KINDS or direction not in (OUT, IN, None):
		frappe.throw(_("Please choose what kind of contact it was."), NoContact)
	moment = get_datetime(happened_on) if happened_on else now_datetime()
	if moment > now_datetime():
		frappe.throw(_("This is in the future. Log a contact after it took place."), NotYet)
	about = frappe.db.get_value(
		"Talent Pool Record",
		record,
		["company", "contacts", "last_contact_on", "state"],
		as_dict=True,
		for_update=True,
	)
	check_is_somebody(about.state)
	row = frappe.new_doc(DOCTYPE)
	row.update({"record": record, "kind": kind, "direction": direction, "happened_on": moment})
	row.update({"by_user": by_user or frappe.session.user, "summary": tokens.left_out(summary)})
	row.company = about.company
	row.update({"communication": communication, "is_interested": int(interested and direction == IN)})
	row.of_application = int(of_application)
	with kept.writing(row):
		row.insert(ignore_permissions=True)
	if direction:
		_count(record, about, moment)
	return row.name


def is_noted(record: str, mail: str, message_id: str | None) -> bool:
	"""Say whether this mail is a contact of the record, which the caller has locked, already; also as a copy that arrived another way.

	Read as it is now: its job and the hourly look may come to the same mail at once.
	"""
	copies = frappe.get_all("Communication", {"message_id": message_id}, pluck="name") if message_id else []
	same = {"record": record, "communication": ("in", [mail, *copies])}
	return bool(frappe.db.get_value(DOCTYPE, same, "name", for_update=True))


def of(record: str) -> list[frappe._dict]:
	"""Return every contact, newest first."""
	fields = ["name", "kind", "direction", "happened_on", "by_user", "summary", "communication"]
	fields += ["is_interested", "wecom_state"]
	return frappe.get_all(DOCTYPE, {"record": record}, fields, order_by="happened_on desc, creation desc")


def _count(record: str, about, moment) -> None:
	last = max(filter(None, (about.last_contact_on, moment)))
	values = {"contacts": (about.contacts or 0) + 1, "last_contact_on": last}
	frappe.db.set_value("Talent Pool Record", record, values, update_modified=False)
