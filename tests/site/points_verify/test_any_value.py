"""Whatever is written into whatever column is found, and stops no check."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from points_attacker import (
	CHANGED,
	entry,
	owner,
	tamper,
	undone,
)

from referral_hub.points import service
from referral_hub.points.errors import LedgerBroken

UNREADABLE = (
	"Wallet {wallet}: entry {seq} ({entry}) can't be read: the ledger never writes such a value of {column}."
)


@pytest.mark.parametrize("lots", ["nonsense", "5", '{"a": 1}', '[["x"]]', '[["x", null]]', "[[[1], 2]]", "["])
def test_lots_that_can_not_be_read_are_found_and_the_others_still_checked(wallet, lots):
	other = hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	account = frappe.db.get_value("Points Account", {"employee": other})
	tamper("update `tabPoints Account` set balance = 9 where name = %s", account)
	name = entry(wallet, 3)
	tamper("update `tabPoints Ledger Entry` set lots = %s where name = %s", lots, name)
	found = service.verify()
	assert UNREADABLE.format(wallet=wallet, seq=3, entry=name, column="lots") in found
	assert f"Wallet {account}: the stored balance is 9, its entries add up to 1." in found
	assert len([sentence for sentence in found if "entry 4" in sentence]) == 0


def test_a_post_over_lots_that_can_not_be_read_refuses_in_words(wallet):
	name = entry(wallet, 5)
	tamper("update `tabPoints Ledger Entry` set lots = 'nonsense' where name = %s", name)
	with pytest.raises(LedgerBroken, match=f"Wallet {wallet} contradicts its entries"):
		service.reverse(name, hr.unique("undo"))


@pytest.mark.parametrize(
	("table", "column", "wrong"),
	[
		("Points Ledger Entry", "account", "upper(account)"),
		("Points Ledger Entry", "account", "concat(account, ' ')"),
		("Points Ledger Entry", "account", "null"),
		("Points Lot", "account", "upper(account)"),
		("Points Lot", "account", "null"),
	],
)
def test_a_wallet_written_otherwise_is_another_wallet(wallet, table, column, wrong):
	tamper("update `tabPoints Account` set name = 'abcdef' where name = %s", wallet)
	tamper("update `tabPoints Ledger Entry` set account = 'abcdef' where account = %s", wallet)
	tamper("update `tabPoints Lot` set account = 'abcdef' where account = %s", wallet)
	name = entry("abcdef", 2)
	before = service.verify()
	tamper(f"update `tab{table}` set {column} = {wrong} where name = %s", name)
	thing = "Entry" if table == "Points Ledger Entry" else "Lot"
	new = set(service.verify()) - set(before)
	assert any(sentence.startswith(f"{thing} {name} belongs to wallet ") for sentence in new)


def test_a_source_without_a_table_is_found_and_no_crash(wallet, rewarded):
	for doctype in ("Leave Control Panel", "No Such Thing", "employee"):
		tamper("update `tabPoints Ledger Entry` set source_doctype = %s where name = %s", doctype, rewarded)
		assert CHANGED.format(wallet=wallet, seq=6, entry=rewarded) in service.verify()


WRONG = {
	"text": ["", None, "x", "{account}", "\u6f22", "A' or 1", "[", "9" * 40],
	"number": [-1, 0, 2_147_483_647, 77],
	"time": [None, "0000-00-00 00:00:00", "1970-01-01 00:00:01.000001", "9999-12-31 23:59:59"],
	"day": [None, "0000-00-00", "1970-01-02", "9999-12-30"],
	"lots": [None, "x", "[]", "{}", "[[]]", '[["x", 1]]', "[" * 5000, '[["\\ud800", 1]]', "NaN", "1e999"],
}
COLUMNS = {
	"Points Ledger Entry": {
		"text": ("name", "account", "direction", "counter", "reverses", "twin", "key_hash", "entry_hash"),
		"number": ("seq", "points", "balance_after", "format"),
		"time": ("posted_on",),
		"day": ("expires_on",),
		"lots": ("lots",),
	},
	"Points Account": {
		"text": (
			"name",
			"kind",
			"employee",
			"company",
			"program",
			"slot",
			"merged_into",
			"last_hash",
			"seal",
		),
		"number": ("balance", "last_seq"),
	},
	"Points Lot": {
		"text": ("name", "account"),
		"number": ("seq", "points", "remaining", "is_open"),
		"day": ("expires_on",),
	},
}
PLACES = [
	(table, column, kind)
	for table, kinds in COLUMNS.items()
	for kind, names in kinds.items()
	for column in names
]


@pytest.fixture
def careless():
	"""A session that writes whatever it is told to, zero dates included."""
	((mode,),) = frappe.db.sql("select @@sql_mode")
	frappe.db.sql("set sql_mode = ''")
	yield
	frappe.db.sql("set sql_mode = %s", mode)


@pytest.fixture
def history(wallet):
	"""Beside the wallet: a spent lot, a gift to another wallet, and accounts of every kind."""
	employee = owner(wallet)
	service.post(employee, 30, "Adjustment", hr.unique("key"), expires_on=add_days(today(), 2))
	service.post(employee, -30, "Clawback", hr.unique("key"))
	service.transfer(employee, hr.make_employee().name, 5, hr.unique("key"))
	return wallet


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), st.data())
def test_whatever_is_written_into_whatever_column_is_a_finding_and_never_a_crash(
	history, careless, place, data
):
	"""Any row: of any account, wallet or counter, any entry, any lot, spent or not."""
	table, column, kind = place
	rows = frappe.db.sql(f"select name, {column} from `tab{table}` order by creation desc, name limit 40")
	name, present = data.draw(st.sampled_from(rows))
	elsewhere = [value for _name, value in rows]  # what another row holds looks most like the truth
	wrong = data.draw(
		st.sampled_from([value for value in WRONG[kind] + elsewhere if str(value) != str(present)])
	)
	with undone():
		tamper(f"update ignore `tab{table}` set {column} = %s where name = %s", wrong, name)
		same = frappe.db.sql(
			f"select 1 from `tab{table}` where name = %s and {column} <=> %s", (name, present)
		)
		found = service.verify()
	assert bool(found) != bool(same), (column, present, wrong)


@pytest.mark.parametrize("table", ["Points Account", "Points Ledger Entry", "Points Lot"])
def test_any_row_that_is_removed_is_found(history, table):
	"""Every entry has its wallet, counter account, place and lot; only an account that nothing names can go."""
	used = (
		"and (exists(select 1 from `tabPoints Ledger Entry` e where accounts.name in (e.account, e.counter)))"
	)
	for name in frappe.db.sql_list(
		f"select name from `tab{table}` accounts where creation >= %s {used if table == 'Points Account' else ''}",
		frappe.db.get_value("Points Account", history, "creation"),
	):
		with undone():
			tamper(f"delete from `tab{table}` where name = %s", name)
			assert service.verify(), (table, name)
