"""/r/CODE for guests: what it says, what it never says, how often it counts, and what a form must carry."""

import re

import frappe
import pytest
import site_factories as hr
from portal_factories import make_paid_opening
from referral_factories import make_candidate, make_referral, unique_phone
from sharing_factories import Guest, filled_form, form_token, make_event_link, make_link

from referral_hub import limits, tasks
from referral_hub.api import sharing
from referral_hub.referrals.sharing import visits

SECRET = re.compile(r'value="[^"]*"|nonce-?[^"\' ]*')


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")


@pytest.fixture
def link():
	opening = make_paid_opening("Store Manager")
	anna = hr.make_employee("Anna")
	return make_link(anna, opening, message="We have the best coffee.")


def clicks(link) -> int:
	return frappe.db.get_value("Referral Link", link.name, "clicks")


def applications(link) -> int:
	return frappe.db.get_value("Referral Link", link.name, "applications")


def text_of(response) -> str:
	return response.get_data(as_text=True)


def test_the_page_says_who_thinks_of_me_for_what_and_in_their_own_words(link):
	page = Guest().get(f"/r/{link.code}")
	assert page.status_code == 200
	for said in (
		"Anna thinks this could be for you",
		"Store Manager",
		"We have the best coffee.",
		"What happens next",
	):
		assert said in text_of(page)
	assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
	assert page.headers["Cache-Control"] == "no-store, private"


def test_what_a_success_pays_is_not_for_guests(link):
	assert "points" not in text_of(Guest().get(f"/r/{link.code}"))


def test_a_code_typed_from_paper_is_forgiven_its_capitals(link):
	assert Guest().get(f"/r/{link.code.upper()}").status_code == 200


def test_a_guest_reads_the_page_in_the_other_language_and_it_is_remembered(link):
	guest, frappe.local.lang = Guest(), "en"
	assert f'href="/r/{link.code}?_lang=zh"' in text_of(guest.get(f"/r/{link.code}"))
	assert f'href="/r/{link.code}?sent=1&amp;_lang=zh"' in text_of(guest.get(f"/r/{link.code}", sent=1))
	guest.get(f"/r/{link.code}", _lang="zh")
	assert guest.cookies["preferred_language"] == "zh"


def dead_codes(link) -> list[str]:
	expired, off, left = make_link(), make_link(), make_link()
	closed = make_link(opening=hr.make_opening())
	expired.db_set("expires_on", hr.days_ago(1))
	off.update({"enabled": 0}).save()
	frappe.db.set_value("Employee", left.employee, "status", "Left")
	frappe.db.set_value("Job Opening", closed.job_opening, "status", "Closed")
	tampered = link.code[:-1] + ("2" if link.code[-1] != "2" else "3")
	odd = ["zzzzzzzzzz", "x", "0" * 10, "%00", "' or 1=1 --", "ünïcödé", "a" * 3000]
	return [expired.code, off.code, left.code, closed.code, tampered, *odd]


def test_whatever_is_wrong_with_a_code_its_page_is_the_same(link):
	pages = {
		SECRET.sub("", text_of(answer))
		for answer in map(Guest().get, (f"/r/{code}" for code in dead_codes(link)))
	}
	assert len(pages) == 1
	assert "This link does not work any more" in pages.pop()


def test_a_dead_code_takes_no_application_and_counts_nobody(link):
	before = frappe.db.count("Job Applicant")
	for code in dead_codes(link):
		answer = Guest().post(f"/r/{code}", filled_form(link, phone=unique_phone()))
		assert answer.status_code == 404
		assert Guest().visit(code) == {}
	assert frappe.db.count("Job Applicant") == before
	assert frappe.db.count("Referral Link Visitor") == 0


def test_name_and_phone_are_enough(link):
	guest, name = Guest(), hr.unique("Mei")
	answer = guest.post(f"/r/{link.code}", filled_form(link, candidate_name=name, phone=unique_phone()))
	assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{link.code}?sent=1")
	assert "Thank you, we received it" in text_of(guest.get(f"/r/{link.code}", sent=1))
	referral = frappe.get_doc("Referral", {"candidate_name": name})
	assert (referral.referrer, referral.channel) == (link.employee, "Link")


