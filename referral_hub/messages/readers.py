"""Who reads a message: the person as they are now. Owns the question "may and can we reach them?".

A reader is an active employee, the candidate of a referral, somebody of the talent pool, or a group. Read again at the moment of sending.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document

from referral_hub.database.prepared import Prepared, given
from referral_hub.messages import preferences
from referral_hub.messages.rules.delivery import first_usable_address
from referral_hub.messages.rules.events import OWN_SWITCHES
from referral_hub.messages.rules.preferences import Wishes
from referral_hub.people import employments
from referral_hub.referrals.rules.consent import Consent

PREFERENCE_FIELDS = (
	"name",
	"language",
	"digest",
	"pressing_at_once",
	"quiet_hours",
	"quiet_from",
	"quiet_to",
	*OWN_SWITCHES.values(),
)
CANDIDATE_FIELDS = (
	"name",
	"candidate_name",
	"candidate_email",
	"candidate_phone",
	"candidate_language",
	"company",
	"consent_state",
	"erased_on",
)
# what answers somebody who asked us
OWN_PAGE = "pool_page"
# states of the talent pool in which nobody is written to
NOT_WRITTEN_TO = frozenset({"Proposed", "Hired", "Do Not Contact", "Closed", "Anonymised"})


@dataclass(frozen=True)
class Reader:
	"""One person, with what is needed to write to them; `user` only when it can sign in."""

	name: str
	email: str | None
	language: str | None
	time_zone: str | None = None
	employee: str | None = None
	user: str | None = None
	# whether this user lets Frappe's notifications show
	has_bell: bool = True
	# as somebody typed it; the channel that dials makes it international
	phone: str | None = None
	company: str | None = None
	# the referral whose candidate this is
	candidate_of: str | None = None
	# the record of the talent pool whose person this is
	pool_record: str | None = None
	# the Referral Channel whose group this is
	in_group: str | None = None
	wishes: Wishes = field(default_factory=Wishes)

	@property
	def is_candidate(self) -> bool:
		return bool(self.candidate_of or self.pool_record)


def find_reader(employee: str | None) -> Reader | None:
	"""Return the reader by the record they have now, or None for somebody who is not an active employee."""
	row = _employee_and_user(employee) if employee else None
	if employee and not row:
		employee = employments.record_now(employee)
		row = _employee_and_user(employee)
	return _reader(employee, row) if row else None


def find_readers(employees: Collection[str]) -> dict[str, Reader]:
	"""Return these employees as readers, read at once; without whoever is not active by this record."""
	return {name: _reader(name, row) for name, row in _employees_and_users(employees).items()}


def _reader(employee: str, row) -> Reader:
	addresses = (row.prefered_email, row.company_email, row.user_email, row.personal_email)
	chosen = _chosen(employee, row)
	return Reader(
		employee=employee,
		name=row.employee_name,
		user=row.user,
		email=first_usable_address(addresses),
		language=chosen["language"] or row.language or frappe.db.get_default("lang"),
		time_zone=row.time_zone,
		phone=row.cell_number,
		company=row.company,
		wishes=preferences.wishes_of(chosen if chosen["name"] else None, row.time_zone),
		has_bell=row.has_bell in (None, 1),
	)


def find_candidate(referral: str | Document | None) -> Reader | None:
	"""Return the candidate of a referral as a reader. The company's quiet hours hold for them too.

	A document is read again, unless it was made in this transaction.
	"""
	row = referral
	if not isinstance(referral, Document):
		row = frappe.db.get_value("Referral", referral, CANDIDATE_FIELDS, as_dict=True) if referral else None
	elif not referral.flags.is_made_now:
		return find_candidate(referral.name)
	if not row or row.erased_on or row.consent_state in (Consent.REFUSED, Consent.WITHDRAWN):
		return None
	return Reader(
		candidate_of=row.name,
		name=row.candidate_name,
		email=first_usable_address((row.candidate_email,)),
		phone=row.candidate_phone,
		language=row.candidate_language or frappe.db.get_default("lang"),
		company=row.company,
		wishes=preferences.wishes_of(None, None),
	)


def find_in_pool(record: str | None, event: str = "") -> Reader | None:
	"""Return somebody of the talent pool who agreed to be written to, or who asked for the link to their own page."""
	fields = ["name", "person_name", "email", "phone", "company", "consent_state", "state"]
	row = record and frappe.db.get_value("Talent Pool Record", record, fields, as_dict=True)
	if not row or row.state == "Anonymised":
		return None
	is_wanted = row.consent_state == Consent.GIVEN and row.state not in NOT_WRITTEN_TO
	if not is_wanted and event != OWN_PAGE:
		return None
	return Reader(
		pool_record=row.name,
		name=row.person_name,
		email=first_usable_address((row.email,)),
		phone=row.phone,
		language=frappe.db.get_default("lang"),
		company=row.company,
		wishes=preferences.wishes_of(None, None),
	)


def find_group(channel: str) -> Reader | None:
	"""Return the group that a channel posts to. The company's quiet hours hold for it."""
	fields = ["name", "language", "company", "enabled"]
	row = frappe.db.get_value("Referral Channel", channel, fields, as_dict=True)
	if not row or not row.enabled:
		return None
	return Reader(
		in_group=row.name,
		name=row.name,
		email=None,
		language=row.language or frappe.db.get_default("lang"),
		company=row.company,
		wishes=preferences.wishes_of(None, None),
	)


def reader_of(message) -> Reader | None:
	"""Return whom a message in the outbox is for, as they are now."""
	if message.in_group:
		return find_group(message.in_group)
	if message.pool_record:
		return find_in_pool(message.pool_record, message.event)
	return find_candidate(message.candidate_of) if message.candidate_of else find_reader(message.recipient)


def _chosen(employee: str, row) -> dict:
	"""Return what this person chose, by this record or by an earlier one."""
	chosen = {name: row[f"preference_{name}"] for name in PREFERENCE_FIELDS}
	is_asked = row.has_others and not chosen["name"]
	earlier = preferences.of_earlier_record(employee) if is_asked else None
	if not earlier:
		return chosen
	return frappe.db.get_value(preferences.DOCTYPE, earlier, list(PREFERENCE_FIELDS), as_dict=True)


def _employee_and_user(employee: str):
	return next(iter(_employees_and_users([employee]).values()), None)


def _employees_and_users(names: Collection[str]) -> dict[str, frappe._dict]:
	rows = _active_employees.run(as_dict=True, employees=tuple(sorted(names)))
	return {row.name: row for row in rows}


@Prepared
def _active_employees():
	Employee, User = frappe.qb.DocType("Employee"), frappe.qb.DocType("User")
	Preference, Bell = frappe.qb.DocType(preferences.DOCTYPE), frappe.qb.DocType("Notification Settings")
	return (
		frappe.qb.from_(Employee)
		.left_join(User)
		.on((User.name == Employee.user_id) & (User.enabled == 1))
		.left_join(Preference)
		.on(Preference.employee == Employee.name)
		.left_join(Bell)
		.on(Bell.name == Employee.user_id)
		.select(
			Employee.name,
			Employee.employee_name,
			Employee.company,
			Employee.prefered_email,
			Employee.company_email,
			Employee.personal_email,
			Employee.cell_number,
			User.name.as_("user"),
			User.email.as_("user_email"),
			User.language,
			User.time_zone,
			Bell.enabled.as_("has_bell"),
			employments.has_others(Employee).as_("has_others"),
			*[Preference[name].as_(f"preference_{name}") for name in PREFERENCE_FIELDS],
		)
		.where(Employee.name.isin(given("employees")) & (Employee.status == "Active"))
	)
