"""Makes the referral of a submitted Employee Referral, or says on it why there is none.

The form's row is locked first, so a job, the hourly run and HRMS's button "Create Job Applicant" meet one after the other.
A refusal never fails HR's save: it is a field and a comment on the form, and the employee is told.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, strip_html

from referral_hub.messages import service as messages
from referral_hub.referrals import errors
from referral_hub.referrals.making.proposals import LONGEST_NOTE
from referral_hub.referrals.making.submitting import submit
from referral_hub.referrals.native import changing
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.sources.native import REJECTED, candidates_of
from referral_hub.wording import languages

FORM = "Employee Referral"
CHANNEL = "Employee Referral"


def take_over(name: str) -> str | None:
	"""Make the referral of a submitted form that waits; return it, or None where there is none to make."""
	form = frappe.get_doc(FORM, name, for_update=True) if frappe.db.exists(FORM, name) else None
	if not form or not form.referral_hub_waiting:
		return None
	if form.docstatus != 1 or _is_rejected(form):
		form.db_set("referral_hub_waiting", 0)
		return None
	referral = referral_of(name) or changing.go_on_as(form) or _refer(form)
	form.db_set({"referral_hub_waiting": 0, "referral_hub_referral": referral}, notify=True)
	return referral


def waiting(limit: int = 200) -> list[str]:
	"""Return the forms no job has taken over yet, oldest first."""
	return frappe.get_all(
		FORM, {"docstatus": 1, "referral_hub_waiting": 1}, pluck="name", order_by="creation asc", limit=limit
	)


def referral_of(form: str | None) -> str | None:
	return frappe.db.get_value("Referral", {"employee_referral": form}, for_update=True) if form else None


def applicant_of(form: str) -> str | None:
	"""Return the applicant HRMS made of a form, as it is now: a locking read by our index."""
	table = frappe.qb.DocType("Job Applicant")
	query = frappe.qb.from_(table).select(table.name).where(table.employee_referral == form)
	names = query.orderby(table.creation).limit(1).for_update().run(pluck=True)
	return names[0] if names else None


def note_of(form: Document) -> str:
	words = (form.qualification_reason, form.work_references)
	return "\n\n".join(filter(None, (strip_html(text or "").strip() for text in words)))[:LONGEST_NOTE]


def hand_over_resume(form: Document, applicant: str | None) -> None:
	"""Show on the applicant what came with the form, as HRMS's own button does; what is there already stays."""
	if not applicant:
		return
	fields = {"resume_attachment": form.resume, "resume_link": form.resume_link}
	shown = frappe.db.get_value("Job Applicant", applicant, list(fields), as_dict=True)
	missing = {field: value for field, value in fields.items() if value and not shown[field]}
	if missing:
		frappe.db.set_value("Job Applicant", applicant, missing, update_modified=False)


def _is_rejected(form: Document) -> bool:
	return form.status == REJECTED and not applicant_of(form.name)


def _refer(form: Document) -> str | None:
	for candidate in candidates_of(form.full_name, form.email, form.contact_no):
		try:
			return _submit(form, candidate)
		except errors.ReferralRefused as refused:
			frappe.clear_messages()
			if not refused.reason.startswith("phone"):
				return _refuse(form, refused)
	return None


def _submit(form: Document, candidate: Candidate) -> str:
	applicant = applicant_of(form.name)
	referral = submit(
		form.referrer,
		candidate,
		note=note_of(form),
		channel=CHANNEL,
		applicant=applicant,
		designation=form.for_designation,
		employee_referral=form.name,
		is_paid=bool(cint(form.is_applicable_for_referral_bonus)),
	)
	made = frappe.db.get_value("Referral", referral.name, "job_applicant")
	hand_over_resume(form, made)
	return referral.name


def _refuse(form: Document, refused: errors.ReferralRefused) -> None:
	"""Leave the form to HR as HRMS has it; they and the employee read why it does not count here."""
	said = errors.sentence(refused)
	form.db_set("referral_hub_refusal", said)
	form.add_comment("Comment", _("Not taken over as a referral. {0}").format(said))
	messages.tell(
		"referral_not_taken",
		form.referrer,
		key=form.name,
		candidate_name=form.full_name,
		**{f"refusal_{language}": _said_in(language, refused) for language in ("en", "zh")},
	)


def _said_in(language: str, refused: errors.ReferralRefused) -> str:
	with languages.speaking(language):
		return errors.sentence(refused)
