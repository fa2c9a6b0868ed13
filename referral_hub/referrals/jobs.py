"""The background jobs of this slice: the outermost boundary, where a transaction begins, is retried, and ends."""

from collections.abc import Callable, Iterable
from datetime import datetime

import frappe
from frappe.utils import getdate, now_datetime

from referral_hub import background
from referral_hub.referrals.deriving.facts import read_masters
from referral_hub.referrals.deriving.following import refresh
from referral_hub.referrals.deriving.reconcile import find_moved
from referral_hub.referrals.making import standins
from referral_hub.referrals.native import standing
from referral_hub.referrals.service_level import watching
from referral_hub.referrals.service_level.clock import Clock
from referral_hub.retry import retry_deadlocks

_SETTINGS = "Referral Hub Settings"
_JOB = "referral_hub.referrals.jobs.follow"


def follow_after_commit(referral: str) -> None:
	"""Look at a referral again once this transaction is committed."""
	background.after_commit(lambda: _start(referral))


def follow_applicants_after_commit(applicants: Iterable[str]) -> None:
	"""Look at the referrals of these applicants again; who was referred is asked after the commit, not in HR's save."""
	names = sorted(applicants)
	if names:
		background.after_commit(lambda: _start_for_applicants(names))


def follow(referral: str) -> bool:
	"""Refresh one referral in a transaction of its own; the job of a hint."""
	frappe.set_user("Administrator")
	return in_own_transaction(referral)


def in_own_transaction(referral: str) -> bool:
	"""Begin with a fresh view of the database, refresh, commit; begin again after a deadlock."""
	frappe.db.rollback()
	changed = retry_deadlocks(lambda: follow_here(referral))
	frappe.db.commit()
	return changed


def reconcile_all(since: datetime | None = None, resume: bool = False) -> int:
	"""Look at all referrals and return how many changed; with `resume`, go on where a killed run stopped. Commits."""
	started, changed = now_datetime(), 0
	cursor = _cursor() if resume else ""
	while cursor is not None:
		frappe.db.rollback()  # each chunk sees what is committed now
		batch = find_moved(cursor, since, read_masters())
		changed += sum(_reconcile_one(name) for name in batch.changed)
		cursor = batch.last
		if resume:
			_remember("reconcile_cursor", cursor)
	_remember("reconciled_until", started)
	return changed


def watch_all(resume: bool = True) -> dict[str, int]:
	"""Set clocks and remind for every open referral; say how many of each. Goes on where a killed run stopped. Commits."""
	done, cursor = {"set": 0, "overdue": 0}, _cursor("sla_cursor") if resume else ""
	while cursor is not None:
		frappe.db.rollback()
		batch = watching.look(cursor, Clock(), getdate(now_datetime()))
		done["set"] += sum(_one(watching.set_clock, name) for name in batch.stale)
		done["overdue"] += sum(_one(watching.remind, name) for name in batch.overdue)
		cursor = batch.last
		_remember("sla_cursor", cursor)
	for name in watching.overdue_questions(getdate(now_datetime())):
		_one(watching.remind_of_question, name)
	return done


def follow_here(referral: str) -> bool:
	"""Bring one referral, and the address of its applicant, up to date in the caller's transaction."""
	if not frappe.db.exists("Referral", referral):
		return False
	standins.name_referred(referral)
	changed = refresh(referral)
	standing.follow(frappe.db.get_value("Referral", referral, standing.READ, as_dict=True))
	return changed


def _start_for_applicants(applicants: list[str]) -> None:
	referred = {"name": ("in", applicants), "referral_hub_referral": ("is", "set")}
	for referral in frappe.get_all("Job Applicant", referred, pluck="referral_hub_referral"):
		_start(referral)


def _start(referral: str) -> None:
	background.start(_JOB, once_as=f"referral_hub_follow::{referral}", referral=referral)


def _reconcile_one(referral: str) -> bool:
	return _alone(in_own_transaction, referral, "A referral could not be reconciled")


def _one(work: Callable[[str], object], name: str) -> bool:
	"""Do this for one record in a transaction of its own."""

	def committed(name: str) -> bool:
		frappe.db.rollback()
		retry_deadlocks(lambda: work(name))
		frappe.db.commit()
		return True

	return _alone(committed, name, "The clock of a referral could not be looked at")


def _alone(work: Callable[[str], bool], name: str, trouble: str) -> bool:
	"""One that can't be done must not hold up the others: it is logged and tried next time."""
	try:
		return work(name)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(
			title=trouble,
			message=frappe.get_traceback(),
			reference_doctype="Referral",
			reference_name=name,
		)
		frappe.db.commit()
		return False


def _cursor(field: str = "reconcile_cursor") -> str:
	return frappe.db.get_single_value(_SETTINGS, field, cache=False) or ""


def _remember(field: str, value) -> None:
	frappe.db.set_single_value(_SETTINGS, field, value, update_modified=False)
	frappe.db.commit()
