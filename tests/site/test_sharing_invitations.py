"""Inviting one person by message: what they get, how often, how it is taken back or declined."""

import frappe
import pytest
import site_factories as hr
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral, unique_phone
from sharing_factories import Guest, filled_form, form_token

from referral_hub.messages import service as messages
from referral_hub.portal.forms import share_form
from referral_hub.referrals import service
from referral_hub.referrals.errors import CanNotInvite
from referral_hub.referrals.service import AlreadyOwned, Candidate
from referral_hub.referrals.sharing import invitations, links

WORDS = "I think of you whenever we laugh here."


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")


@pytest.fixture
def anna():
	return hr.make_employee("Anna")


def invite(employee, candidate=None, opening=None, **fields):
	opening = opening or hr.make_opening()
	return invitations.invite(
		employee.name, candidate or make_candidate(), opening.name, **{"message": WORDS, **fields}
	)


def told(link) -> list[dict]:
	return frappe.get_all(
		"Referral Message",
		{"referral": link.referral, "event": "candidate_invited"},
		["channel", "facts"],
		order_by="creation",
	)


def let_days_pass(link, days: int) -> None:
	frappe.db.set_value("Referral Link", link.name, "creation", hr.days_ago(days), update_modified=False)
	link.reload()


def setting(**values) -> None:
	for field, value in values.items():
		frappe.db.set_single_value("Referral Hub Settings", field, value)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")


def test_the_person_gets_the_referrers_words_and_a_link_of_their_own(anna):
	person = make_candidate()
	link = invite(anna, person)
	[message] = told(link)
	facts = frappe.parse_json(message.facts)
	assert message.channel == "Email"
	assert (facts["message"], facts["invitation_link"]) == (WORDS, links.address_of(link.code))
	referral = frappe.get_doc("Referral", link.referral)
	assert (referral.stage, referral.channel, referral.link, referral.job_applicant) == (
		"Invited",
		"Invite",
		link.name,
		None,
	)


def test_the_mail_says_it_all(anna):
	person = make_candidate()
	link = invite(anna, person)
	messages.send_pending()
	assert frappe.db.count("Email Queue Recipient", {"recipient": person.email}) == 1
	content = frappe.get_value("Referral Message", {"referral": link.referral}, "content")
	assert WORDS in content
	assert links.address_of(link.code) in content


def test_who_was_invited_applies_and_is_the_referrers(anna):
	person = make_candidate()
	link = invite(anna, person)
	answer = Guest().post(f"/r/{link.code}", filled_form(link, candidate_name="Mei", phone=person.phone))
	assert answer.status_code == 303
	referral = frappe.get_doc("Referral", link.referral)
	assert (referral.stage, referral.candidate_name, referral.candidate_email) == (
		"Submitted",
		"Mei",
		person.email,
	)
	assert frappe.db.get_value("Referral Application", {"referral": referral.name}, "result") == "Invitation"


def test_a_friend_to_whom_the_invitation_was_handed_on_is_a_referral_too(anna):
	link = invite(anna)
	Guest().post(f"/r/{link.code}", filled_form(link, candidate_name="A Friend", phone=unique_phone()))
	friend = frappe.get_doc("Referral", {"candidate_name": "A Friend"})
	assert (friend.referrer, friend.stage, friend.name != link.referral) == (anna.name, "Submitted", True)
	assert frappe.db.get_value("Referral", link.referral, "stage") == "Invited"


def test_a_partner_with_the_same_phone_does_not_answer_for_the_person_who_was_invited(anna):
	person, partner = make_candidate(), make_candidate()
	link = invite(anna, person)
	typed = {"candidate_name": partner.name, "email": partner.email, "phone": person.phone}
	Guest().post(f"/r/{link.code}", filled_form(link, **typed))
	theirs = frappe.get_doc("Referral", {"candidate_email": partner.email})
	assert (theirs.referrer, theirs.stage, theirs.channel) == (anna.name, "Submitted", "Invite")
	assert [flag["code"] for flag in frappe.parse_json(theirs.flags_data)] == ["shared_phone"]
	invited = frappe.get_doc("Referral", link.referral)
	assert (invited.stage, invited.candidate_name, invited.job_applicant) == ("Invited", person.name, None)
	Guest().post(f"/r/{link.code}", filled_form(link, candidate_name=person.name, phone=person.phone))
	assert frappe.db.get_value("Referral", link.referral, "stage") == "Submitted"


