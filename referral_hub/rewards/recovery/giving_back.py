"""What came back of a reward that nothing pays any more: it is the employee's, and on HR's work list until they have it.

It stands on the reward whatever becomes of that, until HR notes that it was paid back (`service`), or takes the deduction away
by which it came. All with the reward locked.
"""

from decimal import Decimal

import frappe
from frappe.utils import flt, fmt_money

from referral_hub.rewards import promises
from referral_hub.rewards.money import paid_out, to_decimal, to_give_back, written_off
from referral_hub.rewards.paying import slips
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.recovery import records
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.paying.reconciling import TAKEN_BACK


def note(reward) -> bool:
	"""Note on a void reward, of which nothing is paid any more, that what came back is the employee's; False where there is nothing to note."""
	back = _came_back(reward)
	if reward.state != states.VOID or slips.carrying(reward.payout_name):
		return False
	if not back:
		return _note_never_paid(reward)
	amount, waits = _wait(reward, back)
	promises.put_in_explanation(reward, written_off=_kept_of_before(reward, amount))
	promises.move(reward, states.VOID, _why(waits), payout_doctype=None, payout_name=None)
	return True


def let_go(reward) -> bool:
	"""Let what is owed or was given back be void, of which a part came back though nothing pays it any more; False otherwise.

	What the employee kept of an attempt before is owed all the same.
	"""
	back = _came_back(reward)
	if not back or reward.state not in TAKEN_BACK:
		return False
	amount, waits = _wait(reward, back)
	left = max(Decimal(0), to_decimal(reward.owed_amount) + amount - paid_out(reward))
	gone = dict.fromkeys(("payout_doctype", "payout_name", "paid_on"))
	promises.move(reward, states.OWED if left else states.VOID, _why(waits), owed_amount=flt(left), **gone)
	return True


def holds(reward, row) -> bool:
	"""Say whether what this row took is to be paid back to the employee."""
	waits = to_give_back(reward)
	return any(piece["attempt"] == _attempt(waits, row) for piece in waits)


def _attempt(waits: list[dict], row) -> int | None:
	return row.attempt or (waits[0]["attempt"] if waits else None)


def _came_back(reward) -> list:
	return [row for row in records.of(reward, records.DONE) if not records.is_of_before(reward, row)]


def _wait(reward, back: list) -> tuple[Decimal, list[dict]]:
	"""Keep that this is to be paid back to the employee; return how much, and all that is."""
	amount, currency = sum(to_decimal(row.amount) for row in back), back[0].currency
	waits = [{"currency": currency, "attempt": reward.attempt, "amount": str(amount)}]
	waits += [piece for piece in to_give_back(reward) if piece["attempt"] != reward.attempt]
	_keep(reward, waits)
	return amount, waits


def _note_never_paid(reward) -> bool:
	"""Let go of what was written off though nothing paid it in the end: no budget counts that, and no release takes it for paid."""
	if not written_off(reward):
		return False
	promises.put_in_explanation(reward, written_off=_kept_of_before(reward, Decimal(0)))
	promises.move(reward, states.VOID, promises.reason_of(reward), payout_doctype=None, payout_name=None)
	return True


def _kept_of_before(reward, back: Decimal) -> str | None:
	"""Return what stays written off once the latest attempt paid nothing: what the employee has of earlier ones, whose slips stand."""
	left = written_off(reward) + back - paid_out(reward)
	return str(left) if left > 0 else None


def names() -> list[str]:
	"""Return the rewards of which something is to be paid back to the employee: one query, by what came back."""
	recovery, reward = frappe.qb.DocType(records.DOCTYPE), frappe.qb.DocType(promises.DOCTYPE)
	query = frappe.qb.from_(recovery).inner_join(reward).on(reward.name == recovery.reward)
	query = query.where((recovery.state == records.DONE) & reward.explanation.like('%"give_back": {%'))
	return query.select(reward.name).distinct().run(pluck=True)


def lower(reward, row) -> bool:
	"""Note that the employee got back what one deduction took: it was taken away; False where that is not to be given back."""
	if not holds(reward, row):
		return False
	waits = to_give_back(reward)
	attempt = _attempt(waits, row)
	left = [_less(piece, row.amount) if piece["attempt"] == attempt else piece for piece in waits]
	left = [piece for piece in left if to_decimal(piece["amount"])]
	_keep(reward, left)
	_say(reward, _why(left) if left else Reason("slip_cancelled"))
	return True


def _less(piece: dict, amount: float) -> dict:
	return piece | {"amount": str(max(Decimal(0), to_decimal(piece["amount"]) - to_decimal(amount)))}


def end(reward, decided: dict) -> bool:
	"""Note that the employee has it; False where there was nothing. `decided`: the words for that, and who says it."""
	waits = to_give_back(reward)
	if waits:
		promises.put_in_explanation(reward, give_back=None, given_back={"pieces": waits} | decided)
		_say(reward, Reason("by_person", decided))
	return bool(waits)


def in_words(waits: list[dict]) -> str:
	"""Return how much that is, currency by currency."""
	sums: dict[str, Decimal] = {}
	for piece in waits:
		sums[piece["currency"]] = sums.get(piece["currency"], Decimal(0)) + to_decimal(piece["amount"])
	return ", ".join(fmt_money(amount, currency=currency) for currency, amount in sums.items())


def _keep(reward, waits: list[dict]) -> None:
	latest, earlier = (waits[0], waits[1:]) if waits else (None, [])
	promises.put_in_explanation(reward, give_back=latest | {"earlier": earlier} if earlier else latest)


def _why(waits: list[dict]) -> Reason:
	return Reason("give_back", {"amount": in_words(waits)})


def _say(reward, reason: Reason) -> None:
	"""Let a void reward say so; one that goes on by now keeps the reason of that."""
	is_void = reward.state == states.VOID
	promises.move(reward, reward.state, reason if is_void else promises.reason_of(reward))
