"""The wall of thanks: nobody is thanked without their leave, asked once, taken back at any time; no candidate and no amount."""

import re

import frappe
import portal_requests as web
import pytest
import reward_factories as given
import site_factories as hr
from count_queries import counted_queries
from frappe.utils import add_days, add_months, today
from message_factories import messages_to
from portal_factories import make_referrer
from recognition_factories import make_counted

from referral_hub import tasks
from referral_hub.messages import preferences
from referral_hub.messages import service as messages
from referral_hub.people import employments, wishes
from referral_hub.recognition import boards, showing
from referral_hub.recognition.thanks import asking, wall
from referral_hub.rewards.rules.periods import QUARTER, period_of

PAGE = "/referrals/wall"
SETTINGS = "Referral Hub Settings"


@pytest.fixture
def story():
	"""Somebody whose referral was rewarded with points today."""
	made = given.make_story(given.points("Interviewed", 50), user=True)
	given.interview(made)
	given.pay()
	return made


@pytest.fixture
def colleague(as_user):
	employee = make_referrer("Bo")
	as_user(employee.user_id)
	frappe.local.lang = "en"
	return employee


def say(employee, **chosen) -> None:
	preferences.save(employee.name, channels={}, **chosen)


def thanked(employee, company: str | None = None) -> int:
	found = wall.entries(company or employee.company)
	return len([each for each in found if each.is_thanked and each.name == employee.employee_name])


def award(employee, badge: str = "First Hire", **fields):
	held = {"employee": employee.name, "employee_name": employee.employee_name, "company": employee.company}
	made = frappe.get_doc(
		{
			"doctype": "Recognition Award",
			"name": frappe.generate_hash(length=12),
			"badge": badge,
			"state": "Held",
			"awarded_on": today(),
			"given_by": "Rule",
			**held,
			**fields,
		}
	)
	made.db_insert()
	return made


def test_who_was_rewarded_is_thanked_with_their_leave_alone_and_until_they_take_it_back(story):
	anna = story.referrer
	assert thanked(anna) == 0
	say(anna, thanks="Yes")
	assert thanked(anna) == 1
	say(anna, incognito=1)
	assert thanked(anna) == 0
	say(anna, incognito=0, thanks="No")
	assert thanked(anna) == 0


def test_what_was_taken_back_or_not_paid_is_no_reason_to_thank(story):
	anna, reward = story.referrer, given.reward_of(story, "Interviewed")
	say(anna, thanks="Yes")
	for state in ("Due", "Clawed Back", "Void", "Owed"):
		frappe.db.set_value("Referral Reward", reward.name, "state", state)
		assert thanked(anna) == 0, state
	frappe.db.set_value(
		"Referral Reward", reward.name, {"state": "Confirmed", "paid_on": add_months(today(), -13)}
	)
	assert thanked(anna) == 0


def test_who_leaves_is_not_thanked_any_more_and_who_is_transferred_still_is(story):
	anna = story.referrer
	say(anna, thanks="Yes")
	now = hr.transfer(anna)
	assert thanked(now) == 1
	frappe.db.set_value("Employee", now.name, {"status": "Left", "relieving_date": today()})
	assert thanked(now) == 0


def test_who_was_transferred_twice_or_got_a_second_record_by_hand_still_stands_there(story):
	anna = story.referrer
	say(anna, thanks="Yes")
	award(anna)
	now = hr.transfer(hr.transfer(anna))
	(entry,) = [each for each in wall.entries(now.company) if each.employee == now.name]
	assert (entry.name, entry.is_thanked, entry.badges) == (now.employee_name, True, ["First Hire"])
	frappe.db.set_value("Employee Transfer", {"new_employee_id": now.name}, "docstatus", 2)
	assert thanked(now) == 0
	before = frappe.db.get_value("Employee", {"name": ("in", employments.records_of(anna.name)[1:])})
	same = {"user_id": anna.user_id, "date_of_birth": anna.date_of_birth}
	for record in (before, now.name):
		frappe.db.set_value("Employee", record, same)
	assert thanked(now) == 1


def test_a_draft_in_payroll_and_what_payroll_withholds_is_no_reason_to_ask_or_to_thank(component):
	given.pay_cash_with(component, submit=False)
	made = given.make_story(given.cash("Interviewed", 1000))
	given.put_on_payroll(made.referrer)
	given.interview(made)
	given.pay()
	anna, reward = made.referrer, given.reward_of(made, "Interviewed")
	assert reward.state == "Paid"

	def stands() -> tuple[bool, int]:
		say(anna, thanks="")
		is_asked = anna.name in asking.to_ask()
		say(anna, thanks="Yes")
		return is_asked, thanked(anna)

	assert stands() == (False, 0)
	salary = frappe.get_doc("Additional Salary", reward.payout_name)
	salary.submit()
	assert stands() == (True, 1)
	slip = given.make_slip(anna, salary.payroll_date)
	slip.submit()
	assert stands() == (True, 1)
	slip.db_set("status", "Withheld")
	assert stands() == (False, 0)


def test_people_are_asked_once_and_not_after_they_have_said_something(story):
	anna = story.referrer
	assert anna.name in asking.to_ask()
	for _ in range(2):
		asking.ask(anna.name)
	asked = messages_to(anna, event="thanks_asked", channel="Email")
	assert [frappe.parse_json(row.facts)["link"] for row in asked] == [PAGE]
	say(anna, thanks="No")
	assert anna.name not in asking.to_ask()
	say(anna, thanks="", incognito=1)
	assert anna.name not in asking.to_ask()


