"""People who share a number, or have one that was another's: HR is shown who may be there twice, says that two records are one person, or that they are not.

Who came first with a number has it as the key that is there once; when they are gone or have another, the next one gets it.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub import kept as kept_by_the_app
from referral_hub.talent import keys
from referral_hub.talent.archive import former
from referral_hub.talent.capturing.merging import merge
from referral_hub.talent.rows import with_values

DOCTYPE = keys.DOCTYPE
_NUMBERS = ("phone_key", "shared_phone_key")
_KEYS = ("email_key", *_NUMBERS)
_SHOWN = ["name", "person_name", "email", "state", "may_be_twice"]


class NotTied(frappe.ValidationError):
	"""These two have nothing in common by which they could be one person."""


def of(record: str) -> list[frappe._dict]:
	"""Return the others with the same number, or with a contact that one of them had before, while HR has not said that they are two people.

	Each is {name, person_name, email, state}.
	"""
	row = frappe.db.get_value(DOCTYPE, record, [*_KEYS, "may_be_twice"], as_dict=True)
	tied = _tied(record, row)
	others = frappe.get_list(DOCTYPE, {"name": ("in", tied)}, _SHOWN, order_by="creation asc") if tied else []
	return [other for other in others if row.may_be_twice or other.may_be_twice]


def are_one(record: str, other: str) -> str:
	"""HR says that two records are one person: the one with the newer source stays and knows what both knew; return it."""
	rows = [frappe.get_doc(DOCTYPE, name, for_update=True) for name in sorted({record, other})]
	if len(rows) < 2 or rows[1].name not in _tied(rows[0].name, rows[0]):
		frappe.throw(
			_(
				"Only people with the same number, or an e-mail or number that one had before, can be put together."
			),
			NotTied,
		)
	gone, stays = sorted(rows, key=lambda row: (getdate(row.happened_on), row.creation))
	number_of_gone = gone.phone_key
	said = [each for row in (gone, stays) for each in former.contacts_of(row)]
	merge(stays, [gone.name])
	number = stays.phone_key or stays.shared_phone_key
	former.remember(stays.name, [each for each in said if each.key_hash != number], is_confirmed=True)
	stays.email_key = stays.email_key or gone.email_key
	if number in (None, number_of_gone, gone.shared_phone_key):
		stays.update({field: stays.get(field) or gone.get(field) for field in _NUMBERS})
		stays.shared_phone_key = None if stays.phone_key else stays.shared_phone_key
	stays.may_be_twice = 0
	with kept_by_the_app.writing(stays):
		stays.flags.ignore_links = True
		stays.save(ignore_permissions=True)
	if number_of_gone != stays.phone_key:
		pass_on(number_of_gone)
	return stays.name


def are_two(record: str) -> None:
	"""HR says that this is somebody else than the others with the same number; asked again only when there is news."""
	others = [other.name for other in of(record) if other.may_be_twice]
	for name in sorted({record, *others}):
		frappe.db.set_value(DOCTYPE, name, "may_be_twice", 0)


def _tied(record: str, row) -> list[str]:
	"""Return the others who have the same number, what this person had before, or had before what is this person's now."""
	now = {key for field in _KEYS if (key := row.get(field))}
	before = {each.key_hash for each in former.of([record])[record]}
	found = set(former.with_hashes(now))
	for field in _KEYS:
		wanted = before if field == "email_key" else before | now
		found |= {each.name for each in with_values(DOCTYPE, field, wanted, ["name"])}
	return sorted(found - {record})


def pass_on(number: str | None) -> None:
	"""Nobody has this number as their own any more: the oldest of those who share it has it now."""
	if not number or frappe.db.get_value(DOCTYPE, {"phone_key": number}, "name", for_update=True):
		return
	where = {"shared_phone_key": number}
	heirs = frappe.db.get_values(DOCTYPE, where, "name", order_by="creation asc", for_update=True, pluck=True)
	if heirs:
		values = {"phone_key": number, "shared_phone_key": None, "may_be_twice": 0}
		frappe.db.set_value(DOCTYPE, heirs[0], values, update_modified=False)
