"""`./dev try`: rules and a history from files, played without a site; what cannot be read is named by file and line."""

import json

import pytest
from trials import HEAD, RULES, SAMPLES, TODAY, Trial

ARTICLES = [SAMPLES / "articles" / "rules.json", SAMPLES / "articles" / "referrals.csv"]
ARTICLES += ["--current", SAMPLES / "articles" / "current.json", TODAY]


@pytest.fixture
def trial(tmp_path):
	return Trial(tmp_path)


def test_the_figures_of_the_articles(trial):
	code, said, _errors = trial(*ARTICLES, "--json")
	found = json.loads(said)
	tried = found["sets"]["rules"]
	assert (code, found["referrals"], tried["no_rule_fits"]) == (0, 12, ["REF-08"])
	assert found["total"] == {
		"current": {"money": "16000.00", "points": "220"},
		"rules": {"money": "42000.00", "points": "260"},
	}
	months = {row["month"]: row["rules"]["money"] for row in found["by_month"]}
	assert (months["2025-04"], months["2025-07"]) == ("900.00", "3300.00")  # 30 %; 70 % and a conference
	people = {row["employee"]: row["rules"]["money"] for row in found["by_employee"]}
	assert people["Wang Wei"] == "27000.00"  # a CTO: 5 x 5,000; a clerk in the campaign: 2 x 1,000
	(stack,) = tried["what_adds_up"]
	assert (stack["referrals"], stack["base"]["money"], stack["promised"]["money"], stack["times"]) == (
		["REF-04"],
		"1000.00",
		"5000.00",
		"5.00",
	)


def test_the_figures_as_tables(trial):
	code, said, _errors = trial(*ARTICLES)
	assert code == 0
	assert "12 referrals played; rules." in said
	assert "rules: 1 that no rule fits, 0 stopped by a budget." in said
	assert "Winners and losers, against current (4 people)" in said
	assert "A conference" in said
	assert "{" not in said
	assert "Campaign 2 Spring, Urgent 1.5, Several Hires 3 Gold referrer (Multiply)" in said


def test_bad_rows_are_named_by_file_and_line_and_the_others_are_played(trial):
	rules, year = trial.files(
		rows=[
			"R1,Li Na,2026-01-05,2026-02-01",
			"R2,Li Na,soon,",
			"R1,Li Na,2026-01-06,",
			'R3,"Wang',
			'Wei",2026-01-07,',
			",Li Na,2026-01-08,",
			"R4,Li Na,2026-01-09,,,",
			"R5,Li Na,2026-01-10,2026-13-01",
			'R6,"Sun',
			'Yu",never,',
		]
	)
	code, said, errors = trial(rules, year, TODAY, "--json")
	found = json.loads(said)
	assert (code, found["referrals"], found["total"]["rules"]["money"]) == (3, 2, "1000.00")
	assert errors.splitlines() == [
		f"{year}:3: submitted_on is no date: 'soon' (write 2026-01-31 or 2026-01-31 09:30)",
		f"{year}:4: referral R1 is in line 2 already",
		f"{year}:7: referral is missing",
		f"{year}:8: 6 values for 4 columns",
		f"{year}:9: joined_on is no date: '2026-13-01' (write 2026-01-31)",
		f"{year}:10: submitted_on is no date: 'never' (write 2026-01-31 or 2026-01-31 09:30)",
		"6 rows were left out.",
	]


@pytest.mark.parametrize(
	("rules", "said"),
	[
		('{"rules": [}', "rules.json:1: Expecting value"),
		('{"rules": []}', "rules: a list with at least one rule is expected"),
		({"rules": [{"name": "A", "pay": []}]}, "rule 1 (A): unknown in it: pay."),
		({"rules": [{"name": "A"}]}, "rule 1 (A), pays: nothing is paid"),
		(
			{"rules": [{"pays": [{"milestone": "Joined", "kind": "Cash", "amount": 1, "share": 30}]}]},
			"rule 1, pays 1: shares not whole (rows 1, total 30)",
		),
		(
			{"rules": [{"pays": [{"milestone": "Joind", "kind": "Cash", "amount": 1}]}]},
			"rule 1: pays 1: milestone is 'Joind', it can be: Received",
		),
		(
			{"rules": [*RULES["rules"], {**RULES["rules"][0], "name": "Same"}]},
			"rule 2 (Same): All is for the same openings on the same days",
		),
		(
			{"rules": [{"pays": [{"milestone": "Joined", "kind": "Cash", "amount": "much"}]}]},
			"rule 1: pays 1: amount is no number: 'much'",
		),
	],
)
def test_rules_that_the_app_would_refuse_are_named_and_nothing_is_played(trial, rules, said):
	code, output, _errors = trial(*trial.files(rules), TODAY)
	assert code == 1
	assert said in output
	assert "referrals played" not in output


def test_unknown_columns_and_missing_files_are_named(trial):
	rules, year = trial.files(head="referral,employee,submitted_on,joinedon")
	code, output, _errors = trial(rules, year)
	assert (code, f"{year}:1: unknown columns: joinedon." in output) == (1, True)
	code, output, _errors = trial(rules, "nowhere.csv")
	assert (code, "nowhere.csv: No such file or directory" in output) == (1, True)
	code, output, _errors = trial(rules)
	assert (code, "name both files" in output) == (1, True)


