"""What number cards of the workspace say that no list can count. HR roles only; each counts what the caller may see."""

import frappe

from referral_hub.insights import channels, satisfaction
from referral_hub.insights.asking import asked
from referral_hub.insights.rules.channels import share_of_hires
from referral_hub.survey.rules.questions import Role

HR = ("HR User", "HR Manager", "System Manager")


@frappe.whitelist()
def share_of_hires_card(filters: str | dict | None = None) -> dict:
	"""Return the share of the last twelve months' hires that came by a referral, as a Number Card wants it.

	:param filters: what the card sends; nothing of it is asked for
	Returns {"value": per cent, "fieldtype": "Percent", "route": the report behind it}; 0 without a hire.
	"""
	frappe.only_for(HR)
	share = share_of_hires(channels.lines(asked(None, channels.BY)))
	return {"value": share or 0, "fieldtype": "Percent", "route": ["query-report", "Channel Comparison"]}


@frappe.whitelist()
def would_refer_again_card(filters: str | dict | None = None) -> dict:
	"""Return the score referrers of the caller's company gave this year, as a Number Card wants it.

	:param filters: what the card sends; nothing of it is asked for
	Returns {"value": -100 to 100, 0 also while fewer than five answers are told, "fieldtype": "Int", "route": the report behind it}.
	"""
	frappe.only_for(HR)
	given, _role = satisfaction.read(None)
	score = satisfaction.told(given, Role.REFERRER).whole.score
	return {"value": score or 0, "fieldtype": "Int", "route": ["query-report", "Referral Satisfaction"]}
