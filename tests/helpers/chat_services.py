"""The services that channels talk to, on loopback, as their documentation says they behave: signatures, tokens, limits, codes.

WeCom (application and group robot), DingTalk, Feishu, Slack and Teams, each under its published path. It keeps what arrived, and can be
told to misbehave.
"""

import base64
import hashlib
import hmac
import json
import os
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CORP, AGENT, APP_SECRET = "ww0123456789abcdef", 1000002, "app-secret-of-the-tests-0123456789"
KEY, SIGN_SECRET = "key-of-the-robot-0123456789", "SEC-of-the-robot-0123456789"
CALLBACK_TOKEN, CALLBACK_KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
AN_HOUR = 3600


class Services:
	"""`people`: id in WeCom -> number in its address book. `answer`: what is answered instead of the protocol's."""

	def __init__(self, port: int):
		self.origin = f"http://127.0.0.1:{port}"
		self.people: dict[str, str] = {}
		self.codes: dict[str, str] = {}  # of the sign-in -> id in WeCom
		self.customers: dict[str, set[str]] = {}  # id in WeCom -> the contacts outside whom this member knows
		self.had_enough: set[str] = set()  # contacts to whom nothing is handed on any more today
		self.tasks: dict[str, dict] = {}  # number -> {"sender", "contact", "text", "status"}
		self.received: list[dict] = []
		self.asked: list[str] = []  # every path, also of what was refused
		self.tokens: set[str] = set()
		self.numbers = count(1)
		self.answer: Callable | tuple[int, object] | None = None
		self.limited = 0  # so many messages are turned away with "too many"
		self.slow = 0.0

	def texts(self) -> list[str]:
		return [one["text"] for one in self.received]

	def addresses(self) -> dict[str, str]:
		"""Return the webhook address of each kind of robot."""
		return {
			"WeCom Group Robot": f"{self.origin}/cgi-bin/webhook/send?key={KEY}",
			"DingTalk Robot": f"{self.origin}/robot/send?access_token={KEY}",
			"Feishu Robot": f"{self.origin}/open-apis/bot/v2/hook/{KEY}",
			"Slack Webhook": f"{self.origin}/services/T0/B0/{KEY}",
			"Teams Webhook": f"{self.origin}/workflows/{KEY}/triggers/manual/paths/invoke?sig=x",
		}

	def allowed(self) -> dict[str, str]:
		"""Return what site_config.json has to say for a site to talk to this server."""
		return dict.fromkeys(["WeCom Application", *self.addresses()], self.origin)

	def take(self, path: str, query: dict, body: dict) -> tuple[int, object]:
		self.asked.append(path)
		if self.answer:
			return self.answer() if callable(self.answer) else self.answer
		route = next(known for known in _ROUTES if path.startswith(known))
		return _ROUTES[route](self, path, query, body)

	def keep(self, kind: str, text: str, **more) -> None:
		self.received.append({"kind": kind, "text": text, **more})


