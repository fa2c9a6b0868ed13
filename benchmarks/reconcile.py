"""The reconcile over 100,000 referrals of which one in a hundred has moved, beside the bare SQL that reads the facts.

Finding: every referral is read, derived and compared, against sending the same statements and looking at none of the
rows. Healing: what one change costs inside a reconcile against one `refresh`. Memory: the most this process has held.
The volume is made with SQL, as HR would leave it (open, screened, interviewed, offered, rejected, hired), and is
never committed: it is gone with the rollback.
"""

import resource
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils import now_datetime

from benchmarks.timing import compare, row
from referral_hub.referrals import jobs
from referral_hub.referrals.deriving import facts, following, reconcile
from referral_hub.referrals.rules.stages import State, derive

NAME = "reconcile"
REFERRALS = 100_000
MOVED = REFERRALS // 100
FIND_ROUNDS, HEAL_ROUNDS = 3, 150
PREFIX = "REFB-"


def run() -> list[dict]:
	with volume():
		record_statements()
		return [
			compare(
				f"reconcile: find {MOVED:,} moved among {REFERRALS:,}, against the bare SQL",
				find_all,
				read_all,
				bound=3.0,
				unit="s",
				rounds=FIND_ROUNDS,
			),
			heal_row(),
			row("reconcile: most memory held, against 500 MB", most_memory(), 500, unit="MB", bound=1.0),
		]


def most_memory() -> float:
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# finding


def find_all() -> None:
	found = sum(len(batch.changed) for batch in batches())
	if found != MOVED:
		raise AssertionError(f"{found} found instead of {MOVED}")


def batches() -> Iterator[reconcile.Batch]:
	after, masters = PREFIX, facts.read_masters()
	while after is not None:
		batch = reconcile.find_moved(after, None, masters)
		yield batch
		after = batch.last


def read_all() -> None:
	"""Send what `find_all` sends and fetch the rows, without the platform and without a look at them."""
	cursor = frappe.db._cursor
	for query, values in _sent:
		cursor.execute(query, values)
		cursor.fetchall()


def record_statements() -> None:
	"""Keep the statements of one whole search."""
	database, original = frappe.local.db, frappe.local.db.sql

	def recording(query, values=(), **named):
		_sent.append((str(query), values))
		return original(query, values, **named)

	database.sql = recording
	try:
		find_all()
	finally:
		del database.sql


_sent: list[tuple] = []


# healing


def heal_row() -> dict:
	"""Every other moved referral is healed as the reconcile's job does it, the others by `refresh` alone."""
	moved = iter([name for batch in batches() for name in batch.changed])
	return compare(
		"reconcile: one change in it, against one refresh",
		lambda: jobs.follow_here(next(moved)),
		lambda: following.refresh(next(moved)),
		bound=1.2,
		rounds=HEAL_ROUNDS,
	)


# the volume


@contextmanager
def volume() -> Iterator[None]:
	"""What HRMS and we hold about the referrals; nothing is committed."""
	try:
		for statement in MAKE:
			frappe.db.sql(statement, {"count": REFERRALS, "prefix": PREFIX, "now": now_datetime()})
		derive_all()
		frappe.db.sql(MOVE)
		yield
	finally:
		_sent.clear()
		frappe.db.rollback()


def derive_all() -> None:
	"""Store on each referral the state its facts have, as if all had been refreshed."""
	after, masters, now = PREFIX, facts.read_masters(), now_datetime()
	while True:
		rows = [followed for followed, _stored in reconcile._read(after, None, reconcile.BATCH)]
		if not rows:
			return
		alike = defaultdict(list)
		for name, found in facts.gather(rows, masters).items():
			alike[derive(found, now)].append(name)
		for state, names in alike.items():
			store(state, names)
		after = rows[-1].name


def store(state: State, names: list[str]) -> None:
	values = following.state_values(state) | {"facts_digest": state.fingerprint}
	frappe.db.set_value("Referral", {"name": ("in", names)}, values, update_modified=False)


ROW = "'Administrator', 'Administrator', %(now)s, %(now)s"
WHO = "owner, modified_by, creation, modified"
NUMBER = "lpad(seq, 7, '0')"
APPLICANT = f"concat('bench', {NUMBER}, '@example.com')"
MAKE = (
	f"""insert into `tabReferral` (name, {WHO}, candidate_name, candidate_email, referrer, stage, outcome, job_applicant, last_event_seq)
	select concat(%(prefix)s, {NUMBER}), {ROW}, concat('Candidate ', seq), {APPLICANT}, 'BENCH', 'Submitted', 'Open', {APPLICANT}, 1
	from seq_1_to_{REFERRALS}""",
	f"""insert into `tabJob Applicant` (name, {WHO}, applicant_name, email_id, status, referral_hub_referral)
	select {APPLICANT}, {ROW}, concat('Candidate ', seq), {APPLICANT},
	case seq %% 20 when 18 then 'Rejected' when 19 then 'Accepted' when 17 then 'Accepted'
		when 10 then 'Replied' when 11 then 'Hold' else 'Open' end, concat(%(prefix)s, {NUMBER})
	from seq_1_to_{REFERRALS}""",
	f"""insert into `tabInterview` (name, {WHO}, job_applicant, interview_round, status, scheduled_on, from_time, docstatus)
	select concat('BENCH-INT-', seq), {ROW}, {APPLICANT}, 'Round', if(seq %% 20 < 16, 'Pending', 'Cleared'),
	date_add(curdate(), interval (seq %% 7) + 1 day), '10:00:00', if(seq %% 20 < 16, 0, 1)
	from seq_1_to_{REFERRALS} where seq %% 20 in (13, 14, 15, 16, 17, 19)""",
	f"""insert into `tabJob Offer` (name, {WHO}, job_applicant, status, offer_date, docstatus)
	select concat('BENCH-OFF-', seq), {ROW}, {APPLICANT}, 'Accepted', '2026-01-15', 1
	from seq_1_to_{REFERRALS} where seq %% 20 in (17, 19)""",
	f"""insert into `tabEmployee` (name, {WHO}, employee_name, job_applicant, status, date_of_joining, lft, rgt)
	select concat('BENCH-EMP-', seq), {ROW}, concat('Candidate ', seq), {APPLICANT}, 'Active', '2026-02-01', 0, 0
	from seq_1_to_{REFERRALS} where seq %% 20 = 19""",
)
# one in a hundred, spread evenly: somebody looked at an applicant nobody had looked at
MOVE = "update `tabJob Applicant` set status = 'Replied' where name like 'bench%@example.com' and name like '%01@example.com'"
