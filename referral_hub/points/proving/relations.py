"""What holds between the rows of the ledger, and between it and the rewards it paid. Called by `verify` only.

Every query names the rows that break its rule, and finds none in a sound ledger. Rewards are only read here: an entry cut
off together with everything that follows from it is still named by the reward it paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import frappe

from referral_hub.people import employments
from referral_hub.points.accounts import BETWEEN_COMPANIES
from referral_hub.points.rules.audit import Finding
from referral_hub.points.rules.chain import GENESIS
from referral_hub.points.rules.lots import NEVER
from referral_hub.rewards.rules.states import CONFIRMED, PAID

MOST_FINDINGS = 1000


# most entries are against a counter account; these need no look at the accounts themselves
NOT_PLAIN = "(entry.twin is not null or entry.counter not in %(counters)s)"
ENTRY, LOT = "Points Ledger Entry", "Points Lot"
# whoever has walked all wallets and counted what belongs to them knows the answer when nothing else is there, and none of what
# they walked was doubtful
WALKED = {
	"no_wallet": ENTRY,
	"no_counter": ENTRY,
	"twin": ENTRY,
	"between": ENTRY,
	"source": ENTRY,
	"lot_orphan": LOT,
	"lot_open": LOT,
}

RELATIONS = {
	"no_wallet": """select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		left join `tabPoints Account` wallet on wallet.name = entry.account and wallet.kind = 'Wallet'
		where (wallet.name is null or binary wallet.name <> entry.account)""",
	"no_counter": f"""select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		straight_join `tabPoints Account` wallet on wallet.name = entry.account
		left join `tabPoints Account` counter on counter.name = entry.counter
		where {NOT_PLAIN} and (counter.name is null or counter.name = entry.account)""",
	"reversal": """select entry.name as entry, entry.account, entry.reverses from `tabPoints Ledger Entry` entry
		join `tabPoints Account` wallet on wallet.name = entry.account
		left join `tabPoints Ledger Entry` undone on undone.name = entry.reverses
		where entry.reverses is not null and (undone.name is null or undone.direction = entry.direction
			or undone.counter <> entry.counter or undone.points < entry.points or undone.reverses is not null)""",
	"twin": f"""select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		straight_join `tabPoints Account` wallet on wallet.name = entry.account
		join `tabPoints Account` counter on counter.name = entry.counter
		left join `tabPoints Ledger Entry` twin on twin.name = entry.twin
		where {NOT_PLAIN} and ((counter.kind in ('Wallet', '{BETWEEN_COMPANIES}')) <> (entry.twin is not null)
			or (entry.twin is not null and (twin.name is null or twin.twin <> entry.name
			or (counter.kind = 'Wallet' and (twin.account <> entry.counter or twin.counter <> entry.account))
			or twin.points <> entry.points or twin.direction = entry.direction)))""",
	# each half stands in the books of its own company, and what comes keeps the last day of what left
	"between": f"""select entry.name as entry, entry.account from `tabPoints Ledger Entry` entry
		straight_join `tabPoints Account` wallet on wallet.name = entry.account
		straight_join `tabPoints Account` counter on counter.name = entry.counter
		left join `tabPoints Ledger Entry` twin on twin.name = entry.twin
		left join `tabPoints Account` other on other.name = twin.counter
		where {NOT_PLAIN} and counter.kind = '{BETWEEN_COMPANIES}' and (counter.company <> wallet.company
			or not other.kind <=> counter.kind
			or (entry.direction = 'In' and exists (select 1 from `tabPoints Lot` lot where lot.account = twin.account
				and locate(concat('"', lot.name, '"'), twin.lots) > 0
				and lot.expires_on <> ifnull(entry.expires_on, '{NEVER}'))))""",
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
	"aside": """select wallet.name as account, wallet.employee from `tabPoints Account` wallet
		where wallet.kind = 'Wallet' and wallet.slot > '' and wallet.employee > ''
			and ifnull(wallet.merged_into, '') = ''""",
	"counter": f"""select wallet.name as account from `tabPoints Account` wallet
		where wallet.kind <> 'Wallet' and (wallet.balance <> 0 or wallet.last_seq <> 0
			or ifnull(wallet.last_hash, '') <> '{GENESIS}')""",
}

# Attempts count from 1, and each brings one entry at most: a revived reward is paid again, and its earlier entries stay.
REWARDS = {
	"reward_unpaid": f"""select reward.name as reward, ifnull(reward.payout_name, '') as entry
		from `tabReferral Reward` reward
		left join `tabPoints Ledger Entry` entry on entry.name = reward.payout_name
		left join `tabPoints Ledger Entry` undoing on undoing.reverses = entry.name
		where reward.state in ('{PAID}', '{CONFIRMED}')
			and (reward.kind = 'Points' or reward.payout_doctype = 'Points Ledger Entry')
			and (entry.name is null or not reward.payout_doctype <=> 'Points Ledger Entry' or entry.direction <> 'In'
				or entry.points <> truncate(reward.amount, 0) or undoing.name is not null
				or not entry.source_doctype <=> 'Referral Reward' or not binary entry.source_name <=> reward.name)
			{{of_company}} limit {MOST_FINDINGS}""",
	"reward_other": f"""select min(entry.name) as entry, entry.account, entry.source_name as reward
		from `tabPoints Ledger Entry` entry
		join `tabPoints Account` counter on counter.name = entry.counter and counter.kind = 'Issuance'
		left join `tabReferral Reward` reward on reward.name = entry.source_name
		left join `tabPoints Ledger Entry` undoing on undoing.reverses = entry.name
		where entry.source_doctype = 'Referral Reward' and entry.direction = 'In' and undoing.name is null
			and entry.name <> ifnull(reward.payout_name, '') {{of_company}}
		group by entry.account, entry.source_name, reward.attempt
		having reward.attempt is null or count(*) >= reward.attempt limit {MOST_FINDINGS}""",
}


@dataclass
class Walked:
	"""What was seen of the entries and lots of all wallets: how many, and which rules some of them may break.

	`counters`: the accounts that plain entries are against. What is doubtful here is judged by the query of its rule.
	"""

	counters: frozenset[str]
	entries: int = 0
	lots: int = 0
	doubtful: set[str] = field(default_factory=set)

	def see(
		self, counter: str | None, twin: str | None, source_doctype: str | None, source: str | None
	) -> None:
		self.entries += 1
		if twin is not None or counter not in self.counters:
			self.doubtful |= {"no_counter", "twin", "between"}
		# a name of marks alone may be none to the database
		if source_doctype and not (source or "")[:1].isalnum():
			self.doubtful.add("source")

	def prove(self, rule: str, there: dict[str, int]) -> bool:
		"""Say that a rule holds of every row there is. `there`: DocType -> how many rows it has."""
		seen = {ENTRY: self.entries, LOT: self.lots}
		return rule in WALKED and rule not in self.doubtful and seen[WALKED[rule]] == there[WALKED[rule]]


def begin_walk() -> Walked:
	return Walked(frozenset(_counters()) - {""})


def findings(
	company: str | None, since: date | None = None, walked: Walked | None = None
) -> Iterator[Finding]:
	"""Check what holds between rows: every query names the rows that break its rule, and finds none in a sound ledger.

	`since`: only rows written on that day or after; `walked`: what was seen, where all wallets were walked.
	"""
	values = {"company": company, "since": since, "counters": _counters()}
	of_company = "and wallet.company = %(company)s" if company else ""
	there = {doctype: frappe.db.count(doctype) for doctype in (ENTRY, LOT)} if walked else {}
	for rule, query in RELATIONS.items():
		if walked and walked.prove(rule, there):
			continue
		table = query.split()[1].partition(".")[0]  # the one whose rows are named
		condition = of_company + _written_since(table, since)
		for row in frappe.db.sql(f"{query} {condition} limit {MOST_FINDINGS}", values, as_dict=True):
			yield Finding(rule, row)
	yield from _sources(company, since)
	yield from _rewards(company, since)


def _counters() -> tuple[str, ...]:
	"""Name the counter accounts whose entries stand alone: what is between companies has another half."""
	return (
		*frappe.db.sql_list(
			"select name from `tabPoints Account` where employee = '' and kind not in ('Wallet', %s)",
			BETWEEN_COMPANIES,
		),
		"",
	)


def _written_since(table: str, since: date | None) -> str:
	return f" and {table}.modified >= %(since)s" if since else ""


def _sources(company: str | None, since: date | None) -> Iterator[Finding]:
	"""A document that earned points names the employee whose wallet they went to, through renames and merges alike.

	Of one person's records each will do: what is earned again after a transfer is paid to another wallet than before.
	"""
	written = _written_since("entry", since)
	values = {"company": company, "since": since}
	for doctype in frappe.db.sql_list(
		f"select distinct source_doctype from `tabPoints Ledger Entry` entry where source_doctype > '' {written}",
		values,
	):
		if not _names_an_employee(doctype):
			continue
		rows = frappe.db.sql(
			f"""select entry.name as entry, entry.account, wallet.employee, source.employee as named
			from `tabPoints Ledger Entry` entry
			join `tabPoints Account` wallet on wallet.name = entry.account
			join `tabPoints Account` counter on counter.name = entry.counter and counter.kind = 'Issuance'
			join `tab{doctype}` source on source.name = entry.source_name
			where entry.source_doctype = %(doctype)s and wallet.employee > '' and source.employee <> wallet.employee
			{"and wallet.company = %(company)s" if company else ""} {written} limit {MOST_FINDINGS}""",
			values | {"doctype": doctype},
			as_dict=True,
		)
		yield from (Finding("owner", row) for row in rows if not _are_one(row.employee, row.named))


def _are_one(one: str, other: str | None) -> bool:
	return bool(other) and employments.are_one(one, other)


def _rewards(company: str | None, since: date | None) -> Iterator[Finding]:
	"""A reward handed over has its entry; an entry that was issued for a reward is the one that reward names."""
	of_company = {
		"reward_unpaid": "and reward.company = %(company)s",
		"reward_other": "and counter.company = %(company)s",
	}
	values = {"company": company, "since": since}
	for rule, query in REWARDS.items():
		written = _written_since("entry", since)
		if since and rule == "reward_unpaid":
			written = " and (reward.modified >= %(since)s or undoing.modified >= %(since)s)"
		condition = (of_company[rule] if company else "") + written
		for row in frappe.db.sql(query.format(of_company=condition), values, as_dict=True):
			yield Finding(rule, row)


def _names_an_employee(doctype: str) -> bool:
	"""Tell whether documents of a type have an employee and a table: raw SQL may have left any word there."""
	if not frappe.db.table_exists(doctype) or not frappe.db.exists("DocType", doctype):
		return False
	field = frappe.get_meta(doctype).get_field("employee")
	return bool(field and field.options == "Employee")
