"""The desk's own notice of an announcement: one Note of Frappe, which everybody who signs in is shown once, taken away at its end."""

import frappe
from frappe.utils import add_days, escape_html, getdate, now_datetime

DOCTYPE, ANNOUNCEMENT = "Note", "Referral Announcement"
# Frappe stops showing a note without an end after a week
DAYS = 365


def write(row) -> str:
	"""Make or change the note of an announcement; return its name."""
	note = frappe.get_doc(DOCTYPE, row.note) if row.note else frappe.new_doc(DOCTYPE)
	note.update(
		{
			"title": row.title[:140],
			"content": _content(row),
			"public": 1,
			"notify_on_login": 1,
			"notify_on_every_login": 0,
			"expire_notification_on": row.ends_on or add_days(getdate(now_datetime()), DAYS),
		}
	)
	note.save(ignore_permissions=True)
	return note.name


def remove(name: str | None) -> None:
	if name and frappe.db.exists(DOCTYPE, name):
		frappe.delete_doc(DOCTYPE, name, ignore_permissions=True, force=True, delete_permanently=True)


def let_go(note, method=None) -> None:
	"""Somebody has deleted the note: its announcement goes on without one, and can be saved. Called when a Note is deleted."""
	for name in frappe.get_all(ANNOUNCEMENT, {"note": note.name}, pluck="name"):
		frappe.db.set_value(ANNOUNCEMENT, name, "note", None)


def remove_all() -> None:
	"""Take away what is shown in the desk: the app is uninstalled."""
	for name in frappe.get_all(ANNOUNCEMENT, {"note": ("is", "set")}, pluck="note"):
		remove(name)


def _content(row) -> str:
	parts = [row.text or ""]
	if row.text_zh or row.title_zh:
		parts.append(f"<h4>{escape_html(row.title_zh or row.title)}</h4>{row.text_zh or ''}")
	return "<hr>".join(parts)
