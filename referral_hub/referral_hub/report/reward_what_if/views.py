"""The ways to look at what was played: columns, rows and a chart for each. Adds nothing up itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from frappe import _

from referral_hub.referral_hub.report.columns import column
from referral_hub.rewards import kinds
from referral_hub.rewards.promising import rule_words
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.history import Past
from referral_hub.rewards.rules.simulating.stacking import SEVERAL_HIRES
from referral_hub.rewards.simulating.service import CASTS, CURRENT, GOT, TRIED, Answer
from referral_hub.wording.counting import counted

IN_FORCE = "Rules in Force"
MOST_IN_CHART = 20
COLOURS = {GOT: "#8d99a6", CURRENT: "#5e64ff", TRIED: "#f5a623"}


@dataclass
class View:
	columns: list[dict]
	rows: list[dict]
	chart: dict | None = None


def by_month(answer: Answer) -> View:
	lines = answer.lines(tallies.by_month)
	head = column("month", _("Month of Payment"), "Data", 160)
	return View([head, *_figures()], [_row(answer, line, month=line.key) for line in lines], _bars(lines))


def by_department(answer: Answer) -> View:
	lines = answer.lines(tallies.by_department)
	rows = [_row(answer, line, department=line.key or None) for line in lines]
	head = column("department", _("Department That Hires"), "Link", 220, "Department")
	dearest = sorted(lines, key=lambda line: -line.of(TRIED).money)[:MOST_IN_CHART]
	return View([head, *_figures()], rows, _bars(dearest))


def by_month_and_department(answer: Answer) -> View:
	lines = answer.lines(tallies.by_month_and_department)
	rows = [_row(answer, line, month=line.key[0], department=line.key[1] or None) for line in lines]
	head = [
		column("month", _("Month of Payment"), "Data", 160),
		column("department", _("Department That Hires"), "Link", 220, "Department"),
	]
	return View([*head, *_figures()], rows, _bars(answer.lines(tallies.by_month)))


def by_kind(answer: Answer) -> View:
	"""Each kind in its own unit; what is not the same thing is apart."""
	columns = [
		column("kind", _("Kind"), "Data", 130),
		column("what", _("What", context="Reward What If"), "Data", 260),
		*(column(cast, label(cast), "Float", 130) for cast in CASTS),
		*(column(f"{cast}_times", _("{0}: How Often").format(label(cast)), "Int", 220) for cast in CASTS),
	]
	rows = []
	for line in answer.lines(tallies.by_kind):
		kind, currency, details = line.key
		figures = {cast: float(line.of(cast).amount) for cast in CASTS}
		times = {f"{cast}_times": line.of(cast).pieces for cast in CASTS}
		rows.append({"kind": _kind(kind), "what": _what(kind, currency, details), **figures, **times})
	return View(columns, rows)


def by_person(answer: Answer) -> View:
	"""Who wins and who loses, the most first; who gets the same is not listed."""
	lines = answer.gains()
	names = answer.history.names
	rows = [
		_row(answer, line, employee=line.key, employee_name=names.get(line.key) or line.key) for line in lines
	]
	head = [
		column("employee", _("Employee"), "Link", 140, "Employee"),
		column("employee_name", _("Employee Name"), "Data", 160),
	]
	return View([*head, *_figures()], rows, _gains(answer, lines))


def by_referral(answer: Answer) -> View:
	lines = {line.key: line for line in answer.lines(tallies.by_referral)}
	rules = {promised.past.referral: promised.terms for promised in answer.tried.promised}
	rows = []
	for past in sorted(answer.history.pasts, key=lambda past: (past.made_at, past.referral)):
		line, terms = lines.get(past.referral) or tallies.Line(past.referral), rules.get(past.referral)
		pays = terms.rule_name if terms and terms.milestones else ""
		rows.append(_row(answer, line, **_of_past(answer, past), rule=pays))
	columns = [*_about_referral(), column("rule", _("Rule That Would Pay"), "Data", 200), *_figures()]
	return View(columns, rows)


def unfit(answer: Answer) -> View:
	"""Referrals that no rule pays for, with what rules look at."""
	labels = _labels_of_opening()
	columns = [*_about_referral(), *(column(name, labels[name], "Data", 150) for name in labels)]
	rows = [
		{**_of_past(answer, past), **{name: getattr(past.facts, name) for name in labels}}
		for past in answer.tried.unfit
	]
	return View(columns, rows)


def stacked(answer: Answer) -> View:
	"""Where several things add up beyond the base: one line per combination."""
	columns = [
		column("rule", _("Rule"), "Data", 180),
		column("parts", _("What Adds Up"), "Data", 360),
		column("how", _("Several Factors"), "Data", 110),
		column("referrals", _("Referrals", context="Reward What If"), "Int", 100),
		column("base", _("Rule Alone"), "Currency", 130, "currency"),
		column("promised", _("Promised in All"), "Currency", 140, "currency"),
		column("base_points", _("Rule Alone, Points"), "Int", 140),
		column("promised_points", _("Promised in All, Points"), "Int", 170),
		column("times", _("Times the Rule"), "Float", 120),
		column("example", _("For Example"), "Link", 160, "Referral"),
	]
	rows = [
		{
			"rule": stack.rule,
			"parts": " + ".join(map(_part, stack.parts)),
			"how": _(stack.how),
			"referrals": len(stack.referrals),
			"base": float(stack.base),
			"promised": float(stack.promised),
			"base_points": int(stack.base_points),
			"promised_points": int(stack.promised_points),
			"times": float(stack.times() or 0),
			"example": stack.referrals[0],
			"currency": answer.worth.currency,
		}
		for stack in answer.stacks()
	]
	return View(columns, rows)


def budgets(answer: Answer) -> View:
	"""What was used of each program's budget at the end of each month, under both sets of rules."""
	columns = [
		column("program", _("Program", context="Reward What If"), "Link", 180, "Referral Program"),
		column("month", _("End of Month"), "Data", 120),
		column("limit", _("Budget"), "Currency", 140, "currency"),
		*(column(cast, label(cast), "Currency", 150, "currency") for cast in (CURRENT, TRIED)),
		column("percent", _("Used Under What If"), "Percent", 180),
	]
	rows = []
	for program, purse in sorted(answer.tried.purses.items()):
		burnt = {CURRENT: answer.current.purses[program].at_month_ends(), TRIED: purse.at_month_ends()}
		used = {cast: Decimal(0) for cast in burnt}
		for month in sorted({month for levels in burnt.values() for month in levels}):
			used = {cast: levels.get(month, used[cast]) for cast, levels in burnt.items()}
			rows.append(
				{
					"program": program,
					"month": month,
					"limit": float(purse.budget.limit),
					**{cast: float(figure) for cast, figure in used.items()},
					"percent": float(used[TRIED] * 100 / purse.budget.limit),
					"currency": purse.worth.currency,
				}
			)
	return View(columns, rows, _burn(rows))


