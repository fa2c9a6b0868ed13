"""Whatever is changed by raw SQL is found, also when the chain was recomputed after it."""

import json
from dataclasses import replace

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from points_attacker import chain, rewrite

from referral_hub.points import checkup, heads, heads_file, journal, seals, service
from referral_hub.points.accounts import issuance
from referral_hub.points.errors import LedgerBroken
from referral_hub.points.rules.chain import next_hash
from referral_hub.points.rules.lots import Take


@pytest.fixture(autouse=True)
def heads_path(tmp_path, monkeypatch):
	"""A file of heads for this test alone."""
	monkeypatch.setattr(heads_file, "path", lambda: tmp_path / "points-heads.jsonl")
	return tmp_path / "points-heads.jsonl"


@pytest.fixture
def wallet():
	"""A wallet of five entries: 100, 50 until soon, -70, back again, -20."""
	employee = hr.make_employee().name
	service.post(employee, 100, "Issuance", hr.unique("key"), source=("Employee", employee))
	service.post(employee, 50, "Issuance", hr.unique("key"), expires_on=add_days(today(), 9))
	service.reverse(service.post(employee, -70, "Shop", hr.unique("key")), hr.unique("undo"))
	service.post(employee, -20, "Shop", hr.unique("key"))
	return frappe.db.get_value("Points Account", {"employee": employee})


def keep() -> str | None:
	"""Keep the heads as the daily task does after a commit; here nothing is committed."""
	frappe.db.transaction_writes = 0
	return heads.keep()


def entry(wallet: str, seq: int) -> str:
	return frappe.db.get_value("Points Ledger Entry", {"account": wallet, "seq": seq})


def tamper(statement: str, *values) -> None:
	frappe.db.sql(statement, values)


def test_an_untouched_ledger_is_sound(wallet):
	assert service.verify() == []
	assert service.verify(hr.COMPANY) == []


# the journal

SEAL = (
	"Account {account}: its kind, employee, company, program or state was changed outside the ledger, or the account"
	" was added by hand."
)
CHANGED = "Wallet {wallet}: entry {seq} ({entry}) was changed, or does not follow from the one before."


@pytest.mark.parametrize(
	("column", "value"),
	[
		("counter", "f" * 20),
		("key_hash", "f" * 64),
		("posted_on", "2020-01-01 10:00:00.000001"),
		("expires_on", "2999-01-01"),
		("reverses", "f" * 20),
		("twin", "f" * 20),
		("entry_hash", "f" * 64),
		("points", 51),
		("balance_after", 151),
		("direction", "Out"),
		("lots", '[["x", 50]]'),
	],
)
def test_a_changed_column_is_found(wallet, column, value):
	name = entry(wallet, 2)
	tamper(f"update `tabPoints Ledger Entry` set {column} = %s where name = %s", value, name)
	assert CHANGED.format(wallet=wallet, seq=2, entry=name) in service.verify()


def test_a_renamed_entry_is_found(wallet):
	tamper("update `tabPoints Ledger Entry` set name = 'other' where name = %s", entry(wallet, 2))
	assert CHANGED.format(wallet=wallet, seq=2, entry="other") in service.verify()


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_a_removed_entry_is_found(wallet, seq):
	tamper("delete from `tabPoints Ledger Entry` where name = %s", entry(wallet, seq))
	assert f"Wallet {wallet}: entry {seq} is missing; entry {seq + 1} follows instead." in service.verify()


def test_a_removed_last_entry_is_found(wallet):
	tamper("delete from `tabPoints Ledger Entry` where name = %s", entry(wallet, 5))
	found = service.verify()
	assert f"Wallet {wallet}: the stored balance is 130, its entries add up to 150." in found
	assert f"Wallet {wallet}: the stored last entry is 5, the journal ends with entry 4." in found


