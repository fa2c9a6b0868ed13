"""The survey after a referral: who is asked, once; what an answer keeps, and what an anonymous one does not; who reads it."""

import json

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from candidate_factories import form_token, link_told
from frappe import client
from frappe.desk import query_report
from frappe.utils import add_days, get_first_day, getdate, nowdate
from freezegun import freeze_time
from message_factories import messages_to
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral
from sharing_factories import Guest

from referral_hub import flow
from referral_hub.api.insights import desk
from referral_hub.messages import preferences
from referral_hub.referrals import service as referrals
from referral_hub.referrals.erasure import person as people_of
from referral_hub.survey import asking, service
from referral_hub.survey.answering import RESPONSE
from referral_hub.survey.asking import INVITATION
from referral_hub.survey.rules.questions import Answer

SETTINGS = "Referral Hub Settings"
WORDS = "Xiaolin was told nothing for weeks"


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")


def over(referrer=None, days: int = 4, consent: str = "Given", **candidate):
	"""A referral that was withdrawn some days ago."""
	row = make_referral(referrer or make_referrer("Anna"), candidate=make_candidate(**candidate))
	row.db_set("consent_state", consent)
	referrals.close(row.name, "Withdrawn")
	ended = {"referral": row.name, "kind": "Outcome"}
	frappe.db.set_value("Referral Event", ended, "recorded_on", add_days(nowdate(), -days))
	return frappe.get_doc("Referral", row.name)


def asked(referral) -> list[str]:
	return sorted(frappe.get_all(INVITATION, {"referral": referral.name}, pluck="role"))


def questions_to(employee) -> list:
	return [message for message in messages_to(employee) if message.event == "survey_asked"]


def invitation_of(referral, role: str = "Referrer") -> str:
	return frappe.db.get_value(INVITATION, {"referral": referral.name, "role": role})


def responses(**filters) -> list:
	return frappe.get_all(RESPONSE, filters, ["*"])


# who is asked


def test_both_are_asked_once_some_days_after_the_end():
	referral = over()
	anna = frappe.get_doc("Employee", referral.referrer)
	fresh = over(make_referrer("Bo"), days=1)
	for _day in range(2):
		for name in service.to_ask():
			service.ask(name)
	assert asked(referral) == ["Candidate", "Referrer"]
	assert len({message.channel for message in questions_to(anna)}) == len(questions_to(anna)) > 0
	assert (
		frappe.db.count("Referral Message", {"candidate_of": referral.name, "event": "candidate_survey"}) == 1
	)
	assert asked(fresh) == []


@pytest.mark.parametrize("consent", ["Not Needed", "Withdrawn"])
def test_a_candidate_who_did_not_agree_is_not_asked(consent):
	referral = over(consent=consent)
	assert service.ask(referral.name) == ["Referrer"]


def test_nobody_is_asked_twice_in_a_while_nor_who_switched_it_off_nor_who_left():
	anna, off, left = make_referrer("Anna"), make_referrer("Bo"), make_referrer("Cy")
	first, second = over(anna, consent="Withdrawn"), over(anna, consent="Withdrawn")
	assert (service.ask(first.name), service.ask(second.name)) == (["Referrer"], [])
	frappe.db.set_value(INVITATION, invitation_of(first), "asked_on", add_days(nowdate(), -90))
	assert service.ask(second.name) == ["Referrer"]
	preferences.save(off.name, channels={}, tell_survey=0)
	of_off, of_left = over(off, consent="Withdrawn"), over(left, consent="Withdrawn")
	frappe.db.set_value("Employee", left.name, "status", "Left")
	assert service.ask(of_off.name) == service.ask(of_left.name) == []


def test_hr_switches_the_survey_off():
	referral = over()
	for switch in ("tell_survey", "tell_candidate_survey"):
		frappe.db.set_single_value(SETTINGS, switch, 0)
	assert service.to_ask() == []
	assert service.ask(referral.name) == []
	assert asked(referral) == []


