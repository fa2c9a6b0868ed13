"""The link to our openings in a message: of somebody who agreed, opening it is a signal, once a day; of anybody else it is no mark at all."""

import re

import frappe
import portal_requests as portal
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from referral_factories import unique_phone

from referral_hub.setup.words.recall_templates import make_recall_templates
from referral_hub.talent import service
from referral_hub.talent.rules.reasons import HAND_PICKED
from referral_hub.talent.templates import marked_links, writing

POOL, SIGNAL = "Talent Pool Record", "Talent Signal"


@pytest.fixture
def person():
	frappe.local.lang = "en"
	frappe.db.delete("Recall Template")
	make_recall_templates()
	values = {"person_name": "Li Na", "email": hr.unique_email("pool"), "company": hr.COMPANY}
	record = frappe.get_doc(doctype=POOL, **values).insert()
	record.db_set("consent_state", "Given")
	return record


def path_of(person) -> str:
	return marked_links.address_of(person.name).removeprefix(frappe.utils.get_url())


def look(path: str, as_user: str = "Guest", agent: str = "Mozilla/5.0 Chrome/130") -> portal.Answer:
	"""Open the page and let its script say so, as a browser does."""
	frappe.set_user(as_user)
	answer = portal.get(path)
	token = re.search(r'name="form_token" value="([^"]+)"', answer.text)
	if token:
		portal.post(path, {"form_token": token[1]}, **{"User-Agent": agent})
	frappe.set_user("Administrator")
	return answer


def signals(person) -> list[tuple]:
	return [
		tuple(row.values())
		for row in frappe.get_all(SIGNAL, {"record": person.name}, ["kind", "source", "by_user"])
	]


def test_who_agreed_and_looks_is_noticed_once_a_day(person):
	opening = hr.make_opening(hr.unique("Engineer"))
	answers = [look(path_of(person)) for _time in range(2)]
	assert [answer.status_code for answer in answers] == [200, 200]
	assert (opening.job_title in answers[0].text, "Li Na" in answers[0].text) == (True, False)
	assert "we notice that this link was opened" in answers[0].text
	assert signals(person) == [("Looked at Our Openings", "Marked Link", None)]
	frappe.db.set_value(SIGNAL, {"record": person.name}, "signal_key", "of yesterday")
	look(path_of(person))
	assert len(signals(person)) == 2


def test_the_link_of_a_record_that_went_into_another_is_that_one_s_until_they_are_told_apart(person):
	number, marked = f"+86{unique_phone()}", path_of(person)
	older = frappe.get_doc(doctype=POOL, person_name="Li Na", phone=number, company=hr.COMPANY).insert()
	older.db_set("creation", add_days(today(), -9))
	applicant = hr.make_applicant(hr.make_opening(), name="Li Na", email=person.email, phone_number=number)
	assert service.capture(applicant.name, HAND_PICKED) == older.name
	older.reload()
	assert (look(marked).status_code, signals(older)) == (
		200,
		[("Looked at Our Openings", "Marked Link", None)],
	)
	assert look(marked[:-1] + ("0" if marked[-1] != "0" else "1")).status_code == 404

	older.db_set("consent_state", "Withdrawn")
	assert look(marked).status_code == 404
	older.db_set("consent_state", "Given")
	marked_links.renew(older)
	assert look(marked).status_code == 404


@pytest.mark.parametrize("state", ["Not Asked", "Asked", "Refused", "Withdrawn"])
def test_who_has_not_agreed_gets_a_plain_link_and_an_old_one_notices_nothing(person, state):
	marked = path_of(person)
	person.db_set("consent_state", state)
	assert marked_links.address_of(person.name).endswith("/jobs")
	assert (look(marked).status_code, signals(person)) == (404, [])


@pytest.mark.parametrize("state", [service.HIRED, service.CLOSED])
def test_of_who_is_hired_or_closed_nothing_is_noticed_any_more(person, state):
	marked = path_of(person)
	service.put(person.name, state)
	assert marked_links.address_of(person.name).endswith("/jobs")
	assert (look(marked).status_code, signals(person)) == (404, [])


def test_a_link_that_is_made_up_and_one_of_who_said_no_look_the_same(person):
	marked, record = path_of(person), person.name
	made_up = [f"/look/{record}-{'0' * 32}", f"/look/{record}", "/look/nobody-é"]
	service.put(record, service.DO_NOT_CONTACT)
	pages = {look(path).text.replace(path.split("/")[-1], "") for path in (marked, *made_up)}
	assert len({re.sub(r'nonce-?="?[^"]*"?', "", page) for page in pages}) == 1
	assert signals(person) == []


def test_a_program_a_colleague_and_a_page_that_only_was_loaded_are_no_signal(person):
	path = path_of(person)
	portal.get(path)
	look(path, agent="Googlebot/2.1")
	look(path, as_user="Administrator")
	frappe.set_user("Guest")
	portal.post(path, {"form_token": "made up"})
	assert signals(person) == []


def test_the_words_carry_the_persons_own_link(person):
	draft = writing.draft(person.name, "Opening", "en")
	assert marked_links.address_of(person.name) in draft["words"]
	assert f"/look/{person.name}-" in draft["words"]
