"""A newcomer's question: routed, under a clock of the answerer's shifts and holidays, reminded once, answered, rated; and who reads it.

Mei asks; Bo is her manager; Ann answers for HR, Hua leads it. Times are Shanghai's; 2 March 2026 is a Monday.
"""

from datetime import datetime, timedelta

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from freezegun import freeze_time
from path_factories import make_goal
from portal_factories import make_referrer
from rest_client import Person, serving
from reward_processes import another_connection

from referral_hub import flow
from referral_hub.api.paths import feedback as desk
from referral_hub.hrms_events import employee_deleted
from referral_hub.paths.feedback import answering, asking, book, reading, trends, watching
from referral_hub.paths.feedback import goals as path_goals
from referral_hub.referrals.erasure import person
from referral_hub.talent import held, service

FEEDBACK, ENTRY = "Path Feedback", "Path Feedback Entry"
MONDAY_TEN = datetime(2026, 3, 2, 10)


def at(moment: datetime):
	"""Shanghai's wall, eight hours ahead of the server's."""
	return freeze_time(moment - timedelta(hours=8))


def make_shop():
	"""Everybody of the story."""
	bo = make_referrer("Bo")
	mei = make_referrer("Mei", reports_to=bo.name)
	ann, hua = hr.make_user(roles=("HR User",), first_name="Ann"), hr.make_hr_manager()
	return frappe._dict(bo=bo, mei=mei, ann=ann, hua=hua)


def set_up(**settings) -> None:
	for field, value in settings.items():
		frappe.db.set_single_value("Referral Hub Settings", field, value)
	frappe.clear_document_cache("Referral Hub Settings")


@pytest.fixture
def shop():
	"""Everybody, with HR named in the settings, so that other users of the site do not matter."""
	made = make_shop()
	set_up(feedback_hr=made.ann.name, hr_manager=made.hua.name, feedback_hours=24, feedback_hr_first=0)
	return made


def give_shifts(employee, holidays=("2026-03-04",)) -> None:
	"""Shifts from 9 to 17 in March, and days on which nobody works."""
	days = {"from_date": "2026-03-01", "to_date": "2026-03-31"}
	calendar = frappe.get_doc(doctype="Holiday List", holiday_list_name=hr.unique("Days"), **days)
	for day in holidays:
		calendar.append("holidays", {"holiday_date": day, "description": "Closed"})
	employee.db_set("holiday_list", calendar.insert().name)
	shift = frappe.get_doc(doctype="Shift Type", start_time="09:00:00", end_time="17:00:00")
	shift.name = shift.__newname = hr.unique("Day Shift")
	shift.insert()
	given = {"employee": employee.name, "company": employee.company, "shift_type": shift.name}
	frappe.get_doc(doctype="Shift Assignment", start_date="2026-03-01", **given).insert().submit()


def ask(shop, question="Who shows me the till?", only_hr=False):
	return asking.ask(shop.mei.name, "Tasks", question, only_hr).name


def told(event: str) -> list[str]:
	"""To whom a message went: employees by their name, users of the desk by theirs."""
	rows = frappe.get_all("Referral Message", {"event": event}, ["recipient", "event_key"])
	return sorted({frappe.db.get_value("Employee", row.recipient, "first_name") for row in rows})


def notices(user) -> int:
	return frappe.db.count("Notification Log", {"for_user": user.name, "from_user": "Administrator"})


def acts(name: str) -> list[str]:
	return frappe.get_all(ENTRY, {"feedback": name}, pluck="act", order_by="seq asc")


def row_of(name: str, *fields: str):
	return frappe.db.get_value(FEEDBACK, name, list(fields))


def test_what_was_written_while_somebody_waited_comes_before_their_own_line(shop):
	"""Their page has read the conversation before; the number after what it saw is taken by now."""
	name = ask(shop)
	line = {"name": hr.unique("E"), "feedback": name, "seq": 2, "act": "Overdue", "side": "Time"}
	try:
		with another_connection():
			frappe.new_doc(ENTRY).update(line).db_insert()
		asking.say(name, shop.mei.name, "The one at the door.")
		lines = frappe.db.sql(
			f"select seq, act from `tab{ENTRY}` where feedback = %s order by seq for update", name
		)
		assert lines == ((1, "Asked"), (2, "Overdue"), (3, "Wrote"))
	finally:
		frappe.db.rollback()
		with another_connection():
			frappe.db.delete(ENTRY, {"feedback": name})


