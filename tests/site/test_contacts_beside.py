"""Private contacts while others work: two requests at once, what is rolled back, a build beside a transaction that is not over."""

import subprocess
import time
from pathlib import Path

import frappe
import pytest
import site_factories as hr
from another_transaction import another_transaction
from live_site import site_name, sites_folder
from warm_python import warm_python

from referral_hub.matching.contacts import keeping, knowing, searching, service
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.vocabulary.shipped import vocabulary

HELPERS = Path(__file__).resolve().parents[1] / "helpers"
LI_NA, WANG = "Li Na, cook, 13800138000, li.na@example.com", "王强，焊工，8年"
WELDING, COOKING = (Requirement("row", one) for one in ("Welding", "Cooking"))
pytestmark = pytest.mark.usefixtures("own_index")


@pytest.fixture
def employee(commits):
	name = hr.make_employee().name
	commits.commit()
	return name


def found_for(employee: str, wanted: Requirement) -> list[str]:
	return [one.key for one in searching.index().search([wanted], vocabulary(), group=employee)]


def test_two_requests_at_once_keep_a_person_once_and_lose_nothing_of_each_other(employee, commits):
	assert keeping.names(employee) == []  # from here on this transaction sees what there was
	with another_transaction():
		name = service.add_line(employee, LI_NA, "CN")
		frappe.db.commit()
	assert service.add_line(employee, f"{LI_NA}, SAP", "CN") == name
	commits.commit()
	assert service.find(employee, name).skills == ("SAP",)
	with another_transaction():
		service.mark_unfit(employee, name, "one")
		frappe.db.commit()
	service.mark_unfit(employee, name, "other")
	commits.commit()
	assert (keeping.names(employee), service.find(employee, name).not_for) == ([name], ("one", "other"))
	with another_transaction():
		service.mark_unfit(employee, name, "third")
		frappe.db.commit()
	service.change(employee, name, {"name": "Li Na", "email": "n@example.com"}, "CN")
	commits.commit()
	assert service.find(employee, name).not_for == ("one", "other", "third")


def test_whom_somebody_brings_in_meanwhile_is_deleted_with_all_others(employee, commits):
	assert keeping.names(employee) == []
	with another_transaction():
		service.add_line(employee, LI_NA, "CN")
		frappe.db.commit()
	assert service.delete_all(employee) == 1
	commits.commit()
	assert keeping.names(employee) == []
	assert knowing.known(employee, knowing.digests(employee, Contact("", ("li.na@example.com",)))) == {}


def test_what_is_rolled_back_is_found_as_before(employee, commits):
	name = service.add_line(employee, WANG, "CN")
	commits.commit()
	service.delete(employee, name)
	frappe.db.rollback()
	assert found_for(employee, WELDING) == [name]
	service.change(employee, name, {"name": "王强", "title": "cook"}, "CN")
	assert (found_for(employee, WELDING), found_for(employee, COOKING)) == ([], [name])
	new = service.add_line(employee, LI_NA, "CN")
	frappe.db.rollback()
	assert (found_for(employee, WELDING), found_for(employee, COOKING)) == ([name], [])
	assert searching.index().facts(new) is None
	service.delete(employee, name)
	commits.commit()
	assert found_for(employee, WELDING) == []


def test_a_build_waits_for_whoever_is_just_being_saved_or_deleted(employee, commits, tmp_path):
	gone = service.add_line(employee, LI_NA, "CN")
	commits.commit()
	service.delete(employee, gone)
	new = service.add_line(employee, WANG, "CN")
	command = [*warm_python(), str(HELPERS / "building_beside.py"), site_name(), str(tmp_path)]
	with subprocess.Popen(command, cwd=sites_folder(), stderr=subprocess.PIPE, text=True) as builder:
		assert waits(builder), builder.communicate()[1]
		frappe.db.commit()
		_out, said = builder.communicate(timeout=120)
	assert (builder.returncode, said) == (0, "")
	assert (found_for(employee, WELDING), found_for(employee, COOKING)) == ([new], [])
	assert searching.index().facts(gone) is None


def waits(builder: subprocess.Popen) -> bool:
	"""Say whether a build comes to wait for a lock before it ends."""
	deadline = time.monotonic() + 120
	while builder.poll() is None and time.monotonic() < deadline:
		asked = [str(row.Info) for row in frappe.db.sql("show full processlist", as_dict=True)]
		if any("lock in share mode" in one for one in asked):
			return True
		time.sleep(0.05)
	return False
