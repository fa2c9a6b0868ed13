"""Links in real browsers: a candidate applies on a phone, an employee shares, HR makes a link for a fair."""

import io
import time

import frappe
import pytest
import site_factories as hr
import zxingcpp
from PIL import Image
from portal_factories import make_paid_opening, make_referrer, pdf_upload, referral_of
from referral_factories import unique_phone
from sharing_factories import make_event_link, make_link

from referral_hub.referrals.sharing import links

MOST_SECONDS = 30
NOT_FOUND = "status of 404"
HOLD = """() => {
	window.sent = 0;
	window.isHeld = true;
	document.querySelector("form.decline").addEventListener("submit", (event) => {
		if (!window.isHeld) return;
		if (!event.defaultPrevented) window.sent += 1;
		event.preventDefault();
	});
}"""
# Safari shows a page as it was left, with a form that went once
COME_BACK = """() => {
	window.isHeld = false;
	dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
}"""
SHOW = """async address => {
	const image = new Image();
	image.src = address;
	image.width = 800;
	await image.decode();
	document.body.replaceChildren(image);
}"""


@pytest.fixture
def anna(commits):
	frappe.cache.delete_keys("referral_hub_limit:")
	return make_referrer("Anna")


@pytest.fixture
def link(anna):
	opening = make_paid_opening("Store Manager, Harbour")
	opening.db_set("description", "<p>You run the shop at the harbour.</p>")
	return make_link(anna, opening, channel="QR", message="We have the best coffee.")


def fill(page, name: str, phone: str) -> None:
	page.get_by_label("Your name").fill(name)
	page.get_by_label("Your phone").fill(phone)
	page.get_by_label("I agree that").check()


def test_a_candidate_applies_from_a_phone_within_half_a_minute(commits, guest_page, link, anna, axe):
	commits.commit()
	page, name = guest_page("phone"), hr.unique("Mei Lin")
	began = time.monotonic()
	page.goto(f"/r/{link.code}")
	page.get_by_role("link", name="Apply now").click()
	page.get_by_label("Your name").press_sequentially(name, delay=90)
	page.get_by_label("Your phone").press_sequentially(unique_phone(), delay=90)
	page.get_by_label("I agree that").check()
	page.get_by_role("button", name="Send my application").click()
	page.get_by_role("heading", name="Thank you, we received it").wait_for()
	assert time.monotonic() - began < MOST_SECONDS
	referral = referral_of(name)
	assert (referral.referrer, referral.channel, referral.job_opening) == (anna.name, "QR", link.job_opening)
	axe(page)
	frappe.db.rollback()
	assert frappe.db.get_value("Referral Link", link.name, ["clicks", "applications"]) == (1, 1)


def test_without_javascript_a_mistake_is_named_and_the_resume_arrives(commits, guest_page, link, watch):
	watch.expect("status of 422")
	commits.commit()
	page, name = guest_page("phone", java_script_enabled=False), hr.unique("Mei Lin")
	page.goto(f"/r/{link.code}")
	page.wait_for_timeout(2100)
	fill(page, name, "12")
	page.get_by_role("button", name="Send my application").click()
	page.get_by_text("Please check the phone number.").wait_for()
	assert page.get_by_label("Your name").input_value() == name
	page.get_by_label("Your phone").fill(unique_phone())
	page.get_by_text("Add a resume or a few words").click()
	page.get_by_label("Your resume").set_input_files(pdf_upload())
	page.get_by_role("button", name="Send my application").click()
	page.get_by_role("heading", name="Thank you, we received it").wait_for()
	applicant = frappe.get_doc("Job Applicant", referral_of(name).job_applicant)
	assert applicant.resume_attachment.startswith("/private/files/")


def test_an_employee_shares_an_opening_and_switches_the_link_off(
	commits, page_as, guest_page, anna, axe, watch
):
	watch.expect(NOT_FOUND)
	opening = make_paid_opening("Barista, Old Town")
	commits.commit()
	page = page_as(anna.user_id, "phone")
	page.goto(f"/referrals/openings/{opening.name}")
	page.get_by_role("button", name="Share").click()
	page.wait_for_url("**/referrals/share?opening=*")
	address = page.get_by_role("textbox", name="Your link").input_value()
	for image in page.locator("main img").all():
		image.scroll_into_view_if_needed()
	page.wait_for_function("[...document.querySelectorAll('main img')].every(image => image.naturalWidth)")
	axe(page)
	with page.expect_download() as saved:
		page.get_by_role("button", name="To print").click()
	assert saved.value.suggested_filename.endswith("-a4.png")
	code = address.rpartition("/")[2]
	guest = guest_page("phone")
	assert guest.goto(f"/r/{code}").status == 200
	page.get_by_role("button", name="Switch off Link, Barista, Old Town").click()
	page.get_by_text("That link leads nowhere now.").wait_for()
	assert guest.goto(f"/r/{code}").status == 404
	guest.get_by_role("heading", name="This link does not work any more").wait_for()
	axe(guest)


