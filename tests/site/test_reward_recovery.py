"""What an employee owes is asked back by payroll or by hand, goes down only by what came, and never comes twice."""

from functools import partial

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, get_first_day, get_last_day, getdate, today
from recovery_factories import (
	carry,
	choose_components,
	claw_back_with,
	follow,
	owed_story,
	paid_story,
	reward,
)

from referral_hub import tasks
from referral_hub.api import desk
from referral_hub.rewards import promises
from referral_hub.rewards.approving import people
from referral_hub.rewards.money import written_off
from referral_hub.rewards.oversight import timeline
from referral_hub.rewards.paying import by_hand as paid_by_hand
from referral_hub.rewards.paying import payroll
from referral_hub.rewards.recovery import by_hand, crossed, deductions, records
from referral_hub.rewards.recovery import paid_anew as paying_anew
from referral_hub.rewards.recovery import service as recovery

PAYOUT = "Additional Salary"
NOTHING_TO_PAY_BACK = "Nothing of this reward is to be paid back to the employee."


@pytest.fixture(autouse=True)
def components():
	choose_components()


@pytest.fixture
def owed():
	"""A reward of 1,000 that a submitted slip carried, and that HR voided."""
	return owed_story()


def asked_back(story) -> list:
	fields = ["name", "how", "amount", "state", "payout_name", "taken_from", "reason"]
	return frappe.get_all(
		"Reward Recovery", {"reward": reward(story).name}, fields, order_by="creation asc, name asc"
	)


def refused(call, *args):
	with pytest.raises(recovery.CantBeRecovered) as raised:
		call(*args)
	return str(raised.value)


def test_what_payroll_carried_is_owed_and_nothing_was_asked_back_yet(owed):
	assert (reward(owed).state, reward(owed).owed_amount, asked_back(owed)) == ("Owed", 1000, [])


def test_a_deduction_goes_into_the_next_open_payroll_period(owed):
	name = desk.deduct_owed(reward(owed).name, "As agreed")
	row = frappe.get_doc("Reward Recovery", name)
	salary = frappe.get_doc(PAYOUT, row.payout_name)
	assert (salary.docstatus, salary.type, salary.amount, salary.employee) == (
		1,
		"Deduction",
		1000,
		owed.referrer.name,
	)
	assert getdate(salary.payroll_date) == getdate(add_days(get_last_day(today()), 1))
	assert (row.state, row.reason, row.asked_by) == ("Waiting", "As agreed", "Administrator")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)


def test_it_is_clawed_back_when_the_slip_that_deducts_it_is_submitted(owed):
	desk.deduct_owed(reward(owed).name, "As agreed")
	slip = carry(owed, given.next_month())
	assert [(row.salary_component, row.amount) for row in slip.deductions] == [
		(frappe.get_doc("Referral Hub Settings").claw_back_component, 1000)
	]
	assert slip.net_pay == 4000
	assert (reward(owed).state, reward(owed).owed_amount) == ("Clawed Back", 0)
	assert [row.state for row in asked_back(owed)] == ["Done"]


@pytest.mark.parametrize("is_deleted", [False, True], ids=["cancelled", "deleted with its payroll entry"])
def test_it_waits_again_when_that_slip_is_cancelled(owed, is_deleted):
	desk.deduct_owed(reward(owed).name, "As agreed")
	slip = carry(owed, given.next_month())
	slip.cancel()
	if is_deleted:
		slip.delete()
	for name in deductions.not_followed():
		recovery.follow(name)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)
	assert [row.state for row in asked_back(owed)] == ["Waiting"]


def test_parts_add_up_and_never_to_more_than_is_owed(owed):
	name = reward(owed).name
	desk.note_paid_back(name, "Cash at the counter", 300)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 700)
	desk.deduct_owed(name, "The half now", 400)
	assert "300" in refused(desk.deduct_owed, name, "Too much", 301)
	assert "300" in refused(desk.note_paid_back, name, "Nothing", 0)
	carry(owed, given.next_month())
	desk.note_paid_back(name, "The rest")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Clawed Back", 0)
	assert [(row.how, row.amount, row.state) for row in asked_back(owed)] == [
		("Paid Back", 300, "Done"),
		("Salary Deduction", 400, "Done"),
		("Paid Back", 300, "Done"),
	]


def test_a_deduction_that_hr_cancels_is_open_again(owed):
	row = frappe.get_doc("Reward Recovery", desk.deduct_owed(reward(owed).name, "As agreed"))
	frappe.get_doc(PAYOUT, row.payout_name).cancel()
	recovery.follow(row.name)
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]
	assert desk.deduct_owed(reward(owed).name, "Again")


def test_every_question_back_says_why(owed):
	said = "Say why, so that the employee and your colleagues understand."
	assert refused(desk.deduct_owed, reward(owed).name, " ") == said


def test_nothing_is_asked_back_of_a_reward_that_stands():
	story = paid_story()
	assert refused(desk.deduct_owed, reward(story).name, "x") == "Nothing is owed of this reward in money."


def test_what_stands_against_a_deduction_is_said(owed):
	claw_back_with(None)
	assert refused(desk.deduct_owed, reward(owed).name, "x") == (
		"No Salary Component for deductions is chosen in Referral Hub Settings."
	)
	claw_back_with(given.make_component(kind="Deduction", depends_on_payment_days=1))
	assert "depends on payment days" in refused(desk.deduct_owed, reward(owed).name, "x")
	claw_back_with(given.make_component(kind="Deduction"))
	owed.referrer.db_set({"status": "Left", "relieving_date": today()})
	assert refused(desk.deduct_owed, reward(owed).name, "x") == (
		f"{owed.referrer.name} is not an active employee: HRMS makes no more salary for them."
	)
	assert reward(owed).state == "Owed"


def test_the_settings_can_let_payroll_deduct_without_asking(owed):
	assert recovery.to_deduct() == []
	claw_back_with(given.make_component(kind="Deduction"), by_itself=1)
	assert recovery.to_deduct() == [reward(owed).name]
	recovery.deduct_by_itself(reward(owed).name)
	recovery.deduct_by_itself(reward(owed).name)
	assert [(row.amount, row.state) for row in asked_back(owed)] == [(1000, "Waiting")]


def test_hr_asks_for_no_more_than_the_next_salary_carries_and_is_told_how_much_that_is():
	story = paid_story(6000)
	carry(story)
	name = reward(story).name
	desk.void_reward(name, "The interview never happened")
	said = f"The next salary of {story.referrer.name} can deduct at most CNY "
	assert refused(desk.deduct_owed, name, "All of it").startswith(f"{said}5,000.00, by their last")
	desk.deduct_owed(name, "A part", 4500)
	assert refused(desk.deduct_owed, name, "The rest").startswith(f"{said}500.00, by their last")
	assert [(row.amount, row.state) for row in asked_back(story)] == [(4500, "Waiting")]


