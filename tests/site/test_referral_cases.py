"""Special cases, limits and signals on a site: found in HRMS, kept on the referral, told to the employee and to HR."""

import frappe
import pytest
from referral_factories import make_candidate, make_referral, make_resume, unique_phone
from reward_factories import make_rule, points
from site_factories import (
	days_ago,
	in_days,
	make_department,
	make_designation,
	make_employee,
	make_interview_round,
	make_opening,
	make_user,
	part_with_employee,
	schedule_interview,
	unique,
)

from referral_hub.portal import cards
from referral_hub.referrals import service
from referral_hub.referrals.service import AlreadyKnown, Candidate, NotEligible
from referral_hub.rewards import service as rewards


def make_program(**fields) -> str:
	return frappe.get_doc(doctype="Referral Program", program_name=unique("Program"), **fields).insert().name


def profile(opening, **fields):
	return frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, **fields).insert()


def cases_of(referral) -> list[str]:
	return [row["case"] for row in frappe.parse_json(referral.decision)["cases"]]


def flags_of(referral) -> list[str]:
	"""What HR is shown, as it is stored; the mark that HR filters by agrees with it."""
	row = frappe.db.get_value("Referral", referral.name, ["flagged", "flags_data"], as_dict=True)
	found = [flag["code"] for flag in frappe.parse_json(row.flags_data)]
	assert row.flagged == int(bool(found)), f"flagged is {row.flagged} with {found}"
	return found


# found in HRMS


def as_hiring_manager():
	employee, opening = make_employee(), make_opening()
	profile(opening, hiring_manager=employee.name)
	return employee, opening


def as_recruiter():
	employee, opening = make_employee(user=True), make_opening()
	profile(opening, recruiter=employee.user_id)
	return employee, opening


def as_interviewer():
	employee, opening = make_employee(user=True, roles=("Interviewer",)), make_opening()
	other = make_referral(opening=opening)
	schedule_interview(other.job_applicant, make_interview_round(interviewers=(employee.user_id,)))
	return employee, opening


def as_hr():
	return make_employee(user=True, roles=("HR User",)), make_opening()


def as_leader():
	designation, department = make_designation().name, make_department().name
	employee = make_employee()
	make_employee(reports_to=employee.name, designation=designation, department=department)
	return employee, make_opening(designation=designation, department=department)


def as_neighbour():
	department = make_department().name
	return make_employee(department=department), make_opening(department=department)


def on_probation():
	return make_employee(date_of_joining=days_ago(20)), make_opening()


def under_notice():
	return make_employee(resignation_letter_date=days_ago(2)), make_opening()


FOUND = [
	(as_hiring_manager, "Hiring Manager", 0),
	(as_recruiter, "Recruiter", 0),
	(as_interviewer, "Interviewer", 1),
	(as_hr, "HR User", 0),
	(as_leader, "Direct Leader", 0),
	(as_neighbour, "Same Department", 1),
	(on_probation, "On Probation", 1),
	(under_notice, "Under Notice", 0),
]


@pytest.mark.parametrize(("situation", "case", "paid"), FOUND, ids=[each[1] for each in FOUND])
def test_a_case_is_found_and_decides_whether_a_success_is_paid(situation, case, paid):
	employee, opening = situation()
	referral = make_referral(employee, opening)
	assert (cases_of(referral), referral.may_be_paid) == ([case], paid)


def test_who_has_no_login_is_not_the_recruiter_of_openings_without_one():
	"""The desk leaves an empty word where somebody clears a link."""
	employee, opening = make_employee(), make_opening()
	profile(opening).db_set("recruiter", "")
	employee.db_set("user_id", "")
	assert cases_of(make_referral(employee, opening)) == []


def test_nobody_special_is_paid_and_not_shown_to_hr():
	referral = make_referral(relation="Friend", note="We worked together.")
	assert (cases_of(referral), referral.may_be_paid, referral.flagged) == ([], 1, 0)


@pytest.mark.parametrize(("situation", "case", "_paid"), FOUND, ids=[each[1] for each in FOUND])
def test_a_program_may_refuse_any_case_with_a_reason(situation, case, _paid):
	employee, opening = situation()
	program = make_program(cases=[{"case": case, "may_refer": 0}])
	with pytest.raises(NotEligible) as refusal:
		make_referral(employee, opening, program=program)
	assert refusal.value.reason == "case_refused"
	assert str(refusal.value).startswith("Under this program you can't refer here, because ")


