"""An employee asks HR about credit or payment: who sees it, who answers, how often, and what is told, over HTTP."""

import frappe
import pytest
import site_factories as hr
from live_site import Commits
from referral_factories import make_referral
from rest_client import Person, serving
from reward_factories import make_rule, points

from referral_hub.api import desk_search
from referral_hub.points import service as wallet
from referral_hub.portal.forms import questions
from referral_hub.referrals.disputes import answering, asking
from referral_hub.referrals.service_level import watching
from referral_hub.rewards import service as rewards

API = "/api/method/referral_hub.api.portal_questions."


@pytest.fixture(scope="module")
def story(site):
	"""Anna has a referral, Bo is a colleague, Hua is HR; all sign in over HTTP."""
	helper = Commits()
	try:
		anna, bo = hr.make_employee("Anna", user=True), hr.make_employee("Bo", user=True)
		hua, recruiter = hr.make_hr_manager().name, hr.make_user(roles=("HR User",)).name
		opening = hr.make_opening()
		frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=recruiter).insert()
		referral = make_referral(anna, opening)
		helper.commit()
		with serving() as address:
			people = {
				"anna": Person(address, anna.user_id, hr.PASSWORD),
				"bo": Person(address, bo.user_id, hr.PASSWORD),
				"hua": Person(address, hua, hr.PASSWORD),
				"guest": Person(address),
			}
			yield referral, people, recruiter
	finally:
		helper.clean_up()


def run(person: Person, question: str, method: str, **args):
	doc = frappe.as_json({"doctype": "Referral Dispute", "name": question})
	return person.post(
		"/api/method/run_doc_method", dt="Referral Dispute", dn=question, method=method, args=args, docs=doc
	)


def fresh(question: str):
	frappe.db.rollback()
	return frappe.get_doc("Referral Dispute", question)


def test_the_whole_story_of_a_question_between_two_employees_and_hr(story):
	referral, people, recruiter = story
	anna, bo, hua = people["anna"], people["bo"], people["hua"]
	known = anna.get(API + "my_questions", referral=referral.name).json()["message"]
	assert "Where it stands" in [answer["title"] for answer in known["known"]]

	asked = anna.post(API + "ask", referral=referral.name, kind="Not paid", question="=cmd() <b>When?</b>")
	question = asked.json()["message"]["question"]
	again = anna.post(API + "ask", referral=referral.name, kind="Not paid", question="Again the same")
	assert again.json()["message"]["question"] == question
	row = fresh(question)
	assert (row.state, row.assigned_to, row.question) == ("Open", recruiter, "=cmd() <b>When?</b>")
	notices = frappe.get_all("Notification Log", {"for_user": recruiter}, pluck="subject")
	assert notices == [f"Anna asks about the referral of {referral.candidate_name}"]

	for stranger in (bo, people["guest"]):
		for method, args in (
			("my_questions", {"referral": referral.name}),
			("ask", {"referral": referral.name, "kind": "Other", "question": "Mine?"}),
			("not_settled", {"question": question, "words": "no"}),
			("settled", {"question": question}),
		):
			call = stranger.get if method == "my_questions" else stranger.post
			assert call(API + method, **args).status_code in (403, 404)
		assert stranger.get(f"/api/resource/Referral Dispute/{question}").status_code == 403
		assert run(stranger, question, "give_answer", answer="Ha", resolution="Explained").status_code == 403
	assert run(anna, question, "give_answer", answer="Ha", resolution="Explained").status_code == 403
	assert fresh(question).state == "Open"

	answered = run(hua, question, "give_answer", answer="After probation.", resolution="Explained")
	assert answered.ok, answered.text
	shown = anna.get(API + "my_questions", referral=referral.name).json()["message"]["questions"]
	assert [(line["state"], line["answer"], line["may_ask_again"]) for line in shown] == [
		("Answered", "After probation.", True)
	]
	fresh(question)
	events = frappe.get_all(
		"Referral Message", {"event": "question_answered"}, pluck="recipient", distinct=True
	)
	assert events == [referral.referrer]

	assert anna.post(API + "not_settled", question=question, words="Which day?").json()["message"] == {
		"state": "Open"
	}
	assert run(hua, question, "give_answer", answer="On 1 March.", resolution="Explained").ok
	twice = anna.post(API + "not_settled", question=question, words="Really?")
	assert "talk to HR directly" in twice.text
	row = fresh(question)
	assert (row.state, row.earlier_answer, row.answer) == ("Answered", "After probation.", "On 1 March.")
	assert anna.post(API + "settled", question=question).json()["message"] == {"state": "Closed"}


