"""A talent pool of 200,000 people, as HR and the night find it.

Lists: what the desk asks for when HR opens the list of the pool, sorts it and filters it, rows and their number, against the same of
HRMS's own list of as many Job Applicants; 95 of 100 stay below the figure. Prompts: whom somebody should call today, against the bare
SQL that finds them: whose day has come, what was asked about them and what was said to them, fetched without the platform.
History: applicants looked at and kept, against inserting as many plain records through the platform; at least 0.7 of that rate
is asked for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count

import frappe
from frappe.desk import reportview
from frappe.utils import add_days, now_datetime, today

from benchmarks import pool_volume as volume
from benchmarks.portal import forget
from benchmarks.timing import Work, compare, interleaved_medians, percentile_95, row
from referral_hub import kept
from referral_hub.talent.cadence import people, prompts
from referral_hub.talent.capturing import history

NAME = "pool"
ROUNDS, SLICES, SLICE = 25, 5, 200
SHARE_OF_RATE = 0.7
SETTINGS, CURSOR = "Referral Hub Settings", "pool_history_until"
POOL, PEER = "Talent Pool Record", "Job Applicant"
WHY = f"{volume.PREFIX}RSN-3"
OF_EVERY_LIST = ("name", "owner", "creation", "modified", "modified_by", "_user_tags", "_comments", "_assign")
OF_EVERY_LIST += ("_liked_by", "docstatus", "idx")
SORTED = {POOL: "likelihood", PEER: "applicant_rating"}


def run() -> list[dict]:
	with volume.volume():
		return [*lists(), due(), importing()]


def questions() -> dict[str, dict[str, list]]:
	"""Return the filters: the same questions to both, of which as many people are the answer."""
	year = [add_days(today(), -720), add_days(today(), -360)]
	return {
		"by one thing": {
			POOL: [["reason", "=", "No-show"]],
			PEER: [["status", "=", "Hold"]],
		},
		"by what, why and when": {
			POOL: [["reason", "=", "No-show"], ["reason_given", "=", WHY], ["happened_on", "between", year]],
			PEER: [["status", "=", "Hold"], ["source", "=", WHY], ["creation", "between", year]],
		},
		"by a name": {
			POOL: [["person_name", "like", "%Candidate 123456%"]],
			PEER: [["applicant_name", "like", "%Candidate 123456%"]],
		},
	}


def lists() -> list[dict]:
	frappe.set_user(volume.HR)
	try:
		return [
			against_applicants("the list", opening),
			against_applicants("the sorted list", sorting),
			*(
				against_applicants(f"the list filtered {name}", partial(filtering, each))
				for name, each in questions().items()
			),
		]
	finally:
		frappe.set_user("Administrator")


def against_applicants(what: str, asking: Callable[[str], Work]) -> dict:
	name = f"pool: {what} of {volume.PEOPLE:,} people, against HRMS's list of applicants"
	return compare(
		name, asking(POOL), asking(PEER), bound=1.2, rounds=ROUNDS, before=forget, figure=percentile_95
	)


def due() -> dict:
	name = f"pool: whom to call today of {volume.PEOPLE:,} people, against the bare SQL that finds them"
	return compare(name, find_due, read_due, bound=3.0, rounds=ROUNDS, before=forget)


def importing() -> dict:
	"""Slices of the history beside slices of plain records of the same people's kind."""
	with history_from_now():
		volume.apply_now(SLICE * (SLICES + 1))
		ours, peer = interleaved_medians(bring_in, insert_plain(), rounds=SLICES, warm_up=1)
	name = "pool: one applicant of the history, against inserting a plain record"
	return row(name, ours / SLICE * 1e3, peer / SLICE * 1e3, unit="ms", bound=1 / SHARE_OF_RATE)


# lists


def opening(doctype: str) -> Work:
	meta = frappe.get_meta(doctype)
	order = f"`tab{doctype}`.`{meta.sort_field}` {meta.sort_order}"
	return lambda: ask_for(doctype, [], order)


def sorting(doctype: str) -> Work:
	order = f"`tab{doctype}`.`{SORTED[doctype]}` desc"
	return lambda: ask_for(doctype, [], order)


