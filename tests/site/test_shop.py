"""The points shop: an order takes the item and the points together, and gives both back together."""

import frappe
import pytest
import shop_factories as given
import site_factories as hr
from frappe.utils import add_days, getdate, today

from referral_hub import flow
from referral_hub.fulfilment import service as fulfilment
from referral_hub.kept import KeptByTheApp
from referral_hub.patches.points import keep_seen_codes
from referral_hub.points import service as points
from referral_hub.points.shop import errors, orders
from referral_hub.points.shop import service as shop
from referral_hub.rewards.kinds.bought import NotHandedOver

TASK = "Reward Fulfilment"


def refused(error, buyer, item, words: str) -> None:
	"""Nothing is left of it: no order, no entry, no place, no item."""
	before = (points.balance(buyer.name), given.sold(item), frappe.db.count("Reward Order"))
	with pytest.raises(error, match=words):
		given.order(buyer, item)
	assert (points.balance(buyer.name), given.sold(item), frappe.db.count("Reward Order")) == before


# ordering


def test_goods_are_paid_for_at_once_and_somebody_gets_the_task():
	buyer, office = given.make_buyer(), hr.make_user(hr.unique_email("office"))
	mug = given.make_item(responsible=office.name, fulfil_within_days=5)
	order = given.order(buyer, mug)
	task = frappe.get_doc(TASK, order.delivery_name)
	assert (order.state, points.balance(buyer.name), given.sold(mug)) == ("Approved", 50, 1)
	assert (task.what, task.responsible, task.due_on) == (
		mug.item_name,
		office.name,
		getdate(add_days(today(), 5)),
	)
	(line,) = points.statement(buyer.name, limit=1)
	assert (line.counter, line.source_name, line.points) == ("Shop", order.name, -50)
	assert points.verify() == []


def test_goods_that_were_handed_over_are_delivered():
	order = given.order(given.make_buyer(), given.make_item())
	fulfilment.finish(order.delivery_name, note="At the desk", for_employee="Room 3")
	order.reload()
	assert (order.state, order.for_employee) == ("Delivered", "Room 3")


def test_the_same_key_orders_once_whatever_happened_since():
	buyer, mug = given.make_buyer(), given.make_item(stock=1)
	first = given.order(buyer, mug, "one form")
	assert given.order(buyer, mug, "one form").name == first.name
	assert (points.balance(buyer.name), given.sold(mug)) == (50, 1)


def test_a_key_is_not_good_for_another_item_nor_somebody_elses_order():
	buyer, other, mug = given.make_buyer(), given.make_buyer(), given.make_item()
	first = given.order(buyer, mug, "my form")
	with pytest.raises(errors.KeyOfAnotherOrder):
		given.order(buyer, given.make_item(), "my form")
	assert given.order(other, mug, "my form").name != first.name


def test_what_can_not_be_had_costs_nothing_and_says_why():
	buyer = given.make_buyer()
	refused(errors.SoldOut, buyer, given.make_item(stock=0), "The last one is gone")
	refused(errors.NotEnoughPoints, buyer, given.make_item(price=101), "costs 101 points and you have 100")
	refused(errors.NotOffered, buyer, given.make_item(enabled=0), "not offered to you")
	refused(errors.NotOffered, buyer, given.make_item(valid_from=add_days(today(), 2)), "can be ordered from")
	refused(errors.NotOffered, buyer, given.make_item(valid_until=add_days(today(), -2)), "ordered until")
	dry = given.make_item("Code")
	given.make_codes(dry, f"old,{add_days(today(), -1)}")
	refused(errors.SoldOut, buyer, dry, "The last one is gone")


def test_a_person_has_no_more_than_the_limit_until_one_is_back():
	buyer, mug = given.make_buyer(300), given.make_item(stock=9, limit_per_person=2)
	first, _second = given.order(buyer, mug), given.order(buyer, mug)
	refused(errors.LimitReached, buyer, mug, "as many as one person may: 2")
	flow.end_order(first.name, "Changed my mind")
	assert given.order(buyer, mug).state == "Approved"


def test_the_limit_counts_what_was_bought_before_a_transfer_too(monkeypatch):
	buyer, mug = given.make_buyer(300), given.make_item(limit_per_person=1)
	given.order(buyer, mug)
	earlier_in_the_alphabet = [buyer.name, "A record of today"]
	monkeypatch.setattr(orders.employments, "records_of", lambda _employee: earlier_in_the_alphabet)
	refused(errors.LimitReached, buyer, mug, "as many as one person may: 1")


