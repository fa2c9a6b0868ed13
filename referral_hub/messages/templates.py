"""What happens when somebody edits the words of a message: they are checked, and what could not be written is tried again.

Called by the events of Email Template; templates that are not ours pass untouched.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub.messages import rendering, service


def validate(template: Document, method: str | None = None) -> None:
	"""Refuse words that could not be rendered, and say why."""
	event = rendering.event_of_template(template.name)
	if not event:
		return
	for source in (template.subject, template.response_):
		if problem := rendering.check(event, source):
			frappe.throw(_("{0}: {1}").format(template.name, problem), rendering.UnreadableTemplate)


def on_update(template: Document, method: str | None = None) -> None:
	if event := rendering.event_of_template(template.name):
		service.retry_template(event)
