"""A month's provision for open points: one Journal Entry on its last day, taken back on the first day of the next.

So each month carries what is owed at its end, and the expense of a month is what the provision grew by. One row a company
and month, unique in the database; its lock makes each entry once, whoever asks at the same time. What the ledger can't prove is not
booked. What ERPNext refuses (a closed period, a frozen account) waits with its words and is tried again. Commits nothing.
"""

from datetime import date
from decimal import Decimal

import frappe
from erpnext.accounts.doctype.journal_entry.journal_entry import make_reverse_journal_entry
from frappe import _
from frappe.utils import add_days, cint, flt, formatdate, getdate, strip_html

from referral_hub import amended, kept
from referral_hub.points import clock
from referral_hub.points.finance import policy, reading
from referral_hub.points.rules import provision as rules
from referral_hub.points.rules.finance import between_companies
from referral_hub.wording.counting import counted

DOCTYPE, ENTRY = "Points Provision", "Journal Entry"


def wanted(today: date | None = None) -> list[tuple[str, date]]:
	"""Return (company, first day of the month) of each month that is over and not settled, or whose entries somebody touched.

	What was booked is taken back also where the settings name its company or month no more.
	"""
	settled = set(
		frappe.db.sql(
			"""select row.company, row.month from `tabPoints Provision` row
			left join `tabJournal Entry` entry on entry.name = row.journal_entry and entry.docstatus = 1
			left join `tabJournal Entry` reversal on reversal.name = row.reversal and reversal.docstatus = 1
			where row.state in %(given_up)s or (row.state = %(reversed)s and entry.name is not null and reversal.name is not null)""",
			{"given_up": (rules.NOTHING, rules.TAKEN_OUT), "reversed": rules.REVERSED},
		)
	)
	asked = [
		(row.company, month)
		for row in policy.rows()
		for month in rules.finished_months(row.first_month, today or clock.today())
	]
	booked = frappe.db.sql(
		"""select company, month from `tabPoints Provision` where ifnull(journal_entry, '') != ''
		order by month, company"""
	)
	return [one for one in dict.fromkeys([*asked, *booked]) if one not in settled]


def provide(company: str, month: date):
	"""Book a month and take it back, as far as it can be done now; say on the row what it waits for. Safe to repeat."""
	row = _row(company, month)
	if not row.journal_entry:
		_book(row)
	_drop_stale(row)
	_take_back(row)
	return follow(row)


def make_again(name: str):
	"""Try a month that waits, or book anew what a person took out: its entry, or the reversal."""
	row = frappe.get_doc(DOCTYPE, name, for_update=True)
	for field in ("journal_entry", "reversal"):
		if _entry(row, field).is_gone:
			row.update({field: None, "taken_out_by": None, "note": None, "state": rules.WAITING})
	_save(row)
	return provide(row.company, row.month)


def follow(row):
	"""Let a row say what became of its entries: amended ones stand for what they amended."""
	for field in ("journal_entry", "reversal"):
		if row.get(field) and (stands := amended.standing_for(ENTRY, row.get(field))):
			row.set(field, stands)
		elif row.get(field):
			row.taken_out_by = amended.who_ended(ENTRY, row.get(field))
			row.note = _("{0} was taken out of the books. Make it again, or leave it so.").format(
				row.get(field)
			)
	if row.state != rules.NOTHING:
		row.state = rules.state_of(_entry(row, "journal_entry"), _entry(row, "reversal"))
	_save(row)
	return row


def _row(company: str, month: date):
	"""Return the locked row of a month. A duplicate means another process was faster: only a locking read sees its row."""
	key = {"company": company, "month": month}
	if name := frappe.db.get_value(DOCTYPE, key, for_update=True):
		return frappe.get_doc(DOCTYPE, name, for_update=True)
	row = frappe.new_doc(DOCTYPE).update(
		{**key, "state": rules.WAITING, "day": rules.last_day(month), "title": f"{month:%Y-%m}"}
	)
	row.currency = frappe.get_cached_value("Company", company, "default_currency")
	frappe.db.savepoint("points_provision")
	try:
		with kept.writing(row):
			return row.insert(ignore_permissions=True)
	except frappe.UniqueValidationError:
		frappe.db.rollback(save_point="points_provision")
		frappe.clear_last_message()
		return frappe.get_doc(DOCTYPE, frappe.db.get_value(DOCTYPE, key, for_update=True), for_update=True)


