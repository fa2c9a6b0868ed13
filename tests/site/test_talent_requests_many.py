"""HR asks about many people: one that can't be asked about stops no other, a deadlock is begun again, and nobody is asked for years."""

import frappe
import portal_requests as portal
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from portal_factories import make_referrer
from reward_processes import commit_quietly

from referral_hub.api.talent import requests as api
from referral_hub.talent.requests import asking, telling
from referral_hub.talent.requests.asking import CantBeAsked

POOL, REQUEST = "Talent Pool Record", "Recall Request"


def make_person(manager=None, name="Li Na"):
	"""Somebody of the pool who applied for an opening of this manager."""
	email = hr.unique_email("pool")
	person = frappe.get_doc(doctype=POOL, person_name=name, email=email, company=hr.COMPANY).insert()
	if manager:
		opening = hr.make_opening().name
		frappe.get_doc(doctype="Opening Profile", job_opening=opening, hiring_manager=manager.name).insert()
		person.db_set("applied_for", opening)
	return person


@pytest.fixture
def manager():
	return make_referrer("Mei")


def test_a_manager_whom_hr_may_not_read_is_said_and_the_others_are_asked(manager, as_user):
	hidden = make_referrer("Bo")
	seen, unseen = make_person(manager), make_person(hidden, "Wu")
	recruiter = hr.make_user(roles=("HR User",)).name
	allowed = {"user": recruiter, "allow": "Employee", "for_value": manager.name}
	frappe.get_doc(doctype="User Permission", **allowed).insert()
	as_user(recruiter)
	words = "You may not ask the hiring manager of the opening this person applied for."
	assert api.ask_about([unseen.name, seen.name]) == {
		"asked": 1,
		"refused": [{"person_name": "Wu", "why": words}],
	}
	assert frappe.get_all(REQUEST, {"record": ("in", [seen.name, unseen.name])}, pluck="asked") == [
		manager.name
	]
	with pytest.raises(frappe.PermissionError):
		api.ask_about([seen.name], hidden.name)


@pytest.mark.parametrize("ask", ["one", "several"])
def test_a_deadlock_is_begun_again_and_the_colleague_is_asked_once(commits, monkeypatch, manager, ask):
	person = make_person()
	commit_quietly(commits)
	told, tell = [], telling.asked

	def deadlock_first(row):
		told.append(row.name)
		if len(told) == 1:
			raise frappe.QueryDeadlockError
		tell(row)

	monkeypatch.setattr(telling, "asked", deadlock_first)
	if ask == "one":
		api.ask(person.name, manager.name, words="Dear Li Na")
	else:
		assert api.ask_about([person.name], manager.name) == {"asked": 1, "refused": []}
	assert frappe.get_all(REQUEST, {"record": person.name}, pluck="name") == [told[1]]


def test_nobody_is_asked_to_answer_within_years(manager):
	person, words = make_person(), "Ask for an answer within 90 working days at most."
	with pytest.raises(CantBeAsked, match=words):
		api.ask(person.name, manager.name, words="Dear Li Na", days=10**9)
	request = api.ask(person.name, manager.name, words="Dear Li Na", days=90)
	with pytest.raises(CantBeAsked, match=words):
		api.give_more_time(request, add_days(today(), 4000))
	settings = frappe.get_doc("Referral Hub Settings")
	settings.recall_days = 91
	with pytest.raises(frappe.ValidationError, match="at most 90 working days"):
		settings.save()


def test_several_requests_are_one_notice_that_counts_and_leads_to_the_list(manager):
	asking.ask(make_person().name, manager.name, {"words": "Dear Li Na"}, days=3)
	asking.ask(make_person(name="Wu").name, manager.name, {"words": "Dear Wu"}, days=5)
	frappe.set_user(manager.user_id)
	home = portal.get("/referrals").text
	assert home.count("HR asks you to write") == 1
	assert "HR asks you to write to 2 people, the first by " in home
	assert '<a class="notice" href="/referrals/requests">' in home
	assert [name for name in ("Li Na", "Wu") if name in home] == []
