"""A mall outside: told of each order until it answers, believed when it signs, and nobody pays for what does not come."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
import requests
import rest_client
import shop_factories as given
import shop_mall
import site_factories as hr
from frappe.utils import add_to_date, now_datetime
from live_site import site_name

from referral_hub import flow
from referral_hub.points import service as points
from referral_hub.points.shop import errors
from referral_hub.points.shop import service as shop
from referral_hub.points.shop.mall import catalogue, outbox, post, sending
from referral_hub.talent.rules.signals import Refused, sign

MESSAGE = "Reward Mall Message"


@pytest.fixture
def no_commits(monkeypatch):
	"""Sending commits between its steps; here the test is one transaction."""
	monkeypatch.setattr(sending.frappe.db, "commit", lambda: None)


@pytest.fixture
def mall(no_commits):
	with shop_mall.running() as running:
		running.name = shop_mall.make_mall(running.address).name
		yield running


@pytest.fixture
def buyer():
	return given.make_buyer()


def ordered(mall, buyer, **fields):
	return given.order(buyer, shop_mall.make_mall_item(mall, **fields))


def message_of(order, event: str = "Order"):
	return frappe.get_doc(MESSAGE, {"reward_order": order.name, "event": event})


def send() -> int:
	frappe.db.sql(
		"update `tabReward Mall Message` set next_try = %s where state = 'To Send'",
		add_to_date(now_datetime(), minutes=-1),
	)
	return sending.send_due()


def stands(order, buyer) -> tuple:
	return given.state_of(order), message_of(order).state, points.balance(buyer.name)


def call_back(order, secret: str = shop_mall.SECRET, moment: int | None = None, **said) -> bool:
	body, moment = json.dumps({"order": order.name, **said}).encode(), str(moment or int(time.time()))
	return shop.hear_mall(body, moment, sign(secret.encode(), moment, body), time.time())


# what a mall is told


def test_an_order_is_sent_signed_and_says_nobody_s_name(mall, buyer):
	order = ordered(mall, buyer)
	assert stands(order, buyer) == ("Approved", "To Send", 50)
	assert send() == 1
	(heard,) = mall.heard
	assert (mall.forged, heard["event"], heard["order"], heard["points"]) == ([], "order", order.name, 50)
	assert heard["id"] == message_of(order).name and "buyer" not in heard
	assert buyer.employee_name not in json.dumps(heard)
	assert stands(order, buyer) == ("Approved", "Accepted", 50)


def test_a_mall_that_delivers_to_people_learns_who_the_buyer_is(mall, buyer):
	frappe.db.set_value("Reward Mall", mall.name, "tells_buyer", 1)
	ordered(mall, buyer), send()
	assert mall.heard[0]["buyer"]["name"] == buyer.employee_name


def test_an_order_on_hold_reaches_no_mall_before_hr_says_yes(mall, buyer, as_user):
	order = ordered(mall, buyer, needs_approval=1)
	assert (send(), mall.heard) == (0, [])
	flow.approve_order(order.name)
	assert (send(), len(mall.heard)) == (1, 1)


def test_a_closed_mall_takes_no_orders(mall, buyer):
	item = shop_mall.make_mall_item(mall)
	assert item.name in [row.name for row in shop.items_for(buyer)]
	frappe.db.set_value("Reward Mall", mall.name, "enabled", 0)
	assert item.name not in [row.name for row in shop.items_for(buyer)]
	with pytest.raises(errors.NotOffered):
		given.order(buyer, item)
	assert points.balance(buyer.name) == 100


# what it answers


def test_a_code_of_a_mall_is_encrypted_and_shown_to_its_buyer_once(mall, buyer):
	mall.answers = [(200, {"state": "delivered", "code": "MALL-77"})]
	order = ordered(mall, buyer)
	send()
	assert stands(order, buyer) == ("Delivered", "Done", 50)
	assert "MALL-77" not in str(frappe.db.sql("select * from `tabReward Item Code`"))
	assert shop.show_code(order.name) == "MALL-77"


def test_a_mall_that_refuses_gives_the_points_back(mall, buyer):
	mall.answers = [(200, {"state": "refused", "why": "Sold out here"})]
	order = ordered(mall, buyer)
	send()
	assert stands(order, buyer) == ("Cancelled", "Done", 100)
	assert frappe.db.get_value("Reward Order", order.name, "ended_because") == "Sold out here"
	assert (send(), len(mall.heard)) == (0, 1)


def test_a_mall_that_times_out_is_asked_again_under_the_same_number(mall, buyer, monkeypatch):
	monkeypatch.setattr(post, "PATIENCE", (1, 0.3))
	mall.answers = [1, (503, b"busy"), (200, {"state": "accepted"})]
	order = ordered(mall, buyer)
	assert [send(), send()] == [0, 0]
	assert stands(order, buyer) == ("Approved", "To Send", 50)
	assert send() == 1
	assert len({heard["id"] for heard in mall.heard}) == 1 and len(mall.heard) == 3
	assert stands(order, buyer) == ("Approved", "Accepted", 50)


def test_what_no_try_brings_on_stops_and_hr_sends_it_again(mall, buyer):
	mall.answers = [(500, b"")]
	order = ordered(mall, buyer)
	for _ in range(7):
		send()
	assert stands(order, buyer) == ("Approved", "Stopped", 50)
	assert (send(), len(mall.heard)) == (0, 7)
	mall.answers = [(202, b"")]
	shop.send_to_mall_again(message_of(order).name)
	send()
	assert stands(order, buyer) == ("Approved", "Accepted", 50)
	with pytest.raises(errors.WrongState):
		shop.send_to_mall_again(message_of(order).name)


@pytest.mark.parametrize(
	("answer", "said"),
	[
		((401, b""), "The mall answered with status 401."),
		((302, b""), "The mall answered with status 302."),
		((200, b"<html>Sign in</html>"), "The mall's answer can't be read."),
		((200, {"order": "another", "state": "delivered"}), "The mall answered about another order."),
		((200, {"state": "gone"}), "The mall said a state there is none of."),
		((200, b"x" * 200_000), "The mall's answer can't be read."),
	],
)
def test_a_mall_that_lies_or_talks_nonsense_stops_and_moves_nothing(mall, buyer, answer, said):
	mall.answers = [answer]
	order = ordered(mall, buyer)
	send()
	assert stands(order, buyer) == ("Approved", "Stopped", 50)
	assert (message_of(order).said, len(mall.heard)) == (said, 1)


def test_a_code_that_was_given_out_before_is_given_to_nobody_else(mall):
	mall.answers = [(200, {"state": "delivered", "code": "SAME"})]
	ann, bob = given.make_buyer(), given.make_buyer()
	first, second = ordered(mall, ann), ordered(mall, bob)
	send()
	states = sorted([stands(first, ann)[:2], stands(second, bob)[:2]])
	assert states == [("Approved", "Stopped"), ("Delivered", "Done")]


def test_a_mall_without_a_secret_is_not_spoken_to(mall, buyer):
	order = ordered(mall, buyer)
	frappe.db.sql("delete from __Auth where doctype = 'Reward Mall' and name = %s", mall.name)
	send()
	assert (mall.heard, stands(order, buyer)) == ([], ("Approved", "Stopped", 50))


# what it says later


def test_a_mall_says_later_that_it_delivered_and_is_heard_once(mall, buyer):
	order = ordered(mall, buyer)
	send()
	assert call_back(order, state="delivered", code="LATE", why="By courier") is True
	assert stands(order, buyer) == ("Delivered", "Done", 50)
	assert frappe.db.get_value("Reward Order", order.name, "for_employee") == "By courier"
	assert call_back(order, state="delivered", code="LATE") is False
	assert call_back(order, state="accepted") is False
	assert (stands(order, buyer), shop.show_code(order.name)) == (("Delivered", "Done", 50), "LATE")


def test_a_call_that_nobody_signed_now_is_not_believed(mall, buyer):
	order = ordered(mall, buyer)
	other = shop_mall.make_mall(secret="x" * 40)
	assert other.name != mall.name
	for forged in ({"secret": "x" * 40}, {"secret": ""}, {"moment": int(time.time()) - 400}):
		with pytest.raises(Refused):
			call_back(order, state="delivered", **forged)
	with pytest.raises(Refused) as unknown:
		call_back(frappe._dict(name="nosuchorder"), state="delivered")
	assert (unknown.value.why, stands(order, buyer)) == ("unsigned", ("Approved", "To Send", 50))


def test_our_own_order_sent_back_to_us_is_no_answer(mall, buyer):
	order = ordered(mall, buyer)
	body, moment = json.dumps(post.content_of(message_of(order))).encode(), str(int(time.time()))
	with pytest.raises(Refused, match="unreadable"):
		shop.hear_mall(body, moment, sign(shop_mall.SECRET.encode(), moment, body), time.time())


@pytest.mark.parametrize(
	("first", "then"),
	[
		({"state": "delivered"}, {"state": "refused"}),
		({"state": "delivered", "code": "A"}, {"state": "delivered", "code": "B"}),
		({"state": "refused"}, {"state": "delivered", "code": "A"}),
	],
)
def test_a_mall_that_contradicts_itself_changes_nothing_and_hr_hears_of_it(mall, buyer, first, then):
	order = ordered(mall, buyer)
	send(), call_back(order, **first)
	before = (given.state_of(order), points.balance(buyer.name))
	call_back(order, **then)
	assert (given.state_of(order), points.balance(buyer.name)) == before
	assert message_of(order).state == "Stopped"
	with pytest.raises(errors.WrongState):
		shop.send_to_mall_again(message_of(order).name)
	assert points.verify() == []


# the end of an order


def test_what_a_mall_has_not_heard_is_cancelled_here_alone(mall, buyer):
	order = ordered(mall, buyer)
	flow.cancel_own_order(order.name, "Changed my mind")
	assert stands(order, buyer) == ("Cancelled", "Withdrawn", 100)
	assert (send(), mall.heard) == (0, [])


def test_what_a_mall_has_heard_is_cancelled_by_hr_and_the_mall_is_told(mall, buyer):
	order = ordered(mall, buyer)
	send()
	with pytest.raises(errors.WrongState, match="The mall has this order already"):
		flow.cancel_own_order(order.name, "Changed my mind")
	assert shop.order_of(order.name, buyer.name).may_cancel is False
	flow.end_order(order.name, "Not needed")
	assert stands(order, buyer) == ("Cancelled", "Done", 100)
	mall.answers = [(503, b""), (200, {"state": "cancelled"})]
	send(), send()
	assert [heard["event"] for heard in mall.heard] == ["order", "cancel", "cancel"]
	assert message_of(order, "Cancel").state == "Done"


def test_nobody_of_hr_ends_their_own_order_that_a_mall_may_be_sending(mall, as_user):
	user = hr.make_hr_manager().name
	buyer = given.make_buyer(user_id=user)
	order, other = ordered(mall, buyer), hr.make_hr_manager().name
	mall.answers = [(200, {"state": "accepted"})]
	send()
	as_user(user)
	with pytest.raises(errors.OwnOrder):
		flow.end_order(order.name, "Changed my mind")
	assert stands(order, buyer) == ("Approved", "Accepted", 50)
	as_user(other)
	flow.end_order(order.name, "Asked for it")
	assert (given.state_of(order), points.balance(buyer.name)) == ("Cancelled", 100)


def test_a_mall_that_does_not_take_an_order_back_is_laid_before_hr(mall, buyer):
	order = ordered(mall, buyer)
	send(), flow.end_order(order.name, "Not needed")
	mall.answers = [(200, {"state": "refused", "why": "Sent already"})]
	send()
	cancel = message_of(order, "Cancel")
	assert (cancel.state, cancel.said, points.balance(buyer.name)) == ("Stopped", "Sent already", 100)


def test_a_silent_mall_with_many_orders_holds_up_no_other(mall, buyer, monkeypatch):
	silent = frappe._dict(name=shop_mall.make_mall("http://127.0.0.1:9/orders").name)
	waiting = [ordered(silent, given.make_buyer()) for _each in range(2)]
	order = ordered(mall, buyer)
	monkeypatch.setattr(outbox, "AT_ONCE", 2)
	assert send_by_age() == 1
	assert stands(order, buyer) == ("Approved", "Accepted", 50)
	assert sorted(message_of(each).attempts for each in waiting) == [0, 1]


def send_by_age() -> int:
	"""Let everything be due, what was ordered first the longest."""
	rows = frappe.get_all(MESSAGE, {"state": "To Send"}, pluck="name", order_by="creation asc")
	for number, name in enumerate(rows):
		due = add_to_date(now_datetime(), minutes=number - len(rows))
		frappe.db.set_value(MESSAGE, name, "next_try", due, update_modified=False)
	return sending.send_due()


def test_an_answer_that_can_not_be_kept_stops_its_message_alone(mall, buyer, monkeypatch):
	"""The test is one transaction: what a rollback takes back stays here."""
	monkeypatch.setattr(frappe.db, "rollback", lambda **_options: None)
	broken, order = ordered(mall, buyer), ordered(mall, given.make_buyer())
	frappe.db.sql("update `tabPoints Account` set balance = balance + 7 where employee = %s", buyer.name)
	mall.answers = [(200, {"state": "refused"})]
	send()
	assert message_of(broken).state == "Stopped"
	assert "the Error Log says why" in message_of(broken).said
	assert (given.state_of(broken), given.state_of(order)) == ("Approved", "Cancelled")


# its catalogue


def test_a_catalogue_adds_and_changes_items_and_closes_what_is_gone(buyer):
	mall = shop_mall.make_mall()
	first = "sku,name,name_zh,price,stock\nA,Mug,马克杯,30,5\nB,Pen,,10,\n"
	assert catalogue.take_in(mall.name, first) == {"added": 2, "changed": 0, "same": 0, "closed": 0}
	assert catalogue.take_in(mall.name, first) == {"added": 0, "changed": 0, "same": 2, "closed": 0}
	mug = frappe.get_doc("Reward Item", {"mall": mall.name, "mall_sku": "A"})
	order = given.order(buyer, mug)
	changed = json.dumps(
		[{"sku": "A", "name": "Mug", "name_zh": "马克杯", "price": 40, "stock": 4, "enabled": True}]
	)
	assert catalogue.take_in(mall.name, changed, is_whole=True) == {
		"added": 0,
		"changed": 1,
		"same": 0,
		"closed": 1,
	}
	mug.reload()
	assert (mug.price, mug.stock - mug.sold, frappe.db.get_value("Reward Order", order.name, "points")) == (
		40,
		4,
		30,
	)
	pen = frappe.db.get_value(
		"Reward Item", {"mall": mall.name, "mall_sku": "B"}, ["enabled", "is_unlimited"]
	)
	assert pen == (0, 1)


def test_a_catalogue_leaves_alone_what_it_has_no_column_for():
	mall = shop_mall.make_mall()
	whole = "sku,name,name_zh,description,price,stock,taxable_value,currency,valid_until,enabled\n"
	catalogue.take_in(mall.name, whole + "A,Mug,马克杯,Blue,30,5,88,CNY,2030-01-31,no")
	assert catalogue.take_in(mall.name, "sku,name,price\nA,Mug,40")["changed"] == 1
	mug = frappe.get_doc("Reward Item", {"mall": mall.name, "mall_sku": "A"})
	assert (mug.price, mug.enabled, mug.item_name_zh, mug.description) == (40, 0, "马克杯", "Blue")
	assert (mug.stock, mug.is_unlimited, mug.taxable_value, str(mug.valid_until)) == (5, 0, 88, "2030-01-31")
	catalogue.take_in(mall.name, "sku,name,price,name_zh,valid_until\nA,Mug,40,,")
	mug.reload()
	assert (mug.item_name_zh or "", mug.valid_until, mug.enabled) == ("", None, 0)


@pytest.mark.parametrize(
	("text", "words"),
	[
		("sku,name,price\nA,Mug,30\nA,Cup,20", "Row 3: sku is missing, wrong or there twice."),
		("sku,name,price\nA,Mug,-3", "Row 2: price"),
		("sku,name,cost\nA,Mug,3", "Row 1: cost"),
		('[{"sku": "A", "name": "Mug", "price": 1.5}]', "Row 1: price"),
		("[1]", "Row 1 can't be read."),
		("", "The file has no rows"),
	],
)
def test_a_catalogue_with_a_mistake_changes_nothing(text, words):
	mall = shop_mall.make_mall()
	with pytest.raises(catalogue.CatalogueRefused, match=words):
		catalogue.take_in(mall.name, text)
	assert frappe.db.count("Reward Item", {"mall": mall.name}) == 0


def test_a_mall_is_reached_encrypted_and_has_a_long_secret():
	with pytest.raises(frappe.ValidationError, match="begins with https"):
		shop_mall.make_mall("http://mall.example")
	with pytest.raises(frappe.ValidationError, match="at least 32"):
		shop_mall.make_mall(secret="short")
	mall = shop_mall.make_mall()
	mall.reload().save()
	mall.secret = "still too short"
	with pytest.raises(frappe.ValidationError, match="at least 32"):
		mall.save()


def test_items_of_a_mall_have_a_mall_and_a_number_of_their_own():
	mall = shop_mall.make_mall()
	with pytest.raises(frappe.ValidationError, match="Choose the mall"):
		given.make_item("External Mall", mall=mall.name)
	given.make_item("External Mall", mall=mall.name, mall_sku="A")
	given.make_item("External Mall", mall=mall.name, mall_sku="a")
	with pytest.raises(frappe.UniqueValidationError):
		given.make_item("External Mall", mall=mall.name, mall_sku="A")
	with pytest.raises(frappe.ValidationError, match="Close the mall instead"):
		frappe.delete_doc("Reward Mall", mall.name)
	assert outbox.next_due((), ()) is None


# over HTTP, as malls call


def call(address: str, order, secret: str, **said) -> requests.Response:
	body, moment = json.dumps({"order": order.name, **said}).encode(), str(int(time.time()))
	headers = {
		"Host": site_name(),
		"X-Hub-Time": moment,
		"X-Hub-Signature": sign(secret.encode(), moment, body),
	}
	headers |= {"Content-Type": "application/json", "Accept": "application/json"}
	return requests.post(
		f"{address}/api/method/referral_hub.api.shop.mall.answer", body, headers=headers, timeout=60
	)


def test_a_mall_that_answers_eight_times_at_once_is_heard_once(commits):
	buyer, mall = given.make_buyer(), shop_mall.make_mall()
	order = ordered(mall, buyer)
	commits.commit()
	with rest_client.serving(workers=2) as address, ThreadPoolExecutor(8) as threads:
		forged = call(address, order, "x" * 40, state="delivered")
		said = {"state": "delivered", "code": "ONCE"}
		answers = list(threads.map(lambda _: call(address, order, shop_mall.SECRET, **said), range(8)))
	frappe.db.rollback()
	assert (forged.status_code, forged.json()["message"]) == (401, {"taken": False})
	assert [answer.status_code for answer in answers] == [200] * 8
	assert sorted(answer.json()["message"]["taken"] for answer in answers) == [False] * 7 + [True]
	assert stands(order, buyer) == ("Delivered", "Done", 50)
	assert frappe.db.count("Reward Item Code", {"reward_order": order.name}) == 1
