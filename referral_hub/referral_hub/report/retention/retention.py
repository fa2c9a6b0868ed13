"""Who is still here after 3, 6 and 12 months, of those who were referred, called back, or came otherwise; with what it rests on."""

import frappe
from frappe import _
from frappe.utils import add_years, getdate, nowdate

from referral_hub.paths import staying
from referral_hub.paths.rules import retention
from referral_hub.paths.rules.retention import MONTHS, Way
from referral_hub.paths.rules.survival import Curve, Point
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language

CHART_MONTHS = 12


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	by = asked.by if asked.by in staying.BY else staying.BY[0]
	today = getdate()
	since, until = getdate(asked.since or add_years(nowdate(), -3)), getdate(asked.until or today)
	stays, rows = staying.stays(since, until, asked.company or None, today)
	stays = staying.comparable(by, stays, today)
	found = retention.curves(stays, staying.groups(by, rows), today)
	names = {group: _group(by, group) for group in found}
	table = [_row(names[group], curve, left) for group, (curve, left) in found.items()]
	return (
		columns(),
		table,
		_said(by),
		_chart({names[group]: curve for group, (curve, _left) in found.items()}),
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
		column("hires", _("Hires", context="Retention"), "Int", 100),
		column("left", _("Left", context="Retention"), "Int", 100),
		*each,
		column("median", _("Half Stay Longer Than (Months)", context="Retention"), "Float", 150),
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
