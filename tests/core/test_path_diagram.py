"""A path as a picture: every level once, every line from a level to one that follows, no word that could do harm."""

import xml.etree.ElementTree as ET

import pytest

from referral_hub.paths.rules import diagram
from referral_hub.paths.rules.diagram import Words
from referral_hub.paths.rules.ladder import Ladder, Level

SVG = "{http://www.w3.org/2000/svg}"
BRANCHED = Ladder(
	(
		Level("L1", "Clerk"),
		Level("L2", "Head", follows="L1"),
		Level("E2", "Expert", follows="L1"),
		Level("E3", "Master", follows="E2"),
	)
)
WORDS = {level.code: Words(level.designation, "12 months") for level in BRANCHED.levels}


def drawn(here: str | None = None, **words) -> ET.Element:
	return ET.fromstring(diagram.picture(BRANCHED, WORDS | words, "The path", here))


def test_every_level_has_its_box_inside_the_picture():
	svg = drawn()
	_x, _y, width, height = (float(number) for number in svg.get("viewBox").split())
	boxes = svg.findall(f"{SVG}g/{SVG}rect")
	assert len(boxes) == 4 and len({(box.get("x"), box.get("y")) for box in boxes}) == 4
	for box in boxes:
		assert 0 <= float(box.get("x")) <= width - float(box.get("width"))
		assert 0 <= float(box.get("y")) <= height - float(box.get("height"))


def test_a_line_leads_to_each_level_but_the_first():
	assert [line.get("d") for line in drawn().findall(f"{SVG}path")] == [
		"M172 36H184V36H196",
		"M172 36H184V120H196",
		"M364 120H376V120H388",
	]


def test_on_a_phone_the_path_goes_downwards_and_two_branches_fit_beside_each_other():
	svg = ET.fromstring(diagram.picture(BRANCHED, WORDS, "The path", downwards=True))
	assert svg.get("viewBox") == "0 0 368 240"
	assert [line.get("d") for line in svg.findall(f"{SVG}path")] == [
		"M88 68V78H88V88",
		"M88 68V78H280V88",
		"M280 152V162H280V172",
	]


def test_where_somebody_is_is_said():
	here = [
		group.get("data-level")
		for group in drawn("E2").findall(f"{SVG}g")
		if group.get("aria-current") == "step"
	]
	assert here == ["E2"]


def test_words_are_words():
	svg = drawn(L1=Words('<b>"x"</b>', "a & b"))
	group = svg.find(f"{SVG}g")
	assert [child.text for child in group] == ['<b>"x"</b>', None, '<b>"x"</b>', "a & b"]


@pytest.mark.parametrize(
	("title", "shown"),
	[
		("Head of the Store", ["Head of the Store"]),
		("Senior Store Assistant", ["Senior Store", "Assistant"]),
		("Manager of Stores, North", ["Manager of Stores,", "North"]),
		("Regional Manager of All the Stores in the North", ["Regional Manager", "of All the Stores…"]),
		("Donaudampfschifffahrtskapitän", ["Donaudampfschifffa", "hrtskapitän"]),
		("高级客户关系与渠道运营管理专家", ["高级客户关系与渠道", "运营管理专家"]),
		("高级客户关系与渠道运营管理专家兼华北区负责人", ["高级客户关系与渠道", "运营管理专家兼华北…"]),
	],
)
def test_long_titles_are_in_two_lines_or_cut_and_kept_for_the_reader(title, shown):
	whole, box, *lines, below = drawn(L1=Words(title, "12 months")).find(f"{SVG}g")
	assert (whole.text, [line.text for line in lines]) == (title, shown)
	heights = [float(line.get("y")) for line in (*lines, below)]
	top = float(box.get("y"))
	assert (
		top + 14 < heights[0]
		and heights == sorted(heights)
		and heights[-1] < top + float(box.get("height")) - 4
	)
