"""May this employee refer this person for this opening under this program? Pure, and it shows its work.

Each question walks its checks in order, stops at the first that fails, and returns a Decision with every check
that was made and what it looked at. The caller raises the refusal a Decision holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from referral_hub.referrals.rules.contacts import same_email, same_phone, widest_email_key
from referral_hub.referrals.rules.deciding.cases import DEFAULTS, Case, Ruling, Ties, Treatment, rule
from referral_hub.referrals.rules.deciding.limits import Allowance
from referral_hub.referrals.rules.deciding.program import Place, Program, why_not
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.refusal import Refused

_NO_TIES = Ties()


class NotEligible(Refused):
	"""This employee can't refer for this opening now."""


class AlreadyKnown(Refused):
	"""The company knows this person already: an employee, or somebody who applied not long ago."""


@dataclass(frozen=True)
class Contact:
	"""The addresses and numbers of one person, as HR typed them."""

	emails: tuple[str, ...] = ()
	phones: tuple[str, ...] = ()

	def __add__(self, other: "Contact") -> "Contact":
		return Contact(self.emails + other.emails, self.phones + other.phones)

	def is_same_person(self, candidate: Candidate, region: str | None) -> bool:
		return any(same_email(email, candidate.email) for email in self.emails) or any(
			same_phone(phone, candidate.phone, region) for phone in self.phones
		)

	def may_be(self, candidate: Candidate, region: str | None) -> bool:
		"""Say whether it is the same person, or has an address that differs by a "+tag" alone, whatever its provider does."""
		return self.is_same_person(candidate, region) or self._has_tagged(candidate)

	def _has_tagged(self, candidate: Candidate) -> bool:
		return bool(candidate.email) and widest_email_key(candidate.email) in map(
			widest_email_key, self.emails
		)


@dataclass(frozen=True)
class Referrer:
	employee: str
	exists: bool = True
	status: str = "Active"
	company: str | None = None
	contact: Contact = Contact()
	departments: tuple[str, ...] = ()
	grade: str | None = None
	employee_name: str | None = None

	@property
	def place(self) -> Place:
		return Place(self.company, self.departments, self.grade)


@dataclass(frozen=True)
class Opening:
	name: str
	exists: bool = True
	status: str = "Open"
	closes_on: date | None = None
	company: str | None = None
	accepts_referrals: bool = True
	departments: tuple[str, ...] = ()

	@property
	def place(self) -> Place:
		return Place(self.company, self.departments)


@dataclass(frozen=True)
class Applicant:
	"""Somebody with the candidate's contact who applied, by themselves or because they were referred before."""

	applied_on: datetime
	contact: Contact
	name: str = ""
	was_referred: bool = False


@dataclass(frozen=True)
class Situation:
	"""Everything a decision looks at."""

	candidate: Candidate
	referrer: Referrer
	today: date
	region: str | None = None
	opening: Opening | None = None
	program: Program | None = None
	colleagues: tuple[Contact, ...] = ()
	applicants: tuple[Applicant, ...] = ()
	known_applicant_days: int = 180
	resume_valid_days: int = 0
	ties: Ties = _NO_TIES
	treatments: Mapping[Case, Treatment] = field(default_factory=dict)
	probation_ends: date | None = None


@dataclass(frozen=True)
class Check:
	name: str
	passed: bool
	inputs: dict = field(default_factory=dict)
	refusal: Refused | None = None


@dataclass(frozen=True)
class Decision:
	"""What was decided, and every check it rests on."""

	checks: tuple[Check, ...]

	@property
	def refusal(self) -> Refused | None:
		return next((check.refusal for check in self.checks if not check.passed), None)

	def __add__(self, other: "Decision") -> "Decision":
		return Decision(self.checks + other.checks)


def may_refer(situation: Situation) -> Decision:
	"""Decide what depends on the referrer, the opening and the program alone."""
	return _decide((_referrer, _opening, _program), situation)


def may_be_referred(situation: Situation) -> Decision:
	"""Decide whether the candidate is neither the referrer nor somebody who works here."""
	return _decide((_not_oneself, _no_colleague, _cases), situation)


def is_within_limits(allowed: Allowance) -> Decision:
	"""Decide whether the referrer may have one more open."""
	inputs = {
		"open": allowed.open,
		"limit": allowed.limit,
		"this_month": allowed.this_month,
		"is_slowed": allowed.is_slowed,
	}
	if allowed.reason:
		return Decision((_failed("limits", inputs, NotEligible(allowed.reason, **allowed.facts)),))
	return Decision((Check("limits", True, inputs),))


