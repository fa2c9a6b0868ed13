"""Goals before joining: proposed, talked about, agreed to what was seen; HRMS's Goals once; progress both ways; a talk each month."""

import json
import re

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from candidate_factories import CandidatePage
from frappe.utils import add_days, getdate
from path_factories import make_goal
from portal_factories import make_referrer
from referral_factories import applicant_of, make_referral
from reward_processes import another_connection

from referral_hub import flow
from referral_hub.api.paths import goals as desk
from referral_hub.paths import forgetting
from referral_hub.paths.feedback import goals as path_goals
from referral_hub.paths.goals import onboardings, plans, reporting, starting, talking
from referral_hub.paths.goals.editing import InvalidGoals, PlanExists
from referral_hub.paths.rules.goals import ends_on
from referral_hub.portal import paging
from referral_hub.referrals.erasure import person
from referral_hub.talent import held, service

PLAN, NOTE = "Onboarding Goal Plan", "Onboarding Goal Note"


@pytest.fixture
def offer(as_user):
	"""An accepted offer for a designation that has a template of two goals."""
	frappe.local.lang = "en"
	clerk = hr.make_designation().name
	for company, goal in (
		("", "Of all companies"),
		(hr.other_company(), "Of another"),
		(hr.COMPANY, "Know the till"),
	):
		make_template(clerk, company, goal)
	applicant = hr.make_applicant(name="Li Na", designation=clerk)
	return hr.make_offer(applicant, status="Accepted")


@pytest.fixture
def plan(offer):
	return frappe.get_doc(PLAN, desk.make(offer.name))


def make_template(designation: str, company: str, goal: str):
	rows = [{"goal": goal, "months": 1, "measure": "Alone at the till"}, {"goal": "20 sales", "months": 2}]
	return frappe.get_doc(
		doctype="Onboarding Goal Template",
		title=hr.unique("T"),
		designation=designation,
		company=company,
		goals=rows,
	).insert()


class Candidate:
	"""What somebody does with the link to their goals."""

	def __init__(self, address: str, as_user):
		self.path, self.as_user = "/goals/" + address.rpartition("/")[2], as_user

	def get(self):
		self.as_user("Guest")
		frappe.local.lang = "en"
		return web.get(self.path)

	def send(self, page=None, **form):
		page = page or self.get()
		known = {
			name: found[1]
			for name in ("form_token", "seen")
			if (found := re.search(rf'name="{name}" value="([^"]+)"', page.text))
		}
		return web.post(self.path, known | form)


@pytest.fixture
def candidate(plan, as_user):
	return Candidate(desk.propose(plan.name), as_user)


def hire(offer, **fields):
	employee = hr.hire(offer, **fields)
	starting.start(starting.waiting([offer.job_applicant])[0])
	return employee


def goals_in_hrms(employee) -> list[tuple]:
	fields = ["goal_name", "progress", "end_date"]
	return [
		(row.goal_name, row.progress, str(row.end_date))
		for row in frappe.get_all("Goal", {"employee": employee.name}, fields, order_by="end_date asc")
	]


def test_a_plan_is_made_of_the_companys_own_template_once(offer, plan):
	assert [(row.goal, row.months, row.measure) for row in plan.goals] == [
		("Know the till", 1, "Alone at the till"),
		("20 sales", 2, None),
	]
	assert (plan.state, plan.applicant_name, plan.job_offer) == ("Draft", "Li Na", offer.name)
	with pytest.raises(PlanExists, match="Li Na has a plan of goals already"):
		desk.make(offer.name)
	desk.cancel(plan.name)
	assert desk.make(offer.name) != plan.name


def test_a_second_click_that_waited_for_the_first_makes_no_second_plan(offer):
	"""Its request has read the offer before, so that a plain look would see no plan."""
	first = {"name": frappe.generate_hash(length=10), "job_applicant": offer.job_applicant, "state": "Draft"}
	try:
		with another_connection():
			frappe.new_doc(PLAN).update(first).db_insert()
		with pytest.raises(PlanExists, match="Li Na has a plan of goals already"):
			desk.make(offer.name)
	finally:
		frappe.db.rollback()
		with another_connection():
			frappe.db.delete(PLAN, {"name": first["name"]})


