"""Once a week an employee hears how many contacts fit how many openings: two numbers, once, and only who wants it."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from contact_factories import make_opening_for_welders
from freezegun import freeze_time
from message_factories import link_in, make_reader, messages_to, outgoing, path_of
from rest_client import Person, serving

from referral_hub import flow, tasks
from referral_hub.matching.contacts import keeping, service, telling
from referral_hub.messages import preferences
from referral_hub.messages import service as messages

pytestmark = pytest.mark.usefixtures("own_index")
WELDERS = ("王强，焊工，8年", "Li Na, welder, 5 years", "Wang Fang, accountant")
SITE_ZONE = "UTC"


@pytest.fixture(autouse=True)
def site_in_utc(monkeypatch):
	"""Frozen times are in UTC; the site's clock is then the same."""
	monkeypatch.setattr("frappe.utils.data.get_system_timezone", lambda: SITE_ZONE)
	monkeypatch.setattr("referral_hub.messages.preferences.get_system_timezone", lambda: SITE_ZONE)


@pytest.fixture
def reader():
	made = make_reader()
	with freeze_time("2026-11-20 12:00"):
		for line in WELDERS:
			service.add_line(made.name, line, "CN")
	return made


def weekly(reader, moment: str = "2026-11-23 09:30") -> list[tuple]:
	"""Do what the task does for one employee at this moment; return (people, openings, fresh) of all that was told."""
	with freeze_time(moment):
		week = flow.week_to_tell_of()
		if week and reader.name in telling.due(week):
			flow.tell_who_fits(reader.name, week, flow.openings_for_contacts()[0])
	told = [
		frappe.parse_json(row.facts) for row in messages_to(reader, event="contacts_fit", channel="Email")
	]
	return [(facts["people"], facts["openings"], facts["fresh"]) for facts in told]


def test_numbers_are_told_once_and_again_only_when_something_is_new(reader):
	make_opening_for_welders()
	assert weekly(reader, "2026-11-23 08:59") == []  # Monday, before the hour in the settings
	assert weekly(reader) == [(2, 1, 2)]
	assert weekly(reader, "2026-11-23 10:30") == [(2, 1, 2)]
	assert weekly(reader, "2026-11-30 09:30") == [(2, 1, 2)]
	make_opening_for_welders()
	assert weekly(reader, "2026-12-07 09:30") == [(2, 1, 2), (2, 2, 2)]
	service.add_line(reader.name, "Zhao Min, welder, 9 years", "CN")
	assert weekly(reader, "2026-12-17 09:30") == [(2, 1, 2), (2, 2, 2)]  # three days late: next week
	assert weekly(reader, "2026-12-21 09:30")[2:] == [(3, 2, 1)]


def test_of_an_opening_that_is_closed_nothing_is_remembered(reader):
	first = make_opening_for_welders()
	weekly(reader)
	first.update({"status": "Closed"})
	first.save()
	second = make_opening_for_welders()
	assert weekly(reader, "2026-11-30 09:30")[1:] == [(2, 1, 2)]
	told = keeping.told(reader.name, keeping.names(reader.name))
	expected = {name: {keeping.told_digest(name, second.name)} for name, digests in told.items() if digests}
	assert (len(expected), {name: told[name] for name in expected}) == (2, expected)


def test_the_message_the_outbox_and_the_mail_name_nobody(reader):
	make_opening_for_welders()
	weekly(reader)
	messages.send_pending()
	sent = messages_to(reader)
	assert {(row.channel, row.event, row.state) for row in sent} == {
		("Email", "contacts_fit", "Sent"),
		("In-app", "contacts_fit", "Sent"),
	}
	assert sent[0].subject == "2 of the people you know may fit 1 open position"
	mails = [frappe.get_doc("Email Queue", row.sent_as).message for row in sent if row.channel == "Email"]
	stored = frappe.db.sql("select * from `tabReferral Contact` where employee = %s", reader.name)
	everything = str((sent, mails, stored))
	assert [word for word in ("王强", "Li Na", "Wang Fang", "焊工", "welder") if word in everything] == []
	assert "/referrals/contacts?fits=1" in sent[0].content


def test_who_has_nobody_or_fits_nothing_hears_nothing(reader):
	assert weekly(reader) == []
	assert telling.due(preferences.week_began()) == [] or reader.name not in telling.due(
		preferences.week_began()
	)
	frappe.db.set_single_value("Referral Hub Settings", "tell_contacts_fit", 0)
	make_opening_for_welders()
	assert weekly(reader, "2026-11-30 09:30") == []
	frappe.db.set_single_value("Referral Hub Settings", "tell_contacts_fit", 1)
	preferences.save(reader.name, channels={}, tell_contacts_fit=0)
	assert weekly(reader, "2026-12-07 09:30") == []
	preferences.save(reader.name, channels={}, tell_contacts_fit=1)
	assert weekly(reader, "2026-12-14 09:30") == [(2, 1, 2)]


