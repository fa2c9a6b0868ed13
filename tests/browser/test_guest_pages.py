"""Forms of guests that come back have no barrier, on a phone and a desktop, in light and dark; the ways through the pages work in Chinese."""

import frappe
import pytest
import site_factories as hr
from portal_factories import make_paid_opening, make_referrer, referral_of
from referral_factories import make_referral, unique_phone
from sharing_factories import make_event_link

from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking

REFUSED = ("status of 404", "status of 422")


@pytest.fixture
def anna(commits):
	frappe.cache.delete_keys("referral_hub_limit:")
	return make_referrer("Anna")


@pytest.fixture
def opening(commits):
	return make_paid_opening("Store Manager, Harbour")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_form_that_comes_back_has_a_barrier(commits, guest_page, anna, opening, axe, watch, scheme):
	for words in REFUSED:
		watch.expect(words)
	fair, applied = make_event_link(), make_referral(anna, opening)
	forms = {
		f"/r/{fair.code}": "#apply-form",
		f"/refer/{cards.issue(anna.name)}?opening={opening.name}": "form[method=post]",
		f"{asking.link_of(applied.name)}?do=correct": "form[method=post]",
	}
	commits.commit()
	for device in ("phone", "desktop"):
		page = guest_page(device, color_scheme=scheme, java_script_enabled=True)
		for address, form in forms.items():
			page.goto(address)
			page.locator(form).locator("[name=phone]").fill("12")
			page.locator(form).evaluate("form => form.submit()")
			page.locator(".error:not(:empty), .notice-problem:not([hidden])").first.wait_for()
			assert page.locator(form).locator("[name=phone]").input_value() == "12"
			axe(page)


def test_in_chinese_a_guest_at_a_fair_says_who_told_them(commits, guest_page, anna, axe):
	link, name = make_event_link(), hr.unique("李梅")
	commits.commit()
	page = guest_page("phone", locale="zh-CN")
	page.goto(f"/r/{link.code}?_lang=zh")
	page.locator("#candidate_name").fill(name)
	page.locator("#phone").fill(unique_phone())
	page.locator("summary").first.click()
	page.get_by_label("您是从哪位同事那里知道我们的").fill("没有这个人")
	axe(page)
	page.locator("#consent").check()
	page.wait_for_timeout(2100)  # faster than that no person types
	page.get_by_role("button", name="提交申请").click()
	page.locator(".receipt").wait_for()
	assert page.locator("html").get_attribute("lang") == "zh"
	frappe.db.rollback()
	kept = frappe.get_all("Job Applicant", {"applicant_name": name}, ["referral_hub_told_by", "source"])
	assert kept == [{"referral_hub_told_by": "没有这个人", "source": link.event_name}]


def test_in_chinese_an_employee_shares_and_invites(commits, page_as, guest_page, anna, opening, axe):
	name = hr.unique("王芳")
	frappe.db.set_value("User", anna.user_id, "language", "zh")
	commits.commit()
	page = page_as(anna.user_id, "phone", locale="zh-CN")
	page.goto(f"/referrals/share?opening={opening.name}")
	assert page.locator("html").get_attribute("lang") == "zh"
	page.locator("form:has([value=make]) button").click()
	page.locator("#my-link").wait_for()
	page.locator("#candidate_name").fill(name)
	page.locator("#email").fill(hr.unique_email("wang"))
	page.locator("#message").fill("来看看吧。")
	page.locator("#invite-form button[type=submit]").click()
	page.get_by_role("link", name=name).wait_for()
	page.wait_for_load_state("networkidle")
	axe(page)
	referral = referral_of(name)
	assert (referral.stage, referral.outcome) == ("Invited", "Open")
	page.goto(f"/referrals/mine/{referral.name}")
	page.get_by_text("已邀请，对方可在").wait_for()
	axe(page)
	guest = guest_page("phone", locale="zh-CN")
	guest.goto(f"/r/{frappe.db.get_value('Referral', referral.name, 'link')}?_lang=zh")
	guest.get_by_text("来看看吧。").wait_for()
	axe(guest)


def test_in_chinese_a_candidate_corrects_and_withdraws(commits, guest_page, anna, opening, axe, screenshot):
	referral = make_referral(anna, opening)
	here, renamed = asking.link_of(referral.name), hr.unique("赵敏")
	commits.commit()
	page = guest_page("phone", locale="zh-CN")
	page.goto(f"{here}?_lang=zh")
	assert page.locator("html").get_attribute("lang") == "zh"
	page.locator("a[href$='do=correct']").click()
	page.locator("#candidate_name").fill(renamed)
	page.locator("form[method=post] button").click()
	page.locator(".notice-good").wait_for()
	screenshot(page, "candidate-corrected-phone-zh")
	page.locator("a[href$='do=withdraw']").click()
	page.wait_for_url("**do=withdraw*")
	axe(page)
	page.locator("form[method=post] button").click()
	page.locator(".notice-good").wait_for()
	axe(page)
	frappe.db.rollback()
	fields = ["candidate_name", "outcome"]
	assert frappe.db.get_value("Referral", referral.name, fields) == (renamed, "Withdrawn")
