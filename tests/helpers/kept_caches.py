"""What a test process keeps when Frappe clears every cache, as each save of an Employee makes it do.

In a test run nobody changes DocTypes, workflows or translations, so that reading them again and again is most of
what a test would wait for. A test that does change one is noticed by its statements: what was computed from that
table is cleared as Frappe clears it, and forgotten once the test is over. Of a change by another process, the
process that makes it clears what it must, as Frappe's always do.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import frappe
import frappe.model.meta
import frappe.utils.caching
from frappe.database.mariadb.database import MariaDBDatabase
from frappe.model.utils import is_single_doctype, is_virtual_doctype

DOCTYPES = (
	"tabDocType",
	"tabDocField",
	"tabDocPerm",
	"tabCustom Field",
	"tabCustom DocPerm",
	"tabProperty Setter",
	"tabClient Script",
	"tabPrint Format",
	"tabWorkflow",
	"tabDashboard",
	"tabDocType Link",
	"tabDocType Action",
	"tabDocType State",
)
# Values in Redis, and the tables they are computed from.
KEPT = {
	"doctype_meta": DOCTYPES,
	"doctype_form_meta": DOCTYPES,
	"table_columns": DOCTYPES,
	"linked_doctypes": DOCTYPES,
	"db_tables": DOCTYPES,
	"app_hooks": (),
	"app_modules": (),
	"notification_config": (),
	"merged_translations": ("tabTranslation",),
	"lang_user_translations": ("tabTranslation",),
	"notifications": ("tabNotification",),
	"workflow": ("tabWorkflow",),
	"webhooks": ("tabWebhook",),
	"server_script_map": ("tabServer Script",),
	"assignment_rule_map": ("tabAssignment Rule",),
	"milestone_tracker_map": ("tabMilestone Tracker",),
	"document_naming_rule_map": ("tabDocument Naming Rule",),
	"energy_point_rule_map": ("tabEnergy Point Rule",),
	"doctypes_with_active_sla": ("tabService Level Agreement",),
	"non_standard_user_types": ("tabUser Type",),
}
# The same in this process: answers of functions, by name and argument.
KEPT_ANSWERS = (is_virtual_doctype, is_single_doctype)
# A new document's defaults are asked for once and then copied.
TEMPLATES = (*DOCTYPES, "tabDefaultValue", "tabUser Permission", "tabSingles")
WATCHED = frozenset(TEMPLATES).union(*KEPT.values())
CHANGES_OF_ROWS = ("insert", "update", "delete", "replace")
CHANGES_OF_TABLES = ("alter", "drop", "create", "truncate", "rename")
TABLES = re.compile(r"`(tab[^`]+)`|\b(tab[A-Z]\w*)")

clear_cache = frappe.clear_cache
_is_single = frappe.model.meta.is_single
_log_query = MariaDBDatabase.log_query
# Tables that changed since what is computed from them was cleared
_changed: set[str] = set()


@contextmanager
def kept_caches() -> Iterator[None]:
	"""Keep them for as long as the block runs; it begins with nothing."""
	clear_cache()
	frappe.clear_cache = _clear_but_keep
	frappe.model.meta.is_single = is_single_doctype
	MariaDBDatabase.log_query = _notice
	try:
		yield
	finally:
		frappe.clear_cache = clear_cache
		frappe.model.meta.is_single = _is_single
		MariaDBDatabase.log_query = _log_query


def forget_changed() -> None:
	"""After a test that changed what others keep: its changes are gone, and so are the values that saw them."""
	if not _changed:
		return
	frappe.cache.delete_value([key for key in KEPT if key not in _unchanged()])
	if not _changed.isdisjoint(DOCTYPES):
		frappe.utils.caching._SITE_CACHE.clear()
	_changed.clear()


def _notice(database, query, *arguments):
	"""Called with each statement that was executed. What was cleared after a change is wrong again once that is rolled back."""
	uncommitted = vars(database).setdefault("uncommitted_changes", set())
	begins = query.lstrip()[:10].lower()
	if begins.startswith(CHANGES_OF_ROWS):
		changed = WATCHED.intersection(_tables(query))
		uncommitted.update(changed)
		_changed.update(changed)
	elif begins.startswith(CHANGES_OF_TABLES):
		_changed.update(WATCHED)
	elif begins.startswith("commit"):
		uncommitted.clear()
	elif begins.startswith("rollback"):
		_changed.update(uncommitted)
	return _log_query(database, query, *arguments)


def _tables(query: str) -> list[str]:
	return [quoted or plain for quoted, plain in TABLES.findall(query)]


def _unchanged() -> list[str]:
	return [key for key, tables in KEPT.items() if _changed.isdisjoint(tables)]


def _clear_but_keep(user: str | None = None, doctype: str | None = None) -> None:
	"""As Frappe's, which is asked for one user, for one DocType, or for everything."""
	answers = {} if doctype else _kept_answers()
	if user or doctype:
		clear_cache(user=user, doctype=doctype)
	else:
		_clear_everything_but(_unchanged())
	frappe.utils.caching._SITE_CACHE.update(answers)


def _clear_everything_but(names: list[str]) -> None:
	keys = {frappe.cache.make_key(name) for name in names}
	in_process = {key: value for key, value in frappe.local.cache.items() if key in keys}
	templates = frappe.local.new_doc_templates if _changed.isdisjoint(TEMPLATES) else {}
	delete = frappe.cache.delete_value

	def delete_others(these, *arguments, **named):
		if isinstance(these, list):
			these = [key for key in these if key not in keys]
		delete(these, *arguments, **named)

	with patch.object(frappe.cache, "delete_value", delete_others):
		clear_cache()
	frappe.local.cache.update(in_process)
	frappe.local.new_doc_templates = templates
	_changed.clear()


def _kept_answers() -> dict:
	if not _changed.isdisjoint(DOCTYPES):
		return {}
	known = frappe.utils.caching._SITE_CACHE
	names = [f"{function.__module__}.{function.__name__}" for function in KEPT_ANSWERS]
	return {name: known[name] for name in names if name in known}