def test_the_candidate_writes_and_agrees_and_hr_hears_of_it(plan, candidate, as_user):
	assert "Li Na, this is what we propose" in candidate.get().text
	assert candidate.send(action="said", words="Ten sales & a coach?").status_code == 303
	as_user("Administrator")
	assert plan.reload().state == "Commented"
	desk.answer(plan.name, "Fifteen.")
	page = candidate.get()
	assert "Ten sales &amp; a coach?" in page.text and "Fifteen." in page.text
	assert candidate.send(action="agreed").headers["Location"].endswith("?done=agreed")
	assert "this is what we agreed on" in candidate.get().text
	said = [(row.said_by, row.kind, row.words) for row in plans.said_of(plan.name)]
	assert said == [
		("Candidate", "Comment", "Ten sales & a coach?"),
		("HR", "Comment", "Fifteen."),
		("Candidate", "Agreement", "Know the till (1)\n20 sales (2)"),
	]
	assert plan.reload().state == "Agreed"


def test_nobody_agrees_to_goals_they_have_not_seen(plan, candidate, as_user):
	page = candidate.get()
	as_user("Administrator")
	plan.reload().goals[1].goal = "30 sales"
	plan.save()
	assert plan.state == "Draft"
	assert "The goals are being changed" in candidate.get().text
	assert "30 sales" not in candidate.get().text
	as_user("Administrator")
	desk.propose(plan.name)
	answer = candidate.send(page, action="agreed")
	assert answer.status_code == 422
	assert "The goals were changed meanwhile. Please read them again." in answer.text
	assert plan.reload().state == "Proposed"
	candidate.send(action="agreed")
	assert plan.reload().state == "Agreed"


def test_a_link_opens_nothing_before_it_is_proposed_or_once_it_is_cancelled_or_made_up(plan, offer, as_user):
	from referral_hub.paths.goals import links

	early = Candidate(links.make(plan.name), as_user)
	assert early.get().status_code == 404
	as_user("Administrator")
	desk.propose(plan.name)
	assert early.get().status_code == 200
	as_user("Administrator")
	desk.cancel(plan.name)
	for each in (early, Candidate("0" * 64, as_user)):
		assert "This link does not work any more" in each.get().text


def test_whoever_was_referred_finds_their_goals_on_their_own_page(as_user):
	referral = make_referral()
	applicant = applicant_of(referral)
	make_template(applicant.designation, hr.COMPANY, "Know the till")
	page = CandidatePage(referral)
	assert "/goals/" not in page.text()
	as_user("Administrator")
	plan = desk.make(hr.make_offer(applicant).name)
	assert "/goals/" not in page.text()
	as_user("Administrator")
	desk.propose(plan)
	assert f'href="/goals/{page.token}"' in page.text()
	own = Candidate(page.path, as_user)
	assert "Know the till" in own.get().text
	own.send(action="said", words="Yes, and?")
	as_user("Administrator")
	told = json.loads(page.get(do="download").get_data(as_text=True))["first_goals"]
	assert [goal["words"] for goal in told["goals"]] == ["Know the till", "20 sales"]
	assert [each["words"] for each in told["said"]] == ["Yes, and?"]


def test_agreed_goals_become_goals_in_hrms_once(plan, offer, candidate, as_user):
	candidate.send(action="agreed")
	as_user("Administrator")
	employee = hr.hire(offer, date_of_joining="2026-01-31")
	for _time in range(2):
		for name in starting.waiting([offer.job_applicant]):
			starting.start(name)
	made = [("Know the till", 0.0, "2026-02-28"), ("20 sales", 0.0, "2026-03-31")]
	assert goals_in_hrms(employee) == made
	plan.reload()
	assert (plan.state, plan.employee, str(plan.joined_on)) == ("Under Way", employee.name, "2026-01-31")
	frappe.delete_doc("Goal", plan.goals[0].hrms_goal)
	plans.write(frappe.get_doc(PLAN, plan.name), asked_month=1)  # what the daily look keeps
	other = hr.transfer(employee)
	assert starting.waiting([offer.job_applicant]) == [] and starting.start(plan.name) is False
	assert goals_in_hrms(employee) == made[1:]
	assert goals_in_hrms(other) == []
	assert desk.told(plan.name)["goals"][0]["course"] == "deleted"


