"""A program that asks people first: nobody who hires knows them before they agree, and a no is a no."""

import frappe
import pytest
import site_factories as hr
from candidate_factories import CandidatePage, link_told, make_consent_program, make_waiting
from frappe.utils import add_days, getdate, nowdate
from referral_factories import (
	applicant_of,
	make_candidate,
	make_referral,
	make_resume,
	private_files,
	standing,
	unique_phone,
)

from referral_hub import tasks, tokens
from referral_hub.referrals import service
from referral_hub.referrals.consent import asking, erasing
from referral_hub.referrals.service import AlreadyOwned, Candidate, InvalidCandidate


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")


def told(referral, **filters) -> list[str]:
	return sorted(frappe.get_all("Referral Message", {"referral": referral.name, **filters}, pluck="event"))


def as_if_asked(referral, days_ago: int) -> None:
	referral.db_set(
		{"submitted_on": hr.days_ago(days_ago), "invited_until": add_days(nowdate(), 30 - days_ago)}
	)


def everything_about(referral) -> str:
	"""Every row of the database that could still hold the person of this referral."""
	found = []
	for doctype in (
		"Referral",
		"Referral Event",
		"Referral Message",
		"File",
		"Version",
		"Comment",
		"Email Queue",
	):
		found += frappe.db.sql(f"select * from `tab{doctype}`", as_dict=True)
	found += frappe.db.sql("select * from __global_search where doctype = 'Referral'", as_dict=True)
	return str(found)


# asked


def test_who_is_asked_first_has_no_applicant_and_gets_the_only_link():
	candidate = make_candidate()
	referral = make_waiting(candidate=candidate)
	assert (referral.stage, referral.consent_state, referral.job_applicant) == ("Invited", "Asked", None)
	assert not frappe.db.exists("Job Applicant", {"email_id": candidate.email})
	assert told(referral) == ["consent_asked"]
	assert getdate(referral.invited_until) == getdate(add_days(nowdate(), 30))
	page = CandidatePage(referral)
	page.path = link_told(referral, "consent_asked")
	assert "Anna would like to recommend you" in page.text()


def test_a_program_that_asks_nobody_needs_no_answer():
	referral = make_referral()
	assert (referral.consent_state, bool(referral.job_applicant)) == ("Not Needed", True)


def test_somebody_we_cannot_write_to_is_not_taken_in():
	before = frappe.db.count("Referral"), frappe.db.count("Candidate Key")
	with pytest.raises(InvalidCandidate) as refusal:
		make_waiting(candidate=Candidate("Lin Mei", phone=unique_phone()))
	assert refusal.value.reason == "email_needed_to_ask"
	assert (frappe.db.count("Referral"), frappe.db.count("Candidate Key")) == before


def test_the_link_is_with_the_candidate_alone_once_it_was_sent():
	from referral_hub.messages import service as messages

	referral = make_waiting()
	token = link_told(referral, "consent_asked").rpartition("/")[2]
	messages.send_pending()
	kept = frappe.db.sql(
		"select state, facts, content from `tabReferral Message` where candidate_of = %s", referral.name
	)
	assert kept[0][0] == "Sent"
	assert token not in str(kept)
	queued = frappe.get_all("Email Queue", {"reference_name": referral.name}, pluck="message")
	assert f"/candidate/{token}" in queued[0].replace("=\n", "").replace("=3D", "=")


# hidden


@pytest.fixture
def hr_user():
	return hr.make_user(roles=("HR User", "HR Manager", "System Manager")).name


def test_hr_sees_nothing_of_somebody_who_has_not_agreed(as_user, hr_user):
	from frappe.utils.global_search import rebuild_for_doctype

	from referral_hub.api.desk_search import search

	name = hr.unique("Zhou Qiuyue")
	referral = make_waiting(candidate=make_candidate(name=name), resume=make_resume("Zhou.pdf"))
	rebuild_for_doctype("Referral")
	file = frappe.get_doc("File", {"attached_to_name": referral.name})
	queries = {
		"Referral": {"name": referral.name},
		"Referral Event": {"referral": referral.name},
		"Referral Message": {"referral": referral.name},
		"Referral Reward": {"referral": referral.name},
		"Referral Link": {"referral": referral.name},
		"File": {"name": file.name},
	}
	as_user(hr_user)
	assert {doctype: frappe.get_list(doctype, filters) for doctype, filters in queries.items()} == {
		doctype: [] for doctype in queries
	}
	assert not frappe.get_doc("Referral", referral.name).has_permission("read")
	assert not file.has_permission("read")
	assert not search("Referral", "Zhou", "name", 0, 10)
	assert not frappe.db.sql("select name from __global_search where content like %s", f"%{name}%")
	as_user("Administrator")
	service.admit(referral, consent="I agree.")
	as_user(hr_user)
	assert frappe.get_list("Referral", {"name": referral.name}, pluck="name") == [referral.name]


def test_the_queue_of_the_search_does_not_get_a_name_either():
	frappe.cache.delete_value("global_search_queue")
	make_waiting(candidate=make_candidate(name="Zhou Qiuyue"))
	queued = frappe.cache.lrange("global_search_queue", 0, -1)
	assert "Zhou Qiuyue" not in str(queued)


# yes


def test_a_yes_makes_the_applicant_and_keeps_the_words(as_user):
	candidate = make_candidate(name="Lin Mei")
	referral = make_waiting(candidate=candidate, resume=make_resume())
	answer = CandidatePage(referral).post("agree")
	assert answer.status_code == 303
	as_user("Administrator")
	referral.reload()
	assert standing(referral) == ("Submitted", "Open")
	assert (referral.consent_state, referral.disabled) == ("Given", 0)
	assert "I agree that Anna" in referral.consent_text
	assert "for nothing else" in referral.consent_text
	assert (applicant_of(referral).email_id, bool(applicant_of(referral).resume_attachment)) == (
		candidate.email,
		True,
	)


