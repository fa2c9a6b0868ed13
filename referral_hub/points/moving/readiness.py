"""Locks a wallet and reads, in the same query, all that decides a post. Called by the service only.

A post is a handful of round trips to the database; this one would otherwise be five. The wallet's row is read as it is
now, under its lock. Which wallet that is, which counter account answers, and whether the key was refused before are
plain reads: the first two only change their labels, and a retry begins after the refusal it repeats was kept.

The wallet is looked up in a subquery, which locks nothing: a locking read of a wallet that does not exist would lock
the gap, and the first posts of two new employees would wait for each other.
"""

from dataclasses import dataclass

import frappe

from referral_hub.points import accounts
from referral_hub.points.accounts import Counter, Wallet
from referral_hub.points.moving import refusals
from referral_hub.points.rules.seal import SEALED

WALLET = ", ".join(f"wallet.{column}" for column in (*SEALED, "seal"))
QUERY = """select {wallet},
		(select min(counter.name) from `tabPoints Account` counter
			where counter.employee = '' and counter.company = wallet.company and counter.kind = %(kind)s
			and counter.program = %(program)s),
		exists(select 1 from `tabPoints Refusal` refusal where refusal.key_hash = %(key_hash)s)
	from `tabPoints Account` wallet where wallet.kind = 'Wallet' and wallet.name = {name} for update"""

BY_OWNER = """(select name from `tabPoints Account` where employee = %(employee)s and slot = '' and company = {company})"""
COMPANY_OF_EMPLOYEE = "(select company from `tabEmployee` where name = %(employee)s)"


@dataclass(frozen=True)
class Ready:
	"""A locked wallet, the counter account (None: not made yet), and whether the key was refused before."""

	wallet: Wallet
	counter: str | None
	was_refused: bool


def find(employee: str, company: str | None, counter: Counter, key_hash: str) -> Ready | None:
	"""Lock the wallet in use, None when this transaction sees none."""
	name = BY_OWNER.format(company="%(company)s" if company else COMPANY_OF_EMPLOYEE)
	return _read(name, counter, key_hash, employee=employee, company=company)


def named(name: str, counter: Counter, key_hash: str) -> Ready | None:
	"""Lock a wallet by name, or the one it was merged into."""
	return _read("%(name)s", counter, key_hash, name=name)


def _read(where: str, counter: Counter, key_hash: str, **values: str | None) -> Ready | None:
	values.update(kind=counter.kind, program=counter.program, key_hash=key_hash)
	rows = frappe.db.sql(QUERY.format(wallet=WALLET, name=where), values)
	if not rows:
		return None
	*row, counter_name, refused = rows[0]
	wallet, slot, merged_into = accounts.as_wallet(row)
	if merged_into:
		return named(merged_into, counter, key_hash)
	if slot:  # its owner was deleted since this transaction began
		return None
	return Ready(wallet, counter_name, _was_refused(key_hash, wallet, bool(refused)))


def open_wallet(employee: str, company: str, counter: Counter, key_hash: str) -> Ready:
	"""Open the wallet of somebody who had none, and lock it."""
	return named(accounts.open_wallet(employee, company), counter, key_hash)


def _was_refused(key_hash: str, wallet: Wallet, somewhere: bool) -> bool:
	"""Look closer only when the key was refused somewhere, which is rare: for this wallet, or in this transaction?"""
	asked = request(key_hash, wallet)
	return refusals.is_known(asked) if somewhere else refusals.is_pending(asked)


def request(key_hash: str, wallet: Wallet) -> refusals.Request:
	return refusals.request(key_hash, wallet.employee, wallet.company, wallet.name)
