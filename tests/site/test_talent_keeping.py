"""People of the pool decide themselves: on a page of their own they agree, say no or are forgotten; time forgets them else."""

import json

import frappe
import pytest
import site_factories as hr
from candidate_factories import form_token
from frappe.utils import getdate
from referral_factories import make_referral, unique_phone
from sharing_factories import Guest

from referral_hub import flow, tasks
from referral_hub.api import desk_talent
from referral_hub.matching.contacts import service as contacts
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.talent import keeping, sending, service, signals
from referral_hub.talent.cadence import closing, prompts

POOL = "Talent Pool Record"
GONE = "This link does not work any more"


def make_record(**fields):
	contact = {"email": hr.unique_email(), "phone": unique_phone()}
	row = frappe.get_doc(doctype=POOL, person_name="Wen Lan", company=hr.COMPANY, **contact).insert()
	if fields:
		row.db_set(fields)
	return row.reload()


class PoolPage:
	"""What somebody of the pool does on their page."""

	def __init__(self, record):
		self.record, self.path, self.guest = record.name, keeping.link_of(record.name), Guest()

	def text(self, **query) -> str:
		return self.guest.get(self.path, **query).get_data(as_text=True)

	def post(self, action: str):
		return self.guest.post(self.path, {"action": action, "form_token": form_token(self.record)})


def test_somebody_agrees_on_their_page_and_is_kept_for_another_whole_time(monkeypatch):
	record = make_record(consent_until=hr.days_ago(-3))
	page = PoolPage(record)
	end = getdate(hr.days_ago(-730))
	with monkeypatch.context() as chinese:
		chinese.setattr(frappe.local, "lang", "zh")
		assert f"我同意{hr.COMPANY}保留我的信息到 {end.year}年{end.month}月{end.day}日，" in page.text()
	assert "Wen Lan" in page.text()
	page.post("agree")
	record.reload()
	assert record.consent_state == "Given"
	assert str(record.consent_until) == hr.days_ago(-730)
	agreed = f"I agree that {hr.COMPANY} keeps my details until {end.day} {end:%b %Y} to tell me about"
	assert record.consent_purpose.startswith(agreed)


def test_who_says_no_is_on_nobody_s_list_and_may_change_their_mind():
	record = make_record(consent_state="Given")
	page = PoolPage(record)
	page.post("silence")
	assert (record.reload().state, record.consent_state) == ("Do Not Contact", "Withdrawn")
	page.post("agree")
	assert (record.reload().state, record.consent_state) == ("In Pool", "Given")


@pytest.mark.parametrize("by", ["their page", "the page of their referral", "HR"])
def test_who_takes_back_their_word_is_asked_for_by_nobody_and_nothing_new_is_kept(by):
	referral = make_referral()
	record = frappe.get_doc(POOL, service.capture(referral.job_applicant, service.HAND_PICKED))
	record.db_set("consent_state", "Given")
	prompts.remind(record.name, hr.days_ago(-3), "She is back in March.")
	signals.add(record.name, "Interested", "She wrote.")
	{
		"their page": lambda: PoolPage(record).post("silence"),
		"the page of their referral": lambda: flow.take_back_consent(referral.name),
		"HR": lambda: desk_talent.do_not_contact(record.name, "She told me."),
	}[by]()
	frappe.set_user("Administrator")
	assert (record.reload().state, record.consent_state) == ("Do Not Contact", "Withdrawn")
	assert closing.living(record.name) == []
	assert bool(record.erasure_due_on) is (by == "the page of their referral")
	with pytest.raises(signals.NoConsent):
		signals.add(record.name, "Interested", "Again.")
	with pytest.raises(sending.NotCalled):
		sending.send_mail(record.name, "Hello", "A draft from before.")


def test_whom_only_the_pool_knows_is_forgotten_at_once_and_the_link_is_dead():
	record = make_record()
	page = PoolPage(record)
	assert "Your details are deleted" in page.post("delete").get_data(as_text=True)
	assert (record.reload().state, record.email) == ("Anonymised", None)
	assert GONE in page.text()


def test_of_whom_hrms_has_an_application_hr_decides_in_time_and_then_our_part_goes():
	applicant = hr.make_applicant(hr.make_opening(), phone_number=f"+86{unique_phone()}")
	record = frappe.get_doc(POOL, service.capture(applicant.name, "Withdrawn"))
	page = PoolPage(record)
	page.post("delete")
	record.reload()
	assert (record.state, str(record.erasure_due_on)) == ("Do Not Contact", hr.days_ago(-30))
	assert (
		frappe.db.count("ToDo", {"reference_type": POOL, "reference_name": record.name, "status": "Open"}) > 0
	)
	assert page.post("agree").headers["Location"].endswith(page.path)  # not "Thank you. We keep your details"
	assert record.reload().consent_state != "Given"
	assert flow.end_keeping(record.name) is False
	record.db_set("erasure_due_on", hr.days_ago(1))
	assert record.name in keeping.over()
	assert flow.end_keeping(record.name) is True
	assert (record.reload().state, record.job_applicant) == ("Anonymised", None)
	about = {"reference_type": "Job Applicant", "reference_name": applicant.name, "status": "Open"}
	assert frappe.db.count("ToDo", about) > 0


