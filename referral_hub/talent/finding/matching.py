"""Who fits what: the best openings for somebody, the best people for an opening, and who is like somebody.

The seam for a match engine: who has one names it in the hook `referral_hub_match_engine`; the last one named is asked. Ours compares what words
mean, in English and Chinese (`matching/pool.py`). An engine sees plain data, never a name or a contact. What the caller may not
read is neither compared nor returned.
"""

from collections.abc import Callable
from functools import partial
from typing import Protocol

import frappe
from frappe.utils import cint

from referral_hub.matching.rules.pool.pooling import is_short
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.talent.finding import proposing
from referral_hub.talent.rules.fitting import Fit, Offered, Wish
from referral_hub.talent.states import NOT_CALLED

DOCTYPE = "Talent Pool Record"
HOOK = "referral_hub_match_engine"
# so many are compared: who was, or would be, what is looked for, or names it, then the likeliest to come back
MOST_PEOPLE = 1000
_NAMING = ("skills", "note")
# what a word of a note stands behind; the first one behind nothing
_BEFORE_WORDS = ("", *(f"%{mark}" for mark in " \n>,;/(，、；（。："))
_WISHES = [
	"name",
	"preferred_designation",
	"designation",
	"preferred_location",
	"skills",
	"note",
	"questions",
]
_SHOWN = ["name", "person_name", "designation", "reason", "happened_on", "likelihood"]


class Engine(Protocol):
	"""What a match engine answers; a Fit is named by the key of what fits, the best come first.

	It may also say by `words_of(opening)` and `words_like(person)` which words those use who may fit: of a large pool they are compared first.
	"""

	def openings_for(self, person: Wish, openings: list[Offered], most: int) -> list[Fit]: ...

	def people_for(self, opening: Offered, people: dict[str, Wish], most: int) -> list[Fit]: ...

	def people_like(self, person: Wish, people: dict[str, Wish], most: int) -> list[Fit]: ...


def engine() -> Engine:
	return frappe.get_attr(frappe.get_hooks(HOOK)[-1])()


def named() -> str:
	"""Return the app whose engine answers, "" where it is ours."""
	app = type(engine()).__module__.partition(".")[0]
	return "" if app == __name__.partition(".")[0] else app


def best_openings(record: str, most: int = 5) -> list[dict]:
	"""Return openings as `proposing` shows them, for anybody of the pool, referred or not.

	Whoever is called back is not referred: openings that take no referrals are theirs too. A referral that waits for one stays a referral.
	"""
	row = frappe.db.get_value(DOCTYPE, record, [*_WISHES, "company", "referral"], as_dict=True)
	said, waits = _referred(row.referral)
	openings_of = proposing.openings_that_take_referrals if waits else proposing.openings_of
	openings = {opening.name: opening for opening in openings_of(row.company)}
	asked = _confirmed(list(openings))
	offered = [proposing.offered(one, asked.get(one.name, ())) for one in openings.values()]
	found = engine().openings_for(_wish(row, said or ""), offered, most)
	return [{**proposing.shown(openings[fit.name], fit), **_why(fit)} for fit in found]


def best_people(opening: str, most: int = 20) -> list[dict]:
	"""Return [{name, person_name, designation, reason, happened_on, likelihood, by, words} and what `_why` says] of who may be called."""
	row = frappe.get_doc("Job Opening", opening)
	offered = proposing.offered(row, _confirmed([row.name]).get(row.name, ()))
	asked = engine()
	people = _people(row.company, row.designation, partial(_words, asked, "words_of", offered))
	return _shown(asked.people_for(offered, people, most))


def similar_to(record: str, most: int = 20) -> list[dict]:
	"""Return the people most like somebody, as `best_people` does."""
	row = frappe.db.get_value(DOCTYPE, record, [*_WISHES, "company"], as_dict=True)
	asked, wish = engine(), _wish(row)
	people = _people(row.company, wish.designation, partial(_words, asked, "words_like", wish))
	people.pop(record, None)
	return _shown(asked.people_like(wish, people, most))


