"""Three years of promotions made with HRMS's own documents: every figure is what plain SQL says, and small groups stay unknown.

The SQL reads Employee Promotion itself and knows nothing of spells: a store where clerks become heads, and heads chiefs.
"""

from datetime import date

import frappe
import pytest
import site_factories as hr
from path_factories import level, make_path, promote
from reward_processes import another_connection

from referral_hub.kept import KeptByTheApp
from referral_hub.paths import placing
from referral_hub.paths.figures import keeping, showing

YEARS = (2025, 2024, 2023)
# (department, joined, became head, became chief, left)
PEOPLE = (
	*(
		("North", f"2022-0{month}-05", f"2023-0{month}-01", f"2025-0{month}-15", None)
		for month in range(1, 7)
	),
	*(("North", f"2022-0{month}-20", f"2024-0{month}-10", None, None) for month in range(1, 6)),
	*(("North", f"2023-0{month}-01", None, None, None) for month in range(1, 7)),
	*(("South", f"2022-1{month}-01", "2025-01-01", None, None) for month in range(3)),
	("South", "2024-02-01", None, None, "2024-08-31"),
	("South", "2021-02-01", "2024-12-31", None, "2025-03-31"),
)


@pytest.fixture
def store():
	clerk, head, chief = (hr.make_designation().name for _number in range(3))
	places = {word: hr.make_department(hr.unique(word)).name for word in ("North", "South")}
	path = make_path(level("L1", clerk), level("L2", head, follows="L1"), level("L3", chief, follows="L2"))
	for number, (place, joined, to_head, to_chief, left) in enumerate(PEOPLE):
		employee = hr.make_employee(designation=clerk, date_of_joining=joined, department=places[place])
		for on, designation in ((to_head, head), (to_chief, chief)):
			if on:
				promote(employee.name, on, designation=designation)
		if left:
			frappe.db.set_value("Employee", employee.name, {"status": "Left", "relieving_date": left})
		pay(employee.name, joined, 1000)
		for year in (2023, 2024):
			pay(employee.name, f"{year}-07-01", 1000 + 100 * (number % 5) * (year - 2022))
		appraise(employee.name, "2022-12-31", 2 + number % 3)
		appraise(employee.name, "2024-06-30", 1 + number % 5)
	return frappe._dict(path=path, clerk=clerk, head=head, chief=chief, places=places)


def pay(employee: str, on: str, base: float, company: str = hr.COMPANY) -> None:
	row = frappe.new_doc("Salary Structure Assignment")
	row.update({"employee": employee, "from_date": on, "base": base, "currency": "CNY", "company": company})
	row.update({"docstatus": 1, "name": frappe.generate_hash(length=12)})
	row.db_insert()


def appraise(employee: str, on: str, score: float) -> None:
	row = frappe.new_doc("Appraisal")
	row.update({"employee": employee, "end_date": on, "final_score": score, "company": hr.COMPANY})
	row.update({"docstatus": 1, "name": frappe.generate_hash(length=12)})
	row.db_insert()