# the clock


def test_the_clock_runs_while_the_answerer_works(shop):
	give_shifts(shop.bo)
	with at(MONDAY_TEN):
		name = ask(shop)
	# Monday 7 hours, Tuesday 8, Wednesday is a holiday, Thursday 8, Friday 1
	assert row_of(name, "answerer", "half_on", "most_on", "due_on") == (
		shop.bo.user_id,
		datetime(2026, 3, 3, 14),
		datetime(2026, 3, 5, 13, 12),
		datetime(2026, 3, 6, 10),
	)


def test_hours_of_the_settings_hold_for_who_has_no_shift(shop):
	set_up(feedback_works_from="09:00:00", feedback_works_to="18:00:00", feedback_hours=9)
	give_shifts(shop.bo)
	frappe.db.delete("Shift Assignment", {"employee": shop.bo.name})
	with at(MONDAY_TEN):
		assert row_of(ask(shop), "due_on") == datetime(2026, 3, 3, 10)


def test_the_holiday_list_of_the_default_shift_goes_before_the_employees_own(shop):
	give_shifts(shop.bo)
	kind, calendar = (
		frappe.db.get_value("Shift Assignment", {"employee": shop.bo.name}, "shift_type"),
		frappe.db.get_value("Employee", shop.bo.name, "holiday_list"),
	)
	frappe.db.delete("Shift Assignment", {"employee": shop.bo.name})
	shop.bo.db_set({"default_shift": kind, "holiday_list": None})
	frappe.db.set_value("Shift Type", kind, "holiday_list", calendar)
	with at(MONDAY_TEN):
		assert row_of(ask(shop), "due_on") == datetime(2026, 3, 6, 10)


def test_each_reminder_is_said_once_and_an_outage_says_the_latest_alone(shop):
	give_shifts(shop.bo)
	with at(MONDAY_TEN):
		first, second = ask(shop), ask(shop, "And the key?")
	with at(datetime(2026, 3, 3, 14)):
		for _twice in range(2):
			assert set(watching.due()) <= {first, second}
			watching.look(first)
	with at(datetime(2026, 3, 9, 9)):
		assert set(watching.due()) == {first, second}
		for _twice in range(2):
			watching.look(first)
			watching.look(second)
		assert watching.due() == []
	assert acts(first) == ["Asked", "First Reminder", "Overdue"]
	assert acts(second) == ["Asked", "Overdue"]
	assert told("feedback_reminder") == ["Bo"]
	assert told("feedback_overdue") == ["Bo"]
	assert (notices(shop.ann), notices(shop.hua)) == (2, 2)
	assert all(row_of(first, "escalated_on", "told_up_to"))


def test_what_only_hr_may_see_never_reaches_the_manager(shop, as_user):
	with at(MONDAY_TEN):
		name = ask(shop, only_hr=True)
	with at(MONDAY_TEN + timedelta(days=30)):
		watching.look(name)
	assert row_of(name, "answerer") == shop.ann.name
	assert not frappe.db.exists("Referral Message", {"recipient": shop.bo.name})
	assert (notices(shop.ann), notices(shop.hua)) == (2, 1)
	with pytest.raises(answering.CantTake):
		answering.hand_to(name, shop.ann.name, shop.bo.user_id)
	# not even where somebody writes the manager in by hand
	frappe.db.set_value(FEEDBACK, name, "answerer", shop.bo.user_id)
	as_user(shop.bo.user_id)
	assert web.get(f"/referrals/feedback/{name}").status_code == 404
	with pytest.raises(book.NoQuestion):
		answering.answer(name, shop.bo.user_id, "I see")


def test_a_manager_of_hr_neither_gets_nor_reads_what_only_hr_may_see(shop, as_user):
	frappe.get_doc("User", shop.bo.user_id).add_roles("HR User")
	set_up(feedback_hr=shop.bo.user_id, hr_manager=shop.bo.user_id)
	plain, secret = ask(shop), ask(shop, only_hr=True)
	with at(MONDAY_TEN + timedelta(days=300)):
		watching.look(secret)
	assert row_of(secret, "answerer") != shop.bo.user_id == row_of(plain, "answerer")
	assert notices(frappe._dict(name=shop.bo.user_id)) == 0
	for may_read, name in ((True, plain), (False, secret)):
		assert frappe.has_permission(FEEDBACK, "read", name, user=shop.bo.user_id) is may_read
		entry = frappe.get_last_doc(ENTRY, {"feedback": name})
		assert frappe.has_permission(ENTRY, "read", entry, user=shop.bo.user_id) is may_read
	as_user(shop.bo.user_id)
	assert frappe.get_list(FEEDBACK, {"employee": shop.mei.name}, pluck="name") == [plain]
	assert web.get(f"/referrals/feedback/{secret}").status_code == 404
	as_user(shop.ann.name)
	with pytest.raises(answering.CantTake):
		answering.hand_to(secret, shop.ann.name, shop.bo.user_id)


