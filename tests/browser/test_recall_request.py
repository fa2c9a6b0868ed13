"""A manager answers a recall request on a phone: reads who it is, makes the draft their own, sends it; and HR asks in the desk."""

import re

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen
from portal_factories import make_referrer

from referral_hub.talent.requests import asking
from referral_hub.talent.templates import marked_links

POOL, REQUEST = "Talent Pool Record", "Recall Request"
WORDS = {
	"en": ("Write to Li Na", "Message", "Send by e-mail", "Thank you. HR knows.", "Nobody to write to now"),
	"zh": ("联系Li Na", "消息", "用邮件发送", "谢谢，人力资源部已知悉。", "目前没有需要联系的人"),
}


def make_person(**values):
	fields = {"person_name": "Li Na", "email": hr.unique_email("pool"), "phone": "+8613800138000"}
	record = frappe.get_doc(doctype=POOL, company=hr.COMPANY, **fields).insert()
	record.db_set({"reason": "No-show", "happened_on": hr.days_ago(183), **values})
	return record


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_manager_makes_the_draft_their_own_and_sends_it(commits, page_as, axe, screenshot, language):
	title, message, send, thanks, nothing = WORDS[language]
	mei, person = make_referrer("Mei", language=language), make_person(intention="To lead a region")
	draft = {"subject": "Hello", "words": "Dear Li Na"}
	request = asking.ask(person.name, mei.name, draft, note="You met her in the second round.")
	commits.commit()
	page = page_as(mei.user_id, "phone")
	page.goto("/referrals")
	page.locator("a.notice", has_text="Li Na").click()
	page.get_by_role("heading", name=title, exact=True).wait_for()
	assert page.get_by_text("You met her in the second round.").is_visible()
	assert page.get_by_text("To lead a region").is_visible()
	axe(page)
	screenshot(page, f"recall-request-{language}-phone")
	assert not is_wider_than_the_screen(page)
	page.get_by_label(message, exact=True).fill("Dear Na, the shop near you opens in May.")
	page.get_by_role("button", name=send).click()
	page.get_by_text(thanks).wait_for()
	page.get_by_role("heading", name=nothing).wait_for()
	axe(page)
	frappe.db.rollback()
	contact = frappe.db.get_value(REQUEST, {"name": request, "answer": "Wrote"}, "interaction")
	mail = frappe.db.get_value("Talent Interaction", contact, "communication")
	assert "the shop near you opens in May" in frappe.db.get_value("Communication", mail, "content")


def test_a_manager_hands_it_back_with_a_reason_and_the_page_is_gone(commits, page_as, axe, watch):
	watch.expect("status of 4(04|22)")
	mei, person = make_referrer("Mei"), make_person()
	request = asking.ask(person.name, mei.name, {"words": "Dear Li Na"})
	commits.commit()
	page = page_as(mei.user_id, "phone")
	page.goto(f"/referrals/requests/{request}")
	page.get_by_text("I am not the one to write").click()
	page.get_by_role("button", name="I know better").click()
	page.get_by_text("Please say it in a few words.").wait_for()
	axe(page)
	page.get_by_text("I am not the one to write").click()
	page.get_by_label("A word to HR").fill("She moved to Berlin.")
	page.get_by_role("button", name="I know better").click()
	page.get_by_text("Thank you. HR knows.").wait_for()
	assert page.goto(f"/referrals/requests/{request}").status == 404
	frappe.db.rollback()
	assert frappe.db.get_value(REQUEST, request, ["answer", "answer_words"]) == (
		"Knows Better",
		"She moved to Berlin.",
	)


def test_hr_asks_the_hiring_manager_from_the_record(commits, page_as, screenshot):
	mei, opening = make_referrer("Mei"), hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, hiring_manager=mei.name).insert()
	person = make_person(applied_for=opening.name)
	recruiter = hr.make_hr_manager()
	commits.commit()
	desk = page_as(recruiter.name)
	desk.goto(f"/app/talent-pool-record/{person.name}")
	desk.get_by_role("button", name="Ask a Colleague").click()
	dialog = desk.locator(".modal-dialog", has_text="Ask a Colleague to Write")
	dialog.wait_for()
	desk.wait_for_function(f"() => cur_dialog && cur_dialog.get_value('asked') === '{mei.name}'")
	dialog.locator("[data-fieldname=asked] .help-box", has_text=mei.employee_name).wait_for()
	dialog.locator("textarea[data-fieldname=words]").fill("Dear Li Na, how are you?")
	screenshot(desk, "recall-request-ask")
	dialog.get_by_role("button", name="Ask", exact=True).click()
	dialog.wait_for(state="hidden")
	frappe.db.rollback()
	asked = frappe.get_all(REQUEST, {"record": person.name}, ["asked", "asked_by", "words"])
	assert asked == [{"asked": mei.name, "asked_by": recruiter.name, "words": "Dear Li Na, how are you?"}]
	desk.goto("/app/recall-request")
	desk.locator(".list-row", has_text="Li Na").first.wait_for()
	assert desk.locator(".list-row .indicator-pill", has_text=re.compile(r"^\s*$")).count() == 0


def test_somebody_who_agreed_looks_at_our_openings_and_is_noticed(commits, guest_page, screenshot):
	hr.make_opening(hr.unique("Store Manager"))
	person = make_person(consent_state="Given")
	commits.commit()
	address = marked_links.address_of(person.name).removeprefix(frappe.utils.get_url())
	page = guest_page("phone")
	with page.expect_response(lambda answer: answer.request.method == "POST"):
		page.goto(address)
	page.get_by_role("heading", name="What is open now").wait_for()
	screenshot(page, "look-phone")
	page.goto(f"{address}?_lang=zh")
	page.get_by_role("heading", name="现在开放的职位").wait_for()
	frappe.db.rollback()
	kept = frappe.get_all("Talent Signal", {"record": person.name}, ["kind", "source"])
	assert kept == [{"kind": "Looked at Our Openings", "source": "Marked Link"}]