ROSE = """
	select p.employee, e.department, d.current, p.promotion_date rose_on,
		coalesce((select max(earlier.promotion_date) from `tabEmployee Promotion` earlier
			where earlier.employee = p.employee and earlier.docstatus = 1 and earlier.promotion_date < p.promotion_date),
			e.date_of_joining) since
	from `tabEmployee Promotion` p join `tabEmployee Property History` d on d.parent = p.name
	join `tabEmployee` e on e.name = p.employee
	where p.docstatus = 1 and d.fieldname = 'designation' and d.current = %(designation)s
		and p.promotion_date between %(first)s and %(last)s
"""
# who was at the level on a day of the year, or rose from it on the first
HELD = """
	select e.name employee, e.department from `tabEmployee` e where %(designation)s = if(e.designation = %(clerk)s
		or exists (select 1 from `tabEmployee Promotion` p where p.employee = e.name), %(designation)s, '')
	and (
		(%(designation)s = %(clerk)s and e.date_of_joining <= %(last)s
			and (e.designation = %(clerk)s or exists (select 1 from `tabEmployee Promotion` p
				join `tabEmployee Property History` d on d.parent = p.name
				where p.employee = e.name and d.current = %(clerk)s and p.promotion_date >= %(first)s)))
		or exists (select 1 from `tabEmployee Promotion` p join `tabEmployee Property History` d on d.parent = p.name
			where p.employee = e.name and d.new = %(designation)s and p.promotion_date <= %(last)s
			and not exists (select 1 from `tabEmployee Promotion` q
				join `tabEmployee Property History` f on f.parent = q.name
				where q.employee = e.name and f.current = %(designation)s and q.promotion_date < %(first)s))
	)
	and (e.relieving_date is null or e.relieving_date >= %(first)s)
	and e.designation in (%(clerk)s, %(head)s, %(chief)s)
"""


def by_sql(store, level_of: str, first: date, last: date, department: str) -> dict[str, tuple[float, int]]:
	"""Count one group's figures of a year, or a half of one, from HRMS's tables; without a level those of the whole path."""
	said = {"first": str(first), "last": str(last), "place": department}
	said |= {"clerk": store.clerk, "head": store.head, "chief": store.chief}
	here = "where department = %(place)s" if department else ""
	held, could_rise, rose = set(), [], []
	for code, of in (("L1", store.clerk), ("L2", store.head), ("L3", store.chief)):
		if level_of in ("", code):
			said["designation"] = of
			people = [row[0] for row in frappe.db.sql(f"select employee from ({HELD}) held {here}", said)]
			held.update(people)
			could_rise += people if code != "L3" else []
			rose += frappe.db.sql(
				f"select employee, datediff(rose_on, since), rose_on from ({ROSE}) rose {here}", said
			)
	found: dict[str, tuple[float, int]] = {}
	if could_rise:
		found["Promotion Rate"] = (float(round(100 * len(rose) / len(could_rise))), len({*could_rise}))
	if rose:
		half_months = middle(days / 30.4375 for _who, days, _on in rose) * 2
		found["Months to the Next Level"] = (round(half_months) / 2, len(rose))
	if scores := [score for who, _days, on in rose if (score := last_score(who, on)) is not None]:
		found["Appraisal Score"] = (round(middle(scores), 1), len(scores))
	grew = [share for who in held if (share := growth(who, said["first"], said["last"])) is not None]
	if grew:
		found["Pay Growth"] = (float(int(100 * middle(grew) + 0.5)), len(grew))
	return found


def last_score(employee: str, on: date) -> float | None:
	sql = "select final_score from tabAppraisal where employee = %s and end_date < %s order by end_date desc limit 1"
	row = frappe.db.sql(sql, (employee, on))
	return row[0][0] if row else None


def growth(employee: str, first: str, last: str) -> float | None:
	sql = """select base from `tabSalary Structure Assignment` where employee = %s and from_date <= %s
		order by from_date desc limit 1"""
	before, after = (frappe.db.sql(sql, (employee, day)) for day in (first, last))
	gone = frappe.db.sql(
		"select 1 from tabEmployee where name = %s and relieving_date < %s", (employee, last)
	)
	return after[0][0] / before[0][0] - 1 if before and not gone else None


def middle(values) -> float:
	values = sorted(values)
	half = len(values) // 2
	return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def kept(store) -> dict[tuple, dict[str, tuple[float, int]]]:
	found: dict[tuple, dict[str, tuple[float, int]]] = {}
	for row in frappe.get_all("Path Evidence", {"path": store.path.name}, ["*"]):
		group = (row.level or "", row.period_from, row.department or "")
		found.setdefault(group, {})[row.figure] = (row.value, row.people)
	return found


