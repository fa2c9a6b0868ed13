"""Seals kept refusals, so that one changed, added or deleted by SQL is found.

A refusal that is gone would let the refused request be applied on its retry; a forged one refuses a key that nobody used.
Each row is therefore sealed like an account (`rules/seal.py`) when `refusals` writes it, and the daily heads keep the names
of the rows whose seal holds. The names are digests: nothing in them is personal. A row whose seal is broken is never
kept, so that deleting a forged one, which is the repair, contradicts nothing. Called by `refusals`, `heads` and `verify`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

import frappe

from referral_hub.points import seals
from referral_hub.points.rules.audit import Finding
from referral_hub.points.rules.seal import Seal

REFUSALS_AT_ONCE = 1000
WHAT = "Points Refusal"  # keeps the seal of a refusal from being one of an account


def seal_of(name: str, key_hash: str, refused_on: datetime) -> str:
	return seals.sealer().seal(_values(name, key_hash, refused_on))


def findings(kept: Mapping[str, str], other_key_is_one: bool) -> Iterator[Finding]:
	"""Name the refusals that were changed or added, count those nobody can judge, and those that are gone."""
	verdicts: Counter[Seal] = Counter()
	gone = dict(kept)
	for name, verdict in _judged():
		gone.pop(name, None)
		verdicts[verdict] += 1
		if verdict is Seal.BROKEN:
			yield Finding("refusal_seal", {"refusal": name})
	others = verdicts[Seal.OTHER_KEY]
	if others and (other_key_is_one or verdicts[Seal.WHOLE] or not seals.all_under_other_key()):
		yield Finding("refusal_other_key", {"count": others})
	if gone:
		first = min(gone, key=lambda name: (gone[name], name))
		yield Finding("refusals_gone", {"count": len(gone), "refusal": first, "at": gone[first]})


def whole() -> list[str]:
	"""Name the refusals whose seal holds."""
	return [name for name, verdict in _judged() if verdict is Seal.WHOLE]


def missing(kept: Mapping[str, str]) -> list[str]:
	"""Name the refusals that were kept and are gone."""
	there = {row[0] for row in _rows()} if kept else set()
	return sorted(kept.keys() - there)


def seal_anew() -> int:
	"""Seal the refusals of another key under the present one, as they are now; return how many there were."""
	return _seal_those(lambda row: _judge(row) is Seal.OTHER_KEY)


def seal_unsealed() -> int:
	"""Seal the refusals from before there were seals; return how many there were."""
	return _seal_those(lambda row: not row[-1])


def _seal_those(wanted) -> int:
	rows = [row for row in list(_rows()) if wanted(row)]
	for name, key_hash, refused_on, _seal in rows:
		seal = seal_of(name, key_hash, refused_on)
		frappe.db.sql("update `tabPoints Refusal` set seal = %s where binary name = %s", (seal, name))
	return len(rows)


def _judged() -> Iterator[tuple[str, Seal]]:
	for row in _rows():
		yield row[0], _judge(row)


def _judge(row: tuple) -> Seal:
	*values, seal = row
	return seals.sealer().judge(_values(*values), seal)


def _values(name: str, key_hash: str | None, refused_on: datetime | str | None) -> tuple:
	"""Return what is sealed; a time that is none, as raw SQL can leave it, is no reason to fail."""
	at = refused_on.isoformat(timespec="microseconds") if isinstance(refused_on, datetime) else refused_on
	return (WHAT, name, key_hash, None if at is None else str(at))


def _rows() -> Iterator[tuple]:
	"""Yield name, key, time and seal of every refusal in portions."""
	last = ""
	while rows := frappe.db.sql(
		f"""select name, key_hash, refused_on, seal from `tabPoints Refusal` where name > %s
		order by name limit {REFUSALS_AT_ONCE}""",
		last,
	):
		yield from rows
		last = rows[-1][0]
