"""Bonuses for several hires on a live site: once, in whichever order hires come, go and come back."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, get_first_day, today
from path_factories import promote

from referral_hub.points import service as points
from referral_hub.rewards import counting
from referral_hub.rewards import service as rewards
from referral_hub.rewards.paying import payroll


@pytest.fixture(autouse=True)
def no_other_rules(site):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)


@pytest.fixture
def colleague():
	"""Somebody whose every third hire of a year brings 2,000 points more, and the fifth 9,000."""
	referrer, opening = make.make_employee(user=True), make.make_opening()
	given.make_rule(given.points("Joined", 100), designation=opening.designation)
	rule = given.make_rule(
		given.points("Joined", 2000, hires=3),
		given.points("Joined", 9000, hires=5),
		pays_for="Several Hires",
		period="Year",
		designation=opening.designation,
	)
	return frappe._dict(employee=referrer, opening=opening, rule=rule)


def hires(colleague, number):
	stories = [given.refer(colleague.employee, colleague.opening) for _ in range(number)]
	for story in stories:
		given.hire(story)
	return stories


def bonuses(colleague):
	filters = {"employee": colleague.employee.name, "counted_key": ["is", "set"]}
	fields = ["amount", "state", "referral", "period", "attempt", "name"]
	return frappe.get_all("Referral Reward", filters, fields, order_by="amount asc")


def undo(story):
	"""HR finds that they have not come yet."""
	frappe.db.set_value("Employee", story.hire.name, "date_of_joining", add_days(today(), 30))
	given.follow(story)


def test_three_hires_pay_2000_more_once_and_say_so(colleague):
	first = hires(colleague, 2)
	assert counting.count(colleague.employee.name) == []
	third = hires(colleague, 1)[0]
	(name,) = counting.count(colleague.employee.name)
	assert counting.count(colleague.employee.name) == []
	(bonus,) = bonuses(colleague)
	assert (bonus.amount, bonus.state, bonus.period) == (2000, "Due", today()[:4])
	assert rewards.explain(name)["sentence"].startswith(
		f"2,000 points: 3 colleagues came on your recommendation ({today()[:4]}). Rule"
	)
	anchor = bonus.referral
	news = [
		told
		for story in [*first, third]
		for told in given.told(story, "reward_earned")
		if told.amount == "2000"
	]
	assert (len(news), anchor in {story.name for story in [*first, third]}) == (1, True)
	given.pay()
	assert frappe.db.get_value("Referral Reward", name, "state") == "Paid"
	assert counting.count(colleague.employee.name) == []


def test_three_hires_pay_2000_more_in_the_salary_and_five_make_the_referral_star_of_the_year(component):
	star = frappe.get_doc(
		doctype="Recognition Badge", badge_name=make.unique("Referral star of the year"), is_title=1
	).insert()
	title = {"milestone": "Joined", "kind": "Badge", "amount": 1, "currency": "", "badge": star.name}
	colleague = frappe._dict(employee=make.make_employee(), opening=make.make_opening())
	for_several = {
		"pays_for": "Several Hires",
		"period": "Year",
		"designation": colleague.opening.designation,
	}
	given.make_rule(given.cash("Joined", 2000, hires=3), {**title, "hires": 5}, **for_several)
	given.put_on_payroll(colleague.employee)
	hires(colleague, 3)
	(money,) = counting.count(colleague.employee.name)
	given.pay()
	slip = given.make_slip(colleague.employee)
	assert [row.amount for row in slip.earnings if row.salary_component == component.name] == [2000]
	slip.submit()
	assert payroll.rewards_in_slip(slip.name) == [money]
	payroll.follow(money)
	hires(colleague, 2)
	(named,) = counting.count(colleague.employee.name)
	given.pay()
	assert [(row.name, row.state) for row in bonuses(colleague)] == [(named, "Paid"), (money, "Confirmed")]
	assert frappe.get_all(
		"Recognition Award", {"employee": colleague.employee.name}, ["badge", "state"], as_list=True
	) == ((star.name, "Held"),)
	year = today()[:4]
	assert [rewards.explain(name)["sentence"].split(". Rule")[0] for name in (money, named)] == [
		f"CNY 2,000.00: 3 colleagues came on your recommendation ({year})",
		f"{star.name}: 5 colleagues came on your recommendation ({year})",
	]
	given.pay()
	assert counting.count(colleague.employee.name) == []


def test_a_hire_undone_takes_the_bonus_back_and_another_brings_it_back(colleague):
	stories = hires(colleague, 3)
	(name,) = counting.count(colleague.employee.name)
	given.pay()
	assert rewards_balance(colleague) == 2300
	undo(stories[0])
	counting.count(colleague.employee.name)
	assert [(row.state, row.amount) for row in bonuses(colleague)] == [("Clawed Back", 2000)]
	assert rewards_balance(colleague) == 200
	hires(colleague, 1)
	assert counting.count(colleague.employee.name) == [name]
	given.pay()
	(bonus,) = bonuses(colleague)
	assert (bonus.state, bonus.attempt, bonus.referral != stories[0].name) == ("Paid", 2, True)
	assert rewards_balance(colleague) == 2300


def test_hires_that_become_known_out_of_order_earn_one_bonus(colleague):
	stories = [given.refer(colleague.employee, colleague.opening) for _ in range(4)]
	for days, story in zip((0, 2, 1, 3), stories, strict=True):
		given.hire(story, date_of_joining=add_days(today(), -days))
		counting.count(colleague.employee.name)
	assert [(row.amount, row.state) for row in bonuses(colleague)] == [(2000, "Due")]


def test_hires_whose_first_day_moves_to_another_period_earn_the_bonus_of_that_one():
	"""The hire that completes them is the same: the bonus of before, undone by then, does not stand in its way."""
	colleague = frappe._dict(employee=make.make_employee(user=True), opening=make.make_opening())
	several = {"pays_for": "Several Hires", "period": "Month", "designation": colleague.opening.designation}
	given.make_rule(given.points("Joined", 2000, hires=2), **several)
	begins = get_first_day(today())
	stories = [given.refer(colleague.employee, colleague.opening) for _ in range(2)]
	for story in stories:
		given.hire(story, date_of_joining=add_days(begins, -1))
	counting.count(colleague.employee.name)
	given.pay()
	for story in stories:
		frappe.db.set_value("Employee", story.hire.name, "date_of_joining", begins)
		given.follow(story)
		counting.count(colleague.employee.name)
	given.pay()
	last_month, this_month = str(add_days(begins, -1))[:7], str(begins)[:7]
	assert {row.period: (row.state, row.attempt) for row in bonuses(colleague)} == {
		last_month: ("Clawed Back", 1),
		this_month: ("Paid", 1),
	}
	assert len({row.referral for row in bonuses(colleague)}) == 1
	assert rewards_balance(colleague) == 2000


def test_a_hire_who_is_promoted_is_still_one_of_several_who_were_hired_as_the_rule_asks():
	"""Promoted with HRMS's document before the bonus was earned, or in the form of the Employee after it."""
	colleague = frappe._dict(employee=make.make_employee(user=True), opening=make.make_opening())
	grade, higher = make.make_grade().name, make.make_grade().name
	several = {"pays_for": "Several Hires", "period": "Year", "hire_grade": grade}
	given.make_rule(
		given.points("Joined", 2000, hires=2), designation=colleague.opening.designation, **several
	)
	first, second = (given.refer(colleague.employee, colleague.opening) for _ in range(2))
	given.hire(first, grade=grade)
	promote(first.hire.name, today(), grade=higher)
	given.hire(second, grade=grade)
	(name,) = counting.count(colleague.employee.name)
	given.pay()
	frappe.db.set_value("Employee", second.hire.name, "grade", higher)
	assert counting.count(colleague.employee.name) == []
	assert [(row.name, row.state) for row in bonuses(colleague)] == [(name, "Paid")]
	assert all(hire.meets_terms for hire in counting.hires_of(colleague.employee.name))


