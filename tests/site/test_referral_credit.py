"""HR moves the credit of a referral: what follows, what is kept, what is refused."""

import frappe
import pytest
from referral_factories import applicant_of, make_candidate, make_referral
from reward_factories import make_rule, points
from site_factories import make_employee, make_opening, unique_email

from referral_hub.points import service as wallet
from referral_hub.portal import story
from referral_hub.referrals import service
from referral_hub.referrals.service import AlreadyOwned, CreditNotMoved
from referral_hub.rewards import service as rewards


def rewards_of(referral) -> set[tuple]:
	rows = frappe.get_all("Referral Reward", {"referral": referral.name}, ["employee", "state"])
	return {(row.employee, row.state) for row in rows}


def test_the_other_employee_is_credited_everywhere():
	referral, other = make_referral(), make_employee()
	former = referral.referrer
	service.move_credit(referral, other.name, "They met first.")
	assert (referral.referrer, referral.referrer_name) == (other.name, other.employee_name)
	assert applicant_of(referral).source_name == other.name
	assert set(frappe.get_all("Candidate Key", {"referral": referral.name}, pluck="referrer")) == {other.name}
	event = frappe.get_last_doc("Referral Event", {"referral": referral.name, "kind": "Credit"})
	assert (event.seq, frappe.parse_json(event.facts)) == (
		2,
		{"from": former, "to": other.name, "reason": "They met first.", "by": "Administrator"},
	)
	assert service.refresh(referral.name) is False


def test_points_follow_by_reversal_and_come_back_with_the_credit():
	one, other, opening = make_employee(), make_employee(), make_opening()
	make_rule(points("Received", 40), designation=opening.designation)
	referral = make_referral(one, opening)
	rewards.pay_due()
	assert (wallet.balance(one.name), wallet.balance(other.name)) == (40, 0)
	service.move_credit(referral, other.name, "They met first.")
	rewards.pay_due()
	assert rewards_of(referral) == {(one.name, "Clawed Back"), (other.name, "Paid")}
	assert (wallet.balance(one.name), wallet.balance(other.name)) == (0, 40)
	service.move_credit(referral, one.name, "No, it was right.")
	rewards.pay_due()
	assert rewards_of(referral) == {(one.name, "Paid"), (other.name, "Clawed Back")}
	assert (wallet.balance(one.name), wallet.balance(other.name), wallet.verify()) == (40, 0, [])


def test_points_that_were_spent_before_the_credit_moved_are_owed_and_taken_from_what_comes_next():
	one, other, opening = make_employee(), make_employee(), make_opening()
	make_rule(points("Received", 40), designation=opening.designation)
	referral = make_referral(one, opening)
	rewards.pay_due()
	wallet.post(one.name, -30, "Shop", "spent before the credit moved")
	service.move_credit(referral, other.name, "They met first.")
	rewards.pay_due()
	assert rewards_of(referral) == {(one.name, "Owed"), (other.name, "Paid")}
	assert (wallet.balance(one.name), wallet.balance(other.name)) == (0, 40)
	make_referral(one, opening)
	rewards.pay_due()
	assert rewards_of(referral) == {(one.name, "Clawed Back"), (other.name, "Paid")}
	assert (wallet.balance(one.name), wallet.balance(other.name), wallet.verify()) == (10, 40, [])


def test_who_is_not_paid_gets_the_credit_without_a_reward():
	other, opening = make_employee(), make_opening()
	make_rule(points("Received", 40), designation=opening.designation)
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, hiring_manager=other.name).insert()
	referral = make_referral(opening=opening)
	former = referral.referrer
	service.move_credit(referral, other.name, "They met first.")
	assert (referral.may_be_paid, rewards.explain(referral)["sentence"] != "") == (0, True)
	assert rewards_of(referral) == {(former, "Void")}
	service.move_credit(referral, former, "No, it was right.")
	assert referral.may_be_paid == 1
	assert rewards_of(referral) == {(former, "Due")}


