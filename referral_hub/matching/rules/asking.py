"""What a row of an Opening Profile asks for, read from its words in either language: terms, years, a level, places, pay.

Pure. HR writes "Python or Java", "3-5 年", "Bachelor or above" in one line; nobody fills in figures beside it. A row that says nothing
an engine understands is compared word by word, like one of the kind Other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from referral_hub.matching.rules import profile as known
from referral_hub.matching.rules.amounts import Pay, Years, pay_in, years_in
from referral_hub.matching.rules.levels import education_in, languages_in
from referral_hub.matching.rules.text import normal, tokens
from referral_hub.matching.rules.thesaurus import Thesaurus
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import HARD, Requirement


class Kind(StrEnum):
	"""The options of Opening Requirement."""

	SKILL = "Skill"
	EXPERIENCE = "Experience"
	EDUCATION = "Education"
	CERTIFICATE = "Certificate"
	LANGUAGE = "Language"
	PLACE = "Place"
	PAY = "Pay"
	INDUSTRY = "Industry"
	OTHER = "Other"


# kind -> the list of a profile, and the table of words, that answer it
LISTS = {
	Kind.SKILL: known.SKILLS,
	Kind.CERTIFICATE: known.CERTIFICATES,
	Kind.INDUSTRY: known.INDUSTRIES,
}
# how somebody works (soft) counts half of what they know (hard)
_HARD_COUNTS, _SOFT_COUNTS = 2, 1
_OR = re.compile(r"\s+or\s+|\s*/\s*|或者|或|任一")
_AND = re.compile(r"\s+and\s+|\s+&\s+|[,，、;；]|以及|及|和|与")
_FILLER = re.compile(
	r"^(?:熟练使用|熟练掌握|熟练|熟悉|精通|掌握|了解|具备|具有|会使用|会|能|"
	r"(?:good |solid |strong |proven )?(?:experience (?:in|with)|knowledge of|familiar with|proficien(?:t|cy) (?:in|with)|skills in)\s)"
	r"|(?:\s(?:skills?|knowledge|experience)|能力|技能|经验|知识|优先)$"
)
# too common to say anything about a person
_COMMON_WORDS = """
a an and are as at be can for from has have he in is it its no not of on or our she that the their they this to we who will with you your
years year experience knowledge skills skill ability good strong work working job team
的 和 及 与 或 有 能 会 者 等 并 对 在 为 以 以上 具有 具备 能力 工作 经验 相关 良好 较强 优先 年 熟悉 了解
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True)
class Asked:
	"""A row, understood. `terms` are alternatives of terms that belong together."""

	row: Requirement
	kind: Kind
	terms: tuple[tuple[str, ...], ...] = ()
	years: Years | None = None
	education: int = 0
	languages: tuple[tuple[str, int], ...] = ()
	any_language: bool = False
	places: frozenset[str] = frozenset()
	pay: Pay | None = None
	words: frozenset[str] = frozenset()

	@property
	def weight(self) -> int:
		return self.row.weight * (_HARD_COUNTS if self.row.firmness == HARD else _SOFT_COUNTS)


def asked_by(rows: Iterable[Requirement], vocabulary: Vocabulary) -> list[Asked]:
	return [asked(row, vocabulary) for row in rows]


def asked(row: Requirement, vocabulary: Vocabulary) -> Asked:
	"""Return what a row asks for; of a kind that its words don't answer it is free text."""
	kind = Kind(row.kind)
	texts = [text for text in (row.requirement, row.requirement_zh) if normal(text)]
	meaning = _MEANINGS[kind](texts, vocabulary) if kind in _MEANINGS else None
	return Asked(row, kind, **meaning) if meaning else Asked(row, Kind.OTHER, **_free(texts, vocabulary))


def _listed(table: str):
	def read(texts: list[str], vocabulary: Vocabulary) -> dict | None:
		terms = alternatives(texts, getattr(vocabulary, table))
		return {"terms": terms} if terms else None

	return read


def alternatives(texts: list[str], thesaurus: Thesaurus) -> tuple[tuple[str, ...], ...]:
	"""Return what would do, each alternative once: (python,) or (java, sql)."""
	found: dict[tuple[str, ...], None] = {}
	for text in texts:
		for part in [text] if thesaurus.known(text) else _OR.split(normal(text)):
			terms = _together(part, thesaurus)
			if terms:
				found.setdefault(terms)
	return tuple(found)


def _together(part: str, thesaurus: Thesaurus) -> tuple[str, ...]:
	pieces = [part] if thesaurus.known(part) else _AND.split(normal(part))
	return tuple(dict.fromkeys(term for piece in pieces for term in _terms(piece, thesaurus)))


def _terms(piece: str, thesaurus: Thesaurus) -> list[str]:
	"""Return names of the entries a piece speaks of, else the piece itself without "knowledge of"."""
	bare = _FILLER.sub("", normal(piece)).strip(" .。:：")
	if thesaurus.known(piece) or thesaurus.known(bare):
		return [thesaurus.name(piece if thesaurus.known(piece) else bare)]
	found = [thesaurus.name(entry.name) for entry in thesaurus.found_in(piece)]
	return found or ([bare] if tokens(bare) else [])


def words_of(term: str, thesaurus: Thesaurus) -> frozenset[str]:
	"""Return the words that must stand in a text for a term that no row knows; none for one that a row knows, which is found in text as it is."""
	words = frozenset() if thesaurus.known(term) else frozenset(tokens(term)) - _COMMON
	return words if any(len(word) > 1 for word in words) else frozenset()


def _experience(texts: list[str], vocabulary: Vocabulary) -> dict | None:
	return next(({"years": years} for years in map(years_in, texts) if years), None)


def _education(texts: list[str], vocabulary: Vocabulary) -> dict | None:
	levels = (education_in(text, lowest=True) for text in texts)
	return next(({"education": level} for level in levels if level), None)


def _language(texts: list[str], vocabulary: Vocabulary) -> dict | None:
	for text in texts:
		if found := languages_in(text, vocabulary.languages):
			return {
				"languages": tuple(sorted(found.items())),
				"any_language": bool(_OR.search(normal(text))),
			}
	return None


def _place(texts: list[str], vocabulary: Vocabulary) -> dict | None:
	parts = [part for text in texts for whole in _OR.split(normal(text)) for part in _AND.split(whole)]
	places = known.places_of(parts, vocabulary.places)
	return {"places": places} if places else None


def _pay(texts: list[str], vocabulary: Vocabulary) -> dict | None:
	return next(({"pay": pay} for pay in map(pay_in, texts) if pay), None)


def _free(texts: list[str], vocabulary: Vocabulary) -> dict:
	traits = [vocabulary.traits.name(one.name) for text in texts for one in vocabulary.traits.found_in(text)]
	words = {word for text in texts for word in tokens(text)} - _COMMON
	return {"terms": tuple((trait,) for trait in dict.fromkeys(traits)), "words": frozenset(words)}


_MEANINGS = {
	Kind.SKILL: _listed("skills"),
	Kind.CERTIFICATE: _listed("certificates"),
	Kind.INDUSTRY: _listed("industries"),
	Kind.EXPERIENCE: _experience,
	Kind.EDUCATION: _education,
	Kind.LANGUAGE: _language,
	Kind.PLACE: _place,
	Kind.PAY: _pay,
}
