"""A badge or title: a Recognition Award, at most one alive per attempt. Undone, it is revoked and stays to be seen."""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_months, cint, nowdate

from referral_hub import kept
from referral_hub.rewards import kinds
from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.units import Unit

AWARD, BADGE = "Recognition Award", "Recognition Badge"
HELD, REVOKED = "Held", "Revoked"


class Badge(RewardKind):
	unit = Unit.WHOLE
	columns = ("badge",)
	required = ("badge",)

	def label(self) -> str:
		return _("Badge", context="Reward Kind")

	def missing(self, reward, today: date) -> Reason | None:
		badge = kinds.details(reward).get("badge")
		return None if frappe.db.exists(BADGE, badge) else Reason("no_badge", {"badge": badge or ""})

	def pay(self, reward, today: date) -> Payout:
		key = f"{reward.name}:{reward.attempt}"
		found = frappe.db.get_value(AWARD, {"award_key": key, "state": HELD}, "name", for_update=True)
		return Payout(AWARD, found or _award(reward, key, today))

	def take_back(self, reward) -> TakenBack:
		name = frappe.db.get_value(AWARD, reward.payout_name, "name", for_update=True)
		if not name:
			return TakenBack(document_kept=False)
		award = frappe.get_doc(AWARD, name, for_update=True)
		award.update({"state": REVOKED, "revoked_on": nowdate(), "award_key": None})
		_save(award)
		return TakenBack()

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		return badge_in_words((details or {}).get("badge"))


def badge_in_words(badge: str | None) -> str:
	"""Return what a badge is called in the reader's language."""
	chinese = frappe.get_cached_value(BADGE, badge, "badge_name_zh") if _is_chinese() and badge else None
	return chinese or badge or _("Badge", context="Reward Kind")


def _is_chinese() -> bool:
	return (frappe.local.lang or "").startswith("zh")


def _award(reward, key: str, today: date) -> str:
	badge = frappe.get_doc(BADGE, kinds.details(reward)["badge"])
	award = frappe.new_doc(AWARD)
	award.update(
		{
			"employee": reward.employee,
			"employee_name": reward.employee_name,
			"company": reward.company,
			"badge": badge.name,
			"state": HELD,
			"awarded_on": today,
			"valid_until": add_months(today, badge.valid_months) if cint(badge.valid_months) else None,
			"reason": _("Reward for referral {0}").format(reward.referral),
			"source_doctype": reward.doctype,
			"source_name": reward.name,
			"award_key": key,
		}
	)
	_save(award)
	return award.name


def _save(award) -> None:
	award.flags.ignore_links = True  # a badge or a person may be gone; that it was held is not
	with kept.writing(award):
		award.insert(ignore_permissions=True) if award.is_new() else award.save(ignore_permissions=True)