def test_what_another_plan_of_theirs_made_meanwhile_is_not_made_again(offer):
	"""Two jobs start two plans of one person: the second waited, and what it had seen before knows nothing of the first's goals."""
	employee = hr.hire(offer)
	mine = written_plan(offer, "Agreed", {"goal": "Know the till"}, {"goal": "20 sales"})
	goal = {"name": hr.unique("G"), "employee": employee.name, "goal_name": "Know the till"}
	try:
		with another_connection():
			frappe.new_doc("Goal").update(goal).db_insert()
			other = written_plan(offer, "Under Way", {"goal": goal["goal_name"], "hrms_goal": goal["name"]})
		assert starting.start(mine) is True
		made = {row.goal: row.hrms_goal for row in frappe.get_doc(PLAN, mine).goals}
		assert made["Know the till"] == goal["name"] != made["20 sales"]
	finally:
		frappe.db.rollback()
		with another_connection():
			frappe.db.delete("Goal", {"name": goal["name"]})
			frappe.db.delete(PLAN, {"name": other})
			frappe.db.delete("Onboarding Goal", {"parent": other})


def written_plan(offer, state: str, *rows: dict) -> str:
	"""Write a plan below the rules, which allow one at a time."""
	plan = frappe.new_doc(PLAN)
	plan.update(
		{
			"name": frappe.generate_hash(length=10),
			"job_applicant": offer.job_applicant,
			"state": state,
			"designation": offer.designation,
			"company": offer.company,
		}
	)
	plan.db_insert()
	for row in rows:
		line = plan.append("goals", {"months": 1, **row})
		line.update({"name": frappe.generate_hash(length=10), "parent": plan.name})
		line.db_insert()
	return plan.name


def test_goals_that_were_not_agreed_become_nothing(plan, offer, candidate, as_user):
	candidate.send(action="said", words="No.")
	as_user("Administrator")
	employee = hr.hire(offer)
	assert starting.waiting([offer.job_applicant]) == []
	assert starting.start(plan.name) is False
	assert goals_in_hrms(employee) == []


@pytest.fixture
def under_way(plan, offer, candidate, as_user):
	"""A newcomer with a login and a manager, who joined five weeks ago."""
	candidate.send(action="agreed")
	as_user("Administrator")
	manager = make_referrer("Mia")
	user = hr.make_user(roles=("Employee",)).name
	employee = hire(offer, date_of_joining=hr.days_ago(45), user_id=user, reports_to=manager.name)
	return frappe._dict(plan=plan.reload(), employee=employee, manager=manager)


def test_progress_goes_both_ways_and_a_deviation_is_explained(under_way, as_user):
	plan, row = under_way.plan, under_way.plan.goals[1]
	as_user(under_way.employee.user_id)
	frappe.local.lang = "en"
	form = {"plan": plan.name, "row": row.name}
	other, sent = plan.goals[0].name, form | {"do": "report"}
	stood = {f"progress-{other}": "0", f"stood-{other}": "0"}
	# by the manager, after the page was opened
	frappe.db.set_value("Goal", plan.goals[0].hrms_goal, "progress", 5)
	refused = web.post("/referrals/goals", sent | stood | {f"progress-{row.name}": "NaN"})
	assert (refused.status_code, 'value="NaN"' in refused.text) == (422, True)
	assert web.post("/referrals/goals", sent | stood | {f"progress-{row.name}": "30"}).status_code == 303
	as_user("Administrator")
	goal = frappe.get_doc("Goal", row.hrms_goal)
	assert (goal.progress, goal.status) == (30.0, "In Progress")
	assert frappe.db.get_value("Goal", plan.goals[0].hrms_goal, "progress") == 5
	goal.update({"progress": 45, "goal_name": "15 sales"})
	goal.save()
	as_user(under_way.employee.user_id)
	page = web.get("/referrals/goals").text
	assert "45 %" in page and "Now it reads: 15 sales" in page and "Its day has passed" in page
	web.post("/referrals/goals", form | {"do": "explain", "words": "The shop was closed."})
	as_user(under_way.manager.user_id)
	page = web.get("/referrals/goals").text
	assert "The shop was closed." in page and "15 sales" in page
	assert "- Know the till: 5 %, and its day has passed." in page


