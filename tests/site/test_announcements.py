"""What HR announces: for whom, by which ways, once; seen on the portal, put away, counted without names."""

from functools import partial

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from announcing_factories import make_announcement
from message_factories import messages_to
from portal_factories import make_paid_opening, make_referrer

from referral_hub.announcing import figures, posts, reading, telling
from referral_hub.api.announcing import desk
from referral_hub.messages import preferences, unsubscribing
from referral_hub.messages import service as messages
from referral_hub.portal.announcing import offers
from referral_hub.tasks.announcing import follow_announcements

SETTINGS = "Referral Hub Settings"


@pytest.fixture
def anna(as_user):
	return make_referrer("Anna")


def told(employee, **filters) -> list:
	return messages_to(employee, event="announcement", **filters)


def home_of(employee, as_user) -> str:
	as_user(employee.user_id)
	frappe.local.lang = "en"
	return web.get("/referrals").text


def test_everybody_it_is_for_sees_the_banner_until_they_put_it_away_and_finds_it_in_the_news(anna, as_user):
	post = make_announcement()
	assert post.title in home_of(anna, as_user)
	answer = web.post("/referrals/news", {"put_away": post.name})
	assert (answer.status_code, answer.headers["Location"]) == (303, f"/referrals?put_away={post.name}")
	assert post.title not in web.get("/referrals").text
	assert post.title in web.get("/referrals/news").text
	assert "We look for people." in web.get(f"/referrals/news/{post.name}").text


def test_what_was_put_away_by_mistake_is_put_back(anna, as_user):
	post = make_announcement()
	home_of(anna, as_user)
	there = web.post("/referrals/news", {"put_away": post.name}).headers["Location"]
	said = web.get(there).text
	assert "Put away. It stays under News." in said and f'name="put_back" value="{post.name}"' in said
	assert web.post("/referrals/news", {"put_back": post.name}).headers["Location"] == "/referrals"
	assert post.title in web.get("/referrals").text


def test_nobody_puts_back_what_is_not_for_them(anna, as_user):
	post = make_announcement(audience=[("Department", hr.make_department().name)])
	home_of(anna, as_user)
	assert web.post("/referrals/news", {"put_back": post.name}).headers["Location"] == "/referrals"
	for asked in (post.name, "nothing"):
		assert "put_back" not in web.get(f"/referrals?put_away={asked}").text


def test_who_it_is_not_for_does_not_find_it(anna, as_user):
	shops = hr.make_department(is_group=1)
	shop = hr.make_department(parent_department=shops.name)
	post = make_announcement(audience=[("Department", shops.name)])
	assert post.title not in home_of(anna, as_user)
	assert web.get(f"/referrals/news/{post.name}").status_code == 404
	anna.db_set("department", shop.name)
	assert post.title in web.get("/referrals").text
	assert web.get(f"/referrals/news/{post.name}").status_code == 200


def test_a_draft_and_what_is_scheduled_are_shown_to_nobody(anna, as_user):
	draft = make_announcement(out=False)
	later = make_announcement(starts_on=hr.in_days(2))
	assert (draft.state, later.state) == ("Draft", "Scheduled")
	page = home_of(anna, as_user)
	assert draft.title not in page and later.title not in page
	assert web.get(f"/referrals/news/{later.name}").status_code == 404


def test_it_begins_and_ends_by_the_clock_and_its_note_with_it():
	post = make_announcement(as_note=1, starts_on=hr.in_days(2), ends_on=hr.in_days(4))
	assert post.name not in posts.to_follow() and post.note is None
	frappe.db.set_value(posts.DOCTYPE, post.name, "starts_on", hr.days_ago(1))
	assert post.name in posts.to_follow()
	posts.follow_clock(post.name)
	post.reload()
	note = frappe.get_doc("Note", post.note)
	assert (post.state, note.title, note.public, note.notify_on_login) == ("Out", post.title, 1, 1)
	post.title = "Summer"
	post.save()
	assert frappe.db.get_value("Note", note.name, "title") == "Summer"
	frappe.db.set_value(posts.DOCTYPE, post.name, "ends_on", hr.days_ago(0))
	posts.follow_clock(post.name)
	assert frappe.db.get_value(posts.DOCTYPE, post.name, ["state", "note"]) == ("Over", None)
	assert not frappe.db.exists("Note", note.name)


def test_a_note_that_hr_deletes_stays_away_and_the_announcement_goes_on():
	post = make_announcement(as_note=1)
	open_form = frappe.get_doc(posts.DOCTYPE, post.name)
	frappe.delete_doc("Note", post.note)
	with pytest.raises(frappe.TimestampMismatchError):
		open_form.save()
	post.reload()
	post.title = "Summer"
	post.save()
	assert frappe.db.get_value(posts.DOCTYPE, post.name, ["title", "note"]) == ("Summer", None)
	posts.end(post.name)
	assert frappe.db.get_value(posts.DOCTYPE, post.name, "state") == "Over"


