"""Points expire, follow their owner to another company, wallets are merged, what was counted is kept, and malls outside are told."""

from functools import partial

import frappe

from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import one_by_one


def send_to_malls():
	"""Tell malls outside of the orders that wait, and of those that ended; what does not answer is asked again later."""
	from referral_hub.points.shop.mall import sending

	sending.send_due()


def keep_points_heads():
	from referral_hub.points.proving import heads

	heads.keep()


def merge_points_set_aside():
	"""Merge the wallets that were broken when HR merged their owners, once they are repaired."""
	from referral_hub.points import owners

	one_by_one(owners.merge_again, owners.set_aside())


def hand_over_prizes():
	"""Pay the points that were won while their winner's wallet was broken, once it is repaired."""
	from referral_hub.points.draw import drawing, prizes

	one_by_one(drawing.hand_over_again, prizes.waiting())


def expire_points():
	"""Expire what is due, some wallets a transaction; what a broken run leaves is due the next day too."""
	while retry_deadlocks(_expire_some_points):
		pass


def _expire_some_points() -> int:
	from referral_hub.points import service

	expired = service.expire_due()
	frappe.db.commit()
	return expired


def follow_points_of(employee: str):
	"""HR changed where somebody works: what they hold elsewhere goes along, where that is done at once."""
	from referral_hub.points.following import handing_on

	one_by_one(handing_on.hand_on, handing_on.waiting(employee))


def follow_points():
	"""Move what came to wallets of people who work elsewhere, where that is done at once; ask HR for what ends soon otherwise."""
	from referral_hub.points.following import asking, handing_on

	one_by_one(handing_on.hand_on, handing_on.waiting())
	one_by_one(asking.ask, asking.ending())


def warn_of_expiry():
	"""Warn before points expire, some wallets a transaction; who was told before is not told again."""
	after = ""
	while after := retry_deadlocks(partial(_warn_some_of_expiry, after)):
		pass


def _warn_some_of_expiry(after: str) -> str:
	from referral_hub.points.moving import warning

	last = warning.warn_some(after)
	frappe.db.commit()
	return last


def provide_for_points():
	"""Book what open points are worth at the end of each month; a month that can't be booked yet waits and stops no other."""
	from referral_hub.points.finance import provision

	frappe.set_user("Administrator")
	one_by_one(_provide, provision.wanted())


def _provide(company_and_month: tuple):
	from referral_hub.points.finance import provision

	provision.provide(*company_and_month)
