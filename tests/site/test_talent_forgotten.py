"""Somebody of the pool is forgotten: they count, they are nobody, and nothing older brings them back."""

import frappe
import pytest
import site_factories as hr
from referral_factories import make_candidate, make_referral, unique_phone

from referral_hub import flow
from referral_hub.api import desk_pool, desk_talent
from referral_hub.forgotten import file, journal
from referral_hub.forgotten.file import Line
from referral_hub.matching.contacts import service as contacts
from referral_hub.referrals.erasure import person
from referral_hub.talent import service
from referral_hub.talent.cadence import prompts
from referral_hub.talent.states import Forgotten

POOL = "Talent Pool Record"
COUNTED = ["reason", "reason_given", "company", "designation", "applied_for", "happened_on", "contacts"]


@pytest.fixture
def applicant():
	return hr.make_applicant(hr.make_opening(), phone_number=f"+86{unique_phone()}", lower_range=30000)


@pytest.fixture
def record(applicant):
	return frappe.get_doc(POOL, service.capture(applicant.name, "Withdrawn", "Wants to be near her parents."))


def test_who_is_forgotten_still_counts_and_is_nobody(record):
	said = service.note(record.name, "Call", "She has a second child.", direction="In")
	about = {"attached_to_doctype": "Talent Interaction", "attached_to_name": said}
	photo = frappe.get_doc(doctype="File", file_name="Her child.txt", content=said, **about).insert()
	frappe.delete_doc("File", photo.name)
	record.reload().update({"skills": "welding", "preferences": [{"preference": some_preference()}]})
	record.save()
	before = [record.reload().get(field) for field in COUNTED]
	assert flow.forget_in_pool(record.name, "The time is over.") is True
	record.reload()
	assert [record.get(field) for field in COUNTED] == before
	assert (record.state, record.person_name, record.state_reason) == (
		"Anonymised",
		record.name,
		"The time is over.",
	)
	personal = (
		"email",
		"phone",
		"skills",
		"note",
		"job_applicant",
		"email_key",
		"phone_key",
		"consent_purpose",
	)
	assert [record.get(field) for field in personal] == [None] * len(personal)
	assert record.expected_pay_from == 0
	(contact,) = frappe.get_all(
		"Talent Interaction", {"record": record.name}, ["kind", "direction", "summary"]
	)
	assert contact == {"kind": "Call", "direction": "In", "summary": None}
	assert frappe.get_all("Version", {"docname": record.name}) == []
	assert not frappe.db.exists("Deleted Document", {"deleted_name": photo.name})
	assert flow.forget_in_pool(record.name, "again") is False


def test_of_a_person_whose_time_is_over_nothing_stays_beside_what_is_about_them_either(record):
	"""What a colleague wrote or attached under a contact, and the mail that asked somebody to call."""
	contact = service.note(record.name, "Call", "before", direction="Out")
	prompt = prompts.remind(record.name, hr.days_ago(-3), "She is back in March.")
	frappe.get_doc("Talent Interaction", contact).add_comment(
		"Comment", f"{record.person_name} was cheerful."
	)
	about = {"attached_to_doctype": "Talent Interaction", "attached_to_name": contact}
	file_ = frappe.get_doc(doctype="File", file_name="cv.txt", content=hr.unique("cv"), is_private=1, **about)
	file_.insert()
	mail = {"reference_doctype": "Talent Prompt", "reference_name": prompt, "sender": "hr@example.com"}
	queued = frappe.get_doc(doctype="Email Queue", message=f"Call {record.person_name}", **mail).insert()
	flow.forget_in_pool(record.name, "The time is over.")
	left = {
		"Comment": {"reference_name": contact},
		"File": {"name": file_.name},
		"Email Queue": {"name": queued.name},
	}
	assert {doctype: frappe.db.count(doctype, where) for doctype, where in left.items()} == dict.fromkeys(
		left, 0
	)


def test_nothing_older_brings_a_forgotten_person_back(applicant, record):
	flow.forget_in_pool(record.name, "")
	hr.set_applicant_status(applicant, "Rejected")
	applicant.db_set(
		"referral_hub_reason", frappe.db.get_value("Referral Reason", {"applies_to": "Withdrawn"})
	)
	assert service.look_at([applicant.name]).kept == 0
	with pytest.raises(frappe.ValidationError, match="asked to be forgotten"):
		desk_talent.pick(applicant.name)
	applicant.db_set("creation", f"{hr.days_ago(-2)} 10:00:00")  # they applied anew
	assert service.look_at([applicant.name]).kept == 1


def test_a_forgotten_person_is_not_called_written_about_or_taken_back(record):
	service.note(record.name, "Call", "before", direction="Out")
	flow.forget_in_pool(record.name, "")
	with pytest.raises(Forgotten):
		service.note(record.name, "Call", "after", direction="Out")
	with pytest.raises(Forgotten):
		desk_pool.call_back(record.name, hr.make_opening().name)
	desk_talent.contact_again(record.name)
	record.reload().update({"skills": "welding", "person_name": "Somebody"})
	record.save()
	assert (record.reload().state, record.skills, record.person_name) == ("Anonymised", None, record.name)


