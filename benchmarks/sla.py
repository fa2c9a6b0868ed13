"""The service-level job over open referrals of which nothing is due, beside the bare SQL that reads them.

Each referral's due date is derived and compared. Linear: the time per referral among 100,000 against 10,000. Memory: what
Python holds at most while it looks, for both. The volume is made with SQL and never committed: it is gone with the rollback.
"""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe.utils import getdate, now_datetime, today

from benchmarks.timing import Work, compare, row
from referral_hub.referrals.rules.sla import STAGES_WITH_A_CLOCK
from referral_hub.referrals.service_level import watching
from referral_hub.referrals.service_level.clock import Clock, due_of

NAME = "sla"
REFERRALS = 100_000
FEW = 10_000
ROUNDS = 5
PREFIX = "SLAB-"


def run() -> list[dict]:
	with volume():
		today = getdate(now_datetime())
		return [
			compare(
				f"service level: {REFERRALS:,} open referrals with nothing due, against the bare SQL",
				lambda: look_at_all(today),
				read_all,
				bound=3.0,
				unit="s",
				rounds=ROUNDS,
			),
			compare(
				f"service level: {REFERRALS:,} referrals, against {REFERRALS // FEW} times {FEW:,}",
				lambda: look_at_all(today),
				lambda: [look_at_few(today) for _time in range(REFERRALS // FEW)],
				bound=1.3,
				unit="s",
				rounds=ROUNDS,
			),
			row(
				f"service level: memory for {REFERRALS:,} referrals, against {FEW:,}",
				most_memory(lambda: look_at_all(today)),
				most_memory(lambda: look_at_few(today)),
				unit="MB",
				bound=1.2,
			),
		]


def look_at_all(today: date) -> None:
	after, clock = PREFIX, Clock()
	while after is not None:
		batch = watching.look(after, clock, today)
		if batch.stale or batch.overdue:
			raise AssertionError("nothing was to be found")
		after = batch.last


def look_at_few(today: date) -> None:
	after, clock = PREFIX, Clock()
	for _batch in range(FEW // watching.BATCH):
		after = watching.look(after, clock, today).last


def read_all() -> None:
	"""Send what the job sends and fetch the rows, without the platform and without a look at them."""
	cursor, after = frappe.db._cursor, PREFIX
	columns = ", ".join(watching._COLUMNS)
	stages = ", ".join(frappe.db.escape(stage) for stage in STAGES_WITH_A_CLOCK)
	while after:
		cursor.execute(
			f"select {columns} from `tabReferral` force index (outcome) where name > %s and outcome = 'Open' and stage in ({stages})"
			" order by name limit %s",
			(after, watching.BATCH),
		)
		rows = cursor.fetchall()
		after = rows[-1][0] if len(rows) == watching.BATCH else None


def most_memory(work: Work) -> float:
	tracemalloc.start()
	try:
		work()
		return tracemalloc.get_traced_memory()[1] / 2**20
	finally:
		tracemalloc.stop()


@contextmanager
def volume() -> Iterator[None]:
	try:
		frappe.db.sql(MAKE, {"prefix": PREFIX, "now": now_datetime(), "today": today()})
		set_clocks()
		yield
	finally:
		frappe.db.rollback()


def set_clocks() -> None:
	"""Store on each referral when its next word is due, as if the job had run."""
	clock, today = Clock(), getdate(now_datetime())
	for stage in STAGES_WITH_A_CLOCK:
		facts = {"stage": stage, "outcome": "Open", "clock_from": today, "promised_by": None}
		due = due_of(frappe._dict(facts, company=None, program=None), clock)
		frappe.db.set_value(
			"Referral",
			{"name": ("like", f"{PREFIX}%"), "stage": stage},
			"next_word_due",
			due,
			update_modified=False,
		)


MAKE = f"""insert into `tabReferral`
	(name, owner, modified_by, creation, modified, candidate_name, referrer, stage, outcome, clock_from, last_event_seq)
	select concat(%(prefix)s, lpad(seq, 7, '0')), 'Administrator', 'Administrator', %(now)s, %(now)s,
	concat('Candidate ', seq), 'BENCH', elt(seq %% 5 + 1, 'Submitted', 'Screening', 'Interviewing', 'Selected', 'Offered'),
	'Open', %(today)s, 1 from seq_1_to_{REFERRALS}"""