VIEWS: dict[str, Callable[[Answer], View]] = {
	"By Month": by_month,
	"By Department": by_department,
	"By Month and Department": by_month_and_department,
	"By Kind": by_kind,
	"Winners and Losers": by_person,
	"Budgets": budgets,
	"What Adds Up": stacked,
	"No Rule Fits": unfit,
	"Each Referral": by_referral,
}


def label(cast: str) -> str:
	return {
		GOT: _("Really Got", context="Reward What If"),
		CURRENT: _("Rules in Force"),
		TRIED: _("What If"),
	}[cast]


def _figures() -> list[dict]:
	points = _("{0}, Points")
	return [
		*(column(cast, label(cast), "Currency", 140, "currency") for cast in CASTS),
		column("difference", _("Difference", context="Reward What If"), "Currency", 130, "currency"),
		*(column(f"{cast}_points", points.format(label(cast)), "Int", 170) for cast in CASTS),
		column("difference_points", _("Difference in Points"), "Int", 170),
	]


def _row(answer: Answer, line: tallies.Line, **key) -> dict:
	money, points = line.difference(TRIED, answer.question.compared_with)
	return {
		**key,
		**{cast: float(line.of(cast).money) for cast in CASTS},
		**{f"{cast}_points": int(line.of(cast).points) for cast in CASTS},
		"difference": float(money),
		"difference_points": int(points),
		"currency": answer.worth.currency,
	}


