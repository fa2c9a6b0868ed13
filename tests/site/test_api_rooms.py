"""News, the club, learning to refer, and what else a program may do that a page can: each step leaves what the page's button would."""

import frappe
import pytest
import site_factories as hr
from api_program import Program, error_of
from api_world import make_world
from malformed import attacked

from referral_hub.announcing import reading
from referral_hub.announcing.club import events
from referral_hub.api import v1
from referral_hub.matching.contacts import service as contacts
from referral_hub.referrals.sharing import links

REQUEST = "Recall Request"
# of an answer, what there must be something of; "" stands for all of it
CONTENT = {
	"community.club.mine": "membership how_to_get_in",
	"community.news.find": "rows",
	"community.news.on_home": "",
	"community.news.one": "words html openings",
	"contacts.ending": "people until",
	"contacts.find": "rows",
	"contacts.fits": "",
	"contacts.one": "name title",
	"feedback.mine": "to_answer",
	"feedback.one": "line",
	"files.imports.left_out": "rows",
	"files.imports.state": "state people added left_out",
	"goals.mine": "mine",
	"guests.candidate.see": "number name where_i_stand notice",
	"guests.pool.see": "name consent",
	"guests.survey.questions": "first asked themes",
	"home.how_was_it": "",
	"home.look": "open arrived closed balance did_you_refer write_to answer news how_was_it",
	"openings.find": "rows",
	"openings.offer": "milestones totals pays why",
	"path.agreed": "",
	"path.consent": "words sentence",
	"path.mine": "here steps levels cases",
	"recognition.leaderboard": "period",
	"recognition.mine": "score parts",
	"recognition.wall": "period",
	"referrals.mine": "rows",
	"referrals.one": "referral timeline",
	"referrals.questions": "known",
	"referrals.refusal": "question about known",
	"referrals.refusals": "",
	"requests.mine": "",
	"requests.one": "words",
	"settings.messages": "channels",
	"sharing.invited": "",
	"sharing.mine": "",
	"shop.draw_proof": "commitment seed",
	"shop.draws": "",
	"shop.items": "",
	"shop.orders": "rows",
	"wallet.one": "balance statement lots wallets",
}


@pytest.fixture(scope="module")
def world(site):
	with attacked(make_world) as made:
		yield made


@pytest.fixture
def anna(world):
	return Program(world, world.anna.user_id)


@pytest.fixture
def bo(world):
	return Program(world, world.bo.user_id)


def done(answer) -> dict:
	assert answer.status_code == 200, answer.text
	return answer.json()["message"]


def kept(doctype: str, name, *fields: str):
	frappe.db.rollback()
	return frappe.db.get_value(doctype, name, fields if len(fields) > 1 else fields[0])


def test_every_reading_operation_answers_with_what_there_is(world, anna):
	arguments = {
		"community.news.one": {"news": world.post.name},
		"contacts.one": {"contact": done(anna.get("contacts.find"))["rows"][0]["contact"]},
		"feedback.one": {"name": world.question},
		"guests.candidate.see": {"token": world.candidate},
		"guests.pool.see": {"token": world.pool},
		"guests.survey.questions": {"token": world.survey},
		"openings.offer": {"opening": world.opening},
		"referrals.one": {"referral": world.referral},
		"referrals.questions": {"referral": world.referral},
		"referrals.refusal": {"question": world.refusal},
		"requests.one": {"request": world.requests[0]},
		"shop.draw_proof": {"draw": world.draw},
	}
	names = {each.path.partition(".v1.")[2] for each in v1.operations() if not each.changes_something}
	assert names == set(CONTENT)
	empty = {}
	for name in sorted(names):
		told = done(anna.get(name, **arguments.get(name, {})))
		found = {key: told.get(key) for key in CONTENT[name].split()} if CONTENT[name] else {"": told}
		empty |= {f"{name} {key}".strip(): value for key, value in found.items() if not value}
	assert empty == {}


