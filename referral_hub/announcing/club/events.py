"""Events of the club: opened, answered, reminded of, cancelled. The only writer of answers and seats.

Whoever answers locks the event first: nobody gets a seat twice, and who waits moves up in the order of their answers. Commits nothing.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, get_datetime, now_datetime

from referral_hub import kept
from referral_hub.announcing import audience
from referral_hub.announcing.club import members
from referral_hub.announcing.rules.audience import is_for
from referral_hub.announcing.rules.club import DECLINED, GOING, WAITING, may_answer, seats
from referral_hub.messages import service as messages
from referral_hub.people import employments

DOCTYPE, ANSWER = "Referral Club Event", "Referral Club Answer"
PAGE = "/referrals/club"
DRAFT, OPEN, CANCELLED = "Draft", "Open", "Cancelled"


class NotAsWritten(frappe.ValidationError):
	"""An event that can't be held as it is written."""


class NotNow(frappe.ValidationError):
	"""This can't be done now."""


def check(row) -> None:
	stored = row.get_doc_before_save()
	if not row.flags.written_by_the_app:
		kept.keep_stored(row, ("state",)) if stored else kept.leave_out(row, ("state",))
		row.state = row.state or DRAFT
	if row.ends_on and get_datetime(row.ends_on) <= get_datetime(row.starts_on):
		raise NotAsWritten(_("It can't end before it begins."))
	if stored and stored.state == row.state == OPEN and _is_coming(stored) and not _is_coming(row):
		raise NotAsWritten(
			_("This moment has passed, and people said they come. Choose a later one, or cancel it.")
		)


def follow(row) -> None:
	"""More seats are given to whoever waits; fewer take none away from who was promised one. Whoever comes or waits hears of a move."""
	if row.state != OPEN:
		return
	stored = row.get_doc_before_save()
	if (
		stored
		and stored.state == OPEN
		and _is_coming(row)
		and _when_and_where(stored) != _when_and_where(row)
	):
		_tell_of_move(row, _when_and_where(stored)[0])
	_give_seats(row)


def _tell_of_move(row, before: datetime) -> None:
	"""Another day is asked of all anew who have not said they come; another time brings another reminder."""
	held = _answers(row.name, GOING, WAITING)
	for each in held:
		_tell("club_event_moved", row, each.employee)
	after = get_datetime(row.starts_on)
	if after != before:
		frappe.db.set_value(ANSWER, {"event": row.name}, "reminded_on", None, update_modified=False)
	if after.date() != before.date():
		told = {record for each in held for record in employments.records_of(each.employee)}
		for employee in _meant(row):
			if employee not in told:
				_tell("club_event", row, employee)


def _when_and_where(row) -> tuple[datetime, str]:
	return get_datetime(row.starts_on), row.place or ""


def _is_coming(row) -> bool:
	return get_datetime(row.starts_on) > now_datetime()


def check_deleting(row) -> None:
	if row.state != DRAFT:
		kept.refuse_deleting(row, _("Cancel it: whoever said they come is told."))


def open_event(name: str) -> int:
	"""Ask all members it is for whether they come; return how many were asked."""
	row = _step(name, DRAFT)
	if not _is_coming(row):
		raise NotNow(_("It has begun already. Choose a later time."))
	_move(row, OPEN)
	asked = _meant(row)
	for employee in asked:
		_tell("club_event", row, employee)
	return len(asked)


def cancel(name: str) -> None:
	"""Call an open event off, and tell whoever comes or waits."""
	row = _move(_step(name, OPEN), CANCELLED)
	for each in _answers(name, GOING, WAITING):
		_tell("club_event_off", row, each.employee)


def answer(name: str, employee: str, comes: bool) -> str:
	"""Keep whether a member comes; return GOING, WAITING or DECLINED. Raises NotNow."""
	row = _locked(name)
	if not _is_meant(row, employee):
		raise NotNow(_("This event is for members of the club."))
	if not may_answer(row.state, get_datetime(row.starts_on), now_datetime()):
		raise NotNow(_("This event can't be answered any more."))
	_keep_answer(row, employee, comes)
	_give_seats(row)
	return frappe.db.get_value(ANSWER, {"event": name, "employee": employee}, "seat")


def to_remind() -> list[str]:
	"""Return the answers of those who come and whose reminder is due."""
	now = now_datetime()
	soon = frappe.get_all(
		DOCTYPE, {"state": OPEN, "starts_on": (">", now)}, ["name", "starts_on", "remind_days"]
	)
	due = [
		row.name
		for row in soon
		if get_datetime(row.starts_on) <= add_to_date(now, days=cint(row.remind_days))
	]
	waits = {"event": ("in", due), "seat": GOING, "reminded_on": ("is", "not set")}
	return frappe.get_all(ANSWER, waits, pluck="name") if due else []


def remind(name: str) -> None:
	row = frappe.get_doc(ANSWER, name, for_update=True)
	event = frappe.get_doc(DOCTYPE, row.event)
	if row.seat == GOING and not row.reminded_on and event.state == OPEN:
		_tell("club_reminder", event, row.employee)
		row.db_set("reminded_on", now_datetime())


