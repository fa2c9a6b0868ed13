"""Signals: kept with where they come from, only with consent, once; they count in the likelihood."""

import json
import time

import frappe
import pytest
import site_factories as hr
from frappe.utils.password import set_encrypted_password

from referral_hub.api.talent import calls
from referral_hub.talent import service, signals
from referral_hub.talent.finding import scoring
from referral_hub.talent.rules.signals import Refused, sign
from referral_hub.talent.signals import NoConsent

POOL, SIGNAL = "Talent Pool Record", "Talent Signal"
SECRET = "a secret of thirty-two characters"


@pytest.fixture
def person():
	record = frappe.get_doc(
		doctype=POOL, person_name="Li Na", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	record.db_set("consent_state", "Given")
	return record


@pytest.fixture(autouse=True)
def secret():
	set_encrypted_password(signals.SETTINGS, signals.SETTINGS, SECRET, "signal_secret")


def send(person, at=None, secret=SECRET, **more) -> bool:
	body = json.dumps({"id": "7", "kind": "Looks for a Job", "email": person.email.upper(), **more}).encode()
	moment = str(int(at or time.time()))
	return signals.receive(body, moment, sign(secret.encode(), moment, body), time.time())


def kept(person) -> list:
	return frappe.get_all(
		SIGNAL, {"record": person.name}, ["kind", "source", "by_user"], order_by="creation asc"
	)


def test_a_signal_is_kept_once_with_where_it_comes_from(person, as_user):
	assert (send(person), send(person)) == (True, False)
	recruiter = hr.make_user(roles=("HR User",)).name
	as_user(recruiter)
	calls.add_signal(person.name, "Changed Job", "New title")
	assert [tuple(row.values()) for row in kept(person)] == [
		("Looks for a Job", "Webhook", None),
		("Changed Job", "By Hand", recruiter),
	]


@pytest.mark.parametrize("state", ["Not Asked", "Asked", "Refused", "Withdrawn"])
def test_without_consent_it_is_refused_and_nothing_stored(person, state):
	person.db_set("consent_state", state)
	with pytest.raises(Refused, match="consent"):
		send(person)
	with pytest.raises(NoConsent, match="has not agreed"):
		calls.add_signal(person.name, "Changed Job", "New title")
	assert kept(person) == []


def test_a_stranger_a_wrong_secret_and_an_old_request_are_refused(person):
	with pytest.raises(Refused, match="unknown"):
		send(person, email="nobody@example.com")
	with pytest.raises(Refused, match="unsigned"):
		send(person, secret="another secret of thirty-two cha")
	with pytest.raises(Refused, match="late"):
		send(person, at=time.time() - 400)
	set_encrypted_password(signals.SETTINGS, signals.SETTINGS, "short", "signal_secret")
	with pytest.raises(Refused, match="unsigned"):
		send(person, secret="short")
	with pytest.raises(frappe.ValidationError, match="Please choose what was seen"):
		calls.add_signal(person.name, "Died", "By hand")
	assert kept(person) == []


def test_an_e_mail_of_one_and_a_number_of_another_person_say_nothing_of_either(person):
	values = {"person_name": "Wu", "phone": "+8613800138000", "company": hr.COMPANY}
	other = frappe.get_doc(doctype=POOL, **values).insert()
	other.db_set("consent_state", "Given")
	with pytest.raises(Refused, match="unknown"):
		send(person, phone=other.phone)
	assert (kept(person), kept(other)) == ([], [])


def test_the_strongest_of_the_last_year_counts(person):
	send(person)
	send(person, id="8", kind="Changed Job")
	part = {row["name"]: row["value"] for row in scoring.shown(person.name)["parts"]}
	assert part["signals"] == 1.0
	frappe.db.set_value(
		SIGNAL, {"kind": "Looks for a Job", "record": person.name}, "happened_on", hr.days_ago(366)
	)
	part = {row["name"]: row["value"] for row in scoring.shown(person.name)["parts"]}
	assert part["signals"] == 0.3


def test_of_whoever_is_forgotten_the_signals_only_count(person):
	send(person, words="Li Na looks around")
	service.forget({person.name})
	fields = ["kind", "person_name", "words", "signal_key"]
	(left,) = frappe.get_all(SIGNAL, {"record": person.name}, fields, as_list=True)
	assert left == ("Looks for a Job", person.name, None, None)
	with pytest.raises(Refused, match="unknown"):
		send(person)
