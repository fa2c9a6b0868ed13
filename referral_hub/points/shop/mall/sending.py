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
	tried: set[str] = set()
	answered = 0
	while len(tried) < outbox.AT_ONCE and (name := outbox.next_due(silent, tried)):
		tried.add(name)
		frappe.db.commit()
		message = outbox.claim(name, now_datetime())
		frappe.db.commit()
		if not message:
			continue
		answer = _answer(message, deliver)
		_keep_or_stop(message, answer)
		answered += answer.says != mall.AGAIN
		if answer.why == "no_answer":
			silent.add(message.mall)
	return answered


def _answer(message, deliver: Deliver) -> Answer:
	if not post.secret_of(message.mall):
		return Answer(mall.STOP, why="no_secret")
	status, body = deliver(message)
	return mall.judge(status, body, message.reward_order, message.event)


def _keep_or_stop(message, answer: Answer) -> None:
	"""Keep an answer; one that can't be kept (a wallet waits for its repair) stops its own message and no other."""
	try:
		retry_deadlocks(lambda: _keep(message, answer))
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		frappe.db.rollback()  # it waits for its next try
	except Exception:
		frappe.db.rollback()
		frappe.log_error("Answer of a mall")
		retry_deadlocks(lambda: _keep(message, Answer(mall.STOP, why="not_kept")))


def _keep(message, answer: Answer) -> None:
	answers.hear(message.reward_order, answer, message.event)
	frappe.db.commit()
