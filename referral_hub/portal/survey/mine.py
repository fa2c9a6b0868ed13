"""/referrals/survey: how were the referrals of mine that are over? One question at a time, each answered once."""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.survey import form
from referral_hub.survey import service

PATH = "/referrals/survey"


@page.for_employees
def get_context(context):
	rows = service.waiting_for(context.employee.name)
	about = str(frappe.form_dict.get("about") or "")
	row = next((row for row in rows if row.referral == about), None)
	context.update(title=_("How was it?"), done=frappe.form_dict.get("done") == "1", waiting=rows, here=PATH)
	context.update(guest_form=False, form_token="")
	if frappe.request.method == "POST":
		return _send(context, row)
	if not row and len(rows) == 1 and not context.done:
		row = rows[0]
	if row:
		return form.prepare(context, row)
	context.template = "survey/listing.html"
	return None


def _send(context, row):
	if not row:  # answered in another tab, or too late
		return page.Redirect(PATH)
	return form.send(context, row, f"{PATH}?done=1")
