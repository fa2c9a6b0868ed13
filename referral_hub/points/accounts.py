"""Points accounts: finds, opens and locks them. Called by the other files of this slice only.

A wallet belongs to (employee, company); UNIQUE (employee, company, slot) allows one with an empty slot, which is the
one in use. A counter account (Issuance of a program, Shop, Expiry, Adjustment, Clawback, Between Companies) is never locked
nor updated: its balance is the sum of its entries, so thousands can post against it at once.
"""

from collections.abc import Collection
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import now

from referral_hub.points import seals
from referral_hub.points.database import is_duplicate
from referral_hub.points.errors import InvalidPoints, UnknownWallet, refuse
from referral_hub.points.rules.chain import digest
from referral_hub.points.rules.seal import EMPTY

WALLET = "Wallet"
ISSUANCE, SHOP, EXPIRY, ADJUSTMENT, CLAWBACK = "Issuance", "Shop", "Expiry", "Adjustment", "Clawback"
COUNTERS = (ISSUANCE, SHOP, EXPIRY, ADJUSTMENT, CLAWBACK)
# no member of COUNTERS, so nobody posts against it: `moving.companies` alone writes both halves
BETWEEN_COMPANIES = "Between Companies"
NAME_LENGTH = 20  # hex digits: a collision is out of reach for billions of rows


@dataclass(frozen=True)
class Wallet:
	"""A locked wallet: what it holds and where its chain stands."""

	name: str
	employee: str
	company: str
	balance: int
	seq: int
	hash: str
	labels: tuple  # as they are sealed
	other_key: str | None  # the key that its seal could not be judged under


@dataclass(frozen=True)
class Counter:
	"""The other side of a transfer; `program` tells one issuance from another."""

	kind: str
	program: str = ""


def issuance(program: str | None) -> Counter:
	"""Name the account that issues the points of a referral program."""
	return Counter(ISSUANCE, program or "")


def random_name() -> str:
	return frappe.generate_hash(length=NAME_LENGTH)


def company_of(employee: str) -> str:
	"""Return the company an employee works for."""
	company = frappe.db.get_value("Employee", employee, "company") if employee else None
	if not company:
		refuse(UnknownWallet(_("There is no employee {0}, so there is no wallet.").format(employee)))
	return company


def find(employee: str, company: str, lock: bool = False) -> str | None:
	"""Return the wallet in use; with `lock` as it is now, not as this transaction first saw it."""
	rows = frappe.db.sql(
		f"""select name from `tabPoints Account`
		where employee = %s and company = %s and slot = ''{" for update" if lock else ""}""",
		(employee, company),
	)
	return rows[0][0] if rows else None


def find_or_none(employee: str, company: str) -> str | None:
	"""Return the wallet in use, also when it was opened after this transaction began."""
	return find(employee, company) or find(employee, company, lock=True)


def find_or_open(employee: str, company: str) -> str:
	"""Return the wallet in use, opening it when this is its first entry."""
	return find(employee, company) or open_wallet(employee, company)


def lock(name: str) -> Wallet:
	"""Lock a wallet, or the one it was merged into."""
	row = frappe.db.sql(
		f"select {seals.COLUMNS}, seal from `tabPoints Account` where name = %s and kind = 'Wallet' for update",
		name,
	)
	if not row:
		refuse(UnknownWallet(_("There is no wallet {0}.").format(name)))
	wallet, _slot, merged_into = as_wallet(row[0])
	return lock(merged_into) if merged_into else wallet


def as_wallet(row: tuple) -> tuple[Wallet, str, str | None]:
	"""Read a locked row of what is sealed, and its seal: the wallet, its slot, what it was merged into.

	Refuses a row that was changed behind the ledger's back.
	"""
	*values, seal = row
	*labels, balance, seq, last_hash = values
	name, _kind, employee, company, _program, slot, merged_into = labels
	other_key = seals.other_key_of(tuple(values), seal)
	wallet = Wallet(name, employee, company, balance, seq, last_hash, tuple(labels), other_key)
	return wallet, slot, merged_into


def lock_both(first: str, second: str) -> tuple[Wallet, Wallet]:
	"""Lock two wallets in one order, whoever asks, so that two transfers never wait for each other."""
	locked = {name: lock(name) for name in sorted((first, second))}
	return locked[first], locked[second]


def lock_rows(employees: Collection[str], company: str) -> None:
	"""Lock the wallets in use of these employees, in the order of `lock_both`. One that contradicts itself is not refused for that."""
	names = frappe.db.sql_list(
		"select name from `tabPoints Account` where employee in %s and company = %s and slot = ''",
		(tuple(employees), company),
	)
	for name in sorted(names):
		frappe.db.sql("select 1 from `tabPoints Account` where name = %s for update", name)


def counter_account(counter: Counter, company: str) -> str:
	"""Return the counter account of a company, making it when it is new."""
	((name,),) = frappe.db.sql(
		"""select min(name) from `tabPoints Account`
		where employee = '' and company = %s and kind = %s and program = %s""",
		(company, counter.kind, counter.program),
	)
	return name or open_counter(counter, company)


def counter_of(account: str) -> tuple[Counter, str]:
	"""Return what a counter account is, and its company."""
	kind, program, company = frappe.db.sql(
		"select kind, program, company from `tabPoints Account` where name = %s lock in share mode", account
	)[0]
	return Counter(kind, program), company


def open_wallet(employee: str, company: str) -> str:
	"""Open a wallet. The lock on the Employee lets one process do it, and lets a merge of the two wait."""
	found = frappe.db.sql("select name from `tabEmployee` where name = %s for update", employee)
	if not found:
		refuse(UnknownWallet(_("There is no employee {0}, so there is no wallet.").format(employee)))
	if not frappe.db.exists("Company", company):
		refuse(UnknownWallet(_("There is no company {0}.").format(company)))
	name = random_name()
	try:
		insert_account(name=name, kind=WALLET, employee=found[0][0], company=company, program="", slot="")
	except Exception as error:
		if not is_duplicate(error):
			raise
		return find(employee, company, lock=True)
	return name


def open_counter(counter: Counter, company: str) -> str:
	"""Make a counter account. Its name follows from what it is, so two processes can't make two."""
	name = digest(f"{counter.kind}\n{company}\n{counter.program}")[:NAME_LENGTH]
	labels = {"kind": counter.kind, "employee": "", "company": company, "program": counter.program}
	try:
		insert_account(name=name, slot=name, **labels)
	except Exception as error:
		if not is_duplicate(error):
			raise
		if counter_of(name) != (counter, company):  # a renamed company or program holds that name
			name = random_name()
			insert_account(name=name, slot=name, **labels)
	return name


def insert_account(*, name: str, kind: str, employee: str, company: str, program: str, slot: str) -> None:
	at, by = now(), frappe.session.user
	labels = (name, kind, employee, company, program, slot, None)
	values = (at, at, by, by, *labels, *EMPTY, seals.seal_of(labels))
	frappe.db.sql(
		f"""insert into `tabPoints Account` (creation, modified, owner, modified_by, {seals.COLUMNS}, seal)
		values ({", ".join(["%s"] * len(values))})""",
		values,
	)


def as_counter(counter: "str | Counter") -> Counter:
	"""Accept a Counter, or the plain kind of one."""
	asked = Counter(counter) if isinstance(counter, str) else counter
	if not isinstance(asked, Counter) or asked.kind not in COUNTERS:
		refuse(
			InvalidPoints(
				_("{0} is no counter account; use one of {1}.").format(counter, ", ".join(COUNTERS))
			)
		)
	return asked
