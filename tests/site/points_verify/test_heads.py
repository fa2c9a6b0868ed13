"""The file of daily heads, and the digest that is mailed."""

import json

import frappe
import pytest
import site_factories as hr
from points_attacker import (
	double_the_first,
	keep,
	owner,
	seal_with_key,
)

from referral_hub.points import service
from referral_hub.points.proving import checkup, heads


def test_without_heads_the_ledger_is_sound_and_says_so(wallet):
	assert service.verify() == []
	assert heads.notices() == [
		"No heads to compare: none were kept on this site yet, or it was restored on a new one."
	]


def test_heads_are_kept_of_wallets_that_moved_only(wallet, heads_path):
	keep()
	assert keep() is None
	other = hr.make_employee().name
	service.post(other, 1, "Issuance", hr.unique("key"))
	keep()
	newest = json.loads(heads_path.read_text().splitlines()[-1])
	assert list(newest["heads"]) == [frappe.db.get_value("Points Account", {"employee": other})]


def test_heads_are_kept_of_what_is_committed(wallet):
	with pytest.raises(frappe.ValidationError, match="commit first"):
		heads.keep()


def test_the_file_says_nothing_personal(wallet, heads_path):
	keep()
	employee = frappe.get_doc("Employee", owner(wallet))
	assert not any(
		word in heads_path.read_text() for word in (employee.name, employee.first_name, hr.COMPANY)
	)


@pytest.mark.parametrize("what", ["changed", "removed", "added", "nonsense", "swapped"])
def test_a_file_that_was_edited_is_found(wallet, heads_path, what):
	employee = owner(wallet)
	for _day in range(3):
		service.post(employee, 1, "Issuance", hr.unique("key"))
		keep()
	one, two, three = heads_path.read_text().splitlines()
	edited = {
		"changed": [one, two.replace('"kind":"heads"', '"kind":"other"'), three],
		"removed": [one, three],
		"added": [one, two, two, three],
		"nonsense": [one, "nonsense", two, three],
		"swapped": [two, one, three],
	}[what]
	heads_path.write_text("\n".join(edited) + "\n")
	first = 1 if what == "swapped" else 3 if what == "added" else 2
	assert f"Line {first} of the file of daily heads was changed, added or removed." in service.verify()


def test_a_line_that_a_crash_left_unfinished_does_no_harm(wallet, heads_path):
	keep()
	whole = heads_path.read_text()
	heads_path.write_text(whole + '{"kind":"heads","at":"2026')
	assert service.verify() == []
	service.post(owner(wallet), 1, "Issuance", hr.unique("key"))
	keep()
	assert service.verify() == []
	assert heads_path.read_text().startswith(whole)


def test_a_rewritten_file_does_not_know_the_mailed_digest(wallet, heads_path):
	mailed = keep()
	assert heads.knows_digest(mailed)
	double_the_first(wallet)
	seal_with_key(wallet)
	heads_path.unlink()
	forged = keep()
	assert service.verify() == []
	assert heads.knows_digest(forged)
	assert not heads.knows_digest(mailed)
	said = []
	assert checkup.run(company=None, digest=mailed, accept_restore=False, say=said.append) is True
	assert f"The digest {mailed} is not in the file of daily heads: the file was rewritten." in said


def test_the_digest_is_mailed_to_the_hr_managers(wallet):
	manager = hr.make_hr_manager().name
	frappe.db.set_single_value("Referral Hub Settings", "send_email", 1)
	digest = keep()
	mail = frappe.get_last_doc("Email Queue")
	assert manager in {recipient.recipient for recipient in mail.recipients}
	assert digest in mail.message.replace("=\n", "").replace("=\r\n", "")


def test_no_mail_is_written_when_mail_is_off(wallet):
	hr.make_hr_manager()
	frappe.db.set_single_value("Referral Hub Settings", "send_email", 0)
	before = frappe.db.count("Email Queue")
	assert keep()
	assert frappe.db.count("Email Queue") == before
