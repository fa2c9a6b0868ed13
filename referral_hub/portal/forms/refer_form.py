"""The form to refer somebody, for the page without JavaScript and for the API alike: read it, send it, say what is wrong.

Every refusal of referrals.service becomes a sentence, at the field it is about or above the form.
"""

import json
from dataclasses import dataclass, field, replace

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.portal import cards
from referral_hub.referrals import service
from referral_hub.referrals.assessing import answers
from referral_hub.referrals.disputes import refused as refused_attempts
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.errors import sentence as sentence_of
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.requirements.assessing import Answer as Answered
from referral_hub.referrals.rules.resumes.resume import Resume
from referral_hub.referrals.showing import catalogue
from referral_hub.retry import retry_deadlocks

FIELDS = ("candidate_name", "email", "phone", "relation", "note", "opening", "submission_key")

# a choice of the form for one row of the requirements: this and the name of the row
ANSWER = "meets-"
_LONGEST_ANSWERS = 20_000

# the first word of a refusal's reason -> the field it is about
FIELD_OF = {
	"name": "candidate_name",
	"email": "email",
	"contact": "email",
	"phone": "phone",
	"relation": "relation",
	"note": "note",
	"resume": "resume",
}


@dataclass(frozen=True)
class Answer:
	"""Either a referral, or what is wrong: at a field, or with the whole."""

	referral: str | None = None
	problem: str = ""
	errors: dict[str, str] = field(default_factory=dict)
	reason: str = ""
	question: str = ""  # the question to HR that was asked about this refusal
	fresh_key: str = ""  # for sending the same contents again, when the form's own key was used before


def empty() -> frappe._dict:
	return frappe._dict(dict.fromkeys(FIELDS, ""), assessment={})


def read(values: dict) -> frappe._dict:
	typed = {name: str(values.get(name) or "").strip() for name in FIELDS}
	return frappe._dict(typed, assessment=_assessment(values))


def _assessment(values: dict) -> dict[str, str]:
	"""Return what was said of each requirement: JSON from a program, one choice a row from the page; junk is no answer."""
	chosen = {name[len(ANSWER) :]: said for name, said in values.items() if name.startswith(ANSWER)}
	said = values.get("assessment") or chosen
	if isinstance(said, str):
		said = _parsed(said)
	said = said if isinstance(said, dict) else {}
	return {str(row): str(answer) for row, answer in said.items() if answer and isinstance(answer, str)}


def _parsed(text: str):
	try:
		return json.loads(text) if len(text) <= _LONGEST_ANSWERS else {}
	except ValueError:
		return {}


def read_resume() -> Resume | None:
	"""Return the uploaded file, or None when no file was chosen."""
	upload = frappe.request.files.get("resume") if frappe.request else None
	if not upload or not upload.filename:
		return None
	upload.stream.seek(0)  # this may be begun again after a deadlock
	return Resume(filename=upload.filename, content=upload.stream.read())


def may_ask(answer: Answer | None) -> bool:
	"""Say whether HR may be asked about this refusal."""
	return bool(answer) and answer.reason in refused_attempts.ASKABLE


def ask(form: frappe._dict, resume: Resume | None, employee: str, words: str) -> Answer:
	"""Try once more; what is refused for somebody else's sake becomes a question to HR."""
	answer = send(form, resume, employee)
	if not may_ask(answer):
		return answer
	candidate = Candidate(form.candidate_name, form.email or None, form.phone or None)
	try:
		asked = refused_attempts.ask(employee, candidate, form.opening or None, answer.problem, words)
	except frappe.ValidationError as unclear:
		frappe.clear_messages()
		return replace(answer, problem=str(unclear))
	return replace(answer, question=asked.name)


def send(form: frappe._dict, resume: Resume | None, employee: str) -> Answer:
	"""Make the referral; on a refusal leave nothing half-written and say what is wrong."""
	try:
		referral = retry_deadlocks(lambda: _submit(form, resume, employee))
	except ReferralRefused as refused:
		frappe.db.rollback()
		frappe.clear_messages()
		return _refusal(refused)
	return Answer(referral=referral.name)


