"""Hands over by a kind of reward what somebody bought with points, and takes it back. Called by the flow; commits nothing.

What is bought looks like a reward to its kind: name, attempt, employee, kind, amount, currency, details, payout.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub.rewards import kinds
from referral_hub.rewards.kinds.base import Payout
from referral_hub.rewards.rules.units import Unit


class NotHandedOver(frappe.ValidationError):
	"""What is missing before this can be handed over; nothing was charged."""


class NotTakenBack(frappe.ValidationError):
	"""The employee has used it, or it is with them: nothing was given back."""


def hand_over_bought(bought) -> Payout:
	"""Hand over, or refuse with what is missing."""
	kind = kinds.kind_of(bought)
	if reason := kind.missing(bought, getdate()):
		raise NotHandedOver(str(reason))
	return kind.pay(bought, getdate())


def take_back_bought(bought) -> None:
	"""Undo what was handed over in full, or refuse. What a person handed over is given back by hand: nothing to undo here."""
	if kinds.kind_of(bought).unit is not Unit.HALVES:
		return
	if kinds.kind_of(bought).take_back(bought).owed:
		raise NotTakenBack(_("A part of it was used already, so it can't be taken back."))
