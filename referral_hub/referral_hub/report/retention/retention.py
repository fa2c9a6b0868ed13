"""Who is still here after 3, 6 and 12 months, of those who were referred, called back, or came otherwise; with what it rests on."""

import frappe
from frappe import _
from frappe.utils import add_years, getdate, nowdate

from referral_hub.insights.asking import NONE, Page
from referral_hub.paths import staying
from referral_hub.paths.rules import retention
from referral_hub.paths.rules.retention import MONTHS, Hire, Way
from referral_hub.paths.rules.survival import Curve, Point
from referral_hub.referral_hub.report import drilling
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language

CHART_MONTHS = 12
# figures whose records can be asked for
STEPS = ("hires", "left")


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	by = asked.by if asked.by in staying.BY else staying.BY[0]
	today = getdate()
	since, until = getdate(asked.since or add_years(nowdate(), -3)), getdate(asked.until or today)
	stays, rows = staying.stays(since, until, asked.company or None, today)
	stays = staying.comparable(by, stays, today)
	group_of = staying.groups(by, rows)
	if asked.step in STEPS:
		return _records(asked, stays, rows, group_of)
	found = retention.curves(stays, group_of, today)
	names = {group: _group(by, group) for group in found}
	table = [
		_row(names[group], curve, left) | {"key": drilling.key(group)}
		for group, (curve, left) in found.items()
	]
	return (
		columns(),
		table,
		_said(by),
		_chart({names[group]: curve for group, (curve, _left) in found.items()}),
		_summary(table),
	)


def columns() -> list[dict]:
	each = []
	for month in MONTHS:
		each += [
			column(
				f"kept_{month}",
				_("Still Here after {0} Months (%)", context="Retention").format(month),
				"Percent",
				170,
			)
			| {"precision": 1},
			column(f"span_{month}", _("Known Within", context="Retention"), "Data", 120),
			column(f"at_risk_{month}", _("At Risk", context="Retention"), "Int", 100),
		]
	return [
		column("group", _("Group", context="Retention"), "Data", 200),
		drilling.figure("hires", _("Hires", context="Retention"), 100),
		drilling.figure("left", _("Left", context="Retention"), 100),
		*each,
		column("median", _("Half Stay Longer Than (Months)", context="Retention"), "Float", 150),
	]


def _records(asked, stays: list[Hire], rows: dict[str, frappe._dict], group_of: dict[str, str]) -> tuple:
	"""Return the stays behind a figure, each with the record it began with; the latest first."""
	wanted = None if not asked.group else "" if asked.group == NONE else asked.group
	shown = [
		_stay(rows[stay.first], stay)
		for stay in sorted(stays, key=lambda stay: (stay.joined_on, stay.first), reverse=True)
		if (asked.step == "hires" or stay.left_on) and wanted in (None, group_of.get(stay.first, ""))
	]
	label = _("Hires", context="Retention") if asked.step == "hires" else _("Left", context="Retention")
	return drilling.records(_record_columns(), shown, Page(shown, len(shown), 1), label)


def _record_columns() -> list[dict]:
	return [
		column("employee", _("Employee"), "Link", 150, "Employee"),
		column("employee_name", _("Employee Name"), "Data", 170),
		column("joined_on", _("Joined On", context="Insights"), "Date", 120),
		column("left_on", _("Left On", context="Insights"), "Date", 120),
		column("department", _("Department"), "Data", 170),
		column("company", _("Company"), "Data", 160),
	]


def _stay(row, stay: Hire) -> dict:
	said = {"employee": stay.first, "joined_on": stay.joined_on, "left_on": stay.left_on}
	return said | {name: row[name] for name in ("employee_name", "department", "company")}


def _summary(table: list[dict]) -> list[dict]:
	hires, left = (sum(row[step] for row in table) for step in STEPS)
	return [
		drilling.summed(_("Hires", context="Retention"), hires),
		drilling.summed(_("Left", context="Retention"), left, indicator="Orange" if left else "Green"),
	]


def _row(group: str, curve: Curve, left: int) -> dict:
	row = {"group": group, "hires": curve.number, "left": left, "median": _rounded(curve.median())}
	for month, point in retention.kept(curve).items():
		row |= _cells(month, point)
	return row


def _cells(month: int, point: Point | None) -> dict:
	"""Nothing where nobody has been watched that long: an empty cell is no nought."""
	if not point:
		return {
			f"kept_{month}": None,
			f"span_{month}": _("not known yet", context="Retention"),
			f"at_risk_{month}": 0,
		}
	span = "" if point.low is None else f"{round(100 * point.low)} - {round(100 * point.high)} %"
	return {
		f"kept_{month}": round(100 * point.survival, 1),
		f"span_{month}": span,
		f"at_risk_{month}": point.at_risk,
	}


def _chart(curves: dict[str, Curve]) -> dict | None:
	"""Draw the groups of which a whole year is known."""
	labels = range(CHART_MONTHS + 1)
	lines = [
		{"name": group, "values": [round(100 * point.survival, 1) for point in points]}
		for group, curve in curves.items()
		if all(points := [curve.at(float(month)) for month in labels])
	]
	if not lines:
		return None
	options = {"regionFill": 0, "hideDots": 0}
	return {
		"data": {
			"labels": [str(month) for month in labels],
			"datasets": lines,
			# begins at nought, also where nobody left
			"yMarkers": [{"label": "", "value": 0}],
		},
		"type": "line",
		"lineOptions": options,
		"title": _("Still here after so many months (%)"),
	}


def _said(by: str) -> str:
	said = _(
		"Kaplan-Meier: who is still here counts for as long as they have been here. At Risk is how many are watched at that time; Known Within"
		" holds the true share in 95 of 100 cases (Greenwood's variance, log-log). A transfer is no leaving; who comes back after a break is"
		" hired again."
	)
	if by != "Questions":
		return said
	return (
		said
		+ " "
		+ _("Compared are those who stayed for a month at least: who left earlier had less time to ask.")
	)


def _rounded(number: float | None) -> float | None:
	return None if number is None else round(number, 1)


def _group(by: str, group: str) -> str:
	if not group:
		return _("None", context="Retention")
	if by == "Questions":
		return {
			staying.ASKED: _("Asked Something in the First Month", context="Retention"),
			staying.SILENT: _("Asked Nothing in the First Month", context="Retention"),
		}[group]
	if by != "Way":
		return _(group) if by == "Source" else group
	return {
		Way.REFERRED: _("Referred", context="Retention"),
		Way.RECALLED: _("Called Back", context="Retention"),
		Way.OTHER: _("Others", context="Retention"),
	}[Way(group)]