def test_family_is_shown_to_hr_and_a_program_may_pay_nothing_for_it():
	usual = make_referral(relation="Family")
	assert (cases_of(usual), usual.may_be_paid, usual.flagged) == (["Family"], 1, 1)
	program = make_program(cases=[{"case": "Family", "may_be_paid": 0, "flag_to_hr": 0}])
	strict = make_referral(relation="Family", program=program)
	assert (cases_of(strict), strict.may_be_paid, strict.flagged) == (["Family"], 0, 0)


def test_a_colleague_is_referred_only_where_the_program_says_so():
	colleague = make_employee(cell_number=unique_phone())
	candidate = Candidate("C", phone=colleague.cell_number)
	with pytest.raises(AlreadyKnown):
		make_referral(candidate=candidate)
	program = make_program(cases=[{"case": "Current Employee", "may_refer": 1, "may_be_paid": 0}])
	referral = make_referral(candidate=candidate, program=program)
	assert (cases_of(referral), referral.may_be_paid) == (["Current Employee"], 0)


def test_a_tag_makes_nobody_out_of_a_colleague_or_oneself_but_somebody_else_may_have_one():
	domain = f"{frappe.generate_hash(length=8)}.example.com"
	colleague, me = (make_employee(company_email=f"{name}@{domain}") for name in ("ada", "me"))
	for address, refused in (("ADA+jobs", AlreadyKnown), ("me+x", NotEligible)):
		with pytest.raises(refused):
			make_referral(me, candidate=Candidate("C", email=f"{address}@{domain}"))
	first, second = (
		make_referral(me, candidate=Candidate("C", email=f"{address}@{domain}"))
		for address in ("li+one", "li+two")
	)
	assert (first.stage, second.stage, colleague.status) == ("Submitted", "Submitted", "Active")


def test_a_new_program_shows_hr_every_case():
	program = frappe.get_doc("Referral Program", make_program(cases=[{"case": "Family", "may_refer": 0}]))
	assert len(program.cases) == 10
	assert [row.case for row in program.cases if not row.may_refer] == ["Family", "Current Employee"]


# not paid, and told so


def test_who_is_not_paid_is_promised_nothing_and_told_why():
	employee, opening = as_hiring_manager()
	make_rule(points("Joined", 10), designation=opening.designation)
	told = "This referral counts, but is not paid, because you are the hiring manager of this opening."
	offer = cards.openings_with_offers([opening.as_dict()], employee.name)[0].offer
	assert (offer.words, offer.unpaid) == ("", told)
	referral = make_referral(employee, opening)
	assert frappe.parse_json(referral.terms) == {"milestones": [], "unpaid_because": ["Hiring Manager"]}
	assert rewards.explain(referral)["sentence"] == told
	assert (rewards.earn(referral.name), rewards.possible(referral)) == ([], [])
	assert cards.openings_with_offers([opening.as_dict()], make_employee().name)[0].offer.words != ""


def test_hr_reads_the_whole_decision_and_a_name_in_it_is_no_markup():
	employee = make_employee()
	make_employee("<b>Anna</b>", emergency_phone_number="139 7777 1234")
	referral = make_referral(employee, candidate=Candidate("Mei", phone="13977771234"), relation="Family")
	told = service.told_to_hr(referral)
	assert f"{employee.employee_name} may refer this person" in told and employee.name not in told
	assert "Special case: Family" in told
	assert "The phone number is the emergency contact of another employee: " in told
	assert "The candidate has not applied lately" in told
	assert "<script" not in told and "<b>" not in told


def test_the_employee_does_not_get_hrs_view_with_the_form(as_user):
	employee, hr = make_employee(user=True), make_user(roles=("HR User",))
	referral = make_referral(employee, relation="Family")
	as_user(employee.user_id)
	document = frappe.get_doc("Referral", referral.name)
	document.run_method("onload")
	assert document.get_onload() in (None, {})
	as_user(hr.name)
	document.run_method("onload")
	assert "Special case: Family" in document.get_onload("decision")


