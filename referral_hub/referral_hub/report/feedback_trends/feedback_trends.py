"""What newcomers ask about, and how they are answered: in time, after how many working hours, how it helped. For HR alone."""

import frappe
from frappe import _
from frappe.utils import add_years, getdate, nowdate

from referral_hub.paths.feedback import trends
from referral_hub.paths.rules.feedback_trends import Line
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	by = asked.by if asked.by in trends.BY else trends.BY[0]
	since, until = getdate(asked.since or add_years(nowdate(), -1)), getdate(asked.until or nowdate())
	found = trends.for_hr(by, since, until, asked.company or None)
	if by == "Month":
		found.sort(key=lambda line: line.group)
	names = _names(by, [line.group for line in found])
	rows = [_row(line, names.get(line.group) or line.group) for line in found]
	return columns(), rows, _said(), _chart(rows)


def columns() -> list[dict]:
	one_digit = {"precision": 1}
	return [
		column("group", _("Group", context="Feedback Trends"), "Data", 220),
		column("asked", _("Questions", context="Feedback Trends"), "Int", 100),
		column("people", _("People Who Asked", context="Feedback Trends"), "Int", 120),
		column("in_time", _("Answered in Time (%)", context="Feedback Trends"), "Percent", 150) | one_digit,
		column("hours", _("Working Hours to an Answer (Median)", context="Feedback Trends"), "Float", 220)
		| one_digit,
		column("came_back", _("Asked Again", context="Feedback Trends"), "Int", 110),
		column("rating", _("Rating (Mean)", context="Feedback Trends"), "Float", 110) | one_digit,
		column("rated", _("Rated", context="Feedback Trends"), "Int", 90),
	]


def _row(line: Line, name: str) -> dict:
	return {
		"group": name or _("None", context="Feedback Trends"),
		"asked": line.asked,
		"people": line.people,
		"in_time": line.percent_in_time,
		"hours": line.median_hours,
		"came_back": line.came_back,
		"rating": line.mean_rating and round(line.mean_rating, 1),
		"rated": line.rated,
	}


def _names(by: str, groups: list[str]) -> dict[str, str]:
	if by == "Topic":
		return {group: _(group, context="Path Feedback") for group in groups}
	if by == "Who Answered":
		users = {"name": ("in", groups or [""])}
		return dict(frappe.get_all("User", users, ["name", "full_name"], as_list=True))
	return {}


def _chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	values = {"name": _("Questions", context="Feedback Trends"), "values": [row["asked"] for row in rows]}
	return {"type": "bar", "data": {"labels": [row["group"] for row in rows], "datasets": [values]}}


def _said() -> str:
	return _(
		"In time means the first answer came before the clock ran out; a question without an answer is late once it did. Managers see no"
		" ratings, nothing that only HR may see, and no group in which fewer than five people asked."
	)
