"""A program's budget on a live site: it warns, stops new promises, never touches old ones, and gives back what is free."""

import json

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, get_first_day, get_last_day, today
from recovery_factories import carry, choose_components, follow

from referral_hub import flow, tasks
from referral_hub.flow import rewards as follows
from referral_hub.patches import count_again_by_rates, give_back_parts_of_bonuses
from referral_hub.referrals import service as referrals
from referral_hub.rewards import counting
from referral_hub.rewards import service as rewards
from referral_hub.rewards.paying import payroll
from referral_hub.rewards.promising import budgets

USED_UP = "The budget of this program is used up, so a success is not paid at the moment."


@pytest.fixture(autouse=True)
def no_other_rules(site):
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)


@pytest.fixture
def spring():
	"""A budget of 2,500 where a success pays 1,000: HR is warned at 80 %."""
	program = frappe.get_doc(
		{
			"doctype": "Referral Program",
			"program_name": make.unique("Spring"),
			"enabled": 1,
			"budget_amount": 2500,
			"budget_currency": "CNY",
		}
	).insert()
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program.name)
	opening = make.make_opening()
	given.make_rule(given.cash("Joined", 1000), given.points("Joined", 70), designation=opening.designation)
	return frappe._dict(program=program, opening=opening, referrer=make.make_employee())


def refer(spring):
	return given.refer(spring.referrer, spring.opening)


def used(spring):
	return frappe.db.get_value("Referral Program", spring.program.name, "budget_used")


def promised(story):
	return json.loads(story.referral.terms).get("milestones")


def offer(spring):
	opening = {"name": spring.opening.name, "program": spring.program.name}
	return rewards.offers_for([opening], spring.referrer.name)[spring.opening.name]


def test_a_budget_stops_new_promises_and_never_old_ones(spring):
	first, second = refer(spring), refer(spring)
	assert (used(spring), second.referral.program) == (2000, spring.program.name)
	assert offer(spring)["unpaid"] == USED_UP
	third = refer(spring)
	assert (promised(third), used(spring)) == ([], 2000)
	assert rewards.explain(third.referral)["sentence"] == (
		"The budget of the program was used up when you referred, so a success is not paid."
	)
	spring.program.reload()
	spring.program.budget_amount = 1
	spring.program.save()
	for story in (first, second, third):
		given.hire(story)
	assert [given.states_of(story) for story in (first, second, third)] == [
		{"Joined": "Due"},
		{"Joined": "Due"},
		{},
	]
	assert used(spring) == 2000


def test_what_can_no_longer_be_paid_is_given_back(spring):
	first, _second = refer(spring), refer(spring)
	referrals.close(first.name, "Withdrawn")
	assert used(spring) == 1000
	assert promised(refer(spring)) != []
	assert used(spring) == 2000


def test_what_hr_voids_is_given_back_and_what_they_release_counts_again(spring, monkeypatch):
	story = refer(spring)
	given.hire(story)
	name = frappe.db.get_value("Referral Reward", {"referral": story.name, "kind": "Cash"})
	started = []
	monkeypatch.setattr(follows, "start_after_commit", lambda method, **facts: started.append(method))
	for decide, costs in ((rewards.void, 0), (rewards.release, 1000)):
		decide(name, "Let me look")
		assert started.pop() == "referral_hub.tasks.follow_budget_of"
		flow.follow_budget_of(story.name)
		assert used(spring) == costs
	rewards.hold(name, "Let me look")
	assert started == []


def test_what_hr_writes_off_was_paid_and_counts_until_nothing_pays_it_any_more(spring, monkeypatch):
	choose_components()
	given.put_on_payroll(spring.referrer)
	story = refer(spring)
	given.hire(story)
	given.pay()
	slip = carry(story)
	cash = {"referral": story.name, "kind": "Cash"}
	name, payout = frappe.db.get_value("Referral Reward", cash, ["name", "payout_name"])
	started = []
	monkeypatch.setattr(follows, "start_after_commit", lambda method, **facts: started.append(method))
	rewards.void(name, "It was a mistake")
	rewards.note_given_back(name, "At the counter", 400)
	slip.reload().cancel()
	follow(slip.name)
	rewards.void(name, "We let it be")
	flow.follow_budget_of(story.name)
	assert (frappe.db.get_value("Referral Reward", name, "state"), used(spring), started) == (
		"Void",
		1000,
		[],
	)
	frappe.get_doc("Additional Salary", payout).cancel()
	payroll.follow_payout(name, payout, "Administrator")
	assert started == ["referral_hub.tasks.follow_budget_of"]
	flow.follow_budget_of(story.name)
	assert used(spring) == 0


