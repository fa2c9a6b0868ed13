"""The portal's pages on real documents: who gets in, what they say, what they cost."""

import gzip
import re
from pathlib import Path

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, followed, make_referral
from reward_factories import cash, points

from referral_hub.referrals.rules.sharing.colours import contrast

PUBLIC = Path(__file__).resolve().parents[2] / "referral_hub" / "public"
PAGES = ("/referrals", "/referrals/openings", "/referrals/mine", "/referrals/wallet", "/referrals/rules")
KILOBYTE = 1024


@pytest.fixture
def anna(as_user):
	employee = make_referrer("Anna")
	frappe.local.lang = "en"
	return employee


@pytest.mark.parametrize("path", [*PAGES, "/referrals/refer", "/referrals/mine/REF-2026-00001"])
def test_a_guest_is_sent_to_sign_in_and_back(as_user, path):
	as_user("Guest")
	answer = web.get(path)
	assert answer.status_code == 302
	assert answer.headers["Location"] == "/login?redirect-to=" + path.replace("/", "%2F")


def test_an_unknown_page_is_not_found_in_our_own_words(as_user, anna):
	as_user(anna.user_id)
	for path in ("/referrals/nothing", "/referrals/opening", "/referrals/referral", "/referrals/__init__"):
		answer = web.get(path)
		assert answer.status_code == 404, path
		assert "We could not find that" in answer.text


def test_a_page_that_fails_halfway_writes_nothing(commits, as_user, monkeypatch):
	anna = make_referrer("Anna")
	commits.commit()
	as_user(anna.user_id)

	def write_and_fail(*_arguments, **_options):
		frappe.db.set_value("Employee", anna.name, "bio", "half-written")
		raise RuntimeError("in the middle")

	monkeypatch.setattr("referral_hub.portal.forms.refer_form.send", write_and_fail)
	answer = web.post("/referrals/refer", {"candidate_name": "Somebody"})
	assert answer.status_code == 500
	frappe.db.commit()  # as Frappe does after every POST that answered
	assert frappe.db.get_value("Employee", anna.name, "bio") is None


def test_openings_show_what_a_success_pays_this_employee(as_user, anna):
	opening = make_paid_opening(hr.unique("Pilot"), points("Joined", 300), cash("Confirmed", 2000))
	as_user(anna.user_id)
	page = web.get("/referrals/openings", text=opening.job_title).text
	assert "300 points + ¥2,000" in page
	assert page.count('<li class="opening">') == 1


@pytest.mark.parametrize(
	"change",
	[
		{"status": "Closed"},
		{"closes_on": "2020-02-01", "posted_on": "2020-01-01 09:00:00"},
	],
)
def test_an_opening_that_is_closed_is_neither_listed_nor_opened(as_user, anna, change):
	opening = make_paid_opening(hr.unique("Gone"))
	frappe.db.set_value("Job Opening", opening.name, change)
	as_user(anna.user_id)
	assert "Nothing fits that" in web.get("/referrals/openings", text=opening.job_title).text
	assert web.get(f"/referrals/openings/{opening.name}").status_code == 404
	assert web.get("/referrals/refer", opening=opening.name).status_code == 404


def test_an_opening_that_takes_no_referrals_is_not_listed(as_user, anna):
	opening = make_paid_opening(hr.unique("Quiet"))
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, accepts_referrals=0).insert()
	as_user(anna.user_id)
	assert "Nothing fits that" in web.get("/referrals/openings", text=opening.job_title).text


def test_search_takes_signs_as_signs(as_user, anna):
	make_paid_opening(hr.unique("Plain"))
	percent = make_paid_opening("Half-time 50%_" + frappe.generate_hash(length=6))
	as_user(anna.user_id)
	page = web.get("/referrals/openings", text="50%_").text
	assert page.count('<li class="opening">') == 1
	assert percent.name in page
	assert "Nothing fits that" in web.get("/referrals/openings", text="' or 1=1 --").text


def test_filters_narrow_and_pages_keep_them(as_user, anna):
	branch = hr.make_branch().name
	designation = hr.make_designation().name
	for _ in range(21):
		hr.make_opening(designation=designation, location=branch)
	as_user(anna.user_id)
	first = web.get("/referrals/openings", location=branch).text
	assert "21 openings" in first
	assert first.count('<li class="opening">') == 20
	following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
	assert web.get(following).text.count('<li class="opening">') == 1


def test_what_hr_typed_can_do_nothing_on_the_page(as_user, anna):
	opening = make_paid_opening()
	frappe.db.set_value("Job Opening", opening.name, "job_title", "<img src=x onerror=alert(1)>")
	frappe.db.set_value(
		"Job Opening",
		opening.name,
		"description",
		'<h1 style="color:red" onclick="alert(2)">Hi</h1><script>alert(3)</script>'
		'<a href="javascript:alert(4)">a</a><img src="https://example.com/x.png"><p>Kept</p>',
	)
	as_user(anna.user_id)
	page = web.get(f"/referrals/openings/{opening.name}").text
	work = page[page.index('<div class="prose">') :].split("</div>")[0]
	assert work == '<div class="prose"><h3>Hi</h3><a>a</a><p>Kept</p>'
	assert "<img src=x" not in page


def test_a_name_with_markup_is_shown_as_text(as_user, anna):
	referral = make_referral(anna)
	frappe.db.set_value("Referral", referral.name, "candidate_name", "<b>Bo</b> & Co")
	as_user(anna.user_id)
	assert "&lt;b&gt;Bo&lt;/b&gt; &amp; Co" in web.get(f"/referrals/mine/{referral.name}").text