def ruling(situation: Situation) -> Ruling:
	"""Rule on the special cases that hold, once it is known who could be the candidate."""
	ties = replace(situation.ties, candidate_works_here=_colleague(situation) is not None)
	return rule(ties, situation.treatments, situation.today, situation.probation_ends)


def has_not_applied(situation: Situation) -> Decision:
	"""Decide whether the person applied by themselves lately; asked once the referrer owns the candidate."""
	return _decide((_no_recent_applicant,), situation)


def _decide(checks: tuple[Callable[[Situation], Check], ...], situation: Situation) -> Decision:
	made = []
	for check in checks:
		made.append(check(situation))
		if not made[-1].passed:
			break
	return Decision(tuple(made))


def _company(situation: Situation) -> str | None:
	return situation.opening.company if situation.opening else situation.referrer.company


def _referrer(situation: Situation) -> Check:
	referrer = situation.referrer
	inputs = {"employee": referrer.employee, "status": referrer.status if referrer.exists else None}
	if not referrer.exists:
		return _failed("referrer", inputs, NotEligible("employee_missing"))
	if referrer.status != "Active":
		return _failed("referrer", inputs, NotEligible("employee_inactive"))
	return Check("referrer", True, inputs)


def _program(situation: Situation) -> Check:
	program, company = situation.program, _company(situation)
	if not program:
		return Check("program", True, {"program": None})
	inputs = {
		"program": program.name,
		"company": company,
		"department": next(iter(situation.referrer.departments), None),
		"grade": situation.referrer.grade,
		"from": program.starts_on,
		"to": program.ends_on,
		"on": situation.today,
	}
	opening = situation.opening
	reason = why_not(program, opening and opening.place, situation.referrer.place, situation.today)
	if reason:
		facts = {"program": program.name, "starts_on": program.starts_on, "ends_on": program.ends_on}
		return _failed("program", inputs, NotEligible(reason, **facts))
	return Check("program", True, inputs)


def _opening(situation: Situation) -> Check:
	opening, today = situation.opening, situation.today
	if not opening:
		return Check("opening", True, {"opening": None})
	inputs = {"opening": opening.name, "status": opening.status, "closes_on": opening.closes_on}
	if not opening.exists:
		return _failed("opening", inputs, NotEligible("opening_missing"))
	if opening.status != "Open" or (opening.closes_on and opening.closes_on < today):
		return _failed("opening", inputs, NotEligible("opening_closed"))
	if not opening.accepts_referrals:
		return _failed("opening", inputs, NotEligible("opening_takes_no_referrals"))
	return Check("opening", True, inputs)


def _not_oneself(situation: Situation) -> Check:
	if situation.referrer.contact.may_be(situation.candidate, situation.region):
		return _failed("not_oneself", {}, NotEligible("self_referral"))
	return Check("not_oneself", True)


def _no_colleague(situation: Situation) -> Check:
	inputs = {"compared": len(situation.colleagues)}
	treatment = situation.treatments.get(Case.CURRENT_EMPLOYEE, DEFAULTS[Case.CURRENT_EMPLOYEE])
	if not treatment.may_refer and _colleague(situation):
		return _failed("no_colleague", inputs, AlreadyKnown("current_employee"))
	return Check("no_colleague", True, inputs)


def _colleague(situation: Situation) -> Contact | None:
	return next(
		(
			colleague
			for colleague in situation.colleagues
			if colleague.may_be(situation.candidate, situation.region)
		),
		None,
	)


def _cases(situation: Situation) -> Check:
	ruled = ruling(situation)
	inputs = {"cases": [case.value for case, _treatment in ruled.held]}
	if ruled.refused_by:
		return _failed("cases", inputs, NotEligible("case_refused", case=ruled.refused_by.value))
	return Check("cases", True, inputs)


def _no_recent_applicant(situation: Situation) -> Check:
	days = situation.known_applicant_days
	inputs = {"days": days, "compared": len(situation.applicants)}
	for applicant in situation.applicants:
		if _is_recent(applicant, situation):
			if applicant.contact.is_same_person(situation.candidate, situation.region):
				return _failed("no_recent_applicant", inputs, AlreadyKnown("recent_applicant", days=days))
	return Check("no_recent_applicant", True, inputs)


def _is_recent(applicant: Applicant, situation: Situation) -> bool:
	"""A referred person whose resume is out of date may be referred again, however long others stay known."""
	days = situation.known_applicant_days
	if days and applicant.was_referred and situation.resume_valid_days:
		days = min(days, situation.resume_valid_days)
	return bool(days) and applicant.applied_on.date() >= situation.today - timedelta(days=days)


def _failed(name: str, inputs: dict, refusal: Refused) -> Check:
	return Check(name, False, inputs, refusal)
