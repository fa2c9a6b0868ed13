"""Everything a person reads is there in Chinese, with the same placeholders, and nothing is translated that nobody reads."""

import ast

import pytest
from translatable import (
	LEFT_TO_THE_PLATFORM,
	PORTAL_CONTEXT,
	all_strings,
	doctype_strings,
	placeholders,
	python_strings,
	text_strings,
	translations,
)

CHINESE = translations()


def translated(text: str, context: str | None) -> bool:
	return bool({(text, context), (text, None)} & set(CHINESE)) or text in LEFT_TO_THE_PLATFORM


def test_every_string_is_translated():
	missing = [
		f"{found.text!r} (context {found.context}) in {min(found.places)}"
		for found in all_strings().values()
		if not translated(found.text, found.context)
	]
	assert missing == [], "add to referral_hub/translations/zh.csv:\n" + "\n".join(missing)


def test_no_translation_is_left_over():
	read = set(all_strings(signs_too=True))
	texts = {text for text, _context in read}
	unused = [key for key in CHINESE if key not in read and not (key[1] is None and key[0] in texts)]
	assert unused == [], "nobody reads these any more; remove them from referral_hub/translations/zh.csv"


def test_placeholders_are_the_same_in_both_languages():
	different = [key for key, chinese in CHINESE.items() if placeholders(key[0]) != placeholders(chinese)]
	assert different == []


def test_translations_are_chinese_and_tidy():
	untidy = [
		key
		for key, chinese in CHINESE.items()
		if chinese != chinese.strip() or not chinese or "!" in chinese or "！" in chinese
	]
	assert untidy == []


def test_the_words_of_this_field_are_always_the_same():
	terms = {
		"Referral": "推荐",
		"Candidate": "候选人",
		"Reward Rule": "奖励规则",
		"Milestones": "里程碑",
		"Wallet": "积分钱包",
		"Referral Program": "推荐计划",
		"Outcome": "结果",
		"My referrals": "我的推荐",
		"Why this amount": "为什么是这个数",
	}
	assert {text: CHINESE.get((text, None)) for text in terms} == terms


# that the finder finds


@pytest.mark.parametrize(
	("source", "found"),
	[
		('_("Hello")', [("Hello", None)]),
		('frappe._("Hello {0}").format(x)', [("Hello {0}", None)]),
		('_("one " "two")', [("one two", None)]),
		('_("Left", context="Points Lot")', [("Left", "Points Lot")]),
		('_lt("Later")', [("Later", None)]),
		("_(name)", []),
		('other("Hello")', []),
	],
)
def test_strings_are_found_in_python(source, found):
	assert list(python_strings(ast.parse(source))) == found


def test_an_f_string_can_not_be_translated():
	with pytest.raises(AssertionError, match="f-string in line 1"):
		list(python_strings(ast.parse('_(f"Hello {name}")')))


@pytest.mark.parametrize(
	("source", "found"),
	[
		('{{ _("Send") }}', [("Send", None)]),
		("{{ _('Say \"hi\"') }}", [('Say "hi"', None)]),
		('{{ _("A {0}").format(x) }} {{ _("B") }}', [("A {0}", None), ("B", None)]),
		('__("Hold", null, "Referral Reward")', [("Hold", "Referral Reward")]),
		('__("You can use: {0}", [facts])', [("You can use: {0}", None)]),
		('{{ _("Left", context="Points Lot") }}', [("Left", "Points Lot")]),
		("__(`Plain`)", [("Plain", None)]),
		("label__(x)", []),
		("{{ _(name) }}", []),
	],
)
def test_strings_are_found_in_templates_and_scripts(source, found):
	assert list(text_strings(source)) == found


def test_the_portals_templates_look_in_their_own_context():
	assert list(text_strings('{{ _("Next") }}', PORTAL_CONTEXT)) == [("Next", "Referral Hub")]


def test_strings_are_found_in_doctypes():
	record = {
		"doctype": "DocType",
		"name": "Referral Reason",
		"module": "Referral Hub",
		"fields": [
			{
				"fieldtype": "Select",
				"label": "Applies To",
				"options": "\nWithdrawn\nNo-show",
				"description": "For what.",
			},
			{"fieldtype": "Link", "label": "Employee", "options": "Employee"},
		],
	}
	assert {text for text, _context in doctype_strings(record) if text} == {
		"Referral Reason",
		"Referral Hub",
		"Applies To",
		"Withdrawn",
		"No-show",
		"For what.",
		"Employee",
	}
