"""Mails that HR writes where they stand, not where we would like them to: all are contacts, all are in the archive."""

import frappe
import pytest
import site_factories as hr
from frappe.core.doctype.communication.email import make
from frappe.utils import add_days, today

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.talent import held, sending, service
from referral_hub.talent.cadence import prompts
from referral_hub.talent.requests import showing

POOL = "Talent Pool Record"


@pytest.fixture
def person():
	applicant = hr.make_applicant(hr.make_opening())
	hr.answer_offer(hr.make_offer(applicant), "Rejected")
	service.look_at([applicant.name])
	return frappe.get_doc(POOL, {"job_applicant": applicant.name})


def contacts(person) -> list[tuple]:
	rows = frappe.get_all("Talent Interaction", {"record": person.name}, ["kind", "direction", "summary"])
	return [tuple(row.values()) for row in rows]


def test_a_mail_from_the_form_s_own_dialog_is_a_contact_and_answers_the_prompt(person):
	prompt = prompts.remind(person.name, add_days(today(), 3))
	mail = {"doctype": POOL, "name": person.name, "subject": "Our new harbour", "content": "Come."}
	make(**mail, recipients=f"{person.person_name} <{person.email.upper()}>", send_email=False)
	assert contacts(person) == [("E-mail", "Out", "Our new harbour")]
	assert frappe.db.get_value("Talent Prompt", prompt, "state") == "Done"


def test_what_colleagues_write_to_each_other_is_no_contact_with_the_person(person):
	mail = {"doctype": POOL, "name": person.name, "subject": "What do you think?", "content": "Of her."}
	make(**mail, recipients="boss@example.com", send_email=False)
	make(**mail, recipients=person.email, communication_medium="Chat", send_email=False)
	assert contacts(person) == []


def test_a_mail_from_here_is_one_contact_with_its_template(person):
	sending.send_mail(person.name, "Hello", "Come.")
	assert contacts(person) == [("E-mail", "Out", "Hello")]


def test_mails_of_the_offer_and_the_interview_are_in_the_archive(person, as_user):
	applicant = frappe.get_doc("Job Applicant", person.job_applicant)
	offer = frappe.db.get_value("Job Offer", {"job_applicant": applicant.name})
	interview = hr.schedule_interview(applicant)
	for doctype, name in (("Job Offer", offer), ("Interview", interview.name)):
		mail = {"doctype": doctype, "name": name, "subject": f"Your {doctype}", "content": "See below."}
		make(**mail, recipients=person.email, send_email=False)
	own = held.about(frappe.db.get_value(POOL, person.name, "*", as_dict=True))["mails"]
	whole = [row["subject"] for row in held.everything(flow.held_about(person.name, True))["Communication"]]
	for mails in (
		[mail["subject"] for mail in desk_talent.archive(person.name)["mails"]],
		[mail["subject"] for mail in own],
		whole,
	):
		assert sorted(mails) == ["Your Interview", "Your Job Offer"]
	manager = hr.make_employee(user=True).user_id
	assert showing.archive(person.name, manager).mails == []
	recruiter = hr.make_user(roles=("HR User",)).name
	assert len(showing.archive(person.name, recruiter).mails) == 2
