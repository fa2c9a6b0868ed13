"""Three pictures for who is new, on a phone and a desktop; HR's thank-you in the desk."""

import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen
from message_factories import messages_to
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_referral


@pytest.mark.parametrize(("device", "locale"), [("phone", "zh-CN"), ("desktop", "en-US")])
def test_somebody_learns_and_hr_says_thank_you(commits, page_as, axe, screenshot, device, locale):
	anna = make_referrer("Anna", language=locale[:2])
	referral = make_referral(anna, make_paid_opening())
	boss = hr.make_hr_manager().name
	commits.commit()
	page = page_as(anna.user_id, device, locale=locale)
	page.goto("/referrals")
	page.get_by_role("contentinfo").get_by_role(
		"link", name="如何内推" if locale == "zh-CN" else "Learn to refer"
	).click()
	page.wait_for_url("**/referrals/learn")
	assert ("400 积分" if locale == "zh-CN" else "400 points") in page.get_by_role("main").inner_text()
	axe(page)
	screenshot(page, f"learn-{device}")
	assert not is_wider_than_the_screen(page)
	if device == "phone":
		return
	desk = page_as(boss)
	desk.goto(f"/app/referral/{referral.name}")
	desk.get_by_role("button", name="Say Thank You").click()
	dialog = desk.locator(".modal-dialog:visible")
	dialog.locator("textarea").fill("You made our day.")
	screenshot(desk, "thanks-desk")
	dialog.locator(".btn-primary:visible").click()
	dialog.wait_for(state="hidden")
	desk.locator(".timeline-item", has_text="You made our day.").first.wait_for()
	commits.commit()
	assert [row.event for row in messages_to(anna, event="thanks_from_hr", channel="Email")] == [
		"thanks_from_hr"
	]
