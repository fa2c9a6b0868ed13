"""Channels as an administrator sets them up, on services of loopback."""

import frappe
from chat_services import AGENT, APP_SECRET, CORP, SIGN_SECRET, Services

BOXES = {"tells_arrivals": 1, "tells_progress": 1, "tells_hires": 1}


def make_robot(services: Services, kind: str = "WeCom Group Robot", **fields):
	return _make(
		{"kind": kind, "webhook": services.addresses()[kind], "sign_secret": SIGN_SECRET, **BOXES, **fields}
	)


def make_app(**fields):
	return _make(
		{
			"kind": "WeCom Application",
			"corp_id": CORP,
			"agent_id": str(AGENT),
			"app_secret": APP_SECRET,
			**fields,
		}
	)


def _make(fields: dict):
	name = f"_Hub {fields['kind']} {frappe.generate_hash(length=6)}"
	return frappe.get_doc(
		{"doctype": "Referral Channel", "channel_name": name, "language": "en", **fields}
	).insert()


def state_of(channel) -> frappe._dict:
	fields = ["last_error", "failures", "closed_until"]
	return frappe.db.get_value("Referral Channel", channel.name, fields, as_dict=True)


def posted(channel) -> list:
	filters = {"channel": channel.name}
	return frappe.get_all("Referral Message", filters, ["*"], order_by="creation asc")
