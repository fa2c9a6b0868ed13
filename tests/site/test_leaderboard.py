"""Leaderboards on a live site: kept rows follow the referrals, leavers drop out, nobody incognito is named."""

import re

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from portal_factories import make_referrer
from referral_factories import make_referral

from referral_hub import hrms_events
from referral_hub.api.recognition import portal as api
from referral_hub.messages import preferences
from referral_hub.people import employments
from referral_hub.points import service as points
from referral_hub.portal import words
from referral_hub.recognition import best, boards, service
from referral_hub.recognition.rules.leaderboard import HIRES, MEASURES, POINTS, SCORE
from referral_hub.rewards.rules.periods import QUARTER, period_of

PAGE = "/referrals/people"


@pytest.fixture
def company():
	return hr.other_company()


@pytest.fixture
def people(company):
	"""Anna with two hires, Bo with one, Carl with one referral, all of one department of a company of their own."""
	department = hr.make_department(company=company).name
	found = {}
	for name, referrals, hires in (("Anna", 2, 2), ("Bo", 1, 1), ("Carl", 1, 0)):
		employee = make_referrer(name)
		employee.db_set({"company": company, "department": department})
		made = [make_referral(employee) for _ in range(referrals)]
		for referral in made[:hires]:
			hired = {"stage": "Joined", "outcome": "Hired", "joined_on": today(), "stays": f"{today()}/.."}
			frappe.db.set_value("Referral", referral.name, hired, update_modified=False)
		service.recount(employee.name)
		found[name] = employee
	return found


def quarter() -> str:
	return period_of(frappe.utils.getdate(today()), QUARTER)


def lines(reader, measure=HIRES, department=None) -> list[tuple]:
	found = boards.board(reader, quarter(), measure, department).lines
	return [(line.place, line.name) for line in found]


def earned(employee) -> str:
	"""Points as a reward brings them; return the entry."""
	source = ("Referral Reward", hr.unique("reward"))
	return points.post(employee.name, 70, "Issuance", hr.unique("earn"), source=source)


def test_the_rows_of_a_period_are_what_happened_in_it(people):
	rows = frappe.get_all(
		"Referral Standing", {"employee": people["Anna"].name}, ["length", "hires", "referrals", "score"]
	)
	assert sorted(row.length for row in rows) == ["Month", "Quarter", "Year"]
	assert {(row.hires, row.referrals) for row in rows} == {(2, 2)}
	kept = frappe.db.get_value("Referral Recognition", {"employee": people["Anna"].name}, "score")
	assert {row.score for row in rows} == {kept}


def test_a_board_shows_the_best_first_by_each_measure(people):
	anna = people["Anna"]
	names = {name: employee.employee_name for name, employee in people.items()}
	assert lines(anna, HIRES) == [(1, names["Anna"]), (2, names["Bo"])]
	assert lines(anna, SCORE) == [(1, names["Anna"]), (2, names["Bo"]), (3, names["Carl"])]
	earned(people["Carl"])
	points.post(people["Bo"].name, 90, "Issuance", hr.unique("won"))
	for name in ("Carl", "Bo"):
		service.recount(people[name].name)
	assert lines(anna, POINTS) == [(1, names["Carl"])]
	assert people["Carl"].name not in service.out_of_date()


def test_points_that_are_taken_back_do_not_count(people):
	carl = people["Carl"]
	entry = earned(carl)
	service.recount(carl.name)
	assert lines(carl, POINTS) == [(1, carl.employee_name)]
	points.reverse(entry, hr.unique("back"))
	service.recount(carl.name)
	assert lines(carl, POINTS) == []


def test_who_leaves_drops_out(people):
	anna, bo = people["Anna"], people["Bo"]
	frappe.db.set_value("Employee", anna.name, {"status": "Left", "relieving_date": add_days(today(), -1)})
	assert lines(bo) == [(1, bo.employee_name)]
	service.recount(anna.name)
	assert frappe.db.count("Referral Standing", {"employee": anna.name}) == 0


def test_nobody_incognito_is_named_and_in_a_small_group_not_even_counted(people, company):
	anna, bo = people["Anna"], people["Bo"]
	preferences.save(anna.name, channels={}, incognito=1)
	assert lines(bo) == [(1, bo.employee_name)]
	assert lines(anna) == [(1, anna.employee_name), (2, bo.employee_name)]
	for _ in range(4):
		hr.make_employee().db_set("company", company)
	assert lines(bo) == [(1, None), (2, bo.employee_name)]
	assert lines(bo, department=bo.department) == [(1, bo.employee_name)]


def test_who_is_transferred_stays_unnamed_and_their_level_hidden(people):
	anna, bo = people["Anna"], people["Bo"]
	preferences.save(anna.name, channels={}, level_visibility="Hidden")
	now = hr.transfer(anna)
	service.recount(employments.person_of(now.name))
	first = boards.board(bo, quarter(), HIRES).lines[0]
	assert (first.name, first.level) == (now.employee_name, None)
	preferences.save(now.name, channels={}, incognito=1)
	assert lines(bo) == [(1, bo.employee_name)]


