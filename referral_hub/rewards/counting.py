"""Bonuses for several hires: earned, undone and earned again as the hires of an employee come and go.

Derived from all hires of the employee at once, with the employee locked: in whichever order they arrive, each bonus is
there once. Called by a job after each move of a referral, and daily. Never pays.
"""

import json
from collections.abc import Callable, Container
from functools import cache
from hashlib import sha256

import frappe
from frappe.utils import add_days, getdate, nowdate

from referral_hub.background import start_after_commit
from referral_hub.people import employments
from referral_hub.rewards import earning, promises, telling, undoing
from referral_hub.rewards.approving import service as approving
from referral_hub.rewards.promising import hired_as
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import cumulative, states
from referral_hub.rewards.rules import terms as rules


def count(employee: str, today=None) -> list[str]:
	"""Let the bonuses of an employee follow their hires; return those earned now.

	The lock comes before any plain read: what is read after it is everything the one before has committed. Jobs name a
	person by the record that `employments.person_of` returns, so that all who count for one person meet at the same lock.
	"""
	_lock(employee)
	records = sorted(employments.records_of(employee))
	_lock(records[0])
	today = getdate(today or nowdate())
	rows = _lock_counted(records)
	standing = [row for row in rows if row.state in states.STANDING]
	hires = _hires_of(records, cache(lambda: _counted_by(standing)))
	wanted = {bonus.key(): bonus for bonus in cumulative.bonuses(hires, today)}
	found = {(row.rule, row.rule_version, row.period, row.share): row for row in rows}
	undone = [_undo(found[key]) for key in found.keys() - wanted.keys()]
	earned = [_earn(bonus, found.get(key), today) for key, bonus in wanted.items()]
	_let_budgets_follow([*filter(None, undone), *filter(None, earned)])
	return [name for name in earned if name]


def ahead(employee: str, today=None) -> list[cumulative.Ahead]:
	"""Return the bonuses that an employee comes closer to by their hires of the period that runs. Locks nothing."""
	return cumulative.ahead(hires_of(employee), getdate(today or nowdate()))


def hires_of(employee: str) -> list[cumulative.Hire]:
	"""Return all hires of a person, as they are to be seen by the caller. Locks nothing."""
	records = sorted(employments.records_of(employee))
	standing = {"referrer": ["in", records], "counted_key": ["is", "set"]}
	standing["state"] = ["in", sorted(states.STANDING)]
	counted = cache(lambda: _counted_by(frappe.get_all(promises.DOCTYPE, standing, ["explanation"])))
	return _hires_of(records, counted)


def employees_who_count() -> list[str]:
	"""Return everybody whose hires may earn a bonus, or have earned one."""
	referrals = frappe.get_all(
		"Referral", filters={"stage": ["in", ["Joined", "Confirmed"]]}, pluck="referrer", distinct=True
	)
	counted = {"counted_key": ["is", "set"], "state": ["in", sorted(states.STANDING)]}
	rewarded = frappe.get_all(promises.DOCTYPE, filters=counted, pluck="referrer", distinct=True)
	return sorted({employments.person_of(employee) for employee in {*referrals, *rewarded}})


def _lock(employee: str) -> None:
	frappe.db.get_value("Employee", employee, "name", for_update=True)


def _counted_by(bonuses) -> set[str]:
	"""Return the hires that bonuses which stand were earned by: what they were hired as is not looked at again."""
	return {hire for bonus in bonuses for hire in _hires_in(bonus.explanation)}


def _hires_of(records: list[str], counted: Callable[[], Container[str]]) -> list[cumulative.Hire]:
	"""Read the referrals of a person that reached a first day at work; who is `counted` is asked of those who differ alone."""
	fields = ["name", "terms", "stage", "outcome", "hired_employee", "stays", *earning.PROGRESS_DATES]
	filters = {"referrer": ["in", records], "stage": ["in", ["Joined", "Confirmed"]]}
	rows = frappe.get_all("Referral", filters=filters, fields=fields)
	hires = ((row, rules.load(row.terms)) for row in rows)
	return [
		cumulative.Hire(
			row.name,
			terms.counting,
			earning.progress_of(row),
			not hired_as.differs(row, terms.counting) or row.name in counted(),
		)
		for row, terms in hires
		if terms and terms.counting
	]


def _lock_counted(records: list[str]) -> list:
	"""Lock the bonuses promised to these records, one that stands after those taken back: of two, it is the one to follow."""
	filters = {"referrer": ["in", records], "counted_key": ["is", "set"]}
	names = frappe.get_all(promises.DOCTYPE, filters=filters, pluck="name", order_by="name asc")
	rows = [promises.lock(name) for name in names]
	return sorted(rows, key=lambda row: row.state in states.STANDING)


def _unique_key(referrer: str, bonus: cumulative.Bonus) -> str:
	"""Return what the UNIQUE index compares. Rows are found by their columns: an employee may be renamed."""
	return sha256(json.dumps([referrer, *bonus.key()]).encode()).hexdigest()


def _let_budgets_follow(bonuses: list[str]) -> None:
	"""The other hires of a bonus hear of it too: a part of it may have been given back, or be taken again."""
	for bonus in bonuses:
		start_after_commit("referral_hub.tasks.follow_budgets_of_bonus", reward=bonus)


def hires_behind(bonus: str) -> list[str]:
	"""Return the referrals that have earned a bonus, or had."""
	return _hires_in(frappe.db.get_value(promises.DOCTYPE, bonus, "explanation"))


def _hires_in(explanation: str | None) -> list[str]:
	return (json.loads(explanation or "{}").get("inputs") or {}).get("hires") or []


def _undo(row) -> str | None:
	if row.state not in states.STANDING:
		return None
	undoing.undo(row, Reason("fewer_hires"))
	return row.name


def _earn(bonus: cumulative.Bonus, row, today) -> str | None:
	"""Earn one bonus, or let it stand; what a person in HR decided stays."""
	if row and row.decided_by:
		return None
	if row and row.state in states.STANDING:
		_follow_hires(row, bonus)
		return None
	due_on = getdate(add_days(bonus.on, bonus.promise.payout_delay_days))
	state = {"state": earning.state_when_earned(due_on, today), "earned_on": bonus.on, "due_on": due_on}
	if row:
		promises.put_in_explanation(row, inputs=_inputs(bonus))
		undoing.revive(row, {**state, "referral": bonus.referral})
	else:
		row = _insert(bonus, state)
	if row.state in states.PAYABLE:
		telling.tell("reward_earned", row)
		approving.ask_where_needed([row])
		earning.pay_after_commit(row.referral)
	return row.name


def _insert(bonus: cumulative.Bonus, state: dict):
	kept = earning.explanation_of(bonus.terms, bonus.promise, _inputs(bonus))
	referral = frappe.get_doc("Referral", bonus.referral)
	return promises.insert(
		referral,
		bonus.terms,
		bonus.promise,
		period=bonus.period,
		counted_key=_unique_key(referral.referrer, bonus),
		explanation=frappe.as_json(kept | {"hires": bonus.promise.hires, "period": bonus.period}),
		**state,
	)


def _follow_hires(row, bonus: cumulative.Bonus) -> None:
	"""A bonus not paid yet hangs on a hire that counts: both people are looked at again when it is due."""
	if row.state in states.PAYABLE and row.referral not in bonus.hires:
		promises.put_in_explanation(row, inputs=_inputs(bonus))
		promises.move(row, row.state, referral=bonus.referral)


def _inputs(bonus: cumulative.Bonus) -> dict:
	return {"hires": list(bonus.hires), "period": bonus.period}
