"""How the leaderboard stands, by message: once a week or month, to who wants it, naming nobody who does not."""

from dataclasses import replace
from datetime import datetime

import frappe
import pytest
import site_factories as hr
from freezegun import freeze_time
from message_factories import messages_to
from portal_factories import make_referrer

from referral_hub import flow, tasks
from referral_hub.messages import preferences, unsubscribing
from referral_hub.messages import service as messages
from referral_hub.recognition import boards, pushing
from referral_hub.recognition.rules.editions import Edition, edition
from referral_hub.wording import period_words

SETTINGS = "Referral Hub Settings"
MONTH = Edition("Monthly:2026-11-01", "2026-10")


@pytest.fixture(autouse=True)
def site_in_utc(monkeypatch):
	"""Frozen times are in UTC; the site's clock is then the same."""
	monkeypatch.setattr("frappe.utils.data.get_system_timezone", lambda: "UTC")
	monkeypatch.setattr("referral_hub.messages.preferences.get_system_timezone", lambda: "UTC")
	hr_wants("Monthly")


@pytest.fixture
def people():
	"""Anna with a score of 60, Bo with 40, Carl with none in that month, all in a company of their own."""
	company, found = hr.other_company(), {}
	for name, score in (("Anna", 60), ("Bo", 40), ("Carl", 0)):
		employee = make_referrer(name)
		employee.db_set("company", company)
		kept = {
			"employee": employee.name,
			"employee_name": employee.employee_name,
			"company": company,
			"score": score,
		}
		rows = [{"doctype": "Referral Recognition", **kept}]
		if score:
			rows.append({"doctype": "Referral Standing", "period": "2026-10", "length": "Month", **kept})
		for row in rows:
			frappe.get_doc({"name": frappe.generate_hash(length=12), **row}).db_insert()
		found[name] = employee
	return found


def hr_wants(rhythm: str) -> None:
	frappe.db.set_single_value(SETTINGS, "tell_board", rhythm)
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def tell(people, edition: Edition = MONTH) -> None:
	company = people["Anna"].company
	waiting = pushing.not_told(company, edition)
	if waiting:
		pushing.tell(company, edition, waiting)


def told(employee) -> list:
	return messages_to(employee, event="board_told", channel="Email")


def test_who_was_told_on_a_sunday_is_not_told_again_on_the_monday_hr_moves_it_to(people):
	sunday, monday, next_monday = (datetime(2026, 11, day, 9, 30) for day in (8, 9, 16))
	for day, number in ((sunday, 1), (monday, 1), (next_monday, 2)):
		with freeze_time(day):
			tell(people, replace(edition("Weekly", day, {"Weekly": day}), period="2026-10"))
		assert len(told(people["Anna"])) == number


def test_hr_says_how_often_and_nothing_is_told_late():
	with freeze_time("2026-11-01 09:30"):
		assert flow.board_to_tell_of() == MONTH
	with freeze_time("2026-11-04 09:30"):
		assert flow.board_to_tell_of() is None
	hr_wants("Weekly")
	with freeze_time("2026-11-02 09:30"):
		assert flow.board_to_tell_of() == Edition("Weekly:2026-W45", "2026-Q4")
	hr_wants("")
	with freeze_time("2026-11-02 09:30"):
		assert flow.board_to_tell_of() is None


def test_everybody_is_told_once_their_own_place_and_the_best(people):
	assert people["Anna"].company in pushing.companies(MONTH)
	tell(people)
	tell(people)
	pushing.tell(people["Anna"].company, MONTH, [people["Anna"].name])  # another run at the same time
	facts = {name: [frappe.parse_json(row.facts) for row in told(who)] for name, who in people.items()}
	places = {name: [(each.get("place"), each.get("score")) for each in rows] for name, rows in facts.items()}
	assert places == {"Anna": [(1, "60")], "Bo": [(2, "40")], "Carl": [(None, None)]}
	messages.send_pending()
	(mail,) = told(people["Bo"])
	anna, bo = people["Anna"].employee_name, people["Bo"].employee_name
	assert mail.subject == "Who refers best: October 2026"
	assert f"1. {anna}: 60" in mail.content and f"2. {bo}: 40" in mail.content
	tell(people, Edition("Monthly:2026-12-01", "2026-10"))
	assert len(told(people["Bo"])) == 2


def test_who_leaves_or_chooses_not_to_be_named_before_it_goes_out_is_not_named(people):
	anna, bo, carl = people.values()
	tell(people)
	preferences.save(anna.name, channels={}, incognito=1)
	frappe.db.set_value("Employee", bo.name, {"status": "Left", "relieving_date": "2026-11-01"})
	messages.send_pending()
	(mail,) = told(carl)
	assert mail.state == "Sent"
	assert [who.employee_name for who in (anna, bo) if who.employee_name in mail.content] == []
	assert told(bo)[0].state == "Skipped"


