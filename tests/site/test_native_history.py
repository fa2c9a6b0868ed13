"""`bench hub-import-employee-referrals`: what HRMS knew before this app, brought in once, quietly, and never paid twice."""

import frappe
import pytest
import reward_factories as pay
import site_factories as hr
from native_factories import FORM, applicants_of, make_form, referral_of
from referral_factories import everything_written, timeline

from referral_hub.referrals import service
from referral_hub.referrals.native import history, importing


def make_old_form(days: int = 400, applicant_status: str | None = "Open", **fields):
	"""A form of long ago, as it is on a site that had no Referral Hub then; HRMS made the applicant."""
	form = make_form(date=hr.days_ago(days), **fields)
	frappe.db.set_value(FORM, form.name, "referral_hub_waiting", 0)
	if applicant_status:
		applicant = hr.make_applicant(name=form.full_name, email=form.email, source="Employee Referral")
		applicant.db_set({"employee_referral": form.name, "status": applicant_status})
	return form


def imported(form):
	history.bring_in(form.name)
	return referral_of(form)


def test_an_old_form_is_a_referral_where_hrms_says_it_is():
	form = make_old_form(applicant_status="Replied")
	referral = imported(form)
	assert (referral.stage, referral.outcome, referral.channel) == ("Screening", "Open", "Import")
	assert str(referral.submitted_on)[:10] == hr.days_ago(400)
	assert applicants_of(form) == [referral.job_applicant]
	assert timeline(referral) == ((1, "Stage", "Screening", "Open"),)
	assert frappe.db.get_value(FORM, form.name, "referral_hub_referral") == referral.name


def test_importing_again_changes_nothing():
	form = make_old_form()
	first = imported(form)
	before = everything_written()
	assert (imported(form).name, service.refresh(first.name), everything_written()) == (
		first.name,
		False,
		before,
	)


def test_nobody_is_told_what_is_history():
	form = make_old_form(days=3, referrer=hr.make_employee(user=True), applicant_status="Rejected")
	referral = imported(form)
	assert (referral.outcome, frappe.db.count("Referral Message", {"referral": referral.name})) == (
		"Not Selected",
		0,
	)


def test_what_happens_after_the_import_is_told():
	form = make_old_form(referrer=hr.make_employee(user=True))
	referral = imported(form)
	hr.set_applicant_status(referral.job_applicant, "Replied")
	service.refresh(referral)
	told = frappe.get_all("Referral Message", {"referral": referral.name}, pluck="event", distinct=True)
	assert told == ["referral_screening"]


def test_a_referrer_who_left_and_a_candidate_who_works_here_are_history_too():
	referrer = hr.make_employee()
	form = make_old_form(referrer=referrer, applicant_status="Accepted")
	hr.hire_applicant(applicants_of(form)[0], date_of_joining=hr.days_ago(300))
	hr.part_with_employee(referrer)
	referral = imported(form)
	assert (referral.stage, referral.outcome, str(referral.joined_on)) == (
		"Confirmed",
		"Hired",
		hr.days_ago(300),
	)


@pytest.mark.parametrize(
	("status", "outcome"), [("Pending", "Open"), ("Rejected", "Ineligible"), ("Accepted", "Expired")]
)
def test_the_import_makes_no_applicant(status, outcome):
	form = make_old_form(applicant_status=None)
	frappe.db.set_value(FORM, form.name, "status", status)
	before = frappe.db.count("Job Applicant")
	referral = imported(form)
	assert (referral.stage, referral.outcome, referral.job_applicant) == ("Invited", outcome, None)
	assert frappe.db.count("Job Applicant") == before


def test_the_protection_window_began_when_the_person_was_referred():
	lately, long_ago = imported(make_old_form(days=100)), imported(make_old_form(days=400))
	until = frappe.get_all("Candidate Key", {"referral": lately.name}, pluck="owned_until")
	assert [str(day) for day in until] == [hr.in_days(80)]
	assert frappe.db.count("Candidate Key", {"referral": long_ago.name}) == 0


def test_rules_written_since_promise_nothing():
	designation = hr.make_designation().name
	rule = pay.make_rule(pay.cash("Joined", 1000), designation=designation)
	assert frappe.parse_json(imported(make_old_form(for_designation=designation)).terms) == {}
	rule.db_set("creation", f"{hr.days_ago(500)} 10:00:00")
	terms = frappe.parse_json(imported(make_old_form(for_designation=designation)).terms)
	assert terms["rule"] == rule.name


def test_what_hrms_paid_is_not_promised_again():
	designation = hr.make_designation().name
	rule = pay.make_rule(pay.cash("Joined", 1000), designation=designation)
	rule.db_set("creation", f"{hr.days_ago(500)} 10:00:00")
	form = make_old_form(for_designation=designation)
	frappe.db.set_value(FORM, form.name, "referral_payment_status", "Paid")
	assert frappe.parse_json(imported(form).terms) == {}


def test_a_run_says_what_it_did_and_goes_on_where_it_stopped(commits):
	forms = [make_old_form() for _number in range(3)]
	twin = make_old_form(days=10, applicant_status=None, contact_no="13912345678")
	other = make_old_form(days=9, applicant_status=None, contact_no="+86 139 1234 5678")
	frappe.db.commit()
	said = []
	before = everything_written()
	importing.run(dry_run=True, say=said.append)
	assert said[:3] == ["4 would be imported", "0 already here", "1 refused"]
	reason = "Somebody else referred this person first. Thank you for thinking of them too."
	assert said[3:] == [
		*(f"  {form.name}: Submitted, Open; rewards: 0" for form in forms),
		f"  {twin.name}: Invited, Open; rewards: 0",
		f"  {other.name}: {reason}",
	]
	assert everything_written() == before
	said.clear()
	importing.run(limit=2, say=said.append)
	assert [bool(referral_of(form)) for form in (*forms, twin)] == [True, True, False, False]
	summary = importing.run(say=said.append)
	assert (summary.already_here, summary.imported) == (2, 2)
	assert summary.refused == {other.name: reason}
	assert said[-1] == f"  {other.name}: {reason}"
	again = importing.run(say=said.append)
	assert (again.imported, again.already_here, list(again.refused)) == (0, 4, [other.name])
