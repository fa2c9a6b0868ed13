"""What if: real referrals played through rules. Those in force come to exactly what the site promised; nothing is written."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.desk import query_report
from frappe.utils import add_days, add_months, getdate, today

from referral_hub.people import employments
from referral_hub.referral_hub.report.reward_what_if import reward_what_if, views
from referral_hub.referrals import service as referrals
from referral_hub.rewards import counting
from referral_hub.rewards import service as rewards
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.simulating import history
from referral_hub.rewards.simulating import service as what_if
from referral_hub.rewards.simulating.choosing import DraftsCollide
from referral_hub.rewards.simulating.reading import read_only


@pytest.fixture(autouse=True)
def no_other_rules(site):
	"""Neither rules nor referrals of anybody else."""
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	frappe.db.set_value("Referral", {"name": ("is", "set")}, "submitted_on", "2001-01-01")


def asked(**filters) -> what_if.Answer:
	return what_if.answer(reward_what_if.question(filters))


def sums(answer, key, cast) -> dict:
	lines = answer.lines(key)
	return {line.key: (line.of(cast).money, line.of(cast).points, line.of(cast).pieces) for line in lines}


def both(answer, key) -> tuple[dict, dict]:
	return sums(answer, key, what_if.CURRENT), sums(answer, key, what_if.GOT)


def drawn(view) -> tuple:
	"""Return what the chart of a view draws: its type, its labels, the values of each line or row of bars."""
	data = view.chart["data"]
	return view.chart["type"], data["labels"], [each["values"] for each in data["datasets"]]


def front_line(opening):
	"""Shares of 3,000 and 100 for the interview; half as much again when urgent, twice in the campaign, more for staying."""
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, urgency="Urgent").insert()
	campaign = {"factor": "Campaign", "times": 2, "title": "Autumn", "valid_from": add_days(today(), -5)}
	staying = {"factor": "Staying", "times": 1.2, "after_months": 1}
	return given.make_rule(
		given.points("Received", 10),
		given.cash("Interviewed", 100, payout_delay_days=40),
		given.cash("Joined", 3000, share_percent=30),
		given.cash("Confirmed", 3000, share_percent=70),
		given.points("Joined", 50, back_within_months=6),
		designation=opening.designation,
		factors=[{"factor": "Urgent", "times": 1.5}, campaign, staying],
	)


def seven() -> frappe._dict:
	"""Seven referrals of two people: a budget, shares, a choice, factors, several hires, a hire who left, one not selected, ..."""
	front, engineer = make.make_opening(), make.make_opening()
	li, wang = make.make_employee(), make.make_employee()
	front_line(front)
	given.make_rule(
		given.points("Received", 10),
		given.cash("Joined", 1000, option="A"),
		given.cash("Joined", 500, option="B"),
		given.points("Joined", 700, option="B"),
		designation=engineer.designation,
	)
	given.make_rule(
		given.points("Joined", 2000, hires=2),
		given.points("Joined", 9000, hires=3),
		pays_for="Several Hires",
		period="Any Time",
	)
	made = [(li, front), (wang, front), (wang, front), (li, engineer), (li, engineer)]
	made += [(wang, engineer), (wang, engineer)]
	return frappe._dict(li=li, wang=wang, stories=[given.refer(*each) for each in made])


def live(told: frappe._dict) -> None:
	"""HR goes on with most of them; one joined long enough ago for staying and probation."""
	stays, leaves, refused, chooses, waits, stranger, _stopped = told.stories
	given.interview(stays, "Cleared")
	long_ago, confirmed = add_months(today(), -8), add_months(today(), -2)
	given.hire(stays, date_of_joining=long_ago, final_confirmation_date=confirmed)
	gone = given.hire(leaves, date_of_joining=add_days(today(), -20))
	frappe.db.set_value("Employee", gone.name, {"status": "Left", "relieving_date": add_days(today(), -2)})
	given.follow(leaves)
	refused.applicant.reload()
	refused.applicant.update({"status": "Rejected"}).save()
	given.follow(refused)
	for story in (chooses, waits):
		given.hire(story, date_of_joining=add_days(today(), -1))
	rewards.choose(chooses.name, "B")
	referrals.close(stranger.name, "Ineligible")
	for person in (told.li, told.wang):
		counting.count(person.name)


def test_the_rules_in_force_come_to_exactly_what_the_site_promised():
	budget = {"budget_amount": 36500, "budget_currency": "CNY", "budget_used": 0}
	frappe.db.set_value("Referral Program", {"name": ("is", "set")}, budget)
	told = seven()
	live(told)
	answer = asked()
	stopped = [story.name for story in told.stories if "used up" in story.referral.terms]
	assert stopped == [told.stories[6].name]  # 3 x 11,160 and 3 x 1,000 were promised before
	assert [past.referral for past in answer.current.stopped] == stopped
	assert len(answer.history.pasts) == 7
	for key in (
		tallies.by_referral,
		tallies.by_person,
		tallies.by_kind,
		tallies.by_month,
		tallies.by_department,
	):
		current, got = both(answer, key)
		assert current == got
	(li, wang) = (answer.lines(tallies.by_person)[n] for n in (0, 1))
	assert {li.key, wang.key} == {told.li.name, told.wang.name}
	bonuses = [(piece.person, piece.amount) for piece in answer.current.pieces if piece.hires]
	assert bonuses == [(told.li.name, 2000), (told.li.name, 9000)]  # three hires of one, not two of the other
	assert answer.gains() == []


def test_a_draft_takes_the_place_of_the_rule_for_the_same_openings_and_says_who_gains():
	opening, li, wang = make.make_opening(), make.make_employee(), make.make_employee()
	rule = given.make_rule(
		given.cash("Joined", 1000), given.points("Received", 10), designation=opening.designation
	)
	hired, _waits = given.refer(li, opening), given.refer(wang, opening)
	given.hire(hired)
	draft = given.make_rule(given.cash("Joined", 5000), designation=opening.designation, enabled=0)
	answer = asked(drafts=[draft.name])
	assert answer.choice.replaced == [rule.rule_name]
	assert [(line.key, line.difference(what_if.TRIED, what_if.GOT)) for line in answer.gains()] == [
		(li.name, (4000, -10)),
		(wang.name, (0, -10)),
	]
	other = given.make_rule(given.cash("Joined", 1), designation=opening.designation, enabled=0)
	with pytest.raises(DraftsCollide, match="are for the same openings. Try one of them."):
		asked(drafts=[draft.name, other.name])


def test_what_adds_up_is_named_with_the_rule_alone_beside_it_and_what_no_rule_fits():
	opening, employee = make.make_opening(), make.make_employee()
	rule = front_line(opening)
	story = given.refer(employee, opening)
	(row,) = views.stacked(asked()).rows
	assert row == {
		"rule": rule.rule_name,
		"parts": "times 1.5 (Urgent) + times 2 (campaign Autumn) + times 1.2 (for staying)",
		"how": "Multiply",
		"referrals": 1,
		"base": 3100,
		"promised": 3100 * 3 * 1.2,
		"base_points": 60,
		"promised_points": 60 * 3 * 1.2,
		"times": pytest.approx(3.6),
		"example": story.name,
		"currency": "CNY",
	}
	without = asked(leave_out=[rule.name])
	assert (without.tried.pieces, [row["referral"] for row in views.unfit(without).rows]) == (
		[],
		[story.name],
	)


def test_each_view_has_its_figures_in_a_table_and_draws_them():
	department = make.make_department().name
	li, wang = make.make_employee(), make.make_employee()
	rule = given.make_rule(given.cash("Received", 1000), given.points("Received", 10))
	ours, elsewhere = make.make_opening(department=department), make.make_opening()
	of_li, of_wang = given.refer(li, ours), given.refer(wang, elsewhere)
	draft = given.make_rule(given.cash("Received", 1500), designation=ours.designation, enabled=0)
	answer = asked(drafts=[draft.name])
	shown = {name: view(answer) for name, view in views.VIEWS.items()}

	def table(view: str, *about: str) -> list[tuple]:
		figures = ("got", "current", "tried", "difference", "tried_points", "difference_points")
		return [tuple(row[name] for name in (*about, *figures)) for row in shown[view].rows]

	month, more, alike = today()[:7], (1000, 1000, 1500, 500, 0, -10), (1000, 1000, 1000, 0, 10, 0)
	assert table("By Month", "month") == [(month, 2000, 2000, 2500, 500, 10, -10)]
	assert drawn(shown["By Month"]) == ("bar", [month], [[2000], [2000], [2500]])
	assert table("By Department", "department") == [(None, *alike), (department, *more)]
	values = [[1000, 1000], [1000, 1000], [1500, 1000]]
	assert drawn(shown["By Department"]) == ("bar", [department, "None"], values)
	both_of = table("By Month and Department", "month", "department")
	assert both_of == [(month, None, *alike), (month, department, *more)]
	assert drawn(shown["By Month and Department"]) == drawn(shown["By Month"])
	winners = table("Winners and Losers", "employee", "employee_name")
	assert winners == [(li.name, li.employee_name, *more)]
	assert drawn(shown["Winners and Losers"]) == ("bar", [li.employee_name], [[500]])
	one_by_one = table("Each Referral", "referral", "rule")
	assert one_by_one == [(of_li.name, draft.rule_name, *more), (of_wang.name, rule.rule_name, *alike)]
	columns = ("kind", "what", "got", "got_times", "tried", "tried_times")
	by_kind = [tuple(row[name] for name in columns) for row in shown["By Kind"].rows]
	assert by_kind == [("Cash", "CNY", 2000, 2, 2500, 2), ("Points", "", 20, 2, 10, 1)]
	whole = [figure["value"] for figure in reward_what_if.summary(answer)]
	assert whole == [2, 2000, 2000, 2500, 500, -10, 0, 0]


def test_a_budget_is_shown_as_it_would_have_burnt_down():
	opening, employee = make.make_opening(), make.make_employee()
	program = {
		"program_name": make.unique("Main"),
		"enabled": 1,
		"budget_amount": 2500,
		"budget_currency": "CNY",
	}
	program = frappe.get_doc(doctype="Referral Program", **program).insert()
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program.name)
	given.make_rule(given.cash("Joined", 1000), designation=opening.designation)
	for _n in range(2):
		given.refer(employee, opening)
	draft = given.make_rule(given.cash("Joined", 2000), designation=opening.designation, enabled=0)
	answer = asked(drafts=[draft.name])
	burnt = views.budgets(answer)
	(row,) = burnt.rows
	assert (row["limit"], row["current"], row["tried"], row["percent"]) == (2500, 2000, 2000, 80)
	assert drawn(burnt) == ("line", [today()[:7]], [[2000], [2000], [2500]])
	assert (len(answer.tried.stopped), len(answer.current.stopped)) == (1, 0)
	assert "promises not made after that: 1." in reward_what_if.said(answer)


def test_a_budget_begins_with_earlier_referrals_and_counts_points_at_their_value():
	opening, employee = make.make_opening(), make.make_employee()
	budget = {"budget_amount": 2500, "budget_currency": "CNY", "budget_point_value": 2}
	program = frappe.get_doc(
		doctype="Referral Program", program_name=make.unique("Main"), enabled=1, **budget
	)
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program.insert().name)
	given.make_rule(given.points("Received", 200), designation=opening.designation)
	earlier, _later = given.refer(employee, opening), given.refer(employee, opening)
	frappe.db.set_value("Referral", earlier.name, "submitted_on", add_months(today(), -24))
	answer = asked()
	(row,) = views.budgets(answer).rows
	assert (len(answer.history.pasts), row["limit"], row["current"]) == (1, 2500, 800)


def test_what_is_chosen_above_the_report_is_what_is_asked():
	days = {"from_date": "2026-01-01", "to_date": "2026-06-30"}
	ticked = {"only_drafts": "1", "as_dated": 1, "months_later": "12", "compare_with": "Rules in Force"}
	rules = {"drafts": '["A", "B"]', "leave_out": "C"}
	assert reward_what_if.question({**days, **ticked, **rules, "currency": "USD"}) == what_if.Question(
		period=history.Asked(getdate("2026-01-01"), getdate("2026-06-30")),
		currency="USD",
		drafts=["A", "B"],
		leave_out=["C"],
		only_drafts=True,
		as_dated=True,
		months_later=12,
		compared_with=what_if.CURRENT,
	)
	with pytest.raises(frappe.ValidationError, match="The first day is after the last day."):
		asked(**(days | {"to_date": "2025-12-31"}))


def test_what_was_frozen_what_was_chosen_and_who_is_who_is_read_from_the_records():
	opening = make.make_opening()
	one, again = make.make_employee(), make.make_employee()
	born = {"date_of_birth": "1990-01-01", "user_id": "li.na@hub.example"}
	frappe.db.set_value("Employee", {"name": ("in", [one.name, again.name])}, born)
	given.make_rule(given.points("Received", 10), designation=opening.designation)
	first, second = given.refer(one, opening), given.refer(again, opening)
	terms = frappe.parse_json(first.referral.terms) | {"frozen_on": add_days(today(), -30)}
	chosen = {"reward_option": "B", "reward_mix": "Cash + Points", "terms": frappe.as_json(terms)}
	frappe.db.set_value("Referral", first.name, chosen)
	badge = frappe.get_doc(doctype="Recognition Badge", badge_name=make.unique("Gold")).insert()
	award = frappe.new_doc("Recognition Award")
	days = {"awarded_on": add_days(today(), -30), "revoked_on": today()}
	award.update({"employee": again.name, "badge": badge.name, **days}).db_insert()
	pasts = {past.referral: past for past in asked().history.pasts}
	held = [pasts[story.name].facts.referrer_badges for story in (first, second)]
	assert held == [(badge.name,), ()]
	assert pasts[first.name].person == pasts[second.name].person
	assert pasts[first.name].promised_on == getdate(add_days(today(), -30))
	assert (pasts[first.name].option, pasts[first.name].mix) == ("B", "Cash + Points")


def test_hr_of_one_company_sees_its_referrals_alone_and_an_employee_none(as_user):
	opening, employee = make.make_opening(), make.make_employee(user=True)
	given.make_rule(given.cash("Received", 1000), designation=opening.designation)
	ours, theirs = given.refer(employee, opening), given.refer(employee, opening)
	frappe.db.set_value("Referral", theirs.name, "company", "Another Company")
	assert {past.referral for past in asked().history.pasts} == {ours.name, theirs.name}
	recruiter = make.make_user(roles=("HR User",)).name
	limit = {"user": recruiter, "allow": "Company", "for_value": make.COMPANY, "apply_to_all_doctypes": 1}
	frappe.get_doc(doctype="User Permission", **limit).insert()
	as_user(recruiter)
	for company in ("", "Another Company"):
		answer = asked(company=company, currency="CNY")
		assert [past.referral for past in answer.history.pasts] == [ours.name] * (not company)
		assert [piece.referral for piece in answer.history.got] == [ours.name] * (not company)
	as_user(employee.user_id)
	with pytest.raises(frappe.PermissionError):
		query_report.run("Reward What If", filters={})


def test_the_report_as_the_desk_asks_for_it_only_reads(monkeypatch):
	sent, send = [], frappe.database.mariadb.database.MariaDBDatabase.sql

	def recording(database, query, *arguments, **named):
		sent.append((database is frappe.local.db, str(query).split()[0].lower()))
		return send(database, query, *arguments, **named)

	callers = frappe.local.db
	monkeypatch.setattr(frappe.database.mariadb.database.MariaDBDatabase, "sql", recording)
	for show in views.VIEWS:
		answer = reward_what_if.execute({"show": show})
		assert (len(answer), answer[0][0]["fieldname"] != "") == (5, True)
	assert {word for _own, word in sent} <= {"select", "set", "start"}
	assert frappe.local.db is callers
	monkeypatch.setattr(what_if, "play", lambda *_args: frappe.db.delete("Referral Reward"))
	with pytest.raises(frappe.InReadOnlyMode):
		query_report.run("Reward What If", filters={"show": "By Month"})


def test_a_database_write_inside_is_refused_and_the_callers_transaction_goes_on():
	everything = {"name": ("is", "set")}
	frappe.db.set_value("Referral Program", everything, "budget_used", 1)
	connection = frappe.db.sql("select connection_id()")
	with read_only():
		assert frappe.db.sql("select connection_id()") != connection
		with pytest.raises(frappe.InReadOnlyMode):
			frappe.db.set_value("Referral Program", everything, "budget_used", 2)
		frappe.db.commit()  # what begins then can't write either
		with pytest.raises(frappe.InReadOnlyMode):
			frappe.db.delete("Referral Reward")
	assert frappe.db.sql("select connection_id()") == connection
	assert frappe.db.sql("select min(budget_used) from `tabReferral Program`")[0][0] == 1


def test_records_of_one_person_are_one_in_bulk_as_they_are_one_by_one():
	employees = [make.make_employee().name for _n in range(4)]
	born = {"date_of_birth": "1990-01-01", "user_id": "li.na@hub.example"}
	frappe.db.set_value("Employee", {"name": ("in", employees[:3])}, born)
	frappe.db.set_value(
		"Employee", employees[3], born | {"date_of_birth": "1991-01-01"}
	)  # the login was handed on
	persons = employments.persons()
	alike = [[persons.get(one, one) == persons.get(other, other) for other in employees] for one in employees]
	assert alike == [[employments.are_one(one, other) for other in employees] for one in employees]
	assert alike[0] == [True, True, True, False]


def test_a_budget_that_has_no_rate_counts_as_on_the_live_site_and_says_so():
	opening, employee = make.make_opening(), make.make_employee()
	budget = {"budget_amount": 1500, "budget_currency": "CNY"}
	program = frappe.get_doc(
		doctype="Referral Program", program_name=make.unique("Main"), enabled=1, **budget
	)
	program.insert()
	frappe.db.set_single_value("Referral Hub Settings", "default_program", program.name)
	frappe.db.delete("Currency Exchange")
	in_yuan, in_francs = given.cash("Joined", 1000), given.cash("Joined", 1000, currency="CHF")
	given.make_rule(in_yuan, in_francs, designation=opening.designation)
	for _n in range(2):
		given.refer(employee, opening)
	answer = asked(currency="USD")
	(row,) = views.budgets(answer).rows
	live = frappe.db.get_value("Referral Program", program.name, "budget_used")
	assert (row["limit"], row["current"], row["currency"], live) == (1500, 1000, "CNY", 1000)
	assert (answer.current.ahead, len(answer.current.stopped)) == (0, 1)
	said = reward_what_if.said(answer)
	assert "Not counted, because there is no exchange rate: CHF, CNY." in said
	words = "Promised, but not counted in the budget of {0}, because there is no exchange rate: CHF."
	assert words.format(program.name) in said
