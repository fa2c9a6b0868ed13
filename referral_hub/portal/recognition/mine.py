"""My score and why it is what it is, my level and the way to the next, my badges, and who may see them."""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.messages import preferences
from referral_hub.portal import page, words
from referral_hub.recognition import showing
from referral_hub.recognition.rules.levels import HIRES, Standing
from referral_hub.recognition.rules.score import HIRES as SHARE
from referral_hub.recognition.rules.score import SPEED, STAYING, VOLUME, shown
from referral_hub.rewards.rules.periods import ANY_TIME
from referral_hub.wording import kept_words
from referral_hub.wording.counting import counted

PATH = "/referrals/recognition"


@page.for_employees
def get_context(context):
	if frappe.request.method == "POST":
		return _show_or_hide(context)
	found = told(context.employee.name)
	context.update(title=_("Recognition"), saved=bool(frappe.form_dict.get("saved")), **found)
	return None


def told(employee: str) -> frappe._dict:
	"""Return what an employee sees of their own score, level and badges, in words."""
	mine, chosen = showing.of(employee), preferences.preference_of(employee)
	return frappe._dict(
		mine=mine,
		parts=[_part(part, mine.did) for part in mine.parts],
		score=words.number(mine.score),
		level=_level(mine.level),
		ahead=_ahead(mine.following),
		level_is_shown=showing.is_shown(chosen.get("level_visibility")),
		badges=[_badge(row) for row in mine.awards if showing.is_held(row)],
		gone=[_badge(row) for row in mine.awards if row.revoked_because],
	)


def show_level(employee: str, is_to_be_shown: bool) -> None:
	value = showing.SHOWN if is_to_be_shown else showing.HIDDEN
	preferences.save(employee, channels={}, level_visibility=value)


def _show_or_hide(context):
	form = frappe.form_dict
	is_to_be_shown = bool(cint(form.get("show")))
	if form.get("badge"):
		if not showing.show_badge(context.employee.name, form.badge, is_to_be_shown):
			return page.not_found(context)
	else:
		show_level(context.employee.name, is_to_be_shown)
	return page.Redirect(f"{PATH}?saved=1")


def _part(part, did) -> frappe._dict:
	said = {
		VOLUME: (_("People referred"), words.number(did.referrals)),
		SHARE: (
			_("Share of hires"),
			_("{0} hired of {1} that ended").format(words.number(did.hires), words.number(did.ended)),
		),
		STAYING: (
			_("They stayed"),
			_("{0} stayed, {1} left early").format(words.number(did.stayed), words.number(did.left_early)),
		),
		SPEED: (_("How soon they came"), _days(did.took_days)),
	}[part.name]
	brings = _("{0} of {1}", context="score").format(
		words.number(shown(part.brings)), words.number(shown(part.of))
	)
	return frappe._dict(title=said[0], why=said[1], brings=brings)


def _days(took: tuple[int, ...]) -> str:
	if not took:
		return _("Nobody has come yet.")
	middle = took[(len(took) - 1) // 2]
	if not middle:
		return _("Half of them on the same day")
	return counted(middle, _("Half of them within {0} day"), _("Half of them within {0} days")).format(
		words.number(middle)
	)


def _level(at: Standing | None) -> frappe._dict | None:
	if not at:
		return None
	row = frappe.get_cached_doc("Referral Level", at.level.name)
	perks = [
		row.training_priority and _("You are first in line for training."),
		row.promotion_priority and _("You are looked at first for promotion."),
		words.in_language(row, "perks"),
	]
	until = _("Held until {0}.").format(words.day_for_good(at.held_until)) if at.held_until else ""
	return frappe._dict(title=words.in_language(row, "level_name"), until=until, perks=[*filter(None, perks)])


def _ahead(next_one: Standing | None) -> frappe._dict | None:
	if not next_one:
		return None
	row = frappe.get_cached_doc("Referral Level", next_one.level.name)
	reached, needed = float(next_one.reached), float(next_one.level.at_least)
	figures = words.number(reached), words.number(needed)
	if next_one.level.counts == HIRES:
		said = counted(needed, _("{0} of {1} hire"), _("{0} of {1} hires")).format(*figures)
	else:
		said = _("A score of {0}, {1} is needed").format(*figures)
	if next_one.level.period != ANY_TIME:
		said = _("{0}: {1}", context="a period and a figure").format(words.period(next_one.period), said)
	return frappe._dict(
		title=words.in_language(row, "level_name"), words=said, reached=reached, needed=needed
	)


def _badge(row) -> frappe._dict:
	there = frappe.get_cached_value("Recognition Badge", row.badge, "name")
	badge = frappe.get_cached_doc("Recognition Badge", row.badge) if there else {"badge_name": row.badge}
	return frappe._dict(
		name=row.name,
		title=words.in_language(badge, "badge_name"),
		about=words.in_language(badge, "description"),
		on=row.awarded_on,
		why=row.reason if row.given_by == "HR" else "",
		gone_because=kept_words.in_words(row.revoked_because),
		gone_on=row.revoked_on,
		is_shown=showing.is_shown(row.visibility),
	)
