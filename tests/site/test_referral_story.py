"""A referral follows what HR does in HRMS, on real documents, forwards and backwards, however HR does it."""

import frappe
import pytest
from frappe.client import set_value
from frappe.desk.form.assign_to import add as assign
from frappe.desk.form.assign_to import remove as unassign
from frappe.utils import add_days, get_datetime, getdate, nowdate
from referral_factories import applicant_of, followed, make_referral, standing, timeline
from site_factories import (
	answer_offer,
	confirm_employee,
	days_ago,
	finish_interview,
	hire,
	in_days,
	make_applicant,
	make_employee,
	make_interview_round,
	make_offer,
	make_opening,
	part_with_employee,
	schedule_interview,
	set_applicant_status,
)

from referral_hub.referrals import service

# forwards


def test_from_referral_to_probation_passed():
	referral = make_referral()
	applicant = applicant_of(referral)
	set_applicant_status(applicant, "Replied")
	assert standing(referral) == ("Screening", "Open")
	interview = schedule_interview(applicant, on=in_days(3))
	assert standing(referral) == ("Interviewing", "Open")
	finish_interview(interview, "Cleared")
	assert standing(referral) == ("Interviewing", "Open")
	offer = make_offer(applicant, submit=False)
	assert standing(referral) == ("Selected", "Open")
	offer.submit()
	assert standing(referral) == ("Offered", "Open")
	employee = hire(answer_offer(offer), date_of_joining=days_ago(10))
	assert standing(referral) == ("Joined", "Hired")
	confirm_employee(employee)
	assert standing(referral) == ("Confirmed", "Hired")
	part_with_employee(employee)
	assert standing(referral) == ("Confirmed", "Left")
	assert [row[1:] for row in timeline(referral)] == [
		("Stage", "Submitted", "Open"),
		("Stage", "Screening", "Open"),
		("Stage", "Interviewing", "Open"),
		("Interview", "Interviewing", "Open"),
		("Stage", "Selected", "Open"),
		("Stage", "Offered", "Open"),
		("Stage", "Joined", "Hired"),
		("Outcome", "Joined", "Hired"),
		("Stage", "Confirmed", "Hired"),
		("Outcome", "Confirmed", "Left"),
	]


def test_dates_and_the_hire_are_kept():
	referral = make_referral()
	offer = make_offer(applicant_of(referral), offer_date=days_ago(30))
	employee = hire(answer_offer(offer), date_of_joining=days_ago(20))
	confirm_employee(employee, days_ago(2))
	row = followed(referral)
	assert (row.offered_on, row.joined_on, row.confirmed_on) == tuple(
		getdate(days_ago(days)) for days in (30, 20, 2)
	)
	assert row.hired_employee == employee.name
	part_with_employee(employee)
	assert followed(referral).left_on == getdate(nowdate())


def test_events_are_numbered_without_gaps():
	referral = make_referral()
	set_applicant_status(applicant_of(referral), "Replied")
	followed(referral)
	set_applicant_status(applicant_of(referral), "Rejected")
	row = followed(referral)
	assert [seq for seq, *_rest in timeline(referral)] == [1, 2, 3]
	assert row.last_event_seq == 3


def test_looking_twice_changes_nothing():
	referral = make_referral()
	make_offer(applicant_of(referral))
	assert service.refresh(referral.name) is True
	assert service.refresh(referral.name) is False
	assert len(timeline(referral)) == 2


def test_everything_at_once_is_one_stage_event_that_names_what_was_skipped():
	referral = make_referral()
	applicant = applicant_of(referral)
	finish_interview(schedule_interview(applicant))
	hire(answer_offer(make_offer(applicant)))
	followed(referral)
	[event] = frappe.get_all(
		"Referral Event", {"referral": referral.name, "stage": "Joined", "kind": "Stage"}, ["facts"]
	)
	assert frappe.parse_json(event.facts)["skipped"] == ["Screening", "Interviewing", "Selected", "Offered"]


def test_the_order_in_which_hr_works_does_not_matter():
	"""The employee first, then the offer, then the interview: as far as one who did it in order."""
	referral = make_referral()
	applicant = applicant_of(referral)
	employee = frappe.get_doc(
		doctype="Employee",
		first_name="Early",
		company=referral.company,
		gender="Female",
		date_of_birth="1990-01-01",
		date_of_joining=nowdate(),
		status="Active",
		job_applicant=applicant.name,
	).insert()
	assert standing(referral) == ("Joined", "Hired")
	make_offer(applicant)
	assert standing(referral) == ("Joined", "Hired")
	schedule_interview(applicant, on=days_ago(5))
	assert standing(referral) == ("Joined", "Hired")
	assert followed(referral).hired_employee == employee.name


