"""What WeCom sends to a callback: its own published example, and everything that only looks like it."""

import base64
import os
import struct
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.messages.rules.protocols import wecom_crypt
from referral_hub.messages.rules.protocols.wecom_crypt import Refused

# the example that WeCom publishes with its libraries (WXBizMsgCrypt, Sample)
TOKEN, KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
VERIFYING = {
	"timestamp": "1409659589",
	"nonce": "263014780",
	"encrypted": "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
	"signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
}
POSTED = {
	"timestamp": "1409659813",
	"nonce": "1372623149",
	"encrypted": (
		"RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qh"
		"xchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s"
		"4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/u"
		"h9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
	),
	"signature": "477715d11cdb4164915debcba66cb864d751f3e6",
}
PLAIN = b"<xml><ToUserName><![CDATA[x]]></ToUserName><Event>change_external_contact</Event></xml>"


def encrypt(message: bytes, corp: str = CORP, key: str = KEY) -> str:
	raw = base64.b64decode(key + "=")
	plain = os.urandom(16) + struct.pack(">I", len(message)) + message + corp.encode()
	pad = 32 - len(plain) % 32
	encryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
	return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


@pytest.mark.parametrize("example", [VERIFYING, POSTED])
def test_the_published_example_is_taken_at_its_time(example):
	wecom_crypt.check(TOKEN, **example, now=int(example["timestamp"]) + 300)
	with pytest.raises(Refused, match="late"):
		wecom_crypt.check(TOKEN, **example, now=int(example["timestamp"]) + 301)


def test_the_published_echo_is_what_is_to_be_answered():
	assert wecom_crypt.decrypt(KEY, VERIFYING["encrypted"], CORP) == b"1616140317555161061"


def test_the_published_message_is_read():
	body = f"<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[{POSTED['encrypted']}]]></Encrypt></xml>"
	encrypted = wecom_crypt.encrypted_in(body.encode())
	fields = wecom_crypt.fields_of(wecom_crypt.decrypt(KEY, encrypted, CORP))
	assert (fields["FromUserName"], fields["Content"], fields["AgentID"]) == ("mycreate", "hello", "218")


@pytest.mark.parametrize("changed", [*VERIFYING, "token"])
def test_whatever_is_changed_is_not_taken(changed):
	said = {"token": TOKEN, **VERIFYING}
	said[changed] = said[changed][:-1] + ("1" if said[changed][-1] != "1" else "2")
	with pytest.raises(Refused, match="unsigned"):
		wecom_crypt.check(**said, now=1409659589)


@pytest.mark.parametrize("timestamp", ["", "x", "-1", "1409659589 ", "٣", "1" * 13])
def test_a_time_that_is_none_is_not_taken_though_it_is_signed(timestamp):
	signature = wecom_crypt.sign(TOKEN, timestamp, "n", "e")
	with pytest.raises(Refused, match="unsigned"):
		wecom_crypt.check(TOKEN, timestamp, "n", "e", signature, 0)


def test_without_a_token_nothing_is_taken():
	signature = wecom_crypt.sign("", "1409659589", "n", "e")
	with pytest.raises(Refused, match="unsigned"):
		wecom_crypt.check("", "1409659589", "n", "e", signature, 1409659589)


def test_what_is_for_another_company_or_by_another_key_is_not_read():
	with pytest.raises(Refused):
		wecom_crypt.decrypt(KEY, encrypt(PLAIN, corp="wwother"), CORP)
	with pytest.raises(Refused):
		wecom_crypt.decrypt("A" * 43, encrypt(PLAIN), CORP)
	with pytest.raises(Refused, match="unsigned"):
		wecom_crypt.decrypt("short", encrypt(PLAIN), CORP)


def test_a_message_that_declares_entities_is_not_read():
	with pytest.raises(Refused, match="unreadable"):
		wecom_crypt.fields_of(b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Event>&a;</Event></xml>')


@given(st.binary(max_size=200))
def test_no_bytes_are_an_error_of_ours(raw):
	for read in (
		lambda: wecom_crypt.encrypted_in(raw),
		lambda: wecom_crypt.decrypt(KEY, base64.b64encode(raw).decode(), CORP),
		lambda: wecom_crypt.fields_of(raw),
	):
		with suppress(Refused):
			read()


@given(st.binary(max_size=300))
def test_what_was_encrypted_is_read_again(message):
	assert wecom_crypt.decrypt(KEY, encrypt(message), CORP) == message
