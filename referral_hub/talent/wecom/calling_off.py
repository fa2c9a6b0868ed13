"""Stops what a colleague has not confirmed yet: nobody is to write to this person any more. Imports no other part of the pool."""

import frappe

from referral_hub.background import start_after_commit

RECORD, CONTACT = "Talent Pool Record", "Talent Interaction"


def call_off(record: str) -> int:
	"""Ask WeCom, in a job, to hand nothing on that still waits to be confirmed; return how many that are."""
	where = {"record": record, "wecom_state": "Asked", "wecom_task": ("is", "set")}
	waiting = frappe.get_all(CONTACT, where, pluck="wecom_task")
	corp = waiting and frappe.db.get_value(RECORD, record, "wecom_corp")
	for task in waiting if corp else ():
		# the job knows no person: they may be forgotten by then
		start_after_commit("referral_hub.tasks.call_off_wecom", queue="short", corp=corp, task=task)
	return len(waiting)
