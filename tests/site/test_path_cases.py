"""Cases: shown while somebody agrees and works here, in their own words only, read from HRMS each time, taken back at once."""

import re

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from frappe.utils import getdate
from path_factories import level, make_path, promote
from portal_factories import make_referrer
from reward_processes import another_connection

from referral_hub import flow
from referral_hub.api.contract.problems import Refused
from referral_hub.api.v1 import path as api
from referral_hub.paths import cases, forgetting, placing
from referral_hub.portal import words
from referral_hub.portal.growth import case_words
from referral_hub.referrals.erasure import person
from referral_hub.talent import held, service

SENTENCE = "{who} rose from {before} to {after} in 2026, after 14 months."


@pytest.fixture
def store(as_user):
	frappe.local.lang = "en"
	clerk, head, chief = (hr.make_designation().name for _number in range(3))
	path = make_path(level("L1", clerk), level("L2", head, follows="L1"), level("L3", chief, follows="L2"))
	anna = make_referrer("Anna", designation=clerk, date_of_joining="2025-01-01")
	promotion = promote(anna.name, "2026-03-01", designation=head)
	return frappe._dict(path=path, anna=anna, promotion=promotion, clerk=clerk, head=head, chief=chief)


def send(employee, as_user, **form):
	as_user(employee.user_id)
	frappe.local.lang = "en"
	assert web.post("/referrals/path", {"step": read_step(), **form}).status_code == 303
	return web.get("/referrals/path").text


def read_step() -> str:
	"""Read the page; return the step its form shows."""
	found = re.search(r'name="step" value="([^"]+)"', web.get("/referrals/path").text)
	return found[1] if found else ""


def said(store) -> list[dict]:
	return case_words.of_path(frappe.get_doc("Performance Path", store.path.name))


def test_a_case_is_shown_from_the_consent_until_it_is_taken_back(store, as_user):
	assert said(store) == []
	page = send(
		store.anna, as_user, action="agree", consent="1", shown_as="First Name", own_words="Courage & luck"
	)
	sentence = SENTENCE.format(who="Anna", before=store.clerk, after=store.head)
	assert said(store) == [{"sentence": sentence, "own_words": "Courage & luck"}]
	assert sentence in page and "Courage &amp; luck" in page
	kept = frappe.get_doc("Path Case", {"employee": store.anna.name})
	assert (kept.consent_text, kept.revoked_on) == (case_words.consent(), None)
	page = send(store.anna, as_user, action="take_back", path=store.path.name)
	assert said(store) == [] and sentence not in page
	kept.reload()
	assert kept.revoked_on and not kept.own_words


def test_who_agrees_twice_at_once_shows_one_case(store):
	"""The second request has looked before it waited for the first, whose case takes the place of none."""
	first = {"name": hr.unique("C"), "employee": store.anna.name, "path": store.path.name, "level": "L1"}
	try:
		with another_connection():
			frappe.new_doc("Path Case").update(first).db_insert()
		cases.agree(store.anna.name, store.path, "L1 L2 2026-03-01", "First Name", "Courage", "Yes")
		known = (
			"select name, own_words from `tabPath Case` where employee = %s and revoked_on is null for update"
		)
		((name, own_words),) = frappe.db.sql(known, store.anna.name)
		assert (name != first["name"], own_words) == (True, "Courage")
	finally:
		frappe.db.rollback()
		with another_connection():
			frappe.db.delete("Path Case", {"name": first["name"]})


def test_without_the_tick_nothing_is_agreed(store, as_user):
	send(store.anna, as_user, action="agree", shown_as="First Name")
	assert not frappe.db.exists("Path Case", {"employee": store.anna.name})


def test_agreeing_again_takes_the_place_of_what_was_agreed(store, as_user):
	for own_words in ("one", "two"):  # two tabs show the same step
		send(store.anna, as_user, action="agree", consent="1", step="L1 L2 2026-03-01", own_words=own_words)
	sentence = SENTENCE.format(who="A colleague", before=store.clerk, after=store.head)
	assert said(store) == [{"sentence": sentence, "own_words": "two"}]


