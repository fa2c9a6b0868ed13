"""Real processes at one ledger: nothing lost, nothing twice, nothing below zero, no gap, whoever dies where."""

import frappe
import points_processes
import pytest
import site_factories as hr
from frappe.utils import add_days, today

from referral_hub.points import service


@pytest.fixture
def ann(commits):
	return hr.make_employee().name


def entries(employee: str) -> list:
	"""(seq, points signed) in the order of the chain."""
	frappe.db.rollback()
	wallet = frappe.db.get_value("Points Account", {"employee": employee, "slot": ""})
	rows = frappe.db.sql(
		"""select seq, if(direction = 'In', points, -points) from `tabPoints Ledger Entry`
		where account = %s order by seq""",
		wallet,
	)
	assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
	return [int(row[1]) for row in rows]


def sound() -> bool:
	frappe.db.rollback()
	return service.verify() == []


def test_32_processes_post_and_redeem_on_one_wallet(ann, commits):
	commits.commit()
	booked = points_processes.run("post_and_spend", 32, employee=ann, times=4)
	earned, spent = (sum(column) for column in zip(*booked, strict=True))
	moved = entries(ann)
	assert (moved.count(5), moved.count(-3)) == (earned, spent)
	assert earned == 32 * 4
	assert service.balance(ann) == 5 * earned - 3 * spent
	assert sound()


def test_64_processes_with_one_key_post_once(ann, commits):
	commits.commit()
	names = points_processes.run(
		"same_key", 64, employee=ann, points=100, counter="Issuance", key="one and the same"
	)
	assert (len(set(names)), None in names) == (1, False)
	assert entries(ann) == [100]
	assert sound()


def test_64_processes_with_one_key_spend_once(ann, commits):
	service.post(ann, 100, "Issuance", "funds")
	commits.commit()
	names = points_processes.run("same_key", 64, employee=ann, points=-60, counter="Shop", key="one spend")
	assert (len(set(names)), None in names) == (1, False)
	assert entries(ann) == [100, -60]
	assert sound()


def test_funds_for_ten_are_redeemed_ten_times(ann, commits):
	"""256 redemptions at once."""
	service.post(ann, 10, "Issuance", "funds")
	commits.commit()
	assert sum(points_processes.run("redeem", 64, employee=ann, times=4)) == 10
	assert entries(ann) == [10, *[-1] * 10]
	assert sound()


def test_32_retries_of_a_refused_post_are_all_refused(ann, commits):
	service.post(ann, 50, "Issuance", "funds")
	commits.commit()
	names = points_processes.run("same_key", 32, employee=ann, points=-60, counter="Shop", key="too much")
	assert names == [None] * 32
	service.post(ann, 50, "Issuance", "more funds")
	commits.commit()
	names = points_processes.run("same_key", 4, employee=ann, points=-60, counter="Shop", key="too much")
	assert names == [None] * 4
	assert entries(ann) == [50, 50]


def test_the_first_entries_of_many_wallets_at_once(ann, commits):
	employees = [ann, *(hr.make_employee().name for _ in range(7))]
	commits.commit()
	names = points_processes.run("first_post", 48, employees=employees)
	assert None not in names
	assert [entries(employee) for employee in employees] == [[1] * 6] * 8
	assert sound()


def test_two_people_give_to_each_other_at_once(ann, commits):
	bo = hr.make_employee().name
	for employee in (ann, bo):
		service.post(employee, 50, "Issuance", hr.unique("funds"))
	commits.commit()
	assert None not in points_processes.run("give", 32, pair=[ann, bo])
	frappe.db.rollback()
	assert (service.balance(ann), service.balance(bo)) == (50, 50)
	assert (len(entries(ann)), len(entries(bo))) == (33, 33)
	assert sound()


def test_16_processes_reverse_one_entry_once(ann, commits):
	name = service.post(ann, 50, "Issuance", "funds")
	service.post(ann, 500, "Issuance", "other funds")
	commits.commit()
	undone = points_processes.run("undo", 16, entry=name)
	assert sum(bool(answer) for answer in undone) == 1
	assert entries(ann) == [50, 500, -50]
	assert sound()


def test_two_runs_of_the_expiry_at_once_expire_once(ann, commits):
	people = [ann, *(hr.make_employee().name for _ in range(9))]
	for employee in people:
		service.post(employee, 7, "Issuance", hr.unique("funds"), expires_on=today())
	commits.commit()
	points_processes.run("expire", 4, today=add_days(today(), 1))
	assert [entries(employee) for employee in people] == [[7, -7]] * 10
	assert sound()


@pytest.mark.parametrize("at", ["_insert_entry", "_insert_lot", "_move_lots", "append"])
def test_a_post_that_is_killed_before_its_commit_never_happened(ann, commits, at):
	service.post(ann, 1, "Issuance", "before")
	commits.commit()
	assert points_processes.run("die", 1, employee=ann, key="killed", points=100, at=at) == [None]
	assert entries(ann) == [1]
	assert sound()
	service.post(ann, 100, "Issuance", "killed")
	commits.commit()
	assert entries(ann) == [1, 100]
	assert sound()


def test_a_post_that_is_killed_after_its_commit_happened_once(ann, commits):
	commits.commit()
	assert points_processes.run("die", 1, employee=ann, key="killed", points=100, at="nowhere") == [None]
	frappe.db.rollback()
	service.post(ann, 100, "Issuance", "killed")
	assert entries(ann) == [100]


def test_a_spend_that_is_killed_between_entry_and_lots_never_happened(ann, commits):
	service.post(ann, 30, "Issuance", "one"), service.post(ann, 30, "Issuance", "two", expires_on=today())
	commits.commit()
	assert points_processes.run("die", 1, employee=ann, key="killed", points=-40, at="_change_remaining") == [
		None
	]
	assert entries(ann) == [30, 30]
	assert [row.points for row in service.expiring(ann)] == [30]
	assert sound()
