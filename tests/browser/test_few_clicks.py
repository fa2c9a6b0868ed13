"""What people do most is near: presses are counted by a listener in the page, from where they begin to the last one."""

import pytest
import site_factories as hr
from candidate_factories import make_waiting
from contact_factories import make_opening_for_welders
from portal_factories import make_paid_opening, make_referrer, number_of, referral_of
from referral_factories import applicant_of, make_referral
from reward_factories import points
from steps_taken import Steps

from referral_hub.matching.contacts import service as contacts
from referral_hub.referrals.consent import answering, asking


@pytest.fixture
def counted(new_context, page_as):
	"""A page in which presses are counted, of a user or of nobody: (page, presses)."""

	def open_page(user: str | None = None, device: str = "desktop"):
		steps = Steps()
		if user:
			page = page_as(user, device)
			steps.follow(page.context)
		else:
			context = new_context(device)
			steps.follow(context)
			page = context.new_page()
		return page, steps.presses

	return open_page


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_a_known_contact_is_referred_in_two_clicks_from_home(commits, counted, device):
	anna, opening, name = make_referrer("Anna"), make_opening_for_welders(), hr.unique("Fang")
	contacts.add_line(anna.name, f"{name}, welder, 9 years, {hr.unique_email('fang')}", "CN")
	commits.at_end(lambda: contacts.delete_all(anna.name))
	commits.commit()
	page, presses = counted(anna.user_id, device)
	page.goto("/referrals")
	page.get_by_role("link", name=f"Refer {name} for {opening.job_title}").click()
	page.locator("#send").click()
	assert number_of(page) == referral_of(name).name
	assert len(presses) <= 2, presses


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_why_a_reward_is_what_it_is_is_one_click_from_home(commits, counted, device):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening(None, points("Screened", 50)))
	hr.set_applicant_status(applicant_of(referral), "Replied")
	commits.run_jobs()
	page, presses = counted(anna.user_id, device)
	page.goto("/referrals")
	page.get_by_role("link", name=referral.candidate_name).last.click()
	why = page.locator(".why[open] > p").first
	why.wait_for()
	assert "50 points" in why.inner_text() and "version 1" in why.inner_text()
	assert len(presses) <= 1, presses


def test_consent_is_taken_back_in_two_clicks(commits, counted):
	waiting = make_waiting()
	answering.agree(waiting.name, "I agree.")
	path = asking.link_of(waiting.name)
	commits.commit()
	page, presses = counted(device="phone")
	page.goto(path)
	page.get_by_role("link", name="Take back my agreement").click()
	page.get_by_role("button", name="Take back my agreement and delete").click()
	page.get_by_text("You asked us to delete what we hold about you").wait_for()
	assert referral_of(waiting.candidate_name).consent_state == "Withdrawn"
	assert len(presses) <= 2, presses
