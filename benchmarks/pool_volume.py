"""A large talent pool: 200,000 people, each with the Job Applicant they were, what was asked about them and what was said to them.

Made with SQL, as three years of capturing and calling would leave it, and committed: an uncommitted row costs its own transaction
look-ups that nobody else pays. Everything is named by PREFIX and removed by it, also what a killed run has left.
"""

from contextlib import AbstractContextManager

import frappe
from frappe.utils import now_datetime, today

from benchmarks.standing import standing

PREFIX = "HUBT-"
MAIL = "hubt.example.com"
PEOPLE, OPENINGS, DESIGNATIONS, REASONS = 200_000, 1_000, 100, 10
TABLES = (
	*("Job Applicant", "Job Opening", "Designation", "Referral Reason", "Opening Profile"),
	*("Talent Pool Record", "Talent Prompt", "Talent Interaction", "User", "Has Role", "Interview"),
	"Talent Former Key",
)
ROLES = ("HR User", "HR Manager")
# who calls, and who looks at lists
HR = f"{PREFIX.lower()}hr@{MAIL}"
CALLERS = 20


def volume() -> AbstractContextManager[None]:
	"""The pool for as long as the block runs."""
	return standing(make, remove)


def applicant(number: int) -> str:
	return f"{PREFIX}{number:07}@{MAIL}"


def make() -> None:
	remove()
	company = frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]
	values = {"prefix": PREFIX, "mail": MAIL, "company": company, "now": now_datetime(), "today": today()}
	for statement in (*MASTERS, *THE_POOL):
		frappe.db.sql(statement, values)
	frappe.db.commit()
	frappe.clear_cache()
	count_again()


def remove() -> None:
	for doctype in TABLES:
		frappe.db.delete(doctype, {"name": ("like", f"{PREFIX}%")})
	frappe.db.delete("Talent Pool Record", {"email": ("like", f"%@{MAIL}")})
	frappe.db.commit()
	frappe.clear_cache()
	count_again()


def count_again() -> None:
	"""What the database would do by itself some seconds after such a change."""
	for doctype in TABLES:
		frappe.db.sql_ddl(f"analyze table `tab{doctype}`")


def apply_now(number: int) -> None:
	"""Let so many people apply and be turned down after a good interview, one after the other: whom the history has not seen yet."""
	values = {"prefix": PREFIX, "mail": MAIL, "now": now_datetime(), "last": PEOPLE + number}
	for statement in JUST_NOW:
		frappe.db.sql(statement, values)
	frappe.db.commit()


ROW = "'Administrator', 'Administrator', %(now)s, %(now)s"
WHO = "owner, modified_by, creation, modified"
OPENING = f"concat(%(prefix)s, 'OPN-', lpad(seq %% {OPENINGS}, 5, '0'))"
DESIGNATION = "concat(%(prefix)s, 'DES-', {} %% 100)"
REASON = f"concat(%(prefix)s, 'RSN-', seq %% {REASONS})"
RECORD = "concat(%(prefix)s, 'TPR-', lpad(seq, 7, '0'))"
APPLICANT = "concat(%(prefix)s, lpad(seq, 7, '0'), '@', %(mail)s)"
PHONE = "concat('+86-137', lpad(seq, 8, '0'))"
CALLER = f"lower(concat(%(prefix)s, 'caller', {{}} %% {CALLERS}, '@', %(mail)s))"
# three years, a day of which holds some hundred and eighty people
HAPPENED = "date_sub(%(today)s, interval seq %% 1095 day)"
WHY = "elt(seq %% 7 + 1, 'Silver Medal', 'Silver Medal', 'Declined Offer', 'No-show', 'Withdrawn', 'Open Channel', 'Hand-picked')"
STATE = """case when seq %% 20 < 16 then 'In Pool' when seq %% 20 < 18 then 'Resting' when seq %% 20 = 18 then 'Hired'
	else 'Do Not Contact' end"""
# somebody is called 30, 90 and 180 days after; who was asked about on a day is asked about again on the next one
NEXT_STEP = (
	"case when seq %% 1095 <= 30 then 30 when seq %% 1095 <= 90 then 90 when seq %% 1095 <= 180 then 180 end"
)
NEXT_PROMPT = f"if(seq %% 20 < 16, date_add({HAPPENED}, interval {NEXT_STEP} day), null)"

