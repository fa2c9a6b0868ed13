"""Reads the referrals of a period, what became of them and what was got for them, into the plain objects of `rules/`.

A constant number of queries whatever the number of referrals. Rows are those the user may read, and of the companies they
work for. Openings, employees and the tree of departments are taken as they are now. Writes nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.desk.reportview import build_match_conditions
from frappe.query_builder import CustomFunction, DocType
from frappe.utils import add_days, get_datetime, getdate
from pypika.terms import LiteralValue

from referral_hub import permissions
from referral_hub.people import departments, employments
from referral_hub.referrals.rules.moves import Kind
from referral_hub.rewards import earning
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.promising import badges, rulebook
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.promising.badges import Award, held_on
from referral_hub.rewards.rules.simulating.history import Past, dates_of, over_on
from referral_hub.rewards.rules.simulating.simulator import Piece

GOT = states.STANDING - {states.PROMISED}
# their days are columns of the Referral
NOT_FROM_TIMELINE = ("Offered", "Joined", "Confirmed")
FIELDS = (
	"name",
	"referrer",
	"submitted_on",
	"job_opening",
	"designation",
	"department",
	"company",
	"program",
)
FIELDS += (
	"stage",
	"outcome",
	"stays",
	*earning.PROGRESS_DATES,
)
FIELDS += ("hired_employee", "reward_option", "reward_mix", "may_be_paid", "closed_on")
EMPLOYEE = ("name", "employee_name", "company", "designation", "grade", "department", "employment_type")


@dataclass(frozen=True)
class Asked:
	"""Which referrals: made from a day until another, of a company or of all that the user works for."""

	from_date: date
	to_date: date
	company: str | None = None


@dataclass
class History:
	"""What was read. `names`: of employees, under the person they are."""

	pasts: list[Past]
	got: list[Piece]
	names: dict[str, str]


def read(asked: Asked) -> History:
	"""Read referrals with their rewards."""
	rows = (
		_query(asked)
		.select(*(DocType("Referral")[field] for field in FIELDS), _frozen_on())
		.run(as_dict=True)
	)
	people = _People({name for row in rows for name in (row.referrer, row.hired_employee) if name})
	openings, moves, waiting = _openings(rows), _moves(asked), _options_waited_for(asked)
	parents, facts = departments.parents(), {}
	pasts = [
		_past(row, people, _facts(row, people, openings, parents, facts), moves.get(row.name, []), waiting)
		for row in rows
	]
	known = {past.referral: past for past in pasts}
	return History(pasts, list(_got(asked, known)), people.names())


def used_before(programs: Iterable[str], day: date) -> dict[str, float]:
	"""Return what referrals made before a day use of the budgets of some programs, in the currency of each budget."""
	named = [*programs]
	if not named:
		return {}
	filters = {"program": ("in", named), "submitted_on": ("<", day), "budget_cost": (">", 0)}
	used: dict[str, float] = {}
	for program, cost in frappe.get_all("Referral", filters, ["program", "budget_cost"], as_list=True):
		used[program] = used.get(program, 0) + cost
	return used


class _People:
	"""Employees who referred or were hired, read once; several records of one person are one."""

	def __init__(self, names: set[str]):
		employee = DocType("Employee")
		query = frappe.qb.from_(employee).select(*(employee[field] for field in EMPLOYEE))
		self._rows = {
			row.name: row for row in query.where(employee.name.isin([*names] or [""])).run(as_dict=True)
		}
		self._persons = employments.persons()
		self._awards = self._read_awards(names)
		companies = {row.company for row in self._rows.values() if row.company}
		self._currencies = {
			name: frappe.get_cached_value("Company", name, "default_currency") for name in companies
		}

	def person(self, employee: str) -> str:
		return self._persons.get(employee, employee)

	def _read_awards(self, names: set[str]) -> dict[str, list[Award]]:
		"""Read what was awarded to these people, by the person."""
		people = {self.person(name) for name in names}
		records = {name for name, person in self._persons.items() if person in people}
		found: dict[str, list[Award]] = {}
		for employee, awards in badges.awards_of(names | records).items():
			found.setdefault(self.person(employee), []).extend(awards)
		return found

	def currency(self, employee: str) -> str | None:
		row = self._rows.get(employee)
		return self._currencies.get(row.company) if row else None

	def referrer(self, employee: str, day: date) -> rulebook.Referrer:
		row = self._rows.get(employee)
		if not row:
			return rulebook.Referrer()
		held = held_on(self._awards.get(self.person(employee), ()), day)
		currency = self.currency(employee)
		return rulebook.Referrer(currency, row.designation, row.grade, row.department, held)

	def hire(self, employee: str | None) -> dict[str, str | None]:
		row = self._rows.get(employee)
		return {name: row[name] for name in rulebook.HIRE_FIELDS.values()} if row else {}

	def names(self) -> dict[str, str]:
		return {self.person(name): row.employee_name for name, row in self._rows.items()}


def _query(asked: Asked):
	"""Return the query of the referrals asked for, within what this user may read."""
	referral = DocType("Referral")
	query = frappe.qb.from_(referral).where(referral.submitted_on >= asked.from_date)
	query = query.where(referral.submitted_on < getdate(add_days(asked.to_date, 1)))
	companies = permissions.allowed_companies(frappe.session.user, "Referral")
	if asked.company:
		query = query.where(referral.company == asked.company)
	if companies:
		query = query.where(referral.company.isin(companies))
	may_read = build_match_conditions("Referral")
	return query.where(LiteralValue(f"({may_read})")) if may_read else query


def _frozen_on():
	"""The day whose rules were promised, where that was not the day of the referral."""
	read_json = CustomFunction("JSON_VALUE", ["document", "path"])
	return read_json(DocType("Referral").terms, "$.frozen_on").as_("frozen_on")


def _past(row, people: _People, facts, moves: list, waiting: dict[str, str]) -> Past:
	is_for_something = row.job_opening or row.designation
	dates = dates_of((stage, day) for kind, stage, day in moves if kind != Kind.OUTCOME)
	ended = [day for kind, _stage, day in moves if kind == Kind.OUTCOME]
	return Past(
		referral=row.name,
		person=people.person(row.referrer),
		made_at=get_datetime(row.submitted_on),
		facts=facts,
		progress=earning.progress_of(row),
		currency=people.currency(row.referrer),
		promised_on=getdate(row.frozen_on) if row.frozen_on else None,
		dates={milestone: day for milestone, day in dates.items() if milestone not in NOT_FROM_TIMELINE},
		ended_on=over_on(row.outcome, _day(row.closed_on), ended),
		hire=people.hire(row.hired_employee),
		option=row.reward_option or waiting.get(row.name, ("", ""))[0],
		mix=row.reward_mix or waiting.get(row.name, ("", ""))[1],
		is_paid=bool(row.may_be_paid and is_for_something),
	)


def _facts(row, people: _People, openings: dict, parents: dict, known: dict):
	"""Return what rules look at; the same object for all that are alike."""
	opening = openings.get(row.job_opening)
	by = people.referrer(row.referrer, getdate(row.frozen_on or row.submitted_on))
	key = (
		opening.name if opening else (row.company, row.designation, row.department),
		row.program,
		row.referrer,
		by.badges,
	)
	if key not in known:
		known[key] = rulebook.facts_of(opening or row, row.program, parents, by)
	return known[key]


def _openings(rows: list) -> dict[str, frappe._dict]:
	names = {row.job_opening for row in rows if row.job_opening}
	return {row.name: row for row in rulebook.rows_of_openings([*names])} if names else {}


def _moves(asked: Asked) -> dict[str, list[tuple[str, str, date]]]:
	"""Read the stages that referrals went through and how they ended, oldest first, on the days that rewards go by."""
	referral, event = DocType("Referral"), DocType("Referral Event")
	query = _query(asked).inner_join(event).on(event.referral == referral.name)
	query = query.where(event.kind.isin([Kind.STAGE.value, Kind.CORRECTION.value, Kind.OUTCOME.value]))
	query = query.select(event.referral, event.kind, event.stage, event.recorded_on, event.happened_on)
	moves: dict[str, list] = {}
	for name, kind, stage, recorded_on, happened_on in query.orderby(event.referral).orderby(event.seq).run():
		if stage and (moment := recorded_on or happened_on):
			moves.setdefault(name, []).append((kind, stage, moment.date()))
	return moves


def _options_waited_for(asked: Asked) -> dict[str, tuple[str, str]]:
	"""Read which option a reward waits with while nobody has chosen: the option, and its kinds."""
	referral, reward = DocType("Referral"), DocType("Referral Reward")
	query = _query(asked).inner_join(reward).on(reward.referral == referral.name)
	query = query.where((reward.option != "") & reward.state.isin([states.CHOICE]))
	kinds: dict[tuple[str, str], set[str]] = {}
	for name, option, kind in query.select(reward.referral, reward.option, reward.kind).run():
		kinds.setdefault((name, option), set()).add(kind)
	return {name: (option, " + ".join(sorted(found))) for (name, option), found in kinds.items()}


def _got(asked: Asked, known: dict[str, Past]) -> Iterable[Piece]:
	"""Read what was earned and stands, paid or still to be."""
	referral, reward = DocType("Referral"), DocType("Referral Reward")
	columns = ("referral", "kind", "amount", "currency", "earned_on", "due_on", "details")
	query = _query(asked).inner_join(reward).on(reward.referral == referral.name)
	query = query.where(reward.state.isin(sorted(GOT))).select(*(reward[name] for name in columns))
	for row in query.run(as_dict=True):
		past = known[row.referral]
		yield Piece(
			row.referral,
			past.person,
			row.kind,
			to_decimal(row.amount),
			row.currency or None,
			getdate(row.earned_on),
			getdate(row.due_on or row.earned_on),
			past.department,
			json.loads(row.details) if row.details else {},
		)


def _day(value) -> date | None:
	return getdate(value) if value else None