def test_the_limit_goes_along_with_who_gets_another_number_and_stays_with_nobody_else():
	buyer, other, mug = given.make_buyer(300), given.make_buyer(300), given.make_item(limit_per_person=1)
	given.order(buyer, mug)
	old, new = buyer.name, hr.unique("E")
	frappe.rename_doc("Employee", old, new)
	frappe.rename_doc("Employee", other.name, old)
	refused(errors.LimitReached, frappe.get_doc("Employee", new), mug, "as many as one person may: 1")
	assert given.order(frappe.get_doc("Employee", old), mug).state == "Approved"
	frappe.rename_doc("Employee", old, new, merge=True)
	refused(errors.LimitReached, frappe.get_doc("Employee", new), mug, "as many as one person may: 1")


def test_a_person_with_two_records_of_whom_one_gets_another_number_has_one_limit():
	buyer, mug = given.make_buyer(300), given.make_item(stock=9, limit_per_person=2)
	given.order(buyer, mug)
	now = hr.transfer(buyer)
	given.order(now, mug)
	new = hr.unique("E")
	frappe.rename_doc("Employee", now.name, new)
	refused(errors.LimitReached, frappe.get_doc("Employee", new), mug, "as many as one person may: 2")
	refused(errors.LimitReached, buyer, mug, "as many as one person may: 2")


def test_who_has_ordered_by_two_records_is_merged_with_a_third_that_ordered_too():
	buyer, third = given.make_buyer(300), given.make_buyer(300)
	mug = given.make_item(stock=9, limit_per_person=3)
	given.order(buyer, mug)
	now = hr.transfer(buyer)
	given.order(now, mug), given.order(third, mug)
	frappe.rename_doc("Employee", third.name, buyer.name, merge=True)
	refused(errors.LimitReached, now, mug, "as many as one person may: 3")


def test_who_gets_the_number_of_a_deleted_employee_gets_none_of_their_orders():
	buyer, card = given.make_buyer(), given.make_item("Code", limit_per_person=1)
	given.make_codes(card, "A")
	order = given.order(buyer, card)
	frappe.delete_doc("Employee", buyer.name, force=True)
	assert shop.order_of(order.name, buyer.name) is None
	kept = frappe.db.get_value("Reward Order", order.name, ["employee_name", "state", "person_slot"])
	assert kept == (buyer.employee_name, "Delivered", None)


def test_an_item_of_another_company_is_neither_shown_nor_sold():
	buyer, mug = given.make_buyer(), given.make_item(companies=[{"company": hr.COMPANY}])
	assert mug.name in [item.name for item in shop.items_for(buyer)]
	frappe.db.set_value("Referral Program Company", {"parent": mug.name}, "company", "Another Company")
	refused(errors.NotOffered, buyer, mug, "not offered to you")
	assert mug.name not in [item.name for item in shop.items_for(buyer)]


def test_an_item_for_departments_and_grades_is_shown_and_sold_to_who_is_in_both():
	"""Sales > North: who works in North is of Sales, too. An order that was made is not touched when HR chooses others."""
	sales, lab = (hr.make_department(is_group=group).name for group in (1, 0))
	north, grade, lower = hr.make_department(parent_department=sales).name, hr.make_grade(), hr.make_grade()
	mug = given.make_item(
		needs_approval=1, departments=[{"department": sales}], grades=[{"grade": grade.name}]
	)
	buyer = given.make_buyer(department=north, grade=grade.name)
	assert mug.name in [item.name for item in shop.items_for(buyer)]
	order = given.order(buyer, mug)
	mug.reload().update({"departments": [{"department": lab}]})
	mug.save()
	flow.approve_order(order.name)
	assert given.state_of(order) == "Approved"
	for changes, words in (
		({}, "This is for employees of other departments."),
		({"department": None}, "for some departments, and your employee record has none"),
		({"department": lab, "grade": lower.name}, "This is for employees of other grades."),
		({"grade": None}, "for some grades, and your employee record has none"),
	):
		buyer.db_set(changes)
		refused(errors.OtherGroup, buyer, mug, words)
		assert shop.item_for(mug.name, buyer) is None


def test_a_department_of_a_company_that_an_item_is_not_for_is_refused():
	elsewhere = hr.make_department(company=hr.other_company()).name
	with pytest.raises(frappe.ValidationError, match="which this item is not for"):
		given.make_item(companies=[{"company": hr.COMPANY}], departments=[{"department": elsewhere}])
	assert given.make_item(departments=[{"department": elsewhere}]).departments


