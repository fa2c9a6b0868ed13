"""The provision for open points: real Journal Entries, once a month, taken back on the next day, as the ledger says."""

import re
from datetime import date

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, add_months, flt, get_first_day, getdate, today

from referral_hub import tasks
from referral_hub.points import clock, journal, service
from referral_hub.points.finance import provision
from referral_hub.points.moving import companies
from referral_hub.referral_hub.report.points_liability.points_liability import execute

SETTINGS = "Referral Hub Settings"


def month() -> date:
	return getdate(get_first_day(add_months(today(), -1)))


def last_day() -> date:
	return getdate(add_days(get_first_day(today()), -1))


@pytest.fixture
def then(monkeypatch):
	"""Do something in the month that is over."""

	def do(step, *args, **more):
		moment = frappe.utils.get_datetime(f"{month()} 10:00:00")
		with monkeypatch.context() as clocks:
			clocks.setattr(clock, "today", month)
			clocks.setattr(journal, "now_datetime", lambda: moment)
			return step(*args, **more)

	return do


@pytest.fixture
def earned(then):
	"""Give somebody points in the month that is over; return who."""

	def post(points: int) -> str:
		employee = hr.make_employee().name
		then(service.post, employee, points, "Issuance", hr.unique("earn"), company=hr.COMPANY)
		return employee

	return post


def account(root_type: str, name: str) -> str:
	parent = frappe.db.get_value(
		"Account",
		{"company": hr.COMPANY, "root_type": root_type, "is_group": 1, "parent_account": ["is", "set"]},
	)
	made = {"account_name": hr.unique(name), "company": hr.COMPANY, "parent_account": parent}
	return frappe.get_doc({"doctype": "Account", **made}).insert().name


@pytest.fixture
def books():
	"""Accounts says where the company books; entries are submitted."""
	return set_books()


def set_books(**values):
	settings = frappe.get_doc(SETTINGS)
	settings.point_value = 0.5
	settings.set("provision_accounts", [])
	settings.append(
		"provision_accounts",
		{
			"company": hr.COMPANY,
			"expense_account": account("Expense", "Points Expense"),
			"provision_account": account("Liability", "Points Provision"),
			"share": 80,
			"first_month": month(),
			"submit_entries": 1,
			**values,
		},
	)
	settings.save()
	return settings.provision_accounts[0]


def provide() -> None:
	"""What the task does, in the transaction of the test."""
	for company, begins in provision.wanted():
		provision.provide(company, begins)


def row():
	return frappe.get_doc(provision.DOCTYPE, {"company": hr.COMPANY, "month": month()})


def balance(name: str, day) -> float:
	return flt(
		frappe.db.sql(
			"select sum(debit - credit) from `tabGL Entry` where account = %s and posting_date <= %s and is_cancelled = 0",
			(name, day),
		)[0][0]
	)


def open_points() -> int:
	return execute({"company": hr.COMPANY, "view": "By Age", "day": last_day()})[1][-1]["points"]


def view():
	_columns, rows, message = execute({"company": hr.COMPANY, "view": "Provision"})
	return rows, message


def test_a_month_is_set_aside_on_its_last_day_and_taken_back_on_the_next(books, earned):
	earned(1001)
	provide()
	found, worth = row(), flt(open_points() * 0.5 * 0.8, 2)
	assert (found.state, found.points, found.amount) == ("Reversed", open_points(), worth)
	assert found.get_title() == f"{month():%Y-%m}"
	assert balance(books.provision_account, last_day()) == -worth
	assert balance(books.expense_account, last_day()) == worth
	assert balance(books.provision_account, add_days(last_day(), 1)) == 0
	rows, message = view()
	assert (rows[0]["in_ledger"], rows[0]["in_books"]) == (found.points, worth)
	assert message == "Every month that is booked ties to the points ledger and to the General Ledger."


def test_the_entry_and_the_view_say_what_left_to_another_company(books, earned, then):
	ann = earned(1001)
	earned(500)
	wallet = frappe.db.get_value("Points Account", {"employee": ann})
	assert then(companies.move_all, wallet, ann, hr.bare_company(), "transfer").points == 1001
	provide()
	remark = frappe.db.get_value("Journal Entry", row().journal_entry, "user_remark")
	assert "0 points came from other companies of the group, and 1001 left to them." in remark
	rows, message = view()
	assert (rows[0]["came"], rows[0]["left"], rows[0]["in_ledger"]) == (0, 1001, row().points)
	assert message.startswith("Every month that is booked ties")


def test_it_is_booked_once_however_often_it_is_asked_for(books, earned):
	earned(100)
	for _run in range(2):
		provide()
		provision.provide(hr.COMPANY, month())
	assert frappe.db.count("Journal Entry", {"company": hr.COMPANY, "posting_date": last_day()}) == 1
	assert frappe.db.count("Points Provision", {"company": hr.COMPANY}) == 1


def test_drafts_wait_for_accounts_and_are_taken_back_once_they_are_submitted(earned):
	set_books(submit_entries=0)
	earned(100)
	provide()
	found = row()
	assert (found.state, found.reversal) == ("Draft", None)
	frappe.get_doc("Journal Entry", found.journal_entry).submit()
	provide()
	found = row()
	assert found.state == "Booked"
	reversal = frappe.get_doc("Journal Entry", found.reversal)
	assert (reversal.docstatus, reversal.reversal_of, reversal.posting_date) == (
		0,
		found.journal_entry,
		getdate(add_days(last_day(), 1)),
	)
	reversal.submit()
	provide()
	assert row().state == "Reversed"


