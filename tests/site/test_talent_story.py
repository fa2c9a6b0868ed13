"""The story of the articles, from the first no-show to the report: fifteen did not come in 2022, twelve of them for one reason."""

import frappe
import pytest
import site_factories as hr
from frappe.email.receive import InboundMail
from frappe.utils import add_days, fmt_money, today

from referral_hub.api import desk_pool, desk_talent
from referral_hub.api.talent import calls
from referral_hub.referral_hub.report.recall_outcomes import recall_outcomes
from referral_hub.setup.words.recall_templates import make_recall_templates
from referral_hub.talent.capturing import looking

POOL, CONTACT = "Talent Pool Record", "Talent Interaction"
PAY = {"currency": "CNY", "salary_per": "Month"}


@pytest.fixture
def recruiter():
	"""HR, on a site with our first words, where nobody was called so far."""
	make_recall_templates()
	frappe.db.delete(CONTACT)
	return hr.make_user(roles=("HR User", "HR Manager")).name


def make_reason(words: str) -> str:
	fields = {"reason": hr.unique(words), "applies_to": "No-show", "enabled": 1}
	return frappe.get_doc(doctype="Referral Reason", **fields).insert().name


def did_not_come(opening, month: int) -> str:
	"""Somebody who accepted an offer in 2022 and was never seen; return the applicant."""
	applicant = hr.make_applicant(opening, name=hr.unique("Li Na"))
	day = f"2022-{month:02d}-15"
	offer = {"offer_date": day, "referral_hub_joining_date": day}
	hr.answer_offer(hr.make_offer(applicant, **offer), "Accepted")
	frappe.db.set_value("Job Applicant", applicant.name, "creation", f"{day} 08:00:00")
	return applicant.name


def answer(person: str, sender: str, words: str) -> None:
	"""The person answers the mail they were sent, and Frappe reads it from the mailbox."""
	sent = frappe.db.get_value(CONTACT, {"record": person, "direction": "Out"}, "communication")
	queued = frappe.db.get_value("Email Queue", {"communication": sent}, "message_id")
	account = frappe.get_doc(doctype="Email Account", email_id="jobs@example.com", enable_incoming=1)
	account.name = "Jobs"
	head = f"From: {sender}\nTo: jobs@example.com\nSubject: Re: Hello\nIn-Reply-To: <{queued}>"
	InboundMail(f"{head}\nMessage-ID: <{hr.unique('mail')}@example.com>\n\n{words}", account).process()


def test_of_twelve_who_went_for_the_pay_three_hear_that_it_rose_and_one_comes_back(recruiter, as_user):
	opening = hr.make_opening(hr.unique("Engineer"), lower_range=10000, upper_range=20000, **PAY)
	pay, other = make_reason("A better offer elsewhere"), make_reason("Moved away")
	applicants = [did_not_come(opening, 1 + number % 12) for number in range(15)]
	opening.db_set("status", "Closed")
	looking.look_at(applicants)
	as_user(recruiter)
	for number, applicant in enumerate(applicants):
		record = frappe.db.get_value(POOL, {"job_applicant": applicant, "state": "Proposed"})
		desk_talent.confirm_no_show(record, pay if number < 12 else other)

	of_2022 = {"reason": "No-show", "happened_on": ("between", ["2022-01-01", "2022-12-31"])}
	of_2022["designation"] = opening.designation
	assert len(frappe.get_list(POOL, of_2022, limit_page_length=0)) == 15
	found = frappe.get_list(POOL, {**of_2022, "reason_given": pay}, ["name", "email"], limit_page_length=0)
	assert len(found) == 12

	as_user("Administrator")
	fields = {"designation": opening.designation, "lower_range": 12000, "upper_range": 23000}
	again = hr.make_opening(hr.unique("Engineer"), **fields, **PAY)
	as_user(recruiter)
	rose = [
		" - ".join(fmt_money(amount, precision=0, currency="CNY") for amount in amounts)
		for amounts in ((10000, 20000), (12000, 23000))
	]
	called = found[:3]
	for person in called:
		draft = calls.draft(person.name, "Opening", "en")
		assert f"The pay range rose by 15 % since you applied, from {rose[0]} to {rose[1]}." in draft["words"]
		calls.send_mail(person.name, draft["subject"], draft["words"], draft["template"])
	as_user("Administrator")
	assert frappe.db.count("Email Queue", {"reference_name": ("in", [person.name for person in called])}) == 3

	answer(called[0].name, called[0].email, "Yes, gladly")
	answer(called[1].name, called[1].email, "Not now")
	as_user(recruiter)
	for person, theirs in zip(called, (1, 1, 0), strict=True):
		mails = desk_talent.archive(person.name)["mails"]
		assert [mail["is_theirs"] for mail in mails].count(True) == theirs

	desk_pool.call_back(called[0].name, again.name)
	as_user("Administrator")
	back = frappe.get_doc("Job Applicant", frappe.db.get_value(POOL, called[0].name, "job_applicant"))
	assert (back.job_title, back.email_id, back.name in applicants) == (again.name, called[0].email, False)
	hr.hire_applicant(back)
	looking.look_at([back.name])
	assert frappe.db.get_value(POOL, called[0].name, "state") == "Hired"

	as_user(recruiter)
	(row,) = recall_outcomes.execute({"by": "Template", "until": add_days(today(), 1)})[1]
	said = [row[outcome].split(":")[0] for outcome in ("replied", "applied_again", "hired")]
	assert (row["group"], row["called"], said) == ("Opening (en)", 3, ["2 of 3", "1 of 3", "1 of 3"])