def test_a_hire_is_asked_about_when_probation_is_over():
	referral = over(days=60)
	frappe.db.set_value("Referral", referral.name, {"outcome": "Hired", "stage": "Joined"})
	frappe.db.set_value("Referral Event", {"referral": referral.name, "kind": "Outcome"}, "outcome", "Hired")
	assert referral.name not in service.to_ask()
	frappe.db.set_value("Referral", referral.name, "confirmed_on", add_days(nowdate(), -4))
	assert referral.name in service.to_ask()


# answering


@pytest.fixture
def question(as_user):
	"""A question to Anna, who is signed in."""
	referral = over()
	service.ask(referral.name)
	as_user(frappe.db.get_value("Employee", referral.referrer, "user_id"))
	frappe.local.lang = "en"
	return referral


def send(referral, **form):
	return web.post(f"/referrals/survey?about={referral.name}", {"csrf_token": "token-of-this-test", **form})


def test_an_employee_answers_with_their_name_once(question):
	assert f"You referred {question.candidate_name}" in web.get("/referrals/survey").text
	assert "How was it with" in web.get("/referrals").text
	form = {"score": "9", "informed": "2", "theme:The form": "1", "words": "More news, please."}
	assert send(question, **form).headers["Location"] == "/referrals/survey?done=1"
	assert send(question, **form).headers["Location"] == "/referrals/survey"
	[kept] = responses(referral=question.name)
	assert (kept.employee, kept.score, kept.informed, kept.themes) == (question.referrer, 9, 2, "The form")
	assert (kept.words, kept.anonymous, kept.answered_on) == ("More news, please.", 0, getdate())
	assert "Nothing to answer" in web.get("/referrals/survey").text
	assert "How was it with" not in web.get("/referrals").text


def test_without_the_first_question_what_was_typed_stays(question):
	answer = send(question, words="Typed already", informed="4")
	assert answer.status_code == 422
	assert "Please choose a number from 0 to 10" in answer.text and "Typed already" in answer.text
	assert responses() == []


def test_an_anonymous_answer_leaves_no_trace_of_who_gave_it(question):
	referrer, user = question.referrer, frappe.session.user
	before = frappe.db.get_value(INVITATION, invitation_of(question), "modified")
	send(question, score="2", words=WORDS, anonymous="1")
	[kept] = responses(words=WORDS)
	text = json.dumps(kept, default=str)
	for of_them in (
		question.name,
		referrer,
		user,
		question.candidate_name,
		question.job_applicant,
		*([nowdate()] if not nowdate().endswith("-01") else []),
	):
		assert str(of_them) not in text
	month = get_first_day(nowdate())
	assert (kept.answered_on, getdate(kept.creation), kept.modified, kept.owner) == (
		month,
		month,
		kept.creation,
		"Guest",
	)
	asked_of = frappe.db.get_value(
		INVITATION, invitation_of(question), ["state", "modified", "asked_on"], as_dict=True
	)
	assert (asked_of.state, asked_of.modified, asked_of.asked_on) == ("Answered", before, getdate())
	for log in (
		"Version",
		"Comment",
		"Activity Log",
		"View Log",
		"Deleted Document",
		"Error Log",
		"__global_search",
	):
		assert not [
			row
			for row in frappe.db.sql(
				f"select * from `tab{log}`" if log[0] != "_" else f"select * from `{log}`"
			)
			if WORDS in str(row) or kept.name in str(row)
		]
	send(question, score="10", words="again")
	assert responses(words="again") == []


def test_a_colleague_can_not_answer_for_somebody_else(question, as_user):
	as_user("Administrator")
	as_user(make_referrer("Bo").user_id)
	frappe.local.lang = "en"
	assert "Nothing to answer" in web.get(f"/referrals/survey?about={question.name}").text
	send(question, score="0")
	assert responses() == []


def test_whoever_is_no_longer_credited_is_no_longer_asked(question, as_user):
	as_user("Administrator")
	frappe.db.set_value("Referral", question.name, "referrer", hr.make_employee("Di").name)
	assert service.waiting_for(question.referrer) == []


