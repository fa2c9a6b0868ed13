"""Thousands of malformed requests to everything of ours that guests reach through links: no error of the server, no leak."""

import os
import random

import frappe
import pytest
import requests
import site_factories as hr
from live_site import Commits, site_name
from referral_factories import make_candidate, make_referral
from rest_client import serving
from sharing_factories import BROWSER, filled_form, make_event_link, make_link

REQUESTS = int(os.environ.get("HUB_GUEST_REQUESTS", "1500"))
SEED = 20261122
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
)
FIELDS = (
	"candidate_name",
	"phone",
	"email",
	"opening",
	"note",
	"form_token",
	"consent",
	"action",
	"sent",
	"declined",
	"subject_line",
	"resume",
	"_lang",
	"cmd",
	"csrf_token",
)
FILES = (
	("resume.pdf", b"MZ"),
	("../../x.pdf", b"%PDF-1.7\n%%EOF"),
	("x.docx", b"PK\x03\x04" + bytes(200)),
	("x.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99)),
	("\x00.pdf", b"%PDF-"),
	("a" * 300 + ".pdf", b"%PDF-1.4 %%EOF"),
	("run.php", b"<?php"),
)


@pytest.fixture(scope="module")
def world(site):
	"""A working link, a link of an event, a dead one, and somebody who is known."""
	helper = Commits()
	try:
		frappe.cache.delete_keys("referral_hub_limit:")
		live, event, dead = make_link(), make_event_link(), make_link()
		dead.update({"enabled": 0}).save()
		known = make_candidate()
		make_referral(candidate=known)
		helper.commit()
		with serving() as address:
			yield frappe._dict(address=address, live=live, event=event, dead=dead, known=known)
	finally:
		frappe.cache.delete_keys("referral_hub_limit:")
		helper.clean_up()


def ask(world, method: str, path: str, **options) -> requests.Response:
	headers = {"Host": site_name(), "User-Agent": BROWSER, **options.pop("headers", {})}
	return requests.request(
		method, world.address + path, headers=headers, allow_redirects=False, timeout=60, **options
	)


def malformed(chance: random.Random, world) -> dict:
	"""One request that no browser of an honest guest would send."""
	code = chance.choice(
		(world.live.code, world.event.code, world.dead.code, "zzzzzzzzzz", chance.choice(NASTY[:14]))
	)
	form = {chance.choice(FIELDS): chance.choice(NASTY) for _ in range(chance.randrange(8))}
	if chance.random() < 0.3:
		form = {**filled_form(world.live, phone=chance.choice(NASTY), email=chance.choice(NASTY)), **form}
	form.pop("cmd", None)
	headers = {}
	if chance.random() < 0.3:
		headers["Cookie"] = chance.choice(
			("referral_hub_visitor=x", "referral_hub_link=%00", "referral_hub_visitor=" + "f" * 32)
		)
	if chance.random() < 0.1:
		headers["Origin"] = chance.choice(("null", "://", "https://[", "x"))
	path = f"/r/{requests.utils.quote(code, safe='')}"
	kind = chance.randrange(4)
	if kind == 0:
		return {"method": "GET", "path": path, "params": form, "headers": headers}
	if kind == 1:
		body = chance.choice(
			({"code": chance.choice(NASTY)}, {"code": [1]}, {"code": {"a": 1}}, {}, [], "x", {"x": 1})
		)
		return {
			"method": chance.choice(("POST", "GET", "PUT")),
			"path": VISIT,
			"json": body,
			"headers": headers,
		}
	files = {"resume": chance.choice(FILES)} if kind == 3 else None
	return {"method": "POST", "path": path, "data": form, "files": files, "headers": headers}


VISIT = "/api/method/referral_hub.api.sharing.visit"


def test_no_malformed_request_is_an_error_of_the_server(world):
	chance, broken = random.Random(SEED), []
	before = {doctype: frappe.db.count(doctype) for doctype in ("User", "Employee", "Referral Link")}
	for number in range(REQUESTS):
		request = malformed(chance, world)
		answer = ask(world, **request)
		if (
			answer.status_code >= 500
			or (
				"Traceback" in answer.text and request["path"] != VISIT
			)  # there the platform says which type is wrong
			or "evil" in answer.headers.get("Set-Cookie", "")
		):
			broken.append((number, answer.status_code, {**request, "answer": answer.text[-300:]}))
	assert broken[:3] == []
	frappe.db.rollback()
	assert {doctype: frappe.db.count(doctype) for doctype in before} == before


def test_known_and_unknown_answer_alike(world):
	emails = [world.known.email, hr.unique_email("nobody")]
	answers = [
		ask(world, "POST", f"/r/{world.live.code}", data=filled_form(world.live, email=email))
		for email in emails
	]
	told = [(answer.status_code, answer.text, sorted(answer.headers)) for answer in answers]
	assert told[0] == told[1]
	assert answers[0].status_code == 303


def test_working_and_dead_codes_are_counted_alike(world):
	answers = [
		ask(world, "POST", VISIT, json={"code": code})
		for code in (world.live.code, world.dead.code, "zzzzzzzzzz")
	]
	assert {(answer.status_code, answer.text) for answer in answers} == {(200, '{"message":{}}')}


def test_counting_needs_a_post(world):
	assert ask(world, "GET", VISIT, params={"code": world.live.code}).status_code == 403


@pytest.mark.parametrize("method", ["qr", "poster"])
def test_files_are_not_for_guests(world, method):
	answer = ask(
		world, "GET", f"/api/method/referral_hub.api.sharing.{method}", params={"link": world.live.name}
	)
	assert answer.status_code == 403


def test_beyond_the_limit_everybody_waits_and_nothing_breaks(world, monkeypatch):
	form = {"phone": "13800138000", "candidate_name": hr.unique("Mei")}
	answers = [
		ask(world, "POST", f"/r/{world.live.code}", data=filled_form(world.live, **form)) for _ in range(13)
	]
	statuses = [answer.status_code for answer in answers]
	assert statuses == [303] * 10 + [429] * 3
