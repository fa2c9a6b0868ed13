"""A contact as it is stored, and what of it is compared with openings.

Pure: the text that is encrypted, and back; what may be searched. Notes, names, addresses and employers are never searched: an index on the
disk holds words, and these are nobody's but the employee's. Nor are numbers and addresses that stand among skills, tags and wishes.
"""

import json
import re
from dataclasses import asdict, fields
from datetime import date

from referral_hub.matching.rules.amounts import names_pay
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.levels import education_in, languages_in
from referral_hub.matching.rules.profile import Profile
from referral_hub.matching.rules.text import is_chinese
from referral_hub.matching.rules.vocabulary import Vocabulary

_NOT_STORED = {"lines"}
# an address, a number of a phone or of a card, a name in a messenger (with a colon before it or a digit in it: WeChat marketing is a skill)
_REACHES = re.compile(
	r"\S+@\S+|(?<![a-z])(?:wechat|weixin|微信|qq|wx|vx|telegram|whatsapp)\s*(?:号|id)?\s*(?:[:：]\s*[\w.-]+|(?=[\w.-]*\d)[a-z][\w.-]{4,})"
	r"|\+?\d(?:[\s().-]{0,2}\d){6,}[xX]?",
	re.IGNORECASE | re.ASCII,
)


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


def profile_of(key: str, contact: Contact, vocabulary: Vocabulary, group: str = "") -> Profile:
	"""Return what is compared of a contact: skills, tags, what they do, years, where, what they wish for.

	Whoever types a line, or fills a column, writes a degree or a language among the skills: it is read as what it is. Neither it nor a tag
	is a list of skills: what is not in them is not missing.
	"""
	skills, tags = (_listed(each) for each in (contact.skills, contact.tags))
	return Profile(
		key,
		skills=tuple(one for one in skills if not _is_no_skill(one, vocabulary)),
		titles=_titles(contact, vocabulary),
		years=contact.years,
		places=(contact.place,) if contact.place else (),
		pay=contact.wish if names_pay(contact.wish) else "",
		text="\n".join(filter(None, (*skills, *tags, _bare(contact.wish)))),
		group=group,
	)


def _listed(said: tuple[str, ...]) -> tuple[str, ...]:
	return tuple(filter(None, map(_bare, said)))


def _bare(text: str) -> str:
	"""Return a text without what somebody is reached or known by."""
	return " ".join(_REACHES.sub(" ", text).split())


def _titles(contact: Contact, vocabulary: Vocabulary) -> tuple[str, ...]:
	"""Return what somebody does; of a Chinese line that names a trade and stands for the name as well the words of the trade alone: 张伟电焊工."""
	if contact.title != contact.name or not is_chinese(contact.title):
		return _listed((contact.title,))
	tables = (vocabulary.skills, vocabulary.certificates, vocabulary.industries)
	return tuple(word for table in tables for word in table.found_in(contact.title).values())


def _is_no_skill(text: str, vocabulary: Vocabulary) -> bool:
	"""A degree or a language, and no word of a trade beside it: 大专, English fluent, not 会计本科."""
	tables = (vocabulary.skills, vocabulary.certificates, vocabulary.industries)
	if any(table.found_in(text) for table in tables):
		return False
	return bool(education_in(text) or languages_in(text, vocabulary.languages))