def test_each_opening_says_what_it_pays_the_reader_and_one_that_is_closed_is_left_out(anna, as_user):
	paid, closed = make_paid_opening(), make_paid_opening()
	post = make_announcement(openings=[paid.name, closed.name])
	closed.db_set("status", "Closed")
	as_user(anna.user_id)
	frappe.local.lang = "en"
	page = web.get(f"/referrals/news/{post.name}").text
	assert paid.job_title in page and "400 points" in page
	assert closed.job_title not in page
	frappe.set_user("Administrator")
	telling.tell(post.name, [anna.name], offers.earnings())
	facts = frappe.parse_json(told(anna, channel="Email")[0].facts)
	assert facts["earn"] == [f"{paid.job_title}: 400 points"]
	assert facts["earn_zh"] == [f"{paid.job_title}：400 积分"]


def test_it_is_told_once_in_the_language_of_each_reader(anna):
	mei = make_referrer("Mei", language="zh")
	post = make_announcement(
		send_messages=1,
		title_zh="春季内推",
		text="<p>One</p><p>Two &amp; three</p>",
		text_zh="<p>一起推荐</p>",
	)
	for _again in range(2):
		telling.tell(post.name, [anna.name, mei.name], offers.earnings())
	messages.send_pending()
	(english,), (chinese,) = told(anna, channel="Email"), told(mei, channel="Email")
	assert (english.subject, chinese.subject) == (post.title, "春季内推")
	assert "<p>One</p>" in english.content and "<p>Two &amp; three</p>" in english.content
	assert "<p>一起推荐</p>" in chinese.content
	assert f"/referrals/news/{post.name}" in english.content
	assert figures.of(post.name)["told"] == 2


def test_telling_goes_on_where_it_stopped(anna):
	post = make_announcement(send_messages=1, audience=[("Designation", hr.make_designation().name)])
	first = telling.next_chunk(post.name)
	telling.tell(post.name, first[:1], offers.earnings())
	assert telling.next_chunk(post.name)[: len(first) - 1] == first[1:]
	while names := telling.next_chunk(post.name):
		telling.tell(post.name, names, offers.earnings())
	telling.all_told(post.name)
	assert frappe.db.get_value(posts.DOCTYPE, post.name, "told_on")
	assert post.name not in posts.to_follow()
	done = dict.fromkeys(("opened", "followed", "put_away"), "hidden")
	assert figures.of(post.name) == {"meant": 0, "told": 0, **done}


def test_who_wants_none_gets_none_and_hr_can_name_the_ways(anna):
	bo = make_referrer("Bo")
	preferences.save(anna.name, channels={}, tell_announcements=0)
	post = make_announcement(send_messages=1, channels=[{"channel": "Email", "wanted": 1}])
	telling.tell(post.name, [anna.name, bo.name], offers.earnings())
	assert told(anna) == []
	assert [row.channel for row in told(bo)] == ["Email"]
	token = unsubscribing.link_for(told(bo)[0].name).rpartition("/")[2]
	unsubscribing.stop(unsubscribing.read(token))
	chosen = preferences.preference_of(bo.name)
	assert (chosen.tell_announcements, chosen.tell_board, chosen.channels) == (0, 1, [])
	messages.send_pending()
	assert told(bo)[0].state == "Skipped"


def test_what_hr_has_switched_off_is_told_nobody_by_message(anna):
	frappe.db.set_single_value(SETTINGS, "tell_announcements", 0)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	post = make_announcement(send_messages=1)
	telling.tell(post.name, [anna.name], offers.earnings())
	assert told(anna) == []


def test_opening_it_and_going_on_to_an_opening_are_counted_once_each(anna, as_user):
	opening, other = hr.make_opening(), hr.make_opening()
	post = make_announcement(openings=[opening.name])
	as_user(anna.user_id)
	for _again in range(2):
		web.get(f"/referrals/news/{post.name}")
		answer = web.get(f"/referrals/news/{post.name}", to=opening.name)
	assert answer.headers["Location"] == f"/referrals/openings/{opening.name}"
	assert web.get(f"/referrals/news/{post.name}", to=other.name).status_code == 404
	((opened, followed, put_away),) = frappe.get_all(
		reading.VIEW,
		{"announcement": post.name},
		["opened_on", "followed_on", "put_away_on"],
		as_list=True,
	)
	assert (bool(opened), bool(followed), put_away) == (True, True, None)


def test_no_number_says_who_opened_it_and_a_larger_one_is_exact(monkeypatch):
	post = make_announcement()
	for number in range(5):
		reading.mark(post.name, f"_Somebody {number}", reading.OPENED)
	said = {}
	for meant in (9, 10, 11):
		monkeypatch.setattr(figures.audience, "count", lambda audience, meant=meant: meant)
		found = figures.of(post.name)
		said[meant] = (found["opened"], found["followed"], found["put_away"])
	assert said == {9: ("hidden",) * 3, 10: (5, "few", "few"), 11: (5, "few", "few")}


