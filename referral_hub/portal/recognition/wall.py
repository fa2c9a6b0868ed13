"""The wall of thanks: who refers best now, who won a draw, whose referrals were rewarded, which badges colleagues show; and one's own leave."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, nowdate

from referral_hub.messages import preferences
from referral_hub.people import employments
from referral_hub.people.wishes import NO, YES
from referral_hub.points.draw import prizes, reading
from referral_hub.points.rules import draw
from referral_hub.portal import page, paging, words
from referral_hub.portal.recognition import names
from referral_hub.recognition import boards
from referral_hub.recognition.rules.leaderboard import SCORE
from referral_hub.recognition.thanks import wall
from referral_hub.rewards.rules.periods import QUARTER, period_of

PATH = "/referrals/wall"
BEST = 3
DRAWN_DAYS = 90


@page.for_employees
def get_context(context):
	if not wall.is_on():
		return page.not_found(context)
	if frappe.request.method == "POST":
		return _say(context)
	found = told(context.employee, frappe.form_dict.get("page"))
	context.update(title=_("Wall of thanks"), saved=bool(frappe.form_dict.get("saved")), **found)
	return None


def told(me, asked_page=None) -> frappe._dict:
	"""Return what the page shows to this employee; the best and the winners stand on its first page alone."""
	entries = wall.entries(me.company)
	pages = paging.pages_of(len(entries), asked_page, PATH)
	is_first, period = pages.number == 1, period_of(getdate(nowdate()), QUARTER)
	return frappe._dict(
		mine=leave_of(me.name),
		period=period,
		period_words=words.period(period),
		best=_best(me) if is_first else [],
		winners=_winners(me) if is_first else [],
		entries=[_entry(entry, me) for entry in entries[pages.start : pages.start + paging.SIZE]],
		pages=pages,
	)


def leave_of(employee: str) -> frappe._dict:
	"""Return what an employee has said of being thanked here."""
	chosen = preferences.preference_of(employee)
	return frappe._dict(thanks=chosen.get("thanks") or "", incognito=bool(cint(chosen.get("incognito"))))


def give_leave(employee: str, is_given: bool) -> None:
	preferences.save(employee, channels={}, thanks=YES if is_given else NO)


def _say(context) -> page.Redirect:
	give_leave(context.employee.name, bool(cint(frappe.form_dict.get("thanks"))))
	return page.Redirect(f"{PATH}?saved=1")


def _best(me) -> list[frappe._dict]:
	period = period_of(getdate(nowdate()), QUARTER)
	lines = boards.board(me, period, SCORE).lines if boards.are_on() else []
	return [
		frappe._dict(
			place=words.number(line.place),
			name=line.name or _("A colleague"),
			beside=names.beside(line.level, line.badges, line.department),
			value=words.number(line.value),
			is_mine=line.is_mine,
		)
		for line in lines
		if line.place <= BEST
	][: 2 * BEST]


def _winners(me) -> list[frappe._dict]:
	since = getdate(add_days(nowdate(), -DRAWN_DAYS))
	drawn = [
		row
		for row in reading.draws_for(me)
		if row.state == draw.DRAWN and row.drawn_on and getdate(row.drawn_on) >= since
	]
	found = [
		(row, winner)
		for row in reading.complete(drawn, me.name)
		for winner in row.winners
		if winner.state != prizes.GIVEN_UP
	]
	here = _working_with(me, {winner.employee for _row, winner in found})
	return [
		frappe._dict(
			who=winner.who,
			prize=words.in_language(winner, "prize"),
			draw=words.in_language(row, "draw_name"),
			drawn_on=row.drawn_on,
		)
		for row, winner in found
		if winner.employee in here
	]


def _working_with(me, employees: set[str]) -> set[str]:
	"""Return who of these works in the reader's company now, by whichever of their records they are given."""
	if not employees:
		return set()
	active = {"name": ("in", [*employees]), "company": me.company, "status": employments.ACTIVE}
	return {*frappe.get_all("Employee", active, pluck="name"), *employments.earlier_records(me.company)}


def _entry(entry: wall.Entry, me) -> frappe._dict:
	return frappe._dict(
		name=entry.name,
		beside=names.beside(entry.level, [], entry.department),
		words=_words(entry),
		month=words.month(entry.day),
		is_mine=entry.employee == me.name,
	)


def _words(entry: wall.Entry) -> list[str]:
	thanks = [_("Thank you for recommending people to us.")] if entry.is_thanked else []
	return [*thanks, *[_("Badge: {0}").format(names.badge(badge)) for badge in entry.badges]]
