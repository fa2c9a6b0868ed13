"""What is deducted from salaries is held against what was asked back. What is taxed in them: test_reward_taxable.py."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from recovery_factories import choose_components, owed_story, reward

from referral_hub.api import desk
from referral_hub.referral_hub.report.reward_reconciliation import reward_reconciliation
from referral_hub.rewards.recovery import deductions
from referral_hub.rewards.recovery import service as recovery
from referral_hub.wording import languages

PAYOUT = "Additional Salary"


def found(employee: str) -> list[tuple]:
	rows = desk.reward_reconciliation(employee=employee)
	return [(row.code, row.reward, row.expected, row.additional_salary, row.salary_slip) for row in rows]


@pytest.fixture
def asked():
	"""What is owed, the recovery that asks it back and the Additional Salary that deducts it."""
	choose_components()
	owed = owed_story()
	row = frappe.get_doc("Reward Recovery", desk.deduct_owed(reward(owed).name, "As agreed"))
	return frappe._dict(story=owed, row=row, payout=row.payout_name, employee=owed.referrer.name)


def one_row(asked, code: str, payout: str | None = None, slip: str | None = None) -> list[tuple]:
	return [(code, reward(asked.story).name, "CNY 1,000.00", payout, slip)]


def test_a_deduction_is_found_wherever_it_says_something_else_than_was_asked(asked):
	assert found(asked.employee) == []
	for changed, code in (
		({"amount": 900}, "deducts_other_amount"),
		({"currency": "USD"}, "other_currency_deducted"),
		({"type": "Earning"}, "pays_back"),
		({"docstatus": 0}, "deduction_a_draft"),
	):
		before = frappe.db.get_value(PAYOUT, asked.payout, list(changed), as_dict=True)
		frappe.db.set_value(PAYOUT, asked.payout, changed)
		assert found(asked.employee) == one_row(asked, code, asked.payout)
		frappe.db.set_value(PAYOUT, asked.payout, before)
	frappe.db.set_value(PAYOUT, asked.payout, "employee", make.make_employee().name)
	assert found(asked.employee) == one_row(asked, "other_employee", asked.payout)


def test_a_deduction_cancelled_doubled_or_left_behind_is_found(asked):
	copy = frappe.copy_doc(frappe.get_doc(PAYOUT, asked.payout))
	copy.docstatus = 1
	copy.name = f"{asked.payout}-2"
	copy.db_insert()  # saved, it is refused
	assert found(asked.employee) == one_row(asked, "second_deduction", copy.name)
	frappe.db.delete(PAYOUT, copy.name)
	frappe.get_doc(PAYOUT, asked.payout).cancel()
	assert found(asked.employee) == one_row(asked, "no_deduction")
	recovery.follow(asked.row.name)
	assert found(asked.employee) == []
	frappe.db.set_value(PAYOUT, asked.payout, "docstatus", 1)
	assert found(asked.employee) == one_row(asked, "deducts_unasked", asked.payout)


def test_a_slip_that_deducts_without_being_counted_and_one_counted_that_is_gone_are_found(asked):
	slip = given.make_slip(asked.story.referrer, given.next_month())
	slip.submit()
	assert found(asked.employee) == one_row(asked, "deducted_not_counted", asked.payout, slip.name)
	recovery.follow(asked.row.name)
	assert found(asked.employee) == []
	slip.cancel()
	assert found(asked.employee) == one_row(asked, "counted_not_deducted", asked.payout)
	assert deductions.not_followed() == [asked.row.name]
	recovery.follow(asked.row.name)
	assert found(asked.employee) == []


def test_a_slip_that_deducts_otherwise_or_nothing_of_it_is_found(asked):
	slip = given.make_slip(asked.story.referrer, given.next_month())
	slip.submit()
	(line,) = frappe.get_all("Salary Detail", {"additional_salary": asked.payout}, pluck="name")
	frappe.db.set_value("Salary Detail", line, "amount", 400)
	assert [row[0] for row in found(asked.employee)] == ["deducted_not_counted", "deducted_otherwise"]
	frappe.db.delete("Salary Detail", line)
	assert found(asked.employee) == one_row(asked, "deduction_passed_over", asked.payout)


def test_a_deduction_of_what_was_never_asked_back_is_found_and_said_in_both_languages(asked):
	frappe.db.set_value(PAYOUT, asked.payout, "ref_docname", "nothing", update_modified=False)
	assert [row[0] for row in found(asked.employee)] == ["no_deduction", "no_recovery"]
	with languages.speaking("zh"):
		_columns, rows, _said = reward_reconciliation.execute({"employee": asked.employee})
	assert [row["finding"] for row in rows] == [
		"要从工资中追回，但没有附加工资扣除它",
		"附加工资扣除的款项从未要求追回",
	]