def expected_of(store, periods: list[tuple[date, date]]) -> dict[tuple, dict[str, tuple[float, int]]]:
	return {
		(code, first, place): figures
		for code in ("", "L1", "L2", "L3")
		for first, last in periods
		for place in ("", *(store.places.values() if code else ()))
		if (figures := by_sql(store, code, first, last, place))
	}


def test_every_figure_is_what_plain_sql_says_and_small_groups_are_seen_by_hr_alone(store):
	keeping.recount()
	expected = expected_of(store, [(date(year, 1, 1), date(year, 12, 31)) for year in YEARS])
	assert kept(store) == expected
	assert len(expected) == 22  # the SQL found something to compare
	whole = frappe.get_value("Path Evidence", rate_of(store, code="")[0], "value")
	rose_and_held = [(3, 9), (6, 15)]  # as the SQL says of clerks and heads in 2025
	assert [expected[code, date(2025, 1, 1), ""]["Promotion Rate"] for code in ("L1", "L2")] == [
		(round(100 * rose / held), held) for rose, held in rose_and_held
	]
	assert whole == round(100 * (3 + 6) / (9 + 15))
	shown = {
		(row.level, row.department): row.shown_people
		for row in frappe.get_all("Path Evidence", *rate_of(store, is_shown=1, code=None, department=None))
	}
	assert shown == {("", None): 21, ("L1", None): 9, ("L2", None): 15}
	assert not frappe.db.exists("Path Evidence", {"people": ("<", 5), "is_shown": 1})
	said = {figure.figure: figure for figure in showing.of_path(store.path.name)["L1"]}
	assert (said["Promotion Rate"].value, said["Promotion Rate"].people) == (33.0, 9)
	# of 2025 it is known of three people, so the year before is told
	assert (said["Appraisal Score"].people, said["Appraisal Score"].period_from.year) == (6, 2024)


def test_who_is_transferred_goes_on_and_who_has_left_is_paid_no_more():
	clerk, head = (hr.make_designation().name for _number in range(2))
	path = make_path(level("L1", clerk), level("L2", head, follows="L1"))
	moved, stays, leaves = (
		hr.make_employee(designation=clerk, date_of_joining="2023-01-10") for _number in range(3)
	)
	for employee in (moved, stays, leaves):
		pay(employee.name, "2023-01-10", 1000)
		pay(employee.name, "2025-02-01", 1300 if employee is stays else 1100)
	goes_on = transfer(moved.name, "2024-09-01", create_new_employee_id=1)
	promote(goes_on, "2025-03-01", designation=head)
	left = {"status": "Left", "relieving_date": "2025-11-30"}
	frappe.db.set_value("Employee", leaves.name, left)
	keeping.recount()
	of_2025 = {"path": path.name, "level": "L1", "period_from": "2025-01-01"}
	found = frappe.get_all("Path Evidence", of_2025, ["figure", "value", "people"], as_list=True)
	assert {figure: values for figure, *values in found} == {
		"Promotion Rate": [33, 3],
		"Months to the Next Level": [25.5, 1],
		"Pay Growth": [20, 2],
	}
	assert str(placing.place_of(goes_on).since) == "2025-03-01"


def transfer(employee: str, on: str, **fields) -> str:
	"""Transfer somebody in what the path does not ask for; return the record they have now."""
	details = {
		"property": "Employment Type",
		"fieldname": "employment_type",
		"current": "",
		"new": "Full-time",
	}
	made = frappe.get_doc(
		doctype="Employee Transfer",
		employee=employee,
		transfer_date=on,
		company=hr.COMPANY,
		transfer_details=[details],
		**fields,
	).insert()
	made.submit()
	return made.new_employee_id or employee