def test_neither_a_taxable_value_nor_what_comes_with_its_own_pay_leaves_less_to_deduct():
	story = paid_story(6000)
	value = given.make_component(do_not_include_in_total=1).name
	of_a_gift = {"employee": story.referrer.name, "company": make.COMPANY, "payroll_date": today()}
	of_a_gift |= {"salary_component": value, "amount": 30_000, "currency": "CNY"}
	frappe.get_doc(doctype=PAYOUT, **of_a_gift).insert().submit()
	assert carry(story).net_pay == 11_000
	desk.void_reward(reward(story).name, "The interview never happened")
	assert deductions.room(reward(story)) == 5000
	later = given.refer(story.referrer, story.opening)
	given.interview(later)
	given.pay()
	assert [(row.amount, bool(row.taken_from)) for row in asked_back(story)] == [(6000, True)]
	assert deductions.room(reward(story)) == 5000


def test_by_itself_no_more_is_deducted_than_a_salary_holds_and_the_rest_the_month_after():
	story = paid_story(6000)
	carry(story)
	desk.void_reward(reward(story).name, "The interview never happened")
	claw_back_with(given.make_component(kind="Deduction"), by_itself=1)
	for _hour in range(2):
		recovery.deduct_by_itself(reward(story).name)
		assert [(row.amount, row.state) for row in asked_back(story)] == [(5000, "Waiting")]
	assert carry(story, given.next_month()).net_pay == 0
	recovery.deduct_by_itself(reward(story).name)
	assert [(row.amount, row.state) for row in asked_back(story)] == [(5000, "Done"), (1000, "Waiting")]


def test_a_draft_slip_that_lists_a_deduction_which_is_written_off_is_named(owed):
	desk.deduct_owed(reward(owed).name, "As agreed")
	slip = given.make_slip(owed.referrer, given.next_month())
	frappe.clear_messages()
	desk.void_reward(reward(owed).name, "We let it be")
	words = (
		f"The draft Salary Slip {slip.name} still lists this amount, and HRMS refuses to save it like that."
		" Remove the row from the slip, or delete the slip and make it again."
	)
	assert [message["message"] for message in frappe.get_message_log()] == [words]


def test_what_is_owed_is_netted_from_cash_that_is_earned_later(owed):
	later = given.refer(owed.referrer, owed.opening)
	given.interview(later)
	given.pay()
	paid = frappe.get_doc("Referral Reward", given.reward_of(later, "Interviewed").name)
	assert [(row.amount, row.taken_from, row.state) for row in asked_back(owed)] == [
		(1000, paid.name, "Waiting")
	]
	slip = carry(owed, given.next_month())
	assert (slip.gross_pay, slip.net_pay) == (6000, 5000)
	assert reward(owed).state == "Clawed Back"
	assert frappe.db.get_value("Referral Reward", paid.name, "state") == "Confirmed"


def test_writing_off_takes_the_deduction_away(owed):
	desk.deduct_owed(reward(owed).name, "As agreed")
	desk.void_reward(reward(owed).name, "Forgiven")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Void", 0)
	(row,) = asked_back(owed)
	assert (row.state, frappe.db.get_value(PAYOUT, row.payout_name, "docstatus")) == ("Cancelled", 2)


def test_a_reward_that_stands_again_takes_the_deduction_away(owed):
	desk.deduct_owed(reward(owed).name, "As agreed")
	desk.release_reward(reward(owed).name, "It did happen")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Confirmed", 0)
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]


def test_a_reward_clawed_back_and_earned_again_is_paid_anew_once(owed):
	desk.deduct_owed(reward(owed).name, "As agreed")
	carry(owed, given.next_month())
	first = reward(owed).payout_name
	desk.release_reward(reward(owed).name, "It did happen")
	assert given.pay()["paid"] == 1
	again = reward(owed)
	assert (again.state, again.attempt, again.payout_name != first) == ("Paid", 2, True)
	assert frappe.db.get_value(PAYOUT, again.payout_name, ["amount", "payroll_date"]) == (
		1000,
		getdate(add_months(get_first_day(today()), 2)),
	)
	assert given.pay()["paid"] == 0


@pytest.fixture
def paid_anew(owed):
	"""What a slip has deducted, and what is paid once more: the slip and the deduction."""
	row, salary = deduction(owed)
	slip = carry(owed, given.next_month())
	desk.release_reward(reward(owed).name, "It did happen")
	given.pay()
	assert (reward(owed).state, reward(owed).attempt) == ("Paid", 2)
	slip.cancel()
	follow(slip.name)
	return frappe._dict(slip=slip, salary=salary, recovery=row.name)


def test_a_deduction_behind_which_it_was_paid_anew_waits_for_the_next_slip_and_asks_back_once(
	owed, paid_anew
):
	assert [row.state for row in asked_back(owed)] == ["Waiting"]
	again = carry(owed, given.next_month())
	assert [line.amount for line in again.deductions] == [1000]
	assert [row.state for row in asked_back(owed)] == ["Done"]
	assert (reward(owed).state, reward(owed).owed_amount, given.pay()["paid"]) == ("Paid", 0, 0)
	assert given.make_slip(owed.referrer, add_months(today(), 2)).net_pay == 6000


def test_nothing_is_paid_anew_where_hr_takes_the_deduction_away_too(owed, paid_anew):
	anew = reward(owed).payout_name
	paid_anew.salary.reload().cancel()
	crossed.follow(paid_anew.recovery)
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]
	now = reward(owed)
	assert (now.state, now.state_reason, now.owed_amount) == (
		"Confirmed",
		"The employee kept CNY 1,000.00 of what was paid before: the Salary Slip that deducted it was cancelled.",
		0,
	)
	assert [frappe.db.get_value(PAYOUT, name, "docstatus") for name in (anew, now.payout_name)] == [2, 1]
	assert (given.pay()["paid"], desk.reward_reconciliation(employee=owed.referrer.name)) == (0, [])


def test_what_is_undone_since_is_owed_with_what_was_not_given_back(owed, paid_anew):
	carried = given.make_slip(owed.referrer, add_months(today(), 2))
	carried.submit()
	follow(carried.name)
	desk.void_reward(reward(owed).name, "It did not happen")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)
	assert "1,000" in refused(desk.deduct_owed, reward(owed).name, "Too much", 1001)
	paid_anew.salary.reload().cancel()
	crossed.follow(paid_anew.recovery)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 2000)


@pytest.fixture
def paid_twice(owed, paid_anew):
	"""A slip has carried what was paid anew, and then HR cancels the deduction of what was paid before."""
	carry(owed, add_months(today(), 2))
	paid_anew.salary.reload().cancel()
	crossed.follow(paid_anew.recovery)
	return paid_anew


def waits(story) -> tuple[list, list]:
	"""What HR is shown of it: on the work list, and in the reconciliation."""
	asked = {"employee": story.referrer.name}
	to_do = [(row.state, row.to_do, row.owed_amount) for row in desk.reward_work_list(**asked)]
	return to_do, [(row.code, row.reward) for row in desk.reward_reconciliation(**asked)]


def shown(story, amount: float) -> tuple[list, list]:
	said = "Ask back what is too much, or let the employee keep it"
	return [("Confirmed", said, amount)], [("kept_beyond", reward(story).name)]


