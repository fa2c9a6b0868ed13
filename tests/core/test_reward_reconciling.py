"""What does not match between a cash reward and the payroll documents that name it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from referral_hub.rewards.rules.paying.reconciling import Paid, Salary, findings

REWARD = Paid("R", "Confirmed", "li", Decimal(100), "CNY", payout="A")
SALARY = Salary("A", 1, "li", Decimal(100), "CNY", slip="S", is_passed_over=True)
OTHER = replace(SALARY, name="B", slip=None, is_passed_over=False)


def codes(reward, *salaries):
	return [(found.code, found.salary and found.salary.name) for found in findings(reward, salaries)]


@pytest.mark.parametrize(
	("reward", "salaries", "expected"),
	[
		({}, [SALARY], []),
		({"state": "Paid"}, [replace(SALARY, slip=None, is_passed_over=False)], []),
		({}, [], [("no_payout", None)]),
		({"payout": None}, [OTHER], [("no_payout", None)]),
		({}, [SALARY, OTHER], [("second", "B")]),
		({}, [replace(SALARY, employee="wang")], [("other_employee", "A")]),
		({}, [replace(SALARY, amount=Decimal("100.01"))], [("other_amount", "A")]),
		({}, [replace(SALARY, currency="USD")], [("other_currency", "A")]),
		({"state": "Paid"}, [replace(SALARY, docstatus=0, slip=None)], [("still_a_draft", "A")]),
		({"state": "Paid"}, [replace(SALARY, slip=None)], [("passed_over", "A")]),
		({}, [replace(SALARY, slip=None, is_passed_over=False)], [("not_carried", "A")]),
		({"state": "Paid"}, [SALARY], [("carried_unnoticed", "A")]),
		({"state": "On Hold"}, [SALARY], [("carried_unnoticed", "A")]),
		({"state": "Void", "payout": None}, [OTHER], [("not_to_be_paid", "B")]),
		({"state": "Owed"}, [SALARY], []),
		({"state": "Owed"}, [replace(SALARY, slip=None)], [("not_to_be_paid", "A")]),
		({"state": "Clawed Back"}, [SALARY], []),
		({"state": "Clawed Back"}, [replace(SALARY, slip=None)], [("not_to_be_paid", "A")]),
		({"state": "Approval", "payout": None}, [replace(OTHER, slip=None)], [("not_to_be_paid", "B")]),
		({"state": "Choice", "payout": None}, [replace(OTHER, slip=None)], [("not_to_be_paid", "B")]),
		({}, [replace(SALARY, is_deduction=True)], [("deducted", "A")]),
		({}, [replace(SALARY, carried=Decimal(100))], []),
		({}, [replace(SALARY, carried=Decimal(40))], [("carried_otherwise", "A")]),
		({}, [replace(SALARY, carried=Decimal(200), slips=2)], [("carried_twice", "A")]),
		(
			{"state": "Paid"},
			[replace(SALARY, slip=None, is_passed_over=False, is_late=True)],
			[("never_carried", "A")],
		),
		({}, [replace(SALARY, carried_in="CNY", is_late=True)], []),
		({}, [replace(SALARY, carried_in="USD")], [("carried_in_other_currency", "A")]),
		({"state": "Due", "payout": None}, [], []),
		({"is_kept_beyond": True}, [SALARY], [("kept_beyond", None)]),
		({"state": "Void", "payout": None, "is_kept_beyond": True}, [], []),
		({"state": "Paid", "payout": "B", "earlier": ("A",)}, [SALARY, OTHER], []),
		(
			{"state": "Paid", "payout": "B", "earlier": ("A",)},
			[replace(SALARY, slip=None), OTHER],
			[("earlier_not_carried", "A")],
		),
		({"state": "Paid", "payout": "B", "earlier": ("A",)}, [OTHER], [("earlier_not_carried", None)]),
		({"state": "Owed", "came_back": True}, [SALARY], []),
		({"state": "Owed", "came_back": True}, [replace(SALARY, slip=None)], [("slip_to_make_anew", "A")]),
		(
			{"state": "Clawed Back", "came_back": True},
			[replace(SALARY, slip=None)],
			[("slip_to_make_anew", "A")],
		),
		(
			{"state": "Void", "came_back": True, "is_written_off": True},
			[replace(SALARY, slip=None)],
			[("slip_to_make_anew", "A")],
		),
		({"state": "Void", "is_written_off": True}, [replace(SALARY, slip=None)], [("not_to_be_paid", "A")]),
	],
)
def test_each_difference_is_found_and_nothing_else(reward, salaries, expected):
	assert codes(replace(REWARD, **reward), *salaries) == expected
