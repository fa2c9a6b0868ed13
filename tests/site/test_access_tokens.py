"""Signed links: what is stored, what opens, and that all that opens nothing is alike."""

import frappe
import pytest
import site_factories as hr

from referral_hub import kept, tokens
from referral_hub.referrals.rules.tokens import digest
from referral_hub.tokens import Subject


@pytest.fixture
def subject():
	return Subject("Employee", hr.make_employee().name)


def issue(subject, days: int = 10) -> str:
	return tokens.issue("Candidate", *subject, days)


def row_of(token: str):
	return frappe.get_doc("Access Token", {"token_hash": digest("Candidate", token)})


def test_a_token_opens_its_subject_for_its_purpose_alone(subject):
	token = issue(subject)
	assert tokens.read("Candidate", token) == subject
	assert tokens.read("Refer", token) is None


def test_only_a_hash_is_stored(subject):
	token = issue(subject)
	stored = frappe.db.sql("select * from `tabAccess Token` where subject = %s", subject.name)
	assert token not in str(stored)
	assert row_of(token).token_hash == digest("Candidate", token)


def test_whatever_opens_nothing_gives_the_same_answer(subject):
	expired, revoked, gone = issue(subject), issue(subject), issue(subject)
	row_of(expired).db_set("expires_on", hr.days_ago(1))
	row_of(revoked).db_set("revoked", 1)
	row_of(gone).db_set("subject", "REF-none")
	for token in (
		expired,
		revoked,
		gone,
		"0" * 32,
		"",
		None,
		"x" * 5000,
		issue(subject).upper(),
		"' or 1=1 --",
	):
		assert tokens.read("Candidate", token) is None


def test_a_revoked_link_stays_dead_when_a_new_one_is_issued(subject):
	first, second = issue(subject), issue(subject)
	assert tokens.revoke("Candidate", subject) == 2
	third = issue(subject)
	assert [tokens.read("Candidate", token) for token in (first, second, third)] == [None, None, subject]
	assert tokens.revoke("Refer", subject) == 0


def test_a_reissued_token_is_the_only_one_that_works(subject):
	first = issue(subject)
	second = tokens.reissue("Candidate", *subject, 10)
	assert [tokens.read("Candidate", token) for token in (first, second)] == [None, subject]


def test_an_employee_who_is_renamed_keeps_the_card_and_one_who_is_deleted_loses_it():
	employee = hr.make_employee()
	token = tokens.issue("Refer", "Employee", employee.name, 10)
	new = frappe.rename_doc("Employee", employee.name, f"{employee.name}-B", show_alert=False)
	assert tokens.read("Refer", token) == Subject("Employee", new)
	frappe.delete_doc("Employee", new, force=True)
	assert tokens.read("Refer", token) is None
	assert not frappe.db.exists("Access Token", {"subject": new})


def test_a_token_does_not_keep_hr_from_deleting_an_employee():
	employee = hr.make_employee()
	tokens.issue("Refer", "Employee", employee.name, 10)
	frappe.delete_doc("Employee", employee.name)
	assert not frappe.db.exists("Employee", employee.name)


def test_nobody_writes_or_deletes_a_token_by_hand(subject):
	row = row_of(issue(subject))
	for attempt in (row.save, row.delete, frappe.copy_doc(row).insert):
		with pytest.raises(kept.KeptByTheApp):
			attempt()


def test_what_ended_long_ago_is_deleted_and_nothing_else(subject):
	old, revoked, fresh = issue(subject), issue(subject), issue(subject)
	row_of(old).db_set("expires_on", hr.days_ago(91))
	row_of(revoked).db_set({"revoked": 1, "revoked_on": hr.days_ago(91)})
	assert tokens.forget_old() == 2
	assert frappe.get_all("Access Token", {"subject": subject.name}, pluck="token_hash") == [
		digest("Candidate", fresh)
	]
