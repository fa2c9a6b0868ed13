"""Five years of a large company's recruitment for reports: a million referrals, each with its application, and what HRMS made of them.

Made with SQL and committed: an uncommitted row costs its own transaction look-ups that nobody else pays. Named by PREFIX and removed by it.
"""

from contextlib import AbstractContextManager

import frappe
from frappe.utils import now_datetime

from benchmarks.standing import standing

PREFIX = "HUBR-"
REFERRALS, OPENINGS, EMPLOYEES, DEPARTMENTS = 1_000_000, 2_000, 20_000, 40
TABLES = ("Department", "Designation", "Staffing Plan", "Staffing Plan Detail", "Job Opening", "Employee")
TABLES += ("Referral", "Job Applicant", "Interview", "Job Offer", "Referral Reward", "Referral Event")

_WHO = "owner, modified_by, creation, modified"
_ROW = "'Administrator', 'Administrator', %(now)s, %(now)s"
_MADE = "date_sub(%(now)s, interval seq %% 43000 hour)"
_OPENING = f"concat(%(prefix)s, 'OPN-', seq %% {OPENINGS})"
_DEPARTMENT = f"concat(%(prefix)s, 'DEP-', seq %% {DEPARTMENTS})"
_POST = "concat(%(prefix)s, 'DES-', seq %% 100)"
_REFERRAL, _APPLICANT = "concat(%(prefix)s, 'REF-', seq)", "concat(%(prefix)s, 'APP-', seq)"
_REFERRER = f"concat(%(prefix)s, 'EMP-', seq %% {EMPLOYEES // 4})"
# of twenty: ten are open, six were not selected, one is a duplicate, three were hired, one of them left
_STAGE = """case when seq %% 20 < 10 then elt(seq %% 5 + 1, 'Submitted', 'Screening', 'Interviewing', 'Selected', 'Offered')
	when seq %% 20 < 17 then 'Screening' else elt(seq %% 2 + 1, 'Joined', 'Confirmed') end"""
_OUTCOME = """case when seq %% 20 < 10 then 'Open' when seq %% 20 < 16 then 'Not Selected' when seq %% 20 = 16 then 'Duplicate'
	when seq %% 20 = 19 then 'Left' else 'Hired' end"""
_JOINED = f"date_add(date({_MADE}), interval 20 + seq %% 50 day)"
_HIRED, _INTERVIEWED, _OFFERED = "seq %% 20 > 16", "seq %% 3 = 0", "seq %% 20 > 15"

