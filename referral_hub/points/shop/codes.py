"""Pools of codes: taken in by file, encrypted at rest, each given to one order and shown to its buyer alone, once.

What is stored can't be read without the site's encryption key. A digest under the same key finds the code that is there
already; it gives nobody the code. HR sees how many there are, never which.
"""

import csv
import hmac
import io
from datetime import date
from hashlib import sha256

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime
from frappe.utils.password import decrypt, encrypt, get_encryption_key

from referral_hub import kept
from referral_hub.points.rules import shop
from referral_hub.points.shop import items
from referral_hub.points.shop.errors import CodeRefused, refuse

DOCTYPE = "Reward Item Code"
FREE, TAKEN, VOID = "Free", "Taken", "Void"
MOST_AT_ONCE, LONGEST_CODE = 20_000, 500


def take_in(item: str, text: str) -> dict:
	"""Add the codes of a CSV file (code, last day) to an item's pool: {"added", "known"}. A file with a mistake adds none."""
	row = items.lock(item)
	if row.kind != shop.CODE:
		raise CodeRefused(_("Only an item of the kind Code has a pool of codes."))
	codes = _read(text)
	known = _known(list(codes))
	fresh = {digest: code for digest, code in codes.items() if digest not in known}
	for digest, (code, valid_until) in fresh.items():
		_insert(item, digest, code, valid_until)
	return {"added": len(fresh), "known": len(codes) - len(fresh)}


def take(item: str, order: str, today: date) -> str:
	"""Give a free code of a locked item to an order, the one that ends first; refuse when the pool is dry."""
	found = frappe.db.sql(
		"""select name from `tabReward Item Code` where item = %s and state = 'Free'
		and (valid_until is null or valid_until >= %s)
		order by valid_until is null, valid_until, name limit 1 for update""",
		(item, today),
	)
	if not found:
		refuse("sold_out")
	_change(found[0][0], state=TAKEN, reward_order=order)
	return found[0][0]


def give_back(order: str, is_ours: bool = True) -> bool:
	"""Let an order's code go; say whether another may have it: what was seen, or a mall's, is never given again."""
	code = _of_order(order)
	if not code:
		return False
	is_free = is_ours and not code.was_shown
	_change(code.name, state=FREE if is_free else VOID, reward_order=None)
	return is_free


def keep_for(order: str, item: str, code: str) -> None:
	"""Keep a code that a mall sent for one order; one that was given out before is refused."""
	digest = _digest(code)
	if _known([digest]):
		raise CodeRefused(_("The mall sent a code that was given out before."))
	_insert(item, digest, code, None, order)


def of_order(order: str) -> str | None:
	"""Return the code of an order to compare it with; nobody is shown it by this."""
	code = _of_order(order)
	return decrypt(code.encrypted_code) if code else None


def show(order: str) -> str:
	"""Return the code of a delivered order and remember that it was shown; only once. One that waits for HR has none yet.

	The order is locked before its code, as where an order ends.
	"""
	state = frappe.db.get_value("Reward Order", order, "state", for_update=True)
	code = _of_order(order) if state == shop.DELIVERED else None
	if not code:
		raise CodeRefused(_("There is no code for this order."))
	if code.shown_on:
		raise CodeRefused(
			_("The code was shown already. If you did not see it, ask HR to let it be shown again.")
		)
	_change(code.name, shown_on=now_datetime(), was_shown=1)
	return decrypt(code.encrypted_code)


def let_be_shown_again(order: str) -> None:
	"""HR lets a buyer see their code once more; the code's history says who and when, and it goes to nobody else."""
	code = _of_order(order)
	if not code or not code.shown_on:
		raise CodeRefused(_("The code of this order was not shown yet."))
	_change(code.name, shown_on=None)


def free_of(names: list[str], today: date) -> dict[str, int]:
	"""Count the free codes of items: one query."""
	rows = frappe.db.sql(
		"""select item, count(*) from `tabReward Item Code` where item in %s and state = 'Free'
		and (valid_until is null or valid_until >= %s) group by item""",
		(tuple(names), today),
	)
	return dict(rows)


def shown_on(orders: list[str]) -> dict:
	"""Return when the codes of these orders were shown, None where not yet."""
	rows = frappe.get_all(DOCTYPE, {"reward_order": ("in", orders)}, ["reward_order", "shown_on"])
	return {row.reward_order: row.shown_on for row in rows}


def _read(text: str) -> dict[str, tuple[str, date | None]]:
	"""Return digest -> (code, last day) of a file; refuse the first row that can't be one."""
	found: dict[str, tuple[str, date | None]] = {}
	for number, row in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"))), 1):
		cells = [cell.strip() for cell in row]
		if not any(cells) or (number == 1 and cells[0].lower() in ("code", "兑换码")):
			continue
		code, day = cells[0], cells[1] if len(cells) > 1 else ""
		if not code or len(code) > LONGEST_CODE or len(cells) > 2:
			raise CodeRefused(_("Row {0}: one code and, if you like, its last day.").format(number))
		found[_digest(code)] = (code, _day(day, number))
	if not 0 < len(found) <= MOST_AT_ONCE:
		raise CodeRefused(_("A file has 1 to {0} codes.").format(MOST_AT_ONCE))
	return found


def _day(text: str, number: int) -> date | None:
	try:
		return date.fromisoformat(text) if text else None
	except ValueError as error:
		raise CodeRefused(_("Row {0}: write the last day as 2026-12-31.").format(number)) from error


def _digest(code: str) -> str:
	return hmac.new(get_encryption_key().encode(), f"reward code\n{code}".encode(), sha256).hexdigest()


def _known(digests: list[str]) -> set[str]:
	return set(frappe.get_all(DOCTYPE, {"code_digest": ("in", digests)}, pluck="code_digest"))


def _insert(item: str, digest: str, code: str, valid_until: date | None, order: str | None = None) -> None:
	row = frappe.new_doc(DOCTYPE)
	row.update({"item": item, "code_digest": digest, "encrypted_code": encrypt(code)})
	row.update({"state": TAKEN if order else FREE, "reward_order": order})
	row.valid_until = getdate(valid_until) if valid_until else None
	row.flags.ignore_links = True
	with kept.writing(row):
		row.insert(ignore_permissions=True)


def _of_order(order: str):
	rows = frappe.db.sql(
		"""select name, shown_on, was_shown, encrypted_code from `tabReward Item Code` where reward_order = %s for update""",
		order,
		as_dict=True,
	)
	return rows[0] if rows else None


def _change(name: str, **values) -> None:
	row = frappe.get_doc(DOCTYPE, name, for_update=True)
	row.update(values)
	row.flags.ignore_links = True
	with kept.writing(row):
		row.save(ignore_permissions=True)
