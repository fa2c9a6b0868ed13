"""An employee invites one person by message: Referral at Invited, a link of its own, the words of the referrer.

Sent again once, after some days; taken back; or declined by the person, who is then never written to again. Somebody who said
no is remembered by the messages, as a keyed hash of their contact.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, now_datetime, nowdate

from referral_hub.messages import service as messages
from referral_hub.people.employments import records_of
from referral_hub.referrals import errors, policy, service
from referral_hub.referrals.making import ownership
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.ownership import Candidate, normalise
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.sharing import invitations as rules
from referral_hub.referrals.rules.sharing.invitations import Sending
from referral_hub.referrals.rules.sharing.links import Channel
from referral_hub.referrals.sharing import links

EVENT = "candidate_invited"


def invite(
	employee: str,
	candidate: Candidate,
	opening: str | None,
	*,
	message: str = "",
	submission_key: str | None = None,
) -> Document:
	"""Invite somebody; return the invitation's Referral Link. Raises what `service.invite` raises, and CanNotInvite."""
	_check(employee, candidate, opening)
	referral = service.invite(
		employee,
		candidate,
		opening,
		note=message,
		channel=Channel.INVITE.value,
		submission_key=submission_key,
	)
	# read as it is now: the same form may have been sent from two tabs at once
	if existing := frappe.db.get_value("Referral", referral.name, "link", for_update=True):
		return frappe.get_doc(links.DOCTYPE, existing, for_update=True)
	link = links.make_invitation_link(referral, message)
	referral.db_set("link", link.name, update_modified=False)
	_tell(link, referral)
	return link


def may_send_again(invitation) -> bool:
	"""Say whether the one reminder may go out now: the person has not answered, and some days have passed."""
	if invitation.stage != "Invited" or invitation.outcome != "Open" or not invitation.enabled:
		return False
	days = cint(settings().invitation_resend_days)
	again = get_datetime(invitation.reminded_on) if invitation.reminded_on else None
	return rules.may_send_again(get_datetime(invitation.creation), again, now_datetime(), days)


def send_again(link: Document) -> bool:
	"""Send the reminder; False when it may not go out."""
	frappe.db.get_value(links.DOCTYPE, link.name, "name", for_update=True)
	referral = frappe.get_doc("Referral", link.referral, for_update=True)
	reminded = frappe.db.get_value(links.DOCTYPE, link.name, "reminded_on", for_update=True)
	standing = frappe._dict(
		stage=referral.stage,
		outcome=referral.outcome,
		enabled=link.enabled,
		reminded_on=reminded,
		creation=link.creation,
	)
	if not may_send_again(standing) or _is_suppressed(_candidate_of(referral)):
		return False
	link.db_set("reminded_on", now_datetime())
	_tell(link, referral, again=True)
	return True


def cancel(link: Document) -> None:
	"""Take an invitation back: its link is dead, and others may refer the person."""
	links.switch_off(link)
	if _close(link.referral, "Expired"):
		ownership.release(link.referral)


def decline(link) -> None:
	"""The person says no: nobody writes to them again from here."""
	links.switch_off(link)
	referral = frappe.get_doc("Referral", link.referral, for_update=True)
	for contact in filter(None, (referral.candidate_email, referral.candidate_phone)):
		messages.suppress(contact)
	_close(referral.name, "Withdrawn")


def _close(referral: str, closed_as: str) -> bool:
	"""Close an invitation nobody has answered; say whether it was one."""
	row = frappe.db.get_value("Referral", referral, ["stage", "outcome"], as_dict=True, for_update=True)
	is_waiting = row.stage == "Invited" and row.outcome == "Open"
	if is_waiting:
		service.close(referral, closed_as)
	return is_waiting


def _check(employee: str, candidate: Candidate, opening: str | None) -> None:
	company = (opening and frappe.db.get_value("Job Opening", opening, "company")) or frappe.db.get_value(
		"Employee", employee, "company"
	)
	try:
		person = normalise(candidate, policy.region_of(company))
		rules.check(
			Sending(
				sent_today=_sent_today(employee),
				per_day=cint(settings().invitations_per_day),
				suppressed=_is_suppressed(person),
				has_email=bool(person.email),
				has_phone=bool(person.phone),
				email_works=bool(settings().send_email),
				sms_works=sms_works(),
			)
		)
	except Refused as refusal:
		errors.refuse(refusal)


def can_send() -> bool:
	"""Say whether HR lets employees send invitations at all."""
	return cint(settings().invitations_per_day) > 0


def sms_works() -> bool:
	gateway = frappe.db.get_single_value("SMS Settings", "sms_gateway_url", cache=True)
	return bool(gateway and cint(settings().send_sms))


def _sent_today(employee: str) -> int:
	sent = {
		"employee": ("in", records_of(employee)),
		"channel": Channel.INVITE.value,
		"creation": (">=", nowdate()),
	}
	return frappe.db.count(links.DOCTYPE, sent)


def _is_suppressed(person: Candidate) -> bool:
	return any(messages.is_suppressed(contact) for contact in (person.email, person.phone) if contact)


def _candidate_of(referral: Document) -> Candidate:
	return Candidate(referral.candidate_name, referral.candidate_email, referral.candidate_phone)


def _tell(link: Document, referral: Document, again: bool = False) -> None:
	messages.tell_candidate(
		EVENT,
		referral,
		key=f"{link.name}:again" if again else link.name,
		invitation_link=links.address_of(link.code),
		link=f"/r/{link.code}",
		message=link.message,
		referrer=link.employee_name,
	)
