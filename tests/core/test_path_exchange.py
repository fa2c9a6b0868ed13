"""Paths as files: what is written is read back the same, and what can't be read is said with its place."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.paths.rules.exchange import csv_files, fields, json_files
from referral_hub.paths.rules.exchange.fields import PathFile, Problem, Unreadable, Wrong

TABLE = """\ufeffCode;Designation;Follows;Usual Months;Requirement;Target;Unit;Source;At Most
L1;Clerk;;12;;;;;
L2;Head;L1;;Projects;10;projects;Goal;
L2;;;;Complaints;2,5;;;
"""


def level(code: str, designation: str, **more) -> dict:
	row = dict.fromkeys(("title", "grade", "follows", "branch", "currency", "options_note", "brings"), "")
	row |= {"usual_months": 0, **dict.fromkeys(("pay_from", "pay_to", "bonus_percent"), Decimal(0))}
	return row | {"code": code, "designation": designation} | more


def needed(of: str, requirement: str, target: str, **more) -> dict:
	row = {"unit": "", "source": "By Hand", "at_most": False, "weight": Decimal(0)}
	row |= dict.fromkeys(fields.OF_MEASURING, "")
	return row | {"level": of, "requirement": requirement, "target": Decimal(target)} | more


def wrong(text: str, read=csv_files.from_csv) -> list[Problem]:
	with pytest.raises(Unreadable) as refused:
		read(text)
	return refused.value.problems


def test_a_table_as_a_spreadsheet_saves_it_is_read():
	found = csv_files.from_csv(TABLE.replace("2,5", "2.5"))
	assert found.levels == [level("L1", "Clerk", usual_months=12), level("L2", "Head", follows="L1")]
	assert found.requirements == [
		needed("L2", "Projects", "10", unit="projects", source="Goal"),
		needed("L2", "Complaints", "2.5"),
	]


@pytest.mark.parametrize(
	("text", "problems"),
	[
		(TABLE, [Problem(Wrong.NOT_A_NUMBER, "4", "2,5")]),
		("", [Problem(Wrong.MISSING_COLUMN, word="code"), Problem(Wrong.MISSING_COLUMN, word="designation")]),
		("code,designation,colour", [Problem(Wrong.UNKNOWN_COLUMN, word="colour")]),
		("code,designation,code", [Problem(Wrong.UNKNOWN_COLUMN, word="code")]),
		("code,designation\n,Clerk", [Problem(Wrong.NO_LEVEL, "2")]),
		("code,designation\nL1,Clerk\nL1,Head", [Problem(Wrong.OTHER_VALUE, "3", "designation")]),
		("code,designation,usual_months\nL1,Clerk,1.5", [Problem(Wrong.NOT_A_NUMBER, "2", "1.5")]),
		("code,designation,target\nL1,Clerk,nan", [Problem(Wrong.NOT_A_NUMBER, "2", "nan")]),
		("code,designation,target\nL1,Clerk,1e99", [Problem(Wrong.NOT_A_NUMBER, "2", "1e99")]),
		("code,designation,target\nL1,Clerk,1e9999999", [Problem(Wrong.NOT_A_NUMBER, "2", "1e9999999")]),
		("code,designation\nL1,Clerk,lost", [Problem(Wrong.TOO_MANY_CELLS, "2")]),
		("code,designation\nL1,\ufffd\ufffd", [Problem(Wrong.OTHER_LETTERS)]),
		("code,designation,at_most\nL1,Clerk,perhaps", [Problem(Wrong.NOT_YES_OR_NO, "2", "perhaps")]),
		("code,designation,source\nL1,Clerk,Stars", [Problem(Wrong.UNKNOWN_SOURCE, "2", "Stars")]),
		# all that is wrong, at once
		(
			"code,designation,target,source\nL1,Clerk,x,Stars\n,Head,1,Goal",
			[
				Problem(Wrong.NOT_A_NUMBER, "2", "x"),
				Problem(Wrong.UNKNOWN_SOURCE, "2", "Stars"),
				Problem(Wrong.NO_LEVEL, "3"),
			],
		),
	],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(text, problems):
	assert wrong(text) == problems


def test_a_broken_table_is_refused():
	assert wrong('code,designation\n"L1,Clerk')[0].wrong == Wrong.NOT_A_TABLE


def test_a_table_beyond_any_path_is_refused():
	rows = "\n".join(f"L{at},Clerk" for at in range(fields.MOST_ROWS))
	assert wrong(f"code,designation\n{rows}") == [Problem(Wrong.TOO_LONG, "2001", "2000")]


def test_a_name_that_looks_like_a_formula_stays_a_name():
	path = PathFile([level("L1", "=HYPERLINK(1)", brings="-5 %", title="'=quoted", grade="'plain'")])
	text = csv_files.to_csv(path)
	assert "'=HYPERLINK(1)" in text and ",=HYPERLINK" not in text
	assert csv_files.from_csv(text).levels == path.levels


def whole(**more) -> str:
	return json.dumps(
		{"format": "performance-path", "version": 1, "levels": [{"code": "L1", "designation": "Clerk"}]}
		| more
	)


@pytest.mark.parametrize(
	("text", "problems"),
	[
		("", [Problem(Wrong.NOT_A_PATH)]),
		("[]", [Problem(Wrong.NOT_A_PATH)]),
		("[" * 100_000, [Problem(Wrong.NOT_A_PATH)]),
		(whole(version=2), [Problem(Wrong.NOT_A_PATH)]),
		('{"path_name": "\ufffd"}', [Problem(Wrong.OTHER_LETTERS)]),
		(whole(levels="L1"), [Problem(Wrong.NOT_A_PATH, "levels")]),
		(whole(levels=[{"code": ["L1"]}]), [Problem(Wrong.NOT_A_PATH, "levels[0]")]),
		(
			whole(levels=[{"code": "L1", "colour": "red"}]),
			[Problem(Wrong.UNKNOWN_COLUMN, "levels[0]", "colour")],
		),
		(
			whole(levels=[{"code": "L1", "requirements": [{"target": "ten"}]}]),
			[Problem(Wrong.NOT_A_NUMBER, "levels[0].requirements[0]", "ten")],
		),
		(
			'{"format": "performance-path", "version": 1, "levels": [{"pay_to": NaN}]}',
			[Problem(Wrong.NOT_A_NUMBER, "levels[0]", "NaN")],
		),
	],
)
def test_what_is_wrong_with_a_path_is_said_with_its_place(text, problems):
	assert wrong(text, json_files.from_json) == problems


# the mark of a letter that was lost is refused, wherever it stands
words = st.text(
	st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufffd"), max_size=8
)
names = words.filter(bool)
# as many digits as a file keeps
numbers = st.integers(0, 10**9).map(lambda number: Decimal(number) / 100)


@st.composite
def paths(draw) -> PathFile:
	codes = draw(
		st.lists(names.filter(lambda code: not code.startswith("'")), min_size=1, max_size=4, unique=True)
	)
	levels = [
		level(
			code, draw(names), title=draw(words), pay_to=draw(numbers), usual_months=draw(st.integers(0, 99))
		)
		for code in codes
	]
	requirements = [
		needed(code, name, str(draw(numbers)), unit=draw(words), at_most=draw(st.booleans()))
		for code in codes
		for name in draw(st.lists(names, max_size=3))
	]
	former = [
		{"former_name": draw(names), "designation": draw(names), "renamed_on": draw(words)}
		for _one in range(draw(st.integers(0, 2)))
	]
	return PathFile(levels, requirements, former, draw(words))


@given(paths())
def test_what_is_written_is_read_back_the_same(path):
	assert json_files.from_json(json_files.to_json(path)) == path


@given(paths())
def test_a_table_keeps_levels_and_requirements(path):
	found = csv_files.from_csv(csv_files.to_csv(path))
	assert (found.levels, found.requirements) == (path.levels, path.requirements)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
	for read in (csv_files.from_csv, json_files.from_json):
		assert isinstance(read_or_refused(read, text), PathFile | Unreadable)


def read_or_refused(read, text: str) -> PathFile | Unreadable:
	try:
		return read(text)
	except Unreadable as refused:
		return refused
