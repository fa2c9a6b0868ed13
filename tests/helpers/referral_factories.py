"""Makes referrals the way employees do, resumes that are real files, and what a test compares before and after."""

import io
from itertools import count
from pathlib import Path

import frappe
import pypdf
from site_factories import make_employee, make_opening, unique, unique_email

from referral_hub.referrals import service
from referral_hub.referrals.service import Candidate, Resume

_phones = count(13_900_000_000 + int(frappe.generate_hash(length=6), 16) % 90_000_000)


def unique_phone() -> str:
	return str(next(_phones))


def make_candidate(**fields) -> Candidate:
	defaults = {"name": unique("Candidate"), "email": unique_email("candidate"), "phone": unique_phone()}
	return Candidate(**{**defaults, **fields})


def make_referral(employee=None, opening=None, candidate: Candidate | None = None, **fields):
	"""An employee refers somebody for an opening; everything not given is new."""
	employee = employee or make_employee()
	opening = opening or make_opening()
	return service.submit(employee.name, candidate or make_candidate(), opening.name, **fields)


def applicant_of(referral):
	return frappe.get_doc("Job Applicant", frappe.db.get_value("Referral", referral.name, "job_applicant"))


def followed(referral):
	"""The referral as it is after a fresh look at HRMS."""
	service.refresh(referral.name)
	return frappe.get_doc("Referral", referral.name)


def standing(referral) -> tuple[str, str]:
	row = followed(referral)
	return row.stage, row.outcome


def timeline(referral) -> list[tuple]:
	"""What was told so far, oldest first: (seq, kind, stage, outcome)."""
	return frappe.get_all(
		"Referral Event",
		filters={"referral": referral.name},
		fields=["seq", "kind", "stage", "outcome"],
		order_by="seq asc",
		as_list=True,
	)


def pdf(text: str = "Resume") -> bytes:
	writer = pypdf.PdfWriter()
	writer.add_blank_page(200, 200)
	writer.add_metadata({"/Title": text})
	buffer = io.BytesIO()
	writer.write(buffer)
	return buffer.getvalue()


def make_resume(filename: str = "resume.pdf") -> Resume:
	return Resume(filename, pdf(unique("Resume")))


WRITTEN = (
	"Referral",
	"Referral Event",
	"Candidate Key",
	"Job Applicant",
	"File",
	"Email Unsubscribe",
	"Referral Reward",
	"Referral Message",
)


def everything_written() -> dict:
	"""How many rows there are of all that a submission writes, and which private files lie on the disk."""
	counted = {doctype: frappe.db.count(doctype) for doctype in WRITTEN}
	return counted | {"files": sorted(path.name for path in private_files())}


def private_files() -> list[Path]:
	return [path for path in Path(frappe.get_site_path("private", "files")).iterdir() if path.is_file()]
