"""Sends what a person wrote to somebody of the pool, by mail or as a text, or keeps what they copied into another messenger. Nothing goes
out by itself.

A mail is Frappe's Communication on the record, from here or from the form's own dialog: an answer to it comes back there, and ends the asking.
What a machine answers (`rules.answers`) or a colleague who was copied in does not. A mail on an application of theirs counts alike.
"""

import inspect
from email.utils import getaddresses

import frappe
from frappe import _
from frappe.core.doctype.communication.email import _make, make
from frappe.email.receive import InboundMail
from frappe.model.document import Document
from frappe.utils import escape_html, get_datetime

from referral_hub.background import start_after_commit
from referral_hub.messages import service as messages
from referral_hub.messages.rules.sms import MOST_PARTS_BY_HAND, measure
from referral_hub.talent import service, states
from referral_hub.talent.archive import contacts, threads
from referral_hub.talent.archive.contacts import IN, OUT
from referral_hub.talent.rules import answers
from referral_hub.talent.templates import media

RECORD, CONTACT = "Talent Pool Record", "Talent Interaction"


class NotCalled(frappe.ValidationError):
	"""Nobody writes to this person, or there is nothing to send."""


def send_mail(
	record: str,
	subject: str,
	words: str,
	template: str | None = None,
	asks_permission: bool = True,
	files: tuple[str, ...] = (),
) -> str:
	"""Send one mail in the name of whoever is logged in; return the Talent Interaction.

	`asks_permission`: False where a request allows what the role does not (`requests.answering`). `files`: pictures and voices that go
	along (`templates.media`).
	"""
	person, along = writable(record, words), media.chosen(record, files)
	if not person.email:
		frappe.throw(_("No e-mail address of this person is known."), NotCalled)
	if messages.is_suppressed(person.email):
		frappe.throw(_("This person asked us to stop writing to this address."), NotCalled)
	if not subject.strip():
		frappe.throw(_("A mail needs a subject."), NotCalled)
	html = escape_html(words.strip()).replace("\n", "<br>")
	mail = {"doctype": RECORD, "name": record, "content": html, "subject": subject.strip()}
	attached = [{"fname": file.file_name, "fcontent": media.content(file)} for file in along]
	mail |= {"recipients": person.email, "send_email": True, "attachments": attached}
	try:
		sent = make(**mail) if asks_permission else _make(**mail, add_signature=False)
	except frappe.OutgoingEmailError as refused:  # no ValidationError: a page would lose what was typed
		raise NotCalled(str(refused)) from refused
	contact = frappe.db.get_value(CONTACT, {"record": record, "communication": sent["name"]})
	return _began_with(contact, template, along)


def send_text(record: str, words: str, template: str | None = None, files: tuple[str, ...] = ()) -> str:
	"""Send one text message while the caller waits; return the Talent Interaction.

	What the gateway refuses is not kept. Where it gave no answer the contact says so: sending again might disturb twice. `files`: what the
	link in the words shows (`templates.media.link_of`).
	"""
	person, said, along = writable(record, words), words.strip(), media.chosen(record, files)
	if why := why_no_text(person) or _too_long(said):
		frappe.throw(why, NotCalled)
	contact = note_sent(record, "SMS", said, template, along)
	if not messages.text(person.phone, person.company, said):
		unknown = _("The gateway gave no answer: nobody knows whether this text arrived.")
		kept = frappe.db.get_value(CONTACT, contact, "summary")
		frappe.db.set_value(CONTACT, contact, "summary", f"{kept}\n\n{unknown}", update_modified=False)
		frappe.msgprint(unknown, indicator="orange")
	return contact


def why_no_text(person) -> str | None:
	"""Say in a sentence why this person can't be sent a text, or None."""
	return messages.why_no_text(person.phone, person.company)


def _too_long(words: str) -> str | None:
	parts = measure(words).segments
	if parts <= MOST_PARTS_BY_HAND:
		return None
	said = _("As a text message this has {0} parts, and {1} are the most. Shorten it, or send a mail.")
	return said.format(parts, MOST_PARTS_BY_HAND)


def keep_copied(
	record: str, words: str, kind: str = "Message", template: str | None = None, files: tuple[str, ...] = ()
) -> str:
	"""Keep what somebody copied and sent by a way of their own; return the Talent Interaction. `files`: as `send_text` has it."""
	writable(record, words)
	return note_sent(record, kind, words.strip()[:2000], template, media.chosen(record, files))


