"""Proves every invariant of the ledger on the data as it stands, in chunks, and says in words what is broken.

Called by `bench hub-verify`, and through `service.verify` by tests and other apps. It only reads. All its plain reads
see one moment, the snapshot of the transaction it runs in, so people can go on posting meanwhile.
"""

from collections.abc import Iterator
from itertools import islice

import frappe

from referral_hub.points import heads_file, journal, seals
from referral_hub.points.findings import in_words
from referral_hub.points.head_check import HeadCheck
from referral_hub.points.rules import stored
from referral_hub.points.rules.audit import Finding, Stored, WalletAudit
from referral_hub.points.rules.lots import Lot

WALLETS_AT_ONCE = 200
ENTRIES_AT_ONCE = 5000
MOST_FINDINGS = 1000


def verify(company: str | None = None) -> list[str]:
	"""Return every broken invariant in words, of one company or of all; empty when the ledger is sound."""
	kept = heads_file.read()  # before the first query: what is kept later can't be missing from the snapshot
	check = HeadCheck(kept)
	found = list(islice(_all_findings(check, company), MOST_FINDINGS))
	if len(found) == MOST_FINDINGS:
		found.append(Finding("more", {"count": MOST_FINDINGS}))
	return in_words([*kept.findings, *check.summary(), *found])


def _all_findings(check: HeadCheck, company: str | None) -> Iterator[Finding]:
	seen: set[str] = set()
	for wallets in _wallets(company):
		seen.update(wallets)
		yield from _audit(wallets, check)
	yield from seals.findings(company, other_key_is_one=check.has_heads)
	yield from _relations(company)
	if not company:
		yield from check.missing(seen)


def _audit(wallets: dict[str, tuple], check: HeadCheck) -> Iterator[Finding]:
	"""Walk the entries of some wallets once, in the order of their chains."""
	lots = _open_lots(list(wallets))
	audits = {name: WalletAudit(name) for name in wallets}
	for *row, entry_hash in _entries(list(wallets)):
		name, account, seq, _direction, _points, balance_after = row[:6]
		try:
			audits[account].see(stored.as_entry(row), entry_hash)
		except stored.Unreadable as error:
			audits[account].skip(name, seq, balance_after, entry_hash, error.column)
		check.see(account, seq, entry_hash)
	for name, (balance, seq, last_hash) in wallets.items():
		yield from audits[name].close(Stored(balance, seq, last_hash, lots.get(name, {})))
		yield from check.close(name, audits[name].seq)


def _wallets(company: str | None) -> Iterator[dict[str, tuple]]:
	"""Yield name -> (balance, last seq, last hash) in portions."""
	last = ""
	while True:
		rows = frappe.db.sql(
			f"""select name, balance, last_seq, last_hash from `tabPoints Account`
			where kind = 'Wallet' and name > %s {"and company = %s" if company else ""} order by name limit %s""",
			(last, company, WALLETS_AT_ONCE) if company else (last, WALLETS_AT_ONCE),
		)
		if not rows:
			return
		yield {name: (balance, seq, last_hash) for name, balance, seq, last_hash in rows}
		last = rows[-1][0]


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


def _open_lots(accounts: list[str]) -> dict[str, dict[str, Lot]]:
	lots: dict[str, dict[str, Lot]] = {}
	rows = frappe.db.sql(
		"""select account, name, seq, expires_on, remaining from `tabPoints Lot`
		where account in %s and (is_open = 1 or remaining <> 0)""",
		(tuple(accounts),),
	)
	for account, *lot in rows:
		lots.setdefault(account, {})[lot[0]] = Lot(*lot)
	return lots


def _relations(company: str | None) -> Iterator[Finding]:
	"""Check what holds between rows: every query names the rows that break its rule, and finds none in a sound ledger."""
	for rule, query in RELATIONS.items():
		of_company = "and wallet.company = %(company)s" if company else ""
		for row in frappe.db.sql(
			f"{query} {of_company} limit {MOST_FINDINGS}", {"company": company}, as_dict=True
		):
			yield Finding(rule, row)
	yield from _sources(company)


RELATIONS = {
	"no_wallet": """select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		left join `tabPoints Account` wallet on wallet.name = entry.account and wallet.kind = 'Wallet'
		where (wallet.name is null or binary wallet.name <> entry.account)""",
	"no_counter": """select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		join `tabPoints Account` wallet on wallet.name = entry.account
		left join `tabPoints Account` counter on counter.name = entry.counter
		where (counter.name is null or counter.name = entry.account)""",
	"reversal": """select entry.name as entry, entry.account, entry.reverses from `tabPoints Ledger Entry` entry
		join `tabPoints Account` wallet on wallet.name = entry.account
		left join `tabPoints Ledger Entry` undone on undone.name = entry.reverses
		where entry.reverses is not null and (undone.name is null or undone.direction = entry.direction
			or undone.counter <> entry.counter or undone.points < entry.points or undone.reverses is not null)""",
	"twin": """select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		join `tabPoints Account` wallet on wallet.name = entry.account
		join `tabPoints Account` counter on counter.name = entry.counter
		left join `tabPoints Ledger Entry` twin on twin.name = entry.twin
		where (counter.kind = 'Wallet') <> (entry.twin is not null) or (entry.twin is not null and
			(twin.name is null or twin.twin <> entry.name or twin.account <> entry.counter or twin.counter <> entry.account
			or twin.points <> entry.points or twin.direction = entry.direction))""",
	"source": """select entry.name as entry, entry.account, entry.source_doctype as doctype
		from `tabPoints Ledger Entry` entry join `tabPoints Account` wallet on wallet.name = entry.account
		where entry.source_doctype > '' and ifnull(entry.source_name, '') = ''""",
	"lot_orphan": """select lot.name as lot, lot.account from `tabPoints Lot` lot
		left join `tabPoints Account` wallet on wallet.name = lot.account and wallet.kind = 'Wallet'
		where (wallet.name is null or binary wallet.name <> lot.account)""",
	"lot_open": """select lot.name as lot, lot.account from `tabPoints Lot` lot
		join `tabPoints Account` wallet on wallet.name = lot.account
		where lot.is_open <> (lot.remaining > 0)""",
	"merged": """select wallet.name as account from `tabPoints Account` wallet
		where wallet.merged_into > '' and (wallet.balance <> 0 or wallet.slot = '')""",
}


def _sources(company: str | None) -> Iterator[Finding]:
	"""A document that earned points names the employee whose wallet they went to, through renames and merges alike."""
	for doctype in frappe.db.sql_list(
		"select distinct source_doctype from `tabPoints Ledger Entry` where source_doctype > ''"
	):
		if not _names_an_employee(doctype):
			continue
		rows = frappe.db.sql(
			f"""select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
			join `tabPoints Account` wallet on wallet.name = entry.account
			join `tabPoints Account` counter on counter.name = entry.counter and counter.kind = 'Issuance'
			join `tab{doctype}` source on source.name = entry.source_name
			where entry.source_doctype = %(doctype)s and wallet.employee > '' and source.employee <> wallet.employee
			{"and wallet.company = %(company)s" if company else ""} limit {MOST_FINDINGS}""",
			{"doctype": doctype, "company": company},
			as_dict=True,
		)
		yield from (Finding("owner", row) for row in rows)


def _names_an_employee(doctype: str) -> bool:
	"""Tell whether documents of a type have an employee and a table: raw SQL may have left any word there."""
	if not frappe.db.table_exists(doctype) or not frappe.db.exists("DocType", doctype):
		return False
	field = frappe.get_meta(doctype).get_field("employee")
	return bool(field and field.options == "Employee")
