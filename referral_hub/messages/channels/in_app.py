"""The bell in the desk and on the portal: a Notification Log of type Alert, which Frappe never e-mails again."""

import frappe
from frappe import _
from frappe.utils import escape_html

from referral_hub.messages.channels import Channel, Delivery
from referral_hub.messages.preferences import company_settings
from referral_hub.messages.readers import Reader
from referral_hub.messages.rules.preferences import Disturbs


class InApp(Channel):
	label = "In-app"
	disturbs = Disturbs.NEVER

	def address(self, reader: Reader) -> str | None:
		"""Return the user, unless messages in the app are off here or this user switched the bell off."""
		if not reader.user or not company_settings().send_in_app:
			return None
		return reader.user if reader.has_bell else None

	def why_off(self) -> str | None:
		is_on = company_settings().send_in_app
		return None if is_on else _("HR has switched this off.")

	def send(self, delivery: Delivery) -> tuple[str, str]:
		"""Insert the notification. The desk shows its subject as HTML, so it is escaped here."""
		log = frappe.get_doc(
			doctype="Notification Log",
			type="Alert",
			subject=escape_html(delivery.subject),
			email_content=delivery.body,
			for_user=delivery.address,
			from_user=delivery.address,
			document_type="Referral" if delivery.referral else None,
			document_name=delivery.referral,
			link=delivery.link,
		).insert(ignore_permissions=True)
		return log.doctype, log.name
