"""What a referral would pay, or was promised: rules applied to openings. Writes nothing.

`terms_for` is called when a referral is made and freezes its answer on the referral; `offers_for` shows the
same figures on the portal before that.
"""

import frappe
from frappe.utils import cint, getdate, nowdate

from referral_hub import departments
from referral_hub.rewards import kinds, rulebook
from referral_hub.rewards.money import currency_digits
from referral_hub.rewards.rules import terms as rules
from referral_hub.rewards.rules.selection import OpeningFacts, RuleBook


def terms_for(referral) -> dict:
	"""Return the terms to freeze on a new referral; empty when no rule fits.

	A referral that counts but is not paid promises nothing, and its terms keep why.
	"""
	if cases := not_paid_because(referral):
		return {"milestones": [], "unpaid_because": cases}
	facts = _facts_of_referral(referral)
	on = getdate(referral.flags.promised_on or referral.get("submitted_on") or nowdate())
	terms = _Offer(referral.referrer, on).terms(facts)
	return terms if _was_promised(referral, terms, on) else {}


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


def offers_for(openings: list[dict], employee: str, program: str | None = None) -> dict[str, dict]:
	"""Return what a success at each opening pays this employee: terms and their totals, per opening name.

	An opening's own "program" counts before the one given for all, and that before the settings' default.
	"""
	program = program or frappe.get_cached_doc("Referral Hub Settings").default_program
	programs = {opening["name"]: opening.get("program") or program for opening in openings}
	offer = _Offer(employee, getdate(nowdate()))
	facts = rulebook.facts_of_openings(list(programs), programs)
	offers = {name: offer.with_totals(opening_facts) for name, opening_facts in facts.items()}
	return {opening["name"]: offers.get(opening["name"], _no_offer()) for opening in openings}


class _Offer:
	"""The rules of one day for one employee, read once."""

	def __init__(self, employee: str, on):
		self.on = on
		rules_of_today = rulebook.enabled_rules()
		self.book = RuleBook(rules_of_today)
		self.currency = _currency_of(employee)
		named = (promise.currency for rule in rules_of_today for promise in rule.promises)
		self.digits = currency_digits([self.currency, *named])
		self.units = kinds.units()
		self.told: dict[str, dict] = {}

	def terms(self, facts: OpeningFacts) -> dict:
		rule = self.book.select(facts, self.on)
		return rules.dump(self._frozen(rule)) if rule else {}

	def with_totals(self, facts: OpeningFacts) -> dict:
		"""Return terms and totals; the very same object for every opening under the same rule."""
		rule = self.book.select(facts, self.on)
		name = rule.name if rule else ""
		if name not in self.told:
			frozen = self._frozen(rule) if rule else None
			totals = {"totals": rules.totals(frozen.milestones)} if frozen else _no_offer()
			self.told[name] = (rules.dump(frozen) if frozen else {}) | totals
		return self.told[name]

	def _frozen(self, rule) -> rules.Terms:
		return rules.freeze(rule, self.on, self.currency, self.digits, self.units)


def _no_offer() -> dict:
	return {"milestones": [], "totals": []}


def _facts_of_referral(referral) -> OpeningFacts:
	facts = {}
	if referral.get("job_opening"):
		facts = rulebook.facts_of_openings(
			[referral.job_opening], {referral.job_opening: referral.get("program")}
		)
	return facts.get(referral.get("job_opening")) or rulebook.facts_of(
		referral, referral.get("program"), departments.parents()
	)


def _currency_of(employee: str) -> str | None:
	"""Return the currency of the employee's company."""
	company = frappe.db.get_value("Employee", employee, "company")
	return frappe.get_cached_value("Company", company, "default_currency") if company else None
