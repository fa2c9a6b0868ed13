"""Remembers refused posts, so that the retry of a refused post is not applied. Called by the service only.

A refusal raises, the caller's transaction is rolled back, and a row written inside it would be lost. So the refusal
is kept when the transaction ends, however it ends: with the commit of a caller who goes on, or in a transaction of
its own right after the rollback. What is kept is a digest of (key, wallet) and the time, nothing personal.

A retry is a post with the same key that starts after the refusal was answered. Two posts with one key at the same
moment are not retries of each other: one may be refused before, the other applied after points arrived; from then
on the key answers with the entry.
"""

import frappe
from frappe.utils import now

from referral_hub.points.rules.chain import digest


def identities(key_hash: str, employee: str, company: str, account: str | None) -> tuple[str, ...]:
	"""Name a refused request: its key and its wallet; by its owner while there is no wallet yet."""
	by_owner = digest(f"{key_hash}\n{employee}\n{company}")
	return (digest(f"{key_hash}\n{account}"), by_owner) if account else (by_owner,)


def is_pending(identities: tuple[str, ...]) -> bool:
	"""Tell whether this very transaction refused it."""
	return not _pending().isdisjoint(identities)


def is_known(identities: tuple[str, ...]) -> bool:
	if is_pending(identities):
		return True
	return bool(frappe.db.sql("select 1 from `tabPoints Refusal` where name in %s limit 1", (identities,)))


def remember(refused: str) -> None:
	"""Keep a refusal past the end of this transaction."""
	_pending().add(refused)
	frappe.db.before_commit.add(keep_pending)
	frappe.db.after_rollback.add(_keep_alone)


def _pending() -> set[str]:
	if not hasattr(frappe.local, "referral_hub_refusals"):
		frappe.local.referral_hub_refusals = set()
	return frappe.local.referral_hub_refusals


def keep_pending() -> bool:
	"""Write what is pending; True when there was something."""
	refused, at = _pending(), now()
	kept = bool(refused)
	while refused:
		name = refused.pop()
		frappe.db.sql(
			"""insert ignore into `tabPoints Refusal` (name, creation, modified, owner, modified_by, refused_on)
			values (%s, %s, %s, %s, %s, %s)""",
			(name, at, at, frappe.session.user, frappe.session.user, at),
		)
	return kept


def _keep_alone() -> None:
	"""Write what is pending in a transaction of its own: the caller's has just been rolled back.

	Plain SQL, because `frappe.db.commit` would drop the other callbacks that wait for this rollback.
	"""
	if keep_pending():
		frappe.db.sql("commit")
		frappe.db.begin()