def test_a_colleague_nobody_names_stands_there_without_a_name(people):
	for _ in range(4):
		hr.make_employee().db_set("company", people["Anna"].company)
	preferences.save(people["Anna"].name, channels={}, incognito=1)
	tell(people)
	messages.send_pending()
	(mail,) = told(people["Bo"])
	assert "1. A colleague: 60" in mail.content and people["Anna"].employee_name not in mail.content


def test_ones_own_place_is_the_one_on_the_page_and_gives_away_nobody_who_is_left_out(people):
	anna, bo, _carl = people.values()
	preferences.save(anna.name, channels={}, incognito=1)
	(line,) = boards.board(bo, MONTH.period, "score").lines
	assert (line.place, line.name) == (1, bo.employee_name)
	tell(people)
	(row,) = told(bo)
	facts = frappe.parse_json(row.facts)
	assert (facts["place"], [each["employee"] for each in facts["best"]]) == (1, [bo.name])


def test_who_is_not_named_is_told_a_place_that_gives_nobody_away_either(people):
	anna, bo, carl = people.values()
	for person in (anna, bo):
		preferences.save(person.name, channels={}, incognito=1)
	stands = {
		"employee": carl.name,
		"employee_name": carl.employee_name,
		"company": carl.company,
		"score": 20,
	}
	standing = {"doctype": "Referral Standing", "period": MONTH.period, "length": "Month", **stands}
	frappe.get_doc({"name": frappe.generate_hash(length=12), **standing}).db_insert()
	page = boards.board(bo, MONTH.period, "score")
	assert [(line.place, line.is_mine) for line in page.lines] == [(1, True), (2, False)]
	tell(people)
	(row,) = told(bo)
	assert frappe.parse_json(row.facts)["place"] == 1


def test_who_does_not_want_it_is_not_told_and_the_link_stops_it_alone(people):
	anna, bo, _carl = people.values()
	preferences.save(anna.name, channels={}, tell_board=0)
	tell(people)
	assert told(anna) == []
	(row,) = told(bo)
	unsubscribing.stop(unsubscribing.read(unsubscribing.link_for(row.name).rpartition("/")[2]))
	chosen = preferences.preference_of(bo.name)
	assert (chosen.tell_board, chosen.tell_contacts_fit, chosen.channels) == (0, 1, [])
	messages.send_pending()
	assert told(bo)[0].state == "Skipped"


@pytest.mark.parametrize("switch", ["tell_board", "show_leaderboard"])
def test_what_hr_switches_off_before_it_goes_out_is_not_sent(people, switch):
	tell(people)
	frappe.db.set_single_value(SETTINGS, switch, "" if switch == "tell_board" else 0)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	messages.send_pending()
	(row,) = told(people["Bo"])
	assert (row.state, row.error) == ("Skipped", "HR has switched this message off.")


def test_whoever_gets_a_digest_gets_it_there(people):
	preferences.save(people["Bo"].name, channels={}, digest="Weekly")
	tell(people)
	assert told(people["Bo"])[0].in_digest == 1


def test_two_records_of_one_person_that_were_told_the_same_can_be_merged(people):
	tell(people)
	anna, bo = people["Anna"].name, people["Bo"].name
	frappe.rename_doc("Employee", bo, anna, merge=True, force=True)
	rows = frappe.get_all(
		"Referral Message", {"recipient": anna, "event": "board_told"}, ["channel", "state"]
	)
	assert sorted((row.channel, row.state) for row in rows) == [
		*[("Email", "Pending"), ("Email", "Skipped")],
		*[("In-app", "Pending"), ("In-app", "Skipped")],
	]


def test_a_company_whose_board_can_not_be_told_keeps_no_other_from_it(commits, people, monkeypatch):
	commits.at_end(lambda: hr_wants(""))
	commits.commit()
	company, not_told = people["Anna"].company, pushing.not_told

	def fails_at_first(which, *args, **kwargs):
		if which == "A broken company":
			raise ValueError
		return not_told(which, *args, **kwargs)

	monkeypatch.setattr(flow, "board_to_tell_of", lambda: MONTH)
	monkeypatch.setattr(pushing, "companies", lambda _edition: ["A broken company", company])
	monkeypatch.setattr(pushing, "not_told", fails_at_first)
	tasks.tell_of_boards()
	assert len(told(people["Bo"])) == 1


@pytest.mark.parametrize(
	("period", "english", "chinese"),
	[
		("2026-Q4", "Q4 2026", "2026年第4季度"),
		("2026-10", "October 2026", "2026年10月"),
		("2026", "2026", "2026年"),
		("any", "any", "any"),
		("", "", ""),
	],
)
def test_a_period_is_said_as_people_do(period, english, chinese):
	assert (period_words.in_words(period, "en_GB"), period_words.in_words(period, "zh")) == (english, chinese)