def test_who_wanders_to_the_careers_pages_applies_as_the_referrers(commits, guest_page, link, anna, watch):
	watch.expect("favicon|status of 40")
	commits.commit()
	page, email = guest_page(), hr.unique_email("wanders")
	page.goto(f"/r/{link.code}")
	form = {"web_form": "job-application", "data": frappe.as_json(_web_form(link.job_opening, email))}
	answer = page.request.post("/api/method/frappe.website.doctype.web_form.web_form.accept", form=form)
	assert answer.ok, answer.text()
	commits.run_jobs()
	assert frappe.db.get_value("Referral", {"job_applicant": email}, ["referrer", "channel"]) == (
		anna.name,
		"QR",
	)


def _web_form(opening: str, email: str) -> dict:
	return {"job_title": opening, "applicant_name": "Mei Lin", "email_id": email, "cover_letter": "Hello"}


def test_hr_makes_a_link_for_a_fair_and_gets_its_files(commits, page_as, watch):
	watch.expect("status of 40")
	event = make_event_link(event_name="Spring Fair")
	commits.commit()
	page = page_as("Administrator")
	page.goto(f"/app/referral-link/{event.name}")
	page.get_by_role("button", name="Open the Page").wait_for()
	answer = page.request.get(f"/api/method/referral_hub.api.sharing.poster?link={event.name}&file_type=svg")
	assert (answer.status, "Spring Fair" in answer.text()) == (200, True)


def test_an_employee_invites_and_the_person_says_no(commits, page_as, guest_page, anna, axe):
	opening, name = make_paid_opening("Barista, Old Town"), hr.unique("Mei Lin")
	commits.commit()
	page = page_as(anna.user_id, "phone")
	page.goto(f"/referrals/share?opening={opening.name}")
	page.get_by_label("Their name").fill(name)
	page.get_by_label("E-mail").fill(hr.unique_email("mei"))
	page.get_by_label("Your words to them").fill("Come and see.")
	page.get_by_role("button", name="Send the invitation").click()
	page.get_by_text("The invitation is on its way.").wait_for()
	page.get_by_role("link", name=name).wait_for()
	assert page.get_by_role("button", name=f"Take back {name}").is_visible()
	axe(page)
	referral = referral_of(name)
	guest = guest_page("phone")
	guest.goto(f"/r/{referral.link}")
	guest.get_by_text("Come and see.").wait_for()
	axe(guest)
	no = guest.get_by_role("button", name="No, thank you")
	guest.evaluate(HOLD)
	no.click()
	no.click()
	assert (guest.evaluate("window.sent"), no.get_attribute("aria-busy")) == (1, "true")
	guest.evaluate(COME_BACK)
	assert no.get_attribute("aria-busy") is None
	no.click()
	guest.get_by_role("heading", name="All right").wait_for()
	assert (referral_of(name).stage, referral_of(name).outcome) == ("Invited", "Withdrawn")


@pytest.mark.parametrize("title", ["Barista, Old Town", "海港店店长", "مدير متجر"])
def test_the_svg_poster_as_a_browser_draws_it_leads_to_the_link(commits, page_as, anna, title):
	link = make_link(anna, make_paid_opening(title), channel="Poster")
	commits.commit()
	page = page_as(anna.user_id)
	page.goto("/referrals/rules")
	for what in ("qr", "poster"):
		address = f"/api/method/referral_hub.api.sharing.{what}?link={link.name}&file_type=svg&download=0"
		page.evaluate(SHOW, address)
		picture = Image.open(io.BytesIO(page.locator("img").screenshot()))
		assert [found.text for found in zxingcpp.read_barcodes(picture)] == [links.address_of(link.code)]


@pytest.fixture
def themes(commits):
	"""Two pictures that run today."""
	settings, made = frappe.get_doc("Referral Hub Settings"), []
	before = [row.as_dict() for row in settings.poster_themes]
	for colour in ("#c01020", "#1020c0"):
		picture = io.BytesIO()
		Image.new("RGB", (400, 600), colour).save(picture, "PNG")
		file = {"file_name": f"{hr.unique('theme')}.png", "content": picture.getvalue(), "is_private": 1}
		url = frappe.get_doc({"doctype": "File", **file}).insert().file_url
		made.append(settings.append("poster_themes", {"theme_name": hr.unique("Theme"), "image": url}))
	settings.save()

	def take_away():
		settings = frappe.get_doc("Referral Hub Settings")
		settings.set("poster_themes", before)
		settings.save()

	commits.at_end(take_away)
	return made


def test_the_poster_that_is_shown_and_the_one_to_print_have_the_picture_that_is_chosen(
	commits, page_as, anna, link, themes
):
	links.share(anna.name, link.job_opening)
	commits.commit()
	page = page_as(anna.user_id, "phone")
	page.goto(f"/referrals/share?opening={link.job_opening}")
	poster, drawn = page.get_by_alt_text("Your poster"), "img => img.complete && img.naturalWidth > 0"
	chosen = themes[-1]
	with page.expect_response(lambda answer: f"theme={chosen.name}" in answer.url) as answer:
		page.get_by_label("Picture").select_option(chosen.theme_name)
	assert answer.value.status == 200
	poster.scroll_into_view_if_needed()
	assert poster.evaluate(f"async img => {{ await img.decode(); return ({drawn})(img); }}")
	assert f"theme={chosen.name}" in page.get_by_role("link", name="To print, as SVG").get_attribute("href")
