"""What HR and Accounts have set for the books, by company: what a point is worth, where it is booked. Reads the settings."""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import flt, getdate

from referral_hub.points import clock

FIELD = "provision_accounts"


def of(company: str):
	"""Return the row of a company in Referral Hub Settings; None when nothing is set aside there."""
	return next((row for row in rows() if row.company == company), None)


def rows() -> list:
	return frappe.get_cached_doc("Referral Hub Settings").get(FIELD) or []


def value_of_point(company: str) -> Decimal:
	"""Return what one point is worth in the company's currency; 0 when nobody has said so."""
	row = of(company)
	own = flt(row.point_value) if row else 0
	return Decimal(str(own or flt(frappe.get_cached_doc("Referral Hub Settings").point_value)))


def check(settings) -> None:
	"""Refuse accounts that a Journal Entry of the company would refuse later. A row begins with this month unless it says so."""
	seen = set()
	for row in settings.get(FIELD) or []:
		if row.company in seen:
			_refuse(row, _("{0} stands there twice.").format(row.company))
		seen.add(row.company)
		row.first_month = _first_of_month(getdate(row.first_month) if row.first_month else clock.today())
		if not flt(row.point_value) and not flt(settings.point_value):
			_refuse(row, _("Say what one point is worth."))
		if not 0 < flt(row.share) <= 100:
			_refuse(row, _("The share is more than 0 % and at most 100 %."))
		_check_account(row, row.expense_account, "Expense")
		_check_account(row, row.provision_account, "Liability")
		_check_cost_center(row)


def _check_account(row, name: str, root_type: str) -> None:
	account = frappe.db.get_value(
		"Account", name, ["company", "root_type", "is_group", "account_currency", "disabled"], as_dict=True
	)
	if not account or account.company != row.company:
		_refuse(row, _("{0} is no account of {1}.").format(name, row.company))
	if account.is_group or account.disabled:
		_refuse(row, _("Nothing can be booked on {0}: it is a group or disabled.").format(name))
	if account.root_type != root_type:
		_refuse(
			row,
			_("{0} is an account of the kind {1}, not {2}.").format(name, _(account.root_type), _(root_type)),
		)
	currency = frappe.get_cached_value("Company", row.company, "default_currency")
	if account.account_currency not in (None, "", currency):
		_refuse(
			row, _("{0} is kept in {1}, the company in {2}.").format(name, account.account_currency, currency)
		)


def _check_cost_center(row) -> None:
	if not row.cost_center:
		return
	center = frappe.db.get_value("Cost Center", row.cost_center, ["company", "is_group"], as_dict=True)
	if not center or center.company != row.company or center.is_group:
		_refuse(row, _("{0} is no cost center of {1} to book on.").format(row.cost_center, row.company))


def _refuse(row, words: str) -> None:
	frappe.throw(_("Provision for Points, row {0}: {1}").format(row.idx, words))


def _first_of_month(day: date) -> date:
	return day.replace(day=1)
