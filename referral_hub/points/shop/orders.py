"""Reward Orders: made once per key, paid for in the same transaction as their item is taken, ended by giving both back.

The only writer of that DocType; never commits. `flow` hands over what is approved and undoes it before an order ends.
"""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import cint, flt, now_datetime

from referral_hub import kept
from referral_hub.background import start_after_commit
from referral_hub.fulfilment import service as fulfilment
from referral_hub.people import employments
from referral_hub.points import clock
from referral_hub.points import service as points
from referral_hub.points.accounts import random_name
from referral_hub.points.database import is_duplicate
from referral_hub.points.errors import PointsError
from referral_hub.points.moving.requests import hash_key
from referral_hub.points.rules import shop
from referral_hub.points.rules.chain import digest
from referral_hub.points.shop import buyers, codes, items, levels, malls, paying
from referral_hub.points.shop.errors import KeyOfAnotherOrder, OwnOrder, ShopError, WrongState, refuse
from referral_hub.points.shop.mall import outbox
from referral_hub.rewards.rules.paying.reconciling_values import WAITING

DOCTYPE = "Reward Order"
ITS_KIND = {shop.LEAVE: "Leave", shop.FUND: "Team Fund"}  # kinds of rewards that hand over what is bought


def place(employee: str, item: str, key: str):
	"""Order one item and take its points; the same key again gives the first order, whatever has happened since."""
	order_key = digest(f"{employee}\n{hash_key(key)}")
	if first := _first(order_key, item):
		return first
	frappe.db.savepoint("reward_order")
	try:
		return _place(employee, item, order_key)
	except (ShopError, PointsError, frappe.UniqueValidationError) as error:
		frappe.db.rollback(save_point="reward_order")
		if frappe.message_log and not isinstance(error, ShopError):
			frappe.clear_last_message()
		if first := _first(order_key, item, lock=True):
			return first
		raise


def _place(employee: str, item: str, order_key: str):
	row = items.lock(item)
	person = frappe.db.get_value("Employee", employee, ["employee_name", "company"], as_dict=True)
	known_levels = levels.named([row.from_level])
	offer = items.offer_of(row, items.groups_of([item])[item], items.left_of(row), known_levels)
	buyer = buyers.of(employee, person.company, [offer])
	if reason := shop.refusal(offer, buyer, clock.today()):
		refuse(reason, offer)
	if row.mall and not malls.is_open(row.mall):
		refuse("not_offered")
	name = random_name()
	if row.kind == shop.CODE:
		codes.take(item, name, clock.today())
	order = _draft(row, employee, person, order_key)
	order.update(
		{
			"state": shop.first_state(offer),
			"entry": paying.pay(name, employee, person.company, offer, order_key),
		}
	)
	_insert_within_limit(order, name, offer)
	items.count_sold(item, 1)
	order.flags.was_made_now = True
	return order


def approve(name: str):
	"""HR says yes; the flow hands it over."""
	order = lock(name)
	refuse_own(order)
	_move(order, shop.APPROVED, approved_by=frappe.session.user)
	return order


def being_delivered(order, doctype: str | None, delivery: str | None, is_done: bool) -> None:
	"""Keep what carries an approved order, and that the buyer has it when nobody has to hand it over."""
	order.update({"delivery_doctype": doctype, "delivery_name": delivery})
	if is_done:
		_deliver(order)
	else:
		save(order)


def follow_fulfilment(task) -> None:
	"""What somebody had to hand over was handed over: the order is delivered."""
	order = lock_alone(task.source_name)
	if task.state == fulfilment.DONE and order.state == shop.APPROVED:
		was_delivered(order, task.for_employee)


def was_delivered(order, words: str | None) -> None:
	"""Keep that a locked order reached its buyer, and what they read about it."""
	_deliver(order, for_employee=words or None)


