"""HR corrects the e-mail or phone of a referred applicant: the Referral shows it, its keys gain it, the owner stays."""

import frappe
import pytest
from frappe.utils import add_days, nowdate
from referral_factories import (
	applicant_of,
	make_candidate,
	make_referral,
	make_resume,
	timeline,
	unique_phone,
)
from site_factories import make_applicant, make_employee, make_user, unique_email

from referral_hub.referrals import errors, jobs, service
from referral_hub.referrals.deriving import reconcile


def correct(referral, **fields):
	"""HR types a contact into the form."""
	applicant = applicant_of(referral)
	applicant.update(fields)
	applicant.save()


def shown(referral) -> tuple:
	return frappe.db.get_value("Referral", referral.name, ("candidate_email", "candidate_phone"))


def keys(referral) -> list[tuple]:
	return sorted(
		frappe.get_all(
			"Candidate Key",
			{"referral": referral.name},
			["kind", "referrer", "owned_until", "active_key"],
			as_list=True,
		)
	)


def comments(referral) -> list[str]:
	about = {"reference_doctype": "Referral", "reference_name": referral.name, "comment_type": "Comment"}
	return frappe.get_all("Comment", about, pluck="content")


def test_a_corrected_contact_is_shown_and_owned_by_the_same_referrer():
	candidate = make_candidate()
	referral = make_referral(candidate=candidate)
	until = add_days(nowdate(), 30)
	frappe.db.set_value("Candidate Key", {"referral": referral.name}, "owned_until", until)
	email, phone = unique_email("right"), unique_phone()
	correct(referral, email_id=email, phone_number=phone)
	assert reconcile.find_moved().changed == [referral.name]
	assert service.refresh(referral.name) is True
	assert shown(referral) == (email, "+86" + phone)
	assert [row[:3] for row in keys(referral)] == [
		(kind, referral.referrer, frappe.utils.getdate(until))
		for kind in ("Email", "Email", "Phone", "Phone")
	]
	assert reconcile.find_moved().changed == []
	assert service.refresh(referral.name) is False
	assert len(timeline(referral)) == 1
	for taken in (
		make_candidate(email=email, phone=None),
		make_candidate(email=None, phone=phone),
		candidate,
	):
		with pytest.raises(service.AlreadyOwned):
			make_referral(candidate=taken)


OWN = "The contact of the candidate was corrected to one of the referrer's own."
OF_COLLEAGUE = "The contact of the candidate was corrected to one of somebody who works here."


def flags(referral) -> list[str]:
	row = frappe.db.get_value("Referral", referral.name, ["flagged", "flags_data"], as_dict=True)
	codes = [flag["code"] for flag in frappe.parse_json(row.flags_data)]
	assert row.flagged == int(bool(codes))
	return codes


def tasks(referral) -> set[str]:
	return set(
		frappe.get_all("ToDo", {"reference_name": referral.name, "status": "Open"}, pluck="description")
	)


@pytest.mark.parametrize(
	("whose", "code", "said"),
	[("own", "own_contact", OWN), ("colleague", "contact_of_colleague", OF_COLLEAGUE)],
)
def test_a_contact_corrected_to_the_referrer_s_own_or_a_colleague_s_is_shown_to_hr_once(whose, code, said):
	mails = {"own": unique_email("own"), "colleague": unique_email("colleague")}
	referrer = make_employee(personal_email=mails["own"])
	make_employee(personal_email=mails["colleague"])
	referral = make_referral(referrer, relation="Friend", note="We worked together.")
	correct(referral, email_id=mails[whose])
	for _look in range(2):
		service.refresh(referral.name)
	assert (flags(referral), tasks(referral)) == ([code], {f"{referral.name}: {said}"})
	assert shown(referral)[0] == mails[whose]


def test_whoever_was_hired_is_not_their_own_colleague():
	referral = make_referral(relation="Friend", note="We worked together.")
	email = unique_email("hired")
	make_employee(personal_email=email, job_applicant=referral.job_applicant)
	correct(referral, email_id=email)
	service.refresh(referral.name)
	assert (flags(referral), tasks(referral)) == ([], set())
	assert shown(referral)[0] == email


def test_the_job_of_a_hint_takes_the_correction_over(commits):
	referral = make_referral()
	commits.commit()
	email = unique_email("right")
	correct(referral, email_id=email)
	commits.commit()
	assert jobs.follow(referral.name) is True
	assert shown(referral)[0] == email


