"""The hash chain of a wallet: pure.

Each entry's hash is SHA-256 over the hash before it and the entry's canonical form, joined by a line feed, in
lowercase hex. The first entry of a wallet follows `GENESIS`, 64 zeros.

The canonical form is JSON in ASCII (other characters escaped), keys sorted, no spaces, of exactly these keys:

	account        name of the wallet (a random hash)
	balance_after  whole number
	counter        name of the counter account (a random hash)
	direction      "In" or "Out"
	entry          name of the entry (a random hash)
	expires_on     "YYYY-MM-DD" or null
	format         1, 2 or 3: how the source is part of the form
	key            SHA-256 of the idempotency key, lowercase hex
	lots           [[name of the entry that brought the lot, points], ...] in the order they were taken or given back
	points         whole number above 0
	posted_on      "YYYY-MM-DDTHH:MM:SS.ffffff", the site's time
	reverses       name of the entry this one undoes, or null
	seq            whole number from 1
	source         not in format 1; else null without a source, [type, null] in format 2, [type, name] in format 3
	twin           name of the other half of a transfer between two wallets, or null

Nothing in it can be renamed and nothing in it is personal. A source whose name can never change is in it (format 3),
of any other only the type (format 2). Who owns a wallet and the note beside an entry are labels outside the chain, so
that people can be renamed, merged and erased. Entries of format 1 were made before sources were in the form.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from referral_hub.points.rules.lots import Take

GENESIS = "0" * 64
PLAIN, WITH_SOURCE_TYPE, WITH_SOURCE = 1, 2, 3
IN, OUT = "In", "Out"


@dataclass(frozen=True)
class Entry:
	"""The immutable part of a ledger entry."""

	name: str
	account: str
	seq: int
	direction: str
	points: int
	balance_after: int
	counter: str
	key_hash: str
	posted_on: datetime
	expires_on: date | None = None
	lots: tuple[Take, ...] = ()
	reverses: str | None = None
	twin: str | None = None
	format: int = PLAIN
	source_doctype: str = ""
	source_name: str = ""

	@property
	def signed(self) -> int:
		return self.points if self.direction == IN else -self.points

	@property
	def own_lot(self) -> int:
		"""Points this entry brought as a lot of its own: what came in, less what went back to older lots."""
		return self.points - sum(taken.points for taken in self.lots) if self.direction == IN else 0


def canonical(entry: Entry) -> str:
	"""Write the immutable fields in the one form that is hashed."""
	fields = {
		"account": entry.account,
		"balance_after": entry.balance_after,
		"counter": entry.counter,
		"direction": entry.direction,
		"entry": entry.name,
		"expires_on": entry.expires_on.isoformat() if entry.expires_on else None,
		"format": entry.format,
		"key": entry.key_hash,
		"lots": [[taken.lot, taken.points] for taken in entry.lots],
		"points": entry.points,
		"posted_on": entry.posted_on.isoformat(timespec="microseconds"),
		"reverses": entry.reverses,
		"seq": entry.seq,
		"twin": entry.twin,
	}
	if entry.format != PLAIN:
		fields["source"] = _source(entry)
	return compact_json(fields)


def _source(entry: Entry) -> list | None:
	if not (entry.source_doctype or entry.source_name):
		return None
	return [entry.source_doctype, entry.source_name if entry.format == WITH_SOURCE else None]


def compact_json(value: object) -> str:
	return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def next_hash(previous: str, entry: Entry) -> str:
	return digest(f"{previous}\n{canonical(entry)}")


def digest(text: str) -> str:
	return hashlib.sha256(text.encode()).hexdigest()