def test_who_was_or_becomes_the_manager_of_who_asked_does_not_read_what_only_hr_may_see(shop, as_user):
	"""Mei goes from Bo to Li, with a new record; both managers are of HR."""
	secret, li = ask(shop, only_hr=True), make_referrer("Li")
	managers = (shop.bo.user_id, li.user_id)
	for user in managers:
		frappe.get_doc("User", user).add_roles("HR User")
	moved = {"property": "Reports to", "fieldname": "reports_to", "current": shop.bo.name, "new": li.name}
	frappe.get_doc(
		doctype="Employee Transfer",
		employee=shop.mei.name,
		transfer_date=hr.days_ago(0),
		company=hr.COMPANY,
		create_new_employee_id=1,
		transfer_details=[moved],
	).insert().submit()
	frappe.db.set_value("Employee", shop.mei.name, "reports_to", None)
	as_user(shop.ann.name)
	for user in managers:
		assert frappe.get_list(FEEDBACK, {"name": secret}, user=user) == []
		with pytest.raises(answering.CantTake):
			answering.hand_to(secret, shop.ann.name, user)


def test_after_a_transfer_hr_of_the_company_it_was_asked_in_answers(shop):
	"""HR of the new company could not read it."""
	secret, other = ask(shop, only_hr=True), hr.other_company()
	abroad = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(doctype="User Permission", user=abroad, allow="Company", for_value=other).insert()
	hr.transfer(shop.mei, company=other)
	frappe.db.set_value("User", shop.ann.name, "enabled", 0)
	set_up(feedback_hr=abroad)
	assert secret in watching.without_answerer()
	watching.find_another(secret)
	assert row_of(secret, "answerer") not in (abroad, shop.ann.name)
	assert secret not in watching.without_answerer()


