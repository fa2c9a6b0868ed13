"""What a mall said becomes true of its order, once, or is laid before HR. Never commits; called by the sender and the callback.

The order is locked first, so a mall that answers twice at once is heard once. Nothing a mall says moves an order backwards
or charges anybody; a contradiction stops the message and changes nothing else.
"""

from frappe import _

from referral_hub.points.rules import mall, shop
from referral_hub.points.rules.mall import Answer
from referral_hub.points.shop import codes, orders, telling
from referral_hub.points.shop.errors import CodeRefused
from referral_hub.points.shop.mall import outbox


def hear(name: str, answer: Answer, event: str = mall.ORDER) -> bool:
	"""Do what a mall says of an order; say whether anything was new."""
	order = orders.lock(name)
	message = outbox.of(name, event)
	if event == mall.CANCEL:
		return _hear_of_end(order, message, answer)
	if answer.says == mall.AGAIN:
		return _wait(order, message, answer)
	if answer.says == mall.STOP:
		return _stop(order, message, in_words(answer.why))
	if mall.contradicts(answer, order.state, codes.of_order(name)):
		return _stop(order, message, _contradiction(answer))
	if order.state != shop.APPROVED:
		return False
	return {mall.TAKEN: _take, mall.DELIVERED: _deliver, mall.REFUSED: _refuse}[answer.says](
		order, message, answer
	)


def _take(order, message, answer: Answer) -> bool:
	if message.state == mall.ACCEPTED and message.reference == answer.reference:
		return False
	outbox.mark(message, mall.ACCEPTED, answer.why, answer.reference)
	return True


def _deliver(order, message, answer: Answer) -> bool:
	try:
		if answer.code:
			codes.keep_for(order.name, order.item, answer.code)
	except CodeRefused as known:
		return _stop(order, message, str(known))
	orders.was_delivered(order, answer.why)
	outbox.mark(message, mall.DONE, answer.why, answer.reference)
	return True


def _refuse(order, message, answer: Answer) -> bool:
	outbox.mark(message, mall.DONE, answer.why, answer.reference)
	orders.end(order, shop.CANCELLED, answer.why or _("The mall can't deliver it."), is_back=True)
	return True


def _wait(order, message, answer: Answer) -> bool:
	"""Nothing was heard. What was accepted or ended meanwhile needs no further try."""
	if message.state != mall.TO_SEND:
		return False
	if not outbox.try_again(message, in_words(answer.why)):
		telling.tell_of_stop(order, message.said)
	return True


def _hear_of_end(order, message, answer: Answer) -> bool:
	if not message or message.state not in (mall.TO_SEND, mall.STOPPED):
		return False
	if answer.says == mall.AGAIN:
		return _wait(order, message, answer)
	if answer.says == mall.CANCELLED:
		outbox.mark(message, mall.DONE, answer.why, answer.reference)
		return True
	why = answer.why if answer.says == mall.REFUSED else in_words(answer.why)
	return _stop(order, message, why or _("The mall does not take the order back."))


def _stop(order, message, why: str) -> bool:
	if message.state == mall.STOPPED and message.said == why:
		return False
	outbox.mark(message, mall.STOPPED, why)
	telling.tell_of_stop(order, why)
	return True


def _contradiction(answer: Answer) -> str:
	if answer.says == mall.REFUSED:
		return _("The mall says it refused this after it was delivered.")
	if answer.code:
		return _("The mall sent another code, or one for an order that has ended.")
	return _("The mall says it delivered this, but the order has ended or waits for HR.")


def in_words(why: str) -> str:
	"""Say to HR what was wrong with an answer."""
	if why.startswith("http_"):
		return _("The mall answered with status {0}.").format(why.removeprefix("http_"))
	return {
		"no_answer": _("The mall did not answer in time."),
		"unreadable": _("The mall's answer can't be read."),
		"another_order": _("The mall answered about another order."),
		"unknown_state": _("The mall said a state there is none of."),
		"not_kept": _("What the mall answered could not be kept; the Error Log says why."),
		"no_secret": _("The mall has no secret of {0} characters.").format(mall.SHORTEST_SECRET),
	}.get(why, why)