@pytest.mark.parametrize("status", ["Replied", "Hold", "Accepted"])
def test_hr_touching_the_status_is_screening(status):
	referral = make_referral()
	set_applicant_status(applicant_of(referral), status)
	assert standing(referral) == ("Screening", "Open")


def test_rating_the_applicant_is_screening():
	referral = make_referral()
	applicant = applicant_of(referral)
	applicant.applicant_rating = 0.6
	applicant.save()
	assert standing(referral) == ("Screening", "Open")


def test_giving_the_applicant_to_somebody_is_screening_and_taking_it_back_is_not():
	referral = make_referral()
	name = applicant_of(referral).name
	assign({"assign_to": ["Administrator"], "doctype": "Job Applicant", "name": name, "description": "Look"})
	assert standing(referral) == ("Screening", "Open")
	unassign("Job Applicant", name, "Administrator")
	assert standing(referral) == ("Submitted", "Open")


# interviews


def test_the_next_interview_is_shown_and_told_with_date_and_time():
	referral = make_referral()
	schedule_interview(applicant_of(referral), on=in_days(3), from_time="14:30:00", to_time="15:00:00")
	row = followed(referral)
	at = get_datetime(f"{in_days(3)} 14:30:00")
	assert row.next_interview_on == at
	[told] = frappe.get_all(
		"Referral Event", {"referral": referral.name, "kind": "Interview"}, ["happened_on"]
	)
	assert told.happened_on == at


def test_a_moved_interview_is_told_again_and_an_unchanged_one_is_not():
	referral = make_referral()
	interview = schedule_interview(applicant_of(referral), on=in_days(3))
	followed(referral)
	interview.reschedule_interview(in_days(5), "09:00:00", "10:00:00")
	assert followed(referral).next_interview_on == get_datetime(f"{in_days(5)} 09:00:00")
	set_applicant_status(applicant_of(referral), "Replied")
	followed(referral)
	told = frappe.get_all(
		"Referral Event",
		{"referral": referral.name, "kind": "Interview"},
		pluck="happened_on",
		order_by="seq asc",
	)
	assert told == [get_datetime(f"{in_days(3)} 10:00:00"), get_datetime(f"{in_days(5)} 09:00:00")]


def test_the_second_round_comes_after_the_first():
	referral = make_referral()
	applicant = applicant_of(referral)
	schedule_interview(applicant, on=in_days(2))
	schedule_interview(applicant, on=in_days(4))
	assert followed(referral).next_interview_on == get_datetime(f"{in_days(2)} 10:00:00")
	assert [row[1] for row in timeline(referral)].count("Interview") == 2


def test_an_interview_entered_afterwards_is_not_announced():
	referral = make_referral()
	schedule_interview(applicant_of(referral), on=days_ago(2))
	row = followed(referral)
	assert (row.stage, row.next_interview_on) == ("Interviewing", None)
	assert [row[1] for row in timeline(referral)] == ["Stage", "Stage"]


def test_the_opening_says_how_many_rounds_there_are():
	opening = make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, required_rounds=2).insert()
	referral = make_referral(opening=opening)
	applicant = applicant_of(referral)
	finish_interview(schedule_interview(applicant, make_interview_round()))
	assert standing(referral) == ("Interviewing", "Open")
	finish_interview(schedule_interview(applicant, make_interview_round()))
	assert standing(referral) == ("Selected", "Open")


def test_who_cleared_one_round_is_not_told_selected_while_more_may_come():
	referral = make_referral()
	applicant = applicant_of(referral)
	finish_interview(schedule_interview(applicant, make_interview_round()))
	assert standing(referral) == ("Interviewing", "Open")
	schedule_interview(applicant, make_interview_round())
	assert standing(referral) == ("Interviewing", "Open")
	assert "Correction" not in [row[1] for row in timeline(referral)]


# the way out


def reason(applies_to):
	name = f"Reason {frappe.generate_hash(length=6)}"
	return frappe.get_doc(doctype="Referral Reason", reason=name, applies_to=applies_to).insert().name


@pytest.mark.parametrize(
	("applies_to", "outcome"),
	[("Not Selected", "Not Selected"), ("Withdrawn", "Withdrawn"), ("No-show", "No-show")],
)
def test_a_rejection_means_what_its_reason_says(applies_to, outcome):
	referral = make_referral()
	applicant = applicant_of(referral)
	applicant.update({"status": "Rejected", "referral_hub_reason": reason(applies_to)})
	applicant.save()
	row = followed(referral)
	assert (row.stage, row.outcome, row.reason) == ("Submitted", outcome, applicant.referral_hub_reason)


