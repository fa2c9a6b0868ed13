"""What an entry comes from is proven as far as it can never change."""

from dataclasses import replace

import frappe
import pytest
from points_attacker import (
	CHANGED,
	chain,
	entry,
	restore,
	tamper,
)

from referral_hub.points import journal, service


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
	tamper("update `tabPoints Ledger Entry` set format = 1 where account = %s", wallet)
	restore(wallet, entries)
	assert service.verify() == []
