"""Reads a history of referrals from CSV into the plain objects of the app; a bad row is named and left out."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from devkit.trial.files import Row, Wrong, read_rows
from devkit.trial.policies import HIRE, PolicyFile
from referral_hub.referrals.rules.outcomes import Outcome
from referral_hub.rewards.rules.milestones import RETAINED, STAGE_OF_MILESTONE, Progress
from referral_hub.rewards.rules.promising.factors import DIFFICULTIES, URGENCIES
from referral_hub.rewards.rules.selection import OpeningFacts
from referral_hub.rewards.rules.simulating.history import Past
from referral_hub.rewards.rules.simulating.simulator import Piece
from referral_hub.rewards.rules.terms import POINTS

DAYS = {
	"screened_on": "Screened",
	"interviewed_on": "Interviewed",
	"selected_on": "Selected",
	"offered_on": "Offered",
	"joined_on": "Joined",
	"confirmed_on": "Confirmed",
}
NEEDED = ("referral", "employee", "submitted_on")
OF_OPENING = ("designation", "grade", "department", "employment_type", "company", "program")
OF_REFERRER = ("referrer_designation", "referrer_grade", "referrer_department", "referrer_badge")
COLUMNS = frozenset(
	{
		*(*NEEDED, *OF_OPENING, *OF_REFERRER, *DAYS),
		*("difficulty", "urgency", "currency", "left_on", "ended_on", "outcome", "chosen", "paid"),
		*("got", "got_points", *(f"hire_{name}" for name in HIRE)),
	}
)
OUTCOMES = tuple(str(outcome) for outcome in Outcome)


@dataclass
class History:
	"""What a file tells: referrals, what their referrers really got, and which rows could not be read."""

	pasts: list[Past] = field(default_factory=list)
	got: list[Piece] = field(default_factory=list)
	wrong: list[str] = field(default_factory=list)
	says_what_was_got: bool = False


def read_history(path: Path, policy: PolicyFile, today: date) -> History:
	history, seen = History(), {}
	for row in read_rows(path, COLUMNS, NEEDED):
		if isinstance(row, str):
			history.wrong.append(row)
			continue
		history.says_what_was_got |= "got" in row.values or "got_points" in row.values
		try:
			past = _past(row, policy, today)
			if past.referral in seen:
				raise Wrong(f"referral {past.referral} is in line {seen[past.referral]} already")
			got = _got(row, past)
		except Wrong as wrong:
			history.wrong.append(f"{path}:{row.line}: {wrong}")
			continue
		seen[past.referral] = row.line
		history.pasts.append(past)
		history.got.extend(got)
	return history


def _past(row: Row, policy: PolicyFile, today: date) -> Past:
	made_at, dates = row.moment("submitted_on"), _dates(row, today)
	if made_at.date() > today:
		raise Wrong(f"submitted_on {made_at.date()} is after {today}")
	stage, day = "Submitted", made_at.date()
	outcome, ended_on = _ending(row, made_at.date(), today)
	for milestone, reached in dates.items():
		stage, day = str(STAGE_OF_MILESTONE[milestone]), reached
	return Past(
		referral=row.needed("referral"),
		person=row.needed("employee"),
		made_at=made_at,
		facts=_facts(row, policy.parents),
		progress=_progress(row, stage, day, dates, outcome, today),
		currency=row.text("currency") or policy.currency,
		dates={"Received": made_at.date(), **_filled(dates)},
		ended_on=ended_on,
		hire={name: row.text(f"hire_{name}") for name in HIRE if row.text(f"hire_{name}")},
		mix=" + ".join(
			sorted(part.strip() for part in (row.text("chosen") or "").split("+") if part.strip())
		),
		is_paid=row.is_yes("paid"),
	)


def _dates(row: Row, today: date) -> dict[str, date]:
	"""Return the milestones in their order; one of the future was not reached."""
	found = {milestone: row.day(name) for name, milestone in DAYS.items()}
	return {milestone: day for milestone, day in found.items() if day and day <= today}


def _filled(dates: dict[str, date]) -> dict[str, date]:
	"""What was skipped is reached with the next step."""
	filled, later = {}, None
	for milestone in reversed([name for name in STAGE_OF_MILESTONE if name != RETAINED]):
		later = dates.get(milestone) or later
		if later and milestone != "Received":
			filled[milestone] = later
	return filled


def _ending(row: Row, made_on: date, today: date) -> tuple[str | None, date | None]:
	"""Return how the file says that it ended, and when; an end of the future is not known yet."""
	joined, left, ended = row.day("joined_on"), row.day("left_on"), row.day("ended_on")
	for name, earliest in (("confirmed_on", "joined_on"), ("left_on", "joined_on")):
		if row.day(name) and not joined:
			raise Wrong(f"{name} needs {earliest}")
		_refuse_before(row, name, earliest, joined)
	for name in ("joined_on", "ended_on"):
		_refuse_before(row, name, "submitted_on", made_on)
	outcome = row.one_of("outcome", OUTCOMES)
	if joined and outcome not in (None, "Left" if left else "Hired"):
		raise Wrong(
			f"outcome is {outcome!r}, yet joined_on is {joined}" + (f", left_on {left}" if left else "")
		)
	if outcome in ("Hired", "Left") and not joined:
		raise Wrong(f"outcome {outcome} needs joined_on")
	if joined or (ended and ended > today):
		outcome = None
	return outcome, ended if ended and ended <= today else None


def _refuse_before(row: Row, name: str, earliest: str, day: date | None) -> None:
	found = row.day(name)
	if found and day and found < day:
		raise Wrong(f"{name} is before {earliest}")


def _progress(
	row: Row, stage: str, day: date, dates: dict[str, date], outcome: str | None, today: date
) -> Progress:
	joined, left = dates.get("Joined"), row.day("left_on")
	left = left if left and left <= today else None
	if joined:
		outcome = "Left" if left else "Hired"
	return Progress(
		stage=stage,
		outcome=outcome or "Open",
		stage_changed_on=day,
		offered_on=dates.get("Offered"),
		joined_on=joined,
		confirmed_on=dates.get("Confirmed"),
		left_on=left,
	)


def _facts(row: Row, parents: dict[str, str]) -> OpeningFacts:
	return OpeningFacts(
		designation=row.text("designation"),
		grade=row.text("grade"),
		departments=_with_ancestors(row.text("department"), parents),
		employment_type=row.text("employment_type"),
		company=row.text("company"),
		program=row.text("program"),
		difficulty=row.one_of("difficulty", DIFFICULTIES),
		urgency=row.one_of("urgency", URGENCIES),
		referrer_designation=row.text("referrer_designation"),
		referrer_grade=row.text("referrer_grade"),
		referrer_departments=_with_ancestors(row.text("referrer_department"), parents),
		referrer_badges=_several(row.text("referrer_badge")),
	)


def _several(text: str | None) -> tuple[str, ...]:
	return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _with_ancestors(department: str | None, parents: dict[str, str]) -> tuple[str, ...]:
	chain: list[str] = []
	while department and department not in chain:
		chain.append(department)
		department = parents.get(department)
	return tuple(chain)


def _got(row: Row, past: Past) -> list[Piece]:
	"""What was really paid, on the day of the last step that is known."""
	day = max((past.made_at.date(), *past.dates.values()))
	figures = (("got", "Cash", past.currency), ("got_points", POINTS, None))
	return [
		Piece(past.referral, past.person, kind, amount, currency, day, day, past.department)
		for name, kind, currency in figures
		if (amount := row.number(name))
	]
