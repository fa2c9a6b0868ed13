"""Waiting for HR, read page by page: every filter is the database's, and a page costs the same few queries whatever waits.

Rows are scoped by the platform's own conditions for this user (permissions.py and User Permissions), as in the list.
"""

from dataclasses import dataclass

import frappe
from frappe.desk.reportview import build_match_conditions
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, getdate, nowdate
from pypika import Order
from pypika.terms import LiteralValue

from referral_hub import permissions
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.service_level import people

PAGE = 500
MOST_ON_A_PAGE = 5000
_FIELDS = (
	*("name", "candidate_name", "job_applicant", "referrer_name", "submitted_on", "stage", "outcome"),
	*("last_word_on", "next_word_due", "recruiter_reminded_on", "manager_told_on", "job_opening", "company"),
	"applicant_deleted",
)
_EQUAL = ("company", "job_opening", "stage")
# has all that the count of what waits asks about (setup/indexes.py), but by itself the database takes the one that sorts
_COUNTED = "next_word_counted"
_NOT_IN_IT = ("job_opening", "stage", "recruiter")


@dataclass(frozen=True)
class Page:
	"""Some rows of the queue, and the figures of all of it."""

	rows: list[frappe._dict]
	total: int
	late: int
	first: int

	@property
	def last(self) -> int:
		return self.first + len(self.rows) - 1 if self.rows else 0


def waiting(filters: dict) -> Page:
	"""Return open referrals that wait for HR: what is most overdue first, then what is due next."""
	referral = DocType("Referral")
	asked = (referral.outcome == Outcome.OPEN.value) & referral.next_word_due.isnotnull()
	if filters.get("only_overdue"):
		asked &= _is_late(referral)
	return _page(asked, filters, referral.next_word_due, Order.asc, counted=_COUNTED)


def without_reason(filters: dict) -> Page:
	"""Return referrals that ended because HR said no, and whose referrer was not told why; newest first."""
	referral = DocType("Referral")
	asked = (referral.outcome == Outcome.NOT_SELECTED.value) & (Coalesce(referral.reason, "") == "")
	return _page(asked, filters, referral.stage_changed_on, Order.desc)


def without_applicant(filters: dict) -> Page:
	"""Return open referrals whose applicant HR deleted: HRMS says nothing more about them; oldest first."""
	referral = DocType("Referral")
	asked = (referral.outcome == Outcome.OPEN.value) & (referral.applicant_deleted == 1)
	return _page(asked, filters, referral.submitted_on, Order.asc)


def not_shown_yet(filters: dict | None = None) -> int:
	"""Count the open referrals nobody here may read before the person agrees, in this user's companies."""
	referral = DocType("Referral")
	query = frappe.qb.from_(referral).select(Count("*")).where(referral.outcome == Outcome.OPEN.value)
	for field in ("company", "job_opening"):
		if (filters or {}).get(field):
			query = query.where(referral[field] == filters[field])
	return query.where(LiteralValue(f"({permissions.waiting_for_candidate_conditions()})")).run()[0][0]


def _page(asked, filters: dict, column, order: Order, counted: str | None = None) -> Page:
	length = min(max(cint(filters.get("page_length")) or PAGE, 1), MOST_ON_A_PAGE)
	referral, recruiter = DocType("Referral"), Coalesce(DocType("User").name, people.general_recruiter())
	query, with_recruiter = _from(asked, filters), _with_recruiter(_from(asked, filters), filters, recruiter)
	if counted and not any(filters.get(field) for field in _NOT_IN_IT):
		query = query.use_index(counted)
	total, late = _counted(with_recruiter if filters.get("recruiter") else query)
	start = min(max(cint(filters.get("page")) - 1, 0), max(total - 1, 0) // length) * length
	rows = with_recruiter.select(*(referral[field] for field in _FIELDS), recruiter.as_("recruiter"))
	rows = rows.orderby(column, order=order).orderby(referral.name, order=order).limit(length).offset(start)
	return Page(rows.run(as_dict=True), total, late, start + 1)


def _counted(query) -> tuple[int, int]:
	"""Count all rows and those that are late: from an index alone, unless somebody asks for one recruiter's."""
	is_late = Case().when(_is_late(DocType("Referral")), 1).else_(0)
	total, late = query.select(Count("*"), Coalesce(Sum(is_late), 0)).run()[0]
	return total, cint(late)


def _from(asked, filters: dict):
	"""Return the query of what is asked for, within what this user may read."""
	referral = DocType("Referral")
	query = frappe.qb.from_(referral).where(asked)
	for field in _EQUAL:
		if filters.get(field):
			query = query.where(referral[field] == filters[field])
	may_read = build_match_conditions("Referral")
	return query.where(LiteralValue(f"({may_read})")) if may_read else query


def _with_recruiter(query, filters: dict, recruiter):
	"""Let the query know each row's recruiter, the one `people` names, and keep to the one who is asked for."""
	referral, profile, user = DocType("Referral"), DocType("Opening Profile"), DocType("User")
	query = query.left_join(profile).on(profile.job_opening == referral.job_opening)
	query = query.left_join(user).on((user.name == profile.recruiter) & (user.enabled == 1))
	return query.where(recruiter == filters["recruiter"]) if filters.get("recruiter") else query


def _is_late(referral):
	return referral.next_word_due < getdate(nowdate())