@pytest.mark.parametrize(
	"typed",
	[
		{"email_id": "Li.Na@EXAMPLE.com"},
		{"phone_number": "0086 139-1234-5678"},
		{"phone_number": "not a number"},
		{"phone_number": ""},
	],
)
def test_another_spelling_an_empty_or_an_unreadable_contact_corrects_nothing(typed):
	referral = make_referral(candidate=make_candidate(email="li.na@example.com", phone="13912345678"))
	before = keys(referral)
	frappe.db.set_value("Job Applicant", referral.job_applicant, typed)
	assert reconcile.find_moved().changed == []
	assert service.refresh(referral.name) is False
	assert shown(referral) == ("li.na@example.com", "+8613912345678")
	assert keys(referral) == before


def test_a_contact_somebody_else_owns_stays_theirs_and_hr_is_told_once():
	email = unique_email("shared")
	first = make_referral(candidate=make_candidate(email=email))
	second = make_referral()
	correct(second, email_id=email)
	service.refresh(second.name)
	service.refresh(second.name)
	assert shown(second)[0] == email
	assert comments(second) == [
		f"The contact that was corrected in HRMS belongs to {first.name}, which keeps it. Is it the same person?"
	]
	assert [row[0] for row in keys(second)] == ["Email", "Phone"]
	assert [row[0] for row in keys(first)] == ["Email", "Phone"]


def test_a_referral_that_gave_its_candidate_up_owns_nothing_new():
	referral = make_referral()
	service.close(referral, "Duplicate")
	email = unique_email("right")
	correct(referral, email_id=email)
	service.refresh(referral.name)
	assert shown(referral)[0] == email
	assert [row[3] for row in keys(referral)] == [None, None]


def test_the_phone_of_a_stand_in_is_corrected_and_its_address_left_to_the_rename():
	referral = make_referral(candidate=make_candidate(email=None))
	phone = unique_phone()
	correct(referral, phone_number=phone)
	service.refresh(referral.name)
	assert shown(referral) == (None, "+86" + phone)


def typed_for(referral, email: str):
	"""HR types the address of somebody who was referred by phone; return the applicant once the job has run."""
	correct(referral, email_id=email)
	jobs.follow_here(referral.name)
	return applicant_of(referral)


def test_the_real_address_replaces_the_stand_in():
	referral = make_referral(candidate=make_candidate(email=None), resume=make_resume())
	stand_in, email = applicant_of(referral).name, unique_email("real")
	applicant = typed_for(referral, email)
	assert (applicant.name, applicant.email_id) == (email, email)
	assert shown(referral)[0] == email
	assert frappe.db.count("File", {"attached_to_name": email}) == 1
	assert not frappe.db.exists("Job Applicant", stand_in)
	assert not frappe.db.exists("Email Unsubscribe", {"email": stand_in})


def test_the_real_address_is_owned_from_then_on():
	referral, email = make_referral(candidate=make_candidate(email=None)), unique_email("real")
	typed_for(referral, email)
	assert [(kind, owner) for kind, owner, _until, _key in keys(referral)] == [
		("Email", referral.referrer),
		("Phone", referral.referrer),
	]
	with pytest.raises(errors.AlreadyOwned) as refused:
		make_referral(make_employee(), candidate=make_candidate(email=email))
	assert refused.value.reason == "owned_by_another"


def test_a_real_address_of_somebody_who_applied_before_gets_a_number_as_in_hrms():
	earlier = make_applicant()
	applicant = typed_for(make_referral(candidate=make_candidate(email=None)), earlier.email_id)
	assert (applicant.name, applicant.email_id) == (f"{earlier.email_id}-1", earlier.email_id)


def test_a_real_address_that_somebody_else_owns_is_hrs_to_decide_about():
	manager, email = make_user(roles=("HR Manager",)).name, unique_email("two")
	first = make_referral(candidate=make_candidate(email=email))
	second = make_referral(candidate=make_candidate(email=None))
	typed_for(second, email)
	jobs.follow_here(second.name)
	assert comments(second) == [
		f"The contact that was corrected in HRMS belongs to {first.name}, which keeps it. Is it the same person?"
	]
	assert frappe.get_all(
		"ToDo", {"reference_name": second.name, "allocated_to": manager}, pluck="description"
	) == [
		f"{second.name} and {first.name} may be one person: a contact corrected in HRMS is the other's. "
		"Decide who is credited."
	]
	assert [row[0] for row in keys(second)] == ["Phone"]
