"""Learn to refer: an activity of HRMS's onboarding, given to the newcomer, done when they open the page, gone with the app."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from announcing_factories import ONBOARDING, TEMPLATE, make_onboarding_template, onboard
from portal_factories import make_paid_opening

from referral_hub.announcing import learning as ours
from referral_hub.api.announcing import learning


@pytest.fixture
def template():
	return make_onboarding_template()


def test_hr_puts_it_into_the_templates_chosen_once(template, as_user):
	as_user(hr.make_user(roles=("HR Manager", "System Manager")).name)
	assert {row["name"]: row["has_it"] for row in learning.templates()}[template.name] is False
	names = frappe.as_json([template.name])
	assert (learning.put_into_templates(names, 5), learning.put_into_templates(names, 5)) == (1, 0)
	row = frappe.get_doc(TEMPLATE, template.name).activities[-1]
	assert (row.activity_name, row.begin_on, row.duration, row.role, row.user) == (
		"Learn to Refer",
		5,
		1,
		None,
		None,
	)
	assert {row["name"]: row["has_it"] for row in learning.templates()}[template.name] is True
	with pytest.raises(frappe.ValidationError, match="from 0 to 365"):
		learning.put_into_templates(names, 400)


def test_only_who_may_change_templates_puts_it_there(template, as_user):
	for user in (hr.make_employee(user=True).user_id, hr.make_hr_manager().name):
		as_user(user)
		with pytest.raises(frappe.PermissionError):
			learning.put_into_templates(frappe.as_json([template.name]), 5)
		with pytest.raises(frappe.PermissionError, match="whoever may change Employee Onboarding Templates"):
			learning.templates()


def test_the_newcomer_is_given_the_task_once_and_opening_the_page_completes_it(template, as_user):
	opening = make_paid_opening()
	ours.put_into(template.name, 0)
	employee, task = onboard(template)
	assert task in ours.to_give()
	ours.give(task)
	assert task not in ours.to_give()
	user = frappe.db.get_value("Employee", employee.name, "user_id")
	assert frappe.get_all("ToDo", {"reference_name": task}, pluck="allocated_to") == [user]
	as_user(user)
	frappe.local.lang = "en"
	page = web.get("/referrals/learn")
	assert page.status_code == 200 and page.text.count("<svg viewBox") >= 3
	assert opening.job_title in page.text and "400 points" in page.text
	frappe.set_user("Administrator")
	assert frappe.db.get_value("Task", task, "status") == "Completed"
	other = frappe.get_doc(ONBOARDING, {"employee": employee.name}).activities[0].task
	assert frappe.db.get_value("Task", other, "status") == "Open"
	assert ours.complete(employee.name) is False


def test_who_has_no_such_task_reads_the_page_too(as_user):
	as_user(hr.make_employee(user=True).user_id)
	assert web.get("/referrals/learn").status_code == 200


def test_uninstalling_takes_it_out_of_templates_alone(template):
	ours.put_into(template.name, 0)
	_employee, task = onboard(template)
	ours.take_out()
	assert [row.activity_name for row in frappe.get_doc(TEMPLATE, template.name).activities] == ["Laptop"]
	assert frappe.db.exists("Employee Boarding Activity", {"task": task})
