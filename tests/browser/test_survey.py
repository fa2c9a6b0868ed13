"""How was it? A candidate answers on a phone in Chinese, an employee on a desktop in English, and HR opens the figures."""

import frappe
import pytest
from browser_pages import is_wider_than_the_screen
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral

from referral_hub.referrals import service as referrals
from referral_hub.survey import asking, service
from referral_hub.survey.answering import RESPONSE
from referral_hub.survey.rules.questions import Role


@pytest.fixture
def over(commits):
	"""A referral that is over; both its people are asked."""
	referral = make_referral(make_referrer("Anna"), candidate=make_candidate(name="Lin Xia"))
	referral.db_set("consent_state", "Given")
	referrals.close(referral.name, "Withdrawn")
	questions = {role: service.invite(referral.name, role) for role in Role}
	frappe.db.set_value(asking.INVITATION, questions[Role.REFERRER], "employee", referral.referrer)
	referral.link = asking.link_of(questions[Role.CANDIDATE])
	commits.commit()
	return referral


def test_a_candidate_answers_on_a_phone_without_a_name(over, guest_page, axe, screenshot):
	page = guest_page("phone", locale="zh-CN", java_script_enabled=True)
	page.goto(over.link)
	axe(page)
	screenshot(page, "survey-guest-phone")
	assert not is_wider_than_the_screen(page)
	page.get_by_role("group", name="您有多大可能").get_by_text("9", exact=True).click()
	page.get_by_role("radiogroup", name="我受到了尊重").get_by_text("5").click()
	page.get_by_text("待人友善").click()
	page.get_by_label("匿名回答").check()
	page.get_by_role("button", name="发送").click()
	page.get_by_role("heading", name="谢谢").wait_for()
	axe(page)
	frappe.db.rollback()
	said = {"role": "Candidate", "score": 9, "respectful": 5, "themes": "Friendly people", "anonymous": 1}
	assert frappe.db.exists(RESPONSE, said)


def test_an_employee_finds_the_question_at_home_and_answers_once(over, page_as, axe, screenshot):
	page = page_as(frappe.db.get_value("Employee", over.referrer, "user_id"))
	page.goto("/referrals")
	page.get_by_role("link", name="How was it with Lin Xia").click()
	page.get_by_role("heading", name="How was it?").wait_for()
	axe(page)
	screenshot(page, "survey-desktop")
	page.get_by_label("What should we keep").fill("Keep it up")
	page.locator("label[for=score-10]").click()
	page.get_by_role("button", name="Send").click()
	page.get_by_text("What you said helps the next ones").wait_for()
	page.goto("/referrals/survey")
	page.get_by_text("Nothing to answer").wait_for()
	frappe.db.rollback()
	assert frappe.db.exists(RESPONSE, {"referral": over.name, "score": 10, "words": "Keep it up"})


def test_hr_opens_the_figures(over, page_as):
	page = page_as("Administrator")
	page.goto("/app/query-report/Referral Satisfaction")
	page.get_by_text("Have Answered").wait_for()
