"""A declined offer that HR cancels to amend: HRMS leaves the applicant Rejected, and nobody hears of a refusal."""

import frappe
import pytest
import reward_factories as given
import site_factories as hr
from referral_factories import applicant_of, followed, make_referral, standing, timeline

from referral_hub.referrals import service
from referral_hub.setup.words.reasons import make_reasons

REASON = "Experience does not match yet"


@pytest.fixture
def referral():
	"""Referred by somebody who reads messages, offered, declined and cancelled by HR."""
	made = make_referral(hr.make_employee(user=True))
	offer = hr.make_offer(applicant_of(made))
	assert standing(made) == ("Offered", "Open")
	hr.answer_offer(offer, "Rejected")
	assert standing(made) == ("Offered", "Declined Offer")
	frappe.get_doc("Job Offer", offer.name).cancel()
	assert applicant_of(made).status == "Rejected"
	return made


def declined_offer(referral):
	return frappe.get_last_doc("Job Offer", {"job_applicant": applicant_of(referral).name, "docstatus": 2})


def amended(offer):
	new = frappe.copy_doc(offer)
	new.update({"amended_from": offer.name, "status": "Awaiting Response"})
	return new.insert()


def news(referral, event: str) -> int:
	return len(
		set(
			frappe.get_all("Referral Message", {"referral": referral.name, "event": event}, pluck="event_key")
		)
	)


def test_the_cancelled_offer_leaves_the_candidates_no_and_tells_nobody_of_a_refusal(referral):
	assert standing(referral) == ("Screening", "Declined Offer")
	assert (news(referral, "offer_declined"), news(referral, "not_selected")) == (1, 0)
	assert news(referral, "candidate_result") == 1  # passed, with the first offer


def test_the_amended_draft_and_offer_are_open_again_though_the_applicant_stays_rejected(referral):
	followed(referral)
	new = amended(declined_offer(referral))
	assert applicant_of(referral).status == "Rejected"
	assert standing(referral) == ("Selected", "Open")
	new.submit()
	assert standing(referral) == ("Offered", "Open")
	assert standing(referral) == ("Offered", "Open")
	hr.answer_offer(new)
	assert standing(referral) == ("Offered", "Open")
	assert news(referral, "not_selected") == 0
	assert news(referral, "offer_made") == 2
	assert news(referral, "candidate_result") == 1


def test_a_look_that_came_only_after_the_amendment_says_the_same():
	made = make_referral(hr.make_employee(user=True))
	offer = hr.make_offer(applicant_of(made))
	hr.answer_offer(offer, "Rejected")
	frappe.get_doc("Job Offer", offer.name).cancel()
	amended(frappe.get_doc("Job Offer", offer.name)).submit()
	assert standing(made) == ("Offered", "Open")
	assert (news(made, "not_selected"), news(made, "offer_declined")) == (0, 0)


def test_a_cancelled_offer_that_is_deleted_is_remembered(referral):
	followed(referral)
	frappe.delete_doc("Job Offer", declined_offer(referral).name)
	assert standing(referral) == ("Screening", "Declined Offer")
	hr.make_offer(applicant_of(referral))
	assert standing(referral) == ("Offered", "Open")
	assert standing(referral) == ("Offered", "Open")


def test_a_second_no_is_told_like_the_first(referral):
	new = amended(declined_offer(referral)).submit()
	followed(referral)
	hr.answer_offer(new, "Rejected")
	assert standing(referral) == ("Offered", "Declined Offer")
	assert news(referral, "offer_declined") == 2


def test_hr_that_rejects_anew_while_the_new_offer_is_out_is_believed(referral):
	followed(referral)
	amended(declined_offer(referral)).submit()
	assert standing(referral) == ("Offered", "Open")
	hr.set_applicant_status(applicant_of(referral), "Replied")
	assert standing(referral) == ("Offered", "Open")
	hr.set_applicant_status(applicant_of(referral), "Rejected")
	assert standing(referral) == ("Offered", "Not Selected")
	assert news(referral, "not_selected") == 1


def test_a_reason_of_hrs_own_decides_while_hrms_still_says_rejected(referral):
	make_reasons()
	followed(referral)
	applicant = applicant_of(referral)
	applicant.referral_hub_reason = REASON
	applicant.save()
	assert standing(referral) == ("Screening", "Not Selected")


def test_an_offer_cancelled_after_hr_took_the_rejection_back_rejects_by_itself_again():
	made = make_referral()
	offer = hr.answer_offer(hr.make_offer(applicant_of(made)), "Rejected")
	followed(made)
	hr.set_applicant_status(applicant_of(made), "Replied")
	followed(made)
	frappe.get_doc("Job Offer", offer.name).cancel()
	assert applicant_of(made).status == "Rejected"
	assert standing(made) == ("Screening", "Declined Offer")


def test_the_reconcile_finds_nothing_to_do_on_the_way(referral):
	amended(declined_offer(referral)).submit()
	followed(referral)
	before = timeline(referral)
	service.reconcile()
	assert timeline(referral) == before


def test_what_the_offer_earned_is_earned_once_over_both_offers():
	story = given.make_story(given.points("Offered", 10), user=True)
	offer = hr.make_offer(story.applicant)
	given.follow(story)
	hr.answer_offer(offer, "Rejected")
	given.follow(story)
	frappe.get_doc("Job Offer", offer.name).cancel()
	given.follow(story)
	amended(frappe.get_doc("Job Offer", offer.name)).submit()
	given.follow(story)
	given.pay()
	assert (story.referral.stage, story.referral.outcome) == ("Offered", "Open")
	assert given.states_of(story) == {"Offered": "Paid"}
