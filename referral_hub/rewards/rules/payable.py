"""Whether a reward may be paid today, looking at both people again. Pure."""

from dataclasses import dataclass

from referral_hub.rewards.rules.milestones import NEEDS_THE_HIRE


@dataclass(frozen=True)
class BothPeople:
	"""The referrer, and the one who was hired, as they are on the due date."""

	referrer_status: str | None
	hire_status: str | None = None


def why_not_payable(milestone: str, people: BothPeople) -> str | None:
	"""Return the code of the reason to hold the reward back, or None when nothing stands against it."""
	if people.referrer_status != "Active":
		return "referrer_inactive"
	if milestone in NEEDS_THE_HIRE and people.hire_status in (None, "Left"):
		return "hire_left"
	return None
