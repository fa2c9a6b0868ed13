"""People are asked to call people: on the day, once, by whoever knows the opening; nothing is sent, and a no ends it."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, now_datetime, today

from referral_hub import tasks
from referral_hub.api import desk_pool
from referral_hub.api.talent import calls
from referral_hub.referral_hub.report.people_to_call import people_to_call
from referral_hub.talent import service
from referral_hub.talent.cadence import planning, prompts
from referral_hub.talent.cadence.prompts import NoTimeToCall
from referral_hub.talent.capturing import merging

POOL, PROMPT = "Talent Pool Record", "Talent Prompt"


@pytest.fixture(autouse=True)
def nightly(monkeypatch):
	"""The nightly task commits; here it is rolled back with the test. Others in the pool are not called."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	frappe.db.set_value(POOL, {"state": "In Pool"}, "state", "Closed")
	calendar = frappe.db.get_value("Company", hr.COMPANY, "default_holiday_list")
	works_by(None)  # today may be a Sunday
	yield tasks.prompt_calls
	works_by(calendar)


def works_by(calendar: str | None) -> None:
	"""Let the company have these days off."""
	frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", calendar)
	frappe.clear_document_cache("Company", hr.COMPANY)


@pytest.fixture
def recruiter():
	return hr.make_user(roles=("HR User",)).name