def test_what_was_paid_twice_as_hr_cancelled_the_deduction_waits_for_hr_until_it_is_settled(owed, paid_twice):
	name = reward(owed).name
	assert waits(owed) == shown(owed, 1000)
	assert desk.reward_work_list(employee=owed.referrer.name, state="Owed") == []
	desk.note_paid_back(name, "At the counter", 300)
	assert waits(owed) == shown(owed, 700)
	assert "700" in refused(desk.deduct_owed, name, "Too much", 701)
	asked, salary = deduction(owed)
	assert (waits(owed), reward(owed).state_reason) == (([], []), None)
	slip = carry(owed, add_months(today(), 3))
	assert [line.amount for line in slip.deductions] == [700]
	assert (frappe.db.get_value("Reward Recovery", asked.name, "state"), reward(owed).state) == (
		"Done",
		"Confirmed",
	)
	slip.cancel()
	follow(slip.name)
	salary.reload().cancel()
	crossed.follow(asked.name)
	assert waits(owed) == shown(owed, 700)
	desk.let_employee_keep(name, "We let it be")
	assert (waits(owed), reward(owed).state, reward(owed).owed_amount) == (([], []), "Confirmed", 0)
	assert [line["content"] for line in timeline.of_reward("Referral Reward", name)][-2:] == [
		"By itself: The employee kept CNY 700.00 of what was paid before: the Salary Slip that deducted it was cancelled.",
		"Administrator: We let it be (Administrator)",
	]
	assert (
		refused(desk.let_employee_keep, name, "x") == "The employee has no more of this reward than it pays."
	)


def test_what_was_paid_twice_is_deducted_again_where_hr_amends_that_and_owed_where_the_reward_is_void(
	owed, paid_twice
):
	amended = frappe.copy_doc(paid_twice.salary).update({"amended_from": paid_twice.salary.name})
	with pytest.raises(by_hand.WrongDeduction, match="At most CNY 1,000.00 can be asked back."):
		amended.update({"amount": 1001}).insert()
	amended.update({"amount": 400}).insert().submit()
	assert by_hand.amended_unnoticed() == [paid_twice.recovery]
	crossed.follow(paid_twice.recovery)
	assert waits(owed) == shown(owed, 600)
	changed = amend(amended, amount=300)
	crossed.follow(paid_twice.recovery)
	assert [(row.amount, row.state, row.payout_name) for row in asked_back(owed)] == [
		(300, "Waiting", changed.name)
	]
	assert waits(owed) == shown(owed, 700)
	desk.void_reward(reward(owed).name, "It did not happen")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1700)
	desk.release_reward(reward(owed).name, "It did")
	assert waits(owed) == shown(owed, 700)


def in_dollars(story) -> None:
	"""Let the salary be in dollars from now on; a yuan is 0.15."""
	rate = {"from_currency": "CNY", "to_currency": "USD", "exchange_rate": 0.15, "date": today()}
	frappe.get_doc(doctype="Currency Exchange", for_buying=1, for_selling=1, **rate).insert()
	employee = {"employee": story.referrer.name}
	frappe.db.set_value("Salary Structure Assignment", employee, "currency", "USD")


@pytest.mark.parametrize(
	("came_back", "void", "kept"),
	[(700, ("Owed", 45, "USD"), ("Owed", 150, "USD")), (1000, ("Void", 0, "USD"), ("Owed", 1000, None))],
	ids=["on top of dollars", "alone"],
)
def test_what_was_kept_in_another_currency_than_is_owed_by_now_is_owed_at_the_rate_of_the_day(
	owed, came_back, void, kept
):
	def stands():
		return tuple(reward(owed).get(field) for field in ("state", "owed_amount", "paid_currency"))

	row, salary = deduction(owed, came_back)
	slip = carry(owed, given.next_month())
	in_dollars(owed)
	desk.release_reward(reward(owed).name, "It did happen")
	given.pay()
	desk.void_reward(reward(owed).name, "It did not")
	assert stands() == void
	slip.cancel()
	follow(slip.name)
	salary.reload().cancel()
	crossed.follow(row.name)
	assert stands() == kept


@pytest.mark.parametrize("has_rate", [True, False], ids=["a rate", "a rate later"])
def test_what_was_kept_in_another_currency_than_is_paid_by_now_waits_for_hr(owed, has_rate):
	row, salary = deduction(owed)
	slip = carry(owed, given.next_month())
	in_dollars(owed)
	desk.release_reward(reward(owed).name, "It did happen")
	given.pay()
	before = reward(owed)
	assert (before.state, before.paid_amount, before.paid_currency) == ("Paid", 150, "USD")
	if not has_rate:
		frappe.db.delete("Currency Exchange")
	slip.cancel()
	salary.reload().cancel()
	crossed.follow(row.name)
	if not has_rate:
		words = (
			"Enter exchange rates to USD in Currency Exchange: CNY 1,000.00 that was kept waits to be counted"
		)
		assert waits(owed) == ([("Paid", words, 0)], [("kept_beyond", before.name)])
		in_dollars(owed)
		paying_anew.count(before.name)
	now = reward(owed)
	assert now.state_reason == (
		"The employee kept CNY 1,000.00 of what was paid before: the Salary Slip that deducted it was cancelled."
	)
	unmoved = ("state", "payout_name", "paid_amount", "paid_currency", "owed_amount", "attempt")
	assert [now.get(field) for field in unmoved] == [before.get(field) for field in unmoved]
	assert frappe.db.get_value(PAYOUT, now.payout_name, ["docstatus", "amount", "currency"]) == (
		1,
		150,
		"USD",
	)
	to_do, found = waits(owed)
	assert ([amount for _state, _said, amount in to_do], found) == ([150], [("kept_beyond", now.name)])


def test_earned_again_after_a_part_came_back_only_that_part_is_paid(owed):
	name = reward(owed).name
	desk.note_paid_back(name, "A part", 300)
	desk.release_reward(name, "It did happen")
	given.pay()
	again = reward(owed)
	assert (again.state, again.paid_amount, again.owed_amount) == ("Paid", 300, 0)
	assert frappe.db.get_value(PAYOUT, again.payout_name, "amount") == 300
	desk.void_reward(name, "No, it did not")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 700)


@pytest.mark.parametrize("is_deleted", [False, True], ids=["cancelled", "deleted with its payroll entry"])
def test_what_a_slip_paid_that_was_cancelled_unnoticed_is_void_and_not_owed(is_deleted):
	story = paid_story()
	slip = carry(story)
	slip.cancel()
	if is_deleted:
		slip.delete()
	assert (reward(story).state, payroll.not_followed()) == ("Confirmed", [reward(story).name])
	desk.void_reward(reward(story).name, "The interview never happened")
	assert (reward(story).state, reward(story).owed_amount, payroll.not_followed()) == ("Void", 0, [])
	assert frappe.get_all(PAYOUT, {"ref_docname": reward(story).name}, pluck="docstatus") == [2]


def test_a_slip_cancelled_after_the_void_leaves_nothing_to_give_back():
	story = paid_story()
	slip = carry(story)
	desk.void_reward(reward(story).name, "The interview never happened")
	slip.cancel()
	follow(slip.name)
	assert (reward(story).state, reward(story).owed_amount) == ("Void", 0)


