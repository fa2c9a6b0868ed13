"""Takes the catalogue of a mall into the shop. Called by the API for HR; all of a file or nothing, and never commits.

What an item promises changes for later orders alone. A photo, a limit, companies and approval stay as HR has set them, and
so does what the file has no column for.
"""

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

from referral_hub.points.rules import catalogue, shop
from referral_hub.points.rules.catalogue import Row, Wrong
from referral_hub.points.shop import items
from referral_hub.points.shop.errors import ShopError

# what an item holds of each column that a file may leave out
FIELDS = {
	"stock": ("is_unlimited", "stock"),
	"valid_until": ("valid_until",),
	"enabled": ("enabled",),
	"name_zh": ("item_name_zh",),
	"description": ("description",),
	"description_zh": ("description_zh",),
	"taxable_value": ("taxable_value",),
}


class CatalogueRefused(ShopError):
	"""The file can't be read, or a row of it is wrong; nothing was changed."""


def take_in(mall: str, text: str, is_whole: bool = False) -> dict:
	"""Add and change items: {"added", "changed", "same", "closed"}; `is_whole`: what is not in it can't be ordered any more."""
	rows = _read(text)
	frappe.db.get_value(
		"Reward Mall", mall, "name", for_update=True
	)  # two files of one mall go one after the other
	known = dict(frappe.get_all(items.DOCTYPE, {"mall": mall}, ["mall_key", "name"], as_list=True))
	counts = {"added": 0, "changed": 0, "same": 0, "closed": 0}
	for row in rows:
		name = known.pop(items.mall_key(mall, row.sku), None)
		counts[_keep(mall, row, name)] += 1
	for name in known.values() if is_whole else ():
		counts["closed"] += _close(name)
	return counts


def _read(text: str) -> list[Row]:
	try:
		return catalogue.read(text)
	except Wrong as wrong:
		raise CatalogueRefused(_in_words(wrong)) from wrong


def _in_words(wrong: Wrong) -> str:
	if not wrong.row:
		return _("The file has no rows, more than {0}, or is neither CSV nor JSON.").format(
			catalogue.MOST_ROWS
		)
	if not wrong.column:
		return _("Row {0} can't be read.").format(wrong.row)
	return _("Row {0}: {1} is missing, wrong or there twice.").format(wrong.row, wrong.column)


def _keep(mall: str, row: Row, name: str | None) -> str:
	item = frappe.get_doc(items.DOCTYPE, name) if name else frappe.new_doc(items.DOCTYPE)
	wanted = _values(row, item)
	if name and all(_same(item.get(field), value) for field, value in wanted.items()):
		return "same"
	item.update(wanted)
	if name:
		item.save()
		return "changed"
	item.update({"kind": shop.MALL, "mall": mall, "mall_sku": row.sku})
	item.insert()
	return "added"


def _values(row: Row, item) -> dict:
	values = {
		"item_name": row.name,
		"price": row.price,
		"is_unlimited": int(row.stock is None),
		"stock": cint(item.stock) if row.stock is None else row.stock + cint(item.sold),
		"valid_until": row.valid_until,
		"enabled": int(row.enabled),
		"item_name_zh": row.name_zh,
		"description": row.description,
		"description_zh": row.description_zh,
		"taxable_value": float(row.taxable_value),
	}
	if not item.is_new():
		unsaid = {field for column, fields in FIELDS.items() if column not in row.said for field in fields}
		values = {field: value for field, value in values.items() if field not in unsaid}
	return {**values, "currency": row.currency} if row.currency else values


def _same(now, wanted) -> bool:
	if isinstance(wanted, int | float):
		return flt(now) == flt(wanted)
	if hasattr(wanted, "year"):
		return bool(now) and getdate(now) == wanted
	return (now or "") == (wanted or "")


def _close(name: str) -> bool:
	item = frappe.get_doc(items.DOCTYPE, name)
	if not item.enabled:
		return False
	item.enabled = 0
	item.save()
	return True
