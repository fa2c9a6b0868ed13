"""Somebody who recomputes everything that follows from a lie is found: by the seal, by the heads, by what can not be."""

from dataclasses import replace

import pytest
import site_factories as hr
from frappe.utils import today
from points_attacker import (
	SEAL,
	add,
	chain,
	double_the_first,
	entry,
	keep,
	owner,
	rewrite,
	seal_with_key,
	tamper,
)

from referral_hub.points import service
from referral_hub.points.errors import LedgerBroken
from referral_hub.points.rules.lots import Take


def test_the_attacker_knows_the_trade(wallet):
	"""A chain recomputed with everything that follows from it is right in every respect; its seal needs the key."""
	double_the_first(wallet)
	assert service.verify() == [SEAL.format(account=wallet)]


def test_an_attacker_with_the_encryption_key_is_found_by_the_heads_alone(wallet):
	keep()
	double_the_first(wallet)
	seal_with_key(wallet)
	found = service.verify()
	assert len(found) == 2
	assert f"Wallet {wallet}: entry 5 is not the one kept" in found[1]


@pytest.mark.parametrize("kept", [False, True])
def test_entries_cut_since_the_last_head_are_found(wallet, kept):
	"""Balance, number, hash and lots are put back as they were; the seal is not."""
	if kept:
		keep()
	service.post(owner(wallet), 40, "Issuance", hr.unique("key"))
	rewrite(wallet, chain(wallet)[:-1])
	assert (service.balance(owner(wallet)), service.verify()) == (130, [SEAL.format(account=wallet)])


@pytest.mark.parametrize("seal", ["00000000." + "0" * 64, "x.y", "ffffffff.1.2"])
def test_a_seal_that_looks_like_one_of_another_key_is_found_without_heads(wallet, seal):
	"""Other accounts are sealed under the present key, so it is the site's own: nothing is taken as it is."""
	double_the_first(wallet)
	tamper("update `tabPoints Account` set seal = %s where name = %s", seal, wallet)
	for _try in range(2):
		(found,) = service.verify()
		assert found.startswith("1 account was sealed under another encryption key")
		service.post(owner(wallet), 1, "Issuance", hr.unique("key"))  # whitewashes nothing
		keep()


@pytest.mark.parametrize("attack", [double_the_first, lambda wallet: add(wallet, 1000)])
def test_a_post_into_a_wallet_whose_seal_is_broken_refuses_in_words(wallet, attack):
	spend = entry(wallet, 5)
	attack(wallet)
	other = hr.make_employee().name
	for ask in (
		lambda: service.post(owner(wallet), 1, "Issuance", hr.unique("key")),
		lambda: service.post(owner(wallet), -1, "Shop", hr.unique("key")),
		lambda: service.transfer(owner(wallet), other, 1, hr.unique("key")),
		lambda: service.reverse(spend, hr.unique("key")),
	):
		with pytest.raises(LedgerBroken, match=f"Wallet {wallet} contradicts its entries"):
			ask()
	assert service.verify() == [SEAL.format(account=wallet)]


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
	seal_with_key(wallet)
	service.post(owner(wallet), 1, "Issuance", hr.unique("key"))
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
