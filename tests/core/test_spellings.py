"""However somebody is written, they are found; and nobody else is."""

import pytest

from referral_hub.forgotten.spellings import Spellings

QIUYUE = Spellings(
	{"Qiuyue Zhouwen", "周文秋月"}, {"qiuyue.zhouwen@example.com"}, {"+8613912348765", "13912348765"}
)


@pytest.mark.parametrize(
	"written",
	[
		"Qiuyue Zhouwen",
		"QIUYUE  ZHOUWEN",
		"Zhouwen Qiuyue",
		"Zhouwen, Qiuyue",
		"周文秋月",
		"\\u5468\\u6587\\u79cb\\u6708",
		"Qiuyue.Zhouwen@Example.com",
		"qiuyue.zhouwen%40example.com",
		"13912348765",
		"139 1234 8765",
		"139-1234-8765",
		"+86 139 1234 8765",
		"+8613912348765",
		"0086 139-1234-8765",
		"(+86) 139.1234.8765",
		"8613912348765",
	],
)
def test_every_spelling_is_replaced_whole(written):
	assert QIUYUE.replace(f"call {written}, today", "REF-1") == "call REF-1, today"


@pytest.mark.parametrize(
	"written",
	["Qiuyue Zhouwenhui", "AQiuyue Zhouwen", "139 1234 8766", "139123487650", "周文", "zhouwen@example.com"],
)
def test_nobody_else_is(written):
	assert QIUYUE.replace(written, "REF-1") == written
	assert not QIUYUE.stand_in(written)


def test_a_short_name_is_not_found_inside_a_longer_one():
	assert Spellings({"Li"}, (), ()).replace("Li, Lina, li and Ali", "X") == "X, Lina, X and Ali"


def test_a_short_number_is_not_found_inside_a_longer_one():
	assert Spellings((), (), {"5551234"}).replace("12345551234 and 555-1234", "X") == "12345551234 and X"


def test_nothing_known_replaces_nothing():
	assert Spellings((), (), ()).replace("Li", "X") == "Li"
