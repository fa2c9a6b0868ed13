"""Keeps as which contact of a company's WeCom somebody is known, so that a colleague can write to them there. Only with consent; never commits."""

import frappe

from referral_hub.talent import keys

RECORD = keys.DOCTYPE
FIELDS = ("wecom_contact", "wecom_corp")
LONGEST = 140


def remember(contact: str, corp: str, numbers: list[str]) -> str | None:
	"""Keep with the one person who has one of these numbers, and agreed, that this is their contact; return the record.

	A contact is one person: where the numbers are several people's, or nobody's any more, it is nobody's. Without a number nothing was said.
	"""
	if not contact or not corp or not numbers or len(contact) > LONGEST:
		return None
	meant = _with(numbers)
	record = meant[0].name if len(meant) == 1 and meant[0].consent_state == "Given" else None
	for name in frappe.get_all(RECORD, {"wecom_contact": contact, "wecom_corp": corp}, pluck="name"):
		if name != record:
			_write(name, None, None)
	if record:
		_write(record, contact, corp)
	return record


def _with(numbers: list[str]) -> list:
	region = keys.region_of(frappe.db.get_default("company"))
	found = {}
	for number in numbers:
		for row in keys.bearing(keys.hashes_of(keys.read("", None, number, region))):
			found[row.name] = row
	return [
		frappe.db.get_value(RECORD, name, ["name", "consent_state"], as_dict=True) for name in sorted(found)
	]


def _write(record: str, contact: str | None, corp: str | None) -> None:
	values = dict(zip(FIELDS, (contact, corp), strict=True))
	frappe.db.set_value(RECORD, record, values, update_modified=False)
