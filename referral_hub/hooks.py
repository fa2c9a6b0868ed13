app_name = "referral_hub"
app_title = "Referral Hub"
app_publisher = "referral_hub contributors"
app_description = "Employee referrals beside ERPNext and HRMS"
app_email = "maintainers@referral-hub.invalid"
app_license = "GPL-3.0-or-later"
required_apps = ["frappe/hrms"]
export_python_type_annotations = True

before_install = "referral_hub.setup.install.before_install"
after_install = "referral_hub.setup.install.after_install"
after_migrate = "referral_hub.setup.install.after_migrate"
before_uninstall = "referral_hub.setup.uninstall.before_uninstall"
after_uninstall = "referral_hub.setup.uninstall.after_uninstall"

doc_events = {
	doctype: {
		"on_change": "referral_hub.hrms_events.changed",
		"on_trash": "referral_hub.hrms_events.changed",
	}
	for doctype in ("Interview", "Job Offer", "Employee Onboarding", "Employee")
}
doc_events["Job Applicant"] = {
	"before_insert": "referral_hub.hrms_events.applicant_is_inserted",
	"before_validate": "referral_hub.hrms_events.applicant_is_saved",
	"after_insert": "referral_hub.hrms_events.applicant_inserted",
	"on_change": "referral_hub.hrms_events.applicant_changed",
	"on_trash": "referral_hub.hrms_events.applicant_changed",
	"after_delete": "referral_hub.hrms_events.applicant_deleted",
	"before_rename": "referral_hub.hrms_events.applicant_is_renamed",
	"after_rename": "referral_hub.hrms_events.applicant_renamed",
}
doc_events["Employee Onboarding"]["after_insert"] = "referral_hub.hrms_events.onboarding_inserted"
doc_events["Employee"]["before_validate"] = "referral_hub.hrms_events.employee_is_saved"
doc_events["Employee"]["on_update"] = "referral_hub.hrms_events.employee_was_saved"
doc_events["Employee"]["before_rename"] = "referral_hub.hrms_events.employee_is_renamed"
doc_events["Employee"]["after_rename"] = "referral_hub.hrms_events.employee_was_renamed"
doc_events["Employee"]["after_delete"] = "referral_hub.hrms_events.employee_deleted"
doc_events["Employee Transfer"] = dict.fromkeys(
	("on_submit", "on_cancel"), "referral_hub.hrms_events.employee_was_transferred"
)
doc_events["Employee Referral"] = {
	"before_submit": "referral_hub.hrms_events.employee_referral_is_submitted",
	"on_submit": "referral_hub.hrms_events.employee_referral_changed",
	"on_update_after_submit": "referral_hub.hrms_events.employee_referral_changed",
	"on_cancel": "referral_hub.hrms_events.employee_referral_changed",
	"after_delete": "referral_hub.hrms_events.employee_referral_gone",
}
doc_events["Company"] = {"after_rename": "referral_hub.hrms_events.company_renamed"}
# what frozen promises name; the platform follows links, not JSON
doc_events |= {
	doctype: {"after_rename": "referral_hub.hrms_events.promised_thing_renamed"}
	for doctype in (
		"Employee Grade",
		"Employment Type",
		"Leave Type",
		"Recognition Badge",
		"Training Event",
		"Training Program",
		"User",
	)
}
doc_events["User"]["validate"] = "referral_hub.hrms_events.user_is_saved"
doc_events["Designation"] = {
	"after_rename": [
		"referral_hub.hrms_events.promised_thing_renamed",
		"referral_hub.hrms_events.designation_renamed",
	]
}
doc_events["Email Template"] = {
	"validate": "referral_hub.messages.templates.validate",
	"on_update": "referral_hub.messages.templates.on_update",
}
doc_events["Note"] = {"on_trash": "referral_hub.announcing.notes.let_go"}