def test_only_the_newcomer_reports_and_only_the_manager_sees(under_way, as_user):
	form = {"plan": under_way.plan.name, "row": under_way.plan.goals[0].name}
	other = make_referrer("Otto")
	frappe.local.lang = "en"
	for user, do in (
		(under_way.manager.user_id, "report"),
		(other.user_id, "report"),
		(other.user_id, "talk"),
	):
		as_user(user)
		answer = web.post(
			"/referrals/goals", form | {"do": do, f"progress-{form['row']}": "100", "words": "x"}
		)
		assert answer.status_code == 404
	as_user(other.user_id)
	assert "Know the till" not in web.get("/referrals/goals").text
	assert frappe.db.get_value("Goal", under_way.plan.goals[0].hrms_goal, "progress") == 0
	assert [row.kind for row in plans.said_of(under_way.plan.name)] == ["Agreement"]


def test_a_manager_of_many_turns_pages_and_is_led_to_the_newcomer_asked_about(
	under_way, as_user, monkeypatch
):
	monkeypatch.setattr(paging, "SIZE", 1)
	newer = hr.make_employee(reports_to=under_way.manager.name)
	row = frappe.get_doc(PLAN, under_way.plan.name)
	row.update({"name": frappe.generate_hash(length=10), "employee": newer.name, "joined_on": hr.days_ago(3)})
	row.db_insert()
	as_user(under_way.manager.user_id)
	frappe.local.lang = "en"
	first = web.get("/referrals/goals").text
	assert f'id="{row.name}"' in first and "Page 1 of 2" in first
	assert f'id="{under_way.plan.name}"' not in first
	done = web.post("/referrals/goals", {"plan": under_way.plan.name, "do": "talk", "words": "It goes well."})
	second = web.get(done.headers["Location"].partition("#")[0]).text
	assert f'id="{under_way.plan.name}"' in second and "It goes well." in second and "Page 2 of 2" in second


def test_the_manager_is_asked_to_talk_each_month_once(under_way):
	for _time in range(2):
		talking.look(under_way.plan.name)
	told = frappe.get_all(
		"Referral Message",
		{"event": "goals_check_in", "recipient": under_way.manager.name},
		pluck="event_key",
		distinct=True,
	)
	assert told == [f"goals_check_in:{under_way.plan.name}:1"]
	assert (under_way.plan.reload().state, under_way.plan.asked_month) == ("Under Way", 1)


def test_a_plan_goes_on_until_the_day_its_last_goal_has_now(under_way):
	plan = under_way.plan
	plan.db_set("joined_on", hr.days_ago(140))
	frappe.db.set_value("Goal", plan.goals[1].hrms_goal, "end_date", hr.in_days(40))
	talking.look(plan.name)
	assert (plan.reload().state, plan.asked_month) == ("Under Way", 4)
	frappe.db.set_value(
		"Goal", {"name": ("in", [row.hrms_goal for row in plan.goals])}, "end_date", hr.days_ago(90)
	)
	talking.look(plan.name)
	assert plan.reload().state == "Over"


def test_a_first_day_that_is_put_off_takes_the_goals_along_and_nobody_is_asked_before_it(under_way):
	"""HR made the Employee in advance; it is put off on the day itself. A goal that was given a day by hand keeps it."""
	plan, by_hand = under_way.plan, hr.in_days(3)
	first, second = (frappe.get_doc("Goal", row.hrms_goal) for row in plan.goals)
	second.update({"end_date": by_hand}).save()
	first_day = hr.in_days(45)
	frappe.db.set_value("Employee", under_way.employee.name, "date_of_joining", first_day)
	talking.look(plan.name)
	assert (str(plan.reload().joined_on), plan.state, plan.asked_month) == (first_day, "Under Way", 0)
	days = [str(first.reload().start_date), str(first.end_date), str(second.reload().end_date)]
	assert days == [first_day, str(ends_on(getdate(first_day), 1)), by_hand]
	frappe.db.set_value("Employee", under_way.employee.name, "date_of_joining", hr.days_ago(45))
	talking.look(plan.name)  # and back
	assert (str(plan.reload().joined_on), plan.asked_month) == (hr.days_ago(45), 1)
	frappe.db.set_value("Employee", under_way.employee.name, "date_of_joining", hr.days_ago(40))
	talking.look(plan.name)
	assert str(plan.reload().joined_on) == hr.days_ago(45)  # what has come is not counted anew


@pytest.mark.parametrize("away", ["Inactive", "Suspended"])
def test_whoever_is_away_for_a_while_keeps_the_plan_and_is_asked_about_once_back(under_way, away):
	for status, asked_month in ((away, 0), ("Active", 1)):
		frappe.db.set_value("Employee", under_way.employee.name, "status", status)
		talking.look(under_way.plan.name)
		assert (under_way.plan.reload().state, under_way.plan.asked_month) == ("Under Way", asked_month)


