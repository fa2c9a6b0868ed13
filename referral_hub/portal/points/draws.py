"""Prize draws in words: what can be won, my tickets and why, who won, the proof. Used by the page."""

import json
from urllib.parse import urlencode

import frappe
from frappe import _

from referral_hub.points.draw import prizes, reading
from referral_hub.portal import page, words
from referral_hub.wording import kept_words
from referral_hub.wording.counting import counted

PATH = "/referrals/draw"
MEANINGS = {"Announced": "waiting", "Closed": "waiting", "Drawn": "good"}


def draws(employee) -> list:
	return [_draw(row) for row in reading.complete(reading.draws_for(employee), employee.name)]


def proof(name: str, employee) -> page.Download | None:
	found = reading.proof(name, employee)
	return page.Download("draw-proof.json", json.dumps(found, indent=1)) if found else None


def titles_of_prizes(names: set[str]) -> dict[str, str]:
	"""Return what was won, in the reader's language: one query."""
	found = {"name": ("in", sorted(names))}
	rows = frappe.get_all(prizes.DOCTYPE, found, ["name", "prize", "prize_zh"]) if names else []
	return {row.name: words.in_language(row, "prize") for row in rows}


def _draw(row):
	row.title = words.in_language(row, "draw_name")
	row.meaning = MEANINGS.get(row.state, "neutral")
	row.words = _state(row)
	row.brings = _brings(row)
	row.mine, row.why_mine = _mine(row), _why_mine(row)
	row.proof = f"{PATH}?{urlencode({'proof': row.name})}" if row.state == "Drawn" else None
	for winner in row.winners:
		winner.why = kept_words.in_words(winner.why)
	for each in (*row.prizes, *row.winners):
		each.title = words.in_language(each, "prize")
	return row


def _state(row) -> str:
	days = _("{0} to {1}", context="Prize Draw").format(words.day(row.from_day), words.day(row.to_day))
	if row.state == "Announced":
		return _("What you do counts: {0}").format(days)
	if row.state == "Closed":
		return _("The tickets are counted: {0}, {1}. The draw is next.").format(
			_tickets(row.tickets_in_all), _people(row.people)
		)
	if row.state == "Drawn":
		return _("Drawn {0}: {1}, {2}").format(
			words.day(row.drawn_on), _tickets(row.tickets_in_all), _people(row.people)
		)
	return row.cancelled_because or ""


def _brings(row) -> list[str]:
	found = []
	if row.tickets_per_referral:
		found.append(_("A referral brings {0}.").format(_tickets(row.tickets_per_referral)))
	if row.tickets_per_hire:
		found.append(_("A hire brings {0}.").format(_tickets(row.tickets_per_hire)))
	if row.points_per_ticket:
		found.append(
			_("{0} spent in the shop bring {1}.").format(words.points(row.points_per_ticket), _tickets(1))
		)
	if row.most_tickets:
		found.append(_("Nobody has more than {0}.").format(_tickets(row.most_tickets)))
	return found


def _mine(row) -> list[str]:
	"""Say what came of it for the reader, and their tickets with the code they are published under."""
	if row.state in ("Announced", "Cancelled"):
		return []
	if not row.own:
		return [_("You had no ticket in this draw.")]
	had = _("You have {0}, under the code {1}.").format(_tickets(row.own.tickets), row.own.code)
	return [*_result(row), had]


def _result(row) -> list[str]:
	if row.state != "Drawn":
		return []
	won = [each for each in row.winners if each.code == row.own.code and each.state != prizes.GIVEN_UP]
	return [_("You won: {0}").format(words.in_language(each, "prize")) for each in won] or [
		_("Your tickets did not win this time.")
	]


def _why_mine(row) -> str:
	"""Say what the reader's tickets were counted from."""
	if not row.own or row.state in ("Announced", "Cancelled"):
		return ""
	counted = (
		(row.tickets_per_referral, _("Referrals: {0}"), row.own.referrals),
		(row.tickets_per_hire, _("Hires: {0}"), row.own.hires),
		(row.points_per_ticket, _("Points spent in the shop: {0}"), row.own.points_spent),
	)
	return " · ".join(text.format(words.number(number)) for brings, text, number in counted if brings)


def _people(number: int) -> str:
	return counted(number, _("{0} person"), _("{0} people")).format(words.number(number))


def _tickets(number: int) -> str:
	return _("1 ticket") if number == 1 else _("{0} tickets").format(words.number(number))
