"""What a mall may answer, when it is asked again, and what is not believed."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules import mall
from referral_hub.points.rules.mall import CANCEL, Answer


def body(**said) -> bytes:
	return json.dumps({"order": "o1", **said}).encode()


@pytest.mark.parametrize(
	("status", "answer", "expected"),
	[
		(0, b"", Answer("again", why="no_answer")),
		(503, body(state="delivered"), Answer("again", why="http_503")),
		(429, b"", Answer("again", why="http_429")),
		(401, b"", Answer("stop", why="http_401")),
		(302, b"", Answer("stop", why="http_302")),
		(202, b" ", Answer("accepted")),
		(200, body(state="accepted", reference="M-1"), Answer("accepted", "M-1")),
		(200, body(state="delivered", code="A B"), Answer("delivered", code="A B")),
		(200, body(state="refused", why="Sold\nout"), Answer("refused", why="Sold out")),
		(200, b"<html>", Answer("stop", why="unreadable")),
		(200, b"[1]", Answer("stop", why="unreadable")),
		(200, body(state="delivered", code=5), Answer("stop", why="unreadable")),
		(200, body(state="delivered", code="x" * 501), Answer("stop", why="unreadable")),
		(200, body(state="delivered", why="\ud800"), Answer("stop", why="unreadable")),
		(200, body(state="paid"), Answer("stop", why="unknown_state")),
		(200, body(state=["delivered"]), Answer("stop", why="unknown_state")),
		(200, body(state="cancelled"), Answer("stop", why="unknown_state")),
		(200, body(order="o2", state="delivered"), Answer("stop", why="another_order")),
		(200, b'{"state": "delivered"}', Answer("stop", why="another_order")),
	],
)
def test_what_a_mall_answers_is_read_or_not_believed(status, answer, expected):
	assert mall.judge(status, answer, "o1") == expected


def test_a_cancelled_order_is_answered_in_its_own_words():
	assert mall.judge(204, b"", "o1", CANCEL) == Answer("cancelled")
	assert mall.judge(200, body(state="refused", why="Sent"), "o1", CANCEL) == Answer("refused", why="Sent")
	assert mall.judge(200, body(state="delivered"), "o1", CANCEL) == Answer("stop", why="unknown_state")


def test_it_is_asked_again_more_and_more_rarely_and_then_no_more():
	waits = [mall.wait_after(attempts) for attempts in range(1, 8)]
	assert waits[:2] == [timedelta(minutes=1), timedelta(minutes=5)]
	assert sorted(waits[:6]) == waits[:6]
	assert waits[6] is None


@pytest.mark.parametrize(
	("answer", "state", "code", "expected"),
	[
		(Answer("delivered", code="A"), "Approved", None, False),
		(Answer("delivered", code="A"), "Delivered", "A", False),
		(Answer("delivered"), "Delivered", "A", False),
		(Answer("delivered", code="B"), "Delivered", "A", True),
		(Answer("refused"), "Delivered", None, True),
		(Answer("delivered"), "Cancelled", None, True),
		(Answer("refused"), "Cancelled", None, False),
		(Answer("delivered"), "On Hold", None, True),
	],
)
def test_what_can_not_be_true_is_found(answer, state, code, expected):
	assert mall.contradicts(answer, state, code) == expected


@pytest.mark.parametrize(
	("address", "expected"),
	[
		("https://mall.example/orders", True),
		("http://127.0.0.1:8080/orders", True),
		("http://mall.example/orders", False),
		("https://user:word@mall.example", False),
		("https://", False),
		("https://[", False),
		("https://mall.example:x", False),
		("ftp://127.0.0.1", False),
		("", False),
	],
)
def test_orders_travel_encrypted_except_to_this_machine(address, expected):
	assert mall.is_address(address) is expected


@given(st.binary(max_size=300), st.integers(0, 599))
def test_no_answer_whatever_breaks_the_reading(answer, status):
	read = mall.judge(status, answer, "o1")
	assert read.says in ("again", "stop", "accepted", "delivered", "refused")
	assert mall.order_in(answer) is None or mall.order_in(answer).isalnum()
