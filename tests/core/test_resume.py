"""What counts as a resume: judged by its content, said before anything is written."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ole_files import compound_file

from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.resumes.resume import MEGABYTE, Resume, check, kept_name, kind_of

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
WORD = b"\xec\xa5" + b"a resume" * 600
DOC = compound_file(**{"1Table": b"table" * 1000, "WordDocument": WORD})
SHORT_DOC = compound_file(**{"1Table": b"table", "WordDocument": b"\xec\xa5 a short resume"})
OLD_DOC = compound_file(WordDocument=b"\xdc\xa5" + WORD)
XLS = compound_file(Workbook=b"\t\x08" * 3000)
WORDS_ALONE = OLE + b"\0" * 2000 + "WordDocument".encode("utf-16-le")
WORDS_IN_A_SHEET = compound_file(Workbook="WordDocument".encode("utf-16-le") * 300)
NOT_WORD_INSIDE = compound_file(WordDocument=b"MZ" * 3000)
NO_ROOT = DOC[: 2 * 512] + DOC[3 * 512 :]
LOOPED = DOC[:512] + struct.pack("<128I", *[0xFFFFFFFD, 1] + [2] * 126) + DOC[1024:]


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
	[
		("cv.pdf", PDF, "pdf"),
		("简历.PDF", PDF, "pdf"),
		("cv.doc", DOC, "doc"),
		("cv.doc", SHORT_DOC, "doc"),
		("cv.doc", OLD_DOC, "doc"),
		("my.cv.docx", DOCX, "docx"),
	],
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
		("cv.doc", WORDS_ALONE, "resume_mislabelled"),
		("cv.doc", WORDS_IN_A_SHEET, "resume_mislabelled"),
		("cv.doc", NOT_WORD_INSIDE, "resume_mislabelled"),
		("cv.doc", NO_ROOT, "resume_mislabelled"),
		("cv.doc", LOOPED, "resume_mislabelled"),
		("cv.doc", DOC[:700], "resume_mislabelled"),
		("cv.doc", OLE, "resume_mislabelled"),
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


@given(st.integers(0, len(DOC) - 1), st.integers(0, 255), st.integers(0, len(DOC)))
def test_a_torn_or_changed_file_is_judged_without_failing(place, byte, end):
	changed = (DOC[:place] + bytes([byte]) + DOC[place + 1 :])[:end]
	assert kind_of(changed) in ("doc", None)


def test_a_table_that_lists_itself_over_and_over_is_no_document():
	"""Nobody makes us hold more of a table than the file could have."""
	lists = DOC[:68] + struct.pack("<II", 0, 9) + DOC[76:512] + struct.pack("<128I", *[0] * 128) + DOC[1024:]
	assert kind_of(lists) is None


@given(st.binary(max_size=3000))
def test_any_noise_behind_the_mark_is_judged_without_failing(noise):
	assert kind_of(OLE + noise) is None


@pytest.mark.parametrize(
	("sent", "kept"),
	[
		("王美 简历 (2027).PDF", "王美 简历 (2027).PDF"),
		("../../../etc/cv.pdf", "cv.pdf"),
		("C:\\fakepath\\cv.docx", "cv.docx"),
		("/etc/passwd\0.pdf", "passwd.pdf"),
		("..\x7f.pdf", "resume.pdf"),
		("cv\u202efdp.exe.pdf", "cvfdp.exe.pdf"),
		("=HYPERLINK(1).pdf", "HYPERLINK(1).pdf"),
		('<img src=x onerror="a">.pdf', "_img src=x onerror=_a__.pdf"),
		("a%2e%2e%2f?x#y.pdf", "a_2e_2e_2f_x_y.pdf"),
		("a\r\nSet-Cookie: b.pdf", "a Set-Cookie_ b.pdf"),
		("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
		("长" * 100 + ".pdf", "长" * 73 + ".pdf"),
		("😀" * 90 + ".docx", "😀" * 55 + ".docx"),
	],
)
def test_a_file_is_kept_under_a_name_that_does_no_harm(sent, kept):
	assert kept_name(sent) == kept


@given(st.text(), st.sampled_from([".pdf", ".DOC", ".docx"]))
def test_any_name_is_kept_in_a_form_every_disk_takes(stem, ending):
	kept = kept_name(stem + "x" + ending)
	assert kept.endswith(ending)
	assert len(kept) <= 130
	assert len(kept.encode()) <= 230
	assert not set(kept) & set('/\\<>"%\0\r\n')
	assert kept_name(kept) == kept
