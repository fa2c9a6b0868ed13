"""What the candidate's page says: where they stand and what comes next, in friendly words."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime

from referral_hub.portal import words
from referral_hub.portal.forms.refer_form import FIELD_OF
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.errors import sentence as sentence_of
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.consent import Consent
from referral_hub.referrals.rules.showing import candidate_view as rules
from referral_hub.referrals.rules.showing.candidate_view import Standing

# what a candidate may type
FIELDS = ("candidate_name", "email", "phone")


@dataclass(frozen=True)
class Said:
	title: str
	next: str = ""


def standing(row) -> Said:
	"""Say where the candidate of this referral stands, as far as HR lets candidates know."""
	ahead = bool(row.next_interview_on) and get_datetime(row.next_interview_on) >= now_datetime()
	code = rules.standing(
		row.stage,
		row.outcome,
		is_asked=row.consent_state == Consent.ASKED,
		has_interview_ahead=ahead,
		closed_on=get_datetime(row.stage_changed_on) if row.stage_changed_on else None,
		now=now_datetime(),
		tells_result=bool(cint(settings().get("tell_candidate_result"))),
		delay_hours=cint(settings().get("candidate_result_delay_hours")),
	)
	if not ahead:
		return _words(code)
	return _words(code, words.moment(row.next_interview_on), words.exact(row.next_interview_on))


def _words(code: Standing, interview: str = "", on_the_day: str = "") -> Said:
	return {
		Standing.ASKED: Said(_("We wait for your answer")),
		Standing.INVITED: Said(
			_("You are invited"), _("Open the link in your invitation to apply. Nobody has to.")
		),
		Standing.RECEIVED: Said(
			_("We have your profile"), _("A recruiter reads it and gets in touch with you.")
		),
		Standing.BEING_READ: Said(
			_("A recruiter looks at your profile"), _("Next, we decide about an interview.")
		),
		Standing.INTERVIEWS: Said(_("You are in the interviews"), _("You hear from us about the next step.")),
		Standing.INTERVIEW_AHEAD: Said(
			_("You have an interview: {0}").format(interview),
			_("{0}. We look forward to meeting you.").format(on_the_day),
		),
		Standing.PASSED: Said(_("You passed the interviews"), _("Next, we talk with you about the terms.")),
		Standing.OFFER: Said(
			_("You have an offer"), _("Now it is up to you. Ask whatever you would like to know.")
		),
		Standing.JOINED: Said(_("Welcome, you work with us")),
		Standing.WITHDREW: Said(
			_("You decided not to go on"), _("Thank you for telling us. You are welcome to apply again.")
		),
		Standing.DECLINED: Said(_("You declined our offer"), _("You are welcome to apply again.")),
		Standing.NOT_SELECTED: Said(
			_("This time we decided for somebody else"),
			_("Thank you for your time. You are welcome to apply for another position."),
		),
		Standing.CLOSED: Said(_("This application is closed"), _("You are welcome to apply again.")),
	}[code]


def done(what: str) -> str:
	"""Say what has just been done; nothing for anything else in the address."""
	return {
		"agreed": _("Thank you. A recruiter can read your profile now."),
		"withdrawn": _("Done. You are out of this application."),
		"corrected": _("Thank you. Your details are corrected."),
		"result_kept": _("Thank you. Your result may be kept with your application."),
		"result_gone": _("Done. Nothing about this result is kept here."),
		"deletion": _("We have your request. The date until which it is done is below."),
	}.get(what, "")


def result_sentence(company: str) -> str:
	return _(
		"I agree that {0} keeps my result with this application. Only the people in recruiting read it, not the colleague who recommended me. I can take this back here."
	).format(company)


def missing(what: str) -> str:
	"""Say to the candidate what they left out; nothing for anything else that can be wrong."""
	return {
		"name_missing": _("Please enter your name."),
		"contact_missing": _("Please leave an e-mail address or a phone number."),
	}.get(what, "")


def wrong_with(refused: ReferralRefused) -> dict[str, str]:
	"""Return {field: sentence} where what was typed is wrong; nothing of any other refusal, which may be about somebody else."""
	about = FIELD_OF.get(refused.reason.split("_")[0])
	return {about: missing(refused.reason) or sentence_of(refused)} if about in FIELDS else {}


def not_here() -> str:
	return _("This can't be done here any more. Please write to the people in recruiting.")


def reason(row) -> str:
	chinese = (frappe.local.lang or "").startswith("zh")
	return (chinese and row.reason_zh) or row.reason
