"""What HR waits for: saving a Job Applicant with this app's doc_events beside without them, in the same process.

Each save is committed, so that what happens after the commit (enqueuing the fresh look) is counted too; the waiting
job is taken away before each save, so that every save of a referred applicant really enqueues one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import frappe
from frappe.utils.background_jobs import get_job

from benchmarks.timing import compare, row

NAME = "applicant"
ROUNDS = 150
PLAIN, REFERRED = "plain.benchmark@example.com", "referred.benchmark@example.com"
REFERRAL = "REF-BENCHMARK"


def run() -> list[dict]:
	with applicants(), switchable_hooks() as (with_app, without_app):
		rows = [
			compare(
				"applicant: save one who was not referred, with the app against without",
				save(PLAIN, with_app),
				save(PLAIN, without_app),
				bound=1.06,
				rounds=ROUNDS,
			),
			compare(
				"applicant: save one who was referred, with the app against without",
				save(REFERRED, with_app),
				save(REFERRED, without_app),
				bound=1.5,
				rounds=ROUNDS,
				before=take_job_away,
			),
		]
		with_queries, without_queries = (queries_of(save(PLAIN, hooks)) for hooks in (with_app, without_app))
		name = "applicant: queries of a save of one who was not referred"
		return [*rows, row(name, with_queries, without_queries, unit="queries", bound=1.0)]


def save(name: str, hooks: dict) -> Callable[[], None]:
	numbers = count()

	def change():
		frappe.local.doc_events_hooks = hooks
		applicant = frappe.get_doc("Job Applicant", name)
		applicant.notes = f"Note {next(numbers)}"
		applicant.save()
		frappe.db.commit()

	return change


def queries_of(change: Callable[[], None]) -> int:
	from count_queries import counted_queries

	change()
	with counted_queries() as sent:
		change()
	return len(sent)


def take_job_away() -> None:
	if job := get_job(f"referral_hub_follow::{REFERRAL}::0"):
		job.delete()


@contextmanager
def switchable_hooks() -> Iterator[tuple[dict, dict]]:
	"""The site's doc_events, and the same without those of this app."""
	ours = frappe.get_doc_hooks()
	without = {
		doctype: {
			event: [handler for handler in handlers if not handler.startswith("referral_hub.")]
			for event, handlers in events.items()
		}
		for doctype, events in ours.items()
	}
	try:
		yield ours, without
	finally:
		frappe.local.doc_events_hooks = ours


@contextmanager
def applicants() -> Iterator[None]:
	"""Two applicants, one of them flagged as referred; removed with everything their saves left."""
	try:
		frappe.db.sql(
			"insert into `tabReferral` (name, stage, outcome) values (%s, 'Submitted', 'Open')", REFERRAL
		)
		for email, referral in ((PLAIN, None), (REFERRED, REFERRAL)):
			make_applicant(email, referral)
		frappe.db.commit()
		yield
	finally:
		frappe.db.rollback()
		take_job_away()
		for email in (PLAIN, REFERRED):
			remove_applicant(email)
		frappe.db.delete("Referral", {"name": REFERRAL})
		frappe.db.commit()


def make_applicant(email: str, referral: str | None) -> None:
	applicant = frappe.new_doc("Job Applicant")
	applicant.update({"applicant_name": "Benchmark", "email_id": email, "status": "Open"})
	applicant.insert()
	if referral:
		values = {"referral_hub_referral": referral, "referral_hub_referred": 1}
		frappe.db.set_value("Job Applicant", applicant.name, values)


def remove_applicant(email: str) -> None:
	for doctype, filters in (
		("Job Applicant", {"name": email}),
		("Version", {"ref_doctype": "Job Applicant", "docname": email}),
		("__global_search", {"doctype": "Job Applicant", "name": email}),
	):
		frappe.db.delete(doctype, filters)
