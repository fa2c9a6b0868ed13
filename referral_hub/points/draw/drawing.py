"""A draw, step by step: announced, closed, drawn, one prize drawn again. The only writer of a draw that is no draft.

Each step locks the draw first, so it is done once. The seed is made at the announcement, encrypted until the draw, and
published then; from the announcement on neither it nor the terms can change without the commitment telling.
"""

import secrets

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime
from frappe.utils.password import decrypt, encrypt

from referral_hub import kept
from referral_hub.database import numbers
from referral_hub.people import employments
from referral_hub.points import clock
from referral_hub.points.draw import prizes, tickets
from referral_hub.points.draw.errors import DrawError, NotAsWritten, NotNow, OutsideNeeded, OwnDraw
from referral_hub.points.rules import draw

DOCTYPE = "Prize Draw"
MADE_HERE = (
	*("commitment", "encrypted_seed", "seed", "terms", "outside", "announced_on", "closed_on", "drawn_on"),
	*("tickets_in_all", "people", "list_digest", "cancelled_because"),
)


def check(row) -> None:
	"""Refuse a draft that can't be drawn; what is no draft any more is written by the steps alone."""
	stored = row.get_doc_before_save()
	if (stored and stored.state != draw.DRAFT) or row.state != draw.DRAFT:
		return kept.refuse_writing(row, _("It was announced. Close, draw or cancel it."))
	kept.keep_stored(row, MADE_HERE) if stored else kept.leave_out(row, MADE_HERE)
	if getdate(row.from_day) > getdate(row.to_day):
		raise NotAsWritten(_("The last day can't be before the first."))
	if not any((cint(row.tickets_per_referral), cint(row.tickets_per_hire), cint(row.points_per_ticket))):
		raise NotAsWritten(_("Say what brings a ticket."))
	numbers.refuse_beyond(row, draw.LARGEST)
	for prize in row.prizes:
		numbers.refuse_beyond(prize, draw.LARGEST_OF_PRIZE)
		if cint(prize.how_many) < 1 or (prize.kind == prizes.POINTS and cint(prize.points) < 1):
			raise NotAsWritten(
				_("Row {0}: say how many there are, and of points how many each.").format(prize.idx)
			)
	return None


def check_deleting(row) -> None:
	if row.state != draw.DRAFT:
		kept.refuse_deleting(row, _("Cancel it: what was announced stays to be seen."))


def announce(name: str):
	"""Fix the terms and publish the commitment."""
	row = _step(name, draw.ANNOUNCED)
	if getdate(row.to_day) < clock.today():
		raise NotNow(_("Its last day is over. Announce a draw before its tickets are known."))
	seed, terms = secrets.token_hex(32), draw.canonical(_terms(row))
	return _move(
		row,
		draw.ANNOUNCED,
		announced_on=now_datetime(),
		terms=terms,
		encrypted_seed=encrypt(seed),
		commitment=draw.commitment(seed, terms),
	)


def close(name: str):
	"""Count the tickets and publish them, once the last day is over."""
	row = _step(name, draw.CLOSED)
	if clock.today() <= getdate(row.to_day):
		raise NotNow(_("Its last day is not over."))
	entries = tickets.publish(row)
	return _move(
		row,
		draw.CLOSED,
		closed_on=now_datetime(),
		people=len(entries),
		tickets_in_all=sum(entries.values()),
		list_digest=draw.digest_of(entries),
	)


def draw_prizes(name: str, outside: str = ""):
	"""Draw every place, publish the seed, hand over. `outside`: what nobody could know before, where the terms name it."""
	row = _step(name, draw.DRAWN)
	outside = (outside or "").strip()
	if bool(row.outside_source) != bool(outside):
		raise OutsideNeeded(
			_("Enter the value from outside that the terms name.")
			if row.outside_source
			else _("The terms name no value from outside.")
		)
	seed = decrypt(row.encrypted_seed)
	_draw(row, seed, outside, [(place, 0) for place, _prize in enumerate(_places(row), 1)])
	return _move(row, draw.DRAWN, drawn_on=now_datetime(), seed=seed, outside=outside or None)


def draw_again(winner: str, reason: str) -> str | None:
	"""Draw the prize of somebody who gave it up again; return who won it, None when nobody is left."""
	row = _locked(frappe.db.get_value(prizes.DOCTYPE, winner, "draw"))
	before = frappe.get_doc(prizes.DOCTYPE, winner, for_update=True)
	if not (reason or "").strip():
		raise DrawError(_("Say why: everybody reads it."))
	if before.state == prizes.GIVEN_UP:
		raise NotNow(_("This prize was given up and drawn again already."))
	if tickets.has_one(row.name, frappe.session.user):
		raise OwnDraw(_("You have tickets in this draw. Somebody else draws a prize again."))
	prizes.take_back(before, reason.strip())
	turns = [*_turns(row.name), (before.place, before.turn + 1)]
	return _draw(row, row.seed, row.outside or "", turns)