def filtering(filters: dict[str, list], doctype: str) -> Work:
	meta = frappe.get_meta(doctype)
	order = f"`tab{doctype}`.`{meta.sort_field}` {meta.sort_order}"
	return lambda: ask_for(doctype, filters[doctype], order)


def ask_for(doctype: str, filters: list, order: str) -> None:
	"""Ask for a page of a list and for how many there are, as the desk does."""
	named = frappe.as_json([[doctype, *each] for each in filters])
	frappe.local.form_dict = frappe._dict(
		doctype=doctype,
		fields=frappe.as_json([f"`tab{doctype}`.`{field}`" for field in shown(doctype)]),
		filters=named,
		order_by=order,
		start=0,
		page_length=20,
		view="List",
		with_comment_count=1,
	)
	reportview.get()
	frappe.local.form_dict = frappe._dict(doctype=doctype, filters=named, fields="[]", limit=1001)
	reportview.get_count()


def shown(doctype: str) -> list[str]:
	meta = frappe.get_meta(doctype)
	listed = [field.fieldname for field in meta.fields if field.in_list_view]
	return list(dict.fromkeys([*OF_EVERY_LIST, *listed, meta.title_field or "name", status_of(doctype)]))


def status_of(doctype: str) -> str:
	return "state" if doctype == POOL else "status"


# prompts


def find_due() -> None:
	if not prompts.due_prompts(today()):
		raise AssertionError("Nobody is to be called today")


def read_due() -> None:
	"""Send what finds them and fetch the rows, without the platform and without a look at them."""
	cursor, record = frappe.db._cursor, ", ".join(f"person.`{field}`" for field in people.READ)
	for columns, joined in (
		(record, ""),
		(
			"asked.record, asked.after_days, asked.state, asked.closed_on, asked.started_on",
			"join `tabTalent Prompt` asked on asked.record = person.name",
		),
		(
			"said.record, said.direction, said.happened_on",
			"join `tabTalent Interaction` said on said.record = person.name",
		),
	):
		cursor.execute(
			f"select {columns} from `tab{POOL}` person {joined} where person.state = 'In Pool' and person.next_prompt_on <= %s",
			(today(),),
		)
		cursor.fetchall()


# history


@contextmanager
def history_from_now() -> Iterator[None]:
	"""Let the import believe that it has seen everybody until now; what it remembered comes back."""
	before = frappe.db.get_single_value(SETTINGS, CURSOR)
	frappe.db.set_single_value(SETTINGS, CURSOR, now_datetime(), update_modified=False)
	try:
		yield
	finally:
		frappe.db.set_single_value(SETTINGS, CURSOR, before or None, update_modified=False)
		frappe.db.commit()


def bring_in() -> None:
	looked = history.run(say=lambda _words: None, limit=SLICE)
	if looked.kept != SLICE:
		raise AssertionError(f"Not all of a slice was kept: {looked}")


def insert_plain() -> Work:
	"""Records as the platform inserts them, with what the history writes: nobody is looked for, nothing is decided."""
	company = frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]
	numbers = count(2 * volume.PEOPLE)

	def insert():
		for _each in range(SLICE):
			with kept.writing(plain_record(next(numbers), company)) as record:
				record.insert()
		frappe.db.commit()

	return insert


def plain_record(number: int, company: str):
	person = f"{volume.PREFIX}{number:07}@{volume.MAIL}"
	at = now_datetime()
	return frappe.new_doc(POOL).update(
		{
			"person_name": f"Candidate {number}",
			"email": person,
			"phone": f"+86-137{number:08}",
			"company": company,
			"reason": "Silver Medal",
			"state": "In Pool",
			"happened_on": today(),
			"captured_on": at,
			"state_on": at,
			"job_applicant": volume.applicant(number % volume.PEOPLE + 1),
			"applied_for": f"{volume.PREFIX}OPN-00007",
			"designation": f"{volume.PREFIX}DES-7",
			"interview_rating": 0.9,
			"interview_rounds": 1,
			"email_key": frappe.generate_hash(length=64),
			"phone_key": frappe.generate_hash(length=64),
		}
	)