def test_the_scheduler_watches_questions_every_quarter_of_an_hour(shop, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	with at(MONDAY_TEN):
		name = ask(shop)
	every_quarter = frappe.get_hooks("scheduler_events")["cron"]["*/15 * * * *"]
	(path,) = (each for each in every_quarter if each.endswith(".watch_path_feedback"))
	with at(MONDAY_TEN + timedelta(days=30)):
		frappe.get_attr(path)()
	assert "Overdue" in acts(name)


def test_nobody_is_mentioned_in_what_they_may_not_read(shop, as_user):
	secret = frappe.get_doc(FEEDBACK, ask(shop, only_hr=True))
	as_user(shop.ann.name)
	words = '<div><span class="mention" data-id="{0}" data-value="{0}">@{0}</span> please look</div>'
	secret.add_comment("Comment", words.format(shop.hua.name))
	with pytest.raises(frappe.PermissionError, match=f"{shop.bo.user_id} may not read this"):
		secret.add_comment("Comment", words.format(shop.bo.user_id))


def test_hr_of_the_settings_answers_where_they_work_and_while_they_are_of_hr(shop):
	foreign = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(
		doctype="User Permission", user=foreign, allow="Company", for_value=hr.other_company()
	).insert()
	set_up(feedback_hr=foreign)
	assert row_of(ask(shop, "Abroad?", only_hr=True), "answerer") != foreign
	li = make_referrer("Li")
	frappe.get_doc("User", li.user_id).add_roles("HR User")
	set_up(feedback_hr=li.user_id)
	plain, secret = ask(shop), ask(shop, only_hr=True)
	frappe.get_doc("User", li.user_id).remove_roles("HR User")
	set_up(feedback_hr=shop.ann.name)
	assert plain not in watching.without_answerer() and secret in watching.without_answerer()
	watching.find_another(secret)
	assert row_of(secret, "answerer") == shop.ann.name


def test_a_question_whose_answerer_has_left_finds_another(shop):
	name = ask(shop)
	assert name not in watching.without_answerer()
	li = make_referrer("Li")
	frappe.get_doc("Employee", shop.mei.name).update({"reports_to": li.name}).save()
	hr.part_with_employee(shop.bo)
	assert name in watching.without_answerer()
	watching.find_another(name)
	watching.find_another(name)
	assert row_of(name, "answerer") == li.user_id
	assert acts(name) == ["Asked", "Handed Over"]


def test_hr_hands_a_question_to_who_may_read_it(shop, as_user):
	li = make_referrer("Li")
	plain, secret = ask(shop), ask(shop, "About pay", only_hr=True)

	def offered(question: str, name: str) -> set[str]:
		found = desk.who_may_take("User", name, "name", 0, 500, {"question": question})
		return {user for user, _name in found}

	as_user(shop.ann.name)
	assert (offered(plain, li.user_id), offered(secret, li.user_id)) == ({li.user_id}, set())
	assert (offered(plain, shop.hua.name), offered(secret, shop.hua.name)) == ({shop.hua.name},) * 2
	# neither who asks nor who answers already
	assert offered(plain, shop.mei.user_id) | offered(plain, shop.bo.user_id) == set()
	answering.hand_to(plain, shop.ann.name, li.user_id, "You know the till.")
	assert row_of(plain, "answerer") == li.user_id
	goal = make_goal(shop.mei.name, 0).name
	as_user(li.user_id)
	assert "Adjust a goal" not in web.get(f"/referrals/feedback/{plain}").text
	with pytest.raises(answering.NotTheirGoals, match="Only their manager, or HR, changes the goals of"):
		answering.adjust_goal(plain, li.user_id, goal, "Less", None, "Easier")
	as_user(shop.bo.user_id)
	with pytest.raises(frappe.PermissionError):
		offered(plain, "")
	assert web.get(f"/referrals/feedback/{plain}").status_code == 404


def test_who_is_handed_a_question_back_is_told_again(shop):
	name = ask(shop)
	answering.hand_to(name, shop.bo.user_id, shop.ann.name)
	answering.hand_to(name, shop.ann.name, shop.bo.user_id, "This is yours.")
	asked = {"event": "feedback_asked", "recipient": shop.bo.name}
	assert len(frappe.get_all("Referral Message", asked, pluck="event_key", distinct=True)) == 2


# the conversation


def test_what_is_open_is_not_hidden_by_what_was_answered_and_never_settled(shop, as_user, monkeypatch):
	monkeypatch.setattr(reading, "_SHOWN", 1)
	with at(MONDAY_TEN):
		answering.answer(ask(shop), shop.bo.user_id, "Ann does.")
	with at(MONDAY_TEN + timedelta(days=1)):
		waiting = ask(shop, "And the keys?")
	assert [row.name for row in reading.for_answerer(shop.bo.user_id)] == [waiting]


def test_a_question_is_answered_comes_back_and_is_rated(shop, as_user):
	give_shifts(shop.bo)
	with at(MONDAY_TEN):
		name = ask(shop)
		assert ask(shop) == name  # two clicks
	as_user(shop.bo.user_id)
	with at(datetime(2026, 3, 3, 10)):
		answering.say(name, shop.bo.user_id, "Which till?")
		answering.answer(name, shop.bo.user_id, "Ask Li.")
	assert row_of(name, "state", "in_time", "hours_taken") == ("Answered", 1, 8.0)
	as_user(shop.mei.user_id)
	with at(datetime(2026, 3, 3, 12)):
		asking.reopen(name, shop.mei.name, "Li is away.")
	assert row_of(name, "round_number", "due_on", "told_up_to") == (2, datetime(2026, 3, 7, 12), 0)
	as_user(shop.bo.user_id)
	answering.answer(name, shop.bo.user_id, "I come myself.")
	as_user(shop.mei.user_id)
	with pytest.raises(book.NothingSaid):
		asking.settle(name, shop.mei.name, 6)
	asking.settle(name, shop.mei.name, 5, "Thank you")
	assert row_of(name, "state", "rating", "rating_words", "hours_taken") == ("Resolved", 5, "Thank you", 8.0)
	assert acts(name) == ["Asked", "Wrote", "Answered", "Asked Again", "Answered", "Settled"]
	assert (told("feedback_asked"), told("feedback_answered"), told("feedback_word")) == (
		["Bo"],
		["Mei"],
		["Mei"],
	)
	for late in (
		lambda: asking.say(name, shop.mei.name, "One more"),
		lambda: asking.withdraw(name, shop.mei.name),
	):
		with pytest.raises(book.NotNow):
			late()


def test_a_further_word_reaches_who_answered_and_whoever_answers_now(shop):
	"""HR answered in the manager's place; then the manager leaves."""
	name = ask(shop)
	answering.answer(name, shop.ann.name, "Li does.")
	asking.say(name, shop.mei.name, "And who else?")
	assert (told("feedback_word"), notices(shop.ann)) == (["Bo"], 1)
	li = make_referrer("Li")
	frappe.get_doc("Employee", shop.mei.name).update({"reports_to": li.name}).save()
	hr.part_with_employee(shop.bo)
	asking.say(name, shop.mei.name, "And at night?")
	assert row_of(name, "answerer", "state") == (li.user_id, "Answered")
	assert (told("feedback_word"), notices(shop.ann)) == (["Bo", "Li"], 2)


def test_what_was_answered_and_left_closes_after_the_days_of_the_settings(shop):
	name = ask(shop)
	answering.answer(name, shop.bo.user_id, "Ask Li.")
	assert name not in watching.to_close()
	with freeze_time(datetime.now() + timedelta(days=15)):
		assert name in watching.to_close()
		watching.close(name)
	assert (row_of(name, "state"), acts(name)[-1]) == ("Resolved", "Closed by Time")


def test_a_goal_is_adjusted_in_hrms_and_the_conversation_says_what_it_was(shop, as_user):
	goal = make_goal(shop.mei.name, 10, goal_name="Serve 20 a day", end_date=hr.in_days(30))
	other = make_goal(shop.bo.name, 10)
	name, day = ask(shop), hr.in_days(60)
	as_user(shop.bo.user_id)
	answering.adjust_goal(name, shop.bo.user_id, goal.name, "Serve 15 a day", day, "The till is new")
	goal.reload()
	assert (goal.goal_name, str(goal.end_date), goal.progress) == ("Serve 15 a day", str(day), 10)
	entry = frappe.get_last_doc(ENTRY, {"feedback": name, "act": "Goal Adjusted"})
	facts = frappe.parse_json(entry.facts)
	assert facts["before"] == {"goal_name": "Serve 20 a day", "end_date": str(hr.in_days(30))}
	assert (entry.goal, row_of(name, "goal")) == (goal.name, goal.name)
	comments = frappe.get_all("Comment", {"reference_name": goal.name}, pluck="content")
	assert "Agreed anew: The till is new" in comments
	# a goal is read by the manager, what only HR may see is not
	answering.adjust_goal(
		ask(shop, only_hr=True), shop.ann.name, goal.name, "Serve 12 a day", None, "Bo shouts at me"
	)
	comments = frappe.get_all("Comment", {"reference_name": goal.name}, pluck="content")
	assert sorted(comments)[:2] == ["Agreed anew.", "Agreed anew: The till is new"]
	as_user(shop.mei.user_id)
	page = web.get(f"/referrals/feedback/{name}").text
	assert "Goal: Serve 15 a day" in page and "Before: Serve 20 a day" in page
	with pytest.raises(path_goals.NoSuchGoal):
		answering.adjust_goal(name, shop.bo.user_id, other.name, "Less", None, "x")


def test_nobody_answers_their_own_question(shop, as_user):
	shop.mei.db_set("user_id", shop.ann.name)
	name = ask(shop)
	as_user(shop.ann.name)
	with pytest.raises(answering.OwnQuestion):
		answering.answer(name, shop.ann.name, "Myself")


# who reads what


def test_the_page_opens_for_who_asked_and_who_answers_alone(commits):
	shop = make_shop()
	other, foreign = make_referrer("Li"), hr.other_company()
	hr_of_other = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(doctype="User Permission", user=hr_of_other, allow="Company", for_value=foreign).insert()
	name, secret = ask(shop), ask(shop, "May I say something?", only_hr=True)
	commits.commit()
	rest, run = f"/api/resource/{FEEDBACK}/", "/api/method/run_doc_method"
	with serving() as address:
		people = {
			"Mei": Person(address, shop.mei.user_id, hr.PASSWORD),
			"Bo": Person(address, shop.bo.user_id, hr.PASSWORD),
			"Li": Person(address, other.user_id, hr.PASSWORD),
			"Ann": Person(address, shop.ann.name, hr.PASSWORD),
			"HR of another company": Person(address, hr_of_other, hr.PASSWORD),
		}
		rows = {
			who: [somebody.get(rest + one).status_code for one in (name, secret)]
			for who, somebody in people.items()
		}
		doc = frappe.as_json({"doctype": FEEDBACK, "name": secret})
		answers = {
			who: somebody.post(
				run, dt=FEEDBACK, dn=secret, docs=doc, method="give_answer", args='{"words": "Yes"}'
			).status_code
			for who, somebody in people.items()
		}
		# a page gives the session a CSRF token, which this client does not send: last
		pages = {
			who: [somebody.get(f"/referrals/feedback/{one}").status_code for one in (name, secret)]
			for who, somebody in people.items()
		}
	# who is HR and no employee has no portal: they answer in the desk
	assert pages == {
		"Mei": [200, 200],
		"Bo": [200, 404],
		"Li": [404, 404],
		"Ann": [403, 403],
		"HR of another company": [403, 403],
	}
	refused = [403, 403]
	assert rows == {**dict.fromkeys(people, refused), "Ann": [200, 200]}
	assert answers == {**dict.fromkeys(people, 403), "Ann": 200}
	frappe.db.rollback()
	assert row_of(secret, "state", "answered_by") == ("Answered", shop.ann.name)


def test_the_manager_hands_a_question_to_hr_and_cannot_open_it_any_more(shop, as_user):
	name = ask(shop)
	due = row_of(name, "due_on")
	as_user(shop.bo.user_id)
	answer = web.post(f"/referrals/feedback/{name}", {"do": "hand_on", "words": "About pay"})
	assert (answer.status_code, answer.headers["Location"]) == (303, "/referrals/feedback?done=1")
	assert web.get(f"/referrals/feedback/{name}").status_code == 404
	assert row_of(name, "answerer", "due_on") == (shop.ann.name, due)


def test_a_refused_word_keeps_what_was_typed(shop, as_user):
	as_user(shop.mei.user_id)
	frappe.local.lang = "en"
	words = "x" * 2001
	page = web.post("/referrals/feedback", {"topic": "Team", "question": words, "only_hr": "1"})
	assert page.status_code == 422
	assert "Please shorten this to 2000 characters." in page.text and words in page.text
	assert not frappe.db.exists(FEEDBACK, {"employee": shop.mei.name})


def test_a_manager_sees_figures_of_their_people_only_where_enough_of_them_asked(shop):
	month_ago = frappe.utils.add_days(frappe.utils.get_first_day(frappe.utils.nowdate()), -10)
	people = [shop.mei, *(hr.make_employee(reports_to=shop.bo.name) for _number in range(4))]
	for one in people:
		for only_hr in (False, True):
			asked = asking.ask(one.name, "Tasks", "Where?", only_hr)
			asked.db_set("asked_on", month_ago)
	told = [("Tasks", 5)]
	assert [(line.group, line.at_least) for line in trends.for_manager(shop.bo.name)] == told
	now = hr.transfer(shop.bo).name  # those who report to them still name the record of before
	assert [(line.group, line.at_least) for line in trends.for_manager(now)] == told
	frappe.db.set_value(FEEDBACK, {"employee": people[-1].name, "only_hr": 0}, "topic", "Team")
	assert trends.for_manager(shop.bo.name) == []


def test_questions_go_with_a_deleted_employee(shop):
	name = ask(shop)
	employee_deleted(frappe.get_doc("Employee", shop.mei.name))
	assert not frappe.db.exists(FEEDBACK, name)
	assert not frappe.db.exists(ENTRY, {"feedback": name})


def test_who_is_forgotten_leaves_figures_of_their_questions_and_no_words(shop):
	applicant = hr.make_applicant()
	frappe.db.set_value("Employee", shop.mei.name, "job_applicant", applicant.name)
	name = ask(shop, "Where do I park?")
	answering.answer(name, shop.bo.user_id, "Behind the house.")
	record = service.capture(applicant.name, "Hand-picked")
	found = held.everything(flow.held_about(record, True))
	assert [row["question"] for row in found["Path Feedback"]] == ["Where do I park?"]
	assert [row["words"] for row in found["Path Feedback Entry"] if "words" in row] == ["Behind the house."]
	flow.erase_person(person.of_record(record), with_hrms=True)
	assert row_of(name, "state", "question", "in_time") == ("Resolved", None, 1)
	assert set(frappe.get_all(ENTRY, {"feedback": name}, pluck="words")) == {None}
