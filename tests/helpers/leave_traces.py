"""Leaves traces of our records all over a site, as a year of use does. Run inside a site (`SpareSite.run`)."""

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