doc_events["DocShare"] = {"validate": "referral_hub.permissions.refuse_sharing"}
doc_events["File"] = {"validate": "referral_hub.permissions.refuse_attaching"}
doc_events["Comment"] = {"validate": "referral_hub.permissions.refuse_mentions"}
doc_events["Document Follow"] = {"on_update": "referral_hub.permissions.drop_following"}
doc_events["Communication"] = {"after_insert": "referral_hub.hrms_events.mail_arrived"}
doc_events["Salary Slip"] = {
	"on_submit": "referral_hub.hrms_events.salary_slip_changed",
	"on_cancel": "referral_hub.hrms_events.salary_slip_changed",
}
doc_events["Additional Salary"] = {
	"validate": "referral_hub.hrms_events.additional_salary_checked",
	"on_submit": "referral_hub.hrms_events.additional_salary_submitted",
	"before_cancel": "referral_hub.hrms_events.additional_salary_to_cancel",
	"on_cancel": "referral_hub.hrms_events.additional_salary_gone",
	"on_trash": "referral_hub.hrms_events.additional_salary_to_delete",
}
doc_events |= {
	doctype: {"onload": "referral_hub.wording.link_titles.of_form"}
	for doctype in (
		"Named Referrer",
		"Opening Profile",
		"Path Feedback",
		"Recall Request",
		"Referral",
		"Referral Application",
		"Referral Dispute",
		"Referral Link",
		"Referral Reward",
		"Reward Fulfilment",
		"Talent Pool Record",
		"Talent Prompt",
	)
}

# whatever links to a record of ours: the platform would tell its title to everybody
doc_events["*"] = {
	"onload": "referral_hub.wording.guarded_titles.of_form",
	"before_print": "referral_hub.wording.guarded_titles.of_print",
}
doc_events |= {
	doctype: {"validate": "referral_hub.wording.guarded_titles.of_contact"}
	for doctype in ("Address", "Contact")
}

additional_timeline_content = {"Referral Reward": ["referral_hub.rewards.oversight.timeline.of_reward"]}

referral_hub_reward_kinds = {
	"Points": "referral_hub.rewards.kinds.points.Points",
	"Cash": "referral_hub.rewards.kinds.cash.Cash",
	"Leave": "referral_hub.rewards.kinds.leave.Leave",
	"Training": "referral_hub.rewards.kinds.training.Training",
	"Gift": "referral_hub.rewards.kinds.fulfilled.Gift",
	"Gift Code": "referral_hub.rewards.kinds.fulfilled.GiftCode",
	"Health Check": "referral_hub.rewards.kinds.fulfilled.HealthCheck",
	"Team Fund": "referral_hub.rewards.kinds.fulfilled.TeamFund",
	"Donation": "referral_hub.rewards.kinds.fulfilled.Donation",
	"Child Education": "referral_hub.rewards.kinds.fulfilled.ChildEducation",
	"Equity Note": "referral_hub.rewards.kinds.fulfilled.EquityNote",
	"Perk": "referral_hub.rewards.kinds.fulfilled.Perk",
	"Badge": "referral_hub.rewards.kinds.badge.Badge",
}
referral_hub_match_engine = "referral_hub.matching.pool.ByMeaning"
referral_hub_match_scorers = {"Embedding": "referral_hub.matching.embedding.Embedding"}
referral_hub_channels = [
	"referral_hub.messages.channels.in_app.InApp",
	"referral_hub.messages.channels.email.Email",
	"referral_hub.messages.channels.sms.SMS",
	"referral_hub.messages.channels.configured.channels",
]

jinja = {"methods": ["referral_hub.portal.points.paper.referral_hub_points_statement"]}

make_email_body_message = ["referral_hub.messages.unsubscribing.complete"]

# kept answers of the API, cleared by the platform with its own logs: after so many days
default_log_clearing_doctypes = {"Referral Idempotency Key": 1}

