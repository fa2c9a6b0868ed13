"""What an employee waits for who refers somebody, beside what HR waits for who does it with HRMS alone.

Ours is the whole of it: eligibility, ownership, the Referral, its Job Applicant, the timeline, the messages in the outbox.
The peer is HRMS's own way: an Employee Referral, submitted, and its button that makes the Job Applicant, without this app's
doc_events. Each is one transaction and committed, with what begins after the commit; 95 of 100 stay below the figure. The
company has 10,000 openings and 100,000 applicants; everything is removed again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import frappe
from hrms.hr.doctype.employee_referral.employee_referral import create_job_applicant

from benchmarks import recruiting_volume as volume
from benchmarks.portal import forget
from benchmarks.timing import compare, percentile_95
from referral_hub.referrals import service

NAME = "submit"
ROUNDS = 200
EMPLOYEES = 2_000  # who refer, one after the other: nobody reaches a limit


def run() -> list[dict]:
	with volume.volume(), removed():
		return [
			compare(
				"submit: 95 % of referrals, against HRMS's Employee Referral with its applicant",
				submitting(),
				submitting_to_hrms(),
				bound=1.5,
				rounds=ROUNDS,
				before=forget,
				figure=percentile_95,
			)
		]


def submitting() -> Callable[[], None]:
	numbers = count(1)

	def submit():
		number = next(numbers)
		person = service.Candidate(
			f"Wang Fang {number}", f"fang.{number}@ours.example", f"1590000{number:04}"
		)
		service.submit(employee(number), person, volume.opening(number), note="We worked together.")
		frappe.db.commit()

	return submit


def submitting_to_hrms() -> Callable[[], None]:
	from count_queries import without_our_hooks

	numbers = count(1)

	def submit():
		number = next(numbers)
		with without_our_hooks():
			form = frappe.new_doc("Employee Referral")
			form.update({"first_name": "Wang", "last_name": f"Fang {number}", "date": frappe.utils.nowdate()})
			form.update({"status": "Pending", "for_designation": designation(number)})
			form.update({"referrer": employee(number), "email": f"fang.{number}@hrms.example"})
			form.update({"contact_no": f"1580000{number:04}", "qualification_reason": "We worked together."})
			form.insert().submit()
			create_job_applicant(form.name)
			frappe.db.commit()

	return submit


def employee(number: int) -> str:
	return f"{volume.PREFIX}EMP-{10 + number % EMPLOYEES:05}"


def designation(number: int) -> str:
	return f"{volume.PREFIX}DES-{number % 100}"


@contextmanager
def removed() -> Iterator[None]:
	"""Delete every row that the block commits and set the numbers of documents back."""
	from live_site import Commits

	series = frappe.db.sql("select name, current from `tabSeries`")
	commits = Commits()
	try:
		yield
	finally:
		commits.clean_up()
		set_back(series)


def set_back(series: tuple) -> None:
	frappe.db.sql("delete from `tabSeries`")
	for name, current in series:
		frappe.db.sql("insert into `tabSeries` (name, current) values (%s, %s)", (name, current))
	frappe.db.commit()
