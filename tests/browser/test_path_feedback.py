"""A newcomer asks on a phone, the manager answers, HR sees the clock in the desk; the newcomer rates the answer."""

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen
from path_factories import make_goal
from portal_factories import make_referrer

FEEDBACK = "Path Feedback"
WORDS = {
	"en": {
		"page": "Ask and get an answer",
		"question": "Your question",
		"only_hr": "Only HR may see this",
		"send": "Send the question",
		"sent": "Sent to Bo.",
		"asks": "Mei asks you something",
		"words": "Your words to Mei",
		"answer": "Send the answer",
		"adjust": "Adjust a goal",
		"new_words": "The goal in new words",
		"why": "Why",
		"adjust_it": "Adjust the goal",
		"adjusted": "Bo adjusted a goal",
		"done": "Done.",
		"helped": "It helped a lot",
		"settle": "That settles it",
		"settled": "Mei was content",
	},
	"zh": {
		"page": "提问与答复",
		"question": "您的问题",
		"only_hr": "仅人力资源部可见",
		"send": "提交问题",
		"sent": "已发给 Bo。",
		"asks": "Mei 有问题想请教您",
		"words": "给 Mei 的话",
		"answer": "提交答复",
		"adjust": "调整目标",
		"new_words": "目标的新内容",
		"why": "原因",
		"adjust_it": "调整目标",
		"adjusted": "Bo 调整了目标",
		"done": "已完成。",
		"helped": "很有帮助",
		"settle": "已解决",
		"settled": "Mei 认为已解决",
	},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_newcomer_asks_and_the_manager_answers_on_their_phones(commits, page_as, axe, screenshot, language):
	words = WORDS[language]
	bo = make_referrer("Bo", language=language)
	mei = make_referrer("Mei", language=language, reports_to=bo.name)
	goal = make_goal(mei.name, 10, goal_name="Serve 20 a day")
	commits.commit()

	phone = page_as(mei.user_id, "phone")
	phone.goto("/referrals")
	phone.get_by_role("link", name=words["page"]).click()
	phone.get_by_role("heading", name=words["page"]).wait_for()
	phone.get_by_label(words["question"], exact=True).fill("How do I reach twenty on a quiet day?")
	axe(phone)
	screenshot(phone, f"feedback-ask-{language}-phone")
	assert not is_wider_than_the_screen(phone)
	phone.get_by_role("button", name=words["send"]).click()
	phone.get_by_text(words["sent"]).wait_for()
	axe(phone)
	screenshot(phone, f"feedback-sent-{language}-phone")
	phone.goto("/referrals/feedback")
	phone.get_by_role("heading", name=words["page"]).wait_for()
	assert not is_wider_than_the_screen(phone)
	phone.go_back()

	manager = page_as(bo.user_id, "phone")
	manager.goto("/referrals/feedback")
	manager.get_by_role("heading", name=words["page"]).wait_for()
	assert not is_wider_than_the_screen(manager)
	manager.goto("/referrals")
	manager.locator("a.notice", has_text=words["asks"]).click()
	manager.get_by_text("How do I reach twenty on a quiet day?").wait_for()
	axe(manager)
	screenshot(manager, f"feedback-answer-{language}-phone")
	manager.locator("summary", has_text=words["adjust"]).click()
	manager.get_by_label(words["new_words"]).fill("Serve 15 a day")
	manager.get_by_label(words["why"], exact=True).fill("Mondays are quiet.")
	manager.locator("button[value=adjust]").click()
	manager.get_by_text(words["adjusted"]).wait_for()
	manager.get_by_label(words["words"]).fill("Fifteen is enough on Mondays.")
	manager.get_by_role("button", name=words["answer"]).click()
	manager.get_by_text(words["done"]).wait_for()
	axe(manager)
	assert not is_wider_than_the_screen(manager)

	phone.reload()
	phone.get_by_text("Fifteen is enough on Mondays.").wait_for()
	axe(phone)
	screenshot(phone, f"feedback-answered-{language}-phone")
	phone.get_by_label(words["helped"], exact=True).check()
	phone.get_by_role("button", name=words["settle"]).click()
	phone.get_by_text(words["settled"]).wait_for()
	axe(phone)
	wide = page_as(mei.user_id, "desktop")
	wide.goto("/referrals/feedback")
	wide.get_by_role("heading", name=words["page"]).wait_for()
	axe(wide)
	screenshot(wide, f"feedback-list-{language}-desktop")
	frappe.db.rollback()
	kept = frappe.get_all(FEEDBACK, {"employee": mei.name}, ["state", "rating", "in_time", "answered_by"])
	assert kept == [{"state": "Resolved", "rating": 5, "in_time": 1, "answered_by": bo.user_id}]
	assert frappe.db.get_value("Goal", goal.name, "goal_name") == "Serve 15 a day"


def test_hr_sees_the_clock_and_answers_what_only_hr_may_see(commits, page_as, screenshot):
	bo = make_referrer("Bo")
	mei = make_referrer("Mei", reports_to=bo.name)
	ann = hr.make_hr_manager()
	commits.commit()
	phone = page_as(mei.user_id, "phone")
	phone.goto("/referrals/feedback")
	phone.get_by_label("Your question", exact=True).fill("May I work less?")
	phone.get_by_label("Only HR may see this").check()
	phone.get_by_role("button", name="Send the question").click()
	phone.get_by_role("heading", name="Your question").wait_for()
	frappe.db.rollback()
	name = frappe.db.get_value(FEEDBACK, {"employee": mei.name})
	manager = page_as(bo.user_id, "phone")
	manager.goto("/referrals")
	manager.locator(".hello").wait_for()
	assert not manager.get_by_text("Mei asks you something").count()

	desk = page_as(ann.name)
	desk.goto(f"/app/path-feedback/{name}")
	desk.get_by_text("Please answer by").first.wait_for()
	desk.get_by_text("May I work less?").first.wait_for()
	screenshot(desk, "feedback-desk")
	frappe.db.rollback()
	frappe.db.set_value(FEEDBACK, name, "due_on", frappe.utils.add_to_date(None, hours=-1))
	commits.commit()
	desk.reload()
	desk.get_by_text("An answer was due on").first.wait_for()
	desk.locator(".indicator-pill", has_text="Overdue").first.wait_for()
	screenshot(desk, "feedback-desk-overdue")
	desk.get_by_role("button", name="Answer", exact=True).click()
	dialog = desk.locator(".modal-dialog", has_text="Words for the Employee")
	dialog.wait_for()
	dialog.locator("textarea").fill("Yes, from May on.")
	dialog.get_by_role("button", name="Send", exact=True).click()
	dialog.wait_for(state="hidden")
	desk.get_by_text("Yes, from May on.").first.wait_for()
	screenshot(desk, "feedback-desk-answered")
	frappe.db.rollback()
	assert frappe.db.get_value(FEEDBACK, name, ["state", "answered_by"]) == ("Answered", ann.name)
