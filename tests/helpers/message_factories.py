"""What the tests about messages need: readers, and a referral that nothing but its row is behind."""

from email import message_from_bytes
from email.policy import default

import frappe
import site_factories as hr
from frappe.email.doctype.email_queue.email_queue import SendMailContext
from frappe.utils import now_datetime

WORDS = {
	"candidate_name": "Lin Wei",
	"number": "REF-2026-00001",
	"opening": "Store Manager",
	"interview_on": "2099-03-14 10:00:00",
	"joined_on": "2026-03-14",
	"confirmed_on": "2026-06-14",
	"reason": "Pay expectations differ",
	"reason_zh": "薪资期望有差距",
	"hint": "Talk about the pay range early.",
	"hint_zh": "早一点聊薪资范围。",
	"amount": "700",
	"kind": "Points",
	"was_paid": 1,
	"why": "The candidate is no longer at the step this reward is for.",
	"owed": "20 points",
	"due_on": "2026-07-01",
	"item": "Mug",
	"buyer": "Fang",
	"title": "Spring is here",
	"starts_on": "2099-08-01 18:00:00",
	"place": "Canteen",
	"score": "40",
	"lines": ["We look for shop assistants."],
	"earn": ["Store Manager: 300 points"],
	"badge": "Five Hires",
	"level": "Gold Referrer",
	"until_on": "2027-12-31",
	"expires_on": "2099-08-01",
	"given_by": "Harbour",
	"taken_by": "Lakeside",
	"is_asked": 1,
	"people": 3,
	"openings": 2,
	"fresh": 1,
	"ends_on": "2099-08-01",
	"words": "It takes a week longer.",
	"stage": "In screening",
	"stage_zh": "筛选中",
	"next_word_on": "2026-07-03",
	"asked_by": "Fang",
	"newcomer": "Wei",
	"month": 1,
	"period": "2026-10",
	"asked_name": "Mei",
	"answerer": "Mei",
	"said_by": "Mei",
	"designation": "Store Manager",
	"question": "Why?",
	"answer": "Because.",
	"refusal": "The opening is closed.",
	"program": "Spring",
	"currencies": "JPY",
	"budget_currency": "CNY",
	"budget_used": "CNY 2,000.00",
	"budget_amount": "CNY 2,500.00",
	"choose_until_on": "2026-07-05",
}


def make_reader(language: str | None = "en", time_zone: str | None = None, **fields):
	"""An employee with a login who reads this language."""
	user = hr.make_user(roles=("Employee",), language=language, time_zone=time_zone)
	return hr.make_employee(user_id=user.name, **fields)


def make_referral_row(referrer, **fields):
	"""A referral without its story: these tests are about what is said, not about how it came about."""
	referral = frappe.get_doc(
		{
			"doctype": "Referral",
			"name": f"REF-TEST-{frappe.generate_hash(length=8)}",
			"candidate_name": "Lin Wei",
			"referrer": referrer.name,
			"company": referrer.company,
			"submitted_on": now_datetime(),
			"stage": "Submitted",
			"outcome": "Open",
			"channel": "Portal",
			"job_applicant": frappe.generate_hash(length=10),
			**fields,
		}
	)
	referral.db_insert()
	return referral


def make_interview_row(referral, moment: str):
	"""An interview that is in the calendar of HRMS, whatever the referral says of it."""
	day, _space, clock = moment.partition(" ")
	interview = frappe.get_doc(
		{
			"doctype": "Interview",
			"name": f"INT-TEST-{frappe.generate_hash(length=8)}",
			"job_applicant": referral.job_applicant,
			"status": "Pending",
			"scheduled_on": day,
			"from_time": clock,
		}
	)
	interview.db_insert()
	return interview


def move_interview(interview, moment: str) -> None:
	day, _space, clock = moment.partition(" ")
	interview.db_set({"scheduled_on": day, "from_time": clock})


def make_event(referral, kind: str = "Stage", **fields):
	"""An event as a document in memory: `tell_referrer` reads it, nothing else has to follow."""
	return frappe.get_doc({"doctype": "Referral Event", "referral": referral.name, "kind": kind, **fields})


def messages_to(employee, **filters) -> list:
	return frappe.get_all(
		"Referral Message",
		filters={"recipient": employee.name, **filters},
		fields=["*"],
		order_by="creation asc",
	)


def mails_to(employee) -> list[str]:
	"""The names of the mails in the queue to this employee's address."""
	address = employee.prefered_email or employee.company_email or employee.user_id
	return frappe.get_all(
		"Email Queue", filters=[["Email Queue Recipient", "recipient", "=", address]], pluck="name"
	)


def notifications_of(employee) -> list:
	return frappe.get_all(
		"Notification Log", filters={"for_user": employee.user_id}, fields=["*"], order_by="creation asc"
	)


def outgoing(message) -> bytes:
	"""The bytes Frappe gives the mail server."""
	queued = frappe.get_doc("Email Queue", message.sent_as)
	context = SendMailContext.__new__(SendMailContext)
	context.queue_doc, context.email_account_doc = queued, None
	return context.build_message(queued.recipients[0].recipient)


def link_in(message) -> str:
	return message_from_bytes(outgoing(message), policy=default)["List-Unsubscribe"].strip("<>")


def path_of(link: str) -> str:
	return "/no-mail/" + link.partition("/no-mail/")[2]
