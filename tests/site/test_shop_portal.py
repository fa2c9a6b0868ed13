"""The shop as an employee meets it: what can be had, ordering once, the code once, points that come back."""

import io
import re
import unicodedata

import frappe
import portal_requests as web
import pytest
import shop_factories as given
import site_factories as hr
from frappe.www.printview import get_rendered_template
from portal_factories import make_referrer
from pypdf import PdfReader

from referral_hub.api.shop import desk as desk_shop
from referral_hub.api.shop import portal as portal_shop
from referral_hub.points import service as points
from referral_hub.points.shop.errors import CodeRefused
from referral_hub.portal.points import paper
from referral_hub.portal.points.paper import referral_hub_points_statement

ORDERS = "/referrals/orders"


@pytest.fixture
def anna(as_user):
	employee = make_referrer("Anna")
	points.post(employee.name, 100, "Issuance", hr.unique("earn"))
	as_user(employee.user_id)
	frappe.local.lang = "en"
	return employee


def made_by_hr(as_user, anna, kind="Goods", **fields):
	as_user("Administrator")
	item = given.make_item(kind, **fields)
	if kind == "Code":
		given.make_codes(item, "ABC-123")
	as_user(anna.user_id)
	return item


def key_on(page) -> str:
	return re.search(r'name="order_key" value="(\w+)"', page.text)[1]


def test_the_shop_says_what_can_be_had_and_what_is_missing(as_user, anna):
	mug = made_by_hr(as_user, anna, item_name_zh="马克杯")
	dear = made_by_hr(as_user, anna, price=130)
	made_by_hr(as_user, anna, stock=0)
	page = web.get("/referrals/shop")
	assert page.status_code == 200
	assert mug.item_name in page.text and "You have 100 points." in page.text
	assert "30 points more and it is yours." in page.text and "None left at the moment." in page.text
	assert f'action="/referrals/shop/{dear.name}"' not in web.get(f"/referrals/shop/{dear.name}").text
	frappe.local.lang = "zh"
	assert "马克杯" in web.get("/referrals/shop").text


def test_a_form_that_is_sent_twice_orders_once(as_user, anna):
	mug = made_by_hr(as_user, anna)
	address = f"/referrals/shop/{mug.name}"
	form = {"order_key": key_on(web.get(address))}
	answers = [web.post(address, form), web.post(address, form)]
	assert len({answer.headers["Location"] for answer in answers}) == 1
	assert points.balance(anna.name) == 50


def test_who_the_item_is_not_for_any_more_is_told_why_on_the_answer_to_their_form(as_user, anna, monkeypatch):
	mug = made_by_hr(as_user, anna)
	address = f"/referrals/shop/{mug.name}"
	form = {"order_key": key_on(web.get(address))}
	as_user("Administrator")
	mug.append("departments", {"department": hr.make_department().name})
	mug.save()
	anna.db_set("department", hr.make_department().name)
	as_user(anna.user_id)
	assert mug.item_name not in web.get("/referrals/shop").text and web.get(address).status_code == 404
	monkeypatch.setattr(frappe.db, "rollback", lambda **_savepoint: None)  # the test's own rows stay
	page = web.post(address, form)
	assert page.status_code == 422 and "This is for employees of other departments." in page.text
	assert points.balance(anna.name) == 100


def test_an_order_can_be_cancelled_and_the_points_are_back(as_user, anna):
	mug = made_by_hr(as_user, anna)
	order = portal_shop.order(mug.name, "one")["order"]
	assert "Cancel this order" in web.get(ORDERS).text
	assert web.post(ORDERS, {"order": order, "action": "cancel"}).status_code == 303
	assert points.balance(anna.name) == 100
	page = web.post(ORDERS, {"order": order, "action": "cancel"})
	assert page.status_code == 422 and "This was delivered or has ended" in page.text


def test_the_code_is_on_the_answer_to_the_button_and_on_no_page_after_it(as_user, anna):
	card = made_by_hr(as_user, anna, "Code")
	order = portal_shop.order(card.name, "one")["order"]
	assert "ABC-123" not in web.get(ORDERS).text
	assert "ABC-123" in web.post(ORDERS, {"order": order, "action": "show"}).text
	assert "ABC-123" not in web.post(ORDERS, {"order": order, "action": "show"}).text
	assert "ABC-123" not in web.get(ORDERS).text


