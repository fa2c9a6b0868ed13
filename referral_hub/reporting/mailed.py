"""Reports of ours that go out by mail hold the rows of whoever they are sent for.

The platform's scheduler makes them as Administrator and only afterwards leaves out rows whose links the person may not read: sums, charts and
rows without such a link would be those of everybody. Reports of other apps are left to them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.email.doctype.auto_email_report.auto_email_report import AutoEmailReport

from referral_hub.reporting.prepared import is_ours

SETS_FOR_OTHERS = "System Manager"


class OwnAutoEmailReport(AutoEmailReport):
	"""Runs our reports as their reader, and lets nobody but a System Manager say who that is."""

	def validate(self):
		super().validate()
		if self.has_value_changed("user") or self.has_value_changed("report"):
			self._refuse_others()

	def get_report_content(self):
		if not is_ours(self.report) or frappe.session.user != "Administrator":
			return super().get_report_content()
		with _read_by(self.user):
			return super().get_report_content()

	def _refuse_others(self) -> None:
		if not is_ours(self.report) or self.user == frappe.session.user:
			return
		if SETS_FOR_OTHERS not in frappe.get_roles():
			frappe.throw(
				_("Only a System Manager has this report sent as somebody else sees it."),
				frappe.PermissionError,
			)


@contextmanager
def _read_by(user: str) -> Iterator[None]:
	"""Let the session be this user's for a while: what they may see is asked anew, before and after."""
	before = frappe.session.user
	try:
		frappe.set_user(user)
		yield
	finally:
		frappe.set_user(before)
