"""The page on which an employee says whether they told an applicant about us. Called by www/referrals/named.py."""

import frappe
from frappe import _

from referral_hub.portal import page, words
from referral_hub.portal.forms import refer_form
from referral_hub.referrals import errors
from referral_hub.referrals.named import answering
from referral_hub.retry import retry_deadlocks


def prepare(context, problem: str = "") -> page.Redirect | None:
	"""Show the question; one that is closed or somebody else's is not found."""
	form = frappe.form_dict
	asked = {claim.name: claim for claim in answering.waiting_for(context.employee.name)}
	claim = asked.get(str(form.get("claim") or ""))
	if not claim:
		return page.not_found(context)
	opening = claim.job_opening and frappe.db.get_value("Job Opening", claim.job_opening, "job_title")
	context.update(
		title=_("Did you tell {0} about us?").format(claim.applicant_name),
		claim=claim,
		opening_title=opening,
		lapses=words.day(claim.lapses_on),
		relations=refer_form.relations(),
		relation=str(form.get("relation") or ""),
		note=str(form.get("note") or ""),
		problem=problem,
		errors={},
	)
	return None


def send(context) -> page.Redirect | None:
	form, employee = frappe.form_dict, context.employee.name
	claim = str(form.get("claim") or "")
	try:
		if form.get("answer") == "no":
			retry_deadlocks(lambda: answering.deny(claim, employee))
			return page.Redirect("/referrals")
		answered = retry_deadlocks(lambda: _confirm(claim, employee, form))
	except frappe.ValidationError as error:
		frappe.db.rollback()
		frappe.clear_messages()
		context.status = 422
		return prepare(
			context, errors.sentence(error) if isinstance(error, errors.ReferralRefused) else str(error)
		)
	if answered.referral:
		return page.Redirect(page.address_of(answered.referral) + "?sent=1")
	context.update(title=_("Thank you"), claim=None, refusal=answered.refusal)
	return None


def _confirm(claim: str, employee: str, form):
	relation = str(form.get("relation") or "").strip() or None
	return answering.confirm(claim, employee, relation, str(form.get("note") or "").strip())
