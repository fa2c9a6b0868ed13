"""What is kept of somebody goes with their Employee record; that a badge was held stays, as with every award."""

import frappe

from referral_hub.recognition.reading import RECOGNITION


def forget_employee(employee: str) -> None:
	frappe.db.delete(RECOGNITION, {"employee": employee})
