"""Somebody of the pool has another e-mail and number now: under the old ones they are still the same record, and nobody else is."""

import frappe
import pytest
import site_factories as hr
from referral_factories import unique_phone

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.forgotten import journal
from referral_hub.referrals.erasure import person
from referral_hub.talent import keys, service
from referral_hub.talent.rules.reasons import HAND_PICKED

POOL, FORMER = "Talent Pool Record", "Talent Former Key"
NAME = "Shangguan Yue"


class Moved:
	"""Somebody who was kept under one address and number, which HR corrected in HRMS since."""

	def __init__(self):
		self.old_email, self.old_phone = hr.unique_email("before"), f"+86{unique_phone()}"
		self.first = apply(NAME, self.old_email, self.old_phone)
		keep(self.first)
		self.first.update({"email_id": hr.unique_email("now"), "phone_number": f"+86{unique_phone()}"})
		self.first.save()
		self.record = keep(self.first)


def apply(name: str, email: str, phone: str):
	return hr.make_applicant(hr.make_opening(), name=name, email=email, phone_number=phone)


def keep(applicant):
	return frappe.get_doc(POOL, service.capture(applicant.name, HAND_PICKED))


def new_phone() -> str:
	return f"+86{unique_phone()}"


def ties(record) -> list[str]:
	return [row["name"] for row in desk_talent.archive(record.name)["ties"]]


@pytest.fixture
def moved():
	return Moved()


def test_what_hr_corrected_is_kept_and_shown(moved):
	assert (moved.record.email, moved.record.phone) == (moved.first.email_id, moved.first.phone_number)
	shown = desk_talent.archive(moved.record.name)["former"]
	assert {(row["kind"], row["contact"]) for row in shown} == {
		("Email", moved.old_email),
		("Phone", moved.old_phone),
	}
	keep(moved.first)
	assert frappe.db.count(FORMER, {"record": moved.record.name}) == 2


@pytest.mark.parametrize("kept", ["e-mail", "number"])
def test_who_applies_again_under_the_old_one_is_the_same_record_with_all_their_applications(moved, kept):
	email = moved.old_email if kept == "e-mail" else hr.unique_email("third")
	again = apply(NAME, email, moved.old_phone if kept == "number" else new_phone())
	before = {row["name"] for row in desk_talent.archive(moved.record.name)["applications"]}
	assert before == {moved.first.name, again.name}
	assert keep(again).name == moved.record.name
	shown = {row["name"] for row in desk_talent.archive(moved.record.name)["applications"]}
	assert shown == {moved.first.name, again.name}


def test_mails_to_the_old_address_are_theirs(moved):
	about = {"reference_doctype": "Job Applicant", "reference_name": moved.first.name}
	mail = {"subject": "Your start", "content": "Come on Monday.", "recipients": moved.old_email}
	communication = {"communication_type": "Communication", "sent_or_received": "Sent"}
	frappe.get_doc(doctype="Communication", **communication, **about, **mail).insert()
	(shown,) = desk_talent.archive(moved.record.name)["mails"]
	assert (shown["subject"], shown["is_with_them"]) == ("Your start", True)


def test_a_number_that_was_given_out_again_is_another_person_s(moved):
	heir = keep(apply("Pan Lu", hr.unique_email(), moved.old_phone))
	assert heir.name != moved.record.name
	assert (ties(heir), ties(moved.record), heir.may_be_twice) == ([], [], 0)
	own = {row["name"] for row in desk_talent.archive(moved.record.name)["applications"]}
	assert own == {moved.first.name}


def test_another_name_under_the_old_address_is_for_hr_to_say(moved):
	other = keep(apply("Yue Sheung", moved.old_email, new_phone()))
	assert (other.name != moved.record.name, other.may_be_twice) == (True, 1)
	assert (ties(other), ties(moved.record)) == ([moved.record.name], [other.name])
	desk_talent.are_two(other.name)
	keep(apply("Yue Sheung", moved.old_email, new_phone()))
	assert (ties(other), ties(moved.record)) == ([], [])


