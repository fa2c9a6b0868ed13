"""What is kept of somebody goes with their Employee record; that a badge was held stays, and is nobody's."""

import frappe

from referral_hub.people.deleted import set_aside
from referral_hub.recognition.reading import AWARD, RECOGNITION
from referral_hub.recognition.standings import STANDING


def forget_employee(employee: str) -> None:
	for doctype in (RECOGNITION, STANDING):
		frappe.db.delete(doctype, {"employee": employee})
	set_aside(employee, AWARD)
