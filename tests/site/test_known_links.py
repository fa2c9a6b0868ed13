"""A new applicant's links are looked up again wherever whoever makes them has not just done so."""

import frappe
import pytest
import site_factories as hr
from referral_factories import make_candidate

from referral_hub import background
from referral_hub.database import known_links
from referral_hub.referrals import service


@pytest.fixture
def opening():
	return hr.make_opening()


def applicant_for(opening, **fields):
	applicant = frappe.new_doc("Job Applicant")
	return applicant.update({"job_title": opening.name, "designation": opening.designation, **fields})


def known(opening) -> set[tuple[str, str]]:
	return {("Job Opening", opening.name), ("Designation", opening.designation)}


def test_what_was_just_read_and_masters_that_are_there_hold(opening):
	applicant = applicant_for(opening, source="Employee Referral")
	assert known_links.holds_all(applicant, known(opening))


@pytest.mark.parametrize(
	"unknown",
	[{"source": "No Such Source"}, {"source_name": "No Such Employee"}, {"job_title": "No Such Opening"}],
)
def test_what_nobody_has_read_is_looked_up(opening, unknown):
	assert not known_links.holds_all(applicant_for(opening, **unknown), known(opening))


def test_a_link_that_still_brings_a_field_along_is_followed(opening):
	assert not known_links.holds_all(applicant_for(opening, designation=None), known(opening))


def test_a_dynamic_link_and_what_the_caller_has_filled_in_are_taken_from_the_caller():
	salary = frappe.new_doc(
		"Additional Salary", employee="E-1", ref_doctype="Referral Reward", ref_docname="R-1"
	)
	salary.update({"company": None, "currency": None})
	links = {("Employee", "E-1"), ("DocType", "Referral Reward"), ("Referral Reward", "R-1")}
	assert known_links.holds_all(salary, links, ["employee_name", "department"])
	assert not known_links.holds_all(salary, links, ["employee_name"])
	assert not known_links.holds_all(
		salary, links - {("Referral Reward", "R-1")}, ["employee_name", "department"]
	)


def test_a_field_that_hr_has_added_is_fetched_for_a_referred_applicant(opening, monkeypatch):
	meta = frappe.get_meta("Job Applicant")
	notes = meta.get_field("notes")
	monkeypatch.setattr(notes, "fetch_from", "job_title.job_title", raising=False)
	referral = service.submit(hr.make_employee().name, make_candidate(), opening.name)
	assert frappe.db.get_value("Job Applicant", referral.job_applicant, "notes") == opening.job_title


def test_what_is_asked_for_twice_is_started_once_in_each_transaction(commits, monkeypatch):
	started = []
	monkeypatch.setattr(background, "start", lambda method, *_how: started.append(method))
	for _transaction in range(2):
		for method in ("sent", "sent again"):
			background.start_after_commit(method, once_as="sending")
		background.start_after_commit("other")
		commits.commit()
	assert started == ["sent", "other"] * 2
