"""People are forgotten in all that this app wrote or caused: asked for, over, or brought back by a backup."""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub import idempotency, tokens
from referral_hub.forgotten import journal, sweeping
from referral_hub.matching.contacts import erasing as contacts
from referral_hub.messages import service as messages
from referral_hub.paths import forgetting as paths
from referral_hub.referrals import policy
from referral_hub.referrals.consent import erasing, leaving, office
from referral_hub.referrals.erasure import again, hrms, reach, reports, traces
from referral_hub.referrals.erasure import person as people_of
from referral_hub.referrals.erasure.words import linking_rows
from referral_hub.referrals.making import matching
from referral_hub.survey import service as survey
from referral_hub.survey.rules.questions import Role
from referral_hub.talent import keeping
from referral_hub.talent import service as talent
from referral_hub.talent.archive import former


def erase_person(person, with_hrms: bool, moment=None, why: str = "", asked: bool = True) -> dict:
	"""Forget one person in all that this app wrote or caused; say what became of whom HRMS holds.

	`with_hrms` empties HRMS's applicant and form as well. Somebody who became an Employee is HRMS's to keep.
	`moment`: when it was done first, where a backup brought the person back. `why`: kept on what stays of the pool.
	`asked`: nobody asked for it where their time in the pool is over; colleagues keep then whom they know.
	"""
	employee = hrms.employee_of(person)
	with_hrms = with_hrms and not employee
	journal.remember(people_of.hashes_of(person), journal.WITH_HRMS if with_hrms else journal.OURS, moment)
	records = person.applicants | person.referrals | person.forms | person.records
	among_contacts = _forgotten(person)
	for record in sorted(person.records):
		messages.forget_in_pool(record)
		tokens.forget(keeping.subject_of(record))
	talent.forget(person.records, why)
	paths.forget(person.applicants, employee)
	survey.forget(person.referrals, person.spellings, min(person.referrals, default=_("Deleted Person")))
	erasing.forget(person, with_hrms)
	idempotency.forget_answers()
	if asked:  # last: a build of the index waits for it
		contacts.forget(among_contacts)
	sweeping.sweep_now_and_after_commit({*person.contacts, *records}, person.names)
	return {"referrals": sorted(person.referrals), "employee": employee, "with_hrms": with_hrms}


def _forgotten(person) -> contacts.Forgotten:
	"""Return by what colleagues who keep them as a contact know them."""
	known = map(frozenset, (person.names, *people_of.ends_of(person)))
	return contacts.Forgotten(*known, person.is_another)


def held_about(record: str, with_words: bool) -> dict[str, list[str]]:
	"""Return {DocType: names} of all that is held about a person of the pool, here and in HRMS: what an erasure would take.

	`with_words`: also what interviewers wrote.
	"""
	person = people_of.of_record(record)
	found = reach.shown(person) | paths.held(hrms.employee_of(person))
	hidden = () if with_words else ("Interview Feedback",)
	return {doctype: names for doctype, names in found.items() if names and doctype not in hidden}


def forget_in_pool(record: str, why: str, moment=None) -> bool:
	"""The time of a record is over: the pool forgets its person; what they applied for stays HR's. False when it was done before."""
	person = talent.lock(record)
	if person.state == talent.ANONYMISED:
		return False
	known, once = people_of.of_record(record), former.of([record])[record]
	keys = {person.email_key, person.phone_key, *(each.key_hash for each in once)}
	known_by = keys & people_of.hashes_of(known)
	journal.remember(known_by, journal.POOL, moment)
	reports.remove_holding(known, with_hrms=False)
	messages.forget_in_pool(record)
	tokens.forget(keeping.subject_of(record))
	rows = [(person.doctype, record), *linking_rows(people_of.Person(records={record}), with_hrms=False)]
	and_answers = traces.rows_with_answers(rows)
	talent.anonymise(record, why)
	for doctype, name in rows:
		traces.remove_beside(doctype, name)
	traces.remove_deleted(and_answers)
	idempotency.forget_answers()
	swept = {person.person_name, person.email, person.phone, *(each.contact for each in once)}
	sweeping.sweep_now_and_after_commit({record}, swept - {None})
	return True


def take_back_consent(referral: str) -> None:
	"""A candidate takes back what they agreed to; from that moment on the pool leaves them alone as well."""
	_leave(referral, leaving.take_back_consent)


def ask_for_deletion(referral: str) -> None:
	"""A candidate asks to be forgotten, wherever we keep them."""
	_leave(referral, leaving.ask_for_deletion)


def _leave(referral: str, leave) -> None:
	known = people_of.of_referral(referral)
	leave(referral)
	if not (known.applicants or known.forms):  # it is done; of whom HRMS has papers HR decides
		contacts.forget(_forgotten(known))
	survey.end_of(referral, Role.CANDIDATE)
	for record in sorted(known.records):
		person = talent.lock(record)
		if person.state != talent.ANONYMISED and not person.erasure_asked_on:
			_start_clock(person)


def _start_clock(person) -> str:
	why = _("The person asked for deletion on their own page.")
	return keeping.start_clock(person, cint(policy.settings().erasure_days), why)


def leave_pool(record: str) -> bool:
	"""The person wants to be forgotten: True where only the pool knew them and it is done; else HR has some days."""
	person = talent.lock(record)
	if person.erasure_asked_on:
		return False
	found = people_of.of_record(record)
	if found.is_known_to_the_pool_alone:
		erase_person(found, with_hrms=True)  # HRMS holds nothing, and its logs may
		return True
	due = _start_clock(person)
	words = _("Somebody of the talent pool asks for the deletion of what is held about them, by {0}.")
	office.give_task(person, words.format(frappe.utils.format_date(due)), due)
	return False


def end_keeping(record: str) -> bool:
	"""The time of a record is up, or its deletion overdue: our part goes by itself; what HRMS holds is HR's to decide."""
	person = talent.lock(record)
	if person.state == talent.ANONYMISED or not keeping.is_over(person):
		return False
	found, why = people_of.of_record(record), ""
	if not person.erasure_asked_on:
		why = _("The time for which this person was kept is over.")
		if not found.is_known_to_the_pool_alone and not matching.waits(person.referral):
			return forget_in_pool(record, why)
	asked = bool(person.erasure_asked_on)
	erase_person(found, with_hrms=found.is_known_to_the_pool_alone, why=why, asked=asked)
	for applicant in sorted(found.applicants) if asked else ():
		about = {
			"doctype": "Job Applicant",
			"name": applicant,
			"job_opening": None,
			"company": person.company,
		}
		words = _("This person asked for deletion. Our part is deleted; please decide about the application.")
		office.give_task(frappe._dict(about), words)
	return True


def forget_again(back) -> bool:
	"""Forget somebody whom a restored backup brought back; False where HR has to decide, for they have come anew."""
	moment = journal.moment_of(back.line)
	if back.line.extent == journal.POOL:
		return forget_in_pool(back.name, "", moment)
	person = again.person_of(back)
	if person and again.has_come_again(person, back.line):
		return False
	if person:
		erase_person(person, back.line.extent == journal.WITH_HRMS, moment)
	return True


def forget_contacts_again() -> int:
	"""Forget whom a restored backup brought back as a colleague's contact alone; return how many there were."""
	owed = {key: line for key, line in journal.owed().items() if line.extent != journal.POOL}

	def is_owed(keys, kept_on) -> bool:
		return any(journal.is_older(kept_on, owed[key].at) for key in keys & owed.keys())

	return contacts.forget_again(is_owed) if owed else 0
