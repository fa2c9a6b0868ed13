"""Reads what referrers or candidates of a company said in a year, as far as the reader may know it, and the answers behind it.

One company, one year and one of the two at a time, with no narrower choice: figures that overlap could be subtracted from each other. What may
be told of groups is decided in `rules.satisfaction`. Answers without a name are read in no list; their words are, apart from everything else.
"""

from dataclasses import replace
from datetime import date

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count
from frappe.utils import cint, get_first_day, getdate, nowdate
from pypika import Order

from referral_hub.insights import scope
from referral_hub.insights.asking import NONE, PAGE, Asked, Page, asked, first_of
from referral_hub.insights.rules import satisfaction
from referral_hub.insights.rules.hiding import LEAST
from referral_hub.insights.rules.satisfaction import MONTH, Response, Step, Told
from referral_hub.survey.rules.questions import ALL_ASKED, Role

RESPONSE, INVITATION = "Referral Survey Response", "Referral Survey Invitation"
THEME = "Theme"
TABLES = {"Department": "department", "Program": "program", "Designation": "designation", MONTH: None}
BY = (*TABLES, THEME)
FIRST_YEAR = 2000
_FIELDS = (
	"name",
	"answered_on",
	"employee_name",
	"referral",
	"department",
	"program",
	"designation",
	"score",
)


def read(filters: dict | None) -> tuple[Asked, Role]:
	"""Return what is asked for: of a company, of one year, and whether of referrers or of candidates."""
	given = frappe._dict(filters or {})
	role = Role(given.role) if given.role in set(Role) else Role.REFERRER
	year = cint(given.year)
	year = year if FIRST_YEAR <= year <= getdate().year else getdate().year
	company = given.company or default_company()
	found = asked(given | {"since": None, "until": None}, BY, Step)
	narrow = {"department": None, "designation": None, "program": None}
	return replace(found, since=date(year, 1, 1), until=date(year, 12, 31), company=company, **narrow), role


def default_company() -> str | None:
	"""Return the reader's company: the one they are limited to, else their default."""
	allowed = scope.allowed("Company", RESPONSE)
	default = frappe.defaults.get_user_default("company") or frappe.db.get_default("company")
	return default if not allowed or default in allowed else allowed[0]


def told(given: Asked, role: Role) -> Told:
	by = given.by if given.by in TABLES else MONTH
	rows = [_response(row) for row in _rows(given, role)]
	return satisfaction.told(rows, by, tuple(TABLES), f"{getdate(nowdate()):%Y-%m}")


def asked_and_answered(given: Asked, role: Role) -> tuple[int, int] | None:
	"""Return how many of those who were asked in the year could answer until a month that is over, and how many did; None of too few.

	Counted at once, or of few, it would say that somebody has answered, and when.
	"""
	invitation, referral = DocType(INVITATION), DocType("Referral")
	query = frappe.qb.from_(invitation).inner_join(referral).on(referral.name == invitation.referral)
	query = query.where((invitation.role == role.value) & (invitation.asked_on >= given.since))
	query = query.where((invitation.asked_on < given.after) & (referral.company == given.company))
	query = query.where(invitation.open_until < get_first_day(nowdate()))
	query = scope.limited(query, referral, "Referral")
	found = dict(query.select(invitation.state, Count("*")).groupby(invitation.state).run())
	asked_in_all = sum(found.values())
	return (asked_in_all, found.get("Answered", 0)) if asked_in_all >= LEAST else None


def records(given: Asked, role: Role) -> Page:
	"""Return the answers with a name behind a figure, the newest first; of a group that is not told, none."""
	found = told(given, role)
	group = None if not given.group else ("" if given.group == NONE else given.group)
	if not found.is_open(group):
		return Page([], 0, 1)
	response = DocType(RESPONSE)
	query = _responses(given, role).where(response.anonymous == 0)
	if group is not None and TABLES.get(given.by):
		query = scope.in_group(query, _group_of(given.by), given)
	elif group is not None:
		since = getdate(f"{group}-01")
		query = query.where(response.answered_on.between(since, frappe.utils.get_last_day(since)))
	whole = query.select(Count("*")).run()[0][0]
	first = first_of(given.page, whole)
	rows = query.select(*(response[field] for field in (*_FIELDS, *ALL_ASKED, "themes", "words")))
	rows = rows.orderby(response.answered_on, order=Order.desc).orderby(response.name)
	return Page(rows.limit(PAGE).offset(first).run(as_dict=True), whole, first + 1)


def words(given: Asked, role: Role) -> Page:
	"""Return what was written: with a name as far as it was given, and without any where enough wrote without one, in no order of time."""
	rows, found = _rows(given, role), told(given, role)
	named = [row for row in rows if row.words and not row.anonymous]
	unnamed = [frappe._dict(words=rows[number].words) for number in sorted(found.words)]
	every = (named if found.is_open(None) else []) + unnamed
	first = first_of(given.page, len(every))
	return Page(every[first : first + PAGE], len(every), first + 1)


def _responses(given: Asked, role: Role):
	"""Return the query of the answers of the year, within what the reader may be told of."""
	response = DocType(RESPONSE)
	query = frappe.qb.from_(response).where(response.role == role.value)
	query = query.where((response.answered_on >= given.since) & (response.answered_on < given.after))
	query = query.where(response.company == given.company)
	return scope.limited(query, response, RESPONSE)


def _rows(given: Asked, role: Role) -> list[frappe._dict]:
	"""Return all answers, by their names, which are random: in no order of time."""
	response = DocType(RESPONSE)
	fields = (*_FIELDS, *ALL_ASKED, "themes", "words", "anonymous")
	return (
		_responses(given, role)
		.select(*(response[field] for field in fields))
		.orderby(response.name)
		.run(as_dict=True)
	)


def _response(row) -> Response:
	month = f"{row.answered_on:%Y-%m}"
	groups = {table: row[field] or "" if field else month for table, field in TABLES.items()}
	return Response(
		row.score,
		month,
		groups,
		{question: row[question] for question in ALL_ASKED if row[question]},
		tuple((row.themes or "").splitlines()),
		bool(row.anonymous),
		bool(row.words),
	)


def _group_of(by: str):
	return Coalesce(DocType(RESPONSE)[TABLES[by]], "")
