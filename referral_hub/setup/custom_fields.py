"""The fields this app adds to other apps' DocTypes, as data. Every name starts with `referral_hub_`."""

CUSTOM_FIELDS = {
	"Job Applicant": [
		{
			"fieldname": "referral_hub_section",
			"fieldtype": "Section Break",
			"label": "Referral",
			"insert_after": "employee_referral",
			"depends_on": "referral_hub_referral",
		},
		{
			"fieldname": "referral_hub_referred",
			"fieldtype": "Check",
			"label": "Referred",
			"insert_after": "referral_hub_section",
			"read_only": 1,
			"no_copy": 1,
			"in_standard_filter": 1,
		},
		{
			"fieldname": "referral_hub_referral",
			"fieldtype": "Link",
			"label": "Referral",
			"options": "Referral",
			"insert_after": "referral_hub_referred",
			"read_only": 1,
			"no_copy": 1,
			"ignore_user_permissions": 1,
			"search_index": 1,
		},
		{
			"fieldname": "referral_hub_column",
			"fieldtype": "Column Break",
			"insert_after": "referral_hub_referral",
		},
		{
			"fieldname": "referral_hub_reason",
			"fieldtype": "Link",
			"label": "Reason Told to the Referrer",
			"options": "Referral Reason",
			"insert_after": "referral_hub_column",
			"depends_on": "eval:doc.referral_hub_referral && doc.status == 'Rejected'",
			"no_copy": 1,
			"ignore_user_permissions": 1,
		},
	],
	"Job Offer": [
		{
			"fieldname": "referral_hub_joining_date",
			"fieldtype": "Date",
			"label": "Expected Joining Date",
			"insert_after": "offer_date",
			"allow_on_submit": 1,
			"no_copy": 1,
		},
	],
}
