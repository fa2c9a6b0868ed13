"""The part of the API for people without a user: what a link of one's own lets a program do, and nothing for any other token."""

import frappe
import pytest
import site_factories as hr
from api_program import Program, error_of, key_of
from candidate_factories import make_waiting
from malformed import attacked
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral, unique_phone

from referral_hub import idempotency
from referral_hub.api import v1
from referral_hub.api.v1.guests import candidate
from referral_hub.referrals import service as referrals
from referral_hub.referrals.consent import asking
from referral_hub.survey import asking as asking_how
from referral_hub.survey import service as surveys
from referral_hub.survey.answering import RESPONSE
from referral_hub.survey.rules.questions import Role
from referral_hub.talent import keeping

POOL = "Talent Pool Record"
# whatever an operation needs besides its token
NEEDED = {"consent": "Yes.", "candidate_name": "Lin Mei", "test": "a1b2c3", "score": 7}
NOT_POSSIBLE = "This can't be done here any more. Please write to the people in recruiting."


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	here, leaving, gone = (
		make_referral(candidate=make_candidate(name=hr.unique("Lin Mei")), note="secret note")
		for _ in range(3)
	)
	waiting, other = make_waiting(), make_waiting()
	contact = {"email": hr.unique_email(), "phone": unique_phone(), "company": hr.COMPANY}
	record = frappe.get_doc(doctype=POOL, person_name="Wen Lan", **contact).insert()
	over = make_referral(anna, candidate=make_candidate(name=hr.unique("Xia")))
	over.db_set("consent_state", "Given")
	referrals.close(over.name, "Withdrawn")
	questions = {role: surveys.invite(over.name, role) for role in Role}
	frappe.db.set_value(asking_how.INVITATION, questions[Role.REFERRER], "employee", anna.name)
	return {
		"anna": anna.user_id,
		"bo": bo.user_id,
		"keys": {each.user_id: key_of(each.user_id) for each in (anna, bo)},
		"here": here,
		"leaving": leaving,
		"gone": gone,
		"waiting": waiting,
		"other": other,
		"record": record,
		"tokens": {
			each.name: token_in(asking.link_of(each.name)) for each in (here, leaving, gone, waiting, other)
		},
		"over": over,
		"pool": token_in(keeping.link_of(record.name)),
		"asked": token_in(asking_how.link_of(questions[Role.CANDIDATE])),
	}


def token_in(link: str) -> str:
	return link.rpartition("/")[2]


def token_of(world, referral) -> str:
	return world.tokens[referral.name]


@pytest.fixture
def guest(world):
	frappe.cache.delete_keys("referral_hub_limit:")
	return Program(world)


def kept(doctype: str, name: str, *fields: str):
	frappe.db.rollback()
	return frappe.db.get_value(doctype, name, fields if len(fields) > 1 else fields[0])


# candidates


def test_a_candidate_sees_where_they_stand_and_never_what_others_wrote(world, guest):
	answer = guest.get("guests.candidate.see", token=token_of(world, world.here))
	assert answer.status_code == 200, answer.text
	told = answer.json()["message"]
	assert (told["number"], told["name"]) == (world.here.name, world.here.candidate_name)
	assert told["where_i_stand"] == "We have your profile"
	may = [told[name] for name in ("is_asked", "may_correct", "may_withdraw", "may_delete")]
	assert (may, told["consent"]) == ([False, True, True, True], "")
	assert "secret note" not in answer.text


def test_a_candidate_agrees_to_the_words_they_read_and_to_no_others(world, guest):
	token = token_of(world, world.waiting)
	words = guest.get("guests.candidate.see", token=token).json()["message"]["consent"]
	refused = guest.post("guests.candidate.agree", token=token, consent="Yes.")
	assert (refused.status_code, error_of(refused)["code"]) == (422, "other_words")
	assert error_of(refused)["message"] == words
	assert kept("Referral", world.waiting.name, "consent_state") == "Asked"
	assert guest.post("guests.candidate.agree", token=token, consent=words).status_code == 200
	assert kept("Referral", world.waiting.name, "consent_state", "consent_text") == ("Given", words)
	assert guest.get("guests.candidate.see", token=token).json()["message"]["is_asked"] is False


