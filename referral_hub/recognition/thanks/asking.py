"""Asks those whose referrals were rewarded whether they may be thanked in public: once, and only where the wall is on.

What they say is a wish of theirs (`people.wishes`). Called by the daily task; commits nothing.
"""

import frappe
from frappe.utils import add_days, nowdate

from referral_hub.messages import service as messages
from referral_hub.people import employments, wishes
from referral_hub.recognition.thanks import paid, wall

EVENT, PAGE = "thanks_asked", "/referrals/wall"
# whoever was paid longer ago, before anybody asked, is not written to out of the blue
DAYS = 30


def to_ask() -> list[str]:
	"""Return whom a reward has reached in the last days, and who has neither said anything nor been asked."""
	if not wall.is_on():
		return []
	names = paid.people_since(add_days(nowdate(), -DAYS))
	said = wishes.wishes_of(names)
	return sorted(name for name in names if _may_be_asked(said.get(name)))


def ask(employee: str) -> None:
	"""Ask one person, by whichever record; told before, they are not told again."""
	records = employments.records_of(employee)
	if not frappe.db.exists("Referral Message", {"event": EVENT, "recipient": ("in", records)}):
		messages.tell(EVENT, employments.record_now(employee), key=min(records), link=PAGE)


def _may_be_asked(said: dict | None) -> bool:
	return not said or not (said.thanks or said.incognito)