def of(employee: str) -> list[frappe._dict]:
	"""Return the coming events that are for this member, the next first, each with `seat`, `going` and `left`."""
	coming = {"state": ("in", [OPEN, CANCELLED]), "starts_on": (">", now_datetime())}
	names = frappe.get_all(DOCTYPE, coming, pluck="name", order_by="starts_on asc", limit_page_length=50)
	rows = [frappe.get_cached_doc(DOCTYPE, name) for name in names]
	return [_shown(row, employee) for row in rows if _is_meant(row, employee)]


def make_room_to_merge(old: str, new: str) -> None:
	"""Two records become one: what the one that stays has said holds."""
	for doctype, same in ((ANSWER, "stays.event = gone.event and "), (members.DOCTYPE, "")):
		frappe.db.sql(
			f"""delete gone from `tab{doctype}` gone join `tab{doctype}` stays
				on {same}stays.employee = %(new)s where gone.employee = %(old)s""",
			{"old": old, "new": new},
		)


def forget_employee(employee: str) -> None:
	"""Take somebody whose record is deleted out of the club; a seat of theirs goes to who waits."""
	give_seats_back(employee)
	for doctype in (ANSWER, members.DOCTYPE):
		frappe.db.delete(doctype, {"employee": employee})


def give_seats_back(employee: str) -> None:
	"""Somebody comes to no event any more: they left the club, or the company."""
	held = {"employee": ("in", employments.records_of(employee)), "seat": ("in", [GOING, WAITING])}
	for name, event in frappe.get_all(ANSWER, held, ["name", "event"], as_list=True):
		row = frappe.get_doc(DOCTYPE, event, for_update=True)
		frappe.db.set_value(ANSWER, name, "seat", DECLINED)
		if row.state == OPEN and _is_coming(row):
			_give_seats(row)


def _shown(row, employee: str) -> frappe._dict:
	given = frappe.get_all(ANSWER, {"event": row.name}, ["employee", "seat"])
	records = employments.records_of(employee)
	mine = next((each.seat for each in given if each.employee in records), "")
	going = sum(each.seat == GOING for each in given)
	left = max(0, cint(row.capacity) - going) if cint(row.capacity) else None
	return frappe._dict(row.as_dict(), seat=mine, going=going, left=left, is_off=row.state == CANCELLED)


def _meant(row) -> list[str]:
	meant, people = audience.of(row), audience.people(members.everybody())
	return [name for name, person in people.items() if is_for(meant, person)]


def _is_meant(row, employee: str) -> bool:
	who = audience.person(employee)
	return bool(who) and who.in_club and is_for(audience.of(row), who)


def _keep_answer(row, employee: str, comes: bool) -> None:
	"""Whoever says yes after a no stands behind those who said yes before. Read with a lock: what was sent meanwhile counts."""
	own = {"event": row.name, "employee": ("in", employments.records_of(employee))}
	found = frappe.db.get_value(ANSWER, own, for_update=True)
	given = frappe.get_doc(ANSWER, found, for_update=True) if found else frappe.new_doc(ANSWER)
	if found and comes and given.seat in (GOING, WAITING):
		return
	who = frappe.db.get_value("Employee", employee, ["employee_name", "company"], as_dict=True)
	given.update({"event": row.name, "employee": employee, **who, "answered_on": now_datetime()})
	given.update({"seat": WAITING if comes else DECLINED, "had_to_wait": 0})
	with kept.writing(given):
		given.save(ignore_permissions=True)


def _give_seats(row) -> None:
	"""Give free seats in the order of the answers; who has one keeps it. Whoever had to wait is told."""
	going, waiting = _answers(row.name, GOING), _answers(row.name, WAITING)
	order = seats([each.name for each in (*going, *waiting)], cint(row.capacity))
	for each in waiting:
		if order[each.name] == GOING:
			frappe.db.set_value(ANSWER, each.name, {"seat": GOING, "had_to_wait": 0})
			if each.had_to_wait:
				_tell("club_seat", row, each.employee)
		elif not each.had_to_wait:
			frappe.db.set_value(ANSWER, each.name, "had_to_wait", 1)


def _answers(name: str, *given: str) -> list:
	"""Return answers in their order, read with a lock: whoever waited for the event began before they were written."""
	return frappe.db.sql(
		f"""select name, employee, had_to_wait from `tab{ANSWER}` where event = %(event)s and seat in %(given)s
		order by answered_on, creation, name lock in share mode""",
		{"event": name, "given": given},
		as_dict=True,
	)


def _tell(event: str, row, employee: str) -> None:
	"""Tell once for each change of the event: what is moved there and back is news again."""
	messages.tell(
		event,
		employee,
		key=f"{row.name}:{get_datetime(row.modified)}:{employee}",
		title=row.title,
		title_zh=row.title_zh or None,
		starts_on=get_datetime(row.starts_on),
		place=row.place,
		link=PAGE,
	)


def _step(name: str, state: str):
	row = _locked(name)
	if row.state != state:
		raise NotNow(_("This event is {0}; that is not its next step.").format(_(row.state, context=DOCTYPE)))
	return row


def _locked(name: str):
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def _move(row, state: str):
	row.state = state
	with kept.writing(row):
		row.save(ignore_permissions=True)
	return row
