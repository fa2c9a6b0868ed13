"""What our words for those to whom growing matters say of time says "year" by itself by now, in Chinese too."""

import frappe


def execute() -> None:
	for name, words in frappe.get_all(
		"Recall Template", {"words": ("like", "%{{ promoted_in }} 年%")}, ["name", "words"], as_list=True
	):
		said = words.replace("{{ promoted_in }} 年", "{{ promoted_in }}，")
		frappe.db.set_value("Recall Template", name, "words", said, update_modified=False)
