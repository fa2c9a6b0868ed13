"""The pool fills itself from what HR does in HRMS: nobody types a person twice, and whoever was hired is not called."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import now_datetime
from referral_factories import applicant_of, followed, make_candidate, make_referral, unique_phone

from referral_hub import tasks
from referral_hub.api import desk_talent
from referral_hub.talent import service
from referral_hub.talent.archive.contacts import NoContact, NotYet
from referral_hub.talent.capturing import applying, looking

POOL = "Talent Pool Record"


def look_at(*applicants):
	return service.look_at([applicant.name for applicant in applicants])


def record_of(applicant):
	return frappe.get_doc(POOL, {"job_applicant": applicant.name})


def accepted(days_late: int = 10, **fields):
	"""Somebody accepted and should have come so many days ago."""
	applicant = hr.make_applicant(hr.make_opening(), phone_number=f"+86{unique_phone()}", **fields)
	offer = hr.make_offer(applicant, referral_hub_joining_date=hr.days_ago(days_late))
	hr.answer_offer(offer, "Accepted")
	return applicant


def reject(applicant, reason: str | None = None):
	applicant = hr.set_applicant_status(applicant, "Rejected")
	if reason:
		applicant.db_set("referral_hub_reason", reason)
	return applicant


def reason_of(kind: str) -> str:
	return frappe.db.get_value("Referral Reason", {"applies_to": kind, "enabled": 1}, "name", order_by="idx")


@pytest.fixture
def medallist():
	"""Rejected after a round that got four stars and some words."""
	interviewer = hr.make_user(roles=("Interviewer",)).name
	opening = hr.make_opening()
	applicant = hr.make_applicant(
		opening, lower_range=20000, upper_range=26000, currency="CNY", phone_number=f"+86{unique_phone()}"
	)
	interview = hr.schedule_interview(applicant, hr.make_interview_round(interviewers=(interviewer,)))
	frappe.set_user(interviewer)
	feedback = hr.give_feedback(interview, interviewer, rating=0.8)
	feedback.db_set("feedback", "Clear mind, knows the trade.")
	frappe.set_user("Administrator")
	return reject(applicant)


def apply_again(applicant):
	"""The same name and number, with another e-mail."""
	name, number = applicant.applicant_name, applicant.phone_number
	return hr.make_applicant(hr.make_opening(), name=name, phone_number=number)


def test_a_silver_medallist_nobody_referred_is_kept_with_the_archive(medallist):
	assert look_at(medallist).kept == 1
	record = record_of(medallist)
	assert (record.state, record.reason, record.person_name) == (
		"In Pool",
		"Silver Medal",
		medallist.applicant_name,
	)
	assert (record.expected_pay_from, record.expected_pay_to, record.pay_currency) == (20000, 26000, "CNY")
	assert (record.designation, record.applied_for) == (medallist.designation, medallist.job_title)
	assert (record.interview_rounds, round(record.interview_rating, 2)) == (1, 0.8)
	(application,) = desk_talent.archive(record.name)["applications"]
	(said,) = application["rounds"][0]["feedback"]
	assert (said["words"], said["result"]) == ("Clear mind, knows the trade.", "Cleared")


def test_looking_again_changes_nothing(medallist):
	look_at(medallist)
	record = record_of(medallist)
	record.db_set({"state": "Resting", "captured_on": "2026-01-05 10:00:00"})
	look_at(medallist)
	again = record_of(medallist)
	assert (again.name, again.state, str(again.captured_on)) == (
		record.name,
		"Resting",
		"2026-01-05 10:00:00",
	)


def test_a_silver_medallist_whose_application_is_opened_again_is_not_called_until_it_ends(medallist):
	look_at(medallist)
	assert applying.follow([medallist.name]) == 0
	reopened = hr.set_applicant_status(medallist, "Open")
	assert applying.follow([medallist.name]) == 1
	record = record_of(medallist)
	assert (record.state, record.job_opening) == ("Matched", medallist.job_title)
	assert applying.over() == []
	look_at(reject(reopened))
	assert applying.come_back(applying.over()) == 1
	assert record.reload().state == "In Pool"
	assert applying.follow([medallist.name]) == 0


def test_interviewers_words_are_for_whom_hrms_lets_read_them(medallist, as_user):
	look_at(medallist)
	record = record_of(medallist).name
	interviewer = hr.make_employee(user=True, roles=("Interviewer",)).user_id
	as_user(hr.make_user(roles=("System Manager",)).name)
	shown = desk_talent.archive(record)
	(said,) = shown["applications"][0]["rounds"][0]["feedback"]
	assert shown["words_are_hidden"]
	assert sorted(said) == ["by", "rating", "result"]
	as_user(interviewer)
	with pytest.raises(frappe.PermissionError):
		desk_talent.archive(record)


def test_a_no_show_is_proposed_and_hr_confirms_it_with_a_reason(as_user):
	applicant = accepted()
	assert look_at(applicant).kept == 1
	record = record_of(applicant)
	assert (record.state, record.reason, str(record.happened_on)) == ("Proposed", "No-show", hr.days_ago(10))
	as_user(hr.make_hr_manager().name)
	with pytest.raises(frappe.ValidationError, match="Please choose why the person did not come"):
		desk_talent.confirm_no_show(record.name, reason_of("Withdrawn"))
	reason = reason_of("No-show")
	desk_talent.confirm_no_show(record.name, reason, "A raise at home.")
	record.reload()
	assert (record.state, record.reason_given, record.reason_text) == ("In Pool", reason, "A raise at home.")
	with pytest.raises(frappe.ValidationError, match="answered already"):
		desk_talent.reject_no_show(record.name)
	look_at(applicant)
	assert record_of(applicant).state == "In Pool"


def test_a_no_show_that_is_none_is_not_proposed_again():
	applicant = accepted()
	look_at(applicant)
	desk_talent.reject_no_show(record_of(applicant).name)
	look_at(applicant)
	assert record_of(applicant).state == "Closed"


def test_confirming_ends_the_referral_too():
	referral = make_referral()
	offer = hr.make_offer(applicant_of(referral), referral_hub_joining_date=hr.days_ago(9))
	hr.answer_offer(offer, "Accepted")
	followed(referral)
	look_at(applicant_of(referral))
	record = record_of(applicant_of(referral))
	assert (record.state, record.first_referrer) == ("Proposed", referral.referrer)
	desk_talent.confirm_no_show(record.name, reason_of("No-show"))
	ended = frappe.get_doc("Referral", referral.name)
	assert (ended.outcome, ended.reason) == ("No-show", reason_of("No-show"))
	look_at(applicant_of(referral))
	record.reload()
	assert (record.state, record.reason_given) == ("In Pool", reason_of("No-show"))


def test_an_employee_made_in_advance_who_never_arrived_is_proposed():
	applicant = accepted(days_late=10)
	offer = frappe.get_doc("Job Offer", {"job_applicant": applicant.name})
	employee = hr.hire(offer, date_of_joining=hr.days_ago(10))
	assert look_at(applicant).kept == 0
	hr.part_with_employee(employee, on=hr.days_ago(10))
	assert look_at(applicant).kept == 1
	assert record_of(applicant).state == "Proposed"


def test_one_person_has_one_record_however_they_came(medallist):
	"""By e-mail first, by phone another time, in another spelling: and the newest reason counts."""
	look_at(medallist)
	record = record_of(medallist)
	again = hr.make_applicant(
		hr.make_opening(),
		name=medallist.applicant_name.upper(),
		phone_number=medallist.phone_number.replace("+86", ""),
	)
	hr.answer_offer(hr.make_offer(again, offer_date=hr.in_days(1)), "Rejected")
	look_at(reject(again))
	same = {"job_applicant": ("in", [medallist.name, again.name])}
	assert frappe.get_all(POOL, same, pluck="name") == [record.name]
	record.reload()
	assert (record.job_applicant, record.reason, record.email) == (
		again.name,
		"Declined Offer",
		again.email_id,
	)
	look_at(medallist)
	assert record_of(again).reason == "Declined Offer"


def test_two_records_that_turn_out_to_be_one_person_become_one():
	email, phone = hr.unique_email(), f"+86{unique_phone()}"
	older = frappe.get_doc(
		doctype=POOL, person_name="Mei", email=email, company=hr.COMPANY, note="Kind"
	).insert()
	newer = frappe.get_doc(doctype=POOL, person_name="M. Lin", phone=phone, company=hr.COMPANY, note="Fast")
	newer.insert()
	older.db_set("creation", f"{hr.days_ago(3)} 10:00:00")
	spoken = service.note(newer.name, "Call", "She asked about the night shift.", direction="Out")
	applicant = hr.make_applicant(hr.make_opening(), email=email, phone_number=phone)
	desk_talent.pick(applicant.name, "Brilliant")
	assert not frappe.db.exists(POOL, newer.name)
	older.reload()
	assert (older.note, older.contacts, older.phone) == ("Kind\nFast\nBrilliant", 1, phone)
	assert frappe.db.get_value("Talent Interaction", spoken, "record") == older.name


def test_whoever_is_hired_is_not_called_any_more(medallist):
	look_at(medallist)
	again = apply_again(medallist)
	hr.hire_applicant(again)
	assert look_at(again).hired == 1
	assert record_of(again).state == "Hired"
	look_at(medallist)
	assert record_of(again).state == "Hired"


def test_whoever_works_here_is_not_kept_by_whatever_way_they_came(medallist):
	hr.make_employee(cell_number=medallist.phone_number)
	assert look_at(medallist).kept == 0


def test_whoever_asked_to_be_forgotten_is_not_kept():
	referral = make_referral(candidate=make_candidate())
	service_of = applicant_of(referral)
	hr.answer_offer(hr.make_offer(service_of), "Rejected")
	followed(referral).db_set("erasure_asked_on", frappe.utils.now_datetime())
	assert look_at(reject(service_of)).kept == 0


def test_a_no_stays_a_no(medallist):
	look_at(medallist)
	record = record_of(medallist)
	desk_talent.do_not_contact(record.name, "Please don't.")
	again = apply_again(medallist)
	hr.answer_offer(hr.make_offer(again, offer_date=hr.in_days(1)), "Rejected")
	look_at(reject(again))
	record.reload()
	assert (record.state, record.state_reason, record.reason) == (
		"Do Not Contact",
		"Please don't.",
		"Declined Offer",
	)


def test_what_moved_is_found_without_a_hint(medallist):
	late, early = accepted(days_late=10), accepted(days_late=-10)
	for doctype, column in (("Job Applicant", "name"), ("Job Offer", "job_applicant")):
		of_both = {column: ("in", [late.name, early.name])}
		frappe.db.set_value(doctype, of_both, "modified", "2020-01-01", update_modified=False)
	moved = looking.moved_since(frappe.utils.get_datetime(f"{hr.days_ago(0)} 00:00:00"))
	assert [one.name in moved for one in (medallist, late, early)] == [True, True, False]


def test_contacts_are_added_and_never_changed(as_user, medallist):
	look_at(medallist)
	record = record_of(medallist).name
	as_user(hr.make_user(roles=("HR User",)).name)
	name = desk_talent.log_contact(record, "Call", "She likes the new team.", "Out")
	with pytest.raises(NotYet):
		desk_talent.log_contact(record, "Call", "Tomorrow", "Out", f"{hr.in_days(1)} 10:00:00")
	for kind, direction in (("Telegram", "Out"), ("Call", "Sideways")):
		with pytest.raises(NoContact):
			desk_talent.log_contact(record, kind, "No such thing", direction)
	contacts, last = frappe.db.get_value(POOL, record, ["contacts", "last_contact_on"])
	assert (contacts, str(last)[:10]) == (1, hr.days_ago(0))
	row = frappe.get_doc("Talent Interaction", name)
	row.summary = "She never said so."
	with pytest.raises(frappe.PermissionError):
		row.save()
	(shown,) = desk_talent.archive(record)["contacts"]
	assert (shown.kind, shown.direction, shown.summary) == ("Call", "Out", "She likes the new team.")


def test_the_hourly_task_begins_on_a_site_that_never_looked_and_goes_on_from_there(medallist, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	moments, moved_since = [], looking.moved_since

	def remembering(moment):
		moments.append(moment)
		return [name for name in moved_since(moment) if name == medallist.name]

	monkeypatch.setattr(looking, "moved_since", remembering)
	frappe.db.set_single_value("Referral Hub Settings", "pool_looked_until", None)
	tasks.fill_talent_pool()
	assert record_of(medallist).reason == "Silver Medal"
	first = now_datetime()
	tasks.fill_talent_pool()
	assert [round((first - moment).total_seconds() / 60, -1) for moment in moments] == [30 * 24 * 60, 10]
