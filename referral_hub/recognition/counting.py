"""Lets what is kept of people follow their referrals: score, level, badges by rule. Derived from all records at once.

Called by a job when a referral of theirs moves, and every night for whoever a lost job or a new day left behind.
Counted again from the same records it comes to the same figures.
"""

from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.people import employments
from referral_hub.recognition import badges, policy, standings, telling
from referral_hub.recognition.policy import PERKS, Policy
from referral_hub.recognition.reading import RECOGNITION, Known, everybody, known
from referral_hub.recognition.rules import levels, score
from referral_hub.recognition.rules.done import days_of, done, known_on

CHUNK = 500
PART_COLUMNS = {part: f"{part}_part" for part in score.PARTS}
COUNTS = ("referrals", "ended", "hires", "stayed", "left_early")
WHO = ("employee", "employee_name", "company", "department")


def recount(person: str, today: date | None = None) -> bool:
	"""Let everything of one person follow their referrals; say whether anything changed.

	The lock comes before any plain read: what is read after it is all that the one before has committed. `person` is the
	record that `employments.person_of` returns, so that all who count for one person meet at the same lock.
	"""
	frappe.db.get_value("Employee", person, "name", for_update=True)
	today, rules = getdate(today or nowdate()), policy.read()
	found = known({person: sorted(employments.records_of(person))}, rules.months, today)
	who = _present(found)[person]
	_add_standings(found)
	each = found[person]
	changed = [_keep(each, who, rules, today), badges.follow(each, who, rules, today)]
	return any([*changed, standings.keep(each, who, rules)])


def out_of_date(today: date | None = None) -> list[str]:
	"""Return whoever is kept otherwise than their referrals say. Plain reads, some hundreds of people at once."""
	today, rules = getdate(today or nowdate()), policy.read()
	people, left_behind = everybody(), []
	names = [*people]
	for start in range(0, len(names), CHUNK):
		some = {name: people[name] for name in names[start : start + CHUNK]}
		found = known(some, rules.months, today)
		present = _present(found)
		_add_standings(found)
		left_behind += [
			person for person, each in found.items() if _differs(each, present[person], rules, today)
		]
	return left_behind


def values(found: Known, rules: Policy, today: date) -> dict:
	"""Return what is to be kept of one person's score and level."""
	did, at = done(found.people), levels.reached(rules.levels, found.people, rules.weights, today)
	parts = {part.name: part.brings for part in score.parts(did, rules.weights)}
	return {
		"level": at.level.name if at else None,
		"held_until": at.held_until if at else None,
		**(rules.perks[at.level.name] if at else dict.fromkeys(PERKS, 0)),
		"score": score.shown(score.score(did, rules.weights)),
		**{PART_COLUMNS[name]: score.shown(brings) for name, brings in parts.items()},
		**{name: getattr(did, name) for name in COUNTS},
	}


def _keep(found: Known, who: dict, rules: Policy, today: date) -> bool:
	"""Keep one row for a person, of the record they have now; somebody without any referral has none."""
	row, *others = found.kept or [None]
	for other in others:
		frappe.db.delete(RECOGNITION, {"name": other.name})
	if not found.people or not who:
		if row:
			frappe.db.delete(RECOGNITION, {"name": row.name})
		return bool(row)
	wanted = who | values(found, rules, today)
	if row and not _differing(row, wanted):
		return bool(others)
	_write(row, wanted, rules, today, found.people)
	return True


def _write(row, wanted: dict, rules: Policy, today: date, people: list) -> None:
	was, now = (row.level if row else None), wanted["level"]
	if was != now:
		wanted |= {"level_since": today if now else None, "former_level": was}
	if row:
		frappe.db.set_value(RECOGNITION, row.name, wanted)
	else:
		frappe.get_doc(
			{"doctype": RECOGNITION, "name": frappe.generate_hash(length=10), **wanted}
		).db_insert()
	rank = {level.name: level.rank for level in rules.levels}
	if now and was != now and rank[now] > rank.get(was, 0):
		is_news = _is_news(people, rules, rank[now], today, is_first=not row)
		telling.level_reached(wanted["employee"], now, wanted["held_until"], is_news)


def _is_news(people: list, rules: Policy, rank: int, today: date, is_first: bool) -> bool:
	"""Say whether a level was reached by something of these days; a first count asks what level it was some weeks ago."""
	if not any(telling.is_new(day, today) for day in days_of(people)):
		return False
	if not is_first:
		return True
	then = telling.before_news(today)
	before = levels.reached(rules.levels, known_on(people, then), rules.weights, then)
	return before is None or before.level.rank < rank


def _differs(found: Known, who: dict, rules: Policy, today: date) -> bool:
	if len(found.kept) > 1 or bool(found.kept) != bool(found.people and who):
		return True
	if who and (badges.to_give(found, rules, today) or badges.to_withdraw(found, rules)):
		return True
	if standings.is_out_of_date(found, who, rules):
		return True
	return bool(found.kept) and bool(_differing(found.kept[0], who | values(found, rules, today)))


def _differing(row, wanted: dict) -> list[str]:
	return [name for name, value in wanted.items() if (row.get(name) or None) != (value or None)]


def _add_standings(found: dict[str, Known]) -> None:
	"""Read what leaderboards hold of these people, and the points they got: two queries."""
	person_of = {name: person for person, each in found.items() for name in each.records}
	for row in standings.kept_of([*person_of]):
		found[person_of[row.employee]].standings.append(row)
	for name, month, number in standings.points_of([*person_of]):
		points = found[person_of[name]].points
		points[month] = points.get(month, 0) + number


def _present(found: dict[str, Known]) -> dict[str, dict]:
	"""Return the record each person has now, as `employments.record_now` chooses it, read at once."""
	names = [name for each in found.values() for name in each.records]
	rows = frappe.get_all(
		"Employee",
		{"name": ("in", names or ["-"])},
		["name", "status", *WHO[1:]],
		order_by="date_of_joining desc, name asc",
	)
	by_name = {row.name: row for row in rows}
	described = {}
	for person, each in found.items():
		first = by_name.get(each.records[0])
		active = [row for row in rows if row.name in each.records and row.status == employments.ACTIVE]
		row = first if not active or (first and first in active) else active[0]
		each.is_here = bool(active)
		described[person] = _as_who(row) if row else {}
	return described


def _as_who(row) -> dict:
	return {"employee": row.name} | {name: row[name] for name in WHO[1:]}
