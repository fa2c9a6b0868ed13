"""Other systems are told by the platform's own Webhook: signed, after the commit, and forgotten with the person."""

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import frappe
import pytest
import site_factories as hr
from referral_factories import applicant_of, make_candidate, make_referral
from reward_factories import make_rule, points

from referral_hub import flow
from referral_hub.api.channels import webhooks
from referral_hub.referrals import service
from referral_hub.referrals.erasure import person
from referral_hub.setup import references

SECRET = "a secret both sides know"


@contextmanager
def listening():
	"""An address on loopback, and what was sent there: (headers, body)."""
	received = []

	class Listener(BaseHTTPRequestHandler):
		def do_POST(self):
			body = self.rfile.read(int(self.headers["Content-Length"]))
			received.append((dict(self.headers), body))
			self.send_response(200)
			self.end_headers()

		def log_message(self, *_arguments):
			"""Be quiet in the test's output."""

	server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
	threading.Thread(target=server.serve_forever, daemon=True).start()
	try:
		yield f"http://127.0.0.1:{server.server_port}/told", received
	finally:
		server.shutdown()
		server.server_close()


def make_webhook(what: str, address: str):
	webhook = frappe.new_doc("Webhook")
	webhook.update({**webhooks.ready(what), "request_url": address, "webhook_secret": SECRET})
	return webhook.insert(set_name=hr.unique(what))


def signature_of(body: bytes) -> str:
	return base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()


def test_moves_and_rewards_are_told_once_signed_and_forgotten_with_the_person(commits):
	opening = hr.make_opening()
	make_rule(points("Screened", 50), designation=opening.designation)
	candidate = make_candidate()
	with listening() as (address, received):
		for what in ("A referral moves", "A reward is earned"):
			make_webhook(what, address)
		commits.at_end(lambda: frappe.cache.delete_value("webhooks"))
		commits.commit()
		referral = make_referral(opening=opening, candidate=candidate)
		commits.run_jobs()
		applicant_of(referral).db_set("status", "Replied")
		service.refresh(referral.name)
		commits.run_jobs()
	for headers, body in received:
		assert headers["X-Frappe-Webhook-Signature"] == signature_of(body)
		assert candidate.name not in body.decode() and candidate.email not in body.decode()
	told = [json.loads(body) for _headers, body in received]
	moves = sorted(
		(each for each in told if each["event"] == "referral.moved"), key=lambda each: each["number"]
	)
	assert [(each["referral"], each["stage"]) for each in moves] == [
		(referral.name, "Submitted"),
		(referral.name, "Screening"),
	]
	rewards = [each for each in told if each["event"] == "reward.changed"]
	assert [(each["milestone"], each["kind"], each["amount"]) for each in rewards] == [
		("Screened", "Points", "50.0")
	]
	assert len(told) == 3

	logs = {"reference_document": ("in", [each["id"] for each in moves])}
	assert frappe.db.count("Webhook Request Log", logs) == 2
	flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	assert frappe.db.count("Webhook Request Log", logs) == 0


def test_only_who_may_make_webhooks_is_offered_them(as_user):
	as_user(hr.make_hr_manager().name)
	for call in (webhooks.offered, lambda: webhooks.ready("A referral moves")):
		with pytest.raises(frappe.PermissionError):
			call()


def test_what_is_offered_can_be_saved_as_it_is():
	for each in webhooks.offered():
		webhook = make_webhook(each["value"], "https://other.example.com/told")
		assert webhook.webhook_docevent in ("after_insert", "on_update")


def test_an_uninstall_leaves_nothing_of_what_was_sent_of_our_records():
	logs = {}
	for webhook in (make_webhook("A referral moves", "https://example.com"), another_app_s_webhook()):
		log = frappe.get_doc(doctype="Webhook Request Log", webhook=webhook.name, data="{}", url="x").insert()
		logs[webhook.webhook_doctype] = log.name
	references.forget_sent_webhooks(["Referral", "Referral Event"])
	left = [doctype for doctype, name in logs.items() if frappe.db.exists("Webhook Request Log", name)]
	assert left == ["ToDo"]


def another_app_s_webhook():
	return frappe.get_doc(
		doctype="Webhook",
		webhook_doctype="ToDo",
		webhook_docevent="on_update",
		request_url="https://example.com",
		request_structure="JSON",
		webhook_json="{}",
	).insert(set_name=hr.unique("Another"))
