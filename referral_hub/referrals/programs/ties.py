"""What ties an employee to openings and to a candidate, read from HRMS: the facts that `rules/deciding/cases.py` rules on.

The direct leader of a post is whoever already leads somebody of its designation in its department (the candidate has
no `reports_to` before they join). Interviewers are those of interviews for the opening, and of rounds for its designation.
Reads once per employee, whatever the number of openings.
"""

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
	user = row.user_id
	managed, recruited = _own_openings(employee, user)
	return Standing(
		row=row,
		is_hr_user=bool(user) and not _HR_ROLES.isdisjoint(frappe.get_roles(user)),
		managed=managed,
		recruited=recruited,
		interviewed=_interviewed_openings(user),
		interviewed_designations=_designations_of_rounds(user),
		led=_led_posts(employee),
	)


def ruling_of(ties: Ties, policy, today: date | None = None) -> Ruling:
	return rule(ties, policy.treatments, today or getdate(nowdate()), probation_end(ties, policy))


def probation_end(ties: Ties, policy):
	return add_months(ties.joined_on, policy.probation_months) if ties.joined_on else None


def _own_openings(employee: str, user: str | None) -> tuple[frozenset[str], frozenset[str]]:
	"""Return the openings of which this person is the hiring manager, and the recruiter."""
	Profile = frappe.qb.DocType("Opening Profile")
	is_manager, is_recruiter = Profile.hiring_manager == employee, Profile.recruiter == (user or employee)
	query = frappe.qb.from_(Profile).select(Profile.job_opening, is_manager, is_recruiter)
	rows = query.where(is_manager | is_recruiter).run()
	managed = frozenset(opening for opening, manages, _recruits in rows if manages)
	return managed, frozenset(opening for opening, _manages, recruits in rows if recruits)


def _interviewed_openings(user: str | None) -> frozenset[str]:
	if not user:
		return frozenset()
	interview, detail = frappe.qb.DocType("Interview"), frappe.qb.DocType("Interview Detail")
	query = (
		frappe.qb.from_(detail)
		.join(interview)
		.on(interview.name == detail.parent)
		.select(interview.job_opening)
		.distinct()
		.where((detail.interviewer == user) & (interview.docstatus != 2) & interview.job_opening.isnotnull())
	)
	return frozenset(opening for (opening,) in query.run())


def _designations_of_rounds(user: str | None) -> frozenset[str]:
	if not user:
		return frozenset()
	round_, person = frappe.qb.DocType("Interview Round"), frappe.qb.DocType("Interviewer")
	query = (
		frappe.qb.from_(person)
		.join(round_)
		.on((round_.name == person.parent) & (person.parenttype == "Interview Round"))
		.select(round_.designation)
		.distinct()
		.where((person.user == user) & round_.designation.isnotnull())
	)
	return frozenset(designation for (designation,) in query.run() if designation)


def _led_posts(employee: str) -> frozenset[tuple[str, str | None]]:
	Employee = frappe.qb.DocType("Employee")
	query = frappe.qb.from_(Employee).select(Employee.designation, Employee.department).distinct()
	rows = query.where((Employee.reports_to == employee) & (Employee.status == "Active")).run()
	return frozenset((designation, department) for designation, department in rows if designation)
