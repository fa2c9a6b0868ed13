"""What the colleague does with a request: writes to the person, hands it back, or leaves word; each is noted on the record.

Every function takes the Employee who acts and refuses whatever is not theirs to answer now, whoever calls it.
"""

import frappe
from frappe import _

from referral_hub.talent import sending, states
from referral_hub.talent.archive import contacts
from referral_hub.talent.requests import ending, showing, telling
from referral_hub.talent.rules.requests import ANSWERED, KNOWS_BETTER, NOT_ME, WROTE

DOCTYPE = ending.DOCTYPE
_LONGEST = 1000


class NoRequest(frappe.DoesNotExistError):
	"""There is no such request for this colleague now: another's, a closed one and none look the same."""


class NothingSaid(frappe.ValidationError):
	"""An answer that needs words came without."""


def send_mail(name: str, employee: str, subject: str, words: str) -> None:
	"""Send the message in the colleague's name; answers come back to the record."""
	row = _lock(name, employee)
	contact = sending.send_mail(row.record, subject, words, row.template, asks_permission=False)
	_give_to_hr(contact, row)
	_wrote(row, contact)


def send_text(name: str, employee: str, words: str) -> None:
	"""Send the message as a text by the site's gateway."""
	row = _lock(name, employee)
	_wrote(row, sending.send_text(row.record, words, row.template))


def keep_copied(name: str, employee: str, words: str) -> None:
	"""Keep what the colleague sent by a messenger of their own."""
	row = _lock(name, employee)
	_wrote(row, sending.keep_copied(row.record, words, template=row.template))


def not_me(name: str, employee: str, words: str = "") -> None:
	"""The colleague is not the one to write; why is welcome."""
	_hand_back(_lock(name, employee), NOT_ME, words)


def knows_better(name: str, employee: str, words: str) -> None:
	"""The colleague knows something that makes this message wrong, and says what."""
	row = _lock(name, employee)
	_check_said(words)
	_hand_back(row, KNOWS_BETTER, words)


def leave_word(name: str, employee: str, words: str) -> None:
	"""Tell HR something; the request stays open."""
	row = _lock(name, employee)
	_check_said(words)
	said = words.strip()[:_LONGEST]
	note = contacts.note(row.record, "Note", said)
	ending.write(row, answer_words="\n".join(filter(None, (row.answer_words, said)))[-2000:])
	telling.answered(row, "Note", note)


def _lock(name: str, employee: str):
	"""Lock the person, then the request, in the order of whatever else moves a record."""
	record = frappe.db.get_value(DOCTYPE, {"name": str(name), "asked": employee}, "record")
	if record and frappe.db.exists(showing.RECORD, record):
		states.lock(record)
		row = ending.lock(name)
		if showing.is_theirs(row, employee):
			return row
	raise NoRequest(_("There is no such request for you any more."))


def _wrote(row, contact: str) -> None:
	ending.close(row, ANSWERED, answer=WROTE, interaction=contact)
	telling.answered(row, WROTE, WROTE)


def _hand_back(row, answer: str, words: str) -> None:
	said = words.strip()[:_LONGEST]
	if said:
		contacts.note(row.record, "Note", said)
	ending.close(row, ANSWERED, answer=answer, answer_words="\n".join(filter(None, (row.answer_words, said))))
	telling.answered(row, answer, answer)


def _give_to_hr(contact: str, row) -> None:
	"""Whoever owns a Communication may delete it: the colleague's belongs to who asked for it."""
	mail = frappe.db.get_value("Talent Interaction", contact, "communication")
	frappe.db.set_value("Communication", mail, "owner", row.asked_by, update_modified=False)


def _check_said(words: str) -> None:
	if not words.strip():
		frappe.throw(_("Please say it in a few words."), NothingSaid)
