"""Proves every invariant of the ledger on the data as it stands, in chunks, and says in words what is broken.

Called by `bench hub-verify`, and through `service.verify` by tests and other apps. It only reads. All its plain reads
see one moment, the snapshot of the transaction it runs in, so people can go on posting meanwhile.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

import frappe

from referral_hub.points import journal, refusal_seals, seals
from referral_hub.points.proving import heads_file, recent, relations
from referral_hub.points.proving.findings import in_words
from referral_hub.points.proving.head_check import HeadCheck
from referral_hub.points.rules import stored
from referral_hub.points.rules.audit import Finding, KeptLot, Stored, WalletAudit

WALLETS_AT_ONCE = 200
ENTRIES_AT_ONCE = 5000
COUNTER, TWIN, SOURCE_DOCTYPE, SOURCE_NAME = (
	stored.COLUMNS.index(name) for name in ("counter", "twin", "source_doctype", "source_name")
)
MOST_FINDINGS = relations.MOST_FINDINGS


def verify(company: str | None = None, since: date | None = None) -> list[str]:
	"""Return every broken invariant in words, of one company or of all; empty when the ledger is sound.

	`since`: only what moved on that day or after, each wallet followed from its last entry before.
	"""
	kept = heads_file.read()  # before the first query: what is kept later can't be missing from the snapshot
	check = HeadCheck(kept)
	findings = recent.findings(check, since, company) if since else _all_findings(check, company)
	found = list(islice(findings, MOST_FINDINGS))
	if len(found) == MOST_FINDINGS:
		found.append(Finding("more", {"count": MOST_FINDINGS}))
	return in_words([*kept.findings, *check.summary(), *found])


def broken_wallets() -> set[str]:
	"""Name the wallets whose entries, lots and balance contradict each other, seals and heads apart."""
	check = HeadCheck(heads_file.Kept())
	return {finding.facts["account"] for some in _wallets(None) for finding in _audit(some, check)}


def contradictions(account: str) -> list[str]:
	"""Say what of one account contradicts its entries, its seal and its heads apart."""
	wallets = _read("kind = 'Wallet' and name = %s", (account,))
	found = [*_audit(wallets, HeadCheck(heads_file.Kept()))] if wallets else []
	counter = (finding for finding in relations.findings(None) if finding.rule == "counter")
	return in_words([*found, *(finding for finding in counter if finding.facts["account"] == account)])


def _all_findings(check: HeadCheck, company: str | None) -> Iterator[Finding]:
	seen: set[str] = set()
	walked = relations.begin_walk()
	for wallets in _wallets(company):
		seen.update(wallets)
		yield from _audit(wallets, check, walked)
	yield from seals.findings(company, other_key_is_one=check.has_heads)
	yield from relations.findings(company, walked=None if company else walked)
	if not company:
		yield from check.missing(seen)
		yield from refusal_seals.findings(check.refusals, other_key_is_one=check.has_heads)


def _audit(
	wallets: dict[str, tuple], check: HeadCheck, walked: relations.Walked | None = None
) -> Iterator[Finding]:
	"""Walk the entries of some wallets once, in the order of their chains, and say what was seen of them and their lots."""
	walked = walked or relations.begin_walk()
	audits = {name: WalletAudit(name) for name in wallets}
	for *row, entry_hash in _entries(list(wallets)):
		name, account, seq, _direction, _points, balance_after = row[:6]
		walked.see(row[COUNTER], row[TWIN], row[SOURCE_DOCTYPE], row[SOURCE_NAME])
		try:
			audits[account].see(stored.as_entry(row), entry_hash)
		except stored.Unreadable as error:
			audits[account].skip(name, seq, balance_after, entry_hash, error.column)
		check.see(account, seq, entry_hash)
	lots, are_open_as_they_hold = _lots(audits)
	walked.lots += sum(len(lots.get(name, {})) for name in wallets)
	if not are_open_as_they_hold:
		walked.doubtful.add("lot_open")
	for name, (balance, seq, last_hash) in wallets.items():
		yield from audits[name].close(Stored(balance, seq, last_hash, lots.get(name, {})))
		yield from check.close(name, audits[name].seq)


def _wallets(company: str | None) -> Iterator[dict[str, tuple]]:
	"""Yield name -> (balance, last seq, last hash) in portions."""
	last = ""
	while wallets := _read(
		f"kind = 'Wallet' and name > %s {'and company = %s' if company else ''} order by name limit %s",
		(last, company, WALLETS_AT_ONCE) if company else (last, WALLETS_AT_ONCE),
	):
		yield wallets
		last = list(wallets)[-1]


def _read(condition: str, values: tuple) -> dict[str, tuple]:
	rows = frappe.db.sql(
		f"select name, balance, last_seq, last_hash from `tabPoints Account` where {condition}", values
	)
	return {name: stored for name, *stored in rows}


def _entries(accounts: list[str]) -> Iterator[tuple]:
	"""Yield the entries of these wallets, wallet by wallet; each query starts where the last one stopped."""
	while accounts:
		# the second condition leaves out what only the collation takes for one of these names
		rows = _page("account in %s and binary account in %s", (tuple(accounts), tuple(accounts)))
		yield from rows
		if len(rows) < ENTRIES_AT_ONCE:
			return
		account, seq = rows[-1][1], rows[-1][2]
		while len(rows) == ENTRIES_AT_ONCE:
			rows = _page("account = %s and binary account = %s and seq > %s", (account, account, seq))
			yield from rows
			seq = rows[-1][2] if rows else seq
		accounts = accounts[accounts.index(account) + 1 :]


def _page(condition: str, values: tuple) -> tuple:
	return frappe.db.sql(
		f"""select {journal.ENTRY_FIELDS}, entry_hash from `tabPoints Ledger Entry`
		where {condition} order by account, seq limit {ENTRIES_AT_ONCE}""",
		values,
	)


def _lots(audits: dict[str, WalletAudit]) -> tuple[dict[str, dict[str, KeptLot]], bool]:
	"""Read the stored lots, and say whether each is known to be open where it holds points.

	Those of a wallet that are written as its entries say are not read one by one.
	"""
	# no name with a space or comma, and no NULL, can make other rows look the same: their number is compared, too
	written = frappe.db.sql(
		"""select account, count(*), group_concat(
			concat(name, ' ', seq, ' ', expires_on, ' ', points, ' ', remaining, ' ', is_open) order by seq, name)
		from `tabPoints Lot` where account in %s group by account""",
		(tuple(audits),),
	)
	as_they_should = {
		account: audits[account].lots
		for account, rows, text in written
		if account in audits and rows == len(audits[account].lots) and text == _written(audits[account].lots)
	}
	others = tuple(audits.keys() - as_they_should.keys())
	one_by_one = _lots_one_by_one(others) if others else {}
	return as_they_should | one_by_one, not one_by_one


def _written(lots: dict[str, KeptLot]) -> str:
	"""Write lots as the query does: they were brought in the order of their entries."""
	return ",".join(
		[f"{name} {lot[0]} {lot[1]} {lot[2]} {lot[3]} {1 if lot[3] > 0 else 0}" for name, lot in lots.items()]
	)


def _lots_one_by_one(accounts: tuple[str, ...]) -> dict[str, dict[str, KeptLot]]:
	lots: dict[str, dict[str, KeptLot]] = {}
	rows = frappe.db.sql(
		"select account, name, seq, expires_on, points, remaining from `tabPoints Lot` where account in %s",
		(accounts,),
	)
	for account, name, *lot in rows:
		lots.setdefault(account, {})[name] = KeptLot(*lot)
	return lots
