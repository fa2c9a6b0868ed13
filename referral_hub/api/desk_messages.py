"""What HR does with messages in the desk: send one again, and edit the words. POST for changes; HR roles only.

The words live in Email Templates, which Frappe lets only System Managers write, because a template elsewhere can read the whole
database. Ours can't (`messages.rendering`), so HR Managers edit these, and only these, through here.
"""

import frappe
from frappe import _

from referral_hub.messages import rendering, service
from referral_hub.messages.channels import installed_channels
from referral_hub.messages.rules.events import EVENTS, known_facts

MAY_RESEND = ("HR User", "HR Manager", "System Manager")
MAY_EDIT_WORDS = ("HR Manager", "System Manager")


@frappe.whitelist(methods=["POST"])
def resend(message: str) -> None:
	"""Send a message that failed or was skipped once more.

	:param message: name of the Referral Message. Raises PermissionError when the caller may not see it.
	"""
	frappe.only_for(MAY_RESEND)
	frappe.get_doc("Referral Message", message).check_permission("read")
	service.resend(message)


@frappe.whitelist()
def message_words(event: str, language: str, channel: str = "") -> dict:
	"""Return the words of one message: template, subject, body, and the facts they may use.

	:param event: key of the event, such as `offer_made`
	:param language: language code such as `en`; the nearest written language is returned
	:param channel: label of a channel with short words, such as `SMS`, for those; otherwise a mail's are returned. One that may have
		words of its own and has none yet, such as WeCom, gets those it uses until then, under the name of its own
	"""
	frappe.only_for(MAY_EDIT_WORDS)
	way = installed_channels().get(channel)
	prefixes = way.templates if way and way.is_short else (rendering.MAIL,)
	used = rendering.first_written(_known(event), prefixes)
	name = rendering.nearest_template(event, language, used)
	template = frappe.get_doc("Email Template", name)
	return {
		"template": prefixes[0] + name.removeprefix(used),
		"subject": template.subject,
		"body": template.response_,
		"facts": known_facts(event),
	}


@frappe.whitelist(methods=["POST"])
def save_message_words(template: str, subject: str, body: str) -> None:
	"""Store new words for one of this app's messages; what could not be written before is tried again.

	:param template: name of the Email Template. Raises UnreadableTemplate when the words can't be rendered.
	"""
	frappe.only_for(MAY_EDIT_WORDS)
	if not rendering.event_of_template(template):
		frappe.throw(
			_("{0} does not hold the words of a referral message.").format(template), frappe.PermissionError
		)
	doc = _template(template)
	doc.update({"subject": subject, "response_html" if doc.use_html else "response": body})
	doc.save(ignore_permissions=True)


def _template(name: str):
	"""Return the template, or a new one of that name."""
	if frappe.db.exists("Email Template", name):
		return frappe.get_doc("Email Template", name)
	return frappe.get_doc(doctype="Email Template", __newname=name, use_html=1)


def _known(event: str) -> str:
	if event not in EVENTS:
		frappe.throw(_("There is no message called {0}.").format(event), frappe.DoesNotExistError)
	return event