def test_an_added_entry_is_found(wallet):
	tamper(
		"""insert into `tabPoints Ledger Entry` (name, account, seq, direction, points, balance_after, counter, key_hash,
		posted_on, lots, entry_hash) select 'added', account, 6, 'In', 1000, 1130, counter, %s, posted_on, '[]', %s
		from `tabPoints Ledger Entry` where name = %s""",
		"e" * 64,
		"e" * 64,
		entry(wallet, 1),
	)
	found = service.verify()
	assert CHANGED.format(wallet=wallet, seq=6, entry="added") in found
	assert f"Wallet {wallet}: the stored balance is 130, its entries add up to 1130." in found


def test_entries_that_swapped_places_are_found(wallet):
	first, second = entry(wallet, 1), entry(wallet, 2)
	for name, seq in ((first, -1), (second, 1), (first, 2)):
		tamper("update `tabPoints Ledger Entry` set seq = %s where name = %s", seq, name)
	found = service.verify()
	assert CHANGED.format(wallet=wallet, seq=1, entry=second) in found
	assert CHANGED.format(wallet=wallet, seq=2, entry=first) in found


def test_an_entry_moved_to_another_wallet_is_found(wallet):
	other = hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	thief = frappe.db.get_value("Points Account", {"employee": other})
	tamper(
		"update `tabPoints Ledger Entry` set account = %s, seq = 2 where name = %s", thief, entry(wallet, 2)
	)
	found = " ".join(service.verify())
	assert f"Wallet {wallet}: entry 2 is missing" in found
	assert f"Wallet {thief}: entry 2" in found


# what is stored beside it


def test_a_raised_balance_is_found(wallet):
	tamper("update `tabPoints Account` set balance = 5000 where name = %s", wallet)
	assert service.verify() == [f"Wallet {wallet}: the stored balance is 5000, its entries add up to 130."]


@pytest.mark.parametrize("change", ["last_seq = 4", "last_hash = '0'"])
def test_a_changed_head_is_found(wallet, change):
	tamper(f"update `tabPoints Account` set {change} where name = %s", wallet)
	stored = 4 if "seq" in change else 5
	assert service.verify() == [
		f"Wallet {wallet}: the stored last entry is {stored}, the journal ends with entry 5."
	]


@pytest.mark.parametrize("change", ["remaining = remaining + 1", "expires_on = '2999-01-01'", "seq = 9"])
def test_a_changed_lot_is_found(wallet, change):
	name = entry(wallet, 2)
	tamper(f"update `tabPoints Lot` set {change} where name = %s", name)
	found = service.verify()
	assert len(found) == 1
	assert found[0].startswith(f"Wallet {wallet}: lot {name} is stored with ")


def test_a_lot_that_is_hidden_from_spends_is_found(wallet):
	name = entry(wallet, 2)
	tamper("update `tabPoints Lot` set is_open = 0 where name = %s", name)
	assert service.verify() == [
		f"Wallet {wallet}: lot {name} is marked open or closed against what it holds."
	]


def test_a_removed_lot_is_found(wallet):
	name = entry(wallet, 1)
	tamper("delete from `tabPoints Lot` where name = %s", name)
	assert service.verify() == [
		f"Wallet {wallet}: lot {name} is stored with 0 left, its entries leave 100 (9999-12-31)."
	]


def test_a_removed_wallet_is_found(wallet):
	names = [entry(wallet, seq) for seq in range(1, 6)]
	tamper("delete from `tabPoints Account` where name = %s", wallet)
	found = service.verify()
	assert {f"Entry {name} belongs to wallet {wallet}, which does not exist." for name in names} < set(found)


def test_a_removed_counter_account_is_found(wallet):
	name = entry(wallet, 1)
	tamper(
		"delete from `tabPoints Account` where name = %s",
		frappe.db.get_value("Points Ledger Entry", name, "counter"),
	)
	assert f"Wallet {wallet}: entry {name} has no counter account." in service.verify()


def test_a_transfer_without_its_other_half_is_found(wallet):
	giver = frappe.db.get_value("Points Account", wallet, "employee")
	out = service.transfer(giver, hr.make_employee().name, 10, hr.unique("gift"))
	twin = frappe.db.get_value("Points Ledger Entry", out, "twin")
	taker = frappe.db.get_value("Points Ledger Entry", twin, "account")
	rewrite(taker, [])
	assert (
		f"Wallet {wallet}: entry {out} is one half of a transfer without its other half." in service.verify()
	)


