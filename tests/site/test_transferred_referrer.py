"""A referrer whom HRMS transfers keeps referrals, wallets, what is still to come, and hears of it."""

from functools import partial

import frappe
import portal_requests as web
import pytest
import reward_factories as given
import shop_factories as shop_given
import site_factories as make
from frappe.utils import add_days, add_months, today
from message_factories import messages_to
from referral_factories import make_candidate, make_referral
from reward_processes import another_connection, commit_quietly
from sharing_factories import apply_through, make_link
from site_factories import other_company, transfer

from referral_hub import flow
from referral_hub.api import portal as api
from referral_hub.api.v1 import home
from referral_hub.messages import preferences
from referral_hub.messages import service as messages
from referral_hub.messages.readers import find_reader
from referral_hub.people import employments
from referral_hub.points import service as points
from referral_hub.points.moving import warning
from referral_hub.points.shop import errors
from referral_hub.points.shop import service as shop
from referral_hub.portal import page, wallet
from referral_hub.referrals import service
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.named import answering, asking
from referral_hub.referrals.programs import judging
from referral_hub.referrals.sharing import links
from referral_hub.referrals.showing import reading


@pytest.fixture
def story():
	"""A referrer with 100 points whose candidate is in interviews; joining is still to come."""
	story = given.make_story(given.points("Interviewed", 100), given.points("Joined", 300), user=True)
	given.interview(story)
	given.pay()
	return story


@pytest.mark.parametrize("is_other", [True, False], ids=["another company", "the same company"])
def test_who_has_a_new_record_keeps_referrals_points_and_what_is_still_to_come(story, is_other, as_user):
	company = other_company() if is_other else None
	new = transfer(story.referrer, company)
	assert employments.records_of(new.name) == [new.name, story.referrer.name]
	given.hire(story)
	assert given.pay()["paid"] == 1
	assert given.states_of(story) == {"Interviewed": "Paid", "Joined": "Paid"}
	assert given.reward_of(story, "Joined").employee == new.name
	assert (points.balance(new.name), points.balance(story.referrer.name, make.COMPANY)) == (300, 100)
	assert {row.recipient for row in given.told(story, "candidate_joined")} == {new.name}
	as_user(new.user_id)
	me = page.load_employee()
	assert me.name == new.name
	assert [row.name for row in reading.mine(me.name)] == [story.name]
	assert api.referral(story.name)["referral"]["name"] == story.name
	spendable = 300 if is_other else 400
	assert home.look().json["message"]["balance"] == spendable
	assert f'<p class="amount">{spendable} points</p>' in web.get("/referrals").text
	shown = [(each["name"], each["balance"]) for each in wallet.tell(me)["wallets"]]
	if is_other:
		assert shown == [(company, 300), (make.COMPANY, 100)]
	else:
		assert shown == [
			(f"{make.COMPANY}, {new.name}", 300),
			(f"{make.COMPANY}, {story.referrer.name}", 100),
		]
	assert [line["points"] for line in wallet.tell(me, asked_wallet="2")["statement"]] == [100]
	assert points.verify() == []


def test_what_an_earlier_record_holds_in_the_same_company_is_spent_in_the_shop(story):
	old, mug = story.referrer, shop_given.make_item(price=80)
	now = transfer(old)
	points.post(now.name, 30, "Issuance", make.unique("earn"))
	(offered,) = [item for item in shop.items_for(now) if item.name == mug.name]
	assert offered.refusal is None
	order = shop_given.order(now, mug)
	assert (points.balance(now.name), points.balance(old.name, make.COMPANY)) == (30, 20)
	(offered,) = [item for item in shop.items_for(now) if item.name == mug.name]
	assert (offered.reason, offered.missing) == ("not_enough", 30)
	with pytest.raises(errors.NotEnoughPoints, match="costs 80 points and you have 50"):
		shop_given.order(now, mug)
	assert (points.balance(now.name), points.balance(old.name, make.COMPANY)) == (30, 20)
	flow.end_order(order.name, "Changed my mind")
	assert points.balance(now.name) == 110
	shop_given.order(now, shop_given.make_item(price=130))
	assert points.verify() == []


