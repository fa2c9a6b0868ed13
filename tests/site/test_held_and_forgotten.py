"""What HR hands somebody who asks is what an erasure would take from them: nothing that names them is left out in silence."""

from collections import defaultdict
from pathlib import Path

import frappe
import pytest
import site_factories as hr
from portal_factories import make_referrer
from referral_factories import applicant_of, followed, make_candidate, make_referral
from sharing_factories import apply_through, make_link

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.api.talent import requests
from referral_hub.messages import service as messages
from referral_hub.referrals.disputes import asking as questions
from referral_hub.referrals.erasure import person, reach
from referral_hub.talent import sending, signals
from referral_hub.talent import service as talent
from referral_hub.talent.cadence import prompts

POOL = "Talent Pool Record"
NAME, EMAIL, PHONE = "Xiawen Duanmuzhi", "xiawen.duanmuzhi@example.com", "13954326541"
WORDS = ("xiawen", "duanmuzhi", PHONE)
HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "hr-talent-pool.md"


@pytest.fixture
def known():
	"""The record of somebody referred, named, interviewed, offered, asked about, written to and of, with tasks, tags and files."""
	candidate = make_candidate(name=NAME, email=EMAIL, phone=PHONE)
	anna = hr.make_employee("Anna", user=True)
	referral = make_referral(anna, hr.make_opening(), candidate, note=f"{NAME} is kind.")
	apply_through(make_link(), candidate, note=f"I am {NAME}")
	applicant = applicant_of(referral)
	record = talent.capture(applicant.name, talent.HAND_PICKED, f"{NAME} wants to come back.")
	frappe.db.set_value(POOL, record, "consent_state", "Given")
	interview = hr.schedule_interview(applicant, hr.make_interview_round(), on=hr.days_ago(-3))
	interview.add_comment("Comment", f"{NAME} called.")
	hr.make_offer(applicant)
	questions.ask(anna.name, referral.name, "Other", f"How is {NAME}?", known="Nothing")
	sending.send_mail(record, f"Hello {NAME}", f"Dear {NAME}")
	signals.add(record, "Interested", f"{NAME} wrote.")
	prompts.remind(record, hr.days_ago(-3), f"{NAME} is back in March.")
	requests.ask(record, make_referrer("Mei").name, words=f"Dear {NAME}")
	task = {"reference_type": "Job Applicant", "reference_name": applicant.name}
	frappe.get_doc(doctype="ToDo", description=f"Call {NAME}", **task).insert()
	frappe.get_doc(
		doctype="Contact", first_name=NAME, email_ids=[{"email_id": EMAIL, "is_primary": 1}]
	).insert()
	assert flow.send_pool_page(record)
	messages.send_pending()
	followed(referral)
	return record


def naming_them() -> set[tuple[str, str]]:
	"""Every row of a DocType of this database in which they stand; a row of a table within a document is the document."""
	columns, within = _texts(), set(frappe.get_all("DocType", {"istable": 1}, pluck="name"))
	return {row for table, names in columns.items() for row in _rows(table, names, table in within)}


def _texts() -> dict[str, list[str]]:
	"""The columns of each DocType that can hold words."""
	found = defaultdict(list)
	of_this_site = "table_schema = database() and table_name like 'tab%%' and character_maximum_length > 10"
	query = f"select table_name, column_name from information_schema.columns where {of_this_site}"
	for table, column in frappe.db.sql(query):
		found[table.removeprefix("tab")].append(column)
	return found


def _rows(doctype: str, columns: list[str], is_within: bool) -> list[tuple[str, str]]:
	if not {"name", "parenttype"}.intersection(columns):
		return []
	said = " or ".join(f"`{column}` like %s" for column in columns for _word in WORDS)
	words = [f"%{word}%" for _column in columns for word in WORDS]
	if is_within:
		return frappe.db.sql(f"select parenttype, parent from `tab{doctype}` where {said}", words)
	names = frappe.db.sql(f"select name from `tab{doctype}` where {said}", words, pluck=True)
	return [(doctype, name) for name in names]


def test_whoever_asks_is_shown_every_record_that_an_erasure_would_take_their_name_from(known):
	shown = flow.held_about(known, with_words=True)
	missing = {
		(doctype, name) for doctype, name in naming_them()
		if name not in shown.get(doctype, ()) and doctype not in reach.NOT_SHOWN
	}  # fmt: skip
	told_to_others = {"Referral Message"}
	assert {doctype for doctype, _name in missing} <= told_to_others
	for doctype in (
		"Referral",
		"Referral Application",
		"Referral Dispute",
		"Referral Event",
		"ToDo",
		"Comment",
	):
		assert shown[doctype] != [], doctype
	flow.erase_person(person.of_record(known), with_hrms=True)
	assert naming_them() == set()


def test_the_export_and_the_page_say_them_and_never_a_colleague_s_pay_or_messages(known, as_user):
	as_user(hr.make_hr_manager().name)
	whole = desk_talent.export(known)
	assert whole[POOL][0]["person_name"] == NAME
	assert whole["Contact"][0]["first_name"] == NAME
	told = {row["name"] for row in whole["Referral Message"]}
	theirs = frappe.get_all("Referral Message", {"pool_record": known}, pluck="name")
	assert (
		told & set(theirs),
		frappe.get_all("Referral Message", {"name": ("in", told), "recipient": ("is", "set")}),
	) == (
		set(theirs),
		[],
	)
	assert reach.NOT_SHOWN.keys() & whole.keys() == set()
	desk_talent.export_page(known)
	page = frappe.local.response.filecontent
	for said in (f"{NAME} called.", f"Call {NAME}", f"How is {NAME}?", f"Dear {NAME}"):
		assert said in page


def test_the_handbook_names_what_is_not_shown():
	handbook = HANDBOOK.read_text()
	assert [doctype for doctype in reach.NOT_SHOWN if f"*{doctype}*" not in handbook] == []
