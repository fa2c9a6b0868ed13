"""A path through the stores of the demo: who rose on it and what others reached, goals agreed before joining, questions to a manager.

Everything by HRMS's own documents and the services a real site uses, then dated as it would have been; nothing is sent.
"""

from datetime import date, datetime, time, timedelta

import frappe
from frappe.utils import add_days, getdate, now_datetime, today

from referral_hub.paths import cases
from referral_hub.paths.feedback import answering, asking, clock
from referral_hub.paths.figures import keeping
from referral_hub.paths.goals import plans, reporting, starting
from referral_hub.paths.goals.editing import NOTE, PLAN, goals_of
from referral_hub.paths.rules.goals import fingerprint
from referral_hub.portal.growth import case_words
from referral_hub.setup.demo import around, cast, company
from referral_hub.setup.demo import career_cast as said

LEVEL = ("code", "title", "designation", "grade", "follows", "branch", "usual_months")
LEVEL += ("pay_from", "pay_to", "bonus_percent", "brings")
REQUIREMENT = ("level", "requirement", "target", "unit", "source", "at_most", "counted")


def play() -> None:
	"""Take every step; the caller commits."""
	people = company.employees()
	manager, assistant = people[said.MANAGER], people[said.ASSISTANT]
	path = _make_path()
	_promote(people)
	step = cases.name_of(cases.rises_of(manager, path)[-1])
	cases.agree(manager, path, step, cases.FIRST_NAME, said.OWN_WORDS, case_words.consent())
	_lead(manager, assistant)
	_work_on_goals(assistant, path)
	_begin_with_goals(manager)
	_ask(assistant)
	_count()
	around.silence()


def _make_path():
	currency = company.company_currency()
	return _insert(
		"Performance Path",
		path_name=said.PATH,
		company=cast.COMPANY,
		levels=[dict(zip(LEVEL, row, strict=True), currency=currency) for row in said.LEVELS],
		requirements=[dict(zip(REQUIREMENT, row, strict=True)) for row in said.REQUIREMENTS],
	)


def _promote(people: list[str]) -> None:
	"""All in the last whole year, which is counted: everybody had joined before it."""
	levels = {row[0]: dict(zip(LEVEL, row, strict=True)) for row in said.LEVELS}
	year = getdate(today()).year - 1
	for number, rises in said.RISES.items():
		for (month, day), code in rises:
			level = levels[code]
			designation = level["designation"]
			after = {
				"designation": designation,
				"grade": level["grade"] or cast.DESIGNATIONS[designation],
			}
			_promote_to(people[number], date(year, month, day), after)


def _promote_to(employee: str, on: date, after: dict[str, str]) -> None:
	before = frappe.db.get_value("Employee", employee, list(after), as_dict=True)
	changes = [
		{
			"property": frappe.get_meta("Employee").get_label(field),
			"fieldname": field,
			"current": before[field],
			"new": value,
		}
		for field, value in after.items()
		if before[field] != value
	]
	promotion = {"employee": employee, "promotion_date": on, "company": cast.COMPANY}
	_insert("Employee Promotion", promotion_details=changes, **promotion).submit()


def _lead(manager: str, *employees: str) -> None:
	for name in employees:
		employee = frappe.get_doc("Employee", name)
		employee.update({"reports_to": manager}).save(ignore_permissions=True)


def _work_on_goals(employee: str, path) -> None:
	days = {"start_date": add_days(today(), -60), "end_date": add_days(today(), 60)}
	for words, progress in said.GOALS:
		_insert("Goal", employee=employee, goal_name=words, progress=progress, **days)
	level, requirement = said.REQUIREMENTS[1][:2]
	of = {"path": path.name, "level": level, "requirement": requirement, "measured_on": today()}
	_insert("Path Measurement", employee=employee, value=said.COMPLAINTS, **of)


