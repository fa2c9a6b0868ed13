"""A path on phones, in both languages: a candidate opens it by a link and says that it interests them; an employee sees theirs and lets
others see how they rose, which the candidate then reads.
"""

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen
from path_factories import level, make_goal, make_path, needed, promote
from portal_factories import make_referrer

from referral_hub.api.paths import desk

WORDS = {
	"en": {
		"begin": "Li Na, this is where you would begin and where it can lead.",
		"here": "You begin here",
		"interested": "I'm interested",
		"thanks": "Thank you. We have told the people who wrote to you; they get in touch.",
		"mine": "My path",
		"met": "1 of 2 met",
		"name": "With my first name",
		"helped": "What helped me",
		"show": "Show it",
		"take_back": "Take it back",
		"rose": "Mei rose from",
	},
	"zh": {
		"begin": "Li Na，这是您的起点，以及可以走到哪里。",
		"here": "您从这里开始",
		"interested": "我感兴趣",
		"thanks": "谢谢。我们已告知与您联系的同事，他们会与您联系。",
		"mine": "我的发展路径",
		"met": "已达成 1 / 2",
		"name": "显示我的名字",
		"helped": "对我有帮助的是",
		"show": "展示",
		"take_back": "撤回",
		"rose": "Mei ",
	},
}


@pytest.fixture
def path(commits):
	"""Three levels and two branches; the offer begins at the first."""
	clerk, head, expert = (hr.make_designation().name for _number in range(3))
	made = make_path(
		level("L1", clerk, title="Clerk", usual_months=12),
		level(
			"L2",
			clerk,
			grade=hr.make_grade().name,
			title="Senior Clerk",
			follows="L1",
			pay_from=9000,
			currency="CNY",
		),
		level("M3", head, title="Head", follows="L2", branch="Manager", bonus_percent=10),
		level("E3", expert, title="Expert", follows="L2", branch="Expert"),
		requirements=[
			needed("M3", "Goals reached", 1, unit="goals", source="Goal", counted="Ever"),
			needed("M3", "Newcomers shown around", 3, unit="people"),
			needed("E3", "Hours of training given", 40, unit="hours"),
		],
	)
	offer = hr.make_offer(hr.make_applicant(name="Li Na", designation=clerk))
	return frappe._dict(
		name=made.name,
		clerk=clerk,
		grade=made.levels[1].grade,
		link=desk.make_link(offer.name),
		offer=offer.name,
	)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_candidate_and_an_employee_see_the_path_on_their_phones(
	path, commits, page_as, new_context, axe, screenshot, language
):
	words = WORDS[language]
	mei = make_referrer("Mei", language=language, designation=path.clerk, date_of_joining="2024-01-01")
	promote(mei.name, "2025-02-01", grade=path.grade)
	make_goal(mei.name, 100)
	commits.commit()

	phone = page_as(mei.user_id, "phone")
	phone.goto("/referrals")
	phone.get_by_role("link", name=words["mine"]).click()
	phone.get_by_text(words["met"]).wait_for()
	look_well(phone, axe)
	screenshot(phone, f"path-mine-{language}-phone")
	phone.get_by_label(words["name"]).check()
	phone.get_by_label(words["helped"]).fill("The early shift.")
	phone.locator("#consent").check()
	phone.get_by_role("button", name=words["show"], exact=True).click()
	phone.get_by_role("button", name=words["take_back"], exact=True).wait_for()
	look_well(phone, axe)

	guest = new_context("phone", locale="zh-CN" if language == "zh" else "en-US").new_page()
	guest.goto("/path/" + path.link.rpartition("/")[2])
	guest.get_by_text(words["begin"]).wait_for()
	guest.locator(".path-levels").get_by_text(words["here"]).wait_for()
	guest.locator(".path-cases", has_text=words["rose"]).get_by_text("The early shift.").wait_for()
	look_well(guest, axe)
	screenshot(guest, f"path-guest-{language}-phone")
	guest.get_by_role("button", name=words["interested"]).click()
	guest.get_by_text(words["thanks"]).wait_for()
	assert not guest.get_by_role("button", name=words["interested"]).count()
	look_well(guest, axe)
	frappe.db.rollback()
	heard = {"reference_doctype": "Job Offer", "reference_name": path.offer, "comment_type": "Comment"}
	assert frappe.db.count("Comment", heard) == 1

	phone.get_by_role("button", name=words["take_back"], exact=True).click()
	phone.get_by_role("button", name=words["show"], exact=True).wait_for()
	guest.reload()
	guest.locator(".path-levels").wait_for()
	assert not guest.get_by_text("The early shift.").count()


def look_well(page, axe) -> None:
	axe(page)
	assert not is_wider_than_the_screen(page)