def cancel_last_slip(story) -> None:
	slip = frappe.get_last_doc("Salary Slip", {"employee": story.referrer.name, "docstatus": 1})
	slip.cancel()
	follow(slip.name)


def test_what_no_slip_pays_any_more_is_not_deducted(owed):
	row, _salary = deduction(owed)
	cancel_last_slip(owed)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Void", 0)
	assert [each.state for each in asked_back(owed)] == ["Cancelled"]
	payouts = (row.payout_name, reward(owed).payout_name)
	assert [frappe.db.get_value(PAYOUT, name, "docstatus") for name in payouts] == [2, 2]
	assert given.make_slip(owed.referrer, given.next_month()).net_pay == 5000


def test_a_lost_job_of_a_slip_that_paid_what_is_owed_is_made_up_for(owed):
	deduction(owed)
	slip = frappe.get_last_doc("Salary Slip", {"employee": owed.referrer.name, "docstatus": 1})
	slip.cancel()
	assert payroll.not_followed() == [reward(owed).name]
	payroll.follow(reward(owed).name)
	assert (reward(owed).state, payroll.not_followed()) == ("Void", [])


@pytest.mark.parametrize("first", ["its slip's job", "its own job"])
def test_nothing_is_owed_where_hr_cancels_the_slip_and_then_what_it_carried(owed, first):
	"""As HRMS offers it: *Cancel All* cancels the slip, and the Additional Salary before any job looked."""
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	deduction(owed)
	frappe.get_last_doc("Salary Slip", {"employee": owed.referrer.name, "docstatus": 1}).cancel()
	salary.cancel()
	assert payroll.not_followed() == [name]
	if first == "its slip's job":
		payroll.follow(name)
	payroll.follow_payout(name, salary.name, "Administrator")
	assert (reward(owed).state, reward(owed).owed_amount, payroll.not_followed()) == ("Void", 0, [])
	assert [each.state for each in asked_back(owed)] == ["Cancelled"]
	assert given.make_slip(owed.referrer, given.next_month()).net_pay == 5000


@pytest.mark.parametrize(
	("came_back", "void"), [(700, ("Owed", 300)), (1000, ("Void", 0))], ids=["a part", "all"]
)
def test_what_was_made_anew_and_reached_nobody_is_not_what_paid_it(owed, came_back, void):
	name, first = reward(owed).name, reward(owed).payout_name
	row, salary = deduction(owed, came_back)
	slip = carry(owed, given.next_month())
	desk.release_reward(name, "It did happen")
	given.pay()
	desk.void_reward(name, "No, it did not")
	assert (reward(owed).state, reward(owed).owed_amount) == void
	slip.cancel()
	follow(slip.name)
	salary.reload().cancel()
	crossed.follow(row.name)
	now = reward(owed)
	assert (now.state, now.owed_amount, now.payout_name) == ("Owed", 1000, None)
	desk.release_reward(name, "It did")
	now = reward(owed)
	assert (now.state, now.owed_amount, now.payout_name) == ("Confirmed", 0, first)
	assert (given.pay()["paid"], payroll.with_payout_gone(), waits(owed)) == (0, [], ([], []))


def test_what_is_held_before_the_rest_is_paid_remembers_no_payment_that_is_gone(owed):
	name = reward(owed).name
	desk.note_paid_back(name, "A part", 700)
	desk.release_reward(name, "It did happen")
	given.pay()
	slip = carry(owed, given.next_month())
	slip.cancel()
	follow(slip.name)
	assert reward(owed).state == "Due"
	desk.hold_reward(name, "Let me look")
	assert (reward(owed).state, reward(owed).payout_name) == ("On Hold", None)
	desk.release_reward(name, "All is well")
	given.pay()
	assert (reward(owed).state, reward(owed).paid_amount) == ("Paid", 700)


@pytest.mark.parametrize("is_deleted", [False, True], ids=["cancelled", "deleted with its payroll entry"])
def test_a_cancelled_slip_that_paid_what_is_owed_is_found_however_long_that_was_missed(owed, is_deleted):
	deduction(owed)
	slip = frappe.get_last_doc("Salary Slip", {"employee": owed.referrer.name, "docstatus": 1})
	slip.cancel()
	if is_deleted:
		slip.delete()
	else:
		slip.db_set("modified", add_days(today(), -9), update_modified=False)
	assert payroll.not_followed() == [reward(owed).name]
	payroll.follow(reward(owed).name)
	assert (reward(owed).state, payroll.not_followed()) == ("Void", [])


def test_where_both_slips_are_cancelled_the_one_that_paid_first_nothing_is_owed(owed):
	row, _salary = deduction(owed)
	paid = frappe.get_last_doc("Salary Slip", {"employee": owed.referrer.name, "docstatus": 1})
	deducted = carry(owed, given.next_month())
	for slip in (paid, deducted):
		slip.reload().cancel()
		follow(slip.name)
	paid.db_set("modified", add_days(today(), -9), update_modified=False)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)
	assert payroll.not_followed() == [reward(owed).name]
	payroll.follow(reward(owed).name)
	assert (reward(owed).state, row.reload().state) == ("Void", "Cancelled")


def test_what_came_back_in_part_is_paid_by_the_slip_that_is_made_anew(owed):
	name = reward(owed).name
	desk.note_paid_back(name, "A part", 400)
	deduction(owed)
	cancel_last_slip(owed)
	assert (reward(owed).state, reward(owed).owed_amount, reward(owed).state_reason) == (
		"Owed",
		600,
		"The Salary Slip that paid it was cancelled after a part of it came back. "
		"Make that slip anew: it pays it again, and what is owed stays right.",
	)
	assert [each.state for each in asked_back(owed)] == ["Done", "Waiting"]
	assert carry(owed).gross_pay == 6000
	assert (reward(owed).state, reward(owed).state_reason) == ("Owed", None)
	assert carry(owed, given.next_month()).net_pay == 4400
	assert (reward(owed).state, reward(owed).owed_amount) == ("Clawed Back", 0)
	assert desk.reward_reconciliation(employee=owed.referrer.name) == []


def test_a_deduction_for_a_month_after_a_transfer_is_asked_of_the_record_they_have_now(owed, monkeypatch):
	monkeypatch.setattr(tasks.rewards, "one_by_one", lambda work, names: [work(name) for name in names])
	row, salary = deduction(owed)
	claw_back_with(given.make_component(kind="Deduction"), by_itself=1)
	assert deductions.without_salary() == []
	now = make.transfer(owed.referrer)
	given.put_on_payroll(now)
	assert waits(owed) == (
		[("Owed", "Nothing: payroll deducts it", 1000)],
		[("never_deducted", reward(owed).name)],
	)
	tasks.pay_due_rewards()
	assert (row.reload().state, salary.reload().docstatus) == ("Cancelled", 2)
	asked = frappe.get_doc("Reward Recovery", {"reward": reward(owed).name, "state": "Waiting"})
	assert frappe.db.get_value(PAYOUT, asked.payout_name, ["employee", "amount"]) == (now.name, 1000)
	assert (deductions.without_salary(), waits(owed)[1]) == ([], [])


