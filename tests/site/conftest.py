"""Tests on a live site. Each is rolled back; one that must commit asks for `commits` and is cleaned up after.

`frappe.flags.in_test` stays False: it would switch mails and versions off. Outgoing mail is muted by the site's config.
"""

import copy

import frappe
import pytest
import reward_factories
from chat_services import open_services
from live_site import Commits, become_administrator, connection, forget_request, undo
from made_once import make_once
from portal_factories import make_referrer
from sms_gateway import open_gateway, set_up

# What takes minutes is begun first: at the end of a run in two processes none waits long for the other
LONGEST = (
	"test_permissions_rest.py",
	"test_hrms_own_tests.py",
	"test_install_and_uninstall.py",
	"test_web_form_malformed.py",
)


def pytest_collection_modifyitems(items):
	items.sort(key=lambda item: (*LONGEST, item.path.name).index(item.path.name))


@pytest.fixture(scope="session", autouse=True)
def site():
	make_once()
	with connection():
		yield frappe.local.site


@pytest.fixture(autouse=True)
def rolled_back(site, request):
	"""The frame of every test: Administrator, clean flags, nothing left behind."""
	flags = copy.deepcopy(frappe.local.flags)
	undo()
	become_administrator()
	if "commits" not in request.fixturenames:
		frappe.db.before_commit.add(_refuse_commit)
	yield
	frappe.local.flags = flags
	undo()
	become_administrator()


@pytest.fixture
def commits(rolled_back):
	"""Permission to commit: `commits.commit()`, `commits.run_jobs()`, `commits.at_end(function)`."""
	helper = Commits()
	yield helper
	helper.clean_up()


@pytest.fixture
def as_user(rolled_back):
	"""Become somebody: `as_user("li.na@example.com")`; the next test is Administrator again."""

	def become(user: str) -> None:
		forget_request()
		frappe.set_user(user)

	return become


def _refuse_commit():
	raise AssertionError("This test commits. If it must, let it ask for the fixture `commits`.")


@pytest.fixture
def component():
	"""The Salary Component that cash rewards are paid with, named in the settings."""
	made = reward_factories.make_component()
	reward_factories.pay_cash_with(made)
	return made


@pytest.fixture
def own_index(tmp_path, monkeypatch):
	"""An index of contacts that no other test fills: a rollback does not reach the disk."""
	from referral_hub.matching.contacts import searching
	from referral_hub.matching.index.index import Index

	index = Index(tmp_path)
	monkeypatch.setattr(searching, "index", lambda: index)


@pytest.fixture
def anna(as_user):
	"""An employee who is signed in to the portal and reads English; her record's name."""
	employee = make_referrer("Anna")
	as_user(employee.user_id)
	frappe.local.lang = "en"
	return employee.name


@pytest.fixture
def gateway(rolled_back):
	"""A gateway for text messages on loopback, which the site is told to use."""
	with open_gateway() as opened:
		set_up(opened)
		yield opened


@pytest.fixture
def services(rolled_back, monkeypatch):
	"""Chat services on loopback, which the site may talk to; nobody's night is quiet."""
	with open_services() as opened:
		monkeypatch.setitem(frappe.conf, "referral_hub_channel_addresses", opened.allowed())
		frappe.db.set_single_value("Referral Hub Settings", "quiet_hours_for", "Nothing")
		yield opened
