"""Sends what waits for malls: each claimed and committed, then taken there, then its answer kept in a transaction of its own.

The only place of the shop that commits, because nobody's rows stay locked while a mall thinks. A mall that does not answer
is asked nothing more in this run. Called by the task.
"""

from collections.abc import Callable

import frappe
from frappe.utils import now_datetime

from referral_hub.points.rules import mall
from referral_hub.points.rules.mall import Answer
from referral_hub.points.shop.mall import answers, outbox, post
from referral_hub.retry import retry_deadlocks

Deliver = Callable[[object], tuple[int, bytes]]


def send_due(deliver: Deliver = post.deliver) -> int:
	"""Send what is due; return how many messages were answered."""
	silent: set[str] = set()
	answered = 0
	for name in outbox.due():
		frappe.db.commit()
		if frappe.db.get_value(outbox.DOCTYPE, name, "mall") in silent:
			continue
		message = outbox.claim(name, now_datetime())
		frappe.db.commit()
		if not message:
			continue
		answer = _answer(message, deliver)
		retry_deadlocks(lambda message=message, answer=answer: _keep(message, answer))
		answered += answer.says != mall.AGAIN
		if answer.why == "no_answer":
			silent.add(message.mall)
	return answered


def _answer(message, deliver: Deliver) -> Answer:
	if not post.secret_of(message.mall):
		return Answer(mall.STOP, why="no_secret")
	status, body = deliver(message)
	return mall.judge(status, body, message.reward_order, message.event)


def _keep(message, answer: Answer) -> None:
	answers.hear(message.reward_order, answer, message.event)
	frappe.db.commit()
