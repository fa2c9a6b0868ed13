"""What the referrer hears while HR works in HRMS, from the first word to the pay-out or the refusal."""

import json

import frappe
import site_factories as hr
from frappe.utils import add_to_date, now_datetime, today
from message_factories import make_reader, messages_to, notifications_of

from referral_hub.messages import service as messages
from referral_hub.referrals import service as referrals
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.showing import reading, sentences


def refer(reader, name: str = "Lin Wei"):
	opening = hr.make_opening("Store Manager", designation=hr.make_designation().name)
	candidate = Candidate(name=name, email=hr.unique_email("lin"))
	return referrals.submit(reader.name, candidate, opening.name)


def subjects(reader) -> list[str]:
	messages.send_pending()
	return [message.subject for message in messages_to(reader, channel="Email")]


def test_the_referrer_hears_of_every_step_to_the_first_day():
	reader = make_reader()
	referral = refer(reader)
	applicant = referral.job_applicant
	hr.set_applicant_status(applicant, "Replied")
	referrals.refresh(referral.name)
	interview = hr.schedule_interview(applicant, on=str(add_to_date(today(), days=2)))
	referrals.refresh(referral.name)
	messages.send_pending()
	offer = hr.make_offer(applicant)
	referrals.refresh(referral.name)
	hr.hire(hr.answer_offer(offer))
	referrals.refresh(referral.name)
	when = frappe.utils.format_datetime(f"{interview.scheduled_on} 10:00:00", "EEEE, d MMMM yyyy, HH:mm")
	steps = [line for line in subjects(reader) if "earned" not in line]
	assert steps == [
		f"We received your referral of Lin Wei: {referral.name}",
		"Lin Wei is in screening",
		f"Lin Wei has an interview on {when}",
		"Lin Wei has an offer",
		"Lin Wei has joined",
	]
	assert len(notifications_of(reader)) == len(subjects(reader))


def test_a_refusal_is_told_with_its_reason_in_the_readers_language():
	reader = make_reader("zh")
	referral = refer(reader)
	applicant = frappe.get_doc("Job Applicant", referral.job_applicant)
	applicant.update({"status": "Rejected", "referral_hub_reason": "Pay expectations differ"})
	applicant.save()
	referrals.refresh(referral.name)
	messages.send_pending()
	last = messages_to(reader, channel="Email")[-1]
	assert last.subject == "Lin Wei这次没有入选"
	assert "原因：薪资期望有差距" in last.content
	assert "职位写明薪资范围的，可以早一点和对方聊。" in last.content


def test_looking_again_tells_nothing_new():
	reader = make_reader()
	referral = refer(reader)
	before = subjects(reader)
	for _again in range(3):
		referrals.refresh(referral.name)
	assert subjects(reader) == before
	assert now_datetime() >= referral.submitted_on


def test_a_referrer_who_left_hears_nothing_more():
	reader = make_reader()
	referral = refer(reader)
	assert len(subjects(reader)) == 1
	hr.part_with_employee(reader.name)
	hr.set_applicant_status(referral.job_applicant, "Replied")
	referrals.refresh(referral.name)
	assert len(subjects(reader)) == 1


def interviews_told(reader) -> list[str]:
	dates = [
		json.loads(message.facts)["interview_on"]
		for message in messages_to(reader, channel="Email")
		if message.event == "interview_scheduled"
	]
	return sorted(dates)


def test_a_round_that_hr_renames_is_not_told_again():
	reader = make_reader()
	referral = refer(reader)
	round_name = hr.make_interview_round().name
	hr.schedule_interview(referral.job_applicant, round_name, on=hr.in_days(3))
	referrals.refresh(referral.name)
	told = interviews_told(reader)
	assert told == [f"{hr.in_days(3)} 10:00:00"]
	frappe.rename_doc("Interview Round", round_name, hr.unique("Renamed Round"))
	referrals.refresh(referral.name)
	assert interviews_told(reader) == told


def test_two_drafts_of_one_round_on_different_days_are_both_told():
	reader = make_reader()
	referral = refer(reader)
	round_name = hr.make_interview_round().name
	for days in (3, 5):
		hr.schedule_interview(referral.job_applicant, round_name, on=hr.in_days(days))
	referrals.refresh(referral.name)
	messages.send_pending()
	assert interviews_told(reader) == [f"{hr.in_days(days)} 10:00:00" for days in (3, 5)]


def interview_messages(reader) -> list[tuple[str, str]]:
	"""Return (date, state) of what the referrer reads of interviews, oldest first."""
	told = messages_to(reader, channel="Email", event="interview_scheduled")
	return [(json.loads(message.facts)["interview_on"], message.state) for message in told]


