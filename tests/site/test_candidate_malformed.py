"""Thousands of malformed requests to the pages of candidates and cards: no error of the server, no leak, nothing changed.

What is dead stays dead: guessed, revoked and borrowed tokens open nothing, whatever is sent with them.
"""

import secrets

import frappe
import malformed
import pytest
import site_factories as hr
from candidate_factories import form_token, make_consent_program
from malformed import NASTY, attack, attacked, form_of, in_path, request_of, spoiled
from referral_factories import make_candidate, make_referral

from referral_hub import tokens
from referral_hub.messages import unsubscribing
from referral_hub.referrals import service
from referral_hub.referrals.assessing import assessments
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking
from referral_hub.referrals.rules import contacts

FIELDS = (
	"action", "do", "done", "reason", "candidate_name", "email", "phone", "opening", "form_token", "q", "sent",
	"subject_line", "_lang", "csrf_token", "test",
)  # fmt: skip
# what would really change something is sent with a broken form only
ACTIONS = ("agree", "refuse", "withdraw", "correct", "delete", "take_back", "keep_result", "forget_result")
ACTIONS += ("__class__", "do", "")


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(helper) -> dict:
	most = frappe.db.get_single_value("Referral Hub Settings", "card_referrals_per_day")
	helper.at_end(lambda: frappe.db.set_single_value("Referral Hub Settings", "card_referrals_per_day", most))
	frappe.db.set_single_value("Referral Hub Settings", "card_referrals_per_day", 10**6)
	employee, opening, leaver = hr.make_employee(), hr.make_opening(), hr.make_employee()
	colleague, corrected = hr.make_employee(), make_referral(candidate=make_candidate())
	tested, others = (make_tested(name) for name in ("Welding quiz", "Baking quiz"))
	assert assessments.agree(others, others.test, "Yes")
	referral = make_referral(employee, candidate=make_candidate(name="Zhou Qiuyue"))
	asked = make_candidate(name="Gu Lanxin")
	waiting = service.submit(employee.name, asked, opening.name, make_consent_program())
	revoked = make_referral()
	dead, dead_card = asking.link_of(revoked.name), f"/refer/{cards.issue(leaver.name)}"
	asking.revoke_links(revoked.name)
	cards.revoke(leaver.name)
	message = frappe.get_all("Referral Message", {"referral": referral.name}, pluck="name", limit=1)[0]
	return {
		"paths": [asking.link_of(referral.name), asking.link_of(waiting.name)],
		"card": f"/refer/{cards.issue(employee.name)}",
		"no_mail": "/no-mail/" + unsubscribing.link_for(message).rpartition("/")[2],
		"colleague": colleague,
		"corrected": corrected,
		"correct": asking.link_of(corrected.name),
		"busy_card": f"/refer/{cards.issue(colleague.name)}",
		"tested": tested,
		"others": others,
		"tests": asking.link_of(tested.name),
		"dead": dead,
		"dead_card": dead_card,
		"referral": referral,
		"employee": employee,
		"revoked": revoked,
	}


def make_tested(name: str):
	"""A referral whose opening links to one test, `test`; an earlier test of another stage is not the candidate's to see."""
	opening = hr.make_opening()
	rows = [
		{"assessment": name, "link": "https://tests.example/w", "shown_from": "Submitted"},
		{"assessment": f"Late {name}", "link": "https://tests.example/l", "shown_from": "Interviewing"},
	]
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, assessments=rows).insert()
	referral = make_referral(opening=opening, candidate=make_candidate())
	referral.test, referral.late = (row.name for row in profile.assessments)
	return referral


def ask(world, method: str, path: str, **options):
	return malformed.ask(world.web, method, path, **options)


def broken_form(chance) -> dict:
	"""A form that no page of ours would send."""
	form = {**form_of(chance, FIELDS), "action": chance.choice(ACTIONS + NASTY)}
	if chance.random() < 0.3:
		form["form_token"] = chance.choice(("1.2.3", "..", form_token("REF-of-nobody"), f"{10**12}.a.b"))
	return form


def attack_page(world, page: str, *paths: str) -> list:
	"""Send them to these pages and to tokens that are none; what belongs to another page's person is no answer."""
	own = {world.paths[0]: "Zhou Qiuyue", world.paths[1]: "Gu Lanxin"}

	def make(chance):
		odd = f"/{page}/{in_path(chance.choice((*NASTY[:10], *NASTY[-8:])))}"
		if chance.random() < 0.2:  # a token that opens another page
			odd = f"/{page}/" + chance.choice((*world.paths, world.card, world.no_mail)).rpartition("/")[2]
		return request_of(chance, chance.choice((*paths, *paths, odd)), broken_form(chance))

	def secrets_at(request):
		names = {"Zhou Qiuyue", "Gu Lanxin"} - {own.get(request["path"].partition("?")[0])}
		return (*names, "Traceback")

	return attack(world.web, make, secrets_at, door=f"/{page}/TOKEN")


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
		"Referral Assessment",
	)
	counted = {doctype: frappe.db.count(doctype) for doctype in doctypes}
	states = frappe.get_all(
		"Referral", fields=["name", "outcome", "consent_state", "candidate_name"], order_by="name asc"
	)
	return {**counted, "states": states}