def test_one_click_in_the_mail_stops_this_message_alone_and_can_be_taken_back(reader, as_user):
	make_opening_for_welders()
	weekly(reader)
	messages.send_pending()
	message = messages_to(reader, channel="Email")[0]
	assert "No more of these messages" in outgoing(message).decode()
	path = path_of(link_in(message))
	as_user("Guest")
	assert web.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
	chosen = preferences.preference_of(reader.name)
	assert (chosen.tell_contacts_fit, chosen.channels) == (0, [])
	assert "You will not get this message any more" in web.get(path).text
	assert "Stop this message" in web.post(path, {"action": "resume"}).text
	assert preferences.preference_of(reader.name).tell_contacts_fit == 1


def test_switched_off_while_it_waits_it_is_not_sent(reader):
	make_opening_for_welders()
	weekly(reader)
	preferences.save(reader.name, channels={}, tell_contacts_fit=0)
	messages.send_pending()
	told = {(row.state, row.error) for row in messages_to(reader)}
	assert told == {("Skipped", "This person does not want this message.")}


def test_in_a_mail_of_several_messages_the_way_out_ends_all_of_them(reader):
	make_opening_for_welders()
	with freeze_time("2026-11-22 12:00"):
		preferences.save(reader.name, channels={}, digest="Weekly")
	weekly(reader)
	with freeze_time("2026-11-24 12:00"):
		messages.tell("word_from_hr", reader.name, key="x", candidate_name="Lin Wei", words="Soon.")
	with freeze_time("2026-11-30 12:00"):
		messages.send_pending()
	sent = messages_to(reader, channel="Email")
	assert len({row.sent_as for row in sent}) == 1
	assert "No more e-mails about referrals" in outgoing(sent[0]).decode()


def test_the_page_of_settings_switches_it_off_and_on(anna, as_user):
	page, form = "/referrals/settings", {"digest": "Immediately", "channel:Email": "1"}
	assert 'name="contacts_fit" value="1" checked' in web.get(page).text
	web.post(page, form)
	assert preferences.preference_of(anna).tell_contacts_fit == 0
	web.post(page, {**form, "contacts_fit": "1"})
	assert preferences.preference_of(anna).tell_contacts_fit == 1
	as_user("Administrator")
	frappe.db.set_single_value("Referral Hub Settings", "tell_contacts_fit", 0)
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	assert "HR has switched this off." in web.get(page).text
	web.post(page, form)
	assert preferences.preference_of(anna).tell_contacts_fit == 1  # what could not be chosen stays


@pytest.fixture
def opening():
	return make_opening_for_welders()


def test_the_link_shows_more_than_the_best_three(opening, anna):
	for number in range(5):
		service.add_line(anna, f"Person {number}, welder, {number + 4} years", "CN")
	page = "/referrals/contacts"
	assert web.get(page).text.count("Not a fit:") == 3
	assert "?fits=1" in web.get(page).text
	assert web.get(f"{page}?fits=1").text.count("Not a fit:") == 5


def test_one_employee_whose_contacts_can_not_be_read_stops_nobody(commits, monkeypatch):
	with freeze_time("2026-11-20 12:00"):
		readers = [make_reader() for _each in range(3)]
		for reader in readers:
			service.add_line(reader.name, WELDERS[0], "CN")
	make_opening_for_welders()
	broken = sorted(reader.name for reader in readers)[1]
	commits.commit()
	pairs = telling.fitting.pairs

	def breaks_after_reading(employee, *args, **how):
		found = pairs(employee, *args, **how)
		assert {one.name for one in found} == {"王强"}
		if employee == broken:
			raise RuntimeError("It broke while contacts were open.")
		return found

	monkeypatch.setattr(telling.fitting, "pairs", breaks_after_reading)
	with freeze_time("2026-11-23 09:30"):
		tasks.tell_of_contacts()
		tasks.tell_of_contacts()
	told = {reader.name: len(messages_to(reader, channel="Email")) for reader in readers}
	assert told == {reader.name: int(reader.name != broken) for reader in readers}
	logged = frappe.get_all("Error Log", {"method": ("like", "%tell_who_fits%")}, pluck="error")
	assert logged and "王强" not in str(logged)
	for reader in readers:
		service.delete_all(reader.name)
	frappe.db.commit()


def test_hr_does_not_learn_from_the_outbox_who_has_contacts(reader, commits):
	make_opening_for_welders()
	weekly(reader)
	messages.tell("word_from_hr", reader.name, key="x", candidate_name="Lin Wei", words="Soon.")
	user = hr.make_user(roles=("System Manager", "HR Manager", "HR User")).name
	hidden = messages_to(reader, event="contacts_fit")[0].name
	commits.commit()
	with serving() as address:
		person = Person(address, user, hr.PASSWORD)
		listed = person.get(
			"/api/resource/Referral Message",
			fields='["event"]',
			filters=f'[["recipient", "=", "{reader.name}"]]',
		).json()["data"]
		assert {row["event"] for row in listed} == {"word_from_hr"}
		assert person.get(f"/api/resource/Referral Message/{hidden}").status_code == 403
	service.delete_all(reader.name)
	frappe.db.commit()