def test_an_item_from_a_level_on_is_shown_to_all_and_sold_to_those_who_have_reached_it():
	silver, gold = (make_level(rank) for rank in (920, 930))
	buyer, prize = given.make_buyer(), given.make_item(from_level=gold)
	reached = frappe.get_doc(
		doctype="Referral Recognition", name=hr.unique("kept"), employee=buyer.name, level=silver
	)
	for level in (None, silver):
		reached.level = level
		reached.db_update() if level else reached.db_insert()
		refused(errors.LevelTooLow, buyer, prize, f"This is for referrers from {gold} on.")
	shown = shop.item_for(prize.name, buyer)
	assert (shown.reason, shown.refusal) == ("level_too_low", f"This is for referrers from {gold} on.")
	reached.db_set("level", gold)
	shown = shop.item_for(prize.name, buyer)
	assert (shown.reason, shown.for_level) == (None, gold)
	assert given.order(buyer, prize).state == "Approved"


def test_a_level_that_an_item_asks_for_is_not_deleted_and_one_that_is_gone_opens_nothing():
	gold = make_level(940)
	buyer, prize = given.make_buyer(), given.make_item(from_level=gold)
	with pytest.raises(frappe.ValidationError, match="Choose another level there first"):
		frappe.delete_doc("Referral Level", gold)
	frappe.db.delete("Referral Level", {"name": gold})
	refused(errors.LevelTooLow, buyer, prize, f"This is for referrers from {gold} on.")
	assert shop.item_for(prize.name, buyer).reason == "level_too_low"


def make_level(rank: int) -> str:
	level = {"level_name": hr.unique("Level"), "rank": rank, "counts": "Hires", "at_least": 1}
	return frappe.get_doc(doctype="Referral Level", **level, enabled=1).insert().name


def test_points_that_expire_first_pay_and_come_back_with_their_day():
	buyer, soon = given.make_buyer(), getdate(add_days(today(), 9))
	points.post(buyer.name, 50, "Issuance", hr.unique("earn"), expires_on=soon)
	order = given.order(buyer, given.make_item())
	assert points.expiring(buyer.name) == []
	flow.end_order(order.name, "Broken")
	assert points.expiring(buyer.name) == [{"expires_on": soon, "points": 50}]


def test_points_of_one_document_are_spent_by_others_once_however_often_each_is_asked():
	"""Earned by one document, redeemed by another: what was spent is gone for both, what comes back is there once."""
	buyer, mug = given.make_buyer(0), given.make_item()
	earned = points.post(buyer.name, 50, "Issuance", hr.unique("earn"), source=("Employee", buyer.name))
	order = given.order(buyer, mug, "the only one")
	refused(errors.NotEnoughPoints, buyer, mug, "costs 50 points and you have 0")
	assert points.take_back(earned, "undo what was spent").owed == 50
	for _each in range(2):
		assert given.order(buyer, mug, "the only one").name == order.name
	flow.end_order(order.name, "Broken")
	assert (given.order(buyer, mug, "the only one").state, points.balance(buyer.name)) == ("Cancelled", 50)
	assert points.take_back(earned, "undo what came back").owed == 0
	refused(errors.NotEnoughPoints, buyer, mug, "costs 50 points and you have 0")
	assert (given.sold(mug), points.verify()) == (0, [])


# HR's yes


def test_an_order_on_hold_is_paid_for_and_waits_for_somebody_elses_yes(as_user):
	user = hr.make_hr_manager()
	buyer = given.make_buyer(user_id=user.name)
	order, other = given.order(buyer, given.make_item(needs_approval=1)), hr.make_hr_manager()
	assert (order.state, points.balance(buyer.name), order.delivery_name) == ("On Hold", 50, None)
	as_user(user.name)
	with pytest.raises(errors.OwnOrder):
		flow.approve_order(order.name)
	as_user(other.name)
	flow.approve_order(order.name)
	assert given.state_of(order) == "Approved"
	with pytest.raises(errors.WrongState, match="Approved"):
		flow.approve_order(order.name)


