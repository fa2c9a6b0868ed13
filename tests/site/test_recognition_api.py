"""What the pages of recognition, the wall and the draws show, as JSON: the caller's own, colleagues as the pages name them."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from portal_factories import make_referrer
from recognition_factories import make_counted
from shop_factories import make_buyer

from referral_hub.api import portal
from referral_hub.api.recognition import portal as recognition
from referral_hub.api.shop import portal as shop
from referral_hub.messages import preferences
from referral_hub.points.draw import drawing

READS = {
	recognition: ("recognition", "leaderboard", "wall_of_thanks"),
	shop: ("draws", "items", "orders"),
	portal: ("wallet",),
}
CHANGES = (recognition.show_level, recognition.show_badge, recognition.thank_me)


@pytest.fixture
def anna(as_user):
	employee = make_counted("Anna")
	as_user(employee.user_id)
	frappe.local.lang = "en"
	return employee


def test_nobody_without_an_active_employee_record_is_answered(as_user):
	as_user(hr.make_user().name)
	for module, names in READS.items():
		for name in names:
			with pytest.raises(frappe.PermissionError, match="Please ask HR to link it"):
				getattr(module, name)()
	with pytest.raises(frappe.PermissionError):
		recognition.thank_me(True)


def test_reads_are_gets_changes_are_posts_and_guests_reach_none():
	allowed = frappe.allowed_http_methods_for_whitelisted_func
	reads = [getattr(module, name) for module, names in READS.items() for name in names]
	assert {tuple(allowed[method]) for method in reads} == {("GET",)}
	assert {tuple(allowed[method]) for method in CHANGES} == {("POST",)}
	assert not set(frappe.guest_methods) & {*reads, *CHANGES}


def test_the_caller_reads_their_score_level_and_badges(anna):
	told = recognition.recognition()
	assert told["level"]["title"] == "Bronze Referrer"
	assert (told["next"]["title"], told["next"]["reached"], told["next"]["needed"]) == (
		"Silver Referrer",
		1,
		2,
	)
	assert {badge["title"] for badge in told["badges"]} == {"First Referral", "First Hire"}
	assert len(told["parts"]) == 4 and told["withdrawn"] == []


def test_level_and_badges_are_shown_and_hidden_and_only_ones_own(anna, as_user):
	badge = recognition.recognition()["badges"][0]["name"]
	recognition.show_badge(badge, False)
	recognition.show_level(False)
	told = recognition.recognition()
	assert ([row["is_shown"] for row in told["badges"] if row["name"] == badge], told["level_is_shown"]) == (
		[False],
		False,
	)
	as_user("Administrator")
	as_user(make_referrer("Bo").user_id)
	with pytest.raises(frappe.DoesNotExistError):
		recognition.show_badge(badge, True)


def test_a_leaderboard_is_what_the_page_shows(anna):
	told = recognition.leaderboard(by="hires", among="nonsense")
	(mine,) = [line for line in told["lines"] if line["is_mine"]]
	assert (told["by"], told["among"], mine["name"], mine["value"]) == (
		"hires",
		"company",
		anna.employee_name,
		"1",
	)
	assert recognition.leaderboard(among="teams")["lines"] == []


def test_leave_is_given_and_taken_back_and_nothing_is_there_without_a_wall(anna):
	assert recognition.wall_of_thanks()["thanks"] == ""
	for yes, kept in ((True, "Yes"), (False, "No")):
		recognition.thank_me(yes)
		told = recognition.wall_of_thanks()
		assert (told["thanks"], told["page"]) == (kept, 1)
	(mine,) = [row for row in told["entries"] if row["is_mine"]]
	assert set(mine["words"]) == {"Badge: First Referral", "Badge: First Hire"}
	frappe.db.set_single_value("Referral Hub Settings", "show_wall", 0)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	for call in (recognition.wall_of_thanks, lambda: recognition.thank_me(True)):
		with pytest.raises(frappe.DoesNotExistError):
			call()
	assert preferences.preference_of(anna.name).thanks == "No"


def test_draws_come_with_what_brings_tickets_and_have_no_proof_before_they_are_drawn(anna, as_user):
	as_user("Administrator")
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": hr.unique("Draw"), "from_day": today(), "to_day": today()})
	draw.update({"tickets_per_referral": 2, "tickets_per_hire": 0, "points_per_ticket": 0})
	draw.append("prizes", {"prize": "Mug", "how_many": 1})
	drawing.announce(draw.insert().name)
	as_user(anna.user_id)
	(told,) = [row for row in shop.draws() if row["name"] == draw.name]
	assert (told["state"], told["prizes"]) == ("Announced", [{"title": "Mug", "how_many": 1}])
	assert told["brings"] == ["A referral brings 2 tickets."] and len(told["commitment"]) == 64
	for name in (draw.name, "nothing"):
		with pytest.raises(frappe.DoesNotExistError):
			shop.draw_proof(name)


def test_the_statement_is_narrowed_as_on_the_page(as_user):
	buyer = make_buyer(50, user=True)
	as_user(buyer.user_id)
	assert (portal.wallet()["balance"], len(portal.wallet(direction="In")["statement"])) == (50, 1)
	assert portal.wallet(direction="Out")["statement"] == []
	assert portal.wallet(since=add_days(today(), 1))["statement"] == []
	assert [lot["remaining"] for lot in portal.wallet()["lots"]] == [50]
