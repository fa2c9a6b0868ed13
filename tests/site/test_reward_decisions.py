"""What people may do with rewards: HR holds, releases and voids with a reason; nobody edits or deletes."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from rest_client import Person, serving

from referral_hub.api import desk
from referral_hub.kept import KeptByTheApp
from referral_hub.points import service as points
from referral_hub.rewards import service as rewards
from referral_hub.rewards.approving.people import NotByThem
from referral_hub.rewards.decisions import ReasonNeeded
from referral_hub.rewards.paying import payroll
from referral_hub.rewards.promises import WrongMove

READ_REFERRAL = "/api/method/referral_hub.api.portal.referral"
EXPLAIN = "/api/method/referral_hub.api.desk.explain_reward"


@pytest.fixture
def story():
	story = given.make_story(given.points("Interviewed", 50), given.points("Joined", 300), user=True)
	story.meeting = given.interview(story)
	story.reward = given.reward_of(story, "Interviewed").name
	return story


@pytest.fixture
def as_hr(as_user, story):
	as_user(make.make_hr_manager().name)
	return frappe.session.user


def state(story) -> str:
	return frappe.db.get_value("Referral Reward", story.reward, "state")


def test_hr_holds_with_a_reason_and_only_a_release_lets_it_go_on(story, as_hr):
	desk.hold_reward(story.reward, "The resume has to be checked")
	held = given.reward_of(story, "Interviewed")
	assert (held.state, held.decided_by) == ("On Hold", as_hr)
	assert held.state_reason == f"The resume has to be checked ({as_hr})"
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	desk.release_reward(story.reward, "It was checked")
	released = given.reward_of(story, "Interviewed")
	assert (released.state, released.decided_by) == ("Due", None)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}


def test_a_voided_reward_stays_void_until_hr_releases_it(story, as_hr):
	desk.void_reward(story.reward, "Referred by the recruiter")
	assert state(story) == "Void"
	given.follow(story)
	given.interview(story)
	assert state(story) == "Void"
	desk.release_reward(story.reward, "It was not the recruiter")
	assert (state(story), frappe.db.get_value("Referral Reward", story.reward, "attempt")) == ("Due", 2)
	given.pay()
	assert points.balance(story.referrer.name) == 50


def test_releasing_a_void_that_is_not_earned_any_more_leaves_it_void(story, as_hr):
	desk.void_reward(story.reward, "Mistake")
	story.meeting.reload()
	story.meeting.delete()
	given.follow(story)
	desk.release_reward(story.reward, "No mistake")
	assert state(story) == "Void"


def test_what_hr_held_waits_for_them_again_where_it_was_taken_back_by_itself_meanwhile(story, as_hr):
	desk.hold_reward(story.reward, "The resume has to be checked")
	story.meeting.reload()
	story.meeting.delete()
	given.follow(story)
	assert state(story) == "Void"
	given.interview(story)
	again = given.reward_of(story, "Interviewed")
	assert (again.state, again.decided_by, again.state_reason) == (
		"On Hold",
		as_hr,
		f"{as_hr} held it before it was taken back. It waits for a release.",
	)
	assert given.pay()["paid"] == 0
	desk.release_reward(story.reward, "It was checked")
	assert (state(story), given.pay()["paid"]) == ("Due", 1)


def test_what_hr_held_is_held_though_it_stands_again_as_a_promise_first():
	story = given.make_story(given.points("Retained", 40, after_months=4))
	given.hire(story, date_of_joining=make.days_ago(200))
	name = given.reward_of(story, "Retained").name
	desk.hold_reward(name, "The resume has to be checked")
	story.hire.reload()
	story.hire.update({"date_of_joining": make.days_ago(10)}).save()
	given.follow(story)
	assert given.states_of(story) == {"Retained": "Void"}
	rewards.earn(story.name)
	assert given.states_of(story) == {"Retained": "Promised"}
	rewards.earn(story.name, make.in_days(150))
	held = given.reward_of(story, "Retained")
	assert (held.state, held.decided_by) == ("On Hold", "Administrator")
	assert given.pay(make.in_days(150))["paid"] == 0
	desk.release_reward(name, "It was checked")
	assert given.pay(make.in_days(150))["paid"] == 1


def test_what_hr_releases_after_it_was_taken_back_by_itself_is_held_no_longer(story):
	desk.hold_reward(story.reward, "The resume has to be checked")
	story.meeting.reload()
	story.meeting.delete()
	given.follow(story)
	desk.release_reward(story.reward, "It was checked")
	assert state(story) == "Void"
	given.interview(story)
	assert (state(story), given.pay()["paid"]) == ("Due", 1)


def test_voiding_paid_points_takes_them_back(story, as_hr):
	given.pay()
	desk.void_reward(story.reward, "Paid to the wrong person")
	assert (state(story), points.balance(story.referrer.name)) == ("Clawed Back", 0)


def test_voiding_what_is_owed_writes_it_off(story, as_hr):
	given.pay()
	points.post(story.referrer.name, -50, "Shop", make.unique("spent"))
	desk.void_reward(story.reward, "Paid to the wrong person")
	assert state(story) == "Owed"
	desk.void_reward(story.reward, "We let it be")
	written_off = given.reward_of(story, "Interviewed")
	assert (written_off.state, written_off.owed_amount) == ("Void", 0)


@pytest.mark.parametrize("decide", [desk.hold_reward, desk.release_reward, desk.void_reward])
@pytest.mark.parametrize("reason", ["", "   "])
def test_every_decision_needs_a_reason(story, as_hr, decide, reason):
	with pytest.raises(ReasonNeeded):
		decide(story.reward, reason)
	assert state(story) == "Due"


def test_decisions_that_make_no_sense_are_refused(story, as_hr):
	with pytest.raises(WrongMove, match="This is not possible for a reward that is Due."):
		desk.release_reward(story.reward, "why not")
	given.pay()
	with pytest.raises(WrongMove, match="This is not possible for a reward that is Paid."):
		desk.hold_reward(story.reward, "too late")


@pytest.mark.parametrize("decide", [desk.hold_reward, desk.release_reward, desk.void_reward])
def test_only_hr_decides(story, as_user, decide):
	as_user(story.referrer.user_id)
	with pytest.raises(frappe.PermissionError):
		decide(story.reward, "I want it")
	as_user("Guest")
	with pytest.raises(frappe.PermissionError):
		decide(story.reward, "I want it")
	assert state(story) == "Due"


@pytest.mark.parametrize("about", ["own_reward", "own_hire"])
@pytest.mark.parametrize(
	"decide", [desk.hold_reward, desk.release_reward, desk.void_reward, desk.note_paid_back]
)
def test_nobody_decides_about_their_own_reward_or_one_for_their_own_hiring(as_user, decide, about):
	story = given.make_story(given.points("Received", 10), user=True)
	me = make.make_employee(user=True, roles=("HR User",))
	column = {"own_reward": ("Referral Reward", "employee"), "own_hire": ("Referral", "hired_employee")}[
		about
	]
	reward = given.reward_of(story, "Received").name
	name = reward if about == "own_reward" else story.name
	frappe.db.set_value(column[0], name, column[1], me.name)
	as_user(me.user_id)
	with pytest.raises(NotByThem, match="Let a colleague decide"):
		decide(reward, "Because")
	assert frappe.db.get_value("Referral Reward", reward, "decided_by") is None


def test_hr_of_another_company_decides_nothing_here(story, as_user):
	company = make.ensure(
		"Company", "_Other Hub Company", company_name="_Other Hub Company", default_currency="CNY"
	)
	other_hr = make.make_hr_manager().name
	frappe.permissions.add_user_permission("Company", company, other_hr)
	as_user(other_hr)
	for decide in (desk.hold_reward, desk.void_reward):
		with pytest.raises(frappe.PermissionError):
			decide(story.reward, "not mine")
	with pytest.raises(frappe.PermissionError):
		desk.explain_reward(story.reward)


def test_the_referrer_reads_why_over_rest_a_colleague_nothing_and_hr_the_whole(commits):
	story = given.make_story(given.points("Interviewed", 50), user=True)
	given.interview(story)
	reward, colleague = given.reward_of(story, "Interviewed").name, make.make_employee(user=True)
	hr_manager = make.make_hr_manager().name
	commits.commit()
	with serving() as address:
		referrer, other, hr = (
			Person(address, user, make.PASSWORD)
			for user in (story.referrer.user_id, colleague.user_id, hr_manager)
		)
		told = referrer.get(READ_REFERRAL, name=story.referral.name).json()["message"]["rewards"]
		assert [(row["amount"], "version 1, as it stood on" in row["why"]) for row in told] == [
			("50 points", True)
		]
		for person in (other, Person(address)):
			answers = [
				person.get(READ_REFERRAL, name=story.referral.name),
				person.get(EXPLAIN, reward=reward),
			]
			assert [answer.status_code for answer in answers] == [404 if person is other else 403, 403]
			assert all("50 points" not in answer.text for answer in answers)
		assert referrer.get(EXPLAIN, reward=reward).status_code == 403
		assert hr.get(EXPLAIN, reward=reward).json()["message"]["rule_version"] == 1


@pytest.mark.parametrize("user", ["Administrator", "hr"])
def test_nobody_edits_or_deletes_a_reward(story, as_user, user):
	as_user(user if user == "Administrator" else make.make_hr_manager().name)
	refusals = (KeptByTheApp, frappe.PermissionError)
	reward = frappe.get_doc("Referral Reward", story.reward)
	reward.amount = 5000
	with pytest.raises(refusals):
		reward.save()
	with pytest.raises(refusals):
		frappe.get_doc("Referral Reward", story.reward).delete()
	with pytest.raises(refusals):
		frappe.copy_doc(reward).insert()
	assert given.reward_of(story, "Interviewed").amount == 50


def test_every_decision_is_kept_with_who_and_why(story, as_hr):
	desk.hold_reward(story.reward, "To be checked")
	desk.release_reward(story.reward, "Checked")
	versions = frappe.get_all(
		"Version",
		filters={"ref_doctype": "Referral Reward", "docname": story.reward},
		fields=["owner", "data"],
		order_by="creation asc",
	)
	changes = [
		(row.owner, {each[0]: each[2] for each in frappe.parse_json(row.data)["changed"]}) for row in versions
	]
	states = [
		(owner, change["state"], change["state_reason"]) for owner, change in changes if "state" in change
	]
	assert states == [
		(as_hr, "On Hold", f"To be checked ({as_hr})"),
		(as_hr, "Due", f"Checked ({as_hr})"),
	]


@pytest.mark.parametrize("decide", [desk.hold_reward, desk.void_reward])
def test_a_reason_is_no_longer_than_somebody_reads(story, as_hr, decide):
	with pytest.raises(ReasonNeeded, match="Please shorten this to 2000 characters"):
		decide(story.reward, "x" * 70_000)
	assert state(story) == "Due"
	decide(story.reward, "x" * 2000)


def test_a_refusal_names_the_state_as_lists_and_forms_do(story, as_hr, monkeypatch):
	given.pay()
	monkeypatch.setattr(frappe.local, "lang", "zh")
	with pytest.raises(WrongMove, match="已发放"):
		desk.hold_reward(story.reward, "太晚了")


def test_what_hr_holds_nobody_hands_over_meanwhile():
	story = given.make_story({"milestone": "Interviewed", "kind": "Gift", "amount": 1, "what": "A mug"})
	given.interview(story)
	given.pay()
	name, task = frappe.db.get_value("Referral Reward", {"referral": story.name}, ["name", "payout_name"])
	desk.hold_reward(name, "Wait for the audit")
	assert frappe.db.get_value("Reward Fulfilment", task, "state") == "Cancelled"
	desk.release_reward(name, "The audit is over")
	given.pay()
	again = frappe.db.get_value("Referral Reward", name, ["state", "payout_name"])
	assert again[0] == "Due" and again[1] not in (None, task)


def test_cash_that_hr_holds_after_its_slip_was_cancelled_is_in_no_other_slip(component):
	story = carried_story()
	name = given.reward_of(story, "Interviewed").name
	desk.hold_reward(name, "Wait for the audit")
	draft = given.make_slip(story.referrer)
	assert draft.gross_pay == 5000
	draft.delete()
	desk.release_reward(name, "The audit is over")
	given.pay()
	assert given.make_slip(story.referrer).gross_pay == 6000


def test_the_next_slip_confirms_what_waits_since_the_last_one_was_cancelled(component):
	story = carried_story()
	given.make_slip(story.referrer).submit()
	assert [payroll.follow(name) for name in payroll.not_followed()] == [True]
	assert given.states_of(story) == {"Interviewed": "Confirmed"}


def carried_story():
	"""Cash that waits again, since the slip that carried it was cancelled."""
	story = given.make_story(given.cash("Interviewed", 1000))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	payroll.follow(given.reward_of(story, "Interviewed").name)
	slip.cancel()
	payroll.follow(given.reward_of(story, "Interviewed").name)
	assert given.states_of(story) == {"Interviewed": "Due"}
	return story
