"""An older backup is recognised, and accepted once."""

import pytest
import site_factories as hr
from frappe.utils import today
from points_attacker import chain, double_the_first, keep, owner, restore, rewrite, tamper

from referral_hub.points import service
from referral_hub.points.proving import checkup, heads


def restored(wallet: str, until: int) -> None:
	restore(wallet, chain(wallet)[:until])


def test_a_restored_backup_says_to_which_entry(wallet):
	keep()
	restored(wallet, 2)
	assert service.verify() == [
		"1 wallet is behind the heads kept outside the database. If an older backup was restored, an administrator"
		" accepts that once with: bench --site SITE hub-verify --accept-restore",
		f"Wallet {wallet}: entry 5 was kept on {today()}, the ledger ends with entry 2:"
		" restored to entry 2 from an older backup, or cut off.",
	]


def test_a_restored_backup_that_was_used_says_where_it_left_the_old_road(wallet):
	employee = owner(wallet)
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
	assert any("by root: 1 wallet went back to an earlier entry" in notice for notice in heads.notices())
	employee = owner(wallet)
	service.post(employee, 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == []
	assert heads.accept_restore(by="root") == 0
	double_the_first(wallet)
	assert len(service.verify()) == 3


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
	assert said[-2:] == ["There is no wallet of a company No Such Ltd.", "1 finding."]
