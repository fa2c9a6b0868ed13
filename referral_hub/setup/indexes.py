"""Database indexes as data: those HRMS and ERPNext lack, and the UNIQUE ones our promises rest on.

Indexes on other apps' tables have two columns on purpose: Frappe drops an index on one column when the DocType does
not ask for it, each time somebody saves Customize Form.
"""

# (DocType, columns, name): look-ups from an applicant to what HRMS made of it, from a user to the employee
HRMS_INDEXES = [
	("Job Applicant", ["employee_referral", "status"], "referral_hub_employee_referral"),
	("Job Applicant", ["email_id", "creation"], "referral_hub_email"),
	("Employee Referral", ["referral_hub_waiting", "docstatus"], "referral_hub_waiting"),
	("Interview", ["job_applicant", "docstatus"], "referral_hub_job_applicant"),
	("Job Offer", ["job_applicant", "docstatus"], "referral_hub_job_applicant"),
	("Employee", ["job_applicant", "status"], "referral_hub_job_applicant"),
	("Employee", ["user_id", "status"], "referral_hub_user"),
	("Employee", ["company_email", "status"], "referral_hub_company_email"),
	("Employee", ["personal_email", "status"], "referral_hub_personal_email"),
	("Employee Onboarding", ["job_applicant", "docstatus"], "referral_hub_job_applicant"),
	# the parts an employee has in recruiting, asked when they look and when they refer (`referrals.programs.ties`)
	("Employee", ["reports_to", "status"], "referral_hub_reports_to"),
	("Interview Detail", ["interviewer", "parent"], "referral_hub_interviewer"),
	("Interviewer", ["user", "parent"], "referral_hub_user"),
	("Job Opening", ["status", "posted_on"], "referral_hub_newest"),
	# which records are one person, asked by nearly every page of an employee (`people.employments`)
	("Employee Transfer", ["employee", "docstatus"], "referral_hub_employee"),
	("Employee Transfer", ["new_employee_id", "docstatus"], "referral_hub_new_employee"),
	# how somebody rose, and what counts towards their next level: asked when they look at their path
	("Employee Promotion", ["employee", "docstatus"], "referral_hub_employee"),
	("Goal", ["employee", "status"], "referral_hub_employee"),
	("Timesheet", ["employee", "docstatus"], "referral_hub_employee"),
]

# (DocType, column, type, expression, name of its index): what can't be looked up as HRMS stores it. The database itself keeps
# these columns true, whoever writes the row. The last digits of a phone number are the same in every spelling of it.
_WHAT_FOLLOWS = "(?<=[0-9]) *[#,;/*a-zA-Z].*"  # a number: an extension, a second number
_PHONE_END = "right(regexp_replace(regexp_replace({}, '" + _WHAT_FOLLOWS + "', ''), '[^0-9]', ''), 8)"
LOOKED_UP = [
	(doctype, column, "varchar(8)", _PHONE_END.format(phone), column)
	for doctype, phone, column in (
		("Job Applicant", "phone_number", "referral_hub_phone_end"),
		("Employee", "cell_number", "referral_hub_phone_end"),
		("Employee", "emergency_phone_number", "referral_hub_emergency_end"),
	)
]

# (DocType, column, type, expression): what a UNIQUE index compares though it may be missing, as no NULL is like another; kept true
# by the database itself. A name with an underscore first is left alone by Frappe's `trim-tables`.
COMPARED = [("Referral Reward", "_counted_within", "varchar(16)", "ifnull(`period`, '')")]

# (DocType, columns, name): what is asked often of tables that grow
OWN_INDEXES = [
	# from a cancelled Salary Slip to the rewards it carried, every hour, not through all rewards
	("Referral Reward", ["payout_doctype", "state", "payout_name"], "payout_in_state"),
	# an employee's last referrals, those of this month, how many are open: asked when they look and when they refer
	("Referral", ["referrer", "submitted_on"], "newest_of_referrer"),
	("Referral", ["referrer", "outcome"], "outcomes_of_referrer"),
	("Opening Profile", ["hiring_manager", "job_opening"], "openings_of_manager"),
	("Opening Profile", ["recruiter", "job_opening"], "openings_of_recruiter"),
	# when an employee's contacts were compared last: asked every hour of all who have any
	("Referral Contact", ["employee", "weighed_on"], "weighed_of_employee"),
	# a leaderboard: the best of a period, in a company or a department of it
	("Referral Standing", ["company", "period", "score"], "best_by_score"),
	("Referral Standing", ["company", "period", "hires"], "best_by_hires"),
	("Referral Standing", ["company", "period", "points"], "best_by_points"),
	# HR's queue: what is due first
	("Referral", ["outcome", "next_word_due"], "next_word_by_outcome"),
	# how many wait and are late, and how many nobody may see yet, for whoever asks: counted without a look at the rows
	("Referral", ["outcome", "next_word_due", "consent_state", "company", "referrer"], "next_word_counted"),
	# the charts of the workspace, and reports of a time
	("Referral", ["submitted_on", "consent_state", "company", "outcome", "stage"], "made_in_month"),
	("Referral", ["joined_on", "consent_state", "company", "outcome", "stage"], "hired_in_month"),
]

# (DocType, columns, name): each is an invariant
UNIQUE_INDEXES = [
	("Path Feedback Entry", ["feedback", "seq"], "unique_feedback_seq"),
	("Referral Event", ["referral", "seq"], "unique_referral_seq"),
	("Referral Nudge", ["reference_doctype", "reference_name", "due_on", "step"], "unique_nudge"),
	(
		"Referral Reward",
		["referral", "rule", "rule_version", "milestone", "share", "referrer", "_counted_within"],
		"unique_promise_in_period",
	),
	("Named Referrer", ["job_applicant", "employee"], "unique_named_referrer"),
	("Referral Survey Invitation", ["referral", "role"], "unique_question"),
	("Referral Message", ["event_key", "recipient", "channel"], "unique_message"),
	("Referral Message", ["event_key", "candidate_of", "channel"], "unique_message_to_candidate"),
	("Referral Message", ["event_key", "pool_record", "channel"], "unique_message_to_pool"),
	("Referral Club Answer", ["event", "employee"], "unique_answer"),
	("Referral Announcement View", ["announcement", "employee"], "unique_view"),
	("Referral Message", ["event_key", "in_group", "channel"], "unique_message_in_group"),
	("Points Account", ["employee", "company", "slot"], "unique_wallet"),
	("Points Provision", ["company", "month"], "unique_provision"),
	("Points Ledger Entry", ["account", "seq"], "unique_place_in_chain"),
]
