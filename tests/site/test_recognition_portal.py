"""What an employee sees of score, level and badges, and who else sees it."""

import frappe
import portal_requests as web
import pytest
from portal_factories import make_referrer
from recognition_factories import make_counted

from referral_hub.recognition import service, showing

PAGE = "/referrals/recognition"


@pytest.fixture
def anna(as_user):
	"""Somebody who referred two people, one of them hired today."""
	employee = make_counted("Anna")
	as_user(employee.user_id)
	frappe.local.lang = "en"
	return employee


def award_of(employee, badge: str) -> str:
	return frappe.db.get_value("Recognition Award", {"employee": employee.name, "badge": badge})


def test_the_page_explains_score_level_and_badges_in_both_languages(anna):
	english = web.get(PAGE).text
	kept = frappe.db.get_value("Referral Recognition", {"employee": anna.name}, "score")
	assert f"{kept:g} of 100" in english
	for words in (
		"Bronze Referrer",
		"Next: Silver Referrer",
		"1 of 2 hires",
		"1 hired of 1 that ended",
		"First Hire",
	):
		assert words in english
	frappe.local.lang = "zh"
	chinese = web.get(PAGE).text
	for words in ("铜牌推荐人", "银牌推荐人", "首位入职", "您的徽章"):
		assert words in chinese


def test_who_has_referred_nobody_is_told_what_would_come(as_user):
	as_user(make_referrer("Bo").user_id)
	frappe.local.lang = "en"
	assert "Nothing to count yet" in web.get(PAGE).text


def test_the_owner_shows_and_hides_badge_and_level(anna):
	award = award_of(anna, "First Hire")
	assert "Colleagues see it." in web.get(PAGE).text
	assert web.post(PAGE, {"badge": award, "show": "0"}).status_code == 303
	assert frappe.db.get_value("Recognition Award", award, "visibility") == "Hidden"
	assert web.post(PAGE, {"show": "0"}).status_code == 303
	assert frappe.db.get_value("Referral Preference", {"employee": anna.name}, "level_visibility") == "Hidden"
	assert web.get(PAGE).text.count("Only you and HR see it.") == 2


def test_a_company_may_keep_all_private_until_the_owner_shows_it(anna):
	frappe.db.set_single_value("Referral Hub Settings", "recognition_private", 1)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	assert [showing.is_shown(choice) for choice in (None, "", "Shown", "Hidden")] == [
		False,
		False,
		True,
		False,
	]
	assert "Colleagues see it." not in web.get(PAGE).text


def test_nobody_shows_the_badge_of_somebody_else(anna, as_user):
	award = award_of(anna, "First Hire")
	as_user("Administrator")
	as_user(make_referrer("Bo").user_id)
	assert web.post(PAGE, {"badge": award, "show": "0"}).status_code == 404
	assert not frappe.db.get_value("Recognition Award", award, "visibility")


def test_what_was_withdrawn_is_shown_with_its_reason(anna, as_user):
	as_user("Administrator")
	service.withdraw(award_of(anna, "First Referral"), "It was a test")
	as_user(anna.user_id)
	page = web.get(PAGE).text
	assert "Badges that were withdrawn" in page and "It was a test" in page


def test_what_the_app_itself_wrote_is_read_in_the_readers_language(anna):
	why = "Referrals were corrected: what it was given for is not reached any more."
	award = award_of(anna, "First Referral")
	for kept, language, read in (
		(why, "zh", "不再达到颁发条件"),
		("推荐记录已更正，不再达到颁发条件。", "en", why),
	):
		gone = {"state": "Revoked", "revoked_because": kept, "revoked_on": frappe.utils.today()}
		frappe.db.set_value("Recognition Award", award, gone)
		frappe.local.lang = language
		assert read in web.get(PAGE).text


def test_guests_are_sent_to_the_login(as_user):
	as_user("Guest")
	assert web.get(PAGE).status_code == 302


def test_a_badge_that_is_gone_is_still_there_for_who_holds_it(anna):
	frappe.db.delete("Recognition Badge", {"name": "First Hire"})
	frappe.clear_document_cache("Recognition Badge", "First Hire")
	page = web.get(PAGE)
	assert (page.status_code, "First Hire" in page.text) == (200, True)
