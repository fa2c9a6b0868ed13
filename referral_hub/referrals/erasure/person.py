"""Who is to be forgotten: every spelling of them that is stored, and the records that are about them."""

from dataclasses import dataclass, field

import frappe

from referral_hub.forgotten import journal
from referral_hub.forgotten.spellings import Spellings
from referral_hub.referrals import policy
from referral_hub.referrals.rules.contacts import clean_email, clean_phone, is_reserved, or_none, same_name
from referral_hub.referrals.rules.ownership import EMAIL, Candidate, are_two_people

APPLICANT, FORM, RECORD = "Job Applicant", "Employee Referral", "Talent Pool Record"
FORMER_KEY = "Talent Former Key"
# DocType, and where the name, the e-mail and the number of a person stand in it
_CONTACTS = (
	("Referral", "candidate_name", "candidate_email", "candidate_phone"),
	(APPLICANT, "applicant_name", "email_id", "phone_number"),
	(FORM, "full_name", "email", "contact_no"),
	(RECORD, "person_name", "email", "phone"),
)
# a shorter number would be found in others
SHORTEST_NUMBER = 7


@dataclass
class Person:
	"""One person, as they are written anywhere, and what is about them."""

	names: set[str] = field(default_factory=set)
	emails: set[str] = field(default_factory=set)
	phones: set[str] = field(default_factory=set)
	referrals: set[str] = field(default_factory=set)
	applicants: set[str] = field(default_factory=set)
	forms: set[str] = field(default_factory=set)
	records: set[str] = field(default_factory=set)
	companies: set[str] = field(default_factory=set)
	# keys of e-mails that were this person's before
	former: set[str] = field(default_factory=set)
	# ends of contacts that were this person's and are somebody else's by now: never followed, never taken out of anything
	left: set[str] = field(default_factory=set)

	@property
	def contacts(self) -> list[str]:
		"""Return every e-mail and number, longest first; a number also as it is dialled at home."""
		return sorted(self.emails | self.phones, key=lambda text: (-len(text), text))

	@property
	def is_known_to_the_pool_alone(self) -> bool:
		"""Say whether nobody referred them and HRMS has no papers of theirs."""
		return not (self.applicants or self.referrals or self.forms)

	@property
	def spellings(self) -> Spellings:
		"""Return everything that says who it is, in any way of writing it."""
		return Spellings(self.names, self.emails, self.phones)

	def is_told(self, name: str | None, email: str | None, phone: str | None) -> None:
		"""Know one more spelling of this person."""
		self.names |= {name.strip()} if name and len(name.strip()) > 1 else set()
		if email and email.strip() and not is_reserved(email) and _end_of(email) not in self.left:
			self.emails.add(email.strip())
		if phone and len(phone.strip()) >= SHORTEST_NUMBER and _end_of(phone) not in self.left:
			written = {phone.strip(), _national(phone)}
			self.phones |= {number for number in written if _digits(number) >= SHORTEST_NUMBER}

	def is_another(self, name: str | None, email: str | None) -> bool:
		"""Say whether somebody with one of these phones is another person: a different name and a different e-mail."""
		if self.former and email and journal.hashes_of([email], [], []) & self.former:
			return False
		other = Candidate(name or "", None if is_reserved(email) else email)
		known = [Candidate(each, address) for each in self.names for address in self.emails]
		return bool(known) and all(are_two_people(each, other) for each in known)


def of_referral(name: str) -> Person:
	"""Return the candidate of a referral; rows are locked, so that nothing moves them meanwhile."""
	person = Person(referrals={name})
	_follow(person)
	return person


def of_record(name: str) -> Person:
	"""Return the person of a Talent Pool Record, whom nobody may have referred."""
	person = Person(records={name})
	_follow(person)
	return person


def of_applicant(name: str) -> Person:
	"""Return the person of a Job Applicant, whether or not anybody referred them."""
	person = Person(applicants={name})
	_follow(person)
	return person


def of_form(name: str) -> Person:
	"""Return the person of an Employee Referral of HRMS."""
	person = Person(forms={name})
	_follow(person)
	return person


def hashes_of(person: Person) -> set[str]:
	"""Return the keyed hashes by which this person is known again; their numbers as they are dialled in their companies' countries.

	A number that somebody else has as well says nothing: by it a restore would delete that other person.
	"""
	return journal.hashes_of(person.emails, _own_phones(person), _regions(person))


def ends_of(person: Person) -> tuple[set[str], set[str], set[str]]:
	"""Return this person's e-mails, their own numbers and those that others have as well, in normal form."""
	emails = {or_none(clean_email, email) for email in person.emails}
	own = _own_phones(person)
	numbers, shared = (_in_normal_form(phones, _regions(person)) for phones in (own, person.phones - own))
	return emails - {None}, numbers, shared - numbers


def _in_normal_form(phones: set[str], regions: list[str | None]) -> set[str]:
	return {or_none(clean_phone, phone, region) for phone in phones for region in regions} - {None}


def _regions(person: Person) -> list[str | None]:
	companies = person.companies or {frappe.defaults.get_global_default("company")}
	return sorted({policy.region_of(company) for company in companies} - {None}) or [None]


def _own_phones(person: Person) -> set[str]:
	return person.phones - (_phones_of_others(person) if person.emails else set())


