"""What the portal says about amounts, files and rules, and that saying it costs the same for one and for many."""

import html
import json
import re

import frappe
import portal_requests as web
import pytest
import reward_factories as pay
import site_factories as hr
from count_queries import counted_queries
from frappe.utils import formatdate, getdate, now_datetime
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, followed, make_referral, pdf
from reward_factories import points

from referral_hub.api import desk, portal
from referral_hub.messages import rendering
from referral_hub.portal import story, words
from referral_hub.referrals import errors, service
from referral_hub.referrals.rules.eligibility import NotEligible
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.resumes.resume import Resume
from referral_hub.rewards import service as rewards
from referral_hub.wording import dates


@pytest.fixture
def anna(as_user):
	employee = make_referrer("Anna")
	frappe.local.lang = "en"
	return employee


def test_a_referral_costs_the_same_number_of_queries_with_one_reward_and_with_twenty(as_user, anna):
	costs = []
	for number in (1, 20):
		frappe.set_user("Administrator")
		name = _referral_with_rewards(anna, number)
		as_user(anna.user_id)
		web.get(f"/referrals/mine/{name}")  # what Frappe keeps between requests is kept now
		with counted_queries() as statements:
			page = web.get(f"/referrals/mine/{name}").text
		assert page.count("as it stood on") == number
		costs.append(len(statements))
	assert costs[0] == costs[1]


@pytest.mark.parametrize(
	("name", "language", "one", "many"),
	[
		("Points", "en", "1 point", "1,300 points"),
		("points", "en", "1 point", "1,300 points"),
		("", "en", "1 point", "1,300 points"),
		("Stars", "en", "1 Stars", "1,300 Stars"),
		("Points", "zh", "1 积分", "1,300 积分"),
		("金豆", "zh", "1 金豆", "1,300 金豆"),
	],
)
def test_points_have_one_form_on_pages_in_messages_and_in_the_desk(anna, name, language, one, many):
	frappe.db.set_single_value("Referral Hub Settings", "points_name", name)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	said = []
	for amount in (1, 1300):
		frappe.local.lang = "en"
		reward = _earned(anna, amount)
		frappe.local.lang = language
		page = rewards.explain(reward)["sentence"]
		portal = words.amount("Points", amount)
		mail = rendering._reward({"amount": amount, "kind": "Points"})
		said.append((portal, mail, page.split(": ")[0].split("：")[0]))
	assert said == [(one,) * 3, (many,) * 3]


@pytest.mark.parametrize(
	("language", "said"),
	[
		(
			"en",
			'100 points: the candidate was interviewed. Rule "{rule}", version 1, as it stood on {day}.'
			" 50 points x 2 (campaign Spring).",
		),
		(
			"zh",
			"100 积分：候选人已面试。规则“{rule}”，第 1 版，以 {day} 为准。50 积分 x 2（活动“Spring”）。",
		),
	],
)
def test_why_reads_alike_on_the_page_in_the_desk_and_over_the_api(as_user, anna, language, said):
	campaign = {"factor": "Campaign", "times": 2, "title": "Spring", "valid_from": getdate()}
	opening = hr.make_opening()
	rule = pay.make_rule(points("Interviewed", 50), designation=opening.designation, factors=[campaign])
	referred = pay.refer(anna, opening, rule)
	pay.interview(referred)
	frappe.local.lang = language
	said = said.format(rule=rule.rule_name, day=dates.said(getdate()))
	assert desk.explain_reward(pay.reward_of(referred, "Interviewed").name)["sentence"] == said
	as_user(anna.user_id)
	assert [row["why"] for row in portal.referral(referred.name)["rewards"]] == [said]
	assert said in html.unescape(web.get(f"/referrals/mine/{referred.name}").text)


@pytest.mark.parametrize(("language", "written"), [("zh", "2026年11月22日"), ("en", None)])
def test_a_day_in_a_sentence_is_written_as_its_readers_do(monkeypatch, language, written):
	monkeypatch.setattr(frappe.local, "lang", language)
	written = written or formatdate("2026-11-22")
	refused = NotEligible("program_not_started", program="Spring", starts_on=getdate("2026-11-22"))
	assert written in errors.sentence(refused)
	assert dates.said(None) == ""


def test_a_blank_stands_between_a_day_and_a_time_in_chinese_too(monkeypatch):
	monkeypatch.setattr(frappe.local, "lang", "zh")
	assert re.fullmatch(r"今天 \d\d:\d\d", words.moment(now_datetime()))


def test_the_rule_is_named_with_the_day_of_the_referral_not_with_today(as_user, anna):
	referral = make_referral(anna, make_paid_opening())
	[why, *_more] = {row["why"] for row in story.tell(referral.name, anna.name).rewards}
	assert f"as it stood on {words.exact(getdate())}, the day you referred." in why


