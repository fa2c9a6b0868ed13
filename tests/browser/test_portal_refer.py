"""Referring somebody on the portal: sheet and page, with and without JavaScript, on a desk and on a phone."""

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen, log_in
from portal_factories import (
	fill_in,
	make_paid_opening,
	make_referrer,
	number_of,
	pdf_upload,
	referral_of,
)
from referral_factories import make_referral, unique_phone

MEGABYTE = 1024 * 1024
REFUSED = "status of 422"


@pytest.fixture
def opening(commits):
	return make_paid_opening("Store Manager, Harbour")


@pytest.fixture
def anna(commits):
	return make_referrer("Anna")


def test_an_employee_refers_with_a_resume_from_the_sheet(commits, page_as, opening, anna):
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Mei Lin")
	page.goto(f"/referrals/openings/{opening.name}")
	page.get_by_role("link", name="Refer someone").click()
	page.get_by_role("dialog").wait_for()
	fill_in(page, name=candidate, email=hr.unique_email("mei"))
	page.get_by_label("Their resume").set_input_files(pdf_upload())
	page.get_by_role("button", name="Send").click()

	number = number_of(page)
	assert page.get_by_role("status").get_by_role("heading").inner_text() == "Sent. Thank you."
	referral = referral_of(candidate)
	applicant = frappe.get_doc("Job Applicant", referral.job_applicant)
	assert (referral.name, referral.referrer, referral.channel) == (number, anna.name, "Portal")
	assert (applicant.source, applicant.source_name) == ("Employee Referral", anna.name)
	assert applicant.resume_attachment.startswith("/private/files/")


def test_a_phone_number_alone_is_enough_on_a_phone(commits, page_as, opening, anna, axe):
	commits.commit()
	page, candidate = page_as(anna.user_id, "phone"), hr.unique("Li Na")
	page.goto(f"/referrals/openings/{opening.name}")
	page.get_by_role("link", name="Refer someone").click()
	page.wait_for_url("**/referrals/refer?opening=*")
	fill_in(page, name=candidate, phone=unique_phone())
	axe(page)
	page.get_by_role("button", name="Send").click()

	assert number_of(page) == referral_of(candidate).name
	email = frappe.db.get_value("Job Applicant", referral_of(candidate).job_applicant, "email_id")
	assert email.endswith("@referral-hub.invalid")


def test_without_javascript_the_form_is_sent_and_ends_on_the_receipt(commits, page_as, opening, anna):
	commits.commit()
	page, candidate = page_as(anna.user_id, java_script_enabled=False), hr.unique("Jonas")
	page.goto(f"/referrals/openings/{opening.name}")
	page.get_by_role("link", name="Refer someone").click()
	fill_in(page, name=candidate, email=hr.unique_email("jonas"))
	page.get_by_label("Their resume").set_input_files(pdf_upload())
	page.get_by_role("button", name="Send").click()

	assert number_of(page) == referral_of(candidate).name
	page.reload()
	assert frappe.db.count("Referral", {"candidate_name": candidate}) == 1


def test_without_javascript_a_mistake_is_named_and_nothing_typed_is_lost(
	commits, page_as, opening, anna, watch
):
	watch.expect(REFUSED)
	commits.commit()
	page, candidate = page_as(anna.user_id, java_script_enabled=False), hr.unique("Priya")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email="priya@")
	page.get_by_role("button", name="Send").click()

	field = page.get_by_label("E-mail")
	assert field.get_attribute("aria-invalid") == "true"
	assert page.locator("#email-error").inner_text() == (
		"Please check the e-mail address: it should look like name@example.com."
	)
	assert (page.get_by_label("Their name").input_value(), field.input_value()) == (candidate, "priya@")
	assert referral_of(candidate) is None
	field.fill(hr.unique_email("priya"))
	page.get_by_role("button", name="Send").click()
	assert number_of(page) == referral_of(candidate).name


def test_a_person_referred_before_is_refused_kindly_and_nobody_is_named(
	commits, page_as, opening, anna, watch
):
	watch.expect(REFUSED)
	first = make_referral(make_referrer("Bo"), opening)
	commits.commit()
	page = page_as(anna.user_id)
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name="Somebody Known", email=first.candidate_email)
	page.get_by_role("button", name="Send").click()

	alert = page.get_by_role("alert")
	alert.get_by_text("Somebody else referred this person first").wait_for()
	assert alert.inner_text() == (
		"Somebody else referred this person first. Thank you for thinking of them too."
	)
	assert page.evaluate("document.activeElement.id") == "form-problem"
	assert page.get_by_label("E-mail").input_value() == first.candidate_email
	assert referral_of("Somebody Known") is None


