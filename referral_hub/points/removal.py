"""Removes the wallets of a demo company: the one exception to append-only, and a recorded one.

Called by `hub-demo --remove` when the company goes. What was removed, when and by whom is added to the file of daily
heads after the commit, and `hub-verify` names it ever after. Without such a line the missing wallets are a finding.
"""

import frappe

from referral_hub.points.proving import heads_file
from referral_hub.points.proving.heads_file import REMOVED


def remove_wallets(company: str) -> int:
	"""Delete every account, entry and lot of a demo company; return how many wallets there were."""
	accounts = frappe.db.sql(
		"select name, kind from `tabPoints Account` where company = %s for update", company
	)
	names = tuple(name for name, _kind in accounts)
	if not names:
		return 0
	frappe.db.sql("delete from `tabPoints Lot` where account in %s", (names,))
	frappe.db.sql("delete from `tabPoints Ledger Entry` where account in %s", (names,))
	frappe.db.sql("delete from `tabPoints Account` where name in %s", (names,))
	wallets = [name for name, kind in accounts if kind == "Wallet"]
	by = frappe.session.user
	frappe.db.after_commit.add(lambda: _record(company, wallets, by))
	return len(wallets)


def _record(company: str, wallets: list[str], by: str) -> None:
	with heads_file.for_adding() as file:
		heads_file.add_line(file, heads_file.read().digest, REMOVED, company=company, accounts=wallets, by=by)
