"""Leave as a reward: the balance HRMS shows grows by whole and half days, and shrinks again as far as it is unused."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_years, get_year_ending, get_year_start, getdate, today
from hrms.hr.doctype.leave_application.leave_application import get_leave_balance_on

from referral_hub.rewards import service as rewards
from referral_hub.rewards.kinds import leave_gone
from referral_hub.rewards.oversight import proof

ALLOCATION = "Leave Allocation"


@pytest.fixture
def leave_type():
	return make_leave_type()


def make_leave_type(**fields) -> str:
	name = make.unique("Leave")
	return frappe.get_doc({"doctype": "Leave Type", "leave_type_name": name, **fields}).insert().name


def leave(days: float, leave_type: str | None, milestone: str = "Interviewed") -> dict:
	return {"milestone": milestone, "kind": "Leave", "amount": days, "currency": "", "leave_type": leave_type}


def leave_story(*milestones: dict):
	story = given.make_story(*milestones)
	story.referrer.db_set("holiday_list", given._holiday_list())
	return story


def earned(days: float, leave_type: str):
	story = leave_story(leave(days, leave_type))
	given.interview(story)
	return story


def reward(story, milestone: str = "Interviewed"):
	return given.reward_of(story, milestone)


def balance(story, leave_type: str, on: str | None = None) -> float:
	return get_leave_balance_on(story.referrer.name, leave_type, on or today())


def allocations(story) -> list:
	fields = [
		"name",
		"docstatus",
		"from_date",
		"to_date",
		"new_leaves_allocated",
		"total_leaves_allocated",
		"unused_leaves",
	]
	return frappe.get_all(
		ALLOCATION, {"employee": story.referrer.name}, fields, order_by="from_date asc, creation asc"
	)


def allocate(story, leave_type: str, days: float, first: str | None = None, last: str | None = None, **more):
	return (
		frappe.get_doc(
			{
				"doctype": ALLOCATION,
				"employee": story.referrer.name,
				"leave_type": leave_type,
				"from_date": first or get_year_start(today()),
				"to_date": last or get_year_ending(today()),
				"new_leaves_allocated": days,
				**more,
			}
		)
		.insert()
		.submit()
	)


def take_leave(story, leave_type: str, on: str, half_day: bool = False):
	application = frappe.get_doc(
		{
			"doctype": "Leave Application",
			"employee": story.referrer.name,
			"leave_type": leave_type,
			"from_date": on,
			"to_date": on,
			"half_day": int(half_day),
			"half_day_date": on if half_day else None,
			"status": "Approved",
			"company": make.COMPANY,
			"leave_approver": "Administrator",
		}
	)
	return application.insert().submit()


def undo_interview(story) -> None:
	for name in frappe.get_all("Interview", {"job_applicant": story.applicant.name}, pluck="name"):
		frappe.get_doc("Interview", name).delete()
	given.follow(story)


def test_without_an_allocation_one_is_made_until_the_end_of_the_year(leave_type):
	story = earned(1.5, leave_type)
	assert given.pay()["paid"] == 1
	assert given.pay()["paid"] == 0
	(made,) = allocations(story)
	assert (made.docstatus, made.from_date, made.to_date) == (1, getdate(), get_year_ending(today()))
	assert made.new_leaves_allocated == 1.5
	assert balance(story, leave_type) == 1.5
	paid = reward(story)
	assert (paid.state, paid.payout_doctype, paid.payout_name) == ("Paid", ALLOCATION, made.name)
	assert rewards.explain(paid.name)["sentence"].startswith(f"1.5 days of {leave_type}: ")


def test_half_a_day_is_added_to_the_allocation_in_force_with_its_entry_in_the_leave_ledger(leave_type):
	story = leave_story(leave(0.5, leave_type))
	yearly = allocate(story, leave_type, 10)
	given.interview(story)
	given.pay()
	(changed,) = allocations(story)
	assert (changed.name, changed.new_leaves_allocated, changed.total_leaves_allocated) == (
		yearly.name,
		10.5,
		10.5,
	)
	entries = frappe.get_all(
		"Leave Ledger Entry", {"transaction_name": yearly.name}, pluck="leaves", order_by="creation asc"
	)
	assert entries == [10, 0.5]
	assert balance(story, leave_type) == 10.5
	undo_interview(story)
	assert balance(story, leave_type) == 10
	assert (reward(story).state, allocations(story)[0].docstatus) == ("Clawed Back", 1)


def test_two_rewards_of_one_referral_share_the_allocation(leave_type):
	story = leave_story(leave(1, leave_type, "Screened"), leave(2, leave_type))
	given.interview(story)
	assert given.pay()["paid"] == 2
	assert [row.new_leaves_allocated for row in allocations(story)] == [3]
	assert balance(story, leave_type) == 3


def test_undone_unused_an_allocation_of_its_own_is_cancelled_and_made_again(leave_type):
	story = earned(2, leave_type)
	given.pay()
	undo_interview(story)
	assert [row.docstatus for row in allocations(story)] == [2]
	assert balance(story, leave_type) == 0
	given.interview(story)
	given.pay()
	assert [row.docstatus for row in allocations(story)] == [2, 1]
	assert balance(story, leave_type) == 2


def test_what_was_used_is_owed(leave_type):
	story = earned(2, leave_type)
	given.pay()
	take_leave(story, leave_type, today(), half_day=True)
	undo_interview(story)
	undone = reward(story)
	assert (undone.state, undone.owed_amount) == ("Owed", 0.5)
	assert balance(story, leave_type) == 0
	assert [(row.docstatus, row.new_leaves_allocated) for row in allocations(story)] == [(1, 0.5)]


def test_leave_that_was_there_before_is_used_first(leave_type):
	story = leave_story(leave(2, leave_type))
	allocate(story, leave_type, 1)
	given.interview(story)
	given.pay()
	take_leave(story, leave_type, today())
	undo_interview(story)
	assert (reward(story).state, balance(story, leave_type)) == ("Clawed Back", 0)


def test_an_allocation_that_hr_cancelled_leaves_nothing_to_take_back(leave_type):
	story = earned(1, leave_type)
	given.pay()
	frappe.get_doc(ALLOCATION, allocations(story)[0].name).cancel()
	undo_interview(story)
	assert (reward(story).state, reward(story).owed_amount) == ("Clawed Back", 0)


def heal() -> list[bool]:
	"""What the hourly task does."""
	return [leave_gone.follow(name) for name in leave_gone.rewards_without()]


def test_leave_that_hr_cancelled_waits_for_hr_and_is_given_anew_when_released(leave_type):
	story = earned(2, leave_type)
	given.pay()
	(allocation,) = allocations(story)
	assert heal() == []
	frappe.get_doc(ALLOCATION, allocation.name).cancel()
	words = f"{reward(story).name} counts as paid, but Leave Allocation {allocation.name} does not stand"
	assert proof.findings({"company": story.referrer.company}) == [words]
	assert (heal(), proof.findings({"company": story.referrer.company})) == ([True], [])
	held = reward(story)
	assert (held.state, held.decided_by, held.payout_name) == ("On Hold", "Administrator", None)
	assert held.state_reason == f"Administrator cancelled or deleted the Leave Allocation {allocation.name}."
	assert (heal(), given.pay()["paid"], balance(story, leave_type)) == ([], 0, 0)
	rewards.release(held.name, "It was a slip of the hand")
	assert (given.pay()["paid"], balance(story, leave_type)) == (1, 2)


@pytest.mark.parametrize("seen", [True, False], ids=["the hourly task saw it", "nobody saw it yet"])
def test_leave_in_an_allocation_that_hr_amended_is_taken_back_from_that(leave_type, seen):
	story = earned(2, leave_type)
	given.pay()
	old = frappe.get_doc(ALLOCATION, reward(story).payout_name)
	old.cancel()
	amended = frappe.copy_doc(old).update({"amended_from": old.name}).insert()
	amended.submit()
	if seen:
		assert heal() == [True]
		assert (reward(story).state, reward(story).payout_name, heal()) == ("Paid", amended.name, [])
	undo_interview(story)
	assert (reward(story).state, balance(story, leave_type)) == ("Clawed Back", 0)


def test_the_limit_of_the_leave_type_holds_the_reward_with_words():
	limited = make_leave_type(max_leaves_allowed=5)
	story = leave_story(leave(2, limited))
	allocate(story, limited, 4)
	given.interview(story)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	held = reward(story)
	assert held.state == "On Hold"
	assert "Total allocated leaves are more than maximum allocation allowed" in held.state_reason
	assert balance(story, limited) == 4
	frappe.db.set_value("Leave Type", limited, "max_leaves_allowed", 6)
	assert given.pay()["paid"] == 1
	assert balance(story, limited) == 6


def test_days_for_which_the_year_has_no_room_are_allocated_for_the_next(leave_type):
	last_day = get_year_ending(today())
	story = earned(1, leave_type)
	rewards.pay_due(last_day)
	(made,) = allocations(story)
	assert (made.from_date, made.to_date) == (
		getdate(add_days(last_day, 1)),
		getdate(add_years(last_day, 1)),
	)


def test_an_allocation_that_ends_before_the_days_could_be_taken_is_left_alone(leave_type):
	last_day = get_year_ending(today())
	story = leave_story(leave(3, leave_type))
	allocate(story, leave_type, 5)
	given.interview(story)
	rewards.pay_due(add_days(last_day, -1))
	this_year, next_year = allocations(story)
	assert (this_year.new_leaves_allocated, next_year.new_leaves_allocated) == (5, 3)
	assert (next_year.from_date, reward(story).payout_name) == (
		getdate(add_days(last_day, 1)),
		next_year.name,
	)
	undo_interview(story)
	assert [row.docstatus for row in allocations(story)] == [1, 2]
	assert (reward(story).state, allocations(story)[0].new_leaves_allocated) == ("Clawed Back", 5)


def test_days_for_the_next_year_wait_for_the_allocation_that_a_leave_policy_makes(leave_type):
	last_day = get_year_ending(today())
	story = leave_story(leave(3, leave_type))
	ends = allocate(story, leave_type, 5)
	ends.db_set("leave_policy_assignment", "HR-LPA-1")
	given.interview(story)
	assert rewards.pay_due(last_day)["held"] == 1
	assert (reward(story).state, reward(story).state_reason) == (
		"On Hold",
		f"The allocation {ends.name} of {leave_type} ends before these days could be taken. "
		"They go into the next one, which the leave policy makes.",
	)
	first = add_days(last_day, 1)
	assert rewards.pay_due(first)["paid"] == 0
	assert [row.name for row in allocations(story)] == [ends.name]
	made = allocate(story, leave_type, 20, first, add_years(last_day, 1))
	assert rewards.pay_due(first)["paid"] == 1
	assert (made.reload().new_leaves_allocated, reward(story).payout_name) == (23, made.name)
	assert [row.new_leaves_allocated for row in allocations(story)] == [5, 23]


def test_days_after_a_transfer_wait_for_the_allocation_that_a_leave_policy_makes_there(leave_type):
	story = leave_story(leave(3, leave_type))
	allocate(story, leave_type, 5).db_set("leave_policy_assignment", "HR-LPA-1")
	now = make.transfer(story.referrer)
	given.interview(story)
	assert given.pay()["held"] == 1
	assert (reward(story).state, reward(story).employee) == ("On Hold", now.name)
	assert frappe.db.count(ALLOCATION, {"employee": now.name}) == 0
	made = allocate(frappe._dict(referrer=now), leave_type, 20, now.date_of_joining)
	assert given.pay()["paid"] == 1
	assert (made.reload().new_leaves_allocated, reward(story).payout_name) == (23, made.name)


def test_days_are_added_to_an_allocation_that_ends_where_hrms_carries_on_what_is_left_of_it():
	carried = make_leave_type(is_carry_forward=1)
	story = leave_story(leave(3, carried))
	allocate(story, carried, 5)
	given.interview(story)
	rewards.pay_due(get_year_ending(today()))
	assert [row.new_leaves_allocated for row in allocations(story)] == [8]


def test_the_companys_leave_period_ends_the_allocation(leave_type):
	last = add_days(today(), 100)
	frappe.get_doc(
		doctype="Leave Period",
		company=make.COMPANY,
		from_date=add_days(today(), -200),
		to_date=last,
		is_active=1,
	).insert()
	story = earned(1, leave_type)
	given.pay()
	assert allocations(story)[0].to_date == getdate(last)


def test_an_allocation_to_come_ends_the_new_one_the_day_before(leave_type):
	story = leave_story(leave(1, leave_type))
	begins = add_days(today(), 10)
	allocate(story, leave_type, 3, first=begins, last=add_days(today(), 300))
	given.interview(story)
	given.pay()
	first = allocations(story)[0]
	assert (first.from_date, first.to_date) == (
		getdate(),
		getdate(add_days(begins, -1)),
	)


def test_what_is_left_of_last_year_is_carried_on_where_the_leave_type_says_so():
	carried = make_leave_type(is_carry_forward=1)
	story = leave_story(leave(1, carried))
	last_year = add_years(get_year_start(today()), -1)
	allocate(story, carried, 3, first=last_year, last=get_year_ending(last_year))
	given.interview(story)
	given.pay()
	_before, now = allocations(story)
	assert (now.unused_leaves, now.new_leaves_allocated, now.total_leaves_allocated) == (3, 1, 4)
	assert balance(story, carried) == 4
	undo_interview(story)
	assert balance(story, carried) == 3
	assert reward(story).state == "Clawed Back"


def test_leave_that_was_carried_on_into_the_next_year_is_owed():
	carried = make_leave_type(is_carry_forward=1)
	story = earned(2, carried)
	given.pay()
	first = add_days(get_year_ending(today()), 1)
	allocate(story, carried, 1, first=first, last=get_year_ending(first), carry_forward=1)
	undo_interview(story)
	assert (reward(story).state, reward(story).owed_amount) == ("Owed", 2)


def test_unused_leave_of_a_year_that_ended_has_lapsed_and_is_not_owed(leave_type):
	story = earned(2, leave_type)
	given.pay()
	made = allocations(story)[0].name
	start = add_years(get_year_start(today()), -1)
	frappe.db.set_value(ALLOCATION, made, {"from_date": start, "to_date": get_year_ending(start)})
	dates = {"from_date": start, "to_date": get_year_ending(start)}
	frappe.db.set_value("Leave Ledger Entry", {"transaction_name": made}, dates)
	undo_interview(story)
	assert (reward(story).state, reward(story).owed_amount) == ("Clawed Back", 0)


def test_the_settings_name_the_leave_type_for_rules_that_do_not(leave_type):
	frappe.db.set_single_value(given.SETTINGS, "reward_leave_type", leave_type)
	frappe.clear_document_cache(given.SETTINGS, given.SETTINGS)
	story = leave_story(leave(1, None))
	frappe.db.set_single_value(given.SETTINGS, "reward_leave_type", None)
	given.interview(story)
	given.pay()
	assert balance(story, leave_type) == 1


@pytest.mark.parametrize(
	("fields", "words"),
	[
		(
			None,
			"Row 1: No Leave Type for rewards is chosen, neither in the rule nor in Referral Hub Settings. "
			"First make a Leave Type, for example Referral Leave (not earned leave, not leave without pay), "
			"and choose it as Leave Type for Rewards in Referral Hub Settings.",
		),
		({"is_lwp": 1}, "Row 1: {type} is leave without pay: nothing can be allocated."),
	],
)
def test_a_rule_is_refused_that_could_not_be_paid(fields, words):
	kind = make_leave_type(**fields) if fields else None
	with pytest.raises(frappe.ValidationError) as refused:
		given.make_rule(leave(1, kind))
	assert str(refused.value) == words.format(type=kind)


def test_days_are_whole_or_half(leave_type):
	with pytest.raises(frappe.ValidationError, match="Row 1: leave is counted in whole and half days."):
		given.make_rule(leave(0.25, leave_type))
