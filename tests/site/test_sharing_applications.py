"""What becomes of an application that came through a link: whose it is, and that none is lost."""

import frappe
import pytest
import site_factories as hr
from count_queries import counted_queries
from frappe.utils import add_days, now_datetime
from referral_factories import make_candidate, make_referral, make_resume, private_files, unique_phone
from sharing_factories import apply_through, make_event_link, make_link

from referral_hub import tasks
from referral_hub.referrals import service
from referral_hub.referrals.making import standins
from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.service import Candidate, InvalidCandidate
from referral_hub.referrals.sharing import known


def applicant(application):
	return frappe.get_doc("Job Applicant", application.job_applicant)


def comments_on(name: str) -> list[str]:
	return frappe.get_all(
		"Comment",
		{"reference_doctype": "Job Applicant", "reference_name": name, "comment_type": "Comment"},
		pluck="content",
	)


def applications_of(link) -> int:
	return frappe.db.get_value("Referral Link", link.name, "applications")


@pytest.mark.parametrize(("channel", "credited"), [("Link", "Link"), ("QR", "QR"), ("Poster", "QR")])
def test_who_applies_through_a_link_is_its_owners_referral(channel, credited):
	link, phone = make_link(channel=channel), unique_phone()
	made = apply_through(link, Candidate("Mei Lin", phone=phone))
	referral = frappe.get_doc("Referral", made.referral)
	assert (made.result, referral.referrer, referral.channel, referral.link) == (
		"Referral",
		link.employee,
		credited,
		link.name,
	)
	assert (referral.job_opening, referral.candidate_phone) == (link.job_opening, f"+86{phone}")
	assert applicant(made).referral_hub_link == link.name
	assert applications_of(link) == 1


def test_what_the_person_wrote_is_for_hr_and_not_for_the_referrer():
	made = apply_through(make_link(), make_candidate(), note="I want to leave my boss.")
	assert applicant(made).cover_letter == "I want to leave my boss."
	assert not frappe.db.get_value("Referral", made.referral, "note")


def test_what_was_agreed_to_is_kept():
	made = apply_through(make_link(), make_candidate(), consent="I agree to everything in this sentence.")
	assert made.consent_text == "I agree to everything in this sentence."


def test_the_same_form_twice_is_one_application():
	link, person = make_link(), make_candidate()
	first = apply_through(link, person, submission_key="form-1")
	again = apply_through(link, person, submission_key="form-1")
	assert (again.name, applications_of(link)) == (first.name, 1)
	assert comments_on(first.job_applicant) == []
	assert frappe.db.count("Job Applicant", {"email_id": person.email}) == 1


@pytest.mark.parametrize("make", [make_link, make_event_link])
def test_the_same_person_with_another_form_brings_hr_what_is_new(make):
	link, person = make(), make_candidate()
	first = apply_through(link, person)
	files = len(private_files())
	again = apply_through(link, person, resume=make_resume("newer.pdf"), note="<b>My new words</b>")
	assert (again.name, applications_of(link), len(private_files())) == (first.name, 1, files + 1)
	[comment] = comments_on(first.job_applicant)
	assert "A newer resume is among the attachments." in comment
	assert "&lt;b&gt;My new words" in comment


def test_a_form_sent_again_with_a_corrected_number_is_not_swallowed():
	link = make_link()
	first = apply_through(link, Candidate("Mei", phone=unique_phone()), submission_key="form-1")
	other = apply_through(link, Candidate("Mei", phone=unique_phone()), submission_key="form-1")
	assert (first.result, other.result) == ("Referral", "Referral")
	assert first.job_applicant != other.job_applicant


def a_couple() -> tuple[Candidate, Candidate]:
	phone = unique_phone()
	return make_candidate(phone=phone), make_candidate(phone=phone)