def test_a_candidates_link_takes_one_answer_and_is_gone():
	referral = over()
	service.ask(referral.name)
	path, guest, invitation = (
		link_told(referral, "candidate_survey"),
		Guest(),
		invitation_of(referral, "Candidate"),
	)
	assert "I was treated with respect" in guest.get(path).get_data(as_text=True)
	assert guest.post(path, {"score": "7"}).status_code == 422
	form = {
		"score": "3",
		"respectful": "5",
		"words": WORDS,
		"anonymous": "1",
		"form_token": form_token(invitation),
	}
	assert guest.post(path, form).headers["Location"] == "/survey/thanks"
	assert guest.get(path).status_code == guest.post(path, form).status_code == 404
	assert "Thank you" in guest.get("/survey/thanks").get_data(as_text=True)
	[kept] = responses(role="Candidate")
	assert (kept.score, kept.respectful, kept.referral, kept.owner) == (3, 5, None, "Guest")
	frappe.set_user("Administrator")
	assert not frappe.db.exists("Access Token", {"purpose": "Survey"})


def test_a_link_ends_with_its_time_and_with_the_consent():
	first, second = over(), over(make_referrer("Bo"))
	for referral in (first, second):
		service.ask(referral.name)
	links = [link_told(referral, "candidate_survey") for referral in (first, second)]
	frappe.db.set_value(INVITATION, {"referral": first.name}, "open_until", add_days(nowdate(), -1))
	flow.take_back_consent(second.name)
	assert [Guest().get(link).status_code for link in links] == [404, 404]
	frappe.set_user("Administrator")
	service.end_what_is_over()
	assert set(frappe.get_all(INVITATION, {"referral": first.name}, pluck="state")) == {"Ended"}


# who reads it, what is forgotten


def answered(referral, role: str = "Referrer", **answer) -> None:
	service.ask(referral.name)
	assert service.answer(invitation_of(referral, role), Answer(**{"score": 5, "ratings": {}, **answer}))


def test_hr_reads_what_was_said_with_a_name_and_nobody_who_was_asked(as_user):
	referral = over()
	answered(referral, words="Named words")
	answered(referral, "Candidate", words="Nobody's words", is_anonymous=True)
	as_user(hr.make_user(roles=("HR Manager",)).name)
	assert [row.words for row in client.get_list(RESPONSE, ["words"])] == ["Named words"]
	hidden = frappe.db.get_value(RESPONSE, {"words": "Nobody's words"})
	for doctype, name in ((RESPONSE, hidden), (INVITATION, invitation_of(referral))):
		with pytest.raises(frappe.PermissionError):
			client.get(doctype, name)
	with pytest.raises(frappe.PermissionError):
		client.get_list(INVITATION)


def test_forgetting_a_candidate_takes_their_words_and_their_name_out_of_the_words_of_others():
	referral = over(name="Xiaolin Quist")
	answered(referral, words="Xiaolin Quist deserved better", is_anonymous=True)
	answered(referral, "Candidate", words="I am sad")
	flow.erase_person(people_of.of_referral(referral.name), with_hrms=False)
	kept = {row.role: row for row in responses()}
	assert kept["Referrer"].words == "Deleted Person deserved better"
	assert (kept["Candidate"].words, kept["Candidate"].referral, kept["Candidate"].score) == (None, None, 5)
	assert frappe.get_all(INVITATION, {"role": "Candidate"}) == []
	assert service.ask(referral.name) == []


def test_questions_and_answers_follow_an_employee_who_is_renamed_or_merged_and_end_with_one_who_is_deleted():
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	said, waiting = over(anna), over(anna)
	answered(said, words="Mine")
	asking.invite(waiting.name, asking.Role.REFERRER, anna.name)
	frappe.rename_doc("Employee", anna.name, bo.name, merge=True, force=True)
	assert [row.employee for row in responses(words="Mine")] == [bo.name]
	assert [row.referral for row in service.waiting_for(bo.name)] == [waiting.name]
	service.forget_employee(bo.name)
	[kept] = responses(role="Referrer")
	assert (kept.employee, kept.employee_name, kept.words, kept.score) == (None, None, None, 5)
	assert frappe.get_all(INVITATION, {"employee": bo.name}) == []


# what HR is told


