"""Who refers best: by month, quarter or year, by score, hires or points, in my company, my department, or by department per head."""

from datetime import timedelta
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from referral_hub.portal import page, words
from referral_hub.portal.recognition import names
from referral_hub.recognition import boards
from referral_hub.recognition.rules.leaderboard import HIRES, LENGTHS, POINTS, SCORE
from referral_hub.rewards.rules.periods import MONTH, QUARTER, YEAR, first_day_of, period_of
from referral_hub.wording.counting import counted

PATH = "/referrals/people"
COMPANY, DEPARTMENT, TEAMS = "company", "department", "teams"
BEFORE = "before"


@page.for_employees
def get_context(context):
	if not boards.are_on():
		return page.not_found(context)
	context.update(title=_("Who refers best"), **told(context.employee, frappe.form_dict))
	return None


def told(me, form: dict) -> frappe._dict:
	"""Return the board somebody asked for; what makes no sense is not asked for. `form`: length, by, among, when."""
	length = form.get("length") if form.get("length") in LENGTHS else QUARTER
	measure = form.get("by") if form.get("by") in boards.measures() else SCORE
	scopes = [COMPANY, *([DEPARTMENT] if me.department else []), TEAMS]
	scope = form.get("among") if form.get("among") in scopes else COMPANY
	is_before = form.get("when") == BEFORE
	day = getdate(nowdate())
	if is_before:
		day = first_day_of(day, length) - timedelta(days=1)
	period = period_of(day, length)
	found = boards.teams(me.company, period, measure) if scope == TEAMS else None
	board = None if scope == TEAMS else boards.board(me, period, measure, _department(me, scope))
	return frappe._dict(
		period=period,
		period_words=words.period(period),
		measure=measure,
		scope=scope,
		length=length,
		is_before=is_before,
		lines=[_line(line, measure) for line in board.lines] if board else [],
		mine=board and board.mine and _figure(board.mine.value, measure),
		my_place=board and board.mine and words.number(board.mine.place),
		teams=[_team(team, measure, me) for team in found or ()],
		choices=_choices(scopes),
		smallest=boards.smallest(),
		head=_measures()[measure],
		other=_address(length, measure, scope, not is_before),
	)


def _department(me, scope: str) -> str | None:
	return me.department if scope == DEPARTMENT else None


def _choices(scopes: list[str]) -> frappe._dict:
	lengths = {
		MONTH: _("Month", context="Leaderboard"),
		QUARTER: _("Quarter", context="Leaderboard"),
		YEAR: _("Year", context="Leaderboard"),
	}
	among = {COMPANY: _("My company"), DEPARTMENT: _("My department"), TEAMS: _("Departments, per head")}
	return frappe._dict(
		lengths=lengths.items(),
		measures=[(name, label) for name, label in _measures().items() if name in boards.measures()],
		among=[(name, label) for name, label in among.items() if name in scopes],
	)


def _address(length: str, measure: str, scope: str, is_before: bool) -> str:
	asked = {"length": length, "by": measure, "among": scope} | ({"when": BEFORE} if is_before else {})
	return f"{PATH}?{urlencode(asked)}"


def _measures() -> dict[str, str]:
	return {
		SCORE: _("Score", context="Leaderboard"),
		HIRES: _("Hires", context="Leaderboard"),
		POINTS: _("Points", context="Leaderboard"),
	}


def _line(line, measure: str) -> frappe._dict:
	return frappe._dict(
		place=words.number(line.place),
		name=line.name or _("A colleague"),
		beside=names.beside(line.level, line.badges, line.department),
		value=_figure(line.value, measure),
		is_mine=line.is_mine,
	)


def _team(team, measure: str, me) -> frappe._dict:
	return frappe._dict(
		name=names.department(team.name),
		people=counted(team.people, _("{0} person"), _("{0} people")).format(words.number(team.people)),
		value=words.number(round(team.per_head, 2)),
		is_mine=team.name == me.department,
	)


def _figure(value: float, measure: str) -> str:
	return words.points(int(value)) if measure == POINTS else words.number(value)