# limits


def test_one_more_than_the_limit_is_refused_kindly():
	employee, program = make_employee(), make_program(open_limit=2)
	first, _second = (make_referral(employee, program=program) for _number in range(2))
	with pytest.raises(NotEligible) as refusal:
		make_referral(employee, program=program)
	assert str(refusal.value) == (
		"You have 2 open referrals, and this program allows 2. As soon as one of them is decided you can refer again."
	)
	service.close(first, "Withdrawn")
	assert make_referral(employee, program=program).stage == "Submitted"


def test_a_month_has_a_limit_of_its_own():
	employee, program = make_employee(), make_program(monthly_limit=1)
	service.close(make_referral(employee, program=program), "Withdrawn")
	with pytest.raises(NotEligible) as refusal:
		make_referral(employee, program=program)
	assert refusal.value.reason == "monthly_limit_reached"


def test_whose_referrals_were_rarely_suitable_goes_on_with_fewer():
	employee, program = make_employee(), make_program(quality_sample=2, quality_share=50, slowed_limit=1)
	for _number in range(2):
		referral = make_referral(employee, program=program)
		frappe.db.set_value("Referral", referral.name, "outcome", "Not Selected")
	make_referral(employee, program=program)
	with pytest.raises(NotEligible) as refusal:
		make_referral(employee, program=program)
	assert refusal.value.reason == "slowed_down"
	frappe.db.set_value("Referral", referral.name, "stage", "Interviewing")
	assert make_referral(employee, program=program).stage == "Submitted"


# shown to HR, never refused


def test_what_is_worth_a_look_is_found_by_the_mark_and_read_on_the_form():
	employee, program = make_employee(), make_program(burst_limit=1)
	usual, second = (make_referral(employee, program=program, relation="Friend") for _number in range(2))
	assert frappe.get_all("Referral", {"referrer": employee.name, "flagged": 1}, pluck="name") == [
		second.name
	]
	assert "2 referrals by the same employee within an hour." in service.told_to_hr(second)
	assert "Worth a look" not in service.told_to_hr(usual)


def test_a_burst_is_shown_to_hr():
	employee, program = make_employee(), make_program(burst_limit=1)
	found = [flags_of(make_referral(employee, program=program, relation="Friend")) for _number in range(2)]
	assert found == [[], ["burst"]]


def test_strangers_in_a_row_are_shown_to_hr():
	employee, program = make_employee(), make_program(stranger_limit=2)
	found = [
		flags_of(make_referral(employee, program=program, relation=relation))
		for relation in (None, "Friend", None, None)
	]
	assert found == [[], [], [], ["strangers"]]


def test_one_contact_under_several_names_is_shown_to_hr():
	phone = unique_phone()
	first = make_referral(candidate=Candidate("Mei Lin", phone=phone), relation="Friend")
	service.close(first, "Ineligible")
	frappe.db.set_value("Job Applicant", first.job_applicant, "creation", days_ago(200))
	again = make_referral(candidate=Candidate("Somebody Else", phone=phone), relation="Friend")
	assert flags_of(again) == ["contact_reused"]


def test_one_resume_for_two_people_is_shown_to_hr():
	resume = make_resume()
	first, second = (
		make_referral(candidate=make_candidate(), resume=resume, relation="Friend") for _number in range(2)
	)
	assert (flags_of(first), flags_of(second)) == ([], ["resume_reused"])


def test_a_favour_returned_is_shown_to_hr():
	former = part_with_employee(make_employee(cell_number=unique_phone()), on=in_days(0))
	referrer = make_employee()
	earlier = make_referral()
	frappe.db.set_value("Referral", earlier.name, {"referrer": former.name, "hired_employee": referrer.name})
	back = make_referral(referrer, candidate=Candidate("F", phone=former.cell_number), relation="Friend")
	assert flags_of(back) == ["favour_returned"]


def test_an_emergency_contact_is_family_whatever_the_form_says():
	phone = unique_phone()
	employee = make_employee(emergency_phone_number=phone)
	referral = make_referral(employee, candidate=Candidate("Mei", phone=phone), relation="Friend")
	assert (flags_of(referral), referral.flagged) == (["family_not_declared"], 1)
