"""How far somebody went: levels of education and of a language, as people write them in Chinese and English. Pure.

Patterns are of ASCII's idea of a word, so that one ends where Chinese begins: 日语N1. A language has the six levels of the European framework; certificates and words are put on them (CET-6, N2, business, 流利). 0 is unknown.
"""

import re

from referral_hub.matching.rules.text import normal
from referral_hub.matching.rules.thesaurus import Thesaurus

SECONDARY, COLLEGE, BACHELOR, MASTER, DOCTOR = 1, 2, 3, 4, 5
EDUCATION = {
	SECONDARY: ("Secondary school", "高中或中专"),
	COLLEGE: ("Junior college", "大专"),
	BACHELOR: ("Bachelor's degree", "本科"),
	MASTER: ("Master's degree", "硕士"),
	DOCTOR: ("Doctorate", "博士"),
}
_SCHOOLS = {
	SECONDARY: r"高中|中专|职高|技校|中技|初中|high school|secondary school|vocational school|secondary education",
	COLLEGE: r"大专|专科|高职|junior college|associate(?:'s)? degree|associate of|college diploma|(?<!graduate )\bdiploma\b",
	BACHELOR: r"本科|学士|bachelor|undergraduate|university degree|college degree|\bb\.?sc\b|\bb\.?eng\b|\bb\.?tech\b|\bb\.?com\b|\bb\.?a\.? in\b",
	MASTER: r"硕士|研究生|master'?s\b|master degree|master of|\bm\.?sc\b|\bmba\b|\bemba\b|postgraduate|\bm\.?eng\b|\bm\.?tech\b",
	DOCTOR: r"博士|\bph\.? ?d\b|doctorate|doctoral|doctor of",
}
_SCHOOL_PATTERNS = {level: re.compile(pattern, re.ASCII) for level, pattern in _SCHOOLS.items()}
# in a field that asks for the degree, one word says enough
_ONE_WORD = {
	"master": MASTER,
	"doctor": DOCTOR,
	"college": COLLEGE,
	"university": BACHELOR,
	"大学": BACHELOR,
	"ba": BACHELOR,
}

A1, A2, B1, B2, C1, C2 = range(1, 7)
LANGUAGE_LEVELS = {
	A2: ("basic", "基础"),
	B1: ("conversational", "日常交流"),
	B2: ("business", "商务"),
	C1: ("fluent", "流利"),
	C2: ("native", "母语"),
}
_SPOKEN = {
	C2: r"\bc2\b|native|mother tongue|母语|bilingual",
	C1: r"\bc1\b|fluent|流利|精通|advanced|proficien|专业八级|专八|tem-?\s?8|\bn1\b|hsk-?\s?6",
	B2: r"\bb2\b|business|working|商务|工作语言|熟练|良好|\bgood\b|六级|cet-?\s?6|专四|专业四级|tem-?\s?4|\bn2\b|hsk-?\s?5",
	B1: r"\bb1\b|intermediate|conversational|日常|中级|四级|cet-?\s?4|\bn3\b|hsk-?\s?4",
	A2: r"\ba2\b|basic|elementary|基础|基本|简单|初级|\bn4\b|hsk-?\s?3|limited",
	A1: r"\ba1\b|beginner|入门|零基础|\bn5\b|hsk-?\s?[12]",
}
_SPOKEN_PATTERNS = {level: re.compile(pattern, re.ASCII) for level, pattern in _SPOKEN.items()}
_IELTS = re.compile(r"(?:ielts|雅思)\D{0,4}(\d(?:\.\d)?)")
_TOEFL = re.compile(r"(?:toefl|托福)\D{0,4}(\d{2,3})")
_IELTS_LEVELS = ((8.5, C2), (7, C1), (5.5, B2), (4, B1))
_TOEFL_LEVELS = ((114, C2), (95, C1), (72, B2), (42, B1))
_EXAMS = {
	"english": re.compile(r"cet-?\s?[46]|tem-?\s?[48]|ielts|toefl|雅思|托福|专八|专四|大学英语", re.ASCII),
	"japanese": re.compile(r"jlpt|\bn[1-5]\b", re.ASCII),
	"chinese": re.compile(r"\bhsk\b|hsk-?\s?\d", re.ASCII),
}
_CLAUSE = re.compile(r"[,;，；、/|。\n]+|或|\bor\b")


def education_in(text: str | None, *, lowest: bool = False) -> int:
	"""Return the highest level a text names, or the lowest: "本科及以上，硕士优先" asks for a bachelor."""
	plain = normal(text)
	found = [level for level, pattern in _SCHOOL_PATTERNS.items() if pattern.search(plain)]
	found = found or [_ONE_WORD[plain]] if plain in _ONE_WORD else found
	return (min(found) if lowest else max(found)) if found else 0


def languages_in(text: str | None, languages: Thesaurus) -> dict[str, int]:
	"""Return the languages a text names and how well: {name: level}, the best of each."""
	found: dict[str, int] = {}
	last: list[str] = []
	for clause in _CLAUSE.split(normal(text)):
		names = [languages.name(entry.name) for entry in languages.found_in(clause)]
		names = names or [name for name, exam in _EXAMS.items() if exam.search(clause)]
		level = _spoken(clause) if names or last else 0
		# "Japanese, business level": the level stands in a clause of its own
		for name in names or [name for name in last if not found[name]]:
			found[name] = max(found.get(name, 0), level)
		last = names
	return found


def _spoken(clause: str) -> int:
	for pattern, steps in ((_IELTS, _IELTS_LEVELS), (_TOEFL, _TOEFL_LEVELS)):
		if score := pattern.search(clause):
			return next((level for least, level in steps if float(score[1]) >= least), A2)
	return next((level for level, pattern in _SPOKEN_PATTERNS.items() if pattern.search(clause)), 0)