def test_the_same_form_invites_once(anna):
	person, opening = make_candidate(), hr.make_opening()
	first = invite(anna, person, opening, submission_key="form-1")
	assert invite(anna, person, opening, submission_key="form-1").name == first.name
	assert len(told(first)) == 1


def test_who_is_referred_already_is_not_invited_and_not_written_to(anna):
	person = make_candidate()
	make_referral(candidate=person)
	with pytest.raises(AlreadyOwned):
		invite(anna, person)
	assert frappe.db.count("Referral Message", {"event": "candidate_invited"}) == 0


def test_so_many_a_day_and_no_more(anna):
	setting(invitations_per_day=2)
	for _ in range(2):
		invite(anna)
	with pytest.raises(CanNotInvite, match="You have sent 2 invitations today"):
		invite(anna)
	assert invite(hr.make_employee()).name


def test_hr_can_switch_invitations_off(anna):
	setting(invitations_per_day=0)
	with pytest.raises(CanNotInvite, match="Invitations are switched off"):
		invite(anna)


def test_a_phone_alone_needs_a_gateway_and_says_so(anna):
	with pytest.raises(CanNotInvite, match="We can't send text messages from here"):
		invite(anna, Candidate("Mei", phone=unique_phone()))


def test_an_invitation_goes_out_again_once_and_some_days_later(anna):
	link = invite(anna)
	assert invitations.send_again(link) is False
	let_days_pass(link, 4)
	assert invitations.send_again(link) is True
	assert invitations.send_again(frappe.get_doc("Referral Link", link.name)) is False
	assert len(told(link)) == 2


def test_who_applied_is_not_reminded(anna):
	link = invite(anna)
	let_days_pass(link, 4)
	service.admit(link.referral)
	assert invitations.send_again(link) is False


def test_an_invitation_taken_back_leads_nowhere_and_frees_the_person(anna):
	person = make_candidate()
	link = invite(anna, person)
	invitations.cancel(link)
	assert links.open(link.code) is None
	assert frappe.db.get_value("Referral", link.referral, "outcome") == "Expired"
	assert make_referral(candidate=person).stage == "Submitted"


def test_taking_back_does_not_undo_an_application(anna):
	link = invite(anna)
	service.admit(link.referral)
	invitations.cancel(link)
	assert frappe.db.get_value("Referral", link.referral, ["stage", "outcome"]) == ("Submitted", "Open")
	assert frappe.db.exists("Candidate Key", {"referral": link.referral, "active_key": ("is", "set")})


def test_who_says_no_is_never_written_to_again_by_anybody(anna):
	person = make_candidate()
	link = invite(anna, person)
	answer = Guest().post(f"/r/{link.code}", {"action": "decline", "form_token": form_token(link)})
	assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{link.code}?declined=1")
	said = Guest().get(f"/r/{link.code}", declined=1)
	assert "We won't write to you again" in said.get_data(as_text=True).replace("&#39;", "'")
	frappe.set_user("Administrator")
	assert frappe.db.get_value("Referral", link.referral, "outcome") == "Withdrawn"
	for contact in (Candidate("Mei", email=person.email), Candidate("Mei", phone=f"+86{person.phone}")):
		with pytest.raises(CanNotInvite, match="We can't write to this person"):
			invite(hr.make_employee(), contact)


def test_a_no_needs_our_own_form(anna):
	link = invite(anna)
	answer = Guest().post(f"/r/{link.code}", {"action": "decline", "form_token": "1.2.3"})
	assert answer.status_code == 422
	assert frappe.db.get_value("Referral", link.referral, "outcome") == "Open"


def test_nobody_touches_the_invitation_of_a_colleague(anna):
	link, other = invite(anna), make_referrer("Otto")
	for action in ("again", "cancel", "off"):
		share_form.act({"action": action, "link": link.name}, None, other)
	link.reload()
	assert (link.enabled, link.reminded_on) == (1, None)
	assert frappe.db.get_value("Referral", link.referral, "outcome") == "Open"
