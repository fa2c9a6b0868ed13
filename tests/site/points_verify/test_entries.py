"""An entry changed, removed, added or moved by raw SQL is found."""

import frappe
import pytest
import site_factories as hr
from points_attacker import (
	CHANGED,
	SEAL,
	add,
	chain,
	entry,
	owner,
	tamper,
)

from referral_hub.points import service
from referral_hub.points.rules.chain import next_hash


def test_an_untouched_ledger_is_sound(wallet):
	assert service.verify() == []
	assert service.verify(hr.COMPANY) == []


@pytest.mark.parametrize(
	("column", "value"),
	[
		("counter", "f" * 20),
		("key_hash", "f" * 64),
		("posted_on", "2020-01-01 10:00:00.000001"),
		("expires_on", "2999-01-01"),
		("reverses", "f" * 20),
		("twin", "f" * 20),
		("entry_hash", "f" * 64),
		("points", 51),
		("balance_after", 151),
		("direction", "Out"),
		("lots", '[["x", 50]]'),
	],
)
def test_a_changed_column_is_found(wallet, column, value):
	name = entry(wallet, 2)
	tamper(f"update `tabPoints Ledger Entry` set {column} = %s where name = %s", value, name)
	assert CHANGED.format(wallet=wallet, seq=2, entry=name) in service.verify()


def test_a_renamed_entry_is_found(wallet):
	tamper("update `tabPoints Ledger Entry` set name = 'other' where name = %s", entry(wallet, 2))
	assert CHANGED.format(wallet=wallet, seq=2, entry="other") in service.verify()


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_a_removed_entry_is_found(wallet, seq):
	tamper("delete from `tabPoints Ledger Entry` where name = %s", entry(wallet, seq))
	assert f"Wallet {wallet}: entry {seq} is missing; entry {seq + 1} follows instead." in service.verify()


def test_a_removed_last_entry_is_found(wallet):
	tamper("delete from `tabPoints Ledger Entry` where name = %s", entry(wallet, 5))
	found = service.verify()
	assert f"Wallet {wallet}: the stored balance is 130, its entries add up to 150." in found
	assert f"Wallet {wallet}: the stored last entry is 5, the journal ends with entry 4." in found


def test_an_added_entry_is_found(wallet):
	"""Everything about it is right: number, balance, hash, lot, head. Only the key is missing."""
	add(wallet, 1000)
	assert (service.balance(owner(wallet)), service.verify()) == (1130, [SEAL.format(account=wallet)])


def test_an_added_entry_with_a_wrong_hash_is_found(wallet):
	name = add(wallet, 1000)
	tamper("update `tabPoints Ledger Entry` set entry_hash = %s where name = %s", "e" * 64, name)
	assert CHANGED.format(wallet=wallet, seq=6, entry=name) in service.verify()


def test_entries_that_swapped_places_are_found(wallet):
	first, second = entry(wallet, 1), entry(wallet, 2)
	for name, seq in ((first, -1), (second, 1), (first, 2)):
		tamper("update `tabPoints Ledger Entry` set seq = %s where name = %s", seq, name)
	found = service.verify()
	assert CHANGED.format(wallet=wallet, seq=1, entry=second) in found
	assert CHANGED.format(wallet=wallet, seq=2, entry=first) in found


def test_an_entry_moved_to_another_wallet_is_found(wallet):
	other = hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	thief = frappe.db.get_value("Points Account", {"employee": other})
	tamper(
		"update `tabPoints Ledger Entry` set account = %s, seq = 2 where name = %s", thief, entry(wallet, 2)
	)
	found = " ".join(service.verify())
	assert f"Wallet {wallet}: entry 2 is missing" in found
	assert f"Wallet {thief}: entry 2" in found


def test_verifying_in_small_portions_finds_the_same(wallet, monkeypatch):
	from referral_hub.points.proving import verify

	for _more in range(3):
		employee = hr.make_employee().name
		for number in range(1, 8):
			service.post(employee, number, "Issuance", hr.unique("key"))
	monkeypatch.setattr(verify, "WALLETS_AT_ONCE", 2)
	monkeypatch.setattr(verify, "ENTRIES_AT_ONCE", 3)
	assert service.verify() == []
	name = entry(wallet, 4)
	tamper("update `tabPoints Ledger Entry` set points = 71 where name = %s", name)
	assert CHANGED.format(wallet=wallet, seq=4, entry=name) in service.verify()


def test_the_hashes_are_those_of_the_documented_form(wallet):
	rows = frappe.db.sql(
		"select entry_hash from `tabPoints Ledger Entry` where account = %s order by seq", wallet
	)
	previous = "0" * 64
	for item, (stored,) in zip(chain(wallet), rows, strict=True):
		previous = next_hash(previous, item)
		assert previous == stored
