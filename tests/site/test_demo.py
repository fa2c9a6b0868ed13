"""The demo is a smoke test of everything, and leaves a site as it was: whole, made twice, or killed half way."""

import subprocess
import sys
from pathlib import Path

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from frappe.desk import query_report
from live_site import site_name, sites_folder
from referral_factories import make_resume

from referral_hub.points import service as points
from referral_hub.points.proving import heads_file
from referral_hub.referrals import service as referrals
from referral_hub.referrals.service import Candidate, Resume
from referral_hub.setup import demo
from referral_hub.setup.demo import around, career_cast, cast, company, history

FEW = 16


@pytest.fixture(autouse=True)
def own_heads_file(monkeypatch, tmp_path):
	"""Removing the demo is written into the file of daily heads; the site's own stays as it is."""
	monkeypatch.setattr(heads_file, "path", lambda: tmp_path / "points-heads.jsonl")


def test_the_demo_tells_a_year_and_goes_without_a_trace(commits, monkeypatch, as_user):
	monkeypatch.setattr(history, "REFERRALS_AT_SCALE_ONE", FEW)
	theirs = file_of_a_stranger(commits)
	before, files, said = contents(), files_on_disk(), []
	logins = demo.make(1, said.append)
	assert [login["what"] for login in logins] == [what for what, _roles, _language in cast.LOGINS.values()]
	assert len({login["password"] for login in logins}) == len(logins)
	assert frappe.db.count("Referral", {"company": cast.COMPANY}) == FEW + around.REFERRALS
	assert around_it() == {
		"Referral Program": 1,
		"Referral Program Case": 10,  # what is not named is filled in
		"Referral Link": 9,
		"Referral Application": 2,
		"Talent Pool Record": 3,
		"Named Referrer": 1,
		"Referral Dispute": 2,
		"Referral Nudge": 3,
	}
	assert on_the_path() == {
		"Performance Path": 1,
		"Employee Promotion": 10,
		"Onboarding Goal Template": 1,
		"Onboarding Goal Plan": 1,
		"Goal": 5,
		"Path Feedback": 2,
	}
	shown_on_the_portal(as_user)
	assert frappe.db.count("Referral Message", {"state": ("!=", "Skipped")}) == 0
	assert frappe.db.count("Email Queue") == before["tabEmail Queue"]
	assert set(frappe.get_all("Referral Reward", {"company": cast.COMPANY}, pluck="state")) == {"Paid"}
	assert points.verify() == []
	reports_tie()
	whole = contents()
	assert demo.make(1, said.append) == []
	assert contents() == whole
	on_disk = files_on_disk()
	refer_with_a_resume(theirs.get_content())
	assert len(files_on_disk() - on_disk) == 2  # the third has the content of the stranger's
	demo.take_away(said.append)
	assert contents() == before
	assert files_on_disk() == files
	assert frappe.get_doc("File", theirs.name).get_content() == theirs.get_content()
	assert points.verify() == []


def test_a_demo_that_was_killed_half_way_goes_without_a_trace(commits):
	before = contents()
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site_name(), "hub-demo"]
	process = subprocess.Popen(command, cwd=sites_folder(), stdout=subprocess.PIPE, text=True)
	for line in process.stdout:
		if line.startswith("10 of"):
			break
	process.kill()
	process.wait()
	frappe.db.rollback()
	assert contents() != before
	demo.take_away(lambda words: None)
	assert contents() == before
	assert points.verify() == []


def test_a_site_without_a_company_is_told_what_to_do(monkeypatch):
	monkeypatch.setattr(frappe.db, "count", lambda *args, **kwargs: 0)
	with pytest.raises(frappe.ValidationError, match="Complete the setup wizard first"):
		demo.make(1, lambda words: None)


def file_of_a_stranger(commits):
	"""A private file of somebody outside the demo."""
	words = {"file_name": "letter.pdf", "is_private": 1, "content": make_resume().content}
	about = {"attached_to_doctype": "User", "attached_to_name": "Administrator"}
	file = frappe.get_doc(doctype="File", **words, **about).insert()
	commits.at_end(lambda: frappe.delete_doc("File", file.name, delete_permanently=True))
	commits.commit()
	return file


