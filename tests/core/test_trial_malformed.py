"""Whatever is in the files given to `./dev try`: there is a result, or words that name the file; never a traceback."""

import copy
import csv
import json
from argparse import Namespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import HEAD, TODAY, Page, Trial

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


@pytest.mark.parametrize("later", ["-1", "121", "1e9", "x"])
def test_years_beyond_a_lifetime_are_not_understood(tmp_path, later):
	code, _output, errors = Trial(tmp_path)(f"--months-later={later}")
	assert (code, "argument --months-later" in errors) == (2, True)
