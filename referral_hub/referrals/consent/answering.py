"""The candidate's yes or no to being referred.

A yes makes the Job Applicant and keeps the words they agreed to; a no removes the person at once and is respected for some
months: their keyed hashes stay taken, so that nobody else can refer them, without anybody being told why.
"""

import frappe
from frappe.utils import add_months, cint, getdate, nowdate
from frappe.utils.global_search import update_global_search

from referral_hub.messages import service as messages
from referral_hub.referrals import service
from referral_hub.referrals.consent import erasing
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.consent import Consent
from referral_hub.referrals.rules.outcomes import Outcome


def agree(referral: str, words: str) -> None:
	"""Let the person in who agreed to these words; agreeing twice is once. Raises what `service.admit` raises."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.consent_state != Consent.ASKED:
		return
	service.admit(row, consent=words)
	update_global_search(row)


def refuse(referral: str) -> bool:
	"""Remove the person, close the referral, and let nobody refer them again for a while; False when it was answered before."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	if row.consent_state != Consent.ASKED or row.erased_on:
		return False
	for contact in filter(None, (row.candidate_email, row.candidate_phone)):
		messages.suppress(contact)
	row.db_set("consent_state", Consent.REFUSED.value)
	_respect(row.name)
	erasing.erase(row, keep_keys=True)
	if row.outcome == Outcome.OPEN:
		service.close(row, Outcome.WITHDRAWN)
	return True


def _respect(referral: str) -> None:
	"""Keep the person's keys taken: whoever refers them hears what everybody hears about somebody who is taken."""
	until = add_months(getdate(nowdate()), cint(settings().declined_months))
	frappe.db.set_value("Candidate Key", {"referral": referral}, "owned_until", until)
