"""The hash chain says the same on every machine and notices every change."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules.audit import KeptLot, WalletAudit
from referral_hub.points.rules.chain import (
	GENESIS,
	IN,
	OUT,
	PLAIN,
	WITH_SOURCE,
	WITH_SOURCE_TYPE,
	Entry,
	canonical,
	next_hash,
)
from referral_hub.points.rules.lots import NEVER, Take
from referral_hub.points.rules.model import Ledger

TODAY = date(2026, 11, 21)

FIRST = Entry(
	name="e1e1e1e1e1e1e1e1e1e1",
	account="a0a0a0a0a0a0a0a0a0a0",
	seq=1,
	direction=IN,
	points=700,
	balance_after=700,
	counter="c0c0c0c0c0c0c0c0c0c0",
	key_hash="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",  # SHA-256 of "foo"
	posted_on=datetime(2026, 11, 21, 9, 30, 0, 250000),
	expires_on=date(2028, 11, 21),
)
SECOND = replace(
	FIRST,
	name="e2e2e2e2e2e2e2e2e2e2",
	seq=2,
	direction=OUT,
	points=200,
	balance_after=500,
	key_hash="fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",  # SHA-256 of "bar"
	expires_on=None,
	lots=(Take("e1e1e1e1e1e1e1e1e1e1", 200),),
)
THIRD = replace(
	SECOND, format=WITH_SOURCE, source_doctype="Referral Reward", source_name="d0d0d0d0d0d0d0d0d0d0"
)


def test_the_canonical_form_is_exactly_this():
	assert canonical(FIRST) == (
		'{"account":"a0a0a0a0a0a0a0a0a0a0","balance_after":700,"counter":"c0c0c0c0c0c0c0c0c0c0","direction":"In",'
		'"entry":"e1e1e1e1e1e1e1e1e1e1","expires_on":"2028-11-21","format":1,'
		'"key":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae","lots":[],"points":700,'
		'"posted_on":"2026-11-21T09:30:00.250000","reverses":null,"seq":1,"twin":null}'
	)


def test_the_hashes_of_the_test_vector():
	"""Anybody can recompute these with sha256sum: the hash before, a line feed, the canonical form."""
	first = next_hash(GENESIS, FIRST)
	assert first == "797f681b8112d1f8fac1a38aa64f40ce097aaea585c1eb9ac717bef9278effa3"
	assert next_hash(first, SECOND) == "a22c1d9ee0b115ca1af0ddc5bccd12d5591c4cb6d7eca83ac48cdaaac0e23182"


CHANGES = {
	"name": "f" * 20,
	"account": "b" * 20,
	"seq": 3,
	"direction": IN,
	"points": 201,
	"balance_after": 501,
	"counter": "d" * 20,
	"key_hash": "0" * 64,
	"posted_on": datetime(2026, 11, 21, 9, 30, 0, 250001),
	"expires_on": date(2028, 11, 22),
	"lots": (Take("e1e1e1e1e1e1e1e1e1e1", 199),),
	"reverses": "e1e1e1e1e1e1e1e1e1e1",
	"twin": "e1e1e1e1e1e1e1e1e1e1",
	"format": 2,
	"source_doctype": "Referral",
	"source_name": "f1f1f1f1f1f1f1f1f1f1",
}


def test_every_field_of_an_entry_is_listed():
	assert set(CHANGES) == set(Entry.__dataclass_fields__)


@pytest.mark.parametrize("name", CHANGES)
def test_every_field_of_an_entry_is_in_its_hash(name):
	"""The name of the source too, where it can never change."""
	assert next_hash(GENESIS, replace(THIRD, **{name: CHANGES[name]})) != next_hash(GENESIS, THIRD)


SOURCES = {
	(PLAIN, "Referral Reward", "r1"): None,
	(WITH_SOURCE_TYPE, "", ""): '"source":null,',
	(WITH_SOURCE_TYPE, "Employee", "HR-EMP-00001"): '"source":["Employee",null],',
	(WITH_SOURCE, "Referral Reward", "r1"): '"source":["Referral Reward","r1"],',
}


@pytest.mark.parametrize("source", SOURCES)
def test_the_source_is_in_the_form_as_far_as_it_can_never_change(source):
	form, doctype, name = source
	text = canonical(replace(SECOND, format=form, source_doctype=doctype, source_name=name))
	plain = canonical(SECOND).replace('"format":1', f'"format":{form}')
	assert text == plain.replace('"twin"', f'{SOURCES[source] or ""}"twin"')


def test_a_source_whose_name_can_change_may_be_renamed_but_not_blanked():
	entry = replace(THIRD, format=WITH_SOURCE_TYPE)
	assert canonical(replace(entry, source_name="other")) == canonical(entry)
	assert canonical(replace(entry, source_name="", source_doctype="")) != canonical(entry)


@pytest.mark.parametrize("form", [0, 1, 2, 4])
def test_no_other_format_can_be_claimed_for_an_entry(form):
	assert next_hash(GENESIS, replace(THIRD, format=form)) != next_hash(GENESIS, THIRD)


@given(st.text("0123456789abcdef", min_size=64, max_size=64).filter(lambda text: text != GENESIS))
def test_an_entry_follows_one_past_only(previous):
	assert next_hash(previous, FIRST) != next_hash(GENESIS, FIRST)


NOT_IN_FORMAT_1 = ("seq", "account", "source_doctype", "source_name")


# What the audit says of a wallet somebody interfered with

amounts = st.lists(st.integers(1, 9), min_size=3, max_size=8)


def wallet_of(points: list[int]) -> tuple[Ledger, list[tuple[Entry, str]]]:
	ledger = Ledger()
	for number, amount in enumerate(points):
		ledger.post("w", amount, "Issuance", f"key {number}", TODAY)
	return ledger, ledger.entries("w")


def audit(ledger: Ledger, entries: list[tuple[Entry, str]]) -> set[str]:
	walk = WalletAudit("w")
	for entry, entry_hash in entries:
		walk.see(entry, entry_hash)
	findings = walk.close(ledger.stored("w"))
	return {finding.rule for finding in findings}


@given(amounts)
def test_an_untouched_wallet_is_sound(points):
	assert audit(*wallet_of(points)) == set()


@given(amounts, st.data())
def test_a_changed_entry_is_found(points, data):
	ledger, entries = wallet_of(points)
	at = data.draw(st.integers(0, len(entries) - 1))
	name = data.draw(st.sampled_from([name for name in CHANGES if name not in NOT_IN_FORMAT_1]))
	value = CHANGES[name] if getattr(entries[at][0], name) != CHANGES[name] else OUT
	entries[at] = (replace(entries[at][0], **{name: value}), entries[at][1])
	assert "hash" in audit(ledger, entries)


@given(amounts, st.data())
def test_a_removed_entry_is_found(points, data):
	ledger, entries = wallet_of(points)
	at = data.draw(st.integers(0, len(entries) - 1))
	found = audit(ledger, entries[:at] + entries[at + 1 :])
	assert found >= ({"stored_balance", "stored_head"} if at == len(entries) - 1 else {"gap", "hash"})


@given(amounts, st.data())
def test_an_added_entry_is_found(points, data):
	ledger, entries = wallet_of(points)
	at = data.draw(st.integers(0, len(entries)))
	assert audit(
		ledger, [*entries[:at], (replace(FIRST, account="w"), next_hash(GENESIS, FIRST)), *entries[at:]]
	)


@given(amounts, st.data())
def test_entries_in_another_order_are_found(points, data):
	ledger, entries = wallet_of(points)
	shuffled = data.draw(st.permutations(entries).filter(lambda order: list(order) != entries))
	assert "gap" in audit(ledger, list(shuffled))


@given(amounts, st.data())
def test_entries_that_swapped_places_are_found(points, data):
	ledger, entries = wallet_of(points)
	one, other = data.draw(
		st.lists(st.sampled_from(range(len(entries))), min_size=2, max_size=2, unique=True)
	)
	(first, first_hash), (second, second_hash) = entries[one], entries[other]
	entries[one] = (replace(second, seq=first.seq), second_hash)
	entries[other] = (replace(first, seq=second.seq), first_hash)
	assert "hash" in audit(ledger, entries)


@pytest.mark.parametrize(
	("change", "rule"),
	[
		({"balance": 8}, "stored_balance"),
		({"seq": 9}, "stored_head"),
		({"hash": "0" * 64}, "stored_head"),
		({"lots": {}}, "lot_missing"),
	],
)
def test_what_is_stored_beside_the_journal_must_follow_from_it(change, rule):
	ledger, entries = wallet_of([3, 4])
	walk = WalletAudit("w")
	for entry, entry_hash in entries:
		walk.see(entry, entry_hash)
	assert {finding.rule for finding in walk.close(replace(ledger.stored("w"), **change))} == {rule}


@pytest.mark.parametrize(
	"change",
	[
		{"seq": 9},
		{"expires_on": NEVER - timedelta(days=1)},
		{"points": 8},
		{"remaining": 7},
	],
)
@pytest.mark.parametrize("lot", ["1", "2"])
def test_every_lot_is_compared_spent_or_not(lot, change):
	"""Lot 1 is spent, of lot 2 some is left: a reversal gives back to both."""
	ledger, _entries = wallet_of([3, 4])
	ledger.post("w", -4, "Shop", "spend", TODAY)
	kept, walk = ledger.stored("w"), WalletAudit("w")
	for entry, entry_hash in ledger.entries("w"):
		walk.see(entry, entry_hash)
	changed = {**kept.lots, lot: kept.lots[lot]._replace(**change)}
	assert {finding.rule for finding in walk.close(replace(kept, lots=changed))} == {"stored_lot"}


def test_a_lot_that_no_entry_brought_is_found():
	ledger, entries = wallet_of([3])
	kept, walk = ledger.stored("w"), WalletAudit("w")
	walk.see(*entries[0])
	added = {**kept.lots, "added": KeptLot(1, NEVER, 5, 0)}
	assert [finding.rule for finding in walk.close(replace(kept, lots=added))] == ["lot_added"]


@pytest.mark.parametrize(
	("lie", "rule"),
	[
		({"balance_after": 100}, "running_balance"),
		({"balance_after": -1}, "negative"),
		({"points": 0, "balance_after": 7}, "amount"),
		({"lots": (Take("1", 2),)}, "lot_sum"),
		({"lots": (Take("1", 1), Take("9", 2))}, "lot_overdrawn"),
		({"points": 4, "balance_after": 3, "lots": (Take("1", 4),)}, "lot_overdrawn"),
	],
)
def test_a_recomputed_chain_of_nonsense_is_found(lie, rule):
	"""The hashes of these entries are right: somebody recomputed them. What the entries say is still impossible."""
	ledger, entries = wallet_of([3, 4])
	spend = Entry("3", "w", 3, OUT, 3, 4, "Shop", "0" * 64, datetime(2026, 11, 21), lots=(Take("1", 3),))
	spend = replace(spend, **lie)
	entries.append((spend, next_hash(entries[-1][1], spend)))
	assert rule in audit(ledger, entries)
