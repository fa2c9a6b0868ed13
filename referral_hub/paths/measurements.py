"""What HR measured by hand: of an employee, of a requirement that is measured so. The newest counts; the old ones stay as history.

Called by the controller of Path Measurement.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from referral_hub.paths.rules.ladder import Source
from referral_hub.people import places


class NotMeasuredByHand(frappe.ValidationError):
	"""The path has no such requirement, or counts it itself."""


class MeasuredInTheFuture(frappe.ValidationError):
	"""Nobody knows yet what will be."""


def check(measurement: Document) -> None:
	if getdate(measurement.measured_on) > getdate(today()):
		frappe.throw(_("A value can't be measured on a day to come."), MeasuredInTheFuture)
	path = frappe.get_cached_doc("Performance Path", measurement.path)
	by_hand = {(row.level, row.requirement) for row in path.requirements if row.source == Source.BY_HAND}
	if (measurement.level, measurement.requirement) not in by_hand:
		frappe.throw(
			_("The path {0} has no requirement {1} of level {2} that is measured by hand.").format(
				*map(frappe.utils.escape_html, (path.path_name, measurement.requirement, measurement.level))
			),
			NotMeasuredByHand,
		)
	_check_company(measurement)
	measurement.recorded_by = frappe.session.user


def _check_company(measurement: Document) -> None:
	"""The link to the employee asks no User Permission, so that HR can be limited to themselves; where they work is asked here."""
	limits = places.filters(measurement.doctype)
	if limits and not frappe.db.exists("Employee", {"name": measurement.employee, **limits}):
		frappe.throw(
			_("You can measure only people of the companies, departments and designations you work for."),
			frappe.PermissionError,
		)
