"""/candidate/TOKEN: what candidates see and do, what they never see, and what HR sees of it."""

import json
from unittest.mock import Mock

import frappe
import pytest
import site_factories as hr
from candidate_factories import CandidatePage, make_waiting, without_secrets
from frappe.utils import add_to_date, getdate, now_datetime
from referral_factories import (
	applicant_of,
	followed,
	make_candidate,
	make_referral,
	make_resume,
	standing,
	timeline,
	unique_phone,
)
from sharing_factories import Guest
from site_factories import unique_email

from referral_hub import tokens
from referral_hub.api import desk_people
from referral_hub.referrals import service
from referral_hub.referrals.consent import asking, erasing
from referral_hub.referrals.rules.tokens import Purpose


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")


@pytest.fixture
def referral():
	opening = hr.make_opening("Store Manager")
	candidate = make_candidate(name="Lin Mei", email=unique_email("lin"))
	return make_referral(
		hr.make_employee("Anna"), opening, candidate, resume=make_resume("Lin.pdf"), note="secret note"
	)


@pytest.fixture
def page(referral):
	return CandidatePage(referral)


def as_administrator(referral):
	frappe.set_user("Administrator")
	return frappe.get_doc("Referral", referral.name)


def tasks_of(referral) -> list[str]:
	return frappe.get_all("ToDo", {"reference_name": referral.name, "status": "Open"}, pluck="description")


# looking


def test_the_page_says_what_is_looked_for_once_HR_confirmed_it(referral, page):
	frappe.set_user("Administrator")
	rows = [{"requirement": "Stays calm", "kind": "Other", "firmness": "Soft"}]
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=referral.job_opening, requirements=rows)
	profile.insert()
	assert "Stays calm" not in page.text()
	frappe.set_user("Administrator")
	profile.update({"requirements_confirmed": 1}).save()
	assert "<li>Stays calm</li>" in page.text()


def test_the_page_says_where_i_stand_who_recommended_me_and_what_is_held(page):
	text = page.text()
	for said in ("We have your profile", "Store Manager", "Anna", "Lin Mei", "Lin.pdf", "Download as a file"):
		assert said in text
	assert "secret note" not in text
	assert page.get().headers["X-Robots-Tag"] == "noindex, nofollow"
	assert page.get().headers["Cache-Control"] == "no-store, private"


def test_an_interview_is_told_with_its_date(referral, page):
	referral.db_set({"stage": "Interviewing", "next_interview_on": add_to_date(now_datetime(), days=1)})
	assert "You have an interview: tomorrow" in page.text()


def test_a_rejection_is_told_without_its_reason(referral, page):
	frappe.db.set_single_value("Referral Hub Settings", "tell_candidate_result", 1)
	frappe.db.set_single_value("Referral Hub Settings", "candidate_result_delay_hours", 0)
	reason = frappe.get_all("Referral Reason", {"applies_to": "Not Selected"}, pluck="name")[0]
	applicant_of(referral).db_set(
		{"status": "Rejected", "referral_hub_reason": reason, "applicant_rating": 0.2}
	)
	service.refresh(referral.name)
	text = page.text()
	assert "This time we decided for somebody else" in text
	assert reason not in text


def test_the_page_speaks_chinese_and_remembers_it(page, monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "zh")
	assert "我们已收到您的资料" in page.text(_lang="zh")
	assert page.guest.cookies["preferred_language"] == "zh"


@pytest.mark.parametrize("step", ["withdraw", "delete", "correct"])
def test_the_other_language_is_the_same_step(page, step):
	assert f'href="{page.path}?do={step}&amp;_lang=zh"' in page.text(do=step)


def test_the_links_of_somebody_who_is_forgotten_are_revoked_too(referral, page):
	assert tokens.read(Purpose.CANDIDATE, page.token).name == referral.name
	erasing.erase(frappe.get_doc("Referral", referral.name, for_update=True), keep_keys=False)
	assert tokens.read(Purpose.CANDIDATE, page.token) is None


