"""Who owns an account, and what it is, is sealed."""

import frappe
import pytest
import site_factories as hr
from points_attacker import (
	SEAL,
	entry,
	tamper,
)

from referral_hub.points import service


@pytest.mark.parametrize(
	"change",
	[
		"employee = 'HR-EMP-99999'",
		"employee = ''",
		"employee = null",
		"company = 'Another Company'",
		"program = 'A Program'",
		"slot = name",
		"merged_into = name",
		"kind = 'wallet'",
		"seal = null",
		"seal = ''",
		"seal = replace(seal, '.', '.0')",
		"seal = substring(seal, 1, 20)",
	],
)
def test_a_changed_label_of_a_wallet_is_found(wallet, change):
	tamper(f"update `tabPoints Account` set {change} where name = %s", wallet)
	assert SEAL.format(account=wallet) in service.verify()


@pytest.mark.parametrize(
	"change", ["kind = 'Adjustment'", "kind = 'Wallet'", "program = 'x'", "company = 'Another Company'"]
)
def test_a_changed_label_of_a_counter_account_is_found(wallet, change):
	counter = frappe.db.get_value("Points Ledger Entry", entry(wallet, 1), "counter")
	tamper(f"update `tabPoints Account` set {change} where name = %s", counter)
	assert SEAL.format(account=counter) in service.verify()


def test_two_wallets_that_changed_owners_are_found(wallet):
	ours, other = frappe.db.get_value("Points Account", wallet, ["employee", "seal"]), hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	theirs = frappe.db.get_value("Points Account", {"employee": other}, ["name", "seal"])
	tamper("update `tabPoints Account` set employee = 'between' where name = %s", wallet)
	tamper("update `tabPoints Account` set employee = %s, seal = %s where name = %s", *ours, theirs[0])
	tamper(
		"update `tabPoints Account` set employee = %s, seal = %s where name = %s", other, theirs[1], wallet
	)
	assert set(service.verify()) == {SEAL.format(account=wallet), SEAL.format(account=theirs[0])}


def test_an_account_added_by_hand_is_found(wallet):
	tamper(
		"""insert into `tabPoints Account` (name, kind, employee, company, program, slot, last_hash, seal)
		select 'byhand', kind, 'somebody', company, program, slot, %s, seal from `tabPoints Account` where name = %s""",
		"0" * 64,
		wallet,
	)
	assert service.verify() == [SEAL.format(account="byhand")]


def test_a_rename_does_not_cover_up_an_owner_exchanged_by_hand(wallet):
	thief = hr.make_employee().name
	tamper("update `tabPoints Account` set employee = %s where name = %s", thief, wallet)
	frappe.rename_doc("Employee", thief, hr.unique("EMP"), force=True)
	assert SEAL.format(account=wallet) in service.verify()


def test_a_renamed_program_keeps_its_proof(wallet, rewarded):
	counter = frappe.db.get_value("Points Ledger Entry", rewarded, "counter")
	program = frappe.db.get_value("Points Account", counter, "program")
	new = frappe.rename_doc("Referral Program", program, hr.unique("Renamed"))
	assert (frappe.db.get_value("Points Account", counter, "program"), service.verify()) == (new, [])