@pytest.mark.parametrize(
	("file", "said"),
	[
		(
			{"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + bytes(6 * MEGABYTE)},
			"This file has 6.1 MB; the limit is 5 MB. Please choose a smaller one.",
		),
		(
			{"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a resume"},
			"This file is not what its name says. Please save it again as PDF, DOC or DOCX.",
		),
		(
			{"name": "cv.exe", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
			"Please choose a PDF, DOC or DOCX file.",
		),
		(
			{"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b""},
			"This file is empty. Please choose another one.",
		),
	],
)
def test_a_resume_that_will_be_refused_is_told_before_anything_is_sent(
	commits, page_as, opening, anna, file, said
):
	commits.commit()
	page, sent = page_as(anna.user_id), []
	page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name="Wang Fang", email=hr.unique_email("wang"))
	page.get_by_label("Their resume").set_input_files(file)
	page.locator("#resume-error", has_text=said).wait_for()
	page.get_by_role("button", name="Send").click()
	page.locator("#resume[aria-invalid=true]:focus").wait_for()
	assert sent == []


def test_the_server_refuses_a_mislabelled_resume_also_without_javascript(
	commits, page_as, opening, anna, watch
):
	watch.expect(REFUSED)
	commits.commit()
	page, candidate = page_as(anna.user_id, java_script_enabled=False), hr.unique("Tom")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email=hr.unique_email("tom"))
	page.get_by_label("Their resume").set_input_files(
		{"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a resume"}
	)
	page.get_by_role("button", name="Send").click()
	assert (
		page.locator("#resume-error").inner_text().startswith("The resume is named PDF but is something else")
	)
	assert referral_of(candidate) is None


def test_two_clicks_on_send_make_one_referral(commits, page_as, opening, anna):
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Sara")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email=hr.unique_email("sara"))
	page.get_by_role("button", name="Send").dblclick()
	number_of(page)
	frappe.db.rollback()
	assert frappe.db.count("Referral", {"candidate_name": candidate}) == 1


def test_the_same_form_sent_twice_is_one_referral(commits, page_as, opening, anna):
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Otto")
	page.goto(f"/referrals/refer?opening={opening.name}")
	form = {
		"candidate_name": candidate,
		"email": hr.unique_email("otto"),
		"opening": opening.name,
		"submission_key": page.locator("[name=submission_key]").input_value(),
		"csrf_token": page.locator("[name=csrf_token]").input_value(),
	}
	answers = [page.request.post("/referrals/refer", form=form, max_redirects=0) for _ in range(2)]
	assert [answer.status for answer in answers] == [303, 303]
	assert answers[0].headers["location"] == answers[1].headers["location"]
	frappe.db.rollback()
	assert frappe.db.count("Referral", {"candidate_name": candidate}) == 1


def test_what_was_typed_is_kept_on_this_device_until_it_is_sent(commits, page_as, opening, anna):
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Emma")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email=hr.unique_email("emma"))
	page.goto("/referrals")
	page.goto(f"/referrals/refer?opening={opening.name}")
	assert page.get_by_label("Their name").input_value() == candidate
	page.get_by_text("We kept what you typed last time.").wait_for()
	page.get_by_role("button", name="Send").click()
	number_of(page)
	page.goto(f"/referrals/refer?opening={opening.name}")
	assert page.get_by_label("Their name").input_value() == ""


def test_the_keyboard_alone_is_enough(commits, page_as, opening, anna):
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Ken")
	page.goto(f"/referrals/openings/{opening.name}")
	page.keyboard.press("Tab")
	assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
	_tab_to(page, "#refer")
	page.keyboard.press("Enter")
	page.get_by_role("dialog").wait_for()
	page.keyboard.type(candidate)
	page.keyboard.press("Tab")
	page.keyboard.type(hr.unique_email("ken"))
	_tab_to(page, "#send")
	page.keyboard.press("Enter")
	assert number_of(page) == referral_of(candidate).name


def test_escape_closes_the_sheet_and_focus_returns_to_the_button(commits, page_as, opening, anna):
	commits.commit()
	page = page_as(anna.user_id)
	page.goto(f"/referrals/openings/{opening.name}")
	page.get_by_role("link", name="Refer someone").click()
	page.get_by_role("dialog").wait_for()
	page.keyboard.press("Escape")
	page.get_by_role("dialog").wait_for(state="hidden")
	assert page.evaluate("document.activeElement.id") == "refer"


def test_an_opening_that_closed_meanwhile_is_said_and_nothing_is_lost(commits, page_as, opening, anna, watch):
	watch.expect(REFUSED)
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Nina")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email=hr.unique_email("nina"))
	opening.reload()
	opening.status = "Closed"
	opening.save()
	commits.commit()
	page.get_by_role("button", name="Send").click()
	page.get_by_text("This opening is closed. Please choose another one.").wait_for()
	assert page.get_by_label("Their name").input_value() == candidate
	assert referral_of(candidate) is None


@pytest.fixture
def too_large(commits, tmp_path):
	"""A resume that our settings allow and the server itself refuses."""
	before = frappe.db.get_single_value("Referral Hub Settings", "resume_max_size_mb")
	limit = (frappe.conf.max_file_size or 25 * MEGABYTE) + MEGABYTE
	_set_largest_resume(10 * limit // MEGABYTE)
	commits.at_end(lambda: _set_largest_resume(before))
	file = tmp_path / "resume.pdf"
	file.write_bytes(b"%PDF-1.7\n" + bytes(limit))
	return file


def test_a_limit_of_the_server_below_ours_is_said_at_the_file(
	commits, page_as, opening, anna, watch, too_large
):
	watch.expect("status of 413")
	commits.commit()
	page = page_as(anna.user_id)
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name="Wang Fang", email=hr.unique_email("wang"))
	page.get_by_label("Their resume").set_input_files(too_large)
	with page.expect_response("**/api/method/referral_hub.api.portal.refer") as answer:
		page.get_by_role("button", name="Send").click()
	assert answer.value.status == 413
	page.locator(
		"#resume-error", has_text="The server does not take a file of this size. Please choose a smaller one."
	).wait_for()
	assert page.get_by_label("Their name").input_value() == "Wang Fang"


def test_without_javascript_the_servers_own_limit_is_an_answer_of_413_and_writes_nothing(
	commits, page_as, opening, anna, watch, too_large
):
	watch.expect("status of 413")
	commits.commit()
	page = page_as(anna.user_id, java_script_enabled=False)
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name="Wang Fang", email=hr.unique_email("wang"))
	page.get_by_label("Their resume").set_input_files(too_large)
	with page.expect_navigation() as answer:
		page.get_by_role("button", name="Send").click()
	assert answer.value.status == 413
	assert referral_of("Wang Fang") is None


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_page_that_nginx_can_show_instead_of_its_own(guest_page, axe, device):
	page = guest_page(device)
	assert page.goto("/assets/referral_hub/413.html").status == 200
	page.get_by_role("heading", name="This file is too large").wait_for()
	page.get_by_role("heading", name="文件太大").wait_for()
	axe(page)
	assert not is_wider_than_the_screen(page)


