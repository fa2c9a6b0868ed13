"""HR finds two people in one record and says which facts are whose: both records are right, and stay so."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, now_datetime, today
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral, unique_phone

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.api.talent import calls, parting, requests
from referral_hub.referrals.erasure import person as people_of
from referral_hub.talent import keeping, keys, service, signals
from referral_hub.talent.archive import former
from referral_hub.talent.cadence import people as cadence
from referral_hub.talent.cadence import planning, prompts
from referral_hub.talent.parting.splitting import NotParted
from referral_hub.talent.rules.reasons import HAND_PICKED
from referral_hub.talent.templates import marked_links

POOL, CONTACT = "Talent Pool Record", "Talent Interaction"


def apply(name: str, number: str, **fields):
	return hr.make_applicant(hr.make_opening(), name=name, phone_number=number, **fields)


@pytest.fixture
def numbers():
	return f"+86{unique_phone()}", f"+86{unique_phone()}"


@pytest.fixture
def two(numbers):
	"""A mother and her son, of whom HR said that they are one: the son applied with her number, and declined."""
	mother, son = apply("Ruan Wenjing", numbers[0]), apply("Deng Siyuan", numbers[0])
	kept = service.capture(mother.name, HAND_PICKED)
	hr.answer_offer(hr.make_offer(son), "Rejected")
	service.look_at([son.name])
	other = frappe.db.get_value(POOL, {"job_applicant": son.name})
	return mother, son, frappe.get_doc(POOL, desk_talent.are_one(kept, other))


def split(record, name="Deng Siyuan", stays_as="Ruan Wenjing", has_decided=0, **chosen) -> str:
	return parting.split(record.name, name, stays_as, frappe.as_json(chosen), has_decided)


def shown(record: str) -> set[str]:
	return {row["name"] for row in desk_talent.archive(record)["applications"]}


def test_each_gets_what_is_theirs_and_the_next_look_leaves_them_two(two):
	mother, son, record = two
	prompt = prompts.remind(record.name, add_days(today(), 3))
	frappe.db.set_value("Talent Prompt", prompt, {"state": "Snoozed", "until": today()})
	prompts.wake(prompt)
	said = {who: service.note(record.name, "Call", f"{who} spoke.", direction="Out") for who in ("He", "She")}
	mail = calls.send_mail(record.name, "The harbour", "Hello")
	waits = prompts.remind(record.name, add_days(today(), 9))
	frappe.db.set_value(
		"Talent Prompt", waits, {"state": "Snoozed", "until": today(), "person_name": "Deng Siyuan"}
	)
	prompts.wake(waits)
	named = (prompt, waits)
	page = keeping.link_of(record.name).rpartition("/")[2]
	facts = parting.facts(record.name)
	assert {row["name"] for row in facts["applications"]} == {mother.name, son.name}
	assert {row["name"] for row in facts["contacts"]} == {*said.values(), mail}
	other = frappe.get_doc(POOL, split(record, applications=[son.name], contacts=[said["He"], mail]))
	record.reload()
	assert (record.person_name, record.email, record.job_applicant) == (
		"Ruan Wenjing",
		mother.email_id,
		mother.name,
	)
	assert (other.person_name, other.email, other.job_applicant) == ("Deng Siyuan", son.email_id, son.name)
	assert (record.reason, other.reason, other.state) == (HAND_PICKED, "Declined Offer", "In Pool")
	assert (record.contacts, other.contacts) == (1, 2)
	assert frappe.db.get_value("Communication", {"subject": "The harbour"}, "reference_name") == other.name
	assert (shown(record.name), shown(other.name)) == ({mother.name}, {son.name})
	assert keeping.opened_by(page) is None
	for name, mine in ((named[0], other), (named[1], record)):
		assert frappe.db.get_value("Talent Prompt", name, ["record", "person_name"]) == (
			mine.name,
			mine.person_name,
		)
	task = frappe.db.get_value("ToDo", {"reference_name": named[1]}, "description")
	assert "Ruan Wenjing" in task and "Deng Siyuan" not in task
	for applicant, mine in ((mother, record), (son, other)):
		assert service.capture(applicant.name, HAND_PICKED) == mine.name
		again = apply(applicant.applicant_name, applicant.phone_number, email=applicant.email_id)
		assert service.capture(again.name, HAND_PICKED) == mine.name
	assert desk_talent.archive(record.name)["ties"] == desk_talent.archive(other.name)["ties"] == []
	for each, about in ((record, other), (other, record)):
		where = {"reference_name": each.name, "comment_type": "Info", "content": ("like", f"%{about.name}%")}
		assert frappe.db.exists("Comment", where)


def test_a_step_that_the_other_person_answered_is_asked_of_who_stays(two, monkeypatch):
	mother, _son, record = two
	monkeypatch.setattr(cadence, "_is_day_off", lambda *_of: False)
	hr.set_applicant_status(mother, "Rejected")
	before = add_days(today(), -31)
	record.db_set({"happened_on": before, "state_on": before})
	prompt = prompts.ask(record.name)
	said = service.note(record.name, "Call", "She answered.", direction="Out")
	chosen = {"applications": [mother.name], "contacts": [said]}
	other = split(record, "Ruan Wenjing", "Deng Siyuan", **chosen)
	moved = frappe.db.get_value("Talent Prompt", prompt, ["record", "prompt_key"])
	assert moved == (other, f"{other}:{before}:30")
	again = prompts.ask(record.name)
	assert frappe.db.get_value("Talent Prompt", again, ["record", "after_days"]) == (record.name, 30)


@pytest.mark.parametrize(
	("applied", "stays", "reason"), [(0, False, "Declined Offer"), (-31, True, HAND_PICKED)]
)
def test_a_step_that_waits_goes_with_the_day_it_counts_from_and_says_why_that_person_is_called(
	two, monkeypatch, applied, stays, reason
):
	mother, son, record = two
	monkeypatch.setattr(cadence, "_is_day_off", lambda *_of: False)
	hr.set_applicant_status(mother, "Rejected")
	before = add_days(today(), -31)
	frappe.db.set_value("Job Offer", {"job_applicant": son.name}, "offer_date", before)
	for applicant, days in ((son, -31), (mother, applied)):
		frappe.db.set_value("Job Applicant", applicant.name, "creation", add_days(today(), days))
	record.db_set({"job_applicant": son.name, "reason": "Declined Offer"})
	record.db_set({"happened_on": before, "state_on": before})
	prompt = frappe.get_doc("Talent Prompt", prompts.ask(record.name))
	prompt.db_set("caller", "Administrator")
	prompts.assign(prompt)
	other = split(record, applications=[son.name])
	prompt.reload()
	name, whose = ("Ruan Wenjing", record.name) if stays else ("Deng Siyuan", other)
	assert (prompt.record, prompt.prompt_key) == (whose, f"{whose}:{before}:30")
	assert frappe.db.get_value("ToDo", {"reference_name": prompt.name, "status": "Open"}, "description") == (
		f"Call {name}. 31 days since: {reason}."
	)


def test_whose_application_is_open_is_not_called_and_what_an_older_one_says_is_not_lost(two, numbers):
	mother, son, record = two
	again = apply("Deng Siyuan", numbers[0], email=son.email_id)
	other = split(record, applications=[son.name, again.name])
	assert why_is_kept(record.name) == (HAND_PICKED, "Matched", mother.name)
	assert why_is_kept(other) == ("Declined Offer", "Matched", again.name)


def test_an_application_that_ended_without_a_reason_leaves_the_reason_of_an_older_one(two, numbers):
	_mother, son, record = two
	hr.set_applicant_status(apply("Deng Siyuan", numbers[0], email=son.email_id), "Rejected")
	chosen = [
		row["name"] for row in parting.facts(record.name)["applications"] if row["email"] == son.email_id
	]
	assert len(chosen) == 2
	assert why_is_kept(split(record, applications=chosen)) == ("Declined Offer", "In Pool", son.name)


def why_is_kept(record: str) -> tuple:
	return frappe.db.get_value(POOL, record, ["reason", "state", "job_applicant"])


def test_what_two_records_that_became_one_had_from_the_other_s_application_goes_with_it(numbers):
	"""The one that stays names an application of its own person, and was filled with what only the other knew."""
	son = hr.set_applicant_status(apply("Deng Siyuan", numbers[0]), "Rejected")
	withdrawn = frappe.db.get_value("Referral Reason", {"applies_to": "Withdrawn", "enabled": 1}, "name")
	said = {"referral_hub_reason": withdrawn, "referral_hub_hint": "He wanted 30 % more."}
	son.db_set({**said, "resume_attachment": "/private/files/Deng_Siyuan_CV.pdf"})
	service.look_at([son.name])
	his = frappe.get_doc(POOL, {"job_applicant": son.name})
	his.db_set({"matched_on": son.creation})
	hers = service.capture(apply("Ruan Wenjing", numbers[0]).name, HAND_PICKED)
	record = frappe.get_doc(POOL, desk_talent.are_one(hers, his.name))
	fields = ["resume", "reason_given", "reason_text", "matched_on"]
	assert (record.name, all(record.get(field) for field in fields)) == (hers, True)
	other = split(record, applications=[son.name])
	assert frappe.db.get_value(POOL, hers, fields) == (None,) * 4
	assert frappe.db.get_value(POOL, other, fields[:3]) == (
		"/private/files/Deng_Siyuan_CV.pdf",
		withdrawn,
		"He wanted 30 % more.",
	)


def test_a_link_to_our_openings_that_was_sent_before_is_neither_s(two):
	mother, _son, record = two
	record.db_set("consent_state", "Given")
	before = token_of(record.name)
	assert marked_links.opened_by(before).name == record.name
	split(record, "Ruan Wenjing", "Deng Siyuan", applications=[mother.name])
	assert marked_links.opened_by(before) is None
	assert marked_links.opened_by(token_of(record.name)).name == record.name


def token_of(record: str) -> str:
	return marked_links.address_of(record).rpartition("/")[2]


@pytest.mark.parametrize("has_decided", [0, 1])
def test_a_signal_goes_with_the_consent_by_which_it_was_kept(two, has_decided):
	_mother, son, record = two
	record.db_set("consent_state", "Given")
	signal = signals.add(record.name, "Interested", "He asked.")
	other = split(record, applications=[son.name], signals=[signal], has_decided=has_decided)
	assert frappe.db.get_value("Talent Signal", signal, "record") == (other if has_decided else None)


def test_a_colleague_reads_nobody_but_whom_they_were_asked_about_and_words_go_with_whom_they_name(two):
	_mother, son, record = two
	prompt = prompts.remind(record.name, add_days(today(), 3))
	prompts.skip(prompt, "Ruan Wenjing says that Deng Siyuan is away.")
	asked = requests.ask(record.name, make_referrer("Mei").name, subject="Hello", words="Dear Deng Siyuan")
	other = split(record, applications=[son.name])
	fields = ["record", "person_name", "state", "closed_because"]
	assert frappe.db.get_value("Recall Request", asked, fields) == (
		other,
		"Deng Siyuan",
		"Withdrawn",
		"Two people were in this record.",
	)
	assert frappe.db.get_value("Talent Prompt", prompt, ["record", "closed_because"]) == (
		record.name,
		f"Ruan Wenjing says that {other} is away.",
	)


def test_who_has_answered_is_asked_no_more_and_who_rested_for_the_other_s_silence_is(two):
	mother, _son, record = two
	hr.set_applicant_status(mother, "Rejected")
	hers = [service.note(record.name, "Call", "Nobody there.", direction="Out") for _time in range(3)]
	planning.store([record.name])
	assert frappe.db.get_value(POOL, record.name, "state") == "Resting"
	other = split(record, "Ruan Wenjing", "Deng Siyuan", applications=[mother.name], contacts=hers)
	assert [frappe.db.get_value(POOL, name, "state") for name in (record.name, other)] == [
		"In Pool",
		"Resting",
	]


def test_an_answer_that_goes_to_the_other_person_still_ends_their_asking(two):
	_mother, son, record = two
	his = service.note(record.name, "Call", "Not this year.", direction="In")
	other = split(record, applications=[son.name], contacts=[his])
	assert frappe.db.get_value(POOL, other, ["state", "next_prompt_on"]) == ("In Pool", None)


def test_who_stays_is_not_hired_because_the_other_works_here(two):
	mother, _son, record = two
	hr.make_employee("Wenjing", personal_email=mother.email_id)
	service.look_at([mother.name])
	assert frappe.db.get_value(POOL, record.name, "state") == "Hired"
	other = split(record, "Ruan Wenjing", "Deng Siyuan", applications=[mother.name])
	assert [frappe.db.get_value(POOL, name, ["state", "hired_on"]) for name in (record.name, other)] == [
		("In Pool", None),
		("Hired", getdate(today())),
	]


def test_each_is_forgotten_alone(two):
	mother, son, record = two
	other = split(record, applications=[son.name])
	assert not frappe.db.exists("Version", {"ref_doctype": POOL, "docname": record.name})
	assert people_of.of_record(record.name).applicants == {mother.name}
	flow.erase_person(people_of.of_record(other), with_hrms=True)
	assert frappe.db.get_value(POOL, other, "state") == "Anonymised"
	assert frappe.db.get_value("Job Applicant", mother.name, "applicant_name") == "Ruan Wenjing"
	record.reload()
	assert (record.person_name, record.email, record.state) == ("Ruan Wenjing", mother.email_id, "Matched")
	assert not {row.contact for row in former.of([record.name])[record.name]} & {son.email_id}
	assert service.capture(mother.name, HAND_PICKED) == record.name


def test_the_referral_and_the_pay_that_a_record_had_from_the_other_s_application_are_the_other_s(numbers):
	"""A record names one application and has the referral of an earlier one: here that of two people."""
	son = make_referral(candidate=make_candidate(name="Deng Siyuan", phone=numbers[0]))
	mother = apply("Ruan Wenjing", numbers[0])
	record = frappe.get_doc(POOL, service.capture(mother.name, HAND_PICKED))
	about = {"referral": son.name, "first_referral": son.name, "first_referrer": son.referrer}
	record.db_set({**about, "referrer": son.referrer, "expected_pay_from": 5000})
	son.db_set("note", "Welds since 2009.")
	record.db_set("note", "Speaks Wu.\nWelds since 2009.")
	email, _phone = keys_of_candidate(son)
	former.remember(record.name, [email], is_confirmed=True)
	assert people_of.of_record(record.name).referrals == {son.name}
	other = split(record, applications=[son.job_applicant])
	fields = ["referral", "first_referral", "first_referrer", "expected_pay_from", "job_applicant"]
	assert frappe.db.get_value(POOL, record.name, fields) == (None, None, None, 0, mother.name)
	assert frappe.db.get_value(POOL, other, fields[:3]) == (son.name, son.name, son.referrer)
	notes = [frappe.db.get_value(POOL, name, "note") for name in (record.name, other)]
	assert notes == ["Speaks Wu.", "Welds since 2009."]
	found = people_of.of_record(record.name)
	assert (found.referrals, found.applicants) == (set(), {mother.name})


def test_what_somebody_said_on_the_page_of_their_referral_is_theirs_whatever_hr_ticks(numbers):
	son = make_referral(candidate=make_candidate(name="Deng Siyuan", phone=numbers[0]))
	mother = apply("Ruan Wenjing", numbers[0])
	record = frappe.get_doc(POOL, service.capture(mother.name, HAND_PICKED))
	email, _phone = keys_of_candidate(son)
	former.remember(record.name, [email], is_confirmed=True)
	son.db_set({"consent_state": "Given", "consent_text": "Keep me in mind."})
	record.db_set({"consent_state": "Given", "consent_purpose": "Keep me in mind."})
	son.db_set("erasure_asked_on", now_datetime())
	other = split(record, applications=[son.job_applicant])
	fields = ["state", "consent_state", "consent_purpose"]
	assert frappe.db.get_value(POOL, record.name, fields) == ("In Pool", "Not Asked", None)
	assert frappe.db.get_value(POOL, other, fields) == ("Do Not Contact", "Withdrawn", "Keep me in mind.")


def test_nobody_is_deleted_because_the_other_asked_for_it_on_the_page_of_their_referral(numbers):
	son = make_referral(candidate=make_candidate(name="Deng Siyuan", phone=numbers[0]))
	mother = apply("Ruan Wenjing", numbers[0])
	record = frappe.get_doc(POOL, service.capture(mother.name, HAND_PICKED))
	email, _phone = keys_of_candidate(son)
	former.remember(record.name, [email], is_confirmed=True)
	flow.ask_for_deletion(son.name)
	assert frappe.db.get_value(POOL, record.name, ["state", "erasure_due_on"])[0] == "Do Not Contact"
	other = split(record, applications=[son.job_applicant])
	fields = ["state", "erasure_asked_on", "erasure_due_on"]
	assert frappe.db.get_value(POOL, record.name, fields) == ("In Pool", None, None)
	assert frappe.db.get_value(POOL, other, "state") == "Do Not Contact"
	assert all(frappe.db.get_value(POOL, other, fields))


def keys_of_candidate(referral) -> list[former.Contact]:
	person = keys.read(referral.candidate_name, referral.candidate_email, referral.candidate_phone, None)
	hashes = keys.hashes_of(person)
	return former.contacts_of({**hashes, "email": person.email, "phone": person.phone})


def test_a_no_and_a_contact_that_stands_on_no_application_go_where_hr_says(two, numbers):
	_mother, son, record = two
	before = f"old-{son.email_id}"
	key = {"email": before, "email_key": service_hash(before)}
	former.remember(record.name, former.contacts_of(key))
	desk_talent.do_not_contact(record.name, "Leave me alone.")
	facts = parting.facts(record.name)
	(loose,) = facts["addresses"]
	assert (loose["kind"], loose["contact"]) == ("Email", before)
	other = split(record, applications=[son.name], addresses=[loose["name"]], has_decided=1)
	states = dict(
		frappe.get_all(POOL, {"name": ("in", (record.name, other))}, ["name", "state"], as_list=True)
	)
	assert states == {record.name: "Matched", other: "Do Not Contact"}
	again = apply("Deng Siyuan", numbers[1], email=before)
	assert service.capture(again.name, HAND_PICKED) == other


def service_hash(email: str) -> str:
	return keys.hashes_of(keys.read("Deng Siyuan", email, None, None))["email_key"]


def test_what_would_make_one_of_them_again_or_is_not_theirs_is_refused_and_nothing_is_changed(two, numbers):
	mother, son, record = two
	again = apply("Deng Siyuan", numbers[1], email=mother.email_id)
	before = frappe.db.get_value(POOL, record.name, ["modified", "email_key", "phone_key"])
	for chosen, said in (
		({"applications": [son.name, again.name]}, "an e-mail is one person's"),
		({"contacts": []}, "by it they are known"),
		({"applications": [mother.name, son.name, again.name]}, "has to stay"),
		({"applications": ["nobody's"]}, "not in this record any more"),
		({"applications": "x"}, "not in this record any more"),
	):
		with pytest.raises(NotParted, match=said):
			split(record, **chosen)
	with pytest.raises(NotParted, match="not in this record any more"):
		parting.split(record.name, "Deng Siyuan", "Ruan Wenjing", "{")
	with pytest.raises(NotParted, match="Two people may share a number"):
		split(record, name="Ruan Wenjing", applications=[son.name])
	assert frappe.db.get_value(POOL, record.name, ["modified", "email_key", "phone_key"]) == before


def test_only_hr_who_may_write_the_record_tells_them_apart(two, as_user):
	_mother, son, record = two
	colleague, recruiter = (hr.make_user(roles=(role,)).name for role in ("Interviewer", "HR User"))
	as_user(colleague)
	for refused in (lambda: parting.facts(record.name), lambda: split(record, applications=[son.name])):
		with pytest.raises(frappe.PermissionError):
			refused()
	as_user(recruiter)
	other = split(record, applications=[son.name])
	assert frappe.db.get_value(POOL, other, "owner") == recruiter
