"""Malformed requests to the guests' part of the API: no error of the server, nobody named, nothing written, whatever token comes along."""

import frappe
import pytest
import site_factories as hr
from malformed import NASTY, SLOW, VALUES, attack, attacked, request_of, spellings
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral, unique_phone

from referral_hub import tokens
from referral_hub.api import v1
from referral_hub.referrals.consent import asking
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.survey import asking as asking_how
from referral_hub.survey import service as surveys
from referral_hub.survey.answering import RESPONSE
from referral_hub.survey.rules.questions import Role
from referral_hub.talent import keeping

POOL = "Talent Pool Record"
NAMES = ("Ruan Wenjing", "Deng Siyuan")
# what a live token may be sent with: a no that lacks what it needs, or that is not believed
HARMLESS = {
	"candidate.see": {},
	"candidate.agree": {"consent": NASTY},
	"candidate.correct": {
		"candidate_name": ("", "<b>", "=1+1"),
		"email": ("", "nonsense"),
		"phone": ("", "12"),
	},
	"candidate.keep_result": {"consent": NASTY, "test": NASTY},
	"candidate.forget_result": {"test": NASTY},
	"pool.see": {},
	"pool.agree": {"consent": NASTY},
	"survey.questions": {},
}


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	referral = make_referral(make_referrer("Anna"), candidate=make_candidate(name=NAMES[0]))
	contact = {"email": hr.unique_email(), "phone": unique_phone(), "company": hr.COMPANY}
	record = frappe.get_doc(doctype=POOL, person_name=NAMES[1], **contact).insert()
	revoked = asking.link_of(referral.name)
	tokens.revoke(Purpose.CANDIDATE, tokens.Subject("Referral", referral.name))
	links = {
		"candidate": asking.link_of(referral.name),
		"pool": keeping.link_of(record.name),
		"survey": asking_how.link_of(surveys.invite(referral.name, Role.CANDIDATE)),
		"": revoked,
	}
	return {"tokens": {room: link.rpartition("/")[2] for room, link in links.items()}}


def everything() -> dict:
	frappe.db.rollback()
	doctypes = ("Access Token", "ToDo", "Comment", "Email Queue", RESPONSE)
	states = {
		"Referral": ["name", "outcome", "consent_state", "candidate_name", "modified"],
		POOL: ["name", "state", "consent_state", "modified"],
		asking_how.INVITATION: ["name", "state"],
	}
	counted = {doctype: frappe.db.count(doctype) for doctype in doctypes}
	return counted | {
		doctype: frappe.get_all(doctype, fields=fields, order_by="name asc")
		for doctype, fields in states.items()
	}


def test_no_malformed_request_is_an_error_or_names_anybody_or_writes(world):
	operations = {each.path.partition(".guests.")[2]: each for each in v1.operations() if each.is_for_guests}
	assert set(HARMLESS) < set(operations)

	def make(chance):
		name = chance.choice(tuple(operations))
		room, live = name.partition(".")[0], name in HARMLESS and chance.random() < 0.6
		form = {each: chance.choice(NASTY) for each in operations[name].takes.model_fields}
		if live:
			form |= {each: chance.choice(values) for each, values in HARMLESS[name].items()}
			form["token"] = world.tokens[room]
		else:
			others = [token for each, token in world.tokens.items() if each != room]
			form["token"] = chance.choice((*others, world.tokens[room][:-1], *NASTY))
		request = request_of(chance, chance.choice(spellings(f"referral_hub.api.v1.guests.{name}")), form)
		if not live and chance.random() < 0.4:
			body = {each: chance.choice((text, *VALUES)) for each, text in form.items()}
			request = {**request, "method": "POST", "data": None, "files": None, "json": body}
		if chance.random() < 0.3:
			request["headers"]["Idempotency-Key"] = chance.choice(("one", "x" * 300, "\xff"))
		return request

	def secrets_at(request):
		return () if any(f"{room}.see" in request["path"] for room in world.tokens if room) else NAMES

	before = everything()
	assert attack(world.web, make, secrets_at, number=4 * SLOW, door="API for guests") == []
	assert everything() == before
