"""Keeps wallets with their owners when HR renames, merges or deletes an Employee or a Company. Called by hrms_events.

HR's work never waits for the ledger: a wallet that can't be merged because it is broken goes to the employee who stays,
but is set aside, named by `hub-verify`, and merged by the hourly task once it was repaired.

The wallet's Link follows a renamed Employee by itself, as every Link does; its seal follows here. Company is kept as plain data, because
ERPNext's Transaction Deletion and the deletion of a Company remove every row that has a Link to it; so a rename is
followed here. Entries never name either, so no chain changes.
"""

import frappe
from frappe import _

from referral_hub.points import accounts, journal, seals
from referral_hub.points.accounts import Wallet
from referral_hub.points.broken import unless_broken
from referral_hub.points.moving import transfers
from referral_hub.points.rules.chain import digest

# in nobody's use, closed by no merge, and not left by a deleted employee
ASIDE = "kind = 'Wallet' and slot > '' and employee > '' and ifnull(merged_into, '') = ''"


def merge_employees(old: str, new: str) -> None:
	"""Move the points of an employee who is merged into another. Call it before Frappe turns the Links.

	Afterwards two wallets of one company would share one owner, and the UNIQUE index would refuse HR's merge.
	"""
	_lock_employees(old, new)
	for name, company in _accounts_in_use("employee", old, "company"):
		other = accounts.find_or_none(new, company)
		if other:
			_merge_or_set_aside(name, other)


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
	for name, employee in _accounts_in_use("company", old, "employee"):
		other = accounts.find_or_none(employee, new)
		if other:
			_merge_or_set_aside(name, other)
	seals.change("company = %s", old, lambda _account: {"company": new})


def merge_wallets(old: str, into: str) -> bool:
	"""Move everything a wallet holds to another one and close it; its entries stay, and are found through the other."""
	giver, taker = accounts.lock_both(old, into)
	if giver.balance:
		_move_all(giver, taker)
	seals.change("name = %s", old, lambda wallet: {"slot": wallet["name"], "merged_into": taker.name})
	return True


def set_aside() -> list[str]:
	"""Name the wallets that wait to be merged until they, or the others, are repaired."""
	return frappe.db.sql_list(f"select name from `tabPoints Account` where {ASIDE} order by name")


def merge_again(name: str) -> bool:
	"""Merge a wallet that was set aside, or take it into use where its owner has no other; False when it still can't be."""
	rows = frappe.db.sql(
		f"select employee, company from `tabPoints Account` where name = %s and {ASIDE} for update", name
	)
	if not rows:
		return False
	other = accounts.find_or_none(*rows[0])
	merged = unless_broken(
		"merge_wallets", lambda: merge_wallets(name, other) if other else _take_into_use(name)
	)
	return bool(merged)


def _merge_or_set_aside(name: str, into: str) -> None:
	"""Let HR's merge go on when the points can't: two wallets in use would make UNIQUE refuse it."""
	if unless_broken("merge_wallets", lambda: merge_wallets(name, into)):
		return
	seals.change("name = %s", name, lambda account: {"slot": account["name"]})
	message = _(
		"The points of wallet {0} could not be moved to wallet {1}, because one of them was changed outside the ledger."
		" They are set aside, and moved once an administrator has repaired it: bench hub-verify says what is wrong."
	)
	frappe.msgprint(message.format(name, into), indicator="orange")


def _take_into_use(name: str) -> bool:
	accounts.lock(name)
	seals.change("name = %s", name, lambda _wallet: {"slot": ""})
	return True


def _move_all(giver: Wallet, taker: Wallet) -> None:
	key_hash = digest(f"merge\n{giver.name}\n{giver.seq + 1}")
	lots = journal.open_lots(giver.name, giver.balance)
	transfers.move(giver, taker, lots, giver.balance, key_hash, ("", ""), _("Wallets merged"))


def _accounts_in_use(field: str, value: str, other: str) -> list[tuple]:
	"""Lock them, whatever kind they are: where somebody changed that by SQL, HR's merge must not fail for it."""
	return frappe.db.sql(
		f"""select name, {other} from `tabPoints Account`
		where {field} = %s and slot = '' order by name for update""",
		value,
	)


def _lock_employees(*names: str) -> None:
	"""Let nobody open a wallet for either of them meanwhile."""
	frappe.db.sql("select name from `tabEmployee` where name in %s order by name for update", (names,))
