"""Refused because somebody else was first: the employee asks, HR answers under the same clock, and neither learns too much."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from candidate_factories import make_waiting
from referral_factories import make_candidate, make_referral

from referral_hub import flow
from referral_hub.referrals import service
from referral_hub.referrals.disputes import answering, asking, refused
from referral_hub.referrals.erasure import person

TAKEN = "Somebody else referred this person first. Thank you for thinking of them too."


@pytest.fixture
def bo():
	return hr.make_employee("Bo", user=True)


def ask(bo, candidate, opening=None, words="I talked to her in May."):
	return refused.ask(bo.name, candidate, opening, TAKEN, words)


def test_hr_gets_the_question_with_a_clock_and_can_move_the_credit(bo, as_user):
	candidate, hua = make_candidate(name="Ruan Lingyu"), hr.make_hr_manager().name
	referral = make_referral(hr.make_employee("Anna"), candidate=candidate)
	with pytest.raises(service.AlreadyOwned):
		service.submit(bo.name, candidate, referral.job_opening)
	asked = ask(bo, candidate, referral.job_opening)
	assert ask(bo, candidate, referral.job_opening).name == asked.name
	assert (asked.state, asked.kind, asked.candidate_name) == ("Open", "Refused", "Ruan Lingyu")
	assert asked.due_on == asking.answer_due(referral.company) and asked.due_on
	as_user(hua)
	seen = frappe.get_doc("Referral Dispute", asked.name)
	assert seen.standing() == referral.name
	answering.answer(asked.name, "You were first, sorry.", "Credit moved", bo.name)
	assert frappe.db.get_value("Referral", referral.name, "referrer") == bo.name
	told = frappe.get_all(
		"Referral Message",
		{"event": "refusal_answered", "creation": (">=", asked.creation)},
		["recipient", "referral"],
		distinct=True,
	)
	assert told == [{"recipient": bo.name, "referral": None}]


def test_the_employee_asks_from_the_refused_form_and_reads_the_answer(bo, as_user, commits):
	candidate = make_candidate(name="Hu Die")
	referral = make_referral(hr.make_employee("Anna Secretive"), candidate=candidate)
	commits.commit()
	as_user(bo.user_id)
	form = {"candidate_name": "Hu Die", "email": candidate.email, "opening": referral.job_opening}
	refusal = web.post("/referrals/refer", form)
	assert (refusal.status_code, TAKEN in refusal.text) == (422, True)
	assert 'id="ask-hr" >' in refusal.text
	unclear = web.post("/referrals/refer", {**form, "ask": "1", "question": " "})
	assert (unclear.status_code, "Please write your question." in unclear.text) == (422, True)
	sent = web.post("/referrals/refer", {**form, "ask": "1", "question": "I was first."})
	address = sent.headers["Location"]
	assert sent.status_code == 303 and address.startswith("/referrals/ask?refusal=RQ-")
	name = address.rpartition("=")[2]
	frappe.set_user("Administrator")
	answering.answer(name, "The other one came on Monday.", "Explained")
	as_user(bo.user_id)
	page = web.get("/referrals/ask", refusal=name).text
	for said in (TAKEN, "I was first.", "The other one came on Monday.", "Not settled"):
		assert said in page
	assert [word for word in ("Secretive", referral.name) if word in page] == []
	assert f"/referrals/ask?refusal={name}" in web.get("/referrals/mine").text
	assert web.post(f"/referrals/ask?refusal={name}", {"again": "1", "words": "In May!"}).status_code == 303
	assert frappe.db.get_value("Referral Dispute", name, ["state", "not_settled"]) == ("Open", 1)
	frappe.set_user("Administrator")
	as_user(hr.make_employee(user=True).user_id)
	assert web.get("/referrals/ask", refusal=name).status_code == 404


def test_who_has_not_agreed_yet_is_named_to_nobody(bo, as_user):
	candidate = make_candidate(name="Li Lili")
	make_waiting(hr.make_employee(), candidate=candidate)
	asked, hua = ask(bo, candidate), hr.make_hr_manager().name
	as_user(hua)
	seen = frappe.get_doc("Referral Dispute", asked.name)
	assert (seen.candidate_name, seen.standing_applicant, seen.standing()) == (None, None, None)
	with pytest.raises(answering.NotAnswerable):
		answering.answer(asked.name, "Yours.", "Credit moved", bo.name)


def test_a_forgotten_person_is_gone_from_the_question(bo):
	candidate = make_candidate(name="Zhou Xuan")
	referral = make_referral(candidate=candidate)
	asked = ask(bo, candidate, words="Zhou Xuan is my friend.")
	flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	asked.reload()
	assert "Zhou Xuan" not in str(asked.as_dict())


def test_only_what_stands_behind_somebody_else_can_be_asked(bo, as_user):
	as_user(bo.user_id)
	own = web.post(
		"/referrals/refer", {"candidate_name": "Bo", "phone": "12", "ask": "1", "question": "Why?"}
	)
	assert own.status_code == 422
	assert frappe.db.count("Referral Dispute", {"employee": bo.name}) == 0
