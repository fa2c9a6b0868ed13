"""Rewards above a limit wait for an approval; who recorded, approved and paid is kept, and may have to be three people."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import getdate, today

from referral_hub.api import desk
from referral_hub.portal import story as portal_story
from referral_hub.portal import wallet
from referral_hub.rewards.approving import people
from referral_hub.rewards.approving import service as approving
from referral_hub.rewards.paying.second_payouts import PaidAlready
from referral_hub.rewards.rules import states

PAYOUT = "Additional Salary"


def limit(above: float, kind="Points", role="HR Manager", currency=None, program=None, separate=0) -> None:
	settings = frappe.get_doc("Referral Hub Settings")
	settings.append(
		"approval_limits",
		{"kind": kind, "above": above, "role": role, "currency": currency, "program": program},
	)
	settings.separate_duties = separate
	settings.save()


def interviewed(*milestones, user=True):
	story = given.make_story(*milestones, user=user)
	given.interview(story)
	return story


def reward(story):
	return frappe.get_doc("Referral Reward", given.reward_of(story, "Interviewed").name)


def refused(error, call, *args):
	with pytest.raises(error) as raised:
		call(*args)
	return str(raised.value)


@pytest.fixture
def manager():
	return make.make_hr_manager().name


def test_a_reward_above_the_limit_waits_and_says_for_whom():
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	waiting = reward(story)
	assert (waiting.state, waiting.state_reason) == (
		"Approval",
		"Waits for an approval by the role HR Manager.",
	)
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}


def test_whoever_waits_for_an_approval_reads_it(component):
	limit(100, kind="Cash")
	given.put_on_payroll((story := interviewed(given.cash("Interviewed", 101))).referrer)
	(told,) = portal_story.tell(story.name, story.referrer.name).rewards
	assert (told["state"], told["note"]) == (
		"Waits for an approval",
		"Waits for an approval by the role HR Manager.",
	)
	assert [line["state"] for line in wallet.tell(story.referrer)["money"]] == ["Waits for an approval"]
	assert set(portal_story.LOOKS) == set(states.MOVES)


def test_an_approval_is_not_got_round_by_holding_the_reward(component):
	limit(100, kind="Cash")
	story = interviewed(given.cash("Interviewed", 101))
	given.put_on_payroll(story.referrer)
	desk.hold_reward(reward(story).name, "Let me look")
	by_hand = {"doctype": PAYOUT, "employee": story.referrer.name, "company": story.referrer.company}
	by_hand |= {"salary_component": component.name, "amount": 101, "currency": "CNY", "payroll_date": today()}
	by_hand |= {"ref_doctype": "Referral Reward", "ref_docname": reward(story).name}
	assert "waits for an approval" in refused(PaidAlready, frappe.get_doc(by_hand).insert)


def test_who_waits_for_an_approval_that_is_refused_is_told():
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	desk.void_reward(reward(story).name, "Not for this")
	assert len(given.told(story, "reward_taken_back")) == 1


def test_a_reward_at_the_limit_is_paid_without_asking():
	limit(100)
	story = interviewed(given.points("Interviewed", 100))
	assert given.pay()["paid"] == 1
	assert reward(story).approved_by is None


def test_an_approved_reward_is_paid_and_keeps_who_recorded_approved_and_paid_it(manager, as_user):
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	as_user(manager)
	desk.approve_reward(reward(story).name, "Good work")
	approved = reward(story)
	assert (approved.state, approved.approved_by, getdate(approved.approved_on)) == (
		"Due",
		manager,
		getdate(),
	)
	as_user("Administrator")
	assert given.pay()["paid"] == 1
	paid = reward(story)
	assert (paid.state, paid.made_by, paid.approved_by, paid.paid_by) == (
		"Paid",
		"Administrator",
		manager,
		"Administrator",
	)


def test_only_the_role_that_hr_chose_approves(as_user):
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	as_user(make.make_user(roles=("HR User",)).name)
	said = refused(approving.NotTheApprover, desk.approve_reward, reward(story).name)
	assert said == "Rewards like this are approved by the role HR Manager."
	assert reward(story).state == "Approval"


def test_nobody_approves_their_own_reward(as_user):
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	user = story.referrer.user_id
	frappe.get_doc("User", user).add_roles("HR Manager")
	as_user(user)
	assert refused(people.NotByThem, desk.approve_reward, reward(story).name) == (
		"This reward is for yourself. Let a colleague decide."
	)


def test_who_recorded_the_step_does_not_approve_where_duties_are_separate(manager, as_user):
	limit(100, separate=1)
	story = given.make_story(given.points("Offered", 101), given.points("Joined", 102))
	recruiter = make.make_hr_manager().name
	as_user(recruiter)
	offer = make.answer_offer(make.make_offer(story.applicant))
	as_user(manager)
	make.hire(offer)
	as_user("Administrator")
	given.follow(story)
	offered, joined = (given.reward_of(story, step) for step in ("Offered", "Joined"))
	assert (offered.made_by, joined.made_by) == (recruiter, manager)
	as_user(manager)
	assert refused(people.NotByThem, desk.approve_reward, joined.name) == (
		"You recorded what earned this reward. Let a colleague decide."
	)
	desk.approve_reward(offered.name)
	assert given.reward_of(story, "Offered").approved_by == manager


def test_a_limit_written_later_holds_for_what_is_not_paid_yet():
	story = interviewed(given.points("Interviewed", 101))
	assert reward(story).state == "Due"
	limit(100)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert reward(story).state == "Approval"


@pytest.mark.parametrize(
	("above", "role", "said", "state"),
	[
		(100, "HR User", "Waits for an approval by the role HR User.", "Approval"),
		(101, "HR Manager", "No approval is asked for this any more.", "Due"),
	],
)
def test_what_waits_follows_a_limit_that_hr_changes(above, role, said, state):
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	assert approving.asked_otherwise() == []
	settings = frappe.get_doc("Referral Hub Settings")
	settings.approval_limits[-1].update({"above": above, "role": role})
	settings.save()
	name = reward(story).name
	assert approving.asked_otherwise() == [name]
	assert [approving.ask_again(name), approving.ask_again(name)] == [True, False]
	waiting = reward(story)
	assert (waiting.state, waiting.state_reason, waiting.approved_by) == (state, said, None)
	assert approving.asked_otherwise() == []


def test_a_reward_that_waits_can_be_held_voided_and_asks_again_when_released():
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	name = reward(story).name
	desk.hold_reward(name, "A question")
	assert reward(story).state == "On Hold"
	desk.release_reward(name, "Answered")
	given.pay()
	assert reward(story).state == "Approval"
	desk.void_reward(name, "No")
	assert reward(story).state == "Void"
	desk.release_reward(name, "Yes after all")
	assert reward(story).state == "Approval"


def test_what_hr_held_and_stands_again_waits_for_their_release_and_then_for_its_approval(manager, as_user):
	limit(100)
	story = given.make_story(given.points("Interviewed", 101), user=True)
	meeting = given.interview(story)
	desk.hold_reward(reward(story).name, "A question")
	meeting.reload()
	meeting.delete()
	given.follow(story)
	assert reward(story).state == "Void"
	given.interview(story)
	assert (reward(story).state, reward(story).decided_by) == ("On Hold", "Administrator")
	desk.release_reward(reward(story).name, "Answered")
	given.pay()
	assert (reward(story).state, reward(story).decided_by) == ("Approval", None)
	as_user(manager)
	desk.approve_reward(reward(story).name)
	as_user("Administrator")
	assert given.pay()["paid"] == 1


def test_a_reward_earned_again_asks_again(manager, as_user):
	limit(100)
	story = interviewed(given.points("Interviewed", 101))
	name = reward(story).name
	as_user(manager)
	desk.approve_reward(name)
	as_user("Administrator")
	desk.void_reward(name, "Wrong")
	desk.release_reward(name, "Right")
	again = reward(story)
	assert (again.state, again.approved_by) == ("Approval", None)


def test_money_in_a_currency_without_a_limit_waits_too():
	limit(1000, kind="Cash", currency="CNY")
	story = interviewed(given.cash("Interviewed", 1, currency="USD"))
	assert reward(story).state == "Approval"


def test_an_additional_salary_by_hand_is_refused_while_a_reward_waits():
	limit(100, kind="Cash")
	given.pay_cash_with(given.make_component())
	story = given.make_story(given.cash("Interviewed", 101))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	waiting = reward(story)
	said = refused(PaidAlready, _by_hand, waiting)
	assert said == (
		f"The reward {waiting.name} waits for an approval. Once it is approved it is paid by itself."
	)


def _by_hand(waiting):
	component = frappe.get_doc("Referral Hub Settings").cash_salary_component
	fields = {"employee": waiting.employee, "company": waiting.company, "salary_component": component}
	fields |= {"amount": 101, "payroll_date": today(), "currency": "CNY"}
	fields |= {"ref_doctype": "Referral Reward", "ref_docname": waiting.name, "doctype": PAYOUT}
	return frappe.get_doc(fields).insert()


def test_the_approver_does_not_submit_the_payout_and_the_payer_is_kept(manager, as_user):
	payer = make.make_hr_manager().name
	limit(100, kind="Cash", separate=1)
	given.pay_cash_with(given.make_component(), submit=False)
	story = given.make_story(given.cash("Interviewed", 101))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	as_user(manager)
	desk.approve_reward(reward(story).name)
	as_user("Administrator")
	given.pay()
	assert (reward(story).state, reward(story).paid_by) == ("Paid", None)
	draft = reward(story).payout_name
	as_user(manager)
	assert refused(people.NotByThem, frappe.get_doc(PAYOUT, draft).submit) == (
		"You approved this reward. Let a colleague hand it to payroll."
	)
	as_user(payer)
	frappe.get_doc(PAYOUT, draft).submit()
	as_user("Administrator")

	from referral_hub.rewards.paying import by_hand

	by_hand.follow_submitted(reward(story).name)
	assert (reward(story).state, reward(story).paid_by) == ("Paid", payer)


def test_settings_refuse_a_role_that_can_not_read_rewards():
	said = refused(frappe.ValidationError, lambda: limit(1, role="Accounts Manager"))
	assert said == (
		"Row 1: the role Accounts Manager can't read Referral Rewards. Give it that in the Role Permissions Manager first."
	)


def test_an_approver_outside_hr_reads_what_waits_for_them_and_nothing_else(as_user):
	frappe.permissions.add_permission("Referral Reward", "Accounts Manager", 0)
	limit(100, role="Accounts Manager")
	waiting, other = (
		interviewed(given.points("Interviewed", 101)),
		interviewed(given.points("Interviewed", 1)),
	)
	names = [reward(waiting).name, reward(other).name]
	accountant = make.make_user(roles=("Accounts Manager",)).name
	as_user(accountant)
	seen = frappe.get_list("Referral Reward", filters={"name": ("in", names)}, pluck="name")
	assert seen == [names[0]]
	desk.approve_reward(names[0])
	with pytest.raises(frappe.PermissionError):
		desk.approve_reward(names[1])


@pytest.mark.parametrize("above", [1e15, float("inf"), float("nan")])
def test_a_limit_no_reward_can_reach_is_refused_in_words(above):
	words = refused(frappe.ValidationError, limit, above)
	assert words == "Row 1: Above can be at most 1,000,000,000."