def test_a_plan_ends_when_its_person_leaves(under_way):
	hr.part_with_employee(under_way.employee)
	talking.look(under_way.plan.name)
	assert under_way.plan.reload().state == "Over"


@pytest.mark.parametrize("corrected_by", [0, 2])
def test_goals_after_the_first_ones_are_made_anew_and_count_from_the_day_they_were_agreed(
	under_way, offer, corrected_by
):
	"""HR begins new goals of the same words once the first are over, of somebody who never left; the joining date may be another by then."""
	under_way.plan.db_set("state", "Over")
	joined = add_days(under_way.plan.joined_on, corrected_by)
	frappe.db.set_value("Employee", under_way.employee.name, "date_of_joining", joined)
	name = written_plan(offer, "Agreed", {"goal": "Know the till"})
	frappe.db.set_value(PLAN, name, "agreed_on", hr.days_ago(2))
	assert starting.start(name) is True
	talking.look(name)
	plan = frappe.get_doc(PLAN, name)
	assert (plan.state, str(plan.joined_on), plan.asked_month) == ("Under Way", hr.days_ago(2), 0)
	made = plan.goals[0].hrms_goal
	assert made not in {row.hrms_goal for row in under_way.plan.goals}
	assert str(frappe.db.get_value("Goal", made, "start_date")) == hr.days_ago(2)


@pytest.mark.parametrize("is_submitted", [False, True])
def test_an_onboarding_gets_the_activity_once(plan, offer, candidate, as_user, is_submitted):
	"""HRMS lets rows be added to a submitted onboarding, and makes their task as it does for its own."""
	candidate.send(action="agreed")
	as_user("Administrator")
	onboarding = make_onboarding(offer)
	if is_submitted:
		onboarding.submit()
	employee = hire(offer)
	assert starting.start(plan.name) is False
	names = ["A desk", "Goals of the First Months"]
	rows = onboarding.reload().activities
	assert [row.activity_name for row in rows] == names
	tasks = [frappe.db.get_value("Task", row.task, "subject") for row in rows if row.task]
	assert tasks == ([f"{name} : Li Na" for name in names] if is_submitted else [])
	assert len(goals_in_hrms(employee)) == 2


def test_an_onboarding_that_is_made_after_the_goals_gets_the_activity_and_hr_may_take_it_out(
	under_way, offer
):
	onboarding = make_onboarding(offer)
	assert onboardings.unaware([offer.job_applicant]) == [under_way.plan.name]
	onboardings.note(under_way.plan.name)
	assert [(row.activity_name, row.user) for row in onboarding.reload().activities] == [
		("A desk", None),
		("Goals of the First Months", under_way.manager.user_id),
	]
	amended = frappe.copy_doc(onboarding)
	frappe.db.set_value("Employee Onboarding", onboarding.name, "docstatus", 2)
	amended.insert()
	onboardings.note(under_way.plan.name)
	assert len(amended.reload().activities) == 2
	amended.set("activities", amended.activities[:1])
	amended.save()
	assert onboardings.unaware() == []
	onboardings.note(under_way.plan.name)
	assert len(amended.reload().activities) == 1


def make_onboarding(offer):
	return frappe.get_doc(
		doctype="Employee Onboarding",
		job_applicant=offer.job_applicant,
		job_offer=offer.name,
		employee_name="Li Na",
		company=hr.COMPANY,
		date_of_joining=hr.days_ago(0),
		boarding_begins_on=hr.days_ago(0),
		holiday_list=frappe.db.get_value("Company", hr.COMPANY, "default_holiday_list"),
		activities=[{"activity_name": "A desk", "begin_on": 0, "duration": 1}],
	).insert()


def test_what_is_agreed_anew_after_the_first_day_makes_no_goal_twice(under_way, offer, as_user):
	before = goals_in_hrms(under_way.employee)
	desk.cancel(under_way.plan.name)
	assert starting.start(under_way.plan.name) is False
	again = frappe.get_doc(PLAN, desk.make(offer.name))
	again.append("goals", {"goal": "Train somebody", "months": 3})
	again.save()
	Candidate(desk.propose(again.name), as_user).send(action="agreed")
	as_user("Administrator")
	assert starting.start(again.name) is True
	made = goals_in_hrms(under_way.employee)
	assert (made[:2], [goal[0] for goal in made[2:]]) == (before, ["Train somebody"])
	kept = [row.hrms_goal for row in under_way.plan.goals]
	assert [row.hrms_goal for row in again.reload().goals][:2] == kept


