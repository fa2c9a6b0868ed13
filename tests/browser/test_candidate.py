"""Candidates on their own page and employees with a card, on a phone, as people use them; one run in Chinese."""

import frappe
import pytest
import site_factories as hr
from candidate_factories import make_consent_program
from portal_factories import make_paid_opening, referral_of
from referral_factories import make_candidate, make_referral, make_resume, unique_phone

from referral_hub.referrals import service
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking

NOT_FOUND = "status of 404"
REFUSED = "status of 422"


@pytest.fixture
def anna(commits):
	frappe.cache.delete_keys("referral_hub_limit:")
	return hr.make_employee("Anna")


@pytest.fixture
def opening(commits):
	return make_paid_opening("Store Manager, Harbour")


def test_a_candidate_withdraws_on_a_phone(commits, guest_page, anna, opening, axe, screenshot):
	name = hr.unique("Mei Lin")
	referral = make_referral(anna, opening, make_candidate(name=name), resume=make_resume("Mei.pdf"))
	path = asking.link_of(referral.name)
	commits.commit()
	page = guest_page("phone")
	page.goto(path)
	page.get_by_role("heading", name="We have your profile").wait_for()
	axe(page)
	screenshot(page, "candidate-standing-phone")
	page.get_by_role("link", name="I don't want to go on").click()
	page.get_by_role("heading", name="You don't want to go on?").wait_for()
	axe(page)
	screenshot(page, "candidate-withdraw-phone")
	page.get_by_label("The reason, if you like to say it").select_option(index=1)
	page.get_by_role("button", name="Withdraw my application").click()
	page.get_by_role("heading", name="You decided not to go on").wait_for()
	axe(page)
	withdrawn = referral_of(name)
	applicant = frappe.get_doc("Job Applicant", withdrawn.job_applicant)
	assert (withdrawn.outcome, applicant.status) == ("Withdrawn", "Rejected")
	assert applicant.referral_hub_reason == withdrawn.reason


def test_a_candidate_without_javascript_corrects_and_asks_for_deletion(
	commits, guest_page, anna, opening, axe, screenshot, watch
):
	name = hr.unique("Mei Lin")
	referral = make_referral(anna, opening, make_candidate(name=name))
	path = asking.link_of(referral.name)
	commits.commit()
	watch.expect(REFUSED)
	page = guest_page("phone", java_script_enabled=False)
	page.goto(path)
	page.get_by_role("link", name="Correct").click()
	page.get_by_label("Your e-mail").fill("nonsense")
	page.get_by_role("button", name="Save").click()
	page.get_by_text("Please check the e-mail address").wait_for()
	screenshot(page, "candidate-correct-phone")
	email = hr.unique_email("right")
	page.get_by_label("Your e-mail").fill(email)
	page.get_by_role("button", name="Save").click()
	page.get_by_text("Your details are corrected").wait_for()
	page.get_by_role("link", name="Delete my details").click()
	page.get_by_role("button", name="Delete my details").click()
	page.get_by_text("You asked us to delete what we hold about you").wait_for()
	row = referral_of(name)
	assert (row.candidate_email, row.outcome, bool(row.erasure_due_on)) == (email, "Withdrawn", True)


def test_hr_sees_a_person_once_they_agreed(commits, page_as, guest_page, anna, opening, axe, screenshot):
	name = hr.unique("Zhou")
	program = make_consent_program()
	waiting = service.submit(anna.name, make_candidate(name=name), opening.name, program)
	path = asking.link_of(waiting.name)
	recruiter = hr.make_user(roles=("HR User",)).name
	commits.commit()
	desk = page_as(recruiter)
	ask = {"filters": f'[["name","=","{waiting.name}"]]', "fields": '["candidate_name"]'}
	assert desk.request.get("/api/resource/Referral", params=ask).json()["data"] == []
	page = guest_page("phone")
	page.goto(path)
	page.get_by_role("heading", name="Anna would like to recommend you").wait_for()
	axe(page)
	screenshot(page, "candidate-asked-phone")
	page.get_by_role("button", name="I agree").click()
	page.get_by_text("A recruiter can read your profile now").wait_for()
	axe(page)
	assert desk.request.get("/api/resource/Referral", params=ask).json()["data"] == [{"candidate_name": name}]


def test_a_no_in_chinese_removes_the_person(commits, guest_page, anna, opening, axe, screenshot, watch):
	name = hr.unique("Zhou")
	program = make_consent_program()
	waiting = service.submit(anna.name, make_candidate(name=name), opening.name, program)
	path = asking.link_of(waiting.name)
	commits.commit()
	watch.expect(NOT_FOUND)
	page = guest_page("phone")
	page.goto(path)
	page.get_by_role("link", name="中文").click()
	page.get_by_role("heading", name="Anna想推荐您").wait_for()
	axe(page)
	screenshot(page, "candidate-asked-phone-zh")
	page.get_by_role("link", name="不用了").click()
	page.get_by_role("button", name="删除并拒绝").wait_for()
	axe(page)
	page.get_by_role("button", name="删除并拒绝").click()
	page.get_by_text("您的信息已删除").wait_for()
	assert referral_of(name) is None
	page.goto(path)
	assert page.get_by_text("Zhou").count() == 0


def test_an_employee_refers_by_card_on_a_phone(commits, guest_page, anna, opening, axe, screenshot):
	name, path = hr.unique("Li Na"), f"/refer/{cards.issue(anna.name)}"
	commits.commit()
	page = guest_page("phone")
	page.goto(path)
	axe(page)
	screenshot(page, "card-phone")
	page.get_by_role("searchbox").fill("Harbour")
	page.get_by_role("button", name="Search").click()
	page.get_by_role("link", name="Store Manager, Harbour").first.click()
	page.get_by_label("Their name").wait_for()
	axe(page)
	screenshot(page, "card-refer-phone")
	page.get_by_label("Their name").press_sequentially(name, delay=60)
	page.get_by_label("Their phone").press_sequentially(unique_phone(), delay=60)
	page.get_by_role("button", name="Send").click()
	page.get_by_role("heading", name="Sent. Thank you.").wait_for()
	axe(page)
	made = referral_of(name)
	assert (made.referrer, made.channel, made.job_opening) == (anna.name, "QR", opening.name)
	assert page.locator(".receipt .number").inner_text() == made.name
