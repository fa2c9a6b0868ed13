"""Take a candidate's name and contact out of everything a message of ours has left: for whoever erases a person.

The rows stay, so that nothing is told twice; what was said is gone. Called through `service`.
"""

import frappe
from frappe import _

from referral_hub.messages import outbox
from referral_hub.messages.rules.events import EVENTS, event_key

# what a message became: documents of the platform that hold its words and its address
CARRIERS = frozenset({"Email Queue", "Notification Log", "SMS Log"})


def forget_candidate(referral: str) -> int:
	"""Empty every message about this referral, to whomever it went, and delete what carried it; say how many."""
	return _forget({"referral": referral})


def forget_in_pool(record: str) -> int:
	return _forget({"pool_record": record})


def forget_keyed(keys: list[str]) -> int:
	"""Empty the messages about somebody who was no referral yet: what was told of a question to a colleague, or of a form."""
	named = [event_key(event, key) for event in EVENTS for key in keys]
	return _forget({"event_key": ("in", named)}) if named else 0


def _forget(messages: dict) -> int:
	rows = frappe.get_all("Referral Message", messages, ["name", "state", "sent_as_doctype", "sent_as"])
	for row in rows:
		if row.sent_as_doctype in CARRIERS:
			_delete(row.sent_as_doctype, row.sent_as)
		frappe.db.set_value("Referral Message", row.name, _emptied(row), update_modified=False)
	return len(rows)


def _emptied(row) -> dict:
	emptied = {"subject": None, "content": None, "facts": "{}", "error": None}
	if row.state in (outbox.PENDING, outbox.FAILED):
		emptied |= {"state": outbox.SKIPPED, "error": _("The candidate was erased.")}
	return emptied


def _delete(doctype: str, name: str) -> None:
	"""Delete below the controllers: Frappe lets only Administrator delete a queued mail, and keeps copies of what it deletes."""
	if doctype == "Email Queue":
		frappe.db.delete("Email Queue Recipient", {"parent": name})
	frappe.db.delete(doctype, {"name": name})
