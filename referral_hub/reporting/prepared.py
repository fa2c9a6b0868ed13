"""What a background job kept of our reports is read by whoever asked for it: its rows are those that this person may see.

The platform shows a Prepared Report to everybody who may run the report, and gives out its rows unasked. Ours leave out the rows of
other companies, departments and designations by who asks, so what was prepared for one is not for another. Reports of other apps are left to them.
"""

import frappe
from frappe import _
from frappe.core.doctype.prepared_report.prepared_report import PreparedReport

from referral_hub.people import places

MODULE = "Referral Hub"
SEES_ALL = "System Manager"


class OwnPreparedReport(PreparedReport):
	"""Refuses its rows where the platform asks nobody: a report run with the name of what was prepared, and its file."""

	def get_prepared_data(self, with_file_name: bool = False):
		if not has_permission(self):
			frappe.throw(
				_("This was prepared for somebody else. Generate your own report."), frappe.PermissionError
			)
		return super().get_prepared_data(with_file_name)


def conditions(user: str | None = None, doctype: str = "Prepared Report") -> str:
	"""List of our reports only what this user has asked for."""
	user = user or frappe.session.user
	if _sees_all(user):
		return ""
	ours = f"select name from `tabReport` where module = {frappe.db.escape(MODULE)}"
	report = f"`tab{doctype}`.report_name"
	of_ours = (
		f"{report} in (select name from `tabReport` where name in ({ours}) or reference_report in ({ours}))"
	)
	return f"(`tab{doctype}`.owner = {frappe.db.escape(user)} or not {of_ours})"


def has_permission(doc, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	user = user or frappe.session.user
	return doc.owner == user or _sees_all(user) or not is_ours(doc.report_name)


def _sees_all(user: str) -> bool:
	if user == "Administrator":
		return True
	is_limited = any(places.allowed(kind, "Referral Reward", user) for kind in places.KINDS.values())
	return SEES_ALL in frappe.get_roles(user) and not is_limited


def is_ours(report: str) -> bool:
	"""Say whether a report, or the one that somebody has made another one of, is of this app."""
	made_of = frappe.db.get_value("Report", report, "reference_report")
	modules = frappe.get_all("Report", {"name": ("in", [report, made_of or report])}, pluck="module")
	return MODULE in modules