def _referred(referral: str | None) -> tuple[str | None, bool]:
	"""Return what the referrer wrote, and whether the referral waits for an opening."""
	fields = ["note", "outcome", "job_opening"]
	note, outcome, opening = (referral and frappe.db.get_value("Referral", referral, fields)) or (None,) * 3
	return note, outcome == Outcome.OPEN and not opening


def _people(company: str | None, designation: str | None, words: Callable[[], list[str]]) -> dict[str, Wish]:
	"""Return whom to compare; which words are looked for is asked only where not everybody can be."""
	filters = {"state": ("not in", sorted(NOT_CALLED))} | ({"company": company} if company else {})
	how = {
		"filters": filters,
		"fields": _WISHES,
		"order_by": "likelihood desc, name asc",
		"limit_page_length": MOST_PEOPLE,
	}
	rows = frappe.get_list(DOCTYPE, **how)
	if len(rows) == MOST_PEOPLE:
		either = [one for word in words() for one in _naming(word)]
		if designation:
			either += [[field, "=", designation] for field in ("designation", "preferred_designation")]
		rows = [*(frappe.get_list(DOCTYPE, or_filters=either, **how) if either else ()), *rows]
	return dict(list({row.name: _wish(row) for row in rows}.items())[:MOST_PEOPLE])


def _naming(word: str) -> list[list[str]]:
	"""Return where a word may stand; a short one within a note where a word begins."""
	if not is_short(word):
		return [[field, "like", f"%{word}%"] for field in _NAMING]
	return [["skills", "like", f"%{word}%"], *(["note", "like", f"{mark}{word}%"] for mark in _BEFORE_WORDS)]


def _words(asked: Engine, way: str, of) -> list[str]:
	return getattr(asked, way)(of) if hasattr(asked, way) else []


def _wish(row, also: str = "") -> Wish:
	words = " ".join(filter(None, (row.skills, row.note, row.questions, also)))
	return Wish(row.preferred_designation or row.designation, row.preferred_location, words)


def _confirmed(openings: list[str]) -> dict[str, tuple[Requirement, ...]]:
	"""Return the rows that HR confirmed, by opening, in one query."""
	if not openings:
		return {}
	profile, row = frappe.qb.DocType("Opening Profile"), frappe.qb.DocType("Opening Requirement")
	columns = ("name", "requirement", "requirement_zh", "kind", "firmness", "must_have", "weight")
	query = (
		frappe.qb.from_(profile)
		.join(row)
		.on((row.parent == profile.name) & (row.parenttype == "Opening Profile"))
		.select(profile.job_opening, *[row[name] for name in columns])
		.where((profile.requirements_confirmed == 1) & (row.proposed == 0))
		.where(profile.job_opening.isin(openings))
		.orderby(row.idx)
	)
	found: dict[str, tuple[Requirement, ...]] = {}
	for opening, name, words, words_zh, kind, firmness, must_have, weight in query.run():
		one = Requirement(name, words, words_zh or "", kind, firmness, bool(must_have), cint(weight) or 1)
		found[opening] = (*found.get(opening, ()), one)
	return found


def _why(fit: Fit) -> dict:
	"""Return {score, confidence, basis, met, missing, unknown, notes} in the reader's language; `basis` is confirmed, draft or ""."""
	language = frappe.local.lang or ""
	said = {
		state: [[reason.requirement.words(language), list(reason.words)] for reason in getattr(fit, state)]
		for state in ("met", "missing", "unknown")
	}
	notes = [[note.scorer, note.points] for note in fit.notes]
	return {"score": fit.score, "confidence": fit.confidence, "basis": fit.basis, **said, "notes": notes}


def _shown(fits: list[Fit]) -> list[dict]:
	rows = frappe.get_all(DOCTYPE, {"name": ("in", [fit.name for fit in fits] or [""])}, _SHOWN)
	known = {row.name: row for row in rows}
	return [
		{**known[fit.name], "by": list(fit.by), "words": list(fit.words), **_why(fit)}
		for fit in fits
		if fit.name in known
	]
