"""Dates, numbers and amounts the way people say them, in the user's language and time zone.

Times in the database are in the system's time zone; everything said here is in the user's.
"""

import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frappe
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import NumberPattern, format_decimal, get_currency_symbol, parse_pattern
from frappe import _
from frappe.utils import get_datetime, get_system_timezone, getdate, now_datetime
from frappe.utils.caching import request_cache

from referral_hub.rewards.kinds import kind_named
from referral_hub.wording import period_words, points_words

POINTS = "Points"
CASH = "Cash"
COUNTRY_OF_SIGN = re.compile(r"^[A-Z]+(?=[^A-Za-z])")  # the CN of CN¥
WHOLE, WITH_CENTS = parse_pattern("#,##0"), parse_pattern("#,##0.00")


def locale() -> Locale:
	"""Return the locale of the page; English follows the site's order of day and month."""
	return _locale_in(frappe.local.lang or "en")


@request_cache
def _locale_in(lang: str) -> Locale:
	"""Ask for the site's order of day and month once in a request: a page says many numbers."""
	language = lang.replace("-", "_")
	if language == "en":
		month_first = (frappe.db.get_default("date_format") or "").startswith("mm")
		language = "en_US" if month_first else "en_GB"
	return _locale_of(language)


@lru_cache(maxsize=100)
def _locale_of(language: str) -> Locale:
	"""Read a locale's data once in a process."""
	try:
		return Locale.parse(language)
	except (UnknownLocaleError, ValueError):
		return Locale.parse("en_GB")


def local(value: datetime | str) -> datetime:
	"""Move a time from the database into the user's time zone."""
	zone = frappe.get_cached_value("User", frappe.session.user, "time_zone")
	moment_in_system = get_datetime(value).replace(tzinfo=ZoneInfo(get_system_timezone()))
	try:
		return moment_in_system.astimezone(ZoneInfo(zone)) if zone else moment_in_system
	except (ZoneInfoNotFoundError, ValueError, OSError):
		return moment_in_system


def day(value: date | datetime | str | None) -> str:
	"""Today, tomorrow, yesterday, a weekday within six days, else day and month, with the year if it is another."""
	if not value:
		return ""
	that_day, today = _days(value)
	near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
	distance = (that_day - today).days
	if distance in near:
		return near[distance]
	if 1 < distance < 7:
		return format_date(that_day, "EEEE", locale=locale())
	return _calendar_day(that_day, "MMMMd" if that_day.year == today.year else "yMMMMd")


def day_for_good(value: date | datetime | str) -> str:
	"""Day, month and year, for words that are kept: what is tomorrow now is not when they are read again."""
	is_a_day = isinstance(value, date) and not isinstance(value, datetime)
	return _calendar_day(value if is_a_day else _days(value)[0], "yMMMMd")


def period(name: str) -> str:
	return period_words.in_words(name, locale())


def month(value: date | datetime | str) -> str:
	return _calendar_day(_days(value)[0], "yMMMM")


def _calendar_day(that_day: date, skeleton: str) -> str:
	return _dated(that_day, skeleton, locale())


@lru_cache(maxsize=10_000)
def _dated(that_day: date, skeleton: str, of: Locale) -> str:
	"""Write a date once in a process: to find how a language writes it takes longer than all else of a sentence."""
	return format_skeleton(skeleton, datetime(that_day.year, that_day.month, that_day.day), locale=of)


@lru_cache(maxsize=10_000)
def _whole_date(that_day: date, of: Locale) -> str:
	return format_date(that_day, "full", locale=of)


def moment(value: datetime | str | None) -> str:
	"""The day and the time: Tuesday 10:00."""
	if not value:
		return ""
	return f"{day(value)} {format_datetime(local(value), 'HH:mm', locale=locale())}"


def exact(value: date | datetime | str | None) -> str:
	"""The whole date, for those who hover."""
	if not value:
		return ""
	if isinstance(value, date) and not isinstance(value, datetime):
		return _whole_date(value, locale())
	at = local(value)
	return f"{_whole_date(at.date(), locale())} {format_datetime(at, 'HH:mm', locale=locale())}"


def number(value: int | float | Decimal) -> str:
	return _figure(value, None, locale())


