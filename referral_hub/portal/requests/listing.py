"""Who am I asked to write to? The open requests of the employee who looks. Called by portal/renderer.py and the home page."""

from urllib.parse import quote

import frappe
from frappe import _

from referral_hub.portal import page, words
from referral_hub.talent.requests import showing

ADDRESS = "/referrals/requests"


@page.for_employees
def get_context(context):
	context.update(
		lines=lines(context.employee.name),
		done=bool(frappe.form_dict.get("done")),
		title=_("Write to somebody"),
		template="requests/listing.html",
	)


def lines(employee: str) -> list[dict]:
	"""Return what waits for this employee, the first due first: {"person_name", "asked_by", "due", "due_on", "address"}."""
	return [
		{
			"person_name": row.person_name,
			"asked_by": frappe.utils.get_fullname(row.asked_by),
			"due": words.day(row.due_on),
			"due_on": row.due_on,
			"address": address_of(row.name),
		}
		for row in showing.of(employee)
	]


def address_of(request: str) -> str:
	return f"{ADDRESS}/{quote(request)}"
