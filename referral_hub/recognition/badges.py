"""Who gets which badge: by rule, when a count is reached, or from HR by hand with a reason; and how one is taken away again.

What was given is never deleted. A badge by rule whose cause is undone is revoked and says why; one that HR has withdrawn
by hand does not come back by itself.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_months, cint, getdate, nowdate

from referral_hub import kept
from referral_hub.people import employments
from referral_hub.recognition import telling
from referral_hub.recognition.policy import BADGE, Policy
from referral_hub.recognition.reading import AWARD, HELD, HR, REVOKED, REWARD, RULE, Known
from referral_hub.recognition.rules.badges import BadgeRule, earned, earned_again, is_still_earned


class NotNow(frappe.ValidationError):
	"""What is asked for can't be done with this badge; the message says what can."""


def to_give(found: Known, rules: Policy, today: date) -> dict:
	"""Return the badges earned by rule that somebody does not have: badge -> the day it was earned. One that ran out is earned anew."""
	had = {
		row.badge: row
		for row in found.awards
		if row.given_by == RULE and (row.state == HELD or row.revoked_by)
	}
	days = {badge: day for badge, day in earned(rules.badges, found.people).items() if badge not in had}
	for rule in rules.badges:
		last = had.get(rule.badge)
		if last and last.state == HELD and last.valid_until and last.valid_until < today:
			days[rule.badge] = earned_again(rule, found.people, last.awarded_on, today)
	return {badge: day for badge, day in days.items() if day}


def to_withdraw(found: Known, rules: Policy) -> list:
	"""Return the awards by rule of which neither the count they were given for is reached any more nor the one of today.

	A rule that HR ended or made harder takes nothing away.
	"""
	still, counted = earned(rules.badges, found.people), {rule.badge: rule for rule in rules.badges}
	held = [
		row for row in found.awards if row.given_by == RULE and row.state == HELD and row.badge in counted
	]
	return [
		row
		for row in held
		if row.badge not in still and not is_still_earned(_given_for(row, counted[row.badge]), found.people)
	]


def _given_for(award, now: BadgeRule) -> BadgeRule:
	return BadgeRule(now.badge, award.counts or now.counts, cint(award.at_least) or now.at_least)


def follow(found: Known, who: dict, rules: Policy, today) -> bool:
	"""Give what is earned and withdraw what is not any more; the person is locked by the caller."""
	given, gone = to_give(found, rules, today) if who else {}, to_withdraw(found, rules)
	asks = {rule.badge: {"counts": rule.counts, "at_least": rule.at_least} for rule in rules.badges}
	for badge, day in given.items():
		award = _award(who, badge, RULE, "", day, source=(BADGE, badge), **asks[badge])
		telling.badge_given(award, is_news=telling.is_new(day, today))
	for row in gone:
		_revoke(row.name, _("Referrals were corrected: what it was given for is not reached any more."), None)
	return bool(given or gone)


def give(employee: str, badge: str, reason: str) -> str:
	"""HR gives a badge by hand. Raises NotNow for oneself, for somebody who left or has it already, or without a reason."""
	reason = _needed(reason)
	_refuse_own(employee)
	who = frappe.db.get_value(
		"Employee",
		employee,
		["name as employee", "employee_name", "company", "status"],
		as_dict=True,
		for_update=True,
	)
	if not who or who.pop("status") != employments.ACTIVE:
		frappe.throw(_("Only people who work here can be given a badge."), NotNow)
	if not frappe.db.get_value(BADGE, badge, "enabled"):
		frappe.throw(_("{0} is disabled.").format(badge), NotNow)
	found = {"employee": ("in", employments.records_of(employee)), "badge": badge, "state": HELD}
	rows = frappe.db.get_values(AWARD, found, ["valid_until"], as_dict=True, for_update=True)
	if any(not row.valid_until or row.valid_until >= getdate(nowdate()) for row in rows):
		frappe.throw(_("{0} has this badge already.").format(who.employee_name), NotNow)
	award = _award(who, badge, HR, reason, getdate(nowdate()), given_by_user=frappe.session.user)
	telling.badge_given(award)
	return award.name


def withdraw(name: str, reason: str) -> None:
	"""HR takes a badge away. Raises NotNow for one that a reward has brought: that is undone with the reward."""
	reason = _needed(reason)
	row = frappe.db.get_value(
		AWARD, name, ["employee", "state", "given_by", "source_name"], as_dict=True, for_update=True
	)
	_refuse_own(row and row.employee)
	if not row or row.state != HELD:
		frappe.throw(_("It is not held any more."), NotNow)
	if (row.given_by or REWARD) == REWARD:
		words = _("It came with the reward {0}. Void that reward, and the badge goes with it.")
		frappe.throw(words.format(row.source_name), NotNow)
	_revoke(name, reason, frappe.session.user)


def _refuse_own(employee: str | None) -> None:
	"""Rewards can be for a badge, so nobody gives one to themselves, nor takes their own away."""
	if frappe.session.user in employments.users_of(employee):
		frappe.throw(_("Somebody else decides about your own badges."), NotNow)


def _needed(reason: str) -> str:
	reason = (reason or "").strip()
	if not reason:
		frappe.throw(_("Please say why."), NotNow)
	return reason


def _award(who: dict, badge: str, given_by: str, reason: str, day, source=(None, None), **more):
	months = cint(frappe.get_cached_value(BADGE, badge, "valid_months"))
	award = frappe.new_doc(AWARD)
	award.update(
		{
			**{name: who.get(name) for name in ("employee", "employee_name", "company")},
			"badge": badge,
			"state": HELD,
			"awarded_on": day,
			"valid_until": add_months(day, months) if months else None,
			"given_by": given_by,
			"reason": reason,
			"source_doctype": source[0],
			"source_name": source[1],
			**more,
		}
	)
	_save(award)
	return award


def _revoke(name: str, reason: str, user: str | None) -> None:
	award = frappe.get_doc(AWARD, name, for_update=True)
	award.update({"state": REVOKED, "revoked_on": nowdate(), "revoked_because": reason, "revoked_by": user})
	_save(award)
	telling.badge_withdrawn(award)


def _save(award) -> None:
	award.flags.ignore_links = True  # a badge or a person may be gone; that it was held is not
	with kept.writing(award):
		award.insert(ignore_permissions=True) if award.is_new() else award.save(ignore_permissions=True)
