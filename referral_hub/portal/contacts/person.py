"""One contact of mine: what I know, what fits, change, delete. Another's and one that never was look the same."""

import frappe
from frappe.recorder import do_not_record

from referral_hub.matching.contacts import service
from referral_hub.portal import page
from referral_hub.portal.contacts import suggesting, words
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.retry import retry_deadlocks

FIELDS = (
	"name",
	"title",
	"employer",
	"place",
	"years",
	"skills",
	"tags",
	"email",
	"phone",
	"url",
	"wish",
	"note",
)
_LONGEST = 4000


@page.for_employees
@do_not_record
def get_context(context):
	employee, name = context.employee, str(frappe.form_dict.get("name") or "")
	contact = service.find(employee.name, name) if words.are_mine(employee.name) else None
	if not contact:
		return page.not_found(context)
	if frappe.request.method == "POST":
		return _act(context, name, contact)
	return _show(context, name, contact, _form_of(contact))


def _act(context, name: str, contact) -> page.Redirect | None:
	do, employee = frappe.form_dict.get("do"), context.employee
	if do == "delete":
		retry_deadlocks(lambda: service.delete(employee.name, name))
		return page.Redirect(f"{words.ADDRESS}?gone=1")
	if do == "unfit":
		opening = str(frappe.form_dict.get("opening") or "")[:140]
		retry_deadlocks(lambda: service.mark_unfit(employee.name, name, opening))
		back = words.ADDRESS if frappe.form_dict.get("back") else words.address_of(name)
		return page.Redirect(back)
	said = {field: str(frappe.form_dict.get(f"c_{field}") or "").strip()[:_LONGEST] for field in FIELDS}
	try:
		retry_deadlocks(lambda: service.change(employee.name, name, said, words.region_of(employee)))
	except Refused as refused:
		context.status = 422
		return _show(context, name, contact, said, refused.reason)
	return page.Redirect(f"{words.address_of(name)}&kept=1")


def _form_of(contact) -> dict[str, str]:
	said = {field: getattr(contact, field, "") for field in FIELDS}
	return said | {
		"years": f"{contact.years:g}" if contact.years else "",
		"skills": ", ".join(contact.skills),
		"tags": ", ".join(contact.tags),
		"email": ", ".join(contact.emails),
		"phone": ", ".join(contact.phones),
	}


def _show(context, name: str, contact, form: dict, reason: str = "") -> None:
	suggestions, referred = suggesting.of_contact(context.employee.name, name, contact)
	field = next((one for one in FIELDS if reason.startswith(one)), "email") if reason else ""
	context.update(
		contact=contact,
		contact_name=name,
		does=words.line_of(contact),
		form=frappe._dict({f"c_{one}": text for one, text in form.items()}),
		errors={f"c_{field}": words.refused(reason)} if reason else {},
		kept=frappe.form_dict.get("kept"),
		suggestions=suggestions,
		referred=referred,
		title=contact.name,
		section="contacts",
		template="contacts/person.html",
	)
