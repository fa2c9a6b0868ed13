"""My path on the portal: where somebody is, also after designations were renamed; how far, counted from HRMS; nothing asked about others."""

from datetime import date
from decimal import Decimal

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from frappe.utils import getdate
from path_factories import level, make_goal, make_path, needed, promote
from portal_factories import make_referrer

from referral_hub.api.paths import desk as desk_paths
from referral_hub.paths import careers, former_names, measuring, placing, reading
from referral_hub.paths.editing import InvalidPath
from referral_hub.paths.measurements import NotMeasuredByHand
from referral_hub.paths.rules.careers import by_person, spells
from referral_hub.portal.growth import path_words


@pytest.fixture
def store():
	"""A path of three levels, the last in two branches."""
	clerk, head, expert = (hr.make_designation().name for _number in range(3))
	path = make_path(
		level("L1", clerk, usual_months=12),
		level(
			"L2",
			head,
			follows="L1",
			branch="Manager",
			pay_from=9000,
			pay_to=12000,
			currency="CNY",
			bonus_percent=10,
		),
		level("E2", expert, follows="L1", branch="Expert", brings="A title"),
		requirements=[
			needed("L2", "Projects", 4, unit="projects", source="Goal"),
			needed("L2", "Complaints", 2, at_most=1),
			needed("L2", "Way", 100, unit="%", source="Goal Progress"),
			needed("E2", "Training", 40, unit="hours", source="Timesheet"),
			needed(
				"E2",
				"ToDos",
				3,
				source="Documents",
				document_type="ToDo",
				employee_field="allocated_to",
				filters='[["status", "=", "Closed"]]',
			),
		],
	)
	return frappe._dict(path=path, clerk=clerk, head=head, expert=expert)


@pytest.fixture
def anna(as_user, store):
	employee = make_referrer("Anna", designation=store.clerk, date_of_joining="2025-01-10")
	frappe.local.lang = "en"
	return employee


def values(employee) -> dict:
	place = placing.place_of(employee.name)
	return measuring.values_ahead(place, employee.name, getdate())


def test_what_branches_are_called_is_translated_as_designations_are(store):
	frappe.local.lang = "zh"
	told = path_words.levels_told(store.path, {})
	frappe.local.lang = "en"
	assert [one["branch"] for one in told] == [None, "经理", "专家"]


def test_each_requirement_is_counted_from_its_own_source(store, anna):
	other = hr.make_employee()
	for progress in (100, 100, 40):
		make_goal(anna.name, progress)
	make_goal(other.name, 100)
	make_goal(anna.name, 100, start_date="2024-12-01", end_date="2024-12-31")  # before they came
	for whose, state in ((anna.user_id, "Closed"), (anna.user_id, "Open"), ("Administrator", "Closed")):
		frappe.get_doc(doctype="ToDo", description="x", allocated_to=whose, status=state).insert()
	for on, value in ((hr.days_ago(40), 3), (hr.days_ago(2), 1)):
		measure(store, anna, "Complaints", value, on)
	assert values(anna) == {
		("L2", "Projects"): Decimal(2),
		("L2", "Complaints"): Decimal("1.00"),
		("L2", "Way"): Decimal("80.00"),
		("E2", "Training"): Decimal("0.00"),
		("E2", "ToDos"): Decimal(1),
	}


def measure(store, employee, requirement: str, value: float, on: str):
	return frappe.get_doc(
		doctype="Path Measurement",
		employee=employee.name,
		path=store.path.name,
		level="L2",
		requirement=requirement,
		value=value,
		measured_on=on,
	).insert()


def test_what_is_counted_is_not_measured_by_hand(store, anna):
	with pytest.raises(NotMeasuredByHand):
		measure(store, anna, "Projects", 10, hr.days_ago(1))


def test_hr_of_another_company_measures_nobody_here(store, anna, as_user):
	foreign = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(
		doctype="User Permission", user=foreign, allow="Company", for_value=hr.other_company()
	).insert()
	as_user(foreign)
	with pytest.raises(frappe.PermissionError):
		measure(store, anna, "Complaints", 9, hr.days_ago(1))


@pytest.mark.parametrize(
	("changed", "said"),
	[
		({"document_type": "System Settings"}, "System Settings can't be counted."),
		(
			{"employee_field": "description"},
			"ToDo has no field description that links to an Employee or a User.",
		),
		({"date_field": "priority"}, "ToDo has no date priority."),
		({"filters": "status"}, "The filters are no list as in the example."),
		({"filters": '[["status", "like", "%"]]'}, "The filters are no list as in the example."),
		({"filters": '[["status", "=", ["select"], 1]]'}, "The filters are no list as in the example."),
		({"filters": '[["name) or (1", "=", "1"]]'}, "ToDo has no field name) or (1 to filter by."),
		(
			{"document_type": "User", "employee_field": "owner", "filters": '[["new_password", "=", "x"]]'},
			"User has no field new_password to filter by.",
		),
	],
)
def test_nothing_but_what_is_safe_is_counted(store, changed, said):
	row = store.path.requirements[-1]
	row.update(changed)
	with pytest.raises(InvalidPath) as refused:
		store.path.save()
	assert str(refused.value) == f"Level E2, ToDos: {said}"


