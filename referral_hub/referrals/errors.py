"""The refusals as the platform shows them: each a ValidationError with a `.reason` and a sentence.

Each class is also the plain one of the rules, so a caller may catch either. The sentences say what to do next,
and never who owns a candidate.
"""

from typing import NoReturn

import frappe
from frappe import _

from referral_hub.referrals.rules import contacts, eligibility, ownership
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.sharing import invitations
from referral_hub.wording import case_words, dates
from referral_hub.wording.counting import counted


class ReferralRefused(frappe.ValidationError):
	"""Any reason why a referral can't be made."""


class NotEligible(eligibility.NotEligible, ReferralRefused):
	pass


class AlreadyKnown(eligibility.AlreadyKnown, ReferralRefused):
	pass


class AlreadyOwned(ownership.AlreadyOwned, ReferralRefused):
	pass


class InvalidCandidate(contacts.InvalidCandidate, ReferralRefused):
	pass


class CanNotInvite(invitations.CanNotInvite, ReferralRefused):
	pass


_EDGE = {
	invitations.CanNotInvite: CanNotInvite,
	eligibility.NotEligible: NotEligible,
	eligibility.AlreadyKnown: AlreadyKnown,
	ownership.AlreadyOwned: AlreadyOwned,
	contacts.InvalidCandidate: InvalidCandidate,
}


def refuse(refusal: Refused) -> NoReturn:
	"""Raise what the platform shows for a refusal of the rules."""
	error = _EDGE[type(refusal)](refusal.reason, **refusal.facts)
	frappe.throw(sentence(refusal), exc=error, title=_("This referral can't be made"))


def sentence(refusal: Refused) -> str:
	"""Return the sentence for a refusal, in the language of the session."""
	return SENTENCES[refusal.reason](refusal.facts)


