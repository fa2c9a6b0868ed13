"""What moved since a day is proved alone, from the entry before it; what was changed among it is found as in the whole."""

from datetime import datetime, timedelta

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, now_datetime, today
from points_attacker import CHANGED, SEAL, entry, keep, owner, tamper

from referral_hub.points import journal, service
from referral_hub.points.proving import checkup, recent


@pytest.fixture
def grown(monkeypatch):
	"""A wallet with three entries of last week (100, 50, -20) and three of today: 30, -60 of two older lots, 5."""
	employee, last_week = hr.make_employee().name, now_datetime() - timedelta(days=7)
	monkeypatch.setattr(journal, "now_datetime", lambda: last_week)
	service.post(employee, 100, "Issuance", hr.unique("key"), source=("Employee", employee))
	service.post(employee, 50, "Issuance", hr.unique("key"), expires_on=add_days(today(), 9))
	service.post(employee, -20, "Shop", hr.unique("key"))
	monkeypatch.setattr(journal, "now_datetime", now_datetime)
	service.post(employee, 30, "Issuance", hr.unique("key"))
	service.post(employee, -60, "Shop", hr.unique("key"))
	service.post(employee, 5, "Adjustment", hr.unique("key"))
	return frappe.db.get_value("Points Account", {"employee": employee})


def found() -> list[str]:
	return service.verify(since=getdate())


def test_what_moved_is_sound_in_pages_of_any_size(grown, monkeypatch):
	service.post(hr.make_employee().name, 7, "Issuance", hr.unique("key"))
	for size in (1, 2, 3, 5000):
		monkeypatch.setattr(recent, "ENTRIES_AT_ONCE", size)
		monkeypatch.setattr(recent, "WALLETS_AT_ONCE", size)
		assert (found(), service.verify(hr.COMPANY, since=getdate())) == ([], [])


@pytest.mark.parametrize("column", ["counter", "key_hash", "entry_hash", "points", "balance_after", "lots"])
def test_a_change_among_what_moved_is_found(grown, column):
	name, value = entry(grown, 5), {"points": 59, "balance_after": 101, "lots": "[]"}.get(column, "f" * 20)
	tamper(f"update `tabPoints Ledger Entry` set {column} = %s where name = %s", value, name)
	assert CHANGED.format(wallet=grown, seq=5, entry=name) in found()


@pytest.mark.parametrize("seq", [4, 5, 6])
def test_what_is_missing_of_it_is_found(grown, seq):
	tamper("delete from `tabPoints Ledger Entry` where name = %s", entry(grown, seq))
	words = (
		f"Wallet {grown}: the stored last entry is 6, the journal ends with entry 5."
		if seq == 6
		else f"Wallet {grown}: entry {seq} is missing; entry {seq + 1} follows instead."
	)
	assert words in found()


def test_lots_that_do_not_follow_are_found(grown):
	new, old = entry(grown, 4), entry(grown, 1)
	tamper("update `tabPoints Lot` set remaining = 29 where name = %s", new)
	assert found() == [
		f"Wallet {grown}: points in open lots: 104, stored balance: 105.",
		f"Wallet {grown}: lot {new} is stored with 29/30 (9999-12-31, 4) left, its entries leave 30/30 (9999-12-31, 4).",
	]
	tamper("update `tabPoints Lot` set remaining = 30 where name = %s", new)
	tamper("update `tabPoints Lot` set remaining = remaining + 1 where name = %s", old)
	assert found() == [f"Wallet {grown}: points in open lots: 106, stored balance: 105."]


def test_an_account_that_was_changed_today_is_found_though_nothing_was_posted(grown):
	tamper("update `tabPoints Ledger Entry` set modified = '2020-01-01' where account = %s", grown)
	assert found() == []
	changed = "update `tabPoints Account` set company = 'Another', modified = %s where name = %s"
	tamper(changed, now_datetime(), grown)
	assert found() == [SEAL.format(account=grown)]


def test_what_lies_before_is_proved_by_the_whole_alone(grown):
	name = entry(grown, 2)
	tamper("update `tabPoints Ledger Entry` set points = 51 where name = %s", name)
	assert (found(), CHANGED.format(wallet=grown, seq=2, entry=name) in service.verify()) == ([], True)


def test_the_entry_it_begins_with_is_compared_with_the_heads(grown):
	keep()
	tamper("update `tabPoints Ledger Entry` set modified = '2020-01-01' where account = %s", grown)
	service.post(owner(grown), 1, "Issuance", hr.unique("key"))
	tamper("update `tabPoints Ledger Entry` set entry_hash = %s where name = %s", "f" * 64, entry(grown, 6))
	assert any("is not the one kept on" in words for words in found())


def test_the_command_says_what_it_looked_at(grown):
	said = []
	day = datetime.combine(getdate(), datetime.min.time())
	assert checkup.run(company=None, digest=None, since=day, accept_restore=False, say=said.append) is False
	assert said[-1] == f"What moved in the points ledger since {today()} is sound."
