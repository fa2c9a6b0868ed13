"""A promise keeps its meaning when HR renames what it names: a designation, a Leave Type, a badge, a training."""

import frappe
import pytest
import reward_factories as given
import site_factories as make

from referral_hub.rewards import counting


def promise(kind: str, **details) -> dict:
	return {"milestone": "Interviewed", "kind": kind, "amount": 1, "currency": "", **details}


def rename(doctype: str, name: str) -> str:
	return frappe.rename_doc(doctype, name, f"{name} 新", show_alert=False)


def leave_type() -> str:
	return frappe.get_doc(doctype="Leave Type", leave_type_name=make.unique("假 Leave")).insert().name


def badge() -> str:
	return frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("星 Badge")).insert().name


def training() -> str:
	program = given.make_training_program()
	given.make_training_event(program)
	return program


@pytest.mark.parametrize(
	("kind", "field", "doctype", "made"),
	[
		("Leave", "leave_type", "Leave Type", leave_type),
		("Badge", "badge", "Recognition Badge", badge),
		("Training", "training_program", "Training Program", training),
	],
)
@pytest.mark.parametrize("when", ["before it is earned", "once it is due"])
def test_what_was_promised_by_its_old_name_is_paid_by_the_new_one(kind, field, doctype, made, when):
	name = made()
	story = given.make_story(promise(kind, **{field: name}))
	if when == "once it is due":
		given.interview(story)
	new = rename(doctype, name)
	if when == "before it is earned":
		given.interview(story)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	details = frappe.parse_json(given.reward_of(story, "Interviewed").details)
	assert details[field] == new


def test_a_hire_under_the_new_name_of_the_designation_is_the_one_that_was_asked_for():
	referrer, opening = make.make_employee(), make.make_opening()
	asked = {"designation": opening.designation, "hire_designation": opening.designation}
	given.make_rule(given.points("Joined", 100), **asked)
	several = {"pays_for": "Several Hires", "period": "Year"}
	given.make_rule(given.points("Joined", 500, hires=2), **asked, **several)
	stories = [given.refer(referrer, opening) for _ in range(2)]
	rename("Designation", opening.designation)
	for story in stories:
		story.applicant.reload()
		given.hire(story)
	counting.count(referrer.name)
	found = frappe.get_all("Referral Reward", {"referrer": referrer.name}, pluck="amount", order_by="amount")
	assert found == [100, 100, 500]


def test_words_of_a_promise_that_are_the_same_by_chance_stay_as_they_are():
	name = make.make_designation().name
	story = given.make_story(promise("Gift", what=name))
	before = frappe.db.get_value("Referral", story.name, "terms")
	rename("Designation", name)
	assert frappe.db.get_value("Referral", story.name, "terms") == before
