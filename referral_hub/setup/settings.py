"""What Referral Hub Settings refuses: values that would break a promise later, far from where they were typed.

Called by the controller of the settings.
"""

import frappe
from frappe import _
from frappe.utils import cint, flt

from referral_hub.background import start_after_commit
from referral_hub.matching import embedding
from referral_hub.points.finance import policy
from referral_hub.recognition import service as recognition
from referral_hub.referrals.sharing.posters import pictures
from referral_hub.rewards.rules.promising.checks import LARGEST_OF_OTHERS
from referral_hub.setup import web_forms
from referral_hub.talent.rules.requests import MOST_DAYS

NOT_NEGATIVE = (
	"no_show_grace_days",
	"named_referrer_days",
	"link_lifetime_days",
	"invitations_per_day",
	"invitation_resend_days",
)


def check(settings) -> None:
	for field in NOT_NEGATIVE:
		if cint(settings.get(field)) < 0:
			frappe.throw(_("{0} can't be negative.").format(_(settings.meta.get_label(field))))
	for field in ("recall_days", "recall_open_days"):
		if cint(settings.get(field)) > MOST_DAYS:
			words = _("{0}: at most {1} working days.")
			frappe.throw(words.format(_(settings.meta.get_label(field)), MOST_DAYS))
	if cint(settings.resume_max_size_mb) < 1:
		frappe.throw(_("Allow resumes of at least 1 MB."))
	pictures.check_themes(settings)
	_check_component(settings.cash_salary_component)
	_check_deduction(settings.claw_back_component)
	_check_approvers(settings)
	_check_program(settings.default_program)
	policy.check(settings)
	recognition.check(settings)
	embedding.check(settings)


def follow(settings) -> None:
	"""Let what others show follow what was saved."""
	web_forms.ask_or_not(cint(settings.named_referrer_days))
	recognition.follow_settings(settings)
	start_after_commit("referral_hub.tasks.ask_approvers_again", once_as="ask_approvers_again")


def _check_component(component: str | None) -> None:
	kind = component and frappe.db.get_value("Salary Component", component, "type")
	if kind and kind != "Earning":
		frappe.throw(
			_("{0} is a deduction. Cash rewards need a Salary Component of type Earning.").format(component)
		)


def _check_deduction(component: str | None) -> None:
	kind = component and frappe.db.get_value("Salary Component", component, "type")
	if kind and kind != "Deduction":
		words = _("{0} is an earning. What is owed needs a Salary Component of type Deduction.")
		frappe.throw(words.format(component))


def _check_approvers(settings) -> None:
	"""Refuse a role that could never open what it is to approve."""
	can_read = {row.role for row in frappe.get_meta("Referral Reward").permissions if row.read}
	for limit in settings.approval_limits:
		if not flt(limit.above) <= flt(LARGEST_OF_OTHERS):
			words = _("Row {0}: {1} can be at most {2}.")
			label = _(limit.meta.get_label("above"))
			frappe.throw(words.format(limit.idx, label, f"{LARGEST_OF_OTHERS:,}"))
		if limit.role not in can_read:
			words = _(
				"Row {0}: the role {1} can't read Referral Rewards. Give it that in the Role Permissions Manager first."
			)
			frappe.throw(words.format(limit.idx, _(limit.role)))


def _check_program(program: str | None) -> None:
	if program and not frappe.db.get_value("Referral Program", program, "enabled"):
		frappe.throw(_("Program {0} is disabled. Choose one that employees can refer under.").format(program))