scheduler_events = {
	"all": ["referral_hub.tasks.send_messages", "referral_hub.tasks.send_to_malls"],
	"cron": {
		"*/15 * * * *": [
			"referral_hub.tasks.watch_path_feedback",
			"referral_hub.tasks.resume_contact_imports",
			"referral_hub.tasks.heal_contact_index",
			"referral_hub.tasks.follow_announcements",
		]
	},
	"hourly_long": [
		"referral_hub.tasks.reconcile_referrals",
		"referral_hub.tasks.merge_points_set_aside",
		"referral_hub.tasks.hand_over_prizes",
		"referral_hub.tasks.follow_renames",
		"referral_hub.tasks.pay_due_rewards",
		"referral_hub.tasks.credit_applicants_by_link",
		"referral_hub.tasks.follow_employee_referrals",
		"referral_hub.tasks.fill_talent_pool",
		"referral_hub.tasks.follow_wecom",
		"referral_hub.tasks.read_openings",
		"referral_hub.tasks.tell_of_contacts",
		"referral_hub.tasks.tell_of_boards",
	],
	"daily_long": [
		"referral_hub.tasks.look_after_candidates",
		"referral_hub.tasks.expire_invitations",
		"referral_hub.tasks.follow_named_referrers",
		"referral_hub.tasks.watch_open_referrals",
		"referral_hub.tasks.look_for_ties",
		"referral_hub.tasks.earn_rewards_by_time",
		"referral_hub.tasks.escalate_fulfilments",
		"referral_hub.tasks.count_hires",
		"referral_hub.tasks.choose_rewards_by_time",
		"referral_hub.tasks.count_budgets",
		"referral_hub.tasks.expire_points",
		"referral_hub.tasks.follow_points",
		"referral_hub.tasks.warn_of_expiry",
		"referral_hub.tasks.keep_points_heads",
		"referral_hub.tasks.provide_for_points",
		"referral_hub.tasks.forget_visitors",
		"referral_hub.tasks.score_talent_pool",
		"referral_hub.tasks.prompt_calls",
		"referral_hub.tasks.watch_recall_requests",
		"referral_hub.tasks.look_after_talent_pool",
		"referral_hub.tasks.keep_erasures",
		"referral_hub.tasks.forget_wecom_users",
		"referral_hub.tasks.count_path_figures",
		"referral_hub.tasks.count_recognition",
		"referral_hub.tasks.ask_for_thanks",
		"referral_hub.tasks.ask_how_it_was",
		"referral_hub.tasks.give_learning",
		"referral_hub.tasks.look_after_club",
		"referral_hub.tasks.look_after_goals",
		"referral_hub.tasks.end_cases",
		"referral_hub.tasks.look_after_contacts",
	],
}

