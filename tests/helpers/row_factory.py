"""Writes one row of any DocType of ours for one side of a permission test, below the controllers.

What matters is whose row it is (Employee, Company), so every other field gets the simplest value that its column takes.
A DocType added tomorrow gets its rows without a change here.
"""

import frappe
from frappe.model.base_document import BaseDocument

MODULE = "Referral Hub"
TEXT_FIELDS = ("Data", "Small Text", "Text", "Text Editor", "Code", "Markdown Editor", "Long Text")
VALUES = {"Int": 1, "Float": 1, "Currency": 1, "Date": "2026-01-15", "Datetime": "2026-01-15 10:00:00"}


class Side:
	"""One employee in one company; `row` makes what belongs to them."""

	def __init__(self, employee: str, company: str, opening: str):
		self.links = {"Employee": employee, "Company": company, "Job Opening": opening}
		self._rows: dict[str, str] = {}

	def row(self, doctype: str) -> str:
		if doctype not in self._rows:
			self._rows[doctype] = "row" + frappe.generate_hash(
				length=12
			)  # all digits would be read as a number
			self._insert(doctype, self._rows[doctype])
		return self._rows[doctype]

	def _insert(self, doctype: str, name: str) -> None:
		doc = frappe.new_doc(doctype)
		fields = [field for field in doc.meta.fields if field.fieldtype != "Check"]
		doc.update({field.fieldname: self._value(field, doctype) for field in fields})
		doc.name = name
		BaseDocument.db_insert(doc)  # not the ledger's own, which refuses

	def _value(self, field, doctype: str):
		if field.fieldname == "company":
			return self.links["Company"]
		if field.fieldtype == "Link":
			return self._link(field, doctype)
		if field.fieldtype == "Select":
			return next(option for option in (field.options or "").split("\n") if option)
		if field.fieldtype in TEXT_FIELDS:
			return "{}" if field.options == "JSON" else frappe.generate_hash(length=10)
		return VALUES.get(field.fieldtype)

	def _link(self, field, doctype: str) -> str | None:
		is_ours = frappe.db.get_value("DocType", field.options, "module") == MODULE
		if is_ours and field.options != doctype:
			return self.row(field.options)
		return self.links.get(field.options)


def our_doctypes() -> list[str]:
	"""Every DocType of the app that has a list of its own."""
	return frappe.get_all(
		"DocType", {"module": MODULE, "istable": 0, "issingle": 0}, pluck="name", order_by="name"
	)
