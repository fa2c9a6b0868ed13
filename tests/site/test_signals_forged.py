"""Forged, replayed, reordered, late and oversized signals among honest ones: each gets its answer, and the database holds the honest ones once.

Ten thousand go to the method itself with its commit, as many as HUB_GUEST_REQUESTS says to the whole web application, which takes most of
a request's time. HUB_GUEST_SEED says which.
"""

import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable

import frappe
import malformed
import pytest
import site_factories as hr
from frappe.utils.password import remove_encrypted_password, set_encrypted_password
from malformed import SEED, SLOW, attacked
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from referral_hub.api import inbound
from referral_hub.talent import signals
from referral_hub.talent.rules.signals import LARGEST, WINDOW, sign

POOL, SIGNAL = "Talent Pool Record", "Talent Signal"
ADDRESS = "/api/method/referral_hub.api.inbound.signal"
SECRET = b"a secret of thirty-two characters"
AGREED, SILENT, STRANGER = "agreed@signals.example", "silent@signals.example", "nobody@signals.example"
KINDS = (
	"new",
	"new",
	"again",
	"forged",
	"altered",
	"swapped",
	"later time",
	"late",
	"large",
	"no consent",
	"unknown",
)
# few are honest: what is refused costs least
ATTACK = ("new", *KINDS[2:] * 4)


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(helper) -> dict:
	field = (signals.SETTINGS, signals.SETTINGS, "signal_secret")
	set_encrypted_password(*field[:2], SECRET.decode(), field[2])
	helper.at_end(lambda: remove_encrypted_password(*field))
	people = {}
	for email, consent in ((AGREED, "Given"), (SILENT, "Not Asked")):
		people[email] = frappe.get_doc(
			doctype=POOL, person_name="Li Na", email=email, company=hr.COMPANY
		).insert()
		people[email].db_set("consent_state", consent)
	return {"record": people[AGREED].name}


class Sender:
	"""What a sender with the secret, and somebody without it, send; knows what each must be answered."""

	def __init__(self, chance: random.Random):
		self.chance, self.number, self.sent, self.taken = chance, 0, [], set()
		# the numbers of one sender are not another's
		self.series = chance.getrandbits(32)

	def request(self, kind: str) -> tuple[str, str, bytes, tuple[int, bool]]:
		"""Return (time, signature, body, (status, is taken))."""
		if kind == "again" and (in_time := self._in_time()):
			return (*self.chance.choice(in_time), (200, False))
		email = {"no consent": SILENT, "unknown": STRANGER}.get(kind, AGREED)
		moment, body = self._moment(kind), self._body(email, " " * LARGEST if kind == "large" else "")
		signature = sign(SECRET, moment, body)
		if kind in ("new", "again"):
			self.sent.append((moment, signature, body))
			self.taken.add(hashlib.sha256(self._key().encode()).hexdigest())
			return moment, signature, body, (200, True)
		if kind == "forged":
			signature = sign(b"another secret of thirty-two cha", moment, body)
		elif kind == "altered":
			body = body.replace(b"Interested", b"Looks for a Job")
		elif kind == "swapped" and self.sent:
			signature = self.chance.choice(self.sent)[1]
		elif kind == "swapped":
			signature = "0" * 64
		elif kind == "later time":
			moment = str(int(moment) + 1)
		refused = {"large": 413, "no consent": 422, "unknown": 422}
		return moment, signature, body, (refused.get(kind, 401), False)

	def _in_time(self) -> list[tuple]:
		"""Return the last ones, but for those that would be late by now."""
		now = time.time()
		return [each for each in self.sent[-50:] if abs(now - int(each[0])) < WINDOW - 20]

	def _moment(self, kind: str) -> str:
		"""Out of order: any second of the window is as good as the last one."""
		away = self.chance.choice((-400, 400)) if kind == "late" else self.chance.randrange(-200, 100)
		return str(int(time.time()) + away)

	def _body(self, email: str, padding: str) -> bytes:
		self.number += 1
		said = {"id": self._key(), "kind": "Interested", "email": email, "words": f"No. {self.number}"}
		return (json.dumps(said) + padding).encode()

	def _key(self) -> str:
		return f"{self.series}-{self.number}"


def test_each_signal_gets_its_answer_and_the_honest_ones_are_kept_once(world):
	def ask(headers: dict, body: bytes) -> tuple[int, bool]:
		answer = malformed.ask(world.web, "POST", ADDRESS, headers=headers, data=body)
		return answer.status_code, json.loads(answer.content)["message"]["taken"]

	_send(world, SLOW, KINDS, ask, SEED)


def test_of_ten_thousand_requests_nothing_is_written_twice_and_none_fails(world):
	"""What fails in the method raises here, and would be an error 500."""
	local = ("request", "response", "request_ip")
	before = {name: getattr(frappe.local, name, None) for name in local}
	frappe.set_user("Guest")
	try:
		_send(world, 10_000, ATTACK, _ask_the_method, SEED + 1)
	finally:
		frappe.set_user("Administrator")
		for name, value in before.items():
			setattr(frappe.local, name, value)


def _ask_the_method(headers: dict, body: bytes) -> tuple[int, bool]:
	builder = EnvironBuilder(ADDRESS, method="POST", headers=headers, data=body)
	frappe.local.request = Request(builder.get_environ())
	frappe.local.response, frappe.local.request_ip = frappe._dict(), "192.0.2.1"
	said = inbound.signal()
	status = frappe.local.response.get("http_status_code", 200)
	if status == 200:
		frappe.db.commit()
	return status, said["taken"]


def _send(
	world, number: int, kinds: tuple, ask: Callable[[dict, bytes], tuple[int, bool]], seed: int
) -> None:
	before = {"", *frappe.get_all(SIGNAL, pluck="name")}
	sender, counted, wrong = Sender(random.Random(seed)), Counter(), []
	for turn in range(number):
		if turn % 1000 == 0:
			frappe.cache.delete_keys("referral_hub_limit:")
		kind = sender.chance.choice(kinds)
		moment, signature, body, expected = sender.request(kind)
		headers = {"X-Hub-Time": moment, "X-Hub-Signature": signature, "Content-Type": "application/json"}
		said = ask(headers, body)
		counted[f"{kind}: {said[0]}"] += 1
		if said != expected:
			wrong.append((turn, kind, said, expected))
	print(f"\n{number} signals: {dict(sorted(counted.items()))}")
	assert wrong == []
	frappe.db.rollback()
	new = ("not in", sorted(before))
	kept = frappe.get_all(SIGNAL, {"name": new}, ["record", "kind", "source", "signal_key"])
	assert len(kept) == len(sender.taken) > 0
	assert {row.signal_key for row in kept} == sender.taken
	assert {(row.record, row.kind, row.source) for row in kept} == {(world.record, "Interested", "Webhook")}
