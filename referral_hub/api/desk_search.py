"""The search behind link fields, for DocTypes whose rows are not everybody's.

Frappe's own search drops every row rule when the client sends `ignore_user_permissions`, whoever the client is. A standard
query takes its place, and obeys the rules always.
"""

import frappe
from frappe.desk.search import get_std_fields_list


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: list | dict | None = None,
	as_dict: bool = False,
	**_kwargs,
) -> list:
	"""Find rows that the user may see by name, title or search fields; raises PermissionError without read access.

	:param txt: what was typed; empty finds the newest
	:param page_len: how many rows at most
	"""
	meta = frappe.get_meta(doctype)
	fields = get_std_fields_list(meta, searchfield or "name")
	if meta.show_title_field_in_link and meta.title_field:
		fields.insert(1, f"{meta.title_field} as label")
	return frappe.get_list(
		doctype,
		filters=filters,
		or_filters=[[doctype, field, "like", f"%{txt}%"] for field in _searched(meta)] if txt else None,
		fields=fields,
		limit_start=start,
		limit_page_length=page_len,
		order_by="creation desc",
		as_list=not as_dict,
	)


def _searched(meta) -> list[str]:
	return list(dict.fromkeys(["name", *filter(None, [meta.title_field]), *meta.get_search_fields()]))
