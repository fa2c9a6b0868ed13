"""HR calls somebody back from the talent pool: whoever referred them first is credited and paid, while the program says so."""

import frappe
import pytest
import reward_factories as pay
import site_factories as hr
from frappe.utils import add_days, today
from referral_factories import applicant_of, make_candidate

from referral_hub import flow
from referral_hub.api import desk_pool
from referral_hub.patches import keep_first_referrers
from referral_hub.referrals import service
from referral_hub.referrals.making.matching import CantBeMatched
from referral_hub.referrals.service import AlreadyOwned

POOL = "Talent Pool Record"


@pytest.fixture
def waiting():
	"""Somebody who was referred openly, whose referral ended, and whose window is over."""
	referral = refer_openly()
	close(referral, "Expired")
	window_is_over(referral)
	return referral


def refer_openly(employee=None, candidate=None, **fields):
	return service.submit((employee or hr.make_employee()).name, candidate or make_candidate(), **fields)


def record_of(referral):
	return frappe.get_doc(POOL, {"first_referral": referral.name})


def close(referral, outcome: str) -> None:
	service.close(referral.name, outcome)
	referral.reload()


def window_is_over(referral) -> None:
	frappe.db.set_value("Candidate Key", {"referral": referral.name}, "owned_until", add_days(today(), -1))


def referred_days_ago(referral, days: int) -> None:
	record_of(referral).db_set("first_referred_on", add_days(today(), -days))


def call_back(referral, opening=None):
	opening = opening or hr.make_opening()
	name = desk_pool.call_back(record_of(referral).name, opening.name)
	return frappe.get_doc("Referral", name) if name else None


def test_the_first_referrer_is_credited_and_paid_when_the_person_is_hired(waiting):
	opening = hr.make_opening()
	pay.make_rule(pay.points("Joined", 500), designation=opening.designation)
	again = call_back(waiting, opening)
	assert (again.referrer, again.channel, again.job_opening) == (
		waiting.referrer,
		"Talent Pool",
		opening.name,
	)
	assert again.name != waiting.name
	applicant = applicant_of(again)
	assert (applicant.job_title, applicant.referral_hub_referral) == (opening.name, again.name)
	hr.hire_applicant(applicant)
	service.refresh(again.name)
	(reward,) = frappe.get_all("Referral Reward", {"referral": again.name}, ["employee", "amount", "state"])
	assert (reward.employee, reward.amount, reward.state) == (waiting.referrer, 500, "Due")
	record = record_of(waiting)
	assert (record.state, record.job_opening, record.referral) == ("Matched", opening.name, again.name)
	assert (record.job_applicant, record.first_referral) == (applicant.name, waiting.name)


def test_an_open_window_of_the_same_referrer_is_no_dead_end():
	referral = refer_openly()
	close(referral, "Withdrawn")
	assert frappe.db.count("Candidate Key", {"referral": referral.name, "active_key": ("is", "set")}) == 2
	assert call_back(referral).referrer == referral.referrer


def test_a_referral_that_waits_is_matched_and_stays_the_same():
	referral, opening = refer_openly(), hr.make_opening()
	assert call_back(referral, opening).name == referral.name
	with pytest.raises(CantBeMatched, match="A referral of this person is open"):
		call_back(referral)


@pytest.mark.parametrize(
	("program_days", "days_ago", "is_credited"),
	[(730, 730, True), (730, 731, False), (30, 30, True), (30, 31, False), (0, 0, False)],
)
def test_the_program_says_for_how_long(waiting, program_days, days_ago, is_credited):
	program = frappe.get_doc(
		doctype="Referral Program", program_name=hr.unique("Program"), pool_credit_days=program_days
	).insert()
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program.name)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	referred_days_ago(waiting, days_ago)
	assert bool(call_back(waiting)) is is_credited


def test_without_credit_the_person_is_an_applicant_all_the_same(waiting):
	opening = hr.make_opening()
	frappe.db.set_value("Employee", waiting.referrer, "status", "Inactive")
	assert call_back(waiting, opening) is None
	record = record_of(waiting)
	applicant = frappe.get_doc("Job Applicant", record.job_applicant)
	assert (applicant.applicant_name, applicant.job_title) == (waiting.candidate_name, opening.name)
	assert not applicant.referral_hub_referral
	assert (record.state, record.referral) == ("Matched", waiting.name)


def test_a_referral_that_did_not_count_credits_nobody(waiting):
	waiting.db_set("outcome", "Ineligible")
	assert call_back(waiting) is None