def test_a_deduction_for_a_month_after_they_left_is_for_hr_to_ask_back_another_way(owed):
	row, _salary = deduction(owed)
	owed.referrer.db_set({"status": "Left", "relieving_date": today()})
	assert [recovery.give_up_late(name) for name in deductions.without_salary()] == [True]
	assert waits(owed) == ([("Owed", "Ask it back, or write it off", 1000)], [])
	assert row.reload().state == "Cancelled"


def test_a_deduction_from_a_salary_that_is_in_another_currency_by_now_is_for_hr_to_ask_back_another_way(owed):
	row, _salary = deduction(owed)
	assert deductions.without_salary() == []
	given.put_on_payroll(owed.referrer, "USD", since=get_first_day(given.next_month()))
	assert [recovery.give_up_late(name) for name in deductions.without_salary()] == [True]
	assert waits(owed) == ([("Owed", "Ask it back, or write it off", 1000)], [])
	assert (row.reload().state, deductions.without_salary()) == ("Cancelled", [])


@pytest.mark.parametrize("back", [400, 1000], ids=["a part", "all"])
def test_what_paid_is_not_taken_away_once_something_came_back(owed, back):
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "At the counter", back)
	before = (reward(owed).state, reward(owed).owed_amount)
	cancel_last_slip(owed)
	assert waits(owed)[1] == [("slip_to_make_anew", name)]
	said = "Keep it, and make its Salary Slip anew."
	said += " Where no slip is to pay it any more, void the reward first" if back < 1000 else "$"
	with pytest.raises(recovery.CantBeRecovered, match=said):
		salary.cancel()
	assert frappe.db.get_value(PAYOUT, salary.name, "docstatus") == 1
	assert carry(owed).gross_pay == 6000
	assert ((reward(owed).state, reward(owed).owed_amount), waits(owed)[1]) == (before, [])


def test_what_came_back_of_what_is_paid_by_nothing_any_more_is_the_employees(owed):
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "At the counter", 400)
	cancel_last_slip(owed)
	desk.void_reward(name, "We let it be")
	salary.reload().cancel()
	payroll.follow_payout(name, salary.name, "Administrator")
	assert (reward(owed).state, reward(owed).owed_amount, reward(owed).state_reason) == (
		*("Void", 0),
		"What paid it was taken out of payroll after CNY 400.00 of it came back: that is the employee's, pay it back to them.",
	)
	assert waits(owed) == ([to_give_back(400)], [])
	desk.note_paid_to_employee(name, "At the counter")
	assert (reward(owed).state, reward(owed).state_reason) == ("Void", "At the counter (Administrator)")
	assert waits(owed) == ([], [])
	assert refused(desk.note_paid_to_employee, name, "Again") == NOTHING_TO_PAY_BACK


def test_what_came_back_is_the_employees_though_the_job_was_lost(owed):
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "At the counter", 400)
	cancel_last_slip(owed)
	desk.void_reward(name, "We let it be")
	assert payroll.with_payout_gone() == []
	salary.reload().cancel()
	assert payroll.with_payout_gone() == [name]
	assert payroll.follow_gone_payout(name)
	assert waits(owed) == ([to_give_back(400)], [])
	assert payroll.with_payout_gone() == []


@pytest.mark.parametrize(
	("first", "asked"), [("deducting", 1000), ("paying", 400), ("hourly", 1000)], ids=str
)
def test_what_is_deducted_before_anybody_saw_that_nothing_pays_it_any_more_is_the_employees(
	owed, first, asked, monkeypatch
):
	monkeypatch.setattr(tasks.rewards, "one_by_one", lambda work, names: [work(name) for name in names])
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	row, taken = deduction(owed, asked)
	frappe.get_last_doc("Salary Slip", {"employee": owed.referrer.name, "docstatus": 1}).cancel()
	salary.reload().cancel()
	slip = given.make_slip(owed.referrer, given.next_month()).submit()
	if first == "deducting":
		crossed.follow(row.name)
	if first != "hourly":
		payroll.follow_payout(name, salary.name, "Administrator")
	tasks.pay_due_rewards()
	assert (reward(owed).state, reward(owed).owed_amount, reward(owed).payout_name) == ("Void", 0, None)
	assert waits(owed) == ([to_give_back(asked)], [])
	assert payroll.with_payout_gone() == payroll.not_followed() == []
	slip.cancel()
	taken.reload().cancel()
	crossed.follow(row.name)
	assert (reward(owed).state, waits(owed)) == ("Void", ([], []))


def test_what_was_written_off_and_nothing_paid_in_the_end_is_not_taken_for_paid(owed):
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.void_reward(name, "We let it be")
	assert written_off(reward(owed)) == 1000
	cancel_last_slip(owed)
	salary.reload().cancel()
	assert payroll.follow_payout(name, salary.name, "Administrator")
	kept = reward(owed)
	assert (kept.state, written_off(kept), kept.payout_name) == ("Void", 0, None)
	assert waits(owed) == ([], [])
	desk.release_reward(name, "It did happen")
	assert reward(owed).state != "Paid"


def to_give_back(amount: float) -> tuple:
	said = (
		f"Pay CNY {amount:,.2f} back to the employee, and note it: it came back of what nothing pays any more"
	)
	return "Void", said, 0


def taken_out_of_payroll(story, deducted: float, followed: bool = True):
	"""A slip has deducted a part, and what paid it is taken away, slip and all: (the recovery, its deduction, the slip)."""
	name, salary = reward(story).name, frappe.get_doc(PAYOUT, reward(story).payout_name)
	paid_by = frappe.get_last_doc("Salary Slip", {"employee": story.referrer.name, "docstatus": 1})
	row, taken = deduction(story, deducted)
	slip = carry(story, given.next_month())
	paid_by.cancel()
	follow(paid_by.name)
	desk.void_reward(name, "We let it be")
	salary.reload().cancel()
	if followed:
		payroll.follow_payout(name, salary.name, "Administrator")
	return row, taken, slip


@pytest.mark.parametrize("is_released", [False, True], ids=["void", "paid anew meanwhile"])
def test_what_a_cancelled_deduction_gives_back_is_neither_given_back_twice_nor_kept(owed, is_released):
	row, taken, slip = taken_out_of_payroll(owed, 400)
	name = reward(owed).name
	assert waits(owed) == ([to_give_back(400)], [])
	if is_released:
		desk.release_reward(name, "It did happen")
		assert [said for _state, said, _owed in waits(owed)[0]] == [to_give_back(400)[1]]
	slip.cancel()
	follow(slip.name)
	taken.reload().cancel()
	crossed.follow(row.name)
	assert (row.reload().state, waits(owed)) == ("Cancelled", ([], []))
	assert refused(desk.note_paid_to_employee, name, "Again") == NOTHING_TO_PAY_BACK
	if not is_released:
		desk.release_reward(name, "It did happen")
	assert given.pay()["paid"] == 1
	assert frappe.db.get_value(PAYOUT, reward(owed).payout_name, "amount") == 1000


