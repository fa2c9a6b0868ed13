"""Gives on the prompts of those who can't log in any more: nobody of the pool is forgotten because a colleague left."""

import frappe
from frappe.desk.form import assign_to

from referral_hub.talent.cadence import closing, people, prompts
from referral_hub.talent.cadence.callers import Callers
from referral_hub.talent.rules.cadence import LIVING, OPEN


def left_behind() -> list[str]:
	"""Return the prompts that wait for somebody who can't log in, or for nobody."""
	prompt, user = frappe.qb.DocType(closing.DOCTYPE), frappe.qb.DocType("User")
	query = frappe.qb.from_(prompt).left_join(user).on(user.name == prompt.caller).select(prompt.name)
	query = query.where(prompt.state.isin(sorted(LIVING)) & (user.name.isnull() | (user.enabled == 0)))
	return query.orderby(prompt.name).run(pluck=True)


def hand_over(prompt: str) -> bool:
	"""Let somebody else be asked; False where there is nobody, or the prompt was answered meanwhile."""
	row = frappe.get_doc(closing.DOCTYPE, prompt, for_update=True)
	person = frappe.db.get_value(people.DOCTYPE, row.record, people.READ, as_dict=True)
	caller = person and Callers()(person)
	if row.state not in LIVING or not caller or caller == row.caller:
		return False
	row.db_set("caller", caller)
	if row.state == OPEN:
		assign_to.close_all_assignments(row.doctype, prompt, ignore_permissions=True)
		prompts.assign(row)
	return True
