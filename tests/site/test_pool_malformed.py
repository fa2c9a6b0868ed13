"""Thousands of malformed requests to the pages of people in the pool: no error of the server, no leak, nothing changed."""

import frappe
import malformed
import pytest
import site_factories as hr
from candidate_factories import form_token
from malformed import NASTY, attack, attacked, form_of, in_path, request_of
from referral_factories import unique_phone

from referral_hub import tokens
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.talent import keeping
from referral_hub.talent.archive import contacts
from referral_hub.talent.templates import marked_links, media

POOL = "Talent Pool Record"
NAMES = ("Ruan Wenjing", "Deng Siyuan", "Traceback")
FIELDS = ("action", "do", "file", "done", "form_token", "_lang", "cmd", "csrf_token")
# what would really change something is sent with a broken form only
ACTIONS = ("agree", "silence", "delete", "__class__", "do", "")


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	own, other = (_make_record(name) for name in NAMES[:2])
	revoked = keeping.link_of(other.name)
	tokens.revoke(Purpose.POOL, keeping.subject_of(other.name))
	return {
		"own": own.name,
		"pool": keeping.link_of(own.name),
		"revoked": revoked,
		"borrowed": f"/pool/{tokens.issue(Purpose.CANDIDATE, POOL, other.name, 10)}",
		"look": "/look/" + marked_links.address_of(own.name).rpartition("/")[2],
		"hello": _hello(own.name),
		"other": other.name,
	}


def _hello(record: str) -> str:
	file = frappe.get_doc(
		doctype="File", file_name="hello.mp3", content=b"ID3\x04 hello", is_private=1
	).insert()
	media.keep(contacts.note(record, "Message", "Listen.", direction=contacts.OUT), [file])
	return f"/hello/{media.link_of(record).rpartition('/')[2]}"


def _make_record(name: str):
	contact = {"email": hr.unique_email(), "phone": unique_phone()}
	row = frappe.get_doc(doctype=POOL, person_name=name, company=hr.COMPANY, **contact).insert()
	row.db_set({"consent_state": "Given", "consent_until": hr.days_ago(-300)})
	return row


def everything() -> dict:
	frappe.db.rollback()
	doctypes = ("Access Token", "ToDo", "Talent Signal", "Comment", "Referral Message", "Email Queue")
	people = frappe.get_all(POOL, fields=["name", "state", "consent_state", "modified"], order_by="name asc")
	return {**{doctype: frappe.db.count(doctype) for doctype in doctypes}, "people": people}


def test_no_malformed_request_to_somebody_s_page_is_an_error_or_changes_anything(world):
	def make(chance):
		odd = f"/pool/{in_path(chance.choice(NASTY))}"
		path = chance.choice((world.pool, world.pool, world.revoked, world.borrowed, odd))
		form = {**form_of(chance, FIELDS), "action": chance.choice(ACTIONS + NASTY)}
		if chance.random() < 0.3:
			form["form_token"] = chance.choice(("1.2.3", "..", form_token(world.other), f"{10**12}.a.b"))
		return request_of(chance, path, form)

	def secrets_at(request):
		own = request["path"].partition("?")[0] == world.pool
		return NAMES[1:] if own else NAMES

	before = everything()
	assert attack(world.web, make, secrets_at, door="/pool/TOKEN") == []
	assert everything() == before


def test_no_malformed_request_to_pictures_and_voices_is_an_error_or_names_anybody(world):
	def make(chance):
		odd = f"/hello/{in_path(chance.choice(NASTY))}"
		path = chance.choice((world.hello, world.hello, world.hello[:-1], odd))
		return request_of(chance, path, form_of(chance, FIELDS))

	before = everything()
	assert attack(world.web, make, lambda _request: NAMES, door="/hello/TOKEN") == []
	assert everything() == before


def test_no_malformed_request_by_a_marked_link_is_an_error_or_a_signal(world):
	def make(chance):
		odd = f"/look/{chance.choice((world.own, world.other, ''))}-{in_path(chance.choice(NASTY))}"
		form = form_of(chance, FIELDS)
		form["form_token"] = chance.choice((*NASTY, form_token(world.other)))
		return request_of(chance, chance.choice((world.look, world.look[:-1], odd)), form)

	before = everything()
	assert attack(world.web, make, lambda _request: NAMES, door="/look/TOKEN") == []
	assert everything() == before


def test_revoked_and_borrowed_links_open_nothing(world):
	for path in (world.revoked, world.borrowed, world.pool[:-1]):
		for method in ("GET", "POST"):
			answer = malformed.ask(world.web, method, path)
			assert (answer.status_code, [name for name in NAMES if name in answer.text]) == (404, [])
