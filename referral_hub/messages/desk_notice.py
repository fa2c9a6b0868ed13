"""Tells a user of the desk who is no employee: one Notification Log, in their language, with the words of the message.

Those who are employees are told by `service.tell`. The caller sees to it that it happens once.
"""

import frappe

from referral_hub.messages import rendering
from referral_hub.messages.readers import Reader


def write(event: str, user: str, facts: dict) -> None:
	row = frappe.db.get_value(
		"User", {"name": user, "enabled": 1}, ["full_name", "language", "time_zone"], as_dict=True
	)
	if not row:
		return
	language = row.language or frappe.db.get_default("lang")
	reader = Reader(name=row.full_name, email=None, language=language, time_zone=row.time_zone, user=user)
	try:
		subject, body, _language = rendering.write(event, facts, reader)
	except rendering.UnreadableTemplate:
		frappe.log_error(
			title="A reminder could not be written", reference_doctype="User", reference_name=user
		)
		return
	link = rendering.link_for(facts, reader)
	_notify(user, frappe.utils.escape_html(subject), body, link, facts.get("number"))


def _notify(user: str, subject: str, body: str, link: str, referral: str | None) -> None:
	"""Write the notification; the referral it names is how an erasure finds it again."""
	notice = {"subject": subject, "email_content": body, "for_user": user, "type": "Alert", "link": link}
	if referral:
		notice |= {"document_type": "Referral", "document_name": referral}
	frappe.get_doc({"doctype": "Notification Log", "from_user": "Administrator", **notice}).insert(
		ignore_permissions=True
	)
