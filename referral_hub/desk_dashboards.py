"""Connections to our DocTypes on the forms of HRMS's (Job Applicant, Job Opening, Employee), and their counts.

Frappe counts below every permission for whoever may read the form, and counts what the client names. A line manager reads
the Employee; how much a colleague refers and earns is not theirs to know, so our rows are counted as the caller sees them.
"""

import frappe
from frappe import _
from frappe.desk import notifications

MODULE = "Referral Hub"
MOST = 100  # Frappe counts no further either


def job_applicant(data):
	return _with_connections(data, {"Referral": "job_applicant", "Onboarding Goal Plan": "job_applicant"})


def job_opening(data):
	return _with_connections(data, {"Referral": "job_opening", "Opening Profile": "job_opening"})


def employee(data):
	fields = {"Referral": "referrer", "Referral Reward": "employee", "Points Account": "employee"}
	fields |= {"Onboarding Goal Plan": "employee", "Path Feedback": "employee", "Path Case": "employee"}
	fields |= {"Path Measurement": "employee", "Referral Recognition": "employee"}
	fields |= {"Recognition Award": "employee", "Referral Survey Response": "employee"}
	return _with_connections(data, fields)


def _with_connections(data, fields: dict[str, str]):
	data.setdefault("non_standard_fieldnames", {}).update(fields)
	data.setdefault("transactions", []).append({"label": _("Referral Hub"), "items": list(fields)})
	return data


@frappe.whitelist()
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict:
	"""Count what is connected with a record, as Frappe does; of ours only the rows that the user may read.

	:param doctype: DocType of the form; raises PermissionError without read access to the record
	:param name: its name
	:param items: JSON list of the DocTypes to count; all connections of the form when left out
	"""
	answer = notifications.get_open_count(doctype, name, items)
	if isinstance(answer["count"], dict):
		_count_ours_again(answer["count"]["external_links_found"], doctype, name)
	return answer


def _count_ours_again(found: list[dict], doctype: str, name: str) -> None:
	ours = [link for link in found if link["count"] and frappe.get_meta(link["doctype"]).module == MODULE]
	links = frappe.get_meta(doctype).get_dashboard_data() if ours else {}
	for link in ours:
		field = links.get("non_standard_fieldnames", {}).get(link["doctype"], links.get("fieldname"))
		link.update(count=_seen(link["doctype"], {field: name}), open_count=0)


def _seen(doctype: str, filters: dict) -> int:
	if not frappe.has_permission(doctype):
		return 0
	return len(frappe.get_list(doctype, filters=filters, limit=MOST, pluck="name"))