def flags_of(referral: str) -> list[str]:
	row = frappe.db.get_value("Referral", referral, ["flagged", "flags_data"], as_dict=True)
	assert row.flagged == 1
	return [flag["code"] for flag in frappe.parse_json(row.flags_data)]


@pytest.mark.parametrize("is_other_link", [False, True], ids=["the same link", "another's link"])
def test_two_people_with_one_phone_are_two_applicants_and_hr_is_told(is_other_link):
	link, (mei, bo) = make_link(), a_couple()
	first = apply_through(link, mei)
	second_link = make_link() if is_other_link else link
	second = apply_through(second_link, bo, submission_key="bo")
	again = apply_through(second_link, bo, submission_key="bo, once more")
	referral = frappe.get_doc("Referral", second.referral)
	assert (second.result, again.name, referral.referrer) == ("Referral", second.name, second_link.employee)
	assert (applicant(second).email_id, applicant(second).phone_number) == (bo.email, f"+86{bo.phone}")
	assert "shared_phone" in flags_of(second.referral)
	told, newer = sorted(comments_on(second.job_applicant), key=lambda words: "Applied again" in words)
	assert told.endswith(f"The phone number is also that of {first.referral}. Is it the same person?")
	assert "Applied again" in newer and comments_on(first.job_applicant) == []
	owned = {
		made.referral: sorted(frappe.get_all("Candidate Key", {"referral": made.referral}, pluck="kind"))
		for made in (first, second)
	}
	assert owned == {first.referral: ["Email", "Phone"], second.referral: ["Email"]}


def test_two_people_with_one_phone_at_a_fair_are_two_applicants():
	link, (mei, bo) = make_event_link(), a_couple()
	first, second = apply_through(link, mei), apply_through(link, bo)
	assert (first.result, second.result, applications_of(link)) == ("Event", "Event", 2)
	assert comments_on(first.job_applicant) == []
	[told] = comments_on(second.job_applicant)
	assert told.endswith("The phone number is that of another applicant too. Is it the same person?")


def test_another_name_or_another_e_mail_alone_is_the_same_person():
	link, (mei, bo) = make_link(), a_couple()
	first = apply_through(link, mei)
	for other in (Candidate(bo.name, phone=bo.phone), Candidate(mei.name.upper(), bo.email, bo.phone)):
		assert apply_through(link, other, submission_key=other.name).name == first.name
	assert len(comments_on(first.job_applicant)) == 2


def test_the_phone_of_the_referrer_is_no_couples_phone():
	mei, bo = a_couple()
	apply_through(make_link(), mei)
	employee = hr.make_employee(cell_number=bo.phone)
	made = apply_through(make_link(employee), bo)
	assert (made.result, made.reason, applicant(made).email_id) == ("Not Counted", "self_referral", bo.email)


def test_somebody_referred_by_another_stays_theirs_and_hr_gets_what_is_new():
	person = make_candidate()
	owners = make_referral(candidate=person)
	link = make_link()
	made = apply_through(link, person, resume=make_resume("newer.pdf"))
	assert (made.result, made.reason, made.job_applicant, made.referral) == (
		"Known",
		"owned_by_another",
		owners.job_applicant,
		owners.name,
	)
	assert frappe.db.count("Referral", {"referrer": link.employee}) == 0
	assert len(comments_on(owners.job_applicant)) == 1


def test_somebody_already_in_hrms_is_not_made_twice():
	existing = hr.make_applicant()
	made = apply_through(make_link(), Candidate(existing.applicant_name, existing.email_id))
	assert (made.result, made.reason, made.job_applicant, made.referral) == (
		"Known",
		"recent_applicant",
		existing.name,
		None,
	)
	assert len(comments_on(existing.name)) == 1


def test_an_application_that_can_not_be_credited_reaches_hr_with_the_reason():
	employee = hr.make_employee(personal_email=hr.unique_email("own"))
	made = apply_through(make_link(employee), Candidate("Me", employee.personal_email))
	assert (made.result, made.reason, made.referral) == ("Not Counted", "self_referral", None)
	assert applicant(made).job_title
	assert "which does not count as a referral" in comments_on(made.job_applicant)[0]


