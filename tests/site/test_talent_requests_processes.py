"""Several of HR ask the same colleague about the same person at the same instant: they are asked once."""

import frappe
import site_factories as hr
from live_site import site_name
from portal_factories import make_referrer
from reward_processes import commit_quietly, run_each

POOL, REQUEST = "Talent Pool Record", "Recall Request"
ASK = f"""
import sys
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
from referral_hub.talent.requests import asking
frappe.db.count("Recall Request")  # its view of the database begins before the other's commit
print("ready", flush=True)
sys.stdin.readline()
try:
	asking.ask(sys.argv[1], sys.argv[2], {{"words": "Dear Li Na"}})
except asking.CantBeAsked:
	print(0)
else:
	frappe.db.after_commit.reset()
	frappe.db.commit()
	print(1)
"""


def test_three_who_ask_the_same_at_once_ask_once(commits):
	mei = make_referrer("Mei")
	values = {"person_name": "Li Na", "email": hr.unique_email("pool"), "company": hr.COMPANY}
	record = frappe.get_doc(doctype=POOL, **values).insert()
	commit_quietly(commits)
	assert run_each(ASK, [(record.name, mei.name)] * 3) == 1
	assert frappe.get_all(REQUEST, {"record": record.name}, ["asked", "state"]) == [
		{"asked": mei.name, "state": "Open"}
	]
