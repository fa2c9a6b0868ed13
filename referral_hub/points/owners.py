"""Keeps wallets with their owners when HR renames, merges or deletes an Employee or a Company. Called by hrms_events.

The wallet's Link follows a renamed Employee by itself, as every Link does; its seal follows here. Company is kept as plain data, because
ERPNext's Transaction Deletion and the deletion of a Company remove every row that has a Link to it; so a rename is
followed here. Entries never name either, so no chain changes.
"""

import frappe
from frappe import _

from referral_hub.points import accounts, journal, seals, transfers
from referral_hub.points.accounts import Wallet
from referral_hub.points.rules.chain import digest


def merge_employees(old: str, new: str) -> None:
	"""Move the points of an employee who is merged into another. Call it before Frappe turns the Links.

	Afterwards two wallets of one company would share one owner, and the UNIQUE index would refuse HR's merge.
	"""
	_lock_employees(old, new)
	for name, company in _wallets_of("employee", old, "company"):
		other = accounts.find_or_none(new, company)
		if other:
			merge_wallets(name, other)


def release_employee(employee: str) -> None:
	"""Take the owner off the wallets of a deleted employee: the next one may get the same name from the series."""
	seals.change(
		"employee = %s and kind = 'Wallet'", employee, lambda wallet: {"employee": "", "slot": wallet["name"]}
	)


def follow_employee(old: str, new: str) -> None:
	"""Seal the wallets anew after Frappe turned them from one name to the other."""
	seals.follow("employee", old, new)


def follow_program(old: str, new: str) -> None:
	"""Seal the accounts that issue a program's points anew after Frappe turned them to its new name."""
	seals.follow("program", old, new)


def rename_company(old: str, new: str) -> None:
	"""Follow the new name of a company; wallets that meet another one there are merged into it."""
	for name, employee in _wallets_of("company", old, "employee"):
		other = accounts.find_or_none(employee, new)
		if other:
			merge_wallets(name, other)
	seals.change("company = %s", old, lambda _account: {"company": new})


def merge_wallets(old: str, into: str) -> None:
	"""Move everything a wallet holds to another one and close it; its entries stay, and are found through the other."""
	giver, taker = accounts.lock_both(old, into)
	if giver.balance:
		_move_all(giver, taker)
	seals.change("name = %s", old, lambda wallet: {"slot": wallet["name"], "merged_into": taker.name})


def _move_all(giver: Wallet, taker: Wallet) -> None:
	key_hash = digest(f"merge\n{giver.name}\n{giver.seq + 1}")
	lots = journal.open_lots(giver.name, giver.balance)
	transfers.move(giver, taker, lots, giver.balance, key_hash, ("", ""), _("Wallets merged"))


def _wallets_of(field: str, value: str, other: str) -> list[tuple]:
	return frappe.db.sql(
		f"""select name, {other} from `tabPoints Account`
		where {field} = %s and kind = 'Wallet' and slot = '' order by name for update""",
		value,
	)


def _lock_employees(*names: str) -> None:
	"""Let nobody open a wallet for either of them meanwhile."""
	frappe.db.sql("select name from `tabEmployee` where name in %s order by name for update", (names,))
