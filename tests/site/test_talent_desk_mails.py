"""Mails that HR writes where they stand, not where we would like them to: all are contacts, all are in the archive."""

import frappe
import pytest
import site_factories as hr
from frappe.core.doctype.communication.email import make
from frappe.utils import add_days, add_to_date, getdate, now_datetime, today

from referral_hub import flow, tasks
from referral_hub.api import desk_talent
from referral_hub.talent import held, jobs, outcomes, sending, service
from referral_hub.talent.cadence import prompts
from referral_hub.talent.capturing import applying, looking
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


# on their application


def write(applicant, subject: str, *, received: bool = False, **fields):
	"""A mail in the thread of an application, as the platform keeps it: from HR's form, or one that arrived."""
	us, them = "hr@example.com", applicant.email_id
	mail = frappe.new_doc("Communication")
	mail.update({"communication_medium": "Email", "subject": subject, "content": "See below."})
	mail.update({"reference_doctype": "Job Applicant", "reference_name": applicant.name})
	mail.update({"sent_or_received": "Received" if received else "Sent"})
	mail.update({"sender": them if received else us, "recipients": us if received else them, **fields})
	return mail.insert(ignore_permissions=True)


def follow(mail) -> list[str]:
	"""What the job does with a mail that is to be followed."""
	return sending.follow_thread(mail)


def asked_to_follow(monkeypatch) -> list[str]:
	asked: list[str] = []
	monkeypatch.setattr(sending, "start_after_commit", lambda _job, mail: asked.append(mail))
	return asked


def test_a_mail_on_the_application_is_the_last_contact_and_keeps_callers_quiet(person):
	applicant = frappe.get_doc("Job Applicant", person.job_applicant)
	prompt = prompts.remind(person.name, add_days(today(), 3))
	mail = write(applicant, "Our new harbour")
	assert len(follow(mail)) == 1
	assert follow(mail) == []
	assert contacts(person) == [("E-mail", "Out", "Our new harbour")]
	kept = frappe.db.get_value("Talent Interaction", {"record": person.name}, ["by_user", "of_application"])
	assert kept == ("Administrator", 0)
	assert frappe.db.get_value("Talent Prompt", prompt, "state") == "Done"
	row = frappe.db.get_value(POOL, person.name, ["contacts", "last_contact_on"], as_dict=True)
	assert (row.contacts, str(row.last_contact_on.date())) == (1, today())
	shown = desk_talent.archive(person.name)
	assert [contact["communication"] for contact in shown["contacts"]] == [mail.name]
	assert [row["name"] for row in shown["mails"]] == [mail.name]


def test_an_answer_on_the_application_stops_the_asking_once_however_many_copies_arrive(person):
	applicant = frappe.get_doc("Job Applicant", person.job_applicant)
	prompt = prompts.remind(person.name, add_days(today(), 3))
	of_mail = {"received": True, "message_id": "one@example.com"}
	assert len(follow(write(applicant, "Why not?", **of_mail))) == 1
	on_record = {"reference_doctype": POOL, "reference_name": person.name}
	write(applicant, "Why not?", **of_mail, **on_record)
	assert follow(write(applicant, "Why not?", **of_mail)) == []
	assert contacts(person) == [("E-mail", "In", "Why not?")]
	assert frappe.db.get_value("Talent Prompt", prompt, "state") == "Stopped"


def test_who_is_asked_about_a_mail_is_not_whom_a_machine_or_a_colleague_answers(person, monkeypatch):
	applicant, asked = frappe.get_doc("Job Applicant", person.job_applicant), asked_to_follow(monkeypatch)
	write(applicant, "Automatic reply: Our new harbour", received=True)
	write(applicant, "I know her", received=True, sender=hr.make_employee(user=True).user_id)
	write(applicant, "Chat", communication_medium="Chat")
	write(applicant, "Log", communication_type="Automated Message")
	assert asked == []
	sent, answer = write(applicant, "Hello"), write(applicant, "Hello?", received=True)
	assert asked == [sent.name, answer.name]
	assert follow(write(applicant, "What do you think?", recipients="boss@example.com")) == []
	assert follow(write(hr.make_applicant(hr.make_opening()), "Hello")) == []


