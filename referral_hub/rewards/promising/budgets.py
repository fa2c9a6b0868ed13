"""A program's budget: stops a new promise that does not fit, warns HR before, and follows what becomes of promises.

What counts is money: amounts in a currency, the taxable value of things, points at the value HR gives them (none: nothing), of a
choice the dearest option, and of a bonus for several hires an equal part with each referral that was promised it, until the period
is over in which it counts: then only with those that earned it. What is in a currency without an exchange rate is promised and not
counted: HR is told which, and it is counted once there is a rate. A promise made before is never touched. The program's row is
locked while it is counted.
"""

from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import flt, getdate, nowdate

from referral_hub.database.prepared import Prepared, given
from referral_hub.rewards import counting, earning, promises
from referral_hub.rewards.choices import still_open
from referral_hub.rewards.money import to_decimal, written_off
from referral_hub.rewards.rules import cumulative, states
from referral_hub.rewards.rules.milestones import is_reachable
from referral_hub.rewards.rules.promising import budget as rules
from referral_hub.rewards.rules.terms import Promise, Terms, load

FIELDS = [
	"budget_amount",
	"budget_currency",
	"budget_point_value",
	"budget_used",
	"budget_warning_percent",
	"budget_warned_on",
	"budget_without_rate",
]


MAY_COST = ["Open", "Hired", "Left"]


def admit(referral, terms: Terms) -> bool:
	"""Count what a new referral is promised, or say that it does not fit any more."""
	program = _lock(referral.get("program")) if referral.get("program") else None
	if not program:
		return True
	cost = rules.of_terms(terms, _cost_for(program))
	is_admitted = _budget_of(program).allows(cost)
	_count(referral, program, cost if is_admitted else Decimal(0))
	return is_admitted


def follow(referral) -> None:
	"""Give back what a referral can't cost any more; take what it costs after all."""
	terms = load(referral.terms)
	if not terms or not referral.program:
		return
	if not frappe.db.get_value("Referral Program", referral.program, "budget_amount"):
		return
	if program := _lock(referral.program):
		_count(referral, program, _cost_now(referral, terms, program))
		cost = {"budget_cost": referral.budget_cost, "budget_part_until": referral.budget_part_until}
		frappe.db.set_value("Referral", referral.name, cost, update_modified=False)


def follow_by_name(referral: str) -> None:
	follow(frappe.get_doc("Referral", referral, for_update=True))


def with_period_over(today=None) -> list[str]:
	"""Return the referrals whose part of a bonus was counted for a period that is over."""
	until = "budget_part_until"
	filters = [[until, "is", "set"], [until, "<", getdate(today or nowdate())]]
	return frappe.get_all("Referral", filters, pluck="name", order_by="name asc")


def not_counted(program: str) -> list[str]:
	"""Return the referrals that may cost something and count nothing yet: made before there was a budget."""
	filters = {"program": program, "budget_cost": 0, "outcome": ["in", MAY_COST]}
	return frappe.get_all("Referral", filters, pluck="name", order_by="name asc")


def waiting_for_rates() -> dict[str, set[str]]:
	"""Return by program the currencies that were not counted for want of a rate which there is by now."""
	filters = {"budget_without_rate": ["is", "set"], "budget_amount": [">", 0]}
	rows = frappe.get_all("Referral Program", filters, ["name", *FIELDS], order_by="name asc")
	found = {row.name: {of for of in _without_rate(row) if rate(of, row.budget_currency)} for row in rows}
	return {name: currencies for name, currencies in found.items() if currencies}


def to_count_again(program: str) -> list[str]:
	"""Return the referrals that may cost something, for a program of which a rate has come."""
	filters = {"program": program, "outcome": ["in", MAY_COST]}
	return frappe.get_all("Referral", filters, pluck="name", order_by="name asc")


def wait_no_longer(found: tuple[str, set[str]]) -> None:
	"""Note that a program's promises in these currencies are counted by now."""
	program, currencies = found
	if row := _lock(program):
		_note_without_rate(program, _without_rate(row) - currencies)


def recount(program: str) -> None:
	"""Add a program's costs up anew. The lock comes first: what is read after it is all that was committed."""
	row = _lock(program)
	if not row:
		return
	referral = frappe.qb.DocType("Referral")
	query = frappe.qb.from_(referral).select(Sum(referral.budget_cost)).where(referral.program == program)
	_write(program, row, to_decimal(query.run()[0][0]))


def programs_with_budgets() -> list[str]:
	return frappe.get_all("Referral Program", {"budget_amount": [">", 0]}, pluck="name", order_by="name asc")


class Budgets:
	"""The budgets of some programs, read in one query, to say which offers they still allow."""

	def __init__(self, programs):
		filters = {
			"name": ["in", sorted({name for name in programs if name}) or [""]],
			"budget_amount": [">", 0],
		}
		rows = frappe.get_all("Referral Program", filters=filters, fields=["name", *FIELDS])
		self._rows = {row.name: row for row in rows}
		self._known: dict[tuple, bool] = {}

	def allow(self, program: str | None, terms: Terms) -> bool:
		row = self._rows.get(program)
		if not row:
			return True
		key = program, id(terms)
		if key not in self._known:
			cost = rules.of_terms(terms, _cost_for(row))
			self._known[key] = _budget_of(row).allows(cost)
		return self._known[key]


def used_up_in_words() -> str:
	return _("The budget of this program is used up, so a success is not paid at the moment.")


def _lock(program: str):
	"""Lock the program's row when it has a budget; a locking read sees what others have committed."""
	row = _locked.one(program=program)
	return row if row and flt(row.budget_amount) > 0 else None


