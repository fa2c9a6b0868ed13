"""Score, level, badges, leaderboards and the wall of thanks for signed-in employees, as JSON.

Who asks is always the active Employee of the session's user, else 403. Words are in the user's language, dates ISO. Colleagues are named as
on the pages: who wishes not to be named is not.
"""

import frappe
from frappe.utils import cint, sbool

from referral_hub.api.contract import caller
from referral_hub.api.contract.problems import not_found
from referral_hub.portal.recognition import mine, people, wall
from referral_hub.recognition import boards, showing
from referral_hub.recognition.thanks import wall as thanks


@frappe.whitelist(methods=["GET"])
def recognition() -> dict:
	"""Return the caller's own score, level and badges.

	{"score" (0..100), "parts": [{title, why, brings}], "level": {title, until, perks} or null, "level_is_shown", "next": {title, words, reached,
	needed} or null, "badges": [{name, title, about, on, why, is_shown}], "withdrawn": [{title, gone_on, gone_because}]}.
	"""
	told = mine.told(caller.employee().name)
	return {
		"score": told.mine.score,
		"parts": told.parts,
		"level": told.level,
		"level_is_shown": told.level_is_shown,
		"next": told.ahead,
		"badges": [_only(row, "name", "title", "about", "on", "why", "is_shown") for row in told.badges],
		"withdrawn": [_only(row, "title", "gone_on", "gone_because") for row in told.gone],
	}


@frappe.whitelist(methods=["POST"])
def show_level(show: bool) -> None:
	"""Let colleagues see the caller's level, or hide it from them.

	:param show: true or false
	"""
	mine.show_level(caller.employee().name, bool(sbool(show)))


@frappe.whitelist(methods=["POST"])
def show_badge(badge: str, show: bool) -> None:
	"""Let colleagues see a badge of the caller's, or hide it from them.

	:param badge: `name` of a badge as `recognition` lists it, else 404
	:param show: true or false
	"""
	if not showing.show_badge(caller.employee().name, badge, bool(sbool(show))):
		not_found()


@frappe.whitelist(methods=["GET"])
def leaderboard(
	length: str = "Quarter", by: str = "score", among: str = "company", before: bool = False
) -> dict:
	"""Return who refers best in the caller's company, or their department, or the departments per head.

	:param length: "Month", "Quarter" or "Year"
	:param by: "score" or "hires", or "points" where HR lets points be compared
	:param among: "company", "department" or "teams"
	:param before: the period before the one that runs
	What is none of these is taken as the first. Returns {"period", "by", "among", "lines": [{place, name, beside, value, is_mine}], "my_place",
	"mine", "teams": [{name, people, value, is_mine}]}, 404 where HR has switched it off; `my_place` and `mine` where the caller is further down, else null. `name` is "A
	colleague" for who wishes not to be named.
	"""
	asked = {"length": length, "by": by, "among": among, "when": people.BEFORE if sbool(before) else ""}
	me = caller.employee()
	told = people.told(me, asked) if boards.are_on() else not_found()
	keys = ("period", "lines", "my_place", "mine", "teams")
	return {"by": told.measure, "among": told.scope} | {key: told[key] for key in keys}


@frappe.whitelist(methods=["GET"])
def wall_of_thanks(page_number: int = 1) -> dict:
	"""Return the wall of thanks of the caller's company, 20 entries a page, the newest first; 404 where HR has switched it off.

	{"thanks": what the caller said of being thanked there, "Yes", "No" or "", "incognito", "period", "best": [{place, name, beside, value,
	is_mine}], "winners": [{who, prize, draw, drawn_on}], "entries": [{name, beside, words: [words], month, is_mine}],
	"page", "pages"}. The best and the winners are on the first page alone.
	"""
	told = wall.told(_me_on_wall(), cint(page_number))
	found = {key: told[key] for key in ("period", "best", "winners", "entries")}
	return {**told.mine, **found, "page": told.pages.number, "pages": told.pages.last}


@frappe.whitelist(methods=["POST"])
def thank_me(yes: bool) -> None:
	"""Keep whether the caller may be thanked on the wall; it holds for what stands there already too.

	:param yes: true or false
	"""
	wall.give_leave(_me_on_wall().name, bool(sbool(yes)))


def _me_on_wall() -> frappe._dict:
	me = caller.employee()
	return me if thanks.is_on() else not_found()


def _only(row: dict, *keys: str) -> dict:
	return {key: row.get(key) for key in keys}