def test_a_page_without_javascript_asks_too_and_escapes_what_was_typed(story):
	referral, people, _recruiter = story
	anna = people["anna"]
	page = anna.get("/referrals/ask", referral=referral.name)
	assert page.status_code == 200 and "What we can say right away" in page.text
	token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
	form = {"csrf_token": token, "kind": "Amount", "question": "<b>When</b>"}
	address = f"{anna.address}/referrals/ask?referral={referral.name}"
	sent = anna.session.post(address, data=form, allow_redirects=False, timeout=60)
	assert (sent.status_code, sent.headers["Location"]) == (303, f"/referrals/mine/{referral.name}#questions")
	shown = anna.get(f"/referrals/mine/{referral.name}").text
	assert "&lt;b&gt;When&lt;/b&gt;" in shown and "<b>When" not in shown
	empty = anna.session.post(address, data={**form, "question": " "}, timeout=60)
	assert empty.status_code == 422 and "Please write your question." in empty.text
	assert people["bo"].get("/referrals/ask", referral=referral.name).status_code == 404


@pytest.fixture
def paid_story(commits):
	"""Anna's referral has paid her 40 points; Bo says it was his. Over HTTP, so everything is committed."""
	anna, bo, opening = (
		hr.make_employee("Anna", user=True),
		hr.make_employee("Bo", user=True),
		hr.make_opening(),
	)
	hua = hr.make_hr_manager().name
	make_rule(points("Received", 40), designation=opening.designation)
	referral = make_referral(anna, opening)
	rewards.pay_due()
	frappe.db.commit()
	with serving() as address:
		people = [Person(address, user, hr.PASSWORD) for user in (anna.user_id, bo.user_id, hua)]
		yield referral, anna, bo, people


def told(employee, event: str) -> list[dict]:
	about = {"recipient": employee.name, "event": event, "channel": "In-app"}
	return [frappe.parse_json(facts) for facts in frappe.get_all("Referral Message", about, pluck="facts")]


def test_credit_moved_by_an_answer_takes_points_back_by_reversal_and_pays_whom_it_moved_to(paid_story):
	referral, anna, bo, (asks, colleague, hua) = paid_story
	sent = {"referral": referral.name, "kind": "Not credited", "question": "Bo met him first."}
	question = asks.post(API + "ask", **sent).json()["message"]["question"]

	# without somebody to credit, and to somebody who is credited already, nothing at all changes
	for credit_to in (None, anna.name):
		refused = run(
			hua, question, "give_answer", answer="So", resolution="Credit moved", credit_to=credit_to
		)
		assert refused.status_code == 417
		assert (fresh(question).state, followed_referrer(referral)) == ("Open", anna.name)
	assert (wallet.balance(anna.name), wallet.balance(bo.name)) == (40, 0)

	answer = {"answer": "Right, it is Bo's now.", "resolution": "Credit moved", "credit_to": bo.name}
	assert run(colleague, question, "give_answer", **answer).status_code == 403
	assert run(hua, question, "give_answer", **answer).ok
	row = fresh(question)
	assert (row.state, row.resolution, followed_referrer(referral)) == ("Answered", "Credit moved", bo.name)
	event = frappe.get_last_doc("Referral Event", {"referral": referral.name, "kind": "Credit"})
	assert frappe.parse_json(event.facts) == {
		"from": anna.name,
		"to": bo.name,
		"reason": f"Question {question}",
		"by": row.answered_by,
	}

	rewards.pay_due()
	frappe.db.commit()
	states = frappe.get_all("Referral Reward", {"referral": referral.name}, ["employee", "state", "amount"])
	assert {(reward.employee, reward.state, reward.amount) for reward in states} == {
		(anna.name, "Clawed Back", 40),
		(bo.name, "Paid", 40),
	}
	assert (wallet.balance(anna.name), wallet.balance(bo.name)) == (0, 40)
	back, paid = wallet.statement(anna.name)  # both stay, one names the other: nothing is deleted
	assert (back.points, paid.points) == (-40, 40)
	assert (back.reverses, paid.reversed_by) == (paid.name, back.name)
	assert wallet.verify() == []

	assert told(anna, "question_answered")[0]["link"] == told(anna, "credit_moved_away")[0]["link"]
	assert (len(told(bo, "credit_given")), told(bo, "question_answered")) == (1, [])
	assert asks.get(API + "my_questions", referral=referral.name).status_code == 404
	assert colleague.get(API + "my_questions", referral=referral.name).json()["message"]["questions"] == []
	assert colleague.get(f"/referrals/mine/{referral.name}").status_code == 200


def followed_referrer(referral) -> str:
	return frappe.db.get_value("Referral", referral.name, "referrer")


