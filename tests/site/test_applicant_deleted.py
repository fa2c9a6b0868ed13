"""HR deletes the applicant of an open referral: the referrer reads it, HR finds it, and one step ends it with a word."""

import frappe
import pytest
import site_factories as hr
from referral_factories import followed, make_referral

from referral_hub.api import desk_words
from referral_hub.portal import story
from referral_hub.referral_hub.report.referral_queue import referral_queue
from referral_hub.referrals.closing import NotOpen
from referral_hub.referrals.service_level.words import ApplicantStillThere, EmptyWord


@pytest.fixture
def referral():
	"""An open referral whose applicant HR deleted before anybody read the profile."""
	made = make_referral(hr.make_employee(user=True))
	frappe.delete_doc("Job Applicant", made.job_applicant)
	return followed(made)


def queue(show: str) -> list[dict]:
	_columns, rows, *_more = referral_queue.execute({"show": show})
	return rows


def read_by_referrer(referral):
	return story.tell(referral.name, referral.referrer)


def test_the_referrer_reads_that_the_application_is_gone(referral):
	told = read_by_referrer(referral)
	assert told.card.next_step == "The application was deleted. Next: a word from HR"
	assert [entry.text for entry in told.entries] == [
		f"HR deleted the application of {referral.candidate_name}. You will hear how it goes on, or ask about it here.",
		f"You referred {referral.candidate_name}. The profile is with the recruiting team.",
	]
	assert told.ahead == []


def test_an_applicant_entered_again_goes_on_as_before(referral):
	hr.make_applicant(email=referral.candidate_email, name=referral.candidate_name)
	followed(referral)
	told = read_by_referrer(referral)
	assert told.card.next_step == "Next: a recruiter reads the profile"
	assert told.ahead[0]["text"] == "A recruiter gets in touch"


def test_hr_finds_it_in_the_queue_and_no_link_to_what_is_gone(referral):
	there = make_referral().name
	deleted = {row["referral"]: row for row in queue("Application Deleted")}
	row = deleted[referral.name]
	assert (row["job_applicant"], row["stage"], there in deleted) == (None, "Submitted", False)
	waiting = {row["referral"]: row["job_applicant"] for row in queue("Waiting for a Word")}
	assert waiting[referral.name] is None


def test_one_step_tells_the_referrer_and_closes(referral):
	desk_words.close_with_word(referral.name, "We lost this application. Please refer Ada again.")
	row = frappe.get_doc("Referral", referral.name)
	assert (row.stage, row.outcome, row.closed_as) == ("Submitted", "Expired", "Expired")
	assert referral.name not in {row["referral"] for row in queue("Application Deleted")}
	texts = [entry.text for entry in read_by_referrer(referral).entries]
	assert texts[:2] == [
		f"The referral of {referral.candidate_name} has expired. You are welcome to refer again.",
		"HR wrote: We lost this application. Please refer Ada again.",
	]
	events = frappe.get_all("Referral Message", {"referral": referral.name}, pluck="event", distinct=True)
	assert "word_from_hr" in events
	with pytest.raises(NotOpen):
		desk_words.close_with_word(referral.name, "Again")


def test_the_person_may_be_referred_again(referral):
	keys = {"referral": referral.name, "active_key": ("is", "set")}
	assert frappe.db.count("Candidate Key", keys) == 2
	desk_words.close_with_word(referral.name, "Please refer Ada again.")
	assert frappe.db.count("Candidate Key", keys) == 0


def test_nothing_is_closed_while_the_applicant_is_there_or_without_a_word(referral):
	other = make_referral()
	frappe.db.savepoint("refused")
	with pytest.raises(ApplicantStillThere):
		desk_words.close_with_word(other.name, "Bye")
	frappe.db.rollback(save_point="refused")
	with pytest.raises(EmptyWord):
		desk_words.close_with_word(referral.name, " ")
	assert frappe.db.get_value("Referral", other.name, "outcome") == "Open"
	assert frappe.db.get_value("Referral", referral.name, "outcome") == "Open"


def test_an_employee_can_not_close_it(referral, as_user):
	colleague = hr.make_employee(user=True)
	as_user(colleague.user_id)
	with pytest.raises(frappe.PermissionError):
		desk_words.close_with_word(referral.name, "Bye")


@pytest.mark.parametrize("is_known", [True, False], ids=["known to be deleted", "before anybody looked"])
def test_a_stranger_entered_under_the_same_address_is_not_the_candidate(is_known):
	made = make_referral(hr.make_employee(user=True))
	phone = made.candidate_phone
	frappe.delete_doc("Job Applicant", made.job_applicant)
	if is_known:
		followed(made)
	stranger = hr.make_applicant(
		email=made.candidate_email, name="Totally Else", phone_number="+8613900001111"
	)
	assert stranger.name == made.job_applicant
	hr.hire_applicant(stranger)
	made = followed(made)
	assert (made.outcome, made.stage, made.applicant_deleted) == ("Open", "Submitted", 1)
	assert (made.hired_employee, made.candidate_phone) == (None, phone)
	assert frappe.db.get_value("Job Applicant", stranger.name, "referral_hub_referral") is None
