"""Inviting somebody, letting them in, and what becomes of an invitation that nobody answers."""

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate
from referral_factories import (
	applicant_of,
	everything_written,
	make_candidate,
	make_referral,
	make_resume,
	timeline,
	unique_phone,
)
from site_factories import days_ago, make_applicant, make_employee, make_opening, unique, unique_email

from referral_hub import tasks
from referral_hub.portal import story
from referral_hub.referrals import service
from referral_hub.referrals.making import expiring
from referral_hub.referrals.service import AlreadyKnown, AlreadyOwned, Candidate, NotEligible


def make_invitation(employee=None, opening=None, candidate=None, **fields):
	employee, opening = employee or make_employee(), opening or make_opening()
	return service.invite(employee.name, candidate or make_candidate(), opening.name, **fields)


def make_program(**fields) -> str:
	return frappe.get_doc(doctype="Referral Program", program_name=unique("Program"), **fields).insert().name


def owned_until(referral) -> set:
	return set(
		frappe.get_all(
			"Candidate Key", {"active_key": ("is", "set"), "referral": referral.name}, pluck="owned_until"
		)
	)


def let_time_pass(referral) -> None:
	"""As if the invitation had been sent two weeks and a day ago."""
	frappe.db.set_value("Referral", referral.name, "invited_until", days_ago(1))
	frappe.db.set_value("Candidate Key", {"referral": referral.name}, "owned_until", days_ago(1))


# inviting


def test_an_invitation_is_a_referral_without_an_applicant():
	before = frappe.db.count("Job Applicant")
	referral = make_invitation(note="Come and join us.", relation="Friend")
	assert (referral.stage, referral.outcome, referral.channel) == ("Invited", "Open", "Invite")
	assert (referral.job_applicant, frappe.db.count("Job Applicant")) == (None, before)
	assert timeline(referral) == ((1, "Stage", "Invited", "Open"),)
	assert getdate(referral.invited_until) == getdate(add_days(nowdate(), 14))
	assert owned_until(referral) == {getdate(add_days(nowdate(), 14))}


def test_the_program_says_how_long_an_invitation_holds():
	referral = make_invitation(program=make_program(invitation_days=3))
	assert owned_until(referral) == {getdate(add_days(nowdate(), 3))}


def test_nobody_else_refers_or_invites_who_is_invited():
	candidate = make_candidate()
	make_invitation(candidate=candidate)
	before = everything_written()
	for ask in (make_referral, make_invitation):
		with pytest.raises(AlreadyOwned) as refusal:
			ask(candidate=candidate)
		assert refusal.value.reason == "owned_by_another"
	assert everything_written()["Referral"] == before["Referral"]


def test_the_same_form_invites_once():
	employee, opening, candidate = make_employee(), make_opening(), make_candidate()
	first = make_invitation(employee, opening, candidate, submission_key="form")
	assert make_invitation(employee, opening, candidate, submission_key="form").name == first.name


def test_hrms_has_nothing_to_say_about_an_invitation():
	referral = make_invitation()
	assert service.refresh(referral.name) is False


# letting the invited person in


def test_an_invited_person_who_applies_is_an_applicant_of_the_referrer():
	candidate = make_candidate(name="Lin Mei")
	referral = make_invitation(candidate=candidate, note="She is kind.")
	applicant = service.admit(referral, resume=make_resume())
	assert (applicant.applicant_name, applicant.email_id) == ("Lin Mei", candidate.email)
	assert (applicant.source, applicant.source_name) == ("Employee Referral", referral.referrer)
	assert applicant_of(referral).resume_attachment.startswith("/private/files/")
	assert (referral.stage, referral.outcome) == ("Submitted", "Open")
	assert timeline(referral) == ((1, "Stage", "Invited", "Open"), (2, "Stage", "Submitted", "Open"))
	assert owned_until(referral) == {getdate(add_days(nowdate(), 180))}


def test_the_referrer_is_told_when_the_invited_person_applied():
	referral = make_invitation(make_employee(user=True))
	assert frappe.db.count("Referral Message", {"referral": referral.name}) == 0
	service.admit(referral)
	to_referrer = {"referral": referral.name, "recipient": referral.referrer}
	told = frappe.get_all("Referral Message", to_referrer, pluck="event", distinct=True)
	assert told == ["referral_received"]


def test_letting_in_twice_is_once():
	referral = make_invitation()
	first = service.admit(referral)
	before = everything_written()
	assert service.admit(referral.name, resume=make_resume()).name == first.name
	assert everything_written() == before


def test_what_the_candidate_typed_counts_and_is_owned_too():
	phone, email = unique_phone(), unique_email("own")
	referral = make_invitation(candidate=Candidate("Mei", phone=phone))
	applicant = service.admit(referral, candidate=Candidate("Lin Mei", email))
	assert (applicant.applicant_name, applicant.email_id, applicant.phone_number) == (
		"Lin Mei",
		email,
		f"+86{phone}",
	)
	for candidate in (Candidate("M", email), Candidate("M", phone=phone)):
		with pytest.raises(AlreadyOwned):
			make_referral(candidate=candidate)


def test_who_applied_on_their_own_after_the_invitation_keeps_their_application():
	candidate = make_candidate()
	referral = make_invitation(candidate=candidate)
	applied = make_applicant(email=candidate.email)
	assert service.admit(referral).name == applied.name
	assert applicant_of(referral).referral_hub_referral == referral.name
	assert frappe.db.count("Job Applicant", {"email_id": candidate.email}) == 1


