"""Programs on a site: which one a referral falls under, what HR may write in one, and who may read it."""

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate
from referral_factories import make_candidate, make_referral
from reward_factories import make_rule, points
from site_factories import (
	COMPANY,
	days_ago,
	in_days,
	make_department,
	make_employee,
	make_grade,
	make_opening,
	unique,
)

from referral_hub.referrals import service
from referral_hub.referrals.programs import applying
from referral_hub.referrals.service import AlreadyOwned, Candidate, NotEligible
from referral_hub.rewards import service as rewards


def make_program(**fields):
	return frappe.get_doc(doctype="Referral Program", program_name=unique("Program"), **fields).insert()


def rows(field: str, *names: str) -> list[dict]:
	return [{field: name} for name in names]


@pytest.fixture
def no_others(rolled_back):
	"""Only the programs of this test run."""
	frappe.db.set_value("Referral Program", {"enabled": 1}, "enabled", 0)
	frappe.db.set_single_value("Referral Hub Settings", "default_program", None)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")


def test_a_referral_falls_under_the_program_of_the_employees_department_with_those_below_it(no_others):
	make_program()
	sales = make_department(is_group=1)
	north = make_department(parent_department=sales.name)
	ours = make_program(departments=rows("department", sales.name))
	referral = make_referral(make_employee(department=north.name))
	assert referral.program == ours.name


def test_openings_and_the_rules_page_show_the_program_that_applies(no_others):
	make_program()
	department = make_department().name
	special = make_program(opening_departments=rows("department", department))
	opening, other = make_opening(department=department), make_opening()
	employee = make_employee()
	found = applying.for_openings([opening.as_dict(), other.as_dict()], employee.name)
	assert (found[opening.name], found[other.name] == special.name) == (special.name, False)
	assert applying.running_for(employee.name)[0].name == special.name
	assert make_referral(employee, opening).program == special.name


def test_offers_are_those_of_the_program_that_applies(no_others):
	general, special = make_program(), make_program(grades=rows("grade", make_grade("Grade of Offers").name))
	opening = make_opening()
	make_rule(points("Joined", 10), designation=opening.designation, program=general.name)
	make_rule(points("Joined", 99), designation=opening.designation, program=special.name)
	for employee, amount in ((make_employee(), "10"), (make_employee(grade="Grade of Offers"), "99")):
		programs = applying.for_openings([opening.as_dict()], employee.name)
		shown = [{"name": opening.name, "program": programs[opening.name]}]
		assert rewards.offers_for(shown, employee.name)[opening.name]["totals"][0]["amount"] == amount
		terms = frappe.parse_json(make_referral(employee, opening).terms)
		assert terms["milestones"][0]["amount"] == amount


REFUSED = [
	(lambda: {"departments": rows("department", make_department().name)}, "employee_has_no_department"),
	(lambda: {"grades": rows("grade", make_grade().name)}, "employee_has_no_grade"),
	(lambda: {"ends_on": days_ago(1)}, "program_ended"),
	(lambda: {"starts_on": in_days(1)}, "program_not_started"),
]


@pytest.mark.parametrize(("fields", "reason"), REFUSED)
def test_outside_every_program_the_reason_of_the_newest_is_told(no_others, fields, reason):
	make_program(**fields())
	with pytest.raises(NotEligible) as refusal:
		make_referral()
	assert refusal.value.reason == reason


def test_the_sentence_says_what_hr_has_to_enter(no_others):
	program = make_program(grades=rows("grade", make_grade().name))
	with pytest.raises(NotEligible) as refusal:
		make_referral()
	assert str(refusal.value) == (
		f"The program {program.name} is for some grades, and your employee record has none. Please ask HR to enter it."
	)


def test_a_resume_that_is_out_of_date_no_longer_protects():
	candidate, program = make_candidate(), make_program(resume_valid_days=30).name
	first = make_referral(candidate=candidate, program=program)
	keys = {"referral": first.name}
	assert frappe.db.get_value("Candidate Key", keys, "owned_until") == getdate(add_days(nowdate(), 30))
	frappe.db.set_value("Candidate Key", keys, "owned_until", days_ago(1))
	frappe.db.set_value("Job Applicant", first.job_applicant, "creation", days_ago(31))
	assert make_referral(candidate=candidate, program=program).stage == "Submitted"


# what HR may write


WRONG = [
	({"protection_window_days": -1}, "Protection Window (days) can't be below 0."),
	({"open_limit": -1}, "Open Referrals per Employee can't be below 0."),
	({"sla_offered": -2}, "Offer Made (working days) can't be below 0."),
	({"invitation_days": 0}, "Invitation (days) must be at least 1."),
	({"slowed_limit": 0}, "Open Referrals Then must be at least 1."),
	({"quality_share": 101}, "Share That Got an Interview must be between 0 and 100."),
	({"protection_window_days": 10**9}, "Protection Window (days) can be at most 100,000."),
	({"budget_amount": float("inf"), "budget_currency": "CNY"}, "Budget can be at most 100,000,000,000."),
	({"budget_amount": 1e15, "budget_currency": "CNY"}, "Budget can be at most 100,000,000,000."),
	({"budget_point_value": 1e15}, "A Point Counts As can be at most 1,000,000."),
	({"budget_amount": 100}, "Please choose the currency of the budget."),
	({"cases": [{"case": "Family"}, {"case": "Family"}]}, "Row 2: the case Family is there twice."),
]


@pytest.mark.parametrize(("fields", "words"), WRONG)
def test_a_program_that_makes_no_sense_is_refused_in_words(fields, words):
	with pytest.raises(frappe.ValidationError) as refusal:
		make_program(**fields)
	assert str(refusal.value) == words


def test_dates_in_the_wrong_order_are_refused():
	with pytest.raises(frappe.ValidationError, match="Ends On"):
		make_program(starts_on=in_days(2), ends_on=in_days(1))


def test_a_department_of_another_company_is_refused():
	other = frappe.get_doc(
		doctype="Company", company_name=unique("Other"), default_currency="CNY", country="China"
	).insert()
	department = make_department(company=other.name)
	with pytest.raises(frappe.ValidationError) as refusal:
		make_program(company=COMPANY, departments=rows("department", department.name))
	assert f"The department {department.name} belongs to {other.name}" in str(refusal.value)


def test_a_department_in_use_can_not_be_deleted_unnoticed():
	department = make_department()
	make_program(departments=rows("department", department.name))
	with pytest.raises(frappe.LinkExistsError):
		department.delete()


def test_hr_is_warned_of_two_programs_for_the_same_people(no_others):
	grade = make_grade().name
	first = make_program(grades=rows("grade", grade))
	frappe.clear_messages()
	second = make_program(grades=rows("grade", grade))
	[warning] = [frappe.parse_json(message) for message in frappe.get_message_log()]
	assert warning["title"] == "Two programs for the same people"
	assert f"<strong>{second.name}</strong> applies, because it is newer" in warning["message"]
	assert f"<strong>{first.name}</strong> runs at the same time" in warning["message"]


def test_programs_that_differ_warn_of_nothing(no_others):
	make_program()
	make_program(grades=rows("grade", make_grade().name))
	assert frappe.get_message_log() == []


def test_nobody_owns_two_times_under_two_programs():
	candidate = make_candidate()
	make_referral(candidate=candidate, program=make_program().name)
	with pytest.raises(AlreadyOwned):
		service.submit(
			make_employee().name, Candidate("X", phone=candidate.phone), program=make_program().name
		)