def test_a_no_removes_the_person_at_once(world, guest):
	token = token_of(world, world.other)
	assert guest.post("guests.candidate.refuse", token=token).status_code == 200
	assert guest.get("guests.candidate.see", token=token).status_code == 404
	assert kept("Referral", world.other.name, "candidate_name") != world.other.candidate_name


def test_a_candidate_corrects_what_is_wrong_and_every_sign_stays_as_it_was_sent(world, guest):
	token, phone = token_of(world, world.here), unique_phone()
	refused = guest.post("guests.candidate.correct", token=token, candidate_name="Lin", email="nonsense")
	assert (refused.status_code, error_of(refused)["code"]) == (422, "email_invalid")
	assert [wrong["field"] for wrong in error_of(refused)["fields"]] == ["email"]
	email = hr.unique_email("right")
	sent = {"candidate_name": "Lin & Mei", "email": email, "phone": phone}
	assert guest.post("guests.candidate.correct", token=token, **sent).status_code == 200
	assert kept("Referral", world.here.name, "candidate_name", "candidate_email") == ("Lin & Mei", email)


def test_a_candidate_is_answered_and_from_then_on_written_to_in_their_language(world, guest):
	token, chinese = token_of(world, world.here), Program(world, language="zh-CN")
	before = kept("Referral", world.here.name, "candidate_language")
	sent = {"candidate_name": "林美", "email": hr.unique_email("lin"), "phone": unique_phone()}
	assert guest.post("guests.candidate.correct", token=token, **sent).status_code == 200
	assert kept("Referral", world.here.name, "candidate_language") == before
	assert (
		chinese.get("guests.candidate.see", token=token).json()["message"]["where_i_stand"]
		== "我们已收到您的资料"
	)
	assert (
		chinese.post("guests.candidate.correct", token=token, **sent | {"phone": unique_phone()}).status_code
		== 200
	)
	assert kept("Referral", world.here.name, "candidate_language") == "zh"


def test_one_key_belongs_to_one_link_and_who_withdrew_is_told_nothing_of_the_decision(world, guest):
	tokens = [token_of(world, world.leaving), token_of(world, world.gone)]
	for token in tokens:
		answer = guest.post("guests.candidate.withdraw", "the same key", token=token)
		assert (answer.status_code, answer.headers.get("Idempotent-Replayed")) == (200, None), answer.text
	again = guest.post("guests.candidate.withdraw", "the same key", token=tokens[0])
	assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
	assert {kept("Referral", each.name, "outcome") for each in (world.leaving, world.gone)} == {"Withdrawn"}
	late = guest.post("guests.candidate.correct", token=tokens[0], candidate_name="Lin", phone=unique_phone())
	assert (late.status_code, error_of(late)) == (
		422,
		{"code": "not_possible", "message": NOT_POSSIBLE, "fields": []},
	)


def test_deletion_starts_a_clock_that_the_candidate_can_read(world, guest):
	token = token_of(world, world.gone)
	assert guest.post("guests.candidate.delete", token=token).json() == {"message": {"forgotten": False}}
	told = guest.get("guests.candidate.see", token=token).json()["message"]
	assert told["deletion_until"] == str(kept("Referral", world.gone.name, "erasure_due_on"))
	assert (told["may_delete"], told["may_correct"]) == (False, False)


def test_beyond_the_limit_everybody_waits(world, guest, monkeypatch):
	monkeypatch.setattr(candidate, "CHANGES_PER_TOKEN", 1)
	token = token_of(world, world.here)
	answers = [guest.post("guests.candidate.forget_result", token=token, test="none") for _ in range(2)]
	assert [answer.status_code for answer in answers] == [200, 429]
	assert error_of(answers[1])["code"] == "too_many_requests"


def test_a_fault_is_logged_by_name_and_place_alone(world, guest, monkeypatch):
	logged, token = [], token_of(world, world.here)

	def full(row, _where):
		raise OSError(28, "No space left on device", row.candidate_name)

	monkeypatch.setattr(candidate.held, "about", full)
	monkeypatch.setattr(frappe, "log_error", lambda *said, **_how: logged.append(said))
	answer = guest.get("guests.candidate.see", token=token)
	assert (answer.status_code, error_of(answer)["code"]) == (500, "fault")
	[(title, said)] = logged
	assert title == "candidate_see failed" and "OSError: No space left on device" in said
	assert [word for word in (token, world.here.candidate_name) if word in said] == []


