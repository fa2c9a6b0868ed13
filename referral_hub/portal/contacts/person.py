"""One contact of mine: what I know, what fits, change, delete. Another's and one that never was look the same."""

from urllib.parse import urlencode

import frappe
from frappe.recorder import do_not_record

from referral_hub.matching.contacts import service, undoing
from referral_hub.portal import page
from referral_hub.portal.contacts import suggesting, words
from referral_hub.portal.contacts.undoing import waved_away
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
FITTING = {"unfit": service.mark_unfit, "fit": service.mark_fit}
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
	do, employee = str(frappe.form_dict.get("do") or ""), context.employee
	if do == "delete":
		word = retry_deadlocks(lambda: undoing.delete(employee.name, name))
		return page.Redirect(f"{words.ADDRESS}?{urlencode({'gone': 1, 'undo': word})}")
	if do in FITTING:
		opening = str(frappe.form_dict.get("opening") or "")[:140]
		retry_deadlocks(lambda: FITTING[do](employee.name, name, opening))
		return page.Redirect(_after(do, name, opening))
	said = {field: str(frappe.form_dict.get(f"c_{field}") or "").strip()[:_LONGEST] for field in FIELDS}
	try:
		retry_deadlocks(lambda: service.change(employee.name, name, said, words.region_of(employee)))
	except Refused as refused:
		context.status = 422
		return _show(context, name, contact, said, refused.reason)
	return page.Redirect(f"{words.address_of(name)}&kept=1")


def _after(do: str, name: str, opening: str) -> str:
	"""Return the page somebody came from, which says what was done and takes it back."""
	said = {"unfit": name, "opening": opening} if do == "unfit" else {}
	if frappe.form_dict.get("back"):
		return f"{words.ADDRESS}?{urlencode(said)}" if said else words.ADDRESS
	there = words.address_of(name)
	return f"{there}&{urlencode(said)}" if said else there


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
		waved_away=waved_away(context.employee.name, name, frappe.form_dict.get("opening")),
		suggestions=suggestions,
		referred=referred,
		title=contact.name,
		section="contacts",
		template="contacts/person.html",
	)
