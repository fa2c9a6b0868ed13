"""Tests an opening links to: shown from a stage on, a result kept only after the candidate's yes, read by HR, gone with the person."""

import frappe
import pytest
import site_factories as hr
from candidate_factories import CandidatePage
from referral_factories import make_referral

from referral_hub import flow
from referral_hub.kept import KeptByTheApp
from referral_hub.referrals.erasure import person

RESULT = "Referral Assessment"


@pytest.fixture
def referral():
	opening = hr.make_opening()
	rows = [
		{
			"assessment": "Welding quiz",
			"assessment_zh": "焊接测验",
			"link": "https://tests.example/w",
			"shown_from": "Submitted",
		},
		{"assessment": "Late one", "link": "https://tests.example/l", "shown_from": "Interviewing"},
	]
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, assessments=rows).insert()
	made = make_referral(hr.make_employee("Anna"), opening)
	made.quiz = profile.assessments[0].name
	made.late = profile.assessments[1].name
	return made


def results(referral) -> list[str]:
	return frappe.get_all(RESULT, {"referral": referral.name}, pluck="assessment")


def test_a_result_is_kept_after_a_yes_read_by_HR_alone_and_gone_when_taken_back(referral, as_user):
	page = CandidatePage(referral)
	text = page.text()
	assert "https://tests.example/w" in text and "Late one" not in text
	page.post("keep_result", test=referral.late)
	assert results(referral) == []
	page.post("keep_result", test=referral.quiz)
	page.post("keep_result", test=referral.quiz)
	frappe.set_user("Administrator")
	assert results(referral) == ["Welding quiz"]
	manager = hr.make_user(roles=("Employee", "HR User")).name
	employee = hr.make_user(roles=("Employee",)).name
	as_user(manager)
	record = frappe.get_doc(RESULT, {"referral": referral.name})
	record.update({"score": "82 %", "link": "https://elsewhere.example"}).save()
	assert (record.entered_by, record.link) == (manager, "https://tests.example/w")
	assert "I agree that" in record.agreed_words
	as_user(employee)
	assert not frappe.has_permission(RESULT, "read", record.name)
	assert "82 %" in page.text()
	frappe.db.set_value("Referral", referral.name, "outcome", "Not Selected")
	assert "82 %" in page.text() and "keep_result" not in page.text()
	page.post("forget_result", test=referral.quiz)
	frappe.set_user("Administrator")
	assert results(referral) == []


def test_what_hangs_on_a_result_goes_with_it_also_when_HR_renamed_the_test(referral):
	page = CandidatePage(referral)
	page.post("keep_result", test=referral.quiz)
	frappe.set_user("Administrator")
	[name] = frappe.get_all(RESULT, {"referral": referral.name}, pluck="name")
	about = {"reference_doctype": RESULT, "reference_name": name}
	frappe.get_doc(doctype="Communication", subject="82 %", content="82 %", **about).insert()
	frappe.get_doc(doctype="ToDo", description="Read it", reference_type=RESULT, reference_name=name).insert()
	attached = {"attached_to_doctype": RESULT, "attached_to_name": name}
	frappe.get_doc(doctype="File", file_name="answers.txt", content="82 %", is_private=1, **attached).insert()
	frappe.db.set_value("Opening Assessment", referral.quiz, "assessment", "Another quiz")
	text = page.text()
	assert "Another quiz" in text and f'name="test" value="{name}"' in text
	page.post("forget_result", test=name)
	frappe.set_user("Administrator")
	assert results(referral) == []
	left = [
		frappe.db.count("Communication", about),
		frappe.db.count("ToDo", {"reference_name": name}),
		frappe.db.count("File", attached),
	]
	assert left == [0, 0, 0]


def test_nobody_enters_a_result_without_the_candidate_s_yes(referral):
	values = {"referral": referral.name, "assessment": "Welding quiz", "score": "9"}
	with pytest.raises(KeptByTheApp, match="The candidate agrees on their own page"):
		frappe.get_doc(doctype=RESULT, **values).insert()


def test_results_go_with_the_person(referral):
	CandidatePage(referral).post("keep_result", test=referral.quiz)
	frappe.set_user("Administrator")
	frappe.get_doc(RESULT, {"referral": referral.name}).update({"result": "calm"}).save()
	flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	assert results(referral) == []


@pytest.mark.parametrize(
	"link", ["http://tests.example", "javascript:alert(1)", "https://me:pw@tests.example", "https://", "//x"]
)
def test_a_link_that_is_not_safe_is_refused(link):
	rows = [{"assessment": "Quiz", "link": link}]
	opening = hr.make_opening().name
	with pytest.raises(frappe.ValidationError, match="begins with https://"):
		frappe.get_doc(doctype="Opening Profile", job_opening=opening, assessments=rows).insert()
