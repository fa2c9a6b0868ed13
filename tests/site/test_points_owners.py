"""Wallets stay with their owners, whatever HR does to employees and companies, and no chain changes for it."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, today

from referral_hub.points import errors, service
from referral_hub.points.removal import remove_wallets


def earn(employee: str, points: int, **more) -> str:
	return service.post(employee, points, "Issuance", hr.unique("earn"), **more)


def wallet(employee: str, company: str = hr.COMPANY) -> str:
	return frappe.db.get_value("Points Account", {"employee": employee, "company": company, "slot": ""})


def hashes(account: str) -> list:
	return frappe.db.sql(
		"select seq, entry_hash from `tabPoints Ledger Entry` where account = %s order by seq", account
	)


@pytest.fixture
def ann():
	return hr.make_employee().name


@pytest.fixture
def bo():
	return hr.make_employee().name


def test_a_renamed_employee_keeps_the_wallet(ann):
	earn(ann, 100)
	account, before = wallet(ann), hashes(wallet(ann))
	new = frappe.rename_doc("Employee", ann, hr.unique("EMP"), force=True)
	assert (service.balance(new), wallet(new), hashes(account)) == (100, account, before)
	earn(new, 1)
	assert [row.points for row in service.statement(new)] == [1, 100]
	assert service.verify() == []


def test_a_retry_after_a_rename_is_still_the_same_request(ann):
	body = {"points": 100, "counter": "Issuance", "key": "rename A"}
	first = service.post(ann, source=("Employee", ann), **body)
	frappe.local.dynamic_link_map = None  # kept for one request, which is over
	new = frappe.rename_doc("Employee", ann, hr.unique("EMP"), force=True)
	assert service.post(new, source=("Employee", new), **body) == first


def test_merged_employees_have_one_wallet_with_everything(ann, bo):
	soon, late = add_days(today(), 3), add_days(today(), 9)
	earn(ann, 10, expires_on=late), earn(ann, 20), earn(bo, 5, expires_on=soon)
	old, kept = wallet(ann), wallet(bo)
	frappe.rename_doc("Employee", ann, bo, force=True, merge=True)
	assert (service.balance(bo), wallet(bo)) == (35, kept)
	assert [(row.expires_on, row.points) for row in service.expiring(bo)] == [
		(getdate(soon), 5),
		(getdate(late), 10),
	]
	closed = frappe.db.get_value("Points Account", old, ["balance", "merged_into", "slot", "employee"])
	assert closed == (0, kept, old, bo)
	assert {row.account for row in service.statement(bo)} == {old, kept}
	assert service.verify() == []


def test_a_wallet_without_a_counterpart_just_changes_hands(ann, bo):
	earn(ann, 10)
	account = wallet(ann)
	frappe.rename_doc("Employee", ann, bo, force=True, merge=True)
	assert (service.balance(bo), wallet(bo), len(hashes(account))) == (10, account, 1)


def test_an_empty_wallet_merges_without_an_entry(ann, bo):
	service.reverse(earn(ann, 10), hr.unique("undo"))
	earn(bo, 5)
	frappe.rename_doc("Employee", ann, bo, force=True, merge=True)
	assert (service.balance(bo), len(service.statement(bo))) == (5, 3)
	assert service.verify() == []


def test_a_merge_of_merged_employees_goes_on(ann, bo):
	cy = hr.make_employee().name
	first = earn(ann, 10)
	earn(bo, 10), earn(cy, 10)
	frappe.rename_doc("Employee", ann, bo, force=True, merge=True)
	frappe.rename_doc("Employee", bo, cy, force=True, merge=True)
	assert service.balance(cy) == 30
	service.reverse(first, hr.unique("undo"))
	assert service.balance(cy) == 20
	assert service.verify() == []


def test_what_was_spent_before_a_merge_comes_back_to_the_wallet_in_use(ann, bo):
	last_day = add_days(today(), 90)
	earn(ann, 30, expires_on=last_day), earn(bo, 1)
	spent = service.post(ann, -20, "Shop", hr.unique("spend"))
	frappe.rename_doc("Employee", ann, bo, force=True, merge=True)
	service.reverse(spent, hr.unique("undo"))
	assert service.balance(bo) == 31
	assert [(row.expires_on, row.points) for row in service.expiring(bo)] == [(getdate(last_day), 30)]
	assert service.verify() == []


def test_a_key_used_before_a_merge_stays_used(ann, bo):
	first = service.post(ann, 10, "Issuance", "merge A")
	earn(bo, 1)
	frappe.rename_doc("Employee", ann, bo, force=True, merge=True)
	assert service.post(bo, 10, "Issuance", "merge A") == first
	with pytest.raises(errors.KeyReusedWithAnotherBody):
		service.post(bo, 11, "Issuance", "merge A")


def test_the_next_employee_of_the_same_name_gets_no_strangers_wallet(ann):
	"""Frappe gives the number of the last deleted document to the next one."""
	name = earn(ann, 100)
	account = wallet(ann)
	frappe.delete_doc("Employee", ann)
	assert not frappe.db.exists("Employee", ann)
	again = hr.make_employee().name
	assert again == ann
	assert (service.balance(again), service.statement(again)) == (0, [])
	assert frappe.db.get_value("Points Account", account, ["employee", "balance"]) == ("", 100)
	earn(again, 5)
	service.reverse(name, hr.unique("undo"))
	assert (service.balance(again), frappe.db.get_value("Points Account", account, "balance")) == (5, 0)
	assert service.verify() == []


def test_a_renamed_company_keeps_its_wallets(ann):
	company = hr.bare_company()
	frappe.db.set_value("Employee", ann, "company", company)
	earn(ann, 100)
	account, before = wallet(ann, company), hashes(wallet(ann, company))
	new = frappe.rename_doc("Company", company, hr.unique("Renamed"), force=True)
	assert frappe.db.get_value("Employee", ann, "company") == new
	assert (service.balance(ann), service.balance(ann, new), service.balance(ann, company)) == (100, 100, 0)
	earn(ann, 1)
	assert (wallet(ann, new), hashes(account)[:1]) == (account, before)
	assert service.verify() == []


def test_a_company_that_takes_a_name_used_before_takes_the_wallets_together(ann):
	gone, company = hr.bare_company(), hr.bare_company()
	earn(ann, 10, company=gone), earn(ann, 20, company=company)
	frappe.db.delete("Company", {"name": gone})
	frappe.rename_doc("Company", company, gone, force=True)
	assert service.balance(ann, gone) == 30
	assert service.verify() == []


def test_a_deleted_company_leaves_the_ledger_whole(ann):
	company = hr.bare_company()
	name = earn(ann, 100, company=company)
	frappe.delete_doc("Company", company, force=True)
	assert not frappe.db.exists("Company", company)
	assert service.balance(ann, company) == 100
	service.reverse(name, hr.unique("undo"))
	assert (service.balance(ann, company), service.verify()) == (0, [])


def test_erpnext_can_not_sweep_the_ledger_away_with_a_companys_transactions(ann):
	from erpnext.setup.doctype.transaction_deletion_record.transaction_deletion_record import (
		TransactionDeletionRecord,
	)

	earn(ann, 100)
	record = frappe.new_doc("Transaction Deletion Record")
	record.company = hr.COMPANY
	assert isinstance(record, TransactionDeletionRecord)
	swept = {row["parent"] for row in record.get_doctypes_with_company_field([])}
	assert {"Points Account", "Points Ledger Entry", "Points Lot", "Points Refusal"}.isdisjoint(swept)
	assert "Additional Salary" in swept


def test_no_name_and_no_rename_reaches_a_hashed_field(ann):
	"""The canonical form names wallets, counter accounts, entries and the type of the source; none can be renamed."""
	name = earn(ann, 10, source=("Employee", ann), note="for Ann")
	from referral_hub.points import journal
	from referral_hub.points.rules.chain import canonical

	text = canonical(journal.entry_named(name))
	assert not any(word in text for word in (ann, hr.COMPANY, "Ann", "Issuance"))
	assert '"source":["Employee",null]' in text


def test_the_wallets_of_a_demo_company_can_be_removed(ann):
	company = hr.bare_company()
	earn(ann, 10), earn(ann, 10, company=company, expires_on=add_days(today(), 9))
	assert remove_wallets(company) == 1
	assert (service.balance(ann), service.balance(ann, company), service.verify()) == (10, 0, [])
	assert frappe.db.count("Points Account", {"company": company}) == 0
