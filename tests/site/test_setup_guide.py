"""A new HR manager answers seven questions: a program, rules to try, settings; and the first referral is promised what they say."""

import frappe
import pytest
import reward_factories as given
import site_factories as hr

from referral_hub.api.guide import desk
from referral_hub.health import start
from referral_hub.health.line import SOUND
from referral_hub.setup.guide import answers, service

RULE = "Reward Rule"


@pytest.fixture
def manager(as_user):
	user = hr.make_hr_manager().name  # in HR, and nothing else
	as_user(user)
	return user


@pytest.fixture
def guide(manager):
	"""The seven answers of a chain of shops."""
	frappe.db.delete("Singles", {"doctype": answers.DOCTYPE})
	document = frappe.get_doc(answers.DOCTYPE)
	document.update({"company": hr.COMPANY, "business": "Retail", "usual_bonus": 2000, "recruiter": manager})
	document.update({"operations": hr.make_department().name, "probation_months": 6, "word_within_days": 3})
	return document.save()


def rules(names: list[str]) -> dict:
	fields = ["rule_name", "enabled", "company", "department", "period"]
	return {
		row.rule_name.partition(": ")[2]: row for row in frappe.get_all(RULE, {"name": ("in", names)}, fields)
	}


def test_the_answers_come_to_a_program_settings_and_rules_that_are_off(guide, manager):
	shown = desk.preview_setup()
	assert [rule["title"] for rule in shown["rules"]] == [
		"Office and others",
		"Shops and stores",
		"Three in a quarter",
	]
	assert shown["left_out"] == ['"Store managers" is left out: nobody is named for Manager.']
	assert shown["rules"][0]["pays"] == [f"Joined: {frappe.utils.fmt_money(2000, currency='CNY')}"]
	assert "Before the holidays: times 2" in shown["rules"][1]["pays"]
	assert "Leave Type for Rewards: Referral Leave" in shown["settings"]
	made = desk.make_setup()
	found = rules(made)
	assert {row.enabled for row in found.values()} == {0}
	assert found["Shops and stores"].department == guide.operations
	assert found["Three in a quarter"].period == "Quarter"
	program = frappe.get_doc("Referral Program", f"Referrals of {hr.COMPANY}")
	assert [program.company, program.probation_months, program.sla_submitted, program.sla_offered] == [
		hr.COMPANY,
		6,
		3,
		6,
	]
	assert "谁可以推荐" in program.rules_page_zh
	settings = frappe.get_doc("Referral Hub Settings")
	assert (settings.recruiter, settings.reward_leave_type) == (manager, "Referral Leave")


def test_once_started_the_first_referral_is_promised_what_they_say(guide):
	desk.make_setup()
	started = desk.start_setup()
	assert {row.enabled for row in rules(started).values()} == {1}
	assert [line.state for line in start.programs()] == [SOUND]
	frappe.set_user("Administrator")
	story = given.refer(hr.make_employee(), hr.make_opening())
	given.hire(story)
	paid = {(row.kind, row.amount) for row in given.rewards_of(story).values()}
	assert ("Cash", 2000.0) in paid
	assert story.referral.program == f"Referrals of {hr.COMPANY}"


def test_made_again_only_what_is_off_is_made_anew(guide):
	first = desk.make_setup()
	frappe.get_doc(RULE, first[0]).update({"enabled": 1}).save()
	frappe.get_doc(answers.DOCTYPE).update({"usual_bonus": 500}).save()
	assert desk.preview_setup()["in_force"] == [f"{hr.COMPANY}: Office and others"]
	again = desk.make_setup()
	assert [frappe.db.exists(RULE, name) for name in first] == [first[0], None, None]
	assert sorted(rules(again)) == ["Shops and stores", "Three in a quarter"]
	amounts = frappe.get_all(
		"Reward Rule Milestone", {"parent": ("in", again), "kind": "Cash"}, pluck="amount"
	)
	assert sorted(amounts) == [200, 400, 500]
	assert len(desk.start_setup()) == 2
	with pytest.raises(service.NothingToStart):
		desk.start_setup()