MASTERS = (
	f"""insert into `tabDesignation` (name, {WHO}, designation_name)
	select {DESIGNATION.format("seq")}, {ROW}, {DESIGNATION.format("seq")} from seq_1_to_{DESIGNATIONS}""",
	f"""insert into `tabReferral Reason` (name, {WHO}, reason, enabled)
	select {REASON}, {ROW}, {REASON}, 1 from seq_1_to_{REASONS}""",
	f"""insert into `tabJob Opening` (name, {WHO}, job_title, designation, company, status)
	select {OPENING}, {ROW}, concat('Position ', seq), {DESIGNATION.format("seq")}, %(company)s, 'Open'
	from seq_1_to_{OPENINGS}""",
	f"""insert into `tabOpening Profile` (name, {WHO}, job_opening, recruiter, accepts_referrals)
	select concat(%(prefix)s, 'PRO-', seq), {ROW}, {OPENING}, {CALLER.format("seq")}, 1 from seq_1_to_{OPENINGS}""",
	f"""insert into `tabUser` (name, {WHO}, email, first_name, full_name, enabled, language, user_type)
	select {CALLER.format("seq")}, {ROW}, {CALLER.format("seq")}, 'Caller', 'Caller', 1, 'en', 'System User'
	from seq_1_to_{CALLERS}
	union all select '{HR}', {ROW}, '{HR}', 'HR', 'HR', 1, 'en', 'System User'""",
	*(
		f"""insert into `tabHas Role` (name, {WHO}, parent, parenttype, parentfield, role)
		select concat(%(prefix)s, left(md5(concat(name, '{role}')), 12)), {ROW}, name, 'User', 'roles', '{role}'
		from `tabUser` where name like concat(%(prefix)s, '%%')"""
		for role in ROLES
	),
)
THE_POOL = (
	f"""insert into `tabJob Applicant` (name, owner, modified_by, creation, modified, applicant_name, email_id, phone_number,
		status, job_title, designation, applicant_rating, source)
	select {APPLICANT}, 'Administrator', 'Administrator', {HAPPENED}, {HAPPENED}, concat('Candidate ', seq), {APPLICANT},
		{PHONE}, elt(seq %% 7 + 1, 'Rejected', 'Rejected', 'Accepted', 'Accepted', 'Hold', 'Open', 'Replied'), {OPENING},
		{DESIGNATION.format("seq")}, seq %% 5 / 5, {REASON}
	from seq_1_to_{PEOPLE}""",
	f"""insert into `tabTalent Pool Record` (name, owner, modified_by, creation, modified, person_name, email, phone, company,
		reason, happened_on, captured_on, state, state_on, reason_given, likelihood, last_contact_on, contacts,
		next_prompt_on, designation, applied_for, job_applicant, referrer_name, consent_state, email_key, phone_key)
	select {RECORD}, 'Administrator', 'Administrator', {HAPPENED}, {HAPPENED}, concat('Candidate ', seq), {APPLICANT}, {PHONE},
		%(company)s, {WHY}, {HAPPENED}, {HAPPENED}, {STATE}, {HAPPENED}, {REASON}, seq * 37 %% 100, null, 0, {NEXT_PROMPT},
		{DESIGNATION.format("seq")}, {OPENING}, {APPLICANT}, 'Colleague', 'Not Asked', sha2(concat('e', seq), 256),
		sha2(concat('p', seq), 256)
	from seq_1_to_{PEOPLE}""",
	# one of four had another e-mail, and another number
	*(
		f"""insert into `tabTalent Former Key` (name, {WHO}, record, kind, contact, key_hash)
		select concat(%(prefix)s, 'TFK-{kind}-', seq), {ROW}, {RECORD}, '{kind}', concat('{kind}', seq), sha2(concat('{kind}', seq), 256)
		from seq_1_to_{PEOPLE} where seq %% 4 = 0"""
		for kind in ("Email", "Phone")
	),
	*(
		f"""insert into `tabTalent Prompt` (name, {WHO}, record, person_name, purpose, state, caller, due_on, closed_on,
			started_on, after_days, company, prompt_key)
		select concat(%(prefix)s, 'PRM-{days}-', seq), {ROW}, {RECORD}, concat('Candidate ', seq), 'Greeting', 'Skipped',
			{CALLER.format("seq")}, date_add({HAPPENED}, interval {days} day), date_add({HAPPENED}, interval {days} day),
			{HAPPENED}, {days}, %(company)s, concat({RECORD}, ':', {HAPPENED}, ':{days}')
		from seq_1_to_{PEOPLE} where seq %% 20 < 16 and seq %% 1095 > {days}"""
		for days in (30, 90, 180)
	),
)
APPLIED = "date_add(%(now)s, interval seq microsecond)"
JUST_NOW = (
	f"""insert into `tabJob Applicant` (name, owner, modified_by, creation, modified, applicant_name, email_id, phone_number,
		status, job_title, designation)
	select {APPLICANT}, 'Administrator', 'Administrator', {APPLIED}, {APPLIED}, concat('Candidate ', seq), {APPLICANT},
		{PHONE}, 'Rejected', {OPENING}, {DESIGNATION.format("seq")}
	from seq_1_to_{PEOPLE * 2} where seq > {PEOPLE} and seq <= %(last)s""",
	f"""insert into `tabInterview` (name, {WHO}, job_applicant, status, scheduled_on, average_rating)
	select concat(%(prefix)s, 'INT-', seq), {ROW}, {APPLICANT}, 'Cleared', date(%(now)s), 0.9
	from seq_1_to_{PEOPLE * 2} where seq > {PEOPLE} and seq <= %(last)s""",
)
