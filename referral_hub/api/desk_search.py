"""The search behind link fields, for DocTypes whose rows are not everybody's, and for who may answer a question.

Frappe's own search drops every row rule when the client sends `ignore_user_permissions`, whoever the client is. A standard
query takes its place, and obeys the rules always.
"""

import frappe
from frappe.desk import search as platform

from referral_hub import permissions
from referral_hub.referrals.disputes import answering
from referral_hub.wording import guarded_titles


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
	fields = platform.get_std_fields_list(meta, searchfield or "name")
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


@frappe.whitelist()
def get_link_title(doctype: str, docname: str) -> str | None:
	"""Return what a row is called, as the platform does; of ours only to who may read it, for everybody else its name again.

	The title of many of ours is a person, and the platform tells it to whoever is signed in and knows a name.
	"""
	is_told = guarded_titles.may_be_told(doctype, docname)
	return platform.get_link_title(doctype, docname) if is_told else docname


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def who_may_answer(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict | None = None
) -> list:
	"""Find the users of HR who may be handed a question, by name or address; for HR alone, else PermissionError.

	:param txt: what was typed; empty finds everybody
	:param filters: {"question": its number}; DoesNotExistError where there is none
	"""
	frappe.only_for(permissions.HR_ROLES)
	question = frappe.get_doc("Referral Dispute", (filters or {}).get("question"))
	question.check_permission("read")
	roles = {"role": ("in", sorted(permissions.HR_ROLES)), "parenttype": "User"}
	users = set(frappe.get_all("Has Role", roles, pluck="parent")) - {"Administrator", question.assigned_to}
	rows = frappe.get_all(
		"User",
		{"name": ("in", sorted(users)), "enabled": 1},
		["name", "full_name"],
		or_filters={"name": ("like", f"%{txt}%"), "full_name": ("like", f"%{txt}%")},
		order_by="full_name asc",
	)
	found = [(row.name, row.full_name) for row in rows if answering.may_take(question, row.name)]
	return found[int(start) : int(start) + int(page_len)]


def _searched(meta) -> list[str]:
	return list(dict.fromkeys(["name", *filter(None, [meta.title_field]), *meta.get_search_fields()]))