def test_the_question_promises_no_more_than_the_wall_keeps(story):
	asking.ask(story.referrer.name)
	messages.send_pending()
	(mail,) = messages_to(story.referrer, event="thanks_asked", channel="Email")
	assert "you are not thanked by name; badges show as you chose under Recognition." in mail.content


def test_who_was_asked_before_a_transfer_is_not_asked_again(story):
	anna = story.referrer
	asking.ask(anna.name)
	now = hr.transfer(anna)
	asking.ask(now.name)
	assert messages_to(now, event="thanks_asked") == []


def test_the_daily_task_asks(commits, story):
	frappe.db.commit()
	tasks.ask_for_thanks()
	assert len(messages_to(story.referrer, event="thanks_asked", channel="Email")) == 1


def test_hr_may_do_without_a_wall(story, colleague):
	assert 'href="/referrals/wall"' in web.get("/referrals/rules").text
	frappe.db.set_single_value(SETTINGS, "show_wall", 0)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	assert (asking.to_ask(), web.get(PAGE).status_code) == ([], 404)
	assert 'href="/referrals/wall"' not in web.get("/referrals/rules").text


def test_a_badge_stands_there_where_its_owner_and_the_company_let_it(as_user):
	anna = make_referrer("Anna")
	made = award(anna)

	def shown() -> bool:
		return any(each.badges and each.employee == anna.name for each in wall.entries(anna.company))

	assert shown()
	made.db_set("visibility", "Hidden")
	assert not shown()
	made.db_set("visibility", None)
	frappe.db.set_single_value(SETTINGS, "recognition_private", 1)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	assert not shown()
	made.db_set("visibility", "Shown")
	assert shown()
	made.db_set("valid_until", add_days(today(), -1))
	assert not shown()
	made.db_set({"valid_until": None, "state": "Revoked"})
	assert not shown()
	made.db_set("state", "Held")
	say(anna, incognito=1)
	assert not shown()


def test_the_page_names_no_candidate_and_no_amount_and_says_it_in_both_languages(story, colleague):
	anna = story.referrer
	say(anna, thanks="Yes")
	page = web.get(PAGE).text
	main = page[page.index("<main") : page.index("</main>")]
	assert anna.employee_name in main and "Thank you for recommending people to us." in main
	assert [word for word in (story.applicant.applicant_name, story.name, "50 points") if word in main] == []
	frappe.local.lang = "zh"
	assert "感谢您为我们推荐人才。" in web.get(PAGE).text


def test_the_reader_says_yes_and_takes_it_back(story, as_user):
	anna = story.referrer
	as_user(anna.user_id)
	frappe.local.lang = "en"
	assert "Yes, thank me here" in web.get(PAGE).text
	assert web.post(PAGE, {"thanks": "1"}).headers["Location"] == f"{PAGE}?saved=1"
	page = web.get(f"{PAGE}?saved=1").text
	assert f"You, {anna.employee_name}" in page and "You said yes." in page
	web.post(PAGE, {"thanks": "0"})
	assert f"You, {anna.employee_name}" not in web.get(PAGE).text


def test_a_wall_is_of_one_company_and_an_empty_one_says_what_it_is_for(as_user):
	anna = make_referrer("Anna")
	award(anna)
	other = make_referrer("Zoe")
	other.db_set("company", hr.other_company())
	as_user(other.user_id)
	frappe.local.lang = "en"
	page = web.get(PAGE).text
	assert anna.employee_name not in page and "Nobody has been thanked yet" in page


def test_more_than_a_page_goes_on_behind_a_link(as_user):
	anna = make_referrer("Anna")
	anna.db_set("company", hr.other_company())
	people = [anna, *[hr.make_employee() for _ in range(20)]]
	for each in people:
		each.db_set("company", anna.company)
		award(each)
	award(anna, "First Referral")
	as_user(anna.user_id)
	frappe.local.lang = "en"
	first = web.get(PAGE).text
	assert (first.count("Badge: First Hire"), "Page 1 of 2" in first) == (20, True)
	following = web.get(re.search(r'rel="next" href="([^"]+)"', first)[1]).text
	assert (following.count("Badge: First Hire"), (first + following).count("Badge: First Referral")) == (
		1,
		1,
	)


def test_badges_stand_beside_names_on_the_leaderboard_too(as_user):
	anna = make_counted("Anna")
	assert set(showing.badges_of([anna.name])[anna.name]) == {"First Hire", "First Referral"}
	frappe.db.set_value("Recognition Award", {"employee": anna.name}, "visibility", "Hidden")
	period = period_of(frappe.utils.getdate(today()), QUARTER)
	(line,) = [line for line in boards.board(anna, period, "hires").lines if line.is_mine]
	assert (line.level, line.badges) == ("Bronze Referrer", [])


def test_the_wishes_of_many_who_were_transferred_cost_no_more_queries_than_of_one():
	def asked() -> tuple[int, set[str]]:
		with counted_queries() as sent:
			found = wishes.everybody_incognito()
		return len(sent), found

	def transferred() -> set[str]:
		employee = hr.make_employee()
		say(employee, incognito=1)
		return {employee.name, hr.transfer(employee).name}

	first = transferred()
	of_one, _found = asked()
	second = transferred()
	of_two, found = asked()
	assert (of_two, first | second <= found) == (of_one, True)