@pytest.mark.parametrize("ended", ["left", "cancelled", "deleted"])
def test_a_case_ends_with_what_it_tells_of(store, as_user, ended):
	send(store.anna, as_user, action="agree", consent="1")
	as_user("Administrator")
	if ended == "left":
		frappe.db.set_value("Employee", store.anna.name, "status", "Left")
	elif ended == "cancelled":
		store.promotion.reload().cancel()
	else:
		forgetting.forget_employee(store.anna.name)
	assert said(store) == []


@pytest.mark.parametrize("is_noticed", [True, False])
def test_who_left_is_not_shown_again_when_their_record_is_made_active(store, as_user, is_noticed):
	send(store.anna, as_user, action="agree", consent="1", own_words="Courage")
	as_user("Administrator")
	if is_noticed:
		hr.part_with_employee(store.anna)
	else:
		frappe.db.set_value("Employee", store.anna.name, "status", "Left")
		assert cases.of_who_left() == [store.anna.name]
		cases.part(store.anna.name)
	assert cases.of_who_left() == []
	frappe.db.set_value("Employee", store.anna.name, "status", "Active")
	assert said(store) == []
	assert frappe.db.get_value("Path Case", {"employee": store.anna.name}, "own_words") is None


def test_a_case_that_is_no_more_takes_no_place_of_one_that_is(store, as_user, monkeypatch):
	monkeypatch.setattr(cases, "MOST_SHOWN", 1)
	send(store.anna, as_user, action="agree", consent="1", own_words="Anna's")
	as_user("Administrator")
	berta = make_referrer("Berta", designation=store.clerk, date_of_joining="2025-01-01")
	promotion = promote(berta.name, "2026-02-01", designation=store.head)
	cases.agree(berta.name, store.path, "L1 L2 2026-02-01", "First Name", "Berta's", "x")
	assert [each["own_words"] for each in said(store)] == ["Berta's"]
	promotion.cancel()
	assert [each["own_words"] for each in said(store)] == ["Anna's"]


def test_a_step_that_is_taken_later_is_shown_to_nobody_before_they_agree_to_it(store, as_user):
	send(store.anna, as_user, action="agree", consent="1")
	as_user("Administrator")
	promote(store.anna.name, "2026-10-01", designation=store.chief)
	first = SENTENCE.format(who="A colleague", before=store.clerk, after=store.head)
	assert [each["sentence"] for each in said(store)] == [first]
	as_user(store.anna.user_id)
	assert "You have risen since." in web.get("/referrals/path").text
	send(store.anna, as_user, action="take_back", path=store.path.name)
	page = send(store.anna, as_user, action="agree", consent="1")
	later = f"A colleague rose from {store.head} to {store.chief} in 2026, after 7 months."
	assert [each["sentence"] for each in said(store)] == [later] and "You have risen since." not in page


def test_nobody_agrees_to_a_step_the_page_did_not_show(store, as_user):
	as_user(store.anna.user_id)
	frappe.local.lang = "en"
	read = {"step": read_step(), "action": "agree", "consent": "1", "own_words": "Courage & luck"}
	as_user("Administrator")
	promote(store.anna.name, "2026-10-01", designation=store.chief)
	as_user(store.anna.user_id)
	answer = web.post("/referrals/path", read)
	assert (answer.status_code, said(store)) == (422, [])
	for shown in ("What is shown of you has changed", "Courage &amp; luck", f"to {store.chief} in 2026"):
		assert shown in answer.text, shown


