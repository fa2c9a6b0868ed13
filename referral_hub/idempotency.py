"""The same key does a thing once: the answer is kept, encrypted, in the transaction that did it, and given again for a day.

Follows the IETF draft "The Idempotency-Key HTTP Header Field": a key is the caller's own, and with other contents it is refused.
What was refused was not done and is not kept. After an erasure the answers are gone and the keys stay.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import Interval
from frappe.query_builder.functions import Now
from frappe.utils.password import decrypt, encrypt

from referral_hub import kept

DOCTYPE = "Referral Idempotency Key"
DAYS_KEPT = 1
# no other text that the site's key has sealed is ever opened as an answer
_PURPOSE = "an answer"


class KeyReused(frappe.ValidationError):
	"""The key belongs to a request with other contents."""

	reason = "key_reused"


class AnswerGone(frappe.ValidationError):
	"""It was done; what was answered is not kept any more."""

	reason = "already_done"


@dataclass(frozen=True)
class Asked:
	"""Who asked for what under which key; `contents` is all that tells two requests apart."""

	user: str
	operation: str
	key: str
	contents: str

	@property
	def name(self) -> str:
		return hash_of(json.dumps([self.user, self.key]).encode())

	@property
	def contents_hash(self) -> str:
		return hash_of(json.dumps([self.operation, self.contents]).encode())


def once(asked: Asked, do: Callable[[], Any]) -> tuple[Any, bool]:
	"""Return what `do` answers and False, or, when it was done before, what it answered then and True.

	A second request waits for the first by the database's own lock on the key. `do` answers with what JSON can say.
	Raises KeyReused, AnswerGone.
	"""
	if not _claim(asked):
		return _kept(asked), True
	said = do()
	sealed = encrypt(json.dumps([_PURPOSE, asked.name, said]))
	frappe.db.set_value(DOCTYPE, asked.name, "answer", sealed, update_modified=False)
	return said, False


def forget_answers(user: str | None = None) -> None:
	"""Empty every kept answer, or those of one user: somebody is forgotten who may be in one."""
	Key = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.update(Key).set(Key.answer, None).where(Key.answer.isnotnull())
	(query.where(Key.user == user) if user else query).run()


def forget_before(days: int) -> None:
	"""Delete the keys of more than so many days ago; the platform's Log Settings say when."""
	Key = frappe.qb.DocType(DOCTYPE)
	frappe.db.delete(Key, filters=(Key.creation < (Now() - Interval(days=days))))


def hash_of(content: bytes) -> str:
	return sha256(content).hexdigest()


def _claim(asked: Asked) -> bool:
	values = {"user": asked.user, "operation": asked.operation, "contents_hash": asked.contents_hash}
	row = frappe.get_doc({"doctype": DOCTYPE, "key_hash": asked.name, **values})
	try:
		with kept.writing(row):
			row.insert(ignore_permissions=True)
	except frappe.DuplicateEntryError:
		frappe.clear_last_message()
		return False
	return True


def _kept(asked: Asked) -> Any:
	row = frappe.db.get_value(DOCTYPE, asked.name, ["contents_hash", "answer"], as_dict=True, for_update=True)
	if row.contents_hash != asked.contents_hash:
		raise KeyReused(_("This Idempotency-Key was used for something else. Please send a new one."))
	found = json.loads(decrypt(row.answer)) if row.answer else None
	if not isinstance(found, list) or found[:2] != [_PURPOSE, asked.name]:
		raise AnswerGone(_("This was done before; what was answered then is not kept any more."))
	return found[2]
