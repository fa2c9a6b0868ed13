"""The first words with which people are called back, in both languages. Made once, when the app is installed; HR edits, disables, adds."""

from collections.abc import Container

import frappe

# (title, purpose, language, subject, words)
TEMPLATES = [
	(
		"Greeting (en)",
		"Greeting",
		"en",
		"How are you, {{ name }}?",
		"Hello {{ name }},\n\nwe spoke some time ago and I have thought of you since."
		" No opening and no question today: I only wanted to hear how you are.\n\n{{ sender }}, {{ company }}",
	),
	(
		"Greeting (zh)",
		"Greeting",
		"zh",
		"{{ name }}，近来好吗？",
		"{{ name }}，您好：\n\n{% if months %}距我们上次联系已有 {{ months }} 个月，{% endif %}一直记得您。"
		"今天不谈职位，只想问候一声，希望您一切顺利。\n\n{{ company }} {{ sender }}",
	),
	(
		"News (en)",
		"News",
		"en",
		"What is new here",
		"Hello {{ name }},\n\n"
		"{% if preference %}when we last spoke you told me that this matters to you: {{ preference }}. {% endif %}"
		"Some things have changed here since we last spoke, and I would be glad to tell you about them.\n\n{{ sender }}, {{ company }}",
	),
	(
		"News (zh)",
		"News",
		"zh",
		"我们这里的一些新变化",
		"{{ name }}，您好：\n\n{% if preference %}上次您提到比较看重“{{ preference }}”。{% endif %}"
		"这段时间我们有了一些变化，想和您聊聊。\n\n{{ company }} {{ sender }}",
	),
	(
		"Opening (en)",
		"Opening",
		"en",
		"{% if opening %}{{ opening }}{% else %}Shall we talk again?{% endif %}",
		"Hello {{ name }},\n\n{% if opening %}we are looking for somebody again: {{ opening }}."
		"{% if pay_now %} The pay range rose by {{ pay_rise }} % since you applied,"
		" from {{ pay_before }} to {{ pay_now }}.{% endif %}"
		" I thought of you at once. {% endif %}Would you like to talk about it?\n\nAll that is open: {{ openings_link }}\n\n{{ sender }}, {{ company }}",
	),
	(
		"Opening (zh)",
		"Opening",
		"zh",
		"{% if opening %}{{ opening }}{% else %}我们再聊聊好吗？{% endif %}",
		"{{ name }}，您好：\n\n{% if opening %}我们正在招聘“{{ opening }}”，第一时间想到了您。"
		"{% if pay_now %}与您当时应聘时相比，薪资范围由 {{ pay_before }} 调整为 {{ pay_now }}，上调 {{ pay_rise }}%。{% endif %}"
		"{% endif %}愿意聊聊吗？\n\n全部在招职位：{{ openings_link }}\n\n{{ company }} {{ sender }}",
	),
	(
		"Growth (en)",
		"News",
		"en",
		"How people grow here",
		"Hello {{ name }},\n\nwhen we last spoke you told me that growing matters to you, and I have kept it in mind."
		"{% if promoted_percent %} Of the {{ promoted_of }} people who worked here as {{ promoted_from }}"
		" in {{ promoted_in }}, {% if promoted_people %}{{ promoted_people }}{% else %}{{ promoted_percent }} %{% endif %}"
		" rose to the next level.{% endif %}"
		"{% if path_link %} What each level asks and brings: {{ path_link }}{% endif %}"
		"\n\nShall we talk about it?\n\n{{ sender }}, {{ company }}",
	),
	(
		"Growth (zh)",
		"News",
		"zh",
		"在我们这里如何成长",
		"{{ name }}，您好：\n\n上次聊到您看重成长，我一直记在心上。"
		"{% if promoted_percent %}{{ promoted_in }}，在我们这里担任“{{ promoted_from }}”的 {{ promoted_of }} 人中，"
		"{% if promoted_people %}有 {{ promoted_people }} 人{% else %}{{ promoted_percent }}% {% endif %}晋升到了更高一级。{% endif %}"
		"{% if path_link %}每一级的要求和回报：{{ path_link }}{% endif %}"
		"\n\n愿意聊聊吗？\n\n{{ company }} {{ sender }}",
	),
]
# title -> what matters to those for whom the words are; without that preference they are not made
FOR_WHOM = dict.fromkeys(("Growth (en)", "Growth (zh)"), "Growth and promotion")


def make_recall_templates(titles: Container[str] | None = None) -> None:
	"""Make those that are missing; of these titles alone, where some are given."""
	for title, purpose, language, subject, words in TEMPLATES:
		if titles is not None and title not in titles:
			continue
		if not frappe.db.exists("Recall Template", title) and _is_for_somebody(title):
			frappe.get_doc(
				doctype="Recall Template",
				title=title,
				purpose=purpose,
				language=language,
				preference=FOR_WHOM.get(title),
				subject=subject,
				words=words,
				enabled=1,
			).insert(ignore_permissions=True)


def _is_for_somebody(title: str) -> bool:
	return title not in FOR_WHOM or bool(frappe.db.exists("Talent Preference", FOR_WHOM[title]))
