"""Employees who have a say in the hiring or are close to the candidate: may they refer, and are they paid?

Pure. A program says it for each case; a case it does not name follows DEFAULTS. Where several hold, the strictest
counts. Referring oneself is never possible and no case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Case(StrEnum):
	HIRING_MANAGER = "Hiring Manager"
	INTERVIEWER = "Interviewer"
	RECRUITER = "Recruiter"
	HR_USER = "HR User"
	DIRECT_LEADER = "Direct Leader"
	SAME_DEPARTMENT = "Same Department"
	ON_PROBATION = "On Probation"
	UNDER_NOTICE = "Under Notice"
	FAMILY = "Family"
	CURRENT_EMPLOYEE = "Current Employee"


@dataclass(frozen=True)
class Treatment:
	"""What a program says about one case."""

	may_refer: bool = True
	may_be_paid: bool = True
	flag_to_hr: bool = False


DEFAULTS: dict[Case, Treatment] = {
	Case.HIRING_MANAGER: Treatment(may_be_paid=False),
	Case.INTERVIEWER: Treatment(flag_to_hr=True),
	Case.RECRUITER: Treatment(may_be_paid=False),
	Case.HR_USER: Treatment(may_be_paid=False),
	Case.DIRECT_LEADER: Treatment(may_be_paid=False),
	Case.SAME_DEPARTMENT: Treatment(),
	Case.ON_PROBATION: Treatment(),
	Case.UNDER_NOTICE: Treatment(may_be_paid=False, flag_to_hr=True),
	Case.FAMILY: Treatment(flag_to_hr=True),
	Case.CURRENT_EMPLOYEE: Treatment(may_refer=False, may_be_paid=False, flag_to_hr=True),
}


@dataclass(frozen=True)
class Ties:
	"""What ties an employee to an opening and to a candidate, as HRMS and the form say it."""

	is_hiring_manager: bool = False
	is_interviewer: bool = False
	is_recruiter: bool = False
	is_hr_user: bool = False
	leads_the_post: bool = False
	department: str | None = None
	opening_department: str | None = None
	joined_on: date | None = None
	confirmed_on: date | None = None
	probation_months: int = 3
	resigned_on: date | None = None
	leaves_on: date | None = None
	is_family: bool = False
	candidate_works_here: bool = False


@dataclass(frozen=True)
class Ruling:
	"""Every case that holds, and how the program treats it."""

	held: tuple[tuple[Case, Treatment], ...] = field(default=())

	@property
	def refused_by(self) -> Case | None:
		return next((case for case, treatment in self.held if not treatment.may_refer), None)

	@property
	def unpaid_because(self) -> tuple[Case, ...]:
		return tuple(case for case, treatment in self.held if not treatment.may_be_paid)

	@property
	def shown_to_hr(self) -> tuple[Case, ...]:
		return tuple(case for case, treatment in self.held if treatment.flag_to_hr)


def rule(
	ties: Ties, treatments: Mapping[Case, Treatment], today: date, probation_ends: date | None
) -> Ruling:
	"""Rule on everything that holds; `probation_ends` is used where HR has confirmed nothing."""
	held = {
		Case.HIRING_MANAGER: ties.is_hiring_manager,
		Case.INTERVIEWER: ties.is_interviewer,
		Case.RECRUITER: ties.is_recruiter,
		Case.HR_USER: ties.is_hr_user,
		Case.DIRECT_LEADER: ties.leads_the_post,
		Case.SAME_DEPARTMENT: bool(ties.department) and ties.department == ties.opening_department,
		Case.ON_PROBATION: _is_on_probation(ties, today, probation_ends),
		Case.UNDER_NOTICE: bool(ties.resigned_on or (ties.leaves_on and ties.leaves_on >= today)),
		Case.FAMILY: ties.is_family,
		Case.CURRENT_EMPLOYEE: ties.candidate_works_here,
	}
	return Ruling(
		tuple((case, treatments.get(case, DEFAULTS[case])) for case, holds in held.items() if holds)
	)


def _is_on_probation(ties: Ties, today: date, probation_ends: date | None) -> bool:
	ends = ties.confirmed_on or probation_ends
	return bool(ends) and ends > today
