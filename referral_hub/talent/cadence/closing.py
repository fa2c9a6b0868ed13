"""Ends prompts: done, skipped, put off, or stopped because the person answered, was hired or said no. Imports no other part of the
cadence, so that whatever moves a record can call it.
"""

import frappe
from frappe.desk.form import assign_to
from frappe.model.delete_doc import delete_dynamic_links
from frappe.utils import getdate, now_datetime

from referral_hub.talent.rules.cadence import DONE, LIVING, SNOOZED, STOPPED

DOCTYPE = "Talent Prompt"


def stop(record: str, why: str = "") -> int:
	"""Stop whoever is asked to call this person; return how many prompts ended."""
	return sum(close(name, STOPPED, why) for name in living(record))


def keep_one(record: str) -> None:
	"""Two records of one person became one: whoever is asked first goes on, the others are not asked as well."""
	for name in living(record)[1:]:
		close(name, STOPPED)


def follow_contact(record: str, is_theirs: bool, interaction: str) -> None:
	"""A contact that took place answers the prompt; an answer of the person stops it."""
	for name in living(record):
		close(name, STOPPED if is_theirs else DONE, interaction=interaction)


def close(prompt: str, state: str, why: str = "", interaction: str | None = None) -> bool:
	"""End a prompt that waits; False when it was ended before."""
	row = _lock(prompt)
	if row.state not in LIVING:
		return False
	values = {"state": state, "closed_on": now_datetime(), "closed_by": frappe.session.user, "until": None}
	row.db_set({**values, "closed_because": why or None, "interaction": interaction})
	assign_to.close_all_assignments(DOCTYPE, prompt, ignore_permissions=True)
	return True


def put_off(prompt: str, until) -> bool:
	"""Ask again on that day; False when the prompt was ended before."""
	row = _lock(prompt)
	if row.state not in LIVING:
		return False
	row.db_set({"state": SNOOZED, "until": getdate(until)})
	assign_to.close_all_assignments(DOCTYPE, prompt, ignore_permissions=True)
	return True


def go_on(record: str, since, until) -> str | None:
	"""Put off to a day the prompt that was stopped from then on without a contact: what stopped it has ended; return it."""
	where = {"record": record, "state": STOPPED, "closed_on": (">=", since), "interaction": ("is", "not set")}
	names = frappe.get_all(DOCTYPE, where, pluck="name", order_by="closed_on desc", limit=1)
	if not names or living(record):
		return None
	again = {"state": SNOOZED, "until": getdate(until), "closed_on": None, "closed_by": None}
	_lock(names[0]).db_set({**again, "closed_because": None})
	return names[0]


def forget(record: str) -> None:
	"""Leave of the prompts about a person what counts; what says who it was goes, with what the platform keeps beside them."""
	for name in frappe.get_all(DOCTYPE, {"record": record}, pluck="name"):
		delete_dynamic_links(DOCTYPE, name)
		values = {
			"person_name": record,
			"why": None,
			"why_facts": None,
			"closed_because": None,
			"_comments": None,
			"_assign": None,
		}
		frappe.db.set_value(DOCTYPE, name, values, update_modified=False)


def living(record: str) -> list[str]:
	"""Return the prompts of a person that wait to be answered, the one that came first before the others."""
	where = {"record": record, "state": ("in", sorted(LIVING))}
	return frappe.get_all(DOCTYPE, where, pluck="name", order_by="creation asc")


def _lock(prompt: str):
	return frappe.get_doc(DOCTYPE, prompt, for_update=True)
