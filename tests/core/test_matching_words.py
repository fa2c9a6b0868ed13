"""Words that are one, words that are not, and what texts name: the shipped tables and how they are read."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.matching.rules.amounts import Pay, Years, pay_in, years_in
from referral_hub.matching.rules.levels import education_in, languages_in
from referral_hub.matching.rules.text import compact, normal, tokens
from referral_hub.matching.rules.thesaurus import Entry, Thesaurus, entries_of
from referral_hub.matching.rules.vocabulary import TABLES
from referral_hub.vocabulary.shipped import shipped, vocabulary


@pytest.mark.parametrize("table", TABLES)
def test_no_two_rows_of_a_shipped_table_claim_a_word(table):
	claimed = defaultdict(set)
	for entry in shipped(table):
		for word in entry.all_words():
			claimed[compact(word)].add(entry.name)
	assert {word: names for word, names in claimed.items() if len(names) > 1 or not word} == {}


def test_the_shipped_skills_are_of_many_trades_and_in_both_languages():
	skills = shipped("skills")
	fields = {entry.field for entry in skills}
	assert len(skills) >= 400 and len(fields) >= 18
	both = [
		entry
		for entry in skills
		if any(map(str.isascii, entry.all_words())) and not all(map(str.isascii, entry.all_words()))
	]
	assert len(both) >= 380


@pytest.mark.parametrize(
	("written", "is_normal"),
	[
		("Ｐｏｗｅｒ　 ＢＩ", "power bi"),
		("會計、資料庫", "会计、数据库"),
		("軟體測試", "软件测试"),
		("  a \n b ", "a b"),
		("Straße", "strasse"),
		(None, ""),
	],
)
def test_one_way_of_writing(written, is_normal):
	assert normal(written) == is_normal


@pytest.mark.parametrize(
	("written", "form"),
	[
		("Power-BI", "powerbi"),
		("C++", "c++"),
		("C #", "c#"),
		(".NET", ".net"),
		("Node.js", "nodejs"),
		("数据 分析", "数据分析"),
	],
)
def test_a_term_is_known_by_letters_and_signs_that_matter(written, form):
	assert compact(written) == form


@given(st.text())
def test_normal_forms_are_at_rest(text):
	assert compact(compact(text)) == compact(text)
	assert normal(normal(text)) == normal(text)


def test_words_end_where_they_end():
	assert list(tokens("熟练使用Python，CI/CD和Node.js；C++、C#")) == [
		"熟练",
		"使用",
		"python",
		"ci",
		"cd",
		"和",
		"node.js",
		"c++",
		"c#",
	]


@pytest.mark.parametrize(
	("text", "found"),
	[
		(
			"5年仓储管理经验，会开叉车，熟悉WMS系统",
			["Warehouse management", "Forklift driving", "Warehouse management systems"],
		),
		(
			"Registered nurse, ICU and MS Excel with pivot tables",
			["Nursing", "Intensive care", "Microsoft Excel", "Pivot tables"],
		),
		("机会计划很多", []),
		("We go to work with a good word", []),
		("軟體測試與資料分析", ["Software testing", "Data analysis"]),
		("React Native, not React", ["React Native", "React"]),
		("护理人员", ["Nursing"]),
		("we are hiring; training and a legal contract", []),
		("五险一金，绩效奖金，股票期权", []),
		("", []),
	],
)
def test_what_a_text_names(text, found):
	assert [entry.name for entry in vocabulary().skills.found_in(text)] == found


@pytest.mark.parametrize(
	("listed", "name"),
	[
		("Go", "Go"),
		("golang", "Go"),
		("Word", "Microsoft Word"),
		("training", "Training and development"),
		("C", "C language"),
	],
)
def test_in_a_list_a_common_word_is_a_skill(listed, name):
	assert vocabulary().skills.known(listed).name == name


@pytest.mark.parametrize(
	("wanted", "said", "is_alike"),
	[
		("Kubernetes", "Kubernets", True),
		("财务分析师", "财物分析师", False),
		("Photoshop", "Photoshopp", True),
		("Java", "Javas", False),
		("Java", "JavaScript", False),
		("前端开发", "后端开发", False),
		("CET-6 certificate", "CET-4 certificate", False),
		("Quartz polishing", "Quarz polishing", True),
		("Audit", "Adult", False),
	],
)
def test_a_slip_is_no_other_word(wanted, said, is_alike):
	assert vocabulary().skills.alike(wanted, said) is is_alike


def test_a_word_that_a_row_knows_is_no_slip_of_another():
	table = Thesaurus.of([Entry("Meat cutting"), Entry("Mat cutting")])
	assert not table.alike("Meat cutting", "Mat cutting") and table.alike("Meat cutting", "Meat cuting")


def test_rows_are_edited_as_a_table():
	rows = [{"name": " Tiling ", "name_zh": "贴砖", "other": "tiler| =tiles |", "field": ""}, {"name": " "}]
	(entry,) = entries_of(rows)
	assert entry == Entry("Tiling", "贴砖", ("tiler",), "", ("tiles",))
	table = Thesaurus.of([entry])
	assert table.name("贴磚") == table.name("Tiler") and table.known("tiles") is entry
	assert table.found_in("tiles and tiler") == {entry: "tiler"}


@pytest.mark.parametrize(
	("text", "years"),
	[
		("3年以上工作经验", Years(3)),
		("3-5 years", Years(3, 5)),
		("三到五年", Years(3, 5)),
		("five years", Years(5)),
		("5+ yrs", Years(5)),
		("两年", Years(2)),
		("2年以内", Years(0, 2)),
		("up to 2 years", Years(0, 2)),
		("经验不限", Years(0)),
		("有3年Java经验", Years(3)),
		("2019年毕业", None),
		("年薪20万", None),
		("三年级", None),
		("", None),
	],
)
def test_years_as_people_write_them(text, years):
	assert years_in(text) == years


@pytest.mark.parametrize(
	("text", "pay"),
	[
		("15-20k", Pay(15000, 20000)),
		("15k-20k/月", Pay(15000, 20000)),
		("月薪1.5万-2万", Pay(15000, 20000)),
		("8000-12000元/月", Pay(8000, 12000, "CNY")),
		("年薪24-36万", Pay(20000, 30000)),
		("$5,000 per month", Pay(5000, 5000, "USD")),
		("annual 240,000 USD", Pay(20000, 20000, "USD")),
		("HK$18,000", Pay(18000, 18000, "HKD")),
		("时薪25元", None),
		("面议", None),
	],
)
def test_pay_is_compared_by_the_month(text, pay):
	assert pay_in(text) == pay


@pytest.mark.parametrize(
	("text", "lowest", "highest"),
	[
		("本科及以上，硕士优先", 3, 4),
		("大专", 2, 2),
		("PhD in chemistry", 5, 5),
		("Master", 4, 4),
		("master data management", 0, 0),
		("MBA", 4, 4),
		("postgraduate diploma", 4, 4),
		("", 0, 0),
	],
)
def test_degrees(text, lowest, highest):
	assert (education_in(text, lowest=True), education_in(text)) == (lowest, highest)


@pytest.mark.parametrize(
	("text", "spoken"),
	[
		("英语流利，日语N1", {"english": 5, "japanese": 5}),
		("CET-6", {"english": 4}),
		("English, business level", {"english": 4}),
		("English (native); 粤语", {"english": 6, "cantonese": 0}),
		("雅思7.5", {"english": 5}),
		("托福80", {"english": 4}),
		("中餐", {}),
	],
)
def test_languages_and_how_well(text, spoken):
	assert languages_in(text, vocabulary().languages) == spoken