def test_a_code_whose_order_waits_for_hr_is_behind_no_door(as_user, anna):
	card = made_by_hr(as_user, anna, "Code", needs_approval=1)
	order = portal_shop.order(card.name, "one")["order"]
	with pytest.raises(CodeRefused):
		portal_shop.show_code(order)
	assert frappe.db.get_value("Reward Item Code", {"reward_order": order}, "shown_on") is None
	page = web.post(ORDERS, {"order": order, "action": "show"})
	assert "ABC-123" not in page.text and "There is no code for this order." in page.text


def test_nobody_reaches_the_order_or_the_code_of_somebody_else(as_user, anna):
	card = made_by_hr(as_user, anna, "Code")
	order = portal_shop.order(card.name, "one")["order"]
	as_user("Administrator")
	as_user(make_referrer("Bo").user_id)
	assert "ABC-123" not in web.post(ORDERS, {"order": order, "action": "show"}).text
	assert card.item_name not in web.get(ORDERS).text
	for ask in (portal_shop.show_code, portal_shop.cancel_order):
		with pytest.raises(frappe.DoesNotExistError):
			ask(order)
	for decide in (desk_shop.approve_order, desk_shop.let_code_be_shown_again):
		with pytest.raises(frappe.PermissionError):
			decide(order)
	with pytest.raises(frappe.PermissionError):
		desk_shop.add_codes(card.name, "FAKE")


def test_a_statement_is_narrowed_and_the_file_holds_the_same_lines(as_user, anna):
	mug = made_by_hr(as_user, anna)
	portal_shop.order(mug.name, "one")
	address = "/referrals/wallet"
	assert "Nothing moved then." in web.get(f"{address}?direction=Out&until=2001-01-01").text
	assert web.get(f"{address}?since=9999-12-31&until=junk&direction=Up").status_code == 200
	every, out = (web.get(f"{address}?download=csv{more}") for more in ("", "&direction=Out"))
	assert every.headers["Content-Disposition"] == 'attachment; filename="points.csv"'
	assert [line.split(",")[-2:] for line in every.text.splitlines()[1:]] == [["-50", "50"], ["100", "100"]]
	assert f"Spent in the shop,{mug.item_name}," in out.text
	assert out.text.rstrip().endswith(",-50,50") and ",100,100" not in out.text


def test_the_statement_on_paper_says_what_the_wallet_says_in_ones_own_language(as_user, anna):
	mug = made_by_hr(as_user, anna, item_name_zh="茶杯")
	portal_shop.order(mug.name, "one")
	frappe.local.lang = "zh"
	answer = web.get("/referrals/wallet?download=pdf")
	assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
	said = words_of(answer.data)
	assert "积分明细" in said and anna.name in said and "茶杯" in said and "−50" in said
	frappe.local.lang = "en"
	until = words_of(web.get("/referrals/wallet?download=pdf&until=2001-01-01").data)
	assert "Nothing moved then." in until and "Entries until 1 Jan 2001" in until


def words_of(pdf: bytes) -> str:
	"""Read a PDF; a font may draw a character as the radical that looks like it."""
	said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
	return " ".join(unicodedata.normalize("NFKC", said).split())


def printed(account: str) -> str:
	doc = frappe.get_doc("Points Account", account)
	return get_rendered_template(doc, frappe.get_doc("Print Format", "Points Statement"), meta=doc.meta)


def test_hr_prints_the_same_statement_and_nobody_prints_somebody_elses(as_user, anna):
	(account,) = frappe.get_all("Points Account", {"employee": anna.name}, pluck="name")
	as_user("Administrator")
	said = printed(account)
	assert "Statement of points" in said and anna.name in said and "+100" in said
	issuance = frappe.db.get_value("Points Account", {"kind": "Issuance"}, "name")
	with pytest.raises(frappe.ValidationError, match="Only the wallet of an employee"):
		printed(issuance)
	as_user(make_referrer("Bo").user_id)
	with pytest.raises(frappe.PermissionError):
		referral_hub_points_statement(frappe._dict(name=account))


def test_a_site_that_can_make_no_pdf_says_so_on_the_page(anna, monkeypatch):
	monkeypatch.setattr(paper, "get_pdf", lambda _html: (_ for _ in ()).throw(OSError("No wkhtmltopdf")))
	answer = web.get("/referrals/wallet?download=pdf")
	assert (answer.status_code, answer.headers["Location"]) == (303, "/referrals/wallet?no_pdf=1")
	assert "The PDF could not be made here." in web.get("/referrals/wallet?no_pdf=1").text


def test_the_wallet_says_what_is_left_of_each_amount(anna):
	page = web.get("/referrals/wallet").text
	assert "What is left of each amount" in page and "100 / 100" in page
	assert "never expires" in page
