"""Deletes results of reports that were prepared while the person was still there: whoever needs one prepares it again.

The platform keeps a result for weeks, as packed files beside a Prepared Report: its name and its filters say nothing of whom it holds, so
it is read. What nobody can read any more is deleted as well. Reports of ours in any case, HRMS's about recruiting where HR empties its papers.
"""

import gzip
import zlib

import frappe

from referral_hub.forgotten.spellings import Spellings
from referral_hub.referrals.erasure import traces, words
from referral_hub.referrals.erasure.person import APPLICANT, FORM, Person, rows_with

DOCTYPE = "Prepared Report"


def remove_holding(person: Person, with_hrms: bool) -> None:
	"""Delete the prepared results in which the person stands."""
	spellings = person.spellings
	for name in _prepared(with_hrms):
		if _holds(name, spellings):
			traces.remove_beside(DOCTYPE, name)
			frappe.db.delete(DOCTYPE, {"name": name})


def _prepared(with_hrms: bool) -> list[str]:
	report, doctype = frappe.qb.DocType("Report"), frappe.qb.DocType("DocType")
	query = frappe.qb.from_(report).left_join(doctype).on(doctype.name == report.ref_doctype)
	rooms = [words.OURS, *({frappe.get_meta(each).module for each in (APPLICANT, FORM)} if with_hrms else ())]
	is_asked = report.module.isin(rooms) | doctype.module.isin(rooms)
	reports = set(query.select(report.name).where(is_asked).run(pluck=True))
	return [row.name for row in rows_with(DOCTYPE, "report_name", reports)]


def _holds(name: str, spellings: Spellings) -> bool:
	said = frappe.db.get_value(DOCTYPE, name, ["filters", "error_message"])
	if any(spellings.stand_in(text) for text in said if text):
		return True
	attached = {"attached_to_doctype": DOCTYPE, "attached_to_name": name}
	files = frappe.get_all("File", attached, pluck="name")
	return any(_stands_in(frappe.get_doc("File", file), spellings) for file in files)


def _stands_in(file, spellings: Spellings) -> bool:
	try:
		with open(file.get_full_path(), "rb") as stored:
			content = stored.read()
		text = gzip.decompress(content) if file.file_url.endswith(".gz") else content
	except FileNotFoundError:
		return False
	except (OSError, EOFError, zlib.error):
		return True
	return spellings.stand_in(text.decode(errors="replace"))
