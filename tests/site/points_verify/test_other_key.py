"""Another encryption key is one sentence, and covers up nothing."""

import frappe
import pytest
import site_factories as hr
from points_attacker import (
	SEAL,
	double_the_first,
	entry,
	keep,
	owner,
	tamper,
)

from referral_hub.patches import seal_points_ledger
from referral_hub.points import seals, service
from referral_hub.points.errors import LedgerBroken
from referral_hub.points.proving import heads
from referral_hub.points.rules.seal import LABELS

OTHER_KEY = (
	"{count} accounts were sealed under another encryption key, so nobody can tell whether they were changed by hand."
	" Put the encryption_key of that time back into site_config.json. If it is lost, an administrator accepts the"
	" accounts as they are once with: bench --site SITE hub-verify --accept-restore. If the key never changed, somebody"
	" changed the seals by hand: do not accept them."
)
OTHER_KEY_OF_ONE = (
	"1 account was sealed under another encryption key, so nobody can tell whether it was changed by hand."
	" Put the encryption_key of that time back into site_config.json. If it is lost, an administrator accepts the"
	" account as it is once with: bench --site SITE hub-verify --accept-restore. If the key never changed, somebody"
	" changed the seal by hand: do not accept it."
)


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
	service.post(owner(wallet), 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == [OTHER_KEY.format(count=count)]


def test_accepting_another_key_does_not_accept_a_broken_seal(wallet, other_key):
	other_key()
	keep()
	tamper("update `tabPoints Account` set employee = 'thief' where name = %s", wallet)
	heads.accept_restore(by="root")
	assert service.verify() == [SEAL.format(account=wallet)]


def test_people_go_on_posting_under_another_key_and_nothing_is_whitewashed(wallet, other_key, monkeypatch):
	"""Also when the old key comes back: what was posted meanwhile is for an administrator to accept."""
	keep()
	with monkeypatch.context() as patch:
		patch.setattr(seals, "get_encryption_key", lambda: "another key")
		count = frappe.db.count("Points Account")
		service.post(owner(wallet), 1, "Issuance", hr.unique("key"))
		assert service.verify() == [OTHER_KEY.format(count=count)]
		frappe.rename_doc("Employee", owner(wallet), hr.unique("EMP"), force=True)
		service.post(owner(wallet), -1, "Shop", hr.unique("key"))
		assert service.verify() == [OTHER_KEY.format(count=count)]
	assert service.verify() == [OTHER_KEY_OF_ONE]
	service.post(owner(wallet), 2, "Issuance", hr.unique("key"))
	assert service.verify() == [OTHER_KEY_OF_ONE]
	heads.accept_restore(by="root")
	assert (service.balance(owner(wallet)), service.verify()) == (132, [])


def test_what_the_present_key_sealed_after_another_one_is_proven_too(wallet, other_key):
	other_key()
	service.post(owner(wallet), 1, "Issuance", hr.unique("key"))
	double_the_first(wallet)
	assert SEAL.format(account=wallet) in service.verify()
	with pytest.raises(LedgerBroken):
		service.post(owner(wallet), 1, "Issuance", hr.unique("key"))


def test_first_heads_take_nothing_where_other_accounts_are_of_the_present_key(wallet, other_key):
	"""A site with both was not restored without its key a moment ago; an administrator looks at it once."""
	count = other_key()
	service.post(hr.make_employee().name, 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == [OTHER_KEY.format(count=count)]


# the patch that seals what was made before


def old_seal(wallet: str) -> str:
	"""What an account was sealed with when only its labels were."""
	(labels,) = frappe.db.sql(f"select {', '.join(LABELS)} from `tabPoints Account` where name = %s", wallet)
	return f"{seals.sealer().number}.{seals.sealer().mac(labels)}"


def make_old() -> None:
	for name in frappe.db.sql_list("select name from `tabPoints Account`"):
		seals.store(name, {"seal": old_seal(name)})


def test_accounts_whose_labels_alone_were_sealed_are_sealed_once(wallet):
	make_old()
	seal_points_ledger.execute()
	assert service.verify() == []
	service.post(owner(wallet), 1, "Issuance", hr.unique("key"))
	assert service.verify() == []


def test_accounts_from_before_there_were_seals_are_sealed_once(wallet):
	tamper("update `tabPoints Account` set seal = null")
	seal_points_ledger.execute()
	assert service.verify() == []


@pytest.mark.parametrize(
	"change",
	[
		"`tabPoints Account` set balance = 9 where name = %s",
		"`tabPoints Account` set company = 'Another' where name = %s",
		"`tabPoints Ledger Entry` set points = 999 where seq = 1 and account = %s",
		"`tabPoints Lot` set remaining = 9 where account = %s",
	],
)
def test_what_does_not_verify_is_not_sealed(wallet, change):
	make_old()
	tamper(f"update {change}", wallet)
	seal_points_ledger.execute()
	found = service.verify()
	assert [sentence for sentence in found if sentence.startswith("Account")] == [SEAL.format(account=wallet)]
	with pytest.raises(LedgerBroken):
		service.reverse(entry(wallet, 5), hr.unique("key"))


def test_a_seal_of_labels_alone_is_no_seal_after_the_patch(wallet):
	double_the_first(wallet)
	tamper("update `tabPoints Account` set seal = %s where name = %s", old_seal(wallet), wallet)
	assert service.verify() == [SEAL.format(account=wallet)]
