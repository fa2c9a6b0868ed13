"""The queue of HR is complete however long it is: filtered by the database, a page at a time, the same few queries."""

import frappe
import pytest
import site_factories as hr
from count_queries import counted_queries
from frappe.utils import add_days, nowdate
from referral_factories import make_referral

from referral_hub.referral_hub.report.referral_queue import referral_queue
from referral_hub.referrals.service_level import people
from referral_hub.referrals.service_level import queue as waiting

MANY = 1200


@pytest.fixture
def opening():
	"""An opening whose recruiter answers for one referral."""
	opening = hr.make_opening()
	recruiter = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=recruiter).insert()
	opening.recruiter = recruiter
	return opening


def many_others(number: int, *, due: str, **fields) -> str:
	"""As many referrals of other people to an opening of nobody's, all more overdue; return that opening."""
	row = make_referral()
	columns = [column for column in frappe.db.get_table_columns("Referral") if column not in ("name",)]
	listed = ", ".join(f"`{column}`" for column in columns)
	frappe.db.set_value("Referral", row.name, {"next_word_due": due, **fields}, update_modified=False)
	values = ", ".join(
		f"concat(`{column}`, seq.seq)" if column in ("submission_key",) else f"`{column}`"
		for column in columns
	)
	frappe.db.sql(
		f"""insert into `tabReferral` (name, {listed})
		select concat(name, '-', lpad(seq.seq, 6, '0')), {values} from `tabReferral`
		join seq_1_to_{number} seq where `tabReferral`.name = %s""",
		row.name,
	)
	return row.job_opening


def shown(**filters) -> list[str]:
	return [row["referral"] for row in referral_queue.execute(filters)[1]]


def test_a_recruiters_own_is_found_behind_more_than_any_page_of_others(opening):
	own = make_referral(opening=opening)
	many_others(MANY, due="2026-01-05")
	assert shown(recruiter=opening.recruiter) == [own.name]
	assert shown(job_opening=opening.name) == [own.name]


def test_a_form_of_ours_names_what_it_links_to(opening):
	referral = make_referral(opening=opening)
	frappe.local.response.pop("_link_titles", None)
	referral.run_method("onload")
	titles = frappe.local.response["_link_titles"]
	assert titles[f"Job Opening::{opening.name}"] == opening.job_title
	assert titles[f"Employee::{referral.referrer}"] == referral.referrer_name


def test_openings_and_recruiters_are_told_by_name(opening):
	make_referral(opening=opening)
	frappe.local.response.pop("_link_titles", None)
	assert shown(job_opening=opening.name)
	assert frappe.local.response["_link_titles"] == {
		f"Job Opening::{opening.name}": opening.job_title,
		f"User::{opening.recruiter}": frappe.utils.get_fullname(opening.recruiter),
	}


def test_all_that_is_overdue_is_counted_though_a_page_shows_some(opening):
	before = {figure["label"]: figure["value"] for figure in referral_queue.execute({})[4]}
	many_others(MANY, due="2026-01-05")
	_columns, rows, said, _chart, summary = referral_queue.execute({"page_length": 100})
	assert len(rows) == 100
	after = {figure["label"]: figure["value"] for figure in summary}
	assert after["Overdue"] - before["Overdue"] == MANY + 1
	total = after["Waiting for a Word"]
	assert total - before["Waiting for a Word"] == MANY + 1
	assert said == f"Rows 1 to 100 of {total}"


def test_the_pages_together_are_everything_once_and_in_order():
	other = many_others(MANY, due="2026-01-05")
	pages = [shown(job_opening=other, page=page, page_length=500) for page in (1, 2, 3)]
	assert [len(page) for page in pages] == [500, 500, MANY + 1 - 1000]
	together = [name for page in pages for name in page]
	assert together == sorted(together) and len(set(together)) == MANY + 1
	assert shown(job_opening=other, page=99, page_length=500) == pages[2]  # past the end: the last one


def test_a_page_costs_the_same_few_queries_whatever_waits(opening):
	make_referral(opening=opening)
	filters = {"recruiter": opening.recruiter}
	shown(**filters)
	with counted_queries() as few:
		shown(**filters)
	many_others(MANY, due="2026-01-05", job_opening=opening.name)
	with counted_queries() as many:
		assert len(shown(**filters, page_length=5000)) == MANY + 2
	assert len(many) == len(few) <= 6


def test_profiles_are_joined_for_the_rows_shown_and_counted_through_for_a_recruiter_alone(opening):
	own = make_referral(opening=opening)
	with counted_queries() as of_all:
		referral_queue.execute({})
	with counted_queries() as of_one:
		assert shown(recruiter=opening.recruiter) == [own.name]
	assert ["tabOpening Profile" in query for query in counts_of(of_all)] == [False]
	assert ["tabOpening Profile" in query for query in counts_of(of_one)] == [True]


def counts_of(sent: list[str]) -> list[str]:
	"""The counting of what waits among what was sent."""
	return [query for query in sent if "COUNT(*)" in query and "`next_word_due`" in query]


def test_what_waits_is_counted_from_an_index_alone():
	many_others(MANY, due="2026-01-05")
	with counted_queries() as sent:
		waiting.waiting({})
	[count] = counts_of(sent)
	[plan] = frappe.db.sql(f"explain {count}", {"param1": "Open"}, as_dict=True)
	assert (plan.key, "Using index" in plan.Extra.split("; ")) == ("next_word_counted", True)


def test_only_overdue_and_reason_missing_are_filtered_by_the_database_too(opening):
	late = make_referral(opening=opening)
	frappe.db.set_value("Referral", late.name, "next_word_due", add_days(nowdate(), -1))
	many_others(MANY, due=add_days(nowdate(), 9), job_opening=opening.name)
	assert shown(recruiter=opening.recruiter, only_overdue=1) == [late.name]
	closed = {"outcome": "Not Selected", "stage_changed_on": "2026-01-05"}
	frappe.db.set_value("Referral", late.name, {**closed, "stage_changed_on": "2025-01-05"})
	other = many_others(2, due="2026-01-05", **closed)
	assert len(shown(show="Reason Missing", job_opening=other)) == 3
	assert shown(show="Reason Missing", recruiter=opening.recruiter) == [late.name]


def test_whose_it_is_reads_the_same_in_the_queue_and_in_the_reminders(opening):
	"""The recruiter of the opening; who can't sign in any more or was never named is followed by the one in the settings."""
	general = hr.make_user(roles=("HR User",)).name
	frappe.db.set_single_value("Referral Hub Settings", "recruiter", general)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	own, nobodys = make_referral(opening=opening), make_referral()
	assert (shown(recruiter=opening.recruiter), own.name in shown(recruiter=general)) == ([own.name], False)
	assert nobodys.name in shown(recruiter=general)
	frappe.db.set_value("User", opening.recruiter, "enabled", 0)
	assert (shown(recruiter=opening.recruiter), own.name in shown(recruiter=general)) == ([], True)
	assert people.recruiters(opening.name, hr.COMPANY) == [general]


@pytest.mark.parametrize("length", [0, -5, "x", 10**9])
def test_a_senseless_page_is_a_page(length):
	assert waiting.waiting({"page": length, "page_length": length}).first == 1
