"""A large company's recruitment: 10,000 openings, 100,000 referrals with their applicants and events, 5,000 employees.

Made with SQL, as HR and employees would leave it, and committed: an uncommitted row costs its own transaction look-ups
that nobody else pays. Everything is named by PREFIX and removed by it, also what a killed run has left.
"""

from contextlib import AbstractContextManager

import frappe
from frappe.utils import now_datetime

from benchmarks.standing import standing
from referral_hub.rewards import service as rewards

PREFIX = "HUBB-"
MAIL = "hubb.example.com"
OPENINGS, REFERRALS, EMPLOYEES, DEPARTMENTS = 10_000, 100_000, 5_000, 50
# two referrers who can sign in: one with a thousand referrals, one with a handful; else alike, at the same level of the same path
BUSY, BUSY_REFERRALS = f"{PREFIX}EMP-00001", 1_000
CODE = "benchmark2"
CALM, CALM_REFERRALS = f"{PREFIX}EMP-00002", 20
TABLES = (
	"Job Opening",
	"Opening Profile",
	"Department",
	"Designation",
	"Employee",
	"User",
	"Referral",
	"Job Applicant",
)
TABLES += ("Referral Event", "Referral Reward", "Referral Link")
TABLES += ("Performance Path", "Performance Path Level", "Performance Path Requirement", "Path Evidence")
TABLES += ("Goal", "Employee Promotion", "Employee Property History", "Path Case")


def volume() -> AbstractContextManager[None]:
	"""The company's data for as long as the block runs."""
	return standing(make, remove)


def user_of(employee: str) -> str:
	return f"{employee.lower()}@{MAIL}"


def opening(number: int) -> str:
	return f"{PREFIX}OPN-{number:05}"


def make() -> None:
	remove()
	company = frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]
	values = {"prefix": PREFIX, "mail": MAIL, "company": company, "now": now_datetime()}
	for statement in (*PEOPLE, *JOBS, *PATHS):
		frappe.db.sql(statement, values)
	promised = frappe.new_doc("Referral").update({"referrer": BUSY, "job_opening": opening(1)})
	values["terms"] = frappe.as_json(rewards.terms_for(promised))
	for statement in REFERRED:
		frappe.db.sql(statement, values)
	frappe.db.commit()
	count_again()


def remove() -> None:
	for doctype in TABLES:
		frappe.db.delete(doctype, {"name": ("like", f"{PREFIX}%")})
	frappe.db.commit()
	frappe.clear_cache()
	count_again()


def count_again() -> None:
	"""What the database would do by itself some seconds after such a change."""
	for doctype in TABLES:
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")


ROW = "'Administrator', 'Administrator', %(now)s, %(now)s"
WHO = "owner, modified_by, creation, modified"
EMPLOYEE = "concat(%(prefix)s, 'EMP-', lpad({}, 5, '0'))"
OPENING = "concat(%(prefix)s, 'OPN-', lpad({}, 5, '0'))"
DEPARTMENT = f"concat(%(prefix)s, 'DEP-', seq %% {DEPARTMENTS}, ' - B')"
DESIGNATION = "concat(%(prefix)s, 'DES-', {} %% 100)"
REFERRAL = "concat(%(prefix)s, 'REF-', lpad(seq, 7, '0'))"
APPLICANT = "concat(%(prefix)s, lpad(seq, 7, '0'), '@', %(mail)s)"
REFERRER = EMPLOYEE.format(
	f"if(seq <= {BUSY_REFERRALS}, 1, if(seq <= {BUSY_REFERRALS + CALM_REFERRALS}, 2, 3 + seq %% {EMPLOYEES - 2}))"
)
# of twenty: ten wait for HR, seven were not selected, one withdrew, two were hired
STAGE = """case when seq %% 20 < 10 then elt(seq %% 5 + 1, 'Submitted', 'Screening', 'Interviewing', 'Selected', 'Offered')
	when seq %% 20 < 18 then 'Screening' else 'Joined' end"""
OUTCOME = """case when seq %% 20 < 10 then 'Open' when seq %% 20 < 17 then 'Not Selected'
	when seq %% 20 = 17 then 'Withdrawn' else 'Hired' end"""
MOVED_ON = "date_sub(%(now)s, interval seq %% 700 hour)"

