"""The harness keeps its promises: tests see a realistic site and leave nothing behind."""

import pickle
import subprocess

import frappe
import jinja2
import plain_employees
import pytest
import site_factories as hr
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.utils import today
from live_site import forget_request, site_name, sites_folder
from new_rows import row_names
from redis import Redis
from warm_python import warm_python

LEFT_BEHIND = "harness.left.behind@example.com"


def test_the_app_is_installed_beside_hrms():
	assert frappe.get_installed_apps() == ["frappe", "erpnext", "hrms", "referral_hub"]


def test_the_prepared_company_has_what_hr_needs():
	company = frappe.get_doc("Company", hr.COMPANY)
	assert (company.country, company.default_currency) == ("China", "CNY")
	assert company.default_holiday_list == f"Holidays {today()[:4]}"


@pytest.mark.parametrize("attempt", [1, 2])
def test_what_a_test_makes_is_gone_in_the_next(attempt):
	assert not frappe.db.exists("User", LEFT_BEHIND)
	hr.make_employee(user=LEFT_BEHIND)
	assert frappe.get_roles(LEFT_BEHIND).count("Employee") == 1


@pytest.mark.parametrize("attempt", [1, 2])
def test_what_a_test_changes_of_words_rules_and_doctypes_is_seen_in_it_and_gone_in_the_next(attempt):
	def seen() -> tuple:
		maps = frappe.cache_manager.get_doctype_map(
			"Milestone Tracker", "Department", {"document_type": "Department"}
		)
		return (
			frappe._("Harness words", "zh"),
			frappe.get_meta("Department").get_field("disabled").label,
			len(maps),
		)

	assert seen() == ("Harness words", "Disabled", 0)
	frappe.get_doc(
		doctype="Translation", language="zh", source_text="Harness words", translated_text="话"
	).insert()
	make_property_setter("Department", "disabled", "label", "Harness", "Data")
	frappe.get_doc(doctype="Milestone Tracker", document_type="Department", track_field="disabled").insert()
	frappe.clear_cache()
	assert seen() == ("话", "Harness", 1)


def test_what_was_seen_of_a_change_is_forgotten_when_it_is_taken_back():
	def label() -> str:
		frappe.clear_cache()
		return frappe.get_meta("Department").get_field("disabled").label

	frappe.db.savepoint("as_it_was")
	make_property_setter("Department", "disabled", "label", "Harness", "Data")
	assert [label(), label()] == ["Harness", "Harness"]
	frappe.db.rollback(save_point="as_it_was")
	assert label() == "Disabled"


def test_a_doctype_is_unpacked_once_and_anew_when_redis_has_another():
	def in_a_new_request():
		forget_request()
		return frappe.get_meta("Department")

	in_a_new_request()
	assert in_a_new_request() is (known := in_a_new_request())
	other = frappe.get_meta("Department", cached=False)
	other.get_field("disabled").label = "Of another process"
	Redis.hset(frappe.cache, frappe.cache.make_key("doctype_meta"), "Department", pickle.dumps(other))
	assert in_a_new_request().get_field("disabled").label == "Of another process"
	frappe.clear_cache(doctype="Department")
	assert in_a_new_request().get_field("disabled").label == known.get_field("disabled").label == "Disabled"


def test_a_commit_needs_permission():
	hr.make_department()
	with pytest.raises(AssertionError, match="ask for the fixture"):
		frappe.db.commit()


def test_a_test_that_may_commit_is_cleaned_up(commits):
	department = hr.make_department("Harness")
	commits.commit()
	frappe.db.rollback()
	assert frappe.db.exists("Department", department.name)


def test_the_committed_department_is_gone():
	assert not frappe.db.exists("Department", {"department_name": "Harness"})


def test_what_another_process_commits_meanwhile_is_cleaned_up(commits):
	assert not frappe.db.exists("ToDo", {"description": LEFT_BEHIND})
	code = f"""import frappe; frappe.init({site_name()!r}, sites_path='.'); frappe.connect()
frappe.get_doc(doctype='ToDo', description={LEFT_BEHIND!r}).insert(); frappe.db.commit()"""
	subprocess.run([*warm_python(), "-c", code], cwd=sites_folder(), check=True)


def test_the_row_of_another_process_is_gone():
	assert not frappe.db.exists("ToDo", {"description": LEFT_BEHIND})


def test_queued_jobs_run_in_a_worker(commits):
	department = hr.make_department("Harness jobs")
	frappe.enqueue(
		"frappe.client.set_value",
		doctype="Department",
		name=department.name,
		fieldname="disabled",
		value=1,
		enqueue_after_commit=True,
	)
	commits.run_jobs()
	assert frappe.db.get_value("Department", department.name, "disabled") == 1


def test_a_plain_employee_is_like_one_that_hr_entered():
	def make(number: int) -> dict:
		people = [hr.make_employee(f"Plain {number}", department=department, designation=designation)]
		people.append(hr.make_employee(f"Plain {number}", date_of_joining="2020-03-01"))
		return [frappe.db.get_value("Employee", person.name, "*", as_dict=True) for person in people]

	department, designation = hr.make_department().name, hr.make_designation().name
	plain_employees._entered.clear()
	before = row_names()
	entered = make(1)
	assert [table for table, names in row_names().items() if names != before[table]] == ["tabEmployee"]
	like_them = make(2)
	assert [row.lft for row in like_them] == [row.lft + 4 for row in entered]
	for one, other in zip(entered, like_them, strict=True):
		differing = {field for field in one if one[field] != other[field]}
		assert differing <= {
			"name",
			"employee",
			"first_name",
			"employee_name",
			"lft",
			"rgt",
			"creation",
			"modified",
		}
		assert (other.employee, other.employee_name) == (other.name, "Plain 2")


def test_hr_leads_an_applicant_from_opening_to_employee():
	interviewer = hr.make_user(roles=("Interviewer",))
	opening = hr.make_opening()
	applicant = hr.make_applicant(opening)
	interview = hr.schedule_interview(applicant, hr.make_interview_round(interviewers=(interviewer.name,)))
	frappe.set_user(interviewer.name)
	hr.give_feedback(interview, interviewer.name)
	frappe.set_user("Administrator")
	hr.finish_interview(interview)
	employee = hr.hire_applicant(applicant)
	assert employee.job_applicant == applicant.name
	assert frappe.db.get_value("Job Applicant", applicant.name, "status") == "Accepted"
	assert frappe.db.get_value("Job Offer", {"job_applicant": applicant.name}, "status") == "Accepted"


def test_hr_confirms_an_employee_and_parts_with_another():
	assert str(hr.confirm_employee(hr.make_employee()).final_confirmation_date) == today()
	assert hr.part_with_employee(hr.make_employee()).status == "Left"


def test_code_of_a_template_is_made_once_and_anew_for_other_words(monkeypatch):
	compiled = []
	compile_words = jinja2.Environment._generate

	def noting(self, source, *arguments, **named):
		compiled.append(source)
		return compile_words(self, source, *arguments, **named)

	monkeypatch.setattr(jinja2.Environment, "_generate", noting)
	word = frappe.generate_hash()
	sources = [f"{word} {{{{ 1 + {number} }}}}" for number in (1, 2, 1)]
	said = []
	for source in sources:
		frappe.local.jenv = None  # as in a new request
		said.append(frappe.render_template(source, {}))
	assert said == [f"{word} 2", f"{word} 3", f"{word} 2"]
	assert len(compiled) == 2
