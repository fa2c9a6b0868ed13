"""What each way to find people comes to: how many apply, how far they come, how soon they are hired, who stays a year. Pure.

A step is reached by whoever came at least so far, for every channel alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from referral_hub.insights.rules.funnel import Step, percent
from referral_hub.insights.rules.spread import median

# how far somebody came, as the database counts it
STEPS = (Step.APPLIED, Step.INTERVIEWED, Step.OFFERED, Step.JOINED)
# people who came through a referral that is kept here, whatever their application names as its source
REFERRAL = "referral"
YEAR = 12


@dataclass(frozen=True, slots=True)
class Reached:
	"""How many of a channel came just so far: 0 applied, 1 were interviewed, 2 offered a job, 3 joined."""

	channel: str
	rank: int
	number: int


@dataclass(frozen=True, slots=True)
class Hires:
	"""How many of a channel joined so many days after they applied; whether that is a year ago, and they stayed it."""

	channel: str
	days: int
	is_year_ago: bool
	stayed: bool
	number: int


@dataclass(frozen=True, slots=True)
class Line:
	channel: str
	steps: dict[Step, int]
	days_to_hire: float | None = None
	year_known: int = 0
	year_stayed: int = 0

	def rate(self, what: Step, of: Step = Step.APPLIED) -> float | None:
		return percent(self.steps[what], self.steps[of])

	@property
	def stayed(self) -> float | None:
		"""The share of those who joined a year ago or earlier and stayed for a year."""
		return percent(self.year_stayed, self.year_known)


@dataclass(slots=True)
class _Gathered:
	reached: list[Reached] = field(default_factory=list)
	hires: list[Hires] = field(default_factory=list)


def lines(reached: Iterable[Reached], hires: Iterable[Hires]) -> list[Line]:
	"""Return a line for each channel: referrals first, then the largest."""
	channels: dict[str, _Gathered] = defaultdict(_Gathered)
	for one in reached:
		channels[one.channel].reached.append(one)
	for one in hires:
		channels[one.channel].hires.append(one)
	found = [_line(channel, gathered) for channel, gathered in channels.items()]
	return sorted(found, key=lambda line: (line.channel != REFERRAL, -line.steps[Step.APPLIED], line.channel))


def total(found: Iterable[Line]) -> dict[Step, int]:
	found = list(found)
	return {step: sum(line.steps[step] for line in found) for step in STEPS}


def share_of_hires(found: Iterable[Line]) -> float | None:
	"""Return in percent how many of those who joined came through a referral."""
	found = list(found)
	referred = sum(line.steps[Step.JOINED] for line in found if line.channel == REFERRAL)
	return percent(referred, total(found)[Step.JOINED])


def _line(channel: str, gathered: _Gathered) -> Line:
	known = [one for one in gathered.hires if one.is_year_ago]
	return Line(
		channel,
		{
			step: sum(one.number for one in gathered.reached if one.rank >= rank)
			for rank, step in enumerate(STEPS)
		},
		median((max(one.days, 0), one.number) for one in gathered.hires),
		sum(one.number for one in known),
		sum(one.number for one in known if one.stayed),
	)
