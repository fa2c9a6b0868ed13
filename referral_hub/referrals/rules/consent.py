"""Consent first: who waits for the candidate, when they are reminded, when it is too late. Pure."""

from datetime import date, timedelta
from enum import StrEnum


class Consent(StrEnum):
	NOT_NEEDED = "Not Needed"
	ASKED = "Asked"
	GIVEN = "Given"
	REFUSED = "Refused"
	WITHDRAWN = "Withdrawn"


# HR sees nothing of a person in these
HIDDEN = (Consent.ASKED, Consent.REFUSED)


def reminders_due(asked_on: date, today: date, after_days: tuple[int, ...]) -> int:
	"""Return how many reminders should have gone out by today; a day of 0 sends none."""
	return sum(today >= asked_on + timedelta(days=days) for days in after_days if days > 0)


def was_taken_back(answer_until: date | None, closed_on: date | None) -> bool:
	"""Say whether somebody closed it while the person could still answer: they never got to say anything."""
	return closed_on is not None and answer_until is not None and closed_on <= answer_until


def has_run_out(answer_until: date | None, is_open: bool, today: date) -> bool:
	"""Say whether nobody can answer any more: closed meanwhile, or the last day has passed."""
	return not is_open or (answer_until is not None and answer_until < today)
