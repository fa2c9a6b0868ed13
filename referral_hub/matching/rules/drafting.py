"""A first draft of what an opening asks for, out of its description in Chinese or English; HR edits and confirms it.

Pure. Takes only what the text says, in the words of both languages where a table knows them, and keeps the sentence it stands in, so
that HR sees why a row is there. "Must" and "preferred" decide how firm it is; a sentence about what the company offers asks for nothing.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from referral_hub.matching.rules.amounts import Years, years_in
from referral_hub.matching.rules.asking import Kind
from referral_hub.matching.rules.levels import A2, EDUCATION, LANGUAGE_LEVELS, education_in, languages_in
from referral_hub.matching.rules.text import compact, normal
from referral_hub.matching.rules.thesaurus import Entry, Thesaurus
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import HARD, LIGHTEST, MOST, SOFT

USUAL, IMPORTANT = 3, 5
_TAG = re.compile(r"<[^>]{1,500}>")
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|br|h\d|tr|td)\b[^>]{0,500}>", re.IGNORECASE)
# what is written as a heading, or fat on a line of its own, is one without a colon too where it names a part of a description
_HEADING = re.compile(r"(<h(\d)\b[^>]{0,500}>)((?:(?!</h).){2,80})(?=</h\2>)", re.IGNORECASE)
_FAT_LINE = re.compile(
	r"(<(p|div)\b[^>]{0,500}>\s*)<(?:strong|b)>([^<>]{2,60})</(?:strong|b)>(?=\s*(?:<br[^>]{0,20}>\s*)?</\2>)",
	re.IGNORECASE,
)
# nothing but such words: *Excel required* and *3 years of experience* ask for something themselves
_NAMES_A_PART = re.compile(
	r"\W*(?:(?:(?:about|why|join)\b(?!\W*\d)|关于|加入).*|(?:\W|福利|待遇|薪资|薪酬|任职|职位|岗位|工作|基本|其他|主要|要求|条件|资格|职责|描述|说明|内容|介绍|经验"
	r"|学历|技能|优先|加分|公司|企业|团队|我们|提供|期待|希望|优势|您|你|的|项|和|与|及|能|会|是|谁"
	r"|\b(?:what|who|how|we|you|your|our|us|the|this|a|an|of|for|in|on|to|and|or|is|are|be|will|can|may|should|do|doing|have|bring|get|need|look|looking|offer|expect|from"
	r"|benefits?|perks?|compensation|pay|salary|package|require|requirements?|required|qualifications?|responsib\w+|profile|duties|tasks?|role|job|position|company"
	r"|team|mission|summary|overview|description|details|skills?|experience|education|knowledge|preferred|nice|must|key|main|minimum|basic|additional|other|good"
	r"|candidates?|ideal|it|with|work|days?|ll|re|ve)\b)+)"
)
# a full stop ends a sentence where a blank follows: Node.js and 3.5 stay whole
_SENTENCE = re.compile(r"[\n\r。；;!！?？•●·]+|\.\s+(?=\S)")
_CLAUSE = re.compile(r"[,，]")
_MUST = re.compile(
	r"必须|必备|须持|须有|硬性|务必|\bmust\b|\brequired\b|\bmandatory\b|\bessential\b", re.ASCII
)
_MUST_AHEAD = re.compile(r"\W*(?:必须|须|务必|(?:you |candidates? |applicants? )?must\b|required:)", re.ASCII)
_PREFERRED = re.compile(
	r"优先|加分|更佳|为佳|者佳|\bpreferred\b|\bpreferably\b|nice to have|\ba plus\b|\bbonus\b|\badvantage\b|\bdesirable\b|\bideally\b",
	re.ASCII,
)
_OFFERED = re.compile(
	r"我们提供|公司提供|福利|待遇|薪资|薪酬[:：]|五险一金|带薪|奖金|年终|we offer|benefits|what you get|perks|paid leave|allowance"
)
_SHORT_LINE = 24
_OFFER_HEADING = re.compile(r"福利|待遇|我们提供|公司介绍|关于我们|we offer|benefits|about us|perks|why join")
_EXPERIENCE = re.compile(r"经验|工作|experience|background|经历")
_TABLES = (
	("certificates", Kind.CERTIFICATE, HARD),
	("skills", Kind.SKILL, HARD),
	("traits", Kind.OTHER, SOFT),
)


@dataclass(frozen=True)
class Drafted:
	"""A row for the table of an Opening Profile, and the sentence it was read in."""

	requirement: str
	requirement_zh: str
	kind: Kind
	firmness: str = HARD
	must_have: bool = False
	weight: int = USUAL
	because: str = ""


def draft(description: str | None, vocabulary: Vocabulary, *, skills: Iterable[str] = ()) -> list[Drafted]:
	"""Return rows for the skills of a designation and for what a description asks for, each thing once, at most as many as a profile holds."""
	found: dict[tuple[str, str], Drafted] = {}
	for row in (*_of_skills(skills, vocabulary.skills), *_of_text(description, vocabulary)):
		_keep(found, row)
	return list(found.values())[:MOST]


def _keep(found: dict[tuple[str, str], Drafted], row: Drafted) -> None:
	"""Keep the first row of each thing; a later sentence that says must makes it a must."""
	thing = row.kind, _thing(row)
	there = found.setdefault(thing, row)
	if row.must_have and not there.must_have:
		found[thing] = replace(there, must_have=True, firmness=HARD, weight=row.weight)


def _thing(row: Drafted) -> str:
	"""One opening asks for one length of experience and one degree."""
	return "" if row.kind in (Kind.EXPERIENCE, Kind.EDUCATION) else compact(row.requirement)


def _of_skills(skills: Iterable[str], table: Thesaurus) -> Iterator[Drafted]:
	for skill in skills:
		if compact(skill):
			entry = table.known(skill) or Entry(skill.strip())
			yield Drafted(entry.name, entry.name_zh, Kind.SKILL, because=skill.strip())


def _of_text(description: str | None, vocabulary: Vocabulary) -> Iterator[Drafted]:
	for sentence in asking_sentences(description):
		carried = False
		for clause in filter(str.strip, _CLAUSE.split(sentence)):
			plain = normal(clause)
			carried = bool(_MUST_AHEAD.match(plain)) or (carried and not _PREFERRED.search(plain))
			for row in _read(clause, vocabulary):
				yield replace(_firm(row, plain, carried), because=sentence)


def asking_sentences(description: str | None) -> list[str]:
	"""Return the sentences that may ask for something; none below a heading about what is offered."""
	plain = plain_text(description)
	offered, found = False, []
	for sentence in filter(None, (part.strip() for part in _SENTENCE.split(plain))):
		if _is_heading(sentence):
			offered = bool(_OFFER_HEADING.search(normal(sentence)))
		elif not offered and not _OFFERED.search(normal(sentence)):
			found.append(sentence)
	return found


def _is_heading(sentence: str) -> bool:
	said = sentence.rstrip(":：")
	return len(said) < len(sentence) and (
		len(said) <= _SHORT_LINE or bool(_NAMES_A_PART.fullmatch(normal(said)))
	)


def plain_text(description: str | None) -> str:
	"""Return HTML as text: a line for each paragraph, item and cell; a heading that names a part ends with a colon."""
	text = _FAT_LINE.sub(_as_heading, _HEADING.sub(_as_heading, description or ""))
	return _as_typed(_TAG.sub(" ", _BLOCK.sub("\n", text)))


def _as_typed(text: str) -> str:
	"""Return text with &amp; and &nbsp; as they were typed; a < that comes back is left out, so that it begins no markup where the text is shown."""
	return html.unescape(text).replace("\xa0", " ").replace("<", " ")


def _as_heading(line: re.Match) -> str:
	said = _as_typed(_TAG.sub(" ", line[3])).strip()
	return f"{line[1]}{said.rstrip(':：')}:" if _NAMES_A_PART.fullmatch(normal(said)) else line[0]


def _firm(row: Drafted, clause: str, carried: bool) -> Drafted:
	"""Say how firm a row is, by the clause that names it; "must" at the head of a list is meant for all of it."""
	if _PREFERRED.search(clause):
		return replace(row, firmness=SOFT, weight=LIGHTEST)
	if row.firmness == HARD and (carried or _MUST.search(clause)):
		return replace(row, must_have=True, weight=IMPORTANT)
	return row


def _read(clause: str, vocabulary: Vocabulary) -> Iterator[Drafted]:
	yield from _figures(clause, vocabulary)
	yield from _languages(clause, vocabulary)
	left = normal(clause)
	for table, kind, firmness in _TABLES:
		for entry in getattr(vocabulary, table).found_in(left):
			yield Drafted(entry.name, entry.name_zh, kind, firmness)
			# 护士执业证 is a paper, and names no skill besides
			left = _without(left, entry) if kind == Kind.CERTIFICATE else left


def _without(text: str, entry: Entry) -> str:
	for word in sorted(map(normal, entry.all_words()), key=len, reverse=True):
		text = text.replace(word, " ")
	return text


def _figures(clause: str, vocabulary: Vocabulary) -> Iterator[Drafted]:
	if level := education_in(clause, lowest=True):
		yield Drafted(*_degree(level), Kind.EDUCATION)
	if not _EXPERIENCE.search(normal(clause)):
		return
	years = years_in(clause)
	if years and years.low:
		yield Drafted(*_years(years), Kind.EXPERIENCE)
	for entry in vocabulary.industries.found_in(clause):
		yield Drafted(entry.name, entry.name_zh, Kind.INDUSTRY, SOFT, weight=LIGHTEST)


def _languages(clause: str, vocabulary: Vocabulary) -> Iterator[Drafted]:
	"""A language is asked for with a level; one without may be a market, a lesson or a kitchen."""
	for name, level in languages_in(clause, vocabulary.languages).items():
		if level and (entry := vocabulary.languages.known(name)):
			english, chinese = LANGUAGE_LEVELS[max(level, A2)]
			yield Drafted(f"{entry.name} ({english})", f"{entry.name_zh}（{chinese}）", Kind.LANGUAGE)


def _years(years: Years) -> tuple[str, str]:
	low = f"{years.low:g}"
	if years.high:
		return f"{low} to {years.high:g} years of experience", f"{low} 至 {years.high:g} 年经验"
	return f"At least {low} years of experience", f"{low} 年以上经验"


def _degree(level: int) -> tuple[str, str]:
	english, chinese = EDUCATION[level]
	return f"{english} or above", f"{chinese}及以上"
