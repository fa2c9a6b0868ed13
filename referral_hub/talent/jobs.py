"""The background jobs of the pool: the outermost boundary, where a transaction begins, is retried, and ends."""

from datetime import datetime, timedelta
from functools import partial

import frappe
from frappe.utils import get_datetime, now_datetime

from referral_hub.retry import retry_deadlocks
from referral_hub.talent import sending
from referral_hub.talent.archive import threads
from referral_hub.talent.capturing import applying, looking

_SETTINGS = "Referral Hub Settings"
CHUNK = 200
# the first look goes back so far; whoever is older comes with the history
_FIRST_LOOK = timedelta(days=30)
# what was written by a transaction that was still open at the last look
_OVERLAP = timedelta(minutes=10)
# how long what failed is tried again, each time with what moved since
_TRIED_FOR = timedelta(days=1)


def look(applicants: list[str]) -> looking.Looked:
	"""Look at some applicants in one transaction; where one can't be kept, at each alone. Commits."""
	return _with_each(looking.look_at, applicants, looking.Looked(), [])


def _with_each(work, applicants: list[str], nothing, failed: list[str]):
	frappe.db.commit()
	try:
		done = retry_deadlocks(partial(work, applicants))
		frappe.db.commit()
		return done
	except Exception:
		frappe.db.rollback()
		if len(applicants) == 1:
			_log(applicants[0])
			failed += applicants
			return nothing
	return sum((_with_each(work, [name], nothing, failed) for name in applicants), nothing)


def look_at_moved() -> looking.Looked:
	"""Look at whoever moved since the last look; a run that was killed, or in which something failed, is done again by the next. Commits."""
	started = now_datetime()
	since = _looked_until(started)
	names, failed = looking.moved_since(since), []
	for mail in threads.written_since(since, received_alone=True):
		# before a look keeps somebody anew: what they answered until then was an answer to us
		_with_each(_note_answers, [mail], 0, failed)
	chunks = [names[at : at + CHUNK] for at in range(0, len(names), CHUNK)]
	looked = sum(
		(_with_each(looking.look_at, chunk, looking.Looked(), failed) for chunk in chunks), looking.Looked()
	)
	for chunk in chunks:
		_with_each(applying.follow, chunk, 0, failed)
	for record in applying.over():
		_with_each(applying.come_back, [record], 0, [])  # found again as long as it is so
	for mail in threads.written_since(since):
		_with_each(_note_threads, [mail], 0, failed)
	until = max(since + _OVERLAP, started - _TRIED_FOR) if failed else started
	frappe.db.set_single_value(_SETTINGS, "pool_looked_until", until, update_modified=False)
	frappe.db.commit()
	return looked


def follow_mail(mail: str) -> None:
	"""Note a mail on an application as a contact with its person, if they are in the pool; the job of a hint. Commits."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	if frappe.db.exists("Communication", mail):
		retry_deadlocks(lambda: sending.follow_thread(frappe.get_doc("Communication", mail)))
	frappe.db.commit()


def _note_answers(mails: list[str]) -> int:
	return _note_threads(mails, of_before_alone=True)


def _note_threads(mails: list[str], of_before_alone: bool = False) -> int:
	written = (frappe.get_doc("Communication", mail) for mail in mails)
	return sum(
		len(sending.follow_thread(mail, of_before_alone)) for mail in written if sending.is_of_people(mail)
	)


def remembered(field: str) -> datetime | None:
	"""Return a moment that an earlier run noted; of an empty one `get_single_value` would make the year 1."""
	kept = frappe.db.get_singles_dict(_SETTINGS).get(field)
	return get_datetime(kept) if kept else None


def _looked_until(now: datetime) -> datetime:
	until = remembered("pool_looked_until")
	return until - _OVERLAP if until else now - _FIRST_LOOK


def _log(name: str) -> None:
	kinds = ("Job Applicant", applying.RECORD, "Communication")
	frappe.log_error(
		title="Somebody could not be kept in the talent pool",
		message=frappe.get_traceback(),
		reference_doctype=next((kind for kind in kinds if frappe.db.exists(kind, name)), None),
		reference_name=name,
	)
	frappe.db.commit()
