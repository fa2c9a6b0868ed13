"""The form to refer somebody, filled with what I know of a contact of mine. Called by www/referrals/refer.py."""

import frappe

from referral_hub.matching.contacts import service
from referral_hub.portal.contacts import words


def of_contact(form, employee: str):
	"""Fill in name, e-mail and phone where nothing was typed yet; the address of the page names the contact, not what is known."""
	name = frappe.form_dict.get("contact")
	asked = name and frappe.request.method != "POST" and words.are_mine(employee)
	contact = service.find(employee, str(name)) if asked else None
	if contact:
		known = {
			"candidate_name": contact.name,
			"email": next(iter(contact.emails), ""),
			"phone": next(iter(contact.phones), ""),
		}
		form.update({field: form[field] or text for field, text in known.items()})
	return form
