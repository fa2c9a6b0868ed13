"""Announcements go out, are told and end by the clock."""

from functools import partial

import frappe

from referral_hub.tasks.running import chunk_by_chunk, one_by_one


def follow_announcements():
	"""Let announcements begin and end, and go on telling what was not told to the end; who was told is not told again."""
	from referral_hub.announcing import posts

	frappe.set_user("Administrator")
	names = posts.to_follow()
	one_by_one(posts.follow_clock, names)
	one_by_one(tell_everybody, names)


def tell_everybody(name):
	"""Tell everybody one announcement is for, from where it stopped; then it is told."""
	from referral_hub.announcing import telling
	from referral_hub.portal.announcing import offers

	chunk_by_chunk(partial(_tell, name, offers.earnings()), partial(telling.next_chunk, name))
	telling.all_told(name)


def give_learning():
	"""Give newcomers who can sign in the task to learn how to refer."""
	from referral_hub.announcing import learning

	frappe.set_user("Administrator")
	one_by_one(learning.give, learning.to_give())


def look_after_club():
	"""Invite whoever has reached the club, and remind whoever comes to its next event."""
	from referral_hub.announcing.club import events, members

	frappe.set_user("Administrator")
	one_by_one(members.invite, members.to_invite())
	one_by_one(events.remind, events.to_remind())


def _tell(name, earnings, employees):
	from referral_hub.announcing import telling

	telling.tell(name, employees, earnings)
