"""What HR's own saves cost and how they lead to a fresh look: hints, jobs, and a queue that is away."""

import subprocess

import frappe
import pytest
from count_queries import counted_queries, without_our_hooks
from frappe.deferred_insert import save_to_db
from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs
from live_site import site_name, sites_folder
from referral_factories import applicant_of, make_candidate, make_referral, standing
from rq.job import JobStatus
from site_factories import (
	answer_offer,
	hire,
	in_days,
	make_applicant,
	make_employee,
	make_offer,
	schedule_interview,
	set_applicant_status,
	unique_email,
)
from warm_python import warm_python

from referral_hub import background, hrms_events
from referral_hub.referrals import jobs, service
from referral_hub.referrals.rules.contacts import is_reserved

# what a save costs


def queries_of(change) -> list[str]:
	change()  # whatever is read once per process
	with counted_queries() as sent:
		change()
	return sent


def saved_again(document, field: str, values=(1, 2, 3, 4)):
	left = list(values)

	def change():
		fresh = frappe.get_doc(document.doctype, document.name)
		fresh.set(field, str(left.pop(0)))
		fresh.save()

	return change


def cost_of_the_app(document, field: str) -> int:
	"""How many more queries a save sends because of us."""
	change = saved_again(document, field)
	with without_our_hooks():
		without = len(queries_of(change))
	return len(queries_of(change)) - without


def test_saving_an_applicant_who_was_not_referred_costs_no_query():
	assert cost_of_the_app(make_applicant(), "notes") == 0


def test_saving_a_referred_applicant_costs_no_query_before_the_commit():
	assert cost_of_the_app(applicant_of(make_referral()), "notes") == 0


def test_saving_an_employee_who_was_no_applicant_costs_no_query():
	assert cost_of_the_app(make_employee(), "bio") == 0


@pytest.mark.parametrize("is_referred", [False, True])
def test_saving_what_belongs_to_an_applicant_costs_no_query_before_the_commit(is_referred):
	applicant = applicant_of(make_referral()) if is_referred else make_applicant()
	assert cost_of_the_app(schedule_interview(applicant, on=in_days(2)), "interview_summary") == 0
	offer = make_offer(applicant, submit=False)
	assert cost_of_the_app(offer, "applicant_name") == 0
	employee = hire(answer_offer(frappe.get_doc("Job Offer", offer.name).submit()))
	assert cost_of_the_app(employee, "bio") == 0


def test_an_interview_of_somebody_not_referred_costs_one_look_up_after_the_commit(commits, queue):
	interview = schedule_interview(make_applicant(), on=in_days(2))
	commits.commit()
	hrms_events.changed(interview)
	with counted_queries() as sent:
		commits.commit()
	(look_up,) = (query for query in sent if not is_about_the_transaction(query))
	assert "from `tabJob Applicant`" in look_up
	assert queue == {}


def is_about_the_transaction(query: str) -> bool:
	return query.strip().lower().startswith(("commit", "start transaction"))


def test_inserting_an_applicant_who_was_not_referred_sends_nothing_about_referrals():
	with counted_queries() as sent:
		make_applicant()
	assert [query for query in sent if "tabReferral`" in query or "tabCandidate Key" in query] == []


# what a save can't do


def test_a_defect_of_ours_does_not_fail_hrs_save(monkeypatch):
	def fail(_referral):
		raise RuntimeError("a defect")

	referral = make_referral()
	monkeypatch.setattr(hrms_events, "follow_after_commit", fail)
	set_applicant_status(applicant_of(referral), "Replied")
	assert frappe.db.get_value("Job Applicant", referral.job_applicant, "status") == "Replied"
	assert frappe.db.exists("Error Log", {"method": "A referral could not be looked at"})


def test_nothing_is_followed_when_hrs_save_is_rolled_back(commits, queue):
	referral = make_referral()
	commits.commit()
	set_applicant_status(applicant_of(referral), "Replied")
	frappe.db.rollback()
	assert queue == {}


def test_a_defect_after_the_commit_does_not_reach_hr(commits, monkeypatch):
	def fail(*_arguments, **_named):
		raise RuntimeError("a defect")

	interview = schedule_interview(make_referral().job_applicant, on=in_days(2))
	commits.commit()
	monkeypatch.setattr(jobs, "_start", fail)
	interview.interview_summary = "Went well"
	interview.save()
	commits.commit()
	assert frappe.db.get_value("Interview", interview.name, "interview_summary") == "Went well"
	save_to_db()
	assert frappe.db.exists("Error Log", {"method": "Nothing could be started after a commit"})


def test_a_deleted_interview_is_followed(commits, queue):
	referral = make_referral()
	interview = schedule_interview(referral.job_applicant, on=in_days(2))
	commits.commit()
	queue.clear()
	interview.delete()
	commits.commit()
	assert queue == {job_of(referral): JobStatus.QUEUED}


# from a hint to the timeline


