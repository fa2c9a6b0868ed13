"""Points: a post on the ledger from the program's issuance, under one key per attempt.

What can't be taken back because it is spent stays owed, and is netted from the points earned later; what is owed only because
the wallet was broken is taken back itself once that is repaired.
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, flt

from referral_hub.people import employments
from referral_hub.points import service as points
from referral_hub.points.accounts import CLAWBACK, Counter, issuance
from referral_hub.referrals.rules.stages import add_months
from referral_hub.rewards import promises
from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.units import Unit
from referral_hub.wording import points_words

ENTRY = "Points Ledger Entry"


class Points(RewardKind):
	unit = Unit.WHOLE

	def label(self) -> str:
		return points_words.label()

	def pay(self, reward, today: date) -> Payout:
		owed, earned = _lock_owed(reward), cint(reward.amount)
		entry = points.post(
			reward.employee,
			earned,
			_issuance(reward),
			_key(reward),
			source=_source(reward),
			expires_on=_expires_on(reward, today),
			note=_("Reward for referral {0}").format(reward.referral),
		)
		_net(owed, earned - _net_own(reward), reward)
		return Payout(ENTRY, entry)

	def take_back(self, reward) -> TakenBack:
		note = _("Reward for referral {0} undone").format(reward.referral)
		taken = points.take_back(reward.payout_name, key=f"{_key(reward)}:undo", note=note)
		return TakenBack(owed=Decimal(taken.owed))

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		return points_words.in_words(amount, frappe.utils.fmt_money(flt(amount), precision=0))


def _key(reward) -> str:
	return f"reward:{reward.name}:{reward.attempt}"


def _source(reward) -> tuple[str, str]:
	return reward.doctype, reward.name


def _issuance(reward) -> Counter:
	return issuance(frappe.db.get_value("Referral", reward.referral, "program"))


def _expires_on(reward, today: date) -> date | None:
	program = frappe.db.get_value("Referral", reward.referral, "program")
	months = (
		cint(frappe.db.get_value("Referral Program", program, "points_lifetime_months")) if program else 0
	)
	return add_months(today, months) if months > 0 else None


def _lock_owed(reward) -> list:
	"""Lock what this person owes from earlier rewards, by whichever record, oldest first; before the wallet, which comes last."""
	names = frappe.get_all(
		promises.DOCTYPE,
		filters={
			"employee": ("in", employments.records_of(reward.employee)),
			"kind": reward.kind,
			"state": states.OWED,
			"name": ["!=", reward.name],
		},
		pluck="name",
		order_by="earned_on asc, name asc",
	)
	locked = [promises.lock(name) for name in names]
	return [row for row in locked if row.state == states.OWED and not promises.undone_for(row)]


def _net_own(reward) -> int:
	"""Take back what the employee kept of an earlier attempt of this same reward."""
	kept = cint(reward.owed_amount)
	if kept:
		note = _("Kept from before, reward for referral {0}").format(reward.referral)
		points.post(
			reward.employee, -kept, CLAWBACK, f"{_key(reward)}:kept", source=_source(reward), note=note
		)
		reward.owed_amount = 0
	return kept


def _net(owed: list, earned: int, reward) -> None:
	"""Take what is owed out of what was just earned: the wallet it went to pays."""
	for row in owed:
		taken = min(earned, cint(row.owed_amount))
		if not taken:
			return
		note = _("Owed since referral {0}").format(row.referral)
		points.post(
			reward.employee,
			-taken,
			CLAWBACK,
			f"{_key(row)}:net:{_key(reward)}",
			source=_source(row),
			note=note,
		)
		left = cint(row.owed_amount) - taken
		reason = Reason("points_spent", {"owed": left}) if left else Reason("netted", {})
		promises.move(row, states.OWED if left else states.CLAWED_BACK, reason, owed_amount=left)
		earned -= taken
