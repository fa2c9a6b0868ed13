"""Opens, hands on, finishes and cancels the tasks of Reward Fulfilment. The only writer of that DocType; never commits.

At most one living task per key: UNIQUE while it is open or done, free again once it was cancelled. Lock order: the
source, then its task.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from referral_hub import kept
from referral_hub.fulfilment import assigning
from referral_hub.permissions import is_hr
from referral_hub.wording import languages

DOCTYPE = "Reward Fulfilment"
LONGEST_WORDS = 2000
OPEN, DONE, CANCELLED = "Open", "Done", "Cancelled"


class NotOpen(frappe.ValidationError):
	"""A task that is done or cancelled stays so."""


class ProofNeeded(frappe.ValidationError):
	"""Nobody can see later what was handed over without a file or words."""


class NotYours(frappe.PermissionError):
	"""Only who is responsible, or HR, finishes or hands on a task."""


class NotYourFile(frappe.PermissionError):
	"""A proof is a file that its giver may read: named as a proof, the platform would show them any other."""


@dataclass(frozen=True)
class Task:
	"""What has to be done. `source`: (DocType, name) of what it is for; `key`: one living task for each.

	`what` and `note` are said in the language of who is responsible, once that is known.
	"""

	source: tuple[str, str]
	key: str
	employee: str
	kind: str
	what: Callable[[], str]
	due_on: date
	note: Callable[[], str]
	responsible: str | None = None


def open_task(task: Task):
	"""Open a task and assign it, or return the living one of the same key, locked."""
	if alive := find(task.key):
		return alive
	person = frappe.db.get_value("Employee", task.employee, ["employee_name", "company"], as_dict=True)
	responsible = assigning.responsible(task.responsible, person.company)
	with languages.speaking_to(responsible):
		words = {"what": task.what(), "note": task.note()}
	row = frappe.new_doc(DOCTYPE)
	row.update(
		{
			"source_doctype": task.source[0],
			"source_name": task.source[1],
			"fulfilment_key": task.key,
			"employee": task.employee,
			"employee_name": person.employee_name,
			"company": person.company,
			"kind": task.kind,
			"due_on": task.due_on,
			"responsible": responsible,
			"state": OPEN,
			**words,
		}
	)
	_save(row)
	assigning.assign(row)
	return row


def find(key: str):
	"""Return the living task of a key, locked and as it is now."""
	name = frappe.db.get_value(DOCTYPE, {"fulfilment_key": key}, "name", for_update=True)
	return frappe.get_doc(DOCTYPE, name, for_update=True) if name else None


def finish(name: str, note: str = "", proof: str | None = None, for_employee: str = "") -> None:
	"""Say that it was handed over, with a file or words that prove it; `for_employee` is what they read."""
	row = _lock_with_source(name)
	_refuse_unless_open(row)
	note = (note or "").strip()
	if not (note or proof):
		frappe.throw(_("Add a file or say in words what was handed over, and how."), ProofNeeded)
	if max(len(note), len(for_employee or "")) > LONGEST_WORDS:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST_WORDS), ProofNeeded)
	if proof:
		_refuse_file_of_others(proof)
	row.update({"state": DONE, "proof": proof or None, "proof_note": note, "for_employee": for_employee})
	row.update({"done_on": now_datetime(), "done_by": frappe.session.user})
	_save(row)
	assigning.close(row)


def cancel(name: str, reason: str) -> bool:
	"""Cancel an open task; say whether it was open."""
	row = frappe.get_doc(DOCTYPE, name, for_update=True)
	if row.state != OPEN:
		return False
	row.update({"state": CANCELLED, "cancelled_because": reason, "fulfilment_key": None})
	_save(row)
	assigning.withdraw(row)
	return True


def hand_on(name: str, responsible: str | None = None, due_on: str | date | None = None) -> None:
	"""Give an open task to somebody else, or another day."""
	row = _lock_with_source(name)
	_refuse_unless_open(row)
	if responsible and not assigning.is_enabled(responsible):
		frappe.throw(_("{0} has no active user account.").format(responsible), frappe.ValidationError)
	moved = responsible and responsible != row.responsible
	row.responsible = responsible or row.responsible
	if due_on and getdate(due_on) != getdate(row.due_on):
		row.update({"due_on": getdate(due_on), "escalated_on": None})
	_save(row)
	assigning.reassign(row) if moved else assigning.move_date(row)


def may_finish(row, user: str) -> bool:
	"""Say whether this user may finish a task they may read: who is responsible needs no role in HR."""
	return row.responsible == user or (is_hr(user) and bool(row.has_permission("read", user=user)))


def overdue(today: date) -> list[str]:
	"""Return the open tasks whose day is past and whose manager was not told yet."""
	filters = {"state": OPEN, "due_on": ["<", today], "escalated_on": ["is", "not set"]}
	return frappe.get_all(DOCTYPE, filters=filters, pluck="name", order_by="due_on asc, name asc")


def escalate(name: str) -> bool:
	"""Give an overdue task to the HR Manager as well, once for each day it was due."""
	row = frappe.get_doc(DOCTYPE, name, for_update=True)
	if row.state != OPEN or row.escalated_on or getdate(row.due_on) >= getdate():
		return False
	row.escalated_on = getdate()
	_save(row)
	assigning.escalate(row)
	return True


def _lock_with_source(name: str):
	source_doctype, source_name = frappe.db.get_value(DOCTYPE, name, ["source_doctype", "source_name"])
	if source_doctype and frappe.db.exists(source_doctype, source_name):
		frappe.db.get_value(source_doctype, source_name, "name", for_update=True)
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def _refuse_file_of_others(proof: str) -> None:
	files = [
		frappe.get_doc("File", name) for name in frappe.get_all("File", {"file_url": proof}, pluck="name")
	]
	if not any(file.has_permission("read") for file in files):
		frappe.throw(_("Choose a file that you have uploaded here."), NotYourFile)


def _refuse_unless_open(row) -> None:
	if row.state != OPEN:
		frappe.throw(_("This task is {0} already.").format(_(row.state, context=DOCTYPE)), NotOpen)


def _save(row) -> None:
	row.flags.ignore_links = True  # a person may be gone; what was handed over is not
	with kept.writing(row):
		row.insert(ignore_permissions=True) if row.is_new() else row.save(ignore_permissions=True)