def test_everybody_hears_the_same_known_or_not(link):
	owned, applied = make_candidate(), hr.make_applicant()
	make_referral(candidate=owned)
	colleague = hr.make_employee(personal_email=hr.unique_email("colleague"))
	people = [hr.unique_email("new"), owned.email, applied.email_id, colleague.personal_email]
	answers = [Guest().post(f"/r/{link.code}", filled_form(link, email=email)) for email in people]
	assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
		(303, f"/r/{link.code}?sent=1")
	}


@pytest.mark.parametrize(
	("fields", "said"),
	[
		({"candidate_name": ""}, "Please enter your name."),
		({"phone": ""}, "Please enter your phone number or e-mail address."),
		({"phone": "12"}, "Please check the phone number."),
		({"email": "mei@"}, "Please check the e-mail address"),
		({"consent": ""}, "Please agree, so that we may keep and read your application."),
	],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(link, fields, said):
	form = filled_form(
		link, **{"candidate_name": "Mei Lin", "phone": unique_phone(), "note": "Hello you", **fields}
	)
	answer = Guest().post(f"/r/{link.code}", form)
	assert answer.status_code == 422
	assert said in text_of(answer)
	assert "Hello you" in text_of(answer)
	assert form["form_token"] in text_of(answer)
	assert frappe.db.count("Referral Application", {"link": link.name}) == 0


def test_a_form_that_is_not_ours_is_shown_again(link):
	other = make_link()
	forged = ["", "1.2.3", "x", form_token(other), form_token(link)[:-1] + "!", "9" * 400, "1.ü.ü"]
	for token in forged:
		answer = Guest().post(f"/r/{link.code}", filled_form(link, form_token=token, phone=unique_phone()))
		assert (answer.status_code, "Please send it once more." in text_of(answer)) == (422, True), token
	assert frappe.db.count("Referral Application", {"link": link.name}) == 0


@pytest.mark.parametrize(
	"fields",
	[{"subject_line": "Buy now"}, {"too_fast": True}, {"too_old": True}],
	ids=lambda fields: next(iter(fields)),
)
def test_what_a_program_sends_is_not_taken_and_a_person_sends_it_again(link, fields):
	token = form_token(
		link, seconds_ago=0 if "too_fast" in fields else 4 * 24 * 3600 if "too_old" in fields else 30
	)
	form = filled_form(
		link, phone=unique_phone(), form_token=token, subject_line=fields.get("subject_line", "")
	)
	answer = Guest().post(f"/r/{link.code}", form)
	assert (answer.status_code, applications(link)) == (422, 0)
	assert form["candidate_name"] in text_of(answer)


@pytest.mark.parametrize(
	"headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_another_site_can_not_send_the_form(link, headers):
	answer = Guest(**headers).post(f"/r/{link.code}", filled_form(link, phone=unique_phone()))
	assert (answer.status_code, applications(link)) == (422, 0)


def test_two_clicks_and_a_replay_are_one_application(link):
	form = filled_form(link, phone=unique_phone())
	answers = [Guest().post(f"/r/{link.code}", form) for _ in range(3)]
	assert [answer.status_code for answer in answers] == [303] * 3
	assert (applications(link), frappe.db.count("Referral", {"candidate_name": form["candidate_name"]})) == (
		1,
		1,
	)


def test_two_tabs_are_one_application(link):
	person = {"candidate_name": hr.unique("Mei"), "phone": unique_phone()}
	for _tab in range(2):
		Guest().post(f"/r/{link.code}", filled_form(link, **person))
	assert (
		applications(link),
		frappe.db.count("Referral", {"candidate_name": person["candidate_name"]}),
	) == (1, 1)


def test_text_of_strangers_is_never_markup(link):
	evil = '"><script>alert(1)</script>{{ 7*7 }}'
	page = text_of(
		Guest().post(f"/r/{link.code}", filled_form(link, candidate_name=evil, note=evil, email=evil))
	)
	assert "<script>alert" not in page
	assert "{{ 7*7 }}" in page


def test_a_visitor_counts_once_however_often_they_come(link):
	guest = Guest()
	guest.get(f"/r/{link.code}")
	for _ in range(3):
		guest.visit(link.code)
	assert clicks(link) == 1
	other = Guest()
	other.get(f"/r/{link.code}")
	other.visit(link.code)
	assert clicks(link) == 2


def test_without_cookies_a_browser_counts_once_a_day(link):
	for address in ("203.0.113.1", "203.0.113.1", "203.0.113.2"):
		Guest(address=address).visit(link.code)
	assert clicks(link) == 2


def test_made_up_addresses_count_no_more_than_a_link_can_have_in_an_hour(link, monkeypatch):
	monkeypatch.setattr(sharing, "VISITS_PER_LINK", 2)
	for number in range(4):
		assert Guest(address=f"203.0.113.{number}").visit(link.code) == {}
	assert clicks(link) == 2


@pytest.mark.parametrize(
	"program",
	[
		"",
		"WhatsApp/2.23 A",
		"facebookexternalhit/1.1",
		"Mozilla/5.0 (compatible; Googlebot/2.1)",
		"curl/8.0",
		"Slackbot-LinkExpanding 1.0",
		"TelegramBot (like TwitterBot)",
	],
)
def test_programs_are_no_visitors(link, program):
	Guest(user_agent=program).visit(link.code)
	assert clicks(link) == 0


def test_looking_alone_changes_nothing(link):
	Guest().get(f"/r/{link.code}")
	assert (clicks(link), frappe.db.count("Referral Link Visitor")) == (0, 0)


def test_without_javascript_the_application_counts_as_the_visit(link):
	guest = Guest()
	guest.get(f"/r/{link.code}")
	guest.post(f"/r/{link.code}", filled_form(link, phone=unique_phone()))
	assert (clicks(link), applications(link)) == (1, 1)


def test_nothing_about_a_visitor_is_kept_but_a_hash_that_is_forgotten(link):
	guest = Guest(address="203.0.113.99")
	guest.get(f"/r/{link.code}")
	guest.visit(link.code)
	[row] = frappe.db.sql("select * from `tabReferral Link Visitor`", as_dict=True)
	kept = " ".join(str(value) for value in row.values())
	for secret in ("203.0.113.99", "iPhone", guest.cookies["referral_hub_visitor"]):
		assert secret not in kept
	frappe.db.set_value("Referral Link Visitor", row.name, "seen_on", hr.days_ago(31))
	visits.forget_old()
	assert (frappe.db.count("Referral Link Visitor"), clicks(link)) == (0, 1)


def test_too_many_applications_are_asked_to_wait_and_nothing_is_lost(link, monkeypatch):
	from referral_hub.portal.guests import apply_form

	monkeypatch.setattr(apply_form, "PER_CONTACT", 2)
	form = {"candidate_name": "Mei Lin", "phone": unique_phone()}
	statuses = [Guest().post(f"/r/{link.code}", filled_form(link, **form)).status_code for _ in range(3)]
	assert statuses == [303, 303, 429]
	assert Guest().post(f"/r/{link.code}", filled_form(link, phone=unique_phone())).status_code == 303


def test_guessing_codes_is_slowed_down_by_address(monkeypatch):
	from referral_hub.portal.guests import entrance

	monkeypatch.setattr(entrance, "PER_ADDRESS", 3)
	statuses = [Guest().get("/r/zzzzzzzzzz").status_code for _ in range(5)]
	assert statuses == [404, 404, 404, 429, 429]
	assert Guest(address="203.0.113.8").get("/r/zzzzzzzzzz").status_code == 404
	assert limits.within("landing", "", 0)


def test_a_link_for_all_offers_what_hr_published_and_nothing_else():
	published, kept_inside = hr.make_opening("Published Post"), hr.make_opening("Secret Post")
	published.db_set("publish", 1)
	kept_inside.db_set("publish", 0)
	page = text_of(Guest().get(f"/r/{make_event_link().code}"))
	assert "Published Post" in page
	assert "Secret Post" not in page


def test_an_opening_of_another_company_can_not_be_slipped_in(link):
	event = make_event_link()
	secret = hr.make_opening("Secret Post")
	secret.db_set("publish", 0)
	form = filled_form(event, phone=unique_phone(), opening=secret.name)
	assert Guest().post(f"/r/{event.code}", form).status_code == 303
	made = frappe.get_last_doc("Referral Application", {"link": event.name})
	assert made.job_opening is None


# HRMS's own pages


def careers_form(guest, **fields):
	"""What HRMS's web form does when a guest sends it."""
	with guest._request("/api/method/frappe.website.doctype.web_form.web_form.accept", method="POST"):
		frappe.flags.in_web_form = True
		return insert_applicant(**fields)


def insert_applicant(opening: str, **fields):
	values = {"applicant_name": hr.unique("Mei"), "email_id": hr.unique_email("mei"), "job_title": opening}
	values |= fields
	return frappe.get_doc(doctype="Job Applicant", **values).insert(ignore_permissions=True)


def test_who_wanders_to_the_careers_pages_is_still_the_link_owners(link):
	guest = Guest()
	guest.get(f"/r/{link.code}")
	applicant = careers_form(guest, opening=link.job_opening)
	frappe.set_user("Administrator")
	assert frappe.db.get_value("Job Applicant", applicant.name, "referral_hub_link") == link.name
	from referral_hub.referrals.sharing import careers

	assert careers.waiting() == [applicant.name]
	careers.credit(applicant.name)
	careers.credit(applicant.name)
	referral = frappe.get_doc("Referral", {"job_applicant": applicant.name})
	assert (referral.referrer, referral.channel, referral.link) == (link.employee, "Link", link.name)
	row = frappe.db.get_value(
		"Job Applicant", applicant.name, ["source", "referral_hub_referred", "referral_hub_referral"]
	)
	assert row == ("Employee Referral", 1, referral.name)
	assert (applications(link), careers.waiting()) == (1, [])


def test_whoever_is_owned_by_phone_is_known_on_the_careers_pages_too(link):
	from referral_hub.referrals.sharing import careers

	phone = unique_phone()
	owned = make_referral(candidate=make_candidate(email=None, phone=phone))
	guest = Guest()
	guest.get(f"/r/{link.code}")
	spelt = f"{phone[:3]} {phone[3:7]}-{phone[7:]}"
	applicant = careers_form(guest, opening=link.job_opening, phone_number=spelt)
	frappe.set_user("Administrator")
	careers.credit(applicant.name)
	row = frappe.db.get_value(
		"Referral Application", {"job_applicant": applicant.name}, ["result", "referral"], as_dict=True
	)
	assert (row.result, row.referral) == ("Known", owned.name)


def test_who_shares_a_phone_is_the_link_owners_on_the_careers_pages_too(link):
	from referral_hub.referrals.sharing import careers

	phone = unique_phone()
	owned = make_referral(candidate=make_candidate(phone=phone))
	guest = Guest()
	guest.get(f"/r/{link.code}")
	applicant = careers_form(guest, opening=link.job_opening, phone_number=phone)
	frappe.set_user("Administrator")
	careers.credit(applicant.name)
	referral = frappe.get_doc("Referral", {"job_applicant": applicant.name})
	assert (referral.referrer, referral.candidate_phone) == (link.employee, owned.candidate_phone)
	assert "shared_phone" in [flag["code"] for flag in frappe.parse_json(referral.flags_data)]


def test_hr_who_opened_a_link_once_may_add_applicants_of_their_own(link):
	guest = Guest()
	guest.get(f"/r/{link.code}")
	with guest._request("/api/method/frappe.desk.form.save.savedocs", method="POST"):
		frappe.set_user("Administrator")
		applicant = hr.make_applicant()
	assert not frappe.db.get_value("Job Applicant", applicant.name, "referral_hub_link")


def test_an_applicant_without_a_code_costs_no_query(link):
	from portal_requests import counted_queries

	from referral_hub import hrms_events

	with Guest()._request("/api/method/frappe.website.doctype.web_form.web_form.accept", method="POST"):
		frappe.flags.in_web_form = True
		applicant = frappe.new_doc("Job Applicant")
		with counted_queries() as statements:
			hrms_events.applicant_inserted(applicant)
	assert statements == []


def test_a_lost_job_is_found_by_the_hour(commits, link):
	guest = Guest()
	guest.get(f"/r/{link.code}")
	applicant = careers_form(guest, opening=link.job_opening)
	frappe.set_user("Administrator")
	tasks.credit_applicants_by_link()
	assert frappe.db.get_value("Referral", {"job_applicant": applicant.name}, "referrer") == link.employee