def test_whoever_holds_the_person_now_comes_before_the_first(waiting):
	frappe.db.set_value("Job Applicant", waiting.job_applicant, "creation", f"{hr.days_ago(400)} 10:00:00")
	candidate = make_candidate(email=waiting.candidate_email, phone=None)
	later = service.submit(hr.make_employee().name, candidate, hr.make_opening().name)
	with pytest.raises(CantBeMatched, match=f"A referral of this person is open: .*{later.name}"):
		call_back(waiting)
	close(later, "Withdrawn")
	assert call_back(waiting).referrer == later.referrer


def test_the_first_referrer_stays_when_the_record_gets_a_newer_source(waiting):
	frappe.db.set_value("Job Applicant", waiting.job_applicant, "creation", f"{hr.days_ago(400)} 10:00:00")
	later = refer_openly(candidate=make_candidate(email=waiting.candidate_email, phone=None))
	record = record_of(waiting)
	assert (record.referrer, record.first_referrer) == (later.referrer, waiting.referrer)


def test_the_first_referrer_follows_moved_credit():
	referral, other = refer_openly(), hr.make_employee()
	service.move_credit(referral, other.name, "They met first.")
	assert record_of(referral).first_referrer == other.name


def test_limits_of_the_referrer_do_not_stop_hr():
	program = frappe.get_doc(
		doctype="Referral Program", program_name=hr.unique("Program"), monthly_limit=1
	).insert()
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program.name)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	referral = refer_openly()
	close(referral, "Expired")
	assert call_back(referral).referrer == referral.referrer


def test_only_hr_calls_back_and_only_for_an_open_opening(waiting, as_user):
	closed = hr.make_opening(status="Closed", publish=0)
	with pytest.raises(CantBeMatched, match="This opening is closed"):
		call_back(waiting, closed)
	record, opening = record_of(waiting).name, hr.make_opening().name
	as_user(hr.make_employee(user=True).user_id)
	with pytest.raises(frappe.PermissionError):
		desk_pool.call_back(record, opening)


def test_whoever_is_in_the_pool_before_the_update_keeps_their_referrer(waiting):
	record = record_of(waiting)
	record.db_set({"first_referral": None, "first_referrer": None, "first_referred_on": None})
	keep_first_referrers.execute()
	record.reload()
	assert (record.first_referral, record.first_referrer, str(record.first_referred_on)) == (
		waiting.name,
		waiting.referrer,
		today(),
	)


# referring again what is over


def test_an_employee_refers_somebody_again_for_another_opening():
	employee, candidate, opening = hr.make_employee(), make_candidate(), hr.make_opening()
	first = service.submit(employee.name, candidate, opening.name)
	other = hr.make_opening()
	with pytest.raises(AlreadyOwned) as refusal:
		service.submit(employee.name, candidate, other.name)
	assert refusal.value.reason == "already_yours"
	hr.set_applicant_status(applicant_of(first), "Rejected")
	service.refresh(first.name)
	with pytest.raises(AlreadyOwned) as refusal:
		service.submit(employee.name, candidate, opening.name)
	assert refusal.value.reason == "already_yours"
	second = service.submit(employee.name, candidate, other.name)
	assert (second.referrer, second.outcome) == (employee.name, "Open")
	keys = {"referral": second.name, "active_key": ("is", "set")}
	assert frappe.db.count("Candidate Key", keys) == 2


def test_for_others_the_person_is_taken_as_long_as_the_window_is_open():
	candidate = make_candidate()
	first = service.submit(hr.make_employee().name, candidate, hr.make_opening().name)
	close(first, "Withdrawn")
	with pytest.raises(AlreadyOwned) as refusal:
		service.submit(hr.make_employee().name, candidate, hr.make_opening().name)
	assert refusal.value.reason == "owned_by_another"


def test_what_flow_returns_names_the_referral(waiting):
	name = flow.call_back(record_of(waiting).name, hr.make_opening().name)
	assert frappe.db.get_value("Referral", name, "referrer") == waiting.referrer


def test_a_button_pressed_twice_makes_one_applicant_for_whom_nobody_is_credited(waiting):
	referred_days_ago(waiting, 4000)
	opening = hr.make_opening()
	assert call_back(waiting, opening) is None
	with pytest.raises(CantBeMatched, match="applicant for this opening already"):
		call_back(waiting, opening)
	assert frappe.db.count("Job Applicant", {"job_title": opening.name}) == 1