def test_a_cancelled_order_gives_item_and_points_back_once_and_its_task_goes():
	buyer, mug = given.make_buyer(), given.make_item(stock=1)
	order = given.order(buyer, mug)
	flow.end_order(order.name, "Changed my mind")
	assert (points.balance(buyer.name), given.sold(mug), given.state_of(order)) == (100, 0, "Cancelled")
	assert frappe.db.get_value(TASK, order.delivery_name, "state") == "Cancelled"
	with pytest.raises(errors.WrongState):
		flow.end_order(order.name, "Again")
	assert points.balance(buyer.name) == 100
	assert given.order(buyer, mug).state == "Approved"


@pytest.mark.parametrize(("is_back", "left"), [(True, 0), (False, 1)])
def test_a_refund_says_whether_the_item_is_back(is_back, left):
	buyer, mug = given.make_buyer(), given.make_item(stock=1)
	order = given.order(buyer, mug)
	fulfilment.finish(order.delivery_name, note="Handed over")
	flow.end_order(order.name, "Broken", is_back)
	assert (given.state_of(order), points.balance(buyer.name), given.sold(mug)) == ("Refunded", 100, left)


# codes


def test_a_code_is_encrypted_at_rest_and_shown_to_its_buyer_once():
	buyer, card = given.make_buyer(), given.make_item("Code")
	given.make_codes(card, "ABC-123")
	stored = frappe.db.sql("select * from `tabReward Item Code` where item = %s", card.name, as_dict=True)
	assert "ABC-123" not in str(stored)
	order = given.order(buyer, card)
	assert (order.state, shop.show_code(order.name)) == ("Delivered", "ABC-123")
	with pytest.raises(errors.CodeRefused, match="shown already"):
		shop.show_code(order.name)
	shop.let_be_shown_again(order.name)
	assert shop.show_code(order.name) == "ABC-123"


def test_each_code_goes_to_one_order_and_a_dry_pool_charges_nobody():
	buyer, card = given.make_buyer(300), given.make_item("Code")
	assert given.make_codes(card, "code", "A", "B", "A") == {"added": 2, "known": 0}
	assert given.make_codes(card, "B", "C") == {"added": 1, "known": 1}
	orders = [given.order(buyer, card) for _ in range(3)]
	assert sorted(shop.show_code(order.name) for order in orders) == ["A", "B", "C"]
	refused(errors.SoldOut, buyer, card, "The last one is gone")


def test_a_code_nobody_saw_goes_to_the_next_one_that_was_seen_never():
	buyer, card = given.make_buyer(300), given.make_item("Code")
	given.make_codes(card, "ONLY")
	unseen = given.order(buyer, card)
	flow.end_order(unseen.name, "Not needed")
	seen = given.order(buyer, card)
	assert shop.show_code(seen.name) == "ONLY"
	shop.let_be_shown_again(seen.name)
	flow.end_order(seen.name, "Did not work")
	assert points.balance(buyer.name) == 300
	refused(errors.SoldOut, buyer, card, "The last one is gone")


def test_a_code_whose_order_waits_for_hr_is_shown_to_nobody_and_comes_back_unseen(as_user):
	buyer, card = given.make_buyer(), given.make_item("Code", needs_approval=1)
	given.make_codes(card, "ABC-123")
	order = given.order(buyer, card)
	with pytest.raises(errors.CodeRefused, match="There is no code for this order."):
		shop.show_code(order.name)
	flow.end_order(order.name, "Not needed")
	code = frappe.db.get_value("Reward Item Code", {"item": card.name}, ["state", "shown_on"])
	assert (code, given.state_of(order), points.balance(buyer.name)) == (("Free", None), "Cancelled", 100)
	again = given.order(buyer, card)
	as_user(hr.make_hr_manager().name)
	flow.approve_order(again.name)
	assert shop.show_code(again.name) == "ABC-123"


def test_a_code_that_ended_while_hr_had_yet_to_approve_is_not_delivered(as_user):
	buyer, card = given.make_buyer(), given.make_item("Code", needs_approval=1)
	given.make_codes(card, "ABC-123")
	order = given.order(buyer, card)
	frappe.db.set_value("Reward Item Code", {"item": card.name}, "valid_until", add_days(today(), -1))
	as_user(hr.make_hr_manager().name)
	with pytest.raises(errors.CodeRefused, match="has ended meanwhile"):
		flow.approve_order(order.name)


