"""Many people want the last ones at the same moment: each is sold once, and nobody pays for nothing."""

import frappe
import shop_factories as given
import shop_processes
import site_factories as hr

from referral_hub.points import service as points
from referral_hub.points.shop import service as shop


def orders_of(item) -> list:
	return frappe.get_all(
		"Reward Order", {"item": item.name}, ["name", "employee", "points", "state", "entry"]
	)


def test_300_people_want_the_last_10_from_8_processes(commits):
	mug = given.make_item(stock=10, price=30)
	buyers = [hr.make_employee().name for _ in range(300)]
	for buyer in buyers:
		points.post(buyer, 40, "Issuance", f"funds {buyer}")
	commits.commit()
	assert shop_processes.run(8, mug.name, buyers) == {"ordered": 10, "sold_out": 290}
	frappe.db.rollback()
	orders = orders_of(mug)
	charged = {order.employee for order in orders}
	assert (len(orders), len(charged), given.sold(mug)) == (10, 10, 10)
	assert [points.balance(buyer) for buyer in buyers] == [10 if buyer in charged else 40 for buyer in buyers]
	paid = frappe.get_all(
		"Points Ledger Entry", {"source_doctype": "Reward Order", "direction": "Out"}, pluck="name"
	)
	assert {order.entry for order in orders} <= set(paid)
	assert points.verify() == []


def test_8_processes_send_one_order_of_one_person_and_one_code(commits):
	card = given.make_item("Code", limit_per_person=1)
	given.make_codes(card, "A", "B")
	buyer = given.make_buyer(500)
	commits.commit()
	told = shop_processes.run(8, card.name, [buyer.name] * 8)
	frappe.db.rollback()
	assert told == {"ordered": 8}  # one key: everybody gets the first answer
	assert (len(orders_of(card)), points.balance(buyer.name)) == (1, 450)
	assert frappe.db.count("Reward Item Code", {"item": card.name, "state": "Free"}) == 1


def test_a_pool_of_codes_that_runs_dry_among_8_processes_charges_nobody_for_nothing(commits):
	card = given.make_item("Code", price=30)
	given.make_codes(card, "A", "B", "C")
	buyers = [given.make_buyer(40).name for _ in range(16)]
	commits.commit()
	assert shop_processes.run(8, card.name, buyers) == {"ordered": 3, "sold_out": 13}
	frappe.db.rollback()
	orders = orders_of(card)
	assert sorted(map(shop.show_code, [order.name for order in orders])) == ["A", "B", "C"]
	charged = {order.employee for order in orders}
	assert [points.balance(buyer) for buyer in buyers] == [10 if buyer in charged else 40 for buyer in buyers]
