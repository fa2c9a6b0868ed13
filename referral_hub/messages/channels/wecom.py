"""Messages of a WeCom application to each employee: a card that opens the page in the app.

Who an employee is there stands in a field of the Employee; where it is empty WeCom is asked once by the phone number, and its answer kept.
A number WeCom does not know is not asked about again for a day: it counts wrong numbers, and shuts out who asks too many.
"""

from hashlib import sha256

import frappe
from frappe import _

from referral_hub.messages import rendering
from referral_hub.messages.channels import Delivery, Undeliverable, wire
from referral_hub.messages.channels.configured import DOCTYPE, Configured
from referral_hub.messages.channels.sms import international
from referral_hub.messages.channels.wecom_interface import call, hint
from referral_hub.messages.readers import Reader
from referral_hub.messages.rules.protocols import wecom
from referral_hub.messages.rules.protocols.answers import Says

USER_FIELD = "referral_hub_wecom_user"
BY_NUMBER = "tel:"
A_DAY = 24 * 3600


class WeCom(Configured):
	templates = (rendering.CHAT, rendering.SMS)

	def address(self, reader: Reader) -> str | None:
		"""Return the person's id in WeCom, else the number by which it is asked for."""
		if not self.row.enabled or not reader.employee or self.company not in (None, "", reader.company):
			return None
		known = frappe.db.get_value("Employee", reader.employee, USER_FIELD)
		if known or not self.row.by_mobile:
			return known or None
		number = international(reader.phone, reader.company)
		return BY_NUMBER + number if number else None

	def send(self, delivery: Delivery) -> tuple[str, str]:
		user = self.user_behind(delivery.address, delivery.reader.employee)
		with rendering.speaking(delivery.language):
			title, button = _("Referrals"), _("Open", context="Referral Channel")
		body = wecom.message(user, int(self.row.agent_id or 0), title, delivery.text, delivery.link, button)
		answer, _said = call(self, "message/send", body)
		if answer.says is Says.NOBODY:
			raise Undeliverable(_unknown(answer.code, user))
		self.check(answer, hint(answer.code))
		return DOCTYPE, self.label

	def user_behind(self, address: str, employee: str | None) -> str:
		"""Return the id in WeCom, asked for by number where it is not known yet, and remembered with the employee."""
		if not address.startswith(BY_NUMBER):
			return address
		number = address.removeprefix(BY_NUMBER)
		if frappe.cache.get_value(self._unknown_key(number), expires=True):
			raise Undeliverable(_unknown("", number))
		with wire.only_asked():
			answer, said = call(self, "user/getuserid", {"mobile": wecom.mobile_for(number)})
			if answer.says is Says.NOBODY:
				frappe.cache.set_value(self._unknown_key(number), 1, expires_in_sec=A_DAY)
				raise Undeliverable(_unknown(answer.code, number))
			self.check(answer, hint(answer.code))
		user = str(said.get("userid") or "")
		if employee and user:
			frappe.db.set_value("Employee", employee, USER_FIELD, user, update_modified=False)
		return user

	def _unknown_key(self, number: str) -> str:
		hashed = sha256(f"{self.row.corp_id}:{number}".encode()).hexdigest()
		return f"referral_hub_wecom_unknown:{hashed}"


def _unknown(code: str, who: str) -> str:
	words = _("WeCom does not know {0}, or this application may not write to them ({1}).").format(
		who, code or "46004"
	)
	return (
		words
		+ " "
		+ _("Put their WeCom user ID into the Employee, or let the application see them; then send again.")
	)


def forget_who_left() -> int:
	"""Take out who somebody was in WeCom once they no longer work here; say how many."""
	gone = frappe.get_all("Employee", {"status": "Left", USER_FIELD: ("is", "set")}, pluck="name")
	if gone:
		frappe.db.set_value("Employee", {"name": ("in", gone)}, USER_FIELD, None, update_modified=False)
	return len(gone)