def test_of_several_wallets_what_ends_first_is_spent_first(story):
	old = story.referrer
	shop_given.order(old, shop_given.make_item(price=points.balance(old.name)))
	post, soon = partial(points.post, company=make.COMPANY), add_days(today(), 20)
	post(old.name, 80, "Issuance", make.unique("earn"), expires_on=soon)
	now = transfer(old)
	post(now.name, 60, "Issuance", make.unique("earn"), expires_on=add_days(today(), 700))
	shop_given.order(now, shop_given.make_item(price=60))
	assert (points.balance(now.name), points.balance(old.name, make.COMPANY)) == (60, 20)
	assert points.verify() == []


def test_points_that_came_to_another_record_meanwhile_pay_too(commits, story):
	now, mug = transfer(story.referrer), shop_given.make_item(price=120)
	commit_quietly(commits)
	points.balance(now.name)  # and has looked around: what others commit from now on is not seen
	with another_connection():
		points.post(story.referrer.name, 20, "Issuance", make.unique("earn"), company=make.COMPANY)
	assert shop_given.order(now, mug).state == "Approved"


def test_what_an_order_moved_to_another_record_is_taken_back_from_there(story):
	old, now = story.referrer, transfer(story.referrer)
	flow.end_order(shop_given.order(now, shop_given.make_item(price=60)).name, "Changed my mind")
	assert (points.balance(now.name), points.balance(old.name, make.COMPANY)) == (60, 40)
	points.post(now.name, 500, "Issuance", make.unique("earn"))
	meeting = frappe.get_doc("Interview", {"job_applicant": story.applicant.name})
	meeting.delete()
	given.follow(story)
	undone = given.reward_of(story, "Interviewed")
	assert (undone.state, undone.owed_amount) == ("Clawed Back", 0)
	assert (points.balance(now.name), points.balance(old.name, make.COMPANY)) == (500, 0)
	assert points.verify() == []


def test_what_an_order_moved_to_another_record_and_expired_there_is_not_taken_of_other_points():
	story = given.make_story(given.points("Interviewed", 100))
	meeting = given.interview(story)
	program = frappe.db.get_value("Referral", story.name, "program")
	frappe.db.set_value("Referral Program", program, "points_lifetime_months", 1)
	given.pay()
	now = transfer(story.referrer)
	flow.end_order(shop_given.order(now, shop_given.make_item(price=100)).name, "Changed my mind")
	points.post(now.name, 500, "Issuance", make.unique("earn"))
	points.expire_due(add_days(add_months(today(), 1), 1))
	undo(story, meeting)
	undone = given.reward_of(story, "Interviewed")
	assert (undone.state, undone.owed_amount, points.balance(now.name)) == ("Clawed Back", 0, 500)
	assert points.verify() == []


def test_what_was_taken_back_in_time_takes_no_share_of_what_expired_of_another_reward():
	first = given.make_story(given.points("Interviewed", 100))
	second = given.refer(first.referrer, first.opening)
	meetings = [given.interview(story) for story in (first, second)]
	program = frappe.db.get_value("Referral", first.name, "program")
	frappe.db.set_value("Referral Program", program, "points_lifetime_months", 1)
	given.pay()
	now = transfer(first.referrer)
	flow.end_order(shop_given.order(now, shop_given.make_item(price=200)).name, "Changed my mind")
	undo(second, meetings[1])
	points.expire_due(add_days(add_months(today(), 1), 1))
	points.post(now.name, 500, "Issuance", make.unique("earn"))
	undo(first, meetings[0])
	for story in (first, second):
		undone = given.reward_of(story, "Interviewed")
		assert (undone.state, undone.owed_amount) == ("Clawed Back", 0)
	assert points.balance(now.name) == 500
	assert points.verify() == []


def undo(story, meeting) -> None:
	meeting.reload()
	meeting.delete()
	given.follow(story)


def test_points_of_another_company_pay_nothing_in_the_shop_of_this_one(story):
	old, mug = story.referrer, shop_given.make_item()
	now = transfer(old, other_company())
	with pytest.raises(errors.NotEnoughPoints, match="costs 50 points and you have 0"):
		shop_given.order(now, mug)
	assert points.balance(old.name, make.COMPANY) == 100


