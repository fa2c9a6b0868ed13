"""What the rewards of a large company hold: 10,000 openings under 200 rules; 10,000 due rewards in cash of 500 referrers on payroll.

Made with SQL, as HR, payroll and earning would leave it, and committed: paying commits each reward, and an uncommitted row
costs look-ups that nobody else pays. Everything is named by PREFIX and removed by it, also what a killed run has left.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils import now_datetime, today

PREFIX = "HUBW-"
OPENINGS, RULES, DEPARTMENTS, DESIGNATIONS = 10_000, 200, 50, 100
REWARDS, REFERRERS, OPENINGS_THAT_HIRED, DAYS = 10_000, 500, 2_000, 100
SETTINGS = "Referral Hub Settings"
FIELDS_OF_CASH = ("cash_salary_component", "submit_additional_salary", "separate_duties")
TABLES = (
	*("Job Opening", "Opening Profile", "Department", "Designation", "Reward Rule", "Reward Rule Milestone"),
	*("Reward Rule Factor", "Employee", "User", "Salary Component", "Salary Structure Assignment"),
	*("Referral", "Referral Reward"),
)
# named by the platform, found by what they are about
CAUSED = (
	("Additional Salary", "employee"),
	("Referral Message", "recipient"),
	("Version", "docname"),
	("Comment", "reference_name"),
)


@contextmanager
def volume() -> Iterator[None]:
	"""The company's data for as long as the block runs; other rules pause, the settings come back."""
	kept = {field: frappe.db.get_single_value(SETTINGS, field) for field in FIELDS_OF_CASH}
	others = frappe.get_all("Reward Rule", {"enabled": 1, "name": ("not like", f"{PREFIX}%")}, pluck="name")
	try:
		make(others)
		yield
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		remove()
		put_back(kept, others)


def referrer(number: int) -> str:
	return f"{PREFIX}EMP-{number:05}"


def opening(number: int) -> str:
	return f"{PREFIX}OPN-{number:05}"


def company() -> tuple[str, str]:
	"""Return the company of everybody here, and its currency."""
	fields = ["name", "default_currency"]
	return frappe.get_all("Company", fields=fields, limit=1, order_by="creation asc", as_list=True)[0]


def component() -> str:
	return f"{PREFIX}BONUS"


def make(others: list[str]) -> None:
	remove()
	values = dict(zip(("company", "currency"), company(), strict=True))
	values |= {"prefix": PREFIX, "now": now_datetime(), "today": today(), "component": component()}
	for statement in (*PEOPLE, *JOBS, *POLICY, *EARNED):
		frappe.db.sql(statement, values)
	for rule in others:
		frappe.db.set_value("Reward Rule", rule, "enabled", 0, update_modified=False)
	frappe.db.set_single_value(SETTINGS, {"cash_salary_component": component(), "separate_duties": 0})
	frappe.db.commit()
	frappe.clear_cache()
	count_again()


def submit(by_itself: bool) -> None:
	"""Let payroll look at a draft first, or not."""
	frappe.db.set_single_value(SETTINGS, "submit_additional_salary", int(by_itself))
	frappe.db.commit()


def remove() -> None:
	for doctype, field in CAUSED:
		frappe.db.delete(doctype, {field: ("like", f"{PREFIX}%")})
	for doctype in TABLES:
		frappe.db.delete(doctype, {"name": ("like", f"{PREFIX}%")})
	frappe.db.commit()


def put_back(settings: dict, rules: list[str]) -> None:
	frappe.db.set_single_value(SETTINGS, settings)
	for rule in rules:
		frappe.db.set_value("Reward Rule", rule, "enabled", 1, update_modified=False)
	frappe.db.commit()
	frappe.clear_cache()
	count_again()


def count_again() -> None:
	"""What the database would do by itself some seconds after such a change."""
	for doctype in (*TABLES, "Additional Salary", "Referral Message"):
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")


