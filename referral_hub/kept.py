"""Documents that only the app writes: what follows from what happened is not typed in by anybody.

A controller asks here in `validate` and `on_trash`, which every form, REST call, import and bulk tool goes through,
Administrator's too. Whoever writes for the app does so inside `writing`, or below the documents as the database does.
Of another app's document only our own fields are kept so, quietly: its forms send the whole document, and HR's save goes on.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.document import Document


class KeptByTheApp(frappe.PermissionError):
	"""Nobody writes or deletes this by hand, whatever their role."""


@contextmanager
def writing(document: Document) -> Iterator[Document]:
	"""Let the app save this document, and only inside the block."""
	document.flags.written_by_the_app = True
	try:
		yield document
	finally:
		document.flags.written_by_the_app = False


def refuse_writing(document: Document, instead: str) -> None:
	"""Refuse a save that is not the app's own; `instead` says what a person can do."""
	if not document.flags.written_by_the_app:
		words = _("{0} is written by the app alone.").format(_(document.doctype))
		frappe.throw(f"{words} {instead}".strip(), KeptByTheApp)


def refuse_deleting(document: Document, instead: str) -> None:
	words = _("{0} is never deleted by hand.").format(_(document.doctype))
	frappe.throw(f"{words} {instead}".strip(), KeptByTheApp)


def keep_stored(document: Document, fields: tuple[str, ...]) -> None:
	"""Put back what is stored in these fields; the server does not enforce `read_only`, and an empty column wipes."""
	stored = document.get_doc_before_save()
	for field in fields if stored else ():
		if document.get(field) != stored.get(field):
			document.set(field, stored.get(field))


def leave_out(document: Document, fields: tuple[str, ...]) -> None:
	"""Empty these fields of a document that is new: a copy or an import may bring them along."""
	for field in fields:
		if document.get(field):
			document.set(field, None)
