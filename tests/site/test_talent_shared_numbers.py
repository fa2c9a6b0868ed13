"""A family has one number: two people are two records, one person is one, and HR says what nobody can know."""

import frappe
import pytest
import site_factories as hr
from referral_factories import unique_phone
from reward_processes import CONNECT, commit_quietly, run_each

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.referrals.erasure import person
from referral_hub.talent import service, signals
from referral_hub.talent.capturing.ties import NotTied
from referral_hub.talent.rules.reasons import HAND_PICKED
from referral_hub.talent.rules.signals import Signal

POOL = "Talent Pool Record"
CAPTURE = (
	CONNECT
	+ """
from referral_hub.talent import service as talent
frappe.db.count("Talent Pool Record")  # its view of the database begins before the other's commit
retry_deadlocks(lambda: talent.capture(sys.argv[1], "Hand-picked"))
commit_quietly()
print(1)
"""
)


@pytest.fixture
def number():
	return f"+86{unique_phone()}"


def apply(name: str, number: str, **fields):
	return hr.make_applicant(hr.make_opening(), name=name, phone_number=number, **fields)


def keep(applicant):
	return frappe.get_doc(POOL, service.capture(applicant.name, HAND_PICKED))


@pytest.fixture
def family(number):
	"""Two people with one number: the mother came first."""
	return keep(apply("Ruan Wenjing", number)), keep(apply("Deng Siyuan", number))


def ties(record) -> list[str]:
	return [row["name"] for row in desk_talent.archive(record.name)["ties"]]


def test_two_people_with_one_number_are_two_records_and_hr_sees_it_on_both(family):
	mother, son = family
	assert mother.name != son.name
	assert (mother.reload().person_name, son.person_name, son.phone) == (
		"Ruan Wenjing",
		"Deng Siyuan",
		mother.phone,
	)
	assert (ties(mother), ties(son)) == ([son.name], [mother.name])
	assert frappe.get_all(POOL, {"may_be_twice": 1, "phone": son.phone}, pluck="name") == [son.name]


def test_each_stays_who_they_are_however_often_and_by_whatever_contact_they_come(family, number):
	mother, son = family
	assert keep(apply("Deng Siyuan", number, email="siyuan.again@example.com")).name == son.name
	assert keep(apply("Ruan Wenjing", number)).name == mother.name
	for record, name in ((mother, "Ruan Wenjing"), (son, "Deng Siyuan")):
		shown = {row["name"] for row in desk_talent.archive(record.name)["applications"]}
		own = frappe.get_all("Job Applicant", {"applicant_name": name, "phone_number": number}, pluck="name")
		assert shown == set(own)


def test_one_who_is_hired_does_not_hire_the_other(family):
	mother, son = family
	applicant = frappe.get_doc("Job Applicant", son.job_applicant)
	hr.hire_applicant(applicant)
	assert service.look_at([applicant.name]).hired == 1
	assert (son.reload().state, mother.reload().state) == ("Hired", "In Pool")


def test_who_has_the_number_of_an_employee_does_not_work_here_for_it(number):
	"""A neighbour is kept; the employee themselves is not, also where HRMS writes the family name last."""
	employee = {"first_name": "Siyuan", "last_name": "Deng", "personal_email": hr.unique_email("home")}
	hr.make_employee(cell_number=number, **employee)
	neighbour, herself = apply("Ruan Wenjing", number), apply("Deng Siyuan", number)
	for each in (neighbour, herself):
		hr.answer_offer(hr.make_offer(each), "Rejected")
	assert service.look_at([neighbour.name, herself.name]).kept == 1
	kept = frappe.get_all(POOL, {"phone": number}, ["person_name", "state"], as_list=True)
	assert kept == (("Ruan Wenjing", "In Pool"),)


def test_hr_says_they_are_two_and_is_not_asked_again(family, number):
	mother, son = family
	desk_talent.are_two(mother.name)
	keep(apply("Deng Siyuan", number))
	assert (ties(mother), ties(son), son.reload().may_be_twice) == ([], [], 0)


def test_hr_says_they_are_one_and_they_stay_one_by_either_address(family, number):
	mother, son = family
	service.note(mother.name, "Call", "She has a new address.", direction="Out")
	stays = frappe.get_doc(POOL, desk_talent.are_one(son.name, mother.name))
	gone = ({mother.name, son.name} - {stays.name}).pop()
	assert not frappe.db.exists(POOL, gone)
	assert (stays.contacts, stays.phone_key, stays.may_be_twice) == (1, mother.phone_key, 0)
	for before in (mother, son):
		again = apply(before.person_name, number, email=before.email)
		assert keep(again).name == stays.name
	assert ties(stays) == []
	person_ = person.of_record(stays.name)
	assert {mother.job_applicant, son.job_applicant} <= person_.applicants


def test_only_people_with_one_number_are_put_together(family):
	stranger = keep(apply("Wu Lan", f"+86{unique_phone()}"))
	for other in (stranger.name, family[0].name):
		with pytest.raises(NotTied):
			desk_talent.are_one(family[0].name, other)


def test_the_number_of_who_is_forgotten_is_the_other_s(family, number):
	mother, son = family
	flow.erase_person(person.of_record(mother.name), with_hrms=True)
	son.reload()
	assert (son.phone_key, son.shared_phone_key, son.may_be_twice) == (mother.phone_key, None, 0)
	assert (son.person_name, son.state, ties(son)) == ("Deng Siyuan", "In Pool", [])
	assert keep(apply("Deng Siyuan", number)).name == son.name


def test_a_signal_by_the_shared_number_alone_is_about_neither_and_with_an_e_mail_about_one(family):
	mother, son = family
	for each in family:
		each.db_set("consent_state", "Given")
	assert signals._meant(signals._hashes(Signal("7", "Other", "", None, son.phone))) is None
	assert signals._meant(signals._hashes(Signal("8", "Other", "", son.email, son.phone))) == son.name
	assert signals._meant(signals._hashes(Signal("9", "Other", "", mother.email, None))) == mother.name


def test_at_the_same_instant_one_person_is_one_record_and_two_people_are_two(commits, number):
	"""Three applications of one and three of another, who have the same number, each in a process of its own."""
	email = {name: hr.unique_email("pool") for name in ("Ruan Wenjing", "Deng Siyuan")}
	applicants = [apply(name, number, email=email[name]).name for name in sorted(email) * 3]
	commit_quietly(commits)
	assert run_each(CAPTURE, [(name,) for name in applicants]) == 6
	rows = frappe.get_all(POOL, {"phone": number}, ["person_name", "phone_key", "shared_phone_key"])
	assert sorted(row.person_name for row in rows) == ["Deng Siyuan", "Ruan Wenjing"]
	assert [bool(row.phone_key) for row in rows].count(True) == 1
	assert all(bool(row.phone_key) != bool(row.shared_phone_key) for row in rows)
