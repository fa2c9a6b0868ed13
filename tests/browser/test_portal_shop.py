"""Spending points on a phone: earned by a referral, seen in the wallet, ordered in the shop, a code once, and back again."""

import frappe
import pytest
import shop_factories as given
import site_factories as hr
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, make_referral
from reward_factories import points


@pytest.fixture
def anna(commits):
	"""Somebody who has earned 100 points."""
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening(None, points("Screened", 100)))
	hr.set_applicant_status(applicant_of(referral), "Replied")
	commits.run_jobs()
	return anna


@pytest.fixture
def shelf(commits):
	"""A card with a code, a mug, and what nobody can pay for."""
	card = given.make_item("Code", 30, item_name=hr.unique("Cinema card"), item_name_zh="电影卡")
	given.make_codes(card, "FILM-2026-ABCD")
	mug = given.make_item(
		"Goods", 50, item_name_zh="马克杯", description="Holds tea.", description_zh="能装茶。"
	)
	dear = given.make_item("Goods", 999, item_name_zh="自行车")
	commits.commit()
	return card, mug, dear


def balance(page) -> str:
	page.goto("/referrals/wallet")
	return page.locator("main .amount").first.inner_text()


def order(page, item) -> None:
	page.goto("/referrals/shop")
	page.get_by_role("link", name=item.item_name).click()
	page.get_by_role("button", name="Order for").click()
	page.get_by_text("Ordered. Below you see how it goes on.").wait_for()


def test_earn_browse_buy_receive_a_code_cancel_and_see_the_points_return(anna, shelf, page_as, screenshot):
	card, mug, dear = shelf
	page = page_as(anna.user_id, "phone")
	assert balance(page) == "100 points"
	page.get_by_role("link", name="Shop").click()
	page.wait_for_url("**/referrals/shop")
	assert f"{dear.item_name}" in page.content()
	assert "899 points more and it is yours." in page.locator("main").inner_text()

	order(page, card)
	page.get_by_role("button", name="Show my code").click()
	assert page.locator("main .code").inner_text() == "FILM-2026-ABCD"
	screenshot(page, "orders-phone-code")
	page.goto("/referrals/orders")
	assert "FILM-2026-ABCD" not in page.content()

	order(page, mug)
	assert balance(page) == "20 points"
	page.goto("/referrals/orders")
	page.get_by_role("button", name=f"Cancel this order: {mug.item_name}").click()
	page.get_by_text("Cancelled. The points are back in your wallet.").wait_for()
	assert balance(page) == "70 points"
	assert page.locator(".ledger .plus").all_inner_texts() == ["+50", "+100"]
	assert frappe.db.get_value("Reward Item", mug.name, "sold", for_update=True) == 0
	frappe.db.rollback()


def test_hr_refunds_an_order_on_the_desk_in_chinese(anna, shelf, page_as, screenshot):
	card, _mug, _dear = shelf
	order, human_resources = given.order(anna, card), hr.make_hr_manager()
	frappe.db.set_value("User", human_resources.name, "language", "zh")
	frappe.db.commit()
	desk = page_as(human_resources.name, locale="zh-CN")
	desk.goto(f"/app/reward-order/{order.name}")
	button = desk.get_by_role("button", name=frappe._("Refund", "zh", "Reward Order"), exact=True)
	button.first.click()
	assert desk.locator(".frappe-control[data-fieldname=kind] .control-value").inner_text() == "兑换码"
	dialog = desk.locator(".modal-dialog:visible").last
	dialog.locator("textarea").fill("券码失效")
	dialog.locator(".btn-primary:visible").click()
	desk.wait_for_function("() => cur_frm && cur_frm.doc.state === 'Refunded'")
	screenshot(desk, "order-refunded-desk-zh")


COUNT_SENT = """() => {
	window.sent = 0;
	document.querySelector("main form").addEventListener("submit", (event) => {
		if (!event.defaultPrevented) window.sent += 1;
		event.preventDefault();
	});
}"""


def test_an_order_pressed_twice_is_sent_once_and_the_button_shows_that_it_is_under_way(
	anna, shelf, page_as, axe
):
	_card, mug, _dear = shelf
	page = page_as(anna.user_id, "phone")
	page.goto("/referrals/shop")
	page.get_by_role("link", name=mug.item_name).click()
	button = page.get_by_role("button", name="Order for")
	page.wait_for_url("**/referrals/shop/*", wait_until="load")  # its module counts before we do
	page.evaluate(COUNT_SENT)
	before = button.bounding_box()
	button.click()
	button.click()
	assert (page.evaluate("window.sent"), button.get_attribute("aria-busy")) == (1, "true")
	assert button.bounding_box() == before
	axe(page)
