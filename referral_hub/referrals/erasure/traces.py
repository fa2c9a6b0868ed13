"""Deletes what the platform keeps beside a record, and what it kept of the person elsewhere by their contact.

Below the controllers and for good: deleting through them would keep a copy (Deleted Document) and a comment.
"""

from collections.abc import Iterable, Iterator

import frappe
from frappe.utils import create_batch
from frappe.utils.global_search import delete_for_document
from pypika import Criterion

from referral_hub.forgotten import sweeping
from referral_hub.forgotten.spellings import number_expressions
from referral_hub.referrals.erasure.person import Person, rows_with

# DocType: (column of the DocType it is about, column of the name)
BESIDE = {
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Communication Link": ("link_doctype", "link_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
	"Activity Log": ("reference_doctype", "reference_name"),
	"Access Log": ("export_from", "reference_document"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Error Log": ("reference_doctype", "reference_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
}
WEBHOOK_LOG = "Webhook Request Log"
# what is beside a record and has files, comments and answers of its own
HAVE_TRACES = frozenset({"Communication", "ToDo"})
# how many names are looked for in one query
_AT_ONCE = 100
# DocType: the columns in which a contact of the person may stand, whatever the row is about
HOLDING = {
	"Comment": ("content", "subject", "reference_name"),
	"Communication": (
		"content",
		"subject",
		"sender",
		"recipients",
		"cc",
		"bcc",
		"text_content",
		"reference_name",
	),
	"Email Queue": ("message", "reference_name"),
	"Email Unsubscribe": ("email",),
	"Notification Log": ("subject", "email_content", "document_name"),
	"SMS Log": ("message", "sent_to", "requested_numbers"),
	"ToDo": ("description", "reference_name"),
	"Version": ("data", "docname"),
	"View Log": ("reference_name",),
	"Activity Log": ("content", "subject", "reference_name"),
	"Deleted Document": ("data", "deleted_name"),
	"Error Log": ("error", "reference_name"),
	"Route History": ("route",),
	"Tag Link": ("document_name", "title"),
	"Event": ("subject", "description"),
	WEBHOOK_LOG: ("data", "response", "error", "url", "reference_document"),
}


def beside(doctype: str, name: str) -> Iterator[tuple[str, list[str]]]:
	"""Yield (DocType, names) of everything the platform keeps about one record, but its files."""
	for kept_in in BESIDE:
		if frappe.db.table_exists(kept_in):
			yield kept_in, _beside(kept_in, doctype, name)
	yield WEBHOOK_LOG, _sent_by_webhooks(doctype, name)


def _sent_by_webhooks(doctype: str, name: str) -> list[str]:
	"""Return the logs of what webhooks told others of a record; a log names the record, its webhook what kind of record it is."""
	webhooks = frappe.get_all("Webhook", {"webhook_doctype": doctype}, pluck="name")
	if not webhooks:
		return []
	sent = {"webhook": ("in", webhooks), "reference_document": name}
	return frappe.get_all(WEBHOOK_LOG, sent, pluck="name")


def _beside(kept_in: str, doctype: str, name: str) -> list[str]:
	type_column, name_column = BESIDE[kept_in]
	return frappe.get_all(kept_in, {type_column: doctype, name_column: name}, pluck="name")


def files_of(doctype: str, name: str) -> list[str]:
	return frappe.get_all("File", {"attached_to_doctype": doctype, "attached_to_name": name}, pluck="name")


def holding(person: Person) -> Iterator[tuple[str, list[str]]]:
	"""Yield (DocType, names) of every row of the platform in which one of their e-mails or numbers stands, however it is written."""
	numbers = number_expressions(person.phones)
	for doctype, columns in HOLDING.items():
		existing = set(frappe.db.get_table_columns(doctype)) if frappe.db.table_exists(doctype) else set()
		table = frappe.qb.DocType(doctype)
		holds = _holding([table[column] for column in columns if column in existing], person, numbers)
		if holds:
			found = frappe.qb.from_(table).select(table.name).where(Criterion.any(holds))
			yield doctype, found.run(pluck=True)
	queued = rows_with("Email Queue Recipient", "recipient", set(person.contacts), ["parent"])
	yield "Email Queue", [row.parent for row in queued]


def contacts_of(person: Person) -> list[str]:
	"""Return the Contacts the platform made of them as somebody who wrote; one of a customer or of a user is somebody else's to keep."""
	made = {row.parent for row in rows_with("Contact Email", "email_id", person.emails, ["parent"])}
	return [
		name
		for name in sorted(made)
		if not frappe.db.get_value("Contact", name, "user")
		and not frappe.db.exists("Dynamic Link", {"parenttype": "Contact", "parent": name})
	]


def rows_with_answers(rows: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
	"""Return these rows with the mails and tasks beside them, and beside those: what was deleted there by hand names one of them."""
	found: set[tuple[str, str]] = set()
	waiting = list(rows)
	while waiting:
		row = waiting.pop()
		if row not in found:
			found.add(row)
			waiting += [(kept_in, each) for kept_in in sorted(HAVE_TRACES) for each in _beside(kept_in, *row)]
	return found


def remove_beside(doctype: str, name: str) -> None:
	"""Delete everything the platform keeps about one record, with the files on it and its entry in the search."""
	_remove_files(doctype, name)
	for kept_in, names in beside(doctype, name):
		_delete(kept_in, names)
	delete_for_document(frappe._dict(doctype=doctype, name=name))


def remove_holding(person: Person) -> None:
	"""Delete every row of the platform's logs in which one of their e-mails or numbers stands."""
	for doctype, names in holding(person):
		_delete(doctype, names)
	_remove_contacts(person)
	search = frappe.qb.Table("__global_search")
	holds = _holding([search.content, search.name, search.title], person, number_expressions(person.phones))
	if holds:
		frappe.qb.from_(search).delete().where(Criterion.any(holds)).run()


def _remove_files(doctype: str, name: str) -> None:
	files = files_of(doctype, name)
	for file in files:
		_remove_file(file)
	sweeping.leave_search_queue("File", files)


def _remove_file(name: str) -> None:
	"""The platform asks whether another row has the same content, and deletes what stands at the address: those may be two files."""
	file = frappe.get_doc("File", name)
	if not file.is_remote_file:
		frappe.db.set_value("File", name, "content_hash", None, update_modified=False)
	frappe.delete_doc("File", name, force=True, ignore_permissions=True, delete_permanently=True)
	# the database finds addresses whatever their case, the disk does not
	if not file.is_remote_file and file.file_url not in frappe.get_all(
		"File", {"file_url": file.file_url}, pluck="file_url"
	):
		file.delete_file_data_content()


def _delete(doctype: str, names: list[str]) -> None:
	if not names:
		return
	if doctype == "Email Queue":
		frappe.db.delete("Email Queue Recipient", {"parent": ("in", names)})
	if doctype == "Comment":
		_take_out_of_columns(names)
	if doctype == "Communication":
		frappe.db.delete("Communication Link", {"parent": ("in", names)})
	frappe.db.delete(doctype, {"name": ("in", names)})
	search = frappe.qb.Table("__global_search")
	frappe.qb.from_(search).delete().where((search.doctype == doctype) & search.name.isin(names)).run()
	sweeping.leave_search_queue(doctype, names)
	for name in names if doctype in HAVE_TRACES else ():
		remove_beside(doctype, name)


def _take_out_of_columns(comments: list[str]) -> None:
	"""Frappe keeps the last words about a row also in a column of the row itself."""
	about = frappe.get_all("Comment", {"name": ("in", comments)}, ["reference_doctype", "reference_name"])
	for doctype, name in sorted({tuple(row.values()) for row in about if all(row.values())}):
		if not frappe.db.table_exists(doctype) or not frappe.db.has_column(doctype, "_comments"):
			continue
		said = frappe.parse_json(frappe.db.get_value(doctype, name, "_comments") or "[]")
		left = [comment for comment in said if comment.get("name") not in comments]
		if left != said:
			kept = frappe.as_json(left, indent=None)
			frappe.db.set_value(doctype, name, "_comments", kept, update_modified=False)


def remove_deleted(rows: set[tuple[str, str]]) -> None:
	"""Delete what the platform kept of what was deleted by hand beside these rows: it may name the person without a contact."""
	deleted = frappe.qb.DocType("Deleted Document")
	for some in create_batch(sorted(rows, key=str), _AT_ONCE):
		about = [
			deleted.data.like(f'%name": {_escaped(frappe.as_json(str(name)))}%')
			& deleted.data.like(f'%": "{doctype}"%')
			for doctype, name in some
		]
		query = frappe.qb.from_(deleted).select(deleted.name, deleted.deleted_doctype, deleted.deleted_name)
		query = query.where(deleted.deleted_doctype.isin([*BESIDE, "File"]) & Criterion.any(about))
		found = query.run()
		_delete("Deleted Document", [name for name, *_what in found])
		for _name, doctype, gone in found:
			sweeping.leave_search_queue(doctype, [gone])


def _remove_contacts(person: Person) -> None:
	for name in contacts_of(person):
		for child in ("Contact Email", "Contact Phone"):
			frappe.db.delete(child, {"parent": name})
		frappe.db.delete("Contact", {"name": name})
		remove_beside("Contact", name)
		sweeping.leave_search_queue("Contact", [name])


def _holding(columns: list, person: Person, numbers: list[str]) -> list:
	"""Return the conditions under which one of these columns says who it is."""
	alike = [column.like(f"%{_escaped(email)}%") for column in columns for email in sorted(person.emails)]
	return alike + [column.regexp(number) for column in columns for number in numbers]


def _escaped(contact: str) -> str:
	return contact.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