def test_who_is_moved_is_counted_anew_at_once(people, monkeypatch):
	anna, bo, counted = people["Anna"], people["Bo"], []
	monkeypatch.setattr(hrms_events.recognition, "count_after_commit", counted.append)
	now = hr.transfer(anna)
	moved = frappe.get_doc("Employee", bo.name)
	moved.save()
	assert now.name in counted and bo.name not in counted
	moved.update({"department": hr.make_department(company=bo.company).name}).save()
	assert bo.name in counted


def test_departments_are_compared_per_head_and_small_ones_are_not_shown(people, company):
	anna = people["Anna"]
	assert boards.teams(company, quarter(), HIRES) == []
	for _ in range(3):
		hr.make_employee().db_set({"company": company, "department": anna.department})
	(team,) = boards.teams(company, quarter(), HIRES)
	assert (team.name, team.total, team.people) == (anna.department, 3, 6)
	frappe.db.set_value("Employee", anna.name, "status", "Left")
	(team,) = boards.teams(company, quarter(), HIRES)
	assert (team.total, team.people) == (1, 5)


def test_a_department_says_nothing_of_who_is_incognito_where_few_could_be_meant(people, company):
	bo = people["Bo"]
	preferences.save(bo.name, channels={}, incognito=1)
	for _ in range(3):
		hr.make_employee().db_set({"company": company, "department": bo.department})
	(team,) = boards.teams(company, quarter(), HIRES)
	assert (team.total, team.people) == (2, 6)


def test_fewer_than_five_are_never_a_group(people):
	anna, bo = people["Anna"], people["Bo"]
	frappe.db.set_single_value("Referral Hub Settings", "smallest_group", 1)
	preferences.save(anna.name, channels={}, incognito=1)
	assert lines(bo) == [(1, bo.employee_name)]
	assert boards.teams(bo.company, quarter(), HIRES) == []


def test_the_level_stands_beside_a_name_only_where_its_owner_lets_it(people):
	anna, bo = people["Anna"], people["Bo"]

	def levels():
		return [line.level for line in boards.board(bo, quarter(), HIRES).lines]

	assert levels() == ["Silver Referrer", "Bronze Referrer"]
	for employee in (anna, bo):
		preferences.save(employee.name, channels={}, level_visibility="Hidden")
	assert levels() == [None, "Bronze Referrer"]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_best_are_found_by_an_index(people, measure):
	anna = people["Anna"]
	for more in ({}, {"department": anna.department}):
		asked, values = best.query({"company": anna.company, "period": quarter(), **more}, measure, 60)
		first = frappe.db.sql(f"explain {asked}", values, as_dict=True)[0]
		assert (first.table, first.key) == ("standing", f"best_by_{measure}")


def test_the_page_shows_my_company_my_department_and_the_departments(people, as_user):
	anna, bo = people["Anna"], people["Bo"]
	as_user(bo.user_id)
	frappe.local.lang = "en"
	page = web.get(f"{PAGE}?by=hires").text
	assert words.period(quarter()) in page and anna.employee_name in page
	assert f"You, {bo.employee_name}" in page
	assert anna.employee_name in web.get(f"{PAGE}?by=hires&among=department&length=Year").text
	assert "Departments of fewer than 5 people are not shown." in web.get(f"{PAGE}?among=teams").text
	before = web.get(f"{PAGE}?by=hires&when=before").text
	assert "Nobody stands here yet" in before
	assert web.get(f"{PAGE}?by=secret&length=Ever&among=all&when=never").status_code == 200
	frappe.local.lang = "zh"
	chinese = web.get(f"{PAGE}?by=hires").text
	assert "推荐榜" in chinese
	assert re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', chinese) == ["名次", "同事", "入职人数"]


def test_a_colleague_of_another_company_is_not_on_the_board(people, as_user):
	as_user("Administrator")
	other = make_referrer("Zoe")
	as_user(other.user_id)
	frappe.local.lang = "en"
	assert people["Anna"].employee_name not in web.get(f"{PAGE}?by=hires").text


def test_hr_may_do_without_leaderboards_and_points_are_compared_only_where_hr_wants_it(people, as_user):
	bo = people["Bo"]
	as_user(bo.user_id)
	frappe.local.lang = "en"
	asked = "Points</option>"
	assert asked not in web.get(f"{PAGE}?by=points").text
	change_setting("leaderboard_points", 1)
	assert asked in web.get(f"{PAGE}?by=points").text
	change_setting("show_leaderboard", 0)
	assert web.get(PAGE).status_code == 404
	assert [
		path for path in ("/referrals/rules", "/referrals/recognition") if PAGE in web.get(path).text
	] == []
	with pytest.raises(frappe.DoesNotExistError):
		api.leaderboard()


def change_setting(field: str, value: int) -> None:
	frappe.db.set_single_value("Referral Hub Settings", field, value)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
