"""Which contacts belong to people who were forgotten, when, and how much of them: rows of Forgotten Person, and the file beside.

A row is written in the transaction that forgets; the file follows once that is committed, and every day with whatever a crash kept out
of it. What the file knows and the database does not was brought back by a restore. Called by the flow, by the talent pool (nobody is
kept again from what is older), by `bench hub-verify` and by the daily task.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

import frappe
from frappe import _
from frappe.query_builder import Order
from frappe.utils import get_datetime, now_datetime
from frappe.utils.password import get_encryption_key

from referral_hub.background import after_commit
from referral_hub.database.prepared import Prepared, given
from referral_hub.forgotten import file
from referral_hub.forgotten.file import Line
from referral_hub.referrals.rules.contacts import clean_email, clean_phone, or_none
from referral_hub.referrals.rules.ownership import Candidate, keys_of
from referral_hub.wording.counting import counted

DOCTYPE = "Forgotten Person"
POOL, OURS, WITH_HRMS = "Talent Pool", "Ours", "With HRMS"
# each forgets what the one before does, and more
EXTENTS = (POOL, OURS, WITH_HRMS)


def hashes_of(emails: Iterable[str], phones: Iterable[str], regions: Iterable[str | None]) -> set[str]:
	"""Return the keyed hashes of these contacts; a number is read as it is dialled in each of these countries."""
	people = [Candidate("", or_none(clean_email, email)) for email in emails]
	people += [
		Candidate("", None, or_none(clean_phone, phone, region)) for phone in phones for region in regions
	]
	return {key.hash for person in people for key in keys_of(person, get_encryption_key())}


def remember(hashes: set[str], extent: str, moment: datetime | None = None) -> None:
	"""Write down that whoever has these contacts was forgotten; the later moment stands, and the greater extent."""
	moment = _second(moment or now_datetime())
	for key in sorted(hashes):
		row = frappe.db.get_value(
			DOCTYPE, key, ["forgotten_on", "extent"], as_dict=True, for_update=True, cache=False
		)
		values = {"forgotten_on": moment, "extent": extent}
		if row:
			values = {
				"forgotten_on": max(row.forgotten_on, moment),
				"extent": max(row.extent, extent, key=EXTENTS.index),
			}
			frappe.db.set_value(DOCTYPE, key, values)
		else:
			frappe.get_doc(doctype=DOCTYPE, name=key, key_hash=key, **values).db_insert(
				ignore_if_duplicate=True
			)
	if hashes:
		after_commit(partial(_add, sorted(hashes)))


def since(hashes: Iterable[str | None]) -> frappe._dict | None:
	"""Return {forgotten_on, extent} of the latest erasure of whoever has one of these contacts, None for everybody else."""
	said = sorted(filter(None, hashes))
	return _latest.one(hashes=said) if said else None


@Prepared
def _latest():
	"""Asked of everybody whom the history of HRMS brings in."""
	forgotten = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(forgotten).select(forgotten.forgotten_on, forgotten.extent)
	query = query.where(forgotten.name.isin(given("hashes")))
	return query.orderby(forgotten.forgotten_on, order=Order.desc).limit(1)


def keep() -> int:
	"""Add to the file what it does not know yet; return how many lines."""
	known = set(file.lines())
	new = [line for line in _lines({}) if line not in known]
	if new:
		file.add(new)
	return len(new)


def owed() -> dict[str, Line]:
	"""Return what the file knows to be forgotten and this database does not: a backup was restored."""
	under, newest = file.under(), {}
	for line in file.lines():
		if line.under == under:
			newest[line.key] = max(line, newest.get(line.key, line), key=lambda each: each.at)
	rows = frappe.get_all(DOCTYPE, fields=["name", "forgotten_on"], as_list=True)
	here = {name: _text(moment) for name, moment in rows}
	return {key: line for key, line in newest.items() if here.get(key, "") < line.at}


def findings() -> list[str]:
	"""Say what a restore has brought back, in words; empty when nothing."""
	found = []
	if due := len(owed()):
		words = counted(
			due,
			_("{0} contact of somebody who was deleted is not known here as deleted: a backup was restored."),
			_(
				"{0} contacts of people who were deleted are not known here as deleted: a backup was restored."
			),
		)
		found.append(f"{words.format(due)} {_('Run bench hub-forget-again.')}")
	under = file.under()
	if foreign := sum(line.under != under for line in file.lines()):
		words = counted(
			foreign,
			_("{0} erasure was written under another encryption key and can't be repeated."),
			_("{0} erasures were written under another encryption key and can't be repeated."),
		)
		key = _("Put the encryption_key of that time back into site_config.json.")
		found.append(f"{words.format(foreign)} {key}")
	return found


def is_older(moment: datetime | str, erased_on: datetime | str) -> bool:
	"""Say whether something was written before an erasure, or in its very second."""
	return _second(get_datetime(moment)) <= _second(get_datetime(erased_on))


def moment_of(line: Line) -> datetime:
	return get_datetime(line.at)


def _add(keys: list[str]) -> None:
	file.add(_lines({"name": ("in", keys)}))


def _lines(filters: dict) -> list[Line]:
	rows = frappe.get_all(DOCTYPE, filters, ["name", "forgotten_on", "extent"], order_by="forgotten_on asc")
	return [Line(row.name, _text(row.forgotten_on), row.extent, file.under()) for row in rows]


def _second(moment: datetime) -> datetime:
	return moment.replace(microsecond=0)


def _text(moment: datetime) -> str:
	return moment.isoformat(sep=" ", timespec="seconds")
