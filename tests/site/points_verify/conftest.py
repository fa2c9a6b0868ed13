"""A wallet with a history, and a file of heads of its own, for the tests of what `hub-verify` finds."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from points_attacker import owner

from referral_hub.points import seals, service
from referral_hub.points.accounts import issuance
from referral_hub.points.proving import heads_file


@pytest.fixture(autouse=True)
def heads_path(tmp_path, monkeypatch):
	"""A file of heads for this test alone."""
	monkeypatch.setattr(heads_file, "path", lambda: tmp_path / "points-heads.jsonl")
	return tmp_path / "points-heads.jsonl"


@pytest.fixture
def wallet():
	"""A wallet of five entries: 100, 50 until soon, -70, back again, -20."""
	employee = hr.make_employee().name
	service.post(employee, 100, "Issuance", hr.unique("key"), source=("Employee", employee))
	service.post(employee, 50, "Issuance", hr.unique("key"), expires_on=add_days(today(), 9))
	service.reverse(service.post(employee, -70, "Shop", hr.unique("key")), hr.unique("undo"))
	service.post(employee, -20, "Shop", hr.unique("key"))
	return frappe.db.get_value("Points Account", {"employee": employee})


@pytest.fixture
def rewarded(wallet):
	"""An entry that a reward brought, the last of the wallet, with the reward paid."""
	program = frappe.get_doc(doctype="Referral Program", program_name=hr.unique("Program")).insert()
	reward = frappe.new_doc("Referral Reward")
	reward.update({"name": hr.unique("reward"), "employee": owner(wallet), "program": program.name})
	reward.update({"kind": "Points", "amount": 10, "state": "Paid", "company": hr.COMPANY})
	reward.db_insert()
	entry = service.post(owner(wallet), 10, issuance(program.name), hr.unique("key"), source=reward)
	payout = {"payout_doctype": "Points Ledger Entry", "payout_name": entry}
	frappe.db.set_value("Referral Reward", reward.name, payout)
	return entry


@pytest.fixture
def other_key(monkeypatch):
	"""Give the site another encryption key."""

	def change(key: str = "another key") -> int:
		monkeypatch.setattr(seals, "get_encryption_key", lambda: key)
		return frappe.db.count("Points Account")

	return change