STATEMENTS = (
	f"""insert into `tabDesignation` (name, {_WHO}, designation_name)
	select {_POST}, {_ROW}, {_POST} from seq_0_to_99""",
	f"""insert into `tabDepartment` (name, {_WHO}, department_name, company, lft, rgt)
	select {_DEPARTMENT}, {_ROW}, concat('Department ', seq), %(company)s, 0, 0 from seq_0_to_{DEPARTMENTS - 1}""",
	f"""insert into `tabStaffing Plan` (name, {_WHO}, docstatus, company, from_date, to_date)
	select concat(%(prefix)s, 'PLAN-', seq), {_ROW}, 1, %(company)s, '2020-01-01', '2099-12-31' from seq_0_to_9""",
	f"""insert into `tabStaffing Plan Detail` (name, {_WHO}, parent, parenttype, parentfield, idx, designation, vacancies)
	select concat(%(prefix)s, 'ROW-', seq), {_ROW}, concat(%(prefix)s, 'PLAN-', seq %% 10), 'Staffing Plan', 'staffing_details', 1,
		{_POST}, 10 from seq_0_to_99""",
	f"""insert into `tabJob Opening` (name, {_WHO}, job_title, designation, department, company, status, staffing_plan, posted_on)
	select {_OPENING}, {_ROW}, concat('Position ', seq), {_POST}, {_DEPARTMENT}, %(company)s, 'Open',
		concat(%(prefix)s, 'PLAN-', seq %% 10), '2022-01-01' from seq_0_to_{OPENINGS - 1}""",
	f"""insert into `tabEmployee` (name, {_WHO}, employee_name, first_name, company, department, designation, status,
		date_of_joining, lft, rgt)
	select concat(%(prefix)s, 'EMP-', seq), {_ROW}, concat('Colleague ', seq), 'Colleague', %(company)s, {_DEPARTMENT}, {_POST},
		'Active', '2018-01-15', 0, 0 from seq_0_to_{EMPLOYEES - 1}""",
	f"""insert into `tabReferral` (name, {_WHO}, candidate_name, referrer, referrer_name, submitted_on, channel, job_opening,
		designation, department, company, stage, outcome, job_applicant, joined_on, left_on, next_word_due, consent_state)
	select {_REFERRAL}, {_ROW}, concat('Candidate ', seq), {_REFERRER}, 'Colleague', {_MADE}, 'Portal', {_OPENING}, {_POST},
		{_DEPARTMENT}, %(company)s, {_STAGE}, {_OUTCOME}, {_APPLICANT}, if({_HIRED}, {_JOINED}, null),
		if(seq %% 20 = 19, date_add({_JOINED}, interval seq %% 700 day), null),
		if(seq %% 20 < 10, date_add(date(%(now)s), interval cast(seq %% 30 as signed) - 4 day), null), 'Not Needed'
	from seq_1_to_{{referrals}}""",
	# half of the applications belong to referrals, the others came by four sources
	f"""insert into `tabJob Applicant` (name, {_WHO}, applicant_name, email_id, status, job_title, source, referral_hub_referral)
	select {_APPLICANT}, 'Administrator', 'Administrator', {_MADE}, {_MADE}, concat('Candidate ', seq), {_APPLICANT},
		case when seq %% 20 < 10 then 'Open' when seq %% 20 < 17 then 'Rejected' else 'Accepted' end, {_OPENING},
		concat('Source ', seq %% 4), if(seq %% 2, {_REFERRAL}, null) from seq_1_to_{{referrals}}""",
	f"""insert into `tabInterview` (name, {_WHO}, docstatus, job_applicant, status)
	select concat(%(prefix)s, 'INT-', seq), {_ROW}, 1, {_APPLICANT}, 'Cleared' from seq_1_to_{{referrals}} where {_INTERVIEWED}""",
	f"""insert into `tabJob Offer` (name, {_WHO}, docstatus, job_applicant, applicant_name, company, offer_date, status, designation)
	select concat(%(prefix)s, 'OFF-', seq), {_ROW}, 1, {_APPLICANT}, concat('Candidate ', seq), %(company)s, date({_MADE}), 'Accepted',
		{_POST} from seq_1_to_{{referrals}} where {_OFFERED}""",
	f"""insert into `tabEmployee` (name, {_WHO}, employee_name, first_name, company, department, status, date_of_joining,
		relieving_date, job_applicant, lft, rgt)
	select concat(%(prefix)s, 'HIRED-', seq), {_ROW}, 'Hired', 'Hired', %(company)s, {_DEPARTMENT}, if(seq %% 20 = 19, 'Left', 'Active'),
		{_JOINED}, if(seq %% 20 = 19, date_add({_JOINED}, interval seq %% 700 day), null), {_APPLICANT}, 0, 0
	from seq_1_to_{{referrals}} where {_HIRED}""",
	f"""insert into `tabReferral Reward` (name, {_WHO}, referral, employee, company, milestone, share, kind, amount, currency, state,
		due_on, paid_on)
	select concat(%(prefix)s, 'RW-', seq), {_ROW}, {_REFERRAL}, {_REFERRER}, %(company)s, 'Joined', 'joined', 'Cash', 500, 'CNY',
		elt(seq %% 3 + 1, 'Due', 'Paid', 'Confirmed'), {_JOINED}, {_JOINED} from seq_1_to_{{referrals}} where {_HIRED}""",
	f"""insert into `tabReferral Event` (name, {_WHO}, referral, seq, kind, stage, recorded_on)
	select concat(%(prefix)s, 'EV-', seq), {_ROW}, concat(%(prefix)s, 'REF-', 1 + seq div 2), 1 + seq %% 2, 'Stage',
		if(seq %% 2, 'Screening', 'Submitted'), date_sub(%(now)s, interval cast((1 + seq div 2) %% 43000 as signed) - 50 * cast(seq %% 2 as signed) hour)
	from seq_2_to_{{events}}""",
)


def volume(referrals: int = REFERRALS) -> AbstractContextManager[None]:
	"""The company's data for as long as the block runs."""
	return standing(lambda: make(referrals), remove)


def make(referrals: int) -> None:
	remove()
	values = {"prefix": PREFIX, "company": company(), "now": now_datetime()}
	for statement in STATEMENTS:
		frappe.db.sql(statement.format(referrals=referrals, events=2 * referrals - 1), values)
		frappe.db.commit()
	count_again()


def remove() -> None:
	for doctype in TABLES:
		frappe.db.delete(doctype, {"name": ("like", f"{PREFIX}%")})
		frappe.db.commit()
	count_again()


def count_again() -> None:
	"""What the database would do by itself some seconds after such a change."""
	for doctype in TABLES:
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")


def company() -> str:
	return frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]
