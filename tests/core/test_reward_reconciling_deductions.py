"""What does not match between what is asked back by payroll, or taxed by it, and the documents that do it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from referral_hub.rewards.rules.paying import reconciling_deductions as deductions
from referral_hub.rewards.rules.paying import reconciling_values as values
from referral_hub.rewards.rules.paying.reconciling import Salary

ASKED = deductions.Recovery("Waiting", frozenset({"li", "li 2"}), Decimal(100), "CNY", "A")
COUNTED, ENDED = replace(ASKED, state="Done", is_owed=False), replace(ASKED, state="Cancelled")
DEDUCTION = Salary("A", 1, "li", Decimal(100), "CNY", is_deduction=True)
DEDUCTED = replace(DEDUCTION, slip="S", is_passed_over=True, carried=Decimal(100))
OTHER, GONE = replace(DEDUCTION, name="B"), replace(DEDUCTED, docstatus=2)


def codes(found) -> list:
	return [(finding.code, finding.salary and finding.salary.name) for finding in found]


@pytest.mark.parametrize(
	("recovery", "salaries", "expected"),
	[
		(ASKED, [DEDUCTION], []),
		(COUNTED, [DEDUCTED], []),
		(COUNTED, [GONE], []),
		(ENDED, [], []),
		(ASKED, [replace(DEDUCTION, employee="li 2")], []),
		(ASKED, [replace(DEDUCTION, currency=None)], []),
		(ASKED, [], [("no_deduction", None)]),
		(COUNTED, [], [("no_deduction", None)]),
		(ASKED, [DEDUCTION, OTHER], [("second_deduction", "B")]),
		(COUNTED, [DEDUCTED, OTHER], [("second_deduction", "B")]),
		(ASKED, [OTHER], [("deducts_unasked", "B"), ("no_deduction", None)]),
		(ENDED, [DEDUCTION], [("deducts_unasked", "A")]),
		(replace(ASKED, is_owed=False), [DEDUCTION], [("deducts_unasked", "A")]),
		(replace(ASKED, is_owed=False), [DEDUCTED], [("deducted_not_counted", "A")]),
		(ENDED, [DEDUCTED], [("still_deducted", "A")]),
		(ENDED, [GONE], [("still_deducted", "A")]),
		(ASKED, [DEDUCTION, replace(GONE, name="B")], [("still_deducted", "B")]),
		(ASKED, [GONE], [("still_deducted", "A"), ("no_deduction", None)]),
		(ASKED, [replace(DEDUCTION, employee="wang")], [("other_employee", "A")]),
		(ASKED, [replace(DEDUCTION, is_deduction=False)], [("pays_back", "A")]),
		(ASKED, [replace(DEDUCTION, amount=Decimal("99.99"))], [("deducts_other_amount", "A")]),
		(ASKED, [replace(DEDUCTION, currency="USD")], [("other_currency_deducted", "A")]),
		(ASKED, [replace(DEDUCTION, docstatus=0)], [("deduction_a_draft", "A")]),
		(ASKED, [replace(DEDUCTION, is_passed_over=True)], [("deduction_passed_over", "A")]),
		(ASKED, [replace(DEDUCTION, is_late=True)], [("never_deducted", "A")]),
		(COUNTED, [replace(DEDUCTED, carried_in="USD")], [("deducted_in_other_currency", "A")]),
		(COUNTED, [DEDUCTION], [("counted_not_deducted", "A")]),
		(ASKED, [DEDUCTED], [("deducted_not_counted", "A")]),
		(COUNTED, [replace(DEDUCTED, carried=Decimal(200), slips=2)], [("deducted_twice", "A")]),
		(COUNTED, [replace(DEDUCTED, carried=Decimal(40))], [("deducted_otherwise", "A")]),
	],
)
def test_each_difference_of_a_deduction_is_found_and_nothing_else(recovery, salaries, expected):
	assert codes(deductions.findings(recovery, salaries)) == expected


VALUE = Salary("V", 1, "li", Decimal(1000), "CNY")
TAX = Salary("T", 1, "li", Decimal(250), "CNY")
MADE = replace(VALUE, name="X")
GIFT = values.Value(
	"In Payroll", frozenset({"li"}), "CNY", (values.value(Decimal(1000), "V"), values.tax(Decimal(250), "T"))
)
PLAIN = replace(GIFT, pieces=(values.value(Decimal(1000), "V"), values.tax(Decimal(0), None)))


def carried(salary: Salary, **more) -> Salary:
	return replace(salary, **{"slip": "S", "is_passed_over": True, "carried": salary.amount, **more})


@pytest.mark.parametrize(
	("reward", "salaries", "expected"),
	[
		({}, [VALUE, TAX], []),
		({}, [carried(VALUE), carried(TAX)], []),
		({"pieces": PLAIN.pieces}, [VALUE], []),
		({"state": "Waiting"}, [], []),
		({"state": "Withdrawn"}, [], []),
		({"state": "Taxed", "is_gone": True}, [carried(VALUE), carried(TAX)], []),
		({"state": "Withdrawn"}, [replace(VALUE, docstatus=2)], []),
		({}, [TAX], [("value_missing", None)]),
		({}, [VALUE], [("tax_missing", None)]),
		({"state": "Taxed"}, [carried(TAX)], []),
		({}, [replace(VALUE, amount=Decimal(999)), TAX], [("other_value", "V")]),
		({}, [VALUE, replace(TAX, amount=Decimal(251))], [("other_tax", "T")]),
		({}, [replace(VALUE, currency="USD"), TAX], [("other_currency", "V")]),
		({}, [replace(VALUE, currency=None), TAX], []),
		({}, [replace(VALUE, employee="wang"), TAX], [("other_employee", "V")]),
		({}, [replace(VALUE, is_deduction=True), TAX], [("deducted", "V")]),
		({}, [VALUE, TAX, MADE], [("second_value", "X")]),
		({"state": "Taxed"}, [carried(VALUE), carried(TAX), MADE], [("second_value", "X")]),
		({}, [replace(VALUE, docstatus=0), TAX], [("still_a_draft", "V")]),
		({}, [VALUE, replace(TAX, is_passed_over=True)], [("passed_over", "T")]),
		({}, [replace(VALUE, is_late=True), carried(TAX, is_late=True)], [("never_carried", "V")]),
		({"state": "Taxed"}, [carried(VALUE), TAX], [("taxed_not_carried", "T")]),
		({}, [carried(VALUE, carried=Decimal(2000), slips=2), TAX], [("carried_twice", "V")]),
		({}, [carried(VALUE, carried=Decimal(400)), TAX], [("carried_otherwise", "V")]),
		({}, [carried(VALUE, carried_in="USD"), TAX], [("carried_in_other_currency", "V")]),
		({"is_gone": True}, [VALUE, TAX], [("not_to_be_paid", "V"), ("not_to_be_paid", "T")]),
		({"state": "Withdrawn"}, [TAX], [("value_left", "T")]),
		({"state": "Withdrawn"}, [carried(VALUE, docstatus=2)], [("value_left", "V")]),
		({"state": "Waiting"}, [MADE], [("not_money", "X")]),
		({"state": None, "pieces": ()}, [MADE], [("not_money", "X")]),
	],
)
def test_each_difference_of_a_taxable_value_is_found_and_nothing_else(reward, salaries, expected):
	assert codes(values.findings(replace(GIFT, **reward), salaries)) == expected
