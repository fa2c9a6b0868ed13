"""What counts as a resume: judged by its content, said before anything is written."""

import io
import zipfile

import pytest

from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.resume import MEGABYTE, Resume, check

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DOC = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 100
XLS = OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 100


def archive(*names):
	buffer = io.BytesIO()
	with zipfile.ZipFile(buffer, "w") as file:
		for name in names:
			file.writestr(name, "<xml/>")
	return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
DOCM = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


@pytest.mark.parametrize(
	("filename", "content", "kind"),
	[("cv.pdf", PDF, "pdf"), ("简历.PDF", PDF, "pdf"), ("cv.doc", DOC, "doc"), ("my.cv.docx", DOCX, "docx")],
)
def test_a_resume_is_taken(filename, content, kind):
	assert check(Resume(filename, content), 5) == kind


@pytest.mark.parametrize(
	("filename", "content", "reason"),
	[
		("cv.pdf", b"", "resume_empty"),
		("cv.pdf", PDF + b"\0" * MEGABYTE, "resume_too_large"),
		("cv.exe", PDF, "resume_type"),
		("cv", PDF, "resume_type"),
		("", PDF, "resume_type"),
		("cv.pdf.html", PDF, "resume_type"),
		("cv.pdf", b"MZ\x90\0 a program", "resume_mislabelled"),
		("cv.pdf", b"%PDF-1.7 without an end", "resume_mislabelled"),
		("cv.pdf", DOCX, "resume_mislabelled"),
		("cv.docx", PDF, "resume_mislabelled"),
		("cv.docx", XLSX, "resume_mislabelled"),
		("cv.docx", DOCM, "resume_mislabelled"),
		("cv.docx", b"PK\x03\x04 torn", "resume_mislabelled"),
		("cv.docx", DOC, "resume_mislabelled"),
		("cv.doc", XLS, "resume_mislabelled"),
		("cv.doc", b"<html>", "resume_mislabelled"),
	],
)
def test_what_is_no_resume_is_refused(filename, content, reason):
	with pytest.raises(InvalidCandidate) as refusal:
		check(Resume(filename, content), 1)
	assert refusal.value.reason == reason


def test_without_a_cap_size_does_not_matter():
	content = PDF[:-6] + b"\0" * 3 * MEGABYTE + PDF[-6:]
	assert check(Resume("cv.pdf", content), 0) == "pdf"
