"""Requests no browser of an honest guest sends, by the thousand, and what must hold for every answer.

HUB_GUEST_REQUESTS says how many each door gets, HUB_GUEST_SEED which; one seed makes a run that can be repeated. With `pytest -s`
each door says how often it answered with which status.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import quote, urlencode

import frappe
from hostile_files import FILES, PARTS
from in_process import Answer, Web, answering
from live_site import Commits
from requests.exceptions import RequestException
from sharing_factories import BROWSER

from referral_hub.portal.guests import pace

REQUESTS = int(os.environ.get("HUB_GUEST_REQUESTS", "300"))
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
	"\ud800",
	"Mei \udfff Lin",
	"\ufffe\uffff\U0010ffff",
	"e" + "\u0301" * 3000,
	"x@" + "y." * 60 + "com",
	"١٣٨٠٠١٣٨٠٠٠",
	"+" + "9" * 400,
)
# what stands where a value is expected
BODIES = ([], "x", 1, None, {"x": 1}, [{"a": [{}]}])
VALUES = (*BODIES, True, 1e308, -(2**70), [[[]]], {"": {"": ""}}, ["a", {"b": "\ud800"}], "\ud83d")
HEADERS = (
	{},
	{},
	{},
	{"Cookie": "preferred_language=%00"},
	{"Cookie": "preferred_language=../../zh"},
	{"Cookie": "referral_hub_visitor=x"},
	{"Cookie": "referral_hub_link=%00"},
	{"Cookie": "referral_hub_visitor=" + "f" * 32},
	{"Cookie": "referral_hub_visitor=" + "f" * 32 + "; referral_hub_visitor=\xff"},
	{"Cookie": "sid=../../etc"},
	{"Cookie": "sid=Guest; user_id=Administrator; system_user=yes"},
	{"Cookie": "=; ;;=a; a" + "=" * 2000},
	{"Origin": "https://["},
	{"Origin": "null"},
	{"Sec-Fetch-Site": "cross-site"},
	{"Sec-Fetch-Site": "\xff"},
	{"Accept-Language": "zz-" + "z" * 200},
	{"Accept-Language": "zh;q=a,*;q=-1,en;q=1e309"},
	{"Accept": "application/json"},
	{"X-Requested-With": "XMLHttpRequest", "Accept": "*/*"},
	{"User-Agent": ""},
	{"User-Agent": "\xff\xfe" + "x" * 4000},
	{"Referer": "http://[::1"},
	{"Authorization": "Basic !!"},
	{"Authorization": "token a:b"},
	{"X-HTTP-Method-Override": "DELETE"},
	{"X-Frappe-CSRF-Token": "\xff"},
	{"X-Frappe-Cmd": "logout"},
	{"Range": "bytes=0-99999999999"},
	{"If-None-Match": "*"},
	{"Content-Type": "multipart/form-data; boundary="},
	{"Content-Type": "application/json; charset=utf-99"},
	{"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"},
	{"Content-Encoding": "gzip"},
)
ADDRESSES = (
	"",
	"127.0.0.1, 10.0.0.1",
	"unknown",
	"'; --",
	"::ffff:203.0.113.9",
	"\xff" * 30,
	"9" * 3000,
)
# a page of ours says these; anything else may be the platform's word
OUR_OWN = (200, 303, 403, 404, 422, 429)
VERBS = ("POST", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PROPFIND")


@contextmanager
def attacked(make: Callable[[Commits], dict]) -> Iterator[frappe._dict]:
	"""What `make` makes, committed, with the `web` that answers; after the block nothing of it is left."""
	helper = Commits()
	try:
		frappe.cache.delete_keys("referral_hub_limit:")
		made = make(helper)
		helper.commit()
		with answering() as web:
			yield frappe._dict(made, web=web)
	finally:
		for limits in ("referral_hub_limit:", "rl:"):
			frappe.cache.delete_keys(limits)
		helper.clean_up()


def ask(web: Web, method: str, path: str, **options) -> Answer:
	return web.ask(method, path, headers={"User-Agent": BROWSER, **options.pop("headers", {})}, **options)


def in_path(text: str) -> str:
	return quote(text.encode(errors="surrogatepass"), safe="")


def spellings(method: str) -> tuple[str, ...]:
	"""Every address a method of ours answers at."""
	return (
		f"/api/method/{method}",
		f"/api/v1/method/{method}",
		f"/api/v2/method/{method}",
		f"/?cmd={method}",
	)


def form_of(chance: random.Random, fields: Iterable[str]) -> dict:
	return {chance.choice(tuple(fields)): chance.choice(NASTY) for _ in range(chance.randrange(8))}


def spoiled(chance: random.Random, form: dict) -> dict:
	"""A whole form with one or two values no page of ours would send."""
	return {**form, **{chance.choice(tuple(form)): chance.choice(NASTY) for _ in range(chance.randrange(3))}}


def request_of(chance: random.Random, path: str, form: dict, uploads: bool = False) -> dict:
	"""One request: an odd verb, an odd body, odd headers, from one of many addresses."""
	headers = {"X-Forwarded-For": f"203.0.113.{chance.randrange(250)}", **chance.choice(HEADERS)}
	if chance.random() < 0.1:
		headers["X-Forwarded-For"] = chance.choice(ADDRESSES)
	request = {"path": path, "headers": headers}
	kind = chance.randrange(8)
	if kind == 0:
		return {**request, "method": "GET", "path": _with_query(path, _encoded(chance, form))}
	if kind in (1, 2):
		body = chance.choice((form, form, _mistyped(chance, form), *BODIES))
		return {**request, "method": chance.choice(("POST", "POST", "PUT")), "json": body}
	if kind == 3 and uploads:
		files = [("resume", chance.choice(FILES)) for _ in range(chance.choice((1, 1, 2)))]
		fields = {name: text.encode(errors="replace") for name, text in form.items()}
		return {**request, "method": "POST", "data": fields, "files": files}
	if kind == 4:
		return {**request, **_raw_multipart(chance, form, headers)}
	verb = "POST" if kind > 5 else chance.choice(VERBS)
	headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
	return {**request, "method": verb, "data": _encoded(chance, form).encode()}


def _with_query(path: str, query: str) -> str:
	return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def _encoded(chance: random.Random, form: dict) -> str:
	"""The form as it goes over the wire: with halves of characters, names twice, names of arrays, and broken signs."""
	pairs = list(form.items())
	if pairs and chance.random() < 0.2:
		name, value = chance.choice(pairs)
		pairs += [(name, chance.choice(NASTY)), (f"{name}[]", value), (f"{name}[0][x]", value)]
	encoded = urlencode([(name, text.encode(errors="surrogatepass")) for name, text in pairs])
	return encoded + chance.choice(("", "", "", "&%", "&=%ff%fe", "&&;;==", "&a=%ED%A0%80", "&%00=%00"))


def _mistyped(chance: random.Random, form: dict) -> dict:
	return {name: chance.choice((text, *VALUES)) for name, text in form.items()}


def _raw_multipart(chance: random.Random, form: dict, headers: dict) -> dict:
	"""A body of many parts as no browser writes it."""
	mark = b"--odd"
	parts = [
		b'Content-Disposition: form-data; name="%s"\r\n\r\n%s'
		% (name.encode(), text.encode(errors="surrogatepass"))
		for name, text in form.items()
	]
	parts += [chance.choice(PARTS) for _ in range(chance.randrange(4))]
	chance.shuffle(parts)
	body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
	ending = chance.choice((mark + b"--\r\n", mark, b"", b"\r\n" + mark + b"--", b"\x00"))
	headers["Content-Type"] = chance.choice(
		("multipart/form-data; boundary=odd", 'multipart/form-data; boundary="odd"')
	)
	return {"method": "POST", "data": body + ending, "headers": headers}


@patch.object(pace, "STEP", 1e-6)  # nobody here measures how long an answer takes
def attack(
	web: Web,
	make: Callable[[random.Random], dict],
	secrets: Callable[[dict], tuple] = lambda _: (),
	excused: Callable[[Answer], bool] | None = None,
	number: int = REQUESTS,
	door: str = "",
):
	"""Send them all; return the first that were answered by an error, a secret or a header of the sender's making.

	`excused` says of an error that it is not ours; without it a page of the platform that fails alike is the excuse.
	"""
	chance, broken, counted = random.Random(SEED), [], Counter()
	for turn in range(number):
		if turn % 100 == 0:
			frappe.cache.delete_keys("referral_hub_limit:")
		request = make(chance)
		try:
			answer = ask(web, **request)
		except RequestException:  # not even a program can write this one
			counted["not sent"] += 1
			continue
		if answer.status_code not in OUR_OWN and _is_excused(web, request, answer, excused):
			counted[f"{answer.status_code} by the platform"] += 1
			continue
		counted[str(answer.status_code)] += 1
		leaked = [secret for secret in secrets(request) if secret in answer.text]
		if answer.status_code >= 500 or leaked or _has_a_forged_header(answer):
			broken.append((turn, answer.status_code, leaked, {**request, "answer": answer.text[-400:]}))
	print(f"\n{door}: {number} requests, {len(broken)} broken: {dict(sorted(counted.items()))}")
	return broken[:3]


def _has_a_forged_header(answer: Answer) -> bool:
	cookies = answer.headers.getlist("Set-Cookie")
	split = any(sign in value for value in answer.headers.values() for sign in "\r\n\0")
	return split or any("evil" in cookie for cookie in cookies)


def _is_excused(web: Web, request: dict, answer: Answer, excused) -> bool:
	return excused(answer) if excused else _fails_before_us(web, request)


def _fails_before_us(web: Web, request: dict) -> bool:
	"""Say whether the platform can't even read this request: a page of its own, or a method for a method, refuses it too."""
	query = request["path"].partition("?")[2]
	places = [_with_query("/api/method/ping", query), _with_query("/login", query)]
	if "referral_hub." in request["path"]:
		places.append(re.sub(r"referral_hub\.[\w.]+", "frappe.ping", request["path"]))
	answers = (ask(web, **{**request, "path": place}) for place in places)
	return any(answer.status_code in (400, 401, 404, 417, 500) for answer in answers)
