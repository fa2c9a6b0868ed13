"""Forged, replayed, reordered, late and oversized signals among honest ones: each gets its answer, and the database holds the honest ones once.

HUB_GUEST_REQUESTS says how many, HUB_GUEST_SEED which.
"""

import hashlib
import json
import random
import time
from collections import Counter

import frappe
import malformed
import pytest
import site_factories as hr
from frappe.utils.password import remove_encrypted_password, set_encrypted_password
from malformed import SEED, SLOW, attacked

from referral_hub.talent import signals
from referral_hub.talent.rules.signals import LARGEST, sign

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

	def request(self, kind: str) -> tuple[str, str, bytes, tuple[int, bool]]:
		"""Return (time, signature, body, (status, is taken))."""
		if kind == "again" and self.sent:
			return (*self.chance.choice(self.sent[-50:]), (200, False))  # an older one may be late by now
		email = {"no consent": SILENT, "unknown": STRANGER}.get(kind, AGREED)
		moment, body = self._moment(kind), self._body(email, " " * LARGEST if kind == "large" else "")
		signature = sign(SECRET, moment, body)
		if kind in ("new", "again"):
			self.sent.append((moment, signature, body))
			self.taken.add(hashlib.sha256(str(self.number).encode()).hexdigest())
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

	def _moment(self, kind: str) -> str:
		"""Out of order: any second of the window is as good as the last one."""
		away = self.chance.choice((-400, 400)) if kind == "late" else self.chance.randrange(-200, 100)
		return str(int(time.time()) + away)

	def _body(self, email: str, padding: str) -> bytes:
		self.number += 1
		said = {"id": str(self.number), "kind": "Interested", "email": email, "words": f"No. {self.number}"}
		return (json.dumps(said) + padding).encode()


def test_each_signal_gets_its_answer_and_the_honest_ones_are_kept_once(world):
	before = {"", *frappe.get_all(SIGNAL, pluck="name")}
	sender, counted, wrong = Sender(random.Random(SEED)), Counter(), []
	for turn in range(SLOW):
		if turn % 1000 == 0:
			frappe.cache.delete_keys("referral_hub_limit:")
		kind = sender.chance.choice(KINDS)
		moment, signature, body, expected = sender.request(kind)
		headers = {"X-Hub-Time": moment, "X-Hub-Signature": signature, "Content-Type": "application/json"}
		answer = malformed.ask(world.web, "POST", ADDRESS, headers=headers, data=body)
		said = (answer.status_code, json.loads(answer.content)["message"]["taken"])
		counted[f"{kind}: {said[0]}"] += 1
		if said != expected:
			wrong.append((turn, kind, said, expected))
	print(f"\n{SLOW} signals: {dict(sorted(counted.items()))}")
	assert wrong == []
	frappe.db.rollback()
	new = ("not in", sorted(before))
	kept = frappe.get_all(SIGNAL, {"name": new}, ["record", "kind", "source", "signal_key"])
	assert len(kept) == len(sender.taken) > 0
	assert {row.signal_key for row in kept} == sender.taken
	assert {(row.record, row.kind, row.source) for row in kept} == {(world.record, "Interested", "Webhook")}
