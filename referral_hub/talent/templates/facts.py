"""Reads what a message to somebody of the pool can say: who they are, what moved them, and what is different now.

Pay is compared only between the opening they applied for and an open one, perhaps the same, of the same designation, company, currency
and period: what HR wrote there when the person was kept, and writes now. What is not known, or did not rise, is not said.
"""

import frappe
from frappe.utils import date_diff, flt, fmt_money, nowdate

from referral_hub.talent.rows import PAY_THEN
from referral_hub.talent.rules import drafts
from referral_hub.talent.templates import marked_links

RECORD = "Talent Pool Record"
_DAYS_OF_A_MONTH = 30.44
_OPENING = [
	"name",
	"job_title",
	"designation",
	"company",
	"lower_range",
	"upper_range",
	"currency",
	"salary_per",
]


def of(record: str, language: str, sender: str | None = None) -> dict[str, str | None]:
	"""Return the facts of `rules.drafts.FACTS` about one person, each as text or None."""
	person = frappe.get_doc(RECORD, record)
	before, now = _openings(person)
	return {
		"name": person.person_name,
		"sender": frappe.db.get_value("User", sender or frappe.session.user, "full_name"),
		"company": person.company,
		"designation": person.designation or person.preferred_designation,
		"reason": _in_language("Referral Reason", person.reason_given, "reason", language),
		"preference": _preference(person, language),
		"months": _months(person.happened_on),
		"opening": now.job_title if now else None,
		**_pay(before, now),
		"openings_link": marked_links.address_of(record),
	}


def _openings(person) -> tuple:
	"""Return the opening they applied for and the newest open one they could apply for now."""
	before = person.applied_for and frappe.db.get_value(
		"Job Opening", person.applied_for, _OPENING, as_dict=True
	)
	if before and any(person.get(ours) for ours in PAY_THEN):
		before.update({theirs: person.get(ours) for ours, theirs in PAY_THEN.items()})
	wish = person.preferred_designation or person.designation
	if not wish:
		return before, None
	open_now = {"status": "Open", "designation": wish, "company": person.company}
	rows = frappe.get_all("Job Opening", open_now, _OPENING, order_by="creation desc", limit=1)
	return before, rows[0] if rows else None


def _pay(before, now) -> dict[str, str | None]:
	"""Say what pays more now; nothing where the two can't be compared."""
	same = ("designation", "company", "currency", "salary_per")
	nothing = dict.fromkeys(("pay_before", "pay_now", "pay_rise"))
	if not before or not now or any((before[field] or None) != (now[field] or None) for field in same):
		return nothing
	percent = drafts.rise(_top(before), _top(now))
	if not percent:
		return nothing
	return {"pay_before": _range(before), "pay_now": _range(now), "pay_rise": str(percent)}


def _top(opening) -> float:
	return flt(opening.upper_range) or flt(opening.lower_range)


def _range(opening) -> str:
	amounts = sorted({flt(opening.lower_range), flt(opening.upper_range)} - {0.0})
	return " - ".join(fmt_money(amount, precision=0, currency=opening.currency) for amount in amounts)


def _preference(person, language: str) -> str | None:
	first = next((row.preference for row in person.preferences), None)
	return _in_language("Talent Preference", first, "preference", language)


def _in_language(doctype: str, name: str | None, field: str, language: str) -> str | None:
	if not name:
		return None
	plain, chinese = frappe.db.get_value(doctype, name, [field, f"{field}_zh"]) or (None, None)
	return (chinese or plain) if language == "zh" else plain


def _months(happened_on) -> str | None:
	if not happened_on:
		return None
	return str(max(round(date_diff(nowdate(), happened_on) / _DAYS_OF_A_MONTH), 1))
