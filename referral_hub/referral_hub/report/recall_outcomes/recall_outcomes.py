"""What calling people back comes to: how many answered, came back and stayed, and how sure one can be of it."""

import frappe
from frappe import _
from frappe.utils import add_years, getdate, nowdate

from referral_hub.insights.asking import NONE, Page
from referral_hub.referral_hub.report import drilling
from referral_hub.referral_hub.report.columns import column
from referral_hub.talent import outcomes
from referral_hub.talent.rules.outcomes import OUTCOMES, Rate
from referral_hub.wording.asked_for import in_their_language
from referral_hub.wording.counting import counted

CALLED = "called"


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	by = asked.by if asked.by in outcomes.BY else "Reason"
	until = getdate(asked.until or nowdate())
	since = getdate(asked.since or add_years(until, -1))
	if asked.step in STEPS:
		return _records(asked, by, since, until)
	found = outcomes.rates(by, since, until, asked.company or None)
	rows = [
		{"group": _group(by, group), "key": drilling.key(group), CALLED: _called(rates)} | _cells(rates)
		for group, rates in found.items()
	]
	rows.sort(key=lambda row: (-row["called"], row["group"]))
	return columns(), rows, _said(), _chart(by, found)


def columns() -> list[dict]:
	outcome_columns = [
		column(_fieldname(each), _title(each), "Data", 260) | {"opens": 1} for each in OUTCOMES
	]
	return [
		column("group", _("Group", context="Recall Outcomes"), "Data", 220),
		drilling.figure(CALLED, _("People Called", context="Recall Outcomes")),
		*outcome_columns,
	]


def _records(asked, by: str, since, until) -> tuple:
	"""Return the people behind a figure."""
	group = None if not asked.group else "" if asked.group == NONE else asked.group
	found = outcomes.behind(by, since, until, asked.company or None, group, STEPS[asked.step])
	rows = [
		row
		| {
			"record": row.name,
			"reason": _(row.reason, context="Talent Pool Record"),
			"state": _(row.state, context="Talent Pool Record"),
		}
		for row in found
	]
	label = _title(STEPS[asked.step]) if STEPS[asked.step] else _("People Called", context="Recall Outcomes")
	return drilling.records(_record_columns(), rows, Page(rows, len(rows), 1), label)


def _record_columns() -> list[dict]:
	return [
		column("record", _("Talent Pool Record"), "Link", 160, "Talent Pool Record"),
		column("person_name", _("Name", context="Talent Pool Record"), "Data", 160),
		column("reason", _("Why in the Pool", context="Talent Pool Record"), "Data", 150),
		column("state", _("State", context="Talent Pool Record"), "Data", 120),
		column("called_on", _("First Called On", context="Recall Outcomes"), "Datetime", 170),
		column("matched_on", _("Applied Again", context="Recall Outcomes"), "Datetime", 170),
		column("hired_on", _("Hired", context="Recall Outcomes"), "Date", 120),
		column("company", _("Company"), "Data", 160),
	]


def _chart(by: str, found: dict[str, dict[str, Rate]]) -> dict | None:
	"""Draw how many of each group came to which outcome, the most called first."""
	if not found:
		return None
	ordered = sorted(found.items(), key=lambda row: (-_called(row[1]), row[0]))
	lines = [
		{"name": _title(each), "values": [round(100 * rates[each].share) for _group_of, rates in ordered]}
		for each in OUTCOMES
	]
	labels = [_group(by, group) for group, _rates in ordered]
	title = _("Of those called, in %", context="Recall Outcomes")
	return {"type": "bar", "data": {"labels": labels, "datasets": lines}, "title": title}


def in_words(rate: Rate) -> str:
	"""Say a rate with the span it is known within: 5 of 12: 42 % (19 to 68 %)."""
	if not rate.of:
		return ""
	return _("{count} of {of}: {share} % ({low} to {high} %)").format(
		count=rate.count,
		of=rate.of,
		share=round(100 * rate.share),
		low=round(100 * rate.low),
		high=round(100 * rate.high),
	)


def _said() -> str:
	return _(
		"People called in this time, and what they did after the first call of each group. The span in brackets holds the true rate in"
		" 95 of 100 cases (Wilson 1927); a wide one says that too few people were called to compare."
	)


def _cells(rates: dict[str, Rate]) -> dict[str, str]:
	return {_fieldname(outcome): in_words(rate) for outcome, rate in rates.items()}


def _called(rates: dict[str, Rate]) -> int:
	return next(iter(rates.values())).of


def _fieldname(outcome: str) -> str:
	return frappe.scrub(outcome)


# what can be asked for: the figure's column, and the outcome it counts; whoever was called is none
STEPS = {CALLED: None} | {_fieldname(each): each for each in OUTCOMES}


def _title(outcome: str) -> str:
	return {
		"Replied": _("Replied", context="Recall Outcomes"),
		"Interested": _("Interested", context="Recall Outcomes"),
		"Applied Again": _("Applied Again", context="Recall Outcomes"),
		"Hired": _("Hired", context="Recall Outcomes"),
		"Retained": _("Still Here after 6 Months", context="Recall Outcomes"),
	}[outcome]


def _group(by: str, group: str) -> str:
	if not group:
		return _("None", context="Recall Outcomes")
	if by == "Reason":
		return _(group, context="Talent Pool Record")
	return (
		counted(
			group, _("{0} day", context="Recall Outcomes"), _("{0} days", context="Recall Outcomes")
		).format(group)
		if by == "Step"
		else group
	)
