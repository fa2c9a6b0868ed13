"""A page for somebody who is wanted: it opens by its link alone, says the path and nothing about anybody, and hears an answer once."""

import re

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from path_factories import level, make_path, needed

from referral_hub import flow, tokens
from referral_hub.api.paths import desk
from referral_hub.api.talent import calls, requests
from referral_hub.paths import links
from referral_hub.paths.links import NoPathToShow
from referral_hub.referrals.erasure import person
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.setup.words.recall_templates import make_recall_templates
from referral_hub.tokens import Subject


@pytest.fixture
def offer():
	"""An offer for the second level of a path."""
	clerk, head = (hr.make_designation().name for _number in range(2))
	path = make_path(
		level("L1", clerk),
		level("L2", head, follows="L1", pay_from=9000, currency="CNY", usual_months=24),
		level("L3", hr.make_designation().name, follows="L2"),
		requirements=[needed("L3", "Projects", 10, unit="projects", source="Goal")],
	)
	applicant = hr.make_applicant(name="Li Na", designation=head)
	made = hr.make_offer(applicant)
	return frappe._dict(doc=made, path=path, head=head, clerk=clerk, applicant=applicant)


def open_link(address: str, as_user):
	as_user("Guest")
	frappe.local.lang = "en"
	return web.get("/path/" + address.rpartition("/")[2])


def test_the_link_opens_the_path_of_the_offer(offer, as_user):
	answer = open_link(desk.make_link(offer.doc.name), as_user)
	assert answer.status_code == 200
	for words in (
		"Li Na, this is where you would begin",
		'<g data-level="L2" aria-current="step">',
		"Projects: 10 projects",
		"Pay from ¥9,000",
		"usually 24 months",
	):
		assert words in answer.text, words


def test_figures_say_once_for_a_level_on_which_day_they_were_counted(offer, as_user):
	of_2025 = {"path": offer.path.name, "level": "L2", "period_from": "2025-01-01", "period_to": "2025-12-31"}
	told = {"is_shown": 1, "shown_value": 25, "shown_people": 8, "shown_on": "2026-01-24"}
	for figure in ("Promotion Rate", "Pay Growth"):
		row = frappe.new_doc("Path Evidence").update({**of_2025, **told, "figure": figure})
		row.update({"name": hr.unique("PE")}).db_insert()
	address = desk.make_link(offer.doc.name)
	assert open_link(address, as_user).text.count("Counted on 24 Jan 2026") == 1
	frappe.db.set_value("Path Evidence", {"name": row.name}, "shown_on", "2026-03-05")
	assert open_link(address, as_user).text.count("Counted between 24 Jan 2026 and 5 Mar 2026") == 1
	frappe.local.lang = "zh"
	chinese = web.get("/path/" + address.rpartition("/")[2]).text
	frappe.local.lang = "en"
	assert chinese.count("统计日期：2026年1月24日至2026年3月5日") == 1


def test_a_link_that_is_over_made_up_or_of_another_kind_opens_nothing(offer, as_user):
	address = desk.make_link(offer.doc.name)
	other = tokens.issue(Purpose.CANDIDATE, links.OFFER, offer.doc.name, 30)
	tokens.revoke(Purpose.PATH, Subject(links.OFFER, offer.doc.name))
	over = tokens.issue(Purpose.PATH, links.OFFER, offer.doc.name, 30)
	frappe.db.set_value("Access Token", {"purpose": "Path", "revoked": 0}, "expires_on", hr.days_ago(2))
	foreign = tokens.issue(Purpose.PATH, "Employee", hr.make_employee().name, 30)
	pages = {
		re.sub(r'nonce="[^"]*"', "", open_link(each, as_user).text.replace(each.rpartition("/")[2], ""))
		for each in (address, other, over, foreign, "0" * 32)
	}
	assert len(pages) == 1
	assert "This link does not work any more" in pages.pop()


@pytest.mark.parametrize("ending", [{"status": "Rejected"}, {"docstatus": 2}])
def test_the_link_of_an_offer_that_came_to_nothing_opens_nothing(offer, as_user, ending):
	address = desk.make_link(offer.doc.name)
	frappe.db.set_value("Job Offer", offer.doc.name, ending)
	assert "This link does not work any more" in open_link(address, as_user).text


def test_the_link_goes_on_where_hr_cancels_an_offer_to_put_it_right(offer, as_user):
	address = desk.make_link(offer.doc.name)
	offer.doc.cancel()
	assert "This link does not work any more" in open_link(address, as_user).text
	as_user("Administrator")
	right = frappe.copy_doc(offer.doc)
	right.update({"amended_from": offer.doc.name, "designation": offer.clerk, "status": "Awaiting Response"})
	right.insert()
	row = links.opened_by(address.rpartition("/")[2])
	assert (row.subject, row.level) == (Subject(links.OFFER, right.name), "L1")
	right.db_set("status", "Rejected")
	assert "This link does not work any more" in open_link(address, as_user).text


