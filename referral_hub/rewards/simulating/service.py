"""Plays the referrals of a period under the rules in force and under those that are tried, beside what was really got.

Called by HR's report, inside `reading.read_only`. Writes nothing, and locks nothing.
"""

from dataclasses import dataclass, field
from decimal import Decimal

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.rewards import kinds
from referral_hub.rewards.money import currency_digits, to_decimal
from referral_hub.rewards.promising.budgets import rate
from referral_hub.rewards.rules.promising.budget import Budget
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.selection import Rule
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.simulator import Piece, Played, play
from referral_hub.rewards.rules.simulating.stacking import Stack, stacks
from referral_hub.rewards.rules.simulating.worth import Worth
from referral_hub.rewards.simulating import choosing, history

GOT, CURRENT, TRIED = "got", "current", "tried"
CASTS = (GOT, CURRENT, TRIED)


@dataclass(frozen=True)
class Question:
	"""What HR asks. `compared_with`: what was got, or what the rules in force would have paid."""

	period: history.Asked
	currency: str
	drafts: list[str] = field(default_factory=list)
	leave_out: list[str] = field(default_factory=list)
	only_drafts: bool = False
	as_dated: bool = False
	months_later: int = 0
	compared_with: str = GOT


@dataclass
class Answer:
	"""Everything that was played; the views below add it up."""

	question: Question
	history: history.History
	choice: choosing.Choice
	current: Played
	tried: Played
	worth: Worth

	@property
	def pieces(self) -> dict[str, list[Piece]]:
		return {GOT: self.history.got, CURRENT: self.current.pieces, TRIED: self.tried.pieces}

	def lines(self, key: tallies.Key) -> list[tallies.Line]:
		return tallies.compare(self.pieces, key, self.worth)

	def whole(self) -> tallies.Line:
		return next(iter(self.lines(lambda piece: "")), tallies.Line(""))

	def gains(self) -> list[tallies.Line]:
		return tallies.gains(self.lines(tallies.by_person), TRIED, self.question.compared_with)

	def without_rate(self) -> dict[str, list[str]]:
		"""Return by program the currencies that its budget can't count, of what was promised by either set of rules."""
		found: dict[str, set[str]] = {}
		for played in (self.current, self.tried):
			for program, purse in played.purses.items():
				if purse.worth.unknown:
					found.setdefault(program, set()).update(purse.worth.unknown)
		return {program: sorted(found[program]) for program in sorted(found)}

	def stacks(self) -> list[Stack]:
		return stacks(self.tried, self.worth)


def answer(question: Question, today=None) -> Answer:
	"""Play the referrals of a period twice: as they are promised now, and as they would be."""
	today = getdate(today or nowdate())
	read = history.read(question.period)
	choice = choosing.choose(
		question.drafts, question.leave_out, only_drafts=question.only_drafts, as_dated=question.as_dated
	)
	rules = [*choice.current, *choice.tried]
	met = _currencies(rules, read)
	worth = Worth(question.currency, _rates(question.currency, met))
	kept = _budgets(read, question)
	budgets = {program: budget for program, (budget, _currency) in kept.items()}
	rates = {
		currency: _rates(currency, met) for currency in {currency for _budget, currency in kept.values()}
	}
	digits = currency_digits([past.currency for past in read.pasts] + [*_named(rules)])

	def played(chosen: list[Rule], months_later: int = 0) -> Played:
		counted_in = {name: Worth(currency, rates[currency]) for name, (_budget, currency) in kept.items()}
		policy = Policy(chosen, digits, kinds.units())
		return play(policy, read.pasts, today, worth, budgets, months_later, counted_in)

	return Answer(
		question, read, choice, played(choice.current), played(choice.tried, question.months_later), worth
	)


def _budgets(read: history.History, question: Question) -> dict[str, tuple[Budget, str]]:
	"""Return the budgets of the programs that occur, with what earlier referrals use, and the currency each is kept in."""
	programs = {past.facts.program for past in read.pasts if past.facts.program}
	fields = ["name", "budget_amount", "budget_currency", "budget_point_value"]
	filters = {"name": ("in", [*programs] or [""]), "budget_amount": (">", 0)}
	rows = frappe.get_all("Referral Program", filters, fields)
	used = history.used_before([row.name for row in rows], question.period.from_date)
	found = {}
	for row in rows:
		limit, value = to_decimal(row.budget_amount), to_decimal(row.budget_point_value)
		budget = Budget(limit, to_decimal(used.get(row.name, 0)), point_value=value)
		found[row.name] = budget, row.budget_currency
	return found


def _currencies(rules: list[Rule], read: history.History) -> set[str | None]:
	"""Return every currency that something was promised or got in."""
	met = {*_named(rules), *(past.currency for past in read.pasts), *(piece.currency for piece in read.got)}
	return met | {piece.details.get("taxable_currency") for piece in read.got}


def _rates(currency: str, met: set[str | None]) -> dict[str, Decimal]:
	"""Return the rates that are known, as budgets take them."""
	found = {of: rate(of, currency) for of in met if of and of != currency}
	return {of: figure for of, figure in found.items() if figure is not None}


def _named(rules: list[Rule]) -> set[str | None]:
	promises = [promise for rule in rules for promise in rule.promises]
	return {promise.currency for promise in promises} | {
		promise.details.get("taxable_currency") for promise in promises
	}