def test_of_a_moved_interview_only_the_date_that_holds_is_sent():
	reader = make_reader()
	referral = refer(reader)
	interview = hr.schedule_interview(referral.job_applicant, on=hr.in_days(3))
	referrals.refresh(referral.name)
	interview.db_set("scheduled_on", hr.in_days(5))  # as HRMS reschedules
	referrals.refresh(referral.name)
	messages.send_pending()
	assert interview_messages(reader) == [
		(f"{hr.in_days(3)} 10:00:00", "Skipped"),
		(f"{hr.in_days(5)} 10:00:00", "Sent"),
	]


def test_the_true_date_is_sent_when_a_later_interview_is_deleted_before_sending():
	reader = make_reader()
	referral = refer(reader)
	hr.schedule_interview(referral.job_applicant, on=hr.in_days(2))
	later = hr.schedule_interview(referral.job_applicant, on=hr.in_days(4))
	referrals.refresh(referral.name)
	later.delete()
	referrals.refresh(referral.name)
	messages.send_pending()
	assert interview_messages(reader) == [
		(f"{hr.in_days(2)} 10:00:00", "Sent"),
		(f"{hr.in_days(4)} 10:00:00", "Skipped"),
	]


def test_nobody_is_told_of_an_interview_of_a_referral_that_is_over_until_it_goes_on():
	reader = make_reader()
	referral = refer(reader)
	hr.schedule_interview(referral.job_applicant, on=hr.in_days(2))
	referrals.refresh(referral.name)
	hr.set_applicant_status(referral.job_applicant, "Rejected")
	referrals.refresh(referral.name)
	messages.send_pending()
	assert interview_messages(reader) == [(f"{hr.in_days(2)} 10:00:00", "Skipped")]
	hr.set_applicant_status(referral.job_applicant, "Replied")
	referrals.refresh(referral.name)
	messages.send_pending()
	assert [state for _date, state in interview_messages(reader)] == ["Skipped", "Sent"]


def test_a_candidate_is_not_told_of_an_interview_that_was_cancelled_before_sending():
	frappe.db.set_single_value("Referral Hub Settings", "tell_candidate_interview", 1)
	referral = refer(make_reader())
	interview = hr.schedule_interview(referral.job_applicant, on=hr.in_days(2))
	referrals.refresh(referral.name)
	frappe.db.set_value("Interview", interview.name, "docstatus", 2)
	messages.send_pending()
	told = {"candidate_of": referral.name, "event": "candidate_interview"}
	assert frappe.get_all("Referral Message", told, ["state", "error"], as_list=True) == (
		("Skipped", "There is no interview on that date any more."),
	)


def told_of_interviews(referral) -> list[tuple[str, str]]:
	"""Return (event, state) of every e-mail about interviews, oldest first."""
	about = {"referral": referral.name, "channel": "Email", "event": ("like", "%interview%")}
	rows = frappe.get_all(
		"Referral Message", about, ["event", "state"], order_by="creation asc", as_list=True
	)
	return list(rows)


def test_who_was_told_of_an_interview_is_told_once_that_it_is_off_and_again_of_a_new_one():
	frappe.db.set_single_value("Referral Hub Settings", "tell_candidate_interview", 1)
	reader = make_reader()
	referral = refer(reader)
	interview = hr.schedule_interview(referral.job_applicant, on=hr.in_days(2))
	referrals.refresh(referral.name)
	messages.send_pending()
	interview.delete()
	for _again in range(2):
		referrals.refresh(referral.name)
		messages.send_pending()
	both = ["interview_scheduled", "candidate_interview"], ["interview_off", "candidate_interview_off"]
	sent = [(event, "Sent") for event in (*both[0], *both[1])]
	assert told_of_interviews(referral) == sent
	day = frappe.utils.format_datetime(f"{hr.in_days(2)} 10:00:00", "EEEE, d MMMM yyyy, HH:mm")
	assert messages_to(reader, event="interview_off", channel="Email")[0].subject == (
		f"The interview of Lin Wei on {day} is off"
	)
	(latest, *_earlier) = sentences.history(reading.events_of(referral.name), "Lin Wei", str)
	assert latest.text == f"The interview of Lin Wei is off: {hr.in_days(2)} 10:00:00."
	hr.schedule_interview(referral.job_applicant, on=hr.in_days(2))
	referrals.refresh(referral.name)
	messages.send_pending()
	assert told_of_interviews(referral) == sent + [(event, "Sent") for event in both[0]]


def test_nobody_is_told_that_an_interview_is_off_of_which_they_were_not_told():
	referral = refer(make_reader())
	interview = hr.schedule_interview(referral.job_applicant, on=hr.in_days(2))
	referrals.refresh(referral.name)
	interview.delete()
	referrals.refresh(referral.name)
	messages.send_pending()
	assert told_of_interviews(referral) == [("interview_scheduled", "Skipped"), ("interview_off", "Skipped")]
