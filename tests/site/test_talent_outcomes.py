"""The report of calling people back: three were written to, one answered and one was hired, and it says how sure that is."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, add_to_date, now_datetime, today

from referral_hub.api import desk_pool
from referral_hub.referral_hub.report.recall_outcomes import recall_outcomes
from referral_hub.talent import service, signals

POOL = "Talent Pool Record"


@pytest.fixture(autouse=True)
def nobody_else():
	frappe.db.delete("Talent Interaction")


def call(reason: str, days: int = 2):
	person = frappe.get_doc(
		doctype=POOL, person_name=hr.unique("Li Na"), email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	person.db_set("reason", reason)
	moment = add_days(now_datetime(), -days)
	service.note(person.name, "Call", "Hello", direction="Out", happened_on=moment)
	return person


def report(by: str = "Reason", **filters) -> list[dict]:
	return recall_outcomes.execute({"by": by, "until": add_days(today(), 1), **filters})[1]


def test_the_report_says_who_answered_came_back_and_was_hired():
	people = [call("No-show") for _number in range(3)]
	call("Withdrawn")
	service.note(people[0].name, "E-mail", "Why not?", direction="In")
	desk_pool.call_back(people[0].name, hr.make_opening().name)
	hr.hire_applicant(frappe.get_doc("Job Applicant", people[0].reload().job_applicant))
	service.note(people[1].name, "Call", "Perhaps", direction="In")
	first, second = report()
	assert (first["group"], first["called"]) == ("No-show", 3)
	assert first["replied"] == "2 of 3: 67 % (21 to 94 %)"
	assert (first["applied_again"], first["hired"]) == ("1 of 3: 33 % (6 to 79 %)",) * 2
	assert first["retained"] == "0 of 3: 0 % (0 to 56 %)"
	assert (second["group"], second["replied"]) == ("Withdrawn", "0 of 1: 0 % (0 to 79 %)")


def test_each_figure_leads_to_the_people_it_counts():
	people = [call("No-show", days) for days in (4, 3, 2)]
	call("Withdrawn")
	service.note(people[1].name, "E-mail", "Why not?", direction="In")

	def behind(step: str, group: str = "No-show") -> list[str]:
		return [
			row["record"]
			for row in recall_outcomes.execute(
				{"by": "Reason", "until": add_days(today(), 1), "step": step, "group": group}
			)[1]
		]

	assert behind("called") == [person.name for person in reversed(people)]
	assert (behind("replied"), behind("hired"), behind("replied", "Withdrawn")) == ([people[1].name], [], [])
	assert (len(behind("called", "")), behind("called", "-")) == (4, [])
	(row,) = [row for row in report() if row["group"] == "No-show"]
	assert (row["key"], row["called"], row["replied"].partition(":")[0]) == ("No-show", 3, "1 of 3")


@pytest.mark.parametrize(("hours", "counted"), [(-1, "0 of 1"), (1, "1 of 1")])
def test_an_answer_or_a_match_counts_from_the_moment_of_the_call(hours, counted):
	person = call("No-show")
	at = frappe.db.get_value("Talent Interaction", {"record": person.name}, "happened_on")
	moment = add_to_date(at, hours=hours)
	service.note(person.name, "E-mail", "Why not?", direction="In", happened_on=moment)
	person.db_set("matched_on", moment)
	(row,) = report()
	assert [row[outcome].partition(":")[0] for outcome in ("replied", "applied_again")] == [counted] * 2


def hire(person, joined: str):
	desk_pool.call_back(person.name, hr.make_opening().name)
	applicant = frappe.get_doc("Job Applicant", person.reload().job_applicant)
	return hr.hire_applicant(applicant, date_of_joining=joined)


def test_only_who_has_come_is_hired_and_only_who_was_here_after_half_a_year_has_stayed():
	stays, leaves, comes_later, interested = (call("No-show", 300) for _number in range(4))
	hire(stays, hr.days_ago(250))
	hire(leaves, hr.days_ago(250)).db_set("relieving_date", hr.days_ago(200))
	hire(comes_later, hr.in_days(10))
	interested.db_set("consent_state", "Given")
	signals.add(interested.name, "Interested", "")
	(row,) = report()
	outcomes = ("interested", "applied_again", "hired", "retained")
	assert [row[outcome].partition(":")[0] for outcome in outcomes] == [
		"4 of 4",
		"3 of 4",
		"2 of 4",
		"1 of 4",
	]


def test_without_days_the_last_year_is_shown_of_the_company_asked_for():
	call("No-show", 400)
	assert report() == []
	assert [row["called"] for row in report(since=hr.days_ago(401), company=hr.COMPANY)] == [1]
	assert report(since=hr.days_ago(401), company="Another") == []


def test_by_sender_template_and_step(as_user):
	recruiter = hr.make_user(roles=("HR User",)).name
	as_user(recruiter)
	person = call("No-show")
	assert [(row["group"], row["called"]) for row in report("Sender")] == [(recruiter, 1)]
	assert [row["group"] for row in report("Template")] == ["None"]
	contact = frappe.db.get_value("Talent Interaction", {"record": person.name})
	prompt = frappe.get_doc(doctype="Talent Prompt", record=person.name, after_days=30, interaction=contact)
	prompt.name = "row" + frappe.generate_hash(length=8)
	prompt.db_insert()
	assert [row["group"] for row in report("Step")] == ["30 days"]
	prompt.db_set("after_days", -1)  # a day somebody chose is no step
	assert [row["group"] for row in report("Step")] == ["None"]


def test_hr_of_another_company_reads_nothing(as_user):
	call("No-show")
	user = hr.make_user(roles=("HR User",)).name
	company = frappe.get_doc(doctype="Company", company_name=hr.unique("Other"), abbr=hr.unique("O")[-4:])
	company.name = company.company_name
	company.db_insert()
	frappe.get_doc(doctype="User Permission", user=user, allow="Company", for_value=company.name).insert()
	as_user(user)
	assert report() == []
	assert report(step="called") == []
