"""A backup restored on a new site, with another database user, is the whole ledger; an older one is recognised."""

import frappe
import pytest
import site_factories as hr
from spare_site import SpareSite, give_key, new_site, restore

from referral_hub.points import errors, service
from referral_hub.points.moving import refusals
from referral_hub.points.proving import heads_file

NO_HEADS = "No heads to compare: none were kept on this site yet, or it was restored on a new one."
SOUND = "The points ledger is sound."
POST = """
from referral_hub.points import service
service.post({employee!r}, {points}, "Issuance", {key!r})
"""
KEEP = """
from referral_hub.points.proving import heads
heads.keep()
"""


@pytest.fixture
def backup(commits, tmp_path):
	"""A backup of this site with a wallet of four entries, 100 points in it, and a refusal; the employee, the file."""
	employee = hr.make_employee().name
	service.post(employee, 150, "Issuance", hr.unique("key"))
	service.reverse(service.post(employee, -20, "Shop", hr.unique("key")), hr.unique("undo"))
	service.post(employee, -50, "Shop", hr.unique("key"))
	with pytest.raises(errors.InsufficientPoints):
		service.post(employee, -500, "Shop", hr.unique("key"))
	refusals.keep_pending()
	commits.commit()
	path = tmp_path / "ledger.sql.gz"
	SpareSite(frappe.local.site).bench("backup", "--backup-path-db", str(path))
	return employee, path


def verified(site: SpareSite, *options: str) -> tuple[int, list[str]]:
	done = site.bench("hub-verify", *options, check=False)
	return done.returncode, done.stdout.splitlines()


def balance(site: SpareSite, employee: str) -> int:
	return int(site.python(f"from referral_hub.points import service; print(service.balance({employee!r}))"))


def test_a_restored_backup_is_the_whole_ledger(backup):
	employee, path = backup
	assert not heads_file.path().exists()
	with new_site("hub-restored.localhost") as site:
		give_key(site)
		restore(site, path)
		assert balance(site, employee) == 100
		assert verified(site) == (0, [NO_HEADS, SOUND])

		site.python(KEEP)
		for points in (1, 2):
			site.python(POST.format(employee=employee, points=points, key=f"later {points}"))
		site.python(KEEP)
		assert (balance(site, employee), verified(site)[0]) == (103, 0)

		restore(site, path)
		code, words = verified(site)
		assert (code, balance(site, employee), words[-1]) == (1, 100, "2 findings.")
		assert "restored to entry 4 from an older backup, or cut off." in words[-2]

		code, words = verified(site, "--accept-restore")
		assert (code, words[0], words[-1]) == (
			0,
			"Accepted: 1 wallet is behind its head, and that is on record.",
			SOUND,
		)
		site.python(POST.format(employee=employee, points=7, key="after the restore"))
		site.python(KEEP)
		code, words = verified(site)
		assert (code, balance(site, employee)) == (0, 107)
		assert "1 wallet went back to an earlier entry." in words[1]


def test_a_backup_restored_without_its_encryption_key_says_so_in_one_sentence(backup):
	employee, path = backup
	accounts = frappe.db.count("Points Account")
	with new_site("hub-keyless.localhost") as site:
		restore(site, path)
		code, (no_heads, other_key, sound) = verified(site)
		assert (code, no_heads, sound) == (0, NO_HEADS, SOUND)
		assert other_key.startswith(f"{accounts} accounts were sealed under another encryption key: ")

		site.python(KEEP)
		code, words = verified(site)
		assert (code, words[1].split(" anew ")[0], words[-1]) == (
			0,
			f"{accounts} accounts were sealed",
			SOUND,
		)

		restore(site, path)
		code, words = verified(site)
		assert (code, words[-1]) == (1, "2 findings.")
		of_accounts, of_refusals = words[-3:-1]
		assert "Put the encryption_key of that time back into site_config.json." in of_accounts
		assert " sealed under another encryption key, so nobody can tell" in of_refusals
		code, words = verified(site, "--accept-restore")
		assert (code, words[-1], balance(site, employee)) == (0, SOUND, 100)


def test_a_dump_holds_no_trigger():
	"""Restoring one takes a privilege that a site's own database user does not have."""
	assert (
		frappe.db.sql(
			"select trigger_name from information_schema.triggers where trigger_schema = database()"
		)
		== ()
	)