def test_over_rest_too_one_agrees_to_the_step_one_read_and_reads_it_back(store, as_user):
	def call(operation, **given):
		return operation.operation.call(operation.operation.takes(**given))

	as_user(store.anna.user_id)
	frappe.local.lang = "en"
	assert call(api.agreed) == []
	read = call(api.consent)
	assert read["step"] == "L1 L2 2026-03-01"
	with pytest.raises(Refused, match="What is shown of you has changed meanwhile") as refused:
		call(api.agree, consent=read["words"], step="L1 L2 2025-03-01")
	assert refused.value.reason == "other_step"
	call(api.agree, consent=read["words"], step=read["step"], own_words="Courage")
	told = {"path": store.path.name, "level": "L1", "own_words": "Courage", "shown_as": "Without a Name"}
	assert call(api.agreed) == [told]


def test_a_promotion_to_another_level_of_the_same_day_is_another_step(store, as_user):
	"""HR cancels the promotion and makes it anew: they agreed to be shown as a head, not as a chief."""
	send(store.anna, as_user, action="agree", consent="1")
	read = {"step": read_step(), "action": "agree", "consent": "1"}
	as_user("Administrator")
	store.promotion.cancel()
	promote(store.anna.name, "2026-03-01", designation=store.chief)
	assert said(store) == []
	as_user(store.anna.user_id)
	assert (web.post("/referrals/path", read).status_code, said(store)) == (422, [])
	send(store.anna, as_user, action="agree", consent="1")
	sentence = SENTENCE.format(who="A colleague", before=store.clerk, after=store.chief)
	assert [each["sentence"] for each in said(store)] == [sentence]


def test_who_takes_the_same_step_again_is_asked_again(store, as_user):
	send(store.anna, as_user, action="agree", consent="1")
	as_user("Administrator")
	for on, designation in (("2026-05-01", store.clerk), ("2026-10-01", store.head)):
		promote(store.anna.name, on, designation=designation)
	first = SENTENCE.format(who="A colleague", before=store.clerk, after=store.head)
	assert [each["sentence"] for each in said(store)] == [first]
	as_user(store.anna.user_id)
	assert "You have risen since." in web.get("/referrals/path").text


@pytest.mark.parametrize("is_another_record", [True, False])
def test_a_transfer_takes_the_case_along_and_it_can_be_taken_back_from_off_the_path(
	store, as_user, is_another_record
):
	send(store.anna, as_user, action="agree", consent="1", own_words="Courage")
	as_user("Administrator")
	now = hr.transfer(store.anna, None if is_another_record else hr.other_company(), is_another_record)
	sentence = SENTENCE.format(who="A colleague", before=store.clerk, after=store.head)
	assert said(store) == [{"sentence": sentence, "own_words": "Courage"}]
	assert (cases.of_who_left(), placing.place_of(now.name)) == ([], None)
	as_user(now.user_id)
	page = web.get("/referrals/path").text
	today = words.day_for_good(getdate())
	assert (
		f"You agreed on {today} that others may read on the path {store.path.path_name} how you rose." in page
	)
	page = send(now, as_user, action="take_back", path=store.path.name)
	assert said(store) == [] and "how you rose" not in page


def test_who_applied_once_is_told_of_their_case_and_it_ends_when_they_are_forgotten(store, as_user):
	applicant = hr.make_applicant()
	frappe.db.set_value("Employee", store.anna.name, "job_applicant", applicant.name)
	send(store.anna, as_user, action="agree", consent="1", shown_as="First Name", own_words="Courage")
	as_user("Administrator")
	record = service.capture(applicant.name, "Hand-picked")
	(case,) = held.everything(flow.held_about(record, with_words=False))["Path Case"]
	assert (case["employee"], case["own_words"]) == (store.anna.name, "Courage")
	flow.erase_person(person.of_record(record), with_hrms=True)
	assert said(store) == []
	assert frappe.get_value("Path Case", case["name"], "own_words") is None


def test_who_has_not_risen_has_nothing_to_show(store, as_user):
	berta = make_referrer("Berta", designation=store.clerk, date_of_joining="2025-01-01")
	as_user(berta.user_id)
	assert "my-case" not in web.get("/referrals/path").text
	with pytest.raises(cases.NothingToShow):
		cases.agree(berta.name, store.path, "L1 L2 2026-03-01", "First Name", "", "x")
