"""The fifteen invariants that ledger test kits check: each holds here, and each check is tripped by a defect put in on purpose.

docs/points-ledger.md lists them. What many processes do at once is here with few of them; `test_points_processes.py` has many.
"""

import random

import frappe
import points_processes
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from ledger_defects import injected

from referral_hub.points import errors, service
from referral_hub.points.proving.verify import verify

TRIPPED = (AssertionError, pytest.fail.Exception, errors.PointsError)


def funded(*amounts: int, **fields) -> str:
	"""An employee with a lot of each of these amounts, the first expiring first."""
	employee = hr.make_employee(**fields).name
	for number, amount in enumerate(amounts):
		service.post(
			employee, amount, "Issuance", hr.unique("funds"), expires_on=add_days(today(), 30 + number)
		)
	return employee


def wallet_of(employee: str) -> str:
	return frappe.db.get_value("Points Account", {"employee": employee, "slot": ""})


def entries_of(
	employee: str, fields: str = "seq, if(direction = 'In', points, -points), balance_after"
) -> list:
	return list(
		frappe.db.sql(
			f"select {fields} from `tabPoints Ledger Entry` where account = %s order by seq",
			wallet_of(employee),
		)
	)


def sum_of_everything() -> int:
	"""Each entry has two sides: the wallet's, and that of a counter account or of the twin's wallet."""
	((total,),) = frappe.db.sql(
		"select coalesce(sum(balance), 0) from `tabPoints Account` where kind = 'Wallet'"
	)
	((moved,),) = frappe.db.sql(
		"""select coalesce(sum(if(direction = 'In', points, -points)), 0) from `tabPoints Ledger Entry`
		where twin is null"""
	)
	return int(total - moved)


# one check for each invariant; it raises when the invariant does not hold


def balanced():
	giver, taker = funded(50), funded(1)
	service.transfer(giver, taker, 20, hr.unique("gift"))
	assert sum_of_everything() == 0
	assert (service.balance(giver), service.balance(taker)) == (30, 21)


def append_only():
	ann = funded(50)
	entry = frappe.get_doc("Points Ledger Entry", {"account": wallet_of(ann)})
	entry.points = 5_000
	frappe.db.savepoint("attempt")
	with pytest.raises(errors.LedgerIsAppendOnly):
		entry.save(ignore_permissions=True)
	with pytest.raises(errors.LedgerIsAppendOnly):
		frappe.delete_doc("Points Ledger Entry", entry.name, force=True, ignore_permissions=True)


def hash_chain():
	ann = funded(50, 60)
	assert verify() == []
	frappe.db.sql(
		"update `tabPoints Ledger Entry` set key_hash = %s where account = %s and seq = 1",
		(frappe.generate_hash(), wallet_of(ann)),
	)
	assert any("entry 1" in sentence for sentence in verify())


def duplicate_is_a_no_op():
	ann, key = funded(50), hr.unique("key")
	assert service.post(ann, -20, "Shop", key) == service.post(ann, -20, "Shop", key)
	assert service.balance(ann) == 30


def duplicates_at_once_collapse(commits):
	ann = funded(50)
	commits.commit()
	names = points_processes.run(
		"same_key", 8, employee=ann, points=-5, counter="Shop", key=hr.unique("key"), defect=_DEFECT
	)
	frappe.db.rollback()
	assert (len(set(names)), service.balance(ann)) == (1, 45)


def no_lost_update(commits):
	ann = funded(1)
	commits.commit()
	booked = points_processes.run("earn_again_and_again", 10, employee=ann, times=50, defect=_DEFECT)
	frappe.db.rollback()
	assert sum(booked) == 500
	assert service.balance(ann) == 501


def value_conserved(moves: int = 1_000):
	people, chance = [funded(100) for _ in range(5)], random.Random(8)
	for turn in range(moves):
		giver, taker = chance.sample(people, 2)
		if have := service.balance(giver):
			service.transfer(giver, taker, chance.randint(1, min(have, 9)), f"move {turn} of {taker}")
	assert sum(service.balance(person) for person in people) == 500


def balance_is_the_journal_s_projection():
	ann = funded(50, 60)
	service.post(ann, -70, "Shop", hr.unique("spend"))
	assert service.balance(ann) == sum(points for _seq, points, _after in entries_of(ann)) == 40


def exactly_10_of_20_withdrawals(commits):
	ann = funded(10)
	commits.commit()
	bought = points_processes.run("redeem", 20, employee=ann, times=1, defect=_DEFECT)
	frappe.db.rollback()
	assert (sum(bought), service.balance(ann)) == (10, 0)


