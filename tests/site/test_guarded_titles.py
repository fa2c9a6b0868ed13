"""Colleagues who know the number of a record learn no name by linking to it; HR, who reads the record, is shown its title."""

import importlib
import re
import sys
from pathlib import Path

import frappe
import pytest
import site_factories as hr
from live_site import Commits
from requests import Response
from rest_client import Person, serving
from row_factory import Side, our_doctypes

API = "/api/method/"
NAME, POOL = "Sentinel Li Na", "Talent Pool Record"
OPENED_BY = ("frappe.desk.form.load.getdoc", "frappe.tests.test_permissions.getdoc")


@pytest.fixture(scope="module")
def world(site):
	"""A row named after a person in each of our DocTypes, and three people; the second company keeps the person of the pool."""
	helper = Commits()
	try:
		side = Side(hr.make_employee().name, hr.COMPANY, hr.make_opening().name)
		rows = {doctype: side.row(doctype) for doctype in our_doctypes() if _is_titled(doctype)}
		for doctype, name in rows.items():
			frappe.db.set_value(
				doctype, name, frappe.get_meta(doctype).title_field, NAME, update_modified=False
			)
		frappe.db.set_value("Talent Signal", rows["Talent Signal"], "person_name", "Somebody")
		frappe.db.set_value(POOL, rows[POOL], "company", _second_company())
		users = {
			"HR": hr.make_user(roles=("HR User",)).name,
			"HR of One": hr.make_user(roles=("HR User",)).name,
			"colleague": hr.make_employee(user=True).user_id,
		}
		of_one = {"user": users["HR of One"], "allow": "Company", "for_value": hr.COMPANY}
		frappe.get_doc(doctype="User Permission", **of_one).insert()
		helper.commit()
		with serving() as address:
			yield rows, {who: Person(address, user, hr.PASSWORD) for who, user in users.items()}
	finally:
		helper.clean_up()


def _is_titled(doctype: str) -> bool:
	meta = frappe.get_meta(doctype)
	field = meta.title_field and meta.get_field(meta.title_field)
	return bool(field and field.fieldtype == "Data")


def _second_company() -> str:
	company = frappe.get_doc(doctype="Company", company_name="Hub Titles Two", abbr="HTT")
	company.update({"name": company.company_name, "default_currency": "CNY", "country": "China"})
	company.db_insert()
	return company.name


def test_a_form_names_what_it_links_to_only_to_who_may_read_that(world):
	rows, people = world
	shown = [doctype for doctype in rows if frappe.get_meta(doctype).show_title_field_in_link]
	assert {POOL, "Talent Prompt", "Recall Request", "Referral Reward"} <= set(shown)
	told = {}
	for doctype in shown:
		task = {"description": "Look", "reference_type": doctype, "reference_name": rows[doctype]}
		task |= {"allocated_to": people["HR"].user, "assigned_by": people["colleague"].user}
		made = people["colleague"].post("/api/resource/ToDo", **task)
		assert made.ok, made.text
		name = made.json()["data"]["name"]
		told[doctype] = {who: _told(people[who], "ToDo", name) for who in ("HR", "colleague")}
	assert told == {doctype: {"HR": "named by all", "colleague": "named by none"} for doctype in shown}


def test_a_record_and_its_print_name_nobody_of_another_company(world):
	rows, people = world
	name = rows["Talent Signal"]
	told = {who: _told(people[who], "Talent Signal", name) for who in ("HR", "HR of One")}
	printed = {who: _printed(people[who], "Talent Signal", name) for who in ("HR", "HR of One")}
	assert told == printed == {"HR": "named by all", "HR of One": "named by none"}


def _told(person: Person, doctype: str, name: str) -> str:
	return _in_words([person.get(API + method, doctype=doctype, name=name) for method in OPENED_BY])


def _printed(person: Person, doctype: str, name: str) -> str:
	html = person.get(f"{API}frappe.www.printview.get_html_and_style", doc=doctype, name=name)
	return _in_words([html, person.get("/printview", doctype=doctype, name=name)])


def _in_words(answers: list[Response]) -> str:
	"""Say which of several ways to open one record named the person."""
	assert [answer.status_code for answer in answers] == [200] * len(answers)
	named = {NAME in answer.text for answer in answers}
	return {(True,): "named by all", (False,): "named by none"}.get(tuple(named), "named by some")


@pytest.mark.parametrize("kept_as", ["Contact", "Address"])
def test_a_contact_keeps_no_title_of_ours(world, kept_as):
	rows, people = world
	links = [{"link_doctype": doctype, "link_name": name} for doctype, name in rows.items()]
	address = {"address_title": "Home", "address_line1": "1", "city": "Shanghai", "country": "China"}
	kept = people["colleague"].post(f"/api/resource/{kept_as}", first_name="Me", links=links, **address)
	assert kept.ok, kept.text
	assert [row["link_title"] for row in kept.json()["data"]["links"]] == list(rows.values())


def test_what_takes_the_place_of_a_method_does_so_by_every_name(site):
	"""The platform calls a method by any module that imports it; what this app replaces is replaced under each of them."""
	replaced = frappe.get_hooks("override_whitelisted_methods", app_name="referral_hub")
	originals = {frappe.get_attr(path): ours for path, ours in replaced.items()}
	_import_who_names(original.__name__ for original in originals)
	for original, ours in originals.items():
		paths = {
			f"{module.__name__}.{name}"
			for module in list(sys.modules.values())
			for name, value in list(vars(module).items())
			if value is original and module.__name__.split(".")[0] in frappe.get_installed_apps()
		}
		assert {path: frappe.override_whitelisted_method(path) for path in paths} == dict.fromkeys(
			paths, ours[0]
		)
		assert frappe.get_attr(ours[0]) is not original


def _import_who_names(functions) -> None:
	"""Load every module of the installed apps whose source names one of these functions."""
	named = re.compile(rf"\b({'|'.join(functions)})\b")
	for app in frappe.get_installed_apps():
		package = Path(importlib.import_module(app).__file__).parent
		for path in package.rglob("*.py"):
			if named.search(path.read_text()):
				module = ".".join(path.relative_to(package.parent).with_suffix("").parts)
				importlib.import_module(module.removesuffix(".__init__"))
