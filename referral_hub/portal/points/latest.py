"""The reward somebody earned last, in a line that leads to its reason. Home has it, so that nobody searches for why an amount is what it is."""

import frappe
from frappe import _

from referral_hub.portal import cards, page, words

SHOWN = ["referral", "milestone", "after_months", "counted_key", "kind", "amount", "currency", "details"]


def reward(records: list[str]) -> frappe._dict | None:
	"""Return {words, address} of what was earned last by a referral of this person's records; None where nothing was."""
	mine = dict.fromkeys(("employee", "referrer"), ("in", records))
	rows = frappe.get_all(
		"Referral Reward",
		mine | {"state": ("in", sorted(cards.EARNED))},
		SHOWN,
		order_by="earned_on desc, creation desc",
		limit_page_length=1,
	)
	return _told(rows[0]) if rows else None


def _told(row) -> frappe._dict:
	what = (
		_("More for several hires")
		if row.counted_key
		else cards.milestone_reached_words(row.milestone, row.after_months)
	)
	amount = words.amount(row.kind, row.amount, row.currency, row.details)
	return frappe._dict(
		words=_("{0}: {1}", context="Referral Hub").format(what, amount),
		address=f"{page.address_of(row.referral)}#reward-title",
	)
