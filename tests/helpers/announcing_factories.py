"""Announcements as HR writes them, and onboardings from HRMS's templates."""

import frappe
import site_factories as hr
from frappe.utils import today

from referral_hub.announcing import posts

TEMPLATE, ONBOARDING = "Employee Onboarding Template", "Employee Onboarding"


def make_announcement(*, openings=(), audience=(), companies=(), out: bool = True, **fields):
	"""Write an announcement and, unless told otherwise, let it go out."""
	post = frappe.new_doc(posts.DOCTYPE)
	post.update({"title": hr.unique("Spring"), "text": "<p>We look for people.</p>", **fields})
	post.update({"openings": [{"job_opening": name} for name in openings]})
	post.update({"companies": [{"company": name} for name in companies]})
	post.update({"audience": [{"kind": kind, "value": value} for kind, value in audience]})
	post.insert()
	if out:
		posts.announce(post.name)
		post.reload()
	return post


def make_onboarding_template():
	made = frappe.new_doc(TEMPLATE)
	made.update({"title": hr.unique("Shop"), "company": hr.COMPANY})
	made.append("activities", {"activity_name": "Laptop", "begin_on": 0, "duration": 1})
	return made.insert()


def onboard(template):
	"""Onboard somebody by a template, as HRMS's form copies it; return the employee and the task of ours."""
	employee = hr.hire_applicant(hr.make_applicant(hr.make_opening()))
	boarding = frappe.new_doc(ONBOARDING)
	boarding.update(
		{
			"job_applicant": employee.job_applicant,
			"job_offer": frappe.db.get_value("Job Offer", {"job_applicant": employee.job_applicant}),
			"employee": employee.name,
			"employee_name": employee.employee_name,
			"company": hr.COMPANY,
			"date_of_joining": today(),
			"boarding_begins_on": today(),
			"employee_onboarding_template": template.name,
		}
	)
	fields = ("activity_name", "description", "begin_on", "duration")
	for row in frappe.get_doc(TEMPLATE, template.name).activities:
		boarding.append("activities", {field: row.get(field) for field in fields})
	boarding.insert()
	boarding.submit()
	user = hr.make_user()
	employee.db_set("user_id", user.name)
	return employee, frappe.get_doc(ONBOARDING, boarding.name).activities[-1].task
