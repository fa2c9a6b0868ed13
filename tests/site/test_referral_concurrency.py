"""Real processes at the same instant: one owner, one referral per form, one event per move, no deadlock for anybody."""

import json
import subprocess
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import frappe
import pytest
from live_site import site_name, sites_folder
from referral_factories import make_referral, timeline, unique_phone
from site_factories import make_employee, make_opening, unique, unique_email
from warm_python import warm_python

from referral_hub.referrals.making import ownership
from referral_hub.referrals.rules.ownership import AlreadyOwned, CandidateKey, Claim, owned_until, owner_of

PROCESSES = 20
FIFTY = 50
TAKEN = "Somebody else referred this person first. Thank you for thinking of them too."

CONNECT = """
import json, sys
import frappe
frappe.init(sys.argv[1], sites_path=".")
frappe.connect()
from referral_hub.referrals import jobs, service
from referral_hub.referrals.service import Candidate, ReferralRefused
from referral_hub.retry import retry_deadlocks

task = json.loads(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
"""

REFERRING = (
	CONNECT
	+ """
def refer(task):
	candidate = Candidate("Ada", *task["contacts"])
	referral = service.submit(
		task["employee"], candidate, task["opening"], task.get("program"), submission_key=task.get("key")
	)
	frappe.db.commit()
	return referral.name

def told(task):
	try:
		return {"made": retry_deadlocks(lambda: refer(task))}
	except ReferralRefused as refused:
		frappe.db.commit()  # as a page would that shows the refusal
		return {"refused": refused.reason, "sentence": str(refused)}
"""
)
REFER = REFERRING + "print(json.dumps(told(task)))"
REFER_SEVERAL = REFERRING + "print(json.dumps([told(each) for each in task]))"

FOLLOW = CONNECT + 'print(json.dumps({"changed": jobs.follow(task["referral"])}))'


def run_at_once(script: str, tasks: list) -> list:
	"""Start a process per task, let all go at the same instant, return what each said."""
	processes = [
		subprocess.Popen(
			[*warm_python(), "-c", script, site_name(), json.dumps(task)],
			cwd=sites_folder(),
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			stderr=subprocess.PIPE,
			text=True,
		)
		for task in tasks
	]
	try:
		for process in processes:
			assert process.stdout.readline() == "ready\n", process.stderr.read()
		for process in processes:
			process.stdin.write("\n")
			process.stdin.flush()
		answers = [process.communicate(timeout=300) for process in processes]
	finally:
		for process in processes:
			process.kill()
	failed = [error for (_out, error), process in zip(answers, processes, strict=True) if process.returncode]
	assert failed == []
	frappe.db.rollback()
	return [json.loads(out.splitlines()[-1]) for out, _error in answers]


def spellings(email: str, phone: str) -> list[tuple]:
	local, _at, _domain = email.partition("@")
	return [
		(email, None),
		(email.upper(), phone),
		(None, phone),
		(f"{local}+jobs@googlemail.com", None),
		(None, f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}"),
	]


def a_mailbox() -> str:
	"""An address at a provider that ignores tags and dots."""
	return f"{unique_email('wanted').partition('@')[0].replace('.', '')}@gmail.com"


def test_twenty_refer_the_same_person_and_one_owns_them(commits):
	opening, email, phone = make_opening(), a_mailbox(), unique_phone()
	first = [{"contacts": (email, phone)}] * 4
	ways = first + [{"contacts": contacts} for contacts in spellings(email, phone)] * 4
	tasks = [{**way, "employee": make_employee().name, "opening": opening.name} for way in ways[:PROCESSES]]
	commits.commit()
	answers = run_at_once(REFER, tasks)
	owners = [answer["made"] for answer in answers if "made" in answer]
	# who knows only the e-mail and who knows only the phone can't collide unless an owner knows both
	keys = frappe.get_all(
		"Candidate Key", {"referral": ("in", owners), "active_key": ("is", "set")}, ["active_key", "referral"]
	)
	assert len({key.active_key for key in keys}) == len(keys) == 2
	assert {key.referral for key in keys} == set(owners)
	assert Counter(answer.get("refused") for answer in answers if "refused" in answer) == {
		"owned_by_another": PROCESSES - len(owners)
	}
	assert frappe.db.count("Referral", {"job_opening": opening.name}) == len(owners)
	assert frappe.db.count("Job Applicant", {"job_title": opening.name}) == len(owners)


def test_twenty_who_know_both_contacts_have_exactly_one_owner(commits):
	opening, email, phone = make_opening(), unique_email("wanted"), unique_phone()
	tasks = [
		{
			"employee": make_employee().name,
			"opening": opening.name,
			"contacts": (email.upper() if number % 2 else email, f"+86{phone}" if number % 3 else phone),
		}
		for number in range(PROCESSES)
	]
	commits.commit()
	answers = run_at_once(REFER, tasks)
	assert Counter("made" if "made" in answer else answer["refused"] for answer in answers) == {
		"made": 1,
		"owned_by_another": PROCESSES - 1,
	}
	assert frappe.db.count("Referral", {"job_opening": opening.name}) == 1
	assert frappe.db.count("Job Applicant", {"job_title": opening.name}) == 1
	assert frappe.db.count("Candidate Key", {"referral": ("is", "not set")}) == 0


