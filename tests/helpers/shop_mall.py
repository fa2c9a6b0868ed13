"""A mall on this machine: takes orders by HTTP, remembers what it was sent, and answers as a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import frappe
import shop_factories as given
import site_factories as hr

from referral_hub.talent.rules.signals import sign

SECRET = "what-both-sides-of-the-mall-know-1"


class Mall:
	"""`answers`: what it says next, the last one for ever. Each is (status, body) or a number of seconds of silence."""

	def __init__(self):
		self.heard: list[dict] = []
		self.forged: list[bytes] = []
		self.answers: list = [(200, {"state": "accepted", "reference": "M-1"})]
		self.address = self.name = ""

	def next_answer(self, said: dict):
		answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
		if isinstance(answer, int | float):
			time.sleep(answer)
			return 200, b""
		status, body = answer
		return status, json.dumps({"order": said["order"], **body}).encode() if isinstance(
			body, dict
		) else body


def handler_of(mall: Mall) -> type:
	class Handler(BaseHTTPRequestHandler):
		def do_POST(self):
			body = self.rfile.read(int(self.headers["Content-Length"]))
			if self.headers["X-Hub-Signature"] != sign(SECRET.encode(), self.headers["X-Hub-Time"], body):
				mall.forged.append(body)
			mall.heard.append(json.loads(body))
			status, answer = mall.next_answer(mall.heard[-1])
			self.send_response(status)
			self.send_header("Content-Length", str(len(answer)))
			if 300 <= status < 400:
				self.send_header("Location", mall.address + "/elsewhere")
			self.end_headers()
			self.wfile.write(answer)

		def log_message(self, *_arguments):
			"""Nobody reads it."""

	return Handler


@contextmanager
def running() -> Iterator[Mall]:
	mall = Mall()
	server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(mall))
	threading.Thread(target=server.serve_forever, daemon=True).start()
	mall.address = f"http://127.0.0.1:{server.server_port}/orders"
	try:
		yield mall
	finally:
		server.shutdown()
		server.server_close()


def make_mall(address: str = "https://mall.example/orders", **fields):
	mall = frappe.new_doc("Reward Mall")
	mall.update(
		{"mall_name": hr.unique("Mall"), "address": address, "secret": SECRET, "enabled": 1, **fields}
	)
	return mall.insert()


def make_mall_item(mall, **fields):
	return given.make_item("External Mall", mall=mall.name, mall_sku=hr.unique("sku"), **fields)
