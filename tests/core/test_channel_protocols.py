"""What chat services ask for and answer: published signatures, published codes, and which addresses may be talked to."""

from datetime import datetime, timedelta

import pytest

from referral_hub.messages.rules import groups
from referral_hub.messages.rules.events import EVENTS
from referral_hub.messages.rules.protocols import (
	addresses,
	breaker,
	robots,
	wecom,
	wecom_customers,
	wecom_sign_in,
)
from referral_hub.messages.rules.protocols.answers import Answer, Says, by_status, seconds_of
from referral_hub.messages.rules.protocols.wecom_customers import Came, Why

DINGTALK_SIGN = "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
FEISHU_SIGN = "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="
NOW = 1599360473.5


def test_dingtalk_signs_the_published_string_with_the_secret():
	"""HMAC-SHA256 over timestamp, newline, secret, keyed by the secret; computed by openssl from DingTalk's example secret."""
	assert robots.dingtalk_sign("this is secret", 1577262236757) == DINGTALK_SIGN


def test_feishu_signs_nothing_with_the_published_string():
	"""As in the Go and Python examples of Feishu's guide: the string is the key, the message is empty; computed by openssl."""
	assert robots.feishu_sign("demo", 1599360473) == FEISHU_SIGN


def test_a_signed_post_carries_its_own_time():
	post = robots.post(
		addresses.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=x", "Hi", "", NOW, "S"
	)
	assert "&timestamp=1599360473500&sign=" in post.address
	feishu = robots.post(addresses.FEISHU, "https://open.feishu.cn/hook/x", "Hi", "", NOW, "S")
	assert feishu.body["timestamp"] == "1599360473"


