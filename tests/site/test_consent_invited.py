"""Invited under a program that asks first: the employee follows their invitation, HR knows how many but not who."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from candidate_factories import make_consent_program, make_waiting
from frappe.desk.query_report import run
from frappe.utils import add_days, nowdate
from referral_factories import make_candidate, make_referral
from sharing_factories import Guest, filled_form

from referral_hub.api import desk_people, portal
from referral_hub.referrals.service_level import queue
from referral_hub.referrals.sharing import invitations


@pytest.fixture
def anna():
	return hr.make_employee("Anna", user=True)


@pytest.fixture
def invited(anna):
	"""An invitation of Anna's to somebody, under the site's program that asks first."""
	program = make_consent_program(invitation_days=14)
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	link = invitations.invite(anna.name, make_candidate(name="Shen Yue"), hr.make_opening().name)
	referral = frappe.get_doc("Referral", link.referral)
	assert (referral.stage, referral.consent_state, referral.program) == ("Invited", "Asked", program)
	yield link
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")


@pytest.fixture
def hr_user():
	return hr.make_hr_manager().name


def figures() -> dict:
	summary = run("Referral Queue", filters={})["report_summary"]
	return {figure["label"]: figure["value"] for figure in summary}


def seen_in_the_desk(referral: str) -> list:
	link = frappe.db.get_value("Referral Link", {"referral": referral})
	return [
		*frappe.get_list("Referral", {"name": referral}, pluck="name"),
		*frappe.get_list("Referral Link", {"name": link}, pluck="name"),
		*frappe.get_list("Referral Event", {"referral": referral}, pluck="name"),
		*frappe.get_list("Referral Message", {"referral": referral}, pluck="name"),
		*frappe.get_list("Referral Message", {"candidate_of": referral}, pluck="name"),
		*[row["referral"] for row in run("Referral Queue", filters={})["result"] if "referral" in row],
	]


def test_the_employee_sees_whom_they_invited_and_what_is_awaited(invited, anna, as_user):
	as_user(anna.user_id)
	for page in ("/referrals", "/referrals/mine", f"/referrals/mine/{invited.referral}"):
		told = web.get(page).text
		assert "Shen Yue" in told
		assert "Invited. They can apply until" in told
		assert "agree" not in told
	assert "You invited Shen Yue." in web.get(f"/referrals/mine/{invited.referral}").text
	assert "Waiting for an answer" in web.get("/referrals/share").text
	[row] = portal.my_referrals()["referrals"]
	assert row["next_step"].startswith("Invited. They can apply until")


def test_whom_an_employee_referred_is_asked_and_said_to_be_asked(anna, as_user):
	referral = make_waiting(anna, candidate=make_candidate(name="Gao Yuan"))
	as_user(anna.user_id)
	told = web.get(f"/referrals/mine/{referral.name}").text
	assert "You referred Gao Yuan. We asked whether they agree." in told
	assert "We asked them. They can agree until" in told
	assert "You invited" not in told


def test_hr_sees_how_many_and_nobody_until_they_apply(invited, hr_user, as_user):
	hidden = queue.not_shown_yet()
	as_user(hr_user)
	assert desk_people.not_shown_yet() == {"value": hidden, "fieldtype": "Int"}
	assert figures()["Asked or Invited, Not Shown Yet"] == hidden
	assert seen_in_the_desk(invited.referral) == []
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Referral", invited.referral).check_permission("read")
	sent = Guest().post(f"/r/{invited.code}", filled_form(invited, **answer_of(invited)))
	assert (sent.status_code, sent.headers["Location"]) == (303, f"/r/{invited.code}?sent=1")
	as_user(hr_user)
	assert frappe.get_list("Referral", {"name": invited.referral}, pluck="name") == [invited.referral]
	assert desk_people.not_shown_yet()["value"] == hidden - 1
	assert frappe.db.get_value("Referral", invited.referral, ["stage", "consent_state"]) == (
		"Submitted",
		"Given",
	)


def test_nobody_else_is_told_even_how_many(invited, anna, as_user):
	as_user(anna.user_id)
	with pytest.raises(frappe.PermissionError):
		desk_people.not_shown_yet()


def test_counted_are_the_open_ones_of_the_companies_hr_works_for(invited, as_user):
	make_referral()
	mine, of_opening = queue.not_shown_yet(), {"job_opening": invited.job_opening}
	assert queue.not_shown_yet(of_opening) == 1
	assert queue.not_shown_yet({"company": "Another Company"}) == 0
	invitations.cancel(frappe.get_doc("Referral Link", invited.name))
	assert (queue.not_shown_yet(), queue.not_shown_yet(of_opening)) == (mine - 1, 0)


def answer_of(link) -> dict:
	person = frappe.db.get_value("Referral", link.referral, ["candidate_name", "candidate_email"])
	return {"candidate_name": person[0], "email": person[1]}


def test_the_day_is_the_last_one_they_can_apply_on(invited, anna, as_user):
	as_user(anna.user_id)
	frappe.db.set_value("Referral", invited.referral, "invited_until", add_days(nowdate(), 1))
	assert "Invited. They can apply until tomorrow" in web.get("/referrals/mine").text