def test_what_is_fixed_can_not_be_changed_once_it_is_out_its_words_can():
	post = make_announcement()
	post.update({"text": "<p>Better words</p>", "ends_on": hr.in_days(3)})
	post.save()
	post.append("audience", {"kind": "Branch", "value": hr.make_branch().name})
	with pytest.raises(posts.NotAsWritten, match="Only For can't be changed any more"):
		post.save()
	post.reload()
	post.state = "Draft"
	post.save()
	assert frappe.db.get_value(posts.DOCTYPE, post.name, "state") == "Out"
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc(posts.DOCTYPE, post.name)


def test_what_can_not_go_out_is_refused_in_words():
	opening = hr.make_opening().name
	refused = {
		"shown to everybody": {"as_note": 1, "companies": [hr.COMPANY]},
		"is named twice": {"openings": [opening, opening]},
		"no way called Pigeon": {"channels": [{"channel": "Pigeon"}]},
		"over before it begins": {"starts_on": hr.in_days(3), "ends_on": hr.in_days(2)},
	}
	for words, fields in refused.items():
		with pytest.raises(posts.NotAsWritten, match=words):
			make_announcement(out=False, **fields)
	post = make_announcement()
	with pytest.raises(posts.NotNow):
		posts.announce(post.name)


def test_a_test_goes_to_whoever_asks_and_nobody_else(anna):
	post = make_announcement(out=False, companies=[hr.COMPANY], openings=[make_paid_opening().name])
	hr_user = make_referrer("Boss")
	frappe.get_doc("User", hr_user.user_id).add_roles("HR Manager")
	frappe.set_user(hr_user.user_id)
	desk.send_test(post.name)
	desk.send_test(post.name)
	assert len(told(hr_user, channel="Email")) == 2 and told(anna) == []
	assert figures.of(post.name)["told"] == 0


def test_hr_looks_at_it_as_an_employee_would(anna, as_user):
	opening = make_paid_opening()
	post = make_announcement(out=False, openings=[opening.name], title_zh="春季内推")
	as_user(hr.make_hr_manager().name)
	shown = desk.preview(post.name, "en", anna.name)
	assert post.title in shown["page"] and "400 points" in shown["page"]
	assert shown["subject"] == post.title and "400 points" in shown["mail"]
	shown = desk.preview(post.name, "zh", anna.name)
	assert shown["subject"] == "春季内推" and "400 积分" in shown["page"]
	assert frappe.db.count(reading.VIEW, {"announcement": post.name}) == 0
	with pytest.raises(frappe.ValidationError, match="Choose an active employee"):
		desk.preview(post.name, "en", "nobody")
	assert post.title in desk.preview(post.name, "en")["page"]


def test_employees_and_hr_of_another_company_do_nothing_here(anna, as_user):
	post = make_announcement(companies=[hr.COMPANY], out=False)
	methods = [desk.announce, desk.take_back, desk.end, desk.send_test, desk.numbers]
	methods.append(partial(desk.preview, language="en"))
	other = hr.make_hr_manager().name
	frappe.get_doc(
		doctype="User Permission", user=other, allow="Company", for_value=hr.other_company()
	).insert()
	for user in (anna.user_id, other):
		as_user(user)
		for method in methods:
			with pytest.raises(frappe.PermissionError):
				method(post.name)
	frappe.set_user("Administrator")
	assert frappe.db.get_value(posts.DOCTYPE, post.name, "state") == "Draft"


def test_what_somebody_read_follows_a_merge_and_goes_with_them(anna, as_user):
	bo, post, second = make_referrer("Bo"), make_announcement(), make_announcement()
	for employee, announcement in ((anna, post), (bo, post), (bo, second)):
		reading.mark(announcement.name, employee.name, reading.PUT_AWAY)
	frappe.db.set_value("Employee", bo.name, "user_id", None)
	frappe.rename_doc("Employee", bo.name, anna.name, merge=True, force=True)
	rows = frappe.get_all(reading.VIEW, {"announcement": ("in", [post.name, second.name])}, pluck="employee")
	assert rows == [anna.name, anna.name]
	reading.forget_employee(anna.name)
	assert frappe.db.count(reading.VIEW, {"employee": anna.name}) == 0


def test_the_task_begins_and_tells_also_where_another_announcement_can_not_be_told(
	anna, commits, monkeypatch
):
	designation = hr.make_designation().name
	anna.db_set("designation", designation)
	post = make_announcement(
		send_messages=1, audience=[("Designation", designation)], starts_on=hr.in_days(1)
	)
	frappe.db.set_value(posts.DOCTYPE, post.name, "starts_on", hr.days_ago(1))
	broken = [make_announcement(send_messages=1).name for _each in range(2)]
	frappe.db.set_value(posts.DOCTYPE, broken[0], "modified", hr.days_ago(9), update_modified=False)
	tell = telling.tell

	def fails(name, *about):
		if name in broken:
			raise RuntimeError("not this one")
		tell(name, *about)

	monkeypatch.setattr(telling, "tell", fails)
	follow_announcements()
	follow_announcements()
	post.reload()
	assert (post.state, bool(post.told_on), len(told(anna, channel="Email"))) == ("Out", True, 1)
	assert [frappe.db.get_value(posts.DOCTYPE, name, "told_on") for name in broken] == [None, None]
