"""Makes what HR makes, the way HR makes it: people, openings, applicants, interviews, offers, hires.

Every function returns the saved document; names are unique, so that tests do not meet. Extra keywords are fields.
"""

from functools import cache
from itertools import count
from unittest.mock import patch

import frappe
from frappe.utils import add_days, add_years, getdate, random_string, today
from frappe.utils.password import passlibctx, update_password
from hrms.hr.doctype.job_applicant.job_applicant import create_interview
from hrms.hr.doctype.job_offer.job_offer import make_employee as make_employee_from_offer
from plain_employees import may_be_plain, plain_employee

COMPANY = "_Hub Test Company"
PASSWORD = "hub-Test-4711"
EXPECTED_SKILL = "Conversation"

_numbers = count(1)
_hash_once = cache(passlibctx.hash)  # slow on purpose, and all have the same password


def unique(word: str) -> str:
	return f"{word} {next(_numbers)}{random_string(5).lower()}"


def unique_email(word: str = "person") -> str:
	return f"{word}.{next(_numbers)}{random_string(5).lower()}@example.com"


def ensure(doctype: str, name: str, **fields) -> str:
	"""The name of a master, made when it is not there."""
	if not frappe.db.exists(doctype, name):
		frappe.get_doc({"doctype": doctype, "name": name, **fields}).insert()
	return name


# the company


def make_department(name: str | None = None, company: str = COMPANY, **fields):
	return _insert("Department", department_name=name or unique("Department"), company=company, **fields)


def make_designation(name: str | None = None, **fields):
	return _insert("Designation", designation_name=name or unique("Designation"), **fields)


def make_grade(name: str | None = None, **fields):
	grade = frappe.new_doc("Employee Grade", **fields)
	grade.name = grade.__newname = name or unique("Grade")
	return grade.insert()


def make_branch(name: str | None = None, **fields):
	return _insert("Branch", branch=name or unique("Branch"), **fields)


# people


def make_user(email: str | None = None, roles: tuple[str, ...] = (), **fields):
	"""A person who can log in with PASSWORD."""
	user = frappe.new_doc("User")
	user.update(
		{
			"email": email or unique_email("user"),
			"first_name": fields.pop("first_name", "Test"),
			"send_welcome_email": 0,
			"user_type": "System User",
			**fields,
		}
	)
	user.append_roles(*roles)
	user.insert()
	with patch.object(passlibctx, "hash", _hash_once):
		update_password(user.name, PASSWORD)
	return user


def make_hr_manager(email: str | None = None):
	return make_user(email or unique_email("hr"), ("HR Manager", "HR User"), first_name="Hua")


def make_employee(
	first_name: str | None = None,
	*,
	user: bool | str = False,
	roles: tuple[str, ...] = (),
	company: str = COMPANY,
	**fields,
):
	"""An active colleague of two years. `user=True` gives them a login as HRMS does: role Employee, user permissions."""
	first_name = first_name or unique("Employee")
	if user:
		email = user if isinstance(user, str) else unique_email("employee")
		if not frappe.db.exists("User", email):
			make_user(email, ("Employee", "Employee Self Service", *roles), first_name=first_name)
		fields["user_id"] = email
	defaults = {
		"first_name": first_name,
		"company": company,
		"gender": "Female",
		"date_of_birth": "1990-04-12",
		"date_of_joining": add_years(today(), -2),
		"status": "Active",
	}
	values = {**defaults, **fields}
	return plain_employee(values) if may_be_plain(values, COMPANY) else _insert("Employee", **values)


def confirm_employee(employee, on: str | None = None):
	"""HR ends the probation."""
	employee = _fresh("Employee", employee)
	employee.final_confirmation_date = on or today()
	return employee.save()


def part_with_employee(employee, on: str | None = None):
	"""HR enters that somebody has left."""
	employee = _fresh("Employee", employee)
	employee.update({"status": "Left", "relieving_date": on or today()})
	return employee.save()


def transfer(employee, company: str | None = None, new_id: bool = True):
	"""HR transfers somebody, with a second Employee record unless told otherwise; return the record they have now."""
	made = frappe.get_doc(
		{
			"doctype": "Employee Transfer",
			"employee": employee.name,
			"company": employee.company,
			"transfer_date": today(),
			"create_new_employee_id": int(new_id),
			"new_company": company,
			"transfer_details": [
				{
					"property": "Designation",
					"fieldname": "designation",
					"current": employee.designation,
					"new": make_designation().name,
				}
			],
		}
	).insert()
	made.submit()
	return frappe.get_doc("Employee", made.new_employee_id or employee.name)


def bare_company() -> str:
	"""A company without a chart of accounts, which would take a minute and is rarely needed."""
	company = frappe.new_doc("Company")
	name = unique("Branch")
	company.update(
		{"name": name, "company_name": name, "abbr": name[-5:], "default_currency": "CNY", "country": "China"}
	)
	company.db_insert()
	return name


