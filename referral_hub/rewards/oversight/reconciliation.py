"""Holds cash rewards against payroll, both ways: rewards without their payout, payouts without their reward, and all between.

Reads only, in a constant number of queries. Rewards are scoped by `frappe.get_list`, and what names none of them too: nobody
reads here what their lists hide.
"""

import json
from decimal import Decimal

import frappe
from frappe import _

from referral_hub.rewards import promises
from referral_hub.rewards.kinds.cash import Cash
from referral_hub.rewards.money import currency_handed_over, handed_over, to_decimal, written_off
from referral_hub.rewards.paying import salaries
from referral_hub.rewards.paying.salaries import PAYOUT
from referral_hub.rewards.recovery import crossed
from referral_hub.rewards.rules import documents, states
from referral_hub.rewards.rules.paying.reconciling import Paid, Salary, findings
from referral_hub.rewards.rules.terms import CASH

REWARD_FIELDS = (
	*(
		"name",
		"referral",
		"employee",
		"employee_name",
		"company",
		"state",
		"amount",
		"currency",
		"paid_amount",
	),
	*("paid_currency", "paid_on", "payout_name", "explanation"),
	*("taxable_value", "taxable_currency", "taxable_payout"),
)
VALUE_GONE = {"taxable_state": "Withdrawn", "state": ("in", sorted(states.HANDED_OVER))}
SALARY_FIELDS = (
	*("name", "docstatus", "employee", "employee_name", "company", "amount", "currency", "payroll_date"),
	*("ref_docname", "type"),
)


def rows(filters: dict) -> list[frappe._dict]:
	"""Return one row for each thing that does not match."""
	rewards = _rewards(filters, {"kind": CASH})
	named = _salaries([row.name for row in rewards], filters)
	slips, passed_over = _carried_by(named), _passed_over(named)
	by_reward: dict[str, list] = {}
	for row in named:
		by_reward.setdefault(row.ref_docname, []).append(row)
	found = []
	for reward in rewards:
		own = {row.name: row for row in by_reward.pop(reward.name, ())}
		plain = [_plain(row, slips, passed_over) for row in own.values()]
		for finding in findings(_paid(reward), plain):
			salary = own.get(finding.salary.name) if finding.salary else None
			found.append(_row(finding.code, reward, salary, slips))
	found += [_row("no_reward", None, row, slips) for row in _without_reward(by_reward)]
	found += [_deducted(row, rewards) for row in crossed.unnoticed([reward.name for reward in rewards])]
	return found + [_value_gone(reward) for reward in _rewards(filters, VALUE_GONE)]


def in_words(code: str) -> str:
	return {
		"no_payout": _("Paid, but no Additional Salary pays it"),
		"second": _("A second Additional Salary names the same reward"),
		"not_to_be_paid": _("Not to be paid, but an Additional Salary stands"),
		"other_employee": _("The Additional Salary is another employee's"),
		"other_amount": _("The Additional Salary pays another amount"),
		"other_currency": _("The Additional Salary pays another currency"),
		"still_a_draft": _("The Additional Salary is still a draft"),
		"passed_over": _("The Salary Slip of that period was submitted without it"),
		"not_carried": _("Confirmed, but no submitted Salary Slip carries it"),
		"carried_unnoticed": _("A submitted Salary Slip carries it, but it is not Confirmed"),
		"deducted": _("The Additional Salary deducts it instead of paying it"),
		"carried_twice": _("More than one submitted Salary Slip carries it"),
		"carried_otherwise": _("The Salary Slip pays another amount for it"),
		"crossed": _("A submitted Salary Slip carries what was withdrawn from payroll"),
		"still_deducted": _("A submitted Salary Slip deducts what was no longer asked back"),
		"value_gone": _("Its taxable value was taken out of payroll"),
		"no_reward": _("The Additional Salary names a reward that does not exist"),
	}[code]


def _rewards(filters: dict, which: dict) -> list[frappe._dict]:
	asked = which | _common(filters)
	if filters.get("from_date") and filters.get("to_date"):
		asked["due_on"] = ("between", [filters["from_date"], filters["to_date"]])
	found = frappe.get_list(
		promises.DOCTYPE, asked, REWARD_FIELDS, order_by="due_on asc, name asc", limit_page_length=0
	)
	hired_by = {"name": ("in", [row.referral for row in found] or [""])}
	companies = dict(frappe.get_all("Referral", hired_by, ["name", "company"], as_list=True))
	for row in found:
		row.company_of_hire = companies.get(row.referral)
	return found


def _salaries(rewards: list[str], filters: dict) -> list[frappe._dict]:
	"""Return what names these rewards; and, for whoever may list Additional Salaries, what names any."""
	asked = {"ref_doctype": promises.DOCTYPE, "docstatus": ("<", 2)}
	order = {"order_by": "name asc", "limit_page_length": 0}
	named = asked | {"ref_docname": ("in", rewards)}
	own = frappe.get_all(PAYOUT, named, SALARY_FIELDS, **order) if rewards else []
	own += _carried_though_cancelled(rewards)
	if not frappe.has_permission(PAYOUT):
		return own
	others = frappe.get_list(PAYOUT, asked | _common(filters), SALARY_FIELDS, **order)
	return own + [row for row in others if row.ref_docname not in set(rewards)]


