"""Leaves traces of our records all over a site, as a year of use does. Run inside a site (`SpareSite.run`)."""

import json

import frappe
from frappe.desk.doctype.tag.tag import add_tag
from frappe.permissions import add_permission

COMPANY = frappe.db.get_value("Company", {})


def insert(doctype: str, **fields):
	return frappe.get_doc({"doctype": doctype, **fields}).insert(ignore_permissions=True)


def write(doctype: str, name: str, **fields):
	"""A row below the controllers."""
	doc = frappe.new_doc(doctype)
	doc.update({"name": name, **fields})
	doc.db_insert()
	return doc


employee = insert(
	"Employee",
	first_name="Mei",
	company=COMPANY,
	gender="Female",
	date_of_birth="1990-01-01",
	date_of_joining="2020-01-01",
)
applicant = insert(
	"Job Applicant", applicant_name="Li Na", email_id="li.na@example.com", source="Employee Referral"
)
referral = write(
	"Referral", "REF-2026-00001", candidate_name="Li Na", referrer=employee.name, job_applicant=applicant.name
)
frappe.db.sql("insert into tabSeries (name, current) values ('REF-2026-', 1)")
applicant.db_set("referral_hub_referral", referral.name)
reward = write("Referral Reward", "leftover", referral=referral.name, employee=employee.name)
component = insert(
	"Salary Component", salary_component="Leftover", type="Earning", salary_component_abbr="LO"
)
write(
	"Additional Salary",
	"HR-ADS-LEFT",
	employee=employee.name,
	salary_component=component.name,
	ref_doctype="Referral Reward",
	ref_docname=reward.name,
	amount=100,
)

# what people do around a record
about = {"reference_doctype": "Referral", "reference_name": referral.name}
referral.add_comment("Comment", "internal words")
insert("ToDo", description="look", reference_type="Referral", reference_name=referral.name)
insert("Communication", subject="About it", communication_type="Communication", **about)
insert("Version", ref_doctype="Referral", docname=referral.name, data="{}")
insert(
	"Notification Log",
	subject="x",
	for_user="Administrator",
	document_type="Referral",
	document_name=referral.name,
)
insert(
	"File",
	file_name="leftover.txt",
	content="words",
	is_private=1,
	attached_to_doctype="Referral",
	attached_to_name=referral.name,
)
insert("Tag", name="leftover")
add_tag("leftover", "Referral", referral.name)
frappe.share.add("Referral", referral.name, "Administrator", read=1)

# what administrators set up around a DocType
program = frappe.db.get_value("Referral Program", {})
insert("User Permission", user="Administrator", allow="Referral Program", for_value=program)
add_permission("Referral", "Accounts User", 0)
for doctype, field in (("Referral", "note"), ("Job Applicant", "referral_hub_reason")):
	insert(
		"Property Setter",
		doctype_or_field="DocField",
		doc_type=doctype,
		field_name=field,
		property="hidden",
		value="1",
		property_type="Check",
	)
insert(
	"Property Setter",
	doctype_or_field="DocType",
	doc_type="Job Offer",
	property="field_order",
	value='["applicant_name", "referral_hub_joining_date"]',
	property_type="Data",
)
insert(
	"List Filter",
	reference_doctype="Job Applicant",
	filter_name="referred",
	filters='[["Job Applicant","referral_hub_referred","=",1]]',
)
frappe.db.sql(
	"insert into `__UserSettings` (user, doctype, data) values ('Administrator', 'Referral', '{}'),"
	" ('Administrator', 'Job Applicant', '[referral_hub_referred]')"
)
insert(
	"Report", report_name="Leftover", ref_doctype="Referral", report_type="Report Builder", is_standard="No"
)
insert("Kanban Board", kanban_board_name="Leftover", reference_doctype="Referral", field_name="stage")
frappe.log_error("leftover", "referral_hub broke", reference_doctype="Referral", reference_name=referral.name)
insert(
	"Custom Field",
	dt="Employee",
	fieldname="favourite",
	label="Favourite",
	fieldtype="Link",
	options="Referral",
)
employee.reload().db_set("favourite", referral.name)
insert(
	"Custom Field",
	dt="Employee",
	fieldname="favourite_stage",
	label="Stage of the Favourite",
	fieldtype="Data",
	fetch_from="favourite.stage",
	insert_after="favourite",
)

sent = write(
	"Webhook", "leftover-webhook", webhook_doctype="Referral", webhook_docevent="on_update", request_url="x"
)
write("Webhook Request Log", "leftover-log", webhook=sent.name, reference_document=referral.name, data="{}")

