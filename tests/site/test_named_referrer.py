"""An applicant names a colleague: asked once, reminded once, and nothing counts before they say yes."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from referral_factories import applicant_of, everything_written, make_referral

from referral_hub import tasks
from referral_hub.referrals.named import answering, asking
from referral_hub.referrals.service import Candidate


def make_claim(employee=None, **fields):
	"""HR enters whom the applicant named; the job after the commit asks."""
	employee = employee or hr.make_employee(user=True)
	applicant = hr.make_applicant(
		fields.pop("opening", None) or hr.make_opening(),
		source="Employee Referral",
		source_name=employee.name,
		**fields,
	)
	name = asking.ask(applicant.name)
	return frappe.get_doc(asking.DOCTYPE, name) if name else None


def told(claim) -> list[str]:
	events = frappe.get_all("Referral Message", {"recipient": claim.employee}, pluck="event", distinct=True)
	return sorted(events)


def test_the_named_colleague_is_asked_once_and_nothing_counts_yet():
	before = everything_written()
	claim = make_claim()
	assert (claim.state, str(claim.lapses_on), told(claim)) == (
		"Waiting",
		hr.in_days(14),
		["named_as_referrer"],
	)
	assert everything_written()["Referral"] == before["Referral"]
	assert asking.ask(claim.job_applicant) is None


def test_a_yes_makes_the_referral_of_the_applicant_who_is_there():
	claim = make_claim()
	answered = answering.confirm(claim.name, claim.employee, "Friend", "She is kind.")
	referral = frappe.get_doc("Referral", answered.referral)
	assert (answered.state, referral.channel, referral.relation) == (
		"Confirmed",
		"Named by Applicant",
		"Friend",
	)
	assert (referral.job_applicant, referral.referrer) == (claim.job_applicant, claim.employee)
	assert applicant_of(referral).referral_hub_referral == referral.name
	assert frappe.db.count("Job Applicant", {"email_id": applicant_of(referral).email_id}) == 1


def test_a_no_is_told_to_hr_and_asked_no_more():
	claim = make_claim()
	answering.deny(claim.name, claim.employee)
	comments = frappe.get_all("Comment", {"reference_name": claim.job_applicant}, pluck="content")
	assert [text for text in comments if "did not refer" in text] == [
		f"{claim.employee_name} says that they did not refer this applicant."
	]
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, claim.employee)


def test_nobody_answers_for_somebody_else():
	claim = make_claim()
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, hr.make_employee().name)
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Waiting"


def test_who_was_referred_by_somebody_else_meanwhile_is_theirs():
	claim = make_claim()
	email = frappe.db.get_value("Job Applicant", claim.job_applicant, "email_id")
	make_referral(candidate=Candidate("Mei", email), applicant=claim.job_applicant)
	answered = answering.confirm(claim.name, claim.employee)
	said = "Somebody else referred this person first. Thank you for thinking of them too."
	assert (answered.state, answered.refusal, answered.referral) == ("Not Counted", said, None)


def test_hr_names_somebody_else_and_only_they_are_asked():
	claim, other = make_claim(), hr.make_employee()
	frappe.db.set_value("Job Applicant", claim.job_applicant, "source_name", other.name)
	second = asking.ask(claim.job_applicant)
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Lapsed"
	assert frappe.db.get_value(asking.DOCTYPE, second, ["employee", "state"]) == (other.name, "Waiting")


def test_a_colleague_who_left_is_not_asked():
	employee = hr.make_employee()
	hr.part_with_employee(employee)
	assert make_claim(employee) is None


def test_reminded_once_then_lapsed(commits):
	claim = make_claim()
	frappe.db.set_value(asking.DOCTYPE, claim.name, "remind_on", hr.days_ago(0))
	tasks.follow_named_referrers()
	tasks.follow_named_referrers()
	assert told(claim) == ["named_as_referrer", "named_reminder"]
	frappe.db.set_value(asking.DOCTYPE, claim.name, "lapses_on", hr.days_ago(1))
	tasks.follow_named_referrers()
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Lapsed"
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, claim.employee)


def test_a_lost_job_is_done_the_next_day(commits):
	employee = hr.make_employee()
	applicant = hr.make_applicant(source="Employee Referral", source_name=employee.name)
	tasks.follow_named_referrers()
	assert frappe.db.get_value(asking.DOCTYPE, {"job_applicant": applicant.name}, "state") == "Waiting"


def test_the_portal_asks_and_takes_the_answer(commits, as_user):
	claim = make_claim()
	commits.commit()
	as_user(frappe.db.get_value("Employee", claim.employee, "user_id"))
	assert f"{claim.applicant_name} says you told them about us. Is that so?" in web.get("/referrals").text
	assert "Nothing counts before you say yes." in web.get("/referrals/named", claim=claim.name).text
	wrong = web.post("/referrals/named", {"claim": claim.name, "answer": "yes", "relation": "Enemy"})
	assert wrong.status_code == 422
	assert "Please choose how you know this person from the list." in wrong.text
	answer = web.post("/referrals/named", {"claim": claim.name, "answer": "yes", "relation": "Friend"})
	referral = frappe.db.get_value(asking.DOCTYPE, claim.name, "referral")
	assert (answer.status_code, answer.headers["Location"]) == (303, f"/referrals/mine/{referral}?sent=1")
	assert web.get("/referrals/named", claim=claim.name).status_code == 404


def test_another_employee_s_question_is_not_found(as_user):
	claim = make_claim()
	as_user(hr.make_employee(user=True).user_id)
	assert web.get("/referrals/named", claim=claim.name).status_code == 404