def _submit(form: frappe._dict, resume: Resume | None, employee: str):
	return service.submit(
		employee,
		Candidate(form.candidate_name, form.email or None, form.phone or None),
		form.opening or None,
		note=form.note,
		relation=form.relation,
		resume=resume,
		submission_key=form.submission_key or None,
		assessment=form.assessment,
	)


def _refusal(refused: ReferralRefused) -> Answer:
	sentence = sentence_of(refused)
	about = FIELD_OF.get(refused.reason.split("_")[0])
	if about:
		return Answer(errors={about: sentence}, reason=refused.reason)
	fresh_key = _new_key() if refused.reason == "key_reused" else ""
	return Answer(problem=sentence, reason=refused.reason, fresh_key=fresh_key)


def _new_key() -> str:
	return frappe.generate_hash(length=32)


def prepare(context, form: frappe._dict, opening, answer: Answer | None = None, requirements=()) -> None:
	"""Add to a page what the form's template needs. Each rendering has a key of its own, so a replay is seen."""
	answer = answer or Answer()
	ask_for_file_again(answer.errors)
	form.submission_key = answer.fresh_key or form.submission_key or _new_key()
	context.update(
		form=form,
		problem=answer.problem,
		errors=answer.errors,
		may_ask=may_ask(answer),
		question=str(frappe.form_dict.get("question") or ""),
		opening=opening,
		questions=_questions(requirements, form.assessment),
		opening_name=opening.name if opening else form.opening,
		relations=relations(),
		max_mb=cint(frappe.get_cached_doc("Referral Hub Settings").resume_max_size_mb),
		draft_key=f"referral_hub:refer:{context.employee.name}:{opening.name if opening else ''}",
		script_words=script_words(),
	)


def _questions(rows, said: dict[str, str]) -> list[frappe._dict]:
	"""Put each requirement as a question that one tap answers."""
	return [
		frappe._dict(
			field=f"{ANSWER}{row.name}",
			words=row.words(frappe.local.lang or ""),
			must_have=row.must_have,
			chosen=said.get(row.name),
			choices=[(each.value, answers.words(each)) for each in Answered],
		)
		for row in rows
	]


def ask_for_file_again(errors: dict[str, str]) -> None:
	"""Say that a file has to be chosen again where a form comes back: no browser keeps it, unlike what was typed."""
	upload = frappe.request.files.get("resume")
	if upload and upload.filename and "resume" not in errors:
		errors["resume"] = _("Please choose the file again.")


def relations() -> list[str]:
	options = frappe.get_meta("Referral").get_options("relation") or ""
	return [option for option in options.split("\n") if option]


def find_opening(name: str, employee: str):
	"""Return the opening with its offer, or None."""
	opening = catalogue.find(name)
	return cards.openings_with_offers([opening], employee)[0] if opening else None


def script_words() -> dict[str, str]:
	"""The sentences that public/js/refer.js says itself."""
	return {
		"name_missing": _("Please enter their name."),
		"contact_missing": _("Please enter an e-mail address or a phone number."),
		"email_invalid": _("Please check the e-mail address: it should look like name@example.com."),
		"too_large": _("This file has {size} MB; the limit is {limit} MB. Please choose a smaller one."),
		"wrong_type": _("Please choose a PDF, DOC or DOCX file."),
		"mislabelled": _("This file is not what its name says. Please save it again as PDF, DOC or DOCX."),
		"empty_file": _("This file is empty. Please choose another one."),
		"server_too_large": _("The server does not take a file of this size. Please choose a smaller one."),
		"sending": _("Sending", context="Referral Hub"),
		"sent": _("Sent. Opening the receipt."),
		"offline": _("No connection. What you typed is kept here; send it again when you are back online."),
		"failed": _("That did not work. What you typed is kept; please try again."),
		"signed_out": _(
			"You have been signed out. What you typed is kept; sign in again in another tab, then send."
		),
	}
