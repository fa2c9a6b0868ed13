"""An address that works for minutes is shown to HR or another one is asked for; nobody's application is lost."""

import frappe
import pytest
import site_factories as hr
from referral_factories import make_candidate, make_referral
from sharing_factories import Guest, apply_through, filled_form, form_token, make_event_link, make_link

from referral_hub.referrals import service
from referral_hub.referrals.consent import correcting
from referral_hub.referrals.making import decisions

SETTINGS = "Referral Hub Settings"
SHOWN = "The e-mail address is of a provider of throw-away addresses. Ask for another one soon."


def throwaway() -> str:
	return f"{frappe.generate_hash(length=8)}@cool.mailinator.com"


@pytest.fixture
def asked_for_another():
	frappe.db.set_single_value(SETTINGS, "throwaway_addresses", "Ask for another")
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	yield
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def comments_on(applicant: str) -> list[str]:
	return frappe.get_all("Comment", {"reference_name": applicant}, pluck="content")


def test_hr_sees_it_on_the_referral_and_on_an_applicant_without_one():
	referral = apply_through(make_link(), make_candidate(email=throwaway())).referral
	assert SHOWN in decisions.told_to_hr(frappe.get_doc("Referral", referral))
	assert frappe.db.get_value("Referral", referral, "flagged") == 1
	applicant = apply_through(make_event_link(), make_candidate(email=throwaway())).job_applicant
	assert SHOWN in comments_on(applicant)
	usual = apply_through(make_event_link(), make_candidate()).job_applicant
	assert SHOWN not in comments_on(usual)


@pytest.mark.parametrize("make", [make_link, make_event_link], ids=["of an employee", "of an event"])
def test_a_guest_is_asked_for_another_and_loses_nothing(asked_for_another, make):
	link = make()
	form = filled_form(link, email=throwaway(), note="I sell shoes.")
	refused = Guest().post(f"/r/{link.code}", form)
	page = refused.get_data(as_text=True)
	assert refused.status_code == 422
	assert "This e-mail address works only for a short time." in page
	assert form["email"] in page and "I sell shoes." in page
	assert frappe.db.count("Job Applicant", {"applicant_name": form["candidate_name"]}) == 0
	frappe.set_user("Administrator")
	link = make()  # the refusal rolled back this test's own
	again = Guest().post(
		f"/r/{link.code}", {**form, "form_token": form_token(link), "email": hr.unique_email("kept")}
	)
	assert again.status_code == 303
	assert frappe.db.count("Job Applicant", {"applicant_name": form["candidate_name"]}) == 1


def test_whoever_is_in_hrms_already_is_not_turned_away(asked_for_another):
	with pytest.raises(service.InvalidCandidate) as refused:
		make_referral(candidate=make_candidate(email=throwaway()))
	assert refused.value.reason == "email_throwaway"
	applicant = hr.make_applicant(email=throwaway())
	candidate = service.Candidate(applicant.applicant_name, applicant.email_id)
	referral = make_referral(candidate=candidate, applicant=applicant.name)
	assert SHOWN in decisions.told_to_hr(referral)


def test_a_candidate_corrects_their_address_to_no_such_one(asked_for_another):
	referral = make_referral()
	with pytest.raises(service.InvalidCandidate) as refused:
		correcting.correct(referral.name, service.Candidate(referral.candidate_name, throwaway()))
	assert refused.value.reason == "email_throwaway"
	kept = frappe.db.get_value("Referral", referral.name, "candidate_email")
	assert kept == referral.candidate_email


def test_the_list_is_hrs():
	frappe.db.set_single_value(SETTINGS, "throwaway_domains", "example.com")
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	try:
		assert SHOWN in decisions.told_to_hr(make_referral(candidate=make_candidate(email=hr.unique_email())))
		assert SHOWN not in decisions.told_to_hr(make_referral(candidate=make_candidate(email=throwaway())))
	finally:
		frappe.clear_document_cache(SETTINGS, SETTINGS)


def test_hr_that_accepts_them_is_shown_none():
	frappe.db.set_single_value(SETTINGS, "throwaway_addresses", "Accept")
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	assert SHOWN not in decisions.told_to_hr(make_referral(candidate=make_candidate(email=throwaway())))
