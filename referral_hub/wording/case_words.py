"""Words for what was decided about a referral: why it is not paid or not possible, and what HR should look at.

In the language of whoever reads; used where the referral is made, in its rewards, on the portal and in the desk.
"""

from functools import reduce

from frappe import _

from referral_hub.referrals.rules.deciding.cases import Case
from referral_hub.wording.counting import counted


def who(case: str) -> str:
	"""Say what ties the employee to the opening or the candidate, to the employee."""
	return {
		Case.HIRING_MANAGER: _("you are the hiring manager of this opening"),
		Case.INTERVIEWER: _("you are an interviewer for this opening"),
		Case.RECRUITER: _("you recruit for this opening"),
		Case.HR_USER: _("you work in HR"),
		Case.DIRECT_LEADER: _("the new colleague would report to you"),
		Case.SAME_DEPARTMENT: _("the opening is in your own department"),
		Case.ON_PROBATION: _("you are on probation"),
		Case.UNDER_NOTICE: _("you are leaving the company"),
		Case.FAMILY: _("the candidate is family of yours"),
		Case.CURRENT_EMPLOYEE: _("the candidate works here already"),
	}[Case(case)]


def refused(case: str) -> str:
	return _("Under this program you can't refer here, because {0}. Please ask HR if that is not so.").format(
		who(case)
	)


def unpaid(cases: list[str]) -> str:
	"""Say why a success is not paid; empty when it is."""
	if not cases:
		return ""
	reasons = reduce(lambda told, more: _("{0}, and {1}").format(told, more), map(who, cases))
	return _("This referral counts, but is not paid, because {0}.").format(reasons)


def signal(code: str, facts: dict) -> str:
	"""Say to HR what is worth a look."""
	return {
		"own_contact": _("The contact of the candidate was corrected to one of the referrer's own."),
		"contact_of_colleague": _(
			"The contact of the candidate was corrected to one of somebody who works here."
		),
		"shared_phone": _("The phone number is somebody else's too, under another name and e-mail."),
		"late_tie": _("Since the referral the referrer has got a part in hiring for this opening: {case}."),
		"burst": counted(
			facts.get("number"),
			_("{number} referral by the same employee within an hour."),
			_("{number} referrals by the same employee within an hour."),
		),
		"strangers": counted(
			facts.get("number"),
			_("{number} referral without a relation and without a word about the person."),
			_("{number} referrals in a row without a relation and without a word about the person."),
		),
		"contact_reused": counted(
			facts.get("number"),
			_("The same e-mail or phone was referred under {number} other name."),
			_("The same e-mail or phone was referred under {number} other names."),
		),
		"resume_reused": counted(
			facts.get("number"),
			_("The same resume file is with {number} other person."),
			_("The same resume file is with {number} other people."),
		),
		"favour_returned": _("The candidate used to work here and once referred the referrer."),
		"throwaway_email": _(
			"The e-mail address is of a provider of throw-away addresses. Ask for another one soon."
		),
		"family_not_declared": _(
			"The phone number is the referrer's emergency contact, but the relation is not given as family."
		),
		"family_of_colleague": _(
			"The phone number is the emergency contact of another employee: {employees}."
		),
	}[code].format(**{name: _said(name, value) for name, value in facts.items()})


def _said(name: str, value) -> str:
	return _(value) if name == "case" else _plain(value)


def _plain(value) -> str:
	return ", ".join(value) if isinstance(value, list) else str(value)
