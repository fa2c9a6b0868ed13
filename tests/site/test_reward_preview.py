"""The form of a rule tries it on an opening and an employee: in words, before it is saved, writing nothing."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, today

from referral_hub.api.desk_rules import NotTheForm, try_rule
from referral_hub.rewards.promising.rule_editing import TiedRule


@pytest.fixture(autouse=True)
def no_other_rules(site):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)


def draft(*milestones, **fields):
	"""A rule as the form holds it before it is saved."""
	factors = [{"doctype": "Reward Rule Factor", **row} for row in fields.pop("factors", [])]
	rows = [{"doctype": "Reward Rule Milestone", **row} for row in milestones]
	return {
		"doctype": "Reward Rule",
		"__islocal": 1,
		"name": "new-reward-rule-1",
		"rule_name": "Draft",
		"enabled": 1,
		"pays_for": "Each Hire",
		"company": "",
		"milestones": rows,
		"factors": factors,
		**fields,
	}


def tried(rule, opening, employee):
	return try_rule(frappe.as_json(rule), opening.name, employee.name)


CAMPAIGN = {"factor": "Campaign", "times": 2, "title": "Spring", "valid_from": "2020-01-01"}


def test_base_100_and_a_campaign_of_two_the_employee_gets_200():
	told = tried(
		draft(given.cash("Joined", 100), factors=[CAMPAIGN]), make.make_opening(), make.make_employee()
	)
	assert told == {
		"pays": "The employee gets CNY 200.00.",
		"lines": ["the new colleague joined: CNY 200.00 = CNY 100.00 x 2 (campaign Spring)."],
		"against": [],
		"problems": [],
	}
	assert not frappe.db.exists("Reward Rule", {"rule_name": "Draft"})


def test_what_is_not_met_is_said_and_what_it_would_pay_all_the_same():
	opening = make.make_opening()
	other = make.make_designation().name
	told = tried(
		draft(given.points("Joined", 10), designation=other, valid_from=add_days(today(), 1)),
		opening,
		make.make_employee(),
	)
	assert told["against"] == [
		f"Not met: the designation must be {other}, and is {opening.designation}.",
		f"Not met: the rule is not in force on {frappe.utils.formatdate(today())}.",
	]
	assert told["pays"] == "The employee gets 10 points."


def test_a_more_specific_rule_is_named():
	opening = make.make_opening()
	given.make_rule(given.points("Joined", 99), rule_name="Specialists", designation=opening.designation)
	told = tried(draft(given.points("Joined", 10)), opening, make.make_employee())
	assert told["against"] == ["Rule Specialists says more about this opening and pays instead."]


def test_a_tie_and_rows_that_cannot_be_paid_are_said_before_saving():
	given.make_rule(given.points("Joined", 99), rule_name="Everybody")
	opening, employee = make.make_opening(), make.make_employee()
	told = tried(draft(given.points("Joined", 10)), opening, employee)
	assert told["against"] == ["Rule Everybody is for the same openings on the same days."]
	told = tried(draft(given.cash("Joined", 10, share_percent=30)), opening, employee)
	assert told["problems"] == [
		"Rows 1: the shares of this amount come to 30 %, not to 100 %. "
		"The parts of one amount have the same amount, kind and option."
	]


def test_options_and_several_hires_are_said():
	opening, employee = make.make_opening(), make.make_employee()
	choice = [given.cash("Joined", 1000, option="A"), given.points("Joined", 70, option="B")]
	assert tried(draft(*choice), opening, employee)["pays"] == "The employee gets CNY 1,000.00 or 70 points."
	told = tried(
		draft(given.points("Joined", 2000, hires=3), pays_for="Several Hires", period="Year"),
		opening,
		employee,
	)
	assert (told["pays"], told["lines"]) == (
		"For several hires in one year, the employee gets more:",
		["3 hires: 2,000 points"],
	)


def test_only_who_may_read_rules_may_try_them(as_user):
	opening, employee = make.make_opening(), make.make_employee(user=True)
	as_user(employee.user_id)
	with pytest.raises(frappe.PermissionError):
		tried(draft(given.points("Joined", 10)), opening, employee)


ROW = {"milestone": "Joined", "kind": "Cash", "amount": 100}


@pytest.mark.parametrize(
	"form",
	[
		"",
		"{",
		"null",
		"[]",
		'"x"',
		{"milestones": "x"},
		{"milestones": ["x"]},
		{"milestones": [ROW | {"kind": {"a": 1}}]},
		{"milestones": [ROW], "factors": "x"},
		{"milestones": [ROW], "department": ["like", "%"]},
	],
)
def test_what_no_form_sends_is_refused_in_words(form):
	with pytest.raises(NotTheForm, match="This is not the form of a Reward Rule"):
		try_rule(
			form if isinstance(form, str) else frappe.as_json(form),
			make.make_opening().name,
			make.make_employee().name,
		)


def test_a_form_that_is_not_filled_in_yet_says_what_it_lacks():
	opening, employee = make.make_opening(), make.make_employee()
	assert tried(draft(), opening, employee)["problems"] == ["Nothing is paid yet."]
	for milestone in (None, "", "Joind"):
		told = tried(draft(ROW | {"milestone": milestone}, __onload={"a": 1}), opening, employee)
		assert told == {"pays": "", "lines": [], "against": [], "problems": ["Row 1: choose a milestone."]}


@pytest.fixture
def limited(as_user):
	"""Somebody of HR in one company who reads only rules for the hires of one kind of employment; the kind."""
	mine, theirs = (
		frappe.get_doc(doctype="Employment Type", employee_type_name=make.unique("Type")).insert().name
		for _ in range(2)
	)
	secret = {"rule_name": "Secret", "company": make.COMPANY, "hire_employment_type": theirs}
	given.make_rule(given.points("Joined", 99), **secret)
	person = make.make_hr_manager().name
	for allow, value in (("Company", make.COMPANY), ("Employment Type", mine)):
		allowed = {"user": person, "allow": allow, "for_value": value}
		frappe.get_doc({"doctype": "User Permission", **allowed}).insert()
	as_user(person)
	return mine


def test_a_rule_that_somebody_may_not_read_refuses_a_tie_without_being_named(limited):
	fields = {"company": make.COMPANY, "hire_employment_type": limited}
	with pytest.raises(
		TiedRule
	) as refused:  # the platform fills in what somebody is limited to, unless it is emptied
		given.make_rule(given.points("Joined", 1), **fields, employment_type="")
	assert str(refused.value) == (
		"A rule that you may not read is for the same openings on the same days."
		" Add a condition, change the dates, or ask who may read it."
	)


def test_a_rule_that_somebody_may_not_read_is_not_named_when_it_ties_or_pays_instead(limited, as_user):
	user = frappe.session.user
	as_user("Administrator")
	opening, employee = make.make_opening(), make.make_employee()
	as_user(user)
	tie = draft(given.points("Joined", 10), company=make.COMPANY)
	assert tried(tie, opening, employee)["against"] == [
		"A rule that you may not read is for the same openings on the same days."
	]
	assert tried(draft(given.points("Joined", 10)), opening, employee)["against"] == [
		"A rule that you may not read says more about this opening and pays instead."
	]


def test_hr_of_one_company_is_not_told_what_the_rule_of_another_is_called(as_user):
	other, opening, employee = make.other_company(), make.make_opening(), make.make_employee()
	given.make_rule(given.points("Joined", 99), rule_name="Secret", company=other)
	person = make.make_hr_manager().name
	allowed = {"user": person, "allow": "Company", "for_value": make.COMPANY}
	frappe.get_doc({"doctype": "User Permission", **allowed}).insert()
	as_user(person)
	assert tried(draft(given.points("Joined", 10), company=other), opening, employee)["against"] == [
		f"Not met: the company must be {other}, and is {make.COMPANY}.",
		"A rule that you may not read is for the same openings on the same days.",
	]
	with pytest.raises(frappe.PermissionError):
		given.make_rule(given.points("Joined", 1), company=other)
