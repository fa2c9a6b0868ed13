"""What a referral would pay, or was promised: rules applied to openings. Writes what a promise takes of a budget.

`terms_for` is called when a referral is made and freezes its answer on the referral; `offers_for` shows the
same figures on the portal before that.
"""

import json

import frappe
from frappe.utils import cint, getdate, nowdate

from referral_hub.people import departments
from referral_hub.rewards import kinds
from referral_hub.rewards.money import currency_digits
from referral_hub.rewards.promising import badges, budgets, rulebook
from referral_hub.rewards.rules import terms as rules
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.selection import OpeningFacts

USED_UP = "used up"


def terms_for(referral) -> dict:
	"""Return the terms to freeze on a new referral; empty when no rule fits.

	A referral that counts but is not paid promises nothing, and its terms keep why.
	"""
	if cases := not_paid_because(referral):
		return {"milestones": [], "unpaid_because": cases}
	on = getdate(referral.flags.promised_on or referral.get("submitted_on") or nowdate())
	rows = referral.flags.rows
	offer = Offer(referral.referrer, on, row=rows and rows.employee)
	terms = offer.terms(_facts_of_referral(referral, offer.referrer))
	if not _was_promised(referral, terms, on):
		return {}
	return terms if budgets.admit(referral, rules.load(terms)) else {"milestones": [], "budget": USED_UP}


def terms_after_credit(referral) -> dict | None:
	"""Return the terms for who is credited now; None where nothing was ever promised, so that it is for the rules to say.

	What was promised on the day of the referral is never lost: it is kept beside why it is not paid, and counts again.
	"""
	frozen = json.loads(referral.terms or "{}")
	promised = frozen if frozen.get("rule") else frozen.get("promised")
	if cases := not_paid_because(referral):
		waiting = {"promised": promised} if promised else {}
		return {"milestones": [], "unpaid_because": cases, **waiting}
	if promised or not (frozen.get("unpaid_because") or frozen.get("budget")):
		return promised or frozen
	return None


def _was_promised(referral, terms: dict, on) -> bool:
	"""A referral of long ago is promised only what a rule said on its day: none that was written since."""
	if not terms or not referral.flags.only_rules_of_the_day:
		return True
	written, valid_from = frappe.db.get_value("Reward Rule", terms["rule"], ["creation", "valid_from"])
	return getdate(valid_from or written) <= on


def not_paid_because(referral) -> list[str]:
	"""Return the cases for which the program pays nothing, as decided when the person was referred."""
	if cint(referral.get("may_be_paid", 1)):
		return []
	return frappe.parse_json(referral.get("decision") or "{}").get("unpaid_because") or []


def offers_for(
	openings: list[dict], employee: str, program: str | None = None, *, row=None, tree=None
) -> dict[str, dict]:
	"""Return what a success at each opening pays this employee: terms and their totals, per opening name.

	An opening's own "program" counts before the one given for all, and that before the settings' default. `row` and `tree`
	are what the caller has read of the employee and the departments.
	"""
	program = program or frappe.get_cached_doc("Referral Hub Settings").default_program
	programs = {opening["name"]: opening.get("program") or program for opening in openings}
	offer = Offer(employee, getdate(nowdate()), row=row)
	facts = rulebook.facts_of_openings(list(programs), programs, offer.referrer, tree)
	allowed = budgets.Budgets(programs.values())
	alike = {id(each): each for each in facts.values()}
	offers = {number: offer.with_totals(each, allowed) for number, each in alike.items()}
	found = {name: offers[id(each)] for name, each in facts.items()}
	return {opening["name"]: found.get(opening["name"]) or _no_offer() for opening in openings}


class Offer:
	"""The rules of one day for one employee, read once; or other rules in their place, to try them."""

	def __init__(self, employee: str, on, instead: list | None = None, row=None):
		self.on = on
		given = rulebook.enabled_rules() if instead is None else instead
		asks = instead is not None or badges.are_asked_for(given)
		self.referrer = rulebook.referrer(employee, badges.held_by(employee, on) if asks else (), row)
		named = (promise.currency for rule in given for promise in rule.promises)
		digits = currency_digits([self.referrer.currency, *named])
		self.policy = Policy(given, digits, kinds.units())
		self.told: dict[int, dict] = {}

	def terms(self, facts: OpeningFacts) -> dict:
		terms = self.policy.terms(facts, self.on, self.referrer.currency)
		return rules.dump(terms) if terms else {}

	def with_totals(self, facts: OpeningFacts, allowed: budgets.Budgets) -> dict:
		"""Return terms and totals; the very same object for every opening that pays the same."""
		terms = self.policy.terms(facts, self.on, self.referrer.currency)
		if not terms:
			return _no_offer()
		if not allowed.allow(facts.program, terms):
			return _no_offer() | {"unpaid": budgets.used_up_in_words()}
		if id(terms) not in self.told:
			self.told[id(terms)] = rules.dump(terms) | _totals(terms)
		return self.told[id(terms)]


def _totals(terms: rules.Terms) -> dict:
	"""Return what terms come to with the first option, and with each option of a choice."""
	options = {letter: rules.totals(terms.chosen(letter)) for letter in terms.options()}
	first = next(iter(options.values()), None)
	return {"totals": first or rules.totals(terms.milestones), "options": options}


def _no_offer() -> dict:
	return {"milestones": [], "totals": [], "options": {}}


def _facts_of_referral(referral, by: rulebook.Referrer) -> OpeningFacts:
	"""Take what whoever makes the referral has read of the opening, else read it; without one the referral says it itself."""
	opening, program, rows = referral.get("job_opening"), referral.get("program"), referral.flags.rows
	if rows:
		return rulebook.facts_of(rows.opening or referral, program, rows.tree, by)
	facts = rulebook.facts_of_openings([opening], {opening: program}, by) if opening else {}
	return facts.get(opening) or rulebook.facts_of(referral, program, departments.parents(), by)
