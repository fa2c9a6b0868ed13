"""A contact as somebody types it in one line or in the fields of a form.

Pure. "Li Na, store manager at Acme, 13800138000" and 货车司机，B2驾照，8年: parts between marks, each read for what it looks like. The first
is the name, unless the tables of words know it as a trade: then nobody is named yet, and the trade stands for them. An address or a number is
a part wherever it stands, and so is each word of a Chinese line that has no marks: 张伟 13800138000 电焊工 苏州.
"""

import re
from dataclasses import replace

import phonenumbers

from referral_hub.matching.rules.amounts import count_of, names_pay, pay_in
from referral_hub.matching.rules.contacts.contact import LONGEST_FIELD, Contact, contact_of
from referral_hub.matching.rules.text import is_chinese, tokens
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.refusal import Refused

# Co., Ltd. is one name
_LEGAL = r"\s*(?:Ltd|Limited|Inc|LLC|PLC|GmbH|Corp|S\.A)\b"
_PARTS = re.compile(rf"(?:[;，；、|\n\t]|,(?!{_LEGAL}))+", re.IGNORECASE)
_URL = re.compile(r"(https?://\S+)")
_MAIL = re.compile(r"<?([A-Za-z0-9._%+'-]+@(?:[^\W_][\w-]*\.)+[^\W\d_]{2,})>?")
# what stands before a number or an address, and what is left of brackets around it
_LABEL = re.compile(
	r"\W*(?:home|work|mobile|mob|cell|office|phone|tel|e-?mail|mail(?:to)?|手机|手机号|手机号码|电话|电话号码|联系方式|联系电话|邮箱|邮件|办公室|微信同号|同微信)?\W*",
	re.IGNORECASE,
)
_OPEN = re.compile(r"[\s(（<:：]+$|^[\s)）>]+")
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff])[\s/]+|[\s/]+(?=[\u3400-\u9fff])")
# 王 伟 is one name
_SPACED_NAME = re.compile(r"^([\u3400-\u9fff])\s+([\u3400-\u9fff]{1,2})(?=[\s/]|$)")
_YEARS = re.compile(
	r"(?:约|近|about )?(\d{1,2}(?:\.\d)?|[一二两三四五六七八九十])\s*(?:\+|多)?\s*(?:年|years?|yrs?)(?:以上|多)?"
	r"(?:\s*(?:of\s+)?(?:的?工作)?(?:experience|exp\.?|经验|工龄))?",
	re.IGNORECASE,
)
# a sum and nothing else: 月薪8k, 15-20k, at least 30k; bare figures are none
_WISH = re.compile(
	r"(?>(?:期望|希望|要求|想要|至少|最低|at least|from|wants?|expects?|about|around|pay|salary|wage|月薪|年薪|薪资|工资|税前|税后|以上|起|左右|a month|a year|per month|per year"
	r"|monthly|yearly|/\s*(?:月|年|month|year|mo|yr)|元|块|rmb|cny|usd|eur)|[\s:：¥￥$€£+~至到-]|\d[\d.,]*\s*(?:[kw千万](?![a-z]))?)+",
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
	for part in _parts(line or "", region):
		if years is None and _YEARS.fullmatch(part):
			years = part
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


def _parts(line: str, region: str | None) -> list[str]:
	marked = [part.strip() for part in _PARTS.split(line) if part.strip()]
	found = [piece for part in marked for piece in _pieces(part, region)]
	if len(marked) > 1 or not is_chinese(line):
		return found
	words = (_BLANKS.split(_SPACED_NAME.sub(r"\1\2", piece)) for piece in found)
	return [word for some in words for word in some if word]


def _pieces(part: str, region: str | None) -> list[str]:
	"""Return a part with the pages, addresses and numbers in it taken out of it."""
	# what stands at an odd place is a page
	texts = (
		text if number % 2 else _numbers_apart(_MAIL.sub(r"\n\1\n", text), region)
		for number, text in enumerate(_URL.split(part))
	)
	pieces = [piece.strip() for text in texts for piece in text.split("\n") if piece.strip()]
	if len(pieces) == 1:
		return pieces
	return [_OPEN.sub("", piece) for piece in pieces if not _LABEL.fullmatch(piece)]


def _numbers_apart(text: str, region: str | None) -> str:
	at, found = 0, []
	for number in phonenumbers.PhoneNumberMatcher(text, region):
		found += [text[at : number.start], number.raw_string]
		at = number.end
	return "\n".join((*found, text[at:]))


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
	if _WISH.fullmatch(part) and names_pay(part) and pay_in(part):
		return [("wish", part)]
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
	years = count_of(found.group(1)) if found else None
	if plain and (years is None or years > _MOST_YEARS):
		raise Refused("years_invalid", said=plain[:LONGEST_FIELD])
	return years
