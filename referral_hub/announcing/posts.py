"""An announcement, step by step: written, scheduled, out, over. The only writer of its state.

Each step locks the announcement first, so it is taken once. Commits nothing. Called by the controller, the desk's buttons and the task.
"""

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime

from referral_hub import kept
from referral_hub.announcing import audience, notes
from referral_hub.announcing.rules.campaign import State, due_state, may_move
from referral_hub.messages import service as messages

DOCTYPE = "Referral Announcement"
MOST_OPENINGS = 20
MADE_HERE = ("state", "out_on", "told_on", "told_until", "over_on", "note")
# what is fixed once people have been told
FIXED = ("starts_on", "as_note", "send_messages", "only_club")
FIXED_TABLES = {"companies": ("company",), "audience": ("kind", "value"), "channels": ("channel", "wanted")}


class NotAsWritten(frappe.ValidationError):
	"""An announcement that can't go out as it is written."""


class NotNow(frappe.ValidationError):
	"""This is not its next step."""


def check(row) -> None:
	"""Refuse what could not be announced, and changes of what is fixed once it is out."""
	stored = row.get_doc_before_save()
	if not row.flags.written_by_the_app:
		kept.keep_stored(row, MADE_HERE) if stored else kept.leave_out(row, MADE_HERE)
		row.state = row.state or State.DRAFT
	if stored and stored.state != State.DRAFT:
		_refuse_changes(row, stored)
	if row.ends_on and get_datetime(row.ends_on) <= get_datetime(row.starts_on or now_datetime()):
		if row.state != State.OVER:
			raise NotAsWritten(_("It would be over before it begins."))
	if cint(row.as_note) and not audience.of(row).is_everybody:
		raise NotAsWritten(
			_("A note in the desk is shown to everybody. Leave the note out, or announce it to all.")
		)
	_check_openings(row)
	_check_ways(row)


def follow_words(row) -> None:
	"""Let the note in the desk say what the announcement says."""
	if row.state == State.OUT and row.note:
		notes.write(row)


def check_deleting(row) -> None:
	if row.state not in (State.DRAFT, State.SCHEDULED):
		kept.refuse_deleting(row, _("End it: what was announced stays among the news."))


def announce(name: str) -> str:
	"""Let an announcement go out, now or when its time comes; return its state."""
	row = _locked(name)
	is_time = not row.starts_on or get_datetime(row.starts_on) <= now_datetime()
	state = State.OUT if is_time else State.SCHEDULED
	_refuse_step(row, state)
	if row.ends_on and get_datetime(row.ends_on) <= now_datetime():
		raise NotAsWritten(_("Its end has passed. Choose a later one, or none."))
	return _move(row, state)


def take_back(name: str) -> None:
	"""Make a draft of an announcement that is not out yet."""
	_move(_step(name, State.DRAFT), State.DRAFT)


def end(name: str) -> None:
	"""Take the banner and the note away; the announcement stays among the news."""
	_move(_step(name, State.OVER), State.OVER)


def to_follow() -> list[str]:
	"""Return the announcements whose time has come: to go out, to be told on, or to end."""
	alive = frappe.get_all(
		DOCTYPE,
		{"state": ("in", [State.SCHEDULED.value, State.OUT.value])},
		["name", "state", "starts_on", "ends_on", "send_messages", "told_on"],
	)
	return [row.name for row in alive if _is_behind(row)]


def follow_clock(name: str) -> None:
	"""Let one announcement begin or end where its time has come."""
	row = _locked(name)
	state = due_state(row.state, row.starts_on, row.ends_on, now_datetime())
	if state != row.state:
		_move(row, state)


def _is_behind(row) -> bool:
	state = due_state(row.state, row.starts_on, row.ends_on, now_datetime())
	return state != row.state or (state == State.OUT and bool(row.send_messages) and not row.told_on)


def _step(name: str, to: State):
	row = _locked(name)
	_refuse_step(row, to)
	return row


def _refuse_step(row, to: State) -> None:
	if not may_move(row.state, to):
		state = _(row.state, context=DOCTYPE)
		raise NotNow(_("This announcement is {0}; that is not its next step.").format(state))


def _locked(name: str):
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def _move(row, state: State) -> str:
	row.state = state.value
	if state == State.OUT:
		row.out_on = now_datetime()
		row.note = notes.write(row) if cint(row.as_note) else None
	if state == State.OVER:
		row.over_on = now_datetime()
		note, row.note = row.note, None
		frappe.db.set_value(DOCTYPE, row.name, "note", None, update_modified=False)
		notes.remove(note)
	with kept.writing(row):
		row.save(ignore_permissions=True)
	return row.state


def _refuse_changes(row, stored) -> None:
	changed = [field for field in FIXED if str(row.get(field) or "") != str(stored.get(field) or "")]
	changed += [
		field for field, keys in FIXED_TABLES.items() if _rows(row, field, keys) != _rows(stored, field, keys)
	]
	if changed:
		label = _(row.meta.get_label(changed[0]))
		raise NotAsWritten(
			_("{0} can't be changed any more: people may have been told. Announce it anew.").format(label)
		)


def _rows(row, field: str, keys: tuple[str, ...]) -> list[tuple]:
	return sorted(tuple(str(each.get(key)) for key in keys) for each in row.get(field) or ())


def _check_ways(row) -> None:
	known = messages.installed_channels()
	for each in row.channels:
		if each.channel not in known:
			words = _("Row {0}: there is no way called {1}. There are: {2}.")
			raise NotAsWritten(words.format(each.idx, each.channel, ", ".join(known)))


def _check_openings(row) -> None:
	named = [each.job_opening for each in row.openings]
	if len(named) != len(set(named)):
		raise NotAsWritten(_("An opening is named twice."))
	if len(named) > MOST_OPENINGS:
		words = _("Please name at most {0} openings; readers find all of them on the portal.")
		raise NotAsWritten(words.format(MOST_OPENINGS))
