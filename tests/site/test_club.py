"""The referrers' club: invited once, left as one likes; events with seats, a waiting list, a reminder and a calendar file."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from announcing_factories import make_announcement
from frappe.utils import today
from message_factories import messages_to
from portal_factories import make_referrer
from referral_factories import make_referral

from referral_hub.announcing.club import events, members
from referral_hub.announcing.rules.club import DECLINED, GOING, MEMBER, NO, WAITING
from referral_hub.api.announcing import club as desk

SETTINGS, PAGE = "Referral Hub Settings", "/referrals/club"


@pytest.fixture(autouse=True)
def club():
	hr_sets(club_on=1, club_level=None, club_hires=2, club_months=12)


def hr_sets(**values) -> None:
	for field, value in values.items():
		frappe.db.set_single_value(SETTINGS, field, value)
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def make_member(name: str = "Anna"):
	employee = make_referrer(name)
	members.invite(employee.name)
	members.answer(employee.name, MEMBER)
	return employee


def make_event(*, is_open: bool = True, **fields):
	event = frappe.new_doc(events.DOCTYPE)
	event.update({"title": hr.unique("Dinner"), "place": "Canteen", "starts_on": f"{hr.in_days(5)} 18:00:00"})
	event.update(fields)
	event.insert()
	if is_open:
		events.open_event(event.name)
		event.reload()
	return event


def told(employee, event: str) -> int:
	return len(messages_to(employee, event=event, channel="Email"))


def joined(referrer, on: str) -> None:
	referral = make_referral(referrer)
	values = {"stage": "Joined", "outcome": "Hired", "joined_on": on}
	frappe.db.set_value("Referral", referral.name, values, update_modified=False)


def test_who_has_brought_enough_people_is_invited_once():
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	for day in (today(), hr.days_ago(300)):
		joined(anna, day)
	for day in (today(), hr.days_ago(500)):
		joined(bo, day)
	found = members.to_invite()
	assert (anna.name in found, bo.name in found) == (True, False)
	members.invite(anna.name)
	assert anna.name not in members.to_invite() and told(anna, "club_invited") == 1
	hr_sets(club_on=0)
	assert members.to_invite() == []


def test_a_level_invites_too():
	anna = make_referrer("Anna")
	level = frappe.get_all("Referral Level", {"enabled": 1}, ["name", "rank"], order_by="rank asc")[0]
	hr_sets(club_hires=0, club_level=level.name)
	kept = {"employee": anna.name, "company": anna.company, "level": level.name}
	frappe.get_doc(
		{"doctype": "Referral Recognition", "name": frappe.generate_hash(length=12), **kept}
	).db_insert()
	assert anna.name in members.to_invite()


def test_somebody_joins_declines_and_leaves_on_the_portal(as_user):
	anna = make_referrer("Anna")
	as_user(anna.user_id)
	frappe.local.lang = "en"
	assert "2 people you referred have joined in the last 12 months." in web.get(PAGE).text
	frappe.set_user("Administrator")
	members.invite(anna.name)
	as_user(anna.user_id)
	for pressed, state in (("Declined", NO), ("Member", MEMBER), ("Left", "Left")):
		assert web.post(PAGE, {"membership": pressed}).status_code == 303
		assert members.of(anna.name).state == state
	answer = web.post(PAGE, {"membership": "Declined"})
	assert answer.status_code == 422 and "You can&#39;t choose that now." in answer.text
	hr_sets(club_on=0)
	assert web.get(PAGE).status_code == 404


def test_seats_are_given_in_order_and_who_waits_moves_up_and_is_told(as_user):
	anna, bo, carl = (make_member(name) for name in ("Anna", "Bo", "Carl"))
	event = make_event(capacity=1)
	assert [told(each, "club_event") for each in (anna, bo, carl)] == [1, 1, 1]
	answers = [events.answer(event.name, each.name, True) for each in (anna, bo, carl)]
	assert answers == [GOING, WAITING, WAITING]
	assert events.answer(event.name, anna.name, True) == GOING
	assert events.answer(event.name, anna.name, False) == DECLINED
	seat = lambda who: frappe.db.get_value(events.ANSWER, {"event": event.name, "employee": who.name}, "seat")  # noqa: E731
	assert [seat(each) for each in (anna, bo, carl)] == [DECLINED, GOING, WAITING]
	assert [told(each, "club_seat") for each in (anna, bo, carl)] == [0, 1, 0]
	event.reload()
	event.capacity = 2
	event.save()
	assert (seat(carl), told(carl, "club_seat")) == (GOING, 1)
	assert events.answer(event.name, anna.name, True) == WAITING


def test_the_seat_of_who_leaves_the_club_goes_to_who_waits(as_user):
	people = [make_member(name) for name in ("Anna", "Bo")]
	event = make_event(capacity=1)
	assert [events.answer(event.name, each.name, True) for each in people] == [GOING, WAITING]
	as_user(people[0].user_id)
	assert web.post(PAGE, {"membership": "Left"}).status_code == 303
	as_user("Administrator")
	(shown,) = [row for row in events.of(people[1].name) if row.name == event.name]
	assert (shown.seat, shown.going) == (GOING, 1)


def test_a_member_answers_on_the_portal_and_takes_it_into_their_calendar(as_user):
	anna, event = make_member(), make_event()
	other = make_event(companies=[{"company": hr.other_company()}])
	as_user(anna.user_id)
	frappe.local.lang = "en"
	page = web.get(PAGE).text
	assert event.title in page and other.title not in page
	assert web.post(PAGE, {"event": event.name, "comes": "1"}).status_code == 303
	assert "You come" in web.get(PAGE).text
	file = web.get(PAGE, calendar=event.name)
	assert f"SUMMARY:{event.title}" in file.text and "BEGIN:VEVENT" in file.text
	for name in (other.name, "nothing"):
		assert web.post(PAGE, {"event": name, "comes": "1"}).status_code == 422
		assert web.get(PAGE, calendar=name).status_code == 404


def test_who_is_no_member_can_not_answer():
	event = make_event()
	with pytest.raises(events.NotNow, match="for members of the club"):
		events.answer(event.name, make_referrer("Bo").name, True)


def test_who_comes_is_reminded_once_and_hears_when_it_is_off():
	anna, bo = make_member("Anna"), make_member("Bo")
	event = make_event(remind_days=7)
	events.answer(event.name, anna.name, True)
	events.answer(event.name, bo.name, False)
	for _again in range(2):
		for name in events.to_remind():
			events.remind(name)
	assert (told(anna, "club_reminder"), told(bo, "club_reminder")) == (1, 0)
	events.cancel(event.name)
	assert (told(anna, "club_event_off"), told(bo, "club_event_off")) == (1, 0)
	with pytest.raises(events.NotNow, match="can't be answered any more"):
		events.answer(event.name, bo.name, True)


def test_who_comes_or_waits_hears_of_each_move_and_is_reminded_of_the_new_day():
	anna, bo, carl = (make_member(name) for name in ("Anna", "Bo", "Carl"))
	event = make_event(remind_days=7, capacity=1)
	for who, comes in ((anna, True), (bo, True), (carl, False)):
		events.answer(event.name, who.name, comes)
	remind = lambda: [events.remind(name) for name in events.to_remind()]  # noqa: E731
	remind()
	first, second = f"{hr.in_days(5)} 18:00:00", f"{hr.in_days(6)} 18:00:00"
	for times, (starts_on, place) in enumerate([(second, "Canteen"), (first, "Canteen"), (first, "Hall")], 1):
		event.reload()
		event.update({"starts_on": starts_on, "place": place})
		event.save()
		remind()
		assert [told(each, "club_event_moved") for each in (anna, bo, carl)] == [times, times, 0]
	assert [told(each, "club_reminder") for each in (anna, bo, carl)] == [3, 0, 0]
	assert [told(each, "club_event") for each in (anna, bo, carl)] == [1, 1, 3]
	latest = messages_to(anna, event="club_event_moved", channel="Email")[-1]
	assert frappe.parse_json(latest.facts)["place"] == "Hall"
	event.title = "Supper"
	event.save()
	assert told(anna, "club_event_moved") == 3


def test_an_open_event_is_not_moved_into_the_past():
	event = make_event()
	event.starts_on = f"{hr.days_ago(1)} 18:00:00"
	with pytest.raises(events.NotAsWritten, match="This moment has passed"):
		event.save()


def test_an_announcement_can_be_for_the_club_alone(as_user):
	anna, bo = make_member("Anna"), make_referrer("Bo")
	post = make_announcement(only_club=1)
	for employee, shown in ((anna, True), (bo, False)):
		as_user(employee.user_id)
		assert (post.title in web.get("/referrals").text) is shown


def test_only_hr_of_its_companies_opens_or_cancels_an_event_and_nobody_writes_answers(as_user):
	anna = make_member()
	event = make_event(is_open=False, companies=[{"company": hr.COMPANY}])
	other = hr.make_hr_manager().name
	frappe.get_doc(
		doctype="User Permission", user=other, allow="Company", for_value=hr.other_company()
	).insert()
	for user in (anna.user_id, other):
		as_user(user)
		for method in (desk.open_event, desk.cancel_event):
			with pytest.raises(frappe.PermissionError):
				method(event.name)
	frappe.set_user("Administrator")
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(members.DOCTYPE, {"employee": anna.name}).save()
	as_user(hr.make_hr_manager().name)
	assert desk.open_event(event.name) == 1


def test_what_somebody_said_follows_a_merge_and_goes_with_them():
	anna, bo = make_member("Anna"), make_member("Bo")
	event = make_event()
	for each in (anna, bo):
		events.answer(event.name, each.name, True)
	frappe.db.set_value("Employee", bo.name, "user_id", None)
	frappe.rename_doc("Employee", bo.name, anna.name, merge=True, force=True)
	assert frappe.get_all(events.ANSWER, {"event": event.name}, pluck="employee") == [anna.name]
	assert frappe.db.count(members.DOCTYPE, {"employee": anna.name}) == 1
	events.forget_employee(anna.name)
	assert frappe.db.count(events.ANSWER, {"event": event.name}) == 0
