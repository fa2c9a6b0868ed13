"""Why this amount: the same words on the portal, in the desk and in the API, in the reader's language."""

import json
from decimal import Decimal

import frappe
from frappe import _

from referral_hub.rewards import choices, earning, kinds, promises
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.paying import salaries, slips
from referral_hub.rewards.promising import hired_as, rule_words
from referral_hub.rewards.reasons import in_words
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules import terms as rules
from referral_hub.rewards.rules.milestones import NEEDS_THE_HIRE, is_reachable, retained_on
from referral_hub.rewards.rules.periods import ANY_TIME_KEY
from referral_hub.wording import case_words, dates
from referral_hub.wording.counting import counted

NOTES = {"state_reason": "reason", "taxable_note": "taxable_reason"}  # each field, and where its code is kept


def explain(reward) -> dict:
	"""Return rule, version, factors, inputs, what was not met, and a sentence for people.

	For a Referral instead of a reward: why it promises nothing.
	"""
	reward = frappe.get_doc("Referral Reward", reward) if isinstance(reward, str) else reward
	if reward.doctype == "Referral":
		return {"sentence": why_unpaid(reward.terms), "not_met": not_met(reward)}
	kept = json.loads(reward.explanation or "{}")
	for reason in ("reason", "taxable_reason"):
		kept.pop(reason, None)
	said = sentences(reward)
	if salaries.in_drafts([reward]):
		said["state_sentence"] = _(
			"The Additional Salary {0} is a draft: payroll pays it once it is submitted."
		).format(reward.payout_name)
	if slips.withheld([reward]):
		said["state_sentence"] = _("Payroll withholds the salary that carries it: it is paid out with that.")
	return kept | {
		"state": reward.state,
		**said,
		"not_met": not_met(frappe.get_doc("Referral", reward.referral)),
	}


def sentences(reward) -> dict[str, str]:
	"""Say why this amount and why this state, from a reward or its row alone: no query, however many there are."""
	kept = json.loads(reward.explanation or "{}")
	reason = kept.get("reason")
	return {
		"sentence": _sentence(reward, kept),
		"state_sentence": in_words(reason["code"], reason["values"]) if reason else "",
	}


def say_notes(reward) -> None:
	"""Let the form of a reward say in its reader's language what is stored in the site's."""
	reward.update(_notes(reward))


def notes_of(names: list[str]) -> dict[str, dict[str, str]]:
	"""Return what `say_notes` says of those of these rewards that the reader may list: one query."""
	fields = ["name", "explanation", "state_reason", "taxable_note"]
	rows = frappe.get_list(
		promises.DOCTYPE, {"name": ("in", [*names, ""])}, fields, limit_page_length=0, order_by="name asc"
	)
	stored = {row.name: {field: row[field] for field in NOTES if row[field]} for row in rows}
	return {row.name: stored[row.name] | _notes(row) for row in rows}


def _notes(reward) -> dict[str, str]:
	reasons = {field: promises.reason_of(reward, kept_as) for field, kept_as in NOTES.items()}
	return {field: str(reason) for field, reason in reasons.items() if reason}


def why_unpaid(terms: str | None) -> str:
	"""Say why frozen terms promise nothing; empty when they do, or when no rule fitted."""
	kept = json.loads(terms or "{}")
	if kept.get("budget"):
		return _("The budget of the program was used up when you referred, so a success is not paid.")
	return case_words.unpaid(kept.get("unpaid_because") or [])


def not_met(referral) -> list[dict]:
	"""Return the other promises of the same terms that were not reached, each with what it waits for."""
	terms = rules.load(referral.terms)
	if not terms:
		return []
	progress = earning.progress_of(referral)
	today = frappe.utils.getdate()
	differs = hired_as.differs(referral, terms)
	return [
		{
			"share": promise.share,
			"milestone": promise.milestone,
			"after_months": promise.after_months,
			"sentence": _waiting(promise, progress, terms),
		}
		for promise in choices.still_open(terms, referral.get("reward_option"))
		if not earning.is_reached(promise, progress, today)
		or (differs and promise.milestone in NEEDS_THE_HIRE)
	]


def _sentence(reward, kept: dict) -> str:
	how = rule_words.arithmetic(_promise_of(reward, kept), kept.get("stacking") or "")
	words = _('{amount}: {milestone}. Rule "{rule}", version {version}, as it stood on {date}.').format(
		amount=kinds.amount_in_words(reward),
		milestone=_what_happened(reward, kept),
		rule=kept.get("rule_name"),
		version=kept.get("rule_version"),
		date=dates.said(kept.get("frozen_on")),
	)
	return _("{sentence} {arithmetic}").format(sentence=words, arithmetic=how) if how else words


def _promise_of(reward, kept: dict) -> rules.Promise:
	"""Return the promise as far as the arithmetic needs it."""
	figures = {name: kept.get(name) for name in ("base_amount", "percent")}
	return rules.Promise(
		share=reward.share,
		milestone=reward.milestone,
		kind=reward.kind,
		amount=to_decimal(reward.amount),
		currency=reward.currency,
		details=kinds.details(reward),
		factors=tuple(kept.get("factors") or ()),
		**{name: Decimal(figure) if figure else None for name, figure in figures.items()},
	)


def _what_happened(reward, kept: dict) -> str:
	if kept.get("hires"):
		return counted(
			kept["hires"],
			_("{number} colleague came on your recommendation ({period})"),
			_("{number} colleagues came on your recommendation ({period})"),
		).format(number=kept["hires"], period=period_in_words(reward.period))
	words = milestone_in_words(reward.milestone, reward.after_months)
	return rule_words.with_condition(words, kept.get("back_within") or 0)


def period_in_words(period: str) -> str:
	return _("at any time") if period == ANY_TIME_KEY else period


def paid_otherwise(reward) -> tuple[Decimal, str] | None:
	"""Return what payroll really pays and in which currency, from a reward or its row, where somebody changed it in HRMS."""
	kept = json.loads(reward.explanation or "{}")
	if kept.get("paid_amount") is None or reward.state not in states.HANDED_OVER:
		return None
	return to_decimal(kept["paid_amount"]), kept.get("paid_in") or reward.get(
		"paid_currency"
	) or reward.currency


def milestone_in_words(milestone: str, after_months: int = 0) -> str:
	return {
		"Received": _("the recommendation was received"),
		"Screened": _("the candidate was screened"),
		"Interviewed": _("the candidate was interviewed"),
		"Selected": _("the candidate passed the interviews"),
		"Offered": _("the candidate got an offer"),
		"Joined": _("the new colleague joined"),
		"Confirmed": _("the new colleague passed probation"),
		"Retained": counted(
			after_months,
			_("the new colleague stayed {months} month"),
			_("the new colleague stayed {months} months"),
		).format(months=after_months),
	}[milestone]


def _waiting(promise, progress, terms: rules.Terms) -> str:
	words = milestone_in_words(promise.milestone, promise.after_months)
	words = rule_words.with_condition(words, promise.back_within)
	if terms.hire and promise.milestone in NEEDS_THE_HIRE:
		wanted = ", ".join(rule_words.hire_condition(name, value) for name, value in terms.hire)
		words = _("{milestone}, {conditions}").format(milestone=words, conditions=wanted)
	expected = retained_on(promise.after_months, progress) if promise.milestone == "Retained" else None
	if expected:
		return _("Waits until {date}: {milestone}.").format(date=dates.said(expected), milestone=words)
	if is_reachable(promise.milestone, progress):
		return _("Not reached yet: {milestone}.").format(milestone=words)
	return _("Not reached: {milestone}. The referral is closed.").format(milestone=words)
