"""A name in any script is the same from a guest's form to HRMS, the message and the portal; what is no name is refused kindly."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from markupsafe import escape
from sharing_factories import Guest, filled_form, make_link

from referral_hub.messages import service as messages


@pytest.fixture
def link():
	frappe.cache.delete_keys("referral_hub_limit:")
	return make_link(hr.make_employee("Anna", user=True))


def apply_as(link, name: str):
	form = filled_form(link, candidate_name=name, email=hr.unique_email("named"))
	answer = Guest().post(f"/r/{link.code}", form)
	frappe.set_user("Administrator")
	return answer


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		("عبد الرحمن بن محمد", "عبد الرحمن بن محمد"),
		("\u202eשרה כהן\u202c", "שרה כהן"),
		("🦊 Mei 👩\u200d🔬 Lin", "🦊 Mei 👩\u200d🔬 Lin"),
		("𠮷野 " + "龘" * 137, "𠮷野 " + "龘" * 137),
		("O'Brien & Söhne", "O'Brien & Söhne"),
	],
	ids=["Arabic", "Hebrew with an override", "emoji", "140 rare characters", "marks"],
)
def test_a_name_is_the_same_in_hrms_in_the_message_and_on_the_portal(link, typed, kept, as_user):
	assert apply_as(link, typed).status_code == 303
	referral = frappe.get_doc("Referral", {"link": link.name})
	applicant = frappe.db.get_value("Job Applicant", referral.job_applicant, "applicant_name")
	assert (referral.candidate_name, applicant) == (kept, kept)
	messages.send_pending()
	told = {"referral": referral.name, "recipient": link.employee, "channel": "Email"}
	state, subject, sent_as = frappe.db.get_value("Referral Message", told, ["state", "subject", "sent_as"])
	assert (state, kept[:100] in subject) == ("Sent", True)
	assert "\nSubject:" in frappe.db.get_value("Email Queue", sent_as, "message")
	as_user(frappe.db.get_value("Employee", link.employee, "user_id"))
	assert str(escape(kept)) in web.get(f"/referrals/mine/{referral.name}").text


@pytest.mark.parametrize(
	("typed", "said"),
	[
		("长" * 200, "Please shorten the name to 140 characters."),
		("😀" * 3, "Please enter your name."),
		("=cmd Mei", "A name can't start with =."),
	],
	ids=["200 characters", "emoji alone", "a formula"],
)
def test_what_is_no_name_is_said_beside_it_and_stays_typed(link, typed, said):
	answer = apply_as(link, typed)
	page = answer.get_data(as_text=True)
	assert (answer.status_code, said in page.replace("&#39;", "'"), typed in page) == (422, True, True)
	assert frappe.db.count("Referral Application", {"link": link.name}) == 0