def test_nobody_has_counted_what_they_may_not_read(store, as_user):
	manager = hr.make_user(roles=("HR Manager",)).name
	as_user(manager)
	path = frappe.get_doc("Performance Path", store.path.name)
	path.requirements[-1].update(
		{"document_type": "Purchase Invoice", "employee_field": "owner", "filters": ""}
	)
	with pytest.raises(InvalidPath, match="You may not read Purchase Invoice"):
		path.save()


def test_who_was_promoted_counts_from_that_day(store, anna):
	promote(anna.name, "2026-03-01", designation=store.head)
	place = placing.place_of(anna.name)
	assert (place.level.code, place.since) == ("L2", date(2026, 3, 1))


def test_a_renamed_designation_is_followed_and_one_made_anew_is_not_taken_for_it(store, anna):
	promote(anna.name, "2026-03-01", designation=store.head)
	frappe.db.delete("Employee Internal Work History", {"parent": anna.name})  # its links are renamed with it
	renamed = hr.unique("Renamed")
	frappe.rename_doc("Designation", store.clerk, renamed, force=True)
	row = frappe.get_all(
		"Performance Path Former Name",
		{"parent": "Referral Hub Settings", "former_name": store.clerk},
		["designation", "renamed_on"],
	)
	assert row == [{"designation": renamed, "renamed_on": getdate()}]
	assert spells_of(store, anna) == [("L1", date(2025, 1, 10)), ("L2", date(2026, 3, 1))]
	assert (
		hr.make_designation(store.clerk).name == store.clerk
	)  # the word is used again: of before today it still means the renamed one
	assert spells_of(store, anna) == [("L1", date(2025, 1, 10)), ("L2", date(2026, 3, 1))]
	frappe.db.set_value(
		"Performance Path Former Name", {"former_name": store.clerk}, "renamed_on", "2025-01-01"
	)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	assert spells_of(store, anna) == [("L2", date(2026, 3, 1))]


def spells_of(store, employee) -> list:
	path = frappe.get_doc("Performance Path", store.path.name)
	known = by_person(careers.of_records({employee.name: employee.name}))
	held = spells(known, reading.ladder_of(path), former_names.names_of(path))
	return [(spell.level, spell.began_on) for spell in held[employee.name]]


def test_the_page_says_where_i_am_what_comes_next_and_what_is_missing(store, anna, as_user):
	make_goal(anna.name, 100)
	as_user(anna.user_id)
	page = web.get("/referrals/path").text
	assert '<g data-level="L1" aria-current="step">' in page
	for words in (
		"1 of 4 projects",
		"at most 2; not known yet",
		"Pay from ¥9,000 to ¥12,000",
		"A bonus of 10 %",
		"0 of 40 hours",
		"You are here",
		"usually 12 months",
		f'Next: {store.head} <span class="tag">Manager</span>',
		f'Next: {store.expert} <span class="tag">Expert</span>',
	):
		assert words in page, words
	assert "People you referred" not in page


def test_the_page_says_what_others_reached_but_not_of_a_few(store, anna, as_user):
	shown = {"path": store.path.name, "level": "L1", "period_from": "2025-01-01", "period_to": "2025-12-31"}
	for figure, is_shown in (("Promotion Rate", 1), ("Pay Growth", 0)):
		row = frappe.new_doc("Path Evidence").update(
			shown | {"figure": figure, "value": 99, "people": 3, "is_shown": is_shown}
		)
		row.update(
			{"shown_value": 25 * is_shown, "shown_people": 8 * is_shown, "name": frappe.generate_hash()}
		)
		row.shown_on = "2026-01-24" if is_shown else "2026-03-05"
		row.db_insert()
	as_user(anna.user_id)
	page = web.get("/referrals/path").text
	assert "25 % rose from here in 2025 (8 people)" in page
	assert page.count("Counted on 24 Jan 2026") == 1
	assert "5 Mar" not in page
	assert "The middle pay here" not in page
	assert "99 %" not in page


def test_the_path_of_the_company_goes_before_one_for_all(store, anna):
	own = make_path(level("X", store.clerk), company=anna.company)
	make_path(level("Y", store.clerk), company=hr.other_company())
	assert placing.place_of(anna.name).name == own.name
	own.db_set("enabled", 0)
	assert placing.place_of(anna.name).name == store.path.name


def test_pay_without_a_currency_is_said_in_that_of_the_company_and_not_of_the_reader(store, anna, as_user):
	abroad = hr.other_company()
	frappe.db.set_value("Company", abroad, "default_currency", "USD")
	path = make_path(level("L1", store.clerk), company=abroad)
	desk_paths.import_path(path.name, f"code,designation,pay_from\nL1,{store.clerk},900", "csv")
	assert path.reload().levels[0].currency == "USD"
	path.levels[0].currency = None  # as it was saved before
	as_user(anna.user_id)
	frappe.local.lang = "en"
	assert path_words.levels_told(path, {})[0]["brings"] == ["Pay from US$900"]


def test_without_a_path_the_page_says_why(as_user):
	somebody = make_referrer("Berta", designation=hr.make_designation().name)
	as_user(somebody.user_id)
	frappe.local.lang = "en"
	page = web.get("/referrals/path")
	assert page.status_code == 200
	assert "No path yet for your designation" in page.text
