"""What one round of paying reads for all its rewards at once, and what it writes for all of them at its end.

A few queries for a round instead of several for each reward. Everything is read after the rewards were locked, in their
transaction, so that each is decided on what a reward paid alone would see. Called by `payouts` alone; `case` looks in here first.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

import frappe

from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.rewards.paying import case, salaries
from referral_hub.rewards.recovery import service as recovery
from referral_hub.rewards.rules.terms import CASH

_OF_VERSION = ("name", "owner", "modified_by", "creation", "modified", "ref_doctype", "docname", "data")


@dataclass
class Round:
	"""`known`: by the keys of `case`. What changed of the rewards and what is told of them waits for the end."""

	known: dict[tuple, object] = field(default_factory=dict)
	readers: dict = field(default_factory=dict)
	changes: list[tuple] = field(default_factory=list)
	news: list[dict] = field(default_factory=list)
	cached: list[str] = field(default_factory=list)
	# what compares a reward with what it was, for one after the other
	version: object = field(default_factory=lambda: frappe.new_doc("Version"))

	def keep_version(self, reward) -> None:
		"""Note what a save has changed, as the platform does, but for all rewards in one statement."""
		if self.version.update_version_info(reward.get_doc_before_save(), reward):
			name, by, at = frappe.generate_hash(length=10), reward.modified_by, reward.modified
			self.changes.append((name, by, by, at, at, reward.doctype, reward.name, self.version.data))

	def forget_cached(self, reward) -> None:
		"""Note that what is kept in Redis of a reward is old, to tell it that of all at once."""
		self.cached.append(frappe.get_document_cache_key(reward.doctype, reward.name))

	def forget_debts(self) -> None:
		"""Somebody may owe now what they did not when the round began."""
		for key in [key for key in self.known if key[0] == "owes"]:
			del self.known[key]

	def write(self) -> None:
		if self.changes:
			frappe.db.bulk_insert("Version", _OF_VERSION, self.changes)
		messages.put(self.news)
		forget = partial(frappe.cache.delete_value, self.cached)
		forget()
		frappe.db.after_commit.add(forget)
		frappe.db.after_rollback.add(forget)


def begin(rewards: list, today: date) -> Round:
	"""Read what paying these locked rewards looks at, and let each of them know the round it is in."""
	paid = Round()
	for reward in rewards:
		reward.flags.round = paid
	paid.known |= _referrals(rewards)
	paid.known |= _people(rewards)
	paid.readers |= messages.readers_of({reward.employee for reward in rewards})
	if cash := [reward for reward in rewards if reward.kind == CASH]:
		paid.known |= _of_payroll({reward.employee for reward in cash}, today)
		paid.known |= _standing(cash)
		paid.known |= _debts({reward.employee for reward in cash})
	return paid


def _referrals(rewards: list) -> dict[tuple, object]:
	names = {reward.referral for reward in rewards}
	return {("referral", name): row for name, row in case.referrals(names).items()}


def _people(rewards: list) -> dict[tuple, object]:
	both = {reward.name: case.names_of_both(reward) for reward in rewards}
	found = case.people({name for names in both.values() for name in names})
	return {
		("people", names): {name: found[name] for name in names if name in found} for names in both.values()
	}


def _of_payroll(employees: set[str], today: date) -> dict[tuple, object]:
	days = salaries.payroll_dates(employees, today)
	assigned = salaries.structure_assignments(days)
	return {("payroll date", employee, today): day for employee, day in days.items()} | {
		("salary", employee, day): assigned.get(employee) for employee, day in days.items()
	}


def _standing(rewards: list) -> dict[tuple, object]:
	"""Say what pays these already. Of one that has a payout, or had one, that is asked alone."""
	plain = [reward for reward in rewards if not reward.payout_name and not salaries.earlier_of(reward)]
	found = salaries.alive_of_all(plain)
	return {("standing", reward.name, reward.employee): found.get(reward.name) for reward in plain}


def _debts(employees: set[str]) -> dict[tuple, object]:
	"""Note who surely owes nothing: of a person with several records that is asked alone."""
	owing = recovery.owing(employees)
	return {("owes", name): False for name in employees - owing - employments.with_others(employees)}
