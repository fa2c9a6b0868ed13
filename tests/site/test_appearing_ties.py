"""A tie that appears after the referral: the promise stays, HR is shown it and gets a task, once."""

import frappe
import pytest
from referral_factories import make_referral
from site_factories import (
	finish_interview,
	make_employee,
	make_interview_round,
	make_opening,
	make_user,
	schedule_interview,
)

from referral_hub.referrals.programs import appearing


def make_profile(opening, **fields):
	return frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, **fields).insert()


def become_manager(employee, opening, _referral):
	make_profile(opening, hiring_manager=employee.name)


def become_recruiter(employee, opening, _referral):
	make_profile(opening, recruiter=employee.user_id)


def become_interviewer(employee, _opening, referral):
	schedule_interview(referral.job_applicant, make_interview_round(interviewers=(employee.user_id,)))


def become_interviewer_of_the_round(employee, opening, _referral):
	make_interview_round(interviewers=(employee.user_id,), designation=opening.designation)


APPEARING = [
	(become_manager, "Hiring Manager"),
	(become_recruiter, "Recruiter"),
	(become_interviewer, "Interviewer"),
	(become_interviewer_of_the_round, "Interviewer"),
]


def shown(referral) -> list[tuple[str, str]]:
	row = frappe.db.get_value("Referral", referral.name, ["flagged", "flags_data"], as_dict=True)
	found = [flag for flag in frappe.parse_json(row.flags_data) if flag["code"] == "late_tie"]
	assert row.flagged == int(bool(frappe.parse_json(row.flags_data)))
	return [flag["facts"]["case"] for flag in found]


def tasks(referral) -> list[str]:
	return frappe.get_all("ToDo", {"reference_name": referral.name, "status": "Open"}, pluck="allocated_to")


@pytest.fixture
def chief():
	user = make_user(roles=("HR Manager",)).name
	frappe.db.set_single_value("Referral Hub Settings", "hr_manager", user)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	return user


@pytest.mark.parametrize(("become", "case"), APPEARING, ids=[each[0].__name__ for each in APPEARING])
def test_a_tie_that_appears_is_shown_to_hr_once_and_takes_nothing_away(chief, become, case):
	employee, opening = make_employee(user=True, roles=("Interviewer",)), make_opening()
	referral = make_referral(employee, opening, relation="Friend", note="We worked together.")
	stranger = make_referral(opening=opening, relation="Friend", note="We worked together.")
	assert appearing.tied(opening.name) == []
	become(employee, opening, referral)
	assert appearing.tied(opening.name) == [referral.name]
	assert (appearing.tied(make_opening().name), referral.name in appearing.tied()) == ([], True)
	assert (appearing.show(referral.name), appearing.show(referral.name)) == (True, False)
	assert (shown(referral), tasks(referral)) == ([case], [chief])
	assert (shown(stranger), tasks(stranger)) == ([], [])
	referral.reload()
	assert referral.may_be_paid == 1
	assert frappe.parse_json(referral.decision)["cases"] == []


def test_a_tie_the_program_simply_allows_is_nobodys_business(chief):
	program = frappe.get_doc(
		doctype="Referral Program",
		program_name=frappe.generate_hash(length=8),
		cases=[{"case": "Hiring Manager", "may_refer": 1, "may_be_paid": 1, "flag_to_hr": 0}],
	).insert()
	employee, opening = make_employee(), make_opening()
	referral = make_referral(employee, opening, program=program.name)
	become_manager(employee, opening, referral)
	assert appearing.show(referral.name) is False
	assert (shown(referral), tasks(referral)) == ([], [])


@pytest.mark.parametrize(
	"over",
	[{"outcome": "Not Selected"}, {"erased_on": "2026-01-01"}, {"decision": None}],
	ids=["not selected", "erased", "never ruled on"],
)
def test_a_tie_to_a_referral_that_is_over_or_that_nobody_ruled_on_is_not_shown(chief, over):
	employee, opening = make_employee(), make_opening()
	referral = make_referral(employee, opening, relation="Friend", note="We worked together.")
	become_manager(employee, opening, referral)
	frappe.db.set_value("Referral", referral.name, over)
	assert appearing.show(referral.name) is False
	assert (shown(referral), tasks(referral)) == ([], [])


def test_whoever_was_to_interview_and_does_not_any_more_has_no_tie():
	employee, opening = make_employee(user=True, roles=("Interviewer",)), make_opening()
	referral = make_referral(employee, opening)
	step = make_interview_round(interviewers=(employee.user_id,))
	interview = finish_interview(schedule_interview(referral.job_applicant, step))
	assert appearing.tied(opening.name) == [referral.name]
	interview.cancel()
	assert appearing.tied(opening.name) == []


def test_a_tie_that_was_ruled_on_is_not_new(chief):
	employee, opening = make_employee(), make_opening()
	become_manager(employee, opening, None)
	referral = make_referral(employee, opening)
	assert appearing.show(referral.name) is False
	assert shown(referral) == []


def test_saving_the_profile_starts_the_look(monkeypatch):
	started = []
	monkeypatch.setattr(appearing, "start_after_commit", lambda method, **facts: started.append(facts))
	opening = make_opening()
	profile = make_profile(opening)
	assert started == []
	profile.hiring_manager = make_employee().name
	profile.save()
	assert started == [{"opening": opening.name}]
	profile.reload().save()
	assert len(started) == 1
