"""The credit on a Job Applicant is the app's: nobody's form, import or copy moves it, and who comes later takes nothing back."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from referral_factories import applicant_of, followed, make_referral, standing
from rest_client import Person, serving

from referral_hub.api import desk_words
from referral_hub.points import service as points
from referral_hub.referrals import service as referrals
from referral_hub.referrals.deriving.reconcile import find_moved

FIELDS = ("referral_hub_referral", "referral_hub_referred")


def credit(applicant: str) -> tuple:
	return frappe.db.get_value("Job Applicant", applicant, FIELDS)


@pytest.fixture
def lost():
	"""A referral that was paid for, and whose applicant HR deleted."""
	story = given.make_story(given.points("Received", 10))
	given.pay()
	assert points.balance(story.referrer.name) == 10
	frappe.delete_doc("Job Applicant", story.applicant.name)
	given.follow(story)
	return story


def refer_again(story):
	same = referrals.Candidate(name="Ada", email=story.applicant.email_id)
	return referrals.submit(make.make_employee().name, same, story.opening.name)


def test_referred_again_after_a_deletion_the_first_keeps_what_it_earned(lost):
	desk_words.close_with_word(lost.name, "Please refer Ada again.")
	again = refer_again(lost)
	assert again.job_applicant == lost.applicant.name
	for _look in range(2):
		given.follow(lost)
		assert (lost.referral.outcome, lost.referral.applicant_deleted) == ("Expired", 1)
	assert standing(again) == ("Submitted", "Open")
	assert given.states_of(lost) == {"Received": "Paid"}
	assert points.balance(lost.referrer.name) == 10
	assert {lost.name, again.name}.isdisjoint(find_moved(after="", limit=100000).changed)


def test_a_deletion_nobody_had_noticed_is_noticed_before_the_name_is_anothers():
	story = given.make_story(given.points("Received", 10))
	given.pay()
	frappe.delete_doc("Job Applicant", story.applicant.name)
	frappe.db.set_value("Candidate Key", {"referral": story.name}, "active_key", None)
	again = refer_again(story)
	given.follow(story)
	assert (again.job_applicant, story.referral.outcome) == (story.applicant.name, "Open")
	assert (story.referral.applicant_deleted, given.states_of(story)) == (1, {"Received": "Paid"})


def test_the_hire_of_the_second_referral_is_not_the_firsts(lost):
	desk_words.close_with_word(lost.name, "Please refer Ada again.")
	again = refer_again(lost)
	make.hire_applicant(applicant_of(again))
	assert standing(again) == ("Joined", "Hired")
	given.follow(lost)
	assert (lost.referral.stage, lost.referral.outcome) == ("Submitted", "Expired")


def test_an_application_of_their_own_does_not_open_what_was_closed(lost):
	desk_words.close_with_word(lost.name, "Bye")
	applied = make.make_applicant(email=lost.applicant.email_id)
	make.set_applicant_status(applied, "Rejected")
	given.follow(lost)
	assert lost.referral.outcome == "Expired"
	assert not credit(applied.name)[0]


def test_entered_again_while_it_is_open_it_goes_on_and_is_credited(lost):
	again = make.make_applicant(name=lost.referral.candidate_name, email=lost.applicant.email_id)
	given.follow(lost)
	assert (lost.referral.outcome, lost.referral.applicant_deleted) == ("Open", 0)
	assert credit(again.name) == (lost.name, 1)


def test_a_deleted_applicant_that_is_restored_brings_its_credit_back():
	referral = make_referral()
	kept = applicant_of(referral).as_dict()
	frappe.delete_doc("Job Applicant", referral.job_applicant)
	restored = frappe.get_doc(kept).insert()
	assert credit(restored.name) == (referral.name, 1)


def test_moving_the_credit_of_the_first_leaves_the_applicant_of_the_second(lost):
	desk_words.close_with_word(lost.name, "Bye")
	again = refer_again(lost)
	referrals.move_credit(lost.name, make.make_employee().name, "Asked for it")
	assert applicant_of(again).source_name == again.referrer


def test_a_save_that_brings_another_credit_or_none_keeps_the_stored_one():
	mine, other = make_referral(), make_referral()
	for wrong in ({"referral_hub_referral": None, "referral_hub_referred": 0}, {FIELDS[0]: other.name}):
		applicant = applicant_of(mine)
		applicant.update({**wrong, "cover_letter": "Changed"})
		applicant.save()
		assert credit(applicant.name) == (mine.name, 1)
		assert applicant_of(mine).cover_letter == "Changed"


def test_hr_can_not_wipe_or_forge_a_credit_over_rest(commits):
	mine, other = make_referral(), make_referral()
	user = make.make_user(roles=("HR User",)).name
	stranger = make.unique_email("stranger")
	commits.commit()
	with serving() as address:
		person = Person(address, user, make.PASSWORD)
		path = f"/api/resource/Job Applicant/{mine.job_applicant}"
		assert person.put(path, referral_hub_referral="", phone_number="+8613800138000").status_code == 200
		assert person.put(path, referral_hub_referral=other.name, referral_hub_referred=0).status_code == 200
		forged = {"applicant_name": "S", "email_id": stranger, "status": "Open", FIELDS[0]: other.name}
		assert person.post("/api/resource/Job Applicant", **forged).status_code == 200
	frappe.db.rollback()
	assert credit(mine.job_applicant) == (mine.name, 1)
	assert credit(stranger) == (None, 0)
	assert frappe.db.get_value("Job Applicant", mine.job_applicant, "phone_number") == "+8613800138000"


def test_a_copy_begins_without_a_credit():
	referral = make_referral()
	copy = frappe.copy_doc(applicant_of(referral)).insert()
	assert credit(copy.name) == (None, 0)
	assert standing(referral) == ("Submitted", "Open")


def test_a_credit_wiped_in_the_database_is_written_again_by_the_reconcile():
	referral = make_referral()
	followed(referral)
	referrals.reconcile()  # whatever else waits on this site
	wiped = {"referral_hub_referral": None, "referral_hub_referred": 0}
	frappe.db.set_value("Job Applicant", referral.job_applicant, wiped)
	assert referrals.reconcile() == 1
	assert credit(referral.job_applicant) == (referral.name, 1)
	assert referrals.reconcile() == 0
