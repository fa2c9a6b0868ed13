"""Finds the class that pays a kind of reward. Other apps add kinds by the hook `referral_hub_reward_kinds`."""

import frappe
from frappe import _

from referral_hub.rewards.kinds.base import RewardKind
from referral_hub.rewards.money import to_decimal

HOOK = "referral_hub_reward_kinds"


class UnknownKind(frappe.ValidationError):
	"""No installed app pays this kind of reward."""


def is_known(kind: str) -> bool:
	return bool(frappe.get_hooks(HOOK).get(kind))


def kind_named(kind: str) -> RewardKind:
	"""Return the kind; of two apps that offer the same one, the app installed last."""
	paths = frappe.get_hooks(HOOK).get(kind)
	if not paths:
		raise UnknownKind(_("No app on this site pays rewards of the kind {kind}.").format(kind=kind))
	return frappe.get_attr(paths[-1])()


def kind_of(reward) -> RewardKind:
	return kind_named(reward.kind)


def amount_in_words(reward) -> str:
	return kind_of(reward).in_words(to_decimal(reward.amount), reward.currency)
