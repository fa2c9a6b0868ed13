"""The seal of a points account: pure.

Who owns a wallet, its company, its kind and its program are labels: they follow renames, so the hash chain can't hold
them. What a wallet holds and the hash of its last entry, which stands for every entry before it, anybody with SQL can
compute. A seal is HMAC-SHA-256 over all of this under a key made from the site's encryption key, which is not in the
database. The ledger writes it with every entry and every change of a label; whoever changes, adds or cuts something by
SQL can't.

A seal begins with the number of its key, so that another key is told from a change:

	number of the key (8 hex digits) "." HMAC (64 hex digits) over canonical JSON of SEALED and of what follows, null for nothing
	"." number of another key, when the account went on from a seal of that key, which nobody could judge

Such an account is not called whole until somebody accepts it, or a post would whitewash what it can't judge.
"""

import hashlib
import hmac
from enum import Enum

from referral_hub.points.rules.chain import GENESIS, compact_json

LABELS = ("name", "kind", "employee", "company", "program", "slot", "merged_into")
STATE = ("balance", "last_seq", "last_hash")
SEALED = LABELS + STATE
EMPTY = (0, 0, GENESIS)  # the state of a new wallet, and of a counter account for ever
PURPOSE = b"referral_hub: seal of a points account"
NUMBER_LENGTH = 8


class Seal(Enum):
	WHOLE = "whole"
	BROKEN = "broken"
	OTHER_KEY = "other key"


class Sealer:
	"""Writes and judges seals under one secret."""

	def __init__(self, secret: str) -> None:
		self._key = hmac.digest(secret.encode(), PURPOSE, hashlib.sha256)
		self.number = hmac.digest(self._key, b"number", hashlib.sha256).hex()[:NUMBER_LENGTH]

	def seal(self, values: tuple, other_key: str | None = None) -> str:
		"""Seal the values of SEALED, in their order."""
		mac = self.mac((*values, other_key))
		return f"{self.number}.{mac}.{other_key}" if other_key else f"{self.number}.{mac}"

	def mac(self, values: tuple) -> str:
		return hmac.digest(self._key, compact_json(list(values)).encode(), hashlib.sha256).hex()

	def judge(self, values: tuple, seal: str | None) -> Seal:
		number, _mac, other_key = _parts(seal)
		if hmac.compare_digest((seal or "").encode(), self.seal(values, other_key).encode()):
			return Seal.OTHER_KEY if other_key else Seal.WHOLE
		return Seal.OTHER_KEY if number and number != self.number else Seal.BROKEN

	def unjudged(self, seal: str) -> str:
		"""Name the key that a seal which can't be judged was made under."""
		number, _mac, other_key = _parts(seal)
		return other_key or number

	def renew(self, before: tuple, seal: str | None, after: tuple) -> str | None:
		"""Seal changed values; a seal that was broken stays as it was, one of another key stays unjudged."""
		verdict = self.judge(before, seal)
		if verdict is Seal.BROKEN:
			return seal
		return self.seal(after, self.unjudged(seal) if verdict is Seal.OTHER_KEY else None)


def _parts(seal: str | None) -> tuple[str, str, str | None]:
	"""Split a seal in number, HMAC and other key; nothing that looks like a seal has no number."""
	number, dot, rest = (seal or "").partition(".")
	mac, _dot, other_key = rest.partition(".")
	return (number if dot else ""), mac, other_key or None
