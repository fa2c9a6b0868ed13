"""Robots of a group: what is posted to their address, signed where they ask for it, and what their answer means. Pure.

Everything goes as plain text, because what stands in it was typed by people: markup of theirs would be links and calls to everybody.
Sources: DingTalk "Custom robot security settings" (sign: Base64 of HMAC-SHA256, key: secret, over timestamp in milliseconds + newline
+ secret; 20 messages a minute); Feishu "Custom bot usage guide" (sign: Base64 of HMAC-SHA256 over nothing, key: timestamp in seconds +
newline + secret; 100 a minute); WeCom "Group robot configuration" (20 a minute; 2,048 bytes); Slack "Sending messages using incoming
webhooks" (one a second); Microsoft "Create incoming webhooks with Workflows for Microsoft Teams" (an Adaptive Card).
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from referral_hub.messages.rules.protocols import addresses
from referral_hub.messages.rules.protocols.answers import MINUTE, Answer, Says, by_status, code_of

LONGEST_TEXT = 1800
# how many messages a minute each takes; DingTalk shuts a robot for ten minutes that sends more
A_MINUTE = {
	addresses.WECOM_ROBOT: 20,
	addresses.DINGTALK: 20,
	addresses.FEISHU: 100,
	addresses.SLACK: 60,
	addresses.TEAMS: 60,
}
SIGNED = frozenset({addresses.DINGTALK, addresses.FEISHU})


@dataclass(frozen=True)
class Post:
	address: str
	body: dict


def dingtalk_sign(secret: str, milliseconds: int) -> str:
	return _base64_hmac(secret.encode(), f"{milliseconds}\n{secret}".encode())


def feishu_sign(secret: str, seconds: int) -> str:
	return _base64_hmac(f"{seconds}\n{secret}".encode(), b"")


def post(kind: str, address: str, text: str, link: str, now: float, secret: str = "") -> Post:
	"""Return what to send; `now` in seconds since 1970. A robot without a secret is not signed for."""
	return _POSTS[kind](address, cut(text, LONGEST_TEXT), link, now, secret)


def judge(kind: str, status: int, body: object, retry_after: str | None = None) -> Answer:
	"""Say what an answer means; `body` is the parsed JSON, or the text of what is none."""
	return by_status(status, retry_after) or _JUDGES[kind](body)


def cut(text: str, most: int) -> str:
	"""Return the text in at most so many bytes of UTF-8, whole letters only."""
	raw = text.encode()
	return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"


def _wecom(address: str, text: str, link: str, now: float, secret: str) -> Post:
	return Post(address, {"msgtype": "text", "text": {"content": text}})


def _dingtalk(address: str, text: str, link: str, now: float, secret: str) -> Post:
	if secret:
		at = int(now * 1000)
		address += "&" + urlencode({"timestamp": at, "sign": dingtalk_sign(secret, at)})
	return Post(address, {"msgtype": "text", "text": {"content": text}, "at": {"isAtAll": False}})


def _feishu(address: str, text: str, link: str, now: float, secret: str) -> Post:
	body = {"msg_type": "text", "content": {"text": _without_tags(text)}}
	if secret:
		body |= {"timestamp": str(int(now)), "sign": feishu_sign(secret, int(now))}
	return Post(address, body)


def _slack(address: str, text: str, link: str, now: float, secret: str) -> Post:
	escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
	return Post(address, {"text": escaped, "mrkdwn": False, "unfurl_links": False})


def _teams(address: str, text: str, link: str, now: float, secret: str) -> Post:
	said = text.replace(link, "").rstrip(" :：") if link else text
	# a TextRun is never read as Markdown
	words = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": said}]}
	card = {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard"}
	card |= {"version": "1.4", "body": [words]}
	if link:
		card["actions"] = [{"type": "Action.OpenUrl", "title": "→", "url": link}]
	attached = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
	return Post(address, {"type": "message", "attachments": [attached]})


def _judge_wecom(body: object) -> Answer:
	code = code_of(body, "errcode")
	if code in (0, None):
		return _sent_or_strange(code)
	if code in (-1, 45009, 45033):
		return Answer(Says.LATER, str(code), MINUTE)
	return Answer(Says.REFUSED if code in (40058, 44004, 45002) else Says.SET_UP, str(code))


def _judge_dingtalk(body: object) -> Answer:
	code = code_of(body, "errcode")
	if code in (0, None):
		return _sent_or_strange(code)
	if code in (-1, 410100, 130101, 660026):
		return Answer(Says.LATER, str(code), MINUTE if code == -1 else 10 * MINUTE)
	return Answer(Says.REFUSED if code in (400105, 40035, 460101) else Says.SET_UP, str(code))


def _judge_feishu(body: object) -> Answer:
	code = code_of(body, "code", "StatusCode")
	if code in (0, None):
		return _sent_or_strange(code)
	if code in (11232, 99991400):
		return Answer(Says.LATER, str(code), MINUTE)
	return Answer(Says.REFUSED if code in (9499, 230001) else Says.SET_UP, str(code))


def _judge_slack(body: object) -> Answer:
	return Answer(Says.SENT) if body == "ok" else Answer(Says.REFUSED, str(body)[:60])


def _judge_teams(body: object) -> Answer:
	"""The older connectors answer 200 and say in words that it went wrong."""
	if isinstance(body, str) and "HTTP error 429" in body:
		return Answer(Says.LATER, "HTTP 429", MINUTE)
	if isinstance(body, str) and "delivery failed" in body:
		return Answer(Says.REFUSED, "delivery failed")
	return Answer(Says.SENT)


def _sent_or_strange(code: int | None) -> Answer:
	"""An answer in none of the service's words comes from somebody in between."""
	return Answer(Says.SENT) if code == 0 else Answer(Says.SET_UP, "?")


def _without_tags(text: str) -> str:
	"""Feishu reads <at ...> in a plain text as a call."""
	return text.replace("<", "‹").replace(">", "›")


def _base64_hmac(key: bytes, message: bytes) -> str:
	return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


_POSTS: dict[str, Callable[..., Post]] = {
	addresses.WECOM_ROBOT: _wecom,
	addresses.DINGTALK: _dingtalk,
	addresses.FEISHU: _feishu,
	addresses.SLACK: _slack,
	addresses.TEAMS: _teams,
}
_JUDGES: dict[str, Callable[[object], Answer]] = {
	addresses.WECOM_ROBOT: _judge_wecom,
	addresses.DINGTALK: _judge_dingtalk,
	addresses.FEISHU: _judge_feishu,
	addresses.SLACK: _judge_slack,
	addresses.TEAMS: _judge_teams,
}
