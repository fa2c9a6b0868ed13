"""Leaderboards and the messages that tell of them: when HR wants them told, and of what. Called by the hourly task."""

from frappe.utils import now_datetime

from referral_hub.messages import preferences
from referral_hub.messages.rules.events import OWN_SWITCHES
from referral_hub.recognition import boards, pushing
from referral_hub.recognition.rules import editions


def board_to_tell_of() -> editions.Edition | None:
	"""Return which leaderboard people are told of now; None where it is not the time, or HR wants none told."""
	if not boards.are_on():
		return None
	rhythm = preferences.company_settings().get(OWN_SWITCHES[pushing.EVENT])
	due = {editions.WEEKLY: preferences.week_began(), editions.MONTHLY: preferences.month_began()}
	return editions.edition(rhythm, now_datetime(), due)
