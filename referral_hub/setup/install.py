"""What installing and migrating put in place. Every step can be run again without changing anything."""

import importlib

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from referral_hub.setup import defaults, web_forms
from referral_hub.setup.custom_fields import CUSTOM_FIELDS
from referral_hub.setup.indexes import COMPARED, HRMS_INDEXES, LOOKED_UP, OWN_INDEXES, UNIQUE_INDEXES
from referral_hub.setup.sample_rules import make_sample_rules
from referral_hub.setup.views import make_boards, make_views
from referral_hub.setup.words import coaching
from referral_hub.setup.words.email_templates import make_email_templates
from referral_hub.setup.words.preferences import make_preferences
from referral_hub.setup.words.reasons import make_reasons
from referral_hub.setup.words.recall_templates import make_recall_templates
from referral_hub.setup.words.recognition.masters import make_recognition
from referral_hub.setup.words.survey.themes import make_themes

# version 16 was never tried: the code keeps to what it keeps too, and is refused beside it until its tests ran there
SUPPORTED_VERSION = 15
PLATFORM = {"frappe": "Frappe Framework", "erpnext": "ERPNext", "hrms": "Frappe HR"}


def before_install() -> None:
	"""Refuse to install beside versions this app was never tried with; make sure that Frappe sees all of this app."""
	for app, title in PLATFORM.items():
		version = importlib.import_module(app).__version__
		if int(version.split(".")[0]) != SUPPORTED_VERSION:
			raise frappe.IncompatibleApp(unsupported(title, version))
	# This process may have begun with a list of modules from before `bench get-app`: no DocType would be made
	frappe.setup_module_map()


def unsupported(title: str, version: str) -> str:
	return _(
		"Referral Hub works with version {0} of {1}; this bench has {2}."
		" Switch the bench to that version (bench switch-to-branch version-{0} frappe erpnext hrms --upgrade)"
		" and install again. Nothing was changed."
	).format(SUPPORTED_VERSION, title, version)


def after_install() -> None:
	put_in_place()
	defaults.set_times()
	coaching.write_texts()
	defaults.make_program()
	make_reasons()
	make_preferences()
	make_recall_templates()
	make_recognition()
	make_themes()
	make_sample_rules()
	make_views()
	make_boards()


def after_migrate() -> None:
	put_in_place()


def put_in_place() -> None:
	"""Bring custom fields, indexes and what the app can't work without up to this version."""
	create_custom_fields(CUSTOM_FIELDS, ignore_validate=True)
	add_indexes()
	defaults.fill_settings()
	coaching.fill_texts()
	defaults.ensure_applicant_source()
	web_forms.ask_or_not()
	with defaults.remembering():
		make_email_templates()


def add_indexes() -> None:
	for doctype, column, kind, expression, name in LOOKED_UP:
		_add_virtual(doctype, column, kind, expression, f", add index `{name}` (`{column}`)")
	for doctype, column, kind, expression in COMPARED:
		_add_virtual(doctype, column, kind, expression)
	for doctype, columns, name in (*HRMS_INDEXES, *OWN_INDEXES):
		frappe.db.add_index(doctype, columns, name)
	for doctype, columns, name in UNIQUE_INDEXES:
		frappe.db.add_unique(doctype, columns, name)


def _add_virtual(doctype: str, column: str, kind: str, expression: str, more: str = "") -> None:
	if column not in frappe.db.sql(f"show columns from `tab{doctype}`", pluck=True):
		frappe.db.sql_ddl(
			f"alter table `tab{doctype}` add column `{column}` {kind} as ({expression}) virtual{more}"
		)