def hand_over_again(winner: str) -> None:
	"""Hand over points that a broken wallet did not take when they were won."""
	row = _locked(frappe.db.get_value(prizes.DOCTYPE, winner, "draw"))
	won = frappe.get_doc(prizes.DOCTYPE, winner, for_update=True)
	if won.state == prizes.WON and not won.delivery_name:
		prizes.hand_over(won, _places(row)[won.place - 1])


def cancel(name: str, reason: str):
	if not (reason or "").strip():
		raise DrawError(_("Say why: everybody reads it."))
	return _move(_step(name, draw.CANCELLED), draw.CANCELLED, cancelled_because=reason.strip())


def entries_of(name: str) -> dict[str, int]:
	"""Return the tickets as they are now: whoever waited for the lock on the draw began before they were counted."""
	return dict(
		frappe.db.sql(
			"select code, tickets from `tabPrize Draw Ticket` where draw = %s lock in share mode", name
		)
	)


def _turns(name: str) -> list[tuple[int, int]]:
	"""Return what was drawn until now, in the order it was drawn."""
	return list(
		frappe.db.sql(
			"select place, turn from `tabPrize Draw Winner` where draw = %s order by number lock in share mode",
			name,
		)
	)


def _places(row) -> list:
	"""Return the prize of every place, the first first."""
	return [prize for prize in row.prizes for _each in range(cint(prize.how_many))]


def _draw(row, seed: str, outside: str, turns: list[tuple[int, int]]) -> str | None:
	"""Draw those turns that are not kept yet, and again where who is drawn has left since the tickets were counted; return who won last."""
	entries, places, done, winner = entries_of(row.name), _places(row), len(_turns(row.name)), None
	while done < len(turns) and (some := [*draw.draw(seed, entries, turns, outside)][done:]):
		for each in some:
			winner = _win(row, each, places[each.place - 1])
			turns += [] if winner else [(each.place, each.turn + 1)]
		done += len(some)
	return winner


def _win(row, drawn: draw.Drawn, prize) -> str | None:
	"""Keep who was drawn and hand the prize over; return them, None for who has left: theirs is given up at once."""
	ticket = _ticket(row.name, drawn.who)
	winner = frappe.new_doc(prizes.DOCTYPE)
	winner.update({"draw": row.name, "place": drawn.place, "turn": drawn.turn, "code": drawn.who, **ticket})
	winner.update({"prize": prize.prize, "prize_zh": prize.prize_zh, "state": prizes.WON})
	winner.number = len(_turns(row.name)) + 1
	winner.winner_key = f"{row.name}:{drawn.place}:{drawn.turn}"
	if not _works_here(winner.employee):
		winner.update({"state": prizes.GIVEN_UP, "why": _("Does not work here any more")})
		prizes.save(winner)
		return None
	prizes.save(winner)
	prizes.hand_over(winner, prize)
	return winner.employee


def _works_here(employee: str) -> bool:
	now = employments.record_now(employee)
	return frappe.db.get_value("Employee", now, "status") == employments.ACTIVE


def _ticket(name: str, code: str) -> dict:
	(found,) = frappe.db.sql(
		"""select employee, employee_name, company from `tabPrize Draw Ticket`
		where draw = %s and code = %s lock in share mode""",
		(name, code),
		as_dict=True,
	)
	return found


def _terms(row) -> dict:
	return {
		"draw": row.name,
		"title": row.draw_name,
		"from": str(row.from_day),
		"to": str(row.to_day),
		"tickets": [
			cint(row.get(field))
			for field in ("tickets_per_referral", "tickets_per_hire", "points_per_ticket")
		],
		"most": cint(row.most_tickets),
		"outside": row.outside_source or "",
		"companies": sorted(each.company for each in row.companies),
		"without_hr": bool(row.leave_out_hr),
		"prizes": [[each.prize, cint(each.how_many), cint(each.points)] for each in row.prizes],
	}


def _step(name: str, to: str):
	row = _locked(name)
	if not draw.may_move(row.state, to):
		raise NotNow(_("This draw is {0}; that is not its next step.").format(_(row.state, context=DOCTYPE)))
	return row


def _locked(name: str):
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def _move(row, state: str, **values):
	row.update({"state": state, **values})
	row.flags.ignore_links = True
	with kept.writing(row):
		row.save(ignore_permissions=True)
	return row
