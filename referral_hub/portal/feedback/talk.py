"""A question and what happened to it, in words. Called by the pages beside this file."""

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from referral_hub.paths.feedback import clock, telling
from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import State
from referral_hub.portal import words

ADDRESS = telling.PAGE


def topics() -> dict[str, str]:
	return {
		"Tasks": _("Tasks", context="Path Feedback"),
		"Goals": _("Goals", context="Path Feedback"),
		"Training": _("Learning the work"),
		"Team": _("The team"),
		"Working Time and Pay": _("Working time and pay"),
		"Other": _("Something else"),
	}


def line(row, mine: bool) -> dict:
	"""Say one question in a list."""
	overdue = is_overdue(row)
	return {
		"address": f"{ADDRESS}/{row.name}",
		"topic": topics().get(row.topic) or row.topic,
		"who": "" if mine else row.employee_name,
		"question": row.question,
		"standing": standing(row, mine),
		"overdue": overdue,
		"only_hr": cint(row.only_hr),
		"meaning": _meaning(row, overdue),
		"is_open": row.state == State.OPEN,
	}


def is_overdue(row) -> bool:
	return rules.is_overdue(clock.standing_of(row), clock.aware(now_datetime()))


def standing(row, mine: bool) -> str:
	"""Say where a question stands, for who asked it or for who answers."""
	if row.state == State.OPEN:
		if is_overdue(row):
			return _("An answer was due: {0}").format(words.moment(row.due_on))
		said = _("You get an answer by {0}") if mine else _("Please answer by {0}")
		return said.format(words.moment(row.due_on))
	if row.state == State.ANSWERED:
		return _("Answered {0}").format(words.day(row.answered_on))
	if row.state == State.WITHDRAWN:
		return _("Taken back {0}").format(words.day(row.resolved_on))
	return _("Settled {0}").format(words.day(row.resolved_on))


def entries(row, talk: list) -> list[dict]:
	"""Say all that happened after the question, oldest first: {"text", "words", "when", "side"}."""
	names = _names({entry.by_user for entry in talk} | {entry.to_user for entry in talk})
	return [
		{
			"text": _told(entry, row, names),
			"words": entry.words or "",
			"when": entry.happened_on,
			"changes": _changes(entry),
		}
		for entry in talk
		if entry.act != "Asked"
	]


def _told(entry, row, names: dict[str, str]) -> str:
	who = row.employee_name if entry.side == rules.Side.ASKER else names.get(entry.by_user) or _("Somebody")
	to = names.get(entry.to_user) or ""
	told = {
		"Wrote": _("{0} wrote").format(who),
		"Answered": _("{0} answered").format(who),
		"Handed Over": _("{0} answers from now on").format(to or who),
		"Goal Adjusted": _("{0} adjusted a goal").format(who),
		"Settled": _("{0} was content").format(who),
		"Asked Again": _("{0} asked again").format(who),
		"Taken Back": _("{0} took it back").format(who),
		"Closed by Time": _("Closed, because nothing was added"),
		"First Reminder": _("Half of the time was over: a reminder went out"),
		"Second Reminder": _("Most of the time was over: a reminder went out"),
		"Overdue": _("The time was over: HR was told"),
	}
	return told[entry.act]


def _changes(entry) -> list[str]:
	"""Say what became of a goal."""
	if not entry.facts:
		return []
	facts = frappe.parse_json(entry.facts)
	before, after = facts["before"], facts["after"]
	said = [_("Goal: {0}").format(after["goal_name"])]
	if before["goal_name"] != after["goal_name"]:
		said.append(_("Before: {0}").format(before["goal_name"]))
	if before["end_date"] != after["end_date"]:
		day_before = words.day_for_good(before["end_date"]) if before["end_date"] else _("no day")
		day_after = words.day_for_good(after["end_date"]) if after["end_date"] else _("no day")
		said.append(_("Until {0}, before: {1}").format(day_after, day_before))
	return said


def _meaning(row, overdue: bool) -> str:
	if overdue:
		return "problem"
	return {State.OPEN.value: "waiting", State.ANSWERED.value: "good"}.get(row.state, "")


def _names(users: set) -> dict[str, str]:
	found = {"name": ("in", sorted(filter(None, users)))}
	return dict(frappe.get_all("User", found, ["name", "full_name"], as_list=True))
