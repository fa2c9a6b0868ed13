"""One class per rule of the shop, each with a sentence a person can act on; nothing was charged when one is raised."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import formatdate

from referral_hub.wording.counting import counted


class ShopError(frappe.ValidationError):
	"""The shop refused; nothing was ordered, changed or charged. `reason` is the rule in one word."""

	reason = ""


class NotOffered(ShopError):
	"""The item is not offered to this person, or not today."""


class OtherGroup(NotOffered):
	"""The item is for employees of other departments or grades."""


class LevelTooLow(ShopError):
	"""The item is for referrers of a higher level."""


class SoldOut(ShopError):
	"""The last one is gone."""


class LimitReached(ShopError):
	"""This person has as many as one may have."""


class NotEnoughPoints(ShopError):
	"""The wallet holds less than the item costs."""


class KeyOfAnotherOrder(ShopError):
	"""This key ordered something else before."""


class WrongState(ShopError):
	"""The order has gone on: what was asked for is no longer possible."""


class OwnOrder(ShopError):
	"""Nobody decides about an order of their own."""


class CodeRefused(ShopError):
	"""There is no code to show, or the file of codes can't be taken."""


GROUPS = frozenset({"other_department", "no_department", "other_grade", "no_grade"})
CLASSES = {
	**dict.fromkeys(GROUPS, OtherGroup),
	"level_too_low": LevelTooLow,
	"sold_out": SoldOut,
	"limit_reached": LimitReached,
	"not_enough": NotEnoughPoints,
}


def refuse(reason: str, offer=None, balance: int = 0) -> NoReturn:
	"""Raise what a rule of `rules.shop` says no to."""
	error = CLASSES.get(reason, NotOffered)(sentence(reason, offer, balance))
	error.reason = reason
	raise error


def sentence(reason: str, offer=None, balance: int = 0) -> str:
	if reason == "sold_out":
		return _("The last one is gone. Nothing was taken from your wallet.")
	if reason == "level_too_low":
		return _("This is for referrers from {0} on.").format(offer.from_level)
	if reason in GROUPS:
		return _group(reason)
	if reason == "limit_reached":
		return _("You have ordered as many as one person may: {0}.").format(offer.limit)
	if reason == "not_enough":
		return counted(
			offer.price,
			_("This costs {0} point and you have {1}."),
			_("This costs {0} points and you have {1}."),
		).format(offer.price, balance)
	if reason == "not_yet":
		return _("This can be ordered from {0}.").format(formatdate(offer.valid_from))
	if reason == "over":
		return _("This could be ordered until {0}.").format(formatdate(offer.valid_until))
	return _("This is not offered to you.")


def _group(reason: str) -> str:
	return {
		"other_department": _("This is for employees of other departments."),
		"no_department": _(
			"This is for some departments, and your employee record has none. Please ask HR to enter it."
		),
		"other_grade": _("This is for employees of other grades."),
		"no_grade": _(
			"This is for some grades, and your employee record has none. Please ask HR to enter it."
		),
	}[reason]
