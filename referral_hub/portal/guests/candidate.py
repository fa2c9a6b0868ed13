"""/candidate/TOKEN: where do I stand, what do they hold about me? And: agree, correct, withdraw, delete.

Whoever has the link is the candidate; whatever is wrong with it, its page is the same. Looking is a GET, everything that
changes something is a POST from one of these pages.
"""

import json
from functools import partial

import frappe
from frappe import _

from referral_hub import flow, limits
from referral_hub.paths.goals import links as goals
from referral_hub.paths.goals import plans
from referral_hub.portal import page
from referral_hub.portal.guests import candidate_words, forms, languages, notices, own_page, pace
from referral_hub.referrals.assessing import assessments, requirements
from referral_hub.referrals.closing import NotOpen
from referral_hub.referrals.consent import answering, correcting, held, leaving, people
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.rules.consent import Consent
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.retry import retry_deadlocks

# in an hour
CHANGES_PER_TOKEN = 60
LONGEST = 300
STEPS = ("refuse", "withdraw", "delete", "correct")


def get_context(context):
	return own_page.answer(context, "candidate", people.opened_by, _prepare, _act, _show)


def _prepare(context, row) -> None:
	context.update(
		first_name=_first_name(row.referrer) or row.referrer_name,
		is_asked=row.consent_state == Consent.ASKED,
		may_withdraw=row.outcome == Outcome.OPEN,
		may_correct=row.outcome == Outcome.OPEN and not row.erasure_asked_on,
		may_delete=not row.erasure_asked_on,
		keeps_an_email=correcting.keeps_an_email(row),
		resumes=held.resumes_of(row),
		first_goals=goals.of_applicant(row.job_applicant),
		consent_sentence=notices.consent_of_referred(row.company, row.referrer_name),
		done=candidate_words.done(str(frappe.form_dict.get("done") or "")),
		errors={},
		requirements=[],
		assessments=[],
	)


def _show(context, row, step: str):
	if step == "download":
		about = held.about(row, candidate_words.standing(row).title)
		if context.first_goals:
			about["first_goals"] = plans.told_of(context.first_goals.name)
		return page.Download("my-data.json", json.dumps(about, ensure_ascii=False, indent=1))
	if step == "refuse" and context.is_asked:
		return _page(context, "refuse", _("You would rather not?"))
	if step == "withdraw" and context.may_withdraw and not context.is_asked:
		context.chosen_reason = str(frappe.form_dict.get("reason") or "")
		context.reasons = [(each.name, candidate_words.reason(each)) for each in leaving.reasons()]
		return _page(context, "withdraw", _("You don't want to go on?"))
	if step == "delete" and context.may_delete and not context.is_asked:
		return _page(context, "delete", _("Delete what we hold about you?"))
	if step == "correct" and context.may_correct and not context.is_asked:
		context.form = _typed() if context.problem else _known(row)
		return _page(context, "correct", _("Correct my details"))
	return _home(context, row)


def _home(context, row):
	if context.is_asked:
		title = _("{0} would like to recommend you").format(context.first_name)
		return _page(context, "asked", title)
	context.standing = candidate_words.standing(row)
	if context.may_withdraw:
		context.requirements = requirements.under_headings(requirements.of_opening(row.job_opening))
	# what was agreed to can be taken back when the application is over, too
	context.assessments = [each for each in assessments.shown(row) if context.may_withdraw or each.agreed_on]
	context.result_sentence = candidate_words.result_sentence(row.company)
	return _page(context, "standing", context.standing.title)


def _page(context, name: str, title: str) -> None:
	if name in STEPS:  # the switch of language stays on it
		languages.offer(context, f"{context.here}?do={name}")
	context.template = f"guests/candidate/{name}.html"
	context.title = title


def _act(context, row):
	step = str(frappe.form_dict.get("action") or "").replace("take_back", "delete")
	if not limits.within("candidate:change", row.name, CHANGES_PER_TOKEN):
		context.status = 429
		context.problem = _("That was often in a short time. Please send it again in an hour.")
		return _show(context, row, step)
	action = ACTIONS.get(str(frappe.form_dict.get("action") or ""))
	if not action or not forms.is_ours(frappe.form_dict.get("form_token"), row.name):
		context.status = 422
		context.problem = _("Please send it once more.")
		return _show(context, row, step)
	return action(context, row)