def test_a_bonus_not_paid_yet_hangs_on_a_hire_that_counts(colleague):
	stories = hires(colleague, 4)
	counting.count(colleague.employee.name)
	(bonus,) = bonuses(colleague)
	anchor = next(story for story in stories if story.name == bonus.referral)
	undo(anchor)
	counting.count(colleague.employee.name)
	(after,) = bonuses(colleague)
	assert (after.name, after.state, after.attempt) == (bonus.name, "Due", 1)
	assert after.referral != bonus.referral


def test_a_bonus_above_a_limit_waits_for_its_approval_from_the_day_it_is_earned(colleague):
	settings = frappe.get_doc(given.SETTINGS)
	settings.append("approval_limits", {"kind": "Points", "above": 1000, "role": "HR Manager"})
	settings.save()
	hires(colleague, 3)
	counting.count(colleague.employee.name)
	assert [row.state for row in bonuses(colleague)] == ["Approval"]


def test_a_bonus_earned_while_the_referrer_was_away_waits_for_hr_when_they_are_back(colleague):
	hires(colleague, 3)
	frappe.db.set_value("Employee", colleague.employee.name, "status", "Inactive")
	(name,) = counting.count(colleague.employee.name)
	frappe.db.set_value("Employee", colleague.employee.name, "status", "Active")
	given.pay()
	assert frappe.db.get_value("Referral Reward", name, ["state", "state_reason"]) == (
		"On Hold",
		"The referrer was not an active employee on the day this was earned.",
	)
	rewards.release(name, "A long illness")
	given.pay()
	assert [row.state for row in bonuses(colleague)] == ["Paid"]


def test_what_hr_voided_is_not_earned_again(colleague):
	hires(colleague, 3)
	(name,) = counting.count(colleague.employee.name)
	rewards.void(name, "The campaign was a mistake.")
	hires(colleague, 1)
	assert counting.count(colleague.employee.name) == []
	assert [row.state for row in bonuses(colleague)] == ["Void"]


def test_the_rule_may_change_and_what_was_promised_stands(colleague):
	stories = [given.refer(colleague.employee, colleague.opening) for _ in range(3)]
	colleague.rule.milestones[0].amount = 1
	colleague.rule.save()
	assert colleague.rule.version == 2
	for story in stories:
		given.hire(story)
	counting.count(colleague.employee.name)
	assert [row.amount for row in bonuses(colleague)] == [2000]


def test_the_employee_may_be_renamed_and_nothing_is_earned_twice(colleague):
	hires(colleague, 3)
	counting.count(colleague.employee.name)
	before = bonuses(colleague)
	name = frappe.rename_doc("Employee", colleague.employee.name, make.unique("EMP"), force=True)
	colleague.employee = frappe.get_doc("Employee", name)
	assert counting.count(name) == []
	assert bonuses(colleague) == before


def test_everybody_with_hires_or_bonuses_is_looked_at_daily(colleague):
	assert colleague.employee.name not in counting.employees_who_count()
	stories = hires(colleague, 3)
	counting.count(colleague.employee.name)
	for story in stories:
		undo(story)
	assert colleague.employee.name in counting.employees_who_count()


def rewards_balance(colleague):
	return points.balance(colleague.employee.name)
