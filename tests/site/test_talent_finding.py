"""Finding whom to call: one filter says how many did not come in a year and why; a score says who is likely to come back, and by what."""

import frappe
import pytest
import site_factories as hr
from referral_factories import make_candidate

from referral_hub import tasks
from referral_hub.api import desk_talent
from referral_hub.referrals import service as referrals
from referral_hub.talent import service
from referral_hub.talent.finding import scoring

POOL = "Talent Pool Record"


def keep(name: str, **values):
	record = frappe.get_doc(
		doctype=POOL, person_name=name, email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	record.db_set(values)
	return record


def test_the_no_shows_of_a_year_for_one_reason_are_one_filter(as_user):
	"""15 did not come in 2022, 12 of them for one reason; three others are of another year or kind."""
	one, other = frappe.get_all("Referral Reason", {"applies_to": "No-show"}, pluck="name", limit=2)
	for number in range(15):
		why = one if number < 12 else other
		keep(
			f"Person {number}",
			reason="No-show",
			reason_given=why,
			happened_on=f"2022-{number % 12 + 1:02}-05",
		)
	keep("Next year", reason="No-show", reason_given=one, happened_on="2023-01-01")
	keep("Declined", reason="Declined Offer", happened_on="2022-05-05")
	as_user(hr.make_user(roles=("HR User",)).name)
	year = {"reason": "No-show", "happened_on": ("between", ["2022-01-01", "2022-12-31"])}
	assert len(frappe.get_list(POOL, year)) == 15
	assert len(frappe.get_list(POOL, {**year, "reason_given": one})) == 12


def test_people_are_found_by_what_matters_to_them():
	flexible = keep("Flexible")
	flexible.reload().append("preferences", {"preference": "Flexible working time"})
	flexible.save()
	keep("Anything")
	wished = [["Talent Pool Preference", "preference", "=", "Flexible working time"]]
	assert frappe.get_list(POOL, wished, pluck="name") == [flexible.name]


@pytest.fixture
def scored():
	"""Half as likely for the reason, a year ago, a designation that is open here."""
	designation = hr.make_designation().name
	hr.make_opening(designation=designation)
	return keep("Scored", reason="No-show", happened_on=hr.days_ago(365), designation=designation)


def test_the_score_says_its_parts(scored):
	shown = desk_talent.archive(scored.name)["likelihood"]
	parts = {part["name"]: (round(part["value"], 2), part["weight"]) for part in shown["parts"]}
	assert parts == {"reason": (0.5, 30), "time": (1.0, 20), "openings": (1.0, 20)}
	assert shown["score"] == round((0.5 * 30 + 20 + 20) / 70 * 100)


def test_an_answer_makes_it_likelier_and_silence_less(scored):
	before = scoring.scores_of([scored.name])[scored.name].score
	for _time in range(3):
		service.note(scored.name, "Call", "No answer", direction="Out")
	silent = scoring.scores_of([scored.name])[scored.name].score
	service.note(scored.name, "Call", "She called back", direction="In")
	assert silent < before < scoring.scores_of([scored.name])[scored.name].score


def test_every_night_scores_those_who_may_be_called(scored, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	no = keep("No", state="Do Not Contact")
	tasks.score_talent_pool()
	modified = frappe.db.get_value(POOL, scored.name, "modified")
	expected = scoring.scores_of([scored.name])[scored.name].score
	assert frappe.db.get_value(POOL, scored.name, "likelihood") == expected
	assert not frappe.db.get_value(POOL, no.name, "likelihood")
	assert scoring.store([scored.name]) == 0
	assert frappe.db.get_value(POOL, scored.name, "modified") == modified


def test_weights_are_settings(scored):
	for part in ("time", "contacts", "openings", "signals"):
		frappe.db.set_single_value("Referral Hub Settings", f"weight_{part}", 0)
	frappe.db.set_single_value("Referral Hub Settings", "chance_no_show", 17)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	assert scoring.shown(scored.name) == {
		"score": 17,
		"parts": [{"name": "reason", "value": 0.17, "weight": 30.0}],
	}


def test_somebody_without_an_application_is_shown_nothing_of_others():
	referrals.invite(hr.make_employee().name, make_candidate())  # a referral that names no applicant yet
	known = desk_talent.archive(keep("Typed").name)
	assert [known[part] for part in ("applications", "referrals", "mails", "contacts")] == [[], [], [], []]