def _get_token(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	time.sleep(services.slow)
	if query.get("corpid") != CORP:
		return 200, {"errcode": 40013, "errmsg": "invalid corpid"}
	if query.get("corpsecret") != APP_SECRET:
		return 200, {"errcode": 40001, "errmsg": "invalid credential"}
	token = f"token-{next(services.numbers)}"
	services.tokens.add(token)
	return 200, {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": 7200}


def _with_token(take: Callable) -> Callable:
	def checked(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
		if query.get("access_token") not in services.tokens:
			return 200, {"errcode": 42001, "errmsg": "access_token expired"}
		return take(services, path, query, body)

	return checked


@_with_token
def _send(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	if services.limited:
		services.limited -= 1
		return 200, {"errcode": 45009, "errmsg": "api freq out of limit"}
	if body["agentid"] != AGENT:
		return 200, {"errcode": 40056, "errmsg": "invalid agentid"}
	if body["touser"] not in services.people:
		return 200, {"errcode": 81013, "errmsg": "user & party & tag all invalid"}
	card = body["textcard"]
	assert card["title"]
	assert 0 < len(card["description"].encode()) <= 512
	services.keep("WeCom Application", card["description"], to=body["touser"], link=card["url"])
	return 200, {"errcode": 0, "errmsg": "ok", "invaliduser": "", "msgid": "1"}


@_with_token
def _get_userid(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	found = [user for user, number in services.people.items() if number == body["mobile"]]
	if not found:
		return 200, {"errcode": 46004, "errmsg": "user not exist"}
	return 200, {"errcode": 0, "errmsg": "ok", "userid": found[0]}


@_with_token
def _get_userinfo(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	user = services.codes.pop(query.get("code"), None)  # a code is good once
	if not user:
		return 200, {"errcode": 40029, "errmsg": "invalid code"}
	return 200, {"errcode": 0, "errmsg": "ok", "userid": user}


@_with_token
def _get_external(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	contact = services.people.get(query.get("external_userid"))
	if not contact:
		return 200, {"errcode": 84061, "errmsg": "not external contact"}
	user = {"userid": "ZhangSan", "remark_mobiles": [contact]}
	return 200, {"errcode": 0, "external_contact": {"name": "x"}, "follow_user": [user]}


@_with_token
def _add_msg_template(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	if services.limited:
		services.limited -= 1
		return 200, {"errcode": 45009, "errmsg": "api freq out of limit"}
	text, sender, contacts = body["text"]["content"], body.get("sender"), body["external_userid"]
	assert body["chat_type"] == "single"
	if len(text.encode()) > 4000:
		return 200, {"errcode": 45002, "errmsg": "content size out of limit"}
	if sender not in services.people:
		return 200, {"errcode": 60111, "errmsg": "userid not found"}
	if sender not in services.customers:
		return 200, {"errcode": 84074, "errmsg": "no external contact permission"}
	if not any(contact in services.people for contact in contacts):
		return 200, {"errcode": 84061, "errmsg": "not external contact"}
	if services.had_enough.issuperset(contacts):
		return 200, {"errcode": 41048, "errmsg": "no customer to send"}
	failed = [contact for contact in contacts if contact not in services.customers[sender]]
	number = f"msg{next(services.numbers)}"
	for contact in set(contacts) - set(failed):
		services.tasks[number] = {"sender": sender, "contact": contact, "text": text, "status": 0}
	return 200, {"errcode": 0, "errmsg": "ok", "fail_list": failed, "msgid": number}


@_with_token
def _get_groupmsg_send_result(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	task = services.tasks.get(body.get("msgid"))
	if not task or task["sender"] != body.get("userid"):
		return 200, {"errcode": 41047, "errmsg": "invalid msgid"}
	row = {"external_userid": task["contact"], "userid": task["sender"], "status": task["status"]}
	return 200, {"errcode": 0, "errmsg": "ok", "next_cursor": "", "send_list": [row]}


@_with_token
def _cancel_groupmsg_send(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	task = services.tasks.get(body.get("msgid"))
	if not task:
		return 200, {"errcode": 41047, "errmsg": "invalid msgid"}
	task["stopped"] = True
	return 200, {"errcode": 0, "errmsg": "ok"}


def _wecom_robot(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	if query.get("key") != KEY:
		return 200, {"errcode": 93000, "errmsg": "invalid webhook url"}
	if services.limited:
		services.limited -= 1
		return 200, {"errcode": 45009, "errmsg": "api freq out of limit"}
	services.keep("WeCom Group Robot", body["text"]["content"])
	return 200, {"errcode": 0, "errmsg": "ok"}


def _dingtalk(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	if query.get("access_token") != KEY:
		return 200, {"errcode": 300005, "errmsg": "token is not exist"}
	at = query.get("timestamp", "0")
	said = hmac.new(SIGN_SECRET.encode(), f"{at}\n{SIGN_SECRET}".encode(), hashlib.sha256).digest()
	is_late = abs(time.time() - int(at) / 1000) > AN_HOUR
	if is_late or query.get("sign") != base64.b64encode(said).decode():
		return 200, {"errcode": 310000, "errmsg": "sign not match"}
	if services.limited:
		services.limited -= 1
		return 200, {"errcode": 410100, "errmsg": "send too fast"}
	services.keep("DingTalk Robot", body["text"]["content"])
	return 200, {"errcode": 0, "errmsg": "ok"}


def _feishu(services: Services, path: str, query: dict, body: dict) -> tuple[int, dict]:
	at = body.get("timestamp", "0")
	said = hmac.new(f"{at}\n{SIGN_SECRET}".encode(), b"", hashlib.sha256).digest()
	if abs(time.time() - int(at)) > AN_HOUR or body.get("sign") != base64.b64encode(said).decode():
		return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
	if services.limited:
		services.limited -= 1
		return 200, {"code": 11232, "msg": "frequency limited"}
	services.keep("Feishu Robot", body["content"]["text"])
	return 200, {"code": 0, "msg": "success", "data": {}}


def _slack(services: Services, path: str, query: dict, body: dict) -> tuple[int, str]:
	if not path.endswith(KEY):
		return 404, "no_service"
	if services.limited:
		services.limited -= 1
		return 429, "rate_limited"
	services.keep("Slack Webhook", body["text"])
	return 200, "ok"


def _teams(services: Services, path: str, query: dict, body: dict) -> tuple[int, str]:
	if KEY not in path:
		return 401, "DirectApiAuthorizationRequired"
	if services.limited:
		services.limited -= 1
		return 429, ""
	card = body["attachments"][0]["content"]
	services.keep("Teams Webhook", card["body"][0]["inlines"][0]["text"], link=card["actions"][0]["url"])
	return 202, ""


_ROUTES: dict[str, Callable] = {
	"/cgi-bin/gettoken": _get_token,
	"/cgi-bin/message/send": _send,
	"/cgi-bin/user/getuserid": _get_userid,
	"/cgi-bin/auth/getuserinfo": _get_userinfo,
	"/cgi-bin/externalcontact/cancel_groupmsg_send": _cancel_groupmsg_send,
	"/cgi-bin/externalcontact/get_groupmsg_send_result": _get_groupmsg_send_result,
	"/cgi-bin/externalcontact/get": _get_external,
	"/cgi-bin/externalcontact/add_msg_template": _add_msg_template,
	"/cgi-bin/webhook/send": _wecom_robot,
	"/robot/send": _dingtalk,
	"/open-apis/bot/v2/hook/": _feishu,
	"/services/": _slack,
	"/workflows/": _teams,
}


def encrypt(message: bytes, corp: str = CORP, key: str = CALLBACK_KEY) -> str:
	"""Encrypt as WeCom does before it calls."""
	raw = base64.b64decode(key + "=")
	plain = os.urandom(16) + struct.pack(">I", len(message)) + message + corp.encode()
	pad = 32 - len(plain) % 32
	encryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
	return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def signed(encrypted: str, token: str = CALLBACK_TOKEN, at: float | None = None) -> dict[str, str]:
	"""Return the query of a call with this cipher text."""
	timestamp, nonce = str(int(at or time.time())), "263014780"
	joined = "".join(sorted((token, timestamp, nonce, encrypted)))
	return {
		"msg_signature": hashlib.sha1(joined.encode()).hexdigest(),
		"timestamp": timestamp,
		"nonce": nonce,
	}


def envelope(encrypted: str) -> str:
	return f"<xml><ToUserName><![CDATA[{CORP}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"


@contextmanager
def open_services() -> Iterator[Services]:
	server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
	server.daemon_threads = True
	server.services = Services(server.server_port)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	try:
		yield server.services
	finally:
		server.shutdown()
		server.server_close()


class _Handler(BaseHTTPRequestHandler):
	def do_POST(self):
		raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
		self._answer(json.loads(raw or b"{}"))

	def do_GET(self):
		self._answer({})

	def _answer(self, body: dict) -> None:
		parts = urlsplit(self.path)
		query = {name: values[0] for name, values in parse_qs(parts.query).items()}
		try:
			status, said = self.server.services.take(parts.path, query, body)
			raw = said.encode() if isinstance(said, str) else json.dumps(said).encode()
			self.send_response(status)
			if 300 <= status < 400:
				self.send_header("Location", said)
			self.send_header("Content-Length", str(len(raw)))
			self.end_headers()
			self.wfile.write(raw)
		except OSError:
			return  # whoever asked has gone

	def log_message(self, *_arguments):
		"""Be quiet in the test's output."""
