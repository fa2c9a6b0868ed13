"""Ends what is still to be done with somebody of the pool, because they were hired, said no or are forgotten.

Called wherever a record gets such a state: whoever is asked to call them is not any more, and every open task about them ends.
"""

import frappe
from frappe import _

from referral_hub.talent.cadence import closing
from referral_hub.talent.wecom.calling_off import call_off
from referral_hub.wording import languages

RECORD = "Talent Pool Record"


def stop(record: str, why: str) -> int:
	"""Let nobody be asked any more to contact this person; return how many prompts and tasks ended. Stopping twice is once.

	`why`: the words of somebody, or a state of the record, which is said in the language of whoever reads.
	"""
	call_off(record)
	about = {"reference_type": RECORD, "reference_name": record, "status": "Open"}
	tasks = frappe.get_all("ToDo", about, pluck="name", order_by="name asc")
	for name in tasks:
		task = frappe.get_doc("ToDo", name)
		task.status = "Cancelled"
		task.save(ignore_permissions=True)
		with languages.speaking_to(task.allocated_to or task.owner):
			task.add_comment("Info", _(why, context=RECORD))
	return closing.stop(record, why) + len(tasks)
