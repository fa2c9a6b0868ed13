"""Who somebody is: the same normal forms and keyed hashes that say who owns a candidate."""

import frappe
from frappe.utils.password import get_encryption_key

from referral_hub.referrals.rules.contacts import clean_email, clean_name, clean_phone, is_reserved, or_none
from referral_hub.referrals.rules.ownership import EMAIL, PHONE, Candidate, keys_of

DOCTYPE = "Talent Pool Record"


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


def records_of(hashes: dict[str, str | None]) -> list[str]:
	"""Return the records that bear one of these keys, locked, the oldest first: two, where a person was known by each contact."""
	known = sorted(field for field, value in hashes.items() if value)
	look_up = "(select creation, name from `tabTalent Pool Record` where `{0}` = %({0})s for update)"
	if not known:
		return []
	# each key by its own UNIQUE index, and no row of anybody else is locked
	found = frappe.db.sql(" union ".join(look_up.format(field) for field in known), hashes)
	return [name for _creation, name in sorted(found)]
