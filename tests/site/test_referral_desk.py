"""What people may do with referrals in the desk: close, reopen, never delete or rewrite."""

import frappe
import pytest
from frappe.handler import run_doc_method
from referral_factories import applicant_of, followed, make_candidate, make_referral, standing, timeline
from site_factories import (
	answer_offer,
	days_ago,
	hire,
	make_employee,
	make_hr_manager,
	make_offer,
	set_applicant_status,
)

from referral_hub import flow
from referral_hub.referrals import service
from referral_hub.referrals.erasure import person


def call(referral, method, **arguments):
	frappe.local.request = frappe._dict(method="POST")
	run_doc_method(method, dt="Referral", dn=referral.name, args=arguments or None)


def test_hr_closes_and_opens_again(as_user):
	referral, manager = make_referral(), make_hr_manager()
	as_user(manager.name)
	call(referral, "close_as", closed_as="Withdrawn")
	row = frappe.get_doc("Referral", referral.name)
	assert (row.outcome, row.closed_as, row.closed_by) == ("Withdrawn", "Withdrawn", manager.name)
	call(referral, "reopen")
	assert standing(referral) == ("Submitted", "Open")
	assert [row[1:] for row in timeline(referral)] == [
		("Stage", "Submitted", "Open"),
		("Outcome", "Submitted", "Withdrawn"),
		("Correction", "Submitted", "Open"),
	]


@pytest.mark.parametrize("method", ["close_as", "reopen", "look_again"])
def test_the_referrer_closes_nothing(as_user, method):
	referrer = make_employee(user=True)
	referral = make_referral(referrer)
	as_user(referrer.user_id)
	arguments = {"closed_as": "Withdrawn"} if method == "close_as" else {}
	with pytest.raises(frappe.PermissionError):
		call(referral, method, **arguments)
	assert frappe.db.get_value("Referral", referral.name, "outcome") == "Open"


def test_the_reason_given_is_kept():
	reason = frappe.get_doc(
		doctype="Referral Reason", reason="Asked us to stop", applies_to="Withdrawn"
	).insert()
	referral = make_referral()
	service.close(referral, "Withdrawn", reason.name)
	assert (referral.reason, referral.closed_reason) == (reason.name, reason.name)


def test_a_referral_is_not_closed_as_what_hrms_decides():
	referral = make_referral()
	for closed_as in ("Hired", "Left", "Not Selected", "Declined Offer", "Open", "", "Nonsense"):
		with pytest.raises(frappe.ValidationError, match="can't be closed as"):
			service.close(referral, closed_as)


def test_somebody_who_joined_is_not_closed_by_hand():
	referral = make_referral()
	hire(answer_offer(make_offer(applicant_of(referral))))
	followed(referral)
	with pytest.raises(service.NotOpen, match=f"{referral.name} is not open any more: Hired."):
		service.close(referral, "Withdrawn")


def test_what_was_not_closed_by_hand_is_not_opened_by_hand():
	referral = make_referral()
	set_applicant_status(applicant_of(referral), "Rejected")
	followed(referral)
	with pytest.raises(service.NotOpen):
		service.reopen(referral)


@pytest.mark.parametrize(
	("closed_as", "is_free"), [("Duplicate", True), ("Ineligible", True), ("Withdrawn", False)]
)
def test_who_is_not_credited_owns_nobody(closed_as, is_free):
	candidate = make_candidate()
	referral = make_referral(candidate=candidate)
	service.close(referral, closed_as)
	keys = frappe.get_all("Candidate Key", {"referral": referral.name}, pluck="active_key")
	assert [key is None for key in keys] == [is_free, is_free]
	service.reopen(referral)
	keys = frappe.get_all("Candidate Key", {"referral": referral.name}, pluck="active_key")
	assert None not in keys


@pytest.mark.parametrize("closed_as", ["Duplicate", "Withdrawn"])
def test_what_was_closed_stays_closed_while_somebody_else_has_the_person(closed_as):
	candidate = make_candidate()
	former = make_referral(candidate=candidate)
	service.close(former, closed_as)
	applicant_of(former).db_set("creation", days_ago(400))
	if closed_as == "Withdrawn":  # it keeps the person, but not for longer than the window
		frappe.db.set_value("Candidate Key", {"referral": former.name}, "owned_until", days_ago(1))
	now = make_referral(candidate=candidate)
	with pytest.raises(service.NotOpen, match=f"{now.name} is about the same person and goes on"):
		service.reopen(former)
	assert standing(former) == ("Submitted", closed_as)
	service.close(now, "Duplicate")
	service.reopen(former)
	assert standing(former) == ("Submitted", "Open")


