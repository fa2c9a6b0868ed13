"""Finds the class that pays a kind of reward. Other apps add kinds by the hook `referral_hub_reward_kinds`."""

import json
from collections.abc import Iterator, Mapping

import frappe
from frappe import _

from referral_hub.rewards.kinds.base import Payout, RewardKind
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.rules.units import Unit

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
	found = frappe.get_attr(paths[-1])()
	found.name = kind
	return found


def all_kinds() -> Iterator[RewardKind]:
	"""Yield every kind that an installed app pays, in the order in which the apps name them."""
	return (kind_named(kind) for kind in frappe.get_hooks(HOOK))


def units() -> Mapping[str, Unit]:
	"""Return what the amount of each kind counts."""
	return {kind.name: kind.unit for kind in all_kinds()}


def columns() -> tuple[str, ...]:
	"""Return the columns of a rule's row that some kind reads, so that rules can be read in one query."""
	return tuple(dict.fromkeys(name for kind in all_kinds() for name in kind.columns))


def for_forms() -> list[dict]:
	"""Return what the form of a rule needs to know about each kind, in the reader's language."""
	return [
		{
			"value": kind.name,
			"label": kind.label(),
			"has_currency": kind.unit.has_currency,
			"columns": list(kind.columns),
		}
		for kind in all_kinds()
	]


def kind_of(reward) -> RewardKind:
	return kind_named(reward.kind)


def details(reward) -> dict:
	"""Return what was frozen for this reward's kind when the person was referred."""
	kept = reward.get("details")
	return json.loads(kept) if isinstance(kept, str) and kept.strip() else kept or {}


def amount_in_words(reward) -> str:
	return kind_of(reward).in_words(to_decimal(reward.amount), reward.currency, details(reward))


def payout_of(reward) -> Payout | None:
	"""Return what carries a reward now; of a kind that nobody pays any more, what is remembered."""
	return (kind_of(reward) if is_known(reward.kind) else RewardKind()).payout_of(reward)
