"""What the company owes in points: today and on a day that is over, it ties to the ledger to the point."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, today

from referral_hub.points import clock, service
from referral_hub.points.finance import reading
from referral_hub.points.rules.finance import by_bucket, months
from referral_hub.referral_hub.report.points_liability.points_liability import execute


@pytest.fixture
def company():
	name = hr.unique("Liability")
	frappe.get_doc(doctype="Company", company_name=name, default_currency="CNY", country="China").db_insert()
	return name


@pytest.fixture
def on_day(monkeypatch):
	"""Let the ledger live on another day."""

	def move(days: int) -> None:
		from referral_hub.points import journal

		moment = frappe.utils.add_to_date(frappe.utils.now_datetime(), days=days)
		monkeypatch.setattr(clock, "today", lambda: getdate(moment))
		monkeypatch.setattr(journal, "now_datetime", lambda: moment)

	return move


def shown(company: str, view: str, day=None) -> tuple[list, str]:
	_columns, rows, message, *_more = execute({"company": company, "view": view, "day": day or today()})
	return rows, message


def points_by(rows: list, field: str = "bucket") -> dict:
	return {row[field]: row["points"] for row in rows if row["points"]}


def test_what_is_open_stands_by_when_it_ends_and_how_old_it_is_and_ties(company, on_day):
	ann = hr.make_employee().name
	on_day(-200)
	service.post(ann, 100, "Issuance", hr.unique("old"), company=company)
	on_day(0)
	service.post(ann, 60, "Issuance", hr.unique("new"), company=company, expires_on=add_days(today(), 20))
	service.post(ann, -15, "Shop", hr.unique("spend"), company=company)
	by_end, ties = shown(company, "By Last Day")
	assert points_by(by_end) == {"30 days": 45, "Never": 100, "Total": 145}
	assert ties == "Ties to the ledger: open points and entries both say 145."
	by_age, _ties = shown(company, "By Age")
	assert points_by(by_age) == {"90 days": 45, "365 days": 100, "Total": 145}


def test_a_day_that_is_over_shows_what_was_there_then(company, on_day):
	ann, last = hr.make_employee().name, add_days(today(), -50)
	on_day(-100)
	service.post(ann, 100, "Issuance", hr.unique("earn"), company=company, expires_on=last)
	spend = service.post(ann, -30, "Shop", hr.unique("spend"), company=company)
	on_day(-80)
	service.reverse(spend, hr.unique("back"))
	on_day(-40)
	service.expire_due(add_days(today(), -40))
	for days, there in ((-101, 0), (-90, 70), (-60, 100), (-30, 0)):
		lots = reading.open_on([company], getdate(add_days(today(), days)))
		assert sum(by_bucket(lots, getdate()).values()) == there, days
		_rows, message = shown(company, "By Last Day", add_days(today(), days))
		assert message.startswith("Ties to the ledger"), (days, message)


def test_every_month_says_what_moved_and_begins_as_the_last_one_ended(company, on_day):
	ann = hr.make_employee().name
	on_day(-70)
	service.post(ann, 100, "Issuance", hr.unique("earn"), company=company)
	service.reverse(service.post(ann, -20, "Shop", hr.unique("spend"), company=company), hr.unique("back"))
	on_day(0)
	service.post(ann, -40, "Shop", hr.unique("spend"), company=company)
	service.post(ann, -10, "Clawback", hr.unique("back"), company=company)
	rows, _message = shown(company, "Movement")
	first, last = rows[0], rows[-1]
	assert (first["issued"], first["spent"], first["returned"], first["points"]) == (100, 20, 20, 100)
	assert (last["opening"], last["spent"], last["taken_back"], last["points"]) == (100, 40, 10, 50)
	for row in (first, last):
		for name in ("issued", "spent", "returned", "taken_back", "expired"):
			asked = {
				"company": company,
				"view": "Movement",
				"day": today(),
				"step": name,
				"group": row["key"],
			}
			entries = execute(asked)[1]
			assert sum(entry["points"] for entry in entries) == row[name], (row["month"], name)


def test_what_came_from_other_wallets_has_a_column_where_there_is_any(company, on_day, monkeypatch):
	ann = hr.make_employee().name
	service.reverse(service.post(ann, 30, "Issuance", hr.unique("earn"), company=company), hr.unique("back"))

	def fields() -> list[str]:
		columns, *_more = execute({"company": company, "view": "Movement"})
		return [column["fieldname"] for column in columns]

	assert "moved" not in fields()
	moved = [(getdate(today()).replace(day=1), "Wallet", "In", 5)]
	monkeypatch.setattr(reading, "movement", lambda *_asked: months(moved))
	assert "moved" in fields()


def test_a_forecast_begins_with_what_is_there(company):
	ann = hr.make_employee().name
	service.post(ann, 80, "Issuance", hr.unique("earn"), company=company, expires_on=add_days(today(), 40))
	rows, _message = shown(company, "Forecast")
	assert (rows[0]["opening"], sum(row["expired"] for row in rows), rows[-1]["points"]) == (80, 80, 0)


def test_a_broken_ledger_does_not_tie(company):
	ann = hr.make_employee().name
	service.post(ann, 80, "Issuance", hr.unique("earn"), company=company)
	frappe.db.sql(
		"update `tabPoints Account` set balance = 81 where company = %s and kind = 'Wallet'", company
	)
	_rows, message = shown(company, "By Age")
	assert message.startswith("Does not tie: open points say 80, the entries 80, the balances 81.")


def test_points_have_a_value_where_hr_has_said_what_one_is_worth(company):
	service.post(hr.make_employee().name, 80, "Issuance", hr.unique("earn"), company=company)
	assert "value" not in shown(company, "By Age")[0][-1]
	frappe.db.set_single_value("Referral Hub Settings", "point_value", 0.5)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	total = shown(company, "By Age")[0][-1]
	assert (total["value"], total["currency"]) == (40, "CNY")


def test_hr_of_one_company_reads_no_other(company, as_user):
	service.post(hr.make_employee().name, 80, "Issuance", hr.unique("earn"), company=company)
	manager = hr.make_hr_manager()
	frappe.permissions.add_user_permission("Company", hr.COMPANY, manager.name, ignore_permissions=True)
	as_user(manager.name)
	assert execute({"company": company})[1] == []