def test_what_came_back_of_two_payments_that_nothing_pays_any_more_is_the_employees_both(owed):
	row, taken, slip = taken_out_of_payroll(owed, 400)
	name = reward(owed).name
	desk.release_reward(name, "It did happen")
	given.pay()
	carry(owed, add_months(today(), 2))
	desk.void_reward(name, "It did not after all")
	salary = frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "At the counter", 300)
	cancel_last_slip(owed)
	desk.void_reward(name, "We let it be")
	salary.reload().cancel()
	payroll.follow_payout(name, salary.name, "Administrator")
	assert waits(owed) == ([to_give_back(700)], [])
	slip.cancel()
	follow(slip.name)
	taken.reload().cancel()
	crossed.follow(row.name)
	assert waits(owed) == ([to_give_back(300)], [])
	desk.note_paid_to_employee(name, "At the counter")
	assert waits(owed) == ([], [])


def test_a_release_before_the_job_of_a_cancelled_payment_has_run_pays_all_of_it_anew(owed):
	taken_out_of_payroll(owed, 400, followed=False)
	name, cancelled = reward(owed).name, reward(owed).payout_name
	desk.release_reward(name, "It did happen")
	given.pay()
	payroll.follow_payout(name, cancelled, "Administrator")
	assert frappe.db.get_value(PAYOUT, reward(owed).payout_name, ["amount", "docstatus"]) == (1000, 1)
	assert [said for _state, said, _owed in waits(owed)[0]] == [to_give_back(400)[1]]


@pytest.mark.parametrize("back", [0, 100])
def test_what_was_kept_of_a_payment_before_is_not_paid_again(owed, back):
	name = reward(owed).name
	desk.note_paid_back(name, "A part", 400)
	desk.release_reward(name, "It did happen")
	given.pay()
	carry(owed, given.next_month())
	desk.void_reward(name, "It did not after all")
	assert reward(owed).owed_amount == 1000
	if back:
		desk.note_paid_back(name, "At the counter", back)
	salary = frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.void_reward(name, "We let it be")
	cancel_last_slip(owed)
	salary.reload().cancel()
	payroll.follow_payout(name, salary.name, "Administrator")
	assert written_off(reward(owed)) == 600
	assert waits(owed)[0] == ([to_give_back(back)] if back else [])
	desk.release_reward(name, "It did happen")
	given.pay()
	assert frappe.db.get_value(PAYOUT, reward(owed).payout_name, "amount") == 400


def test_a_slip_that_paid_before_and_is_cancelled_is_named_until_it_is_made_anew(owed):
	name = reward(owed).name
	desk.note_paid_back(name, "A part", 400)
	desk.release_reward(name, "It did happen")
	given.pay()
	assert (reward(owed).state, reward(owed).paid_amount, waits(owed)) == ("Paid", 400, ([], []))
	cancel_last_slip(owed)
	assert waits(owed) == ([], [("earlier_not_carried", name)])
	carry(owed)
	assert waits(owed) == ([], [])


def test_what_was_paid_twice_and_is_asked_back_is_asked_for_once_where_the_second_slip_is_cancelled(
	owed, paid_twice
):
	desk.void_reward(reward(owed).name, "It did not happen")
	row, salary = deduction(owed)
	assert (row.amount, reward(owed).owed_amount) == (2000, 2000)
	cancel_last_slip(owed)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)
	assert (row.reload().state, salary.reload().docstatus) == ("Cancelled", 2)


def test_what_was_kept_is_not_paid_again_by_a_payment_that_waits_for_the_next_slip(owed, paid_anew):
	carry(owed, add_months(today(), 2))
	cancel_last_slip(owed)
	anew = reward(owed).payout_name
	assert reward(owed).state == "Due"
	paid_anew.salary.reload().cancel()
	crossed.follow(paid_anew.recovery)
	now = reward(owed)
	assert (now.state, now.owed_amount, given.pay()["paid"]) == ("Confirmed", 0, 0)
	assert [frappe.db.get_value(PAYOUT, name, "docstatus") for name in (anew, now.payout_name)] == [2, 1]
	assert desk.reward_reconciliation(employee=owed.referrer.name) == []


def test_a_deduction_raised_while_hr_lets_the_employee_keep_it_is_taken_away(owed, paid_twice):
	amended = frappe.copy_doc(paid_twice.salary).update(
		{"amended_from": paid_twice.salary.name, "amount": 400}
	)
	amended.insert().submit()
	crossed.follow(paid_twice.recovery)
	assert waits(owed) == shown(owed, 600)
	raised = amend(amended, amount=900)
	desk.let_employee_keep(reward(owed).name, "We let it be")
	crossed.follow(paid_twice.recovery)
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]
	assert (raised.reload().docstatus, waits(owed)) == (2, shown(owed, 400))


def test_a_deduction_of_an_earlier_payment_that_was_raised_and_carried_says_what_is_too_much(
	owed, paid_twice
):
	amended = frappe.copy_doc(paid_twice.salary).update(
		{"amended_from": paid_twice.salary.name, "amount": 400}
	)
	amended.insert().submit()
	crossed.follow(paid_twice.recovery)
	raised = amend(amended, amount=900)
	desk.let_employee_keep(reward(owed).name, "We let it be")
	slip = given.make_slip(owed.referrer, given.next_month())
	slip.submit()
	follow(slip.name)
	assert [(row.state, row.amount, row.payout_name) for row in asked_back(owed)] == [
		("Done", 900, raised.name)
	]
	assert (reward(owed).state, reward(owed).state_reason) == (
		"Confirmed",
		"A Salary Slip deducted CNY 500.00 more than was to be given back: pay that back to the employee.",
	)


def test_a_deduction_raised_to_all_that_is_owed_leaves_no_rest_to_ask_back_also_before_its_job_ran(owed):
	_row, salary = deduction(owed, 400)
	raised = amend(salary, amount=1000)
	assert "0.00" in refused(desk.deduct_owed, reward(owed).name, "The rest", 600)
	recovery.deduct_by_itself(reward(owed).name)
	assert [(each.amount, each.state, each.payout_name) for each in asked_back(owed)] == [
		(1000, "Waiting", raised.name)
	]
	assert carry(owed, given.next_month()).net_pay == 4000
	assert (reward(owed).state, reward(owed).owed_amount) == ("Clawed Back", 0)


def test_what_a_slip_deducts_beyond_what_is_owed_is_said(owed):
	_row, salary = deduction(owed)
	salary.db_set("amount", 1200)  # as an import does it, past every check
	assert carry(owed, given.next_month()).net_pay == 3800
	assert (reward(owed).state, reward(owed).owed_amount, reward(owed).state_reason) == (
		"Clawed Back",
		0,
		"A Salary Slip deducted CNY 200.00 more than was to be given back: pay that back to the employee.",
	)


