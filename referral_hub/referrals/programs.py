"""What a Referral Program may say."""

import frappe
from frappe import _
from frappe.utils import cint

_NOT_BELOW_ZERO = (
	"probation_months",
	"protection_window_days",
	"known_applicant_days",
	"points_lifetime_months",
)


def validate(program) -> None:
	program.validate_from_to_dates("starts_on", "ends_on")
	for fieldname in _NOT_BELOW_ZERO:
		if cint(program.get(fieldname)) < 0:
			label = _(program.meta.get_label(fieldname))
			frappe.throw(_("{0} can't be below 0.").format(label))