def test_fifty_refer_one_person_in_every_spelling_and_one_owns_them(commits):
	"""Everybody knows both contacts; ten processes are let go at one instant and refer for five employees each."""
	opening, email, phone = make_opening(), a_mailbox(), unique_phone()
	local = email.partition("@")[0]
	emails = [email, email.upper(), f"{local}+jobs@gmail.com", f"{local[:2]}.{local[2:]}@googlemail.com"]
	phones = [
		phone,
		f"+86{phone}",
		f"0086 {phone}",
		f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}",
		f" {phone} ",
	]
	tasks = [
		{
			"employee": make_employee().name,
			"opening": opening.name,
			"contacts": (emails[number % 4], phones[number % 5]),
		}
		for number in range(FIFTY)
	]
	commits.commit()
	said = run_at_once(REFER_SEVERAL, [tasks[first::10] for first in range(10)])
	answers = [answer for of_one_process in said for answer in of_one_process]
	assert Counter(answer.get("sentence", "made") for answer in answers) == {"made": 1, TAKEN: FIFTY - 1}
	[owner] = [answer["made"] for answer in answers if "made" in answer]
	assert frappe.get_all("Referral", {"job_opening": opening.name}, pluck="name") == [owner]
	assert frappe.db.count("Job Applicant", {"job_title": opening.name}) == 1
	assert set(frappe.get_all("Candidate Key", {"referral": owner}, pluck="kind")) == {"Email", "Phone"}


def test_the_lock_and_the_pure_rule_name_the_same_owner():
	"""Claims by anybody of any of four contacts over a month; windows close and people are referred again."""
	chance = Random(11)
	contacts = [CandidateKey(frappe.generate_hash(length=64), "Email") for _number in range(4)]
	moments = sorted(chance.sample(range(30 * 24 * 60), 40))
	claims = [
		_claim(f"REF-{number:02d}", datetime(2026, 11, 1) + timedelta(minutes=moment), contacts, chance)
		for number, moment in enumerate(moments)
	]
	owners, refused = [], 0
	for number, claim in enumerate(claims):
		refused += not _lock(claim, contacts)
		known, day = claims[: number + 1], claim.at.date()
		for key in contacts:
			held = ownership._holder(key.hash)
			owner = owner_of(chance.sample(known, len(known)), key.hash, day)
			assert (owner and owner.referral) == (held.referral if held and held.owned_until >= day else None)
			owners.append(owner and owner.referral)
	assert refused > 5 and len(set(owners)) > 8


def _claim(referral: str, at: datetime, contacts: list, chance: Random) -> Claim:
	named = frozenset(key.hash for key in chance.sample(contacts, chance.randint(1, 3)))
	return Claim(at, referral, named, owned_until(at.date(), chance.randint(0, 4)))


def _lock(claim: Claim, contacts: list) -> bool:
	"""Claim in the database as `submit` does; whether it was granted."""
	keys = sorted(key for key in contacts if key.hash in claim.contacts)
	frappe.db.savepoint("claim_of_test")
	try:
		claims = ownership.claim(keys, f"of {claim.referral}", claim.at.date(), claim.until)
	except AlreadyOwned:
		frappe.db.rollback(save_point="claim_of_test")
		return False
	ownership.assign(claims, claim.referral)
	return True


def test_one_form_sent_many_times_at_once_is_one_referral(commits):
	employee, opening = make_employee(), make_opening()
	task = {
		"employee": employee.name,
		"opening": opening.name,
		"contacts": (unique_email("wanted"), unique_phone()),
		"key": "one form",
	}
	commits.commit()
	answers = run_at_once(REFER, [task] * 8)
	assert len({answer["made"] for answer in answers}) == 1
	assert frappe.db.count("Referral", {"job_opening": opening.name}) == 1


@pytest.mark.parametrize("limit", ["open_limit", "monthly_limit"])
def test_forms_sent_at_once_are_together_within_the_limit(commits, limit):
	employee, opening = make_employee(), make_opening()
	program = frappe.get_doc(doctype="Referral Program", program_name=unique("Program"), **{limit: 1})
	told = {"employee": employee.name, "opening": opening.name, "program": program.insert().name}
	tasks = [{**told, "contacts": (unique_email("wanted"), unique_phone())} for _form in range(3)]
	commits.commit()
	answers = run_at_once(REFER, tasks)
	assert Counter(answer.get("refused", "made") for answer in answers) == {"made": 1, f"{limit}_reached": 2}
	assert frappe.db.count("Referral", {"referrer": employee.name}) == 1


def test_different_people_are_referred_side_by_side(commits):
	opening = make_opening()
	tasks = [
		{
			"employee": make_employee().name,
			"opening": opening.name,
			"contacts": (unique_email(), unique_phone()),
		}
		for _number in range(10)
	]
	commits.commit()
	answers = run_at_once(REFER, tasks)
	assert len({answer["made"] for answer in answers}) == 10


def test_many_looks_at_once_record_a_move_once(commits):
	referral = make_referral()
	commits.commit()
	frappe.db.set_value("Job Applicant", referral.job_applicant, "status", "Rejected")
	commits.commit()
	answers = run_at_once(FOLLOW, [{"referral": referral.name}] * 8)
	assert [answer["changed"] for answer in answers].count(True) == 1
	assert [row[:2] for row in timeline(referral)] == [(1, "Stage"), (2, "Outcome")]