ROW = "'Administrator', 'Administrator', %(now)s, %(now)s"
WHO = "owner, modified_by, creation, modified"
EMPLOYEE = "concat(%(prefix)s, 'EMP-', lpad({}, 5, '0'))"
OPENING = "concat(%(prefix)s, 'OPN-', lpad({}, 5, '0'))"
RULE = "concat(%(prefix)s, 'RULE-', lpad(seq, 5, '0'))"
DEPARTMENT = f"concat(%(prefix)s, 'DEP-', seq %% {DEPARTMENTS})"
DESIGNATION = f"concat(%(prefix)s, 'DES-', seq %% {DESIGNATIONS})"
REFERRAL = "concat(%(prefix)s, 'REF-', lpad(seq, 7, '0'))"
REFERRER = EMPLOYEE.format(f"1 + seq %% {REFERRERS}")
HIRE = EMPLOYEE.format(f"1 + (seq + 7) %% {REFERRERS}")
TERMS = """json_object('rule', 'Hires', 'rule_name', 'Hires', 'rule_version', 1, 'frozen_on', '2026-01-15',
	'conditions', json_object(), 'milestones', json_array(json_object('share', '1', 'milestone', 'Joined', 'kind', 'Cash',
	'amount', '1000.00', 'currency', %(currency)s, 'after_months', 0, 'payout_delay_days', 0)))"""
EXPLANATION = """json_object('rule', 'Hires', 'rule_name', 'Hires', 'rule_version', 1, 'frozen_on', '2026-01-15',
	'share', '1', 'shares', 1, 'milestone', 'Joined', 'kind', 'Cash', 'amount', '1000.00', 'currency', %(currency)s,
	'inputs', json_object('stage', 'Joined', 'outcome', 'Hired', 'joined_on', '2026-03-01'))"""

