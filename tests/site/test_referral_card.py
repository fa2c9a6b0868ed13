"""/refer/TOKEN: an employee without a user account refers by a card; whoever finds it learns little and can do little."""

import frappe
import pytest
import site_factories as hr
from candidate_factories import Card, without_secrets
from referral_factories import make_candidate, make_referral, unique_phone
from sharing_factories import Guest

from referral_hub import tasks, tokens
from referral_hub.api import desk_people
from referral_hub.referrals.cards import service as cards


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")


@pytest.fixture
def worker():
	return hr.make_employee("Wang")


@pytest.fixture
def card(worker):
	return Card(worker)


def referrals_of(employee) -> list:
	frappe.set_user("Administrator")
	fields = ["name", "candidate_name", "candidate_phone", "channel", "job_opening", "stage"]
	return frappe.get_all("Referral", {"referrer": employee.name}, fields, order_by="name asc")


def test_the_card_says_whose_it_is_and_what_is_open(worker, card):
	opening = hr.make_opening(hr.unique("Baker"))
	text = card.text()
	assert f"This is the card of {worker.employee_name}." in text
	assert opening.job_title in card.text(q=opening.job_title)
	assert f'href="{card.path}?opening={opening.name}&amp;_lang=zh"' in card.text(opening=opening.name)
	assert card.get().headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_name_and_a_phone_are_enough(worker, card):
	opening, phone = hr.make_opening(), unique_phone()
	answer = card.refer(candidate_name="Lin Mei", phone=phone, opening=opening.name)
	assert answer.status_code == 303
	[made] = referrals_of(worker)
	assert made == {
		"name": made.name,
		"candidate_name": "Lin Mei",
		"candidate_phone": f"+86{phone}",
		"channel": "QR",
		"job_opening": opening.name,
		"stage": "Submitted",
	}
	assert answer.headers["Location"] == f"{card.path}?sent={made.name}"
	assert made.name in card.text(sent=made.name)


def test_a_form_sent_twice_is_one_referral(worker, card):
	from candidate_factories import form_token

	form = {"candidate_name": "Lin", "phone": unique_phone(), "form_token": form_token(worker.name)}
	assert [card.refer(**form).status_code for _ in range(2)] == [303, 303]
	assert len(referrals_of(worker)) == 1


def test_a_card_shows_no_candidate_s_name_or_contact(worker, card):
	candidate = make_candidate(name="Zhou Qiuyue")
	referral = make_referral(worker, candidate=candidate)
	text = card.text()
	assert referral.name in text
	assert "Z." in text
	for personal in ("Zhou", "Qiuyue", candidate.email, candidate.phone):
		assert personal not in text


def test_a_number_of_somebody_else_is_not_shown_as_sent(card):
	other = make_referral()
	assert other.name not in card.text(sent=other.name)


@pytest.mark.parametrize(
	("typed", "said"),
	[
		({"candidate_name": "", "phone": "13900000000"}, "enter the candidate&#39;s name"),
		({"candidate_name": "Lin"}, "e-mail address or a phone number"),
		({"candidate_name": "Lin", "phone": "1"}, "check the phone number"),
		({"candidate_name": "=SUM(A1)", "phone": "13900000000"}, "can&#39;t start with ="),
	],
)
def test_what_can_not_be_used_says_why_and_keeps_what_was_typed(worker, card, typed, said):
	answer = card.refer(**typed)
	assert answer.status_code == 422
	assert said in answer.get_data(as_text=True)
	assert referrals_of(worker) == []


def test_a_card_refers_only_so_many_a_day(worker, card):
	frappe.db.set_single_value("Referral Hub Settings", "card_referrals_per_day", 2)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	answers = [card.refer(candidate_name="Lin", phone=unique_phone()) for _ in range(2)]
	assert [answer.status_code for answer in answers] == [303, 303]
	assert len(referrals_of(worker)) == 2
	third = card.refer(candidate_name="Lin", phone=unique_phone())
	assert third.status_code == 422
	assert "This card has referred 2 people today" in third.get_data(as_text=True)


def test_programs_and_forged_forms_refer_nobody(worker, card):
	from candidate_factories import form_token

	phone = unique_phone()
	for bad in (
		{"subject_line": "x"},
		{"form_token": "1.2.3"},
		{"form_token": form_token(hr.make_employee().name)},
		{"form_token": form_token(worker.name, seconds_ago=0)},
	):
		assert card.refer(**{"candidate_name": "Lin", "phone": phone, **bad}).status_code == 422
	assert referrals_of(worker) == []


def test_a_new_card_kills_the_old_one(worker, card):
	new = Card(worker)
	assert (card.get().status_code, new.get().status_code) == (404, 200)


def test_leaving_kills_the_card_for_good(worker, card):
	worker.db_set("status", "Left")
	assert card.get().status_code == 404
	frappe.set_user("Administrator")
	tasks_done = [cards.revoke(name) for name in cards.of_leavers()]
	assert sum(tasks_done) >= 1
	worker.db_set("status", "Active")
	assert card.get().status_code == 404


def test_a_save_that_ends_the_employment_ends_the_card_at_once(worker, card):
	worker.reload()
	worker.update({"status": "Left", "relieving_date": frappe.utils.nowdate()}).save()
	worker.db_set("status", "Active")
	assert card.get().status_code == 404


def test_whatever_is_wrong_with_a_card_its_page_is_the_same(worker, card):
	old, revoked = card, Card(hr.make_employee())
	Card(worker)
	cards.revoke(revoked.employee)
	candidate = tokens.issue("Candidate", "Referral", make_referral().name, 10)
	odd = [old.token, revoked.token, candidate, "0" * 32, "x", "%00", "..%2f", "ünïcödé", "a" * 3000]
	answers = [Guest().get(f"/refer/{token}") for token in odd]
	assert {answer.status_code for answer in answers} == {404}
	assert len({without_secrets(answer) for answer in answers}) == 1


def test_hr_makes_a_card_whose_code_leads_to_the_page(worker, as_user):
	as_user(hr.make_user(roles=("HR User",)).name)
	card = desk_people.issue_card(worker.name)
	assert card["employee_name"] == worker.employee_name
	assert card["svg"].startswith("<svg ")
	path = "/refer/" + card["link"].rpartition("/")[2]
	assert Guest().get(path).status_code == 200
	as_user("Administrator")
	assert str(desk_people.card_of(worker.name)["expires_on"]) == str(card["valid_until"])
	assert desk_people.revoke_card(worker.name) == 1
	assert (desk_people.card_of(worker.name), Guest().get(path).status_code) == (None, 404)


def test_only_hr_makes_cards_and_only_for_who_works_here(worker, as_user):
	worker.db_set("status", "Left")
	with pytest.raises(frappe.ValidationError):
		desk_people.issue_card(worker.name)
	colleague = hr.make_employee(user=True)
	as_user(colleague.user_id)
	for method in (desk_people.issue_card, desk_people.revoke_card, desk_people.card_of):
		with pytest.raises(frappe.PermissionError):
			method(colleague.name)


def test_the_daily_task_ends_what_outlived_its_use(commits):
	worker = hr.make_employee()
	token = cards.issue(worker.name)
	worker.db_set("status", "Left")
	commits.commit()
	tasks.look_after_candidates()
	worker.db_set("status", "Active")
	frappe.db.commit()
	assert tokens.read("Refer", token) is None
