"""Is this file a resume we take? Judged by what is inside it, never by its name alone. Pure."""

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from referral_hub.referrals.rules.contacts import InvalidCandidate
from referral_hub.referrals.rules.resumes import compound_file
from referral_hub.referrals.rules.sources.formulas import without_formula

MEGABYTE = 1024 * 1024
EXTENSIONS = ("pdf", "doc", "docx")

# The stream a Word document keeps its text in, and the marks that begin it: since Word 97, and before.
_WORD_STREAM, _WORD_MARKS = "WordDocument", (b"\xec\xa5", b"\xdc\xa5")
_DOCX_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
# A disk takes names of 255 bytes and the platform's File 140 characters; it may lengthen a name that is taken.
_LONGEST_STEM, _LONGEST_STEM_BYTES = 120, 220
_RESERVED = frozenset('/\\:*?"<>|%#')
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


def kept_name(filename: str) -> str:
	"""Return the name a file is kept under: one that every disk, page and spreadsheet takes, still with its ending."""
	path = PurePath(unicodedata.normalize("NFC", filename).replace("\\", "/"))
	stem = "".join("_" if each in _RESERVED else each for each in path.stem if not _is_hidden(each))
	stem = without_formula(" ".join(stem.split())).lstrip(". ")
	stem = stem[:_LONGEST_STEM].encode()[:_LONGEST_STEM_BYTES].decode(errors="ignore").rstrip(". ")
	return (stem or "resume") + path.suffix


def _is_hidden(character: str) -> bool:
	"""Say whether this is a control, a mark that turns the direction of text, or half a character."""
	return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and not character.isspace()


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
