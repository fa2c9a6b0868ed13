"""The page that `./dev try` writes: charts, tables, both languages; what comes from files is text in it and nothing else."""

import ast
import csv
import io
import json
import re

import pytest
from trials import HEAD, REPOSITORY, RULES, TODAY, Page, Trial

from devkit.trial import charts, words
from devkit.trial.markup import element

HOSTILE = "</title><script>alert(1)</script>"
FORMULA = "=HYPERLINK(1)"
STEERS = "\x1b[2J\u202eevil"


@pytest.fixture
def trial(tmp_path):
	return Trial(tmp_path)


def test_the_report_has_charts_with_their_figures_beside_them_and_needs_no_network(trial):
	code, said, _errors = trial()
	page, read = trial.page.read_text(encoding="utf-8"), trial.read()
	assert (code, said.splitlines()[-1]) == (0, f"The same with charts: {trial.page}")
	assert {"script", "link", "img", "iframe", "a", "object"} & {*read.tags} == set()
	assert not re.search(r"https?:|url\(|@import|src=|href=| on\w+=", page)
	pictures = [attributes["aria-label"] for tag, attributes in read.elements if tag == "svg"]
	assert pictures[:4] == [
		"Money in all",
		"Paid until the end of each month",
		"To whom",
		"For which departments",
	]
	paid = [(float(dot["cx"]), -float(dot["cy"])) for dot in of_picture(read, pictures[1], "circle")]
	assert len(paid) == 5 * 11 and [y for _x, y in paid[:11]] == sorted(y for _x, y in paid[:11])
	burns = pictures.count("Used at the end of each month")  # the sentence above says their figures
	assert (burns, read.tags.count("svg"), read.tags.count("table")) == (4, 12, 15)
	for seen in ("64,000", "Rules of today", "Wang Wei", "2026-03", "0.05", "Used up on 2026-"):
		assert seen in page
	assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_the_report_in_chinese_has_no_english_words_left(trial):
	assert trial("--language", "zh")[0] == 0
	read = trial.read()
	seen = [text for text in read.texts if "prefers-color-scheme" not in text]
	assert ("html", {"lang": "zh"}) in read.elements
	assert {word for text in seen for word in re.findall(r"[A-Za-z]{2,}", text)} == {"CNY", "REF"}
	assert {"发给谁", "初创公司", "李娜", "期权意向"} <= {*seen}


def test_what_people_call_their_own_is_not_translated(trial):
	mine = {"name": "Retail", "rules": [{**RULES["rules"][0], "name": "Engineers"}]}
	trial(*trial.files(mine, ["R1,Li Na,2026-01-05,2026-02-01"]), TODAY, "--language", "zh")
	assert {"Retail", "Engineers", "Li Na"} <= {*trial.read().texts}


def test_a_report_is_written_for_json_only_where_it_is_asked_for(trial):
	mine = trial.folder / "deep" / "mine.html"
	code, said, errors = trial("--json", "--report", mine)
	assert (code, json.loads(said)["referrals"], mine.is_file()) == (0, 60, True)
	assert errors == f"The same with charts: {mine}\n"
	code, said, _errors = trial("--report", trial.folder)
	assert (code, f"{trial.folder}: Is a directory" in said) == (1, True)


def test_hostile_names_are_text_in_the_report_and_steer_no_terminal(trial):
	rule = {
		"name": HOSTILE,
		"when": {"department": '"><img src=x>'},
		"pays": [
			{"milestone": "Joined", "kind": "Cash", "amount": 1000, "share": 40},
			{"milestone": "Confirmed", "kind": "Cash", "amount": 1000, "share": 60},
			{"milestone": "Joined", "kind": "Gift", "amount": 1, "what": "<b>gift</b>"},
		],
		"factors": [
			{"factor": "Campaign", "times": 2, "title": "<i>{0} {name} %s</i>"},
			{"factor": "Campaign", "times": 3, "title": "{"},
		],
	}
	budgets = {"<i>": {"limit": 100000}}
	rules = {"name": "<svg onload=x>", "budgets": budgets, "rules": [rule, *RULES["rules"]]}
	rows = io.StringIO()
	csv.writer(rows).writerows(
		[
			[HOSTILE, FORMULA, "2026-01-05", "2026-02-01", '"><img src=x>', "<i>"],
			["R2", STEERS, "2026-01-05", "2026-02-01", "-->", ""],
			["R3", "<u>", "<u>" + STEERS, "", "", ""],
		]
	)
	code, said, errors = trial(
		*trial.files(rules, rows.getvalue().splitlines(), f"{HEAD},department,program"), TODAY
	)
	read = trial.read()
	assert (code, {"\x1b", "\u202e"} & {*(said + errors)}) == (3, set())
	assert {"script", "img", "b", "u"} & {*read.tags} == set()
	assert read.tags.count("style") == 1
	assert {HOSTILE, FORMULA, "\ufffd[2J\ufffdevil", "<svg onload=x>", "<b>gift</b>"} <= {*read.texts}
	assert not [name for _tag, attributes in read.elements for name in attributes if name.startswith("on")]


