"""The report on retention: who counts where, a transfer is no leaving, HR of one company reads its own."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, add_months, getdate
from referral_factories import make_candidate, make_referral

from referral_hub import flow
from referral_hub.api import desk_pool, desk_talent
from referral_hub.referral_hub.report.retention import retention as report
from referral_hub.referrals import service as referrals
from referral_hub.talent import erasure, service

POOL = "Talent Pool Record"

SINCE, UNTIL = "2001-01-01", "2001-12-31"  # nobody else joined then


@pytest.fixture
def department() -> str:
	return hr.make_department().name


def hire(department: str, months: int | None = None, applicant: str | None = None, **fields):
	"""Somebody who joined on 1 March 2001, and left after so many months."""
	employee = hr.make_employee(
		date_of_joining="2001-03-01", department=department, date_of_birth="1980-01-01", **fields
	)
	left = (
		{"status": "Left", "relieving_date": add_days(add_months("2001-03-01", months), -1)} if months else {}
	)
	if applicant or left:
		frappe.db.set_value(
			"Employee", employee.name, left | ({"job_applicant": applicant} if applicant else {})
		)
	return employee


def typed_record() -> str:
	"""Somebody HR heard of and typed into the pool."""
	who = {"person_name": "Li Na", "email": hr.unique_email("pool"), "company": hr.COMPANY}
	return frappe.get_doc(doctype=POOL, **who).insert().name


def called_back(record: str) -> str:
	"""The application HR makes of somebody in the pool."""
	desk_pool.call_back(record, hr.make_opening().name)
	return frappe.db.get_value(POOL, record, "job_applicant")


def rows(**filters) -> dict[str, dict]:
	_columns, found, _said, _chart, _summary = report.execute({"since": SINCE, "until": UNTIL, **filters})
	return {row["group"]: row for row in found}


def opened(step: str, group: str) -> list[dict]:
	"""The records behind a figure."""
	return report.execute({"since": SINCE, "until": UNTIL, "step": step, "group": group})[1]


def brief(row: dict) -> tuple:
	return (
		row["hires"],
		row["left"],
		*((row[f"kept_{month}"], row[f"at_risk_{month}"]) for month in (3, 6, 12)),
	)


def test_everybody_counts_where_they_came_from(department):
	referred = [make_referral() for _number in range(2)]
	for referral, months in zip(referred, (None, 4), strict=True):
		hire(department, months, referral.job_applicant)
	hire(department, None, called_back(typed_record()))
	for months in (2, 3, 12, None):
		hire(department, months)
	found = rows()
	assert {group: brief(row) for group, row in found.items()} == {
		"Others": (4, 3, (50.0, 3), (50.0, 2), (25.0, 2)),
		"Referred": (2, 1, (100.0, 2), (50.0, 1), (50.0, 1)),
		"Called Back": (1, 0, (100.0, 1), (100.0, 1), (100.0, 1)),
	}
	assert found["Others"]["median"] == 3.0
	assert list(rows(by="Department")) == [department]
	assert rows(company=hr.other_company()) == {}
	for key, brief_row in (("Other", found["Others"]), ("Referred", found["Referred"])):
		for step in ("hires", "left"):
			assert len(opened(step, key)) == brief_row[step]
	assert {row["employee"] for row in opened("left", "Referred")} == set(
		frappe.get_all("Employee", {"job_applicant": referred[1].job_applicant}, pluck="name")
	)
	chart = report.execute({"since": SINCE, "until": UNTIL})[3]
	assert {line["name"]: line["values"][12] for line in chart["data"]["datasets"]} == {
		"Others": 25.0,
		"Referred": 50.0,
		"Called Back": 100.0,
	}


def test_called_back_is_who_came_by_an_application_that_followed_the_pool(department):
	"""Not who is in the pool with the application they were hired from; and also who is forgotten there by now."""
	openly = referrals.submit(hr.make_employee().name, make_candidate())
	flow.match(openly.name, hr.make_opening().name)
	hire(department, 3, openly.job_applicant)
	picked = hr.make_applicant(hr.make_opening())
	hire(department, 4, picked.name)
	desk_talent.pick(picked.name, "Left on good terms.")
	record = typed_record()
	hire(department, 5, called_back(record))
	assert erasure.anonymise(record)
	credited = referrals.submit(hr.make_employee().name, make_candidate())
	referrals.close(credited.name, "Expired")
	frappe.db.set_value("Candidate Key", {"referral": credited.name}, "owned_until", hr.days_ago(1))
	hire(department, 6, called_back(frappe.db.get_value(POOL, {"first_referral": credited.name})))
	assert {group: brief(row)[:3] for group, row in rows().items()} == {
		"Called Back": (2, 2, (100.0, 2)),
		"Referred": (1, 1, (0.0, 1)),
		"Others": (1, 1, (100.0, 1)),
	}


def test_who_never_came_is_no_hire(department):
	"""Made an Employee in advance: gone on the first day, or Inactive since and a no-show as HR says; not who is Inactive for a while."""
	gone = hire(department)
	gone_on = {"status": "Left", "relieving_date": "2001-03-01"}
	frappe.db.set_value("Employee", gone.name, gone_on)
	referral, applicant = make_referral(), hr.make_applicant(hr.make_opening())
	referrals.close(referral.name, "No-show")
	service.capture(applicant.name, "No-show")
	for of in (referral.job_applicant, applicant.name, hr.make_applicant(hr.make_opening()).name):
		frappe.db.set_value("Employee", hire(department, None, of).name, "status", "Inactive")
	assert brief(rows(by="Department")[department])[:2] == (1, 0)


def test_a_transfer_is_no_leaving_and_coming_back_is_another_hire(department):
	first = hire(department, 5)
	second = hr.make_employee(date_of_joining="2001-08-01", department=department)
	transfer = frappe.new_doc("Employee Transfer").update(
		{
			"employee": first.name,
			"new_employee_id": second.name,
			"transfer_date": "2001-08-01",
			"docstatus": 1,
		}
	)
	transfer.name = frappe.generate_hash(length=10)
	transfer.db_insert()
	assert brief(rows(by="Department")[department])[:2] == (1, 0)
	frappe.db.set_value("Employee", second.name, "date_of_joining", "2001-11-01")
	assert brief(rows(by="Department")[department])[:2] == (2, 1)


def test_a_move_to_another_company_on_the_same_record_is_no_hire(department):
	employee = hire(department)
	moved = hr.transfer(employee, company=hr.other_company(), new_id=False)
	assert moved.date_of_joining == getdate()  # HRMS moves it
	assert brief(rows(by="Department")[department]) == (1, 0, (100.0, 1), (100.0, 1), (100.0, 1))
	assert department not in rows(since=getdate(), until=getdate(), by="Department")


def test_who_asked_in_the_first_month_is_set_beside_who_asked_nothing(department):
	"""Who left within it had less time to ask, and is in neither group."""
	asked, late, before, taken_back, _silent = (hire(department, 5) for _number in range(5))
	asked_and_left, _left = (hire(department, 1) for _number in range(2))
	joined = frappe.db.get_value("Employee", asked.name, "date_of_joining")
	for employee, days, state in (
		(asked, 20, "Resolved"),
		(late, 40, "Resolved"),
		(before, -5, "Resolved"),
		(taken_back, 20, "Withdrawn"),
		(asked_and_left, 20, "Resolved"),
	):
		question = {"name": hr.unique("FB"), "employee": employee.name, "asked_on": add_days(joined, days)}
		frappe.new_doc("Path Feedback").update(question | {"state": state}).db_insert()
	found = {group: brief(row)[:2] for group, row in rows(by="Questions").items()}
	assert found == {"Asked Something in the First Month": (1, 1), "Asked Nothing in the First Month": (4, 4)}


def test_of_a_time_nobody_was_watched_nothing_is_said(department):
	joined = add_months(getdate(), -4)
	hr.make_employee(date_of_joining=joined, department=department)
	row = rows(since=joined, until=getdate(), by="Department")[department]
	assert (row["kept_3"], row["kept_6"], row["kept_12"], row["span_12"]) == (
		100.0,
		None,
		None,
		"not known yet",
	)


def test_hr_of_one_company_reads_its_own(department, as_user):
	hire(department)
	other = hr.other_company()
	elsewhere = hr.make_department(company=other)
	hr.make_employee(date_of_joining="2001-03-01", company=other, department=elsewhere.name)
	limited = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(doctype="User Permission", user=limited, allow="Company", for_value=other).insert()
	as_user(limited)
	frappe.local.lang = "en"
	assert list(rows(by="Department")) == [elsewhere.name]
