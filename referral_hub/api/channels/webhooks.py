"""Webhooks out: what other systems are told when something happens here, by the platform's own Webhook, signed.

What is offered names records and no people: who needs more asks for it through the API, with rights of its own.
"""

import frappe
from frappe import _

# what happens: (DocType, event, condition, body)
_MOVED = """{
	"event": "referral.moved",
	"id": {{ doc.name | tojson }},
	"referral": {{ doc.referral | tojson }},
	"number": {{ doc.seq }},
	"kind": {{ doc.kind | tojson }},
	"stage": {{ doc.stage | tojson }},
	"outcome": {{ doc.outcome | tojson }},
	"happened_on": {{ (doc.happened_on | string) | tojson }}
}"""
_PAID = """{
	"event": "reward.changed",
	"at": {{ (doc.modified | string) | tojson }},
	"reward": {{ doc.name | tojson }},
	"referral": {{ doc.referral | tojson }},
	"milestone": {{ doc.milestone | tojson }},
	"state": {{ doc.state | tojson }},
	"kind": {{ doc.kind | tojson }},
	"amount": {{ (doc.amount | string) | tojson }},
	"currency": {{ doc.currency | tojson }},
	"company": {{ doc.company | tojson }}
}"""
_ORDERED = """{
	"event": "order.changed",
	"at": {{ (doc.modified | string) | tojson }},
	"order": {{ doc.name | tojson }},
	"item": {{ doc.item | tojson }},
	"points": {{ doc.points }},
	"state": {{ doc.state | tojson }}
}"""
# the platform also counts an insert as an update
_MOVED_ON = 'doc.get_doc_before_save() and doc.has_value_changed("state")'
READY = {
	"A referral moves": ("Referral Event", "after_insert", "", _MOVED),
	"A reward is earned": ("Referral Reward", "after_insert", "", _PAID),
	"A reward changes": ("Referral Reward", "on_update", _MOVED_ON, _PAID),
	"An order changes": ("Reward Order", "on_update", _MOVED_ON, _ORDERED),
}


@frappe.whitelist(methods=["GET"])
def offered() -> list[dict]:
	"""List what a Webhook can tell: [{"value", "label"}]. For whoever may make Webhooks, else PermissionError."""
	_check()
	labels = {
		"A referral moves": _("A referral moves"),
		"A reward is earned": _("A reward is earned"),
		"A reward changes": _("A reward changes"),
		"An order changes": _("An order in the points shop changes"),
	}
	return [{"value": value, "label": labels[value]} for value in READY]


@frappe.whitelist(methods=["GET"])
def ready(what: str) -> dict:
	"""Return the fields of a new Webhook that tells this; address and secret are the administrator's to fill in.

	:param what: a value of `offered`, else DoesNotExistError
	"""
	_check()
	if what not in READY:
		frappe.throw(_("We could not find that"), frappe.DoesNotExistError)
	doctype, event, condition, body = READY[what]
	return {
		"webhook_doctype": doctype,
		"webhook_docevent": event,
		"condition": condition,
		"request_method": "POST",
		"request_structure": "JSON",
		"webhook_json": body,
		"enable_security": 1,
		"webhook_headers": [{"key": "Content-Type", "value": "application/json"}],
	}


def _check() -> None:
	frappe.has_permission("Webhook", "create", throw=True)
