"""Why it did not work out: asked where a person rejects, never in the way of HRMS, told to the referrer, missing in the queue."""

import frappe
import pytest
import site_factories as hr
from referral_factories import applicant_of, followed, make_referral, timeline

from referral_hub.api import desk_words
from referral_hub.referral_hub.report.referral_queue import referral_queue
from referral_hub.referrals.showing import sentences
from referral_hub.referrals.showing.reading import events_of

REASON = "Experience does not match yet"


@pytest.fixture(autouse=True)
def reasons():
	from referral_hub.setup.words.reasons import make_reasons

	make_reasons()


def missing(**filters) -> list[str]:
	return [row["referral"] for row in referral_queue.execute({"show": "Reason Missing", **filters})[1]]


def told(referral) -> list[tuple]:
	rows = frappe.get_all(
		"Referral Message",
		{"referral": referral.name, "channel": "In-app"},
		["event", "facts"],
		order_by="creation asc",
	)
	facts = [frappe.parse_json(row.facts) for row in rows]
	return [(row.event, fact.get("reason"), fact.get("hint")) for row, fact in zip(rows, facts, strict=True)]


def read_by_referrer(referral) -> list[tuple]:
	entries = sentences.history(events_of(referral.name), referral.candidate_name, str)
	return [(entry.text, entry.reason, entry.hint) for entry in entries]


def asked() -> list[dict]:
	"""The applicants whose rejection somebody was asked about."""
	titled = [
		message for message in frappe.local.message_log if message.get("title") == "Tell the Referrer Why"
	]
	return [message["primary_action"]["args"] for message in titled]


def make_told_referral():
	return make_referral(hr.make_employee(user=True))


def test_a_reason_in_the_form_reaches_the_referrer_with_hrs_own_hint_and_no_notes():
	referral = make_told_referral()
	applicant = applicant_of(referral)
	applicant.update(
		{
			"status": "Rejected",
			"referral_hub_reason": REASON,
			"referral_hub_hint": "Ask about night shifts.",
			"notes": "rude on the phone",
		}
	)
	applicant.save()
	row = followed(referral)
	assert (row.outcome, row.reason, row.hint) == ("Not Selected", REASON, "Ask about night shifts.")
	assert told(referral)[-1] == ("not_selected", REASON, "Ask about night shifts.")
	assert read_by_referrer(referral)[0][1:] == (REASON, "Ask about night shifts.")
	assert "rude" not in frappe.as_json([told(referral), read_by_referrer(referral)])
	assert missing() == []


def test_without_words_of_hr_the_hint_of_the_reason_is_told():
	referral = make_told_referral()
	applicant = applicant_of(referral)
	applicant.update({"status": "Rejected", "referral_hub_reason": REASON})
	applicant.save()
	followed(referral)
	hint = frappe.db.get_value("Referral Reason", REASON, "hint")
	assert told(referral)[-1] == ("not_selected", REASON, hint)
	assert read_by_referrer(referral)[0][1:] == (REASON, hint)


def test_rejected_in_the_database_alone_it_waits_in_the_queue_and_the_reason_is_told_later_once():
	referral = make_told_referral()
	frappe.db.set_value("Job Applicant", applicant_of(referral).name, "status", "Rejected")
	assert followed(referral).outcome == "Not Selected"
	assert missing() == [referral.name]
	desk_words.give_reason(applicant_of(referral).name, REASON, "Look at the must-haves.")
	followed(referral)
	followed(referral)
	assert missing() == []
	assert [event for event, *_words in told(referral)] == [
		"referral_received",
		"not_selected",
		"reason_given",
	]
	assert told(referral)[-1] == ("reason_given", REASON, "Look at the must-haves.")
	assert timeline(referral)[-1][1:] == ("Note", "Submitted", "Not Selected")
	assert read_by_referrer(referral)[0] == (
		f"HR said more about why it ended for {referral.candidate_name}.",
		REASON,
		"Look at the must-haves.",
	)


def test_hrms_rejects_after_a_declined_offer_without_being_asked():
	referral = make_told_referral()
	hr.answer_offer(hr.make_offer(applicant_of(referral)), "Rejected")
	assert applicant_of(referral).status == "Rejected"
	assert followed(referral).outcome == "Declined Offer"
	assert asked() == []
	assert missing() == []  # the candidate said no


def test_hrms_rejects_after_an_interview_without_being_asked():
	from hrms.hr.doctype.interview.interview import update_job_applicant_status

	referral = make_told_referral()
	hr.finish_interview(hr.schedule_interview(applicant_of(referral)), "Rejected")
	update_job_applicant_status({"job_applicant": applicant_of(referral).name, "status": "Rejected"})
	assert applicant_of(referral).status == "Rejected"
	assert followed(referral).outcome == "Not Selected"
	assert asked() == []
	assert missing() == [referral.name]


