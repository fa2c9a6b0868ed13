"""People whose referrals are counted."""

import frappe
from frappe.utils import today
from portal_factories import make_referrer
from referral_factories import make_referral

from referral_hub.recognition import service


def make_counted(name: str):
	"""Make an employee who referred two people, one of them hired today."""
	employee = make_referrer(name)
	referral, _open = make_referral(employee), make_referral(employee)
	hired = {"stage": "Joined", "outcome": "Hired", "joined_on": today(), "stays": f"{today()}/.."}
	frappe.db.set_value("Referral", referral.name, hired, update_modified=False)
	service.recount(employee.name)
	return employee
