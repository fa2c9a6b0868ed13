"""What happens twice is told twice, and what was put right while it waited is told to nobody."""

from datetime import UTC, datetime, timedelta

import frappe
import pytest
import site_factories as hr
from freezegun import freeze_time
from referral_factories import applicant_of, followed, make_candidate, make_referral

from referral_hub.messages import service


@pytest.fixture
def referral():
	return make_referral(hr.make_employee(user=True), candidate=make_candidate(email=hr.unique_email("lin")))


def status(referral, *statuses: str) -> None:
	for one in statuses:
		hr.set_applicant_status(applicant_of(referral), one)
		followed(referral)


def states(referral, event: str) -> list[str]:
	filters = {"referral": referral.name, "event": event, "channel": "Email"}
	return frappe.get_all("Referral Message", filters, pluck="state", order_by="creation asc")


def later(hours: int):
	return freeze_time(datetime.now(UTC) + timedelta(hours=hours))


def test_a_second_refusal_is_told_to_the_referrer_and_to_the_candidate(referral):
	status(referral, "Replied", "Rejected")
	with later(26):
		service.send_pending()
	status(referral, "Replied", "Rejected")
	with later(26):
		service.send_pending()
	assert states(referral, "not_selected") == ["Sent", "Sent"]
	assert states(referral, "candidate_result") == ["Sent", "Sent"]


def test_a_refusal_that_was_taken_back_unsent_does_not_stand_in_the_way_of_a_true_one(referral):
	status(referral, "Replied", "Rejected", "Replied")
	with later(26):
		service.send_pending()
	assert states(referral, "candidate_result") == ["Skipped"]
	status(referral, "Rejected")
	with later(26):
		service.send_pending()
	assert states(referral, "candidate_result") == ["Skipped", "Sent"]


def test_good_news_that_was_not_true_when_it_went_out_is_told_when_it_is(referral):
	offer = hr.make_offer(applicant_of(referral), submit=False)
	followed(referral)
	frappe.delete_doc("Job Offer", offer.name)
	followed(referral)
	service.send_pending()
	assert states(referral, "candidate_result") == ["Skipped"]
	hr.make_offer(applicant_of(referral))
	followed(referral)
	service.send_pending()
	assert states(referral, "candidate_result") == ["Skipped", "Sent"]


def test_good_news_is_told_again_after_a_refusal(referral):
	hr.make_offer(applicant_of(referral), submit=False)
	followed(referral)
	service.send_pending()
	status(referral, "Rejected")
	with later(26):
		service.send_pending()
	frappe.get_last_doc("Job Offer", {"job_applicant": applicant_of(referral).name}).delete()
	status(referral, "Replied")
	hr.make_offer(applicant_of(referral))
	followed(referral)
	service.send_pending()
	assert states(referral, "candidate_result") == ["Sent", "Sent", "Sent"]


@pytest.mark.parametrize("wish", ["quiet hours", "digest"])
def test_a_refusal_put_right_while_it_waited_is_not_told_to_the_referrer(referral, wish):
	frappe.get_doc(
		doctype="Referral Preference",
		employee=referral.referrer,
		**({"digest": "Weekly"} if wish == "digest" else {}),
	).insert()
	status(referral, "Replied", "Rejected")
	frappe.db.set_value(
		"Referral Message",
		{"referral": referral.name, "event": "not_selected", "channel": "Email"},
		"waits_until",
		frappe.utils.add_to_date(None, hours=5),
	)
	status(referral, "Replied")
	with later(24 * 8):
		service.send_pending()
	rows = frappe.get_all(
		"Referral Message",
		{"referral": referral.name, "event": "not_selected", "channel": "Email"},
		["state", "error"],
	)
	assert [(row.state, row.error) for row in rows] == [
		("Skipped", "The referral says something else by now.")
	]


def test_two_refusals_that_wait_together_are_one_message(referral):
	status(referral, "Replied", "Rejected", "Replied", "Rejected")
	with later(26):
		service.send_pending()
	assert states(referral, "not_selected") == ["Skipped", "Sent"]
	assert states(referral, "candidate_result") == ["Skipped", "Sent"]
