"""The seal of a points account: pure.

Who owns a wallet, its company, its kind and its program are labels: they follow renames, so the hash chain can't hold
them. A seal is HMAC-SHA-256 over all labels under a key made from the site's encryption key, which is not in the
database. The ledger writes it with every change of a label; whoever changes one by SQL can't.

A seal begins with the number of its key, so that another key is told from a changed label:

	number of the key (8 hex digits) "." HMAC (64 hex digits) over canonical JSON of LABELS, null where the database has NULL
"""

import hashlib
import hmac
from enum import Enum

from referral_hub.points.rules.chain import compact_json

LABELS = ("name", "kind", "employee", "company", "program", "slot", "merged_into")
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

	def seal(self, labels: tuple) -> str:
		"""Seal the values of LABELS, in their order."""
		mac = hmac.digest(self._key, compact_json(list(labels)).encode(), hashlib.sha256)
		return f"{self.number}.{mac.hex()}"

	def judge(self, labels: tuple, seal: str | None) -> Seal:
		if hmac.compare_digest((seal or "").encode(), self.seal(labels).encode()):
			return Seal.WHOLE
		number, dot, _mac = (seal or "").partition(".")
		is_other = dot and number != self.number
		return Seal.OTHER_KEY if is_other else Seal.BROKEN
