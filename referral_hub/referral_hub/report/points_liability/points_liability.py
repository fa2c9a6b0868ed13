"""What the company owes in points: by when they end, by how old they are, what moved, and what is likely to come of it.

HR reads it, each of their companies. Every view ends with whether its sum ties to the ledger.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt, formatdate, getdate

from referral_hub.insights.asking import PAGE, Page, first_of
from referral_hub.people import places
from referral_hub.permissions import allowed_companies
from referral_hub.points.finance import booked, entries, policy, reading
from referral_hub.points.following import finding
from referral_hub.points.rules import finance
from referral_hub.points.rules.chain import OUT
from referral_hub.referral_hub.report import drilling
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language
from referral_hub.wording.counting import counted

AGE, MOVEMENT, FORECAST, PROVISION, ELSEWHERE = (
	"By Age",
	"Movement",
	"Forecast",
	"Provision",
	"Works Elsewhere",
)
# what a month's movement shows, and of which entries it is made
FIGURES = {
	finance.ISSUED: (finance.ISSUED,),
	finance.TAKEN_BACK: (finance.TAKEN_BACK,),
	finance.SPENT: (finance.SPENT,),
	finance.RETURNED: (finance.RETURNED, finance.RESTORED),
	finance.EXPIRED: (finance.EXPIRED,),
	finance.CORRECTED: (finance.CORRECTED,),
	finance.MOVED: (finance.MOVED,),
	finance.CAME: (finance.CAME,),
	finance.LEFT: (finance.LEFT,),
}
# shown only where there is any: within a company what one wallet gives another takes, and few groups move points
WHERE_ANY = (finance.MOVED, finance.CAME, finance.LEFT)


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	day, companies = getdate(asked.day) if asked.day else getdate(), _companies(asked.company)
	if places.is_limited_within_company("Points Account"):
		return [], [], _("What is owed in points is told of whole companies, and you read less than one.")
	if asked.view == PROVISION:
		return _provision(companies, day)
	if asked.view == ELSEWHERE:
		return _elsewhere(companies)
	if asked.step in FIGURES and asked.group:
		return _entries(companies, day, asked)
	view = {AGE: _by_age, MOVEMENT: _movement, FORECAST: _forecast}.get(asked.view, _by_end)
	if not companies:
		return view([], [], day)[0], [], _("No company of yours has wallets.")
	lots, moved = reading.open_on(companies, day), reading.movement(companies, day)
	columns, rows = view(lots, moved, day)
	_add_value(columns, rows, _value(companies), _currency(companies))
	open_points = sum(lot.points for lot in lots)
	said = reading.in_words(reading.tie(companies, day, lots, moved))
	if not asked.company and not allowed_companies(frappe.session.user, "Points Account"):
		said = " ".join(filter(None, (said, reading.group_in_words(moved))))
	return columns, rows, said, _chart(columns, rows), _summary(open_points, _value(companies), companies)


def _summary(points: int, value: float, companies: list[str]) -> list[dict]:
	"""What is owed on the day, in points and in money where a point has one value."""
	figures = [drilling.summed(_("Open Points"), points)]
	if value and (currency := _currency(companies)):
		worth = drilling.summed(_("Value", context="Points Liability"), points * value, "Currency")
		figures.append(worth | {"currency": currency})
	return figures


def _entries(companies: list[str], day: date, asked) -> tuple:
	"""Return the entries behind what moved in a month."""
	begins, after = getdate(f"{asked.group}-01"), getdate(add_days(day, 1))
	_rows, total = entries.of_month(companies, begins, FIGURES[asked.step], after, 1, 0)
	first = first_of(max(cint(asked.page), 1), total)
	rows, total = entries.of_month(companies, begins, FIGURES[asked.step], after, PAGE, first)
	shown = [
		column("entry", _("Points Ledger Entry"), "Link", 150, "Points Ledger Entry"),
		column("posted_on", _("Posted On"), "Datetime", 170),
		column("employee_name", _("Employee"), "Data", 170),
		column("points", _("Points", context="Points Liability"), "Int", 110),
		column("note", _("Note", context="Points Ledger Entry"), "Data", 320),
		column("company", _("Company"), "Data", 170),
	]
	# what goes both ways adds up with its sign
	is_signed = asked.step in (finance.CORRECTED, finance.MOVED)
	for row in rows:
		row.update(entry=row.name, points=-row.points if is_signed and row.direction == OUT else row.points)
	page = Page(rows, total, first + 1)
	return drilling.records(shown, page.rows, page, f"{_moved(asked.step)} {asked.group}")


def _moved(name: str) -> str:
	return {
		finance.ISSUED: _("Earned", context="Points Liability"),
		finance.TAKEN_BACK: _("Taken Back", context="Points Liability"),
		finance.SPENT: _("Spent", context="Points Liability"),
		finance.RETURNED: _("Given Back", context="Points Liability"),
		finance.EXPIRED: _("Expired", context="Points Liability"),
		finance.CORRECTED: _("Corrected", context="Points Liability"),
		finance.MOVED: _("From Other Wallets"),
		finance.CAME: _("From Other Companies"),
		finance.LEFT: _("To Other Companies"),
	}[name]


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
		column("came", _("From Other Companies"), "Int", 160),
		column("left", _("To Other Companies"), "Int", 150),
		column("amount", _("Amount"), "Currency", 130, "currency"),
		column("in_books", _("In the General Ledger"), "Currency", 160, "currency"),
	]
	rows = [
		{
			**{
				name: getattr(month, name)
				for name in (
					"company",
					"points",
					"in_ledger",
					"came",
					"left",
					"amount",
					"in_books",
					"currency",
				)
			},
			"provision": month.name,
			"month": formatdate(month.month, "yyyy-MM"),
			"state": _(month.state, context="Points Provision"),
		}
		for month in found
	]
	return columns, rows, _in_words(found)


def _elsewhere(companies: list[str]) -> tuple:
	"""Return the wallets whose owner works for another company now, what ends soonest first."""
	found = finding.elsewhere(companies=companies)
	columns = [
		column("wallet", _("Points Account"), "Link", 150, "Points Account"),
		column("employee_name", _("Employee"), "Data", 170),
		column("company", _("Given By", context="Points Liability"), "Data", 170),
		column("works_for", _("Works For Now"), "Data", 170),
		column("points", _("Points", context="Points Liability"), "Int", 110),
		column("ends_on", _("First Points End After"), "Date", 160),
	]
	names, ends = finding.names_of(found), finding.first_last_days(found)
	rows = [
		{
			"wallet": row.wallet,
			"employee_name": names.get(row.employee_now, row.employee_now),
			"company": row.company,
			"works_for": row.company_now,
			"points": row.points,
			"ends_on": ends.get(row.wallet),
		}
		for row in found
	]
	rows.sort(key=lambda row: (row["ends_on"] is None, row["ends_on"] or getdate(), row["wallet"]))
	said = None if rows else _("Nobody who works for another company now holds points there.")
	total = sum(row["points"] for row in rows)
	return columns, rows, said, None, [drilling.summed(_("Open Points"), total)] if rows else []


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
			"bucket": words.get(name)
			or counted(
				name, _("{0} day", context="Points Liability"), _("{0} days", context="Points Liability")
			).format(name),
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
		column("opening", _("At the Beginning"), "Int", 150),
		*(drilling.figure(name, _moved(name)) for name in FIGURES),
		column("points", _("At the End"), "Int", 130),
	]
	rows = [_month(month) for month in moved]
	never = [name for name in WHERE_ANY if not any(row[name] for row in rows)]
	return [each for each in columns if each["fieldname"] not in never], rows


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
		"key": formatdate(month.begins, "yyyy-MM"),
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
