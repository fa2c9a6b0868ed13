"""A promise keeps its meaning when HR renames what it names: a designation, a Leave Type, a badge, a training."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from count_queries import counted_queries
from frappe.utils import add_to_date, now_datetime
from reward_processes import another_connection, commit_quietly

from referral_hub import tasks
from referral_hub.points import service as points
from referral_hub.portal import cards
from referral_hub.referrals import credit
from referral_hub.rewards import counting
from referral_hub.rewards import service as rewards
from referral_hub.rewards.promising import rename_notes, renamed


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


# many promises, and what others freeze meanwhile


@pytest.fixture
def many(monkeypatch):
	"""More than one is many: they follow in a job, one in a transaction."""
	monkeypatch.setattr(renamed, "AT_ONCE", 1)


def named_in(stories) -> list[str]:
	terms = [frappe.parse_json(frappe.db.get_value("Referral", story.name, "terms")) for story in stories]
	return [kept["milestones"][0]["details"]["leave_type"] for kept in terms]


def promised(name: str, number: int) -> list:
	referrer, opening = make.make_employee(), make.make_opening()
	given.make_rule(promise("Leave", leave_type=name), designation=opening.designation)
	return [given.refer(referrer, opening) for _ in range(number)]


def later(hours: int) -> None:
	"""Let the notes of renames be as old as that."""
	on = add_to_date(now_datetime(), hours=-hours)
	for note in rename_notes.all_of():
		rename_notes._write(note._replace(on=on))


@pytest.fixture
def leave(commits):
	"""A Leave Type, which is forgotten under every name it had."""
	commits.at_end(rename_notes.forget)
	return leave_type()


@pytest.mark.commits
def test_many_follow_in_a_job_that_goes_on_where_it_was_stopped(commits, leave, many, monkeypatch):
	stories = promised(leave, 3)
	commit_quietly(commits)
	new = rename("Leave Type", leave)
	commit_quietly(commits)
	assert named_in(stories) == [leave] * 3
	rewrite, seen = renamed._rewrite, []

	def stopped_at_the_third(*row, **more):
		seen.append(row)
		if len(seen) == 3:
			raise ZeroDivisionError
		rewrite(*row, **more)

	monkeypatch.setattr(renamed, "_rewrite", stopped_at_the_third)
	tasks.follow_renames()
	assert sorted(named_in(stories)) == sorted([leave, new, new])
	later(2)
	renamed.end(renamed.under_way()[0])
	tasks.follow_renames()
	assert named_in(stories) == [new] * 3
	assert renamed.under_way() == []


def test_who_renames_does_not_wait_until_long_tables_are_read(monkeypatch):
	name = leave_type()
	stories = promised(name, 1)
	monkeypatch.setattr(renamed, "READ_AT_ONCE", 0)
	new = rename("Leave Type", name)
	assert named_in(stories) == [name]
	for chunk in renamed.chunks(renamed.under_way()[-1]):
		renamed.follow_chunk(chunk)
	assert named_in(stories) == [new]


def test_until_the_job_has_come_a_hire_under_the_new_name_is_the_one_that_was_asked_for(many):
	opening = make.make_opening()
	asked = {"designation": opening.designation, "hire_designation": opening.designation}
	given.make_rule(given.points("Joined", 100), **asked)
	story, _other = (given.refer(make.make_employee(), opening) for _ in range(2))
	new = rename("Designation", opening.designation)
	assert frappe.parse_json(frappe.db.get_value("Referral", story.name, "terms"))["hire"] == {
		"designation": opening.designation
	}
	story.applicant.reload()
	given.hire(story)
	assert frappe.db.get_value("Employee", {"job_applicant": story.applicant.name}, "designation") == new
	assert given.states_of(story) == {"Joined": "Due"}


@pytest.mark.commits
def test_what_is_frozen_by_who_has_read_the_old_name_follows_in_the_next_hour(commits, leave):
	(first,), colleague = promised(leave, 1), make.make_employee()
	commit_quietly(commits)
	with another_connection():
		late = given.refer(colleague, first.opening)
		with another_connection():
			new = rename("Leave Type", leave)
	frappe.db.rollback()
	assert named_in([first, late]) == [new, leave]
	tasks.follow_renames()
	assert named_in([first, late]) == [new, new]
	assert len(renamed.under_way()) == 1
	later(2)
	tasks.follow_renames()
	assert renamed.under_way() == []


@pytest.mark.commits
def test_what_is_frozen_anew_while_a_rename_is_followed_is_not_lost(commits, leave, many):
	stories = promised(leave, 2)
	commit_quietly(commits)
	new = rename("Leave Type", leave)
	commit_quietly(commits)
	(chunk, *_rest) = list(renamed.chunks(renamed.under_way()[0]))
	(name,) = chunk[-1]
	terms = frappe.parse_json(frappe.db.get_value("Referral", name, "terms"))
	terms["milestones"][0]["amount"] = "7"
	frappe.db.commit()
	frappe.db.get_value("Referral", name, "terms")
	with another_connection():
		frappe.db.set_value("Referral", name, "terms", frappe.as_json(terms))
	renamed.follow_chunk(chunk)
	(kept,) = frappe.parse_json(frappe.db.get_value("Referral", name, "terms"))["milestones"]
	assert (kept["amount"], kept["details"]["leave_type"]) == ("7", new)
	assert len(stories) == 2


def test_renamed_back_a_promise_keeps_its_first_name(many):
	name = leave_type()
	stories = promised(name, 2)
	new = rename("Leave Type", name)
	frappe.rename_doc("Leave Type", new, name, show_alert=False)
	assert [(note.old, note.new) for note in rename_notes.all_of()] == [(new, name)]
	assert named_in(stories) == [name, name]


def test_what_is_called_so_since_is_not_what_was_renamed(many):
	name = leave_type()
	stories = promised(name, 2)
	new = rename("Leave Type", name)
	frappe.get_doc(doctype="Leave Type", leave_type_name=name).insert()
	anew = promised(name, 1)
	frappe.db.set_value("Referral", anew[0].name, "creation", add_to_date(now_datetime(), minutes=5))
	for chunk in renamed.chunks(renamed.under_way()[0]):
		renamed.follow_chunk(chunk)
	assert named_in([*stories, *anew]) == [new, new, name]


@pytest.mark.parametrize("credited", ["the one who stays", "the one who goes"])
@pytest.mark.parametrize(
	("decided", "rows", "paid"),
	[(False, ["Paid", "Void"], 1), (True, ["Void", "Void"], 0)],
	ids=["stands", "voided by HR"],
)
def test_two_employees_between_whom_a_credit_was_moved_become_one(credited, decided, rows, paid):
	story, other = given.make_story(given.points("Interviewed", 50)), make.make_employee()
	given.interview(story)
	credit.move_credit(story.name, other.name, "They met first")
	given.follow(story)
	if decided:
		rewards.void(frappe.db.get_value("Referral Reward", {"employee": other.name}), "It did not count")
	goes, stays = (story.referrer, other) if credited == "the one who stays" else (other, story.referrer)
	frappe.rename_doc("Employee", goes.name, stays.name, force=True, merge=True)
	given.follow(story)
	rewards.earn(story.name)
	assert given.pay()["paid"] == paid
	kept = frappe.get_all(
		"Referral Reward", {"referral": story.name}, ["state", "referrer"], order_by="state asc"
	)
	assert [(row.state, row.referrer) for row in kept] == [(state, stays.name) for state in rows]
	assert points.balance(stays.name) == 50 * paid
	assert [row.state for row in cards.rewards_of([story.name])[story.name]] == rows[:1]


def test_a_merge_locks_as_paying_does_referrals_then_rewards_then_wallets():
	story, stays = given.make_story(given.points("Interviewed", 50)), make.make_employee()
	given.interview(story)
	given.pay()
	points.post(stays.name, 5, "Adjustment", "five to begin with")
	with counted_queries() as sent:
		frappe.rename_doc("Employee", story.referrer.name, stays.name, force=True, merge=True)
	first = {}
	for place, statement in enumerate(sent):
		if "for update" in statement.lower():
			table = statement.split("`tab", 1)[1].split("`", 1)[0]
			first.setdefault(table, place)
	tables = ("Referral", "Referral Reward", "Points Account")
	assert sorted(tables, key=first.__getitem__) == list(tables)
	assert points.balance(stays.name) == 55