def test_a_download_holds_what_the_page_says_and_nothing_of_hr(referral, page):
	answer = page.get(do="download")
	held = json.loads(answer.get_data(as_text=True))
	assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
	assert (held["name"], held["email"], held["resume"]) == ("Lin Mei", referral.candidate_email, ["Lin.pdf"])
	assert set(held) == {
		"number", "company", "position", "recommended_by", "recommended_on", "name", "email", "phone", "resume",
		"where_i_stand", "next_interview_on", "agreement", "test_results", "deletion_asked_on", "deletion_until", "as_of",
	}  # fmt: skip


def test_a_rejection_hr_does_not_tell_is_not_in_the_download_either(referral, page):
	frappe.db.set_single_value("Referral Hub Settings", "tell_candidate_result", 0)
	applicant_of(referral).db_set("status", "Rejected")
	service.refresh(referral.name)
	assert "Not Selected" not in page.get(do="download").get_data(as_text=True)


# dead links


def test_whatever_is_wrong_with_a_link_its_page_is_the_same(referral, page):
	expired, revoked = CandidatePage(referral), CandidatePage(make_referral())
	tokens.revoke("Candidate", tokens.Subject("Referral", revoked.referral))
	frappe.db.set_value(
		"Access Token",
		{"token_hash": tokens.rules.digest("Candidate", expired.token)},
		"expires_on",
		hr.days_ago(1),
	)
	card = tokens.issue("Refer", "Employee", referral.referrer, 10)
	odd = [expired.token, revoked.token, card, "0" * 32, "x", "%00", "' or 1=1 --", "ünïcödé", "a" * 3000]
	answers = [Guest().get(f"/candidate/{token}") for token in odd]
	assert {answer.status_code for answer in answers} == {404}
	assert len({without_secrets(answer) for answer in answers}) == 1


def test_a_revoked_link_changes_nothing_any_more(referral, page):
	desk_people.revoke_status_links(referral.name)
	assert page.post("withdraw").status_code == 404
	assert as_administrator(referral).outcome == "Open"


def test_a_form_of_another_page_changes_nothing(referral, page):
	other = make_referral()
	from candidate_factories import form_token

	for token in ("", "1.2.3", form_token(other.name), form_token(referral.name) + "0"):
		assert page.post("withdraw", form_token=token).status_code == 422
	page.guest.headers["Origin"] = "https://elsewhere.example"
	assert page.post("withdraw").status_code == 422
	assert as_administrator(referral).outcome == "Open"


def test_a_get_changes_nothing(referral, page):
	for query in ({"action": "withdraw"}, {"do": "withdraw"}, {"do": "delete"}, {"done": "withdrawn"}):
		assert page.get(**query).status_code == 200
	assert as_administrator(referral).outcome == "Open"


def test_a_link_is_limited(referral, page, monkeypatch):
	from referral_hub.portal.guests import candidate

	monkeypatch.setattr(candidate, "CHANGES_PER_TOKEN", 1)
	assert [page.post("nonsense").status_code for _ in range(3)] == [422, 429, 429]


# withdrawing


def test_a_withdrawal_is_seen_in_hrms_and_stays_one(referral, page):
	reason = frappe.get_all("Referral Reason", {"applies_to": "Withdrawn", "enabled": 1}, pluck="name")[0]
	assert page.post("withdraw", reason=reason).status_code == 303
	row = as_administrator(referral)
	applicant = applicant_of(row)
	assert (applicant.status, applicant.referral_hub_reason) == ("Rejected", reason)
	assert (row.outcome, row.closed_as, row.reason) == ("Withdrawn", "Withdrawn", reason)
	before = timeline(row)
	applicant.save()
	assert standing(row) == ("Submitted", "Withdrawn")
	assert service.refresh(row.name) is False
	assert timeline(row) == before


def test_a_withdrawal_without_a_reason_is_none_of_hr_s_decisions(referral, page):
	page.post("withdraw")
	row = as_administrator(referral)
	assert (row.outcome, row.closed_reason) == ("Withdrawn", None)
	assert "You decided not to go on" in page.text()


