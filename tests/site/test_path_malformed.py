"""Malformed requests to the pages of somebody who is wanted: no error of the server, no leak, nothing agreed and nobody told."""

import frappe
import pytest
import site_factories as hr
from candidate_factories import form_token
from malformed import NASTY, SLOW, attack, attacked, form_of, in_path, request_of
from path_factories import level, make_path

from referral_hub.api.paths import desk, goals
from referral_hub.paths.goals.editing import NOTE, PLAN

NAMES = ("Ruan Wenjing", "Deng Siyuan", "Traceback")
FIELDS = ("action", "words", "seen", "done", "do", "form_token", "_lang", "cmd", "csrf_token")
# what would really change something is sent with a broken form only
ACTIONS = ("said", "agreed", "interested", "__class__", "")


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	designation = hr.make_designation().name
	make_path(level("L1", designation), level("L2", hr.make_designation().name, follows="L1"))
	rows = [{"goal": "Know the till", "months": 1}]
	frappe.get_doc(
		doctype="Onboarding Goal Template", title=hr.unique("T"), designation=designation, goals=rows
	).insert()
	own, other = (_make_links(name, designation) for name in NAMES[:2])
	return {"own": own, "other": other}


def _make_links(name: str, designation: str) -> frappe._dict:
	offer = hr.make_offer(hr.make_applicant(name=name, designation=designation))
	plan = goals.make(offer.name)
	links = {"path": desk.make_link(offer.name), "goals": goals.propose(plan)}
	return frappe._dict(plan=plan, offer=offer.name, **{room: _token(link) for room, link in links.items()})


def _token(link: str) -> str:
	return link.rpartition("/")[2]


def everything() -> dict:
	frappe.db.rollback()
	doctypes = ("Access Token", "Comment", "Notification Log", "Talent Interaction", NOTE)
	plans = frappe.get_all(PLAN, fields=["name", "state", "modified"], order_by="name asc")
	return {**{doctype: frappe.db.count(doctype) for doctype in doctypes}, "plans": plans}


@pytest.mark.parametrize("room", ["path", "goals"])
def test_no_malformed_request_is_an_error_or_changes_anything(world, room):
	def make(chance):
		borrowed = world.other["goals" if room == "path" else "path"]
		odd = chance.choice((in_path(chance.choice(NASTY)), world.own[room][:-1], borrowed))
		form = {**form_of(chance, FIELDS), "action": chance.choice(ACTIONS + NASTY)}
		if chance.random() < 0.3:
			form["form_token"] = chance.choice(("1.2.3", "..", form_token(world.other.plan), f"{10**12}.a.b"))
		return request_of(chance, f"/{room}/{chance.choice((world.own[room], world.own[room], odd))}", form)

	def secrets_at(request):
		is_own = request["path"].partition("?")[0] == f"/{room}/{world.own[room]}"
		return NAMES[1:] if is_own else NAMES

	before = everything()
	assert attack(world.web, make, secrets_at, number=SLOW, door=f"/{room}/TOKEN") == []
	assert everything() == before
