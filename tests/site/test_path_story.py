"""The first weeks of somebody who came back, where HRMS's users look: Goal and Appraisal.

Li Na is called back and agrees to goals before the first day. Each day they say how far they are, each Friday Bo, the manager, writes
down what was talked about. One question is answered within the day; one is not, reaches HR, and a goal is agreed anew because of it.
Times are Shanghai's; 2 March 2026, the first day, is a Monday. Everybody works from nine to five and has eight hours to answer.
"""

from datetime import date, datetime, timedelta

import frappe
import pytest
import site_factories as hr
from freezegun import freeze_time
from portal_factories import make_referrer
from referral_factories import applicant_of, make_candidate

from referral_hub.api import desk_pool
from referral_hub.paths.feedback import answering, asking, watching
from referral_hub.paths.goals import plans, reporting, starting
from referral_hub.paths.goals.editing import goals_of
from referral_hub.paths.rules.goals import fingerprint
from referral_hub.referral_hub.report.retention import retention
from referral_hub.referrals import service as referrals


def at(day: int, hour: int):
	"""A moment of March, eight hours ahead of the server's."""
	return freeze_time(datetime(2026, 3, day, hour) - timedelta(hours=8))


@pytest.fixture
def people():
	"""Bo with the days Bo works, Ann who answers for HR, and Hua who leads it."""
	bo, ann, hua = make_referrer("Bo"), hr.make_user(roles=("HR User",)), hr.make_hr_manager()
	march = {"from_date": "2026-03-01", "to_date": "2026-03-31"}
	days = frappe.get_doc(doctype="Holiday List", holiday_list_name=hr.unique("Days"), **march).insert()
	bo.db_set("holiday_list", days.name)
	settings = {"feedback_hr": ann.name, "hr_manager": hua.name, "feedback_hr_first": 0, "feedback_hours": 8}
	settings |= {"feedback_works_from": "09:00:00", "feedback_works_to": "17:00:00"}
	for field, value in settings.items():
		frappe.db.set_single_value("Referral Hub Settings", field, value)
	frappe.clear_document_cache("Referral Hub Settings")
	return frappe._dict(bo=bo, ann=ann, hua=hua)


def call_back():
	"""Somebody who was referred once and did not come: HR calls them back, and they apply."""
	first = referrals.submit(hr.make_employee().name, make_candidate())
	referrals.close(first.name, "Expired")
	frappe.db.set_value("Candidate Key", {"referral": first.name}, "owned_until", hr.days_ago(1))
	record = frappe.db.get_value("Talent Pool Record", {"first_referral": first.name})
	return applicant_of(frappe.get_doc("Referral", desk_pool.call_back(record, hr.make_opening().name)))


def agree_on_goals(offer, *goals: dict) -> str:
	"""HR proposes, the candidate writes and agrees."""
	frappe.get_doc(
		doctype="Onboarding Goal Template",
		title=hr.unique("T"),
		designation=offer.designation,
		company=hr.COMPANY,
		goals=list(goals),
	).insert()
	plan = plans.make(offer)
	plans.propose(plan)
	plans.comment(plan, "Who shows me?")
	plans.accept(plan, fingerprint(goals_of(frappe.get_doc("Onboarding Goal Plan", plan))))
	return plan


def make_appraisal(employee: str, kra: str, cycle: str):
	weights = [{"kra": kra, "per_weightage": 100}]
	appraisal = {"employee": employee, "company": hr.COMPANY, "appraisal_cycle": cycle}
	return frappe.get_doc(doctype="Appraisal", appraisal_kra=weights, **appraisal).insert()


def ask(newcomer, question: str) -> str:
	return asking.ask(newcomer.name, "Tasks", question).name


def asked(name: str, *fields: str):
	return frappe.db.get_value("Path Feedback", name, list(fields))


def notices(user) -> int:
	return frappe.db.count("Notification Log", {"for_user": user.name, "from_user": "Administrator"})


