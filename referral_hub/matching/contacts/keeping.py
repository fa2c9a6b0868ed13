"""Where contacts are kept: rows that say whose they are and nothing else that can be read.

All that is known of a person is one encrypted text. Written below the documents, as the database does: no webhook, no notification, no
version and no Deleted Document hears of it. Every question names the employee it is asked for.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime

import frappe
from cryptography.fernet import Fernet, InvalidToken
from frappe.utils import now, nowdate
from frappe.utils.password import encrypt, get_encryption_key
from redis.exceptions import RedisError

from referral_hub.matching.contacts import knowing
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.stored import as_text, from_text
from referral_hub.referrals.rules.ownership import Candidate, keys_of

DOCTYPE = "Referral Contact"
_COLUMNS = [
	"name",
	"owner",
	"modified_by",
	"creation",
	"modified",
	"employee",
	"sealed",
	"touched_on",
	"weighed_on",
]
_AT_ONCE = 500
_SAID_CLOSED, _QUIET_SECONDS = "referral_hub_contacts_closed", 3600


def lock(employee: str) -> None:
	"""Let nobody else change the contacts of this employee until the transaction ends."""
	frappe.db.sql("select name from `tabEmployee` where name = %s for update", employee)


def count(employee: str) -> int:
	return frappe.db.count(DOCTYPE, {"employee": employee})


def names(employee: str) -> list[str]:
	"""Return all contacts of an employee, the newest first."""
	return frappe.db.sql_list(
		"select name from `tabReferral Contact` where employee = %s order by creation desc, name", employee
	)


def of_another_login(employee: str, user: str) -> list[str]:
	"""Return the contacts of an employee that were kept under another login than this one.

	A User who is renamed takes theirs along. What a job kept as Administrator is nobody else's.
	"""
	return names_where(employee, "owner not in (%s, 'Administrator')", [user])


def names_where(employee: str, condition: str, values: list) -> list[str]:
	return frappe.db.sql_list(
		f"select name from `tabReferral Contact` where employee = %s and {condition}", [employee, *values]
	)


def mark(employee: str, names: list[str], **columns) -> None:
	"""Write dates of contacts, which say nothing of the people."""
	if names:
		frappe.db.set_value(
			DOCTYPE, {"name": ("in", names), "employee": employee}, columns, update_modified=False
		)


def mark_all(employee: str, **columns) -> None:
	frappe.db.set_value(DOCTYPE, {"employee": employee}, columns, update_modified=False)


def told(employee: str, some: Iterable[str]) -> dict[str, set[str]]:
	"""Return {contact: hashes of the openings it was told for} of those of these contacts that are there; a locking read."""
	some = list(some)
	if not some:
		return {}
	rows = frappe.db.sql(
		"select name, told_of from `tabReferral Contact` where employee = %s and name in %s for update",
		(employee, some),
	)
	return {name: set((digests or "").split()) for name, digests in rows}


def mark_told(
	employee: str, before: dict[str, set[str]], pairs: Iterable[tuple[str, str]], openings: Iterable[str]
) -> None:
	"""Remember that these contacts, {contact: hashes before}, were told for these openings.

	Of openings that are looked at no more nothing is remembered.
	"""
	now: dict[str, set[str]] = {name: set() for name in before}
	for name, opening in pairs:
		now[name].add(opening)
	for name, fresh in now.items():
		after = {told_digest(name, one) for one in fresh}
		after |= before[name] & {told_digest(name, one) for one in openings}
		if after != before[name]:
			mark(employee, [name], told_of=" ".join(sorted(after)))


def told_digest(name: str, opening: str) -> str:
	return knowing.digest(f"{name}\n{opening}")


def read(employee: str, some: Iterable[str], *, to_change: bool = False) -> dict[str, Contact]:
	"""Return those of these contacts that are this employee's, in the order asked for; one that no key opens is left out, and logged.

	`to_change`: as they are by now, also where somebody changed or kept them since this transaction began to read.
	"""
	some = list(some)
	if not some:
		return {}
	rows = dict(
		frappe.db.sql(
			f"""select name, sealed from `tabReferral Contact` where employee = %s and name in %s
			{"for update" if to_change else ""}""",
			(employee, some),
		)
	)
	return dict(_open_each((name, rows[name]) for name in some if name in rows))


def each(employee: str) -> Iterator[tuple[str, Contact]]:
	"""Yield all contacts of an employee, the newest first, as `read` does."""
	yield from _open_each(
		frappe.db.sql(
			"select name, sealed from `tabReferral Contact` where employee = %s order by creation desc, name",
			employee,
		)
	)


def _open_each(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Contact]]:
	closed = 0
	for name, sealed in rows:
		if contact := opened(sealed):
			yield name, contact
		else:
			closed += 1
	if closed:
		_say_closed(closed)


def as_they_are(some: list[str], *, wait: bool = True) -> Iterator[tuple[str, str, Contact]]:
	"""Return (contact, employee, what is known) of those of these contacts, anybody's, that are there; a locking read, unless nobody who changes them is to be waited for."""
	for first in range(0, len(some), 1000):
		rows = frappe.db.sql(
			f"""select name, employee, sealed from `tabReferral Contact` where name in %s
			{"lock in share mode" if wait else ""}""",
			(some[first : first + 1000],),
		)
		contacts = ((name, employee, opened(sealed)) for name, employee, sealed in rows)
		yield from (one for one in contacts if one[2])