def test_hr_is_told_when_hrms_goes_on_with_somebody_a_colleague_has_referred_since():
	manager, candidate = make_hr_manager().name, make_candidate()
	former = make_referral(candidate=candidate)
	rejected = applicant_of(former)
	rejected.db_set({"status": "Rejected", "creation": days_ago(400)})
	followed(former)
	frappe.db.set_value("Candidate Key", {"referral": former.name}, "owned_until", days_ago(1))
	now = make_referral(make_employee(), candidate=candidate)
	rejected.db_set("status", "Open")
	followed(former)
	followed(former)
	assert (standing(former), standing(now)) == (("Submitted", "Open"), ("Submitted", "Open"))
	mine = {"reference_name": former.name, "allocated_to": manager}
	assert frappe.get_all("ToDo", mine, pluck="description") == [
		f"{former.name} goes on again in HRMS, and {now.name} is about the same person. Decide who is credited."
	]
	about = {"reference_doctype": "Referral", "reference_name": former.name, "comment_type": "Comment"}
	assert frappe.get_all("Comment", about, pluck="content") == [
		f"Goes on again in HRMS, as {now.name} does: one person."
	]


def test_a_rejection_taken_back_while_nobody_else_has_the_person_gives_hr_no_task():
	make_hr_manager()
	former = make_referral()
	rejected = applicant_of(former)
	rejected.db_set("status", "Rejected")
	followed(former)
	rejected.db_set("status", "Open")
	followed(former)
	assert standing(former) == ("Submitted", "Open")
	assert frappe.get_all("ToDo", {"reference_name": former.name}) == []


def test_whose_details_were_deleted_is_not_opened_again():
	referral = make_referral()
	flow.erase_person(person.of_referral(referral.name), with_hrms=False)
	with pytest.raises(service.NotOpen, match="the details of this person were deleted"):
		service.reopen(referral.name)


def test_nobody_deletes_a_referral():
	referral = make_referral()
	with pytest.raises(frappe.PermissionError, match="kept for good"):
		frappe.delete_doc("Referral", referral.name, force=True)
	assert frappe.db.exists("Referral", referral.name)


def test_the_timeline_only_grows():
	make_referral()
	event = frappe.get_last_doc("Referral Event")
	event.stage = "Joined"
	for change in (event.save, event.delete, lambda: event.db_set("stage", "Joined")):
		with pytest.raises(frappe.PermissionError, match="only grows"):
			change()
	assert frappe.db.get_value("Referral Event", event.name, "stage") == "Submitted"


def test_hrms_documents_that_a_referral_names_can_be_deleted():
	referral = make_referral()
	applicant_of(referral).delete()
	frappe.get_doc("Job Opening", referral.job_opening).delete()
	assert frappe.db.get_value("Referral", referral.name, "job_opening") == referral.job_opening
	assert standing(referral) == ("Submitted", "Open")


def test_a_profile_takes_its_manager_from_the_requisition():
	manager = make_employee()
	opening = frappe.get_doc("Job Opening", make_referral().job_opening)
	requisition = frappe.new_doc("Job Requisition")
	requisition.update(
		{
			"designation": opening.designation,
			"no_of_positions": 1,
			"company": opening.company,
			"requested_by": manager.name,
			"expected_compensation": 1,
			"posting_date": frappe.utils.nowdate(),
			"description": "A new colleague",
			"status": "Open & Approved",
		}
	)
	requisition.insert()
	opening.db_set("job_requisition", requisition.name)
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name).insert()
	assert profile.hiring_manager == manager.name


def test_a_program_ends_after_it_starts_and_counts_no_days_backwards():
	program = frappe.new_doc("Referral Program", program_name="Backwards")
	program.update({"starts_on": "2026-02-01", "ends_on": "2026-01-01"})
	with pytest.raises(frappe.exceptions.InvalidDates):
		program.insert()
	program.update({"ends_on": None, "protection_window_days": -1})
	with pytest.raises(frappe.ValidationError, match="Protection Window"):
		program.insert()
