"""What HR does with channels in the desk: preview, test, words of their own, many messages again; and one token for all processes."""

import os
import subprocess
from pathlib import Path

import frappe
import pytest
import site_factories as hr
from channel_factories import make_app, make_robot, posted, state_of
from chat_services import open_services
from live_site import site_name, sites_folder
from message_factories import WORDS, make_reader, messages_to
from warm_python import warm_python

from referral_hub.api import desk_messages
from referral_hub.api.channels import desk
from referral_hub.messages import service
from referral_hub.messages.channels import wecom


def tell(reader, **facts):
	service.tell("offer_made", reader.name, key=frappe.generate_hash(length=8), **{**WORDS, **facts})


@pytest.fixture
def manager(services, as_user):
	"""An HR Manager who is an employee too."""
	user = hr.make_user(roles=("HR Manager", "Employee")).name
	return hr.make_employee(user_id=user, cell_number="138 0013 8000")


def test_a_test_goes_into_the_group_or_to_oneself(services, manager, as_user):
	robot, app = make_robot(services), make_app()
	services.people["LinaLi"] = "13800138000"
	as_user(manager.user_id)
	assert desk.send_test(robot.name) == {"sent": True, "to": robot.name}
	assert desk.send_test(app.name, "offer_made", "zh") == {"sent": True, "to": "tel:+8613800138000"}
	assert services.texts()[0].startswith("Test: New referral for Store Manager: Alex Sample.")
	assert services.received[1]["to"] == "LinaLi"
	assert "张三" in services.texts()[1]
	assert desk.send_test("In-app") == {"sent": True, "to": manager.user_id}


def test_a_test_that_fails_says_why_and_the_channel_keeps_it(services, manager, as_user):
	robot = make_robot(services, "Feishu Robot", sign_secret="wrong-secret-of-the-robot")
	as_user(manager.user_id)
	said = desk.send_test(robot.name)
	assert said == {"sent": False, "why": state_of(robot).last_error}
	assert said["why"].startswith("Feishu Robot answered 19021.")


def test_who_is_not_hr_tests_and_previews_nothing(services, as_user):
	robot = make_robot(services)
	as_user(make_reader().user_id)
	for call in (
		lambda: desk.send_test(robot.name),
		lambda: desk.preview_words("offer_made", "en", "Email"),
		lambda: desk.resend_many("[]"),
	):
		with pytest.raises(frappe.PermissionError):
			call()
	assert services.asked == []


def test_hr_sees_words_before_they_are_saved(services, manager, as_user):
	as_user(manager.user_id)
	shown = desk.preview_words(
		"offer_made", "en", "Email", "About {{ candidate_name }}", "<p>{{ opening }}<script>x</script></p>"
	)
	assert (shown["subject"], shown["text"]) == ("About Alex Sample", "")
	assert "Store Manager" in shown["body"]
	assert "<script>" not in shown["body"]
	assert desk.preview_words("offer_made", "zh", "SMS")["text"].startswith("已向张三发出录用通知")
	with pytest.raises(frappe.ValidationError, match="can't be rendered"):
		desk.preview_words("offer_made", "en", "Email", "{{ nothing.of.this }}", "x")


def test_every_message_can_be_previewed_in_every_language(services, manager, as_user):
	from referral_hub.messages.rules.events import EVENTS
	from referral_hub.setup.words.sms_words import WITHOUT_SMS

	as_user(manager.user_id)
	for event in EVENTS:
		for language in ("en", "zh"):
			for channel in ("Email", "SMS") if event not in WITHOUT_SMS else ("Email",):
				assert desk.preview_words(event, language, channel)["subject"]


def test_wecom_gets_words_of_its_own_and_groups_theirs(services, manager, as_user):
	app, robot = make_app(), make_robot(services)
	services.people["LinaLi"] = "13800138000"
	as_user(manager.user_id)
	words = desk_messages.message_words("offer_made", "en", app.name)
	assert words["template"] == "Referral Chat: Offer Made (en)"
	assert (
		desk_messages.message_words("offer_made", "en", robot.name)["template"]
		== "Referral Group: Offer Made (en)"
	)
	desk_messages.save_message_words(words["template"], "Chat", "In WeCom: {{ candidate_name }}")
	tell(manager)
	service.send_pending()
	assert "In WeCom: Lin Wei" in services.texts()
	with pytest.raises(frappe.ValidationError, match="is not known in this message"):
		desk_messages.save_message_words(words["template"], "Chat", "{{ frappe }}")


def test_many_go_out_again_at_once_and_only_those_that_did_not(services, manager, as_user):
	robot = make_robot(services)
	services.answer = 200, {"errcode": 40058}
	for _number in range(3):
		tell(manager)
	service.send_pending()
	assert {row.state for row in posted(robot)} == {"Failed"}
	services.answer = None
	as_user(manager.user_id)
	names = [row.name for row in posted(robot)]
	assert desk.resend_many(frappe.as_json(names)) == {"again": 3}
	service.send_pending()
	assert desk.resend_many(frappe.as_json(names)) == {"again": 0}
	assert len(services.texts()) == 3


def test_telling_asks_nobody_outside(services):
	"""What HR saves never waits for a service, up or down."""
	make_robot(services)
	app = make_app()
	reader = make_reader(cell_number="138 0013 8000")
	tell(reader)
	assert (services.asked, [row.state for row in messages_to(reader, channel=app.name)]) == ([], ["Pending"])


def test_who_left_is_nobody_in_wecom_any_more(services):
	reader, other = make_reader(), make_reader()
	for one, status in ((reader, "Left"), (other, "Active")):
		frappe.db.set_value("Employee", one.name, {"status": status, wecom.USER_FIELD: "id"})
	wecom.forget_who_left()
	kept = [frappe.db.get_value("Employee", one.name, wecom.USER_FIELD) for one in (reader, other)]
	assert kept == [None, "id"]


ASK = f"""
import sys
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
frappe.conf["referral_hub_channel_addresses"] = {{"WeCom Application": sys.argv[2]}}
from referral_hub.messages.channels import configured, wecom_interface
channel = configured.find(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
answer, said = wecom_interface.call(channel, "user/getuserid", {{"mobile": "13800138000"}})
print(said["userid"], flush=True)
frappe.destroy()
"""


@pytest.mark.commits
def test_processes_that_need_a_token_at_once_get_one(commits):
	with open_services() as services:
		services.people["LinaLi"] = "13800138000"
		services.slow = 1.0
		app = make_app()
		commits.commit()
		processes = [start(app.name, services.origin) for _number in range(3)]
		for process in processes:
			assert process.stdout.readline() == "ready\n"
		said = [process.communicate("go\n", timeout=120) for process in processes]
		assert [out for out, _errors in said] == ["LinaLi\n"] * 3, said
		assert services.asked.count("/cgi-bin/gettoken") == 1


def start(channel: str, origin: str) -> subprocess.Popen:
	return subprocess.Popen(
		[*warm_python(), "-c", ASK, channel, origin],
		cwd=sites_folder(),
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
		text=True,
	)