def _carried_though_cancelled(rewards: list[str]) -> list[frappe._dict]:
	"""Return what was cancelled of these rewards in the moment in which a slip that carries it was submitted."""
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row)
	query = query.where(
		(additional.ref_doctype == promises.DOCTYPE) & additional.ref_docname.isin(rewards or [""])
	)
	query = query.where(
		(additional.docstatus == documents.CANCELLED) & (slip.docstatus == documents.SUBMITTED)
	)
	return query.select(*(additional[field] for field in SALARY_FIELDS)).distinct().run(as_dict=True)


def _common(filters: dict) -> dict:
	return {field: filters[field] for field in ("company", "employee") if filters.get(field)}


def _without_reward(by_reward: dict[str, list]) -> list:
	"""Leave out rewards that exist: of another period, or not this person's to see."""
	there = set(frappe.get_all(promises.DOCTYPE, {"name": ("in", [*by_reward, ""])}, pluck="name"))
	return [
		row
		for name, named in sorted(by_reward.items(), key=lambda pair: pair[0] or "")
		for row in named
		if name not in there
	]


def _carried_by(named: list) -> dict[str, dict[str, Decimal]]:
	"""Return the submitted slips that carry each, and what each pays for it."""
	if not named:
		return {}
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row).select(additional.name, slip.name, row.amount)
	names = [salary.name for salary in named]
	query = query.where(additional.name.isin(names) & (slip.docstatus == documents.SUBMITTED))
	found: dict[str, dict[str, Decimal]] = {}
	for salary, carrier, amount in query.orderby(slip.name).run():
		carriers = found.setdefault(salary, {})
		carriers[carrier] = carriers.get(carrier, Decimal(0)) + to_decimal(amount)
	return found


def _passed_over(named: list) -> set[str]:
	"""Return those whose period has a submitted slip, whether it carries them or not."""
	if not named:
		return set()
	additional, slip, _detail = salaries.tables()
	query = (
		frappe.qb.from_(additional)
		.inner_join(slip)
		.on(salaries.is_in_period_of(additional, slip) & (slip.docstatus == documents.SUBMITTED))
		.select(additional.name)
	)
	return set(query.where(additional.name.isin([salary.name for salary in named])).run(pluck=True))


def _plain(row, slips: dict[str, dict[str, Decimal]], passed_over: set[str]) -> Salary:
	carriers = slips.get(row.name) or {}
	return Salary(
		row.name,
		row.docstatus,
		row.employee,
		to_decimal(row.amount),
		row.currency,
		next(iter(carriers), None),
		row.name in passed_over,
		row.type == "Deduction",
		sum(carriers.values()) if carriers else None,
		max(len(carriers), 1),
	)


def _paid(row) -> Paid:
	kept = json.loads(row.explanation or "{}")
	earlier = set(kept.get("earlier_payouts") or ()) - set(kept.get("withdrawn_payouts") or ())
	amount, currency = handed_over(row), currency_handed_over(row)
	forgiven = written_off(row) > 0
	return Paid(
		row.name, row.state, row.employee, amount, currency, row.payout_name, tuple(earlier), forgiven
	)


def _row(code: str, reward, salary, slips: dict[str, dict[str, Decimal]]) -> frappe._dict:
	person = reward or salary
	return frappe._dict(
		code=code,
		finding=in_words(code),
		reward=reward and reward.name,
		referral=reward and reward.referral,
		state=reward and reward.state,
		employee=person.employee,
		employee_name=person.employee_name,
		company=person.company,
		company_of_hire=reward and reward.company_of_hire,
		expected=reward and _money(handed_over(reward), currency_handed_over(reward)),
		additional_salary=salary and salary.name,
		paid=salary and _money(to_decimal(salary.amount), salary.currency),
		payroll_date=salary and salary.payroll_date,
		salary_slip=salary and next(iter(slips.get(salary.name) or ()), None),
	)


def _value_gone(reward) -> frappe._dict:
	"""Return a row for something the employee has while its value is no longer taxed."""
	expected = _money(to_decimal(reward.taxable_value), reward.taxable_currency)
	found = {"expected": expected, "additional_salary": reward.taxable_payout}
	return frappe._dict(_row("value_gone", reward, None, {}), **found)


def _deducted(row, rewards: list) -> frappe._dict:
	"""Return a row for a deduction that a slip carries, of a recovery that counts as cancelled."""
	reward = next(reward for reward in rewards if reward.name == row.reward)
	taken = {"paid": _money(to_decimal(row.amount), row.currency), "additional_salary": row.payout_name}
	taken |= {"salary_slip": row.slip, "payroll_date": row.payroll_date}
	return frappe._dict(_row("still_deducted", reward, None, {}), **taken)


def _money(amount, currency: str | None) -> str:
	return Cash().in_words(amount, currency)
