"""What the company owes in points: by when they end, by how old they are, what moved, and what is likely to come of it.

HR reads it, each of their companies. Every view ends with whether its sum ties to the ledger.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import flt, formatdate, getdate

from referral_hub.permissions import allowed_companies
from referral_hub.points.finance import booked, policy, reading
from referral_hub.points.rules import finance
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language

AGE, MOVEMENT, FORECAST, PROVISION = "By Age", "Movement", "Forecast", "Provision"


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	day, companies = getdate(asked.day) if asked.day else getdate(), _companies(asked.company)
	if asked.view == PROVISION:
		return _provision(companies, day)
	view = {AGE: _by_age, MOVEMENT: _movement, FORECAST: _forecast}.get(asked.view, _by_end)
	if not companies:
		return view([], [], day)[0], [], _("No company of yours has wallets.")
	lots, moved = reading.open_on(companies, day), reading.movement(companies, day)
	columns, rows = view(lots, moved, day)
	_add_value(columns, rows, _value(companies), _currency(companies))
	return columns, rows, reading.in_words(reading.tie(companies, day, lots, moved)), _chart(columns, rows)


def _companies(asked: str | None) -> list[str]:
	"""Return the companies with wallets that the reader may see, or the one they ask for."""
	mine = allowed_companies(frappe.session.user, "Points Account")
	found = frappe.db.sql_list(
		"select distinct company from `tabPoints Account` where kind = 'Wallet' order by company"
	)
	return [name for name in found if (not mine or name in mine) and asked in (None, "", name)]


def _currency(companies: list[str]) -> str | None:
	"""Return the one currency of these companies; None when there are several: no value adds up then."""
	found = {frappe.get_cached_value("Company", name, "default_currency") for name in companies}
	return found.pop() if len(found) == 1 else None


def _value(companies: list[str]) -> float:
	"""Return what a point is worth where it is worth the same in all these companies; else 0."""
	found = {policy.value_of_point(name) for name in companies}
	return flt(found.pop()) if len(found) == 1 else 0


def _provision(companies: list[str], day: date) -> tuple:
	"""What was booked for each month, beside what both ledgers say of it."""
	found = booked.months(companies, day) if companies else []
	columns = [
		column("provision", _("Month", context="Points Liability"), "Link", 120, "Points Provision"),
		column("company", _("Company"), "Link", 170, "Company"),
		column("state", _("State", context="Points Provision"), "Data", 140),
		column("points", _("Points", context="Points Liability"), "Int", 110),
		column("in_ledger", _("In the Points Ledger"), "Int", 150),
		column("amount", _("Amount"), "Currency", 130, "currency"),
		column("in_books", _("In the General Ledger"), "Currency", 160, "currency"),
	]
	rows = [
		{
			**{
				name: getattr(month, name)
				for name in ("company", "points", "in_ledger", "amount", "in_books", "currency")
			},
			"provision": month.name,
			"month": formatdate(month.month, "yyyy-MM"),
			"state": _(month.state, context="Points Provision"),
		}
		for month in found
	]
	return columns, rows, _in_words(found)


def _in_words(found: list) -> str:
	if not found:
		return _("Nothing is booked for points yet. Referral Hub Settings say for which company, and where.")
	wrong = [f"{formatdate(month.month, 'yyyy-MM')} ({month.company})" for month in found if not month.ties]
	if wrong:
		return _("Does not tie to the ledgers: {0}").format(", ".join(wrong))
	return _("Every month that is booked ties to the points ledger and to the General Ledger.")


def _by_end(lots: list, _moved: list, day: date) -> tuple[list, list]:
	words = {
		finance.MORE: _("Later", context="Points Liability"),
		finance.NO_END: _("Never", context="Points Liability"),
	}
	return _buckets(_("Points End Within"), finance.by_bucket(lots, day), words)


def _by_age(lots: list, _moved: list, day: date) -> tuple[list, list]:
	return _buckets(
		_("Earned Within"), finance.by_bucket(lots, day, is_age=True), {finance.MORE: _("Longer Ago")}
	)


def _buckets(label: str, found: dict[str, int], words: dict[str, str]) -> tuple[list, list]:
	rows = [
		{
			"bucket": words.get(name) or _("{0} days", context="Points Liability").format(name),
			"points": points,
		}
		for name, points in found.items()
	]
	rows.append(
		{"bucket": _("Total", context="Points Liability"), "points": sum(found.values()), "is_total": 1}
	)
	return [
		column("bucket", label, "Data", 200),
		column("points", _("Points", context="Points Liability"), "Int", 130),
	], rows


def _movement(_lots: list, moved: list, _day: date) -> tuple[list, list]:
	columns = [
		column("month", _("Month", context="Points Liability"), "Data", 120),
		column("opening", _("At the Beginning"), "Int", 130),
		column("issued", _("Earned", context="Points Liability"), "Int", 110),
		column("taken_back", _("Taken Back", context="Points Liability"), "Int", 110),
		column("spent", _("Spent", context="Points Liability"), "Int", 110),
		column("returned", _("Given Back", context="Points Liability"), "Int", 110),
		column("expired", _("Expired", context="Points Liability"), "Int", 110),
		column("corrected", _("Corrected", context="Points Liability"), "Int", 110),
		column("moved", _("From Other Wallets"), "Int", 140),
		column("points", _("At the End"), "Int", 130),
	]
	rows = [_month(month) for month in moved]
	if not any(row["moved"] for row in rows):  # within a company what one wallet gives another takes
		columns = [each for each in columns if each["fieldname"] != "moved"]
	return columns, rows


def _forecast(lots: list, moved: list, day: date) -> tuple[list, list]:
	per_month = finance.pace(moved, day.replace(day=1))
	columns = [
		column("month", _("Month", context="Points Liability"), "Data", 120),
		column("opening", _("At the Beginning"), "Int", 130),
		column("spent", _("Likely Spent"), "Int", 130),
		column("expired", _("Likely to Expire"), "Int", 130),
		column("points", _("At the End"), "Int", 130),
	]
	return columns, [_month(month) for month in finance.forecast(lots, per_month, day)]


def _month(month: finance.Month) -> dict:
	given_back = month.moved.get(finance.RETURNED, 0) + month.moved.get(finance.RESTORED, 0)
	return {
		"month": formatdate(month.begins, "yyyy-MM"),
		"opening": month.opening,
		**month.moved,
		"returned": given_back,
		"points": month.closing,
	}


def _add_value(columns: list, rows: list, value: float, currency: str | None) -> None:
	"""Add what the points at the end of each row are worth, where HR has said what one is."""
	if not value or not currency:
		return
	columns.append(column("value", _("Value", context="Points Liability"), "Currency", 140, "currency"))
	for row in rows:
		row.update(value=row["points"] * value, currency=currency)


def _chart(columns: list, rows: list) -> dict:
	shown = [row for row in rows if not row.get("is_total")]
	label = columns[0]["fieldname"]
	return {
		"type": "bar",
		"data": {
			"labels": [row[label] for row in shown],
			"datasets": [
				{"name": _("Points", context="Points Liability"), "values": [row["points"] for row in shown]}
			],
		},
	}
