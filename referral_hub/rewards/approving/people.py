"""Who has to do with a reward: who recorded in HRMS what earned it, who approved it, who hands it to payroll."""

import frappe
from frappe import _
from frappe.utils import nowdate

from referral_hub.people import employments
from referral_hub.rewards import promises
from referral_hub.rewards.paying import case, salaries
from referral_hub.rewards.rules.documents import DRAFT
from referral_hub.rewards.rules.milestones import NEEDS_THE_HIRE
from referral_hub.rewards.rules.paying.approval import People, why_not_approve, why_not_decide, why_not_pay


class NotByThem(frappe.PermissionError):
	"""One person must not do both, or not for themselves."""


def maker_of(referral, milestone: str) -> str | None:
	"""Return who recorded the document of HRMS that earned this: the employee, the offer, or the applicant's last step."""
	if milestone in NEEDS_THE_HIRE and referral.hired_employee:
		return frappe.db.get_value("Employee", referral.hired_employee, "owner")
	if milestone == "Offered":
		offer = {"job_applicant": referral.job_applicant, "docstatus": ("<", 2)}
		if owner := frappe.db.get_value("Job Offer", offer, "owner"):
			return owner
	if not referral.job_applicant:
		return None
	return frappe.db.get_value("Job Applicant", referral.job_applicant, "modified_by")


def note_if_away(rewards: list) -> None:
	"""Keep on rewards that are earned now that whoever they pay is no active employee on this day."""
	status = dict(_of_employees({reward.employee for reward in rewards}, "status"))
	for reward in rewards:
		is_here = status.get(reward.employee) == "Active"
		if not is_here or "referrer_away_on" in reward.explanation:
			promises.put_in_explanation(reward, referrer_away_on=None if is_here else nowdate())
			promises.save(reward)


def record(reward, payout) -> None:
	"""Keep who recorded what earned a reward that is paid now, and who hands it over; a draft waits for that person."""
	reward.made_by = reward.made_by or _maker_in_case(reward)
	reward.paid_by = None if _is_draft(payout) else frappe.session.user


def _maker_in_case(reward) -> str | None:
	"""Return who recorded what earned this, of the new colleague as paying has read them."""
	referral = case.referral(reward)
	if reward.milestone in NEEDS_THE_HIRE and referral.hired_employee:
		return case.hire(reward).owner
	return maker_of(referral, reward.milestone) if referral else None


def _is_draft(payout) -> bool:
	if payout.doctype != salaries.PAYOUT or payout.is_draft is not None:
		return bool(payout.is_draft)
	return frappe.db.get_value(salaries.PAYOUT, payout.name, "docstatus") == DRAFT


def people_of(reward) -> People:
	hire = frappe.db.get_value("Referral", reward.referral, "hired_employee")
	return People(
		employments.users_of(reward.employee) | employments.users_of(reward.referrer),
		employments.users_of(hire),
		reward.made_by,
		reward.approved_by,
	)


def _of_employees(names: set[str], field: str) -> list[tuple]:
	filters = {"name": ("in", sorted(names))}
	return frappe.get_all("Employee", filters, ["name", field], as_list=True) if names else []


def are_separate() -> bool:
	return bool(frappe.get_cached_doc("Referral Hub Settings").separate_duties)


def refuse_decider(reward: str) -> None:
	"""Refuse the caller where the reward is for themselves or for their own hiring."""
	_refuse(why_not_decide(frappe.session.user, people_of(frappe.get_doc("Referral Reward", reward))))


def refuse_approver(reward, user: str) -> None:
	_refuse(why_not_approve(user, people_of(reward), are_separate()))


def refuse_giver(reward: str) -> None:
	"""Refuse the caller where they would hand over what is for themselves, or what one person alone must not."""
	refuse_payer(frappe.get_doc("Referral Reward", reward), frappe.session.user)


def refuse_payer(reward, user: str) -> None:
	_refuse(why_not_pay(user, people_of(reward), are_separate()))


def _refuse(code: str | None) -> None:
	if code:
		words = {
			"own_reward": _("This reward is for yourself. Let a colleague decide."),
			"own_hire": _("This reward is for your own hiring. Let a colleague decide."),
			"recorded_it": _("You recorded what earned this reward. Let a colleague decide."),
			"approved_it": _("You approved this reward. Let a colleague hand it to payroll."),
		}
		frappe.throw(words[code], NotByThem)
