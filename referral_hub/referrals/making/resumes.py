"""Keeps a resume as a private file of its Job Applicant. What is a resume is decided in `rules/resumes/resume.py`.

The file belongs to nobody who refers: the platform lets the owner of a file publish and delete it.
"""

import frappe
from frappe.utils import cint
from frappe.utils.pdf import pdf_contains_js

from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.resumes import pdf_actions
from referral_hub.referrals.rules.resumes import resume as rules
from referral_hub.referrals.rules.resumes.resume import Resume


def check(resume: Resume | None) -> None:
	"""Refuse what is no resume, or what the platform would refuse later, before anything is written."""
	if resume and rules.check(resume, cint(settings().resume_max_size_mb)) == "pdf":
		_check_pdf(resume.content)


def _check_pdf(content: bytes) -> None:
	try:
		is_unsafe = pdf_contains_js(content) or pdf_actions.runs_something(content)
	except Exception as error:  # whatever a reader stumbles over, nobody could open this file
		raise InvalidCandidate("resume_unreadable") from error
	if is_unsafe:
		raise InvalidCandidate("resume_unsafe")


def received(resume: Resume | None) -> dict:
	"""Return what a referral keeps of the file that came with it: for the receipt, whatever becomes of the file."""
	return (
		{"resume_name": rules.kept_name(resume.filename), "resume_bytes": len(resume.content)}
		if resume
		else {}
	)


def attach(resume: Resume | None, document):
	"""Write the private file and show it on the applicant, or keep it with a referral that has none yet; return its File."""
	if not resume:
		return None
	file = _new_file(resume, document.doctype, document.name)
	try:
		file.insert(ignore_permissions=True)
		file.db_set("owner", "Administrator", update_modified=False)
		_show(file, document)
	except Exception:
		discard(file)
		raise
	return file


def _new_file(resume: Resume, doctype: str, name: str):
	file = frappe.new_doc("File")
	file.update(
		{
			"file_name": rules.kept_name(resume.filename),
			"content": resume.content,
			"is_private": 1,
			"attached_to_doctype": doctype,
			"attached_to_name": name,
		}
	)
	return file


def hand_over(referral, applicant) -> None:
	"""Move the files that came with a referral to its applicant; HR sees the newest as the resume."""
	kept = {"attached_to_doctype": referral.doctype, "attached_to_name": referral.name}
	for name in frappe.get_all("File", kept, pluck="name", order_by="creation asc"):
		file = frappe.get_doc("File", name)
		file.db_set(
			{"attached_to_doctype": applicant.doctype, "attached_to_name": applicant.name},
			update_modified=False,
		)
		_show(file, applicant)


def _show(file, document) -> None:
	if document.doctype == "Job Applicant":
		file.db_set("attached_to_field", "resume_attachment", update_modified=False)
		frappe.db.set_value(document.doctype, document.name, "resume_attachment", file.file_url)


def discard(file) -> None:
	"""Take a file from the disk whose row was undone; a savepoint undoes only the database."""
	if file:
		file.on_rollback()


def keep_another(resume: Resume | None, doctype: str, name: str) -> None:
	"""Add a private file beside the resume that HR has already."""
	if not resume:
		return
	file = _new_file(resume, doctype, name)
	try:
		file.insert(ignore_permissions=True)
		file.db_set("owner", "Administrator", update_modified=False)
	except Exception:
		discard(file)
		raise