def test_an_application_somebody_else_is_credited_for_is_not_taken_over():
	email = unique_email("theirs")
	other = make_referral(candidate=Candidate("Mei", email))
	invited = make_invitation(candidate=Candidate("Mei", phone=unique_phone()))
	before = everything_written()
	with pytest.raises(AlreadyOwned):
		service.admit(invited, candidate=Candidate("Mei", email))
	with pytest.raises(AlreadyOwned):
		service.admit(invited, applicant=other.job_applicant)
	assert everything_written() == before
	assert frappe.db.get_value("Referral", invited.name, "stage") == "Invited"


def test_who_has_become_a_colleague_is_not_let_in():
	candidate = make_candidate()
	referral = make_invitation(candidate=candidate)
	make_employee(personal_email=candidate.email)
	with pytest.raises(AlreadyKnown, match="works here already"):
		service.admit(referral)


def test_a_closed_invitation_is_refused_in_words():
	referral = make_invitation()
	service.close(referral, "Withdrawn")
	with pytest.raises(NotEligible, match="This invitation is no longer open"):
		service.admit(referral)


# time runs out


def test_an_invitation_that_runs_out_frees_the_person(commits):
	candidate = make_candidate()
	gone, open_still = make_invitation(candidate=candidate), make_invitation()
	let_time_pass(gone)
	tasks.expire_invitations()
	standing = [
		frappe.db.get_value("Referral", each.name, ["stage", "outcome"]) for each in (gone, open_still)
	]
	assert standing == [("Invited", "Expired"), ("Invited", "Open")]
	assert timeline(gone)[-1] == (2, "Outcome", "Invited", "Expired")
	assert owned_until(gone) == set()
	assert make_referral(candidate=candidate).stage == "Submitted"
	tasks.expire_invitations()
	assert len(timeline(gone)) == 2


def test_the_timeline_tells_an_invitation_that_ran_out_from_one_that_was_closed_before():
	taken_back, ran_out = make_invitation(), make_invitation()
	service.close(taken_back, "Expired")
	frappe.db.set_value("Referral", ran_out.name, "invited_until", days_ago(1))
	assert expiring.expire(ran_out.name) is True
	frappe.local.lang = "en"
	told = [story.tell(each.name, each.referrer).entries[0].text for each in (taken_back, ran_out)]
	assert told == [
		f"HR closed this before {taken_back.candidate_name} answered. You are welcome to refer again.",
		f"The referral of {ran_out.candidate_name} has expired. You are welcome to refer again.",
	]


def test_every_chunk_of_invitations_is_looked_at(monkeypatch):
	names = [make_invitation().name for _number in range(3)]
	frappe.db.set_value("Referral", {"name": ("in", names)}, "invited_until", days_ago(1))
	first = expiring.run_out(limit=2)
	assert first + expiring.run_out(after=first[-1], limit=2) == names


def test_the_last_day_still_counts():
	referral = make_invitation()
	frappe.db.set_value("Referral", referral.name, "invited_until", nowdate())
	assert (expiring.run_out(), expiring.expire(referral.name)) == ([], False)


def test_who_answers_late_is_let_in_while_nobody_else_refers_them():
	referral = make_invitation()
	let_time_pass(referral)
	assert expiring.expire(referral.name) is True
	service.admit(referral)
	assert (referral.stage, referral.outcome, referral.closed_as) == ("Submitted", "Open", None)
	assert owned_until(referral) == {getdate(add_days(nowdate(), 180))}


def test_who_answers_late_belongs_to_whoever_referred_them_meanwhile():
	candidate = make_candidate()
	referral = make_invitation(candidate=candidate)
	let_time_pass(referral)
	second = make_referral(candidate=candidate)
	with pytest.raises(AlreadyOwned):
		service.admit(referral)
	assert len(owned_until(second)) == 1


# programs that ask the candidate first


def test_a_program_that_asks_first_makes_no_applicant_until_they_agree():
	program = make_program(consent_first=1, consent_days=10)
	referral = make_referral(program=program, resume=make_resume())
	assert (referral.stage, referral.job_applicant) == ("Invited", None)
	assert owned_until(referral) == {getdate(add_days(nowdate(), 10))}
	applicant = service.admit(referral, consent="I agree that the company keeps my data.")
	files = frappe.get_all(
		"File", {"attached_to_name": applicant.name}, ["file_url", "is_private", "attached_to_field"]
	)
	assert files == [
		{
			"file_url": applicant_of(referral).resume_attachment,
			"is_private": 1,
			"attached_to_field": "resume_attachment",
		}
	]
	assert (
		frappe.db.count("File", {"attached_to_doctype": "Referral", "attached_to_name": referral.name}) == 0
	)
	assert referral.stage == "Submitted"


def test_who_agreed_before_is_an_applicant_at_once():
	referral = make_referral(program=make_program(consent_first=1), consent="I agree.")
	assert (referral.stage, bool(referral.job_applicant)) == ("Submitted", True)


def test_an_applicant_hrms_has_already_is_credited_instead_of_made_again():
	applicant = make_applicant()
	candidate = Candidate(applicant.applicant_name, applicant.email_id)
	referral = make_referral(candidate=candidate, applicant=applicant.name)
	assert referral.job_applicant == applicant.name
	assert applicant_of(referral).source_name == referral.referrer
	assert frappe.db.count("Job Applicant", {"email_id": applicant.email_id}) == 1
