"""Facts of a person as what an index holds, and back again without loss: tokens for its lists, figures for its columns, JSON for its journal."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from referral_hub.matching.rules.amounts import Pay
from referral_hub.matching.rules.profile import CERTIFICATES, INDUSTRIES, SKILLS, Facts

# what a token is: the first letter says it
TERM, WORD, LANGUAGE, PLACE, GROUP = "twlpg"
SAYS = {SKILLS: 1, CERTIFICATES: 2, INDUSTRIES: 4}
SPEAKS, IS_SOMEWHERE = 8, 16
NO_PAY = -1
COLUMNS = {
	"years": np.float64,
	"education": np.int8,
	"says": np.uint8,
	"pay_low": np.int64,
	"pay_high": np.int64,
	"currency": np.int16,
}


@dataclass
class Currencies:
	"""Their numbers in a column; 0 is the currency nobody named."""

	codes: list[str]

	def number(self, code: str) -> int:
		if code not in self.codes:
			self.codes.append(code)
		return self.codes.index(code)


def tokens_of(person: Facts) -> list[str]:
	return [
		*(TERM + term for term in sorted(person.terms)),
		*(WORD + word for word in sorted(person.words)),
		*(f"{LANGUAGE}{level}{name}" for name, level in person.languages),
		*(PLACE + place for place in sorted(person.places)),
		*([GROUP + person.group] if person.group else []),
	]


def figures_of(person: Facts, currencies: Currencies) -> tuple:
	"""Return a value for each of COLUMNS, in their order."""
	says = sum(SAYS[name] for name in person.says)
	says += SPEAKS * bool(person.languages) + IS_SOMEWHERE * bool(person.places)
	pay = person.pay or Pay(NO_PAY, NO_PAY)
	years = math.nan if person.years is None else person.years
	return years, person.education, says, pay.low, pay.high, currencies.number(pay.currency)


def facts_of(key: str, tokens: Iterable[str], figures: tuple, currencies: list[str]) -> Facts:
	by_kind: dict[str, list[str]] = {kind: [] for kind in (TERM, WORD, LANGUAGE, PLACE, GROUP)}
	for token in tokens:
		by_kind[token[0]].append(token[1:])
	years, education, says, low, high, currency = figures
	return Facts(
		key,
		frozenset(by_kind[TERM]),
		frozenset(by_kind[WORD]),
		frozenset(name for name, bit in SAYS.items() if int(says) & bit),
		None if math.isnan(years) else float(years),
		int(education),
		tuple(sorted((spoken[1:], int(spoken[0])) for spoken in by_kind[LANGUAGE])),
		frozenset(by_kind[PLACE]),
		None if low == NO_PAY else Pay(int(low), int(high), currencies[int(currency)]),
		next(iter(by_kind[GROUP]), ""),
	)


def as_json(person: Facts) -> dict:
	found = {one.name: getattr(person, one.name) for one in fields(Facts)}
	lists = {name: sorted(found[name]) for name in ("terms", "words", "says", "places")}
	pay = [person.pay.low, person.pay.high, person.pay.currency] if person.pay else None
	return {**found, **lists, "pay": pay}


def from_json(found: dict) -> Facts:
	sets = {name: frozenset(found[name]) for name in ("terms", "words", "says", "places")}
	spoken = tuple((name, level) for name, level in found["languages"])
	return Facts(
		**{**found, **sets, "languages": spoken, "pay": Pay(*found["pay"]) if found["pay"] else None}
	)
