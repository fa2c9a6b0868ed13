"""One of our first templates was half a sentence to whom nothing special matters; words that HR changed stay."""

import frappe

from referral_hub.setup.words.recall_templates import TEMPLATES

_TITLE = "News (en)"
_BEFORE = (
	"Hello {{ name }},\n\nwhen we last spoke"
	"{% if preference %} you told me that this matters to you: {{ preference }}{% endif %}."
	" Some things have changed here since, and I would be glad to tell you about them.\n\n{{ sender }}, {{ company }}"
)


def execute() -> None:
	(words,) = (template[4] for template in TEMPLATES if template[0] == _TITLE)
	unchanged = {"name": _TITLE, "words": _BEFORE}
	frappe.db.set_value("Recall Template", unchanged, "words", words)