def _book(row) -> None:
	"""Set aside what the points of the last day are worth."""
	if row.state == rules.NOTHING:
		return
	account = policy.of(row.company)
	if not account:
		row.note = _("Say in Referral Hub Settings where {0} books its provision.").format(row.company)
		return
	lots, moved = reading.open_on([row.company], row.day), reading.movement([row.company], row.day)
	found = reading.tie([row.company], row.day, lots, moved)
	if not found.holds:
		row.note = reading.in_words(found)
		return
	value, share = policy.value_of_point(row.company), Decimal(str(flt(account.share)))
	places = cint(frappe.get_precision("Journal Entry Account", "debit_in_account_currency"))
	amount = rules.worth(found.entries, value, share, places)
	row.update(
		{"points": found.entries, "point_value": flt(value), "share": flt(share), "amount": flt(amount)}
	)
	if not amount:
		row.update({"state": rules.NOTHING, "note": None})
		return
	came, left = between_companies(each for each in moved if each.begins == getdate(row.month))
	row.journal_entry, row.note = _enter(lambda: _new_entry(row, account, came, left), account)


def _new_entry(row, account, came: int, left: int):
	entry = frappe.new_doc(ENTRY).update({"company": row.company, "posting_date": row.day})
	words = counted(
		row.points,
		_("Points that employees hold on {0}: {1} point of {2}, {3} % of it"),
		_("Points that employees hold on {0}: {1} points, {2} each, {3} % of them"),
	)
	entry.user_remark = words.format(
		formatdate(row.day), row.points, f"{flt(row.point_value):g} {row.currency}", f"{flt(row.share):g}"
	)
	if came or left:
		words = counted(
			came,
			_("In this month {0} point came from other companies of the group, and {1} left to them."),
			_("In this month {0} points came from other companies of the group, and {1} left to them."),
		)
		entry.user_remark += "\n" + words.format(came, left)
	center = account.cost_center or frappe.get_cached_value("Company", row.company, "cost_center")
	for name, side in ((account.expense_account, "debit"), (account.provision_account, "credit")):
		entry.append(
			"accounts",
			{"account": name, f"{side}_in_account_currency": row.amount, "cost_center": center},
		)
	return entry


def _drop_stale(row) -> None:
	"""A reversal still in draft of an entry that stands no more would take back what is not there."""
	draft = amended.standing_for(ENTRY, row.reversal) if row.reversal else None
	found = draft and frappe.db.get_value(ENTRY, draft, ["docstatus", "reversal_of"], as_dict=True)
	if found and found.docstatus == rules.IN_DRAFT and found.reversal_of != _standing(row):
		row.reversal = None
		_save(row)
		frappe.delete_doc(ENTRY, draft, ignore_permissions=True)


def _standing(row) -> str | None:
	return amended.standing_for(ENTRY, row.journal_entry) if row.journal_entry else None


def _take_back(row) -> None:
	"""Reverse the entry of a month on the day after it."""
	entry = _standing(row)
	if not entry or not rules.may_reverse(_entry(row, "journal_entry"), _entry(row, "reversal")):
		return

	def reverse():
		reversal = make_reverse_journal_entry(entry)
		reversal.posting_date = add_days(row.day, 1)
		reversal.user_remark = _("Takes back {0}: the next provision says what is owed then.").format(entry)
		return reversal

	row.reversal, row.note = _enter(reverse, policy.of(row.company))


def _enter(make, account) -> tuple[str | None, str | None]:
	"""Insert an entry, and submit it where Accounts wishes so; return its name, or why ERPNext refused it."""
	frappe.db.savepoint("points_provision_entry")
	try:
		entry = make()
		entry.insert(ignore_permissions=True)
		if account and cint(account.submit_entries):
			entry.flags.ignore_permissions = True
			entry.submit()
	except frappe.ValidationError as error:
		frappe.db.rollback(save_point="points_provision_entry")
		frappe.clear_messages()
		return None, strip_html(str(error)) or _("ERPNext refused the Journal Entry.")
	return entry.name, None


def _entry(row, field: str) -> rules.Entry:
	stands = amended.standing_for(ENTRY, row.get(field)) if row.get(field) else None
	docstatus = frappe.db.get_value(ENTRY, stands, "docstatus") if stands else None
	return rules.Entry(docstatus, was_made=bool(row.get(field)))


def _save(row) -> None:
	with kept.writing(row):
		row.save(ignore_permissions=True)