@Prepared
def _locked():
	Program = frappe.qb.DocType("Referral Program")
	query = frappe.qb.from_(Program).select(*(Program[field] for field in FIELDS))
	return query.where(Program.name == given("program")).for_update()


def _budget_of(row) -> rules.Budget:
	return rules.Budget(
		limit=to_decimal(row.budget_amount) if flt(row.budget_amount) > 0 else None,
		used=to_decimal(row.budget_used),
		warn_at_percent=to_decimal(row.budget_warning_percent or 100),
		point_value=to_decimal(row.budget_point_value),
	)


def _count(referral, program, cost: Decimal) -> None:
	"""Put a referral's cost in place of what it cost before; the caller saves the referral, and tells HR what is new to them."""
	_look_for_rates(referral, program)
	before = to_decimal(referral.get("budget_cost"))
	referral.budget_cost = flt(cost)
	if cost == before:
		return
	if _write(referral.program, program, to_decimal(program.budget_used) + cost - before):
		referral.flags.budget_warning = frappe._dict(program, program=referral.program)


def _look_for_rates(referral, program) -> None:
	"""Keep in which currencies promises were not counted; HR is told of each once."""
	missing = program.missed_rates or set()
	if missing - _without_rate(program):
		_note_without_rate(referral.program, _without_rate(program) | missing)
		about = {"program": referral.program, "currencies": ", ".join(sorted(missing))}
		referral.flags.budget_without_rate = about | {"budget_currency": program.budget_currency}


def _without_rate(program) -> set[str]:
	return set((program.budget_without_rate or "").split())


def _note_without_rate(name: str, currencies: set[str]) -> None:
	kept = " ".join(sorted(currencies)) or None
	frappe.db.set_value("Referral Program", name, "budget_without_rate", kept, update_modified=False)


def _write(name: str, program, used: Decimal) -> bool:
	"""Keep what is used and since when HR is warned; say whether it is time to warn. Well below again, it can come anew."""
	program.budget_used = flt(used)
	warns = _budget_of(program).is_at_warning()
	warned_on = (program.budget_warned_on or nowdate()) if warns else None
	values = {"budget_used": flt(used), "budget_warned_on": warned_on}
	frappe.db.set_value("Referral Program", name, values, update_modified=False)
	return warns and not program.budget_warned_on


def _cost_now(referral, terms: Terms, program) -> Decimal:
	"""Return what was earned and stands, and what can still be earned; its part of a bonus while it counts or may count."""
	cost_of, shares = _cost_for(program), {promise.share: promise for promise in terms.milestones}
	filters = {"referral": referral.name, "referrer": referral.referrer, "counted_key": ["is", "not set"]}
	rewards = frappe.get_all(promises.DOCTYPE, filters, ["share", "state", "decided_by", "explanation"])
	taken = {row.share for row in rewards if states.leaves_nothing(row.state, bool(row.decided_by))}
	stands = [
		shares[row.share]
		for row in rewards
		if row.share in shares and costs(row) and row.state != states.PROMISED
	]
	progress = earning.progress_of(referral)
	open_ways = still_open(terms, referral.reward_option) if referral.reward_option else terms.milestones
	ahead = [each for each in open_ways if each.share not in taken and is_reachable(each.milestone, progress)]
	return rules.of_what_is_left([*stands, *ahead], _bonuses_stood_for(referral, terms), cost_of)


def costs(reward) -> bool:
	"""Say whether a reward, or its row, costs its budget what was promised: it stands, is owed, or need not be given back."""
	if reward.state == states.VOID:
		return written_off(reward) > 0
	return reward.state in states.STANDING | {states.OWED}


def _bonuses_stood_for(referral, terms: Terms) -> tuple[Promise, ...]:
	"""Return the bonuses for several hires of which a referral counts a part; it notes until when that is sure."""
	referral.budget_part_until = None
	if not terms.counting:
		return ()
	hire, today = cumulative.Hire(referral.name, terms.counting, earning.progress_of(referral)), getdate()
	if not cumulative.counted_on(hire, today):
		return terms.counting.milestones if cumulative.may_count(hire, today) else ()
	referral.budget_part_until = cumulative.counts_until(hire, today)
	return cumulative.stood_for(
		hire, lambda: cumulative.helped(counting.hires_of(referral.referrer), today), today
	)


def _cost_for(program):
	"""Return a function that says what a promise costs in the budget's currency: without a rate nothing, which is noted."""
	currency, budget = program.budget_currency, _budget_of(program)
	rates = {currency: Decimal(1)}

	def money(promise: Promise) -> Decimal:
		amount, of = promise.amount, promise.currency
		if not of:
			amount = Decimal(promise.details.get("taxable_value") or 0)
			of = promise.details.get("taxable_currency") or currency
		if amount and of not in rates:
			rates[of] = rate(of, currency)
		if amount and rates[of] is None:
			program.setdefault("missed_rates", set()).add(of)
		return amount * (rates[of] or 0) if amount else Decimal(0)

	return lambda promise: budget.cost_of(promise, money)


def rate(of: str, currency: str) -> Decimal | None:
	"""Return the latest rate ERPNext keeps, either way round; None without one. Asks no service."""
	for one, other in ((of, currency), (currency, of)):
		filters = {"from_currency": one, "to_currency": other, "date": ["<=", nowdate()]}
		rate = frappe.db.get_value("Currency Exchange", filters, "exchange_rate", order_by="date desc")
		if flt(rate) > 0:
			return to_decimal(rate) if one == of else 1 / to_decimal(rate)
	return None
