"""Pictures and voices that go with the words to somebody of the pool: files HR attached to a template, or to the person for this one message.

What went hangs on the contact as files of its own, so that the person can see it by a link of theirs, and it is forgotten with them. The
platform stores what is alike once, however many it went to; a JPEG it writes anew, so that what went is never the template's own file.
"""

from typing import NoReturn

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.utils import cint, get_url

from referral_hub import tokens
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.talent.archive.contacts import OUT
from referral_hub.talent.rules import media as rules
from referral_hub.talent.rules.media import Unfit
from referral_hub.talent.states import ANONYMISED
from referral_hub.talent.templates import captions
from referral_hub.tokens import Subject

RECORD, CONTACT, TEMPLATE = "Talent Pool Record", "Talent Interaction", "Recall Template"
ROOM = "hello"
_MEGABYTE = 1024 * 1024
# the addresses of what is on the disk
_HERE = ("/files/", "/private/files/")


class NotSentAlong(frappe.ValidationError):
	"""A file that can't go with the words."""


def offered(template: str | None) -> list[dict]:
	"""Return the pictures and voices of a template, in the order of their names: [{"file", "file_name", "kind", "caption", "goes"}].

	"goes": together with those before it; what stands elsewhere or is too large by itself is left out.
	"""
	rows = [row for row in _of(TEMPLATE, [template]) if _may_go(row)] if template else []
	together = rules.go_together(row.file_size for row in rows)
	return [
		{
			"file": row.name,
			"file_name": row.file_name,
			"kind": row.kind,
			"caption": captions.of(row),
			"goes": goes,
		}
		for row, goes in zip(rows, together, strict=True)
	]


def with_captions(template: str) -> list[dict]:
	"""Return the pictures and voices of a template as HR writes of them: [{"file", "file_name", "kind", "caption", "caption_zh"}]."""
	english, chinese = captions.FIELDS
	return [
		{
			"file": row.name,
			"file_name": row.file_name,
			"kind": row.kind,
			"caption": row[english] or "",
			"caption_zh": row[chinese] or "",
		}
		for row in _of(TEMPLATE, [template])
		if _may_go(row)
	]


def hangs_on(name: str) -> tuple[str, str]:
	"""Return (DocType, name) of the template or the record a picture or a voice is attached to; refuse any other file."""
	about = frappe.db.get_value("File", str(name), ["attached_to_doctype", "attached_to_name"])
	if not about or about[0] not in (TEMPLATE, RECORD) or not about[1]:
		_refuse_missing()
	return about


def named(files: object) -> tuple[str, ...]:
	"""Return the names of files as a browser sends them, as a list or as JSON of one; refuse what is neither."""
	try:
		found = frappe.parse_json(files) if files else []
	except ValueError:
		found = None
	return tuple(map(str, found)) if isinstance(found, list) else _refuse_missing()


def chosen(record: str, files: list[str]) -> list[File]:
	"""Return the files that shall go to a person; refuse any that hangs neither on a template nor on this record, and what does not fit."""
	found = [_chosen(record, name) for name in dict.fromkeys(files)]
	try:
		rules.check(_read(file) for file in found)
	except Unfit as refused:
		frappe.throw(_said(refused), NotSentAlong)
	return found


def keep(contact: str, files: list[File]) -> None:
	"""Keep with a contact what went with it."""
	for file in files:
		sent = frappe.new_doc("File")
		# by the content: a row that names the address of another deletes its file
		sent.update({"content": content(file), "file_name": file.file_name, "is_private": file.is_private})
		sent.update({"attached_to_doctype": CONTACT, "attached_to_name": contact})
		sent.update({field: file.get(field) for field in captions.FIELDS})
		sent.insert(ignore_permissions=True)
		# what is there already gets another name
		sent.db_set("file_name", file.file_name, update_modified=False)


def content(file: File) -> bytes:
	"""Return what is in a file; the platform reads what could be text as text."""
	found = file.get_content()
	return found.encode() if isinstance(found, str) else found