def refer_with_a_resume(content_of_a_stranger: bytes) -> None:
	"""As the portal writes them: by an employee, for an opening and for none, and by a guest who came through a link."""
	[employee, *_rest] = frappe.get_all(
		"Employee", {"company": cast.COMPANY, "user_id": ("is", "set")}, ["name", "user_id"], order_by="name"
	)
	opening = frappe.db.get_value("Job Opening", {"company": cast.COMPANY, "status": "Open"})
	strange = Resume("same.pdf", content_of_a_stranger)
	for user, given, resume in (
		(employee.user_id, opening, make_resume()),
		(employee.user_id, None, make_resume()),
		("Guest", None, strange),
	):
		frappe.set_user(user)
		candidate = Candidate(hr.unique("Candidate"), hr.unique_email("demo"))
		referrals.submit(employee.name, candidate, given, resume=resume)
	frappe.set_user("Administrator")
	frappe.db.commit()


def files_on_disk() -> set[str]:
	return {path.name for path in Path(frappe.get_site_path("private", "files")).iterdir()}


def around_it() -> dict[str, int]:
	"""How many of each the demo made besides the year of referrals."""
	named = (
		"Referral Program",
		"Referral Program Case",
		"Referral Link",
		"Referral Application",
		"Talent Pool Record",
	)
	named += ("Named Referrer", "Referral Dispute", "Referral Nudge")
	return {name: frappe.db.count(name, {"owner": cast.ACTOR}) for name in named}


def on_the_path() -> dict[str, int]:
	named = ("Performance Path", "Employee Promotion", "Onboarding Goal Template", "Onboarding Goal Plan")
	return {
		name: frappe.db.count(name, {"company": cast.COMPANY}) for name in (*named, "Goal", "Path Feedback")
	}


def reports_tie() -> None:
	"""One year, told by several reports: the same people, and what the ledger and payroll hold of it."""

	def told(report: str) -> dict:
		return query_report.run(report, {"company": cast.COMPANY, "since": "2000-01-01"})

	hired = frappe.db.count("Referral", {"company": cast.COMPANY, "joined_on": ("is", "set")})
	funnel = told("Referral Funnel")["result"][-1]
	channels = {row["key"]: row for row in told("Channel Comparison")["result"] if "key" in row}
	stays = {row["key"]: row for row in told("Retention")["result"]}
	assert [funnel["joined"], channels["referral"]["joined"], stays["Referred"]["hires"]] == [hired] * 3
	register = told("Reward Register")
	paid = sum(row["paid"] + row["confirmed"] for row in register["result"])
	assert paid == frappe.db.count("Referral Reward", {"company": cast.COMPANY, "state": "Paid"}) > 0
	# the few of the demo are paid in points: of payroll there is nothing to say
	assert set(frappe.get_all("Referral Reward", {"company": cast.COMPANY}, pluck="kind")) == {"Points"}
	points_paid = frappe.db.get_value(
		"Referral Reward", {"company": cast.COMPANY, "state": "Paid"}, "sum(amount)"
	)
	tied = f"Points rewards: {points_paid:,.0f} handed over, and the points ledger says the same."
	assert register["message"] == tied


def shown_on_the_portal(as_user) -> None:
	"""What the first login and their manager find on the portal."""
	for user, path, words in (
		(0, "/referrals/path", ("Senior Store Assistant", career_cast.OWN_WORDS, "Fatima")),
		(0, "/referrals/feedback", tuple(question for _topic, question in career_cast.QUESTIONS)),
		(5, "/referrals/goals", (career_cast.FIRST_GOALS[0][0], career_cast.MANAGER_SAYS)),
		(5, "/referrals/feedback", (career_cast.QUESTIONS[1][1],)),
	):
		as_user(company.login_address(user))
		frappe.local.lang = "en"
		page = web.get(path).text
		assert [each for each in words if each not in page] == [], path
	as_user("Administrator")
	shown = frappe.get_all("Path Evidence", {"is_shown": 1, "department": ("is", "not set")}, pluck="figure")
	assert {"Promotion Rate", "Months to the Next Level"} <= set(shown)


def contents() -> dict[str, int]:
	"""Return how many rows each table has, and what the settings and number series are."""
	frappe.db.rollback()
	frappe.clear_cache()
	tables = frappe.db.sql("show tables", pluck=True)
	counts = {table: frappe.db.sql(f"select count(*) from `{table}`")[0][0] for table in tables}
	singles = frappe.db.sql(
		"select doctype, field, value from tabSingles where field != 'modified' order by doctype, field, value"
	)
	series = frappe.db.sql("select name from tabSeries order by name", pluck=True)
	return {**counts, "singles": singles, "series": series}
