"""What the referrer hears while HR works in HRMS, from the first word to the pay-out or the refusal."""

import json

import frappe
import site_factories as hr
from frappe.utils import add_to_date, now_datetime, today
from message_factories import make_reader, messages_to, notifications_of

from referral_hub.messages import service as messages
from referral_hub.referrals import service as referrals
from referral_hub.referrals.rules.ownership import Candidate


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
	assert interviews_told(reader) == [f"{hr.in_days(days)} 10:00:00" for days in (3, 5)]
