"""Who is still here after so many months: stays of people, by how they came, and what can be said of each group. Pure.

HRMS keeps an Employee record per contract: records of one person that follow each other without a break are one stay, so a transfer is
neither a leaving nor a hire. Who comes back after a break is hired again. Months are those of the calendar: from 15 March to the day
before 15 June is three.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from referral_hub.paths.rules import survival
from referral_hub.paths.rules.survival import Curve, Point

MONTHS = (3, 6, 12)
# a weekend and a holiday between two contracts are no break
LONGEST_GAP = timedelta(days=7)


class Way(StrEnum):
	"""How somebody came."""

	REFERRED = "Referred"
	RECALLED = "Recalled"
	OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Contract:
	"""An Employee record: its first day, and its last where it has ended."""

	name: str
	person: str
	began_on: date
	ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hire:
	"""A stay: the record it began with, and the last day where it is over."""

	first: str
	joined_on: date
	left_on: date | None


def hires(contracts: Iterable[Contract], today: date) -> list[Hire]:
	"""Return the stays of everybody, those that have begun; a last day to come is none yet.

	Who left on the first day did not come, as in the talent pool, and has no stay.
	"""
	of_person: dict[str, list[Contract]] = defaultdict(list)
	for contract in contracts:
		if contract.began_on <= today:
			of_person[contract.person].append(contract)
	found = [hire for held in of_person.values() for hire in _joined(held, today)]
	return [hire for hire in found if hire.left_on is None or hire.left_on > hire.joined_on]


def _joined(contracts: list[Contract], today: date) -> list[Hire]:
	found: list[Hire] = []
	for contract in sorted(contracts, key=lambda one: (one.began_on, one.name)):
		ended = contract.ended_on if contract.ended_on and contract.ended_on < today else None
		last = found[-1] if found else None
		if last and (last.left_on is None or contract.began_on - last.left_on <= LONGEST_GAP):
			later = None if ended is None or last.left_on is None else max(ended, last.left_on)
			found[-1] = Hire(last.first, last.joined_on, later)
		else:
			found.append(Hire(contract.name, contract.began_on, ended))
	return found


def way_of(is_referred: bool, is_recalled: bool) -> Way:
	"""Say how somebody came; who was called back counts there, whoever had referred them."""
	if is_recalled:
		return Way.RECALLED
	return Way.REFERRED if is_referred else Way.OTHER


def curve_of(stays: Iterable[Hire], today: date) -> Curve:
	"""Return how many are still here after how many months."""
	return survival.curve(
		survival.Stay(
			months(hire.joined_on, (hire.left_on or today) + timedelta(days=1)), hire.left_on is not None
		)
		for hire in stays
	)


def curves(stays: Iterable[Hire], group_of: Mapping[str, str], today: date) -> dict[str, tuple[Curve, int]]:
	"""Return for each group its curve and how many of it have left; the largest first."""
	grouped: dict[str, list[Hire]] = defaultdict(list)
	for hire in stays:
		grouped[group_of.get(hire.first, "")].append(hire)
	rows = sorted(grouped.items(), key=lambda row: (-len(row[1]), row[0]))
	return {
		group: (curve_of(held, today), sum(hire.left_on is not None for hire in held)) for group, held in rows
	}


def kept(curve: Curve) -> dict[int, Point | None]:
	"""Return what is known of 3, 6 and 12 months; None where nobody has been watched that long."""
	return {month: curve.at(float(month)) for month in MONTHS}


def months(since: date, until: date) -> float:
	"""Return the months between two days: whole ones by the calendar, the rest as a part of the month it lies in."""
	if until < since:
		return 0.0
	whole = (until.year - since.year) * 12 + until.month - since.month
	if _after(since, whole) > until:
		whole -= 1
	begins, ends = _after(since, whole), _after(since, whole + 1)
	return whole + (until - begins).days / (ends - begins).days


def _after(since: date, number: int) -> date:
	"""Return the same day some months later; the last of a month that is shorter."""
	year, month = divmod(since.year * 12 + since.month - 1 + number, 12)
	return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))