def test_a_yes_sent_twice_makes_one_applicant(as_user):
	candidate = make_candidate()
	page = CandidatePage(make_waiting(candidate=candidate))
	assert [page.post("agree").status_code for _ in range(2)] == [303, 303]
	as_user("Administrator")
	assert frappe.db.count("Job Applicant", {"email_id": candidate.email}) == 1


def test_nobody_agrees_by_opening_the_link():
	referral = make_waiting()
	page = CandidatePage(referral)
	for query in ({}, {"action": "agree"}, {"do": "agree"}, {"done": "agreed"}):
		page.get(**query)
	assert frappe.db.get_value("Referral", referral.name, "consent_state") == "Asked"


# no


def test_a_no_leaves_a_number_without_a_person(as_user):
	files = {path.name for path in private_files()}
	candidate = make_candidate(name="Zhou Qiuyue")
	employee = hr.make_employee(user=True)
	referral = make_waiting(
		employee, candidate=candidate, resume=make_resume("Zhou.pdf"), note="Zhou is kind."
	)
	page = CandidatePage(referral)
	assert "Your details are deleted" in page.post("refuse").get_data(as_text=True)
	assert page.get().status_code == 404
	as_user("Administrator")
	left = everything_about(referral)
	for personal in ("Zhou", candidate.email, candidate.phone):
		assert personal not in left
	assert {path.name for path in private_files()} == files
	referral.reload()
	assert (referral.candidate_name, referral.stage, referral.outcome) == (
		referral.name,
		"Invited",
		"Withdrawn",
	)
	assert told(referral, recipient=employee.name, channel="Email") == ["candidate_withdrew"]


def test_a_no_is_respected_and_nobody_else_learns_of_it(as_user):
	candidate = make_candidate()
	referral = make_waiting(candidate=candidate)
	CandidatePage(referral).post("refuse")
	as_user("Administrator")
	with pytest.raises(AlreadyOwned) as refusal:
		make_referral(candidate=candidate)
	assert refusal.value.reason == "owned_by_another"
	until = frappe.get_all("Candidate Key", {"referral": referral.name}, pluck="owned_until")
	assert set(until) == {getdate(frappe.utils.add_months(nowdate(), 12))}


# silence


@pytest.mark.parametrize(("days", "reminders"), [(2, 0), (3, 1), (9, 1), (10, 2), (25, 2)])
def test_who_is_silent_is_reminded_after_three_and_ten_days(days, reminders):
	referral = make_waiting()
	for day in range(days + 1):
		as_if_asked(referral, day)
		for name in asking.to_be_reminded():
			asking.remind(name)
			asking.remind(name)
	assert told(referral).count("consent_reminder") == reminders
	assert len(tokens.live("Candidate", tokens.Subject("Referral", referral.name))) == 1 + reminders


def test_who_never_answers_is_forgotten_and_may_be_referred_again():
	candidate = make_candidate(name="Zhou Qiuyue")
	employee = hr.make_employee(user=True)
	referral = make_waiting(employee, candidate=candidate, resume=make_resume("Zhou.pdf"))
	as_if_asked(referral, 31)
	assert referral.name in erasing.unanswered()
	assert erasing.erase_unanswered(referral.name) is True
	assert erasing.erase_unanswered(referral.name) is False
	referral.reload()
	assert (referral.candidate_name, referral.outcome) == (referral.name, "Expired")
	assert told(referral, recipient=employee.name, channel="Email") == ["candidate_never_answered"]
	for personal in ("Zhou", candidate.email, candidate.phone):
		assert personal not in everything_about(referral)
	assert make_referral(candidate=candidate, consent="I agree.").stage == "Submitted"


def test_the_last_day_still_counts():
	referral = make_waiting()
	as_if_asked(referral, 30)
	assert referral.name not in erasing.unanswered()
	assert erasing.erase_unanswered(referral.name) is False


def test_an_invitation_that_ran_out_first_is_forgotten_too():
	from referral_hub.referrals.making import expiring

	referral = make_waiting()
	as_if_asked(referral, 31)
	assert expiring.expire(referral.name) is True
	assert referral.name in erasing.unanswered()
	erasing.erase_unanswered(referral.name)
	assert referral.reload().candidate_name == referral.name


def test_what_was_taken_back_is_not_said_to_be_unanswered():
	employee, candidate = hr.make_employee(user=True), make_candidate()
	referral = make_waiting(employee, candidate=candidate)
	service.close(referral.name, "Expired")
	assert erasing.erase_unanswered(referral.name) is True
	assert told(referral, recipient=employee.name, channel="Email") == ["invitation_taken_back"]
	assert make_referral(candidate=candidate, consent="I agree.").stage == "Submitted"


def test_somebody_who_was_forgotten_is_not_let_in(as_user):
	referral = make_waiting()
	as_if_asked(referral, 31)
	erasing.erase_unanswered(referral.name)
	with pytest.raises(service.NotEligible):
		service.admit(referral.name, consent="late")


def test_the_daily_task_reminds_and_forgets(commits):
	program = make_consent_program()
	silent, late = make_waiting(program=program), make_waiting(program=program)
	as_if_asked(silent, 3)
	as_if_asked(late, 31)
	commits.commit()
	tasks.look_after_candidates()
	tasks.look_after_candidates()
	assert told(silent) == ["consent_asked", "consent_reminder"]
	assert late.reload().candidate_name == late.name