def test_answered_for_a_second_company_the_first_keeps_its_program_and_its_rules(guide, manager):
	started = (desk.make_setup(), desk.start_setup())[1]
	program = f"Referrals of {hr.COMPANY}"
	switched_off = started[0]
	frappe.get_doc(RULE, switched_off).update({"enabled": 0}).save()
	second = make_second_company(manager)
	document = frappe.get_doc(answers.DOCTYPE)
	document.update(
		{"company": second, "operations": None, "probation_months": 2, "word_within_days": 9}
	).save()
	assert (document.made_on, document.started_on) == (None, None)
	shown = desk.preview_setup()
	assert (shown["program"], shown["made"], shown["off"], shown["in_force"]) == (
		f"Referrals of {second}",
		[],
		[],
		[],
	)
	with pytest.raises(service.NothingToStart):
		desk.start_setup()
	made = desk.make_setup()
	assert sorted(desk.start_setup()) == sorted(made)
	terms = ["company", "probation_months", "sla_submitted"]
	assert frappe.db.get_value("Referral Program", program, terms) == (hr.COMPANY, 6, 3)
	assert frappe.db.get_value("Referral Program", f"Referrals of {second}", terms) == (second, 2, 9)
	assert {name: frappe.db.get_value(RULE, name, "enabled") for name in started} == {
		name: int(name != switched_off) for name in started
	}
	assert set(frappe.get_all(RULE, {"name": ("in", made)}, ["company", "enabled"], as_list=True)) == {
		(second, 1)
	}
	frappe.get_doc(answers.DOCTYPE).update({"company": hr.COMPANY, "probation_months": 4}).save()
	assert desk.preview_setup()["off"] == [switched_off]
	desk.make_setup()
	assert frappe.db.get_value("Referral Program", program, "probation_months") == 4
	assert frappe.db.get_value("Referral Program", f"Referrals of {second}", "probation_months") == 2
	assert {frappe.db.get_value(RULE, name, "enabled") for name in made} == {1}


def make_second_company(manager: str) -> str:
	"""Another company beside the first."""
	name = hr.unique("Second")
	frappe.set_user("Administrator")
	frappe.get_doc(doctype="Company", company_name=name, default_currency="CNY", country="China").db_insert()
	frappe.set_user(manager)
	return name


def test_points_only_needs_no_payroll_and_is_said_in_chinese(guide):
	guide.reload().update({"pays_with": "Points Only", "point_value": 0.5}).save()
	frappe.local.lang = "zh"
	shown = desk.preview_setup()
	assert shown["rules"][0]["title"] == "行政及其他"
	names = desk.make_setup()
	kinds = set(frappe.get_all("Reward Rule Milestone", {"parent": ("in", names)}, pluck="kind"))
	assert kinds == {"Points", "Leave", "Gift"}


def test_without_an_answer_or_the_right_nothing_is_made(guide, as_user):
	guide.reload().db_set("business", "")
	frappe.clear_document_cache(answers.DOCTYPE, answers.DOCTYPE)
	with pytest.raises(service.NotAnswered, match="Kind of Business"):
		desk.make_setup()
	frappe.set_user("Administrator")
	as_user(hr.make_employee(user=True).user_id)
	for call in (desk.preview_setup, desk.make_setup, desk.start_setup):
		with pytest.raises(frappe.PermissionError):
			call()
	assert not frappe.db.exists("Referral Program", f"Referrals of {hr.COMPANY}")


def test_who_works_for_another_company_makes_nothing_for_this_one(guide, manager):
	frappe.set_user("Administrator")
	frappe.db.delete("User Permission", {"user": manager, "allow": "Company"})
	other = hr.unique("Other")
	frappe.get_doc(doctype="Company", company_name=other, default_currency="CNY", country="China").db_insert()
	frappe.get_doc(doctype="User Permission", user=manager, allow="Company", for_value=other).insert()
	frappe.set_user(manager)
	with pytest.raises(frappe.PermissionError):
		desk.make_setup()