def test_points_earned_by_somebody_else_are_found(wallet):
	"""Who owns a wallet is a label outside the chain; what it earned names the person too."""
	program = frappe.get_doc(doctype="Referral Program", program_name=hr.unique("Program")).insert()
	employee = frappe.db.get_value("Points Account", wallet, "employee")
	reward = frappe.new_doc("Referral Reward")
	reward.update({"name": hr.unique("reward"), "employee": employee, "program": program.name})
	reward.db_insert()
	name = service.post(employee, 10, "Issuance", hr.unique("key"), source=reward)
	assert service.verify() == []
	tamper("update `tabPoints Account` set employee = %s where name = %s", hr.make_employee().name, wallet)
	assert service.verify() == [
		SEAL.format(account=wallet),
		f"Wallet {wallet}: entry {name} was earned by somebody else than the wallet's owner.",
	]


# a recomputed chain


def double_the_first(wallet: str) -> None:
	first, *others = chain(wallet)
	rewrite(wallet, [replace(first, points=200), *others])


def test_the_attacker_knows_the_trade(wallet):
	"""Without heads a chain that is recomputed with everything that follows from it can't be told from a true one."""
	double_the_first(wallet)
	assert service.verify() == []


def test_a_recomputed_chain_is_found_by_the_heads(wallet):
	keep()
	double_the_first(wallet)
	sentence = (
		f"Wallet {wallet}: entry 5 is not the one kept on {today()}; the ledger agrees with the heads up to entry 0:"
		" the chain was recomputed, or an older backup was restored and used."
	)
	assert sentence in service.verify()


def test_the_daily_task_does_not_whitewash_a_recomputed_chain(wallet):
	keep()
	double_the_first(wallet)
	employee = frappe.db.get_value("Points Account", wallet, "employee")
	service.post(employee, 1, "Issuance", hr.unique("key"))
	assert keep() is None
	assert f"Wallet {wallet}: entry 5 is not the one kept" in " ".join(service.verify())


def test_a_recomputed_chain_without_its_last_entry_is_found(wallet):
	keep()
	rewrite(wallet, chain(wallet)[:-1])
	found = service.verify()
	assert found[1] == (
		f"Wallet {wallet}: entry 5 was kept on {today()}, the ledger ends with entry 4:"
		" restored to entry 4 from an older backup, or cut off."
	)


def test_a_lie_with_correct_hashes_is_found_without_heads(wallet):
	"""Taking more from a lot than it held can't be hidden by recomputing hashes."""
	entries = chain(wallet)
	entries[-1] = replace(
		entries[-1], lots=(Take(entries[1].name, 20), Take(entries[0].name, 200)), points=220
	)
	rewrite(wallet, entries)
	assert f"Wallet {wallet}: entry 5 ({entries[-1].name}) takes the balance below zero." in service.verify()


def test_a_wallet_that_was_kept_and_is_gone_is_found(wallet):
	keep()
	rewrite(wallet, [])
	tamper("delete from `tabPoints Account` where name = %s", wallet)
	assert f"Wallet {wallet}: entry 5 was kept on {today()}, the wallet is gone." in service.verify()


# a restore


def restored(wallet: str, until: int) -> None:
	"""What restoring an older backup does to a wallet."""
	rewrite(wallet, chain(wallet)[:until])


def test_a_restored_backup_says_to_which_entry(wallet):
	keep()
	restored(wallet, 2)
	assert service.verify() == [
		"1 wallets are behind the heads kept outside the database. If an older backup was restored, an administrator"
		" accepts that once with: bench --site SITE hub-verify --accept-restore",
		f"Wallet {wallet}: entry 5 was kept on {today()}, the ledger ends with entry 2:"
		" restored to entry 2 from an older backup, or cut off.",
	]


