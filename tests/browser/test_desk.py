"""HR in the desk, and the bell: from the workspace to the people, to their messages, and from a notification to the portal."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import getdate
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, make_candidate, make_referral

from referral_hub.messages import service as messages
from referral_hub.referrals.disputes import asking
from referral_hub.referrals.sharing import applications, links
from referral_hub.referrals.sharing.applications import Application


@pytest.fixture
def referral(commits):
	return make_referral(make_referrer("Anna"), make_paid_opening())


def _hr(commits, language: str = "en") -> str:
	user = hr.make_hr_manager().name
	frappe.db.set_value("User", user, "language", language)
	commits.commit()
	return user


@pytest.mark.parametrize(
	("language", "shortcut", "columns"),
	[
		(
			"en",
			"Open Referrals",
			["Candidate", "Status", "Referrer Name", "Submitted On", "Designation", "ID"],
		),
		("zh", "进行中的推荐", ["候选人", "状态", "推荐人姓名", "提交时间", "岗位", "ID"]),
	],
)
def test_hr_follows_a_shortcut_of_the_workspace_to_the_open_referrals(
	commits, page_as, referral, language, shortcut, columns
):
	user = _hr(commits, language)
	page = page_as(user, locale="zh-CN" if language == "zh" else "en-US")
	page.goto("/app/referral-hub")
	page.locator(".shortcut-widget-box", has_text=shortcut).click()
	page.wait_for_url("**/app/referral/**outcome=Open")
	row = page.locator(".list-row-container", has_text=referral.name)
	row.wait_for()
	heads = page.locator(".list-row-head .list-row-col:visible, .list-row-head .list-subject:visible")
	assert [text.strip() for text in heads.all_inner_texts() if text.strip()] == columns
	row.get_by_role("link", name=referral.candidate_name).first.click()
	page.wait_for_url(f"**/app/referral/{referral.name}")


def test_hr_sees_what_was_told_about_a_referral(commits, page_as, referral):
	user = _hr(commits)
	commits.run_jobs()
	messages.send_pending()  # until it is sent, a message has no subject
	commits.commit()
	page = page_as(user)
	page.goto(f"/app/referral/{referral.name}")
	page.locator(".document-link[data-doctype='Referral Message'] .badge-link").click()
	page.wait_for_url("**/app/referral-message/**")
	told = page.locator(".list-row-container .list-subject")
	told.first.wait_for()
	assert {text.strip() for text in told.all_inner_texts()} == {
		f"We received your referral of {referral.candidate_name}: {referral.name}",
		f"You have been recommended at {referral.company}",
	}
	told.first.get_by_role("link").click()
	page.get_by_role("button", name="Edit Words").wait_for()


def test_a_list_of_rewards_says_amounts_with_what_they_are(commits, page_as, referral):
	hr.schedule_interview(applicant_of(referral), on=hr.in_days(3))
	commits.run_jobs()
	page = page_as(_hr(commits))
	page.goto(f"/app/referral-reward?referral={referral.name}")
	row = page.locator(".list-row-container", has_text=referral.name)
	row.wait_for()
	assert "100 points" in row.inner_text()


def test_the_bell_speaks_the_readers_language_and_leads_to_the_referral(commits, page_as):
	yue = make_referrer("悦", "zh")
	referral = make_referral(yue, make_paid_opening())
	commits.run_jobs()
	messages.send_pending()
	commits.commit()
	page = page_as(yue.user_id, locale="zh-CN")
	page.goto("/app")
	page.locator(".dropdown-notifications > a, .notifications-icon").first.click()
	items = page.locator(".notification-list .recent-item, .panel-notifications .recent-item")
	told = items.filter(has_text=referral.candidate_name)
	told.first.wait_for()
	assert "推荐" in told.first.inner_text()
	link = told.first.get_attribute("href")
	assert link.endswith(f"/referrals/mine/{referral.name}")
	page.goto(
		f"/referrals/mine/{link.rsplit('/', 1)[-1]}"
	)  # the site's own address has another port in tests
	page.get_by_role("heading", name=referral.candidate_name).wait_for()
	assert page.locator("html").get_attribute("lang") == "zh"


def test_what_is_chosen_from_our_options_reads_in_our_words_in_chinese(commits, page_as, referral):
	question = asking.ask(referral.referrer, referral.name, "Amount", "Why?")
	page = page_as(_hr(commits, "zh"), locale="zh-CN")
	page.goto(f"/app/referral-dispute/{question.name}")
	state = page.locator("[data-fieldname='state'] .control-value")
	state.wait_for()
	assert state.inner_text().strip() == "待回复"
	due = getdate(question.due_on)
	assert f"请在 {due.year}年{due.month}月{due.day}日 前回复。" in page.locator(".form-message").inner_text()
	page.goto(f"/app/referral-program/{referral.program}")
	page.get_by_role("tab", name="推荐资格").click()
	family = page.locator("[data-fieldname='case'] .static-area", has_text="亲属")
	family.wait_for()
	page.goto("/app/referral-hub-settings")
	page.get_by_role("tab", name="消息与短信").click()


def test_links_and_applications_are_known_by_their_opening_and_by_who_applied(commits, page_as):
	opening = hr.make_opening()
	link = links.read(links.share(hr.make_employee().name, opening.name)[0])
	person = make_candidate()
	row = applications.apply(link, Application(person, "a key", "I agree."))
	page = page_as(_hr(commits))
	page.goto(f"/app/referral-link/{link.name}")
	page.locator(".title-text", has_text=f"{opening.job_title} · {link.code}").wait_for()
	page.goto(f"/app/referral-application/{row}")
	page.locator(".title-text", has_text=person.name).wait_for()
