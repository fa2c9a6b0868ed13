"""Two of HR tell the same two people apart at the same instant: there are two records then, not three."""

import frappe
import site_factories as hr
from live_site import site_name
from reward_processes import commit_quietly, run_each

from referral_hub.talent import keys
from referral_hub.talent.archive import former

POOL = "Talent Pool Record"
SPLIT = f"""
import sys
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
from referral_hub.talent.parting import splitting
frappe.db.count("Talent Former Key")  # its view of the database begins before the other's commit
print("ready", flush=True)
sys.stdin.readline()
chosen = splitting.Chosen("Ruan Wenjing", "Deng Siyuan", addresses=frozenset([sys.argv[2]]))
try:
	splitting.split(sys.argv[1], chosen)
except splitting.NotParted:
	print(0)
else:
	frappe.db.after_commit.reset()
	frappe.db.commit()
	print(1)
"""


def test_two_who_tell_the_same_apart_at_once_make_two_records(commits):
	hers, his = hr.unique_email("mother"), hr.unique_email("son")
	record = frappe.get_doc(doctype=POOL, person_name="Deng Siyuan", email=his, company=hr.COMPANY).insert()
	key = keys.hashes_of(keys.read("", hers, None, None))["email_key"]
	former.remember(record.name, [former.Contact(key, former.EMAIL, hers)], is_confirmed=True)
	commit_quietly(commits)
	assert run_each(SPLIT, [(record.name, key)] * 2) == 1
	assert frappe.db.count(POOL, {"creation": (">=", record.creation)}) == 2