@lru_cache(maxsize=10_000)
def _figure(value: int | float | Decimal, pattern: NumberPattern | None, of: Locale) -> str:
	"""Write a number once in a process: the same ones are said on page after page."""
	return format_decimal(value, format=pattern, locale=of)


def amount(kind: str, value, currency: str | None = None, details: dict | str | None = None) -> str:
	"""One promise in words: 1,000 points, or money with its currency, or what its kind says of its details."""
	value = Decimal(str(value))
	value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
	if kind == POINTS:
		return points(int(value))
	if kind == CASH:
		return money(value, currency)
	return kind_named(kind).in_words(value, currency, frappe.parse_json(details or "{}"))


def money(value: Decimal, currency: str | None, own: str | None = None) -> str:
	"""An amount of money without empty decimals; the site's `own` currency by its plain sign, looked up where it isn't given."""
	own = own or own_currency()
	currency = currency or own
	whole = value == value.to_integral_value()
	figure = _figure(value, WHOLE if whole else WITH_CENTS, locale())
	sign = _sign(currency, currency == own, frappe.local.lang)
	return f"{sign} {figure}" if sign[-1:].isalpha() else f"{sign}{figure}"


@request_cache
def _sign(currency: str | None, is_own: bool, _lang: str | None) -> str:
	sign = get_currency_symbol(currency, locale=locale())
	if not is_own:
		return sign
	return frappe.get_cached_value("Currency", currency, "symbol") or COUNTRY_OF_SIGN.sub("", sign)


def own_currency() -> str | None:
	company = frappe.defaults.get_user_default("company")
	own = company and frappe.get_cached_value("Company", company, "default_currency")
	return own or frappe.db.get_default("currency")


def points(value: int) -> str:
	"""A number of points, by the name the company gave them."""
	return points_words.in_words(value, number(value))


def gap() -> str:
	"""Return what stands between two sentences: Chinese full stops bring their own room."""
	return "" if (frappe.local.lang or "").startswith("zh") else " "


def in_language(row, field: str) -> str:
	"""What HR wrote in both languages: a field, or beside it the one in Chinese."""
	chinese = row.get(f"{field}_zh") if (frappe.local.lang or "").startswith("zh") else None
	return chinese or row.get(field) or ""


def sentences(*said: str | None) -> str:
	"""Several sentences in one paragraph."""
	return gap().join(filter(None, said))


def file_size(size: int) -> str:
	"""Say how large a file is, in the unit its number is short in; at least 1 KB."""
	kilobytes = max(1, round(size / 1024))
	if kilobytes < 1024:
		return _("{0} KB").format(number(kilobytes))
	return _("{0} MB").format(format_decimal(Decimal(size) / 1024 / 1024, format="0.0", locale=locale()))


def amounts(rows: list[dict]) -> str:
	"""Several promises in one breath, the same things added up."""
	totals: dict[tuple, Decimal] = {}
	for row in rows:
		details = row.get("details") or {}
		if isinstance(details, dict):  # what tax looks at makes no difference to what it is
			details = {name: value for name, value in details.items() if name != "taxable_value"}
		key = (
			row["kind"],
			row.get("currency") or None,
			details if isinstance(details, str) else json.dumps(details),
		)
		totals[key] = totals.get(key, Decimal(0)) + Decimal(str(row["amount"]))
	return " + ".join(amount(kind, value, *more) for (kind, *more), value in totals.items() if value)


def expires_next(lots: list[dict]) -> str:
	"""Say what expires next, in one sentence; empty when nothing does."""
	if not lots:
		return ""
	first = lots[0]["expires_on"]
	lapsing = sum(lot["points"] for lot in lots if lot["expires_on"] == first)
	return _("{0} expire {1}").format(points(lapsing), day(first))


def _days(value: date | datetime | str) -> tuple[date, date]:
	if isinstance(value, date) and not isinstance(value, datetime):
		return value, getdate(local(now_datetime()))
	if isinstance(value, str) and len(value) == 10:
		return getdate(value), getdate(local(now_datetime()))
	return getdate(local(value)), getdate(local(now_datetime()))


def ago(days: int) -> datetime:
	return now_datetime() - timedelta(days=days)
