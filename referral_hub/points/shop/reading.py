"""What an employee may see of the shop: items with why one can't be had, and their own orders. Plain reads, few queries."""

import frappe
from frappe.query_builder.functions import Count

from referral_hub.people import employments
from referral_hub.points import clock
from referral_hub.points.rules import shop
from referral_hub.points.shop import buyers, codes, items, levels, malls, paying
from referral_hub.points.shop.errors import GROUPS, sentence
from referral_hub.points.shop.mall import outbox

FIELDS = [
	*(
		"name",
		"item_name",
		"item_name_zh",
		"description",
		"description_zh",
		"photo",
		"kind",
		"price",
		"enabled",
	),
	*(
		"is_unlimited",
		"stock",
		"sold",
		"limit_per_person",
		"valid_from",
		"valid_until",
		"needs_approval",
		"modified",
		"mall",
		"from_level",
	),
]
NOT_SHOWN = frozenset({"not_offered", "other_company", "over", *GROUPS})
ORDER_FIELDS = [
	*("name", "item", "item_name", "kind", "points", "state", "ordered_on", "delivered_on", "ended_on"),
	*("ended_because", "for_employee", "delivery_doctype", "delivery_name"),
]
MOST = 200
WITH_CODES = frozenset({shop.CODE, shop.MALL})


def items_for(employee) -> list[dict]:
	"""Return what this employee is offered today, cheapest first, each with `refusal` (None: can be ordered) in words."""
	rows = frappe.get_all(
		items.DOCTYPE, {"enabled": 1}, FIELDS, order_by="price asc, name asc", limit_page_length=MOST
	)
	return _offered(rows, employee)


def sells_to(company: str) -> bool:
	"""Say whether anything is offered to the people of a company now, or soon."""
	rows = frappe.get_all(items.DOCTYPE, {"enabled": 1}, ["name", "valid_until"], limit_page_length=0)
	names = [row.name for row in rows if not row.valid_until or row.valid_until >= clock.today()]
	named = items.groups_of(names, ["companies"]) if names else {}
	return any(company in named[name].get("companies", (company,)) for name in names)


def item_for(name: str, employee) -> dict | None:
	"""Return one item as `items_for` does; None when it is not offered to this employee."""
	found = _offered(frappe.get_all(items.DOCTYPE, {"name": name}, FIELDS), employee)
	return found[0] if found else None


def orders_of(employee: str, start: int = 0, limit: int = 20) -> list[dict]:
	"""Return the orders of a person, by all their records, newest first; of codes when they were shown."""
	rows = frappe.get_all(
		"Reward Order",
		{"employee": ("in", employments.records_of(employee))},
		ORDER_FIELDS,
		order_by="ordered_on desc, name asc",
		limit_start=start,
		limit_page_length=limit,
	)
	return _complete(rows)


def order_of(name: str, employee: str) -> dict | None:
	"""Return an order of this person; None for anybody else's."""
	filters = {"name": name, "employee": ("in", employments.records_of(employee))}
	return next(iter(_complete(frappe.get_all("Reward Order", filters, ORDER_FIELDS))), None)


def orders_named(names: set[str]) -> list[dict]:
	"""Return orders by name, whoever asks: for lines of a statement that are theirs."""
	return _complete(frappe.get_all("Reward Order", {"name": ("in", sorted(names))}, ORDER_FIELDS))


def _offered(rows: list, employee) -> list[dict]:
	names, today = [row.name for row in rows], clock.today()
	if not names:
		return []
	groups, free, ordered = (
		items.groups_of(names),
		codes.free_of(names, today),
		_ordered(names, employee.name),
	)
	balance, found = paying.balance(employee.name, employee.company), []
	closed, known_levels = malls.closed(), levels.named(row.from_level for row in rows)
	offers = {row.name: _offer(row, groups[row.name], free, known_levels) for row in rows}
	buyer = buyers.of(employee.name, employee.company, offers.values())
	for row in rows:
		if row.mall in closed:
			continue
		offer = offers[row.name]
		did = ordered.get(row.name, 0)
		reason = shop.refusal_for(offer, buyer, today, balance, did)
		if reason not in NOT_SHOWN:
			refusal = sentence(reason, offer, balance) if reason else None
			found.append(
				frappe._dict(
					row,
					left=offer.left,
					reason=reason,
					refusal=refusal,
					missing=max(0, offer.price - balance),
					for_level=offer.from_level,
				)
			)
	return found


def _offer(row, groups: items.Groups, free: dict[str, int], known_levels: dict) -> shop.Offer:
	left = free.get(row.name, 0) if row.kind == shop.CODE else items.left_of(row)
	return items.offer_of(row, groups, left, known_levels)


def _ordered(names: list[str], employee: str) -> dict[str, int]:
	"""Count what this person has ordered and still has or gets: one query."""
	table = frappe.qb.DocType("Reward Order")
	rows = (
		frappe.qb.from_(table)
		.select(table.item, Count(table.name))
		.where(table.item.isin(names) & table.employee.isin(employments.records_of(employee)))
		.where(table.state.isin(sorted(shop.PAID_FOR)))
		.groupby(table.item)
		.run()
	)
	return dict(rows)


def _complete(rows: list) -> list[dict]:
	"""Add the item's Chinese name and photo as they are now, and of codes when they were shown: two queries."""
	if not rows:
		return []
	known = frappe.get_all(
		items.DOCTYPE, {"name": ("in", sorted({row.item for row in rows}))}, ["name", "item_name_zh", "photo"]
	)
	by_name = {item.name: item for item in known}
	shown = codes.shown_on([row.name for row in rows if row.kind in WITH_CODES] or ["-"])
	heard = outbox.heard_of([row.name for row in rows if row.kind == shop.MALL] or ["-"])
	for row in rows:
		item = by_name.get(row.item) or {}
		row.update(
			item_name_zh=item.get("item_name_zh"), photo=item.get("photo"), shown_on=shown.get(row.name)
		)
		row.has_code = row.name in shown
		row.may_cancel = shop.may_move(row.state, shop.CANCELLED) and row.name not in heard
	return rows
