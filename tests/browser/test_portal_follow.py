"""Following a referral: HR works in the desk, the employee sees it on the portal; nobody sees another's."""

import frappe
import site_factories as hr
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, make_referral
from reward_factories import points

PAGES = ("/referrals", "/referrals/openings", "/referrals/mine", "/referrals/wallet", "/referrals/rules")
NOT_FOUND = "status of 404"
NOT_ALLOWED = "status of 403"


def test_hr_works_in_the_desk_and_the_employee_sees_stage_and_points(commits, page_as):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening(None, points("Screened", 50), points("Joined", 300)))
	human_resources = hr.make_hr_manager()
	commits.commit()
	_set_status_in_the_desk(page_as(human_resources.name), referral.job_applicant, "Replied")
	commits.run_jobs()

	page = page_as(anna.user_id, "phone")
	page.goto("/referrals")
	row = page.get_by_role("link", name=referral.candidate_name).last
	assert row.get_by_role("img").get_attribute("aria-label") == "Step 2 of 5: Screening"
	assert "Next: a decision about an interview" in row.inner_text()
	assert page.locator(".wallet-card .amount").inner_text() == "50 points"
	row.click()
	page.get_by_text(f"A recruiter is looking at {referral.candidate_name}'s profile.").wait_for()
	assert page.locator(".timeline .tag-good").all_inner_texts() == ["50 points"]
	assert "version 1" in page.locator(".why[open] > p").inner_text()
	page.goto("/referrals")
	page.get_by_role("link", name="Last: A recruiter got in touch: 50 points. Why?").click()
	assert "version 1" in page.locator(".why[open] > p").inner_text()
	page.goto("/referrals/wallet")
	assert page.locator(".ledger .plus").all_inner_texts() == ["+50"]


def test_on_paper_every_reward_says_why_and_the_wallet_keeps_its_table(commits, page_as):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening(None, points("Screened", 50), points("Joined", 300)))
	hr.set_applicant_status(applicant_of(referral), "Replied")
	commits.run_jobs()
	page = page_as(anna.user_id)
	page.set_viewport_size({"width": 718, "height": 1000})  # a sheet of A4 between its margins
	page.emulate_media(media="print")
	page.goto(f"/referrals/mine/{referral.name}")
	assert [reason.is_visible() for reason in page.locator(".why > p").all()] == [True, True]
	assert page.locator(".brand").is_visible() and not page.locator(".menu").is_visible()
	page.goto("/referrals/wallet")
	assert page.locator(".ledger thead").is_visible()
	assert not any(button.is_visible() for button in page.locator(".button").all())
	assert str(frappe.utils.getdate().year) in page.locator(".me").inner_text()
	page.goto("/referrals/rules")
	assert not page.locator(".foot").is_visible()


def test_the_whole_way_is_told_step_by_step(commits, page_as):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening())
	applicant = applicant_of(referral)
	hr.set_applicant_status(applicant, "Replied")
	commits.run_jobs()
	hr.schedule_interview(applicant, on=hr.in_days(3))
	commits.run_jobs()
	page = page_as(anna.user_id)
	page.goto("/referrals")
	assert (
		page.locator(".hello .notice")
		.inner_text()
		.startswith(f"{referral.candidate_name} has an interview: ")
	)
	hr.hire_applicant(applicant)
	commits.run_jobs()

	page.goto(f"/referrals/mine/{referral.name}")
	assert page.locator("#now-title").inner_text() == "Joined. Next: probation"
	told = page.locator(".timeline > li:not(.future) > p:first-child").all_inner_texts()
	assert told[0] == f"{referral.candidate_name} has joined the company."
	assert told[-1] == f"You referred {referral.candidate_name}. The profile is with the recruiting team."
	assert page.locator(".side .pays").inner_text() == "400 points so far"


def test_not_selected_comes_with_the_reason_and_a_hint(commits, page_as):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening())
	reason = frappe.get_doc(
		doctype="Referral Reason",
		reason=hr.unique("Reason"),
		applies_to="Not Selected",
		hint="Shop assistants with a year behind them do well here.",
	).insert()
	applicant = applicant_of(referral)
	applicant.update({"status": "Rejected", "referral_hub_reason": reason.name, "notes": "smelled of fish"})
	applicant.save()
	commits.run_jobs()
	page = page_as(anna.user_id)
	page.goto(f"/referrals/mine/{referral.name}")
	aside = page.locator(".timeline .aside").inner_text()
	assert reason.name in aside
	assert reason.hint in aside
	assert "fish" not in page.content()
	assert page.locator("#now-title").inner_text() == "Not selected"


def test_another_employees_referral_looks_like_one_that_does_not_exist(commits, page_as, watch):
	watch.expect(NOT_FOUND)
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	referral = make_referral(anna, make_paid_opening())
	commits.commit()
	page = page_as(bo.user_id)
	seen = []
	for name in (referral.name, "REF-2026-99999"):
		assert page.goto(f"/referrals/mine/{name}").status == 404
		seen.append(page.content())
	assert seen[0] == seen[1]
	assert referral.candidate_name not in seen[0]

	page = page_as(anna.user_id)
	assert page.goto(f"/referrals/mine/{referral.name}").status == 200


