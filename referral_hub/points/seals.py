"""Seals accounts: their labels, what they hold and where their chain stands, so that a change by SQL is found.

What is sealed changes through this file and `journal` only, and the seal with it: an account whose seal was broken before
is changed like the others and stays broken, so no rename covers up what somebody did by hand. A post refuses it in words.
Called by `accounts`, `journal`, `owners`, `verify` and `heads`. It commits nothing.

The key comes from the site's encryption key. Under another one (a backup restored on a new site without it) no seal can
be judged: a site without daily heads takes the accounts as they are when it keeps its first ones, as it takes the
ledger; a site with heads, and one where other accounts are sealed under the present key, reports it until the key is
back or an administrator accepts the accounts. People can go on posting meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import frappe
from frappe.utils.password import get_encryption_key

from referral_hub.points.errors import refuse_broken
from referral_hub.points.rules.audit import Finding
from referral_hub.points.rules.seal import EMPTY, SEALED, Seal, Sealer

ACCOUNTS_AT_ONCE = 1000
COLUMNS = ", ".join(SEALED)
Values = dict[str, object]


def seal_of(labels: tuple, state: tuple = EMPTY, other_key: str | None = None) -> str:
	"""Seal the labels of an account and what it holds."""
	return sealer().seal((*labels, *state), other_key)


def other_key_of(values: tuple, seal: str | None) -> str | None:
	"""Judge a locked account before it moves: None when it is whole, else the other key; refuse one that was changed."""
	verdict = sealer().judge(values, seal)
	if verdict is Seal.BROKEN:
		refuse_broken(values[0])
	return sealer().unjudged(seal) if verdict is Seal.OTHER_KEY else None


def change(condition: str, value: str, changed: Callable[[Values], Values]) -> None:
	"""Lock the accounts that meet the condition, and give each the labels that `changed` returns for it."""
	for *values, old_seal in _rows(f"{condition} order by name for update", value):
		before = dict(zip(SEALED, values, strict=True))
		_write(before, {**before, **changed(before)}, old_seal)


def follow(field: str, old: str, new: str) -> None:
	"""Seal the accounts in which Frappe has just turned a Link from one name to another."""
	for *values, old_seal in _rows(f"{field} = %s for update", new):
		now = dict(zip(SEALED, values, strict=True))
		_write({**now, field: old}, now, old_seal)


def findings(company: str | None, other_key_is_one: bool) -> Iterator[Finding]:
	"""Name the accounts that were changed behind the ledger's back, and count those nobody can judge."""
	yield from _findings(_judged(accounts(company)), other_key_is_one)


def findings_of(names: list[str], other_key_is_one: bool) -> Iterator[Finding]:
	"""The same of these accounts alone."""
	portions = (names[first : first + ACCOUNTS_AT_ONCE] for first in range(0, len(names), ACCOUNTS_AT_ONCE))
	rows = (row for some in portions for row in _rows("name in %s", (tuple(some),)))
	yield from _findings(_judged(rows), other_key_is_one)


def _findings(judged: Iterator[tuple[tuple, Seal]], other_key_is_one: bool) -> Iterator[Finding]:
	verdicts: Counter[Seal] = Counter()
	for values, verdict in judged:
		verdicts[verdict] += 1
		if verdict is Seal.BROKEN:
			yield Finding("seal", {"account": values[0]})
	if verdicts[Seal.OTHER_KEY] and (other_key_is_one or verdicts[Seal.WHOLE]):
		yield Finding("other_key", {"count": verdicts[Seal.OTHER_KEY]})


def all_under_other_key() -> int:
	"""Count the accounts sealed under another encryption key; 0 when the present one proves any, so it is the site's."""
	verdicts = Counter(verdict for _values, verdict in _judged(accounts()))
	return 0 if verdicts[Seal.WHOLE] else verdicts[Seal.OTHER_KEY]


def seal_anew() -> int:
	"""Seal the accounts of another key under the present one, as they are now; return how many there were."""
	others = [values for values, verdict in list(_judged(accounts())) if verdict is Seal.OTHER_KEY]
	for values in others:
		store(values[0], {"seal": sealer().seal(values)})
	return len(others)


def seal_changed(name: str) -> bool:
	"""Seal an account that was changed behind the ledger's back as it is now; False when there is none such."""
	for *values, seal in _rows("name = %s for update", name):
		if sealer().judge(tuple(values), seal) is Seal.BROKEN:
			store(name, {"seal": sealer().seal(tuple(values))})
			return True
	return False


def accounts(company: str | None = None) -> Iterator[tuple]:
	"""Yield the sealed values and the seal of every account in portions."""
	last = ""
	while rows := frappe.db.sql(
		f"""select {COLUMNS}, seal from `tabPoints Account` where name > %s {"and company = %s" if company else ""}
		order by name limit {ACCOUNTS_AT_ONCE}""",
		(last, company) if company else (last,),
	):
		yield from rows
		last = rows[-1][0]


def store(name: str, values: Values) -> None:
	columns = ", ".join(f"{column} = %s" for column in values)
	frappe.db.sql(f"update `tabPoints Account` set {columns} where name = %s", (*values.values(), name))


def sealer() -> Sealer:
	return _sealer(get_encryption_key())


def _judged(rows: Iterable[tuple]) -> Iterator[tuple[tuple, Seal]]:
	judge = sealer().judge
	for *values, seal in rows:
		yield tuple(values), judge(tuple(values), seal)


def _write(before: Values, after: Values, old_seal: str | None) -> None:
	seal = sealer().renew(tuple(before.values()), old_seal, tuple(after.values()))
	changes = {name: value for name, value in after.items() if value != before[name]}
	store(before["name"], {**changes, "seal": seal})


def _rows(condition: str, value: str | tuple) -> tuple:
	return frappe.db.sql(f"select {COLUMNS}, seal from `tabPoints Account` where {condition}", value)


@lru_cache(maxsize=4)
def _sealer(secret: str) -> Sealer:
	return Sealer(secret)
