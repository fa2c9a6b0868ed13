"""A text message gateway on loopback that speaks what SMS Settings is told to speak, and can be told to misbehave."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from inspect import signature
from urllib.parse import parse_qs, urlsplit

import frappe


class Gateway:
	"""What arrived, and what is answered: a status, or a function that is called instead, with the handler if it takes one."""

	def __init__(self, port: int):
		self.address = f"http://127.0.0.1:{port}/send"
		self.received: list[dict[str, str]] = []
		self.answer: int | Callable = 200

	def texts(self) -> list[str]:
		return [message["text"] for message in self.received]


@contextmanager
def open_gateway() -> Iterator[Gateway]:
	server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
	server.daemon_threads = True
	server.gateway = Gateway(server.server_port)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	try:
		yield server.gateway
	finally:
		server.shutdown()
		server.server_close()


def set_up(gateway: Gateway) -> None:
	"""Tell the site about the gateway the way an administrator does, and let messages go by SMS."""
	settings = frappe.get_doc("SMS Settings")
	settings.update({"sms_gateway_url": gateway.address, "message_parameter": "text", "use_post": 1})
	settings.update({"receiver_parameter": "to", "parameters": [{"parameter": "key", "value": "secret"}]})
	settings.save()
	frappe.db.set_single_value(
		"Referral Hub Settings", {"send_sms": 1, "sms_to": "Everybody", "quiet_hours_for": "Nothing"}
	)


def _call(answer: Callable, handler: BaseHTTPRequestHandler) -> None:
	takes_handler = bool(signature(answer).parameters) and not hasattr(answer, "__self__")
	try:
		answer(handler) if takes_handler else answer()
	except OSError:
		return  # whoever asked has gone


class _Handler(BaseHTTPRequestHandler):
	def do_POST(self):
		body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
		fields = parse_qs(body) | parse_qs(urlsplit(self.path).query)
		gateway = self.server.gateway
		gateway.received.append({name: values[0] for name, values in fields.items()})
		if callable(gateway.answer):
			_call(gateway.answer, self)
			return
		self.send_response(gateway.answer)
		self.send_header("Content-Length", "2")
		self.end_headers()
		self.wfile.write(b"OK")

	def log_message(self, *_arguments):
		"""Be quiet in the test's output."""