def test_an_opening_that_closed_while_somebody_typed_loses_nobody():
	opening = hr.make_opening()
	link = make_link(opening=opening)
	opening.db_set("status", "Closed")
	made = apply_through(link, make_candidate())
	assert made.job_applicant
	assert applicant(made).job_title is None


def test_an_event_is_the_source_and_there_is_no_referral():
	link, phone = make_event_link(event_name="Spring Job Fair"), unique_phone()
	made = apply_through(link, Candidate("Mei", phone=phone))
	person = applicant(made)
	assert (made.result, made.referral, person.source) == ("Event", None, "Spring Job Fair")
	assert (person.referral_hub_link, person.referral_hub_referral, person.phone_number) == (
		link.name,
		None,
		f"+86{phone}",
	)


def test_who_came_to_a_fair_with_a_phone_alone_is_named_by_the_address_hr_types(commits):
	made = apply_through(make_event_link(), Candidate("Mei", phone=unique_phone()))
	stand_in, person = made.job_applicant, applicant(made)
	frappe.db.commit()
	assert is_reserved(stand_in)
	email = hr.unique_email("fair")
	person.email_id = email
	with counted_queries() as sent:
		person.save()
		frappe.db.commit()
	assert not any("Email Unsubscribe" in query for query in sent)  # HR's save does none of it
	tasks.name_applicant(stand_in)
	assert frappe.db.exists("Job Applicant", email) and not frappe.db.exists("Job Applicant", stand_in)
	assert frappe.db.get_value("Referral Application", made.name, "job_applicant") == email
	assert not frappe.db.exists("Email Unsubscribe", {"email": stand_in})


def test_an_address_typed_while_the_queue_was_away_is_found_the_next_day(commits):
	made = apply_through(make_event_link(), Candidate("Mei", phone=unique_phone()))
	untouched = apply_through(make_event_link(), Candidate("Bo", phone=unique_phone()))
	email = hr.unique_email("fair")
	frappe.db.set_value("Job Applicant", made.job_applicant, "email_id", email)
	frappe.db.commit()
	assert made.job_applicant in standins.without_referral()
	assert untouched.job_applicant not in standins.without_referral()
	tasks.look_after_candidates()
	assert frappe.db.exists("Job Applicant", email)
	assert made.job_applicant not in standins.without_referral()


def test_who_was_invited_and_comes_by_a_shared_link_answers_the_invitation():
	person, employee = make_candidate(), hr.make_employee()
	invited = service.invite(employee.name, person, hr.make_opening().name)
	for link in (make_link(), make_link(employee)):
		made = apply_through(link, person)
		assert made.referral == invited.name
	assert frappe.db.get_value("Referral", invited.name, ["stage", "referrer"]) == (
		"Submitted",
		employee.name,
	)


# an invitation that can't be answered loses nobody


def invited_by_phone():
	phone = unique_phone()
	invited = service.invite(hr.make_employee().name, Candidate("Mei", phone=phone), hr.make_opening().name)
	return invited, phone


def link_of(invited):
	link = make_link(
		frappe.get_doc("Employee", invited.referrer), frappe.get_doc("Job Opening", invited.job_opening)
	)
	link.db_set("referral", invited.name)
	return link


def still_invited(invited) -> tuple:
	return frappe.db.get_value("Referral", invited.name, ["stage", "outcome", "job_applicant"])


@pytest.mark.parametrize("_try", range(4))
def test_who_was_invited_but_types_an_address_that_is_anothers_goes_to_that_referral(_try):
	(invited, phone), others_address = invited_by_phone(), hr.unique_email("anothers")
	others = make_referral(candidate=Candidate("Mei", email=others_address))
	resume = make_resume("mine.pdf")
	made = apply_through(link_of(invited), Candidate("Mei", others_address, phone), resume=resume)
	assert (made.result, made.reason, made.job_applicant, made.referral) == (
		"Known",
		"owned_by_another",
		others.job_applicant,
		others.name,
	)
	[comment] = comments_on(others.job_applicant)
	assert "A newer resume is among the attachments." in comment and phone in comment
	assert still_invited(invited) == ("Invited", "Open", None)


