"""Seals the labels of accounts, so that an owner, a company or a kind exchanged by SQL is found.

A label changes through this file only, and its seal with it: an account whose seal was broken before is changed like
the others and stays broken, so no rename covers up what somebody did by hand. Called by `accounts`, `owners`, `verify`
and `heads`. It commits nothing.

The key comes from the site's encryption key. Under another one (a backup restored on a new site without it) no seal can
be judged: a site without daily heads takes the accounts as they are when it keeps its first ones, as it takes the
ledger; a site with heads reports it until the key is back or an administrator accepts the accounts.
"""

from collections.abc import Callable, Iterator

import frappe
from frappe.utils.password import get_encryption_key

from referral_hub.points.rules.audit import Finding
from referral_hub.points.rules.seal import LABELS, Seal, Sealer

ACCOUNTS_AT_ONCE = 1000
COLUMNS = ", ".join(LABELS)
Labels = dict[str, str | None]


def seal_of(
	name: str, kind: str, employee: str, company: str, program: str, slot: str, merged_into: str | None = None
) -> str:
	"""Seal a new account."""
	return _sealer().seal((name, kind, employee, company, program, slot, merged_into))


def change(condition: str, value: str, changed: Callable[[Labels], Labels]) -> None:
	"""Lock the accounts that meet the condition, and give each the labels that `changed` returns for it."""
	sealer = _sealer()
	for *values, old_seal in _rows(f"{condition} order by name for update", value):
		before = dict(zip(LABELS, values, strict=True))
		after = {**before, **changed(before)}
		_write(sealer, before, after, old_seal)


def follow(field: str, old: str, new: str) -> None:
	"""Seal the accounts in which Frappe has just turned a Link from one name to another."""
	sealer = _sealer()
	for *values, old_seal in _rows(f"{field} = %s for update", new):
		now = dict(zip(LABELS, values, strict=True))
		_write(sealer, {**now, field: old}, now, old_seal)


def findings(company: str | None, other_key_is_one: bool) -> Iterator[Finding]:
	"""Name the accounts whose labels were changed behind the ledger's back, and count those nobody can judge."""
	sealer, unjudged = _sealer(), 0
	for *labels, stored in _all(company):
		verdict = sealer.judge(tuple(labels), stored)
		unjudged += verdict is Seal.OTHER_KEY
		if verdict is Seal.BROKEN:
			yield Finding("seal", {"account": labels[0]})
	if unjudged and other_key_is_one:
		yield Finding("other_key", {"count": unjudged})


def under_other_key() -> int:
	"""Count the accounts that were sealed under another encryption key."""
	sealer = _sealer()
	return sum(sealer.judge(tuple(labels), stored) is Seal.OTHER_KEY for *labels, stored in _all(None))


def seal_anew() -> int:
	"""Seal the accounts of another key under the present one, as they are now; return how many there were."""
	sealer, count = _sealer(), 0
	for *labels, stored in list(_all(None)):
		if sealer.judge(tuple(labels), stored) is Seal.OTHER_KEY:
			_store(labels[0], {"seal": sealer.seal(tuple(labels))})
			count += 1
	return count


def seal_first_time() -> None:
	"""Seal accounts that were made before there were seals. Called by the patch that brings them."""
	sealer = _sealer()
	for *labels, stored in list(_all(None)):
		if not stored:
			_store(labels[0], {"seal": sealer.seal(tuple(labels))})


def _write(sealer: Sealer, before: Labels, after: Labels, old_seal: str | None) -> None:
	"""Write labels; the new seal only where the old one was whole."""
	changes = dict(after)
	if sealer.judge(_values(before), old_seal) is Seal.WHOLE:
		changes["seal"] = sealer.seal(_values(after))
	_store(before["name"], changes)


def _store(name: str, values: dict[str, str | None]) -> None:
	columns = ", ".join(f"{column} = %s" for column in values)
	frappe.db.sql(f"update `tabPoints Account` set {columns} where name = %s", (*values.values(), name))


def _all(company: str | None) -> Iterator[tuple]:
	"""Yield the labels and the seal of every account in portions."""
	last = ""
	while rows := frappe.db.sql(
		f"""select {COLUMNS}, seal from `tabPoints Account` where name > %s {"and company = %s" if company else ""}
		order by name limit {ACCOUNTS_AT_ONCE}""",
		(last, company) if company else (last,),
	):
		yield from rows
		last = rows[-1][0]


def _rows(condition: str, value: str) -> tuple:
	return frappe.db.sql(f"select {COLUMNS}, seal from `tabPoints Account` where {condition}", value)


def _values(labels: Labels) -> tuple:
	return tuple(labels[name] for name in LABELS)


def _sealer() -> Sealer:
	return Sealer(get_encryption_key())
