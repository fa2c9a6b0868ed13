"""The browser harness keeps its promises: real pages, a login that works, complaints that are heard."""

import pytest
import site_factories as hr


def test_a_guest_sees_the_login_page(guest_page):
	page = guest_page("phone")
	page.goto("/login")
	page.get_by_role("button", name="Login", exact=True).wait_for()
	assert page.viewport_size["width"] == 390


def test_an_employee_logs_in_and_is_gone_afterwards(commits, page_as, base_url):
	employee = hr.make_employee(user=True)
	commits.commit()
	page = page_as(employee.user_id)
	answer = page.request.get("/api/method/frappe.auth.get_logged_user")
	assert answer.json()["message"] == employee.user_id


def test_a_console_error_is_heard(guest_page, watch):
	page = guest_page()
	page.goto("/login")
	page.evaluate("console.error('a test makes this noise')")
	page.evaluate("setTimeout(() => { throw new Error('and this one') })")
	page.wait_for_timeout(300)
	heard = sorted(text.split("\n")[0].split(" (")[0] for text in watch.unexpected())
	watch.expect("a test makes this noise|and this one")
	assert heard == ["console: a test makes this noise", "exception: and this one"]


def test_axe_finds_a_picture_without_words(guest_page, axe):
	page = guest_page()
	page.goto("/login")
	page.set_content("<html lang='en'><title>t</title><main><h1>h</h1><img src='data:,'></main></html>")
	with pytest.raises(AssertionError, match="image-alt"):
		axe(page)


def test_the_desk_opens_for_the_administrator(page_as):
	page = page_as("Administrator")
	page.goto("/app")
	page.locator(".layout-main-section").first.wait_for()
