"""Whatever is in the files given to `./dev try`: there is a result, or words that name the file; never a traceback."""

import copy
import csv
import json
import os
import subprocess
import sys
from argparse import Namespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import HEAD, REPOSITORY, TODAY, Page, Trial

from devkit.shell import Problem
from devkit.trial.command import run_trial

SOUND = {
	"name": "Mine",
	"currency": "CNY",
	"rates": {"USD": 7.1},
	"digits": {"JPY": 0},
	"departments": {"Shop": "Operations"},
	"budgets": {"Main": {"limit": 60000, "used": 0, "point_value": 0.1}},
	"rules": [
		{
			"name": "One",
			"when": {"department": "Operations"},
			"hire": {"grade": "M"},
			"from": "2026-01-01",
			"to": "2026-12-31",
			"pays": [
				{"milestone": "Joined", "kind": "Cash", "amount": 1000, "currency": "USD", "share": 30},
				{"milestone": "Retained", "kind": "Cash", "amount": 1000, "share": 70, "after_months": 3},
				{"milestone": "Received", "kind": "Points", "amount": 10, "pay_after_days": 9},
				{"milestone": "Joined", "kind": "Gift", "amount": 1, "what": "A", "taxable_value": 8},
			],
			"factors": [
				{"factor": "Campaign", "times": 2, "title": "S", "from": "2026-01-01", "to": "2026-02-01"},
				{"factor": "Staying", "times": 1.5, "after_months": 1},
			],
			"stacking": "Add",
		},
		{
			"several_hires_in": "Year",
			"pays": [{"milestone": "Joined", "kind": "Cash", "amount": 5, "hires": 2}],
		},
	],
}
ODD = st.one_of(
	st.sampled_from([None, True, "", "x", [], {}, [[]], {"x": 1}, "Joined", "2026-01-31", "9999-12-31"]),
	st.sampled_from([0, -1, 1e-12, 1e99, 10**30, float("nan"), float("inf"), 0.333, 120, 3650, 99999]),
	st.text(max_size=4),
)
COLUMNS = [*HEAD.split(","), "department", "program", "got", "chosen", "confirmed_on"]
CELL = st.sampled_from(
	["", "2026-01-05", "0001-01-01", "9999-12-31", "2026-02-01", "Shop", "Main", "1e9", "=1"]
)


def places(value, path=()) -> list[tuple]:
	"""Every place in a file at which something else could stand."""
	inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
	return [path, *(place for key, each in inside for place in places(each, (*path, key)))]


@st.composite
def nearly_sound(draw):
	rules = copy.deepcopy(SOUND)
	for _change in range(draw(st.integers(1, 2))):
		*path, last = draw(st.sampled_from(places(rules)[1:]))
		inside = rules
		for key in path:
			inside = inside[key]
		inside[last] = copy.deepcopy(draw(ODD))
	return rules


@given(nearly_sound(), st.lists(st.lists(CELL | st.text(max_size=6), min_size=9, max_size=9), max_size=3))
def test_there_is_a_result_or_words_that_name_the_file(tmp_path_factory, rules, rows):
	folder = tmp_path_factory.mktemp("any")
	(folder / "rules.json").write_text(json.dumps(rules))
	hire = ["R", "Li", "2026-01-05", "2026-02-01", "Shop", "Main", "", "", ""]
	with (folder / "year.csv").open("w", newline="", encoding="utf-8", errors="replace") as file:
		csv.writer(file).writerows([COLUMNS, hire, ["S", *hire[1:]], *rows])
	options = {"today": None, "months_later": 0, "language": "zh", "json": False, "current": None}
	files = [folder / "rules.json", folder / "year.csv"]
	said = played(Namespace(files=files, report=folder / "report.html", **options))
	assert said in (0, 3) or said.startswith(str(folder))
	if said in (0, 3):
		Page((folder / "report.html").read_text(encoding="utf-8"))


def played(options) -> int | str:
	try:
		return run_trial(options)
	except Problem as problem:
		return str(problem)


@pytest.mark.parametrize(
	("text", "said"),
	[
		("[" * 100_000, "deeper than anybody reads"),
		('{"rules": [{"name": "\\ud800"}]}', "surrogates not allowed"),
		('{"rules": [' + "9" * 5000 + "]}", "Exceeds the limit"),
		(
			'{"budgets": {"Main": {"limit": 1e999999}}, "rules": [{}]}',
			"limit is too large or too fine a number",
		),
		(
			'{"budgets": {"Main": {"limit": 1, "point_value": -1}}, "rules": [{}]}',
			"point_value is below nothing",
		),
		('{"digits": {"CNY": 1000000}, "rules": [{}]}', "has between 0 and 9 places"),
	],
)
def test_figures_and_files_without_measure_are_refused_in_words(tmp_path, text, said):
	trial = Trial(tmp_path)
	code, output, errors = trial(*trial.files(text), TODAY)
	assert (code, said in output, errors) == (1, True, "")


