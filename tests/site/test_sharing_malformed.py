"""Thousands of malformed requests to everything of ours that guests reach through links: no error of the server, no leak."""

from pathlib import Path

import frappe
import malformed
import pytest
import site_factories as hr
from live_site import Commits, site_name, sites_folder
from malformed import NASTY, attack, form_of, in_path, request_of
from referral_factories import make_candidate, make_referral
from rest_client import serving
from sharing_factories import filled_form, make_event_link, make_link

FIELDS = (
	"candidate_name", "phone", "email", "opening", "note", "form_token", "consent", "action", "sent", "declined",
	"subject_line", "resume", "_lang", "csrf_token",
)  # fmt: skip
VISIT = "/api/method/referral_hub.api.sharing.visit"


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


def ask(world, method: str, path: str, **options):
	return malformed.ask(world.address, method, path, **options)


def stored_files() -> set[str]:
	site = sites_folder() / site_name()
	folders = (site / "private" / "files", site / "public" / "files")
	return {str(path.relative_to(site)) for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_no_malformed_request_to_a_landing_page_is_an_error_or_a_leak(world):
	codes = (world.live.code, world.event.code, world.dead.code, "zzzzzzzzzz")

	def make(chance):
		form = form_of(chance, FIELDS)
		if chance.random() < 0.3:
			filled = filled_form(world.live, phone=chance.choice(NASTY), email=chance.choice(NASTY))
			form = {**filled, **form}
		code = chance.choice((*codes, *codes, chance.choice(NASTY[:14])))
		return request_of(chance, f"/r/{in_path(code)}", form, uploads=True)

	before = {doctype: frappe.db.count(doctype) for doctype in ("User", "Employee", "Referral Link")}
	files_before, rows_before = stored_files(), set(frappe.get_all("File", pluck="name"))
	told = (world.known.name, world.known.email, "Traceback")
	assert attack(world.address, make, lambda _request: told) == []
	frappe.db.rollback()
	assert {doctype: frappe.db.count(doctype) for doctype in before} == before
	added = stored_files() - files_before
	assert [path for path in added if not path.startswith("private/files/")] == []
	assert {Path(path).suffix for path in added} <= {".pdf", ".doc", ".docx"}
	fields = ["name", "is_private", "attached_to_doctype"]
	rows = [row for row in frappe.get_all("File", fields=fields) if row.name not in rows_before]
	assert {(row.is_private, row.attached_to_doctype) for row in rows} <= {(1, "Job Applicant")}


def test_no_malformed_request_to_the_counter_is_an_error(world):
	def make(chance):
		body = chance.choice(
			({"code": chance.choice(NASTY)}, {"code": [1]}, {"code": {"a": 1}}, {}, *malformed.BODIES)
		)
		return {**request_of(chance, VISIT, {}), "data": None, "json": body}

	assert attack(world.address, make, lambda _request: (world.known.name,)) == []


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
