"""The job of a mail and the hourly look come to it at the same instant: it is one contact."""

import frappe
import site_factories as hr
from live_site import site_name
from reward_processes import commit_quietly, run_each

POOL, CONTACT = "Talent Pool Record", "Talent Interaction"
NOTE = f"""
import sys
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
from referral_hub.talent import sending
mail = frappe.get_doc("Communication", sys.argv[1])  # its view of the database begins before the other's commit
print("ready", flush=True)
sys.stdin.readline()
noted = sending.answered(mail)
frappe.db.after_commit.reset()
frappe.db.commit()
print(int(bool(noted)))
"""


def test_a_mail_that_two_look_at_at_once_is_one_contact(commits):
	values = {"person_name": "Li Na", "email": hr.unique_email("pool"), "company": hr.COMPANY}
	record = frappe.get_doc(doctype=POOL, **values).insert()
	about = {"reference_doctype": POOL, "reference_name": record.name, "sender": record.email}
	said = {"communication_type": "Communication", "communication_medium": "Email", "subject": "Re: Hello"}
	mail = frappe.get_doc(
		doctype="Communication", sent_or_received="Received", content="Yes", **said, **about
	).insert(ignore_permissions=True)
	frappe.db.delete(CONTACT, {"record": record.name})
	commit_quietly(commits)
	assert run_each(NOTE, [(mail.name,)] * 2) == 1
	assert frappe.db.count(CONTACT, {"record": record.name}) == 1