PAID = {"milestone": "Joined", "kind": "Cash", "amount": 1000}


@pytest.mark.parametrize(
	("of_row", "of_rule", "of_file", "said"),
	[
		({"currency": [["USD"]]}, {}, {}, "rule 1 (A): pays 1: currency must be text"),
		({"currency": 5}, {}, {}, "rule 1 (A): pays 1: currency must be text"),
		({"what": {"a": 1}}, {}, {}, "rule 1 (A): pays 1: what must be text"),
		({"fixed": "no"}, {}, {}, "pays 1: fixed is 'no', it can be: true, false"),
		({"option": "G"}, {}, {}, "pays 1: option is 'G', it can be: A, B, C, D, E, F"),
		({"taxable_value": -5}, {}, {}, "pays 1: taxable_value is between 0 and 1,000,000,000"),
		({"hires": 3}, {}, {}, "pays: hires are counted only in a rule with several_hires_in"),
		({}, {"when": {"urgency": "urgent"}}, {}, "urgency is 'urgent', it can be: Urgent, Very Urgent"),
		({}, {"when": {"difficulty": "Hard"}}, {}, "difficulty is 'Hard', it can be: Easy to Fill"),
		({}, {"from": "2026-12-31", "to": "2026-01-01"}, {}, "to: 2026-01-01 is before from, 2026-12-31"),
		*(
			(
				{"kind": kind, "amount": 1},
				{},
				{},
				f"rule 1 (A), pays 1: what is missing: say which {kind} it is",
			)
			for kind in ("Training", "Gift", "Gift Code", "Donation", "Badge", "Perk")
		),
		({"kind": "Gift", "amount": 1, "what": " "}, {}, {}, "pays 1: what is missing: say which Gift it is"),
		({}, {}, {"rates": {"USD": 0}}, "rates: USD: a rate is more than nothing"),
		({}, {}, {"rates": {"USD": -7}}, "rates: USD: a rate is more than nothing"),
		({}, {}, {"budgets": {"Main": {"limit": -5}}}, "budgets: Main: limit is below nothing"),
		({}, {}, {"budgets": {"Main": {"limit": 5, "used": -9}}}, "budgets: Main: used is below nothing"),
		({}, {"pay\x1b[2J": 1}, {}, "rule 1 (A): unknown in it: pay\ufffd[2J."),
	],
)
def test_what_the_form_would_refuse_is_refused_in_words(tmp_path, of_row, of_rule, of_file, said):
	trial = Trial(tmp_path)
	rules = {"rules": [{"name": "A", "pays": [PAID | of_row], **of_rule}], **of_file}
	code, output, errors = trial(*trial.files(rules), TODAY)
	assert (code, said in output, errors) == (1, True, ""), output


def test_each_row_that_does_not_say_what_it_gives_is_named_and_no_other(tmp_path):
	trial = Trial(tmp_path)
	plain = [
		{"milestone": "Joined", "kind": kind, "amount": 1} for kind in ("Health Check", "Team Fund", "Leave")
	]
	gift = {"milestone": "Confirmed", "kind": "Gift", "amount": 1}
	rules = {"rules": [{"name": "A", "pays": [*plain, gift]}, {"pays": [gift], "when": {"grade": "M"}}]}
	code, output, _errors = trial(*trial.files(rules), TODAY)
	said = [line.partition(": ")[2] for line in output.splitlines() if "what is missing" in line]
	assert (code, said) == (
		1,
		[
			"rule 1 (A), pays 4: what is missing: say which Gift it is",
			"rule 2, pays 1: what is missing: say which Gift it is",
		],
	)


def test_a_word_that_is_twice_in_the_same_braces_is_refused(tmp_path):
	trial = Trial(tmp_path)
	rules = '{"rules": [{"pays": [], "name": "A", "pays": []}]}'
	code, output, _errors = trial(*trial.files(rules), TODAY)
	assert (code, "rules.json: 'pays' is twice in the same braces" in output) == (1, True)


GOOD = "R{},Li,2026-01-05,2026-02-01"
NOT_CLOSED = 'a quotation mark that is not closed, or stands inside a value (write "Li ""Nana"" Na")'
TOO_LONG = "a value of more than 131072 characters, or a quotation mark that is not closed"


