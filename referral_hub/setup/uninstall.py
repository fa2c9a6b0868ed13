"""What uninstalling takes away, so that HRMS is left as it was: the mirror of `install.py`.

Frappe removes the DocTypes and their tables between `before_uninstall` and `after_uninstall`. It leaves the columns
of custom fields, our indexes and every reference to our records: those go here. Altering a table commits, so each
step can be run again after an interruption: `bench uninstall-app` starts over and finishes.
"""

import json
import shutil
from pathlib import Path

import click
import frappe
from frappe.utils import now_datetime
from frappe.utils.backups import get_backup_path

from referral_hub.announcing import learning, notes
from referral_hub.rewards.promising import rename_notes
from referral_hub.setup import module_records, references, site_fields, web_forms, workspace_places
from referral_hub.setup.custom_fields import CUSTOM_FIELDS
from referral_hub.setup.defaults import made_at_install
from referral_hub.setup.indexes import HRMS_INDEXES, LOOKED_UP
from referral_hub.setup.site_fields import PREFIX


def before_uninstall() -> None:
	if _is_dry_run():
		return
	remove_masters_of_other_apps()
	notes.remove_all()
	learning.take_out()
	web_forms.remove_question()
	site_fields.let_go_of_ours()
	remove_custom_fields()
	remove_indexes()
	with workspace_places.closed_behind_what_goes():
		module_records.forget(references.our_doctypes())
		references.forget_records_of(references.our_doctypes())
	remove_onboarding_steps()
	forget_scheduled_jobs()


def after_uninstall() -> None:
	if _is_dry_run():
		return
	references.forget_records_of(references.our_doctypes())
	forget_deletions()
	forget_secrets()
	rename_notes.forget()
	remove_private_folder()
	frappe.db.commit()


def _is_dry_run() -> bool:
	"""`uninstall-app --dry-run` runs the hooks as well; only the command line knows that it is one."""
	return _was_told("dry_run")


def _was_told(option: str) -> bool:
	context = click.get_current_context(silent=True)
	return bool(context and context.params.get(option))


def remove_masters_of_other_apps() -> None:
	"""Delete what installing made in other apps' DocTypes, except what other records use by now."""
	for doctype, name in made_at_install():
		try:
			frappe.delete_doc(doctype, name, ignore_permissions=True, delete_permanently=True)
		except frappe.LinkExistsError:
			frappe.clear_last_message()
			click.secho(f"* keeping {doctype} '{name}': it is in use", fg="yellow")


def remove_custom_fields() -> None:
	fields = frappe.get_all(
		"Custom Field", filters={"fieldname": ("like", f"{PREFIX}%")}, fields=["name", "dt"]
	)
	for field in fields:
		frappe.delete_doc(
			"Custom Field", field.name, force=True, ignore_permissions=True, delete_permanently=True
		)
	for doctype in {field.dt for field in fields} | _doctypes_with_our_columns():
		_forget_in_layouts(doctype)
		_drop_columns(doctype)
		frappe.clear_cache(doctype=doctype)


def _doctypes_with_our_columns() -> set[str]:
	ours = {*CUSTOM_FIELDS, *(doctype for doctype, *_column in LOOKED_UP)}
	return {doctype for doctype in ours if frappe.db.table_exists(doctype)}


def _drop_columns(doctype: str) -> None:
	columns = frappe.db.sql(f"show columns from `tab{doctype}`", pluck=True)
	for column in columns:
		if column.startswith(PREFIX):
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop column `{column}`")


def _forget_in_layouts(doctype: str) -> None:
	"""Take our fields out of what people saved about the lists and the form of another app's DocType."""
	about_us = f"%{PREFIX}%"
	frappe.db.delete("__UserSettings", {"doctype": doctype, "data": ("like", about_us)})
	frappe.db.delete("List Filter", {"reference_doctype": doctype, "filters": ("like", about_us)})
	frappe.cache.delete_key("_user_settings")
	for setter in frappe.get_all(
		"Property Setter",
		filters={"doc_type": doctype, "property": "field_order", "value": ("like", about_us)},
		fields=["name", "value"],
	):
		order = [fieldname for fieldname in json.loads(setter.value) if not fieldname.startswith(PREFIX)]
		frappe.db.set_value("Property Setter", setter.name, "value", json.dumps(order), update_modified=False)


def remove_indexes() -> None:
	for doctype, _columns, name in HRMS_INDEXES:
		if frappe.db.table_exists(doctype) and frappe.db.has_index(f"tab{doctype}", name):
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop index `{name}`")


def remove_onboarding_steps() -> None:
	"""Delete the steps of our onboarding that no other has: a step knows no module, Frappe would leave it."""
	ours = frappe.get_all("Module Onboarding", {"module": references.MODULE}, pluck="name")
	steps = frappe.get_all("Onboarding Step Map", {"parent": ("in", ours)}, pluck="step") if ours else []
	if steps:
		others = {"step": ("in", steps), "parent": ("not in", ours)}
		shared = frappe.get_all("Onboarding Step Map", others, pluck="step")
		frappe.db.delete("Onboarding Step", {"name": ("in", list(set(steps) - set(shared)))})


def forget_scheduled_jobs() -> None:
	ours = {"method": ("like", "referral_hub.%")}
	jobs = frappe.get_all("Scheduled Job Type", filters=ours, pluck="name")
	if jobs:
		frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ("in", jobs)})
	frappe.db.delete("Scheduled Job Type", ours)


def forget_deletions() -> None:
	"""Delete the traces that removing the app itself left: copies of deleted documents, patches, errors."""
	frappe.db.delete("Deleted Document", {"deleted_doctype": "Module Def", "deleted_name": references.MODULE})
	frappe.db.delete("Deleted Document", {"data": ("like", f'%"module": "{references.MODULE}"%')})
	frappe.db.delete("Patch Log", {"patch": ("like", "referral_hub.%")})
	frappe.db.delete("Error Log", {"error": ("like", "%referral_hub%")})


def forget_secrets() -> None:
	"""Frappe keeps passwords typed into the settings in a table of its own."""
	frappe.db.delete("__Auth", {"doctype": ("in", references.our_doctypes())})


def remove_private_folder() -> None:
	"""Move the ledger's daily heads beside the backup that uninstalling took; where none was taken they prove nothing.

	Left where they are they would accuse the next installation, whose ledger begins anew.
	"""
	folder = Path(frappe.get_site_path("private", references.APP))
	for heads in [] if _was_told("no_backup") else folder.glob("*.jsonl"):
		kept = Path(get_backup_path()) / f"{now_datetime():%Y%m%d_%H%M%S}-{references.APP}-{heads.name}"
		shutil.move(heads, kept)
		click.secho(f"* the daily heads of the points ledger are kept beside the backup: {kept}", fg="yellow")
	shutil.rmtree(folder, ignore_errors=True)