def test_only_a_reason_of_the_list_is_kept(referral, page):
	other = frappe.get_all("Referral Reason", {"applies_to": "Not Selected"}, pluck="name")[0]
	for reason in (other, "<script>alert(1)</script>", "x" * 5000):
		page.post("withdraw", reason=reason)
	row = as_administrator(referral)
	assert (row.outcome, row.closed_reason) == ("Withdrawn", None)


def test_withdrawing_twice_is_once(referral, page):
	assert [page.post("withdraw").status_code for _ in range(2)] == [303, 303]
	row = as_administrator(referral)
	assert [kind for _seq, kind, *_ in timeline(row)].count("Outcome") == 1


# correcting


def test_a_correction_reaches_hrms_and_the_new_contact_is_the_referrer_s(referral, page):
	email, phone = unique_email("new"), unique_phone()
	assert page.post("correct", candidate_name="Lin Mei-Hua", email=email, phone=phone).status_code == 303
	row = as_administrator(referral)
	applicant = applicant_of(row)
	assert (row.candidate_name, row.candidate_email, row.candidate_phone) == (
		"Lin Mei-Hua",
		email,
		f"+86{phone}",
	)
	assert (applicant.applicant_name, applicant.email_id, applicant.phone_number) == (
		"Lin Mei-Hua",
		email,
		f"+86{phone}",
	)
	with pytest.raises(service.AlreadyOwned):
		make_referral(candidate=service.Candidate("Somebody", email))


def test_a_contact_of_somebody_else_is_taken_without_a_word_and_told_to_hr(referral, page):
	other = make_referral(candidate=make_candidate(email=unique_email("taken")))
	answer = page.post("correct", candidate_name="Lin Mei", email=other.candidate_email, phone="")
	assert (answer.status_code, answer.headers["Location"]) == (303, f"{page.path}?done=corrected")
	as_administrator(referral)
	assert tasks_of(referral) == [
		f"The candidate of {referral.name} corrected their contact to one that belongs to {other.name}."
		" Is it the same person?"
	]
	owner = frappe.db.get_value(
		"Candidate Key", {"active_key": ("is", "set"), "referral": other.name, "kind": "Email"}, "referral"
	)
	assert owner == other.name


def test_a_contact_of_the_referrer_s_own_is_taken_without_a_word_and_shown_to_hr(referral, page):
	email = unique_email("own")
	frappe.db.set_value("Employee", referral.referrer, "personal_email", email)
	answer = page.post("correct", candidate_name="Lin Mei", email=email, phone="")
	assert (answer.status_code, answer.headers["Location"]) == (303, f"{page.path}?done=corrected")
	row = as_administrator(referral)
	assert row.flagged == 1
	assert [flag["code"] for flag in frappe.parse_json(row.flags_data)][-1:] == ["own_contact"]
	assert tasks_of(referral) == [
		f"{row.name}: The contact of the candidate was corrected to one of the referrer's own."
	]


@pytest.mark.parametrize(
	("typed", "said"),
	[
		({"candidate_name": "", "email": "a@b.example"}, "name"),
		({"candidate_name": "=cmd()", "email": "a@b.example"}, "can&#39;t start with ="),
		({"candidate_name": "<b>x</b>", "email": "a@b.example"}, "without the characters"),
		({"candidate_name": "Lin", "email": "nonsense"}, "check the e-mail"),
		({"candidate_name": "Lin", "phone": "12"}, "check the phone"),
		({"candidate_name": "Lin"}, "leave an e-mail address or a phone number"),
		({"candidate_name": "Lin", "phone": "13900001111"}, "kept under an e-mail address"),
	],
)
def test_a_correction_that_can_not_be_used_says_why(page, typed, said, monkeypatch):
	monkeypatch.setattr(frappe.db, "rollback", Mock())
	answer = page.post("correct", **typed)
	assert answer.status_code == 422
	assert said in answer.get_data(as_text=True)
	frappe.db.rollback.assert_called_once()


