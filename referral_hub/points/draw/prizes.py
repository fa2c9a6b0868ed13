"""Hands over what was won, and takes it back before it is drawn again. Called by `drawing` and the flow; commits nothing."""

from datetime import date

import frappe
from frappe import _
from frappe.query_builder.functions import IfNull
from frappe.utils import add_days, cint, getdate

from referral_hub import kept
from referral_hub.fulfilment import service as fulfilment
from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.points import clock
from referral_hub.points import service as points
from referral_hub.points.accounts import ISSUANCE
from referral_hub.points.broken import unless_broken
from referral_hub.points.draw.errors import PrizeIsGone
from referral_hub.referrals.rules.stages import add_months

DOCTYPE = "Prize Draw Winner"
POINTS = "Points"
WON, HANDED_OVER, GIVEN_UP = "Won", "Handed Over", "Given Up"
PAGE = "/referrals/draw"


def hand_over(winner, prize) -> None:
	"""Pay points at once; open the task of who hands over anything else. Tell the winner.

	Both go to the record they have now. Points that a broken wallet does not take wait until it is repaired (`waiting`).
	"""
	now = employments.record_now(winner.employee)
	if prize.kind == POINTS:
		entry = unless_broken("hand_over_prize", lambda: _pay(winner, prize, now))
		if entry:
			winner.update(
				{"delivery_doctype": "Points Ledger Entry", "delivery_name": entry, "state": HANDED_OVER}
			)
	else:
		task = fulfilment.open_task(_task(winner, prize, now))
		winner.update({"delivery_doctype": fulfilment.DOCTYPE, "delivery_name": task.name})
	save(winner)
	messages.tell(
		"draw_won",
		now,
		key=winner.name,
		item=prize.prize,
		item_zh=prize.prize_zh or None,
		link=PAGE,
	)


def waiting() -> list[str]:
	"""Return who has won points that could not be handed over, and is not deleted."""
	Winner, Employee = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Employee")
	query = frappe.qb.from_(Winner).join(Employee).on(Employee.name == Winner.employee).select(Winner.name)
	query = query.where((Winner.state == WON) & (IfNull(Winner.delivery_name, "") == ""))
	return query.orderby(Winner.name).run(pluck=True)


def take_back(winner, reason: str) -> None:
	"""Take a prize back from who gave it up; refuse when it is with them."""
	if not winner.delivery_name:
		is_back = True
	elif winner.delivery_doctype == fulfilment.DOCTYPE:
		is_back = fulfilment.cancel(winner.delivery_name, reason)
	else:
		is_back = not points.take_back(winner.delivery_name, f"draw:{winner.name}:back").owed
	if not is_back:
		raise PrizeIsGone(_("The prize was handed over or spent already, so it is not drawn again."))
	winner.update({"state": GIVEN_UP, "why": reason})
	save(winner)


def follow_fulfilment(task) -> None:
	"""What somebody had to hand over was handed over."""
	winner = frappe.get_doc(DOCTYPE, task.source_name, for_update=True)
	if task.state == fulfilment.DONE and winner.state == WON:
		winner.state = HANDED_OVER
		save(winner)


def save(winner) -> None:
	winner.flags.ignore_links = True
	with kept.writing(winner):
		winner.insert(ignore_permissions=True) if winner.is_new() else winner.save(ignore_permissions=True)


def _last_day() -> date | None:
	"""Return until when points that are won now can be spent: as those of the default program."""
	program = frappe.get_cached_doc("Referral Hub Settings").default_program
	months = cint(program and frappe.db.get_value("Referral Program", program, "points_lifetime_months"))
	return add_months(clock.today(), months) if months > 0 else None


def _pay(winner, prize, employee: str) -> str:
	return points.post(
		employee,
		cint(prize.points),
		ISSUANCE,
		f"draw:{winner.name}",
		company=frappe.db.get_value("Employee", employee, "company"),
		source=(DOCTYPE, winner.name),
		expires_on=_last_day(),
		note=_("Won in a prize draw: {0}").format(prize.prize),
	)


def _task(winner, prize, employee: str) -> fulfilment.Task:
	days = cint(frappe.get_cached_doc("Referral Hub Settings").fulfil_within_days)
	return fulfilment.Task(
		source=(DOCTYPE, winner.name),
		key=f"draw:{winner.name}",
		employee=employee,
		kind="Goods",
		what=lambda: _title(prize),
		due_on=getdate(add_days(getdate(), days)),
		responsible=prize.responsible,
		note=lambda: _("Won in a prize draw"),
	)


def _title(prize) -> str:
	"""Name a prize in the language that is spoken: that of who hands it over."""
	return (prize.prize_zh if (frappe.local.lang or "").startswith("zh") else None) or prize.prize
