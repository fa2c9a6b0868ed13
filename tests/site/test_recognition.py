"""Score, levels and badges on a live site: they follow what HR does with referrals, and say why they go."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, add_months, getdate, today
from referral_factories import make_referral

from referral_hub.api.recognition import desk
from referral_hub.kept import KeptByTheApp
from referral_hub.patches.recognition import keep_what_badges_ask
from referral_hub.people import employments
from referral_hub.recognition import service

SETTINGS = "Referral Hub Settings"


def hired(referrer, joined=None, opening=None, **more):
	"""Somebody this referrer referred has joined; written as the derivation keeps it."""
	referral = make_referral(referrer, opening)
	joined = joined or today()
	row = {"stage": "Joined", "outcome": "Hired", "joined_on": joined, "stays": f"{joined}/.."}
	frappe.db.set_value("Referral", referral.name, row | more, update_modified=False)
	return referral


def recognition(employee):
	"""What is kept of a person, counted now."""
	service.recount(employments.person_of(employee.name))
	rows = frappe.get_all("Referral Recognition", {"employee": employee.name}, ["*"])
	return rows[0] if rows else None


def awards(employee) -> dict[str, str]:
	found = frappe.get_all("Recognition Award", {"employee": employee.name}, ["badge", "state"])
	return {row.badge: row.state for row in found}


def told(employee, event: str) -> list:
	rows = frappe.get_all(
		"Referral Message", {"recipient": employee.name, "event": event, "channel": "Email"}, pluck="facts"
	)
	return [frappe.parse_json(facts) for facts in rows]


@pytest.fixture
def anna():
	return hr.make_employee("Anna", user=True)


# counted


def test_what_hr_does_with_an_applicant_reaches_score_level_and_badges(commits):
	anna = hr.make_employee("Anna", user=True)
	referral = make_referral(anna)
	commits.run_jobs()
	first = frappe.get_all("Referral Recognition", {"employee": anna.name}, ["referrals", "score", "level"])
	assert (first[0].referrals, first[0].level) == (1, None)
	hr.hire_applicant(frappe.get_doc("Job Applicant", referral.job_applicant), joining=today())
	commits.run_jobs()
	row = frappe.get_all("Referral Recognition", {"employee": anna.name}, ["*"])[0]
	assert (row.hires, row.level, row.training_priority) == (1, "Bronze Referrer", 0)
	assert row.score > first[0].score
	assert awards(anna) == {"First Referral": "Held", "First Hire": "Held"}
	assert {each["badge"] for each in told(anna, "badge_given")} == {"First Referral", "First Hire"}
	assert [each["level_zh"] for each in told(anna, "level_reached")] == ["铜牌推荐人"]


def test_three_hires_of_a_year_make_a_gold_referrer_whom_hr_sees_first_for_training(anna):
	for _ in range(3):
		hired(anna)
	row = recognition(anna)
	assert (row.level, row.training_priority, row.promotion_priority) == ("Gold Referrer", 1, 0)
	assert row.held_until == getdate(f"{getdate(today()).year + 1}-12-31")
	assert row.score == pytest.approx(
		row.volume_part + row.hires_part + row.staying_part + row.speed_part, abs=0.2
	)


def test_a_hire_that_is_undone_takes_badge_and_level_along_and_says_so(anna):
	referral = hired(anna)
	assert recognition(anna).level == "Bronze Referrer"
	frappe.db.set_value("Referral", referral.name, {"outcome": "Duplicate", "joined_on": None})
	hired_again = make_referral(anna)
	row = recognition(anna)
	assert (row.level, row.former_level, row.hires) == (None, "Bronze Referrer", 0)
	assert awards(anna) == {"First Referral": "Held", "First Hire": "Revoked"}
	(facts,) = told(anna, "badge_withdrawn")
	assert facts["why"] == "Referrals were corrected: what it was given for is not reached any more."
	assert facts["why_zh"] == "推荐记录已更正，不再达到颁发条件。"
	frappe.db.set_value("Referral", hired_again.name, {"outcome": "Hired", "joined_on": today()})
	recognition(anna)
	assert sorted(
		frappe.get_all("Recognition Award", {"employee": anna.name, "badge": "First Hire"}, pluck="state")
	) == ["Held", "Revoked"]


def test_a_badge_that_ran_out_comes_again_once_with_what_is_done_after_it(anna):
	fields = {"counts": "Hires", "at_least": 1, "valid_months": 1, "enabled": 1}
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=hr.unique("Badge"), **fields).insert()
	hired(anna, add_months(today(), -3))

	def given() -> list:
		recognition(anna)
		found = {"employee": anna.name, "badge": badge.name}
		return frappe.get_all("Recognition Award", found, pluck="awarded_on", order_by="awarded_on asc")

	first = getdate(add_months(today(), -3))
	assert given() == [first]
	assert given() == [first]
	hired(anna)
	assert given() == [first, getdate(today())]
	assert given() == [first, getdate(today())]


def test_counted_twice_it_is_the_same_and_nothing_is_told_twice(anna):
	hired(anna)
	before = recognition(anna)
	assert service.recount(anna.name) is False
	assert recognition(anna) == before
	assert len(told(anna, "badge_given")) == 2


def test_the_nightly_task_finds_whoever_was_left_behind_and_nobody_else(anna):
	hired(anna)
	assert anna.name in service.out_of_date()
	service.recount(anna.name)
	assert anna.name not in service.out_of_date()
	next_but_one = f"{getdate(today()).year + 2}-01-01"
	assert anna.name in service.out_of_date(next_but_one)
	service.recount(anna.name, next_but_one)
	assert frappe.db.get_value("Referral Recognition", {"employee": anna.name}, "level") is None


def test_long_ago_is_no_news(anna):
	hired(anna, add_months(today(), -5))
	frappe.db.set_value("Referral", {"referrer": anna.name}, "submitted_on", add_months(today(), -6))
	make_referral(anna)
	assert recognition(anna).level == "Bronze Referrer"
	assert awards(anna)["First Hire"] == "Held"
	assert (told(anna, "badge_given"), told(anna, "level_reached")) == ([], [])
	hired(anna), hired(anna)
	level = recognition(anna).level
	assert level != "Bronze Referrer"
	assert [each["level"] for each in told(anna, "level_reached")] == [level]


def test_a_level_that_a_lower_mark_brings_is_no_news(anna):
	hired(anna, add_months(today(), -5))
	frappe.db.set_value("Referral", {"referrer": anna.name}, "submitted_on", add_months(today(), -6))
	recognition(anna)
	frappe.db.set_value("Referral Level", "Silver Referrer", "at_least", 1)
	assert recognition(anna).level == "Silver Referrer"
	assert told(anna, "level_reached") == []


def test_a_person_with_two_records_counts_once_under_the_record_they_have_now(anna):
	hired(anna)
	recognition(anna)
	now = hr.transfer(anna)
	hired(now)
	service.recount(employments.person_of(now.name))
	rows = frappe.get_all(
		"Referral Recognition", {"employee": ("in", [anna.name, now.name])}, ["employee", "hires", "level"]
	)
	assert [(row.employee, row.hires, row.level) for row in rows] == [(now.name, 2, "Silver Referrer")]
	assert employments.person_of(now.name) not in service.out_of_date()


def test_two_who_became_one_record_are_counted_as_one():
	anna, double = hr.make_employee("Anna"), hr.make_employee("Anna")
	for employee in (anna, double):
		make_referral(employee)
		service.recount(employee.name)
	assert frappe.db.count("Referral Recognition", {"employee": ("in", [anna.name, double.name])}) == 2
	frappe.rename_doc("Employee", double.name, anna.name, force=True, merge=True)
	service.recount(anna.name)
	rows = frappe.get_all("Referral Recognition", {"employee": anna.name}, pluck="referrals")
	assert rows == [2]


def test_invited_people_and_those_not_asked_yet_are_no_referrals_yet(anna):
	for values in ({"stage": "Invited"}, {"disabled": 1}, {"outcome": "Ineligible"}):
		frappe.db.set_value("Referral", make_referral(anna).name, values)
	assert recognition(anna) is None


def test_who_is_deleted_leaves_no_score_and_no_badge_to_the_next_of_that_number(anna):
	make_referral(anna)
	recognition(anna)
	award = frappe.db.get_value("Recognition Award", {"employee": anna.name})
	assert frappe.db.exists("Referral Standing", {"employee": anna.name})
	frappe.delete_doc("Employee", anna.name, force=True)
	for doctype in ("Referral Recognition", "Referral Standing", "Recognition Award"):
		assert frappe.db.exists(doctype, {"employee": anna.name}) is None
	kept = frappe.db.get_value("Recognition Award", award, ["employee", "employee_name", "state"])
	assert kept[0].startswith(f"{anna.name} (deleted ") and kept[1:] == (anna.employee_name, "Held")


# levels and weights


@pytest.mark.parametrize(
	("fields", "words"),
	[
		({"at_least": 0}, "At Least: more than 0"),
		({"at_least": 2.5}, "whole numbers"),
		({"counts": "Score", "at_least": 101}, "at most 100"),
		({"rank": 10}, "Bronze Referrer has this rank already"),
	],
)
def test_a_level_nobody_could_reach_or_tell_apart_is_refused(fields, words):
	level = {"level_name": hr.unique("Level"), "rank": 77, "counts": "Hires", "at_least": 2, "period": "Year"}
	with pytest.raises(frappe.ValidationError, match=words):
		frappe.get_doc(doctype="Referral Level", **level | fields).insert()


def test_a_level_people_have_reached_is_disabled_before_it_is_deleted(anna):
	hired(anna)
	recognition(anna)
	bronze = frappe.get_doc("Referral Level", "Bronze Referrer")
	with pytest.raises(frappe.ValidationError, match="People have reached Bronze Referrer"):
		bronze.delete()
	bronze.update({"enabled": 0}).save()
	for name in frappe.get_all("Referral Recognition", {"level": bronze.name}, pluck="employee"):
		service.recount(employments.person_of(name))
	bronze.delete()
	assert frappe.db.exists("Referral Level", bronze.name) is None


@pytest.mark.parametrize(
	("fields", "words"),
	[
		({"score_expected": 60}, "Usual Share of Hires: from 0 to 50."),
		({"score_strength": 0}, "from 1 to 100"),
		({"score_quick_days": 200}, "A hire is slow after more days"),
		(
			dict.fromkeys(("score_volume", "score_hires", "score_staying", "score_speed"), 0),
			"at least one part",
		),
	],
)
def test_weights_that_make_no_score_are_refused(fields, words):
	settings = frappe.get_doc(SETTINGS).update(fields)
	with pytest.raises(frappe.ValidationError, match=words):
		settings.save()


def test_other_weights_are_other_scores_for_everybody(anna):
	make_referral(anna)
	recognition(anna)
	settings = frappe.get_doc(SETTINGS)
	settings.update({"score_volume": 100, "score_hires": 0, "score_staying": 0, "score_speed": 0})
	settings.save()
	assert anna.name in service.out_of_date()
	assert recognition(anna).score == 16.7


def test_a_badge_without_a_count_that_can_be_reached_is_refused():
	with pytest.raises(frappe.ValidationError, match="At Least: from 1"):
		frappe.get_doc(
			doctype="Recognition Badge", badge_name=hr.unique("Badge"), counts="Hires", at_least=0
		).insert()


# by hand


def test_hr_gives_a_badge_with_a_reason_and_withdraws_it_with_another(anna):
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=hr.unique("Helper")).insert().name
	name = service.give(anna.name, badge, "Helped at the job fair")
	with pytest.raises(service.NotNow, match="has this badge already"):
		service.give(anna.name, badge, "Again")
	assert told(anna, "badge_given")[0]["why"] == "Helped at the job fair"
	with pytest.raises(service.NotNow, match="Please say why"):
		service.withdraw(name, " ")
	service.withdraw(name, "A mistake")
	row = frappe.get_doc("Recognition Award", name)
	assert (row.state, row.revoked_because, row.revoked_by) == ("Revoked", "A mistake", "Administrator")
	assert told(anna, "badge_withdrawn")[0]["why"] == "A mistake"
	with pytest.raises(KeptByTheApp):
		row.save()


def test_a_badge_by_rule_that_hr_withdrew_does_not_come_back_by_itself(anna):
	make_referral(anna)
	recognition(anna)
	name = frappe.db.get_value("Recognition Award", {"employee": anna.name, "badge": "First Referral"})
	service.withdraw(name, "It was no real referral")
	recognition(anna)
	assert awards(anna) == {"First Referral": "Revoked"}


def test_nobody_gives_themselves_a_badge_nor_takes_their_own_away(as_user):
	boss = hr.make_hr_manager().name
	employee = hr.make_employee(user_id=boss)
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=hr.unique("Helper")).insert().name
	as_user(boss)
	with pytest.raises(service.NotNow, match="Somebody else decides"):
		desk.give_badge(badge, employee.name, "I am good")
	assert awards(employee) == {}
	as_user("Administrator")
	award = service.give(employee.name, badge, "Helped at the job fair")
	as_user(boss)
	with pytest.raises(service.NotNow, match="Somebody else decides"):
		desk.withdraw_badge(award, "Not mine")
	assert awards(employee) == {badge: "Held"}


def test_a_rule_made_harder_takes_no_badge_away_and_a_correction_does(anna):
	referral = hired(anna)
	recognition(anna)
	frappe.db.set_value("Recognition Award", {"employee": anna.name}, {"counts": None, "at_least": 0})
	keep_what_badges_ask.execute()
	frappe.db.set_value("Recognition Badge", "First Hire", "at_least", 3)
	recognition(anna)
	assert awards(anna)["First Hire"] == "Held"
	assert anna.name not in service.out_of_date()
	frappe.db.set_value("Referral", referral.name, {"outcome": "Duplicate", "joined_on": None})
	recognition(anna)
	assert awards(anna)["First Hire"] == "Revoked"


def test_a_badge_that_was_given_is_not_deleted(anna):
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=hr.unique("Helper")).insert()
	award = service.give(anna.name, badge.name, "Helped at the job fair")
	service.withdraw(award, "A mistake")
	with pytest.raises(frappe.ValidationError, match="was given to people"):
		badge.delete()
	unused = frappe.get_doc(doctype="Recognition Badge", badge_name=hr.unique("Unused")).insert()
	unused.delete()
	assert frappe.db.exists("Recognition Badge", unused.name) is None


def test_who_has_left_is_given_nothing(anna):
	hr.part_with_employee(anna, add_days(today(), -1))
	with pytest.raises(service.NotNow, match="Only people who work here"):
		service.give(anna.name, "First Hire", "Late thanks")


def test_hr_of_one_company_gives_badges_there_and_reads_levels_there_alone(anna):
	make_referral(anna)
	recognition(anna)
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=hr.unique("Helper")).insert().name
	here, elsewhere = hr.make_hr_manager(), hr.make_hr_manager()
	frappe.get_doc(
		doctype="User Permission", user=elsewhere.name, allow="Company", for_value=hr.other_company()
	).insert()
	frappe.set_user(elsewhere.name)
	with pytest.raises(frappe.PermissionError):
		desk.give_badge(badge, anna.name, "Thanks")
	frappe.set_user(anna.user_id)
	with pytest.raises(frappe.PermissionError):
		desk.give_badge(badge, anna.name, "Thanks")
	assert desk.of_employee(anna.name) == {}
	frappe.set_user(here.name)
	award = desk.give_badge(badge, anna.name, "Thanks")
	assert desk.of_employee(anna.name).score > 0
	desk.withdraw_badge(award, "A mistake")
	assert frappe.db.get_value("Recognition Award", award, "state") == "Revoked"
