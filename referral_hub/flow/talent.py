"""The pool is left for a process of HR's, and its people are written to."""

from functools import partial

import frappe

from referral_hub.flow.referrals import match
from referral_hub.messages import service as messages
from referral_hub.messages.channels import wecom_callback
from referral_hub.referrals import closing
from referral_hub.referrals.making import matching, recalling
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.talent import keeping, signals
from referral_hub.talent import service as talent
from referral_hub.talent.rules.signals import Refused
from referral_hub.talent.wecom import known


def call_back(record: str, opening: str) -> str | None:
	"""HR makes somebody of the pool an applicant for an opening; return the Referral that credits the referrer, if any.

	A referral that waits in the pool is matched. Else it is a new one, under the rules of today, of whoever referred the
	person first: the program says for how long.
	"""
	person = talent.lock(record)
	talent.check_may_be_called(person)
	if matching.waits(person.referral):
		match(person.referral, opening)
		return person.referral
	matching.check_open(opening)
	recalling.check_not_there(person.job_applicant, opening)
	about = _known(person)
	employee = recalling.credited(about, opening)
	referral = recalling.recall(about, opening, employee) if employee else None
	applicant = referral.job_applicant if referral else recalling.apply_alone(about, opening)
	if applicant and person.resume:
		frappe.db.set_value("Job Applicant", applicant, "resume_attachment", person.resume)
	talent.called_back(person, opening, applicant, referral)
	return referral.name if referral else None


def hear_wecom(channel: str, event: dict) -> int:
	"""Keep what WeCom tells of an external contact with whom of the pool it is, and which contact they are; say with how many.

	Nobody we know, or nobody who agreed: nothing is kept.
	"""
	kept, numbers = 0, wecom_callback.numbers_of(channel, event)
	known.remember(event.get("ExternalUserID") or "", wecom_callback.corp_of(channel), numbers)
	for number in numbers:
		try:
			kept += signals.heard_in_wecom({**event, "phone": number})
		except Refused:
			continue
	return kept


def _known(person) -> recalling.Known:
	return recalling.Known(
		Candidate(person.person_name, person.email or None, person.phone or None),
		person.first_referrer,
		person.first_referral,
		frappe.utils.getdate(person.first_referred_on) if person.first_referred_on else None,
		person.note or "",
		person.consent_purpose if person.consent_state == "Given" else None,
	)


def confirm_no_show(record: str, reason: str, words: str = ""):
	"""HR says that somebody who was proposed did not come; an open referral of theirs ends so."""
	person = talent.lock(record)
	talent.confirm_no_show(person, reason, words)
	outcome = person.referral and frappe.db.get_value("Referral", person.referral, "outcome")
	if outcome == "Open":
		closing.close(person.referral, "No-show", reason)


def ask_to_be_kept(record: str) -> bool:
	"""Ask somebody of the pool who agreed whether to be kept longer, once for each end; False where they can't be asked."""
	person = talent.lock(record)
	if not keeping.may_be_asked(person):
		return False
	facts = {
		"company": person.company,
		"until_on": person.consent_until,
		"link": partial(keeping.link_of, record),
	}
	told = messages.tell_in_pool("pool_renewal", record, key=f"{record}:{person.consent_until}", **facts)
	keeping.mark_asked(person)
	return told


def send_pool_page(record: str) -> bool:
	"""Send somebody of the pool the link to their own page, because they asked; False when they can't be written to."""
	company = frappe.db.get_value(talent.RECORD, record, "company")
	key = f"{record}:{frappe.generate_hash(length=10)}"
	link = partial(keeping.link_of, record)
	return messages.tell_in_pool("pool_page", record, key=key, company=company, link=link)
