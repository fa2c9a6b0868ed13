"""Counts who opens a link: each visitor once, programs never, and nothing about the visitor is kept.

A visitor is a keyed hash in Referral Link Visitor, deleted after 30 days; the count stays. Called by the page's own POST,
because the platform rolls GETs back; without JavaScript the application itself counts as the visit.
"""

import frappe
from frappe.utils import add_days, getdate, nowdate
from frappe.utils.password import get_encryption_key

from referral_hub.referrals.rules.sharing import links as rules

REMEMBERED_DAYS = 30


def count(link, cookie: str | None, address: str, user_agent: str) -> bool:
	"""Count this visitor of a link; True when it was the first time."""
	if rules.is_bot(user_agent):
		return False
	key = rules.visitor_key(
		get_encryption_key(), link.code, cookie, address or "", user_agent, getdate(nowdate())
	)
	if not _remember(key, link.name):
		return False
	table = frappe.qb.DocType("Referral Link")
	frappe.qb.update(table).set(table.clicks, table.clicks + 1).where(table.name == link.name).run()
	return True


def forget_old() -> None:
	"""Delete the visitors of more than 30 days ago, some at a time."""
	frappe.db.delete("Referral Link Visitor", {"seen_on": ("<", add_days(nowdate(), -REMEMBERED_DAYS))})


def _remember(key: str, link: str) -> bool:
	"""Insert the visitor; False when they are known. The primary key decides, also between two tabs."""
	values = {"name": key, "link": link, "today": nowdate()}
	frappe.db.sql(
		"""insert ignore into `tabReferral Link Visitor`
			(name, owner, modified_by, creation, modified, link, seen_on)
		values (%(name)s, 'Guest', 'Guest', %(today)s, %(today)s, %(link)s, %(today)s)""",
		values,
	)
	return frappe.db.sql("select row_count()")[0][0] == 1