def test_a_person_without_an_email_can_give_one(page):
	phone_only = make_referral(candidate=service.Candidate("Lin Mei", phone=unique_phone()))
	email = unique_email("first")
	page = CandidatePage(phone_only)
	assert (
		page.post(
			"correct", candidate_name="Lin Mei", email=email, phone=phone_only.candidate_phone
		).status_code
		== 303
	)
	row = as_administrator(phone_only)
	assert (row.candidate_email, row.job_applicant, applicant_of(row).email_id) == (email, email, email)


# deleting


def test_asking_for_deletion_ends_the_application_and_starts_hr_s_clock(referral, page):
	hr.make_user(roles=("HR Manager",))
	assert page.post("delete").status_code == 303
	row = as_administrator(referral)
	assert row.outcome == "Withdrawn"
	assert getdate(row.erasure_due_on) == getdate(hr.days_ago(-30))
	assert len(set(tasks_of(referral))) == 1
	assert "Lin Mei" not in tasks_of(referral)[0]
	assert "You asked us to delete" in page.text()
	page.post("delete")
	as_administrator(referral)
	assert len(set(tasks_of(referral))) == 1


def test_the_recruiter_of_the_opening_gets_the_task_where_there_is_one(referral, page):
	recruiter = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(doctype="Opening Profile", job_opening=referral.job_opening, recruiter=recruiter).insert()
	page.post("delete")
	as_administrator(referral)
	given = frappe.get_all("ToDo", {"reference_name": referral.name}, pluck="allocated_to")
	assert given == [recruiter]


def test_somebody_who_never_applied_is_deleted_at_once():
	employee, opening = hr.make_employee(), hr.make_opening()
	invited = service.invite(employee.name, make_candidate(name="Zhou Qiuyue"), opening.name)
	page = CandidatePage(invited)
	assert "Your details are deleted" in page.post("delete").get_data(as_text=True)
	assert page.get().status_code == 404
	row = as_administrator(invited)
	assert (row.candidate_name, row.candidate_email, row.outcome) == (invited.name, None, "Withdrawn")
	assert not frappe.db.exists("Candidate Key", {"referral": invited.name})


def test_an_agreement_is_taken_back_and_what_was_agreed_stays_as_proof():
	waiting = make_waiting()
	page = CandidatePage(waiting)
	page.post("agree")
	assert "What you agreed to, today" in page.text()
	assert page.post("take_back").status_code == 303
	row = as_administrator(waiting)
	assert (row.consent_state, row.outcome) == ("Withdrawn", "Withdrawn")
	assert row.consent_withdrawn_on
	assert "I agree that" in row.consent_text
	assert followed(row).outcome == "Withdrawn"


# what HR does


def test_hr_sends_a_link_and_does_not_see_it(referral, as_user):
	as_user(hr.make_user(roles=("HR User",)).name)
	assert desk_people.send_status_link(referral.name) is True
	as_user("Administrator")
	told = frappe.get_all(
		"Referral Message", {"event": "candidate_status", "candidate_of": referral.name}, pluck="channel"
	)
	assert told == ["Email"]


def test_nobody_outside_hr_sends_or_revokes_a_link(referral, as_user):
	as_user(hr.make_employee(user=True).user_id)
	for attempt in (desk_people.send_status_link, desk_people.revoke_status_links):
		with pytest.raises(frappe.PermissionError):
			attempt(referral.name)


def test_hr_can_not_send_a_link_about_somebody_they_may_not_see(as_user):
	waiting = make_waiting()
	as_user(hr.make_user(roles=("HR User",)).name)
	with pytest.raises(frappe.PermissionError):
		desk_people.send_status_link(waiting.name)


def test_links_end_with_their_days(referral):
	frappe.db.set_single_value("Referral Hub Settings", "status_link_days", 7)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	token = asking.link_of(referral.name).rpartition("/")[2]
	ends = frappe.db.get_value(
		"Access Token", {"token_hash": tokens.rules.digest("Candidate", token)}, "expires_on"
	)
	assert ends == getdate(hr.days_ago(-7))
