"""A seal proves an account to whoever has the key, and never calls whole what it could not judge."""

import pytest

from referral_hub.points.rules.seal import EMPTY, SEALED, Seal, Sealer

OURS, THEIRS = Sealer("our key"), Sealer("their key")
WALLET = ("a0a0", "Wallet", "HR-EMP-00001", "Company", "", "", None, 130, 5, "5" * 64)
AFTER = (*WALLET[:7], 131, 6, "6" * 64)


def test_the_seal_of_the_test_vector():
	"""HMAC-SHA-256 over the JSON list, under HMAC-SHA-256(secret, purpose)."""
	seal = OURS.seal(("a0a0", "Shop", "", "Company", "", "a0a0", None, *EMPTY))
	assert seal == "7c443571.a6527121d0798c5b9a91e69f2d3a4c32da75bce65539a3865d21683516526401"


def test_what_was_sealed_is_whole():
	assert OURS.judge(WALLET, OURS.seal(WALLET)) is Seal.WHOLE


@pytest.mark.parametrize("place", range(len(SEALED)), ids=SEALED)
def test_every_value_is_proven(place):
	changed = (*WALLET[:place], "other", *WALLET[place + 1 :])
	assert OURS.judge(changed, OURS.seal(WALLET)) is Seal.BROKEN


@pytest.mark.parametrize("seal", [None, "", "x", OURS.number + ".", OURS.number, "." + "0" * 64])
def test_what_is_no_seal_is_broken(seal):
	assert OURS.judge(WALLET, seal) is Seal.BROKEN


def test_a_seal_of_another_key_is_told_from_a_broken_one():
	assert OURS.judge(WALLET, THEIRS.seal(WALLET)) is Seal.OTHER_KEY


def test_an_account_that_goes_on_from_another_key_is_not_whole_under_either():
	"""Under the key it went on with, a change made since is found."""
	seal = OURS.renew(WALLET, THEIRS.seal(WALLET), AFTER)
	assert OURS.judge(AFTER, seal) is Seal.OTHER_KEY
	assert THEIRS.judge(AFTER, seal) is Seal.OTHER_KEY
	assert OURS.judge(WALLET, seal) is Seal.BROKEN
	assert OURS.judge(AFTER, seal.rpartition(".")[0]) is Seal.BROKEN


def test_an_account_whose_seal_is_broken_is_not_sealed_anew():
	broken = OURS.seal(AFTER)
	assert OURS.renew(WALLET, broken, AFTER[:7] + WALLET[7:]) == broken