def keep(days: int, recruiter: str | None = None, **values):
	opening = hr.make_opening().name if recruiter else None
	if recruiter:
		frappe.get_doc(doctype="Opening Profile", job_opening=opening, recruiter=recruiter).insert()
	person = frappe.get_doc(
		doctype=POOL, person_name="Li Na", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	happened = add_days(today(), -days)
	values = {"reason": "No-show", "happened_on": happened, "state_on": happened, **values}
	person.db_set({**values, "applied_for": opening})
	return person


def settings(**values):
	for field, value in values.items():
		frappe.db.set_single_value("Referral Hub Settings", field, value)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")


def asked(person) -> list[tuple]:
	fields = ["after_days", "state"]
	return frappe.get_all(PROMPT, {"record": person.name}, fields, order_by="creation asc", as_list=True)


def prompt_of(person) -> str:
	return frappe.get_value(PROMPT, {"record": person.name, "state": ("in", ["Open", "Snoozed"])})


def open_todos(user: str) -> list:
	return frappe.get_all("ToDo", {"allocated_to": user, "status": "Open"}, ["date", "description"])


def test_on_the_day_the_recruiter_is_asked_once_and_nothing_is_sent(nightly, recruiter):
	early, person = keep(29, recruiter), keep(30, recruiter)
	mails = frappe.db.count("Email Queue", {"reference_doctype": POOL})
	for _night in range(3):
		nightly()
	assert (asked(early), asked(person)) == ((), ((30, "Open"),))
	(todo,) = open_todos(recruiter)
	assert (todo.date, "Call Li Na. 30 days since: No-show." in todo.description) == (getdate(), True)
	assert getdate(early.reload().next_prompt_on) == getdate(add_days(today(), 1))
	assert frappe.db.count("Email Queue", {"reference_doctype": POOL}) == mails


def test_whoever_the_settings_name_is_asked_where_no_recruiter_is_of_hr_and_then_an_hr_manager(
	nightly, recruiter
):
	colleague = hr.make_user(roles=("Employee",)).name
	chief = hr.make_user(roles=("HR Manager",)).name
	settings(hr_manager=chief)
	for named, expected in ((recruiter, recruiter), (colleague, chief), (None, chief)):
		settings(caller=named)
		person = keep(30, colleague)
		nightly()
		assert frappe.db.get_value(PROMPT, {"record": person.name}, "caller") == expected


def test_a_contact_answers_the_prompt_and_the_next_step_keeps_quiet(nightly, recruiter):
	person = keep(89, recruiter, state_on=add_days(today(), -200))
	nightly()
	contact = service.note(person.name, "Call", "No answer", direction="Out")
	assert asked(person) == ((30, "Done"),)
	assert frappe.db.get_value(PROMPT, {"record": person.name}, "interaction") == contact
	assert open_todos(recruiter) == []
	assert getdate(person.reload().next_prompt_on) == getdate(add_days(today(), 14))


@pytest.mark.parametrize("end", ["answer", "no", "hired"])
def test_an_answer_a_no_and_a_hire_end_it(nightly, recruiter, end):
	person = keep(30, recruiter)
	nightly()
	if end == "answer":
		service.note(person.name, "E-mail", "Yes, why not?", direction="In")
	else:
		service.put(person.name, service.DO_NOT_CONTACT if end == "no" else service.HIRED)
	assert (asked(person), open_todos(recruiter)) == (((30, "Stopped"),), [])
	person.db_set("happened_on", add_days(today(), -400))
	nightly()
	assert [state for _days, state in asked(person)] == ["Stopped"]


def test_whoever_never_answers_rests(nightly, recruiter):
	person = keep(30, recruiter)
	service.note(person.name, "Note", "Moved to another town")
	for _call in range(2):
		service.note(person.name, "Call", "No answer", direction="Out")
	assert person.reload().state == "In Pool"
	service.note(person.name, "Call", "No answer", direction="Out")
	person.reload()
	assert (person.state, person.state_reason) == ("Resting", "3 contacts without an answer.")
	assert person.next_prompt_on is None


def test_a_new_time_in_the_pool_begins_anew(nightly, recruiter):
	person = keep(60, recruiter)
	nightly()
	service.note(person.name, "E-mail", "Not now", direction="In", happened_on=add_days(now_datetime(), -40))
	nightly()
	assert asked(person) == ((30, "Stopped"),)
	person.db_set(dict.fromkeys(("happened_on", "state_on"), add_days(today(), -31)))
	nightly()
	assert asked(person) == ((30, "Stopped"), (30, "Open"))


def test_whom_a_colleague_was_to_call_is_given_to_another_when_they_leave(nightly, recruiter):
	person, put_off = keep(30, recruiter), keep(30, recruiter)
	nightly()
	prompts.snooze(prompt_of(put_off), add_days(today(), 3))
	chief = hr.make_user(roles=("HR Manager",)).name
	settings(hr_manager=chief)
	frappe.db.set_value("User", recruiter, "enabled", 0)
	nightly()
	callers = [frappe.db.get_value(PROMPT, prompt_of(each), "caller") for each in (person, put_off)]
	assert callers == [chief, chief]
	assert (open_todos(recruiter), len(open_todos(chief))) == ([], 1)
	nightly()
	assert len(open_todos(chief)) == 1


def test_put_off_and_left_out(nightly, recruiter, as_user):
	person = keep(95, recruiter, state_on=add_days(today(), -200))
	nightly()
	as_user(recruiter)
	calls.snooze(prompt_of(person), add_days(today(), 3))
	assert open_todos(recruiter) == []
	frappe.db.set_value(PROMPT, prompt_of(person), "until", today())
	frappe.set_user("Administrator")
	nightly()
	assert (asked(person), len(open_todos(recruiter))) == (((30, "Open"),), 1)
	with pytest.raises(NoTimeToCall, match="Please say why"):
		calls.skip(prompt_of(person), " ")
	calls.skip(prompt_of(person), "Just became a father")
	assert asked(person) == ((30, "Skipped"),)
	prompt = frappe.get_doc(PROMPT, {"record": person.name})
	assert prompt.closed_because == "Just became a father"
	for once_more, said in ((calls.snooze, add_days(today(), 3)), (calls.skip, "Twice")):
		with pytest.raises(NoTimeToCall, match="answered already"):
			once_more(prompt.name, said)
	assert getdate(person.reload().next_prompt_on) == getdate(add_days(today(), 14))
	with pytest.raises(NoTimeToCall, match="a day to come"):
		calls.remind(person.name, today())


def test_a_day_of_ones_own(nightly, recruiter, as_user):
	person = keep(1)
	as_user(recruiter)
	prompt = calls.remind(person.name, add_days(today(), 5), "After her exam")
	assert calls.remind(person.name, add_days(today(), 6)) == prompt
	frappe.db.set_value(PROMPT, prompt, "until", today())
	frappe.set_user("Administrator")
	nightly()
	(todo,) = open_todos(recruiter)
	assert (todo.date, "After her exam" in todo.description) == (getdate(), True)


def test_a_day_of_ones_own_stays_while_the_person_rests(nightly, recruiter):
	person = keep(30, recruiter)
	nightly()
	service.put(person.name, "Resting")
	calls.remind(person.name, add_days(today(), 5), "After her exam")
	nightly()
	assert asked(person) == ((30, "Stopped"), (-1, "Snoozed"))
	service.put(person.name, service.DO_NOT_CONTACT)
	nightly()
	assert asked(person) == ((30, "Stopped"), (-1, "Stopped"))
	with pytest.raises(NoTimeToCall, match="not called: Do Not Contact"):
		calls.remind(person.name, add_days(today(), 5))


def test_whoever_has_an_opening_is_not_called_for_steps(nightly, recruiter):
	person = keep(30, recruiter)
	nightly()
	desk_pool.call_back(person.name, hr.make_opening().name)
	assert (asked(person), open_todos(recruiter)) == (((30, "Stopped"),), [])


def test_two_records_that_become_one_ask_for_one_call(nightly, recruiter):
	first, second = keep(30, recruiter), keep(30, recruiter)
	nightly()
	merging.merge(first.reload(), [second.name])
	assert [state for _days, state in asked(first)] == ["Open", "Stopped"]


def test_nobody_is_asked_for_more_than_the_settings_say_and_the_likelier_come_first(nightly, recruiter):
	settings(prompts_a_day=2)
	people = [keep(40, recruiter, likelihood=likelihood) for likelihood in (10, 50, 30)]
	patient = keep(180, recruiter, likelihood=1)
	nightly()
	nightly()
	assert [len(asked(person)) for person in people] == [0, 1, 0]
	assert len(asked(patient)) == 1
	frappe.db.set_value(PROMPT, {"caller": recruiter}, "due_on", add_days(today(), -1))
	nightly()
	assert [len(asked(person)) for person in people] == [1, 1, 1]


def test_a_day_that_somebody_set_themselves_takes_nobody_elses_place(nightly, recruiter, as_user):
	settings(prompts_a_day=1)
	mine, due = keep(1), keep(40, recruiter)
	as_user(recruiter)
	prompt = calls.remind(mine.name, add_days(today(), 5))
	frappe.db.set_value(PROMPT, prompt, {"state": "Open", "until": None, "due_on": today()})
	as_user("Administrator")
	nightly()
	assert (asked(mine), asked(due)) == (((-1, "Open"),), ((30, "Open"),))


def test_the_words_of_a_task_are_words(nightly, recruiter):
	person = keep(30, recruiter)
	person.db_set("person_name", "<img src=x> Na")
	nightly()
	(todo,) = open_todos(recruiter)
	assert todo.description == "Call &lt;img src=&quot;x&quot;&gt; Na. 30 days since: No-show."


def test_a_likelihood_that_no_night_has_counted_is_not_said_to_be_0(nightly, recruiter):
	fresh, counted = keep(30, recruiter), keep(30, recruiter, likelihood_parts="[]")
	nightly()
	shown = [frappe.get_doc(PROMPT, prompt_of(person)) for person in (fresh, counted)]
	for prompt in shown:
		prompt.run_method("onload")
	assert [prompt.why for prompt in shown] == [
		"30 days since: No-show.",
		"30 days since: No-show. Likelihood 0.",
	]


def test_steps_of_a_reason_and_a_day_off_of_the_company(nightly, recruiter):
	person, other = keep(7, recruiter), keep(7, recruiter, reason="Withdrawn")
	config = frappe.get_doc("Referral Hub Settings")
	config.append("cadence_steps", {"reason": "No-show", "after_days": 7, "purpose": "News"})
	config.append("cadence_steps", {"after_days": 60, "purpose": "Opening"})
	config.save()
	calendar = frappe.get_doc(
		doctype="Holiday List", holiday_list_name=hr.unique("Off"), from_date=today(), to_date=today()
	)
	calendar.append("holidays", {"holiday_date": today(), "description": "Off"})
	calendar.insert()
	works_by(calendar.name)
	nightly()
	assert (asked(person), asked(other)) == ((), ())
	works_by(None)
	nightly()
	assert (asked(person), asked(other)) == (((7, "Open"),), ())
	settings(prompt_calls=0)
	assert prompts.due_prompts(add_days(today(), 90)) == []


def test_a_prompt_is_written_by_the_app_alone_and_read_by_hr(nightly, recruiter, as_user):
	person = keep(30, recruiter)
	nightly()
	prompt = frappe.get_doc(PROMPT, prompt_of(person))
	prompt.state = "Done"
	with pytest.raises(frappe.PermissionError, match="written by the app alone"):
		prompt.save()
	as_user(hr.make_employee(user=True).user_id)
	with pytest.raises(frappe.PermissionError):
		calls.snooze(prompt.name, add_days(today(), 3))


def test_the_list_of_the_day_says_whom_to_call_and_why_to_each_in_their_language(
	nightly, recruiter, as_user, monkeypatch
):
	given = frappe.get_doc(
		doctype="Referral Reason", reason=hr.unique("Pay"), reason_zh="薪资", applies_to="No-show", enabled=1
	).insert()
	for likelihood, reason in ((10, given.name), (50, None)):
		keep(40, recruiter, likelihood=likelihood, phone="+8613800138000", reason_given=reason)
	keep(40, hr.make_user(roles=("HR User",)).name)
	nightly()
	as_user(recruiter)
	_columns, mine = people_to_call.execute()
	assert [row["why"] for row in mine] == [
		"40 days since: No-show. Likelihood 50.",
		f"40 days since: {given.name}. Likelihood 10.",
	]
	assert {row["phone"] for row in mine} == {"+8613800138000"}
	monkeypatch.setattr(frappe.local, "lang", "zh")
	assert [row["why"] for row in people_to_call.execute()[1]] == [
		"距“未报到”已 40 天。可能性 50。",
		"距“薪资”已 40 天。可能性 10。",
	]
	prompt = frappe.get_doc(PROMPT, mine[0]["prompt"])
	prompt.run_method("onload")
	assert prompt.why == "距“未报到”已 40 天。可能性 50。"
	assert len(people_to_call.execute({"whose": "All"})[1]) == 3
	of_whose = [people_to_call.execute({"whose": whose})[0] for whose in ("Mine", "All")]
	assert ["caller" in {each["fieldname"] for each in columns} for columns in of_whose] == [False, True]


def test_whom_to_call_is_read_in_parts_and_nobody_is_left_out_or_named_twice(monkeypatch, recruiter):
	settings(prompts_a_day=4)
	people = [keep(40, recruiter, likelihood=10 * likelihood).name for likelihood in range(5)]
	for record in people:
		frappe.db.set_value(POOL, record, "next_prompt_on", today())
	for many in (1, 2, 5):
		monkeypatch.setattr(planning, "CHUNK", many)
		assert [row["record"] for row in prompts.due_prompts()] == people[
			:0:-1
		]  # the last one is too much for today


def test_of_a_person_who_is_forgotten_the_prompts_only_count(nightly, recruiter):
	person = keep(30, recruiter)
	nightly()
	prompt = prompt_of(person)
	service.forget({person.name})
	left = {"reference_name": prompt}
	assert (asked(person), frappe.db.count("ToDo", left), frappe.db.count("Comment", left)) == (
		((30, "Stopped"),),
		0,
		0,
	)
	assert frappe.db.count("Notification Log", {"document_name": prompt}) == 0
	said = frappe.db.get_value(PROMPT, prompt, ["person_name", "why", "why_facts", "closed_because"])
	assert said == (person.name, None, None, None)