def _phones_of_others(person: Person) -> set[str]:
	found = set()
	for doctype, name, email, phone in _CONTACTS:
		fields = [f"{phone} as number", f"{name} as called", f"{email} as email"]
		rows = rows_with(doctype, phone, person.phones, fields)
		found |= {row.number for row in rows if person.is_another(row.called, row.email)}
	return {known for known in person.phones if _end_of(known) in set(map(_end_of, found))}


def _follow(person: Person) -> None:
	"""Go from contacts to records and from records to contacts until nothing new turns up."""
	before = None
	while before != (before := _size(person)):
		of_it = (person.referrals, person.applicants, person.forms, person.records)
		for names, (doctype, *columns) in zip(of_it, _CONTACTS, strict=True):
			_read(person, doctype, names, *columns)
		_link(person)


def _size(person: Person) -> int:
	found = (person.names, person.emails, person.phones, person.referrals, person.applicants, person.former)
	return sum(map(len, (*found, person.forms, person.records, person.left)))


def _read(person: Person, doctype: str, names: set[str], name: str, email: str, phone: str) -> None:
	names |= {row.name for row in rows_with(doctype, email, person.emails)}
	with_phone = rows_with(doctype, phone, person.phones, ["name", f"{name} as called", f"{email} as email"])
	names |= {row.name for row in with_phone if not person.is_another(row.called, row.email)}
	fields = [name, email, phone]
	for known in sorted(names):
		row = frappe.db.get_value(doctype, known, fields, for_update=True)
		person.is_told(*(row or (None, None, None)))


def _link(person: Person) -> None:
	"""Follow what names another record: the applicant of a referral, the form it began with."""
	about = ["job_applicant", "employee_referral", "company"]
	for row in rows_with("Referral", "name", person.referrals, about):
		person.applicants |= {row.job_applicant} - {None, ""}
		person.forms |= {row.employee_referral} - {None, ""}
		person.companies |= {row.company} - {None, ""}
	person.referrals |= {row.name for row in rows_with("Referral", "job_applicant", person.applicants)}
	about = ["referral", "job_applicant", "company"]
	for row in rows_with(RECORD, "name", person.records, about):
		person.referrals |= {row.referral} - {None, ""}
		person.applicants |= {row.job_applicant} - {None, ""}
		person.companies |= {row.company} - {None, ""}
	person.records |= {row.name for row in rows_with(RECORD, "referral", person.referrals)}
	person.records |= _who_had(person)
	about = ["kind", "contact", "key_hash", "is_confirmed"]
	for row in rows_with(FORMER_KEY, "record", person.records, about):
		_follow_former(person, row)


def _who_had(person: Person) -> set[str]:
	"""Return the records of who had one of these contacts before: under the same name, or by an e-mail of which HR has said so."""
	rows = rows_with(FORMER_KEY, "key_hash", hashes_of(person), ["record", "kind", "is_confirmed"])
	known = rows_with(RECORD, "name", {row.record for row in rows}, ["name", "person_name"])
	called = {row.name: row.person_name for row in known}
	return {
		row.record
		for row in rows
		if (row.kind == EMAIL and row.is_confirmed)
		or any(same_name(called.get(row.record), name) for name in person.names)
	}


def _follow_former(person: Person, row) -> None:
	"""Know a contact that was theirs; where somebody with another name has it by now, only what bears their own name is theirs."""
	email, phone = (row.contact, None) if row.kind == EMAIL else (None, row.contact)
	person.former |= {row.key_hash} if email and row.key_hash else set()
	written = {row.contact, _national(phone) if phone else None} - {None, ""}
	if not written or written & (person.emails | person.phones):
		return
	found = [(doctype, each) for doctype in _CONTACTS for each in _bearing(doctype, row.kind, written)]
	own = (person.referrals, person.applicants, person.forms, person.records)
	names = {doctype: names for names, (doctype, *_columns) in zip(own, _CONTACTS, strict=True)}
	theirs = [
		(doctype[0], each.name)
		for doctype, each in found
		if each.name in names[doctype[0]] or any(same_name(each.called, name) for name in person.names)
	]
	if len(theirs) < len(found) and not row.is_confirmed:
		person.left.add(_end_of(row.contact))
	for doctype, name in theirs:
		names[doctype].add(name)
	person.is_told(None, email, phone)


def _bearing(contacts: tuple[str, ...], kind: str, written: set[str]) -> list:
	doctype, name, email, phone = contacts
	return rows_with(doctype, email if kind == EMAIL else phone, written, ["name", f"{name} as called"])


def rows_with(doctype: str, column: str, values: set[str], fields: list[str] | None = None) -> list:
	"""Return the rows where one of these values stands; no value finds nobody.

	Frappe's `in` takes "" and an empty list for "not set": either would find everybody who has no such contact.
	"""
	said = sorted(value for value in values if value)
	if not said:
		return []
	return frappe.get_all(doctype, {column: ("in", said)}, fields or ["name"], order_by="name asc")


def _digits(number: str) -> int:
	return len(_digits_of(number))


def _digits_of(number: str) -> str:
	return "".join(filter(str.isdigit, number))


def _end_of(contact: str) -> str:
	"""Return an e-mail in lower case, and of a number what all its spellings end with."""
	return contact.strip().lower() if "@" in contact else _digits_of(contact)[-8:]


def _national(phone: str) -> str:
	"""Return the digits people dial at home: what is left of +86 139 1234 5678 without its country."""
	import phonenumbers

	digits = "".join(character for character in phone if character.isdigit())
	try:
		return str(phonenumbers.parse(phone).national_number) if phone.strip().startswith("+") else digits
	except phonenumbers.NumberParseException:
		return digits