def cancel(order, reason: str) -> None:
	"""End a locked order that was not delivered: its task goes, its item and its points come back.

	What a mall may be sending already may yet arrive, so nobody ends that for themselves.
	"""
	_refuse_unless(order, shop.CANCELLED)
	if _is_heard(order):
		refuse_own(order)
	if order.delivery_doctype == fulfilment.DOCTYPE:
		if not fulfilment.cancel(order.delivery_name, reason):
			_refuse_move(order)
	_tell_mall(order)
	end(order, shop.CANCELLED, reason, is_back=True)


def refund(order, reason: str, is_back: bool) -> None:
	"""End a locked order that was delivered; `is_back`: the item can be ordered again."""
	refuse_own(order)
	_tell_mall(order)
	end(order, shop.REFUNDED, reason, is_back)


def refuse_when_heard(order) -> None:
	"""Refuse a buyer who cancels what a mall may be sending already: HR settles that."""
	if _is_heard(order):
		raise WrongState(_("The mall has this order already; ask HR to cancel it."))


def lock(name: str):
	"""Lock an order for good: its item first."""
	item = frappe.db.get_value(DOCTYPE, name, "item")
	if not item:
		frappe.throw(_("There is no such order."), frappe.DoesNotExistError)
	items.lock(item)
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def lock_alone(name: str):
	"""Lock an order for what does not look at its item."""
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def refuse_own(order) -> None:
	if frappe.session.user in employments.users_of(order.employee):
		raise OwnOrder(_("Somebody else decides about your own order."))


def as_reward(order) -> frappe._dict | None:
	"""Return an order as the kinds of rewards read one; None when it is handed over otherwise."""
	if order.kind not in ITS_KIND:
		return None
	details = frappe.parse_json(order.details or "{}")
	return frappe._dict(
		doctype=DOCTYPE,
		name=order.name,
		attempt=1,
		employee=order.employee,
		kind=ITS_KIND[order.kind],
		amount=details.pop("amount", 0),
		currency=order.currency,
		details=details,
		note=_("Ordered in the points shop"),
		payout_doctype=order.delivery_doctype,
		payout_name=order.delivery_name,
	)


def _draft(row, employee: str, person, order_key: str):
	order = frappe.new_doc(DOCTYPE)
	order.update(
		{
			"employee": employee,
			"employee_name": person.employee_name,
			"company": person.company,
			"item": row.name,
			"item_name": row.item_name,
			"kind": row.kind,
			"points": row.price,
			"ordered_on": now_datetime(),
			"responsible": row.responsible,
			"details": frappe.as_json(_details(row), indent=None),
			"taxable_value": row.taxable_value,
			"currency": row.currency,
			"order_key": order_key,
		}
	)
	return order


def _details(row) -> dict:
	"""Freeze what the order promises, whatever HR makes of the item later."""
	days = {"fulfil_within_days": cint(row.fulfil_within_days), "responsible": row.responsible}
	if row.kind == shop.LEAVE:
		return {"amount": row.days, **({"leave_type": row.leave_type} if row.leave_type else {})}
	if row.kind == shop.FUND:
		return {"amount": row.amount, "what": row.item_name, **days}
	if row.kind == shop.MALL:
		return {"mall": row.mall, "sku": row.mall_sku}
	return days


def _insert_within_limit(order, name: str, offer) -> None:
	"""Insert into a free place of the person's limit: UNIQUE places hold whatever the transaction happens to see."""
	person, *others = sorted(employments.records_of(order.employee))
	for place in range(1, offer.limit + 1) if offer.limit else (None,):
		if place and others and _is_taken(order.item, others, place):
			continue
		order.person_slot = _slot(order.item, person, place) if place else None
		if _is_inserted(order, name):
			return
	refuse("limit_reached", offer)


def _slot(item: str, record: str, place: int) -> str:
	return digest(f"{item}\n{record}\n{place}")


