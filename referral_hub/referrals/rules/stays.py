"""How long somebody was with the company: their employee records, put together into stays. Pure.

HRMS keeps one record per contract, not per person: a transfer to another company moves the joining date or makes a
second record, a rehire makes one too. Records that a transfer ties together, or that follow one another with nothing
but days off between them, are one stay; what lies further apart is another. The order of the records does not matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from referral_hub.referrals.rules.facts import Employee

LEFT = "Left"
# a weekend, or a holiday beside one, between the last day of one contract and the first of the next
_DAYS_OFF = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Stay:
	"""The days somebody was here without a break; without an end while it goes on."""

	began_on: date
	ended_on: date | None = None

	def lasted_until(self, day: date) -> bool:
		return self.ended_on is None or self.ended_on >= day


@dataclass(frozen=True, slots=True)
class Service:
	"""A stay with the employee records it is made of."""

	records: tuple[Employee, ...]

	@property
	def stay(self) -> Stay:
		ends = [_ended_on(record) for record in self.records]
		return Stay(min(map(_began_on, self.records)), None if None in ends else max(ends))


def services_of(employees: Iterable[Employee]) -> list[Service]:
	"""Return the stays of a person, the first one first."""
	groups: list[list[Employee]] = []
	for employee in employees:
		if employee.joins_on is None:
			continue
		touched = [group for group in groups if any(_is_one_stay(employee, other) for other in group)]
		groups = [group for group in groups if group not in touched]
		groups.append([employee, *(record for group in touched for record in group)])
	services = [Service(tuple(sorted(group, key=_order))) for group in groups]
	return sorted(services, key=lambda service: _order(service.records[0]))


def written(stays: Iterable[Stay]) -> str | None:
	"""Write stays as ISO 8601 intervals, as a Referral keeps them."""
	return " ".join(f"{stay.began_on}/{stay.ended_on or '..'}" for stay in stays) or None


def read(text: str | None) -> tuple[Stay, ...]:
	"""Read what was written; what somebody else wrote into the column says nothing."""
	try:
		return tuple(_read_one(piece) for piece in (text or "").split())
	except ValueError:
		return ()


def _read_one(piece: str) -> Stay:
	began, _slash, ended = piece.partition("/")
	return Stay(date.fromisoformat(began), None if ended == ".." else date.fromisoformat(ended))


def _is_one_stay(one: Employee, other: Employee) -> bool:
	if one.name == other.continues or other.name == one.continues:
		return True
	earlier, later = sorted((one, other), key=_order)
	ended_on = _ended_on(earlier)
	return ended_on is None or _began_on(later) <= ended_on + _DAYS_OFF


def _began_on(employee: Employee) -> date:
	return min(employee.joins_on, employee.served_since or employee.joins_on)


def _ended_on(employee: Employee) -> date | None:
	"""Return the last day; who left on a day nobody entered was here at least on the first."""
	if employee.status != LEFT:
		return None
	return max(employee.joins_on, employee.leaves_on or employee.joins_on)


def _order(employee: Employee) -> tuple:
	return _began_on(employee), employee.name