permission_query_conditions = {
	"Referral": "referral_hub.permissions.referral_conditions",
	"Referral Event": "referral_hub.permissions.referral_event_conditions",
	"Referral Message": "referral_hub.permissions.referral_message_conditions",
	"Referral Preference": "referral_hub.permissions.referral_preference_conditions",
	"Referral Channel": "referral_hub.permissions.referral_channel_conditions",
	"Referral Contact": "referral_hub.permissions.referral_contact_conditions",
	"Referral Contact Import": "referral_hub.permissions.referral_contact_conditions",
	"Referral Contact Key": "referral_hub.permissions.referral_contact_conditions",
	"Referral Idempotency Key": "referral_hub.permissions.referral_contact_conditions",
	"Referral Dispute": "referral_hub.permissions.referral_dispute_conditions",
	"Referral Reward": "referral_hub.permissions.referral_reward_conditions",
	"Reward Recovery": "referral_hub.permissions.reward_recovery_conditions",
	"Recognition Award": "referral_hub.permissions.recognition_award_conditions",
	"Referral Recognition": "referral_hub.permissions.recognition_award_conditions",
	"Referral Standing": "referral_hub.permissions.recognition_award_conditions",
	"Reward Fulfilment": "referral_hub.permissions.reward_fulfilment_conditions",
	"Referral Announcement": "referral_hub.permissions.announcement_conditions",
	"Referral Club Event": "referral_hub.permissions.announcement_conditions",
	"Referral Club Member": "referral_hub.permissions.recognition_award_conditions",
	"Referral Club Answer": "referral_hub.permissions.recognition_award_conditions",
	"Referral Announcement View": "referral_hub.permissions.referral_contact_conditions",
	"Prize Draw": "referral_hub.permissions.prize_draw_conditions",
	"Prize Draw Ticket": "referral_hub.permissions.prize_draw_ticket_conditions",
	"Prize Draw Winner": "referral_hub.permissions.prize_draw_winner_conditions",
	"Reward Item": "referral_hub.permissions.reward_item_conditions",
	"Reward Item Code": "referral_hub.permissions.reward_item_code_conditions",
	"Reward Mall": "referral_hub.permissions.reward_mall_conditions",
	"Reward Mall Message": "referral_hub.permissions.reward_mall_message_conditions",
	"Reward Order": "referral_hub.permissions.reward_order_conditions",
	"Points Account": "referral_hub.permissions.points_account_conditions",
	"Points Provision": "referral_hub.permissions.points_provision_conditions",
	"Points Ledger Entry": "referral_hub.permissions.points_ledger_entry_conditions",
	"Points Lot": "referral_hub.permissions.points_lot_conditions",
	"Opening Profile": "referral_hub.permissions.opening_profile_conditions",
	"Referral Link": "referral_hub.permissions.hr_of_company_conditions",
	"Referral Application": "referral_hub.permissions.hr_of_company_conditions",
	"Named Referrer": "referral_hub.permissions.hr_of_company_conditions",
	"Referral Assessment": "referral_hub.permissions.hr_of_company_conditions",
	"Referral Survey Response": "referral_hub.permissions.survey_response_conditions",
	"Referral Survey Invitation": "referral_hub.permissions.survey_invitation_conditions",
	"Talent Pool Record": "referral_hub.permissions.talent_conditions",
	"Talent Interaction": "referral_hub.permissions.talent_conditions",
	"Talent Prompt": "referral_hub.permissions.talent_conditions",
	"Talent Signal": "referral_hub.permissions.talent_conditions",
	"Talent Former Key": "referral_hub.permissions.talent_former_key_conditions",
	"Recall Request": "referral_hub.permissions.talent_conditions",
	"Referral Program": "referral_hub.permissions.referral_program_conditions",
	"Reward Rule": "referral_hub.permissions.master_conditions",
	"Performance Path": "referral_hub.permissions.master_conditions",
	"Path Measurement": "referral_hub.permissions.path_measurement_conditions",
	"Path Evidence": "referral_hub.permissions.path_evidence_conditions",
	"Path Case": "referral_hub.permissions.path_measurement_conditions",
	"Path Feedback": "referral_hub.permissions.path_feedback_conditions",
	"Path Feedback Entry": "referral_hub.permissions.path_feedback_entry_conditions",
	"Onboarding Goal Plan": "referral_hub.permissions.talent_conditions",
	"Onboarding Goal Note": "referral_hub.permissions.talent_conditions",
	"Onboarding Goal Template": "referral_hub.permissions.master_conditions",
}
has_permission = dict.fromkeys(permission_query_conditions, "referral_hub.permissions.has_permission")

standard_queries = dict.fromkeys(permission_query_conditions, "referral_hub.api.desk_search.search")
permission_query_conditions |= dict.fromkeys(
	(
		"Onboarding Goal",
		"Opening Assessment",
		"Opening Requirement",
		"Performance Path Former Name",
		"Performance Path Level",
		"Performance Path Requirement",
		"Referral Announcement Opening",
		"Referral Audience",
		"Prize Draw Exclusion",
		"Prize Draw Prize",
		"Referral Channel Choice",
		"Referral Program Case",
		"Referral Program Company",
		"Referral Program Department",
		"Referral Program Grade",
		"Referral Program Round",
		"Reward Rule Factor",
		"Reward Rule Milestone",
		"Talent Pool Preference",
	),
	"referral_hub.permissions.child_conditions",
)
permission_query_conditions["File"] = "referral_hub.permissions.file_conditions"
permission_query_conditions["Prepared Report"] = "referral_hub.reporting.prepared.conditions"
has_permission["Prepared Report"] = "referral_hub.reporting.prepared.has_permission"
permission_query_conditions["Tag Link"] = "referral_hub.permissions.tag_link_conditions"
has_permission["Tag Link"] = "referral_hub.permissions.may_read_tag_link"

