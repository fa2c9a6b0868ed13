"""Asks for a portal page the way Frappe's web server does, inside this process and this transaction."""

from contextlib import contextmanager

import frappe
from frappe.website.serve import get_response
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response


class Answer:
	"""What the browser would get."""

	def __init__(self, response: Response):
		self.status_code = response.status_code
		self.headers = response.headers
		self.mimetype = response.mimetype
		self.data = response.get_data()
		self.text = self.data.decode(errors="replace")


def get(path: str, **query) -> Answer:
	path, _mark, asked = path.partition("?")
	return _ask(EnvironBuilder(path=path, query_string=asked or query, method="GET"))


def post(path: str, form: dict, **headers: str) -> Answer:
	return _ask(EnvironBuilder(path=path, data=form, method="POST", headers=headers))


@contextmanager
def counted_queries():
	"""Count the statements sent to the database inside the block."""
	statements, ask = [], frappe.db.sql

	def spy(query, *arguments, **options):
		statements.append(str(query))
		return ask(query, *arguments, **options)

	frappe.db.sql = spy
	try:
		yield statements
	finally:
		del frappe.db.sql


def _ask(builder: EnvironBuilder) -> Answer:
	frappe.local.request = Request(builder.get_environ())
	frappe.local.form_dict = frappe._dict(frappe.local.request.values)
	frappe.local.session.data = frappe._dict(csrf_token="token-of-this-test")
	return Answer(get_response(frappe.local.request.path))
