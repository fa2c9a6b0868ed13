"""Warns people before their points expire, some wallets at a time. Called by the daily task; commits nothing.

The outbox keeps one warning of each kind for a wallet and a day (`messages.service.tell`), so running twice tells nobody twice.
"""

from datetime import date

import frappe
from frappe.utils import cint, getdate

from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.points import clock
from referral_hub.points.following import asking
from referral_hub.points.rules import warnings

EVENT = "points_expiring"
WALLET_PAGE = "/referrals/wallet"
DAYS = ("first_expiry_warning_days", "last_expiry_warning_days")
WALLETS_AT_ONCE = 200


def warn_some(after: str = "", today: date | str | None = None, limit: int = WALLETS_AT_ONCE) -> str:
	"""Warn the owners of up to `limit` wallets named after this one; return the last of them, "" when all is done."""
	today = getdate(today) if today else clock.today()
	days_before = _days_before()
	until = warnings.until(today, days_before)
	accounts = _accounts(today, until, after, limit) if until else []
	for row in _expiring(accounts, today, until) if accounts else ():
		days = warnings.due(row.expires_on, today, days_before)
		if days:
			_tell(row, days, today)
	return accounts[-1] if accounts else ""


def _days_before() -> list[int]:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	return [days for field in DAYS if (days := cint(settings.get(field))) > 0]


def _tell(row, days: int, today: date) -> None:
	now = employments.record_now(row.employee)
	given_by = _given_by_another(row, now)
	messages.tell(
		EVENT,
		now,
		key=f"{row.account}:{row.expires_on}:{days}",
		amount=row.points,
		kind="Points",
		expires_on=row.expires_on,
		given_by=given_by,
		is_asked=int(bool(given_by) and asking.ask(row.account, today)),
		link=WALLET_PAGE,
	)


def _given_by_another(row, now: str) -> str | None:
	"""Return the company of the wallet where its owner works for another one, whose shop does not take these points."""
	return row.company if row.company != frappe.db.get_value("Employee", now, "company") else None


def _accounts(today: date, until: date, after: str, limit: int) -> list[str]:
	return frappe.db.sql_list(
		"""select distinct account from `tabPoints Lot`
		where is_open = 1 and expires_on > %s and expires_on <= %s and account > %s order by account limit %s""",
		(today, until, after, limit),
	)


def _expiring(accounts: list[str], today: date, until: date) -> list:
	"""Read what expires when in these wallets: one query, one row for each day."""
	return frappe.db.sql(
		"""select lot.account, wallet.employee, wallet.company, lot.expires_on, cast(sum(lot.remaining) as signed) as points
		from `tabPoints Lot` lot join `tabPoints Account` wallet on wallet.name = lot.account and wallet.slot = ''
		where lot.account in %s and lot.is_open = 1 and lot.expires_on > %s and lot.expires_on <= %s
		group by lot.account, wallet.employee, wallet.company, lot.expires_on order by lot.account, lot.expires_on""",
		(tuple(accounts), today, until),
		as_dict=True,
	)
