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
	worth = Worth(question.currency, _rates(question.currency, rules, read))
	budgets = _budgets(read, question, worth)
	digits = currency_digits([past.currency for past in read.pasts] + [*_named(rules)])

	def played(chosen: list[Rule], months_later: int = 0) -> Played:
		return play(Policy(chosen, digits, kinds.units()), read.pasts, today, worth, budgets, months_later)

	return Answer(
		question, read, choice, played(choice.current), played(choice.tried, question.months_later), worth
	)


def _budgets(read: history.History, question: Question, worth: Worth) -> dict[str, Budget]:
	"""Return the budgets of the programs that occur, in the currency of the report, with what earlier referrals use."""
	programs = {past.facts.program for past in read.pasts if past.facts.program}
	fields = ["name", "budget_amount", "budget_currency", "budget_point_value"]
	filters = {"name": ("in", [*programs] or [""]), "budget_amount": (">", 0)}
	rows = frappe.get_all("Referral Program", filters, fields)
	used = history.used_before([row.name for row in rows], question.period.from_date)

	def converted(row, amount: float) -> Decimal:
		return worth.convert(to_decimal(amount), row.budget_currency)

	return {
		row.name: Budget(
			converted(row, row.budget_amount),
			converted(row, used.get(row.name, 0)),
			point_value=converted(row, row.budget_point_value),
		)
		for row in rows
	}


def _rates(currency: str, rules: list[Rule], read: history.History) -> dict[str, Decimal]:
	"""Return the rates that are known, as budgets take them."""
	met = {*_named(rules), *(past.currency for past in read.pasts), *(piece.currency for piece in read.got)}
	met |= {piece.details.get("taxable_currency") for piece in read.got}
	met |= set(frappe.get_all("Referral Program", pluck="budget_currency"))
	found = {of: rate(of, currency) for of in met if of and of != currency}
	return {of: figure for of, figure in found.items() if figure is not None}


def _named(rules: list[Rule]) -> set[str | None]:
	promises = [promise for rule in rules for promise in rule.promises]
	return {promise.currency for promise in promises} | {
		promise.details.get("taxable_currency") for promise in promises
	}
