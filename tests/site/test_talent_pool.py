"""Referred with no opening in mind: kept in the talent pool, the referrer's all along, matched later by HR."""

import frappe
import pytest
import reward_factories as pay
import site_factories as hr
from count_queries import counted_queries
from referral_factories import applicant_of, make_candidate, timeline

from referral_hub import flow, kept
from referral_hub.api import desk_pool
from referral_hub.referrals import service
from referral_hub.referrals.making.matching import CantBeMatched
from referral_hub.talent import pool

POOL = "Talent Pool Record"


def refer_openly(employee=None, candidate=None, **fields):
	return service.submit((employee or hr.make_employee()).name, candidate or make_candidate(), **fields)


def make_profile(**fields):
	return frappe.get_doc(doctype="Opening Profile", **fields).insert()


def record_of(referral):
	return frappe.get_doc(POOL, {"referral": referral.name})


def test_a_referral_without_an_opening_is_in_the_pool_and_an_applicant_in_hrms():
	referral = refer_openly(note="She is kind.")
	record = record_of(referral)
	assert (record.person_name, record.state, record.reason) == (
		referral.candidate_name,
		"In Pool",
		"Open Channel",
	)
	assert (record.referrer, record.note, record.job_applicant) == (
		referral.referrer,
		"She is kind.",
		referral.job_applicant,
	)
	assert applicant_of(referral).job_title is None


def test_a_referral_for_an_opening_is_not_in_the_pool():
	referral = service.submit(hr.make_employee().name, make_candidate(), hr.make_opening().name)
	assert frappe.db.count(POOL, {"referral": referral.name}) == 0


def test_who_is_asked_first_is_in_the_pool_when_they_agree():
	program = frappe.get_doc(
		doctype="Referral Program", program_name=hr.unique("Asks"), consent_first=1
	).insert()
	referral = refer_openly(program=program.name)
	assert frappe.db.count(POOL, {"referral": referral.name}) == 0
	service.admit(referral, consent="I agree.")
	assert record_of(referral).state == "In Pool"


def test_whom_hr_was_looking_at_already_is_in_the_pool_too():
	"""They applied on their own, HR replied, and then they answer the invitation: never Submitted, at once in screening."""
	person = make_candidate()
	invited = service.invite(hr.make_employee().name, person)
	applicant = hr.make_applicant(name=person.name, email=person.email)
	hr.set_applicant_status(applicant, "Replied")
	service.admit(invited, applicant=applicant.name)
	referral = frappe.get_doc("Referral", invited.name)
	assert (referral.stage, record_of(referral).state) == ("Screening", "In Pool")


def test_a_correction_changes_nothing_in_the_pool():
	"""HR looked at somebody by mistake and took it back: they are in the pool since the day they were referred."""
	referral = refer_openly(note="She is kind.")
	record_of(referral).db_set({"captured_on": "2026-01-05 10:00:00", "state": "Matched"})
	hr.set_applicant_status(applicant_of(referral), "Replied")
	service.refresh(referral.name)
	hr.set_applicant_status(applicant_of(referral), "Open")
	service.refresh(referral.name)
	assert [kind for _seq, kind, *_rest in timeline(referral)] == ["Stage", "Stage", "Correction"]
	record = record_of(referral)
	assert (str(record.captured_on), record.state, record.note) == (
		"2026-01-05 10:00:00",
		"Matched",
		"She is kind.",
	)


def test_the_record_follows_moved_credit():
	referral, other = refer_openly(), hr.make_employee()
	service.move_credit(referral, other.name, "They met first.")
	record = record_of(referral)
	assert (record.referrer, record.referrer_name) == (other.name, other.employee_name)


def test_the_same_person_is_kept_once():
	candidate = make_candidate()
	first = refer_openly(candidate=candidate)
	record = record_of(first)
	service.close(first, "Ineligible")
	frappe.db.set_value("Job Applicant", first.job_applicant, "creation", f"{hr.days_ago(400)} 10:00:00")
	again = refer_openly(candidate=make_candidate(email=candidate.email.upper(), phone=None))
	assert record_of(again).name == record.name
	assert record_of(again).referrer == again.referrer


def test_matched_it_is_a_referral_as_any_other_under_the_rules_of_that_day():
	referral = refer_openly(hr.make_employee(user=True))
	assert frappe.parse_json(referral.terms or "{}") == {}
	opening = hr.make_opening()
	rule = pay.make_rule(pay.points("Joined", 500), designation=opening.designation)
	desk_pool.match(referral.name, opening.name)
	referral.reload()
	assert (referral.job_opening, referral.designation) == (opening.name, opening.designation)
	assert frappe.parse_json(referral.terms)["rule"] == rule.name
	assert (applicant_of(referral).job_title, record_of(referral).state) == (opening.name, "Matched")
	told = frappe.get_all("Referral Message", {"referral": referral.name}, pluck="event", distinct=True)
	assert "referral_matched" in told


def test_what_is_reached_already_is_earned_when_it_is_matched():
	referral, opening = refer_openly(), hr.make_opening()
	pay.make_rule(pay.points("Received", 10), designation=opening.designation)
	assert frappe.db.count("Referral Reward", {"referral": referral.name}) == 0
	flow.match(referral.name, opening.name)
	states = frappe.get_all("Referral Reward", {"referral": referral.name}, pluck="milestone")
	assert states == ["Received"]