def _about_referral() -> list[dict]:
	return [
		column("referral", _("Referral"), "Link", 160, "Referral"),
		column("made_on", _("Referred On"), "Date", 110),
		column("employee_name", _("Referred By"), "Data", 150),
		column("department", _("Department That Hires"), "Link", 200, "Department"),
	]


def _of_past(answer: Answer, past: Past) -> dict:
	return {
		"referral": past.referral,
		"made_on": past.made_at.date(),
		"employee_name": answer.history.names.get(past.person) or past.person,
		"department": past.department,
	}


def _kind(kind: str) -> str:
	return kinds.kind_named(kind).label() if kinds.is_known(kind) else kind


def _what(kind: str, currency: str, details: str) -> str:
	"""Say of what kind one piece is, as employees read it."""
	if not kinds.is_known(kind):
		return currency
	said = kinds.kind_named(kind).in_words(Decimal(1), currency or None, json.loads(details or "{}"))
	return said if details else currency


def _part(part: tuple[str, str, str]) -> str:
	name, figure, title = part
	if name == SEVERAL_HIRES:
		return counted(figure, _("{title}: for {number} hire"), _("{title}: for {number} hires")).format(
			title=title, number=figure
		)
	return _("times {factor}").format(
		factor=rule_words.factor({"name": name, "factor": figure, "why": title})
	)


def _labels_of_opening() -> dict[str, str]:
	return {
		"designation": _("Designation", context="Reward What If"),
		"grade": _("Grade"),
		"employment_type": _("Employment Type"),
		"difficulty": _("Difficulty"),
		"urgency": _("Urgency"),
		"company": _("Company"),
	}


def _bars(lines: list[tallies.Line]) -> dict | None:
	labels = [
		" ".join(line.key) if isinstance(line.key, tuple) else line.key or _("None", context="Reward What If")
		for line in lines
	]
	datasets = [
		{"name": label(cast), "values": [float(line.of(cast).money) for line in lines]} for cast in CASTS
	]
	colours = [COLOURS[cast] for cast in CASTS]
	return _chart("bar", labels, datasets, colours) if labels else None


def _gains(answer: Answer, lines: list[tallies.Line]) -> dict | None:
	"""Show the largest winners and losers: in points where nobody's money differs."""
	if not lines:
		return None
	half = MOST_IN_CHART // 2
	shown = lines if len(lines) <= MOST_IN_CHART else [*lines[:half], *lines[-half:]]
	differences = [line.difference(TRIED, answer.question.compared_with) for line in shown]
	values, name = [float(money) for money, _points in differences], _("Difference", context="Reward What If")
	if not any(values):
		values, name = [float(points) for _money, points in differences], _("Difference in Points")
	names = [answer.history.names.get(line.key) or line.key for line in shown]
	return _chart("bar", names, [{"name": name, "values": values}], [COLOURS[TRIED]])


def _burn(rows: list[dict]) -> dict | None:
	"""Show the program that used most; the table has the others."""
	if not rows:
		return None
	program = max(rows, key=lambda row: row["percent"])["program"]
	rows = [row for row in rows if row["program"] == program]
	datasets = [{"name": label(cast), "values": [row[cast] for row in rows]} for cast in (CURRENT, TRIED)]
	datasets.append({"name": _("Budget"), "values": [row["limit"] for row in rows]})
	colours = [COLOURS[CURRENT], COLOURS[TRIED], "#d9534f"]
	return _chart("line", [row["month"] for row in rows], datasets, colours)


def _chart(kind: str, labels: list[str], datasets: list[dict], colours: list[str]) -> dict:
	return {
		"type": kind,
		"data": {"labels": labels, "datasets": datasets},
		"colors": colours,
		"fieldtype": "Float",
		"axisOptions": {"shortenYAxisNumbers": 1},
	}
