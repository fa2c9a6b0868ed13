"""Text messages by Frappe's SMS Settings: one request to the company's gateway, while we wait.

A gateway that says no (an HTTP error) or can't be reached is tried again like mail. When the request left and no answer came
in time, nobody knows: that is said, and left to a person. Frappe takes any answer from 200 to 299 for a yes.
"""

import frappe
import requests
from frappe import _
from frappe.core.doctype.sms_settings.sms_settings import send_sms
from frappe.utils import add_to_date, cint, now_datetime
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError, SSLError

from referral_hub.messages import suppression
from referral_hub.messages.channels import Channel, ChannelIsDown, Delivery, NotSent
from referral_hub.messages.channels.patience import limited
from referral_hub.messages.preferences import company_settings
from referral_hub.messages.readers import Reader
from referral_hub.messages.rules.preferences import Disturbs
from referral_hub.referrals.rules.contacts import InvalidCandidate, clean_phone

# what happens before a request is on its way
NEVER_LEFT = (NewConnectionError, ConnectTimeoutError, NameResolutionError, SSLError)
EVERYBODY = "Everybody"
# seconds to be connected to the gateway, and to be answered
PATIENCE = (5, 20)


class GatewayRefused(NotSent):
	"""The gateway did not take the message."""


class GatewayAway(GatewayRefused, ChannelIsDown):
	"""The gateway can't be reached: no message got there."""


class NoAnswer(ChannelIsDown):
	"""The request left; what became of it nobody knows."""


class SMS(Channel):
	label = "SMS"
	disturbs = Disturbs.PHONE
	leaves_the_site = True
	is_short = True
	serves_candidates = True

	def address(self, reader: Reader) -> str | None:
		if self.why_off():
			return None
		number = international(reader.phone, reader.company)
		return None if reader.is_candidate and suppression.holds(number) else number

	def wanted_by_default(self, reader: Reader) -> bool:
		return reader.is_candidate or company_settings().sms_to == EVERYBODY or not reader.email

	def why_off(self) -> str | None:
		if not cint(company_settings().send_sms):
			return _("HR has switched this off.")
		if not frappe.db.get_single_value("SMS Settings", "sms_gateway_url", cache=True):
			return _("No SMS gateway is set up (SMS Settings).")
		return None

	def send(self, delivery: Delivery) -> tuple[str, str]:
		return hand_over(delivery.address, delivery.text)


def hand_over(number: str, text: str) -> tuple[str, str]:
	"""Give one text to the gateway and wait for its answer; return Frappe's record of it."""
	before = _last_log(number)
	try:
		with limited(PATIENCE):
			send_sms([number], text, success_msg=False)
	except requests.HTTPError as error:
		raise GatewayRefused(_("The SMS gateway answered {0}.").format(error.response.status_code)) from error
	except requests.RequestException as error:
		raise _meaning_of(error) from error
	log = _last_log(number)
	if log == before:
		raise GatewayRefused(_("The SMS gateway did not take the message."))
	return "SMS Log", log


def why_not(phone: str | None, company: str | None) -> str | None:
	"""Say in a sentence why a person can't be sent a text that somebody has written by hand, or None."""
	if why_off := SMS().why_off():
		return why_off
	number = international(phone, company)
	if not number:
		return _("No phone number of this person is known that a text can be sent to.")
	return _("This person asked us to stop writing to this number.") if suppression.holds(number) else None


def international(phone: str | None, company: str | None) -> str | None:
	"""Return the number in E.164, read as somebody in the company's country would dial it; None for one that is none."""
	country = company and frappe.get_cached_value("Company", company, "country")
	code = country and frappe.get_cached_value("Country", country, "code")
	try:
		return clean_phone(phone, code.upper() if code else None)
	except InvalidCandidate:
		return None


def never_left(error: requests.RequestException) -> bool:
	"""Say whether a request failed before it was on its way."""
	return any(isinstance(cause, NEVER_LEFT) for cause in _causes(error))


def _meaning_of(error: requests.RequestException) -> frappe.ValidationError:
	if never_left(error):
		return GatewayAway(_("The SMS gateway can't be reached."))
	return NoAnswer(_("The SMS gateway gave no answer."))


def _causes(error: BaseException):
	"""Walk what requests and urllib3 have wrapped into each other."""
	seen: list[BaseException] = [error]
	for cause in seen:
		inner = [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
		seen += [found for found in inner if isinstance(found, BaseException) and found not in seen]
	return seen


def _last_log(number: str) -> str | None:
	"""Return Frappe's newest record of a text message to this number."""
	recent = {"sent_to": number, "creation": (">", add_to_date(now_datetime(), hours=-1))}
	logs = frappe.get_all("SMS Log", filters=recent, pluck="name", order_by="name desc", limit=1)
	return logs[0] if logs else None
