"""Requests no browser of an honest guest sends, by the thousand, and what must hold for every answer.

HUB_GUEST_REQUESTS says how many each page and method gets; one seed makes a run that can be repeated.
"""

import os
import random
from collections.abc import Callable, Iterable

import frappe
import requests
from live_site import site_name
from sharing_factories import BROWSER

REQUESTS = int(os.environ.get("HUB_GUEST_REQUESTS", "500"))
SLOW = int(os.environ.get("HUB_GUEST_REQUESTS", "100"))  # to what takes the platform itself long
SEED = int(os.environ.get("HUB_GUEST_SEED", "20261122"))
NASTY = (
	"",
	" ",
	"\x00",
	"\u202egnp.exe",
	"'; drop table tabReferral; --",
	'"><script>alert(1)</script>',
	"{{ frappe.db.sql('select 1') }}",
	"{% for x in range(9999999) %}",
	"../../../etc/passwd",
	"%2e%2e%2f%00",
	"=cmd|' /C calc'!A0",
	"a" * 20000,
	"😀" * 200,
	"\r\nSet-Cookie: evil=1",
	"-1",
	"1e309",
	"NaN",
	"null",
	"[]",
	'{"a": {"b": []}}',
	"ª²³¼",
	"\ud7ff\ue000",
	"ا" * 150 + "\u202e",
	"__class__",
)
BODIES = ([], "x", 1, None, {"x": 1}, [{"a": [{}]}])
HEADERS = (
	{},
	{},
	{},
	{"Cookie": "preferred_language=%00"},
	{"Cookie": "referral_hub_visitor=x"},
	{"Cookie": "referral_hub_link=%00"},
	{"Cookie": "referral_hub_visitor=" + "f" * 32},
	{"Cookie": "sid=../../etc"},
	{"Origin": "https://["},
	{"Origin": "null"},
	{"Accept-Language": "zz-" + "z" * 200},
	{"Content-Type": "multipart/form-data; boundary="},
	{"Content-Type": "application/json; charset=utf-99"},
)
# what our pages say; anything else may be the platform's word
OUR_OWN = (200, 303, 403, 404, 422, 429)
FILES = (
	("resume.pdf", b"MZ"),
	("../../x.pdf", b"%PDF-1.7\n%%EOF"),
	("x.docx", b"PK\x03\x04" + bytes(200)),
	("x.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99)),
	("\x00.pdf", b"%PDF-"),
	("a" * 300 + ".pdf", b"%PDF-1.4 %%EOF"),
	("run.php", b"<?php"),
	("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
	("x.pdf.html", b"%PDF-1.4<script>alert(1)</script>%%EOF"),
)


def ask(address: str, method: str, path: str, **options) -> requests.Response:
	headers = {"Host": site_name(), "User-Agent": BROWSER, **options.pop("headers", {})}
	return requests.request(
		method, address + path, headers=headers, allow_redirects=False, timeout=60, **options
	)


def in_path(text: str) -> str:
	return requests.utils.quote(text, safe="")


def form_of(chance: random.Random, fields: Iterable[str]) -> dict:
	return {chance.choice(tuple(fields)): chance.choice(NASTY) for _ in range(chance.randrange(8))}


def request_of(chance: random.Random, path: str, form: dict, uploads: bool = False) -> dict:
	"""One request: an odd verb, an odd body, odd headers, from one of many addresses."""
	headers = {**chance.choice(HEADERS), "X-Forwarded-For": f"203.0.113.{chance.randrange(250)}"}
	kind = chance.randrange(5)
	if kind == 0:
		return {"method": "GET", "path": path, "params": form, "headers": headers}
	if kind == 1:
		body = chance.choice((form, *BODIES))
		return {"method": chance.choice(("POST", "PUT")), "path": path, "json": body, "headers": headers}
	files = {"resume": chance.choice(FILES)} if uploads and kind == 2 else None
	verb = chance.choice(("POST", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"))
	return {"method": verb, "path": path, "data": form, "files": files, "headers": headers}


def attack(
	address: str,
	make: Callable[[random.Random], dict],
	secrets: Callable[[dict], tuple] = lambda _: (),
	excused: Callable[[requests.Response], bool] | None = None,
	number: int = REQUESTS,
):
	"""Send them all; return the first that were answered by an error, a secret or a header of the sender's making.

	`excused` says of an error that it is not ours; without it a page of the platform that fails alike is the excuse.
	"""
	chance, broken = random.Random(SEED), []
	for turn in range(number):
		if turn % 100 == 0:
			frappe.cache.delete_keys("referral_hub_limit:")
		request = make(chance)
		answer = ask(address, **request)
		if answer.status_code not in OUR_OWN and _is_excused(address, request, answer, excused):
			continue
		leaked = [secret for secret in secrets(request) if secret in answer.text]
		if answer.status_code >= 500 or leaked or "evil" in answer.headers.get("Set-Cookie", ""):
			broken.append((turn, answer.status_code, leaked, {**request, "answer": answer.text[-400:]}))
	return broken[:3]


def _is_excused(address: str, request: dict, answer: requests.Response, excused) -> bool:
	return excused(answer) if excused else _fails_before_us(address, request)


def _fails_before_us(address: str, request: dict) -> bool:
	"""Say whether the platform can't even read this request: a page of its own refuses it too."""
	return ask(address, **{**request, "path": "/login"}).status_code in (400, 417, 500)
