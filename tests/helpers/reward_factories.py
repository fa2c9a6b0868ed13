"""Makes rules, referrals and payroll for the tests of rewards, through the real controllers."""

from types import SimpleNamespace

import frappe
import site_factories as make
from frappe.utils import add_months, add_to_date, get_first_day, get_last_day, now_datetime, today

from referral_hub.referrals import service as referrals
from referral_hub.rewards import service as rewards

SETTINGS = "Referral Hub Settings"


def points(milestone: str, amount: float, **more) -> dict:
	return {"milestone": milestone, "kind": "Points", "amount": amount, "currency": "", **more}


def cash(milestone: str, amount: float, **more) -> dict:
	return {"milestone": milestone, "kind": "Cash", "amount": amount, "currency": "", **more}


def make_rule(*milestones: dict, **fields):
	"""A rule for every company, unless told otherwise."""
	rule = {"doctype": "Reward Rule", "rule_name": make.unique("Rule"), "company": "", "enabled": 1}
	return frappe.get_doc({**rule, **fields, "milestones": list(milestones)}).insert()


def make_story(*milestones: dict, **employee_fields) -> SimpleNamespace:
	"""A referrer, an opening with a rule of its own, and a candidate who was referred today."""
	referrer = make.make_employee(**employee_fields)
	opening = make.make_opening()
	rule = make_rule(*milestones, designation=opening.designation)
	return refer(referrer, opening, rule)


def refer(referrer, opening, rule=None) -> SimpleNamespace:
	candidate = referrals.Candidate(name=make.unique("Candidate"), email=make.unique_email("candidate"))
	referral = referrals.submit(referrer.name, candidate, opening.name)
	referral.reload()
	applicant = frappe.get_doc("Job Applicant", referral.job_applicant)
	return SimpleNamespace(
		referrer=referrer,
		opening=opening,
		rule=rule,
		referral=referral,
		applicant=applicant,
		name=referral.name,
	)


def follow(story) -> None:
	"""What the job after HR's save does."""
	referrals.refresh(story.name)
	story.referral.reload()


def interview(story, result: str | None = None):
	meeting = make.schedule_interview(story.applicant)
	if result:
		make.finish_interview(meeting, result)
	follow(story)
	return meeting


def hire(story, **fields):
	story.hire = make.hire_applicant(story.applicant, **fields)
	follow(story)
	return story.hire


def rewards_of(story) -> dict[str, frappe._dict]:
	"""The rewards of a referral by milestone."""
	rows = frappe.get_all("Referral Reward", filters={"referral": story.name}, fields=["*"])
	return {row.milestone: row for row in rows}


def reward_of(story, milestone: str):
	return rewards_of(story)[milestone]


def states_of(story) -> dict[str, str]:
	return {milestone: row.state for milestone, row in rewards_of(story).items()}


def pay(on: str | None = None) -> dict:
	return rewards.pay_due(on)


def told(story, event: str) -> list[frappe._dict]:
	"""The facts of each piece of news the outbox holds about this event, whatever the channels."""
	rows = frappe.get_all(
		"Referral Message",
		filters={"referral": story.name, "event": event},
		fields=["event_key", "facts", "recipient"],
		order_by="creation asc",
	)
	news = {row.event_key: row for row in rows}
	return [frappe._dict(frappe.parse_json(row.facts), recipient=row.recipient) for row in news.values()]


# training


def make_training_event(program: str | None = None, days: int = 9, submit: bool = False, **fields):
	"""A Training Event that is to take place, of a program when one is given."""
	begins = add_to_date(now_datetime(), days=days)
	event = frappe.get_doc(
		{
			"doctype": "Training Event",
			"event_name": make.unique("Event"),
			"training_program": program,
			"event_status": "Scheduled",
			"type": "Conference",
			"company": make.COMPANY,
			"location": "Hall 1",
			"start_time": begins,
			"end_time": add_to_date(begins, hours=4),
			"introduction": "What there is to learn",
			**fields,
		}
	).insert()
	return event.submit() if submit else event


def make_training_program() -> str:
	about = {"training_program": make.unique("Training"), "description": "To learn"}
	return frappe.get_doc(doctype="Training Program", company=make.COMPANY, **about).insert().name


# payroll


def make_rate(promised: str, currency: str, value: float, on: str | None = None) -> None:
	"""ERPNext's rate of a day, today unless told otherwise."""
	fields = {"date": on or today(), "from_currency": promised, "to_currency": currency}
	fields |= {"exchange_rate": value, "for_buying": 1, "for_selling": 1}
	frappe.get_doc({"doctype": "Currency Exchange", **fields}).insert()


def make_component(name: str | None = None, kind: str = "Earning", **fields):
	name = name or make.unique("Component")
	return frappe.get_doc(
		{
			"doctype": "Salary Component",
			"salary_component": name,
			"salary_component_abbr": frappe.generate_hash(length=8),
			"type": kind,
			"depends_on_payment_days": 0,
			**fields,
		}
	).insert()


def pay_cash_with(component, submit: bool = True) -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.cash_salary_component = component.name if component else None
	settings.submit_additional_salary = int(submit)
	settings.save()


def put_on_payroll(employee, currency: str = "CNY", company: str = make.COMPANY, since: str | None = None):
	"""A Salary Structure with one component, assigned from the day the employee joined, or a later one."""
	employee.db_set("holiday_list", _holiday_list())
	base = make_component()
	structure = frappe.get_doc(
		{
			"doctype": "Salary Structure",
			"__newname": make.unique("Structure"),
			"company": company,
			"currency": currency,
			"is_active": "Yes",
			"payroll_frequency": "Monthly",
			"earnings": [{"salary_component": base.name, "amount": 5000, "abbr": base.salary_component_abbr}],
		}
	).insert()
	structure.submit()
	return (
		frappe.get_doc(
			{
				"doctype": "Salary Structure Assignment",
				"employee": employee.name,
				"salary_structure": structure.name,
				"company": company,
				"currency": currency,
				"from_date": since or employee.date_of_joining,
				"base": 5000,
			}
		)
		.insert()
		.submit()
	)


def make_slip(employee, on: str | None = None):
	"""A draft Salary Slip for the month of a day, filled the way payroll fills it."""
	assignment = frappe.get_last_doc("Salary Structure Assignment", {"employee": employee.name})
	slip = frappe.get_doc(
		{
			"doctype": "Salary Slip",
			"employee": employee.name,
			"company": employee.company,
			"salary_structure": assignment.salary_structure,
			"currency": assignment.currency,
			"exchange_rate": 1,
			"start_date": get_first_day(on or today()),
			"end_date": get_last_day(on or today()),
			"posting_date": get_last_day(on or today()),
			"payroll_frequency": "Monthly",
		}
	)
	return slip.insert()


def _holiday_list() -> str:
	year = today()[:4]
	name = make.unique("Holidays")
	dates = {"from_date": f"{int(year) - 1}-01-01", "to_date": f"{int(year) + 1}-12-31"}
	holidays = frappe.get_doc({"doctype": "Holiday List", "holiday_list_name": name, **dates})
	return holidays.insert().name


def next_month() -> str:
	return str(add_months(today(), 1))
