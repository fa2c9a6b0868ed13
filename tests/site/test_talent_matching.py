"""The seam for a match engine, the saved views, and what users of the site have of their own data in Frappe's own requests."""

import json
from unittest.mock import Mock

import frappe
import pytest
import redis
import site_factories as hr
from referral_factories import make_candidate, unique_phone

from referral_hub.api import desk_pool
from referral_hub.matching import readings, warming
from referral_hub.matching.rules.pool import pooling
from referral_hub.referral_hub.report.talent_likelihood_check import talent_likelihood_check as report
from referral_hub.referrals import service as referrals
from referral_hub.setup import views
from referral_hub.talent import service
from referral_hub.talent.finding import matching
from referral_hub.talent.rules.fitting import Fit

POOL = "Talent Pool Record"


def make_record(**fields):
	contact = {"email": hr.unique_email(), "phone": unique_phone()}
	values = {"person_name": "Wen Lan", "company": hr.COMPANY, **contact, **fields}
	return frappe.get_doc(doctype=POOL, **values).insert()


class Backwards:
	"""An engine of another app."""

	def people_for(self, opening, people, most):
		return [Fit(key, 1) for key in sorted(people, reverse=True)[:most]]

	def openings_for(self, person, openings, most):
		return [Fit(openings[-1].name, 7, ("designation",))]


def test_people_who_may_be_called_are_found_for_an_opening_and_for_each_other():
	opening = hr.make_opening()
	word = hr.unique("skill").lower().replace(" ", "")
	opening.db_set("description", f"You know {word}")
	fits, alike, said_no = (make_record(skills=f"{word} and more") for _number in range(3))
	make_record(skills="soup")
	service.put(said_no.name, service.DO_NOT_CONTACT)
	assert {row["name"] for row in desk_pool.best_people(opening.name)} >= {fits.name, alike.name}
	assert said_no.name not in {row["name"] for row in desk_pool.best_people(opening.name)}
	assert desk_pool.similar_people(fits.name)[0]["name"] == alike.name
	(best, *_rest) = desk_pool.best_openings(fits.name)
	assert (best["name"], best["words"]) == (opening.name, [word])


def test_of_a_large_pool_who_names_what_is_asked_is_compared_before_who_is_likelier(monkeypatch):
	monkeypatch.setattr(matching, "MOST_PEOPLE", 4)
	opening = hr.make_opening(description="<p>Drives a forklift</p>")
	likely = [make_record(skills="soup") for _number in range(4)]
	names_it, was_it = make_record(skills="会开叉车"), make_record(designation=opening.designation)
	for record, likelihood in [*((one, 101) for one in likely), (names_it, 0), (was_it, 0)]:
		record.db_set("likelihood", likelihood)
	assert {names_it.name, was_it.name} <= {row["name"] for row in desk_pool.best_people(opening.name)}
	opening.db_set("description", "<p>SAP</p>")
	by_note, by_skill = make_record(note="Works well. (SAP, five years)"), make_record(skills="会SAP")
	other = make_record(note="disappears")
	for record in (by_note, by_skill, other):
		record.db_set("likelihood", 0)
	assert {by_note.name, by_skill.name} <= {row["name"] for row in desk_pool.best_people(opening.name)}
	alike = make_record(skills="forklift driver")
	assert desk_pool.similar_people(alike.name)[0]["name"] == names_it.name
	assert len(matching._people(hr.COMPANY, None, list)) == 4


def test_an_opening_that_takes_no_referrals_is_for_those_who_are_called_back():
	word = hr.unique("skill").lower().replace(" ", "")
	opening = hr.make_opening(description=f"You know {word}")
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, accepts_referrals=0).insert()
	record = make_record(skills=word)
	record.db_set({"first_referrer": hr.make_employee().name, "first_referred_on": hr.days_ago(90)})
	assert opening.name in [row["name"] for row in desk_pool.best_openings(record.name)]
	assert desk_pool.call_back(record.name, opening.name) == ""
	referral = referrals.submit(hr.make_employee().name, make_candidate(), note=f"Knows {word}")
	waiting = frappe.db.get_value(POOL, {"referral": referral.name})
	assert opening.name not in [row["name"] for row in desk_pool.best_openings(waiting)]


def test_what_somebody_wrote_in_Chinese_fits_an_opening_in_English():
	opening = hr.make_opening()
	opening.db_set("description", "<p>Drives a <b>forklift</b></p>")
	record = make_record(skills="会开叉车")
	(found,) = (row for row in desk_pool.best_people(opening.name) if row["name"] == record.name)
	assert found["words"] == ["叉车"]


