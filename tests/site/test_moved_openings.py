"""HR moves a referred applicant to another opening: nobody is told that it is still the first; what was promised stays."""

import frappe
import portal_requests as web
import pytest
from candidate_factories import CandidatePage
from message_factories import make_event, messages_to
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_referral
from site_factories import make_opening, unique

from referral_hub.messages import service as messages
from referral_hub.wording import openings

WORDS = "HR looks at them for another opening now."


@pytest.fixture
def moved():
	"""A referral of Anna's whose applicant HR has given another opening, and that opening."""
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening(unique("Pilot")))
	other = make_opening(unique("Navigator"))
	frappe.db.set_value("Job Applicant", referral.job_applicant, "job_title", other.name)
	return anna, frappe.get_doc("Referral", referral.name), other


@pytest.mark.parametrize(("deleted", "now"), [(0, "Navigator"), (1, None)])
def test_of_an_applicant_hr_deleted_nobody_says_where_they_are(deleted, now):
	row = {"job_opening": "Pilot", "job_applicant": "Lin Wei", "opening_now": "Navigator"}
	assert openings.moved_to({**row, "applicant_deleted": deleted}) == now


def facts_of(message) -> dict:
	return frappe.parse_json(frappe.db.get_value("Referral Message", message.name, "facts"))


def test_the_employee_reads_that_it_is_another_one_and_keeps_the_promise(as_user, moved):
	anna, referral, other = moved
	frappe.local.lang = "en"
	as_user(anna.user_id)
	page = web.get(f"/referrals/mine/{referral.name}").text
	assert WORDS in page and other.job_title not in page
	assert "300 points" in page
	frappe.db.set_value("Referral", referral.name, "outcome", "Not Selected")
	assert WORDS not in web.get(f"/referrals/mine/{referral.name}").text
	frappe.db.set_value("Referral", referral.name, "outcome", "Open")
	frappe.db.set_value("Job Applicant", referral.job_applicant, "job_title", referral.job_opening)
	assert WORDS not in web.get(f"/referrals/mine/{referral.name}").text


def test_a_message_to_the_employee_names_neither_opening(moved):
	anna, referral, _other = moved
	messages.tell_referrer(make_event(referral, stage="Offered"), referral)
	told = [row for row in messages_to(anna) if row.event == "offer_made"]
	assert told and {facts_of(row).get("opening") for row in told} == {None}


def test_the_candidate_hears_and_reads_of_the_present_one(moved):
	_anna, referral, other = moved
	messages.tell_candidate("candidate_result", referral, key="test", passed=False)
	(name,) = frappe.get_all(
		"Referral Message", {"candidate_of": referral.name, "event": "candidate_result"}, pluck="name"
	)
	assert facts_of(frappe._dict(name=name))["opening"] == other.job_title
	assert other.job_title in CandidatePage(referral).text()


def test_hr_reads_on_the_referral_where_the_applicant_is(moved):
	_anna, referral, other = moved
	referral.run_method("onload")
	assert f"another opening now: {other.job_title}." in referral.get_onload("decision")
