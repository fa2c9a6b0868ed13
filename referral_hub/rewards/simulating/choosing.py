"""Which rules are tried: those in force, drafts in place of what they replace, and what is left out. Reads only."""

from dataclasses import dataclass, field, replace

import frappe
from frappe import _

from referral_hub.rewards.promising import rulebook
from referral_hub.rewards.rules.selection import Rule, tied_with

DOCTYPE = "Reward Rule"


class DraftsCollide(frappe.ValidationError):
	"""Two drafts are for the same openings: nobody could say which one pays."""


@dataclass
class Choice:
	"""The rules in force, those tried instead, and the titles of what gave way to a draft."""

	current: list[Rule]
	tried: list[Rule]
	replaced: list[str] = field(default_factory=list)


def choose(
	drafts: list[str], leave_out: list[str], *, only_drafts: bool = False, as_dated: bool = False
) -> Choice:
	"""Choose the rules to try. Drafts hold for the whole period unless they are to be taken as dated."""
	current = rulebook.enabled_rules()
	tried = [_draft(name, as_dated) for name in dict.fromkeys(drafts)]
	for place, draft in enumerate(tried):
		if other := tied_with(draft, tried[:place]):
			_refuse(draft, other)
	kept = [] if only_drafts else [rule for rule in current if rule.name not in {*leave_out, *drafts}]
	replaced = [rule for rule in kept if any(_replaces(draft, rule) for draft in tried)]
	others = [rule for rule in kept if rule not in replaced]
	return Choice(current, [*others, *tried], sorted(rule.title for rule in replaced))


def _draft(name: str, as_dated: bool) -> Rule:
	document = frappe.get_doc(DOCTYPE, name)
	document.check_permission("read")
	draft = replace(rulebook.rule_of(document), enabled=True)
	return draft if as_dated else replace(draft, valid_from=None, valid_to=None)


def _replaces(draft: Rule, rule: Rule) -> bool:
	"""A draft for the same openings is written to take a rule's place, whatever the days of both."""
	undated = replace(rule, valid_from=None, valid_to=None)
	return tied_with(replace(draft, valid_from=None, valid_to=None), [undated]) is not None


def _refuse(draft: Rule, other: Rule) -> None:
	frappe.throw(
		_("{0} and {1} are for the same openings. Try one of them.").format(draft.title, other.title),
		DraftsCollide,
	)