def test_hr_answers_no_question_of_their_own_and_none_twice(as_user):
	recruiter = hr.make_employee(user=True, roles=("HR User",))
	referral = make_referral(recruiter)
	question = asking.ask(recruiter.name, referral.name, "Amount", "Why?")
	assert question.assigned_to != recruiter.user_id
	as_user(recruiter.user_id)
	with pytest.raises(answering.NotAnswerable, match="own question"):
		answering.answer(question.name, "Because.", "Explained")
	as_user("Administrator")
	answering.answer(question.name, "Because.", "Explained")
	with pytest.raises(answering.NotAnswerable, match="answered already"):
		answering.answer(question.name, "Again.", "Explained")


def test_a_question_is_handed_to_nobody_who_could_not_open_it():
	colleague, recruiter = hr.make_employee("Bo", user=True), hr.make_user(roles=("HR User",)).name
	referral = make_referral()
	question = asking.ask(referral.referrer, referral.name, "Amount", "Why?")
	with pytest.raises(answering.NotAnswerable, match="HR User or HR Manager"):
		answering.hand_to(question.name, colleague.user_id)
	assert answering.hand_to(question.name, recruiter).assigned_to == recruiter


def test_a_question_is_offered_to_those_of_hr_who_may_answer_it_and_not_to_the_one_who_asked(as_user):
	word = frappe.generate_hash(length=6)
	asker = hr.make_employee("Anna", user=f"{word}.anna@example.com", roles=("HR User",))
	hr.make_employee("Bo", user=f"{word}.bo@example.com")
	hua = hr.make_user(f"{word}.hua@example.com", roles=("HR User",)).name
	hr.make_user(f"{word}.gone@example.com", roles=("HR User",), enabled=0)
	elsewhere = hr.make_user(f"{word}.far@example.com", roles=("HR User",)).name
	frappe.permissions.add_user_permission("Company", hr.other_company(), elsewhere, ignore_permissions=True)
	question = asking.ask(asker.name, make_referral(asker).name, "Amount", "Why?")
	frappe.db.set_value("Referral Dispute", question.name, "assigned_to", "Administrator")
	offered = ["User", word, "name", 0, 20, {"question": question.name}]
	assert [user for user, _name in desk_search.who_may_answer(*offered)] == [hua]
	for user in (asker.user_id, elsewhere):
		with pytest.raises(answering.NotAnswerable, match="can't answer this question"):
			answering.hand_to(question.name, user)
	as_user(f"{word}.bo@example.com")
	with pytest.raises(frappe.PermissionError):
		desk_search.who_may_answer(*offered)


def test_who_was_transferred_does_not_answer_what_they_asked_before(as_user):
	before = hr.make_employee(user=True, roles=("HR User",))
	question = asking.ask(before.name, make_referral(before).name, "Amount", "Why?")
	now = hr.transfer(before)
	assert now.name != before.name
	as_user(before.user_id)
	with pytest.raises(answering.NotAnswerable, match="own question"):
		answering.answer(question.name, "Because.", "Explained")


@pytest.mark.parametrize(("kind", "words"), [("Amount", " "), ("Amount", "x" * 1001), ("Weather", "Why?")])
def test_an_unclear_question_is_refused(kind, words):
	referral = make_referral()
	with pytest.raises(asking.UnclearQuestion):
		asking.ask(referral.referrer, referral.name, kind, words)


def test_a_reward_of_somebody_else_looks_like_none():
	referral = make_referral()
	with pytest.raises(frappe.DoesNotExistError):
		asking.ask(referral.referrer, referral.name, "Amount", "Why?", reward="no-such-reward")


def test_an_answer_that_is_overdue_reminds_whoever_has_to_give_it_once():
	recruiter = hr.make_user(roles=("HR User",)).name
	opening = hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=recruiter).insert()
	referral = make_referral(hr.make_employee(), opening)
	question = asking.ask(referral.referrer, referral.name, "Amount", "Why?")
	frappe.db.set_value("Referral Dispute", question.name, "due_on", "2026-01-05")
	for _time in range(2):
		for name in watching.overdue_questions(frappe.utils.getdate("2026-01-06")):
			if name == question.name:
				watching.nudge(
					"Referral Dispute", name, frappe.utils.getdate("2026-01-05"), watching.Step.RECRUITER
				)
	subjects = frappe.get_all(
		"Notification Log", {"for_user": recruiter}, pluck="subject", order_by="creation asc"
	)
	assert len(subjects) == 2 and subjects[1].endswith("waits for an answer")


@pytest.mark.parametrize(("language", "ended"), [("en", "Withdrew."), ("zh", "Withdrew。")])
def test_what_is_said_right_away_ends_as_its_language_does(language, ended):
	frappe.local.lang = language
	assert questions._sentence("Withdrew") == ended
