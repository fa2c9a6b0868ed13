"""Years and pay as people write them, in Chinese and English: 3年以上, three to five years, 15-20k, 年薪30万, $5,000 a month.

Pure. Pay is compared by the month. What is paid by the hour or day, or can't be read, is no figure: nothing is guessed.
"""

import re
from dataclasses import dataclass

from referral_hub.matching.rules.text import normal

MOST_YEARS = 50
MONTHS = 12
_DIGITS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十]|" + "|".join(_WORDS) + ")"
_TO = r"\s*(?:-|~|to|至|到)\s*"
# a year of work, not of the calendar (2019年), of pay (年薪) or of school (三年级)
_YEAR = r"\s*(?:years?\b|yrs?\b|年(?!薪|终|底|度|级|制|龄|假|\s?\d))"
_RANGE = re.compile(rf"(?<![\d.]){_COUNT}(?:{_YEAR})?{_TO}{_COUNT}{_YEAR}", re.ASCII)
_AT_MOST = re.compile(
	rf"(?:up to|at most|less than|under|不超过|最多)\s*{_COUNT}{_YEAR}|(?<![\d.]){_COUNT}{_YEAR}(?:以内|以下|之内)",
	re.ASCII,
)
_FROM = re.compile(rf"(?<![\d.]){_COUNT}\s*\+?{_YEAR}", re.ASCII)
_NONE_NEEDED = re.compile(
	r"经验不限|无需经验|不需要经验|no experience (?:needed|required|necessary)|应届生?均?可"
)

_SUM = r"(\d[\d,]*(?:\.\d+)?)\s*(k|千|w|万)?"
_BY = r"\s*(?:元|块|rmb|cny|usd|eur|hkd)?\s*"
_AMOUNT = re.compile(rf"{_SUM}{_BY}(?:-|~|to|至|到)\s*[¥$€]?\s*{_SUM}|{_SUM}")
_SCALE = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, None: 1, "": 1}
_YEARLY = re.compile(r"年薪|/\s*年|每年|per year|a year|per annum|p\.a\.|annual|yearly|/\s*yr|/\s*year")
_SHORTER = re.compile(
	r"时薪|日薪|/\s*(?:小时|时|天|日|hour|h\b|day)|每小时|每天|per (?:hour|day|week)|an hour|a day|hourly|daily"
)
_CURRENCIES = {
	"HKD": r"hk\$|hkd|港币|港元",
	"SGD": r"s\$|sgd|新币",
	"USD": r"us\$|usd|美元|(?<![a-z])\$",
	"EUR": r"€|eur|欧元",
	"GBP": r"£|gbp|英镑",
	"JPY": r"jpy|日元",
	"INR": r"₹|inr|卢比",
	"CNY": r"¥|元|rmb|cny|人民币",
}
_SMALLEST = 100
_OF_PAY = re.compile(r"[¥￥$€£]|\d\s*(?:[千万元]|[kw](?![a-z]))|薪|工资|salary|pay|wage", re.IGNORECASE)


@dataclass(frozen=True)
class Years:
	low: float
	high: float | None = None


@dataclass(frozen=True)
class Pay:
	"""By the month; the currency is empty where nobody said it."""

	low: int
	high: int
	currency: str = ""

	def comparable(self, other: "Pay") -> bool:
		return not self.currency or not other.currency or self.currency == other.currency


def years_in(text: str | None) -> Years | None:
	"""Return how many years of work a text speaks of."""
	plain = normal(text)
	if found := _RANGE.search(plain):
		low, high = sorted(map(count_of, found.groups()))
		return _plausible(Years(low, high))
	if found := _AT_MOST.search(plain):
		return _plausible(Years(0, count_of(found[1] or found[2])))
	if found := _FROM.search(plain):
		return _plausible(Years(count_of(found[1])))
	return Years(0) if _NONE_NEEDED.search(plain) else None


def pay_in(text: str | None) -> Pay | None:
	"""Return what a text about pay says of a month."""
	plain = normal(text)
	if _SHORTER.search(plain) or not (found := _AMOUNT.search(plain)):
		return None
	low, low_unit, high, high_unit, only, only_unit = found.groups()
	ends = [(low, low_unit or high_unit), (high, high_unit or low_unit)] if low else [(only, only_unit)]
	sums = sorted(_sum(*end) for end in ends)
	months = MONTHS if _YEARLY.search(plain) else 1
	pay = Pay(round(sums[0] / months), round(sums[-1] / months), _currency(plain))
	return pay if pay.low >= _SMALLEST else None


def names_pay(text: str) -> bool:
	"""Say whether a text names a sum of pay; one of a year (from 2027 on) is none."""
	return bool(_OF_PAY.search(text))


def count_of(word: str) -> float:
	"""Return the number a word or a figure stands for: 两, five, 3.5."""
	if word in _DIGITS:
		return float(_DIGITS[word])
	return float(_WORDS.index(word) + 1 if word in _WORDS else word)


def _plausible(years: Years) -> Years | None:
	return years if max(years.low, years.high or 0) <= MOST_YEARS else None


def _sum(figure: str, unit: str | None) -> float:
	return float(figure.replace(",", "")) * _SCALE[unit]


def _currency(plain: str) -> str:
	return next((code for code, words in _CURRENCIES.items() if re.search(words, plain)), "")