PEOPLE = (
	f"""insert into `tabDesignation` (name, {WHO}, designation_name)
	select {DESIGNATION.format("seq")}, {ROW}, {DESIGNATION.format("seq")} from seq_1_to_100""",
	f"""insert into `tabDepartment` (name, {WHO}, department_name, company, lft, rgt)
	select {DEPARTMENT}, {ROW}, concat('Department ', seq), %(company)s, 0, 0 from seq_1_to_{DEPARTMENTS}""",
	f"""insert into `tabEmployee` (name, {WHO}, employee_name, first_name, company, status, department, designation,
		date_of_joining, cell_number, personal_email, user_id, lft, rgt)
	select {EMPLOYEE.format("seq")}, {ROW}, concat('Colleague ', seq), concat('Colleague ', seq), %(company)s, 'Active',
		{DEPARTMENT}, {DESIGNATION.format("if(seq = 2, 1, seq)")}, '2020-01-15', concat('+86-138', lpad(seq, 8, '0')),
		concat('colleague.', seq, '@', %(mail)s),
		if(seq <= 2, lower(concat({EMPLOYEE.format("seq")}, '@', %(mail)s)), null), 0, 0
	from seq_1_to_{EMPLOYEES}""",
	f"""insert into `tabUser` (name, {WHO}, email, first_name, full_name, enabled, language, user_type)
	select lower(concat({EMPLOYEE.format("seq")}, '@', %(mail)s)), {ROW},
		lower(concat({EMPLOYEE.format("seq")}, '@', %(mail)s)), 'Colleague', 'Colleague', 1, 'en', 'Website User'
	from seq_1_to_2""",
)
JOBS = (
	f"""insert into `tabJob Opening` (name, {WHO}, job_title, designation, department, location, employment_type, company,
		status, publish, posted_on, route, currency, description)
	select {OPENING.format("seq")}, {ROW}, concat('Position ', seq), {DESIGNATION.format("seq")}, {DEPARTMENT},
		concat('Place ', seq %% 20), elt(seq %% 3 + 1, 'Full-time', 'Part-time', 'Intern'), %(company)s, 'Open', 1,
		date_sub(%(now)s, interval seq * 6 minute), lower({OPENING.format("seq")}), 'CNY',
		repeat('What there is to do, with whom, and what we hope for. ', 8)
	from seq_1_to_{OPENINGS}""",
	f"""insert into `tabOpening Profile` (name, {WHO}, job_opening, accepts_referrals)
	select concat(%(prefix)s, 'PRO-', seq), {ROW}, {OPENING.format("seq")}, 1
	from seq_1_to_{OPENINGS} where seq %% 4 = 0""",
	f"""insert into `tabReferral Link` (name, {WHO}, code, channel, enabled, employee, employee_name, job_opening, company)
	values (concat(%(prefix)s, 'LINK'), {ROW}, '{CODE}', 'Link', 1, '{BUSY}', 'Colleague 1', '{opening(1)}',
		%(company)s)""",
)
LEVELS, PLACE_ON_PATH = 6, 3
LEVEL = "concat(%(prefix)s, 'L', {})"
ROW_OF_PATH = "concat(%(prefix)s, 'PATH'), 'Performance Path'"
# the busy referrer has risen to the third of six levels; each level needs four things, and five colleagues let others see how they rose
SHOW_THEIR_CASE = "seq_3_to_7"
PATHS = (
	f"""insert into `tabPerformance Path` (name, {WHO}, path_name, enabled, company)
	values (concat(%(prefix)s, 'PATH'), {ROW}, 'Bench', 1, '')""",
	f"""insert into `tabPerformance Path Level` (name, {WHO}, parent, parenttype, parentfield, idx, code, designation, follows,
		usual_months, pay_from, pay_to, currency, brings)
	select {LEVEL.format("seq")}, {ROW}, {ROW_OF_PATH}, 'levels', seq, concat('L', seq),
		if(seq = {PLACE_ON_PATH}, {DESIGNATION.format("1")}, {DESIGNATION.format("(50 + seq)")}),
		if(seq = 1, '', concat('L', seq - 1)), 12, 1000 * seq, 1500 * seq, 'CNY', 'A team of your own'
	from seq_1_to_{LEVELS}""",
	f"""insert into `tabPerformance Path Requirement` (name, {WHO}, parent, parenttype, parentfield, idx, level, requirement,
		target, unit, source, weight, counted)
	select concat(%(prefix)s, 'R', seq), {ROW}, {ROW_OF_PATH}, 'requirements', seq, concat('L', 1 + seq div 4),
		concat('Requirement ', seq), 10, 'projects', elt(seq %% 4 + 1, 'Goal', 'Goal Progress', 'Timesheet', 'By Hand'), 1,
		'Since This Level'
	from seq_4_to_{4 * LEVELS - 1}""",
	f"""insert into `tabGoal` (name, {WHO}, employee, goal_name, status, progress, start_date, end_date)
	select concat(%(prefix)s, 'GOAL', seq), {ROW}, '{BUSY}', concat('Goal ', seq), 'Completed', 100, date(%(now)s), date(%(now)s)
	from seq_1_to_40""",
	f"""insert into `tabEmployee Promotion` (name, {WHO}, docstatus, employee, promotion_date)
	select concat(%(prefix)s, 'PRM', seq), {ROW}, 1, '{BUSY}', date_add('2020-06-01', interval seq year) from seq_1_to_2""",
	f"""insert into `tabEmployee Property History` (name, {WHO}, parent, parenttype, fieldname, current, new, idx)
	select concat(%(prefix)s, 'PRM', seq), {ROW}, concat(%(prefix)s, 'PRM', seq), 'Employee Promotion', 'designation',
		{DESIGNATION.format("(50 + seq)")}, if(seq = 2, {DESIGNATION.format("1")}, {DESIGNATION.format("52")}), 1
	from seq_1_to_2""",
	f"""insert into `tabEmployee Promotion` (name, {WHO}, docstatus, employee, promotion_date)
	select concat(%(prefix)s, 'PRC', seq), {ROW}, 1, {EMPLOYEE.format("seq")}, '2022-03-01' from {SHOW_THEIR_CASE}""",
	f"""insert into `tabEmployee Property History` (name, {WHO}, parent, parenttype, fieldname, current, new, idx)
	select concat(%(prefix)s, 'PRC', seq), {ROW}, concat(%(prefix)s, 'PRC', seq), 'Employee Promotion', 'designation',
		{DESIGNATION.format("51")}, {DESIGNATION.format("52")}, 1 from {SHOW_THEIR_CASE}""",
	f"""insert into `tabPath Case` (name, {WHO}, employee, path, level, shown_as, own_words, agreed_on, consent_text)
	select concat(%(prefix)s, 'CASE', seq), {ROW}, {EMPLOYEE.format("seq")}, concat(%(prefix)s, 'PATH'), 'L1', 'First Name',
		'A course, and somebody who had time for me', %(now)s, 'I agree' from {SHOW_THEIR_CASE}""",
	f"""insert into `tabPath Evidence` (name, {WHO}, path, level, figure, period_from, period_to, value, people, is_shown,
		shown_value, shown_people)
	select concat(%(prefix)s, 'EV', seq), {ROW}, concat(%(prefix)s, 'PATH'), concat('L', 1 + seq %% {LEVELS}),
		if(seq > {LEVELS}, 'Promotion Rate', 'Months to the Next Level'), '2025-01-01', '2025-12-31', 20, 40, 1, 20, 40
	from seq_1_to_{2 * LEVELS}""",
)
REFERRED = (
	f"""insert into `tabReferral` (name, {WHO}, candidate_name, candidate_email, candidate_phone, referrer, referrer_name,
		submitted_on, channel, job_opening, designation, company, stage, outcome, stage_changed_on, last_word_on,
		clock_from, next_word_due, job_applicant, terms, last_event_seq)
	select {REFERRAL}, {ROW}, concat('Candidate ', seq), {APPLICANT}, concat('+86-139', lpad(seq, 8, '0')), {REFERRER},
		'Colleague', date_sub(%(now)s, interval seq %% 4000 hour), 'Portal', {OPENING.format(f"1 + seq %% {OPENINGS}")},
		{DESIGNATION.format(f"(1 + seq %% {OPENINGS})")}, %(company)s, {STAGE}, {OUTCOME}, {MOVED_ON}, {MOVED_ON},
		date({MOVED_ON}), if(seq %% 20 < 10, date_add(date(%(now)s), interval cast(seq div 20 %% 25 as signed) - 4 day), null),
		{APPLICANT}, %(terms)s, 1
	from seq_1_to_{REFERRALS}""",
	f"""insert into `tabJob Applicant` (name, {WHO}, applicant_name, email_id, phone_number, status, job_title, source,
		referral_hub_referred, referral_hub_referral)
	select {APPLICANT}, {ROW}, concat('Candidate ', seq), {APPLICANT}, concat('+86-139', lpad(seq, 8, '0')),
		case when seq %% 20 < 10 then 'Open' when seq %% 20 < 18 then 'Rejected' else 'Accepted' end,
		{OPENING.format(f"1 + seq %% {OPENINGS}")}, 'Employee Referral', 1, {REFERRAL}
	from seq_1_to_{REFERRALS}""",
	f"""insert into `tabReferral Event` (name, {WHO}, referral, seq, kind, stage, outcome, happened_on, recorded_on)
	select concat(%(prefix)s, 'EV-', seq), {ROW}, {REFERRAL}, 1, 'Stage', {STAGE}, {OUTCOME}, {MOVED_ON}, {MOVED_ON}
	from seq_1_to_{REFERRALS}""",
	f"""insert into `tabReferral Reward` (name, {WHO}, referral, referrer, employee, company, milestone, share, kind, amount,
		state, earned_on, due_on)
	select concat(%(prefix)s, 'RW-', seq), {ROW}, {REFERRAL}, {REFERRER}, {REFERRER}, %(company)s, 'Joined', 'joined', 'Points', 300,
		'Paid', %(now)s, %(now)s
	from seq_1_to_{REFERRALS} where seq %% 20 > 17""",
)
