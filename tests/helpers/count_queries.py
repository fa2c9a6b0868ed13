"""Counts what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def counted_queries() -> Iterator[list[str]]:
	"""The statements sent inside the block, in order."""
	sent: list[str] = []
	database, original = frappe.local.db, frappe.local.db.sql

	def counting(query, *arguments, **named):
		sent.append(str(query))
		return original(query, *arguments, **named)

	database.sql = counting
	try:
		yield sent
	finally:
		del database.sql


@contextmanager
def without_our_hooks(prefix: str = "referral_hub.") -> Iterator[None]:
	"""The site as it is without this app's doc_events; everything else stays."""
	hooks = frappe.get_doc_hooks()
	frappe.local.doc_events_hooks = {
		doctype: {
			event: [handler for handler in handlers if not handler.startswith(prefix)]
			for event, handlers in events.items()
		}
		for doctype, events in hooks.items()
	}
	try:
		yield
	finally:
		frappe.local.doc_events_hooks = hooks
