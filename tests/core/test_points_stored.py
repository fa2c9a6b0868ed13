"""What raw SQL can leave in an entry is read or named, never a crash; a seal knows its labels and its key."""

import json
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules.chain import Entry, canonical
from referral_hub.points.rules.lots import Take
from referral_hub.points.rules.seal import LABELS, Seal, Sealer
from referral_hub.points.rules.stored import COLUMNS, Unreadable, as_entry, takes

AT, DAY = datetime(2026, 11, 21, 9, 30), date(2028, 11, 21)
ROW = dict(
	zip(
		COLUMNS,
		("e1", "a1", 1, "In", 7, 7, "c1", "f" * 64, AT, DAY, "[]", None, "", 2, None, "x"),
		strict=True,
	)
)
json_like = st.recursive(
	st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
	lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=2),
)


def row(**changes) -> tuple:
	return tuple({**ROW, **changes}[column] for column in COLUMNS)


def test_a_row_is_read_as_the_entry_it_was():
	assert as_entry(row(lots='[["e0",3]]', source_doctype="Referral")) == Entry(
		*("e1", "a1", 1, "In", 7, 7, "c1", "f" * 64, AT, DAY, (Take("e0", 3),)),
		format=2,
		source_doctype="Referral",
		source_name="x",
	)


@pytest.mark.parametrize(
	("column", "value"),
	[
		("posted_on", None),
		("posted_on", "0000-00-00 00:00:00"),
		("expires_on", "0000-00-00"),
		("lots", "nonsense"),
		("lots", "5"),
		("lots", "null"),
		("lots", '{"a":1}'),
		("lots", '["ab"]'),
		("lots", '[["x"]]'),
		("lots", '[["x",1,2]]'),
		("lots", '[["x","y"]]'),
		("lots", '[["x",1.5]]'),
		("lots", '[["x",true]]'),
		("lots", '[["x",null]]'),
		("lots", "[[[1],3]]"),
		("lots", '[["\\ud800",3]]'),
		("lots", "[" * 100_000),
		("lots", '[["x",' + "9" * 5000 + "]]"),
	],
)
def test_a_value_the_ledger_never_writes_is_named(column, value):
	with pytest.raises(Unreadable) as caught:
		as_entry(row(**{column: value}))
	assert caught.value.column == column


@given(json_like)
def test_lots_of_any_shape_are_read_or_named(value):
	with suppress(Unreadable):
		assert all(isinstance(take.points, int) for take in takes(json.dumps(value)))


@given(st.sampled_from(COLUMNS), st.none() | st.text())
def test_what_can_be_read_can_be_hashed(column, value):
	with suppress(Unreadable):
		assert canonical(as_entry(row(**{column: value})))


WALLET = ("a1", "Wallet", "HR-EMP-1", "Acme", "", "", None)


def test_a_whole_seal_is_whole():
	sealer = Sealer("secret")
	assert sealer.judge(WALLET, sealer.seal(WALLET)) is Seal.WHOLE
	assert Sealer("secret").seal(WALLET) == sealer.seal(WALLET)


@pytest.mark.parametrize("place", range(len(LABELS)))
@pytest.mark.parametrize("value", [None, "", "other"])
def test_every_label_is_in_the_seal(place, value):
	sealer = Sealer("secret")
	changed = (*WALLET[:place], value, *WALLET[place + 1 :])
	expected = Seal.WHOLE if changed == WALLET else Seal.BROKEN
	assert sealer.judge(changed, sealer.seal(WALLET)) is expected


@pytest.mark.parametrize("seal", [None, "", "nonsense", "\u00e9"])
def test_a_seal_that_is_none_is_broken(seal):
	assert Sealer("secret").judge(WALLET, seal) is Seal.BROKEN


def test_labels_do_not_run_into_each_other():
	sealer = Sealer("secret")
	moved = ("a1", "Wallet", "HR-EMP-", "1Acme", "", "", None)
	assert sealer.judge(moved, sealer.seal(WALLET)) is Seal.BROKEN


def test_a_seal_under_another_key_is_told_from_a_broken_one():
	assert Sealer("new").judge(WALLET, Sealer("old").seal(WALLET)) is Seal.OTHER_KEY
