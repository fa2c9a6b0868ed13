"""Thousands of malformed requests to the pages of candidates and cards: no error of the server, no leak, nothing changed.

What is dead stays dead: guessed, revoked and borrowed tokens open nothing, whatever is sent with them.
"""

import os
import random
import secrets

import frappe
import pytest
import requests
import site_factories as hr
from candidate_factories import form_token, make_consent_program
from live_site import Commits, site_name
from referral_factories import make_candidate, make_referral
from rest_client import serving
from sharing_factories import BROWSER

from referral_hub import tokens
from referral_hub.referrals import service
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking

REQUESTS = int(os.environ.get("HUB_GUEST_REQUESTS", "1500"))
SEED = 20261123
NASTY = (
	"",
	"\x00",
	"\u202egnp.exe",
	"'; drop table tabReferral; --",
	'"><script>alert(1)</script>',
	"{{ frappe.db.sql('select 1') }}",
	"../../../etc/passwd",
	"%2e%2e%2f%00",
	"=cmd|' /C calc'!A0",
	"a" * 20000,
	"😀" * 200,
	"\r\nSet-Cookie: evil=1",
	"-1",
	"1e309",
	"[]",
	'{"a": {"b": []}}',
	"ª²³¼",
	"\ud7ff\ue000",
)
FIELDS = (
	"action", "do", "done", "reason", "candidate_name", "email", "phone", "opening", "form_token", "q", "sent",
	"subject_line", "_lang", "csrf_token",
)  # fmt: skip
# what would really change something is sent with a broken form only
ACTIONS = ("agree", "refuse", "withdraw", "correct", "delete", "take_back", "__class__", "do", "")
METHODS = tuple(
	f"/api/method/referral_hub.api.desk_people.{name}"
	for name in ("send_status_link", "revoke_status_links", "issue_card", "revoke_card", "card_of")
)


@pytest.fixture(scope="module")
def world(site):
	helper = Commits()
	try:
		frappe.cache.delete_keys("referral_hub_limit:")
		made = _make_world()
		helper.commit()
		with serving() as address:
			yield frappe._dict(made, address=address)
	finally:
		frappe.cache.delete_keys("referral_hub_limit:")
		helper.clean_up()


def _make_world() -> dict:
	referral, employee, opening = (
		make_referral(candidate=make_candidate(name="Zhou Qiuyue")),
		hr.make_employee(),
		hr.make_opening(),
	)
	waiting = service.submit(employee.name, make_candidate(), opening.name, make_consent_program())
	revoked = make_referral()
	dead = asking.link_of(revoked.name)
	asking.revoke_links(revoked.name)
	paths = [
		asking.link_of(referral.name),
		asking.link_of(waiting.name),
		f"/refer/{cards.issue(employee.name)}",
		dead,
	]
	return {"paths": paths, "dead": dead, "referral": referral, "employee": employee, "revoked": revoked}


def ask(world, method: str, path: str, **options) -> requests.Response:
	headers = {"Host": site_name(), "User-Agent": BROWSER, **options.pop("headers", {})}
	return requests.request(
		method, world.address + path, headers=headers, allow_redirects=False, timeout=60, **options
	)


def malformed(chance: random.Random, world) -> dict:
	"""One request that no page of ours would send."""
	form = {chance.choice(FIELDS): chance.choice(NASTY) for _ in range(chance.randrange(8))}
	form["action"] = chance.choice(ACTIONS + NASTY)
	if chance.random() < 0.3:
		form["form_token"] = chance.choice(("1.2.3", "..", form_token("REF-of-nobody"), f"{10**12}.a.b"))
	odd = (
		f"/{chance.choice(('candidate', 'refer'))}/{requests.utils.quote(chance.choice(NASTY[:9]), safe='')}"
	)
	path = chance.choice((*world.paths, odd))
	headers = chance.choice(({}, {}, {"Cookie": "preferred_language=%00"}, {"Origin": "https://["}))
	headers = {**headers, "X-Forwarded-For": f"203.0.113.{chance.randrange(250)}"}
	kind = chance.randrange(5)
	if kind == 0:
		return {"method": "GET", "path": path, "params": form, "headers": headers}
	if kind == 1:
		body = chance.choice(({"referral": chance.choice(NASTY)}, {"employee": [1]}, {}, [], "x"))
		return {"method": "POST", "path": chance.choice(METHODS), "json": body, "headers": headers}
	if kind == 2:
		return {
			"method": "POST",
			"path": path,
			"json": chance.choice((form, [], "x", 1, None)),
			"headers": headers,
		}
	return {
		"method": chance.choice(("POST", "PUT", "DELETE")),
		"path": path,
		"data": form,
		"headers": headers,
	}


def everything() -> dict:
	frappe.db.rollback()
	doctypes = (
		"Referral",
		"Referral Event",
		"Job Applicant",
		"Access Token",
		"Candidate Key",
		"ToDo",
		"Employee",
	)
	counted = {doctype: frappe.db.count(doctype) for doctype in doctypes}
	states = frappe.get_all(
		"Referral", fields=["name", "outcome", "consent_state", "candidate_name"], order_by="name asc"
	)
	return {**counted, "states": states}


def test_no_malformed_request_is_an_error_or_changes_anything(world):
	chance, broken, before = random.Random(SEED), [], everything()
	for number in range(REQUESTS):
		request = malformed(chance, world)
		answer = ask(world, **request)
		leaks = request["path"] == world.dead and "Zhou" in answer.text
		if answer.status_code >= 500 or leaks or "evil" in answer.headers.get("Set-Cookie", ""):
			broken.append((number, answer.status_code, {**request, "answer": answer.text[-300:]}))
		if number % 100 == 0:
			frappe.cache.delete_keys("referral_hub_limit:")
	assert broken[:3] == []
	assert everything() == before


def test_guests_reach_no_method_of_the_desk(world):
	for path in METHODS:
		for arguments in ({"referral": world.referral.name}, {"employee": world.employee.name}):
			assert ask(world, "POST", path, json=arguments).status_code in (403, 417)


def test_guessed_tokens_open_nothing_and_look_like_dead_ones(world):
	frappe.cache.delete_keys("referral_hub_limit:")
	dead = ask(world, "GET", world.dead)
	for _ in range(50):
		guess = ask(world, "GET", f"/candidate/{secrets.token_hex(16)}")
		assert (guess.status_code, len(guess.text)) == (dead.status_code, len(dead.text))


def test_a_revoked_link_can_not_be_replayed(world):
	form = {"action": "withdraw", "form_token": form_token(world.revoked.name)}
	assert ask(world, "POST", world.dead, data=form).status_code == 404
	frappe.db.rollback()
	assert frappe.db.get_value("Referral", world.revoked.name, "outcome") == "Open"


def test_beyond_the_limit_everybody_waits(world):
	from referral_hub.portal.guests import candidate

	frappe.cache.delete_keys("referral_hub_limit:")
	answers = [
		ask(world, "POST", world.paths[0], data={"action": "x"})
		for _ in range(candidate.CHANGES_PER_TOKEN + 2)
	]
	statuses = [answer.status_code for answer in answers]
	assert statuses == [422] * candidate.CHANGES_PER_TOKEN + [429] * 2
	assert tokens.read("Candidate", world.paths[0].rpartition("/")[2])
