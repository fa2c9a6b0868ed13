"""A kept refusal that was changed, added or deleted by SQL is found: its retry must not be applied unseen."""

import frappe
import pytest
import site_factories as hr
from points_attacker import keep, owner, tamper

from referral_hub.patches import seal_points_refusals
from referral_hub.points import errors, refusal_seals, service
from referral_hub.points.moving import refusals
from referral_hub.points.proving import heads

CHANGED = "Refusal {} was changed or added outside the ledger."
GONE = (
	"{} refusal that the daily heads name is gone, {}, kept on {}: its request would be"
	" applied when it is made again. If an older backup was restored, an administrator accepts that once with:"
	" bench --site SITE hub-verify --accept-restore"
)
OTHER_KEY = "{} kept refusal was sealed under another encryption key, so nobody can tell whether it was changed by hand."


@pytest.fixture(autouse=True)
def nothing_refused_before(wallet):
	tamper("delete from `tabPoints Refusal`")


@pytest.fixture
def refused(wallet):
	"""The name of a refusal of 500 points under `key R`, written as at the end of its transaction."""
	with pytest.raises(errors.InsufficientPoints):
		service.post(owner(wallet), -500, "Shop", "key R")
	refusals.keep_pending()
	return frappe.db.get_value("Points Refusal", {})


def test_a_kept_refusal_is_sound_before_and_after_its_head(wallet, refused, heads_path):
	assert service.verify() == []
	assert keep()
	assert refused in heads_path.read_text()
	assert (keep(), service.verify()) == (None, [])


@pytest.mark.parametrize(
	"change",
	[
		"key_hash = 'another'",
		"key_hash = null",
		"refused_on = '2020-01-01'",
		"refused_on = null",
		"seal = null",
		"seal = ''",
		"seal = replace(seal, '.', '.0')",
	],
)
def test_a_changed_refusal_is_found(refused, change):
	tamper(f"update `tabPoints Refusal` set {change} where name = %s", refused)
	assert service.verify() == [CHANGED.format(refused)]


def test_a_refusal_moved_to_another_name_is_found(refused):
	tamper("update `tabPoints Refusal` set name = 'another' where name = %s", refused)
	assert service.verify() == [CHANGED.format("another")]


@pytest.mark.parametrize("seal", [None, "copied"])
def test_a_refusal_added_by_hand_is_found_and_can_be_deleted_again(wallet, refused, seal):
	forged = refusals.request("a key", owner(wallet), hr.COMPANY, wallet).names[0]
	copied = seal and frappe.db.get_value("Points Refusal", refused, "seal")
	tamper(
		"insert into `tabPoints Refusal` (name, key_hash, refused_on, seal) values (%s, 'a key', now(), %s)",
		forged,
		copied,
	)
	keep()
	assert service.verify() == [CHANGED.format(forged)]
	tamper("delete from `tabPoints Refusal` where name = %s", forged)
	assert service.verify() == []


def test_a_deleted_refusal_is_found_although_its_retry_was_applied(wallet, refused):
	keep()
	service.post(owner(wallet), 1000, "Issuance", hr.unique("key"))
	tamper("delete from `tabPoints Refusal` where name = %s", refused)
	service.post(owner(wallet), -500, "Shop", "key R")
	keep()
	assert service.verify() == [GONE.format(1, refused, frappe.utils.today())]


def test_a_restore_that_lost_refusals_is_accepted_on_record(refused):
	keep()
	tamper("delete from `tabPoints Refusal`")
	heads.accept_restore(by="root")
	assert service.verify() == []
	assert heads.notices()[-1].endswith("root accepted that 1 kept refusal is gone.")


def test_refusals_of_another_key_wait_for_an_administrator(wallet, refused, other_key):
	keep()
	other_key()
	assert OTHER_KEY.format(1) in service.verify()
	heads.accept_restore(by="root")
	assert service.verify() == []
	assert heads.notices()[-1].startswith("1 kept refusal was sealed anew on ")


def test_a_single_refusal_that_pretends_another_key_is_found(refused):
	tamper("update `tabPoints Refusal` set seal = concat('00000000.', repeat('0', 64))")
	assert service.verify() == [OTHER_KEY.format(1)]


def test_refusals_from_before_there_were_seals_are_sealed_once(refused):
	tamper("update `tabPoints Refusal` set seal = null")
	seal_points_refusals.execute()
	assert service.verify() == []
	tamper("update `tabPoints Refusal` set key_hash = 'another'")
	seal_points_refusals.execute()
	assert service.verify() == [CHANGED.format(refused)]


def test_a_refusal_is_written_with_the_seal_of_its_row(refused):
	row = frappe.db.get_value("Points Refusal", refused, ["name", "key_hash", "refused_on", "seal"])
	assert row[-1] == refusal_seals.seal_of(*row[:-1])