def follow(mail: Document) -> str | None:
	"""A mail is a contact, whichever way it was written: the person's answer, or one to them; return its Talent Interaction.

	One that hangs on an application waits for a job, else for the hourly look: nothing here may fail what HRMS is saving.
	"""
	if mail.communication_type != "Communication":
		return None
	if mail.reference_doctype == RECORD:
		return _sent(mail) if mail.sent_or_received == "Sent" else answered(mail)
	if mail.reference_doctype not in threads.ON or mail.communication_medium != "Email":
		return None
	if is_of_people(mail):
		start_after_commit("referral_hub.talent.jobs.follow_mail", mail=mail.name)
	else:  # known now alone: the headers are not kept
		frappe.db.set_value("Communication", mail.name, threads.NO_ANSWER, 1, update_modified=False)
	return None


def follow_thread(mail: Document, of_before_alone: bool = False) -> list[str]:
	"""Note a mail on an application for whoever of the pool it is about; return the Talent Interactions. Once, however often it is asked.

	What was written before somebody came into the pool belongs to the application, and calls nobody back. `of_before_alone`: only where the
	application was made before they came.
	"""
	noted, written_on = [], get_datetime(mail.creation)
	for about in threads.people_of(mail):
		direction = IN if mail.sent_or_received == "Received" else OUT
		if direction == OUT and not about.addresses & written_to(mail):
			continue
		if about.kept_since and written_on < about.kept_since:
			continue
		if of_before_alone and not about.is_of_before:
			continue
		if contacts.is_noted(about.record, mail.name, mail.message_id):
			continue
		said = {"direction": direction, "by_user": mail.owner, "communication": mail.name}
		said["happened_on"] = written_on
		said["of_application"] = about.is_under_way
		noted.append(service.note(about.record, "E-mail", mail.subject or "", **said))
	return noted


def _sent(mail: Document) -> str | None:
	"""What colleagues write to each other about somebody is no contact with them."""
	person = frappe.db.get_value(RECORD, mail.reference_name, "email")
	if mail.communication_medium != "Email" or (person or "").lower() not in written_to(mail):
		return None
	return _note_mail(mail, OUT)


def answered(mail: Document) -> str | None:
	"""A mail that arrived on a record is the person's answer, if a person wrote it; return its Talent Interaction."""
	if mail.reference_doctype != RECORD or mail.sent_or_received != "Received":
		return None
	if not frappe.db.exists(RECORD, mail.reference_name) or not is_of_people(mail):
		return None
	return _note_mail(mail, IN)


def _note_mail(mail: Document, direction: str) -> str | None:
	states.lock(mail.reference_name)
	if contacts.is_noted(mail.reference_name, mail.name, mail.message_id):
		return None
	said = {"direction": direction, "communication": mail.name}
	return service.note(mail.reference_name, "E-mail", mail.subject or "", **said)


def written_to(mail) -> set[str]:
	"""Return the addresses a mail went to."""
	said = [text for text in (mail.recipients, mail.cc, mail.bcc) if text]
	return {address.lower() for _name, address in getaddresses(said)}


def is_of_people(mail: Document) -> bool:
	"""Say whether we sent it, or a person outside wrote it: no machine, and no colleague who was copied in."""
	if mail.sent_or_received == "Sent":
		return True
	return not _is_ours(mail.sender) and not answers.is_automatic(_headers(), mail.sender, mail.subject)


def _is_ours(sender: str | None) -> bool:
	"""A colleague who was copied in answers us, and is not the person."""
	return bool(
		sender and frappe.db.exists("User", {"email": sender, "user_type": "System User", "enabled": 1})
	)


def _headers() -> dict[str, str]:
	"""Return the headers of the mail that is being taken in: Frappe keeps none of them on its Communication.

	The InboundMail that inserts it has them, and is the only one: no hook is given it. {} for a mail that came another way.
	"""
	frame = inspect.currentframe()
	while frame:
		source = frame.f_locals.get("self")
		if isinstance(source, InboundMail):
			return dict(source.mail.items())
		frame = frame.f_back
	return {}


def note_sent(record: str, kind: str, words: str, template: str | None, along: list) -> str:
	return _began_with(service.note(record, kind, words, direction=OUT), template, along)


def _began_with(contact: str, template: str | None, along: list) -> str:
	media.keep(contact, along)
	if template and frappe.db.exists("Recall Template", template):
		frappe.db.set_value(CONTACT, contact, "template", template, update_modified=False)
	return contact


def writable(record: str, words: str):
	person = states.lock(record)
	if person.state in states.NOT_CALLED:
		state = _(person.state, context=RECORD)
		frappe.throw(_("This person is not called: {0}.").format(state), NotCalled)
	if not words.strip():
		frappe.throw(_("There is nothing to send."), NotCalled)
	return person
