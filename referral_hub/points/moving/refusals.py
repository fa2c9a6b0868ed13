"""Remembers refused posts, so that the retry of a refused post is not applied. Called by the service only.

A refusal raises, the caller's transaction is rolled back, and a row written inside it would be lost. So the refusal
is kept when the transaction ends, however it ends: with the commit of a caller who goes on, or in a transaction of
its own right after the rollback. What is kept is a digest of (key, wallet), the time and a seal, nothing personal.

A retry is a post with the same key that starts after the refusal was answered. Two posts with one key at the same
moment are not retries of each other: one may be refused before, the other applied after points arrived; from then
on the key answers with the entry.
"""

from dataclasses import dataclass

import frappe
from frappe.utils import now_datetime

from referral_hub.points.refusal_seals import seal_of
from referral_hub.points.rules.chain import digest


@dataclass(frozen=True)
class Request:
	"""What was or may have been refused: a key, and the names its refusal can have."""

	key_hash: str
	names: tuple[str, ...]


def request(key_hash: str, employee: str, company: str, account: str | None) -> Request:
	"""Name a request by its key and its wallet; by its owner while there is no wallet yet."""
	by_owner = digest(f"{key_hash}\n{employee}\n{company}")
	by_account = (digest(f"{key_hash}\n{account}"),) if account else ()
	return Request(key_hash, (*by_account, by_owner))


def is_pending(asked: Request) -> bool:
	"""Tell whether this very transaction refused it."""
	return not _pending().keys().isdisjoint(asked.names)


def is_known(asked: Request) -> bool:
	"""Tell whether it was refused, by this transaction or by one that has ended."""
	if is_pending(asked):
		return True
	return bool(frappe.db.sql("select 1 from `tabPoints Refusal` where name in %s limit 1", (asked.names,)))


def remember(asked: Request) -> None:
	"""Keep a refusal past the end of this transaction."""
	_pending()[asked.names[0]] = asked.key_hash
	frappe.db.before_commit.add(keep_pending)
	frappe.db.after_rollback.add(_keep_alone)


def keep_pending() -> bool:
	"""Write what is pending; True when there was something."""
	pending, at, by = _pending(), now_datetime(), frappe.session.user
	kept = bool(pending)
	while pending:
		name, key_hash = pending.popitem()
		frappe.db.sql(
			"""insert ignore into `tabPoints Refusal`
			(name, creation, modified, owner, modified_by, refused_on, key_hash, seal)
			values (%s, %s, %s, %s, %s, %s, %s, %s)""",
			(name, at, at, by, by, at, key_hash, seal_of(name, key_hash, at)),
		)
	return kept


def _keep_alone() -> None:
	"""Write what is pending in a transaction of its own: the caller's has just been rolled back.

	Plain SQL, because `frappe.db.commit` would drop the other callbacks that wait for this rollback.
	"""
	if keep_pending():
		frappe.db.sql("commit")
		frappe.db.begin()


def _pending() -> dict[str, str]:
	"""Return name -> key of what this transaction refused."""
	if not hasattr(frappe.local, "referral_hub_refusals"):
		frappe.local.referral_hub_refusals = {}
	return frappe.local.referral_hub_refusals
