"""What a company sets aside for the points its people hold: for which months, how much. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from referral_hub.points.rules.finance import next_month

WAITING, DRAFT, BOOKED, REVERSED, NOTHING, TAKEN_OUT = (
	*("Waiting", "Draft", "Booked", "Reversed", "Nothing to Provide", "Taken Out"),
)

IN_DRAFT, SUBMITTED = 0, 1


@dataclass(frozen=True)
class Entry:
	"""A Journal Entry as it stands: 0 a draft, 1 submitted, None when it was never made, or is there no more."""

	docstatus: int | None
	was_made: bool = False

	@property
	def is_gone(self) -> bool:
		return self.was_made and self.docstatus is None


def finished_months(first: date, today: date) -> list[date]:
	"""Return the first day of every month that is over, from the month of `first` on."""
	found, begins = [], first.replace(day=1)
	while next_month(begins) <= today:
		found.append(begins)
		begins = next_month(begins)
	return found


def last_day(begins: date) -> date:
	return next_month(begins) - timedelta(days=1)


def worth(points: int, value: Decimal, share: Decimal, places: int) -> Decimal:
	"""Return what is set aside, in money of so many decimals, half up.

	:param value: of one point, in the company's currency
	:param share: percent of the points that people are expected to spend; what will lapse is owed to nobody
	"""
	exact = Decimal(points) * value * share / 100
	return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def state_of(entry: Entry, reversal: Entry) -> str:
	"""Say where a month stands, by the two entries it has."""
	if entry.docstatus is None:
		return TAKEN_OUT if entry.was_made else WAITING
	if entry.docstatus == IN_DRAFT:
		return DRAFT
	return REVERSED if reversal.docstatus == SUBMITTED else BOOKED


def may_reverse(entry: Entry, reversal: Entry) -> bool:
	"""A booked month is reversed once; a reversal that somebody took out is theirs to ask for again."""
	return entry.docstatus == SUBMITTED and not reversal.was_made