def everybody() -> Iterator[list[tuple[str, str, datetime, Contact]]]:
	"""Yield some hundreds at a time of all contacts that can be opened: (contact, employee, kept on, what is known)."""
	last = ""
	while rows := frappe.db.sql(
		"select name, employee, creation, sealed from `tabReferral Contact` where name > %s order by name limit 1000",
		(last,),
	):
		last = rows[-1][0]
		contacts = ((*row, opened(sealed)) for *row, sealed in rows)
		yield [one for one in contacts if one[-1]]


def keys(contact: Contact) -> set[str]:
	"""Return what a referral of this person is known by: the hashes of Candidate Key."""
	forms = [
		*(Candidate(contact.name, email=email) for email in contact.emails),
		*(Candidate(contact.name, phone=phone) for phone in contact.phones),
	]
	return {key.hash for form in forms for key in keys_of(form, get_encryption_key())}


def insert(employee: str, contacts: Iterable[Contact], user: str | None = None) -> dict[str, Contact]:
	"""Keep new contacts, under this login or that of the session; return them by their names."""
	made = {frappe.generate_hash(length=20): contact for contact in contacts}
	user, moment = user or frappe.session.user, now()
	rows = [
		(name, user, user, moment, moment, employee, sealed(contact), nowdate(), moment)
		for name, contact in made.items()
	]
	if len(rows) == 1:
		columns = ", ".join(f"`{column}`" for column in _COLUMNS)
		frappe.db.sql(f"insert into `tabReferral Contact` ({columns}) values %s", rows)
	elif rows:
		frappe.db.bulk_insert(DOCTYPE, _COLUMNS, rows)
	knowing.keep(employee, {name: knowing.digests(employee, contact) for name, contact in made.items()})
	return made


def replace(employee: str, name: str, contact: Contact) -> None:
	"""Keep a contact as it is now known; looked after today, so that its time begins anew."""
	frappe.db.sql(
		"""update `tabReferral Contact` set sealed = %s, touched_on = %s, warned_on = null,
		modified = %s, modified_by = %s where name = %s and employee = %s""",
		(sealed(contact), nowdate(), now(), frappe.session.user, name, employee),
	)
	knowing.keep_instead(employee, name, knowing.digests(employee, contact))


def remove(employee: str, some: Iterable[str] | None = None) -> list[str]:
	"""Delete these contacts of an employee, or all that are there by now; return which are gone."""
	gone = _there(employee) if some is None else _there_of(employee, list(some))
	for first in range(0, len(gone), _AT_ONCE):
		names = gone[first : first + _AT_ONCE]
		frappe.db.delete(DOCTYPE, {"name": ("in", names), "employee": employee})
	knowing.forget(gone)
	return gone


def _there(employee: str) -> list[str]:
	return frappe.db.sql_list(
		"select name from `tabReferral Contact` where employee = %s for update", employee
	)


def _there_of(employee: str, some: list[str]) -> list[str]:
	return [
		name
		for first in range(0, len(some), _AT_ONCE)
		for name in frappe.db.sql_list(
			"select name from `tabReferral Contact` where employee = %s and name in %s for update",
			(employee, some[first : first + _AT_ONCE]),
		)
	]


def seal_again(old: str, new: str) -> None:
	"""Follow an employee who was renamed: the hashes name whose contacts they are."""
	rows = frappe.db.sql("select name, sealed from `tabReferral Contact` where employee = %s for update", old)
	for first in range(0, len(rows), _AT_ONCE):
		some = {name: opened(sealed) for name, sealed in rows[first : first + _AT_ONCE]}
		frappe.db.sql("update `tabReferral Contact` set employee = %s where name in %s", (new, tuple(some)))
		knowing.forget(some)
		knowing.keep(new, {name: knowing.digests(new, contact) for name, contact in some.items() if contact})


def sealed(contact: Contact) -> str:
	return encrypt(as_text(contact))


def opened(sealed: str) -> Contact | None:
	"""Return a contact, None where the key of the site is another one, or the row was damaged."""
	try:
		return from_text(Fernet(get_encryption_key().encode()).decrypt(sealed.encode()).decode())
	except (InvalidToken, ValueError, TypeError, AttributeError):
		return None


def _say_closed(count: int) -> None:
	"""Log it, once an hour: each page would say it again. Whose they are is nobody's business."""
	with suppress(RedisError):
		if not frappe.cache.get_value(_SAID_CLOSED, expires=True):
			frappe.cache.set_value(_SAID_CLOSED, 1, expires_in_sec=_QUIET_SECONDS)
			said = f"{count} at once. Was the site restored without its encryption_key? They open again once it is back in site_config.json."
			# by way of Redis: a page that is only looked at is rolled back
			frappe.log_error("Contacts can't be opened", said, defer_insert=True)