def test_codes_that_were_seen_before_this_was_kept_are_known_from_their_history():
	buyer, card = given.make_buyer(300), given.make_item("Code")
	given.make_codes(card, "A", "B", "C")
	shown, again, _unseen = orders = [given.order(buyer, card) for _each in range(3)]
	for order in (shown, again):
		shop.show_code(order.name)
	shop.let_be_shown_again(again.name)
	frappe.db.set_value("Reward Item Code", {"item": card.name}, "was_shown", 0, update_modified=False)
	keep_seen_codes.execute()
	was_shown = dict(
		frappe.get_all("Reward Item Code", {"item": card.name}, ["reward_order", "was_shown"], as_list=True)
	)
	assert [was_shown[order.name] for order in orders] == [1, 1, 0]


@pytest.mark.parametrize(
	("rows", "words"),
	[
		(["A", "B,31.12.2026"], "Row 2: write the last day as 2026-12-31."),
		(["A", "B,2026-12-31,x"], "Row 2: one code"),
		([""], "A file has 1 to"),
	],
)
def test_a_file_with_a_mistake_adds_no_code(rows, words):
	card = given.make_item("Code")
	with pytest.raises(errors.CodeRefused, match=words):
		given.make_codes(card, *rows)
	assert frappe.db.count("Reward Item Code", {"item": card.name}) == 0


# what kinds of rewards hand over


@pytest.fixture
def leave_type():
	leave = frappe.get_doc(doctype="Leave Type", leave_type_name=hr.unique("Shop Leave")).insert()
	return leave.name


def test_leave_is_allocated_at_once_and_taken_back_with_a_refund(leave_type):
	buyer = given.make_buyer()
	day = given.make_item("Leave Days", days=1.5, leave_type=leave_type)
	order = given.order(buyer, day)
	allocated = frappe.db.get_value(
		"Leave Allocation", order.delivery_name, ["employee", "total_leaves_allocated"]
	)
	assert (order.state, allocated) == ("Delivered", (buyer.name, 1.5))
	flow.end_order(order.name, "Not needed")
	assert frappe.db.get_value("Leave Allocation", order.delivery_name, "docstatus") == 2
	assert points.balance(buyer.name) == 100


def test_leave_that_can_not_be_given_is_not_charged():
	frappe.db.set_single_value("Referral Hub Settings", "reward_leave_type", None)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	buyer, day = given.make_buyer(), given.make_item("Leave Days", days=1)
	frappe.db.savepoint("request")
	with pytest.raises(NotHandedOver):
		given.order(buyer, day)
	frappe.db.rollback(save_point="request")
	assert (points.balance(buyer.name), given.sold(day)) == (100, 0)


def test_a_team_fund_is_a_task_with_its_amount():
	fund = given.make_item("Team Fund", amount=300, currency="CNY")
	order = given.order(given.make_buyer(), fund)
	task = frappe.get_doc(TASK, order.delivery_name)
	assert (order.state, task.kind, "300.00" in task.what) == ("Approved", "Team Fund", True)
	fulfilment.finish(task.name, note="Transferred")
	assert given.state_of(order) == "Delivered"


# HR writes items


def test_a_form_that_was_open_while_somebody_ordered_forgets_no_order():
	mug = given.make_item()
	stale = frappe.get_doc("Reward Item", mug.name)
	given.order(given.make_buyer(), mug)
	stale.update({"price": 60, "sold": 0})
	stale.save()
	assert given.sold(mug) == 1


@pytest.mark.parametrize(
	("fields", "words"),
	[
		({"price": 10**12}, "Price in Points can be at most 10,000,000"),
		({"stock": 10**12}, "can be at most 1,000,000"),
		({"limit_per_person": 2**40}, "can be at most 1,000"),
		({"taxable_value": float("inf")}, "Taxable Value can be at most"),
		({"taxable_value": float("nan")}, "Taxable Value can be at most"),
	],
)
def test_a_number_that_nobody_means_is_refused_in_words(fields, words):
	with pytest.raises(frappe.ValidationError, match=words):
		given.make_item(**fields)


def test_an_item_that_was_ordered_is_not_deleted_and_its_orders_keep_what_was_paid():
	mug = given.make_item(taxable_value=88, currency="CNY")
	order = given.order(given.make_buyer(), mug)
	with pytest.raises(frappe.ValidationError, match="This was ordered"):
		mug.reload().delete()
	frappe.get_doc("Reward Item", mug.name).update({"price": 99, "taxable_value": 1}).save()
	order.reload()
	assert (order.points, order.taxable_value, order.currency) == (50, 88, "CNY")
	with pytest.raises(KeptByTheApp):
		order.save()
