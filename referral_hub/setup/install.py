"""What installing and migrating put in place. Every step can be run again without changing anything."""

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from referral_hub.setup.custom_fields import CUSTOM_FIELDS
from referral_hub.setup.indexes import HRMS_INDEXES, UNIQUE_INDEXES

REFERRAL_SOURCE = "Employee Referral"


def before_install():
	pass


def after_install():
	put_in_place()


def after_migrate():
	put_in_place()


def put_in_place():
	create_custom_fields(CUSTOM_FIELDS, ignore_validate=True)
	add_indexes()
	ensure_applicant_source()


def add_indexes():
	for doctype, columns, name in HRMS_INDEXES:
		frappe.db.add_index(doctype, columns, name)
	for doctype, columns, name in UNIQUE_INDEXES:
		frappe.db.add_unique(doctype, columns, name)


def ensure_applicant_source():
	"""HRMS makes this source through `_()`, so on a site set up in Chinese it is missing."""
	if not frappe.db.exists("Job Applicant Source", REFERRAL_SOURCE):
		frappe.get_doc(doctype="Job Applicant Source", source_name=REFERRAL_SOURCE).insert(ignore_permissions=True)
