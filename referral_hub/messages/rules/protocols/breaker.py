"""When a channel that keeps failing is left alone, so that its messages use up no tries while it is down. Pure."""

from datetime import datetime, timedelta

# after so many failures on end
PATIENT_UNTIL = 3
MINUTES = (5, 15, 60)


def closed_until(failures: int, now: datetime, needs_a_person: bool = False) -> datetime | None:
	"""Return until when nothing is sent after this many failures on end; None: go on. What only a person can mend waits an hour."""
	if needs_a_person:
		return now + timedelta(minutes=MINUTES[-1])
	beyond = failures - PATIENT_UNTIL
	return now + timedelta(minutes=MINUTES[min(beyond, len(MINUTES) - 1)]) if beyond >= 0 else None
