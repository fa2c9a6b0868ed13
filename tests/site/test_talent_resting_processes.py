"""The night lets people rest who never answer: what they said to somebody else a moment before stands."""

import frappe
import pytest
import site_factories as hr
from another_transaction import another_transaction
from reward_processes import commit_quietly

from referral_hub.talent import keeping, service
from referral_hub.talent.archive import contacts
from referral_hub.talent.cadence import planning

POOL = "Talent Pool Record"
MEANWHILE = {
	"no": (
		lambda name: keeping.say_no(name, "Please stop."),
		("Do Not Contact", "Please stop.", "Withdrawn"),
	),
	"hired": (lambda name: service.put(name, service.HIRED), ("Hired", None, "Given")),
	"answer": (lambda name: contacts.note(name, "Call", "Yes?", direction="In"), ("In Pool", None, "Given")),
	"nothing": (lambda name: None, ("Resting", "3 contacts without an answer.", "Given")),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_whoever_spoke_while_the_night_was_reading_is_not_let_rest(commits, what):
	say, stands = MEANWHILE[what]
	person = frappe.get_doc(
		doctype=POOL, person_name="Li Na", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	person.db_set("consent_state", "Given")
	for _call in range(3):
		contacts.note(person.name, "Call", "No answer", direction="Out")
	commit_quietly(commits)
	assert frappe.db.get_value(POOL, person.name, "state") == "In Pool"  # from here on the night sees this
	with another_transaction():
		say(person.name)
		frappe.db.after_commit.reset()
		frappe.db.commit()
	planning.store([person.name])
	commit_quietly(commits)
	fields = ["state", "state_reason", "consent_state"]
	assert frappe.db.get_value(POOL, person.name, fields) == stands
