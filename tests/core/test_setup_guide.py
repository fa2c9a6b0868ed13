"""What becomes of the sample sets of rules for a company: money, points, departments, campaigns."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.setup.guide import planning
from referral_hub.setup.guide.planning import Answers, LeftOut, plan, rounded, usual_bonus, words_meant

SETS = Path(planning.__file__).parents[1] / "samples"
NAMES = ("start-up", "retail", "manufacturing", "software")
TODAY = date(2026, 3, 2)
ALL = {
	("department", "Operations"): "Shops - X",
	("department", "Engineering"): "R&D - X",
	("grade", "Manager"): "M1",
}


def sample(name: str) -> dict:
	return json.loads((SETS / f"{name}.json").read_text())


def answers(name: str, **more) -> Answers:
	return Answers(
		**{"currency": "CNY", "usual_bonus": usual_bonus(sample(name)), "today": TODAY, "meant": ALL, **more}
	)


@pytest.mark.parametrize("name", NAMES)
def test_with_its_own_usual_bonus_a_set_keeps_its_amounts(name):
	made = plan(sample(name), answers(name, badges=frozenset({"Referral star of the year"})))
	assert made.left_out == ()
	said = [pay["amount"] for rule in sample(name)["rules"] for pay in rule["pays"]]
	assert [row["amount"] for rule in made.rules for row in rule.milestones] == said


def test_another_bonus_scales_money_and_rounds_it_to_two_figures():
	made = plan(sample("software"), answers("software", usual_bonus=Decimal(400), currency="USD"))
	engineers = next(rule for rule in made.rules if rule.title == "Engineers")
	assert [(row["kind"], row["amount"], row.get("currency")) for row in engineers.milestones] == [
		("Points", 100.0, None),
		("Cash", 1600.0, "USD"),
		("Cash", 1600.0, "USD"),
		("Perk", 1.0, "USD"),
	]
	assert [row.get("share_percent") for row in engineers.milestones] == [None, 30, 70, None]
	assert engineers.milestones[3]["taxable_value"] == 320
	assert engineers.conditions == {"department": "R&D - X"}
	assert (engineers.stacking, [factor["times"] for factor in engineers.factors]) == (
		"Multiply",
		[2, 1.5, 1.2],
	)


def test_points_only_turns_cash_into_points_at_their_value():
	made = plan(sample("retail"), answers("retail", points_only=True, point_value=Decimal("0.5")))
	kinds = [(row["kind"], row["amount"]) for row in made.rules[0].milestones + made.rules[1].milestones]
	assert kinds == [("Points", 2000), ("Points", 800), ("Leave", 0.5), ("Points", 1600)]


def test_a_rule_for_people_the_company_does_not_name_is_left_out_and_said():
	meant = {("grade", "Manager"): "M1"}
	made = plan(sample("start-up"), answers("start-up", meant=meant))
	assert [rule.title for rule in made.rules] == ["Everybody", "First managers"]
	assert made.left_out == (LeftOut("nobody_meant", {"rule": "First engineers", "word": "Engineering"}),)
	assert words_meant(sample("start-up")) == {("department", "Engineering"), ("grade", "Manager")}


def test_a_badge_that_is_not_there_is_left_out_and_the_rest_of_its_rule_stays():
	made = plan(sample("software"), answers("software"))
	gold = next(rule for rule in made.rules if rule.title == "Gold referrer")
	assert [(row["kind"], row["hires"]) for row in gold.milestones] == [("Cash", 3)]
	assert made.left_out == (
		LeftOut("no_badge", {"rule": "Gold referrer", "badge": "Referral star of the year"}),
	)


@pytest.mark.parametrize(
	("today", "first", "last"),
	[
		(date(2026, 1, 31), "2025-11-15", "2026-01-31"),
		(date(2026, 2, 1), "2026-11-15", "2027-01-31"),
		(date(2025, 3, 1), "2025-11-15", "2026-01-31"),
		(date(2030, 6, 1), "2030-11-15", "2031-01-31"),
	],
)
def test_a_campaign_is_moved_to_its_next_season(today, first, last):
	made = plan(sample("retail"), answers("retail", today=today))
	campaign = next(
		factor for rule in made.rules for factor in rule.factors if factor["factor"] == "Campaign"
	)
	assert (campaign["valid_from"], campaign["valid_to"]) == (first, last)


@given(st.decimals("0.01", 10**9, places=2))
def test_a_rounded_sum_has_two_figures_and_is_near(amount):
	found = rounded(amount)
	assert found >= 1
	assert len(str(int(found)).rstrip("0")) <= 2
	assert amount < 1 or abs(found - amount) <= max(amount * Decimal("0.05"), Decimal("0.5"))
