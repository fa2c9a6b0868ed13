"""People who share a number: HR is shown who may be there twice, says that two records are one person, or that they are not.

Who came first with a number has it as the key that is there once; when they are gone or have another, the next one gets it.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from referral_hub import kept as kept_by_the_app
from referral_hub.talent import keys
from referral_hub.talent.capturing.merging import merge

DOCTYPE = keys.DOCTYPE
_SHOWN = ["name", "person_name", "email", "state", "may_be_twice"]


class NotTied(frappe.ValidationError):
	"""These two have nothing in common by which they could be one person."""


def of(record: str) -> list[frappe._dict]:
	"""Return the others with the same number, while HR has not said that they are two people: {name, person_name, email, state}."""
	row = frappe.db.get_value(
		DOCTYPE, record, ["phone_key", "shared_phone_key", "may_be_twice"], as_dict=True
	)
	number = row.phone_key or row.shared_phone_key
	if not number:
		return []
	same = {"name": ("!=", record), "shared_phone_key": number}
	others = frappe.get_list(DOCTYPE, same, _SHOWN, order_by="creation asc")
	others += frappe.get_list(DOCTYPE, {"name": ("!=", record), "phone_key": number}, _SHOWN)
	return [other for other in others if row.may_be_twice or other.may_be_twice]


def are_one(record: str, other: str) -> str:
	"""HR says that two records are one person: the one with the newer source stays and knows what both knew; return it."""
	rows = [frappe.get_doc(DOCTYPE, name, for_update=True) for name in sorted({record, other})]
	numbers = {row.phone_key or row.shared_phone_key for row in rows}
	if len(rows) < 2 or len(numbers) > 1 or numbers == {None}:
		frappe.throw(_("Only people with the same number can be put together."), NotTied)
	gone, stays = sorted(rows, key=lambda row: (getdate(row.happened_on), row.creation))
	number_of_gone = gone.phone_key
	merge(stays, [gone.name])
	emails = {row.email_key for row in rows if row.email_key}
	stays.former_keys = "\n".join(sorted({*keys.former_of(stays), *emails}))
	stays.email_key = stays.email_key or gone.email_key
	if number_of_gone:
		stays.update({"phone_key": number_of_gone, "shared_phone_key": None})
	stays.may_be_twice = 0
	with kept_by_the_app.writing(stays):
		stays.flags.ignore_links = True
		stays.save(ignore_permissions=True)
	return stays.name


def are_two(record: str) -> None:
	"""HR says that this is somebody else than the others with the same number; asked again only when there is news."""
	others = [other.name for other in of(record) if other.may_be_twice]
	for name in sorted({record, *others}):
		frappe.db.set_value(DOCTYPE, name, "may_be_twice", 0)


def pass_on(number: str | None) -> None:
	"""Nobody has this number as their own any more: the oldest of those who share it has it now."""
	if not number or frappe.db.get_value(DOCTYPE, {"phone_key": number}, "name", for_update=True):
		return
	where = {"shared_phone_key": number}
	heirs = frappe.db.get_values(DOCTYPE, where, "name", order_by="creation asc", for_update=True, pluck=True)
	if heirs:
		values = {"phone_key": number, "shared_phone_key": None, "may_be_twice": 0}
		frappe.db.set_value(DOCTYPE, heirs[0], values, update_modified=False)