@pytest.mark.parametrize("ended", ["do_not_contact", "forget_in_pool", "hired"])
def test_nobody_is_asked_any_more_to_call_who_said_no_was_hired_or_is_forgotten(record, ended):
	task = frappe.get_doc(
		doctype="ToDo", description="Call", reference_type=POOL, reference_name=record.name
	).insert()
	about = {"reference_type": "Job Applicant", "reference_name": record.job_applicant}
	other = frappe.get_doc(doctype="ToDo", description="Read", **about).insert()
	{
		"do_not_contact": lambda: desk_talent.do_not_contact(record.name, "No."),
		"forget_in_pool": lambda: service.stop(record.name, "Over."),
		"hired": lambda: service.put(record.name, service.HIRED),
	}[ended]()
	assert (task.reload().status, other.reload().status) == ("Cancelled", "Open")
	assert service.stop(record.name, "again") == 0


def test_why_a_task_ended_is_said_in_the_language_of_whoever_had_it(record):
	reader = hr.make_user(roles=("HR User",))
	reader.db_set("language", "zh")
	about = {"reference_type": POOL, "reference_name": record.name, "allocated_to": reader.name}
	task = frappe.get_doc(doctype="ToDo", description="Call", **about).insert()
	service.put(record.name, service.HIRED)
	said = {"reference_doctype": "ToDo", "reference_name": task.name, "comment_type": "Info"}
	assert frappe.get_all("Comment", said, pluck="content") == ["已录用"]


def test_a_number_that_somebody_else_has_too_is_not_known_as_forgotten(record):
	"""By it a restore would delete the other person, and the pool would never keep them."""
	other = hr.make_applicant(hr.make_opening(), name="Somebody Else", phone_number=record.phone)
	forgotten = person.of_record(record.name)
	assert other.name not in forgotten.applicants
	assert person.hashes_of(forgotten) == {record.email_key}
	flow.forget_in_pool(record.name, "The time is over.")
	assert journal.since([record.phone_key]) is None
	assert journal.since([record.email_key]).extent == journal.POOL


def test_a_user_who_asks_the_platform_to_be_deleted_leaves_what_we_hold(monkeypatch):
	"""Their own request, which the platform carries out by `user_data_fields`; the application is HRMS's."""
	user = hr.make_user().name
	referral = make_referral(candidate=make_candidate(name="Wen Lan", email=user), note="Knows welding.")
	kept = frappe.get_doc(POOL, service.capture(referral.job_applicant, service.HAND_PICKED))
	monkeypatch.setattr(frappe, "sendmail", lambda **_mail: None)
	request = frappe.get_doc(doctype="Personal Data Deletion Request", email=user).insert()
	request._PersonalDataDeletionRequest__set_anonymization_data(user, request.name)
	for about in frappe.get_hooks("user_data_fields"):
		if about["doctype"] in (POOL, "Referral"):
			request.redact_full_match_data(about, user)
	for doctype, name in ((POOL, kept.name), ("Referral", referral.name)):
		row = frappe.get_doc(doctype, name).get_valid_dict() | {"job_applicant": None}
		told = ("Wen Lan", user, referral.candidate_phone, "Knows welding.")
		assert [word for word in told if word in str(row)] == []


def test_an_erasure_is_known_outside_the_database_once_it_is_committed(commits, record):
	commits.at_end(lambda: file.path().unlink(missing_ok=True))
	keys = {record.email_key, record.phone_key}
	flow.erase_person(person.of_record(record.name), with_hrms=True)
	assert not keys & {line.key for line in file.lines()}
	frappe.db.commit()
	assert keys <= {line.key for line in file.lines() if line.extent == "With HRMS"}
	assert journal.owed() == {}
	assert record.email not in file.path().read_text()
	frappe.db.delete(
		"Forgotten Person", {"name": ("in", sorted(keys))}
	)  # as a restore of an older backup does
	assert journal.owed().keys() == keys


def test_a_crash_between_commit_and_file_is_healed_the_next_day(commits, record):
	commits.at_end(lambda: file.path().unlink(missing_ok=True))
	journal.remember({record.email_key}, journal.POOL)
	frappe.db.commit()
	file.path().write_text('{"key": "torn')
	assert journal.keep() >= 1
	assert record.email_key in {line.key for line in file.lines()}
	assert journal.keep() == 0


def test_a_contact_that_a_backup_brought_back_is_forgotten_again_and_one_kept_since_stays(
	own_index, monkeypatch
):
	"""Nobody but a colleague knew them when the backup was made. Whose time in the pool was over asked for nothing."""
	anna, owed = hr.make_employee().name, {}
	for extent, kept_on in ((journal.WITH_HRMS, 3), (journal.WITH_HRMS, 0), (journal.POOL, 3)):
		mail = hr.unique_email()
		name = contacts.add_line(anna, f"{extent} {kept_on}, {mail}", "CN")
		frappe.db.set_value("Referral Contact", name, "creation", hr.days_ago(kept_on))
		(key,) = journal.hashes_of([mail], [], [])
		owed[key] = Line(key, f"{hr.days_ago(1)} 10:00:00", extent, "")
	monkeypatch.setattr(journal, "owed", lambda: owed)
	assert flow.forget_contacts_again() == 1
	left = [contacts.find(anna, name).name for name in contacts.search(anna, "")]
	assert sorted(left) == [f"{journal.POOL} 3", f"{journal.WITH_HRMS} 0"]
	assert flow.forget_contacts_again() == 0


def some_preference() -> str:
	return frappe.get_all("Talent Preference", pluck="name", limit=1)[0]