def test_ten_thousand_referrals_make_a_page_that_can_still_be_read(trial):
	rows = [f"R{number},E{number % 3000},2026-01-05,2026-02-01" for number in range(10000)]
	rows += [f"X{number},Li Na,soon," for number in range(500)]
	rules, year = trial.files(rows=rows)
	more = trial.rules(
		{"rules": [{"pays": [{"milestone": "Joined", "kind": "Cash", "amount": 1001}]}]}, "more"
	)
	code, _said, errors = trial(rules, more, year, TODAY)
	page = trial.page.read_text(encoding="utf-8")
	assert (code, errors.splitlines()[-1]) == (3, "500 rows were left out.")
	assert "10,010,000" in page and "and 2950 more; all of them with --json" in page
	assert "and 400 more" in page
	assert len(page) < 200_000


def test_an_empty_history_is_said(trial):
	assert trial(*trial.files(), TODAY)[0] == 0
	assert "There is no referral to play." in trial.read().texts


def test_every_word_of_the_report_is_there_in_chinese():
	said = {
		(node.args[0].value, node.args[1].value if len(node.args) > 1 else None)
		for path in (REPOSITORY / "devkit" / "trial").glob("*.py")
		for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
		if isinstance(node, ast.Call) and re.fullmatch(r"(self\.)?say", ast.unparse(node.func))
		if node.args and isinstance(node.args[0], ast.Constant)
	}
	chinese = words.Words("zh")
	assert len(said) > 50
	assert [text for text, context in sorted(said, key=str) if chinese(text, context) == text] == []


# the charts


def of_picture(read: Page, label: str, tag: str) -> list[dict]:
	"""The shapes of one picture of a page."""
	pictures = [place for place, (name, _attributes) in enumerate(read.elements) if name == "svg"]
	begin = next(place for place in pictures if read.elements[place][1]["aria-label"] == label)
	end = min([place for place in pictures if place > begin], default=len(read.elements))
	return [attributes for name, attributes in read.elements[begin:end] if name == tag]


def test_bars_of_gains_and_losses_start_at_the_same_line():
	read = Page(charts.bars("Gains", ["Li", "Wang"], {"": [200, -100]}))
	shapes = [attributes for tag, attributes in read.elements if tag == "rect"]
	(axis,) = [float(attributes["x1"]) for tag, attributes in read.elements if tag == "line"]
	right, left = ((float(shape["x"]), float(shape["width"])) for shape in shapes)
	assert right[0] == axis == pytest.approx(left[0] + left[1], abs=0.2)
	assert right[1] == pytest.approx(2 * left[1], abs=0.2)


def test_a_line_climbs_and_the_limit_lies_where_its_figure_is():
	read = Page(charts.lines("Used", ["a", "b", "c"], {"x": [0, 50, 100]}, 50))
	dots = [(float(dot["cx"]), float(dot["cy"])) for tag, dot in read.elements if tag == "circle"]
	(limit,) = [shape for _tag, shape in read.elements if shape.get("class") == "limit"]
	assert [y for _x, y in dots] == sorted((y for _x, y in dots), reverse=True)
	assert float(limit["y1"]) == dots[1][1] < dots[0][1]
	assert dots[1][0] - dots[0][0] == pytest.approx(dots[2][0] - dots[1][0])


def test_a_label_that_is_too_long_is_cut_and_told_in_full():
	read = Page(charts.bars("x", ["汉" * 30], {"": [1]}))
	assert [text for text in read.texts if "汉" in text][:2] == ["汉" * 30, "汉" * 10 + "…"]


def test_what_is_no_markup_is_text():
	assert element("p", "<b>", element("i", "&"), class_='"') == '<p class="&quot;">&lt;b&gt;<i>&amp;</i></p>'
