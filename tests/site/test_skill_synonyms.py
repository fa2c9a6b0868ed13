"""Words of a site's own: who may write them, what is refused, and what is compared by them at once."""

import frappe
import pytest
import site_factories as hr

from referral_hub.vocabulary import in_use, shipped
from referral_hub.vocabulary.editing import WordTaken


def make_row(word: str, **fields):
	return frappe.get_doc(doctype="Skill Synonym", word=word, **fields).insert()


def test_words_are_compared_by_a_row_from_its_first_save_to_its_last():
	assert in_use.vocabulary() is shipped.vocabulary()
	row = make_row("Zorbing", word_zh="太空球", others="sphereing\n悠波球")
	table = in_use.vocabulary().skills
	assert {table.name(word) for word in ("太空球", "Sphereing", "悠波球")} == {"zorbing"}
	assert in_use.vocabulary().skills is table
	row.update({"others": "悠波球"}).save()
	assert in_use.vocabulary().skills.known("sphereing") is None
	row.update({"enabled": 0}).save()
	assert in_use.vocabulary().skills.known("太空球") is None
	row.delete()
	assert in_use.vocabulary() is shipped.vocabulary()


def test_a_draft_names_what_only_the_site_knows():
	make_row("Zorbing", word_zh="太空球")
	opening = hr.make_opening(description="<p>会玩太空球</p>")
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name).insert()
	assert [(row.requirement, row.requirement_zh) for row in profile.requirements] == [("Zorbing", "太空球")]


def test_a_word_of_another_row_is_refused_and_the_row_is_named():
	there = make_row("Zorbing", word_zh="太空球")
	with pytest.raises(WordTaken, match=rf"太空球.* stands in the row .*{there.name}.*Zorbing"):
		make_row("Ball games", others="太空球")
	make_row("Ball town", kind="Place", others="太空球")
	make_row("Ball games", others="太空球", enabled=0)
	with pytest.raises(frappe.ValidationError, match="letters or digits"):
		make_row("--")


def test_words_of_shipped_rows_move_and_HR_is_told():
	frappe.clear_messages()
	make_row("Materials handling", others="叉车")
	assert "was a word for <strong>Forklift driving</strong>" in frappe.get_message_log()[-1]["message"]
	assert in_use.vocabulary().skills.shown("叉车") == "Materials handling"


@pytest.mark.parametrize(("role", "may_write"), [("HR Manager", True), ("HR User", False)])
def test_HR_managers_edit_and_HR_users_read(as_user, role, may_write):
	row = make_row("Zorbing")
	as_user(hr.make_user(roles=("Employee", role)).name)
	assert frappe.has_permission("Skill Synonym", "read", row.name)
	assert frappe.has_permission("Skill Synonym", "write", row.name) is may_write
	assert frappe.has_permission("Skill Synonym", "import") is may_write
