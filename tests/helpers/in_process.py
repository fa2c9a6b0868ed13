"""The platform's whole web application in this process: what a web server would answer, without a server between.

It runs in a thread of its own, because every request ends the connection and forgets the user of its thread. What is asked is
prepared as a browser would write it on the wire, so odd bodies, names and headers arrive as they are.
"""

import io
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPMessage
from types import SimpleNamespace
from typing import NamedTuple
from unittest.mock import patch
from urllib.parse import unquote_to_bytes, urlsplit

import frappe
import requests
from frappe.app import application
from frappe.website.doctype.website_settings import website_settings
from live_site import site_name
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from werkzeug.datastructures import Headers

ORIGIN = "http://127.0.0.1:8000"


class Answer(NamedTuple):
	status_code: int
	headers: Headers
	content: bytes

	@property
	def text(self) -> str:
		return self.content.decode(errors="replace")


class Web:
	"""Asks the application; no cookie is kept, so every request is somebody new."""

	def __init__(self, thread: ThreadPoolExecutor):
		self._thread = thread

	def ask(self, method: str, path: str, headers: dict | None = None, **options) -> Answer:
		written = {name: value.encode("latin-1") for name, value in (headers or {}).items()}
		request = requests.Request(method, ORIGIN + path, headers=written, **options)
		return self.answer(requests.Session().prepare_request(request))

	def answer(self, prepared: requests.PreparedRequest) -> Answer:
		return self._thread.submit(_answer, _environment(prepared)).result(timeout=300)


class Here(HTTPAdapter):
	"""The way to the application for a `requests.Session`, which keeps the cookies: somebody signed in, a `Person`."""

	def __init__(self, web: Web):
		super().__init__()
		self._web = web

	def send(self, request: requests.PreparedRequest, **_options) -> requests.Response:
		answer, told = self._web.answer(request), HTTPMessage()
		for name, value in answer.headers:
			told[name] = value
		wire = HTTPResponse(
			io.BytesIO(answer.content),
			HTTPHeaderDict(answer.headers),
			answer.status_code,
			preload_content=False,
			original_response=SimpleNamespace(msg=told, isclosed=lambda: True, close=lambda: None),
		)
		return self.build_response(request, wire)


@contextmanager
def answering() -> Iterator[Web]:
	"""Answer for as long as the block runs.

	What the platform's own pages tell a guest's browser no request changes: it is made once, as routes and code of pages are.
	"""
	with (
		ThreadPoolExecutor(1) as thread,
		patch.object(website_settings, "get_boot_data", _told_once(website_settings.get_boot_data)),
	):
		yield Web(thread)


def _environment(prepared: requests.PreparedRequest) -> dict:
	url, body = urlsplit(prepared.url), prepared.body or b""
	body = body.encode() if isinstance(body, str) else body
	environment = {
		"REQUEST_METHOD": prepared.method,
		"SCRIPT_NAME": "",
		"PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
		"QUERY_STRING": url.query,
		"RAW_URI": url.path,
		"SERVER_NAME": "127.0.0.1",
		"SERVER_PORT": "8000",
		"SERVER_PROTOCOL": "HTTP/1.1",
		"REMOTE_ADDR": "127.0.0.1",
		"wsgi.version": (1, 0),
		"wsgi.url_scheme": "http",
		"wsgi.input": io.BytesIO(body),
		"wsgi.errors": sys.stderr,
		"wsgi.multithread": False,
		"wsgi.multiprocess": True,
		"wsgi.run_once": False,
	}
	for name, value in prepared.headers.items():
		key = name.upper().replace("-", "_")
		value = value.decode("latin-1") if isinstance(value, bytes) else value
		environment[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value.strip()
	return {"HTTP_HOST": site_name(), **environment, "CONTENT_LENGTH": str(len(body))}


def _answer(environment: dict) -> Answer:
	"""As a web server does: whatever the application lets through is an error 500."""
	began = []
	try:
		parts = application(environment, lambda *told: began.append(told))
		try:
			content = b"".join(parts)
		finally:
			parts.close()
	except Exception:
		return Answer(500, Headers(), traceback.format_exc().encode(errors="replace"))
	status, headers = began[0][:2]
	return Answer(int(status.split()[0]), Headers(headers), content)


def _told_once(get_boot_data):
	told = {}

	def same_data():
		return told.get(frappe.local.lang) or told.setdefault(frappe.local.lang, get_boot_data())

	return same_data