SENTENCES = {
	# NotEligible
	"employee_missing": lambda facts: _(
		"There is no employee record for you yet. Please ask HR to link your user to your employee record."
	),
	"employee_inactive": lambda facts: _(
		"Only employees who work here now can refer somebody. Please ask HR if your record is out of date."
	),
	"program_missing": lambda facts: _("This referral program no longer exists. Please choose another one."),
	"program_disabled": lambda facts: _("The program {0} takes no referrals at the moment.").format(
		facts["program"]
	),
	"program_not_started": lambda facts: _("The program {0} starts on {1}. Please come back then.").format(
		facts["program"], dates.said(facts["starts_on"])
	),
	"program_ended": lambda facts: _("The program {0} ended on {1}.").format(
		facts["program"], dates.said(facts["ends_on"])
	),
	"program_of_other_company": lambda facts: _(
		"The program {0} is for another company. Please choose an opening of that company."
	).format(facts["program"]),
	"program_of_other_department": lambda facts: _(
		"The program {0} is for other departments. Please ask HR which program is yours."
	).format(facts["program"]),
	"employee_has_no_department": lambda facts: _(
		"The program {0} is for some departments, and your employee record has none. Please ask HR to enter it."
	).format(facts["program"]),
	"program_of_other_grade": lambda facts: _(
		"The program {0} is for other grades. Please ask HR which program is yours."
	).format(facts["program"]),
	"employee_has_no_grade": lambda facts: _(
		"The program {0} is for some grades, and your employee record has none. Please ask HR to enter it."
	).format(facts["program"]),
	"program_of_other_openings": lambda facts: _(
		"The program {0} is for openings of other departments. Please choose one of those."
	).format(facts["program"]),
	"opening_missing": lambda facts: _("This opening no longer exists. Please choose another one."),
	"opening_closed": lambda facts: _("This opening is closed. Please choose another one."),
	"opening_takes_no_referrals": lambda facts: _(
		"This opening takes no referrals. Please choose another one."
	),
	"case_refused": lambda facts: case_words.refused(facts["case"]),
	"open_limit_reached": lambda facts: counted(
		facts["open"],
		_(
			"You have {0} open referral, and this program allows {1}. As soon as it is decided you can refer again."
		),
		_(
			"You have {0} open referrals, and this program allows {1}. As soon as one of them is decided you can refer again."
		),
	).format(facts["open"], facts["limit"]),
	"slowed_down": lambda facts: counted(
		facts["open"],
		_(
			"You have {0} open referral. Few of your last ones got as far as an interview, so for now {1} at a time is the limit. The requirements on the opening's page show who fits; one good match and there is room again."
		),
		_(
			"You have {0} open referrals. Few of your last ones got as far as an interview, so for now {1} at a time is the limit. The requirements on the opening's page show who fits; one good match and there is room again."
		),
	).format(facts["open"], facts["limit"]),
	"monthly_limit_reached": lambda facts: counted(
		facts["this_month"],
		_(
			"You have referred {0} person this month, which is the limit of this program. Next month you can refer again."
		),
		_(
			"You have referred {0} people this month, which is the limit of this program. Next month you can refer again."
		),
	).format(facts["this_month"]),
	"card_used_up": lambda facts: counted(
		facts["limit"],
		_("This card has referred {0} person today. Please come back tomorrow, or ask the people in HR."),
		_("This card has referred {0} people today. Please come back tomorrow, or ask the people in HR."),
	).format(facts["limit"]),
	"invitation_closed": lambda facts: _("This invitation is no longer open."),
	"self_referral": lambda facts: _(
		"These contact details are your own. Please apply on the careers page instead."
	),
	"key_reused": lambda facts: _(
		"This form was sent before with other contents. What you typed is kept; please send it once more."
	),
	# CanNotInvite
	"invitations_off": lambda facts: _("Invitations are switched off. Please share your link yourself."),
	"invitations_used_up": lambda facts: counted(
		facts["limit"],
		_("You have sent {0} invitation today. Please go on tomorrow, or share your link yourself."),
		_("You have sent {0} invitations today. Please go on tomorrow, or share your link yourself."),
	).format(facts["limit"]),
	"invitation_unwanted": lambda facts: _(
		"We can't write to this person. You are welcome to share your link with them yourself."
	),
	"invitation_no_sms": lambda facts: _(
		"We can't send text messages from here. Please add an e-mail address, or share your link yourself."
	),
	"invitation_no_mail": lambda facts: _(
		"We can't send e-mail from here. Please share your link with them yourself."
	),
	# AlreadyKnown
	"current_employee": lambda facts: _("This person works here already."),
	"recent_applicant": lambda facts: counted(
		facts["days"],
		_("This person applied within the last day, so HR knows them already."),
		_("This person applied within the last {0} days, so HR knows them already."),
	).format(facts["days"]),
	# AlreadyOwned
	"already_yours": lambda facts: _("You have referred this person already: {0}.").format(facts["referral"]),
	"owned_by_another": lambda facts: _(
		"Somebody else referred this person first. Thank you for thinking of them too."
	),
	# InvalidCandidate
	"name_missing": lambda facts: _("Please enter the candidate's name."),
	"name_has_markup": lambda facts: _("Please enter the name without the characters < and >."),
	"name_is_formula": lambda facts: _("A name can't start with {0}. Please enter the name alone.").format(
		facts["start"]
	),
	"name_too_long": lambda facts: _("Please shorten the name to {0} characters.").format(facts["limit"]),
	"contact_missing": lambda facts: _("Please enter an e-mail address or a phone number of the candidate."),
	"email_kept": lambda facts: _(
		"Your application is kept under an e-mail address. Please type the one that is right."
	),
	"email_invalid": lambda facts: _(
		"Please check the e-mail address: it should look like name@example.com."
	),
	"email_is_formula": lambda facts: _(
		"An e-mail address can't start with {0} here. Please use another address, or a phone number."
	).format(facts["start"]),
	"email_too_long": lambda facts: _("Please use an e-mail address of at most {0} characters.").format(
		facts["limit"]
	),
	"email_throwaway": lambda facts: _(
		"This e-mail address works only for a short time. Please use one that is read for longer, or a phone number."
	),
	"email_needed_to_ask": lambda facts: _(
		"We ask people before we take their details, and can't write to this person. Please add an e-mail address."
	),
	"phone_invalid": lambda facts: _(
		"Please check the phone number. For a number of another country, start with + and the country code."
	),
	"note_too_long": lambda facts: _("Please shorten your note to {0} characters.").format(facts["limit"]),
	"relation_unknown": lambda facts: _("Please choose how you know this person from the list."),
	"resume_empty": lambda facts: _("The resume file is empty. Please choose another file."),
	"resume_too_large": lambda facts: _(
		"The resume is larger than {0} MB. Please choose a smaller file."
	).format(facts["limit"]),
	"resume_type": lambda facts: _("Please choose a PDF, DOC or DOCX file as the resume."),
	"resume_unreadable": lambda facts: _(
		"The resume can't be read. Please save it again, without a password, and choose that file."
	),
	"resume_unsafe": lambda facts: _(
		"The resume contains a program that runs when it is opened. Please save it without."
	),
	"resume_mislabelled": lambda facts: _(
		"The resume is named {0} but is something else inside. Please save it again as PDF, DOC or DOCX."
	).format(facts["claimed"]),
}
