"""Keeps why a referral was decided as it was, and says it: a sentence to the employee, everything to HR.

The record holds words of the rules and their inputs, no contact of anybody; sentences are made in the reader's language.
"""

import json
from functools import reduce

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime, now_datetime

from referral_hub.referrals.rules.deciding.cases import Ruling
from referral_hub.referrals.rules.deciding.signals import Signal
from referral_hub.referrals.rules.eligibility import Decision
from referral_hub.wording import case_words, dates, openings
from referral_hub.wording.counting import counted

# what the inputs of a check call a record -> where its name stands
_NAMED = {"employee": ("Employee", "employee_name"), "opening": ("Job Opening", "job_title")}
_DATES = ("from", "to", "on", "closes_on")


def record(employee: str, decision: Decision, ruling: Ruling) -> str:
	checks = [{"check": check.name, "passed": check.passed, **check.inputs} for check in decision.checks]
	return frappe.as_json(
		{
			"sentence": _may_refer(employee, len(checks)),
			"decided_on": now_datetime(),
			"checks": checks,
			**cases_of(ruling),
		}
	)


def cases_of(ruling: Ruling) -> dict:
	return {
		"cases": [
			{"case": case, "may_be_paid": treatment.may_be_paid, "flag_to_hr": treatment.flag_to_hr}
			for case, treatment in ruling.held
		],
		"unpaid_because": list(ruling.unpaid_because),
	}


def flags_of(ruling: Ruling, signals: list[Signal]) -> list[dict]:
	"""Return what HR should look at: cases the program shows to HR, then signals."""
	cases = [{"code": "case", "facts": {"case": case}} for case in ruling.shown_to_hr]
	return cases + [{"code": signal.code, "facts": signal.facts} for signal in signals]


def flag(row, code: str, facts: dict | None = None) -> None:
	"""Let HR see on a referral, once, what came up after it was made; the caller holds its lock."""
	new = {"code": code, "facts": facts or {}}
	flags = [kept for kept in json.loads(row.flags_data or "[]") if kept != new]
	row.db_set({"flagged": 1, "flags_data": frappe.as_json([*flags, new])}, notify=True)


def told_to_hr(referral) -> str:
	"""Return the decision of a referral as HTML for HR's form."""
	decision = json.loads(referral.decision or "{}")
	parts = [_moved(referral), _flags(worth_a_look(referral)), _sentences(decision)]
	return "".join(filter(None, [*parts, _checks(decision)]))


def worth_a_look(referral) -> list[str]:
	"""Return what HR should look at, a sentence each."""
	return [_flag(flag) for flag in json.loads(referral.flags_data or "[]")]


def _moved(referral) -> str:
	"""Say that the applicant is for another opening by now, which changes nothing of the referral."""
	opening = openings.moved_to(referral)
	if not opening:
		return ""
	words = _(
		"The applicant is for another opening now: {0}. The referral, its promise and its recruiter stay those of the first one. The referrer reads that it is another one, not which."
	).format(openings.title_of(opening) or opening)
	return f'<div class="alert alert-info">{escape_html(words)}</div>'


def _sentences(decision: dict) -> str:
	told = [_summary(decision)]
	if unpaid := case_words.unpaid(decision.get("unpaid_because") or []):
		told.append(_("The referrer reads: {0}").format(unpaid))
	if cases := decision.get("cases"):
		told.append(_("Special cases: {0}").format(_all(_(case["case"]) for case in cases)))
	return "".join(f"<p>{escape_html(sentence)}</p>" for sentence in told if sentence)


def _summary(decision: dict) -> str | None:
	"""Say in one sentence that the referral was allowed: in the reader's language, with the name as it is now."""
	checks = decision.get("checks") or []
	employee = next((check["employee"] for check in checks if check.get("employee")), None)
	if not employee:
		return decision.get("sentence")
	return _may_refer(_value("employee", employee), len(checks))


def _may_refer(employee: str, checks: int) -> str:
	return counted(
		checks,
		_("{0} may refer this person: {1} check passed, and nobody else owns the candidate."),
		_("{0} may refer this person: {1} checks passed, and nobody else owns the candidate."),
	).format(employee, checks)


def _flags(sentences: list[str]) -> str:
	if not sentences:
		return ""
	items = "".join(f"<li>{escape_html(sentence)}</li>" for sentence in sentences)
	title = escape_html(_("Worth a look"))
	return f'<div class="alert alert-warning"><strong>{title}</strong><ul class="mb-0">{items}</ul></div>'


def _flag(flag: dict) -> str:
	if flag["code"] == "case":
		return _("Special case: {0}").format(_(flag["facts"]["case"]))
	return case_words.signal(flag["code"], flag["facts"])


def _checks(decision: dict) -> str:
	rows = "".join(_row(check) for check in decision.get("checks") or [])
	if not rows:
		return ""
	when = decision.get("decided_on")
	title = escape_html(_("Checked on {0}").format(format_datetime(when))) if when else ""
	head = f"<tr><th>{escape_html(_('Check', context='Referral Hub'))}</th><th>{escape_html(_('Looked at'))}</th></tr>"
	return f'<p class="text-muted small">{title}</p><table class="table table-bordered small">{head}{rows}</table>'


def _row(check: dict) -> str:
	inputs = [
		escape_html(
			_("{0}: {1}", context="Referral Hub").format(_input_names().get(name, name), _value(name, value))
		)
		for name, value in check.items()
		if name not in ("check", "passed") and value not in (None, "", [])
	]
	label = _check_names().get(check["check"], check["check"])
	mark = "✓" if check["passed"] else "✗"
	return f"<tr><td>{mark} {escape_html(label)}</td><td>{'<br>'.join(inputs)}</td></tr>"


def _value(name: str, value) -> str:
	"""Return what was looked at as people say it: names for codes, dates in the reader's order, words for states."""
	if name in _NAMED:
		doctype, title = _NAMED[name]
		return frappe.db.get_value(doctype, value, title) or value
	if name in _DATES:
		return dates.said(value)
	if isinstance(value, list):
		return _all(_(each) for each in value)
	if isinstance(value, bool):
		return _("Yes", context="Referral Hub") if value else _("No", context="Referral Hub")
	if name == "status":
		states = {"Active": _("Active", context="Referral Hub"), "Open": _("Open", context="Referral Hub")}
		return states.get(value, value)
	return str(value)


def _all(words) -> str:
	return reduce(lambda said, more: _("{0}, {1}", context="Referral Hub").format(said, more), words)


def _check_names() -> dict[str, str]:
	return {
		"referrer": _("The referrer works here"),
		"opening": _("The opening takes referrals"),
		"program": _("The program applies"),
		"limits": _("The referrer is within the limits"),
		"not_oneself": _("Nobody refers themselves"),
		"no_colleague": _("The candidate does not work here"),
		"cases": _("Special cases allow it"),
		"no_recent_applicant": _("The candidate has not applied lately"),
	}


def _input_names() -> dict[str, str]:
	return {
		"employee": _("Employee"),
		"status": _("Status"),
		"opening": _("Job Opening", context="Referral"),
		"closes_on": _("Closes On"),
		"program": _("Program", context="Referral"),
		"company": _("Company"),
		"department": _("Department"),
		"grade": _("Grade"),
		"from": _("Starts On"),
		"to": _("Ends On", context="Referral Program"),
		"on": _("On the day"),
		"compared": _("People compared"),
		"days": _("Days looked back"),
		"cases": _("Special Cases"),
		"open": _("Open referrals"),
		"limit": _("Limit", context="Referral"),
		"this_month": _("This month"),
		"is_slowed": _("Slowed down"),
	}
