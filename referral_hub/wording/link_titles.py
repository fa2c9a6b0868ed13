"""Names for the codes that a form or a report links to: Frappe shows a title where the response carries one.

The records belong to HRMS, ERPNext and Frappe, whose own DocTypes stay as they are. Tells titles alone, of what stands on
a record the reader may read. Called by hooks when one of our forms is opened, and by reports.
"""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document

TITLES = {
	"Job Opening": "job_title",
	"Job Applicant": "applicant_name",
	"Employee": "employee_name",
	"User": "full_name",
}


def of_form(doc: Document, _method: str | None = None) -> None:
	"""Name what the fields of this record link to."""
	for doctype in TITLES:
		fields = doc.meta.get("fields", {"fieldtype": "Link", "options": doctype})
		tell(doctype, (doc.get(field.fieldname) for field in fields))


def tell(doctype: str, names: Iterable[str | None]) -> None:
	"""Let the response that is being made carry the titles of these records."""
	wanted = sorted({name for name in names if name})
	if not wanted:
		return
	found = frappe.get_all(doctype, {"name": ("in", wanted)}, ["name", TITLES[doctype]], as_list=True)
	known = frappe.local.response.setdefault("_link_titles", {})
	known.update({f"{doctype}::{name}": title for name, title in found if title})
