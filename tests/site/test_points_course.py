"""The page of the wallet shows how it went: from real entries, bounded, told in words as well."""

import frappe
import portal_requests as web
import pytest
from frappe.utils import add_months, getdate

from referral_hub.points import service as points
from referral_hub.portal.points import course

PAGE = "/referrals/wallet"


@pytest.fixture
def moved(anna, as_user):
	"""300 came in and 100 went out, both today."""
	as_user("Administrator")
	points.post(anna, 300, "Issuance", frappe.generate_hash())
	points.post(anna, -100, "Shop", frappe.generate_hash())
	user, company = frappe.db.get_value("Employee", anna, ["user_id", "company"])
	as_user(user)
	frappe.local.lang = "en"
	return frappe._dict(employee=anna, company=company, user=user, balance=200)


def test_the_wallet_shows_how_it_went_in_a_picture_and_a_sentence(moved):
	text = web.get(PAGE).text
	assert text.count('<svg class="course"') == 1
	assert "at most 200 points, 200 points today." in text
	frappe.local.lang = "zh"
	assert "最高200 积分，今天200 积分。" in web.get(PAGE).text


def test_an_empty_wallet_and_a_part_of_a_statement_have_no_picture(moved, as_user):
	assert '<svg class="course"' not in web.get(f"{PAGE}?direction=In").text
	as_user("Administrator")
	points.post(moved.employee, -200, "Shop", frappe.generate_hash())
	as_user(moved.user)
	assert '<svg class="course"' not in web.get(PAGE).text


def test_the_balance_of_a_year_ago_is_that_of_now_less_what_moved_since(moved):
	a_year_ago = getdate(add_months(getdate(), -12))
	told = course.of(moved)
	assert told.words.startswith("0 points on ") and str(a_year_ago.year) in told.began


def test_of_a_wallet_in_which_much_moves_so_many_entries_are_read(moved, monkeypatch):
	monkeypatch.setattr(course, "MOST_ENTRIES", 2)
	assert points.movements(moved.employee, moved.company, 2) == [(getdate(), -100), (getdate(), 300)]
	assert course.of(moved) is None  # both are of today: there is no time to show
