"""Contacts of a site that ran an older version: what they are known by is found by an index after the upgrade, whatever stood there."""

import frappe
import pytest

from referral_hub.matching.contacts import keeping, knowing
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.patches.contacts import index_keys

TABLE = "tabReferral Contact"


@pytest.fixture
def known_by(commits):
	"""The column of an older version; a site that was one has it still."""
	is_new = not frappe.db.has_column("Referral Contact", "known_by")
	if is_new:
		_alter("add column known_by longtext")
	yield
	if is_new:
		_alter("drop column known_by")


def _alter(change: str) -> None:
	frappe.db.sql_ddl(f"alter table `{TABLE}` {change}")
	frappe.cache.hdel("table_columns", TABLE)


def test_two_spellings_of_one_mailbox_and_many_contacts_stop_no_upgrade(known_by, commits, monkeypatch):
	names = [
		name
		for number in range(10)
		for name in keeping.insert(f"HR-EMP-OLD-{number}", [Contact("Li Na"), Contact("Wang Fang")])
	]
	knowing.forget(names)
	frappe.db.sql(f"update `{TABLE}` set known_by = 'aa bb aa' where name in %s", [names])
	commits.commit()
	monkeypatch.setattr(index_keys, "_CHUNK", 2)
	monkeypatch.setattr(frappe.db, "MAX_WRITES_PER_TRANSACTION", 5)
	try:
		for _time in range(2):
			index_keys.execute()
		keys = frappe.db.sql(
			"select contact, digest from `tabReferral Contact Key` where contact in %s order by contact, digest",
			[names],
		)
		assert keys == tuple((name, digest) for name in sorted(names) for digest in ("aa", "bb"))
		left = frappe.db.sql(f"select count(*) from `{TABLE}` where known_by is not null")
		assert left == ((0,),)
	finally:
		monkeypatch.undo()
		for number in range(10):
			keeping.remove(f"HR-EMP-OLD-{number}")
		commits.commit()