def sent(record: str) -> list[frappe._dict]:
	"""Return what went to a person, newest first, each once: [{"name", "file_name", "kind", "caption"}]."""
	about = {"record": record, "direction": OUT}
	contacts = frappe.get_all(CONTACT, about, pluck="name", order_by="happened_on desc")
	rows = sorted(_of(CONTACT, contacts), key=lambda row: contacts.index(row.attached_to_name))
	found: dict[str, frappe._dict] = {}
	for row in rows:
		found.setdefault(row.content_hash or row.name, row)
	return captions.told(list(found.values()))


def read(record: str, name: str) -> tuple[bytes, str] | None:
	"""Return (content, mime type) of a file that went to this person, None for any other and for what is lost."""
	row = next((row for row in sent(record) if row.name == name), None)
	if not row:
		return None
	found = _content_there_is(frappe.get_doc("File", name))
	return (found, rules.mime_of(row.file_name)) if found else None


def link_of(record: str) -> str:
	"""Return the address of a new link to what went to a person: it shows that, and nothing about them."""
	days = cint(frappe.get_cached_doc("Referral Hub Settings").status_link_days)
	return get_url(f"/{ROOM}/{tokens.issue(Purpose.HELLO, RECORD, record, days)}")


def opened_by(token: object) -> frappe._dict | None:
	"""Return {"name", "company", "files"} of what a link shows; None for every link that shows nothing (any more)."""
	subject = tokens.read(Purpose.HELLO, token)
	row = subject and _person(subject)
	files = sent(row.name) if row else []
	return frappe._dict(row, files=files) if files else None


def _person(subject: Subject) -> frappe._dict | None:
	where = {"name": subject.name, "state": ("!=", ANONYMISED)}
	return frappe.db.get_value(RECORD, where, ["name", "company"], as_dict=True)


def _of(doctype: str, names: list[str]) -> list[frappe._dict]:
	if not names:
		return []
	where = {"attached_to_doctype": doctype, "attached_to_name": ("in", names), "is_folder": 0}
	fields = [
		"name",
		"file_name",
		"file_url",
		"file_size",
		"attached_to_name",
		"content_hash",
		*captions.FIELDS,
	]
	rows = frappe.get_all("File", where, fields, order_by="file_name asc, name asc")
	for row in rows:
		row.kind = rules.kind_of(row.file_name or "")
	return [row for row in rows if row.kind]


def _chosen(record: str, name: str) -> File:
	if hangs_on(name)[0] == RECORD and hangs_on(name) != (RECORD, record):
		_refuse_missing()
	return frappe.get_doc("File", name)


def _refuse_missing() -> NoReturn:
	words = _("This picture or voice is not there any more. Choose again what goes along.")
	frappe.throw(words, NotSentAlong)


def _may_go(row) -> bool:
	return (row.file_url or "").startswith(_HERE) and (row.file_size or 0) <= rules.LARGEST


def _read(file: File) -> rules.Media:
	found = _content_there_is(file)
	return rules.Media(file.file_name or "", len(found), found[:64])


def _content_there_is(file: File) -> bytes:
	"""Return b"" for what stands elsewhere, and for what is not on the disk (any more): a row is no file."""
	try:
		return b"" if file.is_remote_file else content(file)
	except OSError:
		return b""


def _said(refused: Unfit) -> str:
	words = {
		"kind": _(
			"{file} is neither a picture nor a voice: JPEG, PNG, GIF, WebP, MP3, M4A, AAC, OGG or WAV."
		),
		"content": _("{file} is not what its name says: the file can't be read."),
		"large": _("{file} is larger than {size} MB."),
		"together": _("All together is larger than {size} MB. Leave something out."),
		"many": _("At most {most} pictures and voices go with one message."),
	}
	size = rules.LARGEST_TOGETHER if refused.why == "together" else rules.LARGEST
	name = frappe.utils.escape_html(refused.file_name)
	return words[refused.why].format(file=name, size=size // _MEGABYTE, most=rules.MOST)