_OWN_WORDS, _WIDE_LIST = "public/js/own_words.js", "public/js/wide_list.js"
_WITH_OPTIONS = (
	"Named Referrer",
	"Onboarding Goal Plan",
	"Opening Profile",
	"Path Evidence",
	"Path Feedback",
	"Path Feedback Entry",
	"Performance Path",
	"Points Account",
	"Points Ledger Entry",
	"Recall Request",
	"Recall Template",
	"Recognition Award",
	"Referral",
	"Referral Announcement",
	"Referral Club Answer",
	"Referral Club Event",
	"Referral Club Member",
	"Referral Application",
	"Referral Channel",
	"Referral Dispute",
	"Referral Event",
	"Referral Hub Settings",
	"Referral Link",
	"Referral Message",
	"Referral Preference",
	"Referral Program",
	"Referral Reason",
	"Referral Reward",
	"Referral Survey Response",
	"Referral Survey Theme",
	"Reward Fulfilment",
	"Reward Item",
	"Reward Order",
	"Reward Recovery",
	"Reward Rule",
	"Skill Synonym",
	"Talent Former Key",
	"Talent Interaction",
	"Talent Pool Record",
	"Talent Prompt",
	"Talent Signal",
)
doctype_js = dict.fromkeys(_WITH_OPTIONS, _OWN_WORDS) | {
	"Employee": [_OWN_WORDS, "public/js/employee.js", "public/js/employee_level.js"],
	"Job Applicant": [_OWN_WORDS, "public/js/referred_applicants.js", "public/js/job_applicant.js"],
	"Job Opening": [_OWN_WORDS, "public/js/job_opening.js"],
	"Referral Message": [_OWN_WORDS, "public/js/message_events.js"],
	"Job Offer": "public/js/job_offer.js",
}
doctype_list_js = dict.fromkeys(_WITH_OPTIONS, _OWN_WORDS) | {
	"Job Applicant": [_OWN_WORDS, "public/js/referred_applicants.js", "public/js/job_applicant_list.js"],
	"Referral Message": [_OWN_WORDS, "public/js/message_events.js"],
	"Named Referrer": [_OWN_WORDS, _WIDE_LIST],
	"Path Evidence": [_OWN_WORDS, _WIDE_LIST],
	"Path Feedback": [_OWN_WORDS, _WIDE_LIST],
	"Referral Application": [_OWN_WORDS, _WIDE_LIST],
	"Referral Dispute": [_OWN_WORDS, _WIDE_LIST],
	"Referral Link": [_OWN_WORDS, _WIDE_LIST],
	"Referral Program": [_OWN_WORDS, _WIDE_LIST],
	"Recall Request": [_OWN_WORDS, _WIDE_LIST],
	"Talent Interaction": [_OWN_WORDS, _WIDE_LIST],
	"Talent Pool Record": [_OWN_WORDS, _WIDE_LIST],
}
override_doctype_dashboards = {
	"Job Applicant": "referral_hub.desk_dashboards.job_applicant",
	"Job Opening": "referral_hub.desk_dashboards.job_opening",
	"Employee": "referral_hub.desk_dashboards.employee",
}
override_doctype_class = {
	"Auto Email Report": "referral_hub.reporting.mailed.OwnAutoEmailReport",
	"Prepared Report": "referral_hub.reporting.prepared.OwnPreparedReport",
}
override_whitelisted_methods = {
	# the platform calls a method by any module that imports it: each of them is named here
	"frappe.desk.notifications.get_open_count": "referral_hub.desk_dashboards.get_open_count",
	"frappe.tests.test_dashboard_connections.get_open_count": "referral_hub.desk_dashboards.get_open_count",
	"frappe.desk.search.get_link_title": "referral_hub.api.desk_search.get_link_title",
}

