"""E-mail by Frappe: a row in the Email Queue, which Frappe's own scheduler sends and retries."""

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.model.document import Document

from referral_hub.messages import suppression, unsubscribing
from referral_hub.messages.channels import Channel, Delivery
from referral_hub.messages.preferences import company_settings
from referral_hub.messages.readers import Reader


class NoEmailAccount(frappe.ValidationError):
	"""There is no account to send from."""


class Email(Channel):
	label = "Email"
	collects = True
	serves_candidates = True

	def address(self, reader: Reader) -> str | None:
		if not company_settings().send_email:
			return None
		if reader.is_candidate and suppression.holds(reader.email):
			return None
		return reader.email

	def why_off(self) -> str | None:
		is_on = company_settings().send_email
		return None if is_on else _("HR has switched this off.")

	def send(self, delivery: Delivery) -> tuple[str, str] | None:
		"""Queue the mail; None when the address has unsubscribed from everything."""
		link = unsubscribing.link_for(delivery.message)
		queued = frappe.sendmail(
			recipients=[delivery.address],
			sender=_sender(),
			subject=_harmless(delivery.subject),
			message=delivery.body + unsubscribing.footer(link, delivery.language, delivery.event),
			email_headers=unsubscribing.headers(link),
			reference_doctype="Referral" if delivery.referral else None,
			reference_name=delivery.referral,
			add_unsubscribe_link=0,
			delayed=True,
		)
		return (queued.doctype, queued.name) if queued else None


def _sender() -> str:
	"""Return the address of the Email Account HR chose, else of the site's default one."""
	account = _chosen_account() or EmailAccount.find_default_outgoing()
	# on a site with muted e-mail and no account Frappe makes one up that only has a `sender`
	address = account and (account.get("email_id") or account.get("sender"))
	if not address:
		raise NoEmailAccount(
			_("No outgoing Email Account is set up. Add one, or switch off e-mail in Referral Hub Settings.")
		)
	return address


def _chosen_account() -> Document | None:
	name = company_settings().email_account
	return frappe.get_cached_doc("Email Account", name) if name else None


def _harmless(subject: str) -> str:
	"""Return a subject that stays plain text: Frappe puts it unescaped into the title of the HTML part."""
	return subject.replace("<", "‹").replace(">", "›")