def test_what_was_reached_before_a_transfer_stays_whatever_HRMS_does_to_the_joining_date():
	"""It moves that of a record which goes to another company; a record made within the company copies it, with the grade of that day."""
	clerk, grade = hr.make_designation().name, hr.make_grade().name
	path = make_path(level("L1", clerk), level("L2", clerk, follows="L1", grade=grade))
	moved, copied = (
		hr.make_employee(designation=clerk, date_of_joining="2020-01-10").name for _number in range(2)
	)
	for employee in (moved, copied):
		promote(employee, "2024-03-01", grade=grade)
	moved = transfer(moved, "2025-09-01", new_company=hr.other_company())
	copied = transfer(copied, "2025-09-01", create_new_employee_id=1)
	joined = [frappe.db.get_value("Employee", name, "date_of_joining") for name in (moved, copied)]
	assert joined == [date(2025, 9, 1), date(2020, 1, 10)]
	keeping.recount()
	of_2024 = {"path": path.name, "level": "L1", "period_from": "2024-01-01"}
	found = frappe.get_all("Path Evidence", of_2024, ["figure", "value", "people"], as_list=True)
	assert {figure: values for figure, *values in found} == {
		"Promotion Rate": [100, 2],
		"Months to the Next Level": [49.5, 2],
	}
	assert [str(placing.place_of(name).since) for name in (moved, copied)] == ["2024-03-01", "2024-03-01"]


def test_a_path_of_one_company_counts_what_people_did_there_however_they_went_to_another():
	"""One goes on the same record, the other with a second one; both rose before it, and nobody has since. The other company pays more."""
	clerk, grade, other = hr.make_designation().name, hr.make_grade().name, hr.other_company()
	levels = [level("L1", clerk), level("L2", clerk, follows="L1", grade=grade)]
	levels.append(level("L3", hr.make_designation().name, follows="L2"))
	here, there, anywhere = (make_path(*levels, company=company).name for company in (hr.COMPANY, other, ""))
	for new_record in (0, 1):
		employee = hr.make_employee(designation=clerk, date_of_joining="2020-01-10").name
		promote(employee, "2024-03-01", grade=grade)
		pay(employee, "2020-01-10", 1000)
		goes_on = transfer(employee, "2025-09-01", new_company=other, create_new_employee_id=new_record)
		pay(goes_on, "2025-09-01", 1500, other)
	keeping.recount()
	rates = {"path": ("in", [here, there]), "level": ("!=", ""), "figure": "Promotion Rate"}
	fields = ["path", "level", "year(period_from)", "value", "people"]
	assert set(frappe.get_all("Path Evidence", rates, fields, as_list=True)) == {
		(here, "L1", 2023, 0, 2),
		(here, "L1", 2024, 100, 2),
		(here, "L2", 2024, 0, 2),
		(here, "L2", 2025, 0, 2),
		(there, "L2", 2025, 0, 2),
	}
	growth = rates | {"path": ("in", [here, there, anywhere]), "level": "L2", "figure": "Pay Growth"}
	assert set(frappe.get_all("Path Evidence", growth, fields, as_list=True)) == {
		(here, "L2", 2024, 0, 2),
		(anywhere, "L2", 2024, 0, 2),
		(anywhere, "L2", 2025, 50, 2),
	}


@pytest.mark.parametrize("codes", [("L1", "L2"), ("S1", "S2")])
def test_no_difference_of_what_is_shown_is_about_a_few_people(store, codes):
	"""A second path of the same people but two: its figures less the first's would be those two's, whatever it calls its levels."""
	lower, upper = codes
	other = hr.other_company()
	for employee in frappe.get_all("Employee", {"designation": store.clerk}, pluck="name", limit=2):
		frappe.db.set_value("Employee", employee, "company", other)
	own = make_path(level(lower, store.clerk), level(upper, store.head, follows=lower), company=hr.COMPANY)
	keeping.recount()
	found = [
		frappe.db.get_value("Path Evidence", rate_of(store, path=path, code=code)[0], ["people", "is_shown"])
		for path, code in ((store.path.name, "L1"), (own.name, lower))
	]
	assert found == [(9, 1), (8, 0)]