def test_what_was_really_paid_is_compared_with(trial):
	rules, year = trial.files(head=f"{HEAD},got,got_points", rows=["R1,Li Na,2026-01-05,2026-02-01,400,5"])
	_code, said, _errors = trial(rules, year, TODAY, "--json")
	(only,) = json.loads(said)["sets"]["rules"]["winners_and_losers"]
	assert (only["employee"], only["difference"]) == ("Li Na", {"money": "600.00", "points": "-5"})


def test_a_rule_for_holders_of_a_badge_pays_those_who_held_it(trial):
	gold = {"name": "Gold", "when": {"referrer_badge": "Gold referrer"}}
	rules = RULES | {
		"rules": [*RULES["rules"], gold | {"pays": [RULES["rules"][0]["pays"][0] | {"amount": 7}]}]
	}
	held = ["", "Star", "Star; Gold referrer", " Gold referrer "]
	rows = [f"R{number},E{number},2026-01-05,2026-02-01,{badge}" for number, badge in enumerate(held)]
	files = trial.files(rules, rows, f"{HEAD},referrer_badge")
	paid = {row["employee"]: row["rules"]["money"] for row in trial.figures(*files, TODAY)["by_employee"]}
	assert paid == {"E0": "1000.00", "E1": "1000.00", "E2": "7.00", "E3": "7.00"}


def test_referrals_can_be_played_as_if_made_later(trial):
	next_year = {"rules": [{**RULES["rules"][0], "from": "2027-01-01"}]}
	words = (*trial.files(next_year, ["R1,Li Na,2026-01-05,2026-02-01"]), TODAY, "--json")
	assert json.loads(trial(*words)[1])["sets"]["rules"]["no_rule_fits"] == ["R1"]
	assert json.loads(trial(*words, "--months-later=12")[1])["sets"]["rules"]["no_rule_fits"] == []


# several sets of rules, and their budgets


def test_without_files_four_sets_are_played_beside_the_rules_of_today(trial):
	code, said, _errors = trial("--json")
	found = json.loads(said)
	names = ["Start-up", "Retail", "Manufacturing", "Software"]
	assert (code, found["referrals"], [*found["sets"]], [*found["total"]]) == (
		0,
		60,
		names,
		["current", *names],
	)
	assert len({figures["money"] for figures in found["total"].values()}) == 5
	limits = [purse["limit"] for each in found["sets"].values() for purse in each["budgets"]]
	assert limits == ["90000", "90000", "90000", "130000"]
	assert found["total"]["current"] == {"money": "64000.00", "points": "0"}  # 32 who joined
	assert {row["kind"] for row in found["by_kind"]} >= {
		"Points",
		"Leave",
		"Equity Note",
		"Training",
		"Team Fund",
	}


def test_several_sets_are_compared_with_the_first_where_nothing_else_is_known(trial):
	rules, year = trial.files(rows=["R1,Li Na,2026-01-05,2026-02-01"])
	pays = [{"milestone": "Joined", "kind": "Cash", "amount": 1500}]
	found = trial.figures(
		rules, trial.rules({"name": "rules", "rules": [{"pays": pays}]}, "more"), year, TODAY
	)
	assert (found["compared_with"], [*found["sets"]]) == ("rules", ["rules", "rules (2)"])
	assert found["sets"]["rules"]["winners_and_losers"] == []
	(gain,) = found["sets"]["rules (2)"]["winners_and_losers"]
	assert (gain["employee"], gain["difference"]["money"]) == ("Li Na", "500.00")


@pytest.mark.parametrize(
	("more", "said"),
	[
		({"currency": "EUR"}, "rules.json counts in CNY, {other} in EUR: let both say the same."),
		({"rates": {"USD": 8}}, "{other}: USD is 8 here, 7 in a file named before."),
	],
)
def test_sets_that_contradict_each_other_about_the_company_are_refused(trial, more, said):
	rules, year = trial.files({**RULES, "rates": {"USD": 7}})
	other = trial.rules({**RULES, **more}, "other")
	code, output, _errors = trial(rules, other, year)
	assert (code, said.format(other=other) in output) == (1, True)


@pytest.mark.parametrize(("value", "used", "stopped"), [(0.1, "90.0", 1), (0, "30", 0), (0.01, "42.00", 0)])
def test_points_count_in_a_budget_at_the_value_it_gives_them(trial, value, used, stopped):
	pays = [{"milestone": "Received", "kind": "Points", "amount": 600}]
	budgets = {"Main": {"limit": 100, "used": 30, "point_value": value}}
	rows = [f"R{number},Li Na,2026-01-0{number},Main" for number in (1, 2)]
	head = "referral,employee,submitted_on,program"
	words = trial.files({"budgets": budgets, "rules": [{"pays": pays}]}, rows, head)
	(purse,) = trial.figures(*words, TODAY)["sets"]["rules"]["budgets"]
	assert (purse["used"], purse["point_value"], purse["stopped"]) == (used, str(value), stopped)
