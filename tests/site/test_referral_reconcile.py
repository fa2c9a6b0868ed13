"""The reconcile: finds what moved without an event, in few queries, touches nothing else, goes on where it stopped."""

import signal
import subprocess
from datetime import timedelta

import frappe
import pytest
from count_queries import counted_queries
from frappe.utils import add_days, get_datetime, now_datetime, nowdate
from live_site import site_name, sites_folder
from referral_factories import applicant_of, followed, make_candidate, make_referral, standing, timeline
from site_factories import (
	answer_offer,
	hire,
	in_days,
	make_employee,
	make_offer,
	make_opening,
	part_with_employee,
	schedule_interview,
	set_applicant_status,
)
from warm_python import warm_python

from referral_hub import tasks
from referral_hub.referrals import jobs, service
from referral_hub.referrals.deriving import following, reconcile


@pytest.fixture
def referrals(rolled_back):
	service.reconcile()  # whatever else waits on this site
	referrer, opening = make_employee(), make_opening()
	return [make_referral(referrer, opening) for _number in range(6)]


def write_without_event(referral, status):
	frappe.db.set_value("Job Applicant", referral.job_applicant, "status", status)


def outcomes(referrals):
	return [frappe.db.get_value("Referral", referral.name, "outcome") for referral in referrals]


def test_what_was_written_without_an_event_is_healed(referrals):
	write_without_event(referrals[1], "Rejected")
	write_without_event(referrals[4], "Rejected")
	assert service.reconcile() == 2
	assert outcomes(referrals) == ["Open", "Not Selected", "Open", "Open", "Not Selected", "Open"]
	assert service.reconcile() == 0


def test_only_what_moved_is_touched(referrals):
	write_without_event(referrals[2], "Replied")
	before = {row.name: frappe.get_doc("Referral", row.name).as_dict() for row in referrals}
	service.reconcile()
	changed = [
		row.name for row in referrals if frappe.get_doc("Referral", row.name).as_dict() != before[row.name]
	]
	assert changed == [referrals[2].name]


def test_looking_costs_the_same_number_of_queries_for_one_and_for_many(referrals):
	masters = reconcile.read_masters()
	with counted_queries() as for_one:
		reconcile.find_moved(masters=masters, limit=1)
	with counted_queries() as for_six:
		reconcile.find_moved(masters=masters, limit=6)
	assert len(for_one) == len(for_six) == 7


def test_gone_applicants_cost_one_query_more_however_many(referrals):
	for referral in referrals[:4]:
		hire(answer_offer(make_offer(applicant_of(referral))))
		followed(referral)
		frappe.db.delete("Job Applicant", {"name": referral.job_applicant})
	masters = reconcile.read_masters()
	with counted_queries() as sent:
		reconcile.find_moved(masters=masters, limit=6)
	assert len(sent) == 9  # and one for the transfers of whoever was hired


def test_it_agrees_with_refresh_on_every_kind_of_referral(referrals):
	"""Nothing that reconcile leaves alone would change by a refresh, and the other way round."""
	open_one, rejected, offered, hired, gone, closed = referrals
	write_without_event(rejected, "Rejected")
	schedule_interview(applicant_of(open_one), on=in_days(3))
	make_offer(applicant_of(offered))
	part_with_employee(hire(answer_offer(make_offer(applicant_of(hired)))))
	frappe.delete_doc("Job Applicant", gone.job_applicant)
	service.close(closed.name, "Withdrawn")
	found = reconcile.find_moved().changed
	assert found == [row.name for row in referrals if following.refresh(row.name)]
	assert found == [row.name for row in (open_one, rejected, offered, hired, gone)]
	assert reconcile.find_moved().changed == []


@pytest.mark.parametrize("days", [0, -100])
def test_what_only_time_brings_is_found(referrals, days):
	employee = hire(answer_offer(make_offer(applicant_of(referrals[0]))), date_of_joining=in_days(1))
	assert standing(referrals[0]) == ("Offered", "Open")
	frappe.db.set_value("Employee", employee.name, "date_of_joining", add_days(nowdate(), days))
	assert service.reconcile() == 1
	assert frappe.db.get_value("Referral", referrals[0].name, "outcome") == "Hired"


def test_an_interview_that_has_passed_is_no_longer_the_next(referrals):
	interview = schedule_interview(applicant_of(referrals[0]), on=in_days(1))
	assert followed(referrals[0]).next_interview_on
	events = len(timeline(referrals[0]))
	frappe.db.set_value("Interview", interview.name, "scheduled_on", in_days(-1))
	assert service.reconcile() == 1
	assert followed(referrals[0]).next_interview_on is None
	assert len(timeline(referrals[0])) == events