# the pool


def test_somebody_of_the_pool_agrees_and_then_wants_no_more_messages(world, guest):
	told = guest.get("guests.pool.see", token=world.pool).json()["message"]
	assert (told["name"], told["may_agree"], told["may_be_silent"]) == ("Wen Lan", True, True)
	agreed = guest.post("guests.pool.agree", token=world.pool, consent=told["consent"])
	assert agreed.status_code == 200, agreed.text
	assert kept(POOL, world.record.name, "consent_state", "consent_purpose") == ("Given", told["consent"])
	assert guest.post("guests.pool.write_no_more", token=world.pool).status_code == 200
	assert kept(POOL, world.record.name, "state", "consent_state") == ("Do Not Contact", "Withdrawn")


# the survey


def test_a_candidate_answers_once_without_a_name_and_no_key_of_it_is_kept(world, guest):
	asked = guest.get("guests.survey.questions", token=world.asked).json()["message"]
	assert [each["name"] for each in asked["asked"]] == ["respectful", "clear", "fast"]
	assert asked["first"] == "How likely are you to recommend us to a friend?"
	sent = {"score": 9, "ratings": {"clear": 4, "fair": 1}, "themes": [asked["themes"][0]["name"], "Made up"]}
	frappe.db.rollback()
	before = frappe.db.count(idempotency.DOCTYPE)
	for status in (200, 404):
		answer = guest.post("guests.survey.answer", "a key", token=world.asked, anonymous=True, **sent)
		assert answer.status_code == status, answer.text
	frappe.db.rollback()
	assert frappe.db.count(idempotency.DOCTYPE) == before
	said = {"role": "Candidate", "score": 9, "clear": 4, "themes": asked["themes"][0]["name"], "anonymous": 1}
	[name] = frappe.get_all(RESPONSE, said, pluck="name")
	assert kept(RESPONSE, name, "referral", "fair") in ((None, None), (None, 0))


def test_an_employee_answers_about_their_own_referrals_alone(world):
	anna, bo = Program(world, world.anna), Program(world, world.bo)
	[asked] = anna.get("home.how_was_it").json()["message"]
	assert (asked["referral"], asked["candidate_name"]) == (world.over.name, world.over.candidate_name)
	sent = {"referral": world.over.name, "score": 10, "ratings": {"fair": 5}, "words": "Go on."}
	assert bo.post("home.say_how_it_was", **sent).status_code == 404
	assert anna.post("home.say_how_it_was", **{**sent, "score": 11}).status_code == 400
	assert anna.post("home.say_how_it_was", **sent).status_code == 200
	assert anna.post("home.say_how_it_was", **sent).status_code == 404
	assert anna.get("home.how_was_it").json()["message"] == []
	frappe.db.rollback()
	said = {"referral": world.over.name, "role": "Referrer", "score": 10, "fair": 5, "words": "Go on."}
	assert frappe.db.count(RESPONSE, said) == 1


# the door


def test_a_token_of_another_room_opens_nothing_and_looks_like_one_that_is_made_up(world, guest):
	rooms = {"candidate": world.pool, "pool": token_of(world, world.here), "survey": world.pool}
	answers = set()
	for operation in (each for each in v1.operations() if each.is_for_guests):
		needed = {name: value for name, value in NEEDED.items() if name in operation.takes.model_fields}
		name = operation.path.partition(".v1.")[2]
		ask = guest.post if operation.changes_something else guest.get
		for token in (rooms[operation.tag], "0" * 32, "../x"):
			answer = ask(name, token=token, **needed)
			answers.add((answer.status_code, answer.text))
	nothing = '{"error":{"code":"not_found","message":"We could not find that","fields":[]}}'
	assert answers == {(404, nothing)}


def test_what_is_for_guests_says_so_in_the_document_and_takes_a_token():
	for operation in v1.operations():
		assert operation.is_for_guests == (".guests." in operation.path)
		assert operation.is_for_guests == ("token" in operation.takes.model_fields), operation.name