def _set_largest_resume(megabytes: int) -> None:
	frappe.db.set_single_value("Referral Hub Settings", "resume_max_size_mb", megabytes)
	frappe.db.commit()
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")


def test_signing_in_again_in_another_tab_is_enough_to_send(commits, page_as, opening, anna, watch):
	watch.expect("status of 400")
	commits.commit()
	page, candidate = page_as(anna.user_id), hr.unique("Ada")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email=hr.unique_email("ada"))
	log_in(page.context, anna.user_id, hr.PASSWORD)
	page.context.request.get("/referrals")
	page.get_by_role("button", name="Send").click()
	assert number_of(page) == referral_of(candidate).name


def test_without_a_connection_nothing_typed_is_lost(commits, page_as, opening, anna, watch):
	watch.expect("ERR_INTERNET_DISCONNECTED")
	commits.commit()
	page, candidate = page_as(anna.user_id, "phone"), hr.unique("Ola")
	page.goto(f"/referrals/refer?opening={opening.name}")
	fill_in(page, name=candidate, email=hr.unique_email("ola"))
	page.context.set_offline(True)
	page.get_by_role("button", name="Send").click()
	page.get_by_role("alert").get_by_text("No connection. What you typed is kept here").wait_for()
	page.context.set_offline(False)
	page.get_by_role("button", name="Send").click()
	assert number_of(page) == referral_of(candidate).name


def test_in_chinese_the_whole_way_is_chinese(commits, page_as, opening, axe):
	yue = make_referrer("悦", "zh")
	commits.commit()
	page, candidate = page_as(yue.user_id, "phone", locale="zh-CN"), hr.unique("王芳")
	page.goto(f"/referrals/openings/{opening.name}")
	assert page.locator("html").get_attribute("lang") == "zh"
	page.get_by_role("link", name="推荐一个人").click()
	page.get_by_label("对方姓名").fill(candidate)
	page.locator("#send").click()
	assert page.locator("#email-error").inner_text() == "请填写邮箱或手机号。"
	page.get_by_label("手机").fill(unique_phone())
	axe(page)
	page.locator("#send").click()
	assert number_of(page) == referral_of(candidate).name
	assert page.get_by_role("link", name="我的推荐").first.is_visible()


def _tab_to(page, selector: str, most: int = 40) -> None:
	for _ in range(most):
		if page.evaluate("selector => document.activeElement.matches(selector)", selector):
			return
		page.keyboard.press("Tab")
	raise AssertionError(f"{selector} is not reached by Tab")