def no_precision_drift():
	ann = funded(1)
	for amount in (0.1, 1.0, "3", True):
		with pytest.raises(errors.InvalidPoints):
			service.post(ann, amount, "Issuance", hr.unique("key"))
	assert service.balance(ann) == 1


def companies_are_not_mixed():
	ann, other = funded(50), hr.unique("Conformance")
	frappe.get_doc(doctype="Company", company_name=other, default_currency="CNY", country="China").db_insert()
	service.post(ann, 7, "Issuance", hr.unique("key"), company=other)
	assert (service.balance(ann), service.balance(ann, other)) == (50, 7)
	with pytest.raises(errors.InsufficientPoints):
		service.post(ann, -8, "Shop", hr.unique("key"), company=other)


def a_reversal_is_a_compensation():
	ann = funded(50)
	spend = service.post(ann, -20, "Shop", hr.unique("spend"))
	before = frappe.db.sql("select * from `tabPoints Ledger Entry` where name = %s", spend)
	back = service.reverse(spend, hr.unique("undo"))
	assert frappe.db.sql("select * from `tabPoints Ledger Entry` where name = %s", spend) == before
	assert frappe.db.get_value("Points Ledger Entry", back, "reverses") == spend
	assert entries_of(ann) == [(1, 50, 50), (2, -20, 30), (3, 20, 50)]


def rebuilt_from_the_journal():
	ann = funded(50, 60)
	service.post(ann, -70, "Shop", hr.unique("spend"))
	assert verify() == []
	assert [lot.points for lot in service.expiring(ann)] == [40]


def order_of_each_wallet():
	ann = funded(5, 6, 7)
	service.post(ann, -10, "Shop", hr.unique("spend"))
	assert entries_of(ann) == [(1, 5, 5), (2, 6, 11), (3, 7, 18), (4, -10, 8)]


def a_refused_post_is_not_applied_by_its_retry():
	ann, key = funded(50), hr.unique("key")
	with pytest.raises(errors.InsufficientPoints):
		service.post(ann, -60, "Shop", key)
	service.post(ann, 50, "Issuance", hr.unique("more"))
	with pytest.raises(errors.AlreadyRefused):
		service.post(ann, -60, "Shop", key)
	assert service.balance(ann) == 100


_DEFECT = ""
ALONE = {
	"01 balanced": (balanced, "half_a_transfer"),
	"02 append-only": (append_only, "rows_that_can_be_saved"),
	"03 hash chain": (hash_chain, "a_chain_that_trusts_what_it_saw"),
	"04 duplicate": (duplicate_is_a_no_op, "keys_nobody_looks_at"),
	"07 value conserved": (value_conserved, "a_point_lost_on_the_way", 20),
	"08 projection": (balance_is_the_journal_s_projection, "a_balance_that_forgets_a_spend"),
	"10 precision": (no_precision_drift, "points_with_a_fraction"),
	"11 companies": (companies_are_not_mixed, "one_wallet_for_all_companies"),
	"12 compensation": (a_reversal_is_a_compensation, "a_reversal_that_deletes"),
	"13 rebuilt": (rebuilt_from_the_journal, "spends_that_do_not_say_of_what"),
	"14 order": (order_of_each_wallet, "numbers_with_gaps"),
	"15 refused": (a_refused_post_is_not_applied_by_its_retry, "refusals_that_are_forgotten"),
}
AT_ONCE = {
	"05 duplicates at once": (duplicates_at_once_collapse, "keys_nobody_looks_at"),
	"06 no lost update": (no_lost_update, "a_wallet_without_a_lock"),
	"09 no overdraft": (exactly_10_of_20_withdrawals, "a_wallet_below_zero"),
}


@pytest.mark.parametrize("invariant", ALONE)
def test_an_invariant_holds_and_its_check_is_tripped_by_a_defect(invariant):
	check, name, *less = ALONE[invariant]
	check()
	with injected(name), pytest.raises(TRIPPED):
		check(*less)


@pytest.mark.parametrize("invariant", AT_ONCE)
def test_an_invariant_of_many_processes_holds_and_its_check_is_tripped_by_a_defect(
	invariant, commits, monkeypatch
):
	check, name = AT_ONCE[invariant]
	check(commits)
	monkeypatch.setitem(globals(), "_DEFECT", name)
	with pytest.raises(TRIPPED):
		check(commits)