def test_a_mail_whose_hint_found_no_queue_is_noted_by_the_hourly_task_at_its_own_hour(person, monkeypatch):
	applicant = frappe.get_doc("Job Applicant", person.job_applicant)
	person.db_set("captured_on", add_to_date(now_datetime(), hours=-3))
	before, since = write(applicant, "Your Job Offer"), write(applicant, "Our new harbour")
	moments = {before: add_to_date(now_datetime(), hours=-4), since: add_to_date(now_datetime(), hours=-2)}
	for mail, moment in moments.items():
		frappe.db.set_value("Communication", mail.name, "creation", moment, update_modified=False)
	write(applicant, "Hello?", received=True)
	write(applicant, "I know her", received=True, sender=hr.make_employee(user=True).user_id)
	# what a machine says of itself is known while its mail is taken in, and not kept with it
	monkeypatch.setattr(sending, "_headers", lambda: {"Auto-Submitted": "auto-replied"})
	write(applicant, "I am at sea", received=True)
	monkeypatch.undo()
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(looking, "moved_since", lambda _moment: [])
	for _hour in range(2):
		tasks.fill_talent_pool()
		assert sorted(contacts(person)) == [("E-mail", "In", "Hello?"), ("E-mail", "Out", "Our new harbour")]
	noted = frappe.db.get_value(
		"Talent Interaction", {"record": person.name, "direction": "Out"}, "happened_on"
	)
	assert noted == moments[since]


def test_an_answer_whose_job_was_lost_is_noted_though_the_same_hour_keeps_the_person_anew(
	person, monkeypatch
):
	applicant = frappe.get_doc("Job Applicant", person.job_applicant)
	now = now_datetime()
	person.db_set({"captured_on": add_to_date(now, hours=-3), "happened_on": add_days(today(), -5)})
	applicant.db_set("creation", add_to_date(now, hours=-5), update_modified=False)
	answer = write(applicant, "Why not?", received=True)
	again = hr.make_applicant(hr.make_opening(), email=person.email)
	question = write(again, "Which floor?", received=True)
	for mail in (answer, question):
		frappe.db.set_value("Communication", mail.name, "creation", add_to_date(now, hours=-1))
	hr.answer_offer(hr.make_offer(again), "Rejected")
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(looking, "moved_since", lambda _moment: [again.name])
	tasks.fill_talent_pool()
	assert frappe.db.get_value(POOL, person.name, "captured_on") >= now
	# what was asked about the new application, before it was over, calls nobody back
	assert contacts(person) == [("E-mail", "In", "Why not?")]


def test_a_mail_that_could_not_be_noted_is_looked_at_again_within_the_day(person, monkeypatch):
	write(frappe.get_doc("Job Applicant", person.job_applicant), "Hello?", received=True)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(looking, "moved_since", lambda _moment: [])
	now = now_datetime()
	for hours, is_tried in ((-2, True), (-30, False)):
		frappe.db.set_single_value(
			"Referral Hub Settings", "pool_looked_until", add_to_date(now, hours=hours)
		)
		with monkeypatch.context() as broken:
			broken.setattr(frappe.db, "rollback", lambda: None)
			broken.setattr(sending, "follow_thread", lambda *_mail: 1 / 0)
			tasks.fill_talent_pool()
		until = jobs.remembered("pool_looked_until")
		assert (until == add_to_date(now, hours=hours), contacts(person)) == (is_tried, [])
	tasks.fill_talent_pool()
	assert contacts(person) == [("E-mail", "In", "Hello?")]
	assert jobs.remembered("pool_looked_until") >= now


def test_a_mail_about_an_application_under_way_is_a_contact_that_calls_nobody_back(person):
	again = hr.make_applicant(hr.make_opening(), email=person.email)
	assert applying.follow([again.name]) == 1
	assert len(follow(write(again, "Your interview"))) == 1
	assert contacts(person) == [("E-mail", "Out", "Your interview")]
	tomorrow = getdate(add_days(today(), 1))
	frappe.db.delete("Talent Interaction", {"record": ("!=", person.name)})
	assert outcomes.rates("Reason", getdate(today()), tomorrow) == {}
