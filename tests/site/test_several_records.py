"""One person may have several Employee records, and one login may have been two people's: whose money it is, is never mixed up."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, getdate, today

from referral_hub.api import desk
from referral_hub.patches import keep_whom_promised
from referral_hub.people import employments
from referral_hub.points import service as points
from referral_hub.referrals import credit
from referral_hub.referrals import service as referrals
from referral_hub.referrals.disputes import asking
from referral_hub.referrals.making import recalling
from referral_hub.rewards import earning
from referral_hub.rewards import service as rewards
from referral_hub.rewards.recovery import service as recovery


def test_a_login_given_to_somebody_else_gives_them_no_money():
	story = given.make_story(given.points("Joined", 300), user=True)
	make.part_with_employee(story.referrer, today())
	successor = make.make_employee("Bob", user_id=story.referrer.user_id, date_of_birth="2000-02-02")
	given.hire(story)
	given.pay()
	assert employments.record_now(story.referrer.name) == story.referrer.name
	assert given.reward_of(story, "Joined").employee == story.referrer.name
	assert points.balance(successor.name) == 0
	told = frappe.get_all("Referral Message", {"referral": story.name}, pluck="recipient")
	assert successor.name not in told


def paid_story(*milestones):
	"""A referrer whose candidate joined some weeks ago: 300 points were paid, to the record they have now."""
	story = given.make_story(given.points("Joined", 300), *milestones, user=True)
	given.hire(story, date_of_joining=make.days_ago(40))
	given.pay()
	return story


def confirm(story):
	make.confirm_employee(story.hire, today())
	given.follow(story)
	given.pay()


def whole(story) -> dict[tuple[str, str], str]:
	rows = frappe.get_all("Referral Reward", {"referral": story.name}, ["milestone", "employee", "state"])
	return {(row.milestone, row.employee): row.state for row in rows}


def test_what_was_paid_is_not_paid_again_when_records_are_one_no_longer():
	story = given.make_story(given.points("Joined", 300), given.points("Confirmed", 50), user=True)
	first = story.referrer
	make.part_with_employee(first, today())
	second = make.make_employee(user_id=first.user_id)
	given.hire(story, date_of_joining=make.days_ago(40))
	given.pay()
	frappe.db.set_value("Employee", second.name, {"status": "Left", "user_id": None})
	frappe.db.set_value("Employee", first.name, {"status": "Active", "relieving_date": None})
	confirm(story)
	assert whole(story) == {("Joined", second.name): "Paid", ("Confirmed", first.name): "Paid"}


def test_what_was_paid_is_not_paid_again_when_the_records_become_one_after_the_credit_moved():
	story = paid_story(given.points("Confirmed", 50))
	first, second = story.referrer, make.make_employee()
	credit.move_credit(story.name, second.name, "A new contract")
	given.follow(story)
	given.pay()
	paid = frappe.db.get_value("Referral Reward", {"referral": story.name, "state": "Paid"})
	frappe.db.sql("update `tabReferral Reward` set name = '0000000000' where name = %s", paid)
	make.part_with_employee(first, today())
	frappe.db.set_value("Employee", second.name, "user_id", first.user_id)
	confirm(story)
	assert whole(story) == {
		("Joined", first.name): "Clawed Back",
		("Joined", second.name): "Paid",
		("Confirmed", second.name): "Paid",
	}


def test_credit_does_not_move_to_another_record_of_the_same_person():
	story = paid_story()
	make.part_with_employee(story.referrer, today())
	again = make.make_employee(user_id=story.referrer.user_id)
	with pytest.raises(credit.CreditNotMoved, match="credited already"):
		credit.move_credit(story.name, again.name, "A new contract")


def test_rewards_of_before_learn_whom_they_were_promised_to():
	"""What was paid to the record its person has now is the promise; what was undone before it is another."""
	story = paid_story()
	first = story.referrer.name
	make.part_with_employee(first, today())
	second = make.make_employee(user_id=story.referrer.user_id).name
	(name,) = frappe.get_all("Referral Reward", {"referral": story.name}, pluck="name")
	frappe.db.set_value("Referral Reward", name, {"referrer": None, "employee": second})
	keep_whom_promised.execute()
	assert frappe.db.get_value("Referral Reward", name, "referrer") == first
	undone = frappe._dict(name="undone", employee=first, state="Clawed Back", credited_now=first)
	paid = frappe._dict(name="paid", employee=second, state="Paid", credited_now=first)
	for rows in ([undone, paid], [paid, undone]):
		assert keep_whom_promised.promised_to(rows) == {"paid": first, "undone": second}


def test_what_was_only_promised_before_a_transfer_is_paid_when_its_day_comes():
	story = given.make_story(given.points("Retained", 500, after_months=6), user=True)
	given.hire(story, date_of_joining=add_days(add_months(today(), -6), 3))
	assert given.states_of(story) == {"Retained": "Promised"}
	new, later = make.transfer(story.referrer), add_days(today(), 5)
	earning.earn_by_time(later)
	given.pay(later)
	reward = given.reward_of(story, "Retained")
	assert (reward.state, reward.employee, points.balance(new.name)) == ("Paid", new.name, 500)


def test_what_is_undone_and_reached_again_after_a_transfer_is_paid():
	story = given.make_story(given.points("Offered", 50), user=True)
	offer = make.make_offer(story.applicant)
	given.follow(story)
	given.pay()
	new = make.transfer(story.referrer)
	frappe.get_doc("Job Offer", offer.name).cancel()
	given.follow(story)
	assert given.states_of(story) == {"Offered": "Clawed Back"}
	make.make_offer(story.applicant)
	given.follow(story)
	given.pay()
	reward = given.reward_of(story, "Offered")
	assert (reward.state, points.balance(story.referrer.name), points.balance(new.name)) == ("Paid", 0, 50)
	assert points.verify() == []


def test_nobody_decides_about_their_own_reward_after_a_transfer(as_user):
	story = given.make_story(given.points("Interviewed", 300), user=True)
	given.interview(story)
	name = given.reward_of(story, "Interviewed").name
	rewards.hold(name, "A colleague looks at it")
	new = make.transfer(story.referrer)
	frappe.get_doc("User", new.user_id).add_roles("HR Manager", "HR User")
	as_user(new.user_id)
	with pytest.raises(frappe.PermissionError, match="This reward is for yourself"):
		desk.release_reward(name, "I say so")


def test_credit_does_not_move_to_another_record_of_the_one_who_was_hired():
	story = paid_story()
	other = make.transfer(story.hire)
	frappe.db.set_value("Referral", story.name, "hired_employee", story.hire.name)
	with pytest.raises(credit.CreditNotMoved, match="referring themselves"):
		credit.move_credit(story.name, other.name, "Came by themselves")


def test_nobody_refers_themselves_by_a_contact_of_their_earlier_record():
	employee = make.make_employee(user=True, personal_email=make.unique_email("old"))
	new = make.transfer(employee)
	frappe.db.set_value("Employee", new.name, "personal_email", None)
	candidate = referrals.Candidate("Me", email=employee.personal_email)
	with pytest.raises(referrals.NotEligible) as refused:
		referrals.submit(new.name, candidate, make.make_opening().name)
	assert refused.value.reason == "self_referral"


def test_who_was_not_selected_is_referred_again_by_the_record_their_referrer_has_now():
	story = given.make_story(given.points("Joined", 300), user=True)
	make.set_applicant_status(story.applicant, "Rejected")
	given.follow(story)
	new = make.transfer(story.referrer)
	candidate = referrals.Candidate(story.referral.candidate_name, email=story.referral.candidate_email)
	again = referrals.submit(new.name, candidate, make.make_opening().name)
	assert again.referrer == new.name


def test_points_owed_are_netted_from_what_the_next_record_earns():
	story = given.make_story(given.points("Interviewed", 100), user=True)
	given.interview(story)
	given.pay()
	points.post(story.referrer.name, -100, "Shop", make.unique("key"))
	credit.move_credit(story.name, make.make_employee().name, "A mistake")
	given.follow(story)
	new, opening = make.transfer(story.referrer), make.make_opening()
	rule = given.make_rule(given.points("Interviewed", 200), designation=opening.designation)
	given.interview(given.refer(new, opening, rule))
	given.pay()
	owed = {"referral": story.name, "referrer": story.referrer.name}
	assert frappe.db.get_value("Referral Reward", owed, ["state", "owed_amount"]) == ("Clawed Back", 0)
	assert (points.balance(new.name), points.verify()) == (100, [])


def test_cash_owed_is_deducted_from_the_salary_they_have_now():
	story = given.make_story(given.cash("Joined", 1000), user=True)
	given.pay_cash_with(given.make_component())
	given.put_on_payroll(story.referrer)
	given.hire(story)
	name = given.reward_of(story, "Joined").name
	frappe.db.set_value(
		"Referral Reward", name, {"state": "Owed", "owed_amount": 1000, "paid_currency": "CNY"}
	)
	settings = frappe.get_doc(given.SETTINGS)
	settings.claw_back_component = given.make_component(kind="Deduction").name
	settings.save()
	new = make.transfer(story.referrer)
	given.put_on_payroll(new)
	assert recovery.owed_by(new.name) == [name]
	asked = frappe.get_doc("Reward Recovery", recovery.deduct(name, "Left at once"))
	assert frappe.db.get_value("Additional Salary", asked.payout_name, "employee") == new.name


def test_whoever_referred_them_first_is_credited_by_the_record_they_have_now():
	first = make.make_employee(user=True)
	new, opening = make.transfer(first), make.make_opening()
	program = frappe.get_doc(
		doctype="Referral Program", program_name=make.unique("Program"), pool_credit_days=30
	)
	frappe.db.set_single_value(given.SETTINGS, "default_program", program.insert().name)
	frappe.clear_document_cache(given.SETTINGS, given.SETTINGS)
	candidate = referrals.Candidate(make.unique("Candidate"), email=make.unique_email("candidate"))
	known = recalling.Known(candidate, first.name, None, getdate())
	assert recalling.credited(known, opening.name) == new.name


def test_a_question_asked_before_a_transfer_is_the_same_question_after_it():
	story = given.make_story(given.points("Joined", 300), user=True)
	first = asking.ask(story.referrer.name, story.name, "Other", "When will I hear?")
	new = make.transfer(story.referrer)
	assert asking.ask(new.name, story.name, "Other", "When will I hear?").name == first.name
	assert [row.name for row in asking.of_referral(story.name, new.name)] == [first.name]
