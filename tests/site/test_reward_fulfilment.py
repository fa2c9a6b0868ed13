"""What a person hands over: a task with a day and a proof, paid when it is done, undone while it is open; and badges."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, getdate, today

from referral_hub import tasks
from referral_hub.fulfilment import service as fulfilment
from referral_hub.rewards import service as rewards
from referral_hub.rewards.approving import people

TASK = "Reward Fulfilment"


def promise(kind: str, amount: float = 1, **more) -> dict:
	return {"milestone": "Interviewed", "kind": kind, "amount": amount, "currency": "", **more}


def earned(*milestones: dict, **employee_fields):
	story = given.make_story(*milestones, **employee_fields)
	given.interview(story)
	return story


def reward_of(story):
	return given.reward_of(story, "Interviewed")


def tasks_of(story) -> list:
	return frappe.get_all(TASK, {"employee": story.referrer.name}, ["*"], order_by="creation asc")


def undo_interview(story) -> None:
	for name in frappe.get_all("Interview", {"job_applicant": story.applicant.name}, pluck="name"):
		frappe.get_doc("Interview", name).delete()
	given.follow(story)


def open_todos(task: str) -> list:
	about = {"reference_type": TASK, "reference_name": task, "status": "Open"}
	rows = frappe.get_all("ToDo", about, ["allocated_to", "date"], order_by="allocated_to asc")
	return [(row.allocated_to, row.date) for row in rows]


@pytest.fixture
def office():
	"""Somebody of the office, without a role in HR."""
	return make.make_user(make.unique_email("office")).name


@pytest.fixture
def book(office):
	return promise("Gift", 2, what="A book", responsible=office, fulfil_within_days=5)


@pytest.mark.parametrize(
	("language", "what", "note"),
	[("zh", "体检", "推荐 {0} 的奖励"), ("en", "Health Check", "Reward for referral {0}")],
)
def test_a_task_is_written_in_the_language_of_who_is_responsible(office, language, what, note):
	frappe.db.set_value("User", office, "language", language)
	frappe.clear_document_cache("User", office)
	story = earned(promise("Health Check", responsible=office))
	frappe.local.lang = {"zh": "en", "en": "zh"}[language]
	given.pay()
	(task,) = tasks_of(story)
	assert (task.what, task.note) == (what, note.format(story.name))
	todo = frappe.db.get_value("ToDo", {"reference_type": TASK, "reference_name": task.name}, "description")
	assert todo.startswith({"zh": "交付给", "en": "Hand over to"}[language]) and what in todo


def test_a_gift_becomes_a_task_with_a_person_and_a_day_and_is_paid_when_handed_over(book, office, as_user):
	story = earned(book)
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	(task,) = tasks_of(story)
	due = getdate(add_days(today(), 5))
	assert (task.what, task.state, task.responsible, task.due_on) == ("2 x A book", "Open", office, due)
	assert open_todos(task.name) == [(office, due)]
	reward = reward_of(story)
	assert (reward.state, reward.payout_doctype, reward.payout_name) == ("Due", TASK, task.name)
	assert given.told(story, "reward_paid") == []

	as_user(office)
	fulfilment.finish(task.name, "Given in the canteen", for_employee="Shelf 12")
	as_user("Administrator")
	done = frappe.get_doc(TASK, task.name)
	assert (done.state, done.done_by, done.proof_note) == ("Done", office, "Given in the canteen")
	assert open_todos(task.name) == []
	reward = reward_of(story)
	assert (reward.state, reward.paid_on, reward.payout_name) == ("Paid", getdate(), task.name)
	assert rewards.explain(reward.name)["state_sentence"] == "Handed over. Shelf 12"
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	assert len(tasks_of(story)) == 1


def test_looking_again_changes_nothing_while_somebody_prepares_it(book):
	story = earned(book)
	given.pay()
	before = reward_of(story).modified
	given.pay()
	assert reward_of(story).modified == before
	assert len(tasks_of(story)) == 1


def test_the_employee_hears_of_it_once_it_was_handed_over(book):
	story = earned(book, user=True)
	given.pay()
	fulfilment.finish(tasks_of(story)[0].name, "By post")
	(news,) = given.told(story, "reward_paid")
	assert (news.reward_en, news.reward_zh) == ("2 x A book", "A book × 2")


def test_nothing_is_handed_over_without_a_proof_or_twice(book):
	story = earned(book)
	given.pay()
	task = tasks_of(story)[0].name
	with pytest.raises(fulfilment.ProofNeeded, match="Add a file or say in words"):
		fulfilment.finish(task, "  ")
	fulfilment.finish(task, proof=uploaded())
	with pytest.raises(fulfilment.NotOpen, match="This task is Done already"):
		fulfilment.finish(task, "Again")


def uploaded() -> str:
	name, words = f"{frappe.generate_hash(length=8)}.txt", frappe.generate_hash()
	return frappe.get_doc(doctype="File", file_name=name, content=words, is_private=1).insert().file_url


def test_a_proof_is_a_file_that_its_giver_may_read(book, office, as_user):
	story = earned(book)
	given.pay()
	task, of_somebody_else = tasks_of(story)[0].name, uploaded()
	as_user(office)
	for proof in (of_somebody_else, "/private/files/salaries.pdf", "https://hub.example/x", "javascript:x()"):
		with pytest.raises(fulfilment.NotYourFile, match="Choose a file that you have uploaded here"):
			fulfilment.finish(task, proof=proof)
	assert frappe.get_all("File", {"attached_to_name": task}) == []
	fulfilment.finish(task, proof=uploaded())
	assert frappe.db.get_value(TASK, task, "state") == "Done"


def test_words_about_a_task_are_no_longer_than_somebody_reads(book):
	story = earned(book)
	given.pay()
	for words in ({"note": "x" * 70_000}, {"note": "x", "for_employee": "x" * 70_000}):
		with pytest.raises(fulfilment.ProofNeeded, match="Please shorten this to 2000 characters"):
			fulfilment.finish(tasks_of(story)[0].name, **words)


def test_a_task_is_not_handed_to_everybody(book):
	story = earned(book)
	given.pay()
	with pytest.raises(frappe.ValidationError, match="Guest has no active user account"):
		fulfilment.hand_on(tasks_of(story)[0].name, "Guest")


def test_a_task_is_cancelled_with_its_reward_and_a_new_one_opened_when_it_stands_again(book):
	story = earned(book)
	given.pay()
	undo_interview(story)
	(task,) = tasks_of(story)
	assert (task.state, reward_of(story).state) == ("Cancelled", "Void")
	assert open_todos(task.name) == []
	given.interview(story)
	given.pay()
	assert [row.state for row in tasks_of(story)] == ["Cancelled", "Open"]
	assert reward_of(story).state == "Due"


def test_what_the_employee_has_is_owed(book):
	story = earned(book)
	given.pay()
	fulfilment.finish(tasks_of(story)[0].name, "By post")
	undo_interview(story)
	reward = reward_of(story)
	assert (reward.state, reward.owed_amount) == ("Owed", 2)
	given.interview(story)
	assert reward_of(story).state == "Paid"
	assert len(tasks_of(story)) == 1


def test_a_referrer_who_leaves_meanwhile_gets_nothing_and_the_task_is_cancelled(book):
	story = earned(book)
	given.pay()
	make.part_with_employee(story.referrer)
	assert given.pay()["held"] == 1
	assert (tasks_of(story)[0].state, reward_of(story).payout_name) == ("Cancelled", None)


def test_a_task_is_handed_on_with_its_todo(book, office):
	story = earned(book)
	given.pay()
	task, colleague = tasks_of(story)[0].name, make.make_user().name
	later = getdate(add_days(today(), 9))
	fulfilment.hand_on(task, colleague, later)
	assert open_todos(task) == [(colleague, later)]
	assert frappe.db.get_value(TASK, task, ["responsible", "due_on"]) == (colleague, later)


def test_an_overdue_task_is_told_to_the_hr_manager_once_for_each_day_it_was_due(book, office):
	manager = make.make_hr_manager().name
	frappe.db.set_single_value(given.SETTINGS, "hr_manager", manager)
	story = earned(book)
	given.pay()
	task = tasks_of(story)[0].name
	assert fulfilment.overdue(getdate()) == []
	yesterday = getdate(add_days(today(), -1))
	fulfilment.hand_on(task, due_on=yesterday)
	assert fulfilment.overdue(getdate()) == [task]
	assert [fulfilment.escalate(task), fulfilment.escalate(task)] == [True, False]
	assert open_todos(task) == sorted([(manager, yesterday), (office, yesterday)])
	assert fulfilment.overdue(getdate()) == []
	fulfilment.hand_on(task, due_on=today())
	assert frappe.db.get_value(TASK, task, "escalated_on") is None


def test_without_a_person_in_the_rule_the_settings_name_one_then_hr(office):
	manager = make.make_hr_manager().name
	frappe.db.set_single_value(given.SETTINGS, "hr_manager", manager)
	first = earned(promise("Perk", what="A parking space"))
	given.pay()
	frappe.db.set_single_value(given.SETTINGS, "fulfilment_responsible", office)
	second = earned(promise("Perk", what="A parking space"))
	given.pay()
	assert [tasks_of(story)[0].responsible for story in (first, second)] == [manager, office]
	fortnight = getdate(add_days(today(), 14))
	assert [tasks_of(story)[0].due_on for story in (first, second)] == [fortnight] * 2


def test_only_who_is_responsible_or_hr_finishes_a_task(book, as_user):
	from referral_hub.api import desk_fulfilment

	story = earned(book, user=True)
	given.pay()
	task = tasks_of(story)[0].name
	for stranger in (story.referrer.user_id, make.make_user().name):
		as_user(stranger)
		with pytest.raises(fulfilment.NotYours, match="Only who hands it over, or HR, can do this"):
			desk_fulfilment.finish_fulfilment(task, "Mine")
	as_user("Administrator")
	frappe.get_doc("User", story.referrer.user_id).add_roles("HR Manager")
	as_user(story.referrer.user_id)
	with pytest.raises(people.NotByThem, match="This reward is for yourself"):
		desk_fulfilment.finish_fulfilment(task, "Mine")
	as_user(responsible_for(task))
	desk_fulfilment.finish_fulfilment(task, "Given")
	assert frappe.db.get_value(TASK, task, "state") == "Done"


def responsible_for(task: str) -> str:
	return frappe.db.get_value(TASK, task, "responsible")


@pytest.mark.parametrize(
	("kind", "amount", "more", "words"),
	[
		("Gift", 1, {"what": "A book"}, "A book"),
		("Gift Code", 3, {"what": "Shop code"}, "3 x Shop code"),
		("Health Check", 1, {}, "Health Check"),
		("Team Fund", 500, {"currency": "CNY"}, "Team Fund: CNY 500.00"),
		("Donation", 99.5, {"what": "Red Cross", "currency": "CNY"}, "Red Cross: CNY 99.50"),
		("Child Education", 2000, {"currency": "CNY"}, "Child's Education: CNY 2,000.00"),
		("Equity Note", 0.1, {"what": "options of the company"}, "0.1 % options of the company"),
		("Perk", 1, {"what": "A seat of your choice"}, "A seat of your choice"),
	],
)
def test_every_kind_is_a_task_in_words_and_paid_when_it_is_done(kind, amount, more, words):
	story = earned(promise(kind, amount, **more))
	given.pay()
	(task,) = tasks_of(story)
	assert (task.kind, task.what) == (kind, words)
	assert rewards.explain(reward_of(story).name)["sentence"].startswith(
		f"{words}: the candidate was interviewed"
	)
	fulfilment.finish(task.name, "Done")
	assert reward_of(story).state == "Paid"


def test_a_rule_says_what_a_row_lacks():
	wrong = [
		promise("Gift"),
		promise("Perk", 1.5, what="Lunch"),
		promise("Badge"),
		promise("Health Check", gross_up=1),
		promise("Equity Note", 0.00001),
		promise("Nonsense"),
	]
	with pytest.raises(frappe.ValidationError) as refused:
		given.make_rule(*wrong)
	assert str(refused.value).split("<br>") == [
		"Row 2: pieces are whole numbers.",
		"Row 5: percent have at most four digits after the point.",
		"Row 1: What is missing.",
		"Row 3: Badge is missing.",
		"Row 4: Taxable Value is missing.",
		"Row 6: no app on this site pays rewards of the kind Nonsense.",
	]


def test_a_rule_forgets_what_its_kind_does_not_read(office):
	rule = given.make_rule(
		{**promise("Points", 5, what="A book", responsible=office, taxable_value=10), "currency": "CNY"},
		designation=make.make_designation().name,
	)
	row = rule.milestones[0]
	assert [row.what, row.responsible, row.taxable_value, row.currency] == [None] * 4


# badges


@pytest.fixture
def gold():
	return frappe.get_doc(
		doctype="Recognition Badge", badge_name=make.unique("Gold"), is_title=1, valid_months=12
	).insert()


def awards_of(story) -> list:
	fields = ["badge", "state", "awarded_on", "valid_until", "source_name"]
	return frappe.get_all(
		"Recognition Award", {"employee": story.referrer.name}, fields, order_by="creation asc"
	)


def test_a_badge_is_awarded_once_and_revoked_for_all_to_see(gold):
	story = earned(promise("Badge", badge=gold.name))
	assert given.pay()["paid"] == 1
	assert given.pay()["paid"] == 0
	(award,) = awards_of(story)
	in_a_year = getdate(frappe.utils.add_months(today(), 12))
	assert (award.badge, award.state, award.awarded_on, award.valid_until) == (
		gold.name,
		"Held",
		getdate(),
		in_a_year,
	)
	assert award.source_name == reward_of(story).name
	undo_interview(story)
	assert [award.state for award in awards_of(story)] == ["Revoked"]
	assert reward_of(story).state == "Clawed Back"
	given.interview(story)
	given.pay()
	assert [award.state for award in awards_of(story)] == ["Revoked", "Held"]


def test_overdue_tasks_are_escalated_by_the_daily_job(commits, office):
	story = earned(promise("Gift", what="A book", responsible=office))
	given.pay()
	task = tasks_of(story)[0].name
	frappe.db.set_value(TASK, task, "due_on", add_days(today(), -1))
	commits.commit()
	tasks.escalate_fulfilments()
	assert frappe.db.get_value(TASK, task, "escalated_on") == getdate()
