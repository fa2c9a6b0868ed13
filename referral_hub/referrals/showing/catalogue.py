"""Openings that accept referrals, as employees see them: searched, filtered, page by page.

Constant number of queries. HRMS owns the opening; Opening Profile says whether it accepts referrals and what is
hard about it. Called by the portal's pages and api/portal.py.
"""

from dataclasses import dataclass, fields

import frappe
from frappe.query_builder import Order
from frappe.query_builder.functions import Count
from frappe.utils import getdate
from pypika.terms import Criterion

FACETS = ("department", "designation", "location", "employment_type", "urgency")
SHOWN = (
	"name",
	"job_title",
	"company",
	"designation",
	"department",
	"location",
	"employment_type",
	"posted_on",
	"closes_on",
	"vacancies",
	"publish_salary_range",
	"currency",
	"lower_range",
	"upper_range",
	"salary_per",
)
MOST_WORDS = 8


@dataclass(frozen=True)
class Search:
	"""What an employee looks for; empty means everything."""

	text: str = ""
	department: str = ""
	designation: str = ""
	location: str = ""
	employment_type: str = ""
	urgency: str = ""

	@classmethod
	def of(cls, form: dict) -> "Search":
		return cls(**{each.name: str(form.get(each.name) or "").strip()[:140] for each in fields(cls)})

	@property
	def filters(self) -> dict[str, str]:
		return {name: getattr(self, name) for name in FACETS if getattr(self, name)}


def find_all(search: Search, start: int = 0, limit: int = 20) -> list[frappe._dict]:
	"""Return one page of openings, newest first."""
	Opening, query = _accepting(search)
	return (
		_shown(query)
		.orderby(Opening.posted_on, order=Order.desc)
		.orderby(Opening.name, order=Order.desc)
		.limit(limit)
		.offset(start)
		.run(as_dict=True)
	)


def published(company: str) -> list[frappe._dict]:
	"""Return the openings of a company that HR shows to the outside as well, newest first, all of them."""
	Opening, query = _accepting(Search())
	query = query.select(Opening.name, Opening.job_title, Opening.location, Opening.closes_on)
	query = query.where((Opening.company == company) & (Opening.publish == 1))
	return query.orderby(Opening.posted_on, order=Order.desc).orderby(Opening.name).run(as_dict=True)


def count(search: Search) -> int:
	_opening, query = _accepting(search)
	return query.select(Count("*")).run()[0][0]


def facets() -> dict[str, list[tuple[str, str]]]:
	"""Return for each filter the (value, label) pairs that lead to at least one opening."""
	_opening, query = _accepting(Search())
	Department = frappe.qb.DocType("Department")
	columns = [_column(name) for name in FACETS]
	rows = query.select(*columns, Department.department_name).distinct().run()
	*found_in, titles = zip(*rows, strict=True) if rows else [()] * (len(FACETS) + 1)
	found = {name: {value: value for value in found_in[place] if value} for place, name in enumerate(FACETS)}
	found["department"] = {value: title for value, title in zip(found_in[0], titles, strict=True) if title}
	return {name: sorted(values.items(), key=lambda pair: pair[1]) for name, values in found.items()}


def find(name: str | None) -> frappe._dict | None:
	"""Return one opening with its whole description, or None when it does not accept referrals (any more)."""
	if not name:
		return None
	Opening, query = _accepting(Search())
	Profile = frappe.qb.DocType("Opening Profile")
	rows = (
		_shown(query)
		.select(Opening.description, Profile.challenges, Profile.grade, Profile.requirements_confirmed)
		.where(Opening.name == name)
		.run(as_dict=True)
	)
	return rows[0] if rows else None


def skills_of(designation: str | None) -> list[str]:
	"""Return the skills HR listed on the designation."""
	if not designation:
		return []
	return frappe.get_all(
		"Designation Skill",
		{"parent": designation, "parenttype": "Designation"},
		order_by="idx",
		pluck="skill",
	)


def _shown(query):
	Opening, Department = frappe.qb.DocType("Job Opening"), frappe.qb.DocType("Department")
	shown = [Opening[name] for name in SHOWN]
	return query.select(*shown, Department.department_name, _column("urgency"))


def _column(name: str):
	"""Return the column of a filter: HRMS's, or the profile's."""
	return frappe.qb.DocType("Opening Profile" if name == "urgency" else "Job Opening")[name]


def _accepting(search: Search):
	"""Start a query over the openings that accept referrals today and fit the search."""
	Opening, Profile = frappe.qb.DocType("Job Opening"), frappe.qb.DocType("Opening Profile")
	Department = frappe.qb.DocType("Department")
	query = (
		frappe.qb.from_(Opening)
		.left_join(Profile)
		.on(Profile.job_opening == Opening.name)
		.left_join(Department)
		.on(Department.name == Opening.department)
		.where(Opening.status == "Open")
		.where(Opening.closes_on.isnull() | (Opening.closes_on >= getdate()))
		.where(_switched_on(Profile))
	)
	for name, value in search.filters.items():
		query = query.where(_column(name) == value)
	for word in search.text.split()[:MOST_WORDS]:
		query = query.where(_has_word(word, Opening, Department))
	return Opening, query


def _switched_on(Profile) -> Criterion:
	"""An opening without a profile follows the setting."""
	if frappe.get_cached_doc("Referral Hub Settings").openings_accept_referrals:
		return Profile.name.isnull() | (Profile.accepts_referrals == 1)
	return Profile.accepts_referrals == 1


def _has_word(word: str, Opening, Department) -> Criterion:
	pattern = "%{}%".format(word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
	columns = (
		Opening.job_title,
		Opening.designation,
		Opening.location,
		Opening.name,
		Department.department_name,
	)
	return Criterion.any([column.like(pattern) for column in columns])
