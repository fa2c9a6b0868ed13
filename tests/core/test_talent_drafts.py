"""Words for somebody who is called back: the fitting template, filled with what is known; a template can name facts and nothing else."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules import drafts
from referral_hub.talent.rules.drafts import FACTS, LONGEST, Template, Unfit, Wanted

KNOWN = {"name": "Li Na", "pay_before": "¥ 10,000", "pay_now": "¥ 11,500", "pay_rise": "15"}


@pytest.mark.parametrize(
	("source", "text"),
	[
		("Hello {{ name }}", "Hello Li Na"),
		("{% if pay_rise %}It rose by {{ pay_rise }} %.{% endif %}", "It rose by 15 %."),
		("{% if opening %}See {{ opening }}.{% else %}Nothing new.{% endif %}", "Nothing new."),
		("{% if pay_now and not opening %}A{% endif %}", "A"),
		("{% if opening or pay_now %}B{% endif %}", "B"),
		("Hi\n{% if opening %}\n{{ opening }}\n{% endif %}\nBye", "Hi\nBye"),
		("{# a remark #}{{ name }}", "Li Na"),
		("价格 {{ pay_now }}", "价格 ¥ 11,500"),
	],
)
def test_a_template_is_filled_with_what_is_known(source, text):
	assert drafts.fill(source, KNOWN) == text


def test_what_somebody_wrote_is_never_run():
	assert (
		drafts.fill("{{ name }}", {"name": "{{ 7 * 7 }}{% for x in [] %}"}) == "{{ 7 * 7 }}{% for x in [] %}"
	)


# 200 hostile templates: a way in, and what it would do

WALKS = [
	"''.__class__",
	"name.__class__.__mro__[1].__subclasses__()",
	"name.__init__.__globals__",
	"name['__class__']",
	"name[0]",
	"name|attr('__class__')",
	"name.format(name)",
	"'{0.__class__}'.format(name)",
	"'%s' % name",
	"name.upper()",
	"().__class__.__bases__",
	"{}.__class__",
	"[].append(1)",
	"self",
	"self.__dict__",
	"self._TemplateReference__context",
	"loop",
	"caller()",
	"varargs",
	"range(10)",
	"range(999999999)",
	"lipsum()",
	"cycler('a')",
	"joiner()",
	"namespace()",
	"dict(a=1)",
	"config",
	"request",
	"frappe",
	"frappe.db.sql('select 1')",
	"frappe.get_all('User')",
	"_('x')",
	"doc",
	"doc.email",
	"g",
	"url_for.__globals__",
	"get_flashed_messages.__globals__",
	"''.join(['a'])",
	"name * 1000000000",
	"'a' * 10 ** 9",
	"10 ** 10 ** 10",
	"2 ** 99999999",
	"9 // 0",
	"1 / 0",
	"7 * 7",
	"1 + 1",
	"-1",
	"name ~ name",
	"name|upper",
	"name|list",
	"name|map('upper')",
	"name|replace('a', 'b' * 99999999)",
	"name|tojson",
	"name|safe",
	"name|pprint",
	"name is string",
	"name in 'abc'",
	"name == 'Li Na'",
	"name if name else 1",
	"'constant'",
	"[1, 2, 3]",
	"{'a': 1}",
	"(1, 2)",
	"(" * 300 + "name" + ")" * 300,
	"not " * 300 + "name",
]
WAYS = ["{{{{ {} }}}}", "{{% if {} %}}x{{% endif %}}", "{{% set x = {} %}}"]
STATEMENTS = [
	"{% for x in name %}{{ x }}{% endfor %}",
	"{% for x in range(10) %}{% for y in range(10) %}{% endfor %}{% endfor %}",
	"{% while true %}{% endwhile %}",
	"{% set name = 1 %}",
	"{% set x %}y{% endset %}",
	"{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
	"{% call name() %}{% endcall %}",
	"{% include 'hooks.py' %}",
	"{% import 'os' as os %}",
	"{% from 'os' import system %}",
	"{% extends 'base.html' %}",
	"{% block a %}{% endblock %}",
	"{% filter upper %}a{% endfilter %}",
	"{% with x = 1 %}{% endwith %}",
	"{% autoescape false %}{{ name }}{% endautoescape %}",
	"{% raw %}{{ name }}{% endraw %}{{ email }}",
	"{% do name.append(1) %}",
	"{% debug %}",
	"{% trans %}a{% endtrans %}",
	"{{ name",
	"{% if name %}",
	"{{ }}",
	"{% %}",
	"{{ name }}" * (LONGEST // 9),
	"{% if name %}" * 200 + "{% endif %}" * 200,
]
HOSTILE = [way.format(walk) for walk, way in product(WALKS, WAYS)] + STATEMENTS


def test_there_are_two_hundred():
	assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_template_is_refused_before_anything_runs(source):
	with pytest.raises(Unfit):
		drafts.check(source)
	with pytest.raises(Unfit):
		drafts.fill(source, KNOWN)


@pytest.mark.parametrize(
	("source", "what"),
	[
		("x" * (LONGEST + 1), "too long"),
		("{{ name", "syntax"),
		("{{ name.a }}", "forbidden"),
		("{{ salary }}", "unknown"),
		("{% if name %}" * 60 + "{% endif %}" * 60, "deep"),
	],
)
def test_a_refusal_says_what_is_wrong(source, what):
	with pytest.raises(Unfit) as refusal:
		drafts.check(source)
	assert refusal.value.what == what


pieces = st.sampled_from(
	["{{", "}}", "{%", "%}", "if ", "endif", " name ", "for x in", ".", "(", "|", "a", "7*7"]
)


@given(st.lists(pieces, max_size=20).map("".join))
def test_whatever_is_written_is_filled_or_refused(source):
	try:
		text = drafts.fill(source, KNOWN)
	except Unfit:
		return
	assert len(text) <= len(source) + source.count("{{") * max(map(len, KNOWN.values()))


# which template

ZH = {"purpose": "News", "language": "zh"}


def wanted(**more) -> Wanted:
	return Wanted(**{**ZH, "reason": "No-show", **more})


@pytest.mark.parametrize(
	("person", "name"),
	[
		({}, "reason"),
		({"reason": "Withdrawn"}, "any"),
		({"reason_given": "Pay too low"}, "given"),
		({"preferences": ("Place", "Growth", "Pay")}, "growth"),
		({"preferences": ("Pay", "Growth")}, "pay"),
		({"language": "en"}, None),
		({"purpose": "Greeting"}, None),
	],
)
def test_the_template_that_says_most_about_the_person(person, name):
	templates = [
		Template("any", **ZH),
		Template("reason", **ZH, reason="No-show"),
		Template("other", **ZH, reason="Declined Offer"),
		Template("growth", **ZH, preference="Growth"),
		Template("pay", **ZH, preference="Pay"),
		Template("given", **ZH, reason_given="Pay too low"),
	]
	found = drafts.best(templates, wanted(**person))
	assert (found and found.name) == name


@pytest.mark.parametrize(
	("before", "now", "percent"),
	[
		(10000, 11500, 15),
		(10000, 10000, None),
		(10000, 9000, None),
		(None, 1, None),
		(0, 5, None),
		(1e6, 1e6 + 1, None),
	],
)
def test_a_rise_is_said_only_where_there_is_one(before, now, percent):
	assert drafts.rise(before, now) == percent


def test_every_fact_can_be_named():
	assert drafts.fill(
		"".join(f"{{{{ {fact} }}}}" for fact in FACTS), dict.fromkeys(FACTS, "a")
	) == "a" * len(FACTS)
