"""The screen at the gate of the car park: a Note, which the gate shows to whoever drives in with a place of their own."""

import frappe

from referral_hub.messages.channels import Channel
from referral_hub.rewards.rules.states import HANDED_OVER


class GateScreen(Channel):
	label = "Gate Screen"

	def address(self, reader):
		place = {"employee": reader.employee, "kind": "Parking", "state": ("in", sorted(HANDED_OVER))}
		return "gate" if reader.employee and frappe.db.exists("Referral Reward", place) else None

	def send(self, delivery):
		note = frappe.get_doc(doctype="Note", title=f"Gate {delivery.message}", content=delivery.subject)
		return "Note", note.insert(ignore_permissions=True).name
