"""What was ordered, earned or won is handed over, and comes back, where the kinds of rewards stand."""

from referral_hub.points.draw import prizes
from referral_hub.points.shop import service as shop
from referral_hub.rewards import service as rewards


def fulfilment_moved(task):
	"""Let what a task was for follow it: a reward is paid when somebody has handed it over."""
	follow = {
		"Referral Reward": rewards.follow_fulfilment,
		"Reward Order": shop.follow_fulfilment,
		"Prize Draw Winner": prizes.follow_fulfilment,
	}
	if task.source_doctype in follow and task.has_value_changed("state"):
		follow[task.source_doctype](task)


def order_item(employee: str, item: str, key: str):
	"""An employee orders in the shop; what nobody has to approve is handed over at once, or not charged either."""
	order = shop.place(employee, item, key)
	if order.flags.was_made_now and order.state == shop.APPROVED:
		_hand_over(order)
	elif order.flags.was_made_now:
		shop.tell_who_approves(order)
	return order


def approve_order(name: str):
	"""HR approves an order that waited."""
	_hand_over(shop.approve(name))


def cancel_own_order(name: str, reason: str):
	"""A buyer cancels what nobody hands over yet."""
	shop.refuse_when_heard(shop.lock(name))
	end_order(name, reason)


def end_order(name: str, reason: str, is_back: bool = True):
	"""Cancel an order, or refund what was delivered once it was taken back; whatever the buyer paid comes back."""
	order = shop.lock(name)
	if order.state == shop.DELIVERED:
		if bought := shop.as_reward(order):
			rewards.take_back_bought(bought)
		rewards.withdraw_value(order)
		shop.refund(order, reason, is_back)
	else:
		shop.cancel(order, reason)


def order_shown(order):
	"""The form of an order says in its reader's language what payroll lacks for its taxable value."""
	rewards.say_note_of_value(order)


def _hand_over(order):
	bought = shop.as_reward(order)
	payout = rewards.hand_over_bought(bought) if bought else shop.hand_over(order)
	shop.being_delivered(order, payout.doctype, payout.name, payout.is_done)
