"""Who somebody is: the same normal forms and keyed hashes that say who owns a candidate, and the same rule for who shares a number.

An e-mail is the key of one record, a number of whoever came first with it: both UNIQUE, so that one person who arrives twice at the same
instant is one record. Others with that number are known by their e-mail, and bear the number as `shared_phone_key`. By what somebody was
reached before, they are found too (`archive.former`).
"""

from typing import NamedTuple

import frappe
from frappe.utils.password import get_encryption_key

from referral_hub.referrals.rules.contacts import clean_email, clean_name, clean_phone, is_reserved, or_none
from referral_hub.referrals.rules.ownership import EMAIL, PHONE, Candidate, keys_of
from referral_hub.talent.archive import former
from referral_hub.talent.rules import identity
from referral_hub.talent.rules.identity import Bearer, By

DOCTYPE = "Talent Pool Record"
_OF_BEARER = ("name", "person_name", "email", "email_key", "phone_key", "shared_phone_key")


def region_of(company: str | None) -> str | None:
	"""Return the country in which a phone number without one is dialled, such as "CN"."""
	country = company and frappe.get_cached_value("Company", company, "country")
	code = country and frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None


def read(name: str | None, email: str | None, phone: str | None, region: str | None) -> Candidate:
	"""Return the person in normal form; what can't be read as an e-mail or a number, as old records have it, is left out."""
	email = None if is_reserved(email) else email
	return Candidate(
		or_none(clean_name, name) or "", or_none(clean_email, email), or_none(clean_phone, phone, region)
	)


def hashes_of(person: Candidate) -> dict[str, str | None]:
	found = {key.kind: key.hash for key in keys_of(person, get_encryption_key())}
	return {"email_key": found.get(EMAIL), "phone_key": found.get(PHONE)}


class Known(NamedTuple):
	"""The records of one person, locked, the oldest first; the keys of their numbers; whether somebody else has theirs already.

	`may_be_again`: under another name they may be one whose contact this was before.
	"""

	records: list[str]
	numbers: frozenset[str]
	is_number_of_another: bool
	may_be_again: bool = False


def known(person: Candidate, hashes: dict[str, str | None]) -> Known:
	"""Return who of the pool this is: two records, where a person was known by each contact; none, where somebody else has the number."""
	rows = [*bearing(hashes)]
	rows += _once_bearing(hashes, {row.name for row in rows})
	rows.sort(key=lambda row: (row.creation, row.name))
	once = former.of([row.name for row in rows])
	bearers = [bearer(row, once[row.name], hashes) for row in rows]
	records = identity.of_one(person, hashes["email_key"], bearers)
	numbers = frozenset(row.phone_key for row in rows if row.phone_key and row.name in records)
	others = {row.phone_key for row in rows if row.name not in records} - {None, ""}
	may_be_again = not records and identity.may_be_again(person, hashes["email_key"], bearers)
	return Known(records, numbers, hashes["phone_key"] in others, may_be_again)


def written(hashes: dict[str, str | None], is_number_of_another: bool) -> dict[str, str | None]:
	"""Return the keys a record gets: a number is the key of whoever had it first, and of others one that may be there twice."""
	keys = {"email_key": hashes["email_key"]} if hashes["email_key"] else {}
	if number := hashes["phone_key"]:
		mine, shared = (None, number) if is_number_of_another else (number, None)
		keys |= {"phone_key": mine, "shared_phone_key": shared}
	return keys


def bearing(hashes: dict[str, str | None]) -> list:
	"""Return the records that bear one of these keys, locked, the oldest first."""
	asked = sorted(field for field in ("email_key", "phone_key") if hashes.get(field))
	look_up = (
		f"(select creation, {', '.join(_OF_BEARER)} from `tab{DOCTYPE}` where `{{0}}` = %({{1}})s for update)"
	)
	if not asked:
		return []
	# each key by its own UNIQUE index, and no row of anybody else is locked
	parts = [look_up.format(field, field) for field in asked]
	rows = frappe.db.sql(" union ".join(parts), hashes, as_dict=True)
	if any(row.phone_key and row.phone_key == hashes.get("phone_key") for row in rows):
		# whoever has a number first is locked by now, so that those who share it stay as they are
		rows += frappe.db.sql(look_up.format("shared_phone_key", "phone_key"), hashes, as_dict=True)
	return sorted({row.name: row for row in rows}.values(), key=lambda row: (row.creation, row.name))


def _once_bearing(hashes: dict[str, str | None], known: set[str]) -> list:
	"""Return the further records whose person had one of these contacts before, locked."""
	names = sorted(set(former.with_hashes(hashes.values())) - known)
	if not names:
		return []
	columns = ", ".join(_OF_BEARER)
	look_up = (
		f"select creation, {columns} from `tab{DOCTYPE}` where name in %(names)s order by name for update"
	)
	return frappe.db.sql(look_up, {"names": names}, as_dict=True)


def bearer(row, once: list, hashes: dict[str, str | None]) -> Bearer:
	"""Return who a record says it is, and by what somebody with these hashes is known to it. `once`: its former contacts."""
	person = read(row.person_name, row.email, None, None)
	emails = frozenset(each.key_hash for each in once if each.kind == EMAIL and each.key_hash)
	now = {row.get(key) for key in ("email_key", "phone_key", "shared_phone_key")} - {None, ""}
	matched = [each for each in once if each.key_hash and each.key_hash in hashes.values()]
	by = By.NOW
	if matched and now.isdisjoint(hashes.values()):
		by = identity.by_former({each.kind for each in matched}, any(each.is_confirmed for each in matched))
	return Bearer(row.get("name") or "", person, row.get("email_key"), emails, by)


def is_theirs(row, once: list, other: Candidate) -> bool:
	"""Say whether somebody with one of the contacts of a record, of today or before, is its person."""
	hashes = hashes_of(other)
	return bool(identity.of_one(other, hashes["email_key"], [bearer(row, once, hashes)]))


def is_another(me: Bearer, other: Candidate) -> bool:
	"""Say whether somebody with the same number is clearly another person, also after what HR has said."""
	return identity.is_another(me, other, hashes_of(other)["email_key"])
