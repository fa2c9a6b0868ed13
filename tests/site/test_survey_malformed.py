"""Malformed requests to the page that asks a candidate how it was: no error of the server, nobody named, no answer kept."""

import frappe
import pytest
from candidate_factories import form_token
from malformed import NASTY, SLOW, attack, attacked, form_of, in_path, request_of
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral

from referral_hub.survey import asking, service
from referral_hub.survey.answering import RESPONSE
from referral_hub.survey.rules.questions import Role

NAMES = ("Ruan Wenjing", "Traceback")
FIELDS = (
	"score",
	"respectful",
	"themes",
	"theme:The form",
	"words",
	"anonymous",
	"form_token",
	"_lang",
	"cmd",
)


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	referral = make_referral(make_referrer("Anna"), candidate=make_candidate(name=NAMES[0]))
	own = service.invite(referral.name, Role.CANDIDATE)
	return {"own": own, "link": asking.link_of(own)}


def everything() -> dict:
	frappe.db.rollback()
	asked = frappe.get_all(asking.INVITATION, fields=["name", "state", "modified"], order_by="name asc")
	return {"tokens": frappe.db.count("Access Token"), "answers": frappe.db.count(RESPONSE), "asked": asked}


def test_no_malformed_request_is_an_error_or_an_answer(world):
	def make(chance):
		odd = chance.choice((in_path(chance.choice(NASTY)), world.link[8:-1], "thanks", "THANKS"))
		path = chance.choice((world.link, world.link, f"/survey/{odd}"))
		form = form_of(chance, FIELDS)
		if chance.random() < 0.3:  # of our own page, and without what makes an answer
			form = {
				**form,
				"form_token": form_token(world.own),
				"score": chance.choice(("11", "-1", "", "٥", "1e1")),
			}
		return request_of(chance, path, form)

	before = everything()
	assert attack(world.web, make, lambda _request: NAMES, number=SLOW, door="/survey/TOKEN") == []
	assert everything() == before
