"""HR in the desk, the referrer on the portal: rejecting with a reason, a question answered, advice before somebody is asked."""

import frappe
import pytest
import site_factories as hr
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_candidate, make_referral


def test_hr_rejects_with_a_reason_and_the_referrer_reads_reason_and_hint(commits, page_as, screenshot):
	from referral_hub.setup.words.reasons import make_reasons

	make_reasons()
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening())
	human_resources = hr.make_hr_manager()
	commits.commit()

	desk = page_as(human_resources.name)
	desk.goto(f"/app/job-applicant/{referral.job_applicant}")
	headline = desk.locator(".form-dashboard .form-message, .form-message").first
	headline.wait_for()
	assert f"Referred by {referral.referrer_name}" in headline.inner_text()
	desk.locator("select[data-fieldname=status]").first.select_option("Rejected")
	desk.get_by_role("button", name="Save", exact=True).click()
	dialog = desk.locator(".modal-dialog", has_text="Tell the Referrer Why")
	dialog.wait_for()
	dialog.locator("select[data-fieldname=reason]").select_option("Experience does not match yet")
	dialog.locator("textarea[data-fieldname=hint]").fill("A year in a shop helps.")
	screenshot(desk, "reason-dialog")
	dialog.get_by_role("button", name="Save with Reason").click()
	desk.wait_for_function("() => cur_frm && !cur_frm.is_dirty()")
	commits.run_jobs()
	assert frappe.db.get_value("Job Applicant", referral.job_applicant, "status") == "Rejected"

	page = page_as(anna.user_id, "phone")
	page.goto(f"/referrals/mine/{referral.name}")
	aside = page.locator(".timeline .aside").first.inner_text()
	assert "Experience does not match yet" in aside
	assert "A year in a shop helps." in aside


IS_ALL_SEEN = """mark => {
	const box = mark.getBoundingClientRect(), middle = box.top + box.height / 2;
	return [box.left + 2, box.right - 3].every((x) => document.elementFromPoint(x, middle) === mark);
}"""


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_in_the_list_the_mark_of_the_referred_is_seen_whatever_their_name(commits, page_as, device):
	candidate = make_candidate(name="Wolfeschlegelstein " * 6)
	referral = make_referral(opening=make_paid_opening(), candidate=candidate)
	human_resources = hr.make_hr_manager()
	commits.commit()
	desk = page_as(human_resources.name, device)
	desk.goto(f"/app/job-applicant?name={referral.job_applicant}")
	mark = desk.locator(".list-row .referral-hub-mark")
	mark.wait_for()
	assert (mark.count(), mark.inner_text(), mark.evaluate(IS_ALL_SEEN)) == (1, "Referred", True)


def test_an_employee_asks_and_reads_the_answer(commits, page_as, axe, screenshot):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening())
	commits.commit()
	page = page_as(anna.user_id, "phone")
	page.goto(f"/referrals/mine/{referral.name}")
	page.get_by_role("link", name="Ask HR").click()
	page.get_by_role("heading", name="What we can say right away").wait_for()
	axe(page)
	screenshot(page, "ask-phone")
	page.get_by_label("What is it about?").select_option("Not paid")
	page.get_by_label("Your question").fill("When is it paid?")
	page.get_by_role("button", name="Send to HR").click()
	page.wait_for_url("**/referrals/mine/REF-*")
	assert "With HR. You get an answer by" in page.locator("#questions").inner_text()
	axe(page)
	from referral_hub.referrals.disputes import answering

	frappe.db.rollback()
	name = frappe.db.get_value("Referral Dispute", {"referral": referral.name})
	answering.answer(name, "After probation.", "Explained")
	commits.commit()
	page.reload()
	assert "After probation." in page.locator("#questions").inner_text()
	axe(page)
	page.get_by_role("button", name="That settles it").click()
	page.get_by_text("Settled", exact=True).wait_for()


def test_advice_stands_folded_on_the_opening_and_beside_the_form(commits, page_as, axe, screenshot):
	anna = make_referrer("Anna")
	opening = make_paid_opening()
	words = {"strengths": "**Free meals** on every shift.", "coach_say": "Ask after the shift."}
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, **words).insert()
	commits.commit()
	page = page_as(anna.user_id, "phone")
	page.goto(f"/referrals/openings/{opening.name}")
	assert page.locator("strong", has_text="Free meals").is_visible()
	advice = page.get_by_text("Ask after the shift.")
	assert not advice.is_visible()
	page.get_by_text("What to say, and when").click()
	assert advice.is_visible()
	axe(page)
	screenshot(page, "opening-advice-phone")
	page.goto(f"/referrals/refer?opening={opening.name}")
	assert page.get_by_text("Hints for the resume").is_visible()
