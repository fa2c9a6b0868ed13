"""What an order of the points shop is worth to the tax office reaches payroll once it is delivered, and leaves it with a refund."""

import frappe
import pytest
import reward_factories as payroll
import shop_factories as given

from referral_hub import flow
from referral_hub.api import desk
from referral_hub.fulfilment import service as fulfilment
from referral_hub.referral_hub.report.reward_reconciliation import reward_reconciliation
from referral_hub.rewards import bearers
from referral_hub.rewards.paying import taxable
from referral_hub.wording import languages


@pytest.fixture
def component():
	"""An earning that HRMS taxes and does not pay out, chosen in the settings; payroll gets it submitted."""
	value = payroll.make_component(is_tax_applicable=1, do_not_include_in_total=1)
	choose(value.name)
	return value.name


def choose(component: str | None, submit: int = 1) -> None:
	settings = frappe.get_doc(payroll.SETTINGS)
	settings.update({"taxable_component": component, "submit_additional_salary": submit}).save()


@pytest.fixture
def buyer():
	employee = given.make_buyer()
	payroll.put_on_payroll(employee)
	return employee


def order_of(buyer, **fields):
	"""A code: its buyer has it at once."""
	card = given.make_item("Code", **{"taxable_value": 88, "currency": "CNY", **fields})
	given.make_codes(card, frappe.generate_hash())
	return given.order(buyer, card)


def salaries(buyer) -> list:
	fields = ["docstatus", "amount", "currency", "salary_component", "ref_doctype", "ref_docname"]
	return [*frappe.get_all("Additional Salary", {"employee": buyer.name}, fields, as_list=True)]


def kept(order) -> tuple:
	order.reload()
	return order.state, order.taxable_state, order.taxable_note


def unmatched(buyer) -> list:
	rows = desk.reward_reconciliation(employee=buyer.name)
	return [(row.code, row.reward, row.reward_order, row.expected) for row in rows]


def test_payroll_taxes_goods_once_they_are_delivered_and_forgets_them_with_a_refund(component, buyer):
	order = given.order(buyer, given.make_item(taxable_value=88, currency="CNY"))
	assert (order.taxable_state or None, taxable.waiting(bearers.ORDER)) == (None, [])
	fulfilment.finish(order.delivery_name, note="At the desk")
	assert taxable.waiting(bearers.ORDER) == [order.name]
	assert [taxable.hand_over_of_order(order.name) for _ in range(2)] == [True, False]
	assert salaries(buyer) == [(1, 88, "CNY", component, "Reward Order", order.name)]
	assert (kept(order), unmatched(buyer)) == (("Delivered", "In Payroll", None), [])
	flow.end_order(order.name, "Broken")
	assert kept(order) == ("Refunded", "Withdrawn", None)
	assert ([row[0] for row in salaries(buyer)], unmatched(buyer)) == ([2], [])
	assert taxable.waiting(bearers.ORDER) == []


def test_what_a_slip_has_taxed_is_named_on_the_refunded_order(component, buyer):
	order = order_of(buyer)
	taxable.hand_over_of_order(order.name)
	slip = payroll.make_slip(buyer)
	slip.submit()
	assert slip.gross_pay == 5000
	flow.end_order(order.name, "Did not work")
	words = f"The Salary Slip {slip.name} has taxed its value already: correct that in payroll."
	assert kept(order) == ("Refunded", "Taxed", words)
	assert ([row[0] for row in salaries(buyer)], unmatched(buyer)) == ([1], [])
	slip.cancel()
	assert taxable.taxed_unnoticed(bearers.ORDER) == [order.name]
	assert taxable.follow_taxed_of_order(order.name)
	assert (kept(order), taxable.taxed_unnoticed(bearers.ORDER)) == (("Refunded", "Withdrawn", None), [])
	assert ([row[0] for row in salaries(buyer)], unmatched(buyer)) == ([2], [])


def test_an_order_says_what_payroll_lacks_and_goes_on_once_it_is_there(component, buyer):
	choose(None)
	order = order_of(buyer)
	assert (taxable.hand_over_of_order(order.name), salaries(buyer)) == (False, [])
	state, on_its_way, note = kept(order)
	(found,) = desk.reward_reconciliation(employee=buyer.name)
	said = f"Payroll was not told its taxable value yet: {note}"
	assert (found.reward_order, found.code, found.finding) == (order.name, "value_waits", said)
	assert (state, on_its_way, note.split(" that is")[0]) == (
		*("Delivered", "Waiting"),
		"Referral Hub Settings name no Salary Component for taxable value",
	)
	with languages.speaking("zh"):
		order.run_method("onload")
	assert order.taxable_note.startswith("“推荐中心设置”没有指定应税价值的薪资构成项")
	choose(component, submit=0)
	assert taxable.hand_over_of_order(order.name)
	assert (kept(order), [row[0] for row in salaries(buyer)]) == (("Delivered", "In Payroll", None), [0])
	flow.end_order(order.name, "Did not work")
	assert (kept(order), salaries(buyer)) == (("Refunded", "Withdrawn", None), [])


def test_a_value_that_hr_takes_out_of_payroll_is_said_on_the_order_and_in_the_reconciliation(
	component, buyer
):
	order, without = order_of(buyer), order_of(buyer, taxable_value=0)
	assert (without.state, without.taxable_state or None) == ("Delivered", None)
	taxable.hand_over_of_order(order.name)
	order.reload()
	frappe.get_doc("Additional Salary", order.taxable_payout).cancel()
	assert [taxable.follow_gone_of_order(name) for name in taxable.with_payout_gone(bearers.ORDER)] == [True]
	assert kept(order)[1:] == (
		"Withdrawn",
		f"Administrator cancelled or deleted the Additional Salary {order.taxable_payout}.",
	)
	assert unmatched(buyer) == [("value_gone", None, order.name, "CNY 88.00")]
	_columns, (row,), _words = reward_reconciliation.execute({"employee": buyer.name})
	assert (row["reward_order"], row["state"]) == (order.name, "Delivered")
