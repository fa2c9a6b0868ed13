"""What a draft adds to the rows an opening has already: only what is new. What HR edited or threw away is not proposed again.

Pure. A drafted row is known by its kind and its words as they were drafted, whatever HR made of them since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from referral_hub.matching.rules.asking import Asked, Kind, asked
from referral_hub.matching.rules.drafting import USUAL, Drafted
from referral_hub.matching.rules.text import compact
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.referrals.rules.requirements.assessing import HARD, LIGHTEST, MOST, SOFT, Requirement

# an opening asks for one of each; a row that HR typed answers for all that is drafted
_ONE_OF_A_KIND = frozenset({Kind.EXPERIENCE, Kind.EDUCATION, Kind.PAY, Kind.PLACE})
_LONGEST_KEY = 140


@dataclass(frozen=True)
class Fields:
	"""What an opening says beside its description."""

	place: str = ""
	# by `per`; only what the company publishes
	pay_from: int = 0
	pay_to: int = 0
	currency: str = ""
	per: str = "Month"


@dataclass(frozen=True)
class Row:
	"""A row that is there, and what it was drafted as; empty where HR typed it."""

	requirement: Requirement
	drafted_as: str = ""


def key_of(row: Drafted) -> str:
	return f"{row.kind}:{compact(row.requirement)}"[:_LONGEST_KEY]


def of_fields(opening: Fields, because_place: str, because_pay: str) -> Iterator[Drafted]:
	"""Return rows for the place and the pay of an opening, with the words that say where they come from."""
	if compact(opening.place):
		yield Drafted(opening.place.strip(), "", Kind.PLACE, HARD, weight=USUAL, because=because_place)
	if opening.pay_from or opening.pay_to:
		english, chinese = _pay(opening)
		yield Drafted(english, chinese, Kind.PAY, SOFT, weight=LIGHTEST, because=because_pay)


def _pay(opening: Fields) -> tuple[str, str]:
	ends = dict.fromkeys(f"{end:,}" for end in (opening.pay_from, opening.pay_to) if end)
	per, each = ("year", "每年") if opening.per == "Year" else ("month", "每月")
	english = f"{' to '.join(ends)} {opening.currency}".strip()
	chinese = f"{' 至 '.join(ends)} {opening.currency}".strip()
	return f"{english} per {per}", f"{each} {chinese}"


def new(
	drafted: Iterable[Drafted], there: Iterable[Row], before: Iterable[str], vocabulary: Vocabulary
) -> list[Drafted]:
	"""Return what no row speaks of yet and nobody has seen before, as many as a profile still holds.

	`before`: keys of all that was ever proposed. An empty table is a fresh start.
	"""
	rows = list(there)
	seen = {row.drafted_as for row in rows} | set(before) if rows else set()
	known = [(row, asked(row.requirement, vocabulary)) for row in rows]
	found: dict[str, Drafted] = {}
	for one in drafted:
		if key_of(one) not in seen and not any(_covers(row, said, one, vocabulary) for row, said in known):
			found.setdefault(key_of(one), one)
	return list(found.values())[: max(0, MOST - len(rows))]


def as_requirement(row: Drafted, name: str = "") -> Requirement:
	return Requirement(
		name, row.requirement, row.requirement_zh, row.kind.value, row.firmness, row.must_have, row.weight
	)


def _covers(row: Row, there: Asked, drafted: Drafted, vocabulary: Vocabulary) -> bool:
	if compact(row.requirement.requirement) == compact(drafted.requirement):
		return True
	if there.kind != drafted.kind:
		return False
	if drafted.kind in _ONE_OF_A_KIND:
		return not row.drafted_as
	wanted = asked(as_requirement(drafted), vocabulary)
	if drafted.kind == Kind.LANGUAGE:
		return dict(wanted.languages).keys() <= dict(there.languages).keys()
	return bool(wanted.terms) and _names(wanted) <= _names(there)


def _names(row: Asked) -> set[str]:
	return {term for terms in row.terms for term in terms}
