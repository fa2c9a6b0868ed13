"""Ends what is still to be done with somebody of the pool, because they were hired, said no or are forgotten.

Called wherever a record gets such a state: whoever is asked to call them is not any more, and every open task about them ends.
"""

import frappe

from referral_hub.talent.cadence import closing

RECORD = "Talent Pool Record"


def stop(record: str, why: str) -> int:
	"""Let nobody be asked any more to contact this person; return how many prompts and tasks ended. Stopping twice is once."""
	about = {"reference_type": RECORD, "reference_name": record, "status": "Open"}
	tasks = frappe.get_all("ToDo", about, pluck="name", order_by="name asc")
	for name in tasks:
		task = frappe.get_doc("ToDo", name)
		task.status = "Cancelled"
		task.save(ignore_permissions=True)
		task.add_comment("Info", why)
	return closing.stop(record, why) + len(tasks)