def test_news_are_read_with_what_they_pay_counted_and_put_away(world, anna):
	name = world.post.name
	assert name in [line["name"] for line in done(anna.get("community.news.on_home"))]
	assert name in [line["name"] for line in done(anna.get("home.look"))["news"]]
	told = done(anna.get("community.news.one", news=name))
	assert (told["title"], told["words"], told["html"]) == (
		world.post.title,
		"We look for people.",
		"<p>We look for people.</p>",
	)
	[opening] = told["openings"]
	assert (opening["name"], opening["pays"]) == (world.opening, "400 points")
	view = {"announcement": name, "employee": world.anna.name}
	assert kept(reading.VIEW, view, "opened_on") is None
	done(anna.post("community.news.opened", news=name))
	done(anna.post("community.news.followed", news=name, opening=world.opening))
	done(anna.post("community.news.put_away", news=name))
	assert all(kept(reading.VIEW, view, "opened_on", "followed_on", "put_away_on"))
	assert name not in [line["name"] for line in done(anna.get("community.news.on_home"))]
	assert name in [line["name"] for line in done(anna.get("community.news.find"))["rows"]]
	done(anna.post("community.news.put_back", news=name))
	assert name in [line["name"] for line in done(anna.get("community.news.on_home"))]
	other = hr.make_opening().name
	assert anna.post("community.news.followed", news=name, opening=other).status_code == 404
	assert anna.get("community.news.one", news="none").status_code == 404


def test_somebody_joins_the_club_answers_and_leaves(world, anna, bo):
	assert done(anna.get("community.club.mine"))["membership"] == "Invited"
	assert anna.post("community.club.answer", event=world.event, comes=True).status_code == 422
	assert done(anna.post("community.club.choose", membership="Member")) == {"membership": "Member"}
	assert done(anna.post("community.club.answer", event=world.event, comes=True)) == {"seat": "Going"}
	[event] = [
		each for each in done(anna.get("community.club.mine"))["events"] if each["name"] == world.event
	]
	assert (event["seat"], event["left"], event["place"]) == ("Going", None, "Canteen")
	assert done(anna.post("community.club.choose", membership="Left")) == {"membership": "Left"}
	assert kept(events.ANSWER, {"event": world.event, "employee": world.anna.name}, "seat") == "Not Going"
	refused = bo.post("community.club.choose", membership="Member")
	assert (refused.status_code, error_of(refused)["message"]) == (422, "You can't choose that now.")


def test_a_request_is_handed_back_with_what_one_knows_and_a_word_leaves_it_open(world, anna, bo):
	better, word = world.requests
	assert bo.post("requests.knows_better", request=better, words="She moved.").status_code == 404
	done(anna.post("requests.leave_word", request=word, words="She likes mornings."))
	done(anna.post("requests.knows_better", request=better, words="She moved."))
	assert kept(REQUEST, word, "state", "answer_words") == ("Open", "She likes mornings.")
	assert kept(REQUEST, better, "answer", "answer_words") == ("Knows Better", "She moved.")
	assert [row["name"] for row in done(anna.get("requests.mine"))] == [word]


def test_who_is_refused_for_somebody_elses_sake_asks_hr_and_reads_it_again(world, anna, bo):
	taken = world.taken
	form = {
		"candidate_name": taken.candidate_name,
		"email": taken.candidate_email,
		"opening": world.opening,
	}
	refused = anna.post("referrals.refer", **form)
	assert (refused.status_code, error_of(refused)["code"]) == (422, "owned_by_another")
	sent = {**form, "question": "I talked to her in May."}
	asked = done(anna.post("referrals.ask_about_refusal", "a key", **sent))
	assert asked["referral"] is None
	assert done(anna.post("referrals.ask_about_refusal", "a key", **sent)) == asked
	told = done(anna.get("referrals.refusal", question=asked["question"]))
	assert (told["question"], told["state"]) == ("I talked to her in May.", "Open")
	assert {row["name"] for row in done(anna.get("referrals.refusals"))} == {asked["question"], world.refusal}
	assert bo.get("referrals.refusal", question=asked["question"]).status_code == 404
	nobody = {"candidate_name": hr.unique("Nobody"), "question": "Why?"}
	wrong = anna.post("referrals.ask_about_refusal", **nobody)
	assert (wrong.status_code, error_of(wrong)["code"]) == (422, "contact_missing")
	free = {**nobody, "email": hr.unique_email("free")}
	assert done(anna.post("referrals.ask_about_refusal", **free))["referral"]


