"""Run by the bench's Python in sites/: completes the setup wizard as a person would, for a company in China.

    complete_wizard.py SITE COMPANY ABBREVIATION

Fiscal years and a holiday list (Saturdays, Sundays) of last, this and next year make dates around today usable.
"""

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete
from frappe.utils import getdate, today


def main(site: str, company: str, abbreviation: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	year = getdate(today()).year
	complete_wizard(company, abbreviation, year)
	for other in (year - 1, year + 1):
		make_fiscal_year(other)
	for number in (year - 1, year, year + 1):
		make_holiday_list(number)
	frappe.db.set_value("Company", company, "default_holiday_list", f"Holidays {year}")
	frappe.db.commit()
	frappe.destroy()


def complete_wizard(company: str, abbreviation: str, year: int) -> None:
	answer = setup_complete(
		{
			"language": "English",
			"country": "China",
			"timezone": "Asia/Shanghai",
			"currency": "CNY",
			"company_name": company,
			"company_abbr": abbreviation,
			"chart_of_accounts": "Standard",
			"fy_start_date": f"{year}-01-01",
			"fy_end_date": f"{year}-12-31",
			"setup_demo": 0,
		}
	)
	if answer != {"status": "ok"} or not frappe.db.exists("Company", company):
		sys.exit(f"The setup wizard answered {answer}")


def make_fiscal_year(year: int) -> None:
	if not frappe.db.exists("Fiscal Year", str(year)):
		frappe.get_doc(
			{
				"doctype": "Fiscal Year",
				"year": str(year),
				"year_start_date": f"{year}-01-01",
				"year_end_date": f"{year}-12-31",
			}
		).insert()


def make_holiday_list(year: int) -> None:
	name = f"Holidays {year}"
	if frappe.db.exists("Holiday List", name):
		return
	holidays = frappe.new_doc("Holiday List")
	holidays.update({"holiday_list_name": name, "from_date": f"{year}-01-01", "to_date": f"{year}-12-31"})
	for day in ("Saturday", "Sunday"):
		holidays.weekly_off = day
		holidays.get_weekly_off_dates()
	holidays.insert()


main(*sys.argv[1:])
