"""Which Salary Slips list an Additional Salary, asked with a lock before something is withdrawn from payroll or paid anew.

A slip that is being submitted in this moment is waited for: a plain read would not see it, and what it carries would be
withdrawn or paid a second time. Locks the slips of one employee's period until the caller commits.
"""

from collections.abc import Collection
from typing import NamedTuple

from referral_hub.rewards.paying import salaries
from referral_hub.rewards.rules import documents


class Listed(NamedTuple):
	"""A slip that lists an Additional Salary; submitted, it carries it: the employee has it."""

	payout: str
	slip: str
	is_submitted: bool


def listing(payouts: Collection[str | None]) -> list[Listed]:
	"""Return the slips, not cancelled, that list some of these, submitted ones first."""
	payouts = [*filter(None, payouts)]
	if not payouts:
		return []
	additional, slip, row = salaries.tables()
	query = salaries.slips_with_payouts(additional, slip, row)
	query = query.select(additional.name, slip.name, slip.docstatus).where(
		additional.name.isin(sorted(payouts)) & (slip.docstatus != documents.CANCELLED)
	)
	found = [
		Listed(payout, name, docstatus == documents.SUBMITTED)
		for payout, name, docstatus in query.for_update().run()
	]
	return sorted(found, key=lambda listed: (not listed.is_submitted, listed.slip))


def carrying(payout: str | None) -> str | None:
	"""Return the submitted slip that carries an Additional Salary, once nobody is submitting one any more."""
	found = listing([payout])
	return found[0].slip if found and found[0].is_submitted else None
