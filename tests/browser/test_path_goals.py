"""A candidate agrees goals on a phone: says something, HR answers in the desk, agrees; in both languages."""

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen

from referral_hub.api.paths import goals as desk_api

PLAN = "Onboarding Goal Plan"
WORDS = {
	"en": {"hello": "this is what we propose", "agreed": "this is what we agreed on"},
	"zh": {
		"hello": "这是我们为您最初几个月拟定的目标，请说说您的想法",
		"agreed": "这是我们为您最初几个月商定的目标",
	},
}


@pytest.fixture
def plan(commits):
	clerk = hr.make_designation().name
	rows = [{"goal": "Know the till", "months": 1, "measure": "Alone at the till"}]
	frappe.get_doc(
		doctype="Onboarding Goal Template",
		title=hr.unique("T"),
		designation=clerk,
		company=hr.COMPANY,
		goals=rows,
	).insert()
	offer = hr.make_offer(hr.make_applicant(name="Li Na", designation=clerk))
	made = desk_api.make(offer.name)
	address = desk_api.propose(made)
	commits.commit()
	return frappe._dict(name=made, path="/goals/" + address.rpartition("/")[2])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_candidate_talks_and_agrees_on_a_phone_and_hr_sees_it(
	plan, commits, new_context, page_as, axe, screenshot, language
):
	phone = new_context("phone", locale="zh-CN" if language == "zh" else "en-US").new_page()
	phone.goto(plan.path)
	phone.get_by_text(WORDS[language]["hello"]).first.wait_for()
	axe(phone)
	screenshot(phone, f"goals-proposed-{language}-phone")
	assert not is_wider_than_the_screen(phone)
	phone.locator("textarea[name=words]").fill("May it be two months?")
	phone.locator("form:has(textarea) button").click()
	phone.get_by_text("May it be two months?").wait_for()
	frappe.db.rollback()
	desk_api.answer(plan.name, "One is enough, with a coach.")
	commits.commit()
	phone.goto(plan.path)
	phone.get_by_text("One is enough, with a coach.").wait_for()
	phone.locator("form:has(input[name=seen]) button").click()
	phone.get_by_text(WORDS[language]["agreed"]).first.wait_for()
	phone.locator("form:has(input[name=seen]) button").wait_for(state="detached")
	axe(phone)
	screenshot(phone, f"goals-agreed-{language}-phone")
	frappe.db.rollback()
	assert frappe.db.get_value(PLAN, plan.name, "state") == "Agreed"

	ann = hr.make_hr_manager()
	commits.commit()
	desk = page_as(ann.name)
	desk.goto(f"/app/onboarding-goal-plan/{plan.name}")
	desk.get_by_text("Know the till").first.wait_for()
	screenshot(desk, f"goals-desk-{language}")