def test_nothing_of_one_employee_is_cached_for_the_next(commits, page_as):
	assert not frappe.conf.developer_mode
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	referral = make_referral(anna, make_paid_opening())
	commits.commit()
	page = page_as(anna.user_id)
	for path in (*PAGES, f"/referrals/openings/{referral.job_opening}"):
		answer = page.goto(path)
		assert answer.headers["cache-control"] == "no-store, private"
		assert answer.headers["x-robots-tag"] == "noindex, nofollow"
	page = page_as(bo.user_id)
	for path in (*PAGES, f"/referrals/openings/{referral.job_opening}"):
		text = page.goto(path).text()
		assert referral.candidate_name not in text
		assert anna.employee_name not in text


def test_a_newcomer_sees_how_it_works(commits, page_as, axe):
	newcomer = make_referrer("Noor")
	commits.commit()
	page = page_as(newcomer.user_id, "phone")
	page.goto("/referrals")
	assert page.locator(".how svg").count() == 3
	axe(page)
	page.goto("/referrals/mine")
	page.get_by_role("heading", name="You have not referred anybody yet").wait_for()


def test_a_guest_signs_in_and_lands_where_they_wanted(commits, guest_page):
	anna = make_referrer("Anna")
	commits.commit()
	page = guest_page()
	page.goto("/referrals/openings?text=manager")
	assert page.url.split("#")[0].endswith("/login?redirect-to=%2Freferrals%2Fopenings%3Ftext%3Dmanager")
	page.locator("#login_email").fill(anna.user_id)
	page.locator("#login_password").fill(hr.PASSWORD)
	page.locator(".btn-login").first.click()
	page.wait_for_url("**/referrals/openings?text=manager")


def test_somebody_without_an_employee_record_is_told_what_to_do(commits, page_as, watch, axe):
	watch.expect(NOT_ALLOWED)
	nobody = hr.make_user()
	gone = make_referrer("Gus")
	hr.part_with_employee(gone)
	frappe.db.set_value("User", gone.user_id, "enabled", 1)
	commits.commit()
	page = page_as(nobody.name)
	for path in (*PAGES, "/referrals/refer"):
		assert page.goto(path).status == 403
	page.get_by_text(f"Ask HR to enter {nobody.name} as the user of your employee record.").wait_for()
	axe(page)
	page = page_as(gone.user_id)
	page.goto("/referrals")
	page.get_by_text("Your employee record is not active at the moment").wait_for()


def test_an_employee_without_the_desk_uses_the_portal(commits, page_as):
	user = hr.make_user(user_type="Website User")
	employee = hr.make_employee("Wei", user_id=user.name)
	frappe.get_doc("User", user.name).remove_roles("Employee")
	referral = make_referral(employee, make_paid_opening())
	commits.commit()
	assert frappe.db.get_value("User", user.name, "user_type") == "Website User"
	page = page_as(user.name, "phone")
	page.goto("/referrals/mine")
	page.get_by_role("link", name=referral.candidate_name).click()
	page.get_by_role("heading", name=referral.candidate_name).wait_for()


def _set_status_in_the_desk(page, applicant: str, status: str) -> None:
	page.goto(f"/app/job-applicant/{applicant}")
	page.locator("select[data-fieldname=status]").first.select_option(status)
	page.get_by_role("button", name="Save").click()
	page.locator(".indicator-pill", has_text="Not Saved").wait_for(state="hidden")
	page.wait_for_function("() => cur_frm && !cur_frm.is_dirty()")


def test_with_a_light_theme_colour_the_portal_can_still_be_read(commits, page_as, axe):
	anna = make_referrer("Anna")
	referral = make_referral(anna, make_paid_opening())
	_wear("#ffd54f", commits)
	commits.commit()
	page = page_as(anna.user_id, color_scheme="light")
	for path in (*PAGES, f"/referrals/openings/{referral.job_opening}", f"/referrals/mine/{referral.name}"):
		page.goto(path)
		accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
		assert accent.strip() == "#7a6626"
		axe(page)


def _wear(colour: str, commits) -> None:
	"""Give the site a Website Theme of this colour until the test is over."""
	before = frappe.db.get_single_value("Website Settings", "website_theme")
	shade = frappe.get_doc(doctype="Color", name=hr.unique("Yellow"), color=colour)
	shade.db_insert()
	theme = frappe.get_doc(doctype="Website Theme", theme=hr.unique("Theme"), primary_color=shade.name)
	theme.db_insert()
	commits.at_end(lambda: _set_theme(before))
	_set_theme(theme.name)


def _set_theme(name: str | None) -> None:
	frappe.db.set_single_value("Website Settings", "website_theme", name)
	frappe.db.commit()
	frappe.clear_document_cache("Website Settings", "Website Settings")