def test_it_is_matched_once_and_only_while_open():
	referral, opening = refer_openly(), hr.make_opening()
	closed = hr.make_opening(status="Closed", publish=0)
	with pytest.raises(CantBeMatched):
		flow.match(referral.name, closed.name)
	flow.match(referral.name, opening.name)
	with pytest.raises(CantBeMatched, match="is for"):
		flow.match(referral.name, hr.make_opening().name)
	other = refer_openly()
	service.close(other, "Withdrawn")
	with pytest.raises(CantBeMatched, match="is not open any more"):
		flow.match(other.name, opening.name)


def test_only_hr_matches_and_one_record_stands_for_one_person(as_user):
	record = record_of(refer_openly())
	as_user(hr.make_employee(user=True).user_id)
	with pytest.raises(frappe.PermissionError):
		desk_pool.match(record.referral, "any")
	with pytest.raises(frappe.PermissionError):
		desk_pool.proposals(record.referral)
	frappe.set_user("Administrator")
	twin = {"doctype": POOL, "person_name": "Mei", "email": record.email.upper(), "company": hr.COMPANY}
	with pytest.raises(pool.AlreadyInPool):
		frappe.get_doc(twin).insert()
	with pytest.raises(pool.NoPerson):
		frappe.get_doc({**twin, "email": None}).insert()
	record.update({"person_name": "Somebody Else", "skills": "Welding"})
	record.save()
	assert (record.person_name != "Somebody Else", record.skills) == (True, "Welding")
	with pytest.raises(kept.KeptByTheApp):
		record.delete()


def test_hr_reads_which_openings_fit_and_by_what():
	designation = hr.make_designation()
	welder = hr.make_opening("Senior Welder", description="<p>MIG and TIG</p>")
	nurse = hr.make_opening("Nurse", designation=designation.name)
	hidden = hr.make_opening("Welder, not by referral")
	frappe.get_doc(doctype="Opening Profile", job_opening=hidden.name, accepts_referrals=0).insert()
	hr.make_opening("Welder of yesterday", status="Closed", publish=0)
	referral = refer_openly(note="She is the best welder, TIG above all.")
	shown = [(row["name"], row["by"], row["words"]) for row in desk_pool.proposals(referral.name)]
	assert shown == [(welder.name, [], ["welder", "tig"])]
	record = record_of(referral)
	record.update({"preferred_designation": designation.name, "skills": "welder"})
	record.save()
	best = desk_pool.proposals(referral.name)[0]
	assert (best["name"], best["by"]) == (nurse.name, ["designation"])
	with counted_queries() as sent:
		desk_pool.proposals(referral.name)
	for _number in range(20):
		hr.make_opening(hr.unique("Welder"))
	with counted_queries() as many:
		assert len(desk_pool.proposals(referral.name)) == 5
	assert len(many) == len(sent)


def test_how_long_somebody_is_kept_is_a_setting():
	for days, until in ((30, hr.days_ago(-30)), (0, None)):
		frappe.db.set_single_value("Referral Hub Settings", "talent_pool_days", days)
		frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
		kept_until = record_of(refer_openly()).consent_until
		assert (str(kept_until) if kept_until else None) == until


def test_the_special_cases_are_judged_for_the_opening_hr_finds():
	"""A hiring manager refers without an opening, and HR matches to their own: not paid, as if submitted for it."""
	manager, opening = hr.make_employee(), hr.make_opening()
	pay.make_rule(pay.points("Received", 40), designation=opening.designation)
	make_profile(job_opening=opening.name, hiring_manager=manager.name)
	referral = refer_openly(manager)
	flow.match(referral.name, opening.name)
	referral.reload()
	assert (referral.may_be_paid, frappe.db.count("Referral Reward", {"referral": referral.name})) == (0, 0)
	assert [case["case"] for case in frappe.parse_json(referral.decision)["cases"]] == ["Hiring Manager"]


def test_an_opening_that_takes_no_referrals_is_matched_only_knowingly():
	referral, opening = refer_openly(), hr.make_opening()
	make_profile(job_opening=opening.name, accepts_referrals=0)
	with pytest.raises(CantBeMatched, match="takes no referrals"):
		desk_pool.match(referral.name, opening.name)
	desk_pool.match(referral.name, opening.name, 1)
	assert referral.reload().job_opening == opening.name


def test_the_opening_hr_gives_the_applicant_counts_as_a_match():
	"""HRMS's usual way, and no job ran between: whoever is hired so is the referrer's as any other."""
	referral, opening = refer_openly(), hr.make_opening()
	pay.make_rule(pay.points("Received", 3), pay.points("Joined", 40), designation=opening.designation)
	applicant = applicant_of(referral)
	applicant.update({"job_title": opening.name, "designation": opening.designation}).save()
	hr.hire_applicant(applicant, designation=opening.designation)
	service.refresh(referral.name)
	assert (referral.reload().job_opening, referral.outcome) == (opening.name, "Hired")
	rewards = frappe.get_all("Referral Reward", {"referral": referral.name}, ["milestone", "amount"])
	assert {(row.milestone, row.amount) for row in rewards} == {("Received", 3), ("Joined", 40)}
	assert record_of(referral).state == "Matched"


def test_an_opening_given_to_the_applicant_is_followed_before_anything_else_happens():
	referral, opening = refer_openly(), hr.make_opening()
	applicant_of(referral).db_set("job_title", opening.name)
	assert flow.follow_opening(referral.name) is True
	assert (referral.reload().job_opening, flow.follow_opening(referral.name)) == (opening.name, False)