def said(company: str = hr.COMPANY, **fields) -> None:
	"""One answer of a referrer, as it is kept."""
	row = frappe.new_doc(RESPONSE)
	row.update({"name": frappe.generate_hash(length=20), "role": "Referrer", "company": company, "score": 10})
	row.update(
		{"answered_on": f"{getdate().year - 1}-03-01", "department": "North", "anonymous": 0, **fields}
	)
	row.db_insert()


def report(**filters) -> dict:
	last_year = {"company": hr.COMPANY, "role": "Referrer", "year": getdate().year - 1}
	return query_report.run("Referral Satisfaction", {**last_year, **filters}, ignore_prepared_report=True)


def lines(**filters) -> dict:
	return {row["group"]: row for row in report(**filters)["result"]}


def test_the_report_tells_groups_of_five_and_hides_what_would_give_a_smaller_one_away():
	for score in (10, 9, 9, 8, 7, 6, 0):
		said(score=score, informed=4, themes="The form")
	for score in (3, 3, 3):
		said(score=score, department="South")
	for score in (1, 1, 1, 1):
		said(score=score, department="West")
	found = lines(by="Department")
	north, total = found["North"], found["Total"]
	assert (north["answers"], north["score"], north["informed"], north["themes"]) == (
		7,
		14,
		4.0,
		"The form 7",
	)
	assert [found[group]["score"] for group in ("South", "West")] == [None, None]
	assert (total["answers"], total["score"]) == (14, round(100 * (3 - 9) / 14))
	assert [row["words"] for row in report(by="Department", step="answers", group="South")["result"]] == []
	assert len(report(by="Department", step="answers", group="North")["result"]) == 7
	assert lines(by="Theme")["The form"]["of_answers"] == 50.0


def test_how_many_have_answered_is_told_of_five_and_not_before_their_month_is_over():
	last_year, this_month = f"{getdate().year - 1}-03-01", get_first_day(nowdate())
	referrals_asked = [make_referral(make_referrer("Anna")).name for _each in range(5)]
	for number, name in enumerate(referrals_asked):
		question = asking.invite(name, asking.Role.REFERRER)
		state = asking.ANSWERED if number < 3 else asking.WAITING
		closed = {"asked_on": last_year, "open_until": add_days(this_month, -1), "state": state}
		frappe.db.set_value(INVITATION, question, closed)
	told = lambda: [(row["label"], row["value"]) for row in report()["report_summary"]]  # noqa: E731
	assert told() == [("Asked", 5), ("Answered", 3), ("Have Answered", "60.0 %")]
	frappe.db.set_value(INVITATION, question, "open_until", this_month)
	assert told() == [("Have Answered", "Too few to be told")]


def test_words_without_a_name_are_read_apart_from_everything_and_of_five_at_least():
	for number in range(4):
		said(anonymous=1, words=f"Secret {number}")
	said(words="Mine", employee_name="Anna")
	words = {"step": "words", "by": "Department"}
	assert report(**words)["result"] == []
	said(anonymous=1, words="Secret 4")
	shown = report(**words)["result"]
	assert {row["words"] for row in shown} == {"Mine", *(f"Secret {number}" for number in range(5))}
	assert {row.get("employee_name") for row in shown if row["words"] != "Mine"} == {None}
	assert [row["words"] for row in report(step="answers", by="Department")["result"]] == ["Mine"]


def test_whoever_is_limited_to_a_department_reads_that_one(as_user):
	department = frappe.db.get_value("Department", {"company": hr.COMPANY, "is_group": 0})
	for score in (10, 10, 9, 9, 0):
		said(score=score, department=department)
		said(score=0, department="North")
	user = hr.make_user(roles=("HR User",)).name
	frappe.defaults.set_user_default("company", hr.COMPANY, user)
	frappe.permissions.add_user_permission("Department", department, user, ignore_permissions=True)
	as_user(user)
	found = lines(by="Department")
	assert {name for name, row in found.items() if not row.get("is_total")} == {department}
	assert found["Total"]["answers"] == 5
	with freeze_time(f"{getdate().year - 1}-12-15"):
		assert desk.would_refer_again_card()["value"] == 60
		frappe.db.delete(RESPONSE, {"department": department, "score": 0})
		assert desk.would_refer_again_card() == "Too few to be told"
