"""A balance, a lot or a last entry that does not follow from the entries is found."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from points_attacker import (
	SEAL,
	entry,
	owner,
	rewrite,
	tamper,
)

from referral_hub.points import service
from referral_hub.points.errors import LedgerBroken


def test_a_raised_balance_is_found(wallet):
	tamper("update `tabPoints Account` set balance = 5000 where name = %s", wallet)
	assert service.verify() == [
		f"Wallet {wallet}: the stored balance is 5000, its entries add up to 130.",
		SEAL.format(account=wallet),
	]


def test_two_lots_that_one_row_pretends_to_be_are_found(wallet):
	"""Lots are compared as they are written; a name that holds the text of another lot is none of them."""
	first, second = entry(wallet, 1), entry(wallet, 2)
	rows = "select name, seq, expires_on, points, remaining from `tabPoints Lot` where name = %s"
	text = " ".join(map(str, frappe.db.sql(rows, first)[0]))
	tamper("delete from `tabPoints Lot` where name = %s", first)
	tamper("update `tabPoints Lot` set name = %s where name = %s", f"{text},{second}", second)
	found = service.verify()
	assert [words for words in found if f"lot {first} is gone" in words or f"lot {second} is gone" in words]


@pytest.mark.parametrize("change", ["last_seq = 4", "last_hash = '0'"])
def test_a_changed_head_is_found(wallet, change):
	tamper(f"update `tabPoints Account` set {change} where name = %s", wallet)
	stored = 4 if "seq" in change else 5
	assert service.verify() == [
		f"Wallet {wallet}: the stored last entry is {stored}, the journal ends with entry 5.",
		SEAL.format(account=wallet),
	]


@pytest.mark.parametrize("change", ["remaining = remaining + 1", "expires_on = '2999-01-01'", "seq = 9"])
def test_a_changed_lot_is_found(wallet, change):
	name = entry(wallet, 2)
	tamper(f"update `tabPoints Lot` set {change} where name = %s", name)
	found = service.verify()
	assert len(found) == 1
	assert found[0].startswith(f"Wallet {wallet}: lot {name} is stored with ")


def test_a_lot_that_is_hidden_from_spends_is_found(wallet):
	name = entry(wallet, 2)
	tamper("update `tabPoints Lot` set is_open = 0 where name = %s", name)
	assert service.verify() == [
		f"Wallet {wallet}: lot {name} is marked open or closed against what it holds."
	]


def test_a_removed_lot_is_found(wallet):
	name = entry(wallet, 1)
	tamper("delete from `tabPoints Lot` where name = %s", name)
	assert service.verify() == [
		f"Wallet {wallet}: lot {name} is gone, its entries leave 100/100 (9999-12-31, 1)."
	]


@pytest.fixture
def closed(wallet):
	"""A lot that is spent to the last point, and the spend."""
	employee = owner(wallet)
	service.post(employee, 30, "Adjustment", hr.unique("key"), expires_on=add_days(today(), 2))
	return frappe.db.get_value("Points Ledger Entry", {"account": wallet, "seq": 6}), service.post(
		employee, -30, "Shop", hr.unique("key")
	)


@pytest.mark.parametrize(
	"change", ["seq = 1", "expires_on = '9999-12-31'", "points = 999", "remaining = 1", "is_open = 1"]
)
def test_a_changed_lot_that_is_spent_is_found(wallet, closed, change):
	tamper(f"update `tabPoints Lot` set {change} where name = %s", closed[0])
	found = service.verify()
	assert found
	assert all(sentence.startswith(f"Wallet {wallet}: lot {closed[0]} is ") for sentence in found)


def test_a_removed_lot_that_is_spent_is_found_and_its_spend_refused_in_words(wallet, closed):
	tamper("delete from `tabPoints Lot` where name = %s", closed[0])
	(found,) = service.verify()
	assert found.startswith(f"Wallet {wallet}: lot {closed[0]} is gone, its entries leave 0/30 (")
	with pytest.raises(LedgerBroken, match=f"Wallet {wallet} contradicts its entries"):
		service.reverse(closed[1], hr.unique("undo"))


def test_a_renamed_lot_is_found(wallet, closed):
	tamper("update `tabPoints Lot` set name = 'other' where name = %s", closed[0])
	gone, added = sorted(service.verify(), key=lambda sentence: "no entry brought it" in sentence)
	assert gone.startswith(f"Wallet {wallet}: lot {closed[0]} is gone, its entries leave 0/30 (")
	assert added.startswith(f"Wallet {wallet}: lot other is stored with 0/30 (")


@pytest.mark.parametrize(
	"change", ["balance = 5000", "balance = -1", "last_seq = 3", "last_hash = 'x'", "last_hash = null"]
)
@pytest.mark.parametrize("seq", [1, 5])
def test_what_a_counter_account_is_stored_with_is_found(wallet, change, seq):
	"""It holds nothing: its balance is the sum of its entries, so that nobody waits for it."""
	counter = frappe.db.get_value("Points Ledger Entry", entry(wallet, seq), "counter")
	tamper(f"update `tabPoints Account` set {change} where name = %s", counter)
	assert set(service.verify()) == {
		SEAL.format(account=counter),
		f"Account {counter} is a counter account and is stored with a balance or entries of its own.",
	}


def test_a_removed_wallet_is_found(wallet):
	names = [entry(wallet, seq) for seq in range(1, 6)]
	tamper("delete from `tabPoints Account` where name = %s", wallet)
	found = service.verify()
	assert {f"Entry {name} belongs to wallet {wallet}, which does not exist." for name in names} < set(found)


def test_a_removed_counter_account_is_found(wallet):
	name = entry(wallet, 1)
	tamper(
		"delete from `tabPoints Account` where name = %s",
		frappe.db.get_value("Points Ledger Entry", name, "counter"),
	)
	assert f"Wallet {wallet}: entry {name} has no counter account." in service.verify()


def test_a_transfer_without_its_other_half_is_found(wallet):
	giver = owner(wallet)
	out = service.transfer(giver, hr.make_employee().name, 10, hr.unique("gift"))
	twin = frappe.db.get_value("Points Ledger Entry", out, "twin")
	taker = frappe.db.get_value("Points Ledger Entry", twin, "account")
	rewrite(taker, [])
	assert (
		f"Wallet {wallet}: entry {out} is one half of a transfer without its other half." in service.verify()
	)
