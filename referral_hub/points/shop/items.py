"""Reward Items: locked while one of them is ordered, and checked when HR writes one. Commits nothing.

`sold` is counted under the lock on the item's row. HR's form holds that lock too while it is saved and takes the
count as it is then, so that an order made meanwhile is never forgotten.
"""

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

from referral_hub.database import numbers
from referral_hub.points.rules import shop
from referral_hub.points.rules.chain import digest
from referral_hub.points.rules.shop import Offer
from referral_hub.points.shop import levels
from referral_hub.points.shop.errors import refuse

DOCTYPE = "Reward Item"
# who an item is for: its fields, the tables behind them and what a row names
GROUPS = {
	"companies": ("Referral Program Company", "company"),
	"departments": ("Referral Program Department", "department"),
	"grades": ("Referral Program Grade", "grade"),
}
Groups = dict[str, frozenset[str]]


def lock(name: str):
	"""Lock an item and return it as it is now."""
	rows = frappe.db.sql("select * from `tabReward Item` where name = %s for update", name, as_dict=True)
	return rows[0] if rows else refuse("not_offered")


def offer_of(item, groups: Groups, left: int | None, known_levels: dict[str, tuple[int, str]]) -> Offer:
	"""Return what an item promises, as the rules read it. `groups`: as `groups_of` finds them."""
	from_rank, from_level = known_levels.get(item.from_level, levels.gone(item.from_level))
	return Offer(
		price=cint(item.price),
		enabled=bool(item.enabled),
		left=left,
		limit=cint(item.limit_per_person),
		**groups,
		valid_from=getdate(item.valid_from) if item.valid_from else None,
		valid_until=getdate(item.valid_until) if item.valid_until else None,
		needs_approval=bool(item.needs_approval),
		from_rank=from_rank,
		from_level=from_level,
	)


def left_of(item) -> int | None:
	"""Count what is left of an item whose stock HR counts; the pool of codes counts itself."""
	return shop.left(cint(item.stock), cint(item.sold), bool(item.is_unlimited) or item.kind == shop.CODE)


def groups_of(names: list[str], fields: Collection[str] = tuple(GROUPS)) -> dict[str, Groups]:
	"""Return whom each of these items is for, by `fields` of GROUPS; of what an item names nothing, it is for all."""
	found: dict[str, dict[str, set[str]]] = {name: {} for name in names}
	for field in fields:
		table, named = GROUPS[field]
		filters = {"parenttype": DOCTYPE, "parentfield": field, "parent": ("in", names)}
		for parent, value in frappe.get_all(table, filters, ["parent", named], as_list=True):
			found[parent].setdefault(field, set()).add(value)
	return {
		name: {field: frozenset(values) for field, values in groups.items()} for name, groups in found.items()
	}


def count_sold(name: str, change: int) -> None:
	"""Count an order of a locked item, or one that ended."""
	frappe.db.sql("update `tabReward Item` set sold = sold + %s where name = %s", (change, name))


def check(item) -> None:
	"""Refuse an item that could not be ordered or handed over as it is written."""
	numbers.refuse_beyond(item, shop.LARGEST)
	item.sold = 0 if item.is_new() else _sold_now(item.name)
	found = shop.problems(
		*(item.kind, cint(item.price), cint(item.stock), cint(item.sold)),
		*(flt(item.days), flt(item.amount), bool(item.is_unlimited), bool(item.mall and item.mall_sku)),
	)
	if found:
		frappe.throw("<br>".join(_in_words(problem, item) for problem in found))
	_check_departments(item)
	if item.valid_from and item.valid_until and getdate(item.valid_from) > getdate(item.valid_until):
		frappe.throw(_("The last day can't be before the first."))
	item.mall_key = mall_key(item.mall, item.mall_sku) if item.kind == shop.MALL else None
	if not item.currency and (flt(item.taxable_value) or item.kind == shop.FUND):
		item.currency = frappe.db.get_default("currency")


def check_deleting(item) -> None:
	if frappe.db.exists("Reward Order", {"item": item.name}):
		frappe.throw(_("This was ordered. Untick Can Be Ordered instead: the orders keep their item."))
	frappe.db.delete("Reward Item Code", {"item": item.name})


def mall_key(mall: str, sku: str) -> str:
	"""Return what is UNIQUE for an item of a mall; the database ignores the case of letters, malls need not."""
	return digest(f"{mall}\n{sku}")


def _sold_now(name: str) -> int:
	return cint(frappe.db.get_value(DOCTYPE, name, "sold", for_update=True))


def _check_departments(item) -> None:
	"""A department of another company would let nobody in, and nobody would know why."""
	companies = {row.company for row in item.companies}
	named = {row.department for row in item.departments if row.department} if companies else ()
	for department in sorted(named):
		company = frappe.db.get_value("Department", department, "company")
		if company and company not in companies:
			frappe.throw(
				_("The department {0} belongs to {1}, which this item is not for.").format(
					department, company
				)
			)


def _in_words(problem: str, item) -> str:
	return {
		"no_price": _("An item costs at least 1 point."),
		"less_than_sold": _("{0} were ordered already; the stock in all can't be less.").format(item.sold),
		"no_days": _("Give whole or half days of leave."),
		"no_amount": _("Say how much money the team gets."),
		"no_mall": _("Choose the mall, and the number the item has there."),
	}[problem]
