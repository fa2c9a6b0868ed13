"""What HR should look at: bursts, strangers, circles of favours, one contact or resume for several people.

Pure. A signal refuses nobody: there may be a good reason, and HR is the one to ask for it.
"""

from dataclasses import dataclass, field

# who refers has got a part in hiring for the opening since
LATE_TIE = "late_tie"
# the person is known by e-mail; the phone is somebody else's too
SHARED_PHONE = "shared_phone"


@dataclass(frozen=True)
class Watch:
	"""From how many on a program shows something to HR; 0 is never."""

	burst_limit: int = 5
	stranger_limit: int = 5


@dataclass(frozen=True)
class Seen:
	"""What is known around one new referral, this one included."""

	in_the_last_hour: int = 1
	strangers_in_a_row: int = 0
	other_names_for_contact: int = 0
	other_people_with_resume: int = 0
	# the candidate is a former colleague who once referred the referrer
	referred_the_referrer: bool = False
	# whose emergency contact the candidate is, by name of the Employee
	emergency_contact_of: tuple[str, ...] = ()
	referrer: str = ""
	relation: str | None = None
	throwaway_email: bool = False


@dataclass(frozen=True)
class Signal:
	code: str
	facts: dict = field(default_factory=dict)


def is_stranger(relation: str | None, note: str | None) -> bool:
	"""Say whether nothing tells how the referrer knows the person."""
	return relation in (None, "", "Professional contact") and not (note or "").strip()


def find(seen: Seen, watch: Watch) -> list[Signal]:
	found = []
	if watch.burst_limit and seen.in_the_last_hour > watch.burst_limit:
		found.append(Signal("burst", {"number": seen.in_the_last_hour}))
	if watch.stranger_limit and seen.strangers_in_a_row >= watch.stranger_limit:
		found.append(Signal("strangers", {"number": seen.strangers_in_a_row}))
	if seen.other_names_for_contact:
		found.append(Signal("contact_reused", {"number": seen.other_names_for_contact}))
	if seen.other_people_with_resume:
		found.append(Signal("resume_reused", {"number": seen.other_people_with_resume}))
	if seen.referred_the_referrer:
		found.append(Signal("favour_returned"))
	if seen.throwaway_email:
		found.append(Signal("throwaway_email"))
	return found + _family(seen)


def _family(seen: Seen) -> list[Signal]:
	"""The emergency contact an employee gave is somebody close to them, whatever the form says."""
	found = []
	if seen.referrer in seen.emergency_contact_of and seen.relation != "Family":
		found.append(Signal("family_not_declared"))
	if others := [employee for employee in seen.emergency_contact_of if employee != seen.referrer]:
		found.append(Signal("family_of_colleague", {"employees": sorted(others)}))
	return found
