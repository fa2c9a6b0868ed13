"""Several messages of one person become one mail, at most one for each period of their digest.

The person's Referral Preference is the lock: whoever holds it sends their digest, everybody else leaves it alone. When the last
one went out is kept there, in the transaction that queues the mail and marks what is in it. Called by `service`.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from referral_hub.messages import asking, outbox, planning, preferences, rendering, sending
from referral_hub.messages.channels import Channel, Delivery
from referral_hub.messages.readers import Reader, find_reader
from referral_hub.messages.rules.events import OWN_SWITCHES


def send_digest(person: str, channel_name: str, channels: dict[str, Channel], counts: sending.Counts) -> None:
	"""Send what is due of this person's digest by this channel; what may not go yet waits."""
	held = preferences.claim_digest(person)
	if not held:
		return
	preference, last = held
	messages = [message for name in outbox.collected(person, channel_name) if (message := outbox.claim(name))]
	channel, reader = channels.get(channel_name), find_reader(person)
	until = planning.digest_waits_until(channel, reader, last) if channel and reader else None
	if until:
		for message in messages:
			outbox.wait(message, waits_until=until)
		return
	pieces = [piece for message in messages if (piece := _write(message, channel, reader, counts))]
	if pieces and _hand_over(pieces, channel, reader, counts):
		preferences.digest_went_out(preference, now_datetime())


def _write(
	message: Document, channel: Channel | None, reader: Reader | None, counts: sending.Counts
) -> tuple[Document, Delivery] | None:
	"""Write one piece without its greeting; one that can't be written does not hold up the others."""
	facts = outbox.facts_of(message)
	with sending.failure_recorded(message, counts):
		address = asking.address_of(channel, reader) if channel and reader else None
		if why := sending.why_not(message, facts, channel, reader, address):
			sending.skip(message, facts, why, counts)
			return None
		return message, sending.write(message, {**facts, rendering.IN_DIGEST: True}, channel, reader, address)
	return None


def _hand_over(
	pieces: list[tuple[Document, Delivery]], channel: Channel, reader: Reader, counts: sending.Counts
) -> bool:
	"""Queue one mail of all pieces; all are marked Sent with it, or all wait for the next try."""
	sent_as = None
	frappe.db.savepoint(sending.SAVEPOINT)
	try:
		sent_as = channel.send(_together(pieces, reader))
	except frappe.QueryDeadlockError:
		raise
	except Exception as error:
		frappe.db.rollback(save_point=sending.SAVEPOINT)
		for message, _delivery in pieces:
			sending.record_failure(message, error)
		counts["failed"] += len(pieces)
		return False
	for message, delivery in pieces:
		sending.mark(message, delivery, sent_as)
	counts["sent" if sent_as else "skipped"] += len(pieces)
	return bool(sent_as)


def _together(pieces: list[tuple[Document, Delivery]], reader: Reader) -> Delivery:
	"""Return the one delivery that says them all."""
	first_message, first = next((piece for piece in pieces if piece[0].event not in OWN_SWITCHES), pieces[0])
	told = [(delivery.subject, delivery.body, delivery.link) for _message, delivery in pieces]
	subject, body, language = rendering.write_digest(told, reader)
	link = rendering.link_to(None)
	about = {"message": first_message.name, "event": first_message.event}
	return Delivery(subject, body, link, None, reader, first.address, language, **about)
