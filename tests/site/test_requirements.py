"""What HR looks for: drafted, confirmed, shown to employees and applicants; what a referrer says of it is kept for HR."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral

from referral_hub import flow
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.erasure import person


@pytest.fixture
def anna(as_user):
	employee = make_referrer("Anna")
	frappe.local.lang = "en"
	return employee


def make_profile(opening, confirmed: int = 1):
	rows = [
		{"requirement": "SQL & more", "requirement_zh": "数据库", "must_have": 1, "weight": 5},
		{"requirement": "Stays calm", "kind": "Other", "firmness": "Soft"},
	]
	profile = frappe.get_doc(
		doctype="Opening Profile",
		job_opening=opening.name,
		requirements=rows,
		requirements_confirmed=confirmed,
	)
	return profile.insert()


def shown(opening) -> list[str]:
	return [row.requirement for row in requirements.of_opening(opening.name)]


def kept_on(referral: str) -> list[tuple[str, str]]:
	rows = frappe.parse_json(frappe.db.get_value("Referral", referral, "assessment") or "[]")
	return [(row["requirement"], row["answer"]) for row in rows]


def sent(opening, **answers) -> str:
	"""What the page without JavaScript sends; returns the number of the referral."""
	candidate = make_candidate()
	form = {"candidate_name": candidate.name, "email": candidate.email, "opening": opening.name}
	answer = web.post("/referrals/refer", {**form, "csrf_token": "token-of-this-test", **answers})
	assert answer.status_code == 303, answer.text
	return answer.headers["Location"].rpartition("/")[2].partition("?")[0]


def test_a_profile_begins_with_the_skills_of_the_designation_as_a_draft(as_user, anna):
	opening = hr.make_opening()
	designation = frappe.get_doc("Designation", opening.designation)
	for skill in ("Welding", "Reading plans"):
		name = hr.unique(skill)
		frappe.get_doc(doctype="Skill", skill_name=name).insert()
		designation.append("skills", {"skill": name})
	designation.save()
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name).insert()
	skills = [row.skill for row in designation.skills]
	assert [row.requirement for row in profile.requirements] == skills
	assert profile.requirements_confirmed == 0
	profile.draft_requirements()
	assert len(profile.requirements) == 2
	as_user(anna.user_id)
	page = web.get(f"/referrals/openings/{opening.name}").text
	assert skills[0] in page and "meets-" not in page


def test_what_is_drafted_later_waits_for_hr_while_the_confirmed_rows_stay_shown():
	opening = hr.make_opening()
	profile = make_profile(opening)
	profile.draft_requirements()
	assert (len(profile.requirements), profile.requirements_confirmed) == (2, 1)
	designation = frappe.get_doc("Designation", opening.designation)
	skill = frappe.get_doc(doctype="Skill", skill_name=hr.unique("Welding")).insert().name
	designation.append("skills", {"skill": skill}).parent_doc.save()
	profile.draft_requirements()
	profile.save()
	assert [(row.requirement, row.proposed) for row in profile.requirements] == [
		("SQL & more", 0),
		("Stays calm", 0),
		(skill, 1),
	]
	assert shown(opening) == ["SQL & more", "Stays calm"]
	profile.requirements[2].proposed = 0
	profile.save()
	assert shown(opening) == ["SQL & more", "Stays calm", skill]


def test_a_description_in_two_languages_is_drafted_with_the_sentences_and_what_HR_did_stays():
	opening = hr.make_opening(
		description="<p>Must know SAP.</p><p>3年以上经验；会开叉车</p>",
		location=hr.make_branch("Suzhou " + hr.unique("yard")).name,
		currency="CNY",
		lower_range=8000,
		upper_range=12000,
		publish_salary_range=1,
	)
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name).insert()
	assert [
		(row.requirement, row.kind, row.firmness, row.must_have, row.because) for row in profile.requirements
	] == [
		("SAP", "Skill", "Hard", 1, "Must know SAP"),
		("At least 3 years of experience", "Experience", "Hard", 0, "3年以上经验"),
		("Forklift driving", "Skill", "Hard", 0, "会开叉车"),
		(opening.location, "Place", "Hard", 0, "Location of the opening"),
		("8,000 to 12,000 CNY per month", "Pay", "Soft", 0, "Salary range of the opening"),
	]
	assert shown(opening) == []
	profile.requirements[0].requirement = "SAP or Kingdee"
	profile.remove(profile.requirements[2])
	profile.requirements_confirmed = 1
	profile.save()
	assert shown(opening)[:2] == ["SAP or Kingdee", "At least 3 years of experience"]
	confirmed_on = profile.requirements_confirmed_on
	assert (profile.requirements_confirmed_by, bool(confirmed_on)) == (frappe.session.user, True)
	assert profile.draft_requirements() == 0
	opening.db_set("description", opening.description + "<p>Excel</p>")
	assert profile.draft_requirements() == 1
	profile.save()
	assert (profile.requirements[-1].requirement, profile.requirements[-1].proposed) == ("Microsoft Excel", 1)
	assert profile.requirements_confirmed_on == confirmed_on


def test_pay_that_the_company_does_not_publish_is_not_drafted():
	opening = hr.make_opening(currency="CNY", lower_range=8000, upper_range=12000)
	assert frappe.get_doc(doctype="Opening Profile", job_opening=opening.name).insert().requirements == []


def test_only_HR_drafts(as_user, anna):
	profile = make_profile(hr.make_opening())
	as_user(anna.user_id)
	with pytest.raises(frappe.PermissionError):
		profile.draft_requirements()


def test_confirmed_rows_are_shown_and_asked_and_a_draft_is_neither(as_user, anna):
	opening = hr.make_opening()
	profile = make_profile(opening, confirmed=0)
	as_user(anna.user_id)
	for path in (f"/referrals/openings/{opening.name}", f"/referrals/refer?opening={opening.name}"):
		assert "Stays calm" not in web.get(path).text
		frappe.db.set_value("Opening Profile", profile.name, "requirements_confirmed", 1)
		page = web.get(path).text
		assert page.count(f'name="meets-{profile.requirements[0].name}"') == 3
		assert "SQL &amp; more" in page
		frappe.db.set_value("Opening Profile", profile.name, "requirements_confirmed", 0)


def test_what_can_be_shown_on_paper_and_how_somebody_works_stand_apart(as_user, anna):
	opening = hr.make_opening()
	make_profile(opening)
	as_user(anna.user_id)
	on_paper, heading, works = web.get(f"/referrals/openings/{opening.name}").text.partition(
		"How somebody works"
	)
	assert heading
	assert [part.count("<li>Stays calm</li>") for part in (on_paper, works)] == [0, 1]
	assert [part.count("<li>SQL &amp; more <") for part in (on_paper, works)] == [1, 0]


def test_what_was_tapped_is_kept_told_to_hr_and_read_again_by_the_referrer(as_user, anna):
	opening = hr.make_opening()
	sql, calm = (row.name for row in make_profile(opening).requirements)
	as_user(anna.user_id)
	number = sent(opening, **{f"meets-{sql}": "does not", f"meets-{calm}": "meets"})
	assert kept_on(number) == [("SQL & more", "does not"), ("Stays calm", "meets")]
	assert "<dt>SQL &amp; more</dt><dd>Does not</dd>" in web.get(f"/referrals/mine/{number}").text
	frappe.local.lang = "zh"
	assert "<dt>数据库</dt>" in web.get(f"/referrals/mine/{number}").text
	frappe.local.lang = "en"
	as_user("Administrator")
	referral = frappe.get_doc("Referral", number)
	referral.run_method("onload")
	told = referral.get_onload("assessment")
	assert "SQL &amp; more" in told and "✗ Does not" in told and "Must Have" in told
	assert frappe.call("referral_hub.api.desk_words.assessment", referral=number) == told
	as_user(anna.user_id)
	with pytest.raises(frappe.PermissionError):
		frappe.call("referral_hub.api.desk_words.assessment", referral=number)


def test_a_program_learns_the_rows_and_answers_by_them(as_user, anna):
	opening = hr.make_opening()
	sql = make_profile(opening).requirements[0].name
	as_user(anna.user_id)
	rows = frappe.call("referral_hub.api.portal.offer", opening=opening.name)["requirements"]
	assert rows[0] == {"row": sql, "requirement": "SQL & more", "must_have": True}
	assert [row["requirement"] for row in rows] == ["SQL & more", "Stays calm"]


def test_no_answer_and_no_sense_are_never_in_the_way(as_user, anna):
	opening = hr.make_opening()
	sql = make_profile(opening).requirements[0].name
	as_user(anna.user_id)
	for answers in ({}, {f"meets-{sql}": "<script>"}, {"meets-": "meets"}, {"assessment": "[1"}):
		assert kept_on(sent(opening, **answers)) == []


def test_an_answer_to_a_draft_is_not_kept(as_user, anna):
	opening = hr.make_opening()
	sql = make_profile(opening, confirmed=0).requirements[0].name
	as_user(anna.user_id)
	assert kept_on(sent(opening, **{f"meets-{sql}": "meets"})) == []


def test_what_was_tapped_comes_back_with_a_form_that_was_refused(commits, as_user):
	anna, opening = make_referrer("Anna"), hr.make_opening()
	sql = make_profile(opening).requirements[0].name
	commits.commit()
	as_user(anna.user_id)
	form = {"candidate_name": "Mei Lin", "opening": opening.name, "csrf_token": "token-of-this-test"}
	answer = web.post("/referrals/refer", {**form, f"meets-{sql}": "meets"})
	assert answer.status_code == 422
	assert f'name="meets-{sql}" value="meets" checked' in answer.text


def test_the_words_about_somebody_go_with_the_person():
	opening = hr.make_opening()
	sql = make_profile(opening).requirements[0].name
	referral = make_referral(opening=opening, assessment={sql: "meets"})
	assert kept_on(referral.name) == [("SQL & more", "meets")]
	flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	assert frappe.db.get_value("Referral", referral.name, "assessment") is None


@pytest.mark.parametrize(
	("rows", "said"),
	[
		([{"requirement": "SQL"}, {"requirement": " sql"}], "is named twice"),
		([{"requirement": "SQL", "weight": 11}], "a weight is between 1 and 10"),
		([{"requirement": f"Skill {number}"} for number in range(31)], "at most 30 requirements"),
	],
)
def test_rows_nobody_could_answer_are_refused(rows, said):
	opening = hr.make_opening()
	with pytest.raises(frappe.ValidationError, match=said):
		frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, requirements=rows).insert()