def test_the_first_weeks_of_who_came_back_stand_in_hrms(people, as_user):
	kra = frappe.get_doc(doctype="KRA", title=hr.unique("KRA")).insert().name
	span = {"start_date": "2026-03-01", "end_date": "2026-05-31", "company": hr.COMPANY}
	cycle = frappe.get_doc(doctype="Appraisal Cycle", cycle_name=hr.unique("Cycle"), **span).insert().name
	offer = hr.make_offer(call_back(), status="Accepted")
	plan = agree_on_goals(
		offer, {"goal": "Know the till", "months": 1, "kra": kra}, {"goal": "20 sales", "months": 2}
	)
	with at(2, 9):
		user = hr.make_user(roles=("Employee",)).name
		newcomer = hr.hire(offer, date_of_joining="2026-03-02", user_id=user, reports_to=people.bo.name)
		assert starting.waiting([offer.job_applicant]) == [plan]
		starting.start(plan)
		appraisal = make_appraisal(newcomer.name, kra, cycle)
	till, sales = frappe.get_doc("Onboarding Goal Plan", plan).goals

	for day, progress in ((2, 20), (3, 40), (4, 50), (5, 70), (6, 100)):
		as_user(newcomer.user_id)
		with at(day, 16):
			reporting.report(newcomer.name, plan, till.name, str(progress))
		assert appraisal.reload().goal_score_percentage == progress
	for day, words in ((6, "The till is no riddle any more."), (13, "More people on Saturdays.")):
		as_user(people.bo.user_id)
		with at(day, 17):
			reporting.keep_talk(people.bo.name, plan, words)

	as_user(newcomer.user_id)
	with at(3, 10):
		quick = ask(newcomer, "Where is the key?")
	as_user(people.bo.user_id)
	with at(3, 15):
		answering.answer(quick, people.bo.user_id, "With Ann.")
	as_user(newcomer.user_id)
	with at(3, 16):
		asking.settle(quick, newcomer.name, 5)
	assert asked(quick, "state", "in_time", "hours_taken", "rating") == ("Resolved", 1, 5.0, 5)

	with at(4, 10):
		slow = ask(newcomer, "20 sales, with a till that is new?")
	as_user("Administrator")
	with at(5, 10):
		assert watching.due() == [slow]
		watching.look(slow)
		assert watching.due() == []
	assert (notices(people.ann), notices(people.hua)) == (1, 1)
	as_user(people.bo.user_id)
	with at(5, 11):
		answering.adjust_goal(
			slow, people.bo.user_id, sales.hrms_goal, "15 sales", "2026-06-01", "The till is new."
		)
		answering.answer(slow, people.bo.user_id, "You are right.")
	assert asked(slow, "state", "in_time", "hours_taken") == ("Answered", 0, 9.0)
	acts = frappe.get_all("Path Feedback Entry", {"feedback": slow}, pluck="act", order_by="seq asc")
	assert acts == ["Asked", "Overdue", "Goal Adjusted", "Answered"]

	as_user("Administrator")
	fields = ["goal_name", "progress", "status", "end_date", "appraisal_cycle"]
	rows = frappe.get_all("Goal", {"employee": newcomer.name}, fields, order_by="end_date asc", as_list=True)
	assert rows == (
		("Know the till", 100.0, "Completed", date(2026, 4, 2), cycle),
		("15 sales", 0.0, "Pending", date(2026, 6, 1), None),
	)
	comments = frappe.get_all(
		"Comment", {"reference_name": sales.hrms_goal, "comment_type": "Comment"}, pluck="content"
	)
	assert comments == ["Agreed anew: The till is new."]
	said = [(row.said_by, row.kind, row.about) for row in plans.said_of(plan) if row.said_by == plans.MANAGER]
	assert said == [
		("Manager", "Explanation", "20 sales"),
		("Manager", "Check-in", ""),
		("Manager", "Check-in", ""),
	]
	with at(13, 18):
		_columns, kept, *_rest = retention.execute({"since": "2026-03-02", "until": "2026-03-02"})
	assert [(row["group"], row["hires"], row["left"]) for row in kept] == [("Called Back", 1, 0)]
