"""Two workers at the same instant: each reminder goes out once."""

import json
import subprocess

import frappe
import site_factories as hr
from live_site import site_name, sites_folder
from referral_factories import make_referral
from warm_python import warm_python

WATCH = """
import sys
import frappe
frappe.init(sys.argv[1], sites_path=".")
frappe.connect()
from referral_hub.referrals.service_level import watching
from referral_hub.retry import retry_deadlocks
frappe.db.sql("select 1 from tabReferral limit 1")  # its view of the database begins before the other's commit
print("ready", flush=True)
sys.stdin.readline()
retry_deadlocks(lambda: watching.remind(sys.argv[2]))
frappe.db.commit()
print("done", flush=True)
"""


def test_two_workers_remind_the_recruiter_and_the_referrer_once(commits):
	recruiter = hr.make_user(roles=("HR User",)).name
	opening = hr.make_opening()
	frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, recruiter=recruiter).insert()
	frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", every_day_is_worked())
	commits.at_end(lambda: frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", None))
	referral = make_referral(hr.make_employee(user=True), opening)
	frappe.db.set_value(
		"Referral", referral.name, "clock_from", frappe.utils.add_days(frappe.utils.nowdate(), -6)
	)
	commits.commit()
	run_at_once(referral.name, 6)
	frappe.db.rollback()
	nudges = frappe.get_all(
		"Referral Nudge", {"reference_name": referral.name}, pluck="step", order_by="step asc"
	)
	assert nudges == ["Recruiter", "Referrer"]
	assert frappe.db.count("Notification Log", {"for_user": recruiter}) == 1
	told = {"event": "word_delayed", "recipient": referral.referrer, "channel": "In-app"}
	assert frappe.db.count("Referral Message", told) == 1


def every_day_is_worked() -> str:
	"""A Holiday List without a holiday, so that the test holds on every day of the week."""
	days = {"from_date": frappe.utils.add_days(frappe.utils.nowdate(), -60)}
	days["to_date"] = frappe.utils.add_days(frappe.utils.nowdate(), 60)
	return (
		frappe.get_doc(doctype="Holiday List", holiday_list_name=hr.unique("Every Day"), **days).insert().name
	)


def run_at_once(referral: str, number: int) -> None:
	processes = [
		subprocess.Popen(
			[*warm_python(), "-c", WATCH, site_name(), referral],
			cwd=sites_folder(),
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			stderr=subprocess.PIPE,
			text=True,
		)
		for _worker in range(number)
	]
	for process in processes:
		assert process.stdout.readline() == "ready\n"
	for process in processes:
		process.stdin.write("go\n")
		process.stdin.flush()
	for process in processes:
		said, complaint = process.communicate(timeout=120)
		assert (said, process.returncode) == ("done\n", 0), json.dumps(complaint)