def test_what_was_booked_is_taken_back_also_when_the_settings_name_the_company_no_more(earned):
	set_books(submit_entries=0)
	earned(100)
	row = provision.provide(hr.COMPANY, month())
	settings = frappe.get_doc(SETTINGS)
	settings.set("provision_accounts", [])
	settings.save()
	assert (hr.COMPANY, month()) in provision.wanted()
	frappe.get_doc("Journal Entry", row.journal_entry).submit()
	row = provision.provide(hr.COMPANY, month())
	assert frappe.db.get_value("Journal Entry", row.reversal, "reversal_of") == row.journal_entry


def test_what_accounts_took_out_is_said_and_booked_again_only_when_they_ask(books, earned):
	earned(100)
	provide()
	found = row()
	first = found.journal_entry
	frappe.get_doc("Journal Entry", found.reversal).cancel()
	frappe.get_doc("Journal Entry", first).cancel()
	provide()
	provide()
	found = row()
	assert (found.state, found.taken_out_by) == ("Taken Out", "Administrator")
	assert balance(books.provision_account, last_day()) == 0
	assert provision.make_again(found.name).state == "Reversed"
	assert row().journal_entry != first
	assert balance(books.provision_account, last_day()) == -row().amount


def test_an_amended_entry_stands_for_the_one_it_amends(earned):
	set_books(submit_entries=0)
	earned(100)
	provide()
	entry = frappe.get_doc("Journal Entry", row().journal_entry)
	entry.submit()
	entry.cancel()
	better = frappe.copy_doc(entry)
	better.update({"amended_from": entry.name, "user_remark": "Written anew"})
	better.insert().submit()
	provide()
	found = row()
	assert (found.state, found.journal_entry) == ("Booked", better.name)
	assert frappe.db.get_value("Journal Entry", found.reversal, "reversal_of") == better.name


def test_what_erpnext_refuses_waits_with_its_words_and_goes_on_by_itself(books, earned):
	earned(100)
	frappe.db.set_value("Account", books.provision_account, "freeze_account", "Yes")
	frappe.db.set_value("Account", books.expense_account, "disabled", 1)
	provide()
	found = row()
	assert (found.state, found.journal_entry) == ("Waiting", None)
	assert books.expense_account in found.note
	frappe.db.set_value("Account", books.provision_account, "freeze_account", "No")
	frappe.db.set_value("Account", books.expense_account, "disabled", 0)
	provide()
	found = row()
	assert (found.state, found.note) == ("Reversed", None)


def test_a_ledger_that_does_not_tie_is_not_booked(books, earned):
	earned(100)
	frappe.db.sql("update `tabPoints Lot` set points = points + 1 where points > 1 limit 1")
	provide()
	found = row()
	assert (found.state, found.journal_entry) == ("Waiting", None)
	assert found.note.startswith("Does not tie: open points say")


def test_a_month_changed_in_the_books_does_not_tie(books, earned):
	earned(100)
	provide()
	found = row()
	frappe.db.sql("update `tabGL Entry` set credit = credit + 1 where voucher_no = %s", found.journal_entry)
	assert view()[1] == f"Does not tie to the ledgers: {month():%Y-%m} ({hr.COMPANY})"


@pytest.mark.parametrize("share", [0, 100.5, -1])
def test_a_share_is_a_part_of_the_whole(share):
	with pytest.raises(frappe.ValidationError, match="The share is more than 0 % and at most 100 %."):
		set_books(share=share)


def test_accounts_that_a_journal_entry_would_refuse_are_refused_in_the_settings():
	group = frappe.db.get_value("Account", {"company": hr.COMPANY, "root_type": "Expense", "is_group": 1})
	with pytest.raises(frappe.ValidationError, match=re.escape(f"Nothing can be booked on {group}")):
		set_books(expense_account=group)
	center = frappe.db.get_value("Cost Center", {"company": hr.COMPANY, "is_group": 1})
	with pytest.raises(frappe.ValidationError, match=re.escape(f"{center} is no cost center of")):
		set_books(cost_center=center)
	elsewhere = frappe.db.get_value(
		"Account", {"company": ["!=", hr.COMPANY], "root_type": "Expense", "is_group": 0}
	)
	if elsewhere:
		with pytest.raises(frappe.ValidationError, match=re.escape(f"{elsewhere} is no account of")):
			set_books(expense_account=elsewhere)


def test_an_expense_is_no_place_for_a_liability():
	with pytest.raises(frappe.ValidationError, match="is an account of the kind Expense, not Liability"):
		set_books(provision_account=account("Expense", "Wrong"))


def test_accountants_read_it_and_nobody_types_it(books, earned, as_user):
	earned(100)
	provide()
	name, employee = row().name, hr.make_employee(user=True).user_id
	as_user(hr.make_user(roles=("Accounts User",)).name)
	assert frappe.get_list("Points Provision", pluck="name") == [name]
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Points Provision", name).save()
	as_user(employee)
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Points Provision")


def test_the_first_month_is_this_one_unless_accounts_says_otherwise():
	assert getdate(set_books(first_month=None).first_month) == getdate(get_first_day(today()))
	assert provision.wanted() == []
	assert getdate(set_books(first_month=date(month().year, month().month, 9)).first_month) == month()
	assert provision.wanted() == [(hr.COMPANY, month())]


def test_the_task_of_every_day_does_it_and_one_month_that_fails_stops_no_other(books, earned, monkeypatch):
	earned(100)
	wanted = provision.wanted()
	monkeypatch.setattr(provision, "wanted", lambda: [("No Such Company", month()), *wanted])
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_point: None)
	tasks.provide_for_points()
	assert row().state == "Reversed"