def test_who_was_invited_but_had_applied_before_goes_to_that_application():
	invited, phone = invited_by_phone()
	before = hr.make_applicant()
	frappe.db.set_value("Job Applicant", before.name, "creation", add_days(now_datetime(), -10))
	made = apply_through(link_of(invited), Candidate("Mei", before.email_id, phone), note="Again me")
	assert (made.result, made.reason, made.job_applicant, made.referral) == (
		"Known",
		"recent_applicant",
		before.name,
		None,
	)
	assert "Again me" in comments_on(before.name)[0]
	assert still_invited(invited) == ("Invited", "Open", None)


def test_who_was_invited_but_works_here_reaches_hr_as_an_applicant_of_nobody():
	invited, phone = invited_by_phone()
	colleague = hr.make_employee(personal_email=hr.unique_email("own"))
	made = apply_through(link_of(invited), Candidate("Mei", colleague.personal_email, phone))
	assert (made.result, made.reason, made.referral) == ("Not Counted", "current_employee", None)
	assert applicant(made).referral_hub_referral is None
	assert "which does not count as a referral" in comments_on(made.job_applicant)[0]


def test_an_answer_that_is_refused_at_the_last_moment_reaches_hr_too(monkeypatch):
	"""The invitation was closed between the look and the lock."""
	invited, phone = invited_by_phone()
	link = link_of(invited)
	service.close(invited.name, "Withdrawn")
	monkeypatch.setattr(known, "_can_be_answered", lambda _referral: True)
	made = apply_through(link, Candidate("Mei", phone=phone))
	assert (made.result, made.reason) == ("Not Counted", "invitation_closed")
	assert applicant(made).phone_number == f"+86{phone}"


@pytest.mark.parametrize(
	("fields", "reason"),
	[
		({"candidate": Candidate("", phone="13800138000")}, "name_missing"),
		({"candidate": Candidate("Mei")}, "contact_missing"),
		({"candidate": Candidate("Mei", phone="12")}, "phone_invalid"),
		({"candidate": Candidate("Mei", email="mei@")}, "email_invalid"),
		({"candidate": Candidate("=cmd()", phone="13800138000")}, "name_is_formula"),
		({"candidate": Candidate("<script>", phone="13800138000")}, "name_has_markup"),
		({"candidate": Candidate("M" * 200, phone="13800138000")}, "name_too_long"),
		({"candidate": Candidate("Mei", phone="13800138000"), "note": "x" * 2001}, "note_too_long"),
	],
)
def test_only_what_was_typed_can_be_wrong(fields, reason):
	before = frappe.db.count("Referral Application")
	with pytest.raises(InvalidCandidate) as refusal:
		apply_through(make_link(), **fields)
	assert refusal.value.reason == reason
	assert frappe.db.count("Referral Application") == before


@pytest.mark.parametrize("name", ["محمد علي", "李娜 🎉", "M" * 140, "O'Brien; -- {{ 7*7 }}"])
def test_names_of_every_kind_are_taken(name):
	made = apply_through(make_link(), Candidate(name, phone=unique_phone()))
	assert applicant(made).applicant_name == name


def test_comments_for_hr_are_in_the_sites_language():
	frappe.local.lang = "zh"
	link, person = make_link(), make_candidate()
	apply_through(link, person)
	again = apply_through(link, person)
	assert comments_on(again.job_applicant)[0].count("Applied again through the link of") == 1
	with known.speaking_to_hr():
		assert frappe.local.lang == "en"
	assert frappe.local.lang == "zh"