@pytest.mark.parametrize(
	"cmd",
	[
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card",
	],
)
def test_in_the_list_and_on_the_board_a_person_is_asked_afterwards_once(cmd):
	first, second = make_told_referral(), make_told_referral()
	frappe.form_dict.cmd = cmd
	for referral in (first, second):
		hr.set_applicant_status(applicant_of(referral), "Rejected")
	assert asked() == [{"applicant": applicant_of(first).name}]
	hr.set_applicant_status(hr.make_applicant(), "Rejected")
	assert len(asked()) == 1


@pytest.mark.parametrize(
	("status", "reason", "words"),
	[
		("Open", REASON, "is not rejected any more"),
		("Rejected", "No such reason", "choose a reason from the list"),
	],
)
def test_a_reason_is_given_only_for_the_rejected_and_only_from_the_list(status, reason, words):
	referral = make_told_referral()
	frappe.db.set_value("Job Applicant", applicant_of(referral).name, "status", status)
	with pytest.raises(frappe.ValidationError, match=words):
		desk_words.give_reason(applicant_of(referral).name, reason)


def test_nobody_outside_hr_gives_reasons_or_words(as_user):
	referral, colleague = make_told_referral(), hr.make_employee(user=True)
	as_user(colleague.user_id)
	for attempt in (
		lambda: desk_words.give_reason(referral.job_applicant, REASON),
		lambda: desk_words.say_word(referral.name, "Hello"),
		lambda: desk_words.referred_applicants([referral.job_applicant]),
		lambda: desk_words.reasons(),
	):
		with pytest.raises(frappe.PermissionError):
			attempt()


def test_the_queue_shows_what_is_most_overdue_first_and_only_to_those_who_may(as_user):
	recruiter = hr.make_user(roles=("HR User",)).name
	opening = hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=recruiter).insert()
	late, later, fresh = (make_referral(opening=opening) for _ in range(3))
	frappe.db.set_value("Referral", later.name, "next_word_due", "2026-01-12")
	frappe.db.set_value("Referral", late.name, "next_word_due", "2026-01-05")
	rows = referral_queue.execute({"recruiter": recruiter})[1]
	assert [row["referral"] for row in rows] == [late.name, later.name, fresh.name]
	assert [row["late"] > 0 for row in rows] == [True, True, False]
	only = referral_queue.execute({"recruiter": recruiter, "only_overdue": 1})[1]
	assert [row["referral"] for row in only] == [late.name, later.name]
	stranger = hr.make_user(roles=("HR User",)).name
	company = frappe.get_doc(
		doctype="Company", company_name="Hub Queue Two", abbr="HQT", default_currency="CNY"
	)
	company.name = company.company_name
	company.db_insert()
	permission = {"user": stranger, "allow": "Company", "for_value": company.name}
	frappe.get_doc({"doctype": "User Permission", "apply_to_all_doctypes": 1, **permission}).insert()
	as_user(stranger)
	assert referral_queue.execute({"job_opening": opening.name})[1] == []
	assert desk_words.referred_applicants([late.job_applicant]) == {}


def test_beside_an_applicant_hr_reads_who_since_when_and_what_may_be_skipped():
	referral = make_told_referral()
	rounds = [hr.make_interview_round().name for _ in range(2)]
	program = frappe.get_doc("Referral Program", referral.program)
	program.update({"green_channel": 1, "skippable_rounds": [{"interview_round": name} for name in rounds]})
	program.save()
	stranger = hr.make_applicant().name
	found = desk_words.referred_applicants([referral.job_applicant, stranger])
	assert list(found) == [referral.job_applicant]
	shown = found[referral.job_applicant]
	assert shown["referral"] == referral.name
	assert shown["referrer_name"] == referral.referrer_name
	assert shown["green_rounds"] == rounds
	assert shown["late"] is False


def test_the_green_channel_counts_towards_the_required_rounds_and_is_recorded():
	opening = hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, required_rounds=2).insert()
	referral = make_referral(opening=opening)
	phone, talk = hr.make_interview_round().name, hr.make_interview_round().name
	program = frappe.get_doc("Referral Program", referral.program)
	program.update({"green_channel": 1, "skippable_rounds": [{"interview_round": phone}]})
	program.save()
	assert followed(referral).stage == "Submitted"
	hr.finish_interview(hr.schedule_interview(applicant_of(referral), talk))
	assert followed(referral).stage == "Selected"
	facts = frappe.get_all(
		"Referral Event", {"referral": referral.name, "stage": "Selected"}, pluck="facts", order_by="seq asc"
	)
	assert frappe.parse_json(facts[0])["waived_rounds"] == [phone]