def _begin_with_goals(manager: str) -> None:
	"""Whoever joined last agreed to goals before the first day, and works on them."""
	hired = {"company": cast.COMPANY, "job_applicant": ("is", "set"), "status": "Active"}
	newest = frappe.get_all(
		"Employee",
		hired,
		["name", "job_applicant", "date_of_joining"],
		order_by="date_of_joining desc",
		limit=1,
	)
	for newcomer in newest:
		_lead(manager, newcomer.name)
		plan = _agree(newcomer.job_applicant, newcomer.date_of_joining)
		starting.start(plan)
		first = frappe.get_doc(PLAN, plan).goals[0].name
		reporting.report(newcomer.name, plan, first, str(said.PROGRESS))
		with _as(said.MANAGER):
			reporting.explain(manager, plan, first, said.MANAGER_SAYS)


def _agree(applicant: str, joins_on: date) -> str:
	offer = frappe.get_doc("Job Offer", {"job_applicant": applicant, "docstatus": 1})
	rows = [dict(zip(("goal", "months", "measure"), row, strict=True)) for row in said.FIRST_GOALS]
	template = {"title": said.TEMPLATE, "designation": offer.designation, "company": cast.COMPANY}
	_insert("Onboarding Goal Template", goals=rows, **template)
	plan = plans.make(offer)
	plans.propose(plan)
	plans.comment(plan, said.CANDIDATE_ASKS)
	plans.answer(plan, said.HR_ANSWERS)
	plans.accept(plan, fingerprint(goals_of(frappe.get_doc(PLAN, plan))))
	_date_agreed(plan, datetime.combine(add_days(joins_on, -12), time(10)))
	return plan


def _date_agreed(plan: str, proposed: datetime) -> None:
	"""The candidate wrote the same day, HR answered the next, and they agreed the day after."""
	notes = frappe.get_all(NOTE, {"plan": plan}, pluck="name", order_by="said_on asc, creation asc")
	for number, note in enumerate(notes):
		on = proposed + timedelta(hours=6 + 20 * number)
		frappe.db.set_value(NOTE, note, "said_on", on, update_modified=False)
	agreed = {"proposed_on": proposed, "agreed_on": on, "creation": proposed}
	frappe.db.set_value(PLAN, plan, agreed, update_modified=False)


def _ask(assistant: str) -> None:
	"""One question was answered within hours, one waits."""
	with _as(said.ASSISTANT):
		first, _waits = [asking.ask(assistant, *question).name for question in said.QUESTIONS]
	with _as(said.MANAGER):
		answering.answer(first, frappe.session.user, said.ANSWER)
	with _as(said.ASSISTANT):
		asking.settle(first, assistant, 5, said.THANKS)
	_date_answered(first)


def _date_answered(name: str) -> None:
	asked = add_days(now_datetime(), -said.ANSWERED_DAYS_AGO).replace(microsecond=0)
	answered = asked + timedelta(hours=said.ANSWERED_AFTER_HOURS)
	answerer = frappe.db.get_value("Path Feedback", name, "answerer")
	hours = clock.hours_between(answerer, cast.COMPANY, asked, answered)
	values = {"asked_on": asked, "answered_on": answered, "resolved_on": answered, "hours_taken": hours}
	values |= clock.started(answerer, cast.COMPANY, asked) | {"creation": asked}
	frappe.db.set_value("Path Feedback", name, values, update_modified=False)
	for act, happened in (("Asked", asked), ("Answered", answered), ("Settled", answered)):
		line = {"feedback": name, "act": act}
		frappe.db.set_value("Path Feedback Entry", line, "happened_on", happened, update_modified=False)


def _count() -> None:
	"""What others reached is counted for every path of the site, as each night, and in the name of the nightly job."""
	frappe.set_user("Administrator")
	keeping.recount()
	frappe.set_user(cast.ACTOR)


class _as:
	"""Be somebody of the cast who has a login, so that what they write is theirs."""

	def __init__(self, number: int):
		self.user = company.login_address(number)

	def __enter__(self):
		frappe.set_user(self.user)

	def __exit__(self, *_error):
		frappe.set_user(cast.ACTOR)


def _insert(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert(ignore_permissions=True)
