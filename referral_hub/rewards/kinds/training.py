"""Training: a place at a Training Event of HRMS, the one a rule names or the next of its program.

The employee is put on the event's list, which HRMS invites. Undone, they are taken off it unless they have attended; an
event that was cancelled makes the reward due again, for the next one.
"""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub.rewards import kinds, promises
from referral_hub.rewards.kinds.base import Payout, RewardKind, TakenBack
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.paying import taxable
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.documents import CANCELLED
from referral_hub.rewards.rules.units import Unit

EVENT, PROGRAM, GUEST = "Training Event", "Training Program", "Training Event Employee"
ATTENDED = ("Completed", "Feedback Submitted")


class Training(RewardKind):
	unit = Unit.WHOLE
	columns = ("training_program", "training_event", *RewardKind.TAXED)

	def label(self) -> str:
		return _("Training", context="Reward Kind")

	def check(self, row) -> list[str]:
		said = super().check(row)
		if not (row.get("training_program") or row.get("training_event")):
			said.append(_("choose a Training Program or a Training Event."))
		return said

	def missing(self, reward, today: date) -> Reason | None:
		if _place(reward) or _next_event(reward):
			return None
		asked = kinds.details(reward)
		return Reason(
			"no_training", {"training": asked.get("training_event") or asked.get("training_program")}
		)

	def pay(self, reward, today: date) -> Payout:
		event = reward.payout_name if _place(reward) else _next_event(reward)
		if not _place(reward):
			_invite(event, reward)
		return Payout(EVENT, event)

	def take_back(self, reward) -> TakenBack:
		place = _place(reward)
		if place and _has_attended(reward.payout_name, place):
			return TakenBack(owed=to_decimal(reward.amount))
		if place:
			_take_off(reward.payout_name, place.name)
		return TakenBack(reached_employee=False, document_kept=False)

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		details = details or {}
		training = details.get("training_event") or details.get("training_program")
		return _("A place at {training}").format(training=training) if training else self.label()


def _next_event(reward) -> str | None:
	"""Return the next event to come that the employee is not on already."""
	asked = kinds.details(reward)
	event, guest = frappe.qb.DocType(EVENT), frappe.qb.DocType(GUEST)
	invited = frappe.qb.from_(guest).select(guest.parent).where(guest.employee == reward.employee)
	query = (
		frappe.qb.from_(event)
		.select(event.name)
		.where((event.event_status == "Scheduled") & (event.docstatus != CANCELLED))
		.where((event.start_time > now_datetime()) & event.name.notin(invited))
		.where(event.company.isnull() | event.company.isin(["", reward.company]))
		.orderby(event.start_time)
		.orderby(event.name)
		.limit(1)
	)
	if asked.get("training_event"):
		query = query.where(event.name == asked["training_event"])
	else:
		query = query.where(event.training_program == asked.get("training_program"))
	return next(iter(query.run(pluck=True)), None)


def _place(reward):
	"""Return the employee's row on the event this reward was paid with, unless the event is gone: as it is now."""
	if reward.payout_doctype != EVENT or _is_gone(reward.payout_name):
		return None
	place = {"parent": reward.payout_name, "parenttype": EVENT, "employee": reward.employee}
	return frappe.db.get_value(GUEST, place, ["name", "attendance", "status"], as_dict=True, for_update=True)


def _has_attended(event: str, place) -> bool:
	"""HRMS fills in Present for everybody from the start: it counts once the event is over."""
	is_over = frappe.db.get_value(EVENT, event, "event_status", for_update=True) == "Completed"
	return place.status in ATTENDED or (is_over and place.attendance == "Present")


def _is_gone(event: str) -> bool:
	row = frappe.db.get_value(EVENT, event, ["docstatus", "event_status"], as_dict=True, for_update=True)
	return not row or row.docstatus == CANCELLED or row.event_status == "Cancelled"


def _invite(name: str, reward) -> None:
	event = frappe.get_doc(EVENT, name, for_update=True)
	event.append("employees", {"employee": reward.employee, "status": "Invited"})
	_save(event, reward)


def _take_off(name: str, place: str) -> None:
	event = frappe.get_doc(EVENT, name, for_update=True)
	event.employees = [row for row in event.employees if row.name != place]
	_save(event)


def _save(event, reward=None) -> None:
	"""Save, and keep the addresses that HRMS writes to: of a submitted event it does not renew them itself."""
	event.flags.ignore_permissions = True
	event.save()
	if event.docstatus.is_submitted():
		event.set_employee_emails()
		event.db_set("employee_emails", event.employee_emails, update_modified=False)


def with_event_gone() -> list[str]:
	"""Return the rewards whose event was cancelled or deleted before the employee could go."""
	reward, event = frappe.qb.DocType(promises.DOCTYPE), frappe.qb.DocType(EVENT)
	gone = event.name.isnull() | (event.docstatus == CANCELLED) | (event.event_status == "Cancelled")
	return (
		frappe.qb.from_(reward)
		.left_join(event)
		.on(event.name == reward.payout_name)
		.select(reward.name)
		.where((reward.payout_doctype == EVENT) & (reward.state == states.PAID) & gone)
		.orderby(reward.name)
		.run(pluck=True)
	)


def follow_gone_event(name: str) -> bool:
	"""Make a reward due again whose event will not take place; nobody is taxed for it, unless a slip has done so already."""
	reward = promises.lock(name)
	if reward.payout_doctype != EVENT or reward.state != states.PAID or not _is_gone(reward.payout_name):
		return False
	taxable.withdraw(reward)
	reason = Reason("training_cancelled", {"training": reward.payout_name})
	promises.move(reward, states.DUE, reason, payout_doctype=None, payout_name=None, paid_on=None)
	return True
