"""What ties an employee to openings and to a candidate, read from HRMS: the facts that `rules/deciding/cases.py` rules on.

The direct leader of a post is whoever already leads somebody of its designation in its department (the candidate has
no `reports_to` before they join). Interviewers are those of interviews for the opening, and of rounds for its designation.
Reads once per employee, whatever the number of openings.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from referral_hub.referrals.rules.deciding.cases import Ruling, Ties, rule
from referral_hub.referrals.rules.stages import add_months

FIELDS = (
	"user_id",
	"department",
	"date_of_joining",
	"final_confirmation_date",
	"resignation_letter_date",
	"relieving_date",
)
_HR_ROLES = frozenset({"HR User", "HR Manager"})


@dataclass(frozen=True)
class Standing:
	"""One employee's part in recruiting, over all openings."""

	row: frappe._dict
	is_hr_user: bool
	managed: frozenset[str]
	recruited: frozenset[str]
	interviewed: frozenset[str]
	interviewed_designations: frozenset[str]
	led: frozenset[tuple[str, str | None]]

	def to(self, opening, is_family: bool = False) -> Ties:
		"""Return the ties to one opening (a row with name, designation and department) or to none."""
		opening = opening or frappe._dict()
		return Ties(
			is_hiring_manager=opening.get("name") in self.managed,
			is_interviewer=opening.get("name") in self.interviewed
			or opening.get("designation") in self.interviewed_designations,
			is_recruiter=opening.get("name") in self.recruited,
			is_hr_user=self.is_hr_user,
			leads_the_post=self._leads(opening),
			department=self.row.department,
			opening_department=opening.get("department"),
			joined_on=self.row.date_of_joining,
			confirmed_on=self.row.final_confirmation_date,
			resigned_on=self.row.resignation_letter_date,
			leaves_on=self.row.relieving_date,
			is_family=is_family,
		)

	def _leads(self, opening) -> bool:
		designation, department = opening.get("designation"), opening.get("department")
		return bool(designation) and any(
			led == designation and department in (None, "", of) for led, of in self.led
		)


def standing_of(employee: str, row: frappe._dict | None = None) -> Standing:
	"""Return an employee's part in recruiting; `row` has their FIELDS where the caller has read them."""
	row = row or frappe.db.get_value("Employee", employee, FIELDS, as_dict=True)
	row = row or frappe._dict.fromkeys(FIELDS)
	user = row.user_id or None  # an empty one is nobody: it equals every empty recruiter and interviewer
	parts = _parts(employee, user)
	return Standing(
		row=row,
		is_hr_user=bool(user) and not _HR_ROLES.isdisjoint(frappe.get_roles(user)),
		managed=_names(parts["managed"]),
		recruited=_names(parts["recruited"]),
		interviewed=_names(parts["interviewed"]),
		interviewed_designations=_names(parts["rounds"]),
		led=frozenset(part for part in parts["led"] if part[0]),
	)


def ruling_of(ties: Ties, policy, today: date | None = None) -> Ruling:
	return rule(ties, policy.treatments, today or getdate(nowdate()), probation_end(ties, policy))


def probation_end(ties: Ties, policy):
	return add_months(ties.joined_on, policy.probation_months) if ties.joined_on else None


def _names(parts: set[tuple[str, str | None]]) -> frozenset[str]:
	return frozenset(name for name, _department in parts if name)


def _parts(employee: str, user: str | None) -> dict[str, set[tuple[str, str | None]]]:
	"""Read every part somebody has in recruiting in one query, each by its own index."""
	parts = defaultdict(set)
	for part, name, department in frappe.db.sql(_PARTS, {"employee": employee, "user": user}):
		parts[part].add((name, department))
	return parts


_PARTS = """select 'managed', job_opening, null from `tabOpening Profile` where hiring_manager = %(employee)s
union all select 'recruited', job_opening, null from `tabOpening Profile` where recruiter = %(user)s
union all select distinct 'interviewed', interview.job_opening, null
	from `tabInterview Detail` detail join `tabInterview` interview on interview.name = detail.parent
	where detail.interviewer = %(user)s and interview.docstatus != 2 and interview.job_opening is not null
union all select distinct 'rounds', step.designation, null
	from `tabInterviewer` person join `tabInterview Round` step on step.name = person.parent
	where person.parenttype = 'Interview Round' and person.user = %(user)s and step.designation is not null
union all select distinct 'led', designation, department from `tabEmployee`
	where reports_to = %(employee)s and status = 'Active' and designation is not null"""
