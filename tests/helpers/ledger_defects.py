"""Defects that a ledger could have, put into ours on purpose: `with injected("one word"):`. Imports nothing of the app before.

Used in a test's own process, and by `points_processes` before it forks. Each is what somebody might really write.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

PLACES: dict[str, Callable[[], tuple[object, str, Callable]]] = {}


def defect(place: Callable) -> Callable:
	PLACES[place.__name__] = place
	return place


@contextmanager
def injected(name: str) -> Iterator[None]:
	"""Put a defect in, and take it out again."""
	undo = inject(name)
	try:
		yield
	finally:
		undo()


def inject(name: str) -> Callable[[], None]:
	owner, attribute, make = PLACES[name]()
	original = getattr(owner, attribute)
	setattr(owner, attribute, make(original))
	return lambda: setattr(owner, attribute, original)


@defect
def half_a_transfer():
	"""What leaves one wallet does not arrive in the other."""
	from referral_hub.points.moving import transfers

	def make(append):
		return lambda wallet, draft, *more: (
			wallet if draft.twin and draft.direction == "In" else append(wallet, draft, *more)
		)

	return _through(transfers, "journal", append=make)


@defect
def rows_that_can_be_saved():
	from referral_hub.points.append_only import AppendOnly

	return AppendOnly, "_refuse_change", lambda _original: lambda _self: None


@defect
def a_chain_that_trusts_what_it_saw():
	"""The hash of an entry is looked at once, and believed from then on."""
	from referral_hub.points.rules import audit

	seen: dict[str, str] = {}

	def make(next_hash):
		return lambda previous, entry: seen.setdefault(entry.name, next_hash(previous, entry))

	return audit, "next_hash", make


@defect
def keys_nobody_looks_at():
	from referral_hub.points.moving import requests

	return requests, "hash_key", lambda _original: lambda _key: requests.digest(_random())


@defect
def a_wallet_without_a_lock():
	from referral_hub.points.moving import readiness

	return readiness, "QUERY", lambda query: query.removesuffix(" for update")


@defect
def a_point_lost_on_the_way():
	"""What comes in by a transfer is one point less when there is more than one."""
	from dataclasses import replace

	from referral_hub.points.moving import transfers

	def make(append):
		def lossy(wallet, draft, *more):
			if draft.twin and draft.direction == "In" and draft.points > 1:
				draft = replace(draft, points=draft.points - 1)
			return append(wallet, draft, *more)

		return lossy

	return _through(transfers, "journal", append=make)


@defect
def a_balance_that_forgets_a_spend():
	import frappe

	from referral_hub.points import journal

	def make(append):
		def forgetful(wallet, draft, *more):
			after = append(wallet, draft, *more)
			if draft.direction == "Out":
				frappe.db.sql(
					"update `tabPoints Account` set balance = %s where name = %s",
					(wallet.balance, wallet.name),
				)
			return after

		return forgetful

	return journal, "append", make


@defect
def a_wallet_below_zero():
	from referral_hub.points.moving import posting

	return (
		posting,
		"take_out",
		lambda _original: lambda ready, asked: posting._append(ready, ready.wallet, asked),
	)


@defect
def points_with_a_fraction():
	from referral_hub.points.moving import requests

	return requests, "whole", lambda _original: lambda points: points


@defect
def one_wallet_for_all_companies():
	from referral_hub.points.moving import readiness

	by_owner = "(select min(name) from `tabPoints Account` where employee = %(employee)s and slot = '')"
	return readiness, "BY_OWNER", lambda _original: by_owner


@defect
def a_reversal_that_deletes():
	import frappe

	from referral_hub.points import service

	def deleting(entry, _key, _note=""):
		frappe.db.sql("delete from `tabPoints Ledger Entry` where name = %s", entry)
		return entry

	return service, "reverse", lambda _original: deleting


@defect
def spends_that_do_not_say_of_what():
	"""The lots of a spend are taken, but not written into its entry."""
	from referral_hub.points import journal

	def make(insert):
		from dataclasses import replace

		return lambda entry, entry_hash, note: insert(replace(entry, lots=()), entry_hash, note)

	return journal, "_insert_entry", make


@defect
def numbers_with_gaps():
	from dataclasses import replace

	from referral_hub.points import journal

	def make(append):
		return lambda wallet, draft, *more: append(replace(wallet, seq=wallet.seq + 1), draft, *more)

	return journal, "append", make


@defect
def refusals_that_are_forgotten():
	from referral_hub.points.moving import refusals

	return refusals, "remember", lambda _original: lambda _asked: None


def _through(module, name: str, **changed: Callable):
	"""Change functions of a module for one of its users alone."""
	used = getattr(module, name)

	class Changed:
		def __getattr__(self, attribute):
			value = getattr(used, attribute)
			return changed[attribute](value) if attribute in changed else value

	return module, name, lambda _original: Changed()


def _random() -> str:
	import secrets

	return secrets.token_hex(16)
