"""What is checked when somebody sets a channel up, and what happens when one goes. Called by the controller of Referral Channel."""

import re

import frappe
from frappe import _

from referral_hub.messages.channels import configured, installed_channels, wire
from referral_hub.messages.rules.protocols import addresses, wecom_crypt

BUILT_IN = frozenset({"In-app", "Email", "SMS"})


def check(row) -> None:
	"""Refuse what could not be sent to; whoever saves starts it anew, whatever had failed."""
	if row.channel_name in BUILT_IN or (row.is_new() and row.channel_name in installed_channels()):
		frappe.throw(_("There is a channel called {0} already.").format(row.channel_name))
	if row.kind in addresses.ROBOTS:
		_check_robot(row)
	else:
		_check_app(row)
	row.update({"failures": 0, "closed_until": None, "last_error": None})


def let_go(row) -> None:
	"""What waits for a channel that is gone is skipped with its reason; what was said in a group stays."""
	frappe.db.set_value("Referral Message", {"in_group": row.name}, "in_group", None, update_modified=False)
	configured.forget()


def _check_robot(row) -> None:
	address = _secret(row, "webhook").strip()
	if not addresses.is_allowed(row.kind, address, wire.allowed_origins(row.kind)):
		hosts = ", ".join(f"*{host}" if host[0] == "." else host for host in addresses.HOSTS[row.kind])
		words = _(
			"The address of a {0} begins with https:// and is at {1}. Another one has to be allowed in site_config.json ({2})."
		)
		frappe.throw(words.format(_(row.kind, context="Referral Channel"), hosts, wire.CONFIG))


def _check_app(row) -> None:
	if not re.fullmatch(r"[0-9]{1,12}", row.agent_id or ""):
		frappe.throw(_("The Agent ID is a number."))
	if not (row.corp_id or "").strip() or not _secret(row, "app_secret"):
		frappe.throw(_("A WeCom application needs its Corp ID and its secret."))
	if row.enabled and row.sign_in:
		_refuse_second_door(row)
	key = _secret(row, "callback_key")
	if bool(key) != bool(_secret(row, "callback_token")) or (key and not wecom_crypt.is_key(key)):
		frappe.throw(
			_("Events need both the Token and the EncodingAESKey of 43 letters and digits that WeCom shows.")
		)


def _refuse_second_door(row) -> None:
	"""A browser that comes from WeCom does not say which company's it is: with two doors everybody would be sent through the first."""
	others = {"kind": addresses.WECOM_APP, "enabled": 1, "sign_in": 1, "name": ("!=", row.name or "")}
	if other := frappe.db.exists(configured.DOCTYPE, others):
		words = _(
			"People sign in by {0} already, and only one application can be the way in. Untick it there first."
		)
		frappe.throw(words.format(other))


def _secret(row, field: str) -> str:
	"""Return a secret as it is about to be kept: the form sends stars for one that stays."""
	value = row.get(field) or ""
	if value and not value.strip("*"):
		return row.get_password(field, raise_exception=False) or ""
	return value