def test_what_is_left_of_what_was_paid_twice_stands_as_what_a_slip_paid(owed, paid_anew):
	name, anew = reward(owed).name, reward(owed).payout_name
	carry(owed, add_months(today(), 2))
	desk.void_reward(name, "It did not happen")
	paid_anew.salary.reload().cancel()
	crossed.follow(paid_anew.recovery)
	desk.release_reward(name, "It did")
	given.pay()
	assert (reward(owed).state, reward(owed).payout_name) == ("On Hold", None)
	desk.void_reward(name, "No")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 2000)
	desk.note_paid_back(name, "At the counter", 1000)
	desk.release_reward(name, "Yes")
	assert (reward(owed).state, reward(owed).owed_amount, reward(owed).payout_name) == ("Confirmed", 0, anew)
	assert (given.pay()["paid"], waits(owed)) == (0, ([], []))
	desk.void_reward(name, "It did not happen")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)


def test_where_hr_takes_the_second_payment_back_the_first_one_stands(owed, paid_twice):
	name = reward(owed).name
	cancel_last_slip(owed)
	second = frappe.get_doc(PAYOUT, reward(owed).payout_name)
	second.cancel()
	payroll.follow_payout(name, second.name, "Administrator")
	assert reward(owed).state == "On Hold"
	desk.release_reward(name, "The first one was right")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Confirmed", 0)
	assert reward(owed).payout_name not in (None, second.name)
	assert (given.pay()["paid"], waits(owed)) == (0, ([], []))


def test_what_hr_made_beside_the_first_payment_is_counted_where_the_reward_is_released(owed, paid_twice):
	name = reward(owed).name
	cancel_last_slip(owed)
	second = frappe.get_doc(PAYOUT, reward(owed).payout_name)
	second.cancel()
	payroll.follow_payout(name, second.name, "Administrator")
	beside = frappe.copy_doc(second).update({"amended_from": None, "docstatus": 0, "amount": 300}).insert()
	desk.release_reward(name, "Pay it")
	assert given.pay()["paid"] == 1
	assert (reward(owed).state, reward(owed).payout_name) == ("Paid", beside.name)
	assert [amount for _state, _said, amount in waits(owed)[0]] == [300]


@pytest.fixture
def due_again(owed):
	"""A part was paid back, a slip has deducted the rest of it: it is due once more, not paid. Gives the way to keep that rest."""

	def let_keep(rest: float, meanwhile=lambda: None) -> None:
		if rest < 1000:
			desk.note_paid_back(reward(owed).name, "At the counter", 1000 - rest)
		row, salary = deduction(owed)
		slip = carry(owed, given.next_month())
		desk.release_reward(reward(owed).name, "It did happen")
		meanwhile()
		slip.cancel()
		follow(slip.name)
		salary.reload().cancel()
		crossed.follow(row.name)

	return let_keep


def test_what_was_kept_before_it_was_paid_anew_counts_in_its_own_currency(owed, due_again):
	due_again(100)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Due", 100)
	in_dollars(owed)
	given.pay()
	assert (reward(owed).paid_amount, reward(owed).paid_currency) == (135, "USD")


def test_what_a_person_holds_is_confirmed_by_no_deduction_that_is_gone(owed, due_again):
	name = reward(owed).name
	due_again(1000, lambda: desk.hold_reward(name, "Let me look"))
	held = reward(owed)
	assert (held.state, held.decided_by, held.owed_amount) == ("On Hold", "Administrator", 1000)
	desk.release_reward(name, "All is well")
	now = reward(owed)
	assert (now.state, now.decided_by, now.owed_amount) == ("Confirmed", None, 0)
	assert (given.pay()["paid"], waits(owed)) == (0, ([], []))


def test_what_was_kept_is_not_forgotten_where_hr_pays_all_of_it_by_hand(owed):
	name, first = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "A part", 300)
	desk.release_reward(name, "It did happen")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Due", 700)
	payout = frappe.copy_doc(first).update({"amended_from": None, "payroll_date": given.next_month()})
	payout.insert().submit()
	paid_by_hand.follow_submitted(name)
	assert (reward(owed).state, reward(owed).payout_name) == ("Paid", payout.name)
	carry(owed, given.next_month())
	assert waits(owed) == shown(owed, 700)
	desk.void_reward(name, "It did not")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1700)


@pytest.mark.parametrize(
	("amount", "said"), [(300, None), (200, "pays CNY 200.00 instead of the CNY 300.00 promised.")]
)
def test_what_hr_pays_by_hand_is_held_against_the_rest_that_was_to_be_paid(owed, amount, said):
	name, first = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "A part", 300)
	desk.release_reward(name, "It did happen")
	rest = {"amended_from": None, "docstatus": 0, "payroll_date": given.next_month(), "amount": amount}
	payout = frappe.copy_doc(first).update(rest).insert().submit()
	paid_by_hand.follow_submitted(name)
	paid = reward(owed)
	assert (paid.state, paid.payout_name, paid.paid_amount) == ("Paid", payout.name, 300)
	assert said is None or paid.state_reason.endswith(said)
	assert [code for code, _reward in waits(owed)[1]] == ([] if said is None else ["other_amount"])
	carry(owed, given.next_month())
	desk.void_reward(name, "It did not")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 700 + amount)


@pytest.mark.parametrize(("is_carried", "left"), [(True, 1000), (False, 700)], ids=["carried", "not carried"])
def test_what_was_kept_is_owed_where_hr_voids_what_they_paid_by_hand_before_anybody_counted_it(
	owed, is_carried, left
):
	name, first = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	desk.note_paid_back(name, "A part", 300)
	desk.release_reward(name, "It did happen")
	rest = {"amended_from": None, "docstatus": 0, "payroll_date": given.next_month(), "amount": 300}
	frappe.copy_doc(first).update(rest).insert().submit()
	if is_carried:
		given.make_slip(owed.referrer, given.next_month()).submit()
	desk.void_reward(name, "It did not")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", left)


def test_a_void_that_is_sent_twice_by_who_was_shown_nothing_writes_nothing_off(owed):
	name = reward(owed).name
	with pytest.raises(promises.ChangedSince, match="CNY 1,000.00 is owed of it now"):
		desk.void_reward(name, "The interview never happened")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)
	desk.void_reward(name, "We let it be")
	assert (reward(owed).state, reward(owed).owed_amount) == ("Void", 0)


def test_nothing_is_asked_back_of_what_hr_took_out_of_payroll_slip_and_all(owed):
	name, salary = reward(owed).name, frappe.get_doc(PAYOUT, reward(owed).payout_name)
	frappe.get_last_doc("Salary Slip", {"employee": owed.referrer.name, "docstatus": 1}).cancel()
	salary.cancel()
	nothing = "Nothing is owed of this reward in money."
	assert refused(desk.note_paid_back, name, "A part, before any job looked", 400) == nothing
	recovery.deduct_by_itself(name)
	assert asked_back(owed) == []
	payroll.follow(name)
	assert (reward(owed).state, reward(owed).owed_amount) == ("Void", 0)


