"""A contact as somebody types it in one line or in the fields of a form.

Pure. "Li Na, store manager at Acme, 13800138000" and 货车司机，B2驾照，8年: parts between marks, each read for what it looks like. The first
is the name, unless the tables of words know it as a trade: then nobody is named yet, and the trade stands for them.
"""

import re
from dataclasses import replace

from referral_hub.matching.rules.contacts.contact import LONGEST_FIELD, Contact, contact_of
from referral_hub.matching.rules.text import is_chinese, tokens
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.refusal import Refused

# Co., Ltd. is one name
_LEGAL = r"\s*(?:Ltd|Limited|Inc|LLC|PLC|GmbH|Corp|S\.A)\b"
_PARTS = re.compile(rf"(?:[;，；、|\n\t]|,(?!{_LEGAL}))+", re.IGNORECASE)
_YEARS = re.compile(
	r"(?:约|about )?(\d{1,2}(?:\.\d)?)\s*\+?\s*(?:年|years?|yrs?)(?:以上)?(?:\s*(?:of\s+)?(?:experience|经验|工龄))?",
	re.IGNORECASE,
)
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,}")
_AT = re.compile(r"(?P<title>.*?)(?:\s+(?:at|with|for)\s+|\s*@\s*)(?P<employer>.+)", re.IGNORECASE)
_MOST_YEARS = 70
# what a trade is called beside its own word
_OF_TRADES = frozenset(
	[
		"senior",
		"junior",
		"lead",
		"leading",
		"chief",
		"head",
		"principal",
		"assistant",
		"associate",
		"deputy",
		"trainee",
		"certified",
		"qualified",
		"licensed",
		"experienced",
		"skilled",
		"and",
		"of",
		"in",
		"for",
		"the",
		"developer",
		"engineer",
		"manager",
		"driver",
		"operator",
		"specialist",
		"technician",
		"consultant",
		"analyst",
		"architect",
		"designer",
		"administrator",
		"supervisor",
		"director",
		"teacher",
		"worker",
		"clerk",
		"expert",
		"professional",
	]
)
# a firm, as firms are called
_FIRM = re.compile(rf".+?(?:[\s,]{_LEGAL}\.?|有限公司|公司|集团)", re.IGNORECASE)


def contact_in(line: str, region: str | None, vocabulary: Vocabulary) -> Contact:
	"""Return the contact of one typed line; raises Refused where a part is wrong, with what is wrong."""
	said: dict[str, list[str]] = {}
	years = None
	for part in filter(None, (part.strip() for part in _PARTS.split(line or ""))):
		if years is None and (found := _YEARS.fullmatch(part)):
			years = found.group(1)
			continue
		for field, text in _of_part(part, said, vocabulary):
			said.setdefault(field, []).append(text)
	if "name" not in said and said.get("title"):
		said["name"] = said["title"][:1]
	return contact_from(
		{field: "; ".join(texts) for field, texts in said.items()} | {"years": years or ""}, region
	)


def contact_from(said: dict[str, str], region: str | None) -> Contact:
	"""Return the contact of a form, {field: text}; raises Refused."""
	found = contact_of(
		0, {field: text for field, text in said.items() if field not in ("years", "wish")}, region
	)
	if not isinstance(found, Contact):
		raise Refused(found.reason, said=found.said)
	wish = " ".join((said.get("wish") or "").split())[:LONGEST_FIELD]
	return replace(found, lines=(), years=_years(said.get("years")), wish=wish)


def _of_part(part: str, said: dict, vocabulary: Vocabulary) -> list[tuple[str, str]]:
	"""Return what one part says: [(field, text)]."""
	if part.startswith(("http://", "https://")):
		return [("url", part)]
	if "@" in part and " " not in part and "." in part.rpartition("@")[2]:
		return [("email", part)]
	if _PHONE.fullmatch(part):
		return [("phone", part)]
	if "name" not in said and "title" not in said:
		return [("title", part)] if _is_known(part, vocabulary) else [("name", part)]
	if "place" not in said and vocabulary.places.known(part):
		return [("place", part)]
	if "title" not in said:
		works = _AT.fullmatch(part)
		return [*works.groupdict().items()] if works else [("title", part)]
	if _FIRM.fullmatch(part):
		return [("note" if "employer" in said else "employer", part)]
	return [("skills", part)]


def _is_known(part: str, vocabulary: Vocabulary) -> bool:
	"""Whether a part names a trade and nobody: Emily Baker is a name, baker and senior baker are not. In Chinese the words say enough."""
	tables = (vocabulary.skills, vocabulary.certificates, vocabulary.industries)
	if is_chinese(part) or not any(table.found_in(part) for table in tables):
		return any(table.found_in(part) for table in tables)
	if any(table.known(part) for table in tables):
		return True
	return all(word in _OF_TRADES or any(table.known(word) for table in tables) for word in tokens(part))


def _years(text: str | None) -> float | None:
	plain = (text or "").strip()
	found = _YEARS.fullmatch(plain) or re.fullmatch(r"(\d{1,2}(?:\.\d)?)", plain)
	if plain and (not found or float(found.group(1)) > _MOST_YEARS):
		raise Refused("years_invalid", said=plain[:LONGEST_FIELD])
	return float(found.group(1)) if found else None
