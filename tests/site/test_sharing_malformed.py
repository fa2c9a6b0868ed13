"""Thousands of malformed requests to everything of ours that guests reach through links: no error of the server, no leak."""

import re
from pathlib import Path

import frappe
import malformed
import pytest
import site_factories as hr
from live_site import site_name, sites_folder
from malformed import NASTY, attack, attacked, form_of, in_path, request_of, spellings, spoiled
from referral_factories import make_candidate, make_referral
from sharing_factories import filled_form, make_event_link, make_link

FIELDS = (
	"candidate_name", "phone", "email", "opening", "note", "form_token", "consent", "action", "sent", "declined",
	"subject_line", "resume", "_lang", "csrf_token",
)  # fmt: skip
COUNTER = "referral_hub.api.sharing.visit"
VISIT = f"/api/method/{COUNTER}"


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	"""A working link, a link of an event, a dead one, and somebody who is known."""
	live, event, dead = make_link(), make_event_link(), make_link()
	dead.update({"enabled": 0}).save()
	known = make_candidate()
	make_referral(candidate=known)
	return {"live": live, "event": event, "dead": dead, "known": known}


def ask(world, method: str, path: str, **options):
	return malformed.ask(world.web, method, path, **options)


def stored_files() -> set[str]:
	site = sites_folder() / site_name()
	folders = (site / "private" / "files", site / "public" / "files")
	return {str(path.relative_to(site)) for folder in folders for path in folder.rglob("*") if path.is_file()}


def filled_or_not(chance, link) -> dict:
	"""A form: whole and taken now and then, spoiled in a place or two, or nothing of ours at all."""
	if chance.random() < 0.4:
		return form_of(chance, FIELDS)
	number = chance.randrange(10**8)
	typed = {
		"phone": f"138{number:08}",
		"email": f"guest.{number}@example.com",
		"note": "Hi",
		"told_by": "Anna",
	}
	return spoiled(chance, filled_form(link, **typed, opening="", resume=""))


def test_no_malformed_request_to_a_landing_page_is_an_error_or_a_leak(world):
	odd = (world.dead.code, "zzzzzzzzzz", *NASTY[:14])

	def make(chance):
		link = chance.choice((world.live, world.live, world.event))
		code = chance.choice(odd) if chance.random() < 0.15 else link.code
		return request_of(chance, f"/r/{in_path(code)}", filled_or_not(chance, link), uploads=True)

	before = {doctype: frappe.db.count(doctype) for doctype in ("User", "Employee", "Referral Link")}
	files_before, rows_before = stored_files(), set(frappe.get_all("File", pluck="name"))
	told = (world.known.name, world.known.email, "Traceback")
	assert attack(world.web, make, lambda _request: told, door="/r/CODE") == []
	frappe.db.rollback()
	assert {doctype: frappe.db.count(doctype) for doctype in before} == before
	fields = ["name", "is_private", "attached_to_doctype", "file_url", "file_name"]
	rows = [row for row in frappe.get_all("File", fields=fields) if row.name not in rows_before]
	assert rows, "no upload was taken: nothing is tested"
	assert {(row.is_private, row.attached_to_doctype) for row in rows} == {(1, "Job Applicant")}
	assert stored_files() - files_before == {row.file_url.lstrip("/") for row in rows}
	assert {Path(row.file_name).suffix for row in rows} <= {".pdf", ".doc", ".docx"}
	assert not [row.file_name for row in rows if row.file_name.startswith(("=", ".")) or "<" in row.file_name]
	_nothing_is_half_written(world)


def _nothing_is_half_written(world) -> None:
	links = ("in", [world.live.name, world.event.name])
	fields = ["name", "result", "job_applicant", "referral"]
	taken = frappe.get_all("Referral Application", {"link": links}, fields)
	assert taken, "no application was taken: nothing is tested"
	assert [row.name for row in taken if not row.result or not row.job_applicant] == []
	referrals = {
		row.name: row for row in frappe.get_all("Referral", {"link": links}, ["name", "job_applicant"])
	}
	assert {row.referral for row in taken if row.result == "Referral"} == set(referrals)
	assert [row.name for row in referrals.values() if not row.job_applicant] == []
	counted = sum(frappe.get_all("Referral Link", {"name": links}, pluck="applications"))
	assert counted == len(taken)


def test_no_malformed_request_to_the_counter_is_an_error(world):
	def make(chance):
		code = chance.choice((world.live.code, world.dead.code, *NASTY))
		if chance.random() < 0.5:
			return request_of(chance, chance.choice(spellings(COUNTER)), {"code": code})
		body = chance.choice(({"code": chance.choice(malformed.VALUES)}, {}, *malformed.BODIES))
		return {**request_of(chance, chance.choice(spellings(COUNTER)), {}), "data": None, "json": body}

	assert attack(world.web, make, lambda _request: (world.known.name,), door="visit") == []


def test_known_and_unknown_answer_alike(world):
	emails = [world.known.email, hr.unique_email("nobody")]
	answers = [
		ask(world, "POST", f"/r/{world.live.code}", data=filled_form(world.live, email=email))
		for email in emails
	]
	told = [(answer.status_code, answer.text, headers_but_their_second(answer)) for answer in answers]
	assert told[0] == told[1]
	assert answers[0].status_code == 303


def headers_but_their_second(answer) -> list[tuple[str, str]]:
	"""A cookie says until which second it is kept, and the two answers leave in two seconds."""
	return sorted((name, re.sub(r"Expires=[^;]+", "", value)) for name, value in answer.headers)


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


def test_beyond_the_limit_everybody_waits_whatever_the_spelling_or_the_other_contact(world):
	frappe.cache.delete_keys("referral_hub_limit:")
	phones = ("13800138000", "138 0013 8000", "+86 138-0013-8000", "0086 138 00138000", "(138) 0013.8000")
	forms = [{"phone": chosen} for chosen in (*phones, *phones)]
	forms += [{"phone": "１３８００１３８０００", "email": hr.unique_email("more")}]
	mailbox = hr.unique_email("mailbox")
	forms += [
		{"email": mailbox.replace("@", f"+{turn}@"), "phone": f"1390013{turn:04}"} for turn in range(11)
	]
	answers = [
		ask(world, "POST", f"/r/{world.live.code}", data=filled_form(world.live, **form)) for form in forms
	]
	statuses = [answer.status_code for answer in answers]
	assert statuses == [303] * 10 + [429] + [303] * 10 + [429]


def test_half_a_character_is_left_out_and_the_rest_is_kept(world):
	form = filled_form(
		world.live, candidate_name="Mei \ud800Lin", phone="13700137\ud800000", note="a\udfff\x00b"
	)
	answer = ask(world, "POST", f"/r/{world.live.code}", json=form)
	assert answer.status_code == 303
	frappe.db.rollback()
	fields = ["candidate_name", "candidate_phone", "job_applicant"]
	row = frappe.db.get_value("Referral", {"link": world.live.name, "candidate_name": "Mei Lin"}, fields)
	assert row[:2] == ("Mei Lin", "+8613700137000")
	assert frappe.db.get_value("Job Applicant", row[2], "cover_letter") == "ab"
