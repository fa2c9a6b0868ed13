"""Is this file a resume we take? Judged by what is inside it, never by its name alone. Pure."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.resumes import compound_file

MEGABYTE = 1024 * 1024
EXTENSIONS = ("pdf", "doc", "docx")

# The stream a Word document keeps its text in, and the marks that begin it: since Word 97, and before.
_WORD_STREAM, _WORD_MARKS = "WordDocument", (b"\xec\xa5", b"\xdc\xa5")
_DOCX_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
_DOCX_MACROS = "word/vbaProject.bin"


@dataclass(frozen=True)
class Resume:
	"""An uploaded file, before anything was written."""

	filename: str
	content: bytes


def check(resume: Resume, largest_megabytes: int) -> str:
	"""Return the kind of file it is, or say why it isn't taken."""
	if not resume.content:
		raise InvalidCandidate("resume_empty")
	if largest_megabytes and len(resume.content) > largest_megabytes * MEGABYTE:
		raise InvalidCandidate("resume_too_large", limit=largest_megabytes)
	claimed = PurePath(resume.filename or "").suffix.lower().lstrip(".")
	if claimed not in EXTENSIONS:
		raise InvalidCandidate("resume_type")
	found = kind_of(resume.content)
	if found != claimed:
		raise InvalidCandidate("resume_mislabelled", claimed=claimed.upper())
	return found


def kind_of(content: bytes) -> str | None:
	"""Return "pdf", "doc" or "docx" when the content really is one, else None."""
	if _is_pdf(content):
		return "pdf"
	if content.startswith(compound_file.MAGIC):
		return "doc" if _is_doc(content) else None
	if content.startswith(b"PK\x03\x04") and _is_docx(content):
		return "docx"
	return None


def _is_pdf(content: bytes) -> bool:
	"""A PDF starts with its header and ends with a marker; readers allow a little noise around both."""
	return b"%PDF-" in content[:1024] and b"%%EOF" in content[-2048:]


def _is_doc(content: bytes) -> bool:
	"""The directory names the stream: the words alone, somewhere in the file, make no Word document."""
	return compound_file.beginning_of(content, _WORD_STREAM, 2) in _WORD_MARKS


def _is_docx(content: bytes) -> bool:
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			names = archive.namelist()
	except (zipfile.BadZipFile, ValueError, OSError):
		return False
	return _DOCX_PARTS.issubset(names) and _DOCX_MACROS not in names
