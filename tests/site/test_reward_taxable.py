"""The taxable value of a gift reaches a real salary slip: taxed, not paid out; the tax paid by the company where a rule says so."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_years, get_year_ending, get_year_start, getdate, today

from referral_hub.api import desk
from referral_hub.fulfilment import service as fulfilment
from referral_hub.rewards import service as rewards
from referral_hub.rewards.kinds import training
from referral_hub.rewards.paying import taxable
from referral_hub.wording import languages

RATE = 20


@pytest.fixture
def payroll():
	"""The settings of a company that taxes gifts: components, a rate of 20 %."""
	value = given.make_component(
		is_tax_applicable=1, do_not_include_in_total=1, deduct_full_tax_on_selected_payroll_date=1
	)
	tax = given.make_component(is_tax_applicable=1, deduct_full_tax_on_selected_payroll_date=1)
	settings = frappe.get_doc(given.SETTINGS)
	settings.update({"taxable_component": value.name, "gross_up_component": tax.name, "gross_up_rate": RATE})
	settings.submit_additional_salary = 1
	settings.save()
	return settings


def gift(**more) -> dict:
	return {
		"milestone": "Interviewed",
		"kind": "Gift",
		"amount": 1,
		"currency": "",
		"what": "A tablet",
		**more,
	}


def handed_over(story) -> None:
	given.interview(story)
	given.pay()
	fulfilment.finish(reward(story).payout_name, "Given")


def gift_story(on_payroll=True, user=False, **more):
	story = given.make_story(gift(**more), user=user)
	if on_payroll:
		tax_the_salary_of(story.referrer)
	handed_over(story)
	return story


def tax_the_salary_of(employee):
	"""A salary of 5,000 a month, all of it taxed at 20 %."""
	employee.db_set("holiday_list", given._holiday_list())
	base = given.make_component(is_tax_applicable=1)
	tax = given.make_component(
		kind="Deduction", variable_based_on_taxable_salary=1, is_income_tax_component=1
	)
	slab = (
		frappe.get_doc(
			{
				"doctype": "Income Tax Slab",
				"__newname": make.unique("Slab"),
				"effective_from": add_years(get_year_start(today()), -3),
				"company": make.COMPANY,
				"currency": "CNY",
				"slabs": [{"from_amount": 0, "percent_deduction": RATE}],
			}
		)
		.insert()
		.submit()
	)
	if not frappe.db.exists(
		"Payroll Period", {"company": make.COMPANY, "start_date": get_year_start(today())}
	):
		frappe.get_doc(
			{
				"doctype": "Payroll Period",
				"__newname": make.unique("Period"),
				"company": make.COMPANY,
				"start_date": get_year_start(today()),
				"end_date": get_year_ending(today()),
			}
		).insert()
	structure = (
		frappe.get_doc(
			{
				"doctype": "Salary Structure",
				"__newname": make.unique("Structure"),
				"company": make.COMPANY,
				"currency": "CNY",
				"is_active": "Yes",
				"payroll_frequency": "Monthly",
				"earnings": [
					{"salary_component": base.name, "amount": 5000, "abbr": base.salary_component_abbr}
				],
				"deductions": [{"salary_component": tax.name, "abbr": tax.salary_component_abbr}],
			}
		)
		.insert()
		.submit()
	)
	frappe.get_doc(
		{
			"doctype": "Salary Structure Assignment",
			"employee": employee.name,
			"salary_structure": structure.name,
			"company": make.COMPANY,
			"currency": "CNY",
			"from_date": employee.date_of_joining,
			"base": 5000,
			"income_tax_slab": slab.name,
		}
	).insert().submit()


def chinese_day(day) -> str:
	return "{0.year}年{0.month}月{0.day}日".format(getdate(day))


def reward(story):
	return given.reward_of(story, "Interviewed")


def salaries(story) -> list:
	fields = ["name", "docstatus", "amount", "salary_component", "ref_docname"]
	return frappe.get_all(
		"Additional Salary", {"employee": story.referrer.name}, fields, order_by="creation asc"
	)


def undo_interview(story) -> None:
	for name in frappe.get_all("Interview", {"job_applicant": story.applicant.name}, pluck="name"):
		frappe.get_doc("Interview", name).delete()
	given.follow(story)


def pay_slip_of(employee):
	slip = given.make_slip(employee)
	slip.submit()
	return slip


def test_payroll_taxes_the_value_and_pays_nothing_out(payroll):
	plain = given.make_story(given.points("Interviewed", 1))
	tax_the_salary_of(plain.referrer)
	story = gift_story(taxable_value=1000)
	assert taxable.waiting() == [reward(story).name]
	assert taxable.hand_over(reward(story).name) is True
	(handed,) = salaries(story)
	assert (handed.docstatus, handed.amount, handed.salary_component) == (1, 1000, payroll.taxable_component)
	kept = reward(story)
	assert (kept.state, kept.taxable_state, kept.taxable_payout) == ("Paid", "In Payroll", handed.name)
	usual, taxed = pay_slip_of(plain.referrer), pay_slip_of(story.referrer)
	assert taxed.gross_pay == usual.gross_pay == 5000
	assert round(taxed.total_deduction - usual.total_deduction, 2) == 200
	assert round(usual.net_pay - taxed.net_pay, 2) == 200
	assert reward(story).state == "Paid"


def test_where_the_company_pays_the_tax_the_gift_costs_the_employee_nothing(payroll):
	plain = given.make_story(given.points("Interviewed", 1))
	tax_the_salary_of(plain.referrer)
	story = gift_story(taxable_value=1000, gross_up=1)
	taxable.hand_over(reward(story).name)
	assert [(row.amount, row.salary_component) for row in salaries(story)] == [
		(1000, payroll.taxable_component),
		(250, payroll.gross_up_component),
	]
	assert reward(story).gross_up_amount == 250
	usual, taxed = pay_slip_of(plain.referrer), pay_slip_of(story.referrer)
	assert taxed.net_pay == usual.net_pay
	assert taxed.gross_pay - usual.gross_pay == 250


def test_it_is_handed_to_payroll_once(payroll):
	story = gift_story(taxable_value=1000, gross_up=1)
	assert [taxable.hand_over(reward(story).name) for _ in range(3)] == [True, False, False]
	assert len(salaries(story)) == 2
	assert taxable.waiting() == []


def test_the_gift_does_not_wait_for_payroll_and_says_what_payroll_lacks(payroll):
	story = gift_story(on_payroll=False, taxable_value=1000)
	name = reward(story).name
	assert reward(story).state == "Paid"
	assert taxable.hand_over(name) is False
	assert reward(story).taxable_note.startswith(f"No Salary Structure is assigned to {story.referrer.name}")
	(found,) = desk.reward_reconciliation(employee=story.referrer.name)
	said = f"Payroll was not told its taxable value yet: {reward(story).taxable_note}"
	assert (found.code, found.finding, found.expected) == ("value_waits", said, "CNY 1,000.00")
	with languages.speaking("zh"):
		form = frappe.get_doc("Referral Reward", name)
		form.run_method("onload")
	assert form.taxable_note == f"{story.referrer.name} 在 {chinese_day(today())} 没有分配薪资结构。"
	tax_the_salary_of(story.referrer)
	frappe.db.set_single_value(given.SETTINGS, "taxable_component", payroll.gross_up_component)
	frappe.clear_document_cache(given.SETTINGS, given.SETTINGS)
	assert taxable.hand_over(name) is False
	assert "Salary Component for taxable value" in reward(story).taxable_note
	frappe.db.set_single_value(given.SETTINGS, "taxable_component", payroll.taxable_component)
	frappe.clear_document_cache(given.SETTINGS, given.SETTINGS)
	component = frappe.get_doc("Salary Component", payroll.taxable_component)
	component.update({"round_to_the_nearest_integer": 1}).save()
	assert taxable.hand_over(name) is False
	assert f"{component.name} is rounded to the nearest integer" in reward(story).taxable_note
	component.update({"round_to_the_nearest_integer": 0}).save()
	assert taxable.hand_over(name) is True
	assert (reward(story).taxable_note, len(salaries(story))) == (None, 1)


def test_the_value_of_whom_hrms_pays_nothing_waits_and_that_of_who_was_transferred_is_taxed_where_they_are_now(
	payroll,
):
	story = gift_story(taxable_value=1000)
	story.referrer.db_set("status", "Inactive")
	assert taxable.hand_over(reward(story).name) is False
	assert reward(story).taxable_note == (
		f"{story.referrer.name} is not an active employee: HRMS makes no more salary for them."
	)
	story.referrer.db_set("status", "Active")
	now = make.transfer(story.referrer)
	tax_the_salary_of(now)
	assert taxable.hand_over(reward(story).name)
	about = {"ref_docname": reward(story).name}
	assert frappe.get_all("Additional Salary", about, pluck="employee") == [now.name]
	assert desk.reward_reconciliation(employee=story.referrer.name) == []


def test_a_value_for_a_month_after_a_transfer_is_taxed_where_they_are_now_with_the_tax_on_it(payroll):
	story = gift_story(taxable_value=1000, gross_up=1)
	name = reward(story).name
	assert taxable.hand_over(name)
	before = {row.name for row in salaries(story)}
	assert (len(before), taxable.without_salary()) == (2, [])
	for payout in before:
		frappe.db.set_value("Additional Salary", payout, "payroll_date", given.next_month())
	now = make.transfer(story.referrer)
	tax_the_salary_of(now)
	assert taxable.without_salary() == [name]
	assert taxable.follow_salary_gone(name)
	assert {row.docstatus for row in salaries(story)} == {2}
	assert taxable.hand_over(name)
	about = {"ref_docname": name, "docstatus": 1}
	told = frappe.get_all("Additional Salary", about, ["employee", "amount"], order_by="amount")
	assert [(row.employee, row.amount) for row in told] == [(now.name, 250), (now.name, 1000)]
	assert (taxable.without_salary(), reward(story).gross_up_amount) == ([], 250)
	assert desk.reward_reconciliation(employee=story.referrer.name) == []


def test_a_value_that_is_owed_stays_taxed_where_it_is_and_is_named_after_a_transfer(payroll):
	story = gift_story(taxable_value=1000, gross_up=1)
	name = reward(story).name
	assert taxable.hand_over(name)
	for row in salaries(story):
		frappe.db.set_value("Additional Salary", row.name, "payroll_date", given.next_month())
	undo_interview(story)
	assert reward(story).state == "Owed"
	now = make.transfer(story.referrer)
	tax_the_salary_of(now)
	assert (taxable.without_salary(), taxable.follow_salary_gone(name)) == ([], False)
	assert [row.docstatus for row in salaries(story)] == [1, 1]
	named = {row.code for row in desk.reward_reconciliation() if row.reward == name}
	assert named == {"never_carried"}


def test_nothing_is_taxed_before_it_was_handed_over(payroll):
	story = given.make_story(gift(taxable_value=1000))
	tax_the_salary_of(story.referrer)
	given.interview(story)
	given.pay()
	assert (reward(story).state, taxable.waiting(), salaries(story)) == ("Due", [], [])


def test_what_the_employee_keeps_stays_taxed(payroll):
	story = gift_story(user=True, taxable_value=1000)
	taxable.hand_over(reward(story).name)
	undo_interview(story)
	assert (reward(story).state, reward(story).taxable_state) == ("Owed", "In Payroll")
	assert [row.docstatus for row in salaries(story)] == [1]
	(listed,) = [row for row in rewards.work_list({"state": "Owed"}) if row.reward == reward(story).name]
	(told,) = given.told(story, "reward_taken_back")
	assert (listed.to_do, told.owed_en) == ("Note it as given back, or write it off", "A tablet")
	desk.note_paid_back(reward(story).name, "Lies in our cupboard again")
	given_back = reward(story)
	assert (given_back.state, given_back.owed_amount, given_back.taxable_state) == (
		*("Clawed Back", 0),
		"Withdrawn",
	)
	assert ([row.docstatus for row in salaries(story)], unmatched(story.referrer.name)) == ([2], [])


@pytest.fixture
def training_story(payroll):
	"""A conference: it is taken back by taking the employee off its list."""
	program = given.make_training_program()
	given.make_training_event(program)
	row = {"milestone": "Interviewed", "kind": "Training", "amount": 1, "currency": "", "taxable_value": 500}
	story = given.make_story({**row, "training_program": program})
	tax_the_salary_of(story.referrer)
	given.interview(story)
	given.pay()
	taxable.hand_over(reward(story).name)
	return story


def test_undone_in_time_payroll_forgets_it_and_paid_again_it_is_told_again(training_story):
	story = training_story
	assert [row.docstatus for row in salaries(story)] == [1]
	undo_interview(story)
	assert [row.docstatus for row in salaries(story)] == [2]
	assert (reward(story).state, reward(story).taxable_state) == ("Void", "Withdrawn")
	given.interview(story)
	given.pay()
	taxable.hand_over(reward(story).name)
	assert [row.docstatus for row in salaries(story)] == [2, 1]


def test_what_a_slip_has_taxed_is_named_for_payroll_and_not_taxed_twice(training_story):
	story = training_story
	slip = pay_slip_of(story.referrer)
	undo_interview(story)
	assert (reward(story).state, reward(story).taxable_state) == ("Void", "Taxed")
	assert reward(story).taxable_note == (
		f"The Salary Slip {slip.name} has taxed its value already: correct that in payroll."
	)
	given.interview(story)
	given.pay()
	assert taxable.hand_over(reward(story).name) is False
	assert [row.docstatus for row in salaries(story)] == [1]
	assert taxable.taxed_unnoticed() == []
	slip.cancel()
	assert taxable.taxed_unnoticed() == [reward(story).name]
	assert taxable.follow_taxed(reward(story).name)
	assert (reward(story).taxable_state, reward(story).taxable_note) == ("In Payroll", None)
	assert pay_slip_of(story.referrer).gross_pay == 5000


def heal() -> list[bool]:
	"""What the hourly task does."""
	return [taxable.follow_gone(name) for name in taxable.with_payout_gone()]


def test_a_value_that_hr_takes_out_of_payroll_is_said_on_the_reward_and_in_the_reconciliation(payroll):
	story = gift_story(taxable_value=1000, gross_up=1)
	assert taxable.hand_over(reward(story).name)
	assert (heal(), desk.reward_reconciliation(employee=story.referrer.name)) == ([], [])
	payout = reward(story).taxable_payout
	frappe.get_doc("Additional Salary", payout).cancel()
	assert (heal(), heal()) == ([True], [])
	row = reward(story)
	assert (row.state, row.taxable_state, row.taxable_note) == (
		"Paid",
		"Withdrawn",
		f"Administrator cancelled or deleted the Additional Salary {payout}.",
	)
	gone, left = desk.reward_reconciliation(employee=story.referrer.name)
	assert (gone.code, gone.reward, gone.expected) == ("value_gone", row.name, "CNY 1,000.00")
	assert (left.code, left.expected, left.additional_salary) == (
		"value_left",
		"CNY 250.00",
		row.gross_up_payout,
	)
	frappe.get_doc("Additional Salary", row.gross_up_payout).cancel()
	assert [found.code for found in desk.reward_reconciliation(employee=story.referrer.name)] == [
		"value_gone"
	]


def test_a_value_that_hr_amends_stays_the_rewards(training_story):
	story = training_story
	old = frappe.get_doc("Additional Salary", reward(story).taxable_payout)
	old.cancel()
	amended = frappe.copy_doc(old).update({"amended_from": old.name}).insert()
	amended.submit()
	assert heal() == [True]
	assert (reward(story).taxable_state, reward(story).taxable_payout) == ("In Payroll", amended.name)
	undo_interview(story)
	assert frappe.db.get_value("Additional Salary", amended.name, "docstatus") == 2


def unmatched(employee: str) -> list[tuple]:
	rows = desk.reward_reconciliation(employee=employee)
	return [(row.code, row.reward, row.expected, row.additional_salary) for row in rows]


def test_the_value_of_a_gift_and_the_tax_on_it_are_found_where_payroll_says_otherwise(payroll):
	story = gift_story(taxable_value=1000, gross_up=1)
	taxable.hand_over(reward(story).name)
	kept, employee = reward(story), story.referrer.name
	value, tax = kept.taxable_payout, kept.gross_up_payout
	assert unmatched(employee) == []
	for payout, code, expected in ((value, "other_value", "CNY 1,000.00"), (tax, "other_tax", "CNY 250.00")):
		before = frappe.db.get_value("Additional Salary", payout, "amount")
		frappe.db.set_value("Additional Salary", payout, "amount", 5)
		assert unmatched(employee) == [(code, kept.name, expected, payout)]
		frappe.db.set_value("Additional Salary", payout, "amount", before)
	frappe.db.set_value("Additional Salary", {"name": ("in", [value, tax])}, "docstatus", 2)
	assert [row[:3] for row in unmatched(employee)] == [
		("value_missing", kept.name, "CNY 1,000.00"),
		("tax_missing", kept.name, "CNY 250.00"),
	]


def test_an_additional_salary_made_by_hand_for_what_is_not_money_is_found(payroll):
	story = gift_story(taxable_value=1000)
	taxable.hand_over(reward(story).name)
	by_hand = frappe.copy_doc(frappe.get_doc("Additional Salary", reward(story).taxable_payout))
	by_hand.update({"salary_component": payroll.gross_up_component}).insert().submit()
	name, employee = reward(story).name, story.referrer.name
	assert unmatched(employee) == [("second_value", name, "CNY 1,000.00", by_hand.name)]
	frappe.db.set_value("Referral Reward", name, {"taxable_state": "", "taxable_value": 0})
	assert [row[0] for row in unmatched(employee)] == ["not_money", "not_money"]


def invited(program):
	"""Somebody with a place at a training whose value payroll has heard of, and the event."""
	event = given.make_training_event(program)
	about = {"milestone": "Interviewed", "kind": "Training", "amount": 1, "training_program": program}
	story = given.make_story({**about, "currency": "", "taxable_value": 1000})
	tax_the_salary_of(story.referrer)
	given.interview(story)
	given.pay()
	assert taxable.hand_over(reward(story).name) is True
	return story, event


@pytest.mark.parametrize(
	("is_taxed", "state", "docstatus"), [(False, "Withdrawn", 2), (True, "Taxed", 1)], ids=["before", "after"]
)
def test_a_training_that_is_cancelled_is_not_taxed_unless_a_slip_has_done_so(
	payroll, is_taxed, state, docstatus
):
	program = given.make_training_program()
	story, event = invited(program)
	if is_taxed:
		pay_slip_of(story.referrer)
	event.reload().update({"event_status": "Cancelled"}).save()
	assert training.follow_gone_event(reward(story).name) is True
	kept = reward(story)
	assert (kept.state, kept.taxable_state) == ("Due", state)
	assert [row.docstatus for row in salaries(story)] == [docstatus]
	given.make_training_event(program, 30)
	given.pay()
	assert (reward(story).state, reward(story).taxable_state) == (
		"Paid",
		"Taxed" if is_taxed else "Waiting",
	)


def test_a_training_that_is_cancelled_is_not_taxed_by_the_slip_that_is_made_anew(payroll):
	program = given.make_training_program()
	story, event = invited(program)
	slip = pay_slip_of(story.referrer)
	event.reload().update({"event_status": "Cancelled"}).save()
	assert training.follow_gone_event(reward(story).name) is True
	slip.cancel()
	assert taxable.taxed_unnoticed() == [reward(story).name]
	assert taxable.follow_taxed(reward(story).name) is True
	assert (reward(story).state, reward(story).taxable_state) == ("Due", "Withdrawn")
	assert [row.docstatus for row in salaries(story)] == [2]
	given.make_training_event(program, 30)
	given.pay()
	assert (reward(story).state, reward(story).taxable_state) == ("Paid", "Waiting")


def test_a_value_whose_reward_is_undone_while_nothing_pays_it_leaves_payroll(payroll):
	story, event = invited(given.make_training_program())
	of_before = {"state": "Due", "payout_doctype": None, "payout_name": None}
	frappe.db.set_value("Referral Reward", reward(story).name, of_before)
	event.delete()
	undo_interview(story)
	assert (reward(story).state, reward(story).taxable_state) == ("Void", "Withdrawn")
	assert [row.docstatus for row in salaries(story)] == [2]
