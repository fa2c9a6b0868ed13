"""What our words for those to whom growing matters say of time says "year" by itself by now, in Chinese too."""

import re

import frappe

_YEAR = re.compile(r"(\{\{\s*promoted_in\s*\}\})\s*年[,，]?\s*")


def execute() -> None:
	for name, words in frappe.get_all(
		"Recall Template", {"words": ("like", "%promoted_in%年%")}, ["name", "words"], as_list=True
	):
		said = _YEAR.sub(r"\1，", words)
		frappe.db.set_value("Recall Template", name, "words", said, update_modified=False)