PEOPLE = (
	f"""insert into `tabDesignation` (name, {WHO}, designation_name)
	select {DESIGNATION}, {ROW}, {DESIGNATION} from seq_1_to_{DESIGNATIONS}""",
	f"""insert into `tabDepartment` (name, {WHO}, department_name, company, lft, rgt)
	select {DEPARTMENT}, {ROW}, concat('Department ', seq), %(company)s, 0, 0 from seq_1_to_{DEPARTMENTS}""",
	f"""insert into `tabEmployee` (name, {WHO}, employee_name, first_name, company, status, department, designation,
		date_of_joining, personal_email, user_id, lft, rgt)
	select {EMPLOYEE.format("seq")}, {ROW}, concat('Colleague ', seq), concat('Colleague ', seq), %(company)s, 'Active',
		{DEPARTMENT}, {DESIGNATION}, '2020-01-15', concat('colleague.', seq, '@hubw.example.com'),
		lower(concat({EMPLOYEE.format("seq")}, '@hubw.example.com')), 0, 0
	from seq_1_to_{REFERRERS}""",
	f"""insert into `tabUser` (name, {WHO}, email, first_name, full_name, enabled, language, user_type)
	select lower(concat({EMPLOYEE.format("seq")}, '@hubw.example.com')), {ROW},
		lower(concat({EMPLOYEE.format("seq")}, '@hubw.example.com')), 'Colleague', 'Colleague', 1, 'en', 'Website User'
	from seq_1_to_{REFERRERS}""",
	f"""insert into `tabSalary Component` (name, {WHO}, salary_component, salary_component_abbr, type, depends_on_payment_days)
	values (%(component)s, {ROW}, %(component)s, 'HUBWB', 'Earning', 0)""",
	f"""insert into `tabSalary Structure Assignment` (name, {WHO}, employee, salary_structure, company, currency, from_date,
		docstatus)
	select concat(%(prefix)s, 'SSA-', seq), {ROW}, {EMPLOYEE.format("seq")}, 'Monthly', %(company)s, %(currency)s,
		'2020-01-15', 1
	from seq_1_to_{REFERRERS}""",
)
JOBS = (
	f"""insert into `tabJob Opening` (name, {WHO}, job_title, designation, department, location, employment_type, company,
		status, publish, posted_on, route, currency, description)
	select {OPENING.format("seq")}, {ROW}, concat('Position ', seq), {DESIGNATION}, {DEPARTMENT},
		concat('Place ', seq %% 20), elt(seq %% 3 + 1, 'Full-time', 'Part-time', 'Intern'), %(company)s, 'Open', 1,
		date_sub(%(now)s, interval seq * 6 minute), lower({OPENING.format("seq")}), %(currency)s,
		repeat('What there is to do, with whom, and what we hope for. ', 8)
	from seq_1_to_{OPENINGS}""",
	f"""insert into `tabOpening Profile` (name, {WHO}, job_opening, accepts_referrals, difficulty, urgency)
	select concat(%(prefix)s, 'PRO-', seq), {ROW}, {OPENING.format("seq")}, 1,
		elt(seq %% 4 + 1, '', 'Easy to Fill', 'Hard to Fill', 'Very Hard to Fill'), elt(seq %% 3 + 1, '', 'Urgent', 'Very Urgent')
	from seq_1_to_{OPENINGS} where seq %% 4 < 2""",
)
# one rule for everybody, a hundred for a post, fifty for a department, the others for a department's employment type
POLICY = (
	f"""insert into `tabReward Rule` (name, {WHO}, rule_name, version, enabled, pays_for, stacking, designation, department,
		employment_type, company)
	select {RULE}, {ROW}, concat('Rule ', seq), 1, 1, 'Each Hire', 'Multiply', if(seq between 2 and 101, {DESIGNATION}, null),
		if(seq > 101, {DEPARTMENT}, null), if(seq > 151, elt(seq %% 3 + 1, 'Full-time', 'Part-time', 'Intern'), null), null
	from seq_1_to_{RULES}""",
	f"""insert into `tabReward Rule Milestone` (name, {WHO}, parent, parenttype, parentfield, idx, milestone, kind, amount,
		currency, payout_delay_days)
	select concat({RULE}, '-', place), {ROW}, {RULE}, 'Reward Rule', 'milestones', place,
		elt(place, 'Interviewed', 'Joined', 'Confirmed'), elt(place, 'Points', 'Cash', 'Cash'), seq * 10 + place * 100, '', 0
	from seq_1_to_{RULES} join (select 1 as place union select 2 union select 3) as places""",
	f"""insert into `tabReward Rule Factor` (name, {WHO}, parent, parenttype, parentfield, idx, factor, times)
	select concat({RULE}, '-F', place), {ROW}, {RULE}, 'Reward Rule', 'factors', place, elt(place, 'Hard to Fill', 'Urgent'),
		elt(place, 2, 1.5)
	from seq_1_to_{RULES} join (select 1 as place union select 2) as places where seq %% 2 = 0""",
)
EARNED = (
	f"""insert into `tabReferral` (name, {WHO}, candidate_name, referrer, referrer_name, submitted_on, channel, job_opening,
		company, stage, outcome, joined_on, hired_employee, terms, may_be_paid, last_event_seq)
	select {REFERRAL}, {ROW}, concat('Candidate ', seq), {REFERRER}, concat('Colleague ', 1 + seq %% {REFERRERS}),
		'2026-01-15', 'Portal', {OPENING.format(f"1 + seq %% {OPENINGS_THAT_HIRED}")}, %(company)s, 'Joined', 'Hired', '2026-03-01', {HIRE}, {TERMS}, 1, 1
	from seq_1_to_{REWARDS}""",
	f"""insert into `tabReferral Reward` (name, {WHO}, referral, referrer, employee, employee_name, company, milestone, share, kind,
		amount, currency, state, earned_on, due_on, rule, rule_version, attempt, explanation)
	select concat(%(prefix)s, 'RW-', lpad(seq, 7, '0')), {ROW}, {REFERRAL}, {REFERRER}, {REFERRER},
		concat('Colleague ', 1 + seq %% {REFERRERS}), %(company)s, 'Joined', '1', 'Cash', 1000, %(currency)s, 'Due',
		'2026-03-01', date_sub(%(today)s, interval seq %% {DAYS} day), 'Hires', 1, 1, {EXPLANATION}
	from seq_1_to_{REWARDS}""",
)