@pytest.mark.parametrize(
	("fields", "asked"),
	[
		({"consent_state": "Given"}, 1),
		({"consent_state": "Not Asked"}, 0),
		({"consent_state": "Withdrawn"}, 0),
		({"consent_state": "Given", "state": "Do Not Contact"}, 0),
		({"consent_state": "Given", "state": "Hired"}, 0),
	],
)
def test_only_who_agreed_is_asked_again_and_once_for_each_end(fields, asked):
	record = make_record(consent_until=hr.days_ago(-20), **fields)
	assert (record.name in keeping.to_be_asked()) is bool(asked)
	flow.ask_to_be_kept(record.name)
	flow.ask_to_be_kept(record.name)
	told = frappe.get_all("Referral Message", {"pool_record": record.name}, ["event", "facts"])
	assert [row.event for row in told] == ["pool_renewal"] * asked
	assert record.name not in keeping.to_be_asked()
	if asked:
		path = json.loads(told[0].facts)["link"]
		assert keeping.opened_by(path.rpartition("/")[2]).name == record.name


def test_when_the_time_is_over_the_row_counts_and_is_nobody():
	late, last_day = make_record(consent_until=hr.days_ago(1)), make_record(consent_until=hr.days_ago(0))
	assert late.name in keeping.over() and last_day.name not in keeping.over()
	assert flow.end_keeping(late.name) is True
	assert (late.reload().state, late.state_reason) == (
		"Anonymised",
		"The time for which this person was kept is over.",
	)
	assert flow.end_keeping(last_day.name) is False
	assert tasks.look_after_talent_pool.__name__ in " ".join(
		frappe.get_hooks("scheduler_events")["daily_long"]
	)


def test_whose_time_is_over_stays_a_contact_of_who_knows_them_and_who_asked_does_not(own_index):
	anna = hr.make_employee().name
	late, asked = make_record(consent_until=hr.days_ago(1)), make_record()
	kept = [contacts.add_line(anna, f"Wen Lan, welder, {row.email}", "CN") for row in (late, asked)]
	assert (flow.end_keeping(late.name), flow.leave_pool(asked.name)) == (True, True)
	assert contacts.search(anna, "") == kept[:1]


def test_another_room_s_link_opens_no_page_of_the_pool_and_a_form_needs_its_token():
	from referral_hub import tokens

	record = make_record()
	other = tokens.issue(Purpose.CANDIDATE, POOL, record.name, 10)
	assert GONE in Guest().get(f"/pool/{other}").get_data(as_text=True)
	page = PoolPage(record)
	assert page.guest.post(page.path, {"action": "delete", "form_token": "made up"}).status_code == 422
	assert record.reload().state == "In Pool"


def test_the_person_reads_and_downloads_what_is_theirs_and_hr_manager_everything(as_user):
	manager, recruiter = hr.make_hr_manager().name, hr.make_user(roles=("HR User",)).name
	phone = f"+86{unique_phone()}"
	sister = hr.make_applicant(hr.make_opening(), name="Bo Lan", phone_number=phone)
	applicant = hr.make_applicant(hr.make_opening(), phone_number=phone)
	interview = hr.schedule_interview(applicant, hr.make_interview_round())
	record = frappe.get_doc(POOL, service.capture(applicant.name, "Withdrawn", "HR thinks well of her."))
	record.db_set("consent_state", "Given")
	signals.add(record.name, "Interested", "HR saw her at the fair.")
	service.note(record.name, "Call", "HR says she was short.", direction="Out")
	sending.send_mail(record.name, "Our new harbour", "We open in May.\nCome.")
	write_about(applicant, sent_or_received="Sent", recipients=recruiter, content="HR finds her arrogant.")
	write_about(applicant, sent_or_received="Received", sender=recruiter, content="HR may be right.")
	write_about(sister, sent_or_received="Sent", recipients=sister.email_id, content="HR invites you, Bo.")
	page = PoolPage(record)
	own, shown = json.loads(page.text(do="download")), page.text(do="print")
	assert (own["email"], own["mails"][0]["words"]) == (record.email, "We open in May.\nCome.")
	assert [each["kind"] for each in own["signals"]] == ["Interested"]
	for said in (record.email, "Our new harbour", "We open in May.", "What we noticed, with your consent"):
		assert said in shown
	assert "HR " not in json.dumps(own) + shown.partition("<main")[2].partition("</main")[0]
	as_user(manager)
	whole = desk_talent.export(record.name)
	assert whole[POOL][0]["note"] == "HR thinks well of her."
	assert "email_key" not in whole[POOL][0]
	assert (whole["Job Applicant"][0]["email_id"], whole["Interview"][0]["name"]) == (
		record.email,
		interview.name,
	)
	assert whole["Talent Signal"][0]["words"] == "HR saw her at the fair."
	assert {"Talent Interaction", "Communication"} <= whole.keys()
	desk_talent.export_page(record.name)
	for said in ("What is held about", "HR thinks well of her.", "HR says she was short.", "We open in May."):
		assert said in frappe.local.response.filecontent
	as_user(recruiter)
	for door in (desk_talent.export, desk_talent.export_page):
		with pytest.raises(frappe.PermissionError):
			door(record.name)


def write_about(applicant, **mail) -> None:
	about = {
		"reference_doctype": "Job Applicant",
		"reference_name": applicant.name,
		"subject": "An applicant",
	}
	frappe.get_doc(doctype="Communication", communication_type="Communication", **about, **mail).insert()


def test_the_link_to_the_page_is_for_the_person_alone():
	record = make_record()
	assert desk_talent.send_page_link(record.name) is True
	(event,) = frappe.get_all("Referral Message", {"pool_record": record.name}, pluck="event")
	assert event == "pool_page"
	flow.forget_in_pool(record.name, "")
	(facts,) = frappe.get_all("Referral Message", {"pool_record": record.name}, pluck="facts")
	assert facts == "{}"