def test_hr_is_warned_once_before_the_end(spring):
	manager = make.make_employee(user=True, roles=("HR Manager",))
	frappe.db.set_single_value("Referral Hub Settings", "hr_manager", manager.user_id)
	refer(spring)
	assert warnings_of(manager) == []
	refer(spring)
	refer(spring)
	(told,) = warnings_of(manager)
	facts = frappe.parse_json(told.facts)
	assert (facts["program"], facts["budget_used"], facts["budget_amount"]) == (
		spring.program.name,
		"CNY 2,000.00",
		"CNY 2,500.00",
	)


def test_the_form_does_not_write_back_what_was_counted_meanwhile(spring):
	opened = frappe.get_doc("Referral Program", spring.program.name)
	refer(spring)
	opened.budget_amount = 3000
	opened.save()
	assert used(spring) == 1000
	opened.budget_currency = "USD"
	with pytest.raises(frappe.ValidationError, match="The budget counts in CNY already."):
		opened.save()


def test_a_budget_made_later_counts_what_was_promised_before(spring):
	frappe.db.set_value("Referral Program", spring.program.name, "budget_amount", 0)
	story = refer(spring)
	assert used(spring) == 0
	frappe.db.set_value("Referral Program", spring.program.name, "budget_amount", 2500)
	for name in budgets.not_counted(spring.program.name):
		budgets.follow_by_name(name)
	assert used(spring) == 1000
	frappe.db.set_value("Referral Program", spring.program.name, "budget_used", 7)
	budgets.recount(spring.program.name)
	assert (used(spring), frappe.db.get_value("Referral", story.name, "budget_cost")) == (1000, 1000)
	assert spring.program.name in budgets.programs_with_budgets()


def test_of_a_choice_the_dearest_option_is_kept_free_until_it_is_made(spring):
	opening = make.make_opening()
	given.make_rule(
		given.cash("Joined", 700, option="A"),
		given.cash("Joined", 300, option="B"),
		designation=opening.designation,
	)
	story = given.refer(spring.referrer, opening)
	assert used(spring) == 700
	rewards.choose(story.name, "B")
	assert used(spring) == 300
	given.hire(story)
	assert used(spring) == 300


def test_points_count_at_the_value_that_hr_gives_them(spring):
	spring.program.budget_point_value = 2
	spring.program.save()
	story = refer(spring)
	assert used(spring) == 1140
	assert (promised(refer(spring)) != [], used(spring)) == (True, 2280)
	referrals.close(story.name, "Withdrawn")
	assert used(spring) == 1140


def test_each_referral_counts_its_part_of_a_bonus_for_several_hires(spring):
	given.make_rule(
		given.cash("Joined", 600, hires=3),
		pays_for="Several Hires",
		period="Year",
		designation=spring.opening.designation,
	)
	first, second = refer(spring), refer(spring)
	assert used(spring) == 2400
	assert promised(refer(spring)) == []
	given.hire(first)
	assert used(spring) == 2400
	referrals.close(second.name, "Withdrawn")
	assert used(spring) == 1200


