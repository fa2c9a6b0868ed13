"""The table of contents: "this happened in HRMS -> look at the referral again"."""

import frappe

from referral_hub.background import start_after_commit


def look_again(doc, method=None):
	pass


def renamed(doc, method=None, old=None, new=None, merge=False):
	pass


def trashed(doc, method=None):
	pass


def salary_slip_changed(doc, method=None):
	"""Payroll submitted or cancelled a slip that carries additional pay: a job looks whether it is a reward's."""
	if any(row.additional_salary for row in doc.earnings):
		start_after_commit("referral_hub.tasks.follow_salary_slip", slip=doc.name)


def additional_salary_gone(doc, method=None):
	"""Somebody cancelled or deleted the payout of a reward; one that is not ours costs no query."""
	if doc.ref_doctype == "Referral Reward" and not doc.flags.withdrawn_by_rewards:
		user = frappe.session.user
		facts = {"reward": doc.ref_docname, "payout": doc.name, "user": user}
		start_after_commit("referral_hub.tasks.follow_additional_salary", **facts)
