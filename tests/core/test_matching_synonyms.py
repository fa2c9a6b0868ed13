"""A site's own words beside the shipped ones: added, taken over, in one row only."""

import pytest

from referral_hub.matching.rules.synonyms import Own, clash, merged, taken
from referral_hub.matching.rules.thesaurus import Entry, Thesaurus

SHIPPED = [
	Entry("Kubernetes", "", ("k8s", "容器编排")),
	Entry("Welding", "焊接", ("welder", "焊工"), listed_only=("mig",)),
]


def named(own: list[Own], *terms: str) -> list[str]:
	table = Thesaurus.of(merged(SHIPPED, own))
	return [table.name(term) for term in terms]


def test_a_row_called_like_a_shipped_one_adds_its_words():
	own = Own.of("a", "welding", others="laser welding\n=tig")
	assert named([own], "焊工", "Laser-Welding", "焊接", "MIG", "tig") == ["welding"] * 5
	assert "tig" not in Thesaurus.of(merged(SHIPPED, [own])).in_text


def test_a_row_may_take_the_place_of_a_shipped_one():
	own = Own.of("a", "Welding", "电焊", replaces=True)
	assert named([own], "电焊", "焊工") == ["welding", "焊工"]


def test_a_word_of_a_shipped_row_belongs_to_the_row_of_the_site():
	own = Own.of("a", "Platform engineering", others="K8s | 平台工程")
	assert named([own], "k8s", "平台工程", "容器编排") == [
		"platformengineering",
		"platformengineering",
		"kubernetes",
	]
	assert taken(own, SHIPPED) == [("K8s", "Kubernetes")]
	assert taken(Own.of("b", "welding", others="焊工"), SHIPPED) == []
	assert "k8s" not in merged(SHIPPED, [own])[1].words


@pytest.mark.parametrize(
	("word", "word_zh", "others", "shared"),
	[
		("power-bi", "", "", "power-bi"),
		("Reports", "", "ＰｏｗｅｒＢＩ", "ＰｏｗｅｒＢＩ"),
		("Reports", "报表", "", "报表"),
		("Reports", "", "=bi tool", "bi tool"),
		("Reports", "", "power", None),
	],
)
def test_a_word_stands_in_one_row_however_it_is_written(word, word_zh, others, shared):
	there = Own.of("a", "Power BI", "报表", "BI-Tool")
	found = clash(Own.of("b", word, word_zh, others), [there])
	assert found == ((shared, there) if shared else None)
	assert clash(there, [there]) is None


def test_a_word_twice_in_one_row_is_one_word():
	assert list(Own.of("a", "SAP", "sap", "S.A.P\n\n--").forms) == ["sap"]


def test_without_rows_the_shipped_table_is_in_use():
	assert merged(SHIPPED, []) == SHIPPED