def test_after_a_transfer_the_new_manager_reads_the_goals_and_none_is_made_again(under_way, offer, as_user):
	plan, before = under_way.plan, goals_in_hrms(under_way.employee)
	now, leader = hr.transfer(under_way.employee), make_referrer("Lu")
	now.db_set("reports_to", leader.name)
	talking.look(plan.name)
	assert reporting.of_newcomers(leader.name) == [plan.name]
	assert reporting.of_newcomers(under_way.manager.name) == []
	desk.cancel(plan.name)
	again = desk.make(offer.name)
	Candidate(desk.propose(again), as_user).send(action="agreed")
	as_user("Administrator")
	assert starting.start(again) is True
	assert (goals_in_hrms(under_way.employee), goals_in_hrms(now)) == (before, [])


def test_hr_s_own_saves_begin_the_goals_and_name_them_in_the_onboarding(
	commits, plan, offer, candidate, as_user
):
	candidate.send(action="agreed")
	as_user("Administrator")
	employee = hr.hire(offer)
	commits.run_jobs()
	assert len(goals_in_hrms(employee)) == 2
	onboarding = make_onboarding(offer)
	commits.run_jobs()
	activities = [row.activity_name for row in onboarding.reload().activities]
	assert activities == ["A desk", "Goals of the First Months"]


@pytest.mark.parametrize("task", ["look_after_goals", "end_cases", "count_path_figures"])
def test_the_scheduler_looks_after_the_path_every_day(task):
	assert f"referral_hub.tasks.{task}" in frappe.get_hooks("scheduler_events")["daily_long"]


def test_who_leaves_and_comes_back_on_the_old_application_gets_no_goals_again(under_way, offer):
	made = goals_in_hrms(under_way.employee)
	hr.part_with_employee(under_way.employee)
	talking.look(under_way.plan.name)
	back = hire_again(offer)
	assert starting.waiting([offer.job_applicant]) == []
	assert starting.start(under_way.plan.name) is False
	assert (goals_in_hrms(under_way.employee), goals_in_hrms(back)) == (made, [])


def hire_again(offer):
	"""HR makes a second Employee of the same application; HRMS allows it."""
	return hr.hire(offer, employee_name="Li Na again")


@pytest.mark.parametrize(("cycles", "has_one"), [(0, False), (1, True), (2, False)])
def test_a_goal_with_a_kra_joins_the_one_appraisal_cycle_that_is_open(
	plan, offer, candidate, as_user, cycles, has_one
):
	as_user("Administrator")
	company, kra = hr.other_company(), hr.unique("KRA")
	frappe.get_doc(doctype="KRA", title=kra).insert()
	plan.reload().goals[0].kra = kra
	plan.save()
	Candidate(desk.propose(plan.name), as_user).send(action="agreed")
	as_user("Administrator")
	names = [make_cycle(company, kra) for _number in range(cycles)]
	employee = hire(offer, company=company)
	found = frappe.get_all("Goal", {"employee": employee.name}, ["goal_name", "kra", "appraisal_cycle"])
	assert {row.goal_name: (row.kra, row.appraisal_cycle) for row in found} == {
		"Know the till": (kra, names[0] if has_one else None),
		"20 sales": (None, None),
	}


def make_cycle(company: str, kra: str) -> str:
	cycle = frappe.get_doc(doctype="Appraisal Cycle", cycle_name=hr.unique("Cycle"), company=company)
	cycle.update({"start_date": hr.days_ago(10), "end_date": hr.in_days(80)})
	return cycle.insert().name


