"""What HR does with people of the talent pool: read the archive, log a contact, confirm a no-show, pick somebody, respect a no.

HR roles only, and only for records they may write; changes by POST.
"""

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub import flow
from referral_hub.background import start_after_commit
from referral_hub.permissions import HR_ROLES
from referral_hub.portal.templates import render
from referral_hub.retry import retry_deadlocks
from referral_hub.talent import held, keeping, service
from referral_hub.talent.archive import reading
from referral_hub.talent.capturing import ties
from referral_hub.talent.finding import scoring
from referral_hub.talent.templates import links

RECORD = "Talent Pool Record"


@frappe.whitelist(methods=["GET"])
def archive(record: str) -> dict:
	"""Return what is known of a person: {"applications", "contacts", "mails", "referrals", "words_are_hidden", "likelihood", "ties", "links"}.

	`likelihood` is {"score", "parts": [{"name", "value", "weight"}]}, as of now. `ties`: [{name, person_name, email, state}] of those who
	have the same number and of whom HR has not said whether they are the same person. `links`: {purpose: how many} of those that were sent to
	the person and still open something.

	The words of interviewers only for whom HRMS lets read Interview Feedback.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not read it.
	"""
	known = reading.of(_of_hr(record, "read"), with_words=reading.may_read_words())
	return known | {"likelihood": scoring.shown(record), "ties": ties.of(record), "links": links.live(record)}


@frappe.whitelist(methods=["POST"])
def log_contact(
	record: str,
	kind: str,
	summary: str,
	direction: str | None = None,
	happened_on: str | None = None,
	interested: int = 0,
) -> str:
	"""Write down a contact that took place; return the name of its Talent Interaction.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param kind: Call, E-mail, SMS, Message, Meeting or Note.
	:param summary: what was said.
	:param direction: Out, In, or empty for a note. Raises NoContact for another kind or direction.
	:param happened_on: date and time of the site, now when empty. Raises NotYet for a time to come.
	:param interested: 1: they said that they are; counted of what they said alone.
	"""
	when, by = happened_on or None, direction or None
	return service.note(
		_of_hr(record), kind, summary[:2000], direction=by, happened_on=when, interested=bool(interested)
	)


@frappe.whitelist(methods=["POST"])
def confirm_no_show(record: str, reason: str, words: str = "") -> None:
	"""Say that somebody who was proposed did not come; an open referral of theirs ends as a no-show.

	:param record: name of a Talent Pool Record in the state Proposed.
	:param reason: name of an enabled Referral Reason for no-shows.
	:param words: why, as the person said it.
	"""
	_check_proposed(_of_hr(record))
	kind, enabled = frappe.db.get_value("Referral Reason", reason, ("applies_to", "enabled")) or (None, 0)
	if kind != service.NO_SHOW or not enabled:
		frappe.throw(_("Please choose why the person did not come."))
	flow.confirm_no_show(record, reason, words.strip()[:500])


@frappe.whitelist(methods=["POST"])
def reject_no_show(record: str) -> None:
	"""Say that somebody who was proposed is no no-show; they are not proposed again for this application, unless its joining date is moved and is over too.

	:param record: name of a Talent Pool Record in the state Proposed.
	"""
	_check_proposed(_of_hr(record))
	service.put(record, service.CLOSED, _("HR said: no no-show."))


@frappe.whitelist(methods=["POST"])
def pick(applicant: str, note: str = "") -> str:
	"""Keep an applicant in the pool because somebody thinks they are worth knowing; return the record.

	:param applicant: name of the Job Applicant. Raises PermissionError when the caller may not read it.
	:param note: why.
	"""
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc("Job Applicant", applicant).check_permission("read")
	if not frappe.has_permission(RECORD, "create"):
		raise frappe.PermissionError
	record = service.capture(applicant, service.HAND_PICKED, note.strip()[:2000])
	if not record:
		frappe.throw(
			_(
				"Nobody could call this applicant: no contact can be read, or the person asked to be forgotten."
			)
		)
	return record


@frappe.whitelist(methods=["POST"])
def do_not_contact(record: str, words: str = "") -> None:
	"""Respect that somebody does not want to hear from us: nobody is asked to call them again, and no signal is kept.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param words: what they said.
	"""
	keeping.say_no(_of_hr(record), words.strip()[:500])


@frappe.whitelist(methods=["POST"])
def contact_again(record: str) -> None:
	"""Take a person back into the pool who was resting, closed, matched or said no before.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it, SaidNo when the person asked
		for deletion.
	"""
	keeping.take_back(_of_hr(record))


@frappe.whitelist(methods=["POST"])
def are_one(record: str, other: str) -> str:
	"""Put two records with the same number together, because they are one person; return the one that stays.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param other: name of the other one, likewise. Raises NotTied where they do not have the same number.
	"""
	names = _of_hr(record), _of_hr(other)
	return retry_deadlocks(lambda: ties.are_one(*names))


@frappe.whitelist(methods=["POST"])
def are_two(record: str) -> None:
	"""Say that a person is somebody else than the others with the same number.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	"""
	ties.are_two(_of_hr(record))


@frappe.whitelist(methods=["POST"])
def send_page_link(record: str) -> bool:
	"""Send somebody who asked the link to their own page, by e-mail or else SMS; False when they can't be written to.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	"""
	return flow.send_pool_page(_of_hr(record))


@frappe.whitelist(methods=["GET"])
def export(record: str) -> dict:
	"""Return all that is held about one person, to answer them: {DocType: rows}, here and in HRMS: whatever an erasure would take.

	But for logs, keys, copies and what colleagues earn. HR Manager only. What interviewers wrote only for whom HRMS lets read Interview Feedback.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not read it.
	"""
	frappe.only_for(("HR Manager", "System Manager"))
	return held.everything(flow.held_about(_of_hr(record, "read"), reading.may_read_words()))


@frappe.whitelist(methods=["GET"])
def export_page(record: str) -> None:
	"""Answer with the same as a page to read and to print. HR Manager only.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not read it.
	"""
	frappe.only_for(("HR Manager", "System Manager"))
	said = held.in_words(flow.held_about(_of_hr(record, "read"), reading.may_read_words()))
	title = _("What is held about {0}").format(frappe.db.get_value(RECORD, record, "person_name"))
	context = {"title": title, "held": said, "now": now_datetime(), "lang": frappe.local.lang or "en"}
	page = {"filename": f"{record}.html", "filecontent": render("held.html", context)}
	shown = {"type": "download", "content_type": "text/html", "display_content_as": "inline"}
	frappe.local.response.update({**page, **shown})


@frappe.whitelist(methods=["POST"])
def import_history() -> None:
	"""Look through all applicants HRMS has, in the background, and keep those worth knowing. HR Manager only.

	A run that was stopped goes on; one that is under way is enough.
	"""
	frappe.only_for(("HR Manager", "System Manager"))
	start_after_commit(
		"referral_hub.tasks.import_talent_history", queue="long", once_as="referral_hub_talent_history"
	)


def _check_proposed(record: str) -> None:
	if frappe.db.get_value(RECORD, record, "state", for_update=True) != service.PROPOSED:
		frappe.throw(_("This was answered already."))


def _of_hr(record: str, ptype: str = "write") -> str:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(RECORD, record).check_permission(ptype)
	return record
