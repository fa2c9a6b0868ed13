"""Database indexes as data: those HRMS lacks on `job_applicant`, and the UNIQUE ones our promises rest on."""

# (DocType, columns, name): look-ups from an applicant to what HRMS made of it
HRMS_INDEXES = [
	("Interview", ["job_applicant"], "referral_hub_job_applicant"),
	("Job Offer", ["job_applicant"], "referral_hub_job_applicant"),
	("Employee", ["job_applicant"], "referral_hub_job_applicant"),
	("Employee Onboarding", ["job_applicant"], "referral_hub_job_applicant"),
]

# (DocType, columns, name): each is an invariant
UNIQUE_INDEXES = [
	("Referral Event", ["referral", "seq"], "unique_referral_seq"),
	(
		"Referral Reward",
		["referral", "rule", "rule_version", "milestone", "share"],
		"unique_promise",
	),
	("Referral Message", ["event_key", "recipient", "channel"], "unique_message"),
]