def test_what_people_typed_calls_nobody_and_links_nowhere():
	said = '<at user_id="all"> <!channel> <https://evil.example|here> & [x](https://evil.example)'
	feishu = robots.post(addresses.FEISHU, "a", said, "", NOW).body["content"]["text"]
	assert "<" not in feishu
	slack = robots.post(addresses.SLACK, "a", said, "", NOW).body
	assert ("<" in slack["text"], slack["mrkdwn"]) == (False, False)
	teams = robots.post(addresses.TEAMS, "a", said, "", NOW).body["attachments"][0]["content"]["body"][0]
	assert teams == {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": said}]}
	dingtalk = robots.post(addresses.DINGTALK, "a", said, "", NOW).body
	assert (dingtalk["msgtype"], dingtalk["at"]) == ("text", {"isAtAll": False})
	card = wecom.message("Li", 1, "T<b>", "<div>x</div> https://a/b", "https://a/b", "Open")["textcard"]
	assert (card["title"], card["description"]) == ("T‹b›", "‹div›x‹/div›")


@pytest.mark.parametrize("text", ["x" * 5000, "推" * 2000, "😀" * 1000])
def test_a_long_text_ends_with_a_whole_letter_within_what_is_taken(text):
	cut = robots.cut(text, robots.LONGEST_TEXT)
	assert len(cut.encode()) <= robots.LONGEST_TEXT
	assert cut[-1] == "…"
	assert text.startswith(cut[:-1])


@pytest.mark.parametrize(
	("kind", "status", "body", "says", "wait"),
	[
		(addresses.WECOM_ROBOT, 200, {"errcode": 0}, Says.SENT, 0),
		(addresses.WECOM_ROBOT, 200, {"errcode": 45009}, Says.LATER, 60),
		(addresses.WECOM_ROBOT, 200, {"errcode": 93000}, Says.SET_UP, 0),
		(addresses.WECOM_ROBOT, 200, {"errcode": 40058}, Says.REFUSED, 0),
		(addresses.DINGTALK, 200, {"errcode": 0, "errmsg": "ok"}, Says.SENT, 0),
		(addresses.DINGTALK, 200, {"errcode": 310000, "errmsg": "sign not match"}, Says.SET_UP, 0),
		(addresses.DINGTALK, 200, {"errcode": 410100}, Says.LATER, 600),
		(addresses.FEISHU, 200, {"code": 0}, Says.SENT, 0),
		(addresses.FEISHU, 200, {"StatusCode": 0, "StatusMessage": "success"}, Says.SENT, 0),
		(addresses.FEISHU, 200, {"code": 19021}, Says.SET_UP, 0),
		(addresses.FEISHU, 200, {"code": 11232}, Says.LATER, 60),
		(addresses.FEISHU, 400, {"code": 9499}, Says.REFUSED, 0),
		(addresses.SLACK, 200, "ok", Says.SENT, 0),
		(addresses.SLACK, 404, "no_service", Says.SET_UP, 0),
		(addresses.SLACK, 400, "invalid_payload", Says.REFUSED, 0),
		(addresses.SLACK, 429, "rate_limited", Says.LATER, 60),
		(addresses.TEAMS, 202, "", Says.SENT, 0),
		(addresses.TEAMS, 200, "delivery failed with error: HTTP error 429", Says.LATER, 60),
		(addresses.TEAMS, 401, "", Says.SET_UP, 0),
		(addresses.WECOM_ROBOT, 200, "<html>a proxy</html>", Says.SET_UP, 0),
		(addresses.WECOM_ROBOT, 302, "", Says.SET_UP, 0),
		(addresses.DINGTALK, 503, "", Says.LATER, 60),
		(addresses.WECOM_ROBOT, 500, "", Says.AWAY, 0),
		(addresses.TEAMS, 501, "", Says.AWAY, 0),
		(addresses.DINGTALK, 502, "", Says.UNKNOWN, 0),
		(addresses.SLACK, 504, "", Says.UNKNOWN, 0),
	],
)
def test_what_a_robot_answers_means(kind, status, body, says, wait):
	answer = robots.judge(kind, status, body)
	assert (answer.says, answer.wait) == (says, wait)


@pytest.mark.parametrize(
	("body", "says"),
	[
		({"errcode": 0, "errmsg": "ok"}, Says.SENT),
		({"errcode": 0, "invaliduser": "li"}, Says.NOBODY),
		({"errcode": 0, "unlicenseduser": "li"}, Says.NOBODY),
		({"errcode": 40014}, Says.TOKEN),
		({"errcode": 42001}, Says.TOKEN),
		({"errcode": 40001}, Says.SET_UP),
		({"errcode": 60020}, Says.SET_UP),
		({"errcode": 45009}, Says.LATER),
		({"errcode": 45033}, Says.LATER),
		({"errcode": -1}, Says.LATER),
		({"errcode": 60111}, Says.NOBODY),
		({"errcode": 81013}, Says.NOBODY),
		({"errcode": 45002}, Says.REFUSED),
		({"errcode": True}, Says.SET_UP),
		([], Says.SET_UP),
		("", Says.SET_UP),
	],
)
def test_what_wecom_answers_means(body, says):
	assert wecom.judge(200, body).says is says


def test_a_message_to_a_contact_is_a_task_for_one_colleague_and_one_contact():
	"""The members that WeCom publishes for a single chat, and none by which it would go to everybody the colleague knows."""
	assert wecom_customers.task("ZhangSan", "wmA", "Hello") == {
		"chat_type": "single",
		"external_userid": ["wmA"],
		"sender": "ZhangSan",
		"text": {"content": "Hello"},
	}


@pytest.mark.parametrize(
	("code", "said", "why"),
	[
		("", {"fail_list": [], "msgid": "m"}, None),
		("", {"fail_list": ["wmB"]}, None),
		("", {"fail_list": ["wmA"], "msgid": "m"}, Why.CONTACT),
		("", {"fail_list": "wmA"}, None),
		("84061", {}, Why.CONTACT),
		("40096", {}, Why.CONTACT),
		("41048", {}, Why.ENOUGH),
		("41063", {}, Why.BUSY),
		("60111", {}, Why.SENDER),
		("84074", {}, Why.SENDER),
		("45009", {}, None),
		("48002", {"fail_list": ["wmA"]}, None),
	],
)
def test_why_nothing_goes_to_a_contact(code, said, why):
	assert wecom_customers.why_not(code, said, "wmA") is why


@pytest.mark.parametrize(
	("rows", "came"),
	[
		([{"external_userid": "wmA", "status": 0}], Came.WAITS),
		([{"external_userid": "wmB", "status": 2}, {"external_userid": "wmA", "status": 1}], Came.SENT),
		([{"external_userid": "wmA", "status": 2}], Came.NO_CONTACT),
		([{"external_userid": "wmA", "status": 3}], Came.ENOUGH),
		([{"external_userid": "wmA", "status": 9}], Came.WAITS),
		([{"external_userid": "wmA", "status": "1"}], Came.WAITS),
		([7, {}], Came.WAITS),
		("x", Came.WAITS),
	],
)
def test_what_has_come_of_a_task(rows, came):
	assert wecom_customers.came_of({"send_list": rows}, "wmA") is came


@pytest.mark.parametrize(
	("said", "seconds"), [(None, 60), ("", 60), ("5", 60), ("120", 120), ("99999", 3600), ("²", 60)]
)
def test_retry_after_is_kept_within_bounds(said, seconds):
	assert seconds_of(said) == seconds
	for status in (429, 503):
		assert by_status(status, said) == Answer(Says.LATER, f"HTTP {status}", seconds)


def test_a_token_is_given_up_before_it_ends():
	assert [wecom.token_lasts(value) for value in (7200, 10**9, 100, 0, "7200", None)] == [
		6900,
		6900,
		1,
		1,
		1,
		1,
	]


def test_a_chinese_number_is_asked_for_as_it_stands_in_the_address_book():
	assert wecom.mobile_for("+8613800138000") == "13800138000"
	assert wecom.mobile_for("+4915112345678") == "+4915112345678"


@pytest.mark.parametrize(
	("kind", "address", "allowed"),
	[
		(addresses.WECOM_ROBOT, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", True),
		(addresses.WECOM_ROBOT, "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", False),
		(addresses.WECOM_ROBOT, "https://qyapi.weixin.qq.com.evil.example/x", False),
		(addresses.WECOM_ROBOT, "https://qyapi.weixin.qq.com@evil.example/x", False),
		(addresses.WECOM_ROBOT, "https://evil.example/qyapi.weixin.qq.com", False),
		(addresses.WECOM_ROBOT, "https://evil.example#@qyapi.weixin.qq.com/", False),
		(addresses.WECOM_ROBOT, "https://qyapi.weixin.qq.com:8443/x", False),
		(addresses.WECOM_ROBOT, "https://qyapi.weixin.qq.com\\@evil.example/", False),
		(addresses.WECOM_ROBOT, "https://169.254.169.254/latest", False),
		(addresses.WECOM_ROBOT, "file:///etc/passwd", False),
		(addresses.WECOM_ROBOT, "https://qyapi.weixin.qq.com:99999/x", False),
		(addresses.WECOM_ROBOT, "", False),
		(addresses.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=x", True),
		(addresses.FEISHU, "https://open.larksuite.com/open-apis/bot/v2/hook/x", True),
		(addresses.SLACK, "https://hooks.slack.com/services/T/B/x", True),
		(addresses.SLACK, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x", False),
		(addresses.TEAMS, "https://prod-00.westus.logic.azure.com:443/workflows/x", True),
		(addresses.TEAMS, "https://logic.azure.com.evil.example/x", False),
		(addresses.TEAMS, "https://evillogic.azure.com/x", False),
	],
)
def test_only_the_services_own_addresses_are_talked_to(kind, address, allowed):
	assert addresses.is_allowed(kind, address) is allowed


def test_an_administrator_can_allow_one_origin_more():
	bases = ["http://127.0.0.1:8999"]
	assert addresses.is_allowed(addresses.SLACK, "http://127.0.0.1:8999/services/x", bases)
	assert not addresses.is_allowed(addresses.SLACK, "http://127.0.0.1:9000/services/x", bases)
	assert not addresses.is_allowed(addresses.SLACK, "https://127.0.0.1:8999/services/x", bases)


def test_a_channel_that_fails_again_and_again_is_left_alone_for_longer_and_longer():
	now = datetime(2026, 1, 1)
	waits = [breaker.closed_until(failures, now) for failures in range(1, 7)]
	assert waits == [None, None, *(now + timedelta(minutes=minutes) for minutes in (5, 15, 60, 60))]
	assert breaker.closed_until(1, now, needs_a_person=True) == now + timedelta(hours=1)


def test_groups_are_told_only_of_messages_there_are_and_of_nothing_private():
	assert EVENTS.keys() >= groups.GROUP_EVENTS
	assert not any(EVENTS[event].is_private for event in groups.GROUP_EVENTS)


def test_only_hrs_group_hears_of_work_and_names_candidates():
	boxes = dict.fromkeys(groups.NEWS, 1)
	assert groups.hears(boxes, "word_overdue", for_hr=True)
	assert not groups.hears(boxes, "word_overdue", for_hr=False)
	assert groups.hears(boxes, "offer_made", for_hr=False)
	assert not groups.hears({}, "offer_made", for_hr=True)
	facts = {"candidate_name": "Lin", "number": "R1", "opening": "Cook", "reason": "Pay", "question": "Why?"}
	assert groups.facts_for(facts, for_hr=False) == {"opening": "Cook"}
	assert groups.facts_for(facts, for_hr=True) == {
		"candidate_name": "Lin",
		"number": "R1",
		"opening": "Cook",
	}


@pytest.mark.parametrize(
	("wish", "page"),
	[
		("/referrals", "/referrals"),
		("/referrals/mine/REF-2026-00001", "/referrals/mine/REF-2026-00001"),
		("/referrals/wallet?page=2", "/referrals/wallet?page=2"),
		("https://evil.example/referrals", "/referrals"),
		("//evil.example/referrals", "/referrals"),
		("/\\evil.example", "/referrals"),
		("/referrals@evil.example", "/referrals"),
		("/referrals/../app", "/referrals"),
		("/referrals/x\r\nSet-Cookie: a=b", "/referrals"),
		("/referrals\n", "/referrals"),
		("/app/user", "/referrals"),
		("/referrals?" + "x" * 600, "/referrals"),
		(None, "/referrals"),
		(["/referrals/a"], "/referrals"),
	],
)
def test_who_signs_in_from_wecom_goes_to_a_page_of_the_portal_alone(wish, page):
	assert wecom_sign_in.page_of(wish) == page


def test_wecoms_own_browser_is_told_from_others():
	assert wecom_sign_in.is_inside("Mozilla/5.0 (iPhone) MicroMessenger/7.0.1 wxwork/4.1.0 MailPlugin")
	assert not wecom_sign_in.is_inside("Mozilla/5.0 MicroMessenger/7.0.1")
	assert not wecom_sign_in.is_inside(None)