def test_a_restored_backup_that_was_used_says_where_it_left_the_old_road(wallet):
	employee = frappe.db.get_value("Points Account", wallet, "employee")
	keep()
	service.post(employee, 1, "Issuance", hr.unique("key"))
	keep()
	restored(wallet, 5)
	(
		service.post(employee, 2, "Issuance", hr.unique("key")),
		service.post(employee, 3, "Issuance", hr.unique("key")),
	)
	assert "entry 6 is not the one kept" in service.verify()[1]
	assert "agrees with the heads up to entry 5" in service.verify()[1]


def test_an_accepted_restore_is_sound_again_and_stays_on_record(wallet):
	keep()
	restored(wallet, 2)
	assert heads.accept_restore(by="root") == 1
	assert service.verify() == []
	assert any("by root: 1 wallets went back to earlier entries" in notice for notice in heads.notices())
	employee = frappe.db.get_value("Points Account", wallet, "employee")
	service.post(employee, 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == []
	assert heads.accept_restore(by="root") == 0
	double_the_first(wallet)
	assert len(service.verify()) == 2


def test_a_wallet_younger_than_the_backup_can_be_accepted_as_gone(wallet):
	keep()
	rewrite(wallet, [])
	tamper("delete from `tabPoints Account` where name = %s", wallet)
	assert heads.accept_restore(by="root") == 1
	assert service.verify() == []


def test_the_command_says_it_all(wallet):
	keep()
	restored(wallet, 2)
	said = []
	assert checkup.run(company=None, digest=None, accept_restore=False, say=said.append) is True
	assert said[-1] == "2 findings."
	with pytest.raises(AssertionError, match="This test commits"):  # the command may; this test may not
		checkup.run(company=None, digest=None, accept_restore=True, say=said.append)
	said.clear()
	assert checkup.run(company=None, digest=None, accept_restore=False, say=said.append) is False
	assert said[-1] == "The points ledger is sound."


def test_a_misspelled_company_is_not_called_sound(wallet):
	said = []
	assert checkup.run(company="No Such Ltd", digest=None, accept_restore=False, say=said.append) is True
	assert said[-2:] == ["There is no wallet of a company No Such Ltd.", "1 findings."]


# the file of heads


def test_without_heads_the_ledger_is_sound_and_says_so(wallet):
	assert service.verify() == []
	assert heads.notices() == [
		"No heads to compare: none were kept on this site yet, or it was restored on a new one."
	]


def test_heads_are_kept_of_wallets_that_moved_only(wallet, heads_path):
	keep()
	assert keep() is None
	other = hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	keep()
	newest = json.loads(heads_path.read_text().splitlines()[-1])
	assert list(newest["heads"]) == [frappe.db.get_value("Points Account", {"employee": other})]


def test_heads_are_kept_of_what_is_committed(wallet):
	with pytest.raises(frappe.ValidationError, match="commit first"):
		heads.keep()


def test_the_file_says_nothing_personal(wallet, heads_path):
	keep()
	employee = frappe.get_doc("Employee", frappe.db.get_value("Points Account", wallet, "employee"))
	assert not any(
		word in heads_path.read_text() for word in (employee.name, employee.first_name, hr.COMPANY)
	)


@pytest.mark.parametrize("what", ["changed", "removed", "added", "nonsense", "swapped"])
def test_a_file_that_was_edited_is_found(wallet, heads_path, what):
	employee = frappe.db.get_value("Points Account", wallet, "employee")
	for _day in range(3):
		service.post(employee, 1, "Issuance", hr.unique("key"))
		keep()
	one, two, three = heads_path.read_text().splitlines()
	edited = {
		"changed": [one, two.replace('"kind":"heads"', '"kind":"other"'), three],
		"removed": [one, three],
		"added": [one, two, two, three],
		"nonsense": [one, "nonsense", two, three],
		"swapped": [two, one, three],
	}[what]
	heads_path.write_text("\n".join(edited) + "\n")
	first = 1 if what == "swapped" else 3 if what == "added" else 2
	assert f"Line {first} of the file of daily heads was changed, added or removed." in service.verify()


def test_a_line_that_a_crash_left_unfinished_does_no_harm(wallet, heads_path):
	keep()
	whole = heads_path.read_text()
	heads_path.write_text(whole + '{"kind":"heads","at":"2026')
	assert service.verify() == []
	service.post(frappe.db.get_value("Points Account", wallet, "employee"), 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == []
	assert heads_path.read_text().startswith(whole)


def test_a_rewritten_file_does_not_know_the_mailed_digest(wallet, heads_path):
	mailed = keep()
	assert heads.knows_digest(mailed)
	double_the_first(wallet)
	heads_path.unlink()
	forged = keep()
	assert service.verify() == []
	assert heads.knows_digest(forged)
	assert not heads.knows_digest(mailed)
	said = []
	assert checkup.run(company=None, digest=mailed, accept_restore=False, say=said.append) is True
	assert f"The digest {mailed} is not in the file of daily heads: the file was rewritten." in said


def test_the_digest_is_mailed_to_the_hr_managers(wallet):
	manager = hr.make_hr_manager().name
	frappe.db.set_single_value("Referral Hub Settings", "send_email", 1)
	digest = keep()
	mail = frappe.get_last_doc("Email Queue")
	assert manager in {recipient.recipient for recipient in mail.recipients}
	assert digest in mail.message.replace("=\n", "").replace("=\r\n", "")


def test_no_mail_is_written_when_mail_is_off(wallet):
	hr.make_hr_manager()
	frappe.db.set_single_value("Referral Hub Settings", "send_email", 0)
	before = frappe.db.count("Email Queue")
	assert keep()
	assert frappe.db.count("Email Queue") == before


# in portions


def test_verifying_in_small_portions_finds_the_same(wallet, monkeypatch):
	from referral_hub.points import verify

	for _more in range(3):
		employee = hr.make_employee().name
		for number in range(1, 8):
			service.post(employee, number, "Issuance", hr.unique("key"))
	monkeypatch.setattr(verify, "WALLETS_AT_ONCE", 2)
	monkeypatch.setattr(verify, "ENTRIES_AT_ONCE", 3)
	assert service.verify() == []
	name = entry(wallet, 4)
	tamper("update `tabPoints Ledger Entry` set points = 71 where name = %s", name)
	assert CHANGED.format(wallet=wallet, seq=4, entry=name) in service.verify()


def test_the_hashes_are_those_of_the_documented_form(wallet):
	rows = frappe.db.sql(
		"select entry_hash from `tabPoints Ledger Entry` where account = %s order by seq", wallet
	)
	previous = "0" * 64
	for item, (stored,) in zip(chain(wallet), rows, strict=True):
		previous = next_hash(previous, item)
		assert previous == stored


# what an entry comes from


@pytest.fixture
def rewarded(wallet):
	"""An entry that a reward brought, the last of the wallet; the reward's name."""
	program = frappe.get_doc(doctype="Referral Program", program_name=hr.unique("Program")).insert()
	reward = frappe.new_doc("Referral Reward")
	employee = frappe.db.get_value("Points Account", wallet, "employee")
	reward.update({"name": hr.unique("reward"), "employee": employee, "program": program.name})
	reward.db_insert()
	return service.post(employee, 10, issuance(program.name), hr.unique("key"), source=reward)


@pytest.mark.parametrize(
	"change",
	[
		"source_doctype = '', source_name = ''",
		"source_doctype = null, source_name = null",
		"source_name = ''",
		"source_name = 'another'",
		"source_doctype = 'Referral'",
		"format = 1",
		"format = 2",
	],
)
def test_a_changed_or_blanked_source_is_found(wallet, rewarded, change):
	assert service.verify() == []
	tamper(f"update `tabPoints Ledger Entry` set {change} where name = %s", rewarded)
	assert CHANGED.format(wallet=wallet, seq=6, entry=rewarded) in service.verify()


@pytest.mark.parametrize(
	("change", "found"),
	[
		("source_doctype = '', source_name = ''", CHANGED),
		("source_doctype = 'Company'", CHANGED),
		(
			"source_name = ''",
			"Wallet {wallet}: entry {entry} comes from a document of type Employee without a name.",
		),
	],
)
def test_the_type_of_a_source_that_can_be_renamed_is_proven_too(wallet, change, found):
	name = entry(wallet, 1)
	tamper(f"update `tabPoints Ledger Entry` set {change} where name = %s", name)
	assert service.verify() == [found.format(wallet=wallet, seq=1, entry=name)]


def test_a_source_given_to_an_entry_that_had_none_is_found(wallet):
	name = entry(wallet, 2)
	tamper(
		"update `tabPoints Ledger Entry` set source_doctype = 'Employee', source_name = 'x' where name = %s",
		name,
	)
	assert service.verify() == [CHANGED.format(wallet=wallet, seq=2, entry=name)]


def test_sources_that_are_part_of_the_hash_are_never_renamed():
	for doctype in journal.NEVER_RENAMED:
		meta = frappe.get_meta(doctype)
		assert (meta.autoname, meta.allow_rename) == ("hash", 0)


def test_entries_from_before_sources_were_in_the_hash_stay_sound(wallet):
	entries = [replace(item, format=1) for item in chain(wallet)]
	rewrite(wallet, entries)
	tamper("update `tabPoints Ledger Entry` set format = 1 where account = %s", wallet)
	assert service.verify() == []


# who owns an account


@pytest.mark.parametrize(
	"change",
	[
		"employee = 'HR-EMP-99999'",
		"employee = ''",
		"employee = null",
		"company = 'Another Company'",
		"program = 'A Program'",
		"slot = name",
		"merged_into = name",
		"kind = 'wallet'",
		"seal = null",
		"seal = ''",
		"seal = replace(seal, '.', '.0')",
		"seal = substring(seal, 1, 20)",
	],
)
def test_a_changed_label_of_a_wallet_is_found(wallet, change):
	tamper(f"update `tabPoints Account` set {change} where name = %s", wallet)
	assert SEAL.format(account=wallet) in service.verify()


@pytest.mark.parametrize(
	"change", ["kind = 'Adjustment'", "kind = 'Wallet'", "program = 'x'", "company = 'Another Company'"]
)
def test_a_changed_label_of_a_counter_account_is_found(wallet, change):
	counter = frappe.db.get_value("Points Ledger Entry", entry(wallet, 1), "counter")
	tamper(f"update `tabPoints Account` set {change} where name = %s", counter)
	assert SEAL.format(account=counter) in service.verify()


def test_two_wallets_that_changed_owners_are_found(wallet):
	ours, other = frappe.db.get_value("Points Account", wallet, ["employee", "seal"]), hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	theirs = frappe.db.get_value("Points Account", {"employee": other}, ["name", "seal"])
	tamper("update `tabPoints Account` set employee = 'between' where name = %s", wallet)
	tamper("update `tabPoints Account` set employee = %s, seal = %s where name = %s", *ours, theirs[0])
	tamper(
		"update `tabPoints Account` set employee = %s, seal = %s where name = %s", other, theirs[1], wallet
	)
	assert set(service.verify()) == {SEAL.format(account=wallet), SEAL.format(account=theirs[0])}


def test_an_account_added_by_hand_is_found(wallet):
	tamper(
		"""insert into `tabPoints Account` (name, kind, employee, company, program, slot, last_hash, seal)
		select 'byhand', kind, 'somebody', company, program, slot, %s, seal from `tabPoints Account` where name = %s""",
		"0" * 64,
		wallet,
	)
	assert service.verify() == [SEAL.format(account="byhand")]


def test_a_rename_does_not_cover_up_an_owner_exchanged_by_hand(wallet):
	thief = hr.make_employee().name
	tamper("update `tabPoints Account` set employee = %s where name = %s", thief, wallet)
	frappe.rename_doc("Employee", thief, hr.unique("EMP"), force=True)
	assert SEAL.format(account=wallet) in service.verify()


def test_a_renamed_program_keeps_its_proof(wallet, rewarded):
	counter = frappe.db.get_value("Points Ledger Entry", rewarded, "counter")
	program = frappe.db.get_value("Points Account", counter, "program")
	new = frappe.rename_doc("Referral Program", program, hr.unique("Renamed"))
	assert (frappe.db.get_value("Points Account", counter, "program"), service.verify()) == (new, [])


# another encryption key


OTHER_KEY = (
	"{count} accounts were sealed under another encryption key, so nobody can tell whether their owners were changed."
	" Put the encryption_key of that time back into site_config.json. If it is lost, an administrator accepts the"
	" accounts as they are once with: bench --site SITE hub-verify --accept-restore"
)


@pytest.fixture
def other_key(monkeypatch):
	"""Give the site another encryption key."""

	def change(key: str = "another key") -> int:
		monkeypatch.setattr(seals, "get_encryption_key", lambda: key)
		return frappe.db.count("Points Account")

	return change


def test_another_key_is_one_sentence_until_it_is_accepted(wallet, other_key):
	keep()
	count = other_key()
	assert service.verify() == [OTHER_KEY.format(count=count)]
	heads.accept_restore(by="root")
	assert service.verify() == []
	assert heads.notices()[1].startswith(f"{count} accounts were sealed anew on ")
	assert heads.notices()[1].endswith(" by root: they came with another encryption key.")


def test_the_old_key_put_back_needs_no_acceptance(wallet, monkeypatch):
	keep()
	with monkeypatch.context() as patch:
		patch.setattr(seals, "get_encryption_key", lambda: "another key")
		assert len(service.verify()) == 1
	assert service.verify() == []


def test_a_new_site_with_another_key_says_so_and_its_first_heads_take_the_accounts(wallet, other_key):
	count = other_key()
	assert service.verify() == []
	assert heads.notices()[1].startswith(f"{count} accounts were sealed under another encryption key: ")
	keep()
	assert service.verify() == []
	assert heads.notices()[-1].startswith(f"{count} accounts were sealed anew on ")
	tamper("update `tabPoints Account` set employee = 'thief' where name = %s", wallet)
	assert service.verify() == [SEAL.format(account=wallet)]


def test_later_heads_take_no_account_of_another_key(wallet, other_key):
	keep()
	count = other_key()
	service.post(frappe.db.get_value("Points Account", wallet, "employee"), 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == [OTHER_KEY.format(count=count)]


def test_accepting_another_key_does_not_accept_a_broken_seal(wallet, other_key):
	other_key()
	keep()
	tamper("update `tabPoints Account` set employee = 'thief' where name = %s", wallet)
	heads.accept_restore(by="root")
	assert service.verify() == [SEAL.format(account=wallet)]


def test_accounts_from_before_there_were_seals_are_sealed_once(wallet):
	tamper("update `tabPoints Account` set seal = null")
	seals.seal_first_time()
	assert service.verify() == []


# values that can't be read

UNREADABLE = (
	"Wallet {wallet}: entry {seq} ({entry}) can't be read: the ledger never writes such a value of {column}."
)


@pytest.mark.parametrize("lots", ["nonsense", "5", '{"a": 1}', '[["x"]]', '[["x", null]]', "[[[1], 2]]", "["])
def test_lots_that_can_not_be_read_are_found_and_the_others_still_checked(wallet, lots):
	other = hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	account = frappe.db.get_value("Points Account", {"employee": other})
	tamper("update `tabPoints Account` set balance = 9 where name = %s", account)
	name = entry(wallet, 3)
	tamper("update `tabPoints Ledger Entry` set lots = %s where name = %s", lots, name)
	found = service.verify()
	assert UNREADABLE.format(wallet=wallet, seq=3, entry=name, column="lots") in found
	assert f"Wallet {account}: the stored balance is 9, its entries add up to 1." in found
	assert len([sentence for sentence in found if "entry 4" in sentence]) == 0


def test_a_post_over_lots_that_can_not_be_read_refuses_in_words(wallet):
	name = entry(wallet, 5)
	tamper("update `tabPoints Ledger Entry` set lots = 'nonsense' where name = %s", name)
	with pytest.raises(LedgerBroken, match=f"Wallet {wallet} contradicts its entries"):
		service.reverse(name, hr.unique("undo"))


@pytest.mark.parametrize(
	("table", "column", "wrong"),
	[
		("Points Ledger Entry", "account", "upper(account)"),
		("Points Ledger Entry", "account", "concat(account, ' ')"),
		("Points Ledger Entry", "account", "null"),
		("Points Lot", "account", "upper(account)"),
		("Points Lot", "account", "null"),
	],
)
def test_a_wallet_written_otherwise_is_another_wallet(wallet, table, column, wrong):
	tamper("update `tabPoints Account` set name = 'abcdef' where name = %s", wallet)
	tamper("update `tabPoints Ledger Entry` set account = 'abcdef' where account = %s", wallet)
	tamper("update `tabPoints Lot` set account = 'abcdef' where account = %s", wallet)
	name = entry("abcdef", 2)
	before = service.verify()
	tamper(f"update `tab{table}` set {column} = {wrong} where name = %s", name)
	thing = "Entry" if table == "Points Ledger Entry" else "Lot"
	new = set(service.verify()) - set(before)
	assert any(sentence.startswith(f"{thing} {name} belongs to wallet ") for sentence in new)


def test_a_source_without_a_table_is_found_and_no_crash(wallet, rewarded):
	for doctype in ("Leave Control Panel", "No Such Thing", "employee"):
		tamper("update `tabPoints Ledger Entry` set source_doctype = %s where name = %s", doctype, rewarded)
		assert CHANGED.format(wallet=wallet, seq=6, entry=rewarded) in service.verify()


WRONG = {
	"text": ["", None, "x", "{account}", "\u6f22", "A' or 1", "[", "9" * 40],
	"number": [-1, 0, 2_147_483_647, 77],
	"time": [None, "0000-00-00 00:00:00", "1970-01-01 00:00:01.000001", "9999-12-31 23:59:59"],
	"day": [None, "0000-00-00", "1970-01-02", "9999-12-30"],
	"lots": [None, "x", "[]", "{}", "[[]]", '[["x", 1]]', "[" * 5000, '[["\\ud800", 1]]', "NaN", "1e999"],
}
COLUMNS = {
	"Points Ledger Entry": {
		"text": ("name", "account", "direction", "counter", "reverses", "twin", "key_hash", "entry_hash"),
		"number": ("seq", "points", "balance_after", "format"),
		"time": ("posted_on",),
		"day": ("expires_on",),
		"lots": ("lots",),
	},
	"Points Account": {
		"text": (
			"name",
			"kind",
			"employee",
			"company",
			"program",
			"slot",
			"merged_into",
			"last_hash",
			"seal",
		),
		"number": ("balance", "last_seq"),
	},
	"Points Lot": {
		"text": ("name", "account"),
		"number": ("seq", "remaining", "is_open"),
		"day": ("expires_on",),
	},
}
PLACES = [
	(table, column, kind)
	for table, kinds in COLUMNS.items()
	for kind, names in kinds.items()
	for column in names
]


@pytest.fixture
def careless():
	"""A session that writes whatever it is told to, zero dates included."""
	((mode,),) = frappe.db.sql("select @@sql_mode")
	frappe.db.sql("set sql_mode = ''")
	yield
	frappe.db.sql("set sql_mode = %s", mode)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PLACES), st.data())
def test_whatever_is_written_into_whatever_column_is_a_finding_and_never_a_crash(
	wallet, careless, place, data
):
	table, column, kind = place
	mine = "name" if table == "Points Account" else "account"
	still_open = "and is_open = 1" if table == "Points Lot" else ""
	rows = frappe.db.sql(
		f"select name, {column} from `tab{table}` where {mine} = %s {still_open} order by creation, name",
		wallet,
	)
	name, present = data.draw(st.sampled_from(rows))
	wrong = data.draw(
		st.sampled_from([value for value in WRONG[kind] if value != present and str(value) != str(present)])
	)
	frappe.db.savepoint("untouched")
	tamper(f"update ignore `tab{table}` set {column} = %s where name = %s", wrong, name)
	same = frappe.db.sql(f"select 1 from `tab{table}` where name = %s and {column} <=> %s", (name, present))
	found = service.verify()
	frappe.db.rollback(save_point="untouched")
	assert bool(found) != bool(same), (column, present, wrong)
