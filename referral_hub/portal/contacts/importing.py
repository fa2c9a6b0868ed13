"""Bring a file of contacts in: choose it, see what its columns are taken for, watch it being read. Works without JavaScript.

Called by portal/renderer.py; what it reads and says is the API's, too.
"""

import csv
import io
from collections.abc import Mapping

import frappe
from frappe import _
from frappe.recorder import do_not_record

from referral_hub.matching.contacts.files import importing, uploads
from referral_hub.matching.rules.contacts.columns import FIELDS
from referral_hub.portal import page
from referral_hub.portal.contacts import words
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.sources.formulas import without_formula
from referral_hub.retry import retry_deadlocks

ADDRESS = f"{words.ADDRESS}/import"
_COLUMN = "column-"


@page.for_employees
@do_not_record
def get_context(context):
	if not words.are_mine(context.employee.name):
		return page.Redirect(words.ADDRESS)
	row = importing.of_employee(context.employee.name)
	if row and row.owner != frappe.session.user:
		row = None
	if frappe.form_dict.get("report") and row:
		return page.Download("left-out.csv", _report(row), "text/csv")
	if frappe.request.method != "POST":
		return _show(context, row)
	try:
		retry_deadlocks(lambda: _act(context.employee, row))
	except Refused as refused:
		context.status = 422
		return _show(context, row, file_words(refused.reason))
	return page.Redirect(ADDRESS)


def _act(employee, row) -> None:
	do = frappe.form_dict.get("do")
	if do == "forget":
		importing.forget_all(employee.name)
	elif do == "go" and row:
		importing.go(row, mapping_of(row, _typed(row)))
	elif do == "upload":
		name, data = uploaded()
		importing.begin(employee.name, name, data, words.region_of(employee))


def uploaded() -> tuple[str, bytes]:
	"""Return name and contents of the file that was chosen; both empty where none was."""
	upload = frappe.request.files.get("file")
	if not upload:
		return "", b""
	upload.stream.seek(0)  # this may be begun again after a deadlock
	return upload.filename or "", upload.stream.read(uploads.MOST_MEGABYTES * uploads.MEGABYTE + 1)


def _typed(row) -> dict[int, str]:
	numbers = (one.number for one in importing.columns(row))
	return {number: str(frappe.form_dict.get(f"{_COLUMN}{number}") or "") for number in numbers}


def mapping_of(row, said: Mapping[int, str | None]) -> dict[int, str] | None:
	"""Return what each column is; None for a file that has no columns. Raises Refused where nothing names anybody."""
	columns = importing.columns(row)
	mapping = {one.number: said[one.number] for one in columns if said.get(one.number) in FIELDS}
	if columns and not {"name", "first_name", "last_name"} & set(mapping.values()):
		raise Refused("no_name_column")
	return mapping if columns else None


def _show(context, row, problem: str = "") -> None:
	waits = row and row.state == importing.PREVIEW
	context.update(
		row=row,
		columns=importing.columns(row) if waits else [],
		fields=[(field, label) for field, label in field_words().items()],
		bad=left_out(row)[:10] if row and row.state == importing.DONE else [],
		failed=file_words(importing.why_failed(row)) if row and row.state == importing.FAILED else "",
		problem=problem,
		most=uploads.MOST_MEGABYTES,
		column=_COLUMN,
		title=_("Import contacts"),
		section="contacts",
		script="contact_import.js" if row and row.state in importing.UNDER_WAY else None,
		template="contacts/import.html",
	)


def left_out(row) -> list[dict]:
	"""Return the rows that could not be kept: {"line", "why", "said"}."""
	return [{**one, "why": file_words(one["reason"])} for one in importing.bad_rows(row)]


def _report(row) -> str:
	out = io.StringIO()
	lines = [[one["line"], one["why"], without_formula(one["said"])] for one in left_out(row)]
	csv.writer(out).writerows(
		[[_("Line", context="Referral Hub"), _("Why it was left out"), _("What it says")], *lines]
	)
	return "\ufeff" + out.getvalue()


def field_words() -> dict[str, str]:
	return {
		"name": _("Name", context="Referral Hub"),
		"first_name": _("First name", context="Referral Hub"),
		"last_name": _("Family name", context="Referral Hub"),
		"email": _("E-mail", context="Referral Hub"),
		"phone": _("Phone", context="Referral Hub"),
		"employer": _("Where they work", context="Referral Hub"),
		"title": _("What they do", context="Referral Hub"),
		"place": _("Place", context="Referral Hub"),
		"url": _("Page on the web", context="Referral Hub"),
		"skills": _("Skills", context="Referral Hub"),
		"tags": _("Tags", context="Referral Hub"),
		"note": _("Notes", context="Referral Hub"),
		"since": _("Known since", context="Referral Hub"),
	}


def file_words(reason: str) -> str:
	"""Return the sentence for a file or a row that can't be taken."""
	sentences = {
		"empty_file": _("Please choose a file that is not empty."),
		"file_too_large": _("A file of contacts has at most {0} MB. Please split it.").format(
			uploads.MOST_MEGABYTES
		),
		"too_many_rows": _("This file has too many rows. Please split it into files of 100,000 rows."),
		"unknown_kind": _("Please choose a CSV, XLSX or vCard (VCF) file."),
		"no_header": _(
			"No row names the columns. Please add a first row such as: name, e-mail, phone, company, position."
		),
		"no_cards": _("No card begins in this file. Please export your contacts again as vCard (VCF)."),
		"no_workbook": _("This workbook can't be opened. Please save it again as XLSX or CSV."),
		"no_name_column": _("Please say which column has the names."),
		"import_runs": _("Another file is being read. Please wait until it is done, or stop it."),
		"stopped": _(
			"Reading stopped several times. Please choose the file again; who is there already is not doubled."
		),
		"name_missing": _("Nobody is named."),
		"email_invalid": _("The e-mail address is not one."),
		"phone_invalid": _("The phone number is not one."),
		"open_quote": _("A quotation mark is opened and never closed."),
		"too_many_columns": _("It has more columns than the first row."),
		"broken_card": _("The card has no end."),
	}
	return sentences.get(reason) or words.refused(reason)
