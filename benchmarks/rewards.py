"""Promising and paying in a large company: what a success pays at 10,000 openings, and paying out of 10,000 due rewards.

Terms: `offers_for` of 10,000 openings under 200 rules for one employee, against reading the same openings through the
platform with the fields a list of them shows. Paying: `pay_due` of slices of 100 rewards in cash while 10,000 are due, each
with its row lock, its Additional Salary, its history and its messages, against inserting as many bare Additional Salaries
in the same state; half of the slices leave drafts to payroll, half submit. At least 0.7 of that rate is asked for.
"""

from collections.abc import Callable
from itertools import count

import frappe
from frappe.utils import add_days, today

from benchmarks import rewards_volume as volume
from benchmarks.timing import compare, interleaved_medians, row
from referral_hub.rewards import service as rewards

NAME = "rewards"
ROUNDS, SLICES = 9, 7
SLICE = volume.REWARDS // volume.DAYS
SHARE_OF_RATE = 0.7
SHOWN = (
	"name",
	"job_title",
	"designation",
	"department",
	"location",
	"employment_type",
	"company",
	"posted_on",
)


def run() -> list[dict]:
	with volume.volume():
		days = count(1 - volume.DAYS)
		return [terms(), *(paying(by_itself, days) for by_itself in (False, True))]


def terms() -> dict:
	openings = [{"name": volume.opening(number)} for number in range(1, volume.OPENINGS + 1)]
	names = [opening["name"] for opening in openings]
	return compare(
		f"rewards: what {volume.OPENINGS:,} openings pay an employee, against reading them",
		lambda: rewards.offers_for(openings, volume.referrer(1)),
		lambda: frappe.get_all("Job Opening", {"name": ["in", names]}, SHOWN),
		bound=2.0,
		rounds=ROUNDS,
	)


def paying(by_itself: bool, days: count) -> dict:
	volume.submit(by_itself)
	ours, peer = interleaved_medians(
		lambda: pay_slice(next(days)), bare_salaries(by_itself), rounds=SLICES, warm_up=1
	)
	how = "submitted" if by_itself else "drafts"
	name = f"rewards: pay one of {volume.REWARDS:,} due, against a bare Additional Salary ({how})"
	return row(name, ours / SLICE * 1e3, peer / SLICE * 1e3, unit="ms", bound=1 / SHARE_OF_RATE)


def pay_slice(day: int) -> None:
	"""Pay what was due until some day and not paid yet: one slice."""
	done = rewards.pay_due(add_days(today(), day))
	frappe.db.commit()
	if done != {"paid": SLICE, "held": 0, "failed": 0}:
		raise AssertionError(f"Not all of a slice was paid: {done}")


def bare_salaries(by_itself: bool) -> Callable[[], None]:
	company, currency = volume.company()
	numbers = count(1)

	def insert():
		for _each in range(SLICE):
			salary = frappe.new_doc("Additional Salary")
			salary.update(
				{
					"employee": volume.referrer(1 + next(numbers) % volume.REFERRERS),
					"company": company,
					"salary_component": volume.component(),
					"amount": 1000,
					"currency": currency,
					"payroll_date": today(),
					"overwrite_salary_structure_amount": 0,
				}
			)
			salary.submit() if by_itself else salary.insert()
		frappe.db.commit()

	return insert