def test_the_wallet_and_the_warning_say_whose_points_the_shop_takes(story, as_user):
	old = story.referrer
	moved = transfer(old, other_company())
	company = moved.company
	elsewhere = (
		f"{make.COMPANY} gave you these points. The shop takes only what is in your wallet of {company}."
		" HR can move them there."
	)
	assert [each["in_the_shop"] for each in wallet.wallets(moved)] == ["", elsewhere]
	as_user(moved.user_id)
	own, other = (web.get("/referrals/wallet", wallet=number).text for number in (1, 2))
	assert (elsewhere in own, elsewhere in other) == (False, True)
	assert ("button-main" in own, "button-main" in other) == (True, False)
	as_user("Administrator")
	points.post(
		old.name, 9, "Issuance", make.unique("earn"), company=make.COMPANY, expires_on=add_days(today(), 5)
	)
	warning.warn_some()
	messages.send_pending()
	(mail,) = messages_to(moved, event="points_expiring", channel="Email")
	assert f"<b>9 points</b> that {make.COMPANY} gave you expire after" in mail.content
	back = transfer(moved, make.COMPANY)
	together = "The shop takes it together with your other wallet of this company."
	said = [each["in_the_shop"] for each in wallet.wallets(back) if each["company"] == make.COMPANY]
	assert said == [together] * 2


def test_what_was_on_its_way_to_the_old_record_is_paid_to_the_new_one(story):
	given.hire(story)
	assert given.reward_of(story, "Joined").state == "Due"
	new = transfer(story.referrer, other_company())
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	row = given.reward_of(story, "Joined")
	assert (row.state, row.employee, row.company) == ("Paid", new.name, new.company)
	given.follow(story)
	assert len(given.rewards_of(story)) == 2
	assert points.balance(new.name) == 300


def test_a_company_that_was_only_changed_hides_no_points(story, as_user):
	employee = frappe.get_doc("Employee", story.referrer.name)
	employee.company = other_company()
	employee.save()
	as_user(employee.user_id)
	me = page.load_employee()
	told = wallet.tell(me)
	assert [(each["name"], each["balance"]) for each in told["wallets"]] == [
		(employee.company, 0),
		(make.COMPANY, 100),
	]
	assert api.wallet()["wallets"][1]["balance"] == 100


def test_nobody_sees_what_belongs_to_somebody_of_the_same_name(story, as_user):
	twin = make.make_employee(story.referrer.first_name, user=True)
	assert employments.records_of(twin.name) == [twin.name]
	as_user(twin.user_id)
	me = page.load_employee()
	assert reading.mine(me.name) == []
	assert [each["balance"] for each in wallet.tell(me, asked_wallet="2")["wallets"]] == [0]
	with pytest.raises(frappe.DoesNotExistError):
		api.referral(story.name)


def test_a_transfer_that_was_only_drafted_ties_nothing(story):
	other = make.make_employee(user=True)
	frappe.get_doc(
		{
			"doctype": "Employee Transfer",
			"employee": story.referrer.name,
			"company": make.COMPANY,
			"transfer_date": today(),
			"new_employee_id": other.name,
			"transfer_details": [{"property": "Grade", "fieldname": "grade", "current": "", "new": ""}],
		}
	).db_insert()
	assert employments.records_of(other.name) == [other.name]


def test_the_user_that_moved_by_hand_ties_the_records(story):
	user = story.referrer.user_id
	make.part_with_employee(story.referrer, today())
	again = make.make_employee(user_id=user)
	assert employments.records_of(again.name) == [again.name, story.referrer.name]
	assert employments.record_now(story.referrer.name) == again.name


def test_one_wallet_is_shown_without_a_choice(story, as_user):
	as_user(story.referrer.user_id)
	me = page.load_employee()
	(only,) = wallet.tell(me)["wallets"]
	assert (only["name"], only["balance"]) == (make.COMPANY, 100)


@pytest.fixture
def moved():
	"""Somebody who has shared a link, chosen a digest and referred somebody before HRMS transferred them."""
	old = make.make_employee(user=True)
	link = make_link(old)
	preferences.save(old.name, channels={"Email": False}, digest="Weekly", language="zh")
	candidate = make_candidate()
	referral = make_referral(old, candidate=candidate)
	token = cards.issue(old.name)
	new = transfer(old, other_company())
	return frappe._dict(old=old, new=new, link=link, candidate=candidate, referral=referral, token=token)