def test_a_declined_offer_is_the_candidates_no_although_hrms_rejects_the_applicant():
	referral = make_referral()
	answer_offer(make_offer(applicant_of(referral)), "Rejected")
	assert frappe.db.get_value("Job Applicant", referral.job_applicant, "status") == "Rejected"
	assert standing(referral) == ("Offered", "Declined Offer")


def test_a_rejection_taken_back_is_a_correction():
	referral = make_referral()
	set_applicant_status(applicant_of(referral), "Rejected")
	assert standing(referral) == ("Submitted", "Not Selected")
	set_applicant_status(applicant_of(referral), "Hold")
	assert standing(referral) == ("Screening", "Open")
	assert [entry[1:] for entry in timeline(referral)[-2:]] == [
		("Correction", "Submitted", "Open"),
		("Stage", "Screening", "Open"),
	]


def test_who_is_rejected_at_once_was_never_in_screening():
	"""Neither the referrer reads it, nor is its milestone earned; whoever was in screening before stays so."""
	referral, looked_at = make_referral(make_employee(user=True)), make_referral()
	set_applicant_status(applicant_of(referral), "Rejected")
	assert standing(referral) == ("Submitted", "Not Selected")
	told = frappe.get_all("Referral Message", {"referral": referral.name, "channel": "In-app"}, pluck="event")
	assert sorted(told) == ["not_selected", "referral_received"]
	set_applicant_status(applicant_of(looked_at), "Replied")
	followed(looked_at)
	set_applicant_status(applicant_of(looked_at), "Rejected")
	assert standing(looked_at) == ("Screening", "Not Selected")
	assert service.refresh(looked_at.name) is False


def test_a_cancelled_interview_and_a_cancelled_offer_take_the_stage_back():
	referral = make_referral()
	applicant = applicant_of(referral)
	interview = finish_interview(schedule_interview(applicant))
	offer = make_offer(applicant)
	assert standing(referral) == ("Offered", "Open")
	offer.cancel()
	assert standing(referral) == ("Interviewing", "Open")
	interview.reload()
	interview.cancel()
	assert standing(referral) == ("Submitted", "Open")
	assert [row[1] for row in timeline(referral)] == ["Stage", "Stage", "Correction", "Correction"]


def test_an_amended_offer_stands_again():
	referral = make_referral()
	offer = make_offer(applicant_of(referral))
	offer.cancel()
	amended = frappe.copy_doc(offer)
	amended.update({"amended_from": offer.name, "docstatus": 0})
	amended.insert()
	assert standing(referral) == ("Selected", "Open")
	amended.submit()
	assert standing(referral) == ("Offered", "Open")


def test_a_deleted_interview_takes_the_stage_back():
	referral = make_referral()
	interview = schedule_interview(applicant_of(referral), on=in_days(1))
	assert standing(referral) == ("Interviewing", "Open")
	interview.delete()
	row = followed(referral)
	assert (row.stage, row.next_interview_on) == ("Submitted", None)


def test_a_deleted_employee_takes_the_hire_back():
	referral = make_referral()
	employee = hire(answer_offer(make_offer(applicant_of(referral))))
	assert standing(referral) == ("Joined", "Hired")
	employee.delete()
	row = followed(referral)
	assert (row.stage, row.outcome, row.hired_employee, row.joined_on) == ("Offered", "Open", None, None)
	assert timeline(referral)[-1][1] == "Correction"


def test_an_employee_moved_to_another_applicant_moves_the_hire():
	one, other = make_referral(), make_referral()
	employee = hire(answer_offer(make_offer(applicant_of(one))))
	assert standing(one) == ("Joined", "Hired")
	employee.reload()
	employee.job_applicant = applicant_of(other).name
	employee.save()
	assert (standing(one), standing(other)) == (("Offered", "Open"), ("Joined", "Hired"))


def test_an_employee_who_left_and_came_back_is_hired_again():
	referral = make_referral()
	employee = part_with_employee(hire(answer_offer(make_offer(applicant_of(referral)))))
	assert standing(referral) == ("Joined", "Left")
	employee.reload()
	employee.update({"status": "Active", "relieving_date": None})
	employee.save()
	assert standing(referral) == ("Joined", "Hired")


# who did not come


def test_a_no_show_is_proposed_then_confirmed_by_hr():
	referral = make_referral()
	offer = make_offer(applicant_of(referral), referral_hub_joining_date=days_ago(10))
	answer_offer(offer)
	row = followed(referral)
	assert (row.outcome, row.no_show_proposed_on) == ("Open", getdate(days_ago(6)))
	service.close(referral.name, "No-show", reason("No-show"))
	row = followed(referral)
	assert (row.stage, row.outcome, row.no_show_proposed_on) == ("Offered", "No-show", None)