def other_company() -> str:
	name = unique("Sister")
	fields = {"company_name": name, "abbr": frappe.generate_hash(length=5), "country": "China"}
	return frappe.get_doc({"doctype": "Company", "default_currency": "CNY", **fields}).insert().name


# recruitment


def make_opening(
	title: str | None = None, *, designation: str | None = None, company: str = COMPANY, **fields
):
	"""A published Job Opening."""
	defaults = {
		"job_title": title or unique("Opening"),
		"designation": designation or make_designation().name,
		"company": company,
		"status": "Open",
		"publish": 1,
		"description": "What there is to do, and for whom.",
	}
	return _insert("Job Opening", **{**defaults, **fields})


def make_applicant(opening=None, *, name: str | None = None, email: str | None = None, **fields):
	"""Somebody applies, for an opening when one is given."""
	if opening:
		opening = _fresh("Job Opening", opening)
		fields = {"job_title": opening.name, "designation": opening.designation, **fields}
	return _insert(
		"Job Applicant",
		applicant_name=name or unique("Applicant"),
		email_id=email or unique_email("applicant"),
		status=fields.pop("status", "Open"),
		**fields,
	)


def set_applicant_status(applicant, status: str):
	"""HR changes the status in the form: Replied, Hold, Rejected, Accepted."""
	applicant = _fresh("Job Applicant", applicant)
	applicant.status = status
	return applicant.save()


def make_interview_round(name: str | None = None, interviewers: tuple[str, ...] = (), **fields):
	ensure("Skill", EXPECTED_SKILL, skill_name=EXPECTED_SKILL)
	return _insert(
		"Interview Round",
		round_name=name or unique("Round"),
		expected_skill_set=[{"skill": EXPECTED_SKILL}],
		interviewers=[{"user": user} for user in interviewers],
		**fields,
	)


def schedule_interview(applicant, interview_round=None, *, on: str | None = None, **fields):
	"""HR makes an interview from the applicant, for today unless told otherwise."""
	interview_round = interview_round or make_interview_round()
	interview = create_interview(_fresh("Job Applicant", applicant), _name(interview_round))
	interview.update(
		{"scheduled_on": on or today(), "from_time": "10:00:00", "to_time": "11:00:00", **fields}
	)
	return interview.insert()


def give_feedback(interview, interviewer: str, result: str = "Cleared", rating: float = 0.8):
	interview = _fresh("Interview", interview)
	feedback = frappe.new_doc("Interview Feedback")
	feedback.update({"interview": interview.name, "interviewer": interviewer, "result": result})
	feedback.append("skill_assessment", {"skill": EXPECTED_SKILL, "rating": rating})
	return feedback.insert().submit()


def finish_interview(interview, result: str = "Cleared"):
	"""HR enters the result and submits."""
	interview = _fresh("Interview", interview)
	interview.status = result
	interview.save()
	return interview.submit()


def make_offer(applicant, *, submit: bool = True, company: str = COMPANY, **fields):
	"""HR offers a job; `submit=False` leaves the draft on which terms are being discussed."""
	applicant = _fresh("Job Applicant", applicant)
	offer = _insert(
		"Job Offer",
		job_applicant=applicant.name,
		applicant_name=applicant.applicant_name,
		designation=applicant.designation or make_designation().name,
		company=company,
		offer_date=fields.pop("offer_date", today()),
		status=fields.pop("status", "Awaiting Response"),
		**fields,
	)
	return offer.submit() if submit else offer


def answer_offer(offer, answer: str = "Accepted"):
	"""The candidate's answer, entered by HR on the submitted offer: Accepted or Rejected."""
	offer = _fresh("Job Offer", offer)
	offer.status = answer
	return offer.save()


def hire(offer, *, date_of_joining: str | None = None, **fields):
	"""HR makes the Employee from the Job Offer."""
	employee = make_employee_from_offer(_name(offer))
	employee.update(
		{
			"gender": "Male",
			"date_of_birth": "1992-09-01",
			"date_of_joining": date_of_joining or today(),
			"status": "Active",
			**fields,
		}
	)
	return employee.insert()


def hire_applicant(applicant, **fields):
	"""The whole way from applicant to Employee, with an accepted offer."""
	return hire(answer_offer(make_offer(applicant)), **fields)


def days_ago(days: int) -> str:
	return str(getdate(add_days(today(), -days)))


def in_days(days: int) -> str:
	return str(getdate(add_days(today(), days)))


def _insert(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert()


def _name(document) -> str:
	return document if isinstance(document, str) else document.name


def _fresh(doctype: str, document):
	"""As a form does: what is in the database now, not what a test still holds."""
	return frappe.get_doc(doctype, _name(document))