def test_what_was_promised_on_the_day_comes_back_with_the_credit():
	"""Via somebody who is not paid, while the rule has been lowered: the promise of the day waits, and counts again."""
	one, other, opening = make_employee(), make_employee(), make_opening()
	rule = make_rule(points("Received", 40), points("Joined", 500), designation=opening.designation)
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, hiring_manager=other.name).insert()
	referral = make_referral(one, opening)
	promised = frappe.parse_json(referral.terms)
	rule.reload()
	for milestone in rule.milestones:
		milestone.amount = 7
	rule.save()
	service.move_credit(referral, other.name, "They met first.")
	assert (rewards.possible(referral), rewards.has_terms(referral)) == ([], False)
	service.move_credit(referral, one.name, "No, it was right.")
	assert frappe.parse_json(referral.terms) == promised
	rewards.pay_due()
	assert wallet.balance(one.name) == 40


def test_nobody_else_may_refer_the_person_afterwards_either():
	candidate = make_candidate()
	referral, other = make_referral(candidate=candidate), make_employee()
	service.move_credit(referral.name, other.name, "They met first.")
	with pytest.raises(AlreadyOwned) as refusal:
		make_referral(other, candidate=candidate)
	assert refusal.value.reason == "already_yours"


def test_credit_needs_a_reason_and_somebody_who_works_here():
	referral = make_referral()
	gone = make_employee()
	gone.db_set("status", "Left")
	for to, reason, words in (
		(make_employee().name, " ", "Please say why the credit moves"),
		(referral.referrer, "x", "This employee is credited already"),
		(gone.name, "x", "Only an employee who works here now"),
		("HR-EMP-nobody", "x", "Only an employee who works here now"),
	):
		with pytest.raises(CreditNotMoved, match=words):
			service.move_credit(referral.name, to, reason)
	assert frappe.db.count("Referral Event", {"referral": referral.name}) == 1


def news_of(employee, referral) -> list[tuple]:
	rows = frappe.get_all(
		"Referral Message",
		{"recipient": employee, "referral": referral.name},
		["event", "facts"],
		order_by="creation",
	)
	return list(dict.fromkeys((row.event, frappe.parse_json(row.facts).get("link")) for row in rows))


def test_both_are_told_and_only_who_is_credited_now_reads_the_timeline():
	referral, other = make_referral(make_employee(user=True)), make_employee(user=True)
	former, name = referral.referrer, referral.candidate_name
	service.move_credit(referral, other.name, "Anna met him first, says her boss.")
	assert news_of(former, referral)[-1] == ("credit_moved_away", "/referrals/mine")
	assert news_of(other.name, referral) == [("credit_given", None)]
	assert story.tell(referral.name, former) is None
	assert [entry.text for entry in story.tell(referral.name, other.name).entries] == [
		"HR credited you with this referral.",
		f"{name} was referred. The profile is with the recruiting team.",
	]
	service.move_credit(referral, former, "No, it was right.")
	assert news_of(former, referral)[-1] == ("credit_given", None)
	assert news_of(other.name, referral)[-1] == ("credit_moved_away", "/referrals/mine")
	assert [entry.text for entry in story.tell(referral.name, former).entries].count(
		"HR credited you with this referral."
	) == 1
	assert frappe.db.count("Referral Message", {"referral": referral.name, "facts": ("like", "%boss%")}) == 0


def test_only_hr_moves_credit(as_user):
	employee, other = make_employee(user=True), make_employee()
	referral = make_referral(employee)
	as_user(employee.user_id)
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Referral", referral.name).move_credit(other.name, "For a friend")


def test_the_candidate_is_never_credited_with_themselves_also_before_they_are_hired():
	candidate = make_employee(personal_email=unique_email())
	referral = make_referral()
	referral.db_set("candidate_email", candidate.personal_email)
	with pytest.raises(CreditNotMoved, match="themselves"):
		service.move_credit(referral, candidate.name, "They met first.")
