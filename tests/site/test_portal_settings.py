"""The page on which employees choose how they are told, and the same by the API."""

import frappe
import portal_requests as web
import pytest
from message_factories import make_reader

from referral_hub.api import portal
from referral_hub.messages.readers import find_reader

FORM = {
	"channel:In-app": "1",
	"digest": "Weekly",
	"quiet": "1",
	"quiet_from": "21:30",
	"quiet_to": "07:15",
	"language": "zh",
	"incognito": "1",
}


@pytest.fixture
def reader(as_user):
	reader = make_reader("en")
	as_user(reader.user_id)
	return reader


def kept(reader) -> dict:
	fields = ["digest", "pressing_at_once", "quiet_hours", "quiet_from", "quiet_to", "language", "incognito"]
	return frappe.db.get_value("Referral Preference", {"employee": reader.name}, fields, as_dict=True)


def test_what_is_sent_is_kept_and_shown_again(reader):
	answer = web.post("/referrals/settings", FORM)
	assert (answer.status_code, answer.headers["Location"]) == (303, "/referrals/settings?saved=1")
	row = kept(reader)
	assert [str(value) for value in row.values()] == ["Weekly", "0", "On", "21:30:00", "7:15:00", "zh", "1"]
	assert find_reader(reader.name).wishes.channels == {"In-app": True, "Email": False}
	text = web.get("/referrals/settings", saved=1).text
	assert 'value="21:30"' in text
	assert "Saved. It holds from now on" in text


def test_before_anything_is_chosen_it_shows_what_hr_has_set_and_writes_nothing(reader):
	frappe.db.set_single_value("Referral Hub Settings", "digest", "Daily")
	text = web.get("/referrals/settings").text
	assert 'value="Daily" checked' in text
	assert "No SMS gateway" in text or "HR has switched this off." in text
	assert kept(reader) is None


@pytest.mark.parametrize(
	("change", "sentence"),
	[
		({"digest": "Hourly"}, "Please choose one of the options shown."),
		({"language": "xx"}, "Please choose one of the options shown."),
		({"quiet_from": "late"}, "Please give times as hours and minutes, such as 22:00."),
		({"quiet_from": "99:99"}, "Please give times as hours and minutes, such as 22:00."),
		({"quiet_from": ""}, "Say from when and until when you want quiet."),
		({"quiet_to": "21:30"}, "Quiet hours that end when they begin are none."),
	],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_nothing_is_kept(commits, as_user, change, sentence):
	reader = make_reader("en")
	commits.commit()
	as_user(reader.user_id)
	answer = web.post("/referrals/settings", {**FORM, **change})
	assert (answer.status_code, sentence in answer.text) == (422, True)
	assert kept(reader) is None


def test_a_channel_that_is_off_here_is_not_switched_off_for_later(reader):
	web.post("/referrals/settings", FORM)
	assert "SMS" not in find_reader(reader.name).wishes.channels


def test_the_menu_leads_to_it_and_a_guest_signs_in_first(reader, as_user):
	assert 'href="/referrals/settings"' in web.get("/referrals").text
	as_user("Guest")
	assert web.get("/referrals/settings").status_code == 302


def test_the_api_keeps_and_shows_the_same(reader):
	shown = portal.save_message_settings(
		'["In-app"]', digest="Daily", quiet="1", quiet_from="22:00", quiet_to="06:00"
	)
	assert shown == portal.message_settings()
	assert (shown["digest"], shown["quiet_from"], shown["quiet_to"]) == ("Daily", "22:00", "06:00")
	assert {channel["label"]: channel["wanted"] for channel in shown["channels"]}["Email"] is False


def test_somebody_without_an_employee_is_refused(as_user):
	as_user("Administrator")
	for call in (portal.message_settings, lambda: portal.save_message_settings("[]")):
		with pytest.raises(frappe.PermissionError):
			call()


def test_the_page_is_said_in_chinese(as_user):
	reader = make_reader("zh")
	as_user(reader.user_id)
	frappe.local.lang = "zh"
	text = web.get("/referrals/settings").text
	assert [
		word for word in ("消息设置", "免打扰", "怎样通知您", "每天一次，合在一起") if word not in text
	] == []