def test_one_who_was_rejected_lately_can_be_reopened_and_one_closed_long_ago_is_left_alone(referrals):
	lately, long_ago = referrals[:2]
	for referral in (lately, long_ago):
		set_applicant_status(applicant_of(referral), "Rejected")
		followed(referral)
		write_without_event(referral, "Open")
	then = now_datetime() - timedelta(days=400)
	values = {"stage_changed_on": then, "modified": then}
	frappe.db.set_value("Referral", long_ago.name, values, update_modified=False)
	assert service.reconcile(since=now_datetime() - timedelta(days=180)) == 1
	assert outcomes([lately, long_ago]) == ["Open", "Not Selected"]
	assert service.reconcile() == 1
	assert outcomes([lately, long_ago]) == ["Open", "Open"]


def test_somebody_hired_long_ago_is_still_followed(referrals):
	employee = hire(answer_offer(make_offer(applicant_of(referrals[0]))), date_of_joining=in_days(-10))
	followed(referrals[0])
	frappe.db.set_value(
		"Referral", referrals[0].name, "stage_changed_on", now_datetime() - timedelta(days=900)
	)
	frappe.db.set_value("Employee", employee.name, {"status": "Left", "relieving_date": nowdate()})
	assert service.reconcile(since=now_datetime()) == 1
	assert outcomes(referrals[:1]) == ["Left"]


# the job


def make_committed(commits, count):
	referrer, opening = make_employee(), make_opening()
	made = [make_referral(referrer, opening, make_candidate()) for _number in range(count)]
	commits.at_end(lambda: frappe.db.set_single_value("Referral Hub Settings", "reconcile_cursor", None))
	commits.commit()
	return made


def test_the_job_commits_each_referral_and_says_until_when_all_is_well(commits):
	made = make_committed(commits, 3)
	for referral in made:
		write_without_event(referral, "Rejected")
	commits.commit()
	started = now_datetime()
	tasks.reconcile_referrals()
	frappe.db.rollback()
	assert outcomes(made) == ["Not Selected"] * 3
	settings = frappe.get_doc("Referral Hub Settings")
	assert settings.reconcile_cursor in (None, "")
	assert get_datetime(settings.reconciled_until) >= started


RUN_AND_DIE_IN_THE_THIRD_CHUNK = """
import os, signal, sys
import frappe
frappe.init(sys.argv[1], sites_path=".")
frappe.connect()
from referral_hub.referrals import jobs
from referral_hub.referrals.deriving import reconcile

chunks = 0

def look(after, since, masters):
	global chunks
	chunks += 1
	if chunks == 3:
		os.kill(os.getpid(), signal.SIGKILL)
	return reconcile.find_moved(after, since, masters, 1)

jobs.find_moved = look
jobs.reconcile_all(resume=True)
"""


def test_a_run_that_was_killed_is_gone_on_with_where_it_stopped(commits, monkeypatch):
	made = make_committed(commits, 4)
	for referral in made:
		write_without_event(referral, "Rejected")
	commits.commit()
	run = [*warm_python(), "-c", RUN_AND_DIE_IN_THE_THIRD_CHUNK, site_name()]
	assert subprocess.run(run, cwd=sites_folder(), timeout=120).returncode == -signal.SIGKILL
	frappe.db.rollback()
	assert outcomes(made) == ["Not Selected", "Not Selected", "Open", "Open"]
	looked = []
	monkeypatch.setattr(
		jobs, "find_moved", lambda *args: looked.append(args[0]) or reconcile.find_moved(*args)
	)
	assert jobs.reconcile_all(resume=True) == 2
	assert looked == [made[1].name]
	assert outcomes(made) == ["Not Selected"] * 4


def test_one_referral_that_fails_does_not_hold_up_the_others(commits, monkeypatch):
	made = make_committed(commits, 3)
	for referral in made:
		write_without_event(referral, "Rejected")
	commits.commit()
	refresh = jobs.refresh

	def fail_for_the_first(name):
		if name == made[0].name:
			raise RuntimeError("broken terms")
		return refresh(name)

	monkeypatch.setattr(jobs, "refresh", fail_for_the_first)
	assert jobs.reconcile_all() == 2
	assert outcomes(made) == ["Open", "Not Selected", "Not Selected"]
	assert frappe.db.exists(
		"Error Log", {"method": "A referral could not be reconciled", "reference_name": made[0].name}
	)


def test_who_was_in_screening_and_is_rejected_is_not_looked_at_again_every_hour():
	"""HRMS has forgotten the screening; the look that finds what moved knows it from the referral."""
	referral = make_referral()
	set_applicant_status(applicant_of(referral), "Replied")
	service.refresh(referral.name)
	set_applicant_status(applicant_of(referral), "Rejected")
	service.refresh(referral.name)
	assert referral.name not in reconcile.find_moved().changed