def test_what_is_shown_of_a_year_stays_until_hr_shows_it_anew_and_nobody_types_it(store):
	keeping.recount()
	filters = rate_of(store)[0]
	assert frappe.db.get_value("Path Evidence", filters, ["shown_value", "value"]) == (33.0, 33.0)
	employee = frappe.get_all("Employee", {"designation": store.clerk, "status": "Active"}, pluck="name")[0]
	promotion = promote(employee, "2025-11-01", designation=store.head)
	keeping.recount()
	assert frappe.db.get_value("Path Evidence", filters, ["shown_value", "value"]) == (33.0, 44.0)
	keeping.recount(show_anew=True)
	assert frappe.db.get_value("Path Evidence", filters, ["shown_value", "value"]) == (44.0, 44.0)
	promotion.cancel()
	keeping.recount(show_anew=True)
	assert frappe.db.get_value("Path Evidence", filters, ["shown_value", "value"]) == (33.0, 33.0)
	row = frappe.get_doc("Path Evidence", frappe.db.get_value("Path Evidence", filters))
	row.value = 99
	for write in (row.save, row.delete):
		with pytest.raises(KeptByTheApp):
			write()


def test_a_path_whose_figures_were_shown_is_switched_off_and_not_deleted(store):
	keeping.recount()
	with pytest.raises(keeping.ShownToOthers, match="Take the tick off Enabled instead"):
		store.path.delete()
	unseen = make_path(level("A", hr.make_designation().name))
	unseen.delete()
	assert not frappe.db.exists("Performance Path", unseen.name)


def test_neither_a_new_path_nor_one_that_was_away_shows_what_was_corrected(store):
	"""One correction is one person: nothing but HR's own choice lets others compare before and after."""
	keeping.recount()
	filters = rate_of(store)[0]
	employee = frappe.get_all("Employee", {"designation": store.clerk, "status": "Active"}, pluck="name")[0]
	promote(employee, "2025-11-01", designation=store.head)
	other = make_path(level("A", store.clerk), level("B", store.head, follows="A"))
	keeping.recount()
	store.path.db_set("enabled", 0)
	keeping.recount()
	store.path.db_set("enabled", 1)
	keeping.recount()
	told = frappe.db.get_value("Path Evidence", filters, ["is_shown", "shown_value", "value"])
	assert told == (1, 33.0, 44.0)
	assert not frappe.db.exists(
		"Path Evidence", {"path": other.name, "is_shown": 1, "period_from": "2025-01-01"}
	)
	# of a year in which nothing has changed the new path is told
	assert frappe.db.exists("Path Evidence", {"path": other.name, "is_shown": 1, "period_from": "2023-01-01"})
	frappe.db.set_single_value("Referral Hub Settings", "smallest_group", 10)
	frappe.clear_document_cache("Referral Hub Settings")
	keeping.recount()
	assert not frappe.db.get_value("Path Evidence", filters, "is_shown")
	frappe.db.set_single_value("Referral Hub Settings", "smallest_group", 5)
	frappe.clear_document_cache("Referral Hub Settings")
	keeping.recount()
	again = frappe.db.get_value("Path Evidence", filters, ["is_shown", "shown_value", "value"])
	assert again == told  # what was told is not forgotten while it is hidden


def test_years_that_begin_in_another_month_wait_while_others_of_the_same_days_are_shown(store):
	keeping.recount()
	told = shown_of(store)
	frappe.db.set_single_value("Referral Hub Settings", "evidence_year_begins", 7)
	frappe.clear_document_cache("Referral Hub Settings")
	for _night in range(2):
		keeping.recount()
		assert shown_of(store) == told
	assert told and frappe.db.exists(
		"Path Evidence", {"path": store.path.name, "period_from": date(2024, 7, 1)}
	)
	keeping.recount(show_anew=True)
	assert {first.month for _level, _figure, first, _value in shown_of(store)} == {7}


