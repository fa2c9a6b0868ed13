"""Weeks of parking beside the door: a Note that the porter reads, deleted when the reward is undone."""

import frappe

from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.units import Unit


class Parking(RewardKind):
	unit = Unit.WHOLE
	columns = ("what",)
	required = ("what",)

	def label(self):
		return "Parking"

	def check(self, row):
		too_long = ["the car park is free for 4 weeks at most."] if row.amount > 4 else []
		return [*super().check(row), *too_long]

	def missing(self, reward, today):
		if reward.employee_name.startswith("Walker"):
			return Reason("by_person", {"words": "Walks to work", "user": "porter"})
		return None

	def pay(self, reward, today):
		title = f"Parking {reward.name} {reward.attempt}"
		note = frappe.db.get_value("Note", {"title": title}) or _note(title, reward)
		return Payout("Note", note)

	def take_back(self, reward):
		frappe.delete_doc("Note", reward.payout_name, ignore_permissions=True)
		return TakenBack(document_kept=False)

	def in_words(self, amount, currency, details=None):
		return f"{amount:f} weeks of parking ({(details or {}).get('what')})"


def _note(title, reward):
	note = frappe.get_doc(doctype="Note", title=title, content=reward.employee)
	return note.insert(ignore_permissions=True).name
