"""Score, level, badges, the leaderboard and the wall of thanks on a phone and a desktop, in both languages."""

import frappe
import pytest
from browser_pages import is_wider_than_the_screen
from recognition_factories import make_counted


@pytest.fixture
def anna(commits):
	"""Somebody who referred two people, one of them hired today."""
	anna = make_counted("Anna")
	commits.commit()
	return anna


@pytest.mark.parametrize(("device", "locale"), [("phone", "zh-CN"), ("desktop", "en-US")])
def test_somebody_sees_their_level_hides_it_and_looks_who_refers_best(
	anna, commits, page_as, axe, screenshot, device, locale
):
	frappe.db.set_value("User", anna.user_id, "language", locale[:2])
	frappe.db.commit()
	chinese = locale == "zh-CN"
	page = page_as(anna.user_id, device, locale=locale)
	page.goto("/referrals")
	page.get_by_role("contentinfo").get_by_role("link", name="荣誉" if chinese else "Recognition").click()
	page.get_by_text("铜牌推荐人" if chinese else "Bronze Referrer").first.wait_for()
	axe(page)
	screenshot(page, f"recognition-{device}")
	assert not is_wider_than_the_screen(page)
	page.get_by_role(
		"button", name="不公开：铜牌推荐人" if chinese else "Hide it: Bronze Referrer", exact=True
	).click()
	page.get_by_role(
		"button", name="公开：铜牌推荐人" if chinese else "Show it: Bronze Referrer", exact=True
	).wait_for()
	page.get_by_role("main").get_by_role("link", name="推荐榜" if chinese else "Who refers best").click()
	page.wait_for_url("**/referrals/people")
	row = page.get_by_role("row").filter(has_text=anna.employee_name)
	assert ("第 1 名" if chinese else "Place 1") in row.inner_text()
	axe(page)
	screenshot(page, f"people-{device}")
	assert not is_wider_than_the_screen(page)
	page.get_by_text("筛选" if chinese else "Filters").first.click()
	page.get_by_label("排名依据" if chinese else "Counted by").select_option("hires")
	page.get_by_label("范围" if chinese else "Among").select_option("company")
	page.get_by_role("main").get_by_role("button", name="显示" if chinese else "Show").click()
	page.wait_for_url("**by=hires**")
	page.get_by_role("row").filter(has_text=anna.employee_name).wait_for()
	page.get_by_role("contentinfo").get_by_role(
		"link", name="感谢墙" if chinese else "Wall of thanks"
	).click()
	page.get_by_role("button", name="可以，在这里感谢我" if chinese else "Yes, thank me here").wait_for()
	axe(page)
	screenshot(page, f"wall-{device}")
	assert not is_wider_than_the_screen(page)
