"""Nobody learns by waiting whether a person, a referral or a link exists: the same way through, or an answer that is held back."""

import frappe
import pytest
import site_factories as hr
from candidate_factories import form_token
from count_queries import counted_queries
from in_process import answering
from referral_factories import make_candidate, make_referral, unique_phone
from sharing_factories import Guest, filled_form, make_event_link, make_link

from referral_hub import tokens
from referral_hub.portal.guests import pace
from referral_hub.referrals.consent import asking
from referral_hub.referrals.rules.tokens import Purpose, digest


@pytest.fixture(autouse=True)
def no_limits():
	frappe.cache.delete_keys("referral_hub_limit:")


def asked(path: str) -> list[str]:
	"""What a guest's look at this page asks of the database, without the values."""
	with counted_queries() as sent:
		answer = Guest().get(path)
	frappe.set_user("Administrator")
	assert answer.status_code == 404, path
	return [query.partition(" WHERE ")[0].partition(" where ")[0] for query in sent]


@pytest.mark.parametrize("page", ["candidate", "refer"])
def test_a_token_that_was_made_up_costs_what_a_revoked_and_an_expired_one_cost(page):
	old, older = _tokens_that_ended(page)
	paths = [f"/{page}/{token}" for token in ("0" * len(old), old, older)]
	asked(paths[0])  # what is read once per process
	made_up, revoked, expired = (asked(path) for path in paths)
	assert made_up == revoked == expired
	assert any("Access Token" in query for query in made_up)


def _tokens_that_ended(page: str) -> list[str]:
	purpose, subject = {
		"candidate": (Purpose.CANDIDATE, ("Referral", make_referral().name)),
		"refer": (Purpose.REFER, ("Employee", hr.make_employee().name)),
	}[page]
	revoked = tokens.issue(purpose, *subject, 10)
	tokens.revoke(purpose, tokens.Subject(*subject))
	expired = tokens.issue(purpose, *subject, 10)
	frappe.db.set_value(
		tokens.DOCTYPE, {"token_hash": digest(purpose, expired)}, "expires_on", hr.days_ago(1)
	)
	return [revoked, expired]


def test_a_code_that_was_made_up_costs_what_one_that_is_off_costs():
	link = make_link()
	link.update({"enabled": 0}).save()
	asked("/r/zzzzzzzzzz")
	made_up, off = asked("/r/zzzzzzzzzz"), asked(f"/r/{link.code}")
	assert [query for query in off if "Referral Link" in query] == [
		query for query in made_up if "Referral Link" in query
	]


def evened_out(path: str, form: dict) -> bool:
	frappe.flags.referral_hub_even_out_since = None
	answer = Guest().post(path, form)
	frappe.set_user("Administrator")
	assert answer.status_code == 303
	return frappe.flags.referral_hub_even_out_since is not None


def test_every_application_is_answered_at_a_full_step_whoever_is_known():
	link, fair, known = make_link(), make_event_link(), make_candidate()
	make_referral(candidate=known)
	for through in (link, fair):
		for email in (hr.unique_email("new"), known.email, known.email, hr.make_applicant().email_id):
			assert evened_out(f"/r/{through.code}", filled_form(through, email=email))


def test_every_correction_is_answered_at_a_full_step_whoever_has_the_contact():
	known, mine = make_candidate(), make_referral(candidate=make_candidate())
	make_referral(candidate=known)
	page = asking.link_of(mine.name)
	for email in (hr.unique_email("new"), known.email, hr.make_applicant().email_id):
		typed = {"candidate_name": "Mei Lin", "email": email, "phone": ""}
		assert evened_out(page, {"action": "correct", "form_token": form_token(mine.name), **typed})


def typed_on_hrms_own_form(**fields) -> list[str]:
	"""What it asks of the database, without the values."""
	typed = {"email_id": hr.unique_email("form"), "phone_number": unique_phone(), **fields}
	frappe.set_user("Guest")
	with counted_queries() as sent:
		frappe.get_doc(doctype="Job Applicant", applicant_name="Mei Lin", **typed).insert(
			ignore_permissions=True
		)
	frappe.set_user("Administrator")
	return [query.partition(" WHERE ")[0].partition(" where ")[0].partition(" VALUES ")[0] for query in sent]


def test_hrms_own_form_asks_the_same_of_a_stranger_whoever_they_name_and_whose_phone_they_have():
	colleague, known = hr.make_employee(), make_candidate()
	make_referral(colleague, candidate=known)
	typed_on_hrms_own_form(referral_hub_told_by="Nobody")  # what is read once per process
	stranger = typed_on_hrms_own_form(referral_hub_told_by="Nobody Atall")
	assert len(stranger) > 2
	assert typed_on_hrms_own_form(referral_hub_told_by=colleague.employee_name) == stranger
	assert typed_on_hrms_own_form(referral_hub_told_by="Nobody", phone_number=known.phone) == stranger


@pytest.mark.parametrize(("elapsed", "rest"), [(0.1, 0.4), (0.4, 0.1), (0.5, 0.0), (0.7, 0.3), (1.2, 0.3)])
def test_what_is_left_of_a_step(elapsed, rest):
	assert pace.STEP == 0.5
	assert pace.rest_of_step(elapsed) == pytest.approx(rest)


def test_the_answer_leaves_after_the_wait_and_only_where_people_are_looked_up(commits, monkeypatch):
	link, waited = make_link(), []
	commits.commit()
	monkeypatch.setattr(pace.time, "sleep", waited.append)
	with answering() as web:
		form = filled_form(link, email=hr.unique_email("slow"))
		assert web.ask("POST", f"/r/{link.code}", data=form).status_code == 303
		assert len(waited) == 1
		assert 0 <= waited[0] < pace.STEP
		web.ask("GET", f"/r/{link.code}")
		web.ask("POST", f"/r/{link.code}", data={**form, "form_token": ""})
		assert len(waited) == 1
