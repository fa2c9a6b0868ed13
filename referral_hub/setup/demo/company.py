"""Builds the demo company: departments, people, logins, openings, reward rules. Called by the demo alone.

Everything is inserted in the name of the demo's own user, so that the `owner` of a row tells what to remove.
"""

import secrets

import frappe
from frappe.utils import add_days, add_months, getdate, today
from frappe.utils.password import update_password

from referral_hub.setup.demo import cast

ROUND = "Demo Interview"
SKILL = "Demo Conversation"


def make_actor() -> None:
	"""Make the user in whose name the demo writes: it can do everything and can't log in."""
	if not frappe.db.exists("User", cast.ACTOR):
		actor = frappe.new_doc("User")
		actor.update({"email": cast.ACTOR, "first_name": "Referral Hub Demo", "send_welcome_email": 0})
		actor.owner = cast.ACTOR
		actor.append_roles(*frappe.get_all("Role", {"name": ("not in", ("All", "Guest"))}, pluck="name"))
		actor.insert(ignore_permissions=True)
		actor.db_set({"enabled": 0, "owner": cast.ACTOR}, update_modified=False)
	frappe.set_user(cast.ACTOR)


def make_company() -> None:
	template = frappe.get_all(
		"Company", {"name": ("!=", cast.COMPANY)}, ["country", "default_currency"], limit=1
	)[0]
	_insert("Company", company_name=cast.COMPANY, abbr=cast.ABBR, **template)
	for name in cast.DEPARTMENTS:
		_insert("Department", department_name=name, company=cast.COMPANY, parent_department="All Departments")
	for grade in sorted(set(cast.DESIGNATIONS.values())):
		_insert_named("Employee Grade", grade)
	for designation in cast.DESIGNATIONS:
		_insert("Designation", designation_name=designation)
	_insert("Skill", skill_name=SKILL)
	_insert(
		"Holiday List",
		holiday_list_name="Referral Hub Demo Holidays",
		from_date=add_months(today(), -24),
		to_date=add_months(today(), 12),
	)
	frappe.db.set_value("Company", cast.COMPANY, "default_holiday_list", "Referral Hub Demo Holidays")


def make_people() -> list[dict]:
	"""Make the employees; return who can log in: name, address, password, what they are."""
	logins = []
	for number, (first_name, last_name, gender, department, designation) in enumerate(cast.EMPLOYEES):
		user = _make_login(number, first_name, last_name, logins) if number in cast.LOGINS else None
		_insert(
			"Employee",
			first_name=first_name,
			last_name=last_name,
			employee_number=f"{cast.ABBR}-{number + 1:03}",
			gender=gender,
			company=cast.COMPANY,
			department=department_name(department),
			designation=designation,
			grade=cast.DESIGNATIONS[designation],
			date_of_birth="1990-01-01",
			date_of_joining=add_days(today(), -1000 + 10 * number),
			status="Active",
			user_id=user,
			create_user_permission=0,
		)
	_limit_hr_to_the_demo()
	return logins


def make_openings() -> None:
	manager, recruiter = employees()[4], login_address(2)
	_insert(
		"Interview Round",
		round_name=ROUND,
		expected_skill_set=[{"skill": SKILL}],
		interviewers=[{"user": login_address(4)}],
	)
	for title, designation, department, is_open, description, challenges in cast.OPENINGS:
		opening = _insert(
			"Job Opening",
			job_title=title,
			designation=designation,
			department=department_name(department),
			company=cast.COMPANY,
			status="Open",
			description=description,
			posted_on=add_days(today(), -400),
		)
		_insert(
			"Opening Profile",
			job_opening=opening.name,
			grade=cast.DESIGNATIONS[designation],
			recruiter=recruiter,
			hiring_manager=manager,
			required_rounds=1,
			accepts_referrals=int(is_open),
			challenges=challenges,
		)


def make_rules() -> None:
	"""Front-line posts pay points, engineers and the head of sales points and money."""
	_rule("Demo: every opening", [("Interviewed", 50), ("Joined", 300), ("Confirmed", 700)])
	_rule(
		"Demo: engineers",
		[("Interviewed", 100), ("Joined", 900)],
		designation="Demo Software Engineer",
		cash=[("Confirmed", 3000)],
	)
	_rule(
		"Demo: head of sales",
		[("Interviewed", 200), ("Joined", 1500)],
		designation="Demo Head of Sales",
		cash=[("Confirmed", 5000)],
	)


def close_filled_openings() -> None:
	for opening in openings(is_open=False):
		doc = frappe.get_doc("Job Opening", opening.name)
		doc.status = "Closed"
		doc.save(ignore_permissions=True)


def employees() -> list[str]:
	"""Return the cast's Employee names, in the order of the cast."""
	return frappe.get_all(
		"Employee",
		{"company": cast.COMPANY, "employee_number": ("like", f"{cast.ABBR}-%")},
		pluck="name",
		order_by="employee_number asc",
	)


def openings(is_open: bool = True) -> list[frappe._dict]:
	wanted = {
		title for title, _designation, _department, open_now, *_words in cast.OPENINGS if open_now == is_open
	}
	rows = frappe.get_all(
		"Job Opening",
		{"company": cast.COMPANY},
		["name", "job_title", "designation", "department"],
		order_by="name asc",
	)
	return [row for row in rows if row.job_title in wanted]


def department_name(department: str) -> str:
	return f"{department} - {cast.ABBR}"


def login_address(number: int) -> str:
	first_name, last_name = cast.EMPLOYEES[number][:2]
	return f"{first_name}.{last_name}@{cast.DOMAIN}".lower().replace("á", "a")


def _make_login(number: int, first_name: str, last_name: str, logins: list[dict]) -> str:
	what, roles, language = cast.LOGINS[number]
	user = frappe.new_doc("User")
	user.update(
		{
			"email": login_address(number),
			"first_name": first_name,
			"last_name": last_name,
			"language": language,
			"send_welcome_email": 0,
		}
	)
	user.append_roles(*roles)
	user.insert(ignore_permissions=True)
	password = secrets.token_urlsafe(9)
	update_password(user.name, password)
	logins.append(
		{"person": f"{first_name} {last_name}", "what": what, "address": user.name, "password": password}
	)
	return user.name


def _limit_hr_to_the_demo() -> None:
	for number in (2, 3):
		_insert("User Permission", user=login_address(number), allow="Company", for_value=cast.COMPANY)


def _rule(name: str, points: list[tuple], cash: list[tuple] = (), **conditions) -> None:
	milestones = [
		{"milestone": milestone, "kind": "Points", "amount": amount} for milestone, amount in points
	]
	milestones += [
		{"milestone": milestone, "kind": "Cash", "amount": amount, "currency": company_currency()}
		for milestone, amount in cash
	]
	_insert(
		"Reward Rule",
		rule_name=name,
		company=cast.COMPANY,
		valid_from=getdate(add_days(today(), -500)),
		milestones=milestones,
		**{"designation": "", "department": "", "grade": "", "employment_type": "", **conditions},
	)


def company_currency() -> str:
	return frappe.get_cached_value("Company", cast.COMPANY, "default_currency")


def _insert(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert(ignore_permissions=True)


def _insert_named(doctype: str, name: str):
	doc = frappe.new_doc(doctype)
	doc.name = doc.__newname = name
	return doc.insert(ignore_permissions=True, set_name=name)