@pytest.fixture
def queue(monkeypatch):
	"""The looks that wait or run, by job id; no worker of this bench can take them."""
	waiting = {}

	def enqueue(method, job_id=None, **_arguments):
		if method == "referral_hub.referrals.jobs.follow":
			waiting[job_id] = JobStatus.QUEUED

	monkeypatch.setattr(frappe, "enqueue", enqueue)
	monkeypatch.setattr(background, "get_job_status", waiting.get)
	return waiting


def job_of(referral, number=0) -> str:
	return f"referral_hub_follow::{referral.name}::{number}"


def test_a_save_leads_to_a_fresh_look_in_the_background(commits):
	referral = make_referral()
	commits.commit()
	set_applicant_status(applicant_of(referral), "Replied")
	commits.run_jobs()
	assert frappe.db.get_value("Referral", referral.name, ("stage", "outcome")) == ("Screening", "Open")


def test_a_bulk_edit_from_the_list_is_followed(commits):
	referrals = [make_referral(), make_referral()]
	commits.commit()
	names = frappe.as_json([referral.job_applicant for referral in referrals])
	assert submit_cancel_or_update_docs("Job Applicant", names, "update", '{"status": "Rejected"}') == []
	commits.run_jobs()
	for referral in referrals:
		assert frappe.db.get_value("Referral", referral.name, "outcome") == "Not Selected"


def test_interview_offer_and_employee_lead_to_a_fresh_look(commits, queue):
	referral = make_referral()
	commits.commit()
	for step, stage in (
		(lambda: schedule_interview(referral.job_applicant, on=in_days(2)), "Interviewing"),
		(lambda: make_offer(referral.job_applicant), "Offered"),
		(lambda: hire(answer_offer(frappe.get_last_doc("Job Offer"))), "Joined"),
	):
		step()
		commits.commit()
		assert queue == {job_of(referral): JobStatus.QUEUED}
		queue.clear()
		jobs.follow(referral.name)
		assert frappe.db.get_value("Referral", referral.name, "stage") == stage


def test_many_hints_are_one_job(commits, queue):
	referral = make_referral()
	commits.commit()
	for status in ("Replied", "Hold", "Rejected"):
		set_applicant_status(applicant_of(referral), status)
		commits.commit()
	assert queue == {job_of(referral): JobStatus.QUEUED}


def test_a_hint_that_comes_while_the_job_runs_is_not_lost(commits, queue):
	referral = make_referral()
	set_applicant_status(applicant_of(referral), "Replied")
	commits.commit()
	queue[job_of(referral)] = JobStatus.STARTED
	set_applicant_status(applicant_of(referral), "Rejected")
	commits.commit()
	assert queue == {job_of(referral): JobStatus.STARTED, job_of(referral, 1): JobStatus.QUEUED}


def test_a_job_that_is_done_makes_room_for_the_next(commits, queue):
	referral = make_referral()
	commits.commit()
	queue[job_of(referral)] = JobStatus.FINISHED
	set_applicant_status(applicant_of(referral), "Replied")
	commits.commit()
	assert queue == {job_of(referral): JobStatus.QUEUED}


def test_a_referral_that_is_gone_is_no_trouble_for_its_job(commits):
	assert jobs.follow("REF-1999-00001") is False


def test_the_real_address_typed_by_hr_names_the_applicant(commits):
	referral = make_referral(candidate=make_candidate(email=None))
	commits.commit()
	applicant, email = applicant_of(referral), unique_email("real")
	assert is_reserved(applicant.name)
	applicant.email_id = email
	applicant.save()
	commits.run_jobs()
	assert frappe.db.get_value("Referral", referral.name, ("job_applicant", "candidate_email")) == (
		email,
		email,
	)


# without Redis

SAVE_WITHOUT_REDIS = """
import sys
import frappe
frappe.init(sys.argv[1], sites_path=".")
frappe.local.conf.redis_queue = "redis://127.0.0.1:1"
frappe.connect()
applicant = frappe.get_doc("Job Applicant", sys.argv[2])
applicant.status = "Rejected"
applicant.save()
frappe.db.commit()
print("saved")
"""


def test_hr_can_save_while_the_queue_is_away_and_the_reconcile_catches_up(commits):
	referral = make_referral()
	commits.commit()
	done = subprocess.run(
		[*warm_python(), "-c", SAVE_WITHOUT_REDIS, site_name(), referral.job_applicant],
		cwd=sites_folder(),
		capture_output=True,
		text=True,
		timeout=120,
	)
	assert done.stdout.endswith("saved\n"), done.stderr
	frappe.db.rollback()
	assert frappe.db.get_value("Referral", referral.name, "outcome") == "Open"
	assert service.reconcile() == 1
	assert standing(referral) == ("Submitted", "Not Selected")
	commits.commit()


@pytest.mark.parametrize("event", ["changed", "applicant_changed", "applicant_renamed", "employee_is_saved"])
def test_every_handler_takes_a_document_it_knows_nothing_about(event):
	getattr(hrms_events, event)(frappe.new_doc("Employee"))
