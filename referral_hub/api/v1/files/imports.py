"""A file of contacts: sent, looked at, read in the background with what one says its columns are. Nobody in it is written to."""

from functools import partial
from typing import Annotated, Literal

import frappe
from frappe.recorder import do_not_record
from pydantic import Field

from referral_hub.api.contract import caller, operations
from referral_hub.api.contract.problems import not_found, refuse
from referral_hub.api.contract.shapes import ROWS, Done, FromText, Limit, Rows, Shape, Start, Text, counted
from referral_hub.matching.contacts.files import importing
from referral_hub.matching.rules.contacts.columns import FIELDS
from referral_hub.portal.contacts import importing as page
from referral_hub.portal.contacts import words
from referral_hub.referrals.rules.refusal import Refused

Known = Literal[FIELDS]
reads = partial(operations.reads, is_private=True)
changes = partial(operations.changes, is_private=True)


class Column(Shape):
	number: int
	heading: Text
	field: Known | None = Field(description="What it is taken for; null: it is left out.")
	values: list[str] = Field(description="The first of it.")


class State(Shape):
	state: Literal["", "Preview", "Waiting", "Running", "Done", "Failed"]
	columns: list[Column] = Field(
		description="While it waits for `read`; none of cards, which say themselves what is what."
	)
	people: int
	looked_at: int
	added: int
	known: int
	left_out: int
	problem: Text = Field(description="Why it failed.")


class LeftOut(Shape):
	line: int
	why: Text
	said: Text


@reads
def state() -> State:
	"""Say how far the last file is; empty where there is none."""
	row = _mine(_me().name) or frappe._dict(state="")
	counts = {field: row.get(field) or 0 for field in ("people", "looked_at", "added", "known")}
	return {
		**counts,
		"state": row.state,
		"columns": importing.columns(row) if row.state == importing.PREVIEW else [],
		"left_out": row.bad or 0,
		"problem": page.file_words(importing.why_failed(row)) if row.state == importing.FAILED else "",
	}


@changes(file="file")
def send() -> Done:
	"""Send a file (CSV, XLSX, vCard or LinkedIn's export) as `file` of a multipart form; nothing of it is kept as a contact yet."""
	me = _me()
	name, data = page.uploaded()
	_done(lambda: importing.begin(me.name, name, data, words.region_of(me)))
	return {}


@changes
def read(
	columns: Annotated[
		dict[int, Known] | None,
		FromText,
		Field(description="What each column is, by its number; without it what they are taken for."),
	] = None,
) -> Done:
	"""Begin to read the file that was sent."""
	row = _mine(_me().name)
	if not row or row.state != importing.PREVIEW:
		not_found()
	taken = {each.number: each.field for each in importing.columns(row)} if columns is None else columns
	_done(lambda: importing.go(row, page.mapping_of(row, taken)))
	return {}


@reads
def left_out(start: Start = 0, limit: Limit = ROWS) -> Rows[LeftOut]:
	"""List the rows that could not be kept, and why."""
	row = _mine(_me().name)
	found = page.left_out(row) if row and row.state == importing.DONE else []
	return counted(found[start : start + limit], start, len(found))


@changes
def forget() -> Done:
	"""Stop the reading, or clear its result; contacts that were kept stay."""
	importing.forget_all(_me().name)
	return {}


def _me() -> frappe._dict:
	me = do_not_record(caller.employee)()
	return me if words.are_mine(me.name) else not_found()


def _mine(employee: str) -> frappe._dict | None:
	"""Return the last file, where it was sent under the login that asks."""
	row = importing.of_employee(employee)
	return row if row and row.owner == frappe.session.user else None


def _done(do) -> None:
	try:
		do()
	except Refused as refused:
		refuse(refused.reason, page.file_words(refused.reason))
