"""What a client can ask of one DocType over HTTP, verb by verb: what came back, and whether anything changed."""

import json
from collections.abc import Callable

import requests
from rest_client import Person

Rows = dict[str, str]  # side -> name of the row


def sides_in(rows: Rows, answer: requests.Response) -> set[str]:
	"""Return whose rows an answer shows; an error page that repeats the name shows nothing."""
	return {side for side, name in rows.items() if answer.ok and name in answer.text}


def _within(rows: Rows) -> str:
	return json.dumps([["name", "in", list(rows.values())]])


def _rest_list(person: Person, doctype: str, rows: Rows):
	return sides_in(rows, person.get(f"/api/resource/{doctype}", filters=_within(rows), limit_page_length=0))


def _second_rest_list(person: Person, doctype: str, rows: Rows):
	return sides_in(rows, person.get(f"/api/v2/document/{doctype}", filters=_within(rows), limit=100))


def _client_list(person: Person, doctype: str, rows: Rows):
	return sides_in(
		rows, person.get("/api/method/frappe.client.get_list", doctype=doctype, filters=_within(rows))
	)


def _report_view(person: Person, doctype: str, rows: Rows):
	fields = json.dumps([f"`tab{doctype}`.name"])
	return sides_in(
		rows,
		person.get(
			"/api/method/frappe.desk.reportview.get", doctype=doctype, fields=fields, filters=_within(rows)
		),
	)


def _search(person: Person, doctype: str, rows: Rows):
	path = "/api/method/frappe.desk.search.search_link"
	return sides_in(
		rows,
		person.get(
			path, doctype=doctype, txt="", filters=_within(rows), page_length=100, ignore_user_permissions=1
		),
	)


def _each(path: Callable[[str, str], tuple[str, dict]]):
	def ask(person: Person, doctype: str, rows: Rows):
		found = set()
		for side, name in rows.items():
			address, params = path(doctype, name)
			found |= sides_in({side: name}, person.get(address, **params))
		return found

	return ask


PRINT = "/api/method/frappe.www.printview.get_html_and_style"
LISTS = {
	"REST list": _rest_list,
	"REST list, second version": _second_rest_list,
	"client list": _client_list,
	"report view": _report_view,
	"search in a link field": _search,
}
ROWS = {
	"REST read": _each(lambda doctype, name: (f"/api/resource/{doctype}/{name}", {})),
	"REST read, second version": _each(lambda doctype, name: (f"/api/v2/document/{doctype}/{name}/", {})),
	"client read": _each(
		lambda doctype, name: ("/api/method/frappe.client.get", {"doctype": doctype, "name": name})
	),
	"client value": _each(
		lambda doctype, name: (
			"/api/method/frappe.client.get_value",
			{"doctype": doctype, "fieldname": "name", "filters": name},
		)
	),
	"print": _each(
		lambda doctype, name: (
			PRINT,
			{"doc": doctype, "name": name},
		)
	),
}
DESK = {
	"open the form": _each(
		lambda doctype, name: ("/api/method/frappe.desk.form.load.getdoc", {"doctype": doctype, "name": name})
	),
	"load the timeline": _each(
		lambda doctype, name: (
			"/api/method/frappe.desk.form.load.get_docinfo",
			{"doctype": doctype, "name": name},
		)
	),
}


def export(person: Person, doctype: str, rows: Rows) -> set[str]:
	return sides_in(
		rows,
		person.post(
			"/api/method/frappe.desk.reportview.export_query",
			doctype=doctype,
			fields=json.dumps([f"`tab{doctype}`.name"]),
			filters=_within(rows),
			file_format_type="CSV",
			title=doctype,
		),
	)


def count(person: Person, doctype: str, rows: Rows) -> list[int]:
	"""Return how many rows the two ways of counting find."""
	answers = [
		person.get("/api/method/frappe.client.get_count", doctype=doctype, filters=_within(rows)),
		person.get(
			"/api/method/frappe.desk.reportview.get_count",
			doctype=doctype,
			filters=_within(rows),
			fields="[]",
		),
	]
	return [int(answer.json().get("message") or 0) if answer.ok else 0 for answer in answers]


def try_to_change(person: Person, doctype: str, name: str) -> None:
	"""Try every way to change, rename, hand on or delete one row; whether it worked is for the database to say."""
	method = "/api/method/"
	document = {"doctype": doctype, "name": name}
	person.put(f"/api/resource/{doctype}/{name}", idx=77)
	person.post(f"{method}frappe.client.set_value", **document, fieldname="idx", value=77)
	person.post(f"{method}frappe.client.save", doc=json.dumps({**document, "idx": 77}))
	person.post(
		f"{method}frappe.desk.form.save.savedocs", doc=json.dumps({**document, "idx": 77}), action="Save"
	)
	person.post(
		f"{method}frappe.client.bulk_update", docs=json.dumps([{**document, "docname": name, "idx": 77}])
	)
	person.post(
		f"{method}frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		doctype=doctype,
		docnames=json.dumps([name]),
		action="update",
		data=json.dumps({"idx": 77}),
	)
	person.post(f"{method}frappe.client.rename_doc", **document, old_name=name, new_name=f"{name}-renamed")
	person.post(
		f"{method}frappe.model.rename_doc.update_document_title",
		doctype=doctype,
		docname=name,
		name=f"{name}-renamed",
	)
	person.post(f"{method}frappe.share.add", **document, user="Administrator", read=1, write=1)
	person.post(f"{method}frappe.client.delete", **document)
	person.post(f"{method}frappe.desk.reportview.delete_items", doctype=doctype, items=json.dumps([name]))
	person.delete(f"/api/resource/{doctype}/{name}")


def may_create(person: Person, doctype: str) -> bool:
	"""An answer other than "not permitted" means that the person got as far as the record's own checks."""
	return person.post(f"/api/resource/{doctype}").status_code not in (401, 403)