def test_the_timeline_tells_the_past_and_what_each_step_ahead_pays(as_user, anna):
	referral = make_referral(anna, make_paid_opening())
	hr.set_applicant_status(applicant_of(referral), "Replied")
	followed(referral)
	as_user(anna.user_id)
	page = web.get(f"/referrals/mine/{referral.name}").text
	ahead = [
		re.sub(r"<[^>]+>", " ", part) for part in re.findall(r'<li class="future">(.*?)</li>', page, re.S)
	]
	assert [" ".join(part.split()) for part in ahead] == [
		"Probation passed",
		"First day at work You get 300 points",
		"An offer",
		"Passed, terms are discussed",
		"Interviews You get 100 points",
	]
	assert "400 points still possible" in page


def test_terms_are_those_of_the_day_of_the_referral(as_user, anna):
	opening = make_paid_opening(None, points("Joined", 300))
	referral = make_referral(anna, opening)
	rule = frappe.get_doc("Reward Rule", {"designation": opening.designation})
	rule.milestones[0].amount = 10
	rule.save()
	as_user(anna.user_id)
	assert "300 points still possible" in web.get(f"/referrals/mine/{referral.name}").text
	assert "10 points" in web.get(f"/referrals/openings/{opening.name}").text


def test_pages_cost_the_same_number_of_queries_for_one_and_for_many(as_user, anna):
	opening = make_paid_opening()
	make_referral(anna, opening)
	few = _costs(as_user, anna)
	frappe.set_user("Administrator")
	for _ in range(12):
		make_referral(anna, make_paid_opening())
	assert _costs(as_user, anna) == few


def test_home_and_all_it_loads_is_under_150_kilobytes_gzipped(as_user, anna):
	for _ in range(6):
		make_referral(anna, make_paid_opening())
	as_user(anna.user_id)
	home = web.get("/referrals").text
	loaded = re.findall(r'(?:src|href)="/assets/referral_hub/([^"?]+)', home)
	assert "css/portal.css" in loaded
	assert not re.findall(r'(?:src|href)="(?:https?:)?//', home)
	files = [(PUBLIC / name).read_bytes() for name in loaded]
	assert sum(len(gzip.compress(part)) for part in [home.encode(), *files]) < 150 * KILOBYTE


def test_the_website_theme_gives_its_colours_and_nothing_but_colours(as_user, anna):
	blue = frappe.get_doc(doctype="Color", name=hr.unique("Blue"), color="#1a4fd8")
	blue.db_insert()
	theme = frappe.get_doc(doctype="Website Theme", theme=hr.unique("Theme"), primary_color=blue.name)
	theme.db_insert()
	frappe.db.set_single_value("Website Settings", "website_theme", theme.name)
	as_user(anna.user_id)
	answer = web.get("/referrals")
	nonce = re.search(r'<style nonce="([^"]+)">', answer.text)[1]
	assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
	assert "--accent: #1a4fd8;" in answer.text
	assert "--on-accent: #ffffff;" in answer.text
	frappe.db.set_value("Color", blue.name, "color", "red;} body{display:none")
	frappe.clear_document_cache("Color", blue.name)
	assert "display:none" not in web.get("/referrals").text


def test_a_dark_theme_with_light_text_is_corrected_until_it_can_be_read(as_user, anna):
	names = {"primary_color": "#ffd54f", "text_color": "#eeeeee", "background_color": "#101820"}
	chosen = {}
	for field, colour in names.items():
		row = frappe.get_doc(doctype="Color", name=hr.unique("Shade"), color=colour)
		row.db_insert()
		chosen[field] = row.name
	theme = frappe.get_doc(doctype="Website Theme", theme=hr.unique("Night"), **chosen)
	theme.db_insert()
	frappe.db.set_single_value("Website Settings", "website_theme", theme.name)
	as_user(anna.user_id)
	home = web.get("/referrals").text
	written = dict(re.findall(r"--(ink|page|accent): (#[0-9a-f]{6});", home.partition("screen and")[0]))
	assert set(written) == {"ink", "page", "accent"}
	assert min(contrast(written["ink"], written["page"]), contrast(written["accent"], written["page"])) >= 4.5


def test_a_page_in_chinese_speaks_chinese(as_user, anna):
	referral = make_referral(anna, make_paid_opening())
	as_user(anna.user_id)
	frappe.local.lang = "zh"
	page = web.get(f"/referrals/mine/{referral.name}").text
	assert '<html lang="zh">' in page
	for words in ("我的推荐", "积分", "为什么"):
		assert words in page


def _costs(as_user, employee) -> list[int]:
	as_user(employee.user_id)
	costs = []
	for path in PAGES:
		web.get(path)  # what Frappe keeps between requests is kept now
		with web.counted_queries() as statements:
			assert web.get(path).status_code == 200
		costs.append(len(statements))
	return costs


def test_home_says_that_interviews_are_over_once_they_are(as_user, anna):
	referral = make_referral(anna)
	interview = hr.schedule_interview(applicant_of(referral))
	hr.finish_interview(interview)
	followed(referral)
	as_user(anna.user_id)
	page = web.get("/referrals")
	assert "is invited to interviews" not in page.text
	assert f"{referral.candidate_name}: Interviews are over. Next: HR decides" in page.text


def test_urgent_openings_say_so_and_can_be_looked_for(anna, as_user):
	urgent, calm = hr.make_opening(), hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=urgent.name, urgency="Very Urgent").insert()
	as_user(anna.user_id)
	alone = web.get("/referrals/openings", urgency="Very Urgent").text
	assert (urgent.job_title in alone, calm.job_title in alone) == (True, False)
	assert '<span class="tag tag-waiting">Very Urgent</span>' in alone
	assert (
		'<span class="tag tag-waiting">Very Urgent</span>'
		in web.get(f"/referrals/openings/{urgent.name}").text
	)