def test_a_year_that_is_counted_again_is_shown_as_it_was(store):
	"""Fewer years for a night, a correction, then as many as before: the correction would be read off."""
	keeping.recount()
	told = shown_of(store)
	employee = frappe.get_all("Employee", {"designation": store.clerk, "status": "Active"}, pluck="name")[0]
	promote(employee, "2023-11-01", designation=store.head)
	for years in (1, 0, 3):
		frappe.db.set_single_value("Referral Hub Settings", "evidence_years", years)
		frappe.clear_document_cache("Referral Hub Settings")
		keeping.recount()
		assert shown_of(store) == {row for row in told if row[2].year > 2025 - years}
	assert {first.year for _level, _figure, first, _value in told} == set(YEARS)
	rate = {
		"path": store.path.name,
		"figure": "Promotion Rate",
		"level": "L1",
		"department": ("is", "not set"),
	}
	rate["period_from"] = "2023-01-01"
	shown, value = frappe.db.get_value("Path Evidence", rate, ["shown_value", "value"])
	assert shown != value


def test_halves_of_years_wait_for_those_days_and_are_shown_of_what_no_year_has_told(store):
	keeping.recount()
	told = shown_of(store)
	frappe.db.delete("Path Evidence", {"period_from": (">=", "2025-01-01")})
	frappe.db.set_single_value("Referral Hub Settings", "evidence_period", "Half Year")
	frappe.clear_document_cache("Referral Hub Settings")
	keeping.recount()
	shown = shown_of(store)
	assert {row for row in told if row[2] < date(2025, 1, 1)} == {
		row for row in shown if row[2] < date(2025, 1, 1)
	}
	halves = [row[2:] for row in counted(store) if row[2] >= date(2025, 1, 1)]
	assert halves and {(first.month, last.month) for first, last, _is_shown, _people in halves} <= {
		(1, 6),
		(7, 12),
	}
	assert all(people >= 5 for _first, _last, is_shown, people in halves if is_shown)
	since = [(date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 31))]
	values = {group: figures for group, figures in kept(store).items() if group[1].year == 2025}
	assert values == expected_of(store, since)
	assert {first for first, _last, is_shown, _people in halves if is_shown} >= {date(2025, 1, 1)}
	waiting = [row for row in counted(store) if row[2] == date(2024, 7, 1)]
	assert waiting and not any(is_shown for *_of, is_shown, _people in waiting)


def counted(store) -> list[tuple]:
	fields = ["level", "figure", "period_from", "period_to", "is_shown", "people"]
	return frappe.get_all("Path Evidence", {"path": store.path.name}, fields, as_list=True)


def shown_of(store) -> set[tuple]:
	fields = ["level", "figure", "period_from", "shown_value"]
	rows = frappe.get_all("Path Evidence", {"path": store.path.name, "is_shown": 1}, fields, as_list=True)
	return set(rows)


def test_figures_are_counted_by_one_at_a_time(store, monkeypatch):
	"""A recount that began before HR showed all anew would put back what was shown before: it waits before its first look."""
	keeping.recount()
	looked = []
	monkeypatch.setattr(keeping.counting, "count", lambda years: looked.append(years) or [])
	with another_connection():
		frappe.db.sql("set innodb_lock_wait_timeout = 1")
		with pytest.raises(frappe.QueryTimeoutError):
			keeping.recount(show_anew=True)
	assert looked == []


def rate_of(store, path: str = "", code: str | None = "L1", department: str | None = "", **more) -> tuple:
	"""Return the filters and fields of the promotion rates of 2025."""
	filters = {
		"path": path or store.path.name,
		"figure": "Promotion Rate",
		"period_from": date(2025, 1, 1),
	} | more
	if code is not None:
		filters["level"] = code or ("is", "not set")
	if department is not None:
		filters["department"] = ("is", "not set")
	return filters, ["level", "department", "shown_people"]
