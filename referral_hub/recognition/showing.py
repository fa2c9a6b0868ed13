"""What people see of score, level and badges: their owner all of it, colleagues what the owner shows. Few queries."""

from collections.abc import Collection
from dataclasses import dataclass

import frappe
from frappe.utils import cint, getdate, nowdate

from referral_hub.people import employments, wishes
from referral_hub.recognition import policy
from referral_hub.recognition.reading import AWARD, HELD, RECOGNITION, awards_of, known
from referral_hub.recognition.rules import levels, score
from referral_hub.recognition.rules.done import Done, done
from referral_hub.recognition.rules.levels import Standing
from referral_hub.recognition.rules.score import Part

SHOWN, HIDDEN = "Shown", "Hidden"


@dataclass(frozen=True)
class Mine:
	"""All that is counted of one person, as of now, and their awards."""

	did: Done
	score: float
	parts: tuple[Part, ...]
	level: Standing | None
	following: Standing | None
	awards: list


def of(employee: str) -> Mine:
	"""Return what one person has come to, by all records of theirs."""
	today, rules = getdate(nowdate()), policy.read()
	found = known({employee: employments.records_of(employee)}, rules.months, today)[employee]
	did = done(found.people)
	asked = rules.levels, found.people, rules.weights, today
	return Mine(
		did,
		score.shown(score.score(did, rules.weights)),
		score.parts(did, rules.weights),
		levels.reached(*asked),
		levels.following(*asked),
		found.awards,
	)


def is_shown(visibility: str | None) -> bool:
	"""Say whether colleagues see a badge or level: its owner decides, else the company."""
	if visibility in (SHOWN, HIDDEN):
		return visibility == SHOWN
	return not cint(frappe.get_cached_doc(policy.SETTINGS).recognition_private)


def levels_of(names: Collection[str]) -> dict[str, str]:
	"""Return the level of each of these people where colleagues see it."""
	names = set(names)
	if not names:
		return {}
	held = {"employee": ("in", [*names]), "level": ("is", "set")}
	rows, said = frappe.get_all(RECOGNITION, held, ["employee", "level"]), wishes.wishes_of(names)
	return {
		row.employee: row.level
		for row in rows
		if is_shown(said.get(row.employee, {}).get("level_visibility"))
	}


def badges_of(names: Collection[str]) -> dict[str, list[str]]:
	"""Return which badges of these people colleagues see, the newest first, by whichever record they were given."""
	owners = {name: name for name in names}
	for name in employments.with_others(owners) & owners.keys() if owners else ():
		owners |= dict.fromkeys(employments.records_of(name), name)
	found: dict[str, list[str]] = {}
	for award in reversed(awards_of(owners)):
		shown = found.setdefault(owners[award.employee], [])
		if is_held(award) and is_shown(award.visibility) and award.badge not in shown:
			shown.append(award.badge)
	return found


def is_held(award, today=None) -> bool:
	return award.state == HELD and (not award.valid_until or award.valid_until >= getdate(today or nowdate()))


def show_badge(employee: str, award: str, is_to_be_shown: bool) -> bool:
	"""Show or hide one's own badge; False for an award that is nobody's of this person."""
	mine = {"name": award, "employee": ("in", employments.records_of(employee)), "state": HELD}
	name = frappe.db.get_value(AWARD, mine)
	if name:
		frappe.db.set_value(AWARD, name, "visibility", SHOWN if is_to_be_shown else HIDDEN)
	return bool(name)