def test_no_malformed_request_to_a_candidates_page_is_an_error_or_changes_anything(world):
	before = everything()
	assert attack_page(world, "candidate", *world.paths[:2], world.dead) == []
	assert everything() == before


def test_no_malformed_request_to_a_card_is_an_error_or_changes_anything(world):
	before = everything()
	assert attack_page(world, "refer", world.card, world.dead_card) == []
	assert everything() == before


def test_no_malformed_request_to_the_way_out_of_our_mails_is_an_error_or_changes_anything(world):
	before = everything()
	assert attack_page(world, "no-mail", world.no_mail, world.no_mail[:-1], "/no-mail/x.y") == []
	assert everything() == before


def test_a_candidate_who_corrects_anything_keeps_one_readable_name_and_contact(world):
	corrected = world.corrected

	def make(chance):
		number = chance.randrange(10**8)
		typed = {"candidate_name": "Mei Lin", "email": f"c.{number}@example.com", "phone": f"139{number:08}"}
		form = {"action": "correct", "form_token": form_token(corrected.name), **typed}
		return request_of(chance, world.correct, spoiled(chance, form))

	assert attack(world.web, make, lambda _request: ("Zhou Qiuyue", "Traceback"), door="correct") == []
	frappe.db.rollback()
	row = frappe.db.get_value(
		"Referral",
		corrected.name,
		["candidate_name", "candidate_email", "candidate_phone", "outcome"],
		as_dict=True,
	)
	kept = ("applicant_name", "email_id", "phone_number")
	applicant = frappe.db.get_value("Job Applicant", corrected.job_applicant, kept)
	assert (row.candidate_name, row.candidate_email, row.candidate_phone) == applicant
	assert (row.outcome, contacts.clean_name(row.candidate_name)) == ("Open", row.candidate_name)
	assert frappe.db.count("Referral Event", {"referral": corrected.name}) == 1


def test_whatever_is_sent_about_a_test_keeps_that_result_alone_and_forgets_no_other(world):
	tested, others = world.tested, world.others

	def make(chance):
		test = chance.choice((tested.test, tested.late, others.test, others.late, *NASTY))
		form = {"action": chance.choice(("keep_result", "forget_result")), "test": test}
		form["form_token"] = form_token(tested.name)
		return request_of(chance, world.tests, spoiled(chance, form))

	assert attack(world.web, make, lambda _request: ("Baking quiz", "Traceback"), door="tests") == []
	form = {"action": "keep_result", "test": tested.test, "form_token": form_token(tested.name)}
	frappe.cache.delete_keys("referral_hub_limit:")
	assert ask(world, "POST", world.tests, data=form).status_code in (302, 303)
	frappe.db.rollback()
	rows = frappe.get_all("Referral Assessment", fields=["referral", "assessment"], order_by="assessment asc")
	mine = [(row.referral, row.assessment) for row in rows if row.referral in (tested.name, others.name)]
	assert mine == [(others.name, "Baking quiz"), (tested.name, "Welding quiz")]
	stages = frappe.get_all("Referral", {"name": ("in", [tested.name, others.name])}, pluck="outcome")
	assert stages == ["Open", "Open"]


def test_whatever_is_sent_by_card_becomes_a_whole_referral_or_nothing(world):
	def make(chance):
		number = chance.randrange(10**8)
		typed = {"candidate_name": "Mei Lin", "email": f"d.{number}@example.com", "phone": f"137{number:08}"}
		form = {"form_token": form_token(world.colleague.name), "opening": "", **typed}
		return request_of(chance, world.busy_card, spoiled(chance, form))

	assert attack(world.web, make, lambda _request: ("Zhou Qiuyue", "Traceback"), door="card form") == []
	frappe.db.rollback()
	fields = ["name", "job_applicant", "candidate_name", "consent_state"]
	made = frappe.get_all("Referral", {"referrer": world.colleague.name}, fields)
	assert made, "no form was taken: nothing is tested"
	assert {row.consent_state for row in made} == {
		"Asked"
	}  # the program of this world asks the candidate first
	assert {frappe.db.count("Referral Event", {"referral": row.name}) for row in made} == {1}
	assert {frappe.db.count("Candidate Key", {"referral": row.name}) > 0 for row in made} == {True}
	assert {contacts.clean_name(row.candidate_name) == row.candidate_name for row in made} == {True}
	assert frappe.db.count("Candidate Key", {"referral": ("is", "not set")}) == 0


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
