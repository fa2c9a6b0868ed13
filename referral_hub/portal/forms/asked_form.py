"""My questions to HR about referrals that were refused: what I asked, until when I hear, the answer. Called by www/referrals/ask.py."""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.forms import questions
from referral_hub.referrals.disputes import asking


def get_context(context) -> page.Redirect | None:
	line = questions.about_refusal(frappe.form_dict.get("refusal"), context.employee.name)
	if not line:
		return page.not_found(context)
	context.update(
		line=line,
		problem="",
		title=_("Your question to HR"),
		section="mine",
		template="questions/refused.html",
	)
	return _act(context, line) if frappe.request.method == "POST" else None


def _act(context, line: dict) -> page.Redirect | None:
	form, employee = frappe.form_dict, context.employee.name
	try:
		if form.get("again"):
			asking.not_settled(line["name"], employee, str(form.get("words") or ""))
		else:
			asking.settled(line["name"], employee)
	except frappe.ValidationError as refusal:
		frappe.clear_messages()
		context.update(problem=str(refusal), status=422)
		return None
	return page.Redirect(f"/referrals/ask?refusal={line['name']}")
