"""What saving a Performance Path refuses, in words: a path that does not hang together can't be shown to anybody.

Called by the DocType's controller; the API imports through it as well, so that a file brings in nothing a form would refuse.
"""

from math import isfinite

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from referral_hub.paths import reading, sources
from referral_hub.paths.rules import ladder
from referral_hub.paths.rules.ladder import Flaw

LARGEST_NUMBER = 1_000_000_000
_NUMBERS = {
	"levels": ("usual_months", "pay_from", "pay_to", "bonus_percent"),
	"requirements": ("target", "weight"),
}


class InvalidPath(frappe.ValidationError):
	"""A path whose levels do not hang together."""


def tidy(path: Document) -> None:
	"""Take blanks off the codes that rows name each other by, make numbers of what was sent for numbers, and name the currency of pay."""
	for level in path.levels:
		level.code, level.follows = (level.code or "").strip(), (level.follows or "").strip()
	for requirement in path.requirements:
		requirement.level = (requirement.level or "").strip()
		requirement.requirement = (requirement.requirement or "").strip()
		sources.tidy(requirement)
	for table, fields in _NUMBERS.items():
		for row in path.get(table):
			row.update({field: _number(row.get(field)) for field in fields})
	for level in path.levels:
		if (level.pay_from or level.pay_to) and not level.currency:
			level.currency = reading.currency_of(path)


def check(path: Document) -> None:
	if words := problems_in_words(path):
		frappe.throw("<br>".join(words), InvalidPath)


def problems_in_words(path: Document) -> list[str]:
	"""Say everything that is wrong with the levels of a path; empty when nothing is."""
	codes = {level.code for level in path.levels}
	lost = sorted({row.level for row in path.requirements if row.level not in codes})
	words = [
		_("Requirements are of level {0}, which is not on the path.").format(_safe(code)) for code in lost
	]
	words += [
		_("Level {0}: the lowest pay is above the highest.").format(_safe(level.code))
		for level in path.levels
		if level.pay_to and (level.pay_from or 0) > level.pay_to
	]
	words += [
		_("Row {0}: numbers can be at most {1}.").format(row.idx, f"{LARGEST_NUMBER:,}")
		for table, fields in _NUMBERS.items()
		for row in path.get(table)
		if any(abs(row.get(field)) > LARGEST_NUMBER for field in fields)
	]
	words += [
		_("Level {0}, {1}: {2}").format(_safe(row.level), _safe(row.requirement), problem)
		for row in path.requirements
		for problem in sources.problems(row)
	]
	said = _words()
	found = ladder.flaws(reading.ladder_of(path))
	return words + [said[flaw].format(_safe(code), _safe(requirement)) for flaw, code, requirement in found]


def _number(value) -> float:
	"""What is no number, or none that a database keeps, is 0: the rules say where 0 will not do."""
	number = flt(value)
	return number if isfinite(number) else 0.0


def _words() -> dict[Flaw, str]:
	return {
		Flaw.NO_LEVELS: _("A path needs at least one level."),
		Flaw.NO_CODE: _("Every level needs a code."),
		Flaw.SAME_CODE: _("Code {0} is used by more than one level."),
		Flaw.UNKNOWN_LEVEL: _("Level {0} follows a level that is not on the path."),
		Flaw.SEVERAL_STARTS: _("Level {0} follows none, but the path has begun already."),
		Flaw.CIRCLE: _("Level {0} follows itself, over other levels or directly."),
		Flaw.SAME_PLACE: _("Level {0} has the designation and grade of another level."),
		Flaw.NO_TARGET: _("Level {0}, {1}: the target has to be above 0."),
		Flaw.NO_WEIGHT: _("Level {0}, {1}: the weight has to be above 0."),
		Flaw.SAME_REQUIREMENT: _("Level {0}: {1} is required more than once."),
	}


def _safe(text: str) -> str:
	"""Messages of the desk are HTML."""
	return frappe.utils.escape_html(text)