def test_links_shared_before_a_transfer_are_still_theirs(moved):
	assert links.open(moved.link.code).employee == moved.new.name
	row = apply_through(moved.link, make_candidate())
	assert frappe.db.get_value("Referral", row.referral, "referrer") == moved.new.name
	assert moved.link.name in {each.name for each in links.of_employee(moved.new.name)}
	assert moved.link.name in links.share(moved.new.name, moved.link.job_opening)
	assert links.find_own(moved.link.name, moved.new.name).name == moved.link.name
	assert links.find_own(moved.link.name, make.make_employee().name) is None


def test_choices_for_messages_follow_and_stay_one_row(moved):
	reader = find_reader(moved.new.name)
	assert (reader.language, reader.wishes.channels) == ("zh", {"Email": False})
	assert reader.wishes.schedule.rhythm == "Weekly"
	preferences.save(moved.new.name, channels={}, digest="Daily")
	rows = frappe.get_all(
		"Referral Preference", {"employee": ("in", (moved.old.name, moved.new.name))}, pluck="digest"
	)
	assert rows == ["Daily"]


def test_a_second_record_is_no_second_allowance_and_nobody_else(moved):
	with pytest.raises(service.AlreadyOwned) as refused:
		service.submit(moved.new.name, moved.candidate)
	assert refused.value.reason == "already_yours"
	few = {"program_name": make.unique("Few"), "open_limit": 1, "company": moved.new.company}
	program = frappe.get_doc(doctype="Referral Program", **few).insert()
	with pytest.raises(service.NotEligible) as refused:
		service.submit(moved.new.name, make_candidate(), program=program.name)
	assert refused.value.reason == "open_limit_reached"


def test_the_printed_card_dies_and_a_new_one_shows_what_the_old_one_brought(moved):
	assert cards.opened_by(moved.token) is None
	assert len(cards.referrals_of(moved.new.name)) == 1


def test_a_question_to_the_old_record_is_answered_by_the_new_one(moved):
	asked = make.make_employee(user=True)
	applicant = make.make_applicant(make.make_opening(), source="Employee Referral", source_name=asked.name)
	claim = asking.ask(applicant.name)
	new = transfer(asked, None)
	assert [row.name for row in answering.waiting_for(new.name)] == [claim]
	assert answering.confirm(claim, new.name).state == "Confirmed"
	assert frappe.db.get_value("Referral", {"job_applicant": applicant.name}, "referrer") == new.name


def test_a_login_handed_to_somebody_else_shows_them_nothing(story, as_user):
	user = story.referrer.user_id
	link = make_link(story.referrer)
	preferences.save(story.referrer.name, channels={}, language="zh")
	make.part_with_employee(story.referrer, today())
	successor = make.make_employee(user_id=user, date_of_birth="1988-02-03")
	assert employments.records_of(successor.name) == [successor.name]
	assert employments.record_now(story.referrer.name) == story.referrer.name
	assert links.open(link.code) is None
	assert find_reader(story.referrer.name) is None
	frappe.db.set_value("User", user, "enabled", 1)
	as_user(user)
	me = page.load_employee()
	assert (me.name, reading.mine(me.name)) == (successor.name, [])
	assert [each["balance"] for each in wallet.tell(me, asked_wallet="2")["wallets"]] == [0]
	assert web.get(f"/referrals/mine/{story.name}").status_code == 404
	assert preferences.preference_of(me.name).language == ""


def test_hrms_lets_nobody_have_a_user_somebody_active_has():
	employee = make.make_employee(user=True)
	with pytest.raises(frappe.DuplicateEntryError):
		make.make_employee(user_id=employee.user_id)


def test_who_called_somebody_family_is_that_by_a_new_record_too():
	referral = make_referral(relation="Family")
	new = transfer(frappe.get_doc("Employee", referral.referrer))
	judged = judging.judge(frappe.get_doc("Referral", referral.name), new.name)
	assert [each["case"] for each in frappe.parse_json(judged.decision)["cases"]] == ["Family"]


def test_what_is_worth_a_look_is_counted_over_all_records():
	limits = {"program_name": make.unique("Program"), "burst_limit": 1, "stranger_limit": 2}
	program = frappe.get_doc({"doctype": "Referral Program", **limits}).insert().name
	first = make_referral(program=program)
	new = transfer(frappe.get_doc("Employee", first.referrer))
	second = make_referral(new, program=program)
	assert [flag["code"] for flag in frappe.parse_json(second.flags_data)] == ["burst", "strangers"]
