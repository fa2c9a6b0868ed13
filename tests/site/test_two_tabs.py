"""The same form sent twice at once, and two forms about one thing at once: over HTTP, to a server of two processes."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import frappe
import pytest
import site_factories as hr
from candidate_factories import form_token, make_consent_program
from live_site import Commits
from referral_factories import make_candidate, make_referral
from rest_client import Person, ask, serving
from sharing_factories import BROWSER, filled_form, make_event_link, make_link

from referral_hub.referrals import service
from referral_hub.referrals.consent import asking
from referral_hub.referrals.sharing import invitations

ROUNDS = 3


@pytest.fixture(scope="module")
def address(site):
	with serving(workers=2) as address:
		yield address


@pytest.fixture
def commits(site):
	helper = Commits()
	frappe.cache.delete_keys("referral_hub_limit:")
	try:
		yield helper
	finally:
		frappe.cache.delete_keys("referral_hub_limit:")
		helper.clean_up()


def at_once(*requests) -> list:
	"""Send these at the same moment, each from a tab of its own; the answers in their order."""
	start = Barrier(len(requests))

	def send(request):
		start.wait()
		return request()

	with ThreadPoolExecutor(len(requests)) as tabs:
		answers = list(tabs.map(send, requests))
	frappe.db.rollback()
	return answers


def posts(address: str, path: str, *forms: dict) -> list:
	browser = {"User-Agent": BROWSER}
	return [lambda form=form: ask(address, "POST", path, data=form, headers=browser) for form in forms]


def said(answers) -> list[tuple]:
	return [(answer.status_code, answer.headers.get("Location")) for answer in answers]


def counted(**filters) -> int:
	return frappe.db.count("Referral", filters)


# guests


def test_the_same_application_sent_twice_at_once_is_one(address, commits):
	for _round in range(ROUNDS):
		link, email = make_link(), hr.unique_email("twice")
		form = filled_form(link, email=email)
		commits.commit()
		answers = at_once(*posts(address, f"/r/{link.code}", form, form, form))
		assert said(answers) == [(303, f"/r/{link.code}?sent=1")] * 3
		assert counted(link=link.name) == 1
		assert frappe.db.count("Job Applicant", {"email_id": email}) == 1
		assert frappe.db.count("Referral Application", {"link": link.name}) == 1
		assert frappe.db.get_value("Referral Link", link.name, "applications") == 1
		[referral] = frappe.get_all("Referral", {"link": link.name}, pluck="name")
		told = {"candidate_of": referral, "event": "candidate_received"}
		assert frappe.db.count("Referral Message", told) == 1


def test_the_same_application_at_a_job_fair_sent_twice_at_once_is_one(address, commits):
	link, email = make_event_link(), hr.unique_email("fair")
	commits.commit()
	form = filled_form(link, email=email, told_by="Nobody Atall")
	answers = at_once(*posts(address, f"/r/{link.code}", form, form))
	assert said(answers) == [(303, f"/r/{link.code}?sent=1")] * 2
	assert frappe.db.count("Job Applicant", {"email_id": email}) == 1
	assert frappe.db.get_value("Referral Link", link.name, "applications") == 1


def test_one_person_who_applies_in_two_tabs_is_one_applicant(address, commits):
	link, email = make_link(), hr.unique_email("tabs")
	commits.commit()
	forms = [filled_form(link, email=email, note=words) for words in ("the first", "the second")]
	assert said(at_once(*posts(address, f"/r/{link.code}", *forms))) == [(303, f"/r/{link.code}?sent=1")] * 2
	assert (counted(link=link.name), frappe.db.count("Job Applicant", {"email_id": email})) == (1, 1)
	[applicant] = frappe.get_all("Job Applicant", {"email_id": email}, ["name", "cover_letter"])
	comments = frappe.get_all("Comment", {"reference_name": applicant.name}, pluck="content")
	kept = applicant.cover_letter + " ".join(comments)
	assert "the first" in kept
	assert "the second" in kept


# an invited person


def invited() -> frappe._dict:
	candidate = make_candidate()
	link = invitations.invite(hr.make_employee().name, candidate, hr.make_opening().name)
	return frappe._dict(link=link, email=candidate.email, path=f"/r/{link.code}")


def decline(invitation) -> dict:
	return {**filled_form(invitation.link), "action": "decline"}


def test_a_no_sent_twice_at_once_is_one(address, commits):
	invitation = invited()
	commits.commit()
	answers = at_once(*posts(address, invitation.path, *[decline(invitation)] * 3))
	assert {status for status, _where in said(answers)} <= {303, 404}, "404 for whoever came after"
	assert (303, f"{invitation.path}?declined=1") in said(answers)
	assert standing(invitation) == ("Invited", "Withdrawn", None)


def test_a_yes_and_a_no_at_once_are_one_of_them(address, commits):
	for _round in range(ROUNDS):
		invitation = invited()
		commits.commit()
		applied = filled_form(invitation.link, email=invitation.email)
		answers = at_once(*posts(address, invitation.path, applied, decline(invitation)))
		assert {answer.status_code for answer in answers} <= {303, 404}
		stage, outcome, applicant = standing(invitation)
		assert (stage, outcome) in {("Submitted", "Open"), ("Invited", "Withdrawn")}
		assert bool(applicant) == (stage == "Submitted")
		kept = frappe.db.count("Job Applicant", {"email_id": invitation.email})
		assert kept == int(said(answers)[0][0] == 303), "who was thanked for applying has applied"


def standing(invitation) -> tuple:
	fields = ["stage", "outcome", "job_applicant"]
	return frappe.db.get_value("Referral", invitation.link.referral, fields)


# a candidate


def changed(referral) -> tuple:
	fields = ["outcome", "candidate_name", "job_applicant"]
	outcome, name, applicant = frappe.db.get_value("Referral", referral.name, fields)
	return outcome, name, frappe.db.get_value("Job Applicant", applicant, ["applicant_name", "status"])


def test_withdrawn_in_one_tab_and_corrected_in_the_other(address, commits):
	for _round in range(ROUNDS):
		referral = make_referral(candidate=make_candidate(name="Old Name"))
		here, email = asking.link_of(referral.name), referral.candidate_email
		commits.commit()
		token = form_token(referral.name)
		withdrawn, corrected = at_once(
			*posts(
				address,
				here,
				{"action": "withdraw", "form_token": token},
				{"action": "correct", "form_token": token, "candidate_name": "New Name", "email": email},
			)
		)
		assert said([withdrawn]) == [(303, f"{here}?done=withdrawn")]
		outcome, name, applicant = changed(referral)
		assert outcome == "Withdrawn"
		expected = {
			(303, f"{here}?done=corrected"): "New Name",
			(303, here): "Old Name",
		}[said([corrected])[0]]
		assert (name, applicant) == (expected, (expected, "Rejected"))


def test_deleted_in_one_tab_and_corrected_in_the_other(address, commits):
	for _round in range(ROUNDS):
		invitation = invited()
		referral = frappe.get_doc("Referral", invitation.link.referral)
		here, token = asking.link_of(referral.name), form_token(referral.name)
		commits.commit()
		typed = {"candidate_name": "Resurrected Name", "email": hr.unique_email("back")}
		deleted, corrected = at_once(
			*posts(
				address,
				here,
				{"action": "delete", "form_token": token},
				{"action": "correct", "form_token": token, **typed},
			)
		)
		assert deleted.status_code == 200
		assert "Your details are deleted" in deleted.text
		assert corrected.status_code in (303, 404)
		row = frappe.get_doc("Referral", referral.name)
		assert (row.candidate_name, row.candidate_email, bool(row.erased_on)) == (row.name, None, True)
		assert frappe.db.count("Candidate Key", {"referral": row.name}) == 0


def test_agreed_in_one_tab_and_refused_in_the_other_is_one_of_them(address, commits):
	program = make_consent_program()
	for _round in range(ROUNDS):
		referral = service.submit(hr.make_employee().name, make_candidate(), hr.make_opening().name, program)
		here, token = asking.link_of(referral.name), form_token(referral.name)
		commits.commit()
		forms = [{"action": action, "form_token": token} for action in ("agree", "refuse")]
		agreed, refused = at_once(*posts(address, here, *forms))
		fields = ["consent_state", "job_applicant", "erased_on"]
		state, applicant, erased = frappe.db.get_value("Referral", referral.name, fields)
		if state == "Given":
			assert (bool(applicant), erased, said([refused])) == (True, None, [(303, here)])
			assert said([agreed]) == [(303, f"{here}?done=agreed")]
		else:
			assert (state, applicant, bool(erased)) == ("Refused", None, True)
			assert "Your details are deleted" in refused.text
			assert agreed.status_code in (303, 404)


# an employee


@pytest.fixture
def anna(address, commits):
	employee = hr.make_employee("Anna", user=True)
	frappe.utils.password.update_password(employee.user_id, "two-tabs-2026")
	opening = hr.make_opening()
	commits.commit()
	return frappe._dict(
		employee=employee.name,
		opening=opening.name,
		tabs=[Person(address, employee.user_id, "two-tabs-2026") for _tab in range(2)],
	)


def sends(anna, page: str, *forms: dict) -> list:
	def request(tab, form):
		path = f"{tab.address}{page}?opening={anna.opening}"
		mark = re.search(r'name="csrf_token" value="([^"]+)"', tab.session.get(path, timeout=60).text)[1]
		filled = {**form, "csrf_token": mark}
		return lambda: tab.session.post(path, data=filled, allow_redirects=False, timeout=60)

	return [request(tab, form) for tab, form in zip(anna.tabs, forms, strict=True)]


def referral_form(anna, **fields) -> dict:
	return {"opening": anna.opening, "candidate_name": "Lin Mei", "email": hr.unique_email("lin"), **fields}


def test_the_same_referral_sent_twice_at_once_is_one(anna):
	for _round in range(ROUNDS):
		form = referral_form(anna, submission_key=frappe.generate_hash(length=32))
		answers = at_once(*sends(anna, "/referrals/refer", form, form))
		[name] = frappe.get_all("Referral", {"candidate_email": form["email"]}, pluck="name")
		assert said(answers) == [(303, f"/referrals/mine/{name}?sent=1")] * 2
		assert frappe.db.count("Job Applicant", {"email_id": form["email"]}) == 1
		assert frappe.db.count("Referral Event", {"referral": name}) == 1


def test_one_person_referred_in_two_tabs_at_once_is_referred_once(anna):
	for _round in range(ROUNDS):
		form = referral_form(anna)
		keys = [{"submission_key": frappe.generate_hash(length=32)} for _tab in range(2)]
		answers = at_once(*sends(anna, "/referrals/refer", *[form | key for key in keys]))
		assert sorted(answer.status_code for answer in answers) == [303, 422]
		[refused] = [answer.text for answer in answers if answer.status_code == 422]
		assert "You have referred this person already" in refused
		assert form["email"] in refused, "what was typed is still there"
		assert frappe.db.count("Job Applicant", {"email_id": form["email"]}) == 1
		assert counted(candidate_email=form["email"]) == 1


def test_the_same_invitation_sent_twice_at_once_is_one(anna):
	key = frappe.generate_hash(length=32)
	form = referral_form(anna, action="invite", message="Come along", submission_key=key)
	answers = at_once(*sends(anna, "/referrals/share", form, form))
	assert {status for status, _where in said(answers)} == {303}
	[name] = frappe.get_all("Referral", {"candidate_email": form["email"]}, pluck="name")
	assert frappe.db.count("Referral Link", {"referral": name}) == 1
	told = {"candidate_of": name, "event": "candidate_invited"}
	assert frappe.db.count("Referral Message", told) == 1


def test_links_made_in_two_tabs_at_once_are_made_once(anna):
	answers = at_once(*sends(anna, "/referrals/share", {"action": "make"}, {"action": "make"}))
	assert {status for status, _where in said(answers)} == {303}
	channels = frappe.get_all("Referral Link", {"employee": anna.employee}, pluck="channel")
	assert sorted(channels) == ["Link", "Poster", "QR"]


def test_a_link_switched_off_in_two_tabs_at_once_is_off(anna, commits):
	link = make_link(frappe.get_doc("Employee", anna.employee), frappe.get_doc("Job Opening", anna.opening))
	commits.commit()
	form = {"action": "off", "link": link.name}
	answers = at_once(*sends(anna, "/referrals/share", form, form))
	assert {status for status, _where in said(answers)} == {303}
	assert frappe.db.get_value("Referral Link", link.name, "enabled") == 0
