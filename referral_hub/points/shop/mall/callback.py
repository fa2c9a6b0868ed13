"""What a mall says of its own accord: believed when it is signed by the mall the order went to, now. Never commits."""

import frappe

from referral_hub.points.rules import mall
from referral_hub.points.shop.mall import answers, outbox, post
from referral_hub.talent.rules import signals
from referral_hub.talent.rules.signals import Refused


def receive(body: bytes, time: str | None, signature: str | None, now: float) -> bool:
	"""Do what a mall says of one order; False when it had said so. Raises Refused, and then nothing was written.

	Whether an order is there is not told to whoever has no secret: both are "unsigned".
	"""
	name = mall.order_in(body)
	its_mall = name and frappe.db.get_value(outbox.DOCTYPE, {"message_key": f"{name}:{mall.ORDER}"}, "mall")
	signals.check(post.secret_of(its_mall) if its_mall else b"", time, signature, body, now)
	answer = mall.read(body, name)
	if answer.says == mall.STOP:
		raise Refused("unreadable")
	return answers.hear(name, answer)