def follow_employee(employee: str) -> None:
	"""Take the places of the limit along to a new number, or to the employee somebody was merged into.

	A place holds the number it was taken under, and that one may be another person's next.
	"""
	records = employments.records_of(employee)  # they share the places of a limit
	taken = {"employee": ("in", records), "person_slot": ("is", "set")}
	rows = frappe.get_all(
		DOCTYPE, taken, ["name", "item"], order_by="ordered_on asc, name asc", limit_page_length=0
	)
	if not rows:
		return
	frappe.db.set_value(DOCTYPE, taken, "person_slot", None, update_modified=False)
	last: Counter[str] = Counter()
	for row in rows:
		last[row.item] = _take_place(row, min(records), last[row.item] + 1)


def _take_place(row, person: str, place: int) -> int:
	"""Write the first place from this one on that nobody else's order holds, left behind under a number they had; return it."""
	while True:
		try:
			slot = _slot(row.item, person, place)
			frappe.db.set_value(DOCTYPE, row.name, "person_slot", slot, update_modified=False)
			return place
		except Exception as error:
			if not is_duplicate(error):
				raise
		place += 1


def _is_taken(item: str, records: list[str], place: int) -> bool:
	"""Say whether this person took a place of their limit when another of their records stood for them, before a transfer."""
	slots = tuple(_slot(item, record, place) for record in records)
	return bool(frappe.db.sql("select 1 from `tabReward Order` where person_slot in %s limit 1", (slots,)))


def _is_inserted(order, name: str) -> bool:
	"""Insert, and say whether the place was free. Nothing is looked up before: that would lock the gap for others."""
	order.flags.ignore_links = True
	try:
		with kept.writing(order):
			order.insert(ignore_permissions=True, set_name=name)
	except frappe.UniqueValidationError as error:
		if "person_slot" not in str(error):
			raise
		frappe.clear_last_message() if frappe.message_log else None
		return False
	return True


def end(order, state: str, reason: str, is_back: bool) -> None:
	"""End a locked order whose delivery was settled: points and item come back."""
	_refuse_unless(order, state)
	if order.kind in (shop.CODE, shop.MALL):
		was_free = codes.give_back(order.name, is_ours=order.kind == shop.CODE)
		is_back = was_free if order.kind == shop.CODE else is_back
	note = _("Order ended: {0}").format(order.item_name)
	entry = points.reverse(order.entry, f"order:{order.name}:back", note)
	if is_back:
		items.count_sold(order.item, -1)
	_move(order, state, ended_on=now_datetime(), ended_because=reason, return_entry=entry, person_slot=None)


def _is_heard(order) -> bool:
	return order.delivery_doctype == outbox.DOCTYPE and outbox.is_heard(order.name)


def _tell_mall(order) -> None:
	if order.delivery_doctype == outbox.DOCTYPE:
		outbox.end(order.name)


def _deliver(order, **values) -> None:
	"""The buyer has it; what it is worth to the tax office waits for payroll from now on."""
	if flt(order.taxable_value):
		values["taxable_state"] = WAITING
		start_after_commit("referral_hub.tasks.hand_over_value_of_order", order=order.name)
	_move(order, shop.DELIVERED, delivered_on=now_datetime(), **values)


def _move(order, state: str, **values) -> None:
	_refuse_unless(order, state)
	order.update({"state": state, **values})
	save(order)


def _refuse_unless(order, state: str) -> None:
	if not shop.may_move(order.state, state):
		_refuse_move(order)


def _refuse_move(order) -> None:
	raise WrongState(
		_("This order is {0}; that is no longer possible.").format(_(order.state, context=DOCTYPE))
	)


def save(order) -> None:
	"""Save a locked order through the only door its controller leaves open."""
	order.flags.ignore_links = True
	with kept.writing(order):
		order.save(ignore_permissions=True)


def _first(order_key: str, item: str, lock: bool = False):
	rows = frappe.db.sql(
		f"select name, item from `tabReward Order` where order_key = %s {'lock in share mode' if lock else ''}",
		order_key,
	)
	if rows and rows[0][1] != item:
		raise KeyOfAnotherOrder(
			_("This was sent for another item before. Open the item again and order it there.")
		)
	return frappe.get_doc(DOCTYPE, rows[0][0], for_update=lock) if rows else None
