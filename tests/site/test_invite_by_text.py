"""Inviting somebody of whom only a phone number is known, by a gateway on loopback: from the text to the application."""

import re

import frappe
import pytest
import site_factories as hr
from referral_factories import unique_phone
from sharing_factories import Guest, filled_form

from referral_hub.messages import service as messages
from referral_hub.referrals import errors
from referral_hub.referrals.service import Candidate
from referral_hub.referrals.sharing import invitations, links


@pytest.fixture
def gateway(gateway):
	frappe.cache.delete_keys("referral_hub_limit:")
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	return gateway


def invite(phone: str, opening=None):
	opening = opening or hr.make_opening()
	who = Candidate("Mei Lin", phone=phone)
	return invitations.invite(hr.make_employee("Anna").name, who, opening.name, message="Think about it.")


def state_of(link) -> tuple:
	about = {"candidate_of": link.referral, "event": "candidate_invited"}
	return frappe.db.get_value("Referral Message", about, ["channel", "state"])


def test_the_text_leads_to_a_page_with_the_referrers_words_and_from_there_to_an_application(gateway):
	phone, opening = unique_phone(), hr.make_opening()
	link = invite(phone, opening)
	messages.send_pending()
	[text] = gateway.received
	address = links.address_of(link.code)
	assert text == {
		"to": f"+86{phone}",
		"text": f"Anna invites you to {hr.COMPANY} for {opening.job_title}: {address}",
		"key": "secret",
	}
	assert state_of(link) == ("SMS", "Sent")

	guest = Guest()
	path = re.search(r"/r/\w+", text["text"]).group()
	page = guest.get(path)
	assert page.status_code == 200 and "Think about it." in page.get_data(as_text=True)
	assert guest.post(path, filled_form(link, candidate_name="Mei Lin", phone=phone)).status_code == 303
	frappe.set_user("Administrator")
	referral = frappe.get_doc("Referral", link.referral)
	assert (referral.stage, referral.channel, referral.candidate_phone) == (
		"Submitted",
		"Invite",
		f"+86{phone}",
	)
	applicant = frappe.get_doc("Job Applicant", referral.job_applicant)
	assert (applicant.applicant_name, applicant.phone_number) == ("Mei Lin", f"+86{phone}")


def test_the_outbox_keeps_that_it_was_sent_and_not_the_number(gateway):
	phone = unique_phone()
	link = invite(phone)
	messages.send_pending()
	row = frappe.get_doc("Referral Message", {"candidate_of": link.referral})
	assert (row.to_address, row.segments, row.sent_as_doctype) == (
		None,
		1,
		"SMS Log",
	) and phone not in row.content


def test_a_gateway_that_says_no_is_asked_again_and_the_reminder_is_a_text_too(gateway):
	gateway.answer = 503
	link = invite(unique_phone())
	messages.send_pending()
	assert state_of(link) == ("SMS", "Pending")
	gateway.answer = 200
	messages.resend(frappe.db.get_value("Referral Message", {"candidate_of": link.referral}))
	messages.send_pending()
	assert (state_of(link), len(gateway.received)) == (("SMS", "Sent"), 2)
	frappe.db.set_value("Referral Link", link.name, "creation", hr.days_ago(30), update_modified=False)
	link.reload()
	assert invitations.send_again(link) is True
	messages.send_pending()
	assert gateway.received[2]["text"] == gateway.received[1]["text"]


def test_without_a_gateway_nobody_is_invited_whom_no_mail_reaches(gateway):
	frappe.db.set_single_value("SMS Settings", "sms_gateway_url", None)
	frappe.clear_document_cache("SMS Settings", "SMS Settings")
	frappe.cache.delete_value("SMS Settings")
	frappe.db.value_cache.clear()
	with pytest.raises(errors.CanNotInvite, match="We can't send text messages from here"):
		invite(unique_phone())
	assert gateway.received == []
