"""What number cards and charts of the workspace say that no list can count. HR roles only; each counts what the caller may see."""

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub.insights import channels, months, satisfaction
from referral_hub.insights.asking import asked
from referral_hub.insights.rules.funnel import percent
from referral_hub.survey.rules.questions import Role
from referral_hub.wording import period_words

HR = ("HR User", "HR Manager", "System Manager")


@frappe.whitelist()
def share_of_hires_card(filters: str | dict | None = None) -> dict | str:
	"""Return the share of referrals among the hires of whoever was referred or applied in the last twelve months, as a Number Card wants it.

	:param filters: what the card sends; nothing of it is asked for
	Returns {"value": per cent, "fieldtype": "Percent", "route": the report behind it}; without a hire a dash, for there is no share of nothing.
	"""
	frappe.only_for(HR)
	referred, others = channels.hires(asked(None, channels.BY))
	share = percent(referred, referred + others)
	if share is None:
		return "–"
	return {"value": share, "fieldtype": "Percent", "route": ["query-report", "Channel Comparison"]}


@frappe.whitelist()
def would_refer_again_card(filters: str | dict | None = None) -> dict | str:
	"""Return the score referrers of the caller's company gave this year, as a Number Card wants it.

	:param filters: what the card sends; nothing of it is asked for
	Returns {"value": -100 to 100, "fieldtype": "Int", "route": the report behind it}; words while fewer than five answers are told.
	"""
	frappe.only_for(HR)
	given, _role = satisfaction.read(None)
	score = satisfaction.told(given, Role.REFERRER).whole.score
	if score is None:
		return _("Too few to be told", context="Survey")
	return {"value": score, "fieldtype": "Int", "route": ["query-report", "Referral Satisfaction"]}


@frappe.whitelist()
def referrals_of_each_month(filters: str | dict | None = None, **_sent) -> dict:
	"""Return how many referrals were made, or hires came of them, in each of the last twelve months, as a Dashboard Chart wants it.

	:param filters: {"counted": "submitted_on" or "joined_on"}
	Returns {"labels": months in the caller's language, "datasets": [{"name", "values"}]}. Raises PermissionError for who is not of HR.
	"""
	frappe.only_for(HR)
	given = frappe.parse_json(filters) or {}
	counted = given["counted"] if given.get("counted") in months.COUNTED else next(iter(months.COUNTED))
	found = months.counts(counted, getdate())
	name = _("Referrals", context="Insights") if counted == "submitted_on" else _("Hires", context="Insights")
	return {
		"labels": [
			period_words.in_words(f"{day:%Y-%m}", frappe.local.lang.replace("-", "_")) for day in found
		],
		"datasets": [{"name": name, "values": list(found.values())}],
	}
