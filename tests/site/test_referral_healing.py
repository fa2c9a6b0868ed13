"""Somebody wrote into a Referral itself: its columns become again what HRMS says, and the timeline keeps who was wrong."""

from datetime import timedelta

import frappe
import pytest
from count_queries import counted_queries
from frappe.utils import getdate, now_datetime
from referral_factories import applicant_of, followed, make_referral, timeline
from site_factories import answer_offer, hire, in_days, make_offer, schedule_interview

from referral_hub.referrals import service
from referral_hub.referrals.deriving import reconcile
from referral_hub.referrals.deriving.following import STATE_COLUMNS

WRITTEN = {
	"stays": "2020-01-01/2020-06-30 2021-01-01/..",
	"stage": "Confirmed",
	"outcome": "Left",
	"reason": "Some reason",
	"hint": "Some hint",
	"next_interview_on": "2026-01-01 10:00:00",
	"offered_on": "2020-01-01",
	"joined_on": "2020-01-01",
	"confirmed_on": "2020-01-01",
	"left_on": "2020-01-01",
	"hired_employee": "HR-EMP-NOBODY",
	"no_show_proposed_on": "2020-01-01",
	"applicant_deleted": 1,
	"rejected_by_offer": 1,
	"cancelled_declines": 3,
}


def write_into(referral, **values):
	for column, value in values.items():
		frappe.db.sql(f"update `tabReferral` set {column} = %s where name = %s", (value, referral.name))


def columns_of(referral) -> tuple:
	return frappe.db.get_value("Referral", referral.name, STATE_COLUMNS)


def last_note(referral) -> dict:
	event = frappe.get_last_doc("Referral Event", {"referral": referral.name, "kind": "Note"})
	return frappe.parse_json(event.facts)


def test_every_column_of_the_state_is_tried():
	assert set(WRITTEN) == set(STATE_COLUMNS)


@pytest.mark.parametrize("column", STATE_COLUMNS)
@pytest.mark.parametrize("way", ["refresh", "reconcile"])
def test_a_column_that_somebody_wrote_to_is_healed(column, way):
	referral = make_referral()
	hire(answer_offer(make_offer(applicant_of(referral))))
	followed(referral)
	before, events = columns_of(referral), len(timeline(referral))
	write_into(referral, **{column: WRITTEN[column]})
	assert columns_of(referral) != before
	if way == "refresh":
		assert service.refresh(referral.name) is True
	else:
		assert reconcile.find_moved().changed == [referral.name]
		assert service.reconcile() == 1
	assert columns_of(referral) == before
	assert [row[1] for row in timeline(referral)[events:]] == ["Note"]
	assert list(last_note(referral)["columns"]) == [column]
	assert service.refresh(referral.name) is False
	assert reconcile.find_moved().changed == []


def test_a_stage_that_no_one_knows_is_healed_too():
	referral = make_referral()
	write_into(referral, stage="Nonsense", outcome="Nonsense", facts_digest="nonsense", last_event_seq=7)
	assert service.refresh(referral.name) is True
	row = frappe.get_doc("Referral", referral.name)
	assert (row.stage, row.outcome, row.last_event_seq) == ("Submitted", "Open", 2)
	assert last_note(referral) == {
		"note": "changed_by_hand",
		"columns": {"stage": ["Nonsense", "Submitted"], "outcome": ["Nonsense", "Open"]},
	}


def test_news_that_comes_with_the_healing_is_told_from_where_the_timeline_was():
	referral = make_referral()
	schedule_interview(applicant_of(referral), on=in_days(2))
	write_into(referral, stage="Confirmed")
	service.refresh(referral.name)
	assert [row[1:] for row in timeline(referral)] == [
		("Stage", "Submitted", "Open"),
		("Stage", "Interviewing", "Open"),
		("Interview", "Interviewing", "Open"),
		("Note", "Interviewing", "Open"),
	]


def test_where_the_applicant_is_gone_stage_and_outcome_come_from_the_timeline():
	referral = make_referral()
	make_offer(applicant_of(referral))
	followed(referral)
	frappe.db.delete("Job Applicant", {"name": referral.job_applicant})
	followed(referral)
	before = columns_of(referral)
	write_into(referral, stage="Joined", outcome="Hired")
	assert reconcile.find_moved().changed == [referral.name]
	service.refresh(referral.name)
	assert columns_of(referral) == before
	assert reconcile.find_moved().changed == []


def test_a_row_closed_long_ago_that_somebody_wrote_to_lately_is_found():
	referral = make_referral()
	long_ago = now_datetime() - timedelta(days=400)
	values = {"outcome": "Withdrawn", "stage_changed_on": long_ago}
	frappe.db.set_value("Referral", referral.name, values)
	assert service.reconcile(since=now_datetime() - timedelta(days=180)) == 1
	assert frappe.db.get_value("Referral", referral.name, "outcome") == "Open"


def test_looking_at_the_columns_costs_no_query_per_referral():
	for referral in [make_referral() for _number in range(3)]:
		write_into(referral, joined_on=getdate())
	masters = reconcile.read_masters()
	with counted_queries() as sent:
		assert len(reconcile.find_moved(masters=masters).changed) == 3
	assert len(sent) == 7