# what a site makes of our reports, workspace and cards
clerk = insert(
	"User",
	email="clerk@example.com",
	first_name="Clerk",
	new_password="Tr4ces-of-a-year",
	send_welcome_email=0,
	roles=[{"role": "HR User"}],
)
clerk.db_set("default_workspace", "Referral Hub")
clerk.append("social_logins", {"provider": "WeCom ww-leftover", "userid": "LinaLi"})
clerk.save(ignore_permissions=True)
home = {
	"modules_by_category": {"Modules": ["HR", "Referral Hub"]},
	"links_by_module": {"Referral Hub": ["x"]},
}
clerk.db_set("home_settings", json.dumps(home))
insert("Module Profile", module_profile_name="Leftover", block_modules=[{"module": "Referral Hub"}])
write("Desktop Icon", "leftover-icon", module_name="Referral Hub", label="Hub", standard=0)
frappe.db.set_single_value("Role Permission for Page and Report", "report", "Referral Queue")
insert("Custom Role", report="Referral Queue", roles=[{"role": "HR User"}])
mailed = insert(
	"Auto Email Report",
	report="Reward Reconciliation",
	user="Administrator",
	email_to="hr@example.com",
	frequency="Daily",
	format="HTML",
	no_of_rows=10,
	report_type="Script Report",
)
mailed.add_comment("Comment", "every Monday would do")
write(
	"Prepared Report",
	"leftover-report",
	report_name="Reward Reconciliation",
	status="Completed",
	filters="{}",
)
insert(
	"File",
	file_name="leftover.json",
	content="{}",
	is_private=1,
	attached_to_doctype="Prepared Report",
	attached_to_name="leftover-report",
)
insert(
	"Report",
	report_name="Leftover Copy",
	ref_doctype="Job Applicant",
	report_type="Custom Report",
	reference_report="Referral Queue",
	is_standard="No",
	json="{}",
)
insert("Custom Role", report="Leftover Copy", roles=[{"role": "HR User"}])
chart = {
	"filters_json": "{}",
	"type": "Bar",
	"x_field": "a",
	"y_axis": [{"y_field": "b"}],
	"use_report_chart": 1,
}
insert(
	"Dashboard Chart",
	chart_name="Leftover",
	chart_type="Report",
	report_name="Reward Reconciliation",
	**chart,
)
card = {"function": "Count", "filters_json": "[]", "type": "Document Type"}
insert("Number Card", label="Leftover Hub Card", document_type="Referral", **card)
insert("Number Card", label="Staff", document_type="Employee", **card)
insert(
	"Dashboard",
	dashboard_name="Leftover",
	charts=[{"chart": "Leftover"}],
	cards=[{"card": "Leftover Hub Card"}, {"card": "Staff"}],
)
PLACES = (
	("header", "text", "What we do"),
	("shortcut", "shortcut_name", "Queue"),
	("shortcut", "shortcut_name", "Referrals"),
	("shortcut", "shortcut_name", "People"),
	("number_card", "number_card_name", "To hand over"),
	("number_card", "number_card_name", "Leftover Hub Card"),
	("number_card", "number_card_name", "Staff"),
	("chart", "chart_name", "Chart of ours"),
)
insert(
	"Workspace",
	label="Our HR",
	title="Our HR",
	public=1,
	module="HR",
	parent_page="Referral Hub",
	content=json.dumps([{"id": name, "type": kind, "data": {key: name}} for kind, key, name in PLACES]),
	shortcuts=[
		{"label": "Queue", "link_to": "Referral Queue", "type": "Report"},
		{"label": "Referrals", "link_to": "Referral", "type": "DocType"},
		{"label": "People", "link_to": "Employee", "type": "DocType"},
	],
	links=[
		{"label": "Lists", "type": "Card Break"},
		{"label": "Queue", "type": "Link", "link_type": "Report", "link_to": "Referral Queue"},
	],
	number_cards=[
		{"number_card_name": "Rewards to Hand Over", "label": "To hand over"},
		{"number_card_name": "Leftover Hub Card", "label": "Leftover Hub Card"},
		{"number_card_name": "Staff", "label": "Staff"},
	],
	charts=[{"chart_name": "Leftover", "label": "Chart of ours"}],
)
insert(
	"Print Format",
	name="Leftover Sheet",
	doc_type="Job Applicant",
	module="Referral Hub",
	print_format_type="Jinja",
	html="x",
	standard="No",
)
insert(
	"Notification",
	name="Leftover",
	subject="x",
	document_type="Job Applicant",
	event="New",
	message="x",
	channel="Email",
	recipients=[{"receiver_by_role": "HR User"}],
	attach_print=1,
	print_format="Leftover Sheet",
)

# what a site makes of our fields
insert(
	"Custom Field",
	dt="Job Applicant",
	fieldname="behind_ours",
	label="Behind Ours",
	fieldtype="Data",
	insert_after="referral_hub_reason",
	depends_on="eval:doc.referral_hub_referred",
	mandatory_depends_on="eval:doc.referral_hub_referred && doc.status == 'Open'",
)
insert(
	"Custom Field",
	dt="Job Applicant",
	fieldname="fetched",
	label="Fetched",
	fieldtype="Data",
	insert_after="behind_ours",
	fetch_from="referral_hub_referral.stage",
	read_only_depends_on="referral_hub_referred",
)
for of_field, changed, value in (
	("status", "depends_on", "eval:doc.referral_hub_referred"),
	("", "search_fields", "applicant_name, referral_hub_reason"),
	("", "sort_field", "referral_hub_referred"),
	("", "default_print_format", "Leftover Sheet"),
):
	insert(
		"Property Setter",
		doctype_or_field="DocField" if of_field else "DocType",
		doc_type="Job Applicant",
		field_name=of_field,
		property=changed,
		value=value,
		property_type="Data",
	)
