"""What HR writes to the referrer: a word between two moves, which also sets the clock again.

The text is for the referrer's eyes. It is kept in the timeline for good, shown as plain text, and sent once.
Called by api/desk_words.py alone, which checks who writes.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub.referrals.closing import NotOpen, close
from referral_hub.referrals.deriving import timeline
from referral_hub.referrals.deriving.following import refresh
from referral_hub.referrals.rules.moves import Kind, Move
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.referrals.rules.stages import Stage
from referral_hub.referrals.service_level import clock

LONGEST_WORD = 1000
FURTHEST_DAYS = 366


class EmptyWord(frappe.ValidationError):
	"""There is nothing for the referrer to read, or too much."""


class UnlikelyDate(frappe.ValidationError):
	"""The next word can't be promised for this day."""


class ApplicantStillThere(frappe.ValidationError):
	"""The applicant decides how a referral ends, as long as HRMS has one."""


def close_without_applicant(referral: str, words: str) -> None:
	"""Tell the referrer and close, where HR deleted the applicant and nothing in HRMS will ever close the referral."""
	refresh(referral)
	row = say(referral, words)
	if not row.applicant_deleted:
		frappe.throw(_("The applicant of {0} is there.").format(row.name), exc=ApplicantStillThere)
	close(row, Outcome.EXPIRED)


def say(referral: str, words: str, next_word_by: str | date | None = None, on_hold: bool = False) -> Document:
	"""Write to the referrer of an open referral; return it with its clock set again."""
	text, promised = _checked(words), _checked_date(next_word_by)
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.outcome != Outcome.OPEN:
		frappe.throw(
			_("{0} is not open any more: {1}.").format(row.name, _(row.outcome, context="Referral")),
			exc=NotOpen,
		)
	last_seq = row.last_event_seq or 0
	row.db_set(_clock_set_again(row, promised) | {"last_event_seq": last_seq + 1}, notify=True)
	move = Move(
		Kind.NOTE,
		Stage(row.stage),
		Outcome.OPEN,
		now_datetime(),
		facts={"note": "word", "on_hold": bool(on_hold), "by": frappe.session.user},
		words=text,
	)
	timeline.record(row.name, last_seq, [move])
	return row


def _clock_set_again(row: Document, promised: date | None) -> dict:
	now = now_datetime()
	interview = row.next_interview_on and getdate(row.next_interview_on)
	set_to = {
		"last_word_on": now,
		"clock_from": max(filter(None, (getdate(now), interview))),
		"promised_by": promised,
		"recruiter_reminded_on": None,
		"manager_told_on": None,
	}
	return set_to | {"next_word_due": clock.due_of(frappe._dict(row.as_dict() | set_to))}


def _checked(words: str) -> str:
	text = (words or "").strip()
	if not text:
		frappe.throw(_("Please write something for the referrer."), exc=EmptyWord)
	if len(text) > LONGEST_WORD:
		frappe.throw(_("Please shorten this to {0} characters.").format(LONGEST_WORD), exc=EmptyWord)
	return text


def _checked_date(next_word_by: str | date | None) -> date | None:
	if not next_word_by:
		return None
	day, today = getdate(next_word_by), getdate(nowdate())
	if day < today:
		frappe.throw(_("Please choose a day that is still to come."), exc=UnlikelyDate)
	if (day - today).days > FURTHEST_DAYS:
		frappe.throw(_("Please promise the next word within a year."), exc=UnlikelyDate)
	return day
