"""The portal's API: who asks is the employee of the session, and what is refused is said in words."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, followed, make_referral

from referral_hub.api import portal

READS = (
	lambda: portal.openings(),
	lambda: portal.offer("HR-OPN-0000"),
	lambda: portal.my_referrals(),
	lambda: portal.referral("REF-2026-00001"),
	lambda: portal.wallet(),
	lambda: portal.refer(candidate_name="Somebody", email="somebody@example.com"),
)


@pytest.mark.parametrize("call", READS)
def test_nobody_without_an_active_employee_record_is_answered(as_user, call):
	user = hr.make_user()
	for name in (user.name, "Administrator", "Guest"):
		as_user(name)
		with pytest.raises(frappe.PermissionError, match="Please ask HR to link it"):
			call()


def test_no_method_is_open_to_guests_and_changes_need_post():
	for name in ("openings", "offer", "my_referrals", "referral", "wallet", "refer"):
		method = getattr(portal, name)
		assert method in frappe.whitelisted
		assert method not in frappe.guest_methods
		expected = ["POST"] if name == "refer" else ["GET"]
		assert frappe.allowed_http_methods_for_whitelisted_func[method] == expected


def test_an_opening_comes_with_what_it_pays(as_user):
	opening, anna = make_paid_opening(), make_referrer()
	as_user(anna.user_id)
	found = portal.openings(text=opening.job_title)
	assert found["total"] == 1
	assert found["openings"][0]["totals"] == [{"kind": "Points", "amount": "400", "currency": None}]
	assert found["openings"][0]["pays"] == "400 points"
	offer = portal.offer(opening.name)
	assert [row["milestone"] for row in offer["milestones"]] == ["Interviewed", "Joined"]
	assert "version 1" in offer["why"]


def test_a_page_of_openings_has_at_most_a_hundred(as_user):
	anna, designation = make_referrer(), hr.make_designation().name
	for _ in range(3):
		hr.make_opening(designation=designation)
	as_user(anna.user_id)
	assert len(portal.openings(designation=designation, limit=2)["openings"]) == 2
	assert portal._limit(100_000) == 100
	assert portal._limit(-5) == 1


def test_a_page_beyond_every_list_is_empty(as_user):
	as_user(make_referrer().user_id)
	beyond = 10**30
	assert portal.openings(start=beyond)["openings"] == []
	assert portal.my_referrals(start=beyond)["referrals"] == []
	assert portal.wallet(page_number=beyond)["statement"] == []


def test_another_employees_referral_is_not_found(as_user):
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	referral = make_referral(anna)
	as_user(bo.user_id)
	for name in (referral.name, "REF-2026-99999"):
		with pytest.raises(frappe.DoesNotExistError, match="We could not find that"):
			portal.referral(name)
	assert portal.my_referrals()["referrals"] == []
	as_user(anna.user_id)
	assert portal.referral(referral.name)["referral"]["candidate_name"] == referral.candidate_name


def test_a_referral_is_made_once_for_one_key(as_user):
	opening, anna = make_paid_opening(), make_referrer()
	as_user(anna.user_id)
	form = {"candidate_name": "Mei Lin", "email": hr.unique_email("mei"), "opening": opening.name}
	first, again = (portal.refer(**form, submission_key="k" * 32) for _ in range(2))
	assert first == again
	assert first["page"] == f"/referrals/mine/{first['referral']}?sent=1"


def test_a_form_that_is_used_again_for_somebody_else_loses_nobody(as_user, monkeypatch):
	anna = make_referrer()
	as_user(anna.user_id)
	first = {"candidate_name": "Mei Lin", "email": hr.unique_email("mei"), "submission_key": "k" * 32}
	portal.refer(**first)
	monkeypatch.setattr(frappe.db, "rollback", lambda *_arguments, **_options: None)
	second = {**first, "candidate_name": "Bo", "email": hr.unique_email("bo")}
	answer = portal.refer(**second)
	assert answer["reason"] == "key_reused"
	assert "please send it once more" in answer["problem"]
	assert len(answer["submission_key"]) == 32 and answer["submission_key"] != "k" * 32
	assert portal.refer(**{**second, "submission_key": answer["submission_key"]})["referral"]
	assert frappe.db.count("Referral", {"referrer": anna.name}) == 2


@pytest.mark.parametrize(
	("form", "reason", "errors"),
	[
		(
			{"email": "a.b@example.com"},
			"name_missing",
			{"candidate_name": "Please enter the candidate's name."},
		),
		(
			{"candidate_name": "Bo"},
			"contact_missing",
			{"email": "Please enter an e-mail address or a phone number of the candidate."},
		),
		(
			{"candidate_name": "=SUM(A1)", "email": "a.b@example.com"},
			"name_is_formula",
			{"candidate_name": "A name can't start with =. Please enter the name alone."},
		),
		(
			{"candidate_name": "Bo", "email": "a.b@example.com", "relation": "Twin"},
			"relation_unknown",
			{"relation": "Please choose how you know this person from the list."},
		),
	],
)
def test_a_refusal_names_the_field_and_writes_nothing(as_user, monkeypatch, form, reason, errors):
	anna = make_referrer()
	rolled_back = []
	monkeypatch.setattr(frappe.db, "rollback", lambda *_arguments, **_options: rolled_back.append(1))
	as_user(anna.user_id)
	answer = portal.refer(**form)
	assert answer == {"reason": reason, "problem": "", "errors": errors, "may_ask": False}
	assert frappe.local.response.http_status_code == 422
	assert rolled_back
	assert frappe.db.count("Referral", {"referrer": anna.name}) == 0
	assert frappe.local.message_log == []


def test_with_no_number_of_rounds_the_next_step_is_hrs_once_every_interview_has_a_result(as_user):
	anna = make_referrer()
	referral = make_referral(anna)
	first, second = (hr.schedule_interview(applicant_of(referral)) for _ in range(2))
	yesterday = add_days(today(), -1)

	def told() -> str:
		followed(referral)
		as_user(anna.user_id)
		[card] = portal.my_referrals()["referrals"]
		assert portal.referral(referral.name)["referral"]["next_step"] == card["next_step"]
		as_user("Administrator")
		return card["next_step"]

	for interview in (first, second):
		interview.db_set("scheduled_on", yesterday)
	hr.finish_interview(first)
	assert told() == "Next: the result of the interview"
	hr.finish_interview(second)
	assert told() == "Interviews are over. Next: HR decides"
	third = hr.schedule_interview(applicant_of(referral), on=yesterday)
	assert told() == "Next: the result of the interview"
	third.delete()
	assert told() == "Interviews are over. Next: HR decides"