def test_hr_says_that_the_other_name_is_the_same_person_and_it_stays_so(moved):
	other = keep(apply("Yue Sheung", moved.old_email, new_phone()))
	stays = desk_talent.are_one(moved.record.name, other.name)
	for name, email, phone in (
		("Yue Sheung", moved.old_email, new_phone()),
		(NAME, moved.first.email_id, new_phone()),
		(NAME, hr.unique_email(), other.phone),
	):
		assert keep(apply(name, email, phone)).name == stays
	row = frappe.get_doc(POOL, stays)
	assert (bool(row.phone_key), row.may_be_twice, ties(row)) == (True, 0, [])


def test_two_records_that_become_one_keep_the_contacts_of_both(moved):
	other = keep(apply(NAME, hr.unique_email("other"), new_phone()))
	both = keep(apply(NAME, moved.first.email_id, other.phone))
	assert both.name == moved.record.name and not frappe.db.exists(POOL, other.name)
	assert keep(apply(NAME, other.email, new_phone())).name == both.name


def test_an_application_that_names_an_older_address_changes_nothing_but_that_it_is_known(moved):
	older = apply(NAME, hr.unique_email("oldest"), moved.record.phone)
	hr.set_applicant_status(older, "Rejected").db_set(
		"referral_hub_reason", frappe.db.get_value("Referral Reason", {"applies_to": "Withdrawn"})
	)
	moved.record.db_set("happened_on", hr.days_ago(-1))
	service.look_at([older.name])
	assert moved.record.reload().email == moved.first.email_id
	assert keep(apply(NAME, older.email_id, new_phone())).name == moved.record.name


def test_of_who_is_forgotten_the_old_ones_go_too_and_bring_nobody_back(moved):
	again = apply(NAME, moved.old_email, new_phone())
	whole = desk_talent.export(moved.record.name)
	assert {row["contact"] for row in whole[FORMER]} == {moved.old_email, moved.old_phone}
	assert "key_hash" not in whole[FORMER][0]
	hashes = keys.hashes_of(keys.read("", moved.old_email, moved.old_phone, "CN"))
	assert flow.forget_in_pool(moved.record.name, "The time is over.")
	rows = frappe.get_all(FORMER, {"record": moved.record.name}, ["contact", "key_hash", "is_confirmed"])
	assert [tuple(row.values()) for row in rows] == [(None, None, 0)] * 2
	assert journal.since(hashes.values()).extent == journal.POOL
	frappe.db.set_value("Job Applicant", again.name, "creation", f"{hr.days_ago(9)} 10:00:00")
	with pytest.raises(frappe.ValidationError, match="asked to be forgotten"):
		desk_talent.pick(again.name)


def test_who_is_forgotten_by_an_old_address_is_forgotten_in_the_pool_too(moved):
	again = apply(NAME, moved.old_email, new_phone())
	heir = apply("Pan Lu", hr.unique_email(), moved.old_phone)
	assert person.of_applicant(again.name).records == {moved.record.name}
	assert person.of_applicant(heir.name).records == set()


def test_who_has_an_old_address_by_now_is_not_erased_with_whom_it_was(moved):
	heir = keep(apply("Pan Lu", moved.old_email, new_phone()))
	again = apply(NAME, moved.old_email, new_phone())
	found = person.of_record(moved.record.name)
	assert (found.applicants, found.records) == ({moved.first.name, again.name}, {moved.record.name})
	flow.erase_person(found, with_hrms=True)
	assert heir.reload().email == moved.old_email
	left = frappe.db.get_value("Job Applicant", heir.job_applicant, ["applicant_name", "email_id"])
	assert left == ("Pan Lu", moved.old_email)
	assert keep(apply("Pan Lu", moved.old_email, new_phone())).name == heir.name
