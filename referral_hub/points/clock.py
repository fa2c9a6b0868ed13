"""What day it is for the ledger: the day of the site's time zone, asked in one place."""

from datetime import date

from frappe.utils import getdate, nowdate


def today() -> date:
	return getdate(nowdate())
