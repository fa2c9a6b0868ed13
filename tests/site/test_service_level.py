"""Nobody is left in silence: the clock of a referral, who is reminded and when, what HR writes to the referrer."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import getdate, nowdate
from referral_factories import applicant_of, followed, make_referral, timeline

from referral_hub.referrals import jobs, service
from referral_hub.referrals.rules import sla
from referral_hub.referrals.service_level import watching, words
from referral_hub.referrals.service_level.clock import Clock, read_calendar


@pytest.fixture
def monday(monkeypatch):
	"""Today is Monday 16 November 2026, on a site without Holiday List."""
	frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", None)
	be_on(monkeypatch, "2026-11-16")
	return monkeypatch


def be_on(monkeypatch, day: str) -> None:
	from datetime import datetime

	now = datetime.fromisoformat(f"{day} 09:00:00")
	for module in (
		"service_level.clock",
		"service_level.watching",
		"service_level.words",
		"deriving.following",
	):
		monkeypatch.setattr(f"referral_hub.referrals.{module}.now_datetime", lambda: now)
	monkeypatch.setattr("referral_hub.referrals.service_level.words.nowdate", lambda: day)


def watch() -> None:
	today = watching.getdate(watching.now_datetime())
	batch = watching.look("", Clock(), today)
	for name in batch.stale:
		watching.set_clock(name)
	for name in watching.look("", Clock(), today).overdue:
		watching.remind(name)


def told(referral) -> list[tuple]:
	"""Who was told what about this referral, by the bell."""
	rows = frappe.get_all(
		"Referral Message",
		{"referral": referral.name, "channel": "In-app", "event": ("like", "word_%")},
		["event", "recipient"],
		order_by="creation asc, event asc",
		as_list=True,
	)
	return [tuple(row) for row in rows]


def make_watched_referral():
	"""A referral with a recruiter and a manager who are employees."""
	recruiter = hr.make_employee(user=True, roles=("HR User",))
	manager = hr.make_employee(user=True, roles=("HR Manager", "HR User"))
	opening = hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=recruiter.user_id).insert()
	frappe.db.set_single_value("Referral Hub Settings", "hr_manager", manager.user_id)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	referral = make_referral(hr.make_employee(user=True), opening)
	return referral, recruiter.name, manager.name


def due(referral):
	return frappe.db.get_value("Referral", referral.name, "next_word_due")


def test_a_new_referral_is_to_hear_within_five_working_days(monday):
	assert due(make_referral()) == getdate("2026-11-23")


def test_the_companys_holidays_and_its_own_day_off_count(monday):
	holidays = [
		{"holiday_date": f"2026-11-{day}", "description": "Sunday", "weekly_off": 1} for day in (22, 29)
	]
	holidays.append({"holiday_date": "2026-11-18", "description": "Founding day"})
	frappe.get_doc(
		doctype="Holiday List",
		holiday_list_name="Hub Shop Days",
		from_date="2026-11-01",
		to_date="2026-11-30",
		holidays=holidays,
	).insert()
	frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", "Hub Shop Days")
	frappe.clear_document_cache("Company", hr.COMPANY)
	assert read_calendar(hr.COMPANY).weekly_off == {6}
	assert due(make_referral()) == getdate("2026-11-23")  # five days without the 18th and the 22nd


def test_a_program_has_its_own_days(monday):
	referral = make_referral()
	frappe.db.set_value("Referral Program", referral.program, "sla_submitted", 2)
	watch()
	assert due(referral) == getdate("2026-11-18")


def test_each_move_sets_the_clock_again_and_the_end_stops_it(monday):
	referral = make_referral()
	be_on(monday, "2026-11-18")
	hr.set_applicant_status(applicant_of(referral), "Replied")
	assert followed(referral).next_word_due == getdate("2026-11-25")
	hr.set_applicant_status(applicant_of(referral), "Rejected")
	assert followed(referral).next_word_due is None


def test_an_interview_ahead_is_a_word_and_the_clock_runs_from_its_day(monday):
	referral = make_referral()
	hr.schedule_interview(applicant_of(referral), on="2026-12-01")
	assert followed(referral).next_word_due == getdate("2026-12-15")


def test_overdue_reminds_the_recruiter_then_the_manager_and_tells_the_referrer_each_once(monday):
	referral, recruiter, manager = make_watched_referral()
	be_on(monday, "2026-11-23")
	watch()
	assert told(referral) == []  # due today is in time
	be_on(monday, "2026-11-24")
	watch()
	watch()
	expected = {("word_overdue", recruiter), ("word_delayed", referral.referrer)}
	assert set(told(referral)) == expected
	be_on(monday, "2026-11-25")
	watch()
	assert len(told(referral)) == 2
	be_on(monday, "2026-11-26")
	watch()
	watch()
	assert set(told(referral)) == expected | {("word_still_overdue", manager)}
	assert len(told(referral)) == 3


def test_the_referrer_reads_what_is_safe_and_when_the_next_word_comes(monday):
	referral, recruiter, _manager = make_watched_referral()
	be_on(monday, "2026-11-24")
	watch()
	facts = frappe.parse_json(
		frappe.db.get_value("Referral Message", {"referral": referral.name, "event": "word_delayed"}, "facts")
	)
	assert (facts["stage"], facts["stage_zh"]) == ("Received", "已收到")
	assert facts["next_word_on"] == "2026-11-26"
	name = frappe.db.get_value("Employee", recruiter, "employee_name")
	assert name not in frappe.as_json(facts) and recruiter not in frappe.as_json(facts)


def test_hr_without_an_employee_record_is_told_by_the_desk_in_their_language(monday):
	user = hr.make_user(roles=("HR User",), language="zh").name
	opening = hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=user).insert()
	referral = make_referral(opening=opening)
	be_on(monday, "2026-11-24")
	watch()
	watch()
	notices = frappe.get_all("Notification Log", {"for_user": user}, ["subject", "link"])
	assert [notice.subject for notice in notices] == [f"{referral.candidate_name}：推荐人在等消息"]
	assert notices[0].link.endswith(f"/referral/{referral.name}")


def test_closing_and_opening_again_does_not_remind_again_of_the_same_day(monday):
	referral, recruiter, _manager = make_watched_referral()
	be_on(monday, "2026-11-24")
	watch()
	service.close(referral.name, "Withdrawn")
	service.reopen(referral.name)
	watch()
	assert [event for event, person in told(referral) if person == recruiter] == ["word_overdue"]
	assert due(referral) == getdate("2026-12-01")
	frappe.db.set_value(
		"Referral", referral.name, {"clock_from": "2026-11-16", "recruiter_reminded_on": None}
	)
	watch()
	assert [event for event, person in told(referral) if person == recruiter] == ["word_overdue"]


def test_a_word_from_hr_is_told_once_and_sets_the_clock_by_what_was_promised(monday):
	referral, *_people = make_watched_referral()
	be_on(monday, "2026-11-24")
	watch()
	words.say(referral.name, "<b>The team</b> is back on Monday.", next_word_by="2026-12-14", on_hold=True)
	row = frappe.get_doc("Referral", referral.name)
	assert row.next_word_due == getdate("2026-12-14")
	assert row.recruiter_reminded_on is None
	assert timeline(referral)[-1] == (2, "Note", "Submitted", "Open")
	message = frappe.get_value(
		"Referral Message", {"referral": referral.name, "event": "word_from_hr"}, ["recipient", "facts"]
	)
	assert message[0] == referral.referrer
	assert frappe.parse_json(message[1])["words"] == "<b>The team</b> is back on Monday."
	be_on(monday, "2026-11-30")
	watch()
	assert "word_still_overdue" not in [event for event, _person in told(referral)]


@pytest.mark.parametrize(
	("text", "by", "error"),
	[
		("  ", None, words.EmptyWord),
		("x" * 1001, None, words.EmptyWord),
		("Soon", "2026-11-15", words.UnlikelyDate),
		("Soon", "2028-01-01", words.UnlikelyDate),
	],
)
def test_a_word_that_says_nothing_or_promises_the_impossible_is_refused(monday, text, by, error):
	referral = make_referral()
	with pytest.raises(error):
		words.say(referral.name, text, by)
	assert len(timeline(referral)) == 1


def test_nobody_writes_to_the_referrer_of_what_is_closed(monday):
	referral = make_referral()
	service.close(referral.name, "Withdrawn")
	with pytest.raises(service.NotOpen):
		words.say(referral.name, "Hello")


def test_a_referral_from_before_the_clock_starts_today_and_floods_nobody(monday):
	referral = make_referral()
	frappe.db.set_value("Referral", referral.name, {"clock_from": None, "next_word_due": None})
	watch()
	assert due(referral) == getdate("2026-11-23")
	assert told(referral) == []


def test_a_run_that_was_killed_goes_on_where_it_stopped(commits, monkeypatch):
	first, second = sorted(make_referral().name for _ in range(2))
	frappe.db.set_value("Referral", {"name": ("in", [first, second])}, "next_word_due", None)
	frappe.db.set_single_value("Referral Hub Settings", "sla_cursor", first)
	commits.at_end(lambda: frappe.db.set_single_value("Referral Hub Settings", "sla_cursor", ""))
	commits.commit()
	assert jobs.watch_all()["set"] == 1
	assert frappe.db.get_value("Referral", first, "next_word_due") is None
	assert jobs.watch_all()["set"] == 1
	assert frappe.db.get_value("Referral", first, "next_word_due") == sla.after_working_days(
		read_calendar(hr.COMPANY), getdate(nowdate()), 5
	)
