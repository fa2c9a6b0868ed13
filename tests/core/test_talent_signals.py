"""A signal from outside is taken only when it is signed, in time, readable, and about somebody who agreed."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.talent.rules import signals
from referral_hub.talent.rules.signals import LARGEST, WINDOW, Refused, Signal

SECRET, NOW = b"a secret of thirty-two characters", 1_790_000_000.0
SAID = {"id": "7", "kind": "Changed Job", "words": "New  title", "email": "li@example.com"}
BODY = json.dumps(SAID).encode()
TIME = str(int(NOW))
SIGNED = signals.sign(SECRET, TIME, BODY)


def why(call, *arguments) -> str | None:
	try:
		call(*arguments)
	except Refused as refused:
		return refused.why
	return None


def test_a_request_that_is_signed_now_is_taken():
	assert why(signals.check, SECRET, TIME, SIGNED, BODY, NOW) is None
	assert signals.read(BODY) == Signal("7", "Changed Job", "New title", "li@example.com", None)


def test_the_signature_is_the_published_one():
	"""Worked out with OpenSSL: printf '1.{}' | openssl dgst -sha256 -hmac key"""
	assert (
		signals.sign(b"key", "1", b"{}") == "1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224"
	)


@pytest.mark.parametrize(
	("change", "refusal"),
	[
		({"secret": b""}, "unsigned"),
		({"secret": b"another"}, "unsigned"),
		({"time": None}, "unsigned"),
		({"time": "soon"}, "unsigned"),
		({"time": f"{TIME} "}, "unsigned"),
		({"time": "٣"}, "unsigned"),
		({"time": "-1"}, "unsigned"),
		({"time": "9" * 4000}, "unsigned"),
		({"time": str(int(NOW) + 1)}, "unsigned"),
		({"signature": None}, "unsigned"),
		({"signature": ""}, "unsigned"),
		({"signature": SIGNED.upper()}, "unsigned"),
		({"signature": SIGNED[:-1]}, "unsigned"),
		({"signature": "é" * 64}, "unsigned"),
		({"body": BODY + b" "}, "unsigned"),
		({"body": b"x" * (LARGEST + 1)}, "large"),
		({"now": NOW + WINDOW + 1}, "late"),
		({"now": NOW - WINDOW - 1}, "late"),
	],
)
def test_a_request_that_is_changed_in_any_part_is_refused(change, refusal):
	given_ = {"secret": SECRET, "time": TIME, "signature": SIGNED, "body": BODY, "now": NOW, **change}
	assert why(signals.check, *given_.values()) == refusal


def test_ten_thousand_forged_and_late_requests():
	chance, taken = random.Random(11), 0
	for _number in range(10_000):
		body, time, signature = bytearray(BODY), TIME, SIGNED
		match chance.randrange(4):
			case 0:
				body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
			case 1:
				signature = "".join(chance.choices("0123456789abcdef", k=64))
			case 2:
				time = str(int(NOW) + chance.choice((-1, 1)) * chance.randrange(1, 10**6))
			case _:
				time = str(int(NOW) - WINDOW - chance.randrange(1, 10**6))
				signature = signals.sign(SECRET, time, bytes(body))
		taken += why(signals.check, SECRET, time, signature, bytes(body), NOW) is None
	assert taken == 0


@pytest.mark.parametrize(
	"said",
	[
		*("", "null", "[]", "7", '"x"', "{", "[" * 100_000, "\ufeff{}", '{"kind": NaN}', "{}"),
		*(
			json.dumps({**SAID, **change})
			for change in (
				*({"id": ""}, {"id": 7}, {"id": None}, {"id": "x" * 141}, {"id": "\ud800"}),
				*({"kind": "Died"}, {"kind": []}, {"kind": None}, {"email": ""}, {"email": {}}, {"phone": 7}),
				*({"words": 7}, {"words": "x" * 10_001}, {"words": "\udfff"}),
			)
		),
		*(
			json.dumps({"Event": "change_external_contact", "email": "li@example.com", **change})
			for change in (
				*({}, {"ChangeType": "del_external_contact"}, {"ChangeType": []}),
				*(
					{"ChangeType": "add_external_contact"},
					{"ChangeType": "add_external_contact", "CreateTime": 1},
				),
			)
		),
	],
)
def test_what_can_t_be_read_is_refused(said):
	assert why(signals.read, said.encode("utf-8", "surrogatepass")) == "unreadable"


def test_an_event_of_wecom_in_our_words():
	event = {
		"Event": "change_external_contact",
		"ChangeType": "add_external_contact",
		"ExternalUserID": "wm1",
	}
	event |= {"CreateTime": 1790000000, "phone": "+8613800138000"}
	found = signals.read(json.dumps(event).encode())
	assert found == Signal(
		"wecom:wm1:add_external_contact:1790000000", "Wrote to Us", "", None, "+8613800138000"
	)


@pytest.mark.parametrize(
	("state", "is_known", "refusal"),
	[("Given", True, None), ("Given", False, "unknown"), (None, True, "consent")]
	+ [(state, True, "consent") for state in ("Not Asked", "Asked", "Refused", "Withdrawn", "given", "")],
)
def test_only_who_agreed(state, is_known, refusal):
	assert why(signals.check_consent, state, is_known) == refusal


@given(st.binary(max_size=200))
def test_whatever_bytes_come_are_read_or_refused(body):
	assert why(signals.read, body) in (None, "unreadable")
