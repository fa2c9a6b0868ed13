"""Reads the rules in force and the drafts to try; which of them count is decided in `rules/`. Reads only."""

import frappe
from frappe import _

from referral_hub.rewards.promising import rulebook
from referral_hub.rewards.rules.selection import Rule
from referral_hub.rewards.rules.simulating import choosing
from referral_hub.rewards.rules.simulating.choosing import Choice

DOCTYPE = "Reward Rule"


class DraftsCollide(frappe.ValidationError):
	"""Two drafts are for the same openings: nobody could say which one pays."""


def choose(
	drafts: list[str], leave_out: list[str], *, only_drafts: bool = False, as_dated: bool = False
) -> Choice:
	"""Choose the rules to try."""
	tried = [choosing.as_tried(_draft(name), as_dated) for name in dict.fromkeys(drafts)]
	if found := choosing.collision(tried):
		_refuse(*found)
	return choosing.choose(rulebook.enabled_rules(), tried, leave_out, only_drafts)


def _draft(name: str) -> Rule:
	document = frappe.get_doc(DOCTYPE, name)
	document.check_permission("read")
	return rulebook.rule_of(document)


def _refuse(draft: Rule, other: Rule) -> None:
	frappe.throw(
		_("{0} and {1} are for the same openings. Try one of them.").format(draft.title, other.title),
		DraftsCollide,
	)