def test_an_answer_is_kept_once_on_the_offer(offer, as_user):
	address = desk.make_link(offer.doc.name)
	for _time in range(2):
		page = open_link(address, as_user)
		token = re.search(r'name="form_token" value="([^"]+)"', page.text)[1]
		done = web.post("/path/" + address.rpartition("/")[2], {"form_token": token})
		assert (done.status_code, done.headers["Location"][-16:]) == (303, "?done=interested")
	comments = frappe.get_all(
		"Comment", {"reference_name": offer.doc.name, "comment_type": "Comment"}, pluck="content"
	)
	assert comments == [
		f"The candidate has seen the performance path {offer.path.path_name} and is interested."
	]


def test_a_form_that_is_not_ours_is_no_answer(offer, as_user):
	address = desk.make_link(offer.doc.name)
	as_user("Guest")
	assert web.post("/path/" + address.rpartition("/")[2], {"form_token": "x"}).status_code == 422
	assert not frappe.db.exists("Comment", {"reference_name": offer.doc.name, "comment_type": "Comment"})


def test_without_a_path_there_is_no_link_and_not_everybody_makes_one(offer, as_user):
	without = hr.make_offer(hr.make_applicant())
	with pytest.raises(NoPathToShow):
		desk.make_link(without.name)
	employee = hr.make_user(roles=("Employee",)).name
	as_user(employee)
	with pytest.raises(frappe.PermissionError):
		desk.make_link(offer.doc.name)


def test_the_link_of_somebody_who_is_forgotten_opens_nothing(offer, as_user):
	address = desk.make_link(offer.doc.name)
	other = hr.make_offer(hr.make_applicant(designation=offer.head))
	others = desk.make_link(other.name)
	flow.erase_person(person.of_applicant(offer.applicant.name), with_hrms=False)
	assert "This link does not work any more" in open_link(address, as_user).text
	assert open_link(others, as_user).status_code == 200


def test_words_for_somebody_of_the_pool_can_name_the_link(offer, as_user, monkeypatch):
	person = frappe.get_doc(
		doctype="Talent Pool Record",
		person_name="Wang Wei",
		email=hr.unique_email("pool"),
		company=hr.COMPANY,
	).insert()
	person.db_set("designation", offer.head)
	template = frappe.get_doc(
		doctype="Recall Template",
		title=hr.unique("With a path"),
		purpose="Other",
		language="en",
		enabled=1,
		subject="Your path",
		words="Dear {{ name }}{% if path_link %}, look: {{ path_link }}{% endif %}",
	).insert()
	assert calls.draft(person.name, "Other", "en", template.name)["words"] == f"Dear {person.person_name}"
	monkeypatch.setattr(frappe.local, "request", frappe._dict(method="POST"), raising=False)
	words = calls.draft(person.name, "Other", "en", template.name)["words"]
	monkeypatch.undo()
	address = words.partition("look: ")[2]
	assert person.person_name in open_link(address, as_user).text
	row = links.opened_by(address.rpartition("/")[2])
	assert (row.subject, row.level) == (Subject("Talent Pool Record", person.name), "L2")
	person.db_set("state", "Do Not Contact")
	assert links.opened_by(address.rpartition("/")[2]) is None


def test_words_for_whom_growing_matters_say_how_many_rose_of_large_groups_alone(offer):
	make_recall_templates()
	person = frappe.get_doc(
		doctype="Talent Pool Record",
		person_name="Wang Wei",
		email=hr.unique_email("pool"),
		company=hr.COMPANY,
	)
	person.append("preferences", {"preference": "Growth and promotion"})
	person.insert().db_set("designation", offer.head)
	for year, is_shown in ((2024, 1), (2025, 0)):
		figure = {"path": offer.path.name, "level": "L2", "figure": "Promotion Rate", "name": hr.unique("PE")}
		figure |= {"period_from": f"{year}-01-01", "period_to": f"{year}-12-31", "value": 99, "people": 3}
		row = frappe.new_doc("Path Evidence").update(figure | {"is_shown": is_shown})
		row.update({"shown_value": 25 * is_shown, "shown_people": 8 * is_shown})
		row.db_insert()
	found = calls.draft(person.name, "News", "en")
	rose = f"Of the 8 people who worked here as {offer.head} in 2024, 2 rose to the next level."
	assert (found["template"], rose in found["words"], "99 %" in found["words"]) == (
		"Growth (en)",
		True,
		False,
	)
	assert "2024 年，在我们这里" in requests.draft(person.name, purpose="News", language="zh")["words"]
	request = requests.ask(person.name, hr.make_employee(user=True).name, purpose="News")
	assert rose in frappe.db.get_value("Recall Request", request, "words")
	half = {"period_from": "2024-07-01", "period_to": "2024-12-31"}
	frappe.db.set_value("Path Evidence", {"path": offer.path.name, "is_shown": 1}, half)
	words = calls.draft(person.name, "News", "en")["words"]
	assert "in the six months from July to December 2024, 2 rose to the next level." in words
	words = requests.draft(person.name, purpose="News", language="zh")["words"]
	assert "2024年7月至12月，在我们这里" in words and "的 8 人中，有 2 人晋升到了更高一级" in words
	frappe.db.set_value("Path Evidence", {"path": offer.path.name}, "is_shown", 0)
	assert "rose" not in calls.draft(person.name, "News", "en")["words"]
