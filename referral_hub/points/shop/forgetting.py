"""Orders, tickets and prizes of a deleted employee stay, and are not those of the next one with that number."""

import frappe

from referral_hub.people.deleted import set_aside


def forget_employee(employee: str) -> None:
	frappe.db.set_value("Reward Order", {"employee": employee}, "person_slot", None, update_modified=False)
	set_aside(employee, "Reward Order", "Prize Draw Ticket", "Prize Draw Winner")