@pytest.mark.parametrize(
	("bad", "said"),
	[
		('R2,"Li,2026-01-05,2026-02-01', NOT_CLOSED),
		('R2,Li,2026-01-05,"2026-02-01', NOT_CLOSED),
		('R2,"Li" Na,2026-01-05,2026-02-01', NOT_CLOSED),
		(f"R2,{'x' * 140_000},2026-01-05,2026-02-01", TOO_LONG),
		("R2,Li,2026-05-05,2026-02-01", "joined_on is before submitted_on"),
	],
	# what is tried is longer than a name of a test may be
	ids=["opened", "opened late", "inside", "too long", "out of order"],
)
def test_a_bad_row_costs_no_other_row(tmp_path, bad, said):
	trial = Trial(tmp_path)
	rules, year = trial.files(
		rows=[GOOD.format(1), bad, GOOD.format(3), f'"{GOOD.format(4)[:2]}",{GOOD[4:]}']
	)
	code, output, errors = trial(rules, year, TODAY, "--json")
	assert errors.splitlines() == [f"{year}:3: {said}", "1 rows were left out."]
	assert (code, json.loads(output)["total"]["rules"]["money"]) == (3, "3000.00")


@pytest.mark.parametrize(
	("data", "said"),
	[
		(
			b"referral;employee;submitted_on\nR1;Li;2026-01-05\n",
			"the values are set apart by semicolons",
		),
		(b"referral\temployee\tsubmitted_on\n", "the values are set apart by tabs"),
		(f"{HEAD}\nR1,Li,,\nR2,李,,\n".encode("gbk"), "not UTF-8. In a spreadsheet choose 'CSV UTF-8'"),
		(b'"referral,employee\nR1,Li\n', "a quotation mark that is not closed"),
	],
)
def test_a_file_in_another_form_is_refused_at_its_line(tmp_path, data, said):
	trial = Trial(tmp_path)
	rules, year = trial.files()
	year.write_bytes(data)
	line = 3 if "UTF-8" in said else 1
	code, output, errors = trial(rules, year, TODAY)
	assert (code, f"{year}:{line}: {said}" in output, errors) == (1, True, ""), output


def test_what_lies_ahead_of_the_day_is_not_known_on_it(tmp_path):
	trial = Trial(tmp_path)
	head = f"{HEAD},left_on,outcome,ended_on"
	rows = [
		"R1,Li,2026-01-05,2026-02-01,2026-09-01,Left,",
		"R2,Wu,2026-01-05,2026-09-01,,Hired,",
		"R3,Xu,2026-01-05,,,Not Selected,2026-09-01",
		"R4,Ma,2026-01-05,,,Not Selected,2026-03-01",
	]
	rules = {"rules": [{"pays": [PAID | {"back_within_months": 12}]}]}
	words = trial.files(rules, rows, head)
	then = trial.figures(*words, TODAY)
	assert {row["employee"]: row["rules"]["money"] for row in then["by_employee"]} == {"Li": "1000.00"}
	assert then["sets"]["rules"]["may_still_come"] == "2000.00"
	later = trial.figures(*words, "--today=2026-12-01")
	assert {row["employee"]: row["rules"]["money"] for row in later["by_employee"]} == {"Wu": "1000.00"}
	assert later["sets"]["rules"]["may_still_come"] == "0"


def test_the_taxable_value_of_a_thing_is_in_the_currency_of_its_row(tmp_path):
	trial = Trial(tmp_path)
	gift = {
		"milestone": "Joined",
		"kind": "Gift",
		"amount": 1,
		"currency": "USD",
		"taxable_value": 50,
		"what": "A",
	}
	rules = {"currency": "CNY", "rates": {"USD": 7}, "rules": [{"pays": [gift]}]}
	found = trial.figures(*trial.files(rules, [GOOD.format(1)]), TODAY)
	assert found["total"]["rules"]["money"] == "350"


def test_the_page_never_takes_the_place_of_a_file_that_is_read(tmp_path):
	trial = Trial(tmp_path)
	rules, year = trial.files(rows=[GOOD.format(1)])
	before = rules.read_bytes(), year.read_bytes()
	for path in (rules, year, tmp_path / "." / "rules.json"):
		code, output, _errors = trial(rules, year, TODAY, "--report", path)
		assert (code, f"--report {path}: that file is read" in output) == (1, True)
	assert (rules.read_bytes(), year.read_bytes()) == before


@pytest.mark.parametrize("letters", ["ascii", "latin-1"])
def test_names_that_a_terminal_cannot_write_end_nothing(tmp_path, letters):
	trial = Trial(tmp_path)
	files = trial.files(rows=["R1,李😀é,2026-01-05,2026-02-01"])
	command = [sys.executable, str(REPOSITORY / "dev"), "try", *map(str, files), TODAY, "--json"]
	done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": letters})
	assert (done.returncode, done.stderr) == (0, b"")
	assert json.loads(done.stdout.decode("ascii"))["by_employee"][0]["employee"] == "李😀é"


@pytest.mark.parametrize("later", ["-1", "121", "1e9", "x"])
def test_years_beyond_a_lifetime_are_not_understood(tmp_path, later):
	code, _output, errors = Trial(tmp_path)(f"--months-later={later}")
	assert (code, "argument --months-later" in errors) == (2, True)