def test_a_part_of_a_bonus_is_free_again_once_its_period_is_over_without_it(spring, monkeypatch):
	given.make_rule(
		given.cash("Joined", 600, hires=2),
		pays_for="Several Hires",
		period="Month",
		designation=spring.opening.designation,
	)
	last_month = add_days(get_first_day(today()), -1)
	first = refer(spring)
	assert used(spring) == 1300
	given.hire(first, date_of_joining=today())
	end = frappe.db.get_value("Referral", first.name, "budget_part_until")
	assert (used(spring), end, first.name in budgets.with_period_over()) == (
		1300,
		get_last_day(today()),
		False,
	)
	assert first.name in budgets.with_period_over(add_days(end, 1))
	frappe.db.set_value("Employee", first.hire.name, "date_of_joining", last_month)
	given.follow(first)
	budgets.follow_by_name(first.name)
	assert (used(spring), first.name in budgets.with_period_over()) == (1000, False)
	# one of before the day was kept
	give_back_parts_of_bonuses.execute()
	assert first.name in budgets.with_period_over()
	budgets.follow_by_name(first.name)
	assert (used(spring), first.name in budgets.with_period_over()) == (1000, False)
	# a second hire of that month becomes known after it
	spring.program.reload()
	spring.program.budget_amount = 5000
	spring.program.save()
	second = refer(spring)
	given.hire(second, date_of_joining=last_month)
	started = []
	monkeypatch.setattr(counting, "start_after_commit", lambda *what, **facts: started.append((what, facts)))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	(bonus,) = counting.count(spring.referrer.name)
	assert used(spring) == 2300
	assert started == [(("referral_hub.tasks.follow_budgets_of_bonus",), {"reward": bonus})]
	tasks.follow_budgets_of_bonus(bonus)
	assert used(spring) == 2600


def warnings_of(manager, event="budget_low"):
	filters = {"event": event, "recipient": manager.name}
	found = frappe.get_all("Referral Message", filters, ["event_key", "facts"])
	return list({row.event_key: row for row in found}.values())


def without_rates(spring, *milestones: dict) -> None:
	frappe.db.delete("Currency Exchange")
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	given.make_rule(*milestones, designation=spring.opening.designation)


def not_counted(spring) -> str | None:
	return frappe.db.get_value("Referral Program", spring.program.name, "budget_without_rate")


def test_what_has_no_exchange_rate_is_promised_not_counted_and_hr_is_told_once(spring):
	manager = make.make_employee(user=True, roles=("HR Manager",))
	frappe.db.set_single_value("Referral Hub Settings", "hr_manager", manager.user_id)
	without_rates(spring, given.cash("Joined", 5000, currency="JPY"), given.cash("Joined", 100))
	assert offer(spring).get("unpaid") is None
	assert len(promised(refer(spring))) == 2
	assert (used(spring), not_counted(spring)) == (100, "JPY")
	(told,) = warnings_of(manager, "budget_without_rate")
	facts = frappe.parse_json(told.facts)
	assert (facts["program"], facts["currencies"], facts["budget_currency"]) == (
		spring.program.name,
		"JPY",
		"CNY",
	)
	frappe.db.delete("Referral Message")
	refer(spring)
	assert (used(spring), warnings_of(manager, "budget_without_rate")) == (200, [])


def test_what_had_no_exchange_rate_is_counted_the_night_after_there_is_one(spring, monkeypatch):
	without_rates(spring, given.cash("Joined", 5000, currency="JPY"))
	refer(spring)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	tasks.count_budgets()
	assert (used(spring), not_counted(spring)) == (0, "JPY")
	about = {"date": today(), "from_currency": "JPY", "to_currency": "CNY", "exchange_rate": 0.05}
	frappe.get_doc({"doctype": "Currency Exchange", **about, "for_buying": 1, "for_selling": 1}).insert()
	tasks.count_budgets()
	assert (used(spring), not_counted(spring)) == (250, None)


def test_what_was_counted_figure_for_figure_before_is_counted_by_the_rule_the_night_after(
	spring, monkeypatch
):
	manager = make.make_employee(user=True, roles=("HR Manager",))
	frappe.db.set_single_value("Referral Hub Settings", "hr_manager", manager.user_id)
	without_rates(spring, given.cash("Joined", 1400, currency="JPY"), given.cash("Joined", 100))
	yen = refer(spring)
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	given.make_rule(given.cash("Joined", 300), designation=spring.opening.designation)
	own = refer(spring)
	frappe.db.delete("Referral Message")
	frappe.db.set_value("Referral", yen.name, "budget_cost", 1500)
	left = {"budget_used": 1800, "budget_without_rate": None}
	frappe.db.set_value("Referral Program", spring.program.name, left)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	tasks.count_budgets()
	assert used(spring) == 1800
	count_again_by_rates.execute()
	assert budgets.with_period_over() == [yen.name]
	assert frappe.db.get_value("Referral", own.name, "budget_part_until") is None
	tasks.count_budgets()
	assert (used(spring), not_counted(spring), budgets.with_period_over()) == (400, "JPY", [])
	assert len(warnings_of(manager, "budget_without_rate")) == 1
