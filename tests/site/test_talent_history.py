"""`bench hub-import-talent-history`: who applied before this app is kept too, in chunks, resumed where a run was stopped."""

import frappe
import pytest
import site_factories as hr

from referral_hub.talent.capturing import history, looking

POOL = "Talent Pool Record"


class Stopped(Exception):
	"""The run is killed after a chunk."""


@pytest.fixture
def old_applicants(monkeypatch):
	"""Three who declined, long before anybody else on this site applied; each is a chunk. What is committed is seen by no other test."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(history, "CHUNK", 1)
	frappe.db.set_single_value("Referral Hub Settings", "pool_history_until", None)
	found = []
	for day in (1, 2, 3):
		applicant = hr.make_applicant(hr.make_opening())
		hr.answer_offer(hr.make_offer(applicant, offer_date="2011-03-01"), "Rejected")
		frappe.db.set_value("Job Applicant", applicant.name, "creation", f"2011-01-0{day} 08:00:00")
		found.append(applicant.name)
	return found


@pytest.fixture
def looked_at(monkeypatch):
	names: list[str] = []
	look = looking.look_at

	def remembering(applicants):
		names.extend(applicants)
		return look(applicants)

	monkeypatch.setattr(looking, "look_at", remembering)
	return names


def stop_after(chunks: int):
	said = []

	def say(words):
		said.append(words)
		if len(said) == chunks:
			raise Stopped

	return say


def kept(applicants: list[str]) -> list[bool]:
	return [bool(frappe.db.exists(POOL, {"job_applicant": name})) for name in applicants]


def test_a_run_that_was_killed_goes_on_where_it_was(old_applicants, looked_at):
	with pytest.raises(Stopped):
		history.run(say=stop_after(1))
	assert kept(old_applicants) == [True, False, False]
	history.run(say=lambda words: None, limit=2)
	assert kept(old_applicants) == [True, True, False]
	history.run(say=lambda words: None, limit=2)
	assert kept(old_applicants) == [True, True, True]
	assert looked_at == [old_applicants[at] for at in (0, 0, 1, 1, 2)]


def test_what_was_brought_in_once_is_not_written_again(old_applicants):
	history.run(say=lambda words: None, limit=3)
	before = frappe.get_all(POOL, {"job_applicant": ("in", old_applicants)}, ["name", "modified"])
	frappe.db.set_single_value("Referral Hub Settings", "pool_history_until", None)
	assert history.run(say=lambda words: None, limit=3).kept == 3
	assert frappe.get_all(POOL, {"job_applicant": ("in", old_applicants)}, ["name", "modified"]) == before


def test_one_that_cannot_be_kept_stops_no_other(old_applicants, monkeypatch):
	monkeypatch.setattr(history, "CHUNK", 3)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_any: None)
	look = looking.look_at

	def broken(applicants):
		if old_applicants[1] in applicants:
			raise frappe.ValidationError("broken row")
		return look(applicants)

	monkeypatch.setattr(looking, "look_at", broken)
	assert history.run(say=lambda words: None, limit=3).kept == 2
	assert kept(old_applicants) == [True, False, True]
	logged = {"reference_name": old_applicants[1], "method": ("like", "%talent pool%")}
	assert frappe.db.count("Error Log", logged) == 1


def test_whoever_left_after_being_hired_later_is_not_taken_for_the_refusal_of_before(old_applicants):
	"""Oldest first: the later hire is seen after the older no, and stands."""
	first, later = (frappe.get_doc("Job Applicant", name) for name in old_applicants[:2])
	same = {"phone_number": "+8613912340777", "applicant_name": first.applicant_name}
	for applicant in (later, first):
		frappe.db.set_value("Job Applicant", applicant.name, same)
	frappe.db.set_value("Job Offer", {"job_applicant": later.name}, "status", "Accepted")
	employee = hr.hire(
		frappe.get_doc("Job Offer", {"job_applicant": later.name}), date_of_joining=hr.days_ago(900)
	)
	hr.part_with_employee(employee, on=hr.days_ago(100))
	looked = history.run(say=lambda words: None, limit=2)
	assert (looked.kept, looked.hired) == (1, 1)
	assert frappe.db.get_value(POOL, {"job_applicant": later.name}, "state") == "Hired"