def test_confirmed_rows_decide_a_draft_is_believed_less_and_both_follow_what_HR_changes():
	opening = hr.make_opening(description="<p>会开叉车</p><p>3年以上经验</p>")
	fits, lacks = make_record(skills="叉车，5年经验"), make_record(skills="叉车，1年经验")

	def found() -> dict:
		wanted = (fits.name, lacks.name)
		return {row["name"]: row for row in desk_pool.best_people(opening.name) if row["name"] in wanted}

	draft = found()[fits.name]
	assert (draft["basis"], draft["score"], draft["confidence"]) == ("draft", 75, 50)
	assert draft["met"] == [["Forklift driving", ["叉车"]], ["At least 3 years of experience", ["5"]]]
	profile = frappe.get_doc(doctype="Opening Profile", job_opening=opening.name).insert()
	assert found()[fits.name]["basis"] == "draft"
	profile.requirements[1].must_have = 1
	profile.update({"requirements_confirmed": 1}).save()
	assert {name: (row["basis"], row["score"]) for name, row in found().items()} == {
		fits.name: ("confirmed", 100)
	}
	(best, *_rest) = desk_pool.best_openings(fits.name)
	assert (best["name"], best["score"], best["confidence"]) == (opening.name, 100, 100)
	profile.delete()
	opening.db_set("description", "<p>会焊接</p>")
	assert found() == {}


def test_what_is_asked_is_said_in_the_reader_s_language():
	opening = hr.make_opening(description="<p>Drives a forklift</p>")
	record = make_record(skills="叉车")
	frappe.local.lang = "zh"
	(row,) = (row for row in desk_pool.best_people(opening.name) if row["name"] == record.name)
	assert row["met"] == [["叉车驾驶", ["叉车"]]]


def test_a_description_is_read_once_and_without_Redis_all_the_same(monkeypatch):
	text = f"Drives a forklift {hr.unique('yard')}"
	opening = hr.make_opening(description=text)
	warming.read([opening.name])
	readings._read.clear()
	read = Mock(wraps=pooling.read)  # of others, openings of before may never have been read
	monkeypatch.setattr(pooling, "read", read)
	record = make_record(skills="叉车")
	assert opening.name in [row["name"] for row in desk_pool.best_openings(record.name)]
	assert [call for call in read.call_args_list if text in str(call)] == []
	monkeypatch.undo()
	readings._read.clear()
	gone = Mock(side_effect=redis.exceptions.ConnectionError)
	monkeypatch.setattr(frappe.cache, "mget", gone)
	monkeypatch.setattr(frappe.cache, "pipeline", gone)
	assert opening.name in [row["name"] for row in desk_pool.best_openings(record.name)]


def test_another_app_s_engine_is_asked_instead(monkeypatch):
	assert desk_pool.match_engine() == ""
	monkeypatch.setattr(matching, "engine", Backwards)
	record, opening = make_record(), hr.make_opening()
	last = desk_pool.best_openings(record.name)
	assert last[0]["by"] == ["designation"]
	assert desk_pool.best_people(opening.name)[0]["score"] == 1
	assert desk_pool.match_engine() == Backwards.__module__.partition(".")[0]


def test_only_hr_asks_who_fits(as_user):
	record = make_record()
	as_user(hr.make_user(roles=("Employee",)).name)
	for ask in (desk_pool.best_openings, desk_pool.similar_people):
		with pytest.raises(frappe.PermissionError):
			ask(record.name)
	with pytest.raises(frappe.PermissionError):
		desk_pool.match_engine()


def test_every_saved_view_opens():
	views.make_views()
	names = set(views.of_the_pool())
	kept = frappe.get_all(
		"List Filter", {"reference_doctype": POOL, "for_user": ("is", "not set")}, ["filter_name", "filters"]
	)
	shipped = [row for row in kept if row.filter_name in names]
	assert {row.filter_name for row in shipped} == names
	for row in shipped:
		frappe.get_list(POOL, json.loads(row.filters), limit=1)
	views.make_views()
	assert frappe.db.count(
		"List Filter", {"reference_doctype": POOL, "filter_name": ("in", sorted(names))}
	) == len(names)


def test_the_report_compares_the_score_before_with_who_came_back():
	company = hr.unique("Elsewhere")
	came, stayed = make_record(), make_record()
	for record, score in ((came, 70), (stayed, 65)):
		record.db_set({"likelihood": score, "reason": "Other", "company": company})
	service.put(came.name, service.HIRED)
	_columns, rows, message, *_rest = report.execute({"company": company})
	assert message is None
	assert [(row["scores"], row["people"], row["came_back"], row["rate"]) for row in rows] == [
		("60 - 80", 2, 1, 50.0)
	]
	service.anonymise(came.name)
	assert report.execute({"company": company})[1] == rows
	make_record().db_set({"likelihood": 0, "likelihood_parts": "[]", "company": company})
	make_record().db_set({"likelihood": 0, "company": company})  # no night has counted them
	assert [(row["scores"], row["people"]) for row in report.execute({"company": company})[1]] == [
		("0 - 20", 1),
		("60 - 80", 2),
	]