def _agree(context, row):
	words = notices.consent_of_referred_text(row.company, row.referrer_name)
	try:
		retry_deadlocks(partial(answering.agree, row.name, words))
	except ReferralRefused as refused:
		return _refused(context, row, refused, "")
	remember_language(row)
	return page.Redirect(f"{context.here}?done=agreed")


def _refuse(context, row):
	if not retry_deadlocks(partial(answering.refuse, row.name)):  # answered in another tab meanwhile
		return page.Redirect(context.here)
	return _page(context, "forgotten", _("All right"))


def _withdraw(context, row):
	reason = str(frappe.form_dict.get("reason") or "")[:140]
	retry_deadlocks(partial(leaving.withdraw, row.name, reason or None))
	return page.Redirect(f"{context.here}?done=withdrawn")


def _delete(context, row):
	retry_deadlocks(partial(flow.ask_for_deletion, row.name))
	return _after_deletion(context)


def _take_back(context, row):
	retry_deadlocks(partial(flow.take_back_consent, row.name))
	return _after_deletion(context)


def _after_deletion(context):
	if people.opened_by(context.token):
		return page.Redirect(f"{context.here}?done=deletion")
	return _page(context, "forgotten", _("All right"))


def _correct(context, row):
	form = _typed()
	typed = Candidate(form.candidate_name, form.email or None, form.phone or None)
	if not context.may_correct:
		return page.Redirect(context.here)
	pace.even_out()
	try:
		retry_deadlocks(partial(correcting.correct, row.name, typed))
	except NotOpen:  # withdrawn or deleted in another tab meanwhile
		frappe.db.rollback()
		frappe.clear_messages()
		return page.Redirect(context.here)
	except ReferralRefused as refused:
		context.form = form
		return _refused(context, row, refused, "correct")
	remember_language(row)
	return page.Redirect(f"{context.here}?done=corrected")


def _keep_result(context, row):
	words, test = candidate_words.result_sentence(row.company), str(frappe.form_dict.get("test") or "")[:140]
	if not context.may_withdraw or context.is_asked:
		return page.Redirect(context.here)
	retry_deadlocks(partial(assessments.agree, row, test, words))
	return page.Redirect(f"{context.here}?done=result_kept")


def _forget_result(context, row):
	test = str(frappe.form_dict.get("test") or "")[:140]
	retry_deadlocks(partial(assessments.take_back, row.name, test))
	return page.Redirect(f"{context.here}?done=result_gone")


def _typed() -> frappe._dict:
	form = frappe.form_dict
	return frappe._dict(
		{name: str(form.get(name) or "").strip()[:LONGEST] for name in candidate_words.FIELDS}
	)


def _known(row) -> frappe._dict:
	return frappe._dict(
		candidate_name=row.candidate_name, email=row.candidate_email or "", phone=row.candidate_phone or ""
	)


def _refused(context, row, refused: ReferralRefused, step: str):
	"""Say what is wrong with what was typed; of anything else only that it did not work."""
	frappe.db.rollback()
	frappe.clear_messages()
	context.status = 422
	wrong = candidate_words.wrong_with(refused)
	if step and wrong:
		context.errors = wrong
		return _page(context, step, _("Correct my details"))
	context.problem = candidate_words.not_here()
	return _home(context, row)


def remember_language(row) -> None:
	"""Write to this candidate in the language they are reading now."""
	if frappe.db.exists("Language", frappe.local.lang):
		frappe.db.set_value("Referral", row.name, "candidate_language", frappe.local.lang)


def _first_name(employee: str) -> str | None:
	return frappe.db.get_value("Employee", employee, "first_name")


ACTIONS = {
	"agree": _agree,
	"refuse": _refuse,
	"withdraw": _withdraw,
	"correct": _correct,
	"delete": _delete,
	"take_back": _take_back,
	"keep_result": _keep_result,
	"forget_result": _forget_result,
}
