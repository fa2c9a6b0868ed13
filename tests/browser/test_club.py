"""A member joins the club and says they come, on a phone in Chinese and a desktop in English; HR reads the guest list."""

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen
from portal_factories import make_referrer

from referral_hub.announcing.club import events, members

SETTINGS = "Referral Hub Settings"


@pytest.fixture
def event(commits):
	before = frappe.db.get_single_value(SETTINGS, "club_on")
	frappe.db.set_single_value(SETTINGS, "club_on", 1)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	commits.at_end(lambda: frappe.db.set_single_value(SETTINGS, "club_on", before))
	made = frappe.new_doc(events.DOCTYPE)
	made.update({"title": "Dinner of the club", "title_zh": "俱乐部晚餐", "place": "Canteen", "capacity": 2})
	made.update(
		{
			"about": "<p>Good food.</p>",
			"about_zh": "<p>一起吃饭。</p>",
			"starts_on": f"{hr.in_days(5)} 18:00:00",
		}
	)
	return made.insert()


@pytest.mark.parametrize(("device", "locale"), [("phone", "zh-CN"), ("desktop", "en-US")])
def test_a_member_joins_and_comes(event, commits, page_as, axe, screenshot, device, locale):
	chinese = locale == "zh-CN"
	anna = make_referrer("Anna", language=locale[:2])
	boss = hr.make_hr_manager().name
	members.invite(anna.name)
	commits.commit()
	page = page_as(anna.user_id, device, locale=locale)
	page.goto("/referrals")
	page.get_by_role("contentinfo").get_by_role(
		"link", name="推荐人俱乐部" if chinese else "Referrers' club"
	).click()
	page.wait_for_url("**/referrals/club")
	axe(page)
	screenshot(page, f"club-invited-{device}")
	page.get_by_role("button", name="我加入" if chinese else "Yes, I join").click()
	page.wait_for_url("**saved=1")
	events.open_event(event.name)
	commits.commit()
	page.goto("/referrals/club")
	page.get_by_role("button", name="我参加" if chinese else "I come", exact=True).click()
	page.get_by_text("您已报名" if chinese else "You come", exact=True).wait_for()
	axe(page)
	screenshot(page, f"club-{device}")
	assert not is_wider_than_the_screen(page)
	with page.expect_download() as saved:
		page.get_by_role("link", name="加入我的日历" if chinese else "Into my calendar").click()
	assert ("俱乐部晚餐" if chinese else "Dinner of the club") in saved.value.path().read_text()
	if not chinese:
		desk = page_as(boss)
		desk.goto(f"/app/referral-club-event/{event.name}")
		desk.get_by_role("button", name="Guest List").wait_for()
		screenshot(desk, "club-event-desk")
		desk.get_by_role("button", name="Guest List").click()
		desk.locator(".list-row", has_text=anna.employee_name).wait_for()
		screenshot(desk, "club-guests-desk")
