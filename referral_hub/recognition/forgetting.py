"""What is kept of somebody goes with their Employee record; that a badge was held stays, as with every award."""

import frappe

from referral_hub.recognition.reading import RECOGNITION
from referral_hub.recognition.standings import STANDING


def forget_employee(employee: str) -> None:
	for doctype in (RECOGNITION, STANDING):
		frappe.db.delete(doctype, {"employee": employee})
