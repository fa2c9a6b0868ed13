"""A name in any script is the same from a guest's form to HRMS, the message and the portal; what is no name is refused kindly."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from candidate_factories import Card, form_token
from markupsafe import escape
from referral_factories import make_candidate, make_referral, unique_phone
from sharing_factories import Guest, filled_form, make_link

from referral_hub.messages import service as messages
from referral_hub.referrals.consent import asking


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
		("\u200d\u200b =cmd Mei", "A name can't start with =."),
	],
	ids=["200 characters", "emoji alone", "a formula", "a formula behind joiners"],
)
def test_what_is_no_name_is_said_beside_it_and_stays_typed(link, typed, said):
	answer = apply_as(link, typed)
	page = answer.get_data(as_text=True)
	assert (answer.status_code, said in page.replace("&#39;", "'"), typed in page) == (422, True, True)
	assert frappe.db.count("Referral Application", {"link": link.name}) == 0


ODD = ("עבד \u202eالرحمن", "🦊 Mei 👩\u200d🔬 Lin", "龘" * 140)


def test_a_name_is_kept_alike_by_a_card_and_by_the_candidates_own_page():
	worker = hr.make_employee()
	for typed in ODD:
		kept = typed.replace("\u202e", "")
		card = Card(worker)
		assert card.refer(candidate_name=typed, phone=unique_phone()).status_code == 303
		frappe.set_user("Administrator")
		assert frappe.db.count("Referral", {"referrer": worker.name, "candidate_name": kept}) == 1
		assert f"{kept[0]}." in card.text()
		frappe.set_user("Administrator")
		mine = make_referral(candidate=make_candidate())
		page, form = asking.link_of(mine.name), {"action": "correct", "form_token": form_token(mine.name)}
		sent = Guest().post(page, {**form, "candidate_name": typed, "email": mine.candidate_email})
		assert sent.status_code == 303
		assert str(escape(kept)) in Guest().get(page, do="correct").get_data(as_text=True)
		frappe.set_user("Administrator")


def by_card(typed: str):
	return Card(hr.make_employee()).refer(candidate_name=typed, phone=unique_phone())


def by_candidate(typed: str):
	mine = make_referral(candidate=make_candidate())
	form = {"action": "correct", "form_token": form_token(mine.name), "candidate_name": typed}
	return Guest().post(asking.link_of(mine.name), {**form, "email": mine.candidate_email})


@pytest.mark.parametrize("send", [by_card, by_candidate])
@pytest.mark.parametrize(
	("typed", "said"),
	[
		("长" * 200, "Please shorten the name to 140 characters."),
		("<b>Mei</b>", "Please enter the name without the characters"),
	],
	ids=["200 characters", "markup"],
)
def test_what_is_no_name_stays_typed_wherever_a_guest_typed_it(send, typed, said):
	answer = send(typed)
	page = answer.get_data(as_text=True)
	assert (answer.status_code, str(escape(typed)) in page, said in page) == (422, True, True)