def test_whoever_owes_it_changes_no_deduction_of_their_own(owed, as_user):
	user = make.make_user(roles=("HR User", "HR Manager", "System Manager")).name
	row, salary = deduction(owed)
	owed.referrer.db_set("user_id", user)
	as_user(user)
	with pytest.raises(people.NotByThem, match="This reward is for yourself. Let a colleague decide."):
		salary.cancel()
	as_user("Administrator")
	salary.reload().cancel()
	draft = frappe.copy_doc(salary).update({"amended_from": salary.name}).insert()
	as_user(user)
	for change in (lambda: draft.update({"amount": 1}).save(), lambda: draft.reload().delete()):
		with pytest.raises(people.NotByThem):
			change()
	assert frappe.db.get_value(PAYOUT, draft.name, ["docstatus", "amount"]) == (0, row.amount)


def test_a_decision_that_is_sent_twice_counts_once():
	story = paid_story()
	carry(story)
	decided_twice(story, desk.void_reward, "It did not happen")
	assert (reward(story).state, reward(story).owed_amount) == ("Owed", 1000)
	decided_twice(story, desk.note_paid_back, "A part", 300)
	assert reward(story).owed_amount == 700
	decided_twice(story, desk.deduct_owed, "The next part", 200)
	assert [(each.amount, each.state) for each in asked_back(story)] == [(300, "Done"), (200, "Waiting")]


def decided_twice(story, decide, *asked) -> None:
	"""What a form sends by two clicks, which both see the reward as it was."""
	shown = str(reward(story).modified)
	decide(reward(story).name, *asked, shown=shown)
	with pytest.raises(promises.ChangedSince, match="changed since it was shown to you: it is Owed now"):
		decide(reward(story).name, *asked, shown=shown)


def deduction(story, amount: float | None = None):
	row = frappe.get_doc("Reward Recovery", desk.deduct_owed(reward(story).name, "As agreed", amount))
	return row, frappe.get_doc(PAYOUT, row.payout_name)


def amend(salary, **changed):
	"""What HR does to change a submitted one."""
	salary.cancel()
	amended = frappe.copy_doc(salary)
	return amended.update({"amended_from": salary.name, **changed}).insert().submit()


def test_a_deduction_that_hr_amends_is_the_one_that_deducts_and_only_the_rest_is_asked_again(owed):
	row, salary = deduction(owed)
	amended = amend(salary, amount=400)
	recovery.follow(row.name)
	assert [(each.amount, each.state, each.payout_name) for each in asked_back(owed)] == [
		(400, "Waiting", amended.name)
	]
	assert "600" in refused(desk.deduct_owed, reward(owed).name, "Again", 601)
	slip = carry(owed, given.next_month())
	assert [line.amount for line in slip.deductions] == [400]
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 600)


@pytest.mark.parametrize("followed", [True, False], ids=["its job ran", "its job was lost"])
def test_a_deduction_amended_after_its_cancellation_was_followed_is_not_forgotten(owed, followed):
	row, salary = deduction(owed)
	salary.cancel()
	if followed:
		recovery.follow(row.name)
	amended = frappe.copy_doc(salary).update({"amended_from": salary.name}).insert().submit()
	assert by_hand.amended_unnoticed() == [row.name]
	recovery.follow(row.name)
	assert by_hand.amended_unnoticed() == []
	assert [(each.state, each.payout_name) for each in asked_back(owed)] == [("Waiting", amended.name)]


def test_what_hr_lowers_in_the_draft_is_what_was_given_back(owed):
	settings = frappe.get_doc("Referral Hub Settings")
	given.pay_cash_with(frappe._dict(name=settings.cash_salary_component), submit=False)
	_row, draft = deduction(owed)
	draft.amount = 300
	draft.submit()
	carry(owed, given.next_month())
	assert [(each.amount, each.state) for each in asked_back(owed)] == [(300, "Done")]
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 700)


def test_a_deduction_takes_no_more_than_is_owed_and_only_once(owed):
	_row, salary = deduction(owed)
	with pytest.raises(by_hand.WrongDeduction, match="At most CNY 1,000.00 can be asked back."):
		amend(salary, amount=1001)
	every_month = {"is_recurring": 1, "from_date": today(), "to_date": given.next_month()}
	with pytest.raises(by_hand.WrongDeduction, match="can't be recurring"):
		frappe.copy_doc(salary).update(every_month).insert()


def test_a_deduction_of_another_person_of_an_earning_or_beside_the_first_is_refused(owed):
	_row, salary = deduction(owed)
	copy = frappe.copy_doc(salary)
	with pytest.raises(by_hand.WrongDeduction, match="deducts this already"):
		copy.insert()
	colleague = given.make_story(given.cash("Interviewed", 1)).referrer
	given.put_on_payroll(colleague)
	with pytest.raises(by_hand.WrongDeduction, match="Deduct from somebody else"):
		amend(salary, employee=colleague.name)
	with pytest.raises(by_hand.WrongDeduction, match="not a deduction"):
		frappe.copy_doc(salary).update({"salary_component": given.make_component().name}).insert()


@pytest.fixture
def netted(owed):
	"""A second reward of somebody who owes: its payout is to be deducted at once."""
	second = given.refer(owed.referrer, owed.opening)
	given.interview(second)
	given.pay()
	assert [(row.amount, row.state, row.taken_from) for row in asked_back(owed)] == [
		(1000, "Waiting", reward(second).name)
	]
	return second


def test_what_was_netted_from_a_reward_that_is_void_is_not_taken_from_the_salary(owed, netted):
	desk.void_reward(reward(netted).name, "It never happened")
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]
	assert (reward(owed).state, reward(owed).owed_amount) == ("Owed", 1000)
	assert given.make_slip(owed.referrer, given.next_month()).net_pay == 5000


def test_what_was_netted_from_a_payout_that_hr_cancelled_is_netted_from_the_next(owed, netted):
	payout = frappe.get_doc(PAYOUT, reward(netted).payout_name)
	payout.cancel()
	payroll.follow_payout(reward(netted).name, payout.name, "Administrator")
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]
	desk.release_reward(reward(netted).name, "By mistake")
	given.pay()
	assert [row.state for row in asked_back(owed)] == ["Cancelled", "Waiting"]
	assert given.make_slip(owed.referrer, given.next_month()).net_pay == 5000


def test_what_was_netted_from_a_void_payment_whose_slip_is_cancelled_waits_in_no_other_slip(owed, netted):
	slip = carry(owed, given.next_month())
	desk.void_reward(reward(netted).name, "It never happened")
	assert (reward(owed).state, reward(netted).state) == ("Clawed Back", "Owed")
	slip.cancel()
	follow(slip.name)
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]
	assert (reward(owed).state, reward(owed).owed_amount, reward(netted).state) == ("Owed", 1000, "Void")
	assert given.make_slip(owed.referrer, given.next_month()).net_pay == 5000


def test_who_owes_is_locked_before_what_is_netted(owed, netted, monkeypatch):
	locked = []
	for module, name in ((promises, "lock"), (records, "waiting_out_of")):
		noted = partial(noting, locked, getattr(module, name), name)
		monkeypatch.setattr(module, name, noted)
	recovery.give_up_netted(reward(netted))
	assert locked[:2] == [("lock", reward(owed).name), ("waiting_out_of", reward(netted).name)]
	assert [row.state for row in asked_back(owed)] == ["Cancelled"]


def noting(locked: list, lock, name: str, about: str):
	locked.append((name, about))
	return lock(about)