def test_a_goal_that_was_adjusted_because_of_a_question_says_so_with_its_plan(under_way, as_user):
	goal, day = under_way.plan.goals[1].hrms_goal, hr.in_days(60)
	before = frappe.db.get_value("Goal", goal, "end_date")
	as_user(under_way.manager.user_id)
	path_goals.adjust(under_way.employee.name, goal, "15 sales", day, "The shop was closed.")
	said = plans.said_of(under_way.plan.name, (plans.EXPLANATION,))
	assert [(row.said_by, row.about, row.words) for row in said] == [
		("Manager", "20 sales", f"20 sales ({before}) → 15 sales ({day})\nThe shop was closed.")
	]
	for user in (under_way.manager.user_id, under_way.employee.user_id):
		as_user(user)
		frappe.local.lang = "en"
		page = web.get("/referrals/goals").text
		assert "Now it reads: 15 sales" in page and "The shop was closed." in page
	as_user("Administrator")
	now, other = hr.transfer(under_way.employee), make_referrer("Nan")
	now.db_set("reports_to", other.name)
	as_user(other.user_id)
	path_goals.adjust(under_way.employee.name, goal, "12 sales", day, "A smaller shop.")
	assert plans.said_of(under_way.plan.name, (plans.EXPLANATION,))[-1].said_by == "Manager"


def test_what_a_form_may_not_write_stays_and_agreed_goals_are_not_deleted(plan, candidate):
	plan.reload().update({"state": "Under Way", "employee": hr.make_employee().name, "agreed_on": None})
	plan.goals[0].hrms_goal = make_goal(plan.employee, 0).name
	plan.save()
	assert (plan.state, plan.employee, plan.goals[0].hrms_goal) == ("Proposed", None, None)
	candidate.send(action="agreed")
	frappe.set_user("Administrator")
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc(PLAN, plan.name)


def test_hr_goes_on_writing_a_plan_whose_template_offer_and_kra_were_deleted(plan, offer, as_user):
	kra = frappe.get_doc(doctype="KRA", title=hr.unique("KRA")).insert()
	plan.goals[0].kra = kra.name
	plan.save()
	made_of = plan.template, plan.job_offer
	offer.cancel()
	for doctype, name in (
		("Onboarding Goal Template", plan.template),
		("Job Offer", offer.name),
		("KRA", kra.name),
	):
		frappe.delete_doc(doctype, name)
	frappe.db.value_cache.clear()  # as in HR's next request
	as_user(hr.make_user(roles=("HR User",)).name)
	plan = frappe.get_doc(PLAN, plan.name)
	plan.goals[0].goal = "Know both tills"
	plan.save()
	plan.reload()
	assert (plan.goals[0].goal, plan.goals[0].kra) == ("Know both tills", kra.name)
	assert (plan.template, plan.job_offer) == made_of
	plan.template = "Another that is gone"
	with pytest.raises(frappe.LinkValidationError, match="Another that is gone"):
		plan.save()


def test_goals_under_way_are_changed_in_hrms_alone(under_way):
	under_way.plan.goals[0].goal = "Something else"
	with pytest.raises(InvalidGoals, match="change the Goal in HRMS instead"):
		under_way.plan.save()


@pytest.mark.parametrize(
	("rows", "said"),
	[
		([], "Write 1 to 20 goals."),
		([{"goal": "  ", "months": 1}], "Each goal needs words of its own."),
		([{"goal": "A", "months": 1}, {"goal": "A ", "months": 2}], "Each goal needs words of its own."),
		([{"goal": "A", "months": 13}], "Each goal is to be reached within 1 to 12 months."),
		([{"goal": "A", "months": 0}], "Each goal is to be reached within 1 to 12 months."),
	],
)
def test_goals_nobody_could_agree_to_are_refused(plan, rows, said):
	plan.set("goals", rows)
	with pytest.raises(InvalidGoals, match=said):
		plan.save()


def test_who_is_forgotten_is_forgotten_with_their_words(plan, offer, candidate, as_user):
	candidate.send(action="said", words="My mother is ill.")
	as_user("Administrator")
	record = service.capture(offer.job_applicant, "Hand-picked")
	told = held.everything(flow.held_about(record, with_words=False))
	assert [row["applicant_name"] for row in told[PLAN]] == ["Li Na"]
	assert [row["words"] for row in told[NOTE]] == ["My mother is ill."]
	flow.erase_person(person.of_record(record), with_hrms=True)
	assert "This link does not work any more" in candidate.get().text
	assert frappe.get_all(NOTE, {"plan": plan.name}, pluck="words") == [None]
	assert "Li Na" not in frappe.as_json(frappe.get_doc(PLAN, plan.name).as_dict())


def test_a_deleted_application_takes_its_plan_along(plan, offer):
	forgetting.forget_applicant(offer.job_applicant)
	assert not frappe.db.exists(PLAN, plan.name)