def test_who_comes_late_is_hired_after_all():
	referral = make_referral()
	offer = answer_offer(make_offer(applicant_of(referral), referral_hub_joining_date=days_ago(10)))
	service.close(referral.name, "No-show")
	hire(offer)
	assert standing(referral) == ("Joined", "Hired")


# the ways HR edits


def test_edits_from_the_kanban_and_the_api_are_followed():
	referral = make_referral()
	name = applicant_of(referral).name
	set_value("Job Applicant", name, "status", "Replied")
	assert standing(referral) == ("Screening", "Open")
	set_value("Job Applicant", name, "status", "Rejected")
	assert standing(referral) == ("Screening", "Not Selected")
	set_value("Job Applicant", name, {"status": "Open"})
	assert standing(referral) == ("Submitted", "Open")


def test_what_hrms_writes_without_any_event_is_followed():
	referral = make_referral()
	frappe.db.set_value("Job Applicant", referral.job_applicant, "status", "Rejected")
	assert standing(referral) == ("Submitted", "Not Selected")


def test_a_renamed_applicant_is_the_same_person():
	referral = make_referral()
	interview = schedule_interview(applicant_of(referral), on=in_days(2))
	new = f"renamed-{referral.job_applicant}"
	frappe.rename_doc("Job Applicant", referral.job_applicant, new)
	row = followed(referral)
	assert (row.job_applicant, row.stage) == (new, "Interviewing")
	assert frappe.db.get_value("Interview", interview.name, "job_applicant") == new


def test_renamed_employees_are_the_same_people():
	referral = make_referral()
	employee = hire(answer_offer(make_offer(applicant_of(referral))))
	followed(referral)
	hired, referrer = f"H-{employee.name}", f"R-{referral.referrer}"
	frappe.rename_doc("Employee", employee.name, hired)
	frappe.rename_doc("Employee", referral.referrer, referrer)
	row = followed(referral)
	assert (row.hired_employee, row.referrer, row.stage) == (hired, referrer, "Joined")
	assert frappe.get_all("Candidate Key", {"referral": referral.name}, pluck="referrer") == [referrer] * 2


def test_a_deleted_applicant_leaves_the_referral_as_it_was():
	referral = make_referral()
	interview = schedule_interview(applicant_of(referral), on=in_days(2))
	assert standing(referral) == ("Interviewing", "Open")
	interview.delete()
	applicant_of(referral).delete()
	row = followed(referral)
	assert (row.stage, row.outcome, row.applicant_deleted) == ("Interviewing", "Open", 1)
	assert timeline(referral)[-1][1] == "Note"
	assert service.refresh(referral.name) is False
	service.close(referral.name, "Withdrawn")
	assert standing(referral) == ("Interviewing", "Withdrawn")


def test_the_employee_is_followed_when_the_applicant_was_deleted():
	referral = make_referral()
	employee = hire(answer_offer(make_offer(applicant_of(referral))), date_of_joining=days_ago(20))
	assert standing(referral) == ("Joined", "Hired")
	frappe.delete_doc("Job Applicant", referral.job_applicant, force=True)
	assert standing(referral) == ("Joined", "Hired")
	confirm_employee(frappe.get_doc("Employee", employee.name))
	assert standing(referral) == ("Confirmed", "Hired")


def test_two_applicants_merged_are_credited_once():
	one, other = make_referral(), make_referral()
	target = applicant_of(one).name
	frappe.rename_doc("Job Applicant", applicant_of(other).name, target, merge=True)
	hire(answer_offer(make_offer(target)))
	assert standing(one) == ("Joined", "Hired")
	assert standing(other) == ("Submitted", "Duplicate")


def test_a_referred_applicant_merged_into_one_who_applied_alone_stays_referred():
	referral, alone = make_referral(), make_applicant()
	frappe.rename_doc("Job Applicant", applicant_of(referral).name, alone.name, merge=True)
	alone.reload()
	assert (alone.referral_hub_referred, alone.referral_hub_referral) == (1, referral.name)
	set_applicant_status(alone, "Replied")
	assert standing(referral) == ("Screening", "Open")


def test_time_alone_brings_joining_and_the_end_of_probation():
	referral = make_referral()
	employee = hire(answer_offer(make_offer(applicant_of(referral))), date_of_joining=in_days(5))
	assert standing(referral) == ("Offered", "Open")
	frappe.db.set_value("Employee", employee.name, "date_of_joining", nowdate())
	assert standing(referral) == ("Joined", "Hired")
	frappe.db.set_value("Employee", employee.name, "date_of_joining", add_days(nowdate(), -100))
	assert standing(referral) == ("Confirmed", "Hired")
