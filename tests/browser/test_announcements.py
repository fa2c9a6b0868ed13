"""HR looks at an announcement first and lets it go out; employees read it as a banner and put it away, in both languages."""

import frappe
import pytest
import site_factories as hr
from announcing_factories import make_announcement
from browser_pages import is_wider_than_the_screen
from portal_factories import make_paid_opening, make_referrer

TEXT = "<p>Our shops grow. Who do you know that would like to work with us?</p><ul><li>Short way</li><li>Fair pay</li></ul>"
TEXT_ZH = "<p>门店正在扩张，您身边有合适的人吗？</p><ul><li>离家近</li><li>待遇好</li></ul>"


@pytest.fixture
def announced(commits):
	opening = make_paid_opening()
	words = {"title": "Spring in our shops", "title_zh": "春季门店招聘", "text": TEXT, "text_zh": TEXT_ZH}
	post = make_announcement(openings=[opening.name], out=False, send_messages=1, **words)
	return post, opening


@pytest.mark.parametrize(("device", "locale"), [("phone", "zh-CN"), ("desktop", "en-US")])
def test_an_announcement_goes_out_is_read_and_put_away(
	announced, commits, page_as, axe, screenshot, device, locale
):
	post, opening = announced
	anna = make_referrer("Anna", language=locale[:2])
	boss = hr.make_hr_manager().name
	commits.commit()
	if device == "desktop":
		desk = page_as(boss)
		desk.goto(f"/app/referral-announcement/{post.name}")
		desk.get_by_role("button", name="Preview").click()
		dialog = desk.locator(".modal-dialog:visible")
		dialog.frame_locator("iframe").first.get_by_text(opening.job_title).wait_for()
		screenshot(desk, "announcement-preview")
		desk.keyboard.press("Escape")
		desk.get_by_role("button", name="Announce", exact=True).click()
		desk.locator(".modal-dialog:visible .btn-primary:visible").click()
		desk.wait_for_function("() => cur_frm && cur_frm.doc.state === 'Out'")
		screenshot(desk, "announcement-out")
	else:
		frappe.get_attr("referral_hub.announcing.posts.announce")(post.name)
		commits.commit()
	chinese = locale == "zh-CN"
	title = "春季门店招聘" if chinese else "Spring in our shops"
	page = page_as(anna.user_id, device, locale=locale)
	page.goto("/referrals")
	banner = page.get_by_role("main").get_by_role("link", name=title)
	banner.wait_for()
	axe(page)
	screenshot(page, f"announcement-home-{device}")
	assert not is_wider_than_the_screen(page)
	banner.click()
	page.wait_for_url("**/referrals/news/*")
	assert ("400 积分" if chinese else "400 points") in page.get_by_role("main").inner_text()
	axe(page)
	screenshot(page, f"announcement-{device}")
	assert not is_wider_than_the_screen(page)
	page.get_by_role("link", name=opening.job_title).click()
	page.wait_for_url(f"**/referrals/openings/{opening.name}")
	page.goto("/referrals")
	put_away = page.get_by_role("button", name=f"收起：{title}" if chinese else f"Put away: {title}")
	put_away.click()
	page.get_by_role("button", name="撤销" if chinese else "Undo").click()
	put_away.click()
	page.wait_for_url("**/referrals")
	assert page.get_by_role("main").get_by_role("link", name=title).count() == 0
	page.get_by_role("contentinfo").get_by_role("link", name="内推消息" if chinese else "News").click()
	page.get_by_role("link", name=title).wait_for()
	axe(page)
	screenshot(page, f"announcement-news-{device}")
	frappe.db.rollback()
	row = frappe.db.get_value(
		"Referral Announcement View", {"employee": anna.name}, ["opened_on", "followed_on", "put_away_on"]
	)
	assert all(row)
