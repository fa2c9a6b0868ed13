"""Says why somebody is to be called now, in the language of whoever reads: what is kept are facts, or the words of a colleague."""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.wording.counting import counted

RECORD, REASON = "Talent Pool Record", "Referral Reason"


class Facts:
	"""Says what is to be kept of why a step is due now: how long ago it was, the reason, how likely they are to come back.

	The words of each reason are asked for once. A likelihood that no night has counted yet is not 0.
	"""

	def __init__(self):
		self._in_chinese: dict[str | None, str | None] = {None: None, "": ""}

	def __call__(self, row, days: int) -> dict:
		is_counted = row.likelihood or row.likelihood_parts
		known = {"days": days, "reason": row.reason, "given": row.reason_given}
		known["given_zh"] = self._of(row.reason_given)
		return {**known, "likelihood": cint(row.likelihood) if is_counted else None}

	def _of(self, given: str | None) -> str | None:
		if given not in self._in_chinese:
			self._in_chinese[given] = frappe.get_cached_value(REASON, given, "reason_zh")
		return self._in_chinese[given]


def in_words(why: str | None, kept: dict | str | None) -> str:
	"""Say it: as a colleague wrote it, else from the facts."""
	known = frappe.parse_json(kept) if kept and not why else None
	if not known:
		return why or ""
	given = ((frappe.local.lang or "").startswith("zh") and known.get("given_zh")) or known["given"]
	reason = given or _(known["reason"], context=RECORD)
	if known["likelihood"] is None:
		return counted(
			known["days"], _("{days} day since: {reason}."), _("{days} days since: {reason}.")
		).format(days=known["days"], reason=reason)
	words = counted(
		known["days"],
		_("{days} day since: {reason}. Likelihood {likelihood}."),
		_("{days} days since: {reason}. Likelihood {likelihood}."),
	)
	return words.format(days=known["days"], reason=reason, likelihood=known["likelihood"])
