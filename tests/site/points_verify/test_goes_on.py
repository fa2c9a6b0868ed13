"""While a wallet is broken, HR's own work and everybody else's points go on, the finding stays, and a repair is enough."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from points_attacker import SEAL, owner, tamper

from referral_hub.points import owners, service
from referral_hub.points.proving import checkup, heads

ASIDE = (
	"Wallet {account} of employee {employee} was set aside when HR merged its owner, and waits to be merged until the"
	" wallets are repaired."
)
ACCOUNT, LOT = "update `tabPoints Account` set ", "update `tabPoints Lot` set "
BREAKS = [
	ACCOUNT + "balance = balance + 1 where name = %s",
	ACCOUNT + "merged_into = name where name = %s",
	ACCOUNT + "kind = 'Shop' where name = %s",
	LOT + "remaining = 1 where account = %s",
	LOT + "expires_on = null where account = %s",
	"delete from `tabPoints Lot` where account = %s",
]


@pytest.fixture
def other(wallet) -> str:
	"""A second wallet, of 5 points."""
	employee = hr.make_employee().name
	service.post(employee, 5, "Issuance", hr.unique("key"))
	return frappe.db.get_value("Points Account", {"employee": employee})


def merge(old: str, into: str) -> tuple[str, str]:
	"""HR's merge of the owners of two wallets."""
	gone, stays = owner(old), owner(into)
	frappe.rename_doc("Employee", gone, stays, force=True, merge=True)
	assert not frappe.db.exists("Employee", gone)
	return gone, stays


@pytest.mark.parametrize("statement", BREAKS)
def test_hr_merges_employees_though_a_wallet_is_broken_and_the_finding_stays(wallet, other, statement):
	tamper(statement, wallet)
	before = service.verify()
	assert before
	_gone, stays = merge(wallet, other)
	assert service.balance(stays) == 5
	service.post(stays, 1, "Issuance", hr.unique("key"))
	after = service.verify()
	assert set(before) <= set(after)
	if (
		"kind" not in statement and "merged_into" not in statement
	):  # these are no wallets in use for themselves
		assert ASIDE.format(account=wallet, employee=stays) in after


def test_hr_merges_into_an_employee_whose_wallet_is_broken_and_a_repair_brings_the_points_together(
	wallet, other
):
	tamper(BREAKS[0], wallet)
	_gone, stays = merge(other, wallet)
	assert service.verify() == [
		f"Wallet {wallet}: the stored balance is 131, its entries add up to 130.",
		SEAL.format(account=wallet),
		ASIDE.format(account=other, employee=stays),
	]
	assert owners.set_aside() == [other]
	assert owners.merge_again(other) is False
	tamper(ACCOUNT + "balance = balance - 1 where name = %s", wallet)
	assert owners.merge_again(other) is True
	assert (service.balance(stays), owners.set_aside(), service.verify()) == (135, [], [])
	assert owners.merge_again(other) is False


def test_a_broken_wallet_that_changed_hands_is_repaired_accepted_on_record_and_merged(wallet, other):
	tamper(BREAKS[0], wallet)
	_gone, stays = merge(wallet, other)
	said = []

	def accept(name: str) -> None:
		said.clear()
		options = {"company": None, "digest": None, "accept_restore": False, "accept_account": name}
		checkup.run(**options, say=said.append)

	accept(wallet)
	assert said[0] == f"Account {wallet} was not accepted: put right what its entries say about it first."
	tamper(ACCOUNT + "balance = balance - 1 where name = %s", wallet)
	assert SEAL.format(account=wallet) in service.verify()
	assert owners.merge_again(wallet) is False
	accept(other)
	assert said[0] == f"There is no account {other} that was changed outside the ledger."
	with pytest.raises(AssertionError, match="This test commits"):  # the command may; this test may not
		accept(wallet)
	assert service.verify() == [ASIDE.format(account=wallet, employee=stays)]
	assert heads.notices()[1].startswith(f"Account {wallet} was accepted on ")
	assert owners.merge_again(wallet) is True
	assert (service.balance(stays), service.verify()) == (135, [])


def test_a_company_takes_a_name_used_before_though_a_wallet_is_broken(wallet, other):
	employee, company = owner(wallet), hr.unique("Branch")
	service.post(employee, 7, "Issuance", hr.unique("key"), company=hr.COMPANY)
	frappe.db.set_value("Points Account", other, {"employee": employee, "company": company})
	tamper(BREAKS[0], wallet)
	owners.rename_company(company, hr.COMPANY)
	assert owners.set_aside() == [other]


def test_a_broken_wallet_keeps_nobody_elses_points_from_expiring(wallet, other):
	employees = [owner(wallet), owner(other), hr.make_employee().name]
	for employee in employees:
		service.post(employee, 3, "Issuance", hr.unique("key"), expires_on=today())
	accounts = dict(
		frappe.get_all("Points Account", {"employee": ["in", employees]}, ["employee", "name"], as_list=1)
	)
	first, *sound = sorted(employees, key=accounts.get)
	tamper(BREAKS[0], accounts[first])
	before = [service.balance(employee) for employee in sound]
	assert service.expire_due(add_days(today(), 1), limit=1) == 1
	assert service.expire_due(add_days(today(), 1), limit=1) == 1
	assert service.expire_due(add_days(today(), 1), limit=1) == 0
	assert [service.balance(employee) for employee in sound] == [points - 3 for points in before]


def test_a_lot_made_bigger_by_hand_takes_no_wallet_below_zero_when_it_expires(wallet):
	service.post(owner(wallet), 3, "Issuance", hr.unique("key"), expires_on=today())
	tamper(
		"update `tabPoints Lot` set remaining = 500, points = 500 where account = %s and expires_on = %s",
		wallet,
		today(),
	)
	assert service.expire_due(add_days(today(), 1)) == 0
	assert service.balance(owner(wallet)) == 133