def test_the_wallet_and_the_rules_call_points_what_the_company_calls_them(as_user, anna):
	frappe.db.set_single_value("Referral Hub Settings", "points_name", "Stars")
	program = frappe.get_doc("Referral Program", {"enabled": 1})
	program.db_set({"points_lifetime_months": 12, "company": None, "starts_on": None, "ends_on": None})
	as_user(anna.user_id)
	assert "Stars can be spent for 12 months." in web.get("/referrals/rules").text
	wallet = web.get("/referrals/wallet").text
	assert "0 Stars" in wallet
	assert "oints" not in wallet[wallet.index("<main") :]


def test_no_blank_stands_after_a_chinese_full_stop(as_user, anna):
	opening = make_paid_opening()
	as_user(anna.user_id)
	frappe.local.lang = "zh"
	page = web.get(f"/referrals/refer?opening={opening.name}").text
	assert f"应聘 {opening.job_title}。推荐成功可得" in page


@pytest.mark.parametrize(
	("language", "english", "chinese", "shown"),
	[
		("en", "Refer **friends**.", "推荐**朋友**。", "Refer <strong>friends</strong>."),
		("zh", "Refer **friends**.", "推荐**朋友**。", "推荐<strong>朋友</strong>。"),
		("zh-TW", "Refer **friends**.", "推荐**朋友**。", "推荐<strong>朋友</strong>。"),
		("zh", "Refer **friends**.", "", "Refer <strong>friends</strong>."),
		("zh", "Refer **friends**.", "  \n", "Refer <strong>friends</strong>."),
		("en", None, "推荐**朋友**。", "推荐<strong>朋友</strong>。"),
	],
)
def test_the_rules_are_in_the_readers_language_or_else_in_the_other(
	as_user, anna, language, english, chinese, shown
):
	program = frappe.get_doc("Referral Program", {"enabled": 1})
	program.db_set({"rules_page": english, "rules_page_zh": chinese, "company": None})
	as_user(anna.user_id)
	frappe.local.lang = language
	page = web.get("/referrals/rules").text
	assert shown in page
	assert page.count("<strong>") == 1


@pytest.mark.parametrize(
	("filename", "padding", "said"),
	[("Mei Lin.pdf", 0, "Mei Lin.pdf, 1 KB"), ("R&D.pdf", 1_600_000, "R&amp;D.pdf, 1.5 MB")],
)
def test_the_receipt_says_which_resume_was_received(as_user, anna, monkeypatch, filename, padding, said):
	content = pdf(hr.unique("Resume") + "x" * padding)
	monkeypatch.setattr("referral_hub.referrals.making.resumes.attach", lambda *_arguments: None)
	referral = service.submit(
		anna.name,
		Candidate("Mei Lin", hr.unique_email("mei")),
		make_paid_opening().name,
		resume=Resume(filename, content),
	)
	as_user(anna.user_id)
	assert f"<dt>Their resume</dt><dd>{said}</dd>" in web.get(f"/referrals/mine/{referral.name}").text


def test_the_receipt_says_that_no_resume_came(as_user, anna):
	referral = make_referral(anna, make_paid_opening())
	as_user(anna.user_id)
	page = web.get(f"/referrals/mine/{referral.name}").text
	assert "<dt>Their resume</dt><dd>None received</dd>" in page


def _earned(employee, amount: int) -> str:
	referral = make_referral(employee, make_paid_opening(None, points("Screened", amount)))
	hr.set_applicant_status(applicant_of(referral), "Replied")
	followed(referral)
	return frappe.db.get_value("Referral Reward", {"referral": referral.name})


def _referral_with_rewards(employee, number: int) -> str:
	"""A referral whose frozen terms promise so many rewards, all of them earned."""
	reward = frappe.get_doc("Referral Reward", _earned(employee, 50))
	terms = json.loads(frappe.db.get_value("Referral", reward.referral, "terms"))
	promise = terms["milestones"][0]
	terms["milestones"] = [promise] + [{**promise, "share": f"copy-{n}"} for n in range(1, number)]
	frappe.db.set_value("Referral", reward.referral, "terms", json.dumps(terms))
	for milestone in terms["milestones"][1:]:
		copy = frappe.copy_doc(reward)
		copy.update({"share": milestone["share"], "docstatus": 0})
		copy.db_insert()
	return reward.referral


def test_what_is_handed_over_does_not_stand_under_the_salary_in_the_wallet(as_user):
	gift = {"milestone": "Interviewed", "kind": "Gift", "amount": 1, "currency": "", "what": "A tablet"}
	story = pay.make_story(gift, user=True)
	pay.interview(story)
	as_user(story.referrer.user_id)
	page = web.get("/referrals/wallet").text
	assert '<h2 id="money-title">Other rewards</h2>' in page
	assert ("A tablet" in page, "Paid with the salary" in page) == (True, False)
