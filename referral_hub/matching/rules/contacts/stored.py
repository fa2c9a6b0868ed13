"""A contact as it is stored, and what of it is compared with openings.

Pure: the text that is encrypted, and back; what may be searched. Notes, names, addresses and employers are never searched: an index on the
disk holds words, and these are nobody's but the employee's.
"""

import json
from dataclasses import asdict, fields
from datetime import date

from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.profile import Profile

_NOT_STORED = {"lines"}


def as_text(contact: Contact) -> str:
	said = {name: value for name, value in asdict(contact).items() if value and name not in _NOT_STORED}
	return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def from_text(text: str) -> Contact:
	"""Read what `as_text` wrote, also what an older version wrote: unknown fields are left out."""
	said, known = json.loads(text), {field.name for field in fields(Contact)}
	values = {
		name: tuple(value) if isinstance(value, list) else value
		for name, value in said.items()
		if name in known
	}
	if values.get("since"):
		values["since"] = date.fromisoformat(values["since"])
	return Contact(**values)


def profile_of(key: str, contact: Contact, group: str = "") -> Profile:
	"""Return what is compared of a contact: skills, tags, what they do, years, where, what they wish for."""
	return Profile(
		key,
		skills=contact.skills + contact.tags,
		titles=(contact.title,) if contact.title else (),
		years=contact.years,
		places=(contact.place,) if contact.place else (),
		text=contact.wish,
		group=group,
	)
