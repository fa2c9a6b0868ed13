"""What points mean to the books: how old they are, when they end, what moved, what is likely to become of them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from referral_hub.points.rules.chain import IN, OUT
from referral_hub.points.rules.lots import NEVER

# up to so many days; what is more is "more"
EXPIRY_DAYS = (30, 90, 180, 365)
AGE_DAYS = (90, 180, 365)
MORE, NO_END = "more", "never"

ISSUED, TAKEN_BACK, SPENT, RETURNED, EXPIRED, RESTORED, CORRECTED, MOVED = (
	*("issued", "taken_back", "spent", "returned", "expired", "restored", "corrected", "moved"),
)
CAME, LEFT = "came", "left"  # from and to another company
SIGNS = dict.fromkeys((ISSUED, RETURNED, RESTORED, CORRECTED, MOVED, CAME), 1) | dict.fromkeys(
	(TAKEN_BACK, SPENT, EXPIRED, LEFT), -1
)
# counter account -> what an entry is called that puts points in, and one that takes them out
_CALLED = {
	"Issuance": (ISSUED, TAKEN_BACK),
	"Clawback": (RESTORED, TAKEN_BACK),
	"Shop": (RETURNED, SPENT),
	"Expiry": (RESTORED, EXPIRED),
	"Adjustment": (CORRECTED, CORRECTED),
	"Wallet": (MOVED, MOVED),
	"Between Companies": (CAME, LEFT),
}


@dataclass(frozen=True)
class Open:
	"""Points that are still there, of one last day and one day of coming."""

	expires_on: date
	earned_on: date
	points: int


@dataclass(frozen=True)
class Month:
	"""What a month brings, or brought: points at its beginning, what moved, points at its end."""

	begins: date
	opening: int
	moved: Mapping[str, int]

	@property
	def closing(self) -> int:
		return self.opening + sum(SIGNS[name] * points for name, points in self.moved.items())


def expiry_bucket(expires_on: date, today: date) -> str:
	"""Say within how many days points end."""
	if expires_on >= NEVER:
		return NO_END
	return _bucket((expires_on - today).days, EXPIRY_DAYS)


def age_bucket(earned_on: date, today: date) -> str:
	return _bucket((today - earned_on).days, AGE_DAYS)


def by_bucket(lots: Iterable[Open], today: date, is_age: bool = False) -> dict[str, int]:
	"""Add up what is open, every bucket named, the nearest first."""
	names = [str(days) for days in (AGE_DAYS if is_age else EXPIRY_DAYS)] + [MORE]
	found = dict.fromkeys(names if is_age else [*names, NO_END], 0)
	for lot in lots:
		found[age_bucket(lot.earned_on, today) if is_age else expiry_bucket(lot.expires_on, today)] += (
			lot.points
		)
	return found


def called(counter: str, direction: str) -> str:
	"""Say what an entry is to the books, by the account it was posted against."""
	put_in, taken_out = _CALLED[counter]
	return put_in if direction == IN else taken_out


def called_so(name: str) -> list[tuple[str, str]]:
	"""Return the counter accounts and directions of the entries that are called so."""
	pairs = [(counter, direction) for counter in _CALLED for direction in (IN, OUT)]
	return [pair for pair in pairs if called(*pair) == name]


def months(rows: Iterable[tuple[date, str, str, int]]) -> list[Month]:
	"""Turn (month, counter account, direction, points) into months without a gap, the oldest first."""
	found: dict[date, dict[str, int]] = {}
	for begins, counter, direction, points in rows:
		name = called(counter, direction)
		signed = points if direction == IN or name not in (CORRECTED, MOVED) else -points
		moved = found.setdefault(begins, dict.fromkeys(SIGNS, 0))
		moved[name] += signed
	return _in_a_row(found)


def between_companies(months: Iterable[Month]) -> tuple[int, int]:
	"""Add up what came from other companies and what left to them; over the whole group both are the same."""
	months = list(months)
	return sum(month.moved[CAME] for month in months), sum(month.moved[LEFT] for month in months)


def pace(history: list[Month], this_month: date, number: int = 6) -> int:
	"""Return how many points were spent in a usual month: the average of the last whole ones, less what the shop gave back.

	Months since the last movement count as ones in which nothing was spent.
	"""
	whole = {month.begins: month.moved[SPENT] - month.moved[RETURNED] for month in history}
	begins, spent = min(whole, default=this_month), []
	while begins < this_month:
		spent.append(whole.get(begins, 0))
		begins = next_month(begins)
	recent = spent[-number:]
	return max(0, round(sum(recent) / len(recent))) if recent else 0


def forecast(lots: Iterable[Open], per_month: int, today: date, number: int = 12) -> list[Month]:
	"""Say what becomes of the points that are there when people go on spending as they did; nothing new is earned.

	What ends first is spent first. In the month in which points end, people have spent them or lost them.
	"""
	left: dict[date, int] = {}
	for lot in lots:
		left[lot.expires_on] = left.get(lot.expires_on, 0) + lot.points
	found, begins = [], today.replace(day=1)
	for _number in range(number):
		opening, after = sum(left.values()), next_month(begins)
		spent = _spend(left, per_month)
		expired = sum(left.pop(day) for day in sorted(left) if day < after)
		found.append(Month(begins, opening, {SPENT: spent, EXPIRED: expired}))
		begins = after
	return found


def next_month(begins: date) -> date:
	return date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)


def _spend(left: dict[date, int], points: int) -> int:
	spent = 0
	for day in sorted(left):
		taken = min(left[day], points - spent)
		left[day] -= taken
		spent += taken
	return spent


def _in_a_row(found: dict[date, dict[str, int]]) -> list[Month]:
	result: list[Month] = []
	begins, last = min(found, default=None), max(found, default=None)
	while begins and begins <= last:
		opening = result[-1].closing if result else 0
		result.append(Month(begins, opening, found.get(begins) or dict.fromkeys(SIGNS, 0)))
		begins = next_month(begins)
	return result


def _bucket(days: int, limits: tuple[int, ...]) -> str:
	return next((str(limit) for limit in limits if days <= limit), MORE)
