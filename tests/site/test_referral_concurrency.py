"""Real processes at the same instant: one owner, one referral per form, one event per move, no deadlock for anybody."""

import json
import subprocess
import sys
from collections import Counter

import frappe
from live_site import site_name, sites_folder
from referral_factories import make_referral, timeline, unique_phone
from site_factories import make_employee, make_opening, unique_email

PROCESSES = 20

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

REFER = (
	CONNECT
	+ """
def refer():
	candidate = Candidate("Ada", *task["contacts"])
	referral = service.submit(task["employee"], candidate, task["opening"], submission_key=task.get("key"))
	frappe.db.commit()
	return referral.name

try:
	print(json.dumps({"made": retry_deadlocks(refer)}))
except ReferralRefused as refused:
	frappe.db.commit()  # as a page would that shows the refusal
	print(json.dumps({"refused": refused.reason}))
"""
)

FOLLOW = CONNECT + 'print(json.dumps({"changed": jobs.follow(task["referral"])}))'


def run_at_once(script: str, tasks: list[dict]) -> list[dict]:
	"""Start a process per task, let all go at the same instant, return what each said."""
	processes = [
		subprocess.Popen(
			[sys.executable, "-c", script, site_name(), json.dumps(task)],
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
	local, _at, domain = email.partition("@")
	return [
		(email, None),
		(email.upper(), phone),
		(None, phone),
		(f"{local}+jobs@{domain}", None),
		(None, f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}"),
	]


def test_twenty_refer_the_same_person_and_one_owns_them(commits):
	opening, email, phone = make_opening(), unique_email("wanted"), unique_phone()
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
	assert [row[:2] for row in timeline(referral)] == [(1, "Stage"), (2, "Stage"), (3, "Outcome")]