after_request = ["referral_hub.portal.guests.pace.wait"]

page_renderer = [
	"referral_hub.portal.renderer.AppPart",
	"referral_hub.portal.renderer.PortalPage",
	"referral_hub.portal.renderer.GuestPage",
]
website_route_rules = [
	{"from_route": "/referrals/mine/<name>", "to_route": "referrals/referral"},
	{"from_route": "/referrals/openings/<name>", "to_route": "referrals/opening"},
	{"from_route": "/referrals/requests/<name>", "to_route": "referrals/request"},
	{"from_route": "/referrals/feedback/<name>", "to_route": "referrals/one_feedback"},
	{"from_route": "/referrals/news/<name>", "to_route": "referrals/one_news"},
	{"from_route": "/referrals/shop/<name>", "to_route": "referrals/shop/item"},
	{"from_route": "/referrals/orders", "to_route": "referrals/shop/orders"},
	{"from_route": "/referrals/draw", "to_route": "referrals/shop/draw"},
]

user_data_fields = [
	{
		"doctype": "Referral",
		"filter_by": "candidate_email",
		"redact_fields": ["candidate_name", "candidate_phone", "note", "relation"],
	},
	{
		"doctype": "Talent Pool Record",
		"filter_by": "email",
		"redact_fields": ["person_name", "phone", "note", "skills", "intention", "questions", "reason_text"],
	},
]

ignore_links_on_delete = [
	"Referral Club Answer",
	"Referral Club Event",
	"Referral Club Member",
	"Referral Announcement",
	"Referral Announcement Opening",
	"Referral Announcement View",
	"Referral Audience",
	"Points Provision",
	"Prize Draw",
	"Prize Draw Ticket",
	"Prize Draw Winner",
	"Reward Item",
	"Reward Mall",
	"Reward Mall Message",
	"Reward Order",
	"Reward Fulfilment",
	"Recognition Award",
	"Referral Recognition",
	"Referral Standing",
	"Access Token",
	"Referral",
	"Referral Event",
	"Referral Reward",
	"Referral Message",
	"Referral Preference",
	"Candidate Key",
	"Referral Dispute",
	"Opening Profile",
	"Referral Link",
	"Referral Application",
	"Named Referrer",
	"Referral Assessment",
	"Referral Survey Response",
	"Referral Survey Invitation",
	"Forgotten Person",
	"Talent Pool Record",
	"Talent Interaction",
	"Talent Prompt",
	"Talent Signal",
	"Talent Former Key",
	"Recall Request",
	"Recall Template",
	"Referral Link Visitor",
	"Points Account",
	"Points Ledger Entry",
	"Path Case",
	"Path Measurement",
	"Path Evidence",
	"Path Feedback",
	"Path Feedback Entry",
	"Onboarding Goal Plan",
	"Onboarding Goal Note",
]
company_data_to_be_ignored = [
	"Referral Club Answer",
	"Referral Club Member",
	"Referral Channel",
	"Points Provision Account",
	"Prize Draw Ticket",
	"Prize Draw Winner",
	"Reward Order",
	"Referral",
	"Referral Assessment",
	"Referral Dispute",
	"Referral Program",
	"Referral Program Company",
	"Recognition Award",
	"Referral Reward",
	"Reward Recovery",
	"Referral Recognition",
	"Referral Standing",
	"Referral Survey Response",
	"Points Provision",
	"Reward Fulfilment",
	"Reward Rule",
	"Performance Path",
	"Onboarding Goal Plan",
	"Onboarding Goal Note",
	"Onboarding Goal Template",
	"Referral Link",
	"Referral Application",
	"Named Referrer",
	"Referral Assessment",
	"Talent Pool Record",
	"Talent Interaction",
	"Talent Prompt",
	"Talent Signal",
	"Recall Request",
	"Path Feedback",
]