def test_the_words_of_links_are_changed_and_those_of_others_stay(world, anna, bo):
	for program in (anna, bo):
		assert len(done(program.post("sharing.make", opening=world.opening, words="Come"))) == 3
	changed = done(anna.post("sharing.change_words", opening=world.opening, words="Join us"))
	assert [link["message"] for link in changed] == ["Join us"] * 3
	of_bo = frappe.get_all(links.DOCTYPE, {"employee": world.bo.name}, pluck="message")
	assert of_bo == ["Come"] * 3
	assert bo.post("sharing.change_words", words="Nowhere").status_code == 404


def test_who_does_not_fit_an_opening_fits_it_after_all(world, anna):
	contact = done(anna.get("contacts.find"))["rows"][0]["contact"]
	about = {"contact": contact, "opening": world.opening}
	done(anna.post("contacts.does_not_fit", **about))
	assert contacts.find(world.anna.name, contact).not_for == (world.opening,)
	done(anna.post("contacts.fits_after_all", **about))
	frappe.db.rollback()
	assert contacts.find(world.anna.name, contact).not_for == ()
	assert anna.post("contacts.fits_after_all", contact="none", opening=world.opening).status_code == 404


def test_contacts_that_end_are_kept_on(anna):
	assert done(anna.get("contacts.ending"))["people"] == 1
	done(anna.post("contacts.keep_on"))
	assert done(anna.get("contacts.ending")) == {"people": 0, "until": None}


def test_a_file_of_contacts_is_looked_at_before_it_is_read_and_can_be_put_away(bo):
	file = {"file": ("people.csv", b"Name,E-mail,Hall\nNa Li,na.li@example.com,3\n", "text/csv")}
	nothing = bo.post("files.imports.send", files={"file": ("people.csv", b"", "text/csv")})
	assert (nothing.status_code, error_of(nothing)["code"]) == (422, "empty_file")
	done(bo.post("files.imports.send", "a file", files=file))
	told = done(bo.get("files.imports.state"))
	columns = [(each["number"], each["field"], each["values"]) for each in told["columns"]]
	assert (told["state"], columns[1]) == ("Preview", (1, "email", ["na.li@example.com"]))
	refused = bo.post("files.imports.read", columns={"1": "email"})
	assert (refused.status_code, error_of(refused)["code"]) == (422, "no_name_column")
	done(bo.post("files.imports.read", columns={"0": "name", "1": "email"}))
	assert done(bo.get("files.imports.state"))["state"] == "Waiting"
	assert bo.post("files.imports.read").status_code == 404
	done(bo.post("files.imports.forget"))
	assert done(bo.get("files.imports.state"))["state"] == ""


def test_contacts_of_another_login_are_deleted_before_one_keeps_any(world):
	carl = Program(world, world.carl)
	assert carl.get("contacts.find").status_code == 404
	assert done(carl.post("contacts.delete_of_another_login", sure=True)) == {"gone": 1}
	assert done(carl.get("contacts.find"))["total"] == 0


def test_learning_to_refer_completes_the_newcomers_task_once(world):
	newcomer = Program(world, world.newcomer)
	told = [done(newcomer.post("community.learning.learned"))["completed"] for _ in range(2)]
	assert (told, kept("Task", world.task, "status")) == ([True, False], "Completed")
