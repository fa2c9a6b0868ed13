"""QR codes and posters as files: they decode to the link, say what they should, and belong to their owner."""

import io
import re

import frappe
import pytest
import site_factories as hr
import zxingcpp
from frappe.utils import add_days, nowdate
from PIL import Image
from portal_factories import make_paid_opening, make_referrer
from sharing_factories import make_event_link, make_link

from referral_hub.api import sharing
from referral_hub.portal import posters
from referral_hub.referrals.rules.sharing.poster import A4, PHONE
from referral_hub.referrals.sharing import links
from referral_hub.referrals.sharing.posters import fonts, qr

TITLES = ("Store Manager", "海港店店长", "W" * 110, "مدير متجر", "Barista 🎉 & <b>Host</b>")


@pytest.fixture(autouse=True)
def nothing_drawn_before(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")
	frappe.cache.delete_keys("referral_hub_poster:")


def decoded(content: bytes) -> list[str]:
	return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(content)).convert("RGB"))]


@pytest.mark.parametrize("size", [A4, PHONE])
@pytest.mark.parametrize("title", TITLES)
def test_the_posters_code_leads_to_the_link(size, title):
	link = make_link(opening=hr.make_opening(title), channel="Poster")
	name, content, kind = posters.poster_file(link, size, "png")
	picture = Image.open(io.BytesIO(content))
	assert (picture.size, kind) == ((size.width, size.height), "image/png")
	assert decoded(content) == [links.address_of(link.code)]
	assert re.fullmatch(rf"poster-[a-z0-9-]*{link.code}-{size.name}\.png", name)


def test_the_plain_code_has_its_quiet_zone_and_survives_dirt():
	address = links.address_of("abcde23456")
	assert decoded(qr.png(address)) == [address]
	rows = qr.squares(address)
	assert not any(rows[0] + rows[3] + [row[3] for row in rows])
	assert rows[4][4] == 1
	dirty = qr.image(address).convert("RGB")
	side = dirty.width
	dirty.paste("white", (side // 2, side // 2, side // 2 + side // 8, side // 2 + side // 8))
	assert [found.text for found in zxingcpp.read_barcodes(dirty)] == [address]


def test_the_svg_holds_every_word_as_text_and_nothing_that_runs():
	opening = hr.make_opening("Barista <script>alert(1)</script> & Host")
	link = make_link(
		opening=opening, channel="Poster", message='"/><image href="http://evil.example/x.png"/>'
	)
	_name, content, kind = posters.poster_file(link, A4, "svg")
	svg = content.decode()
	assert kind == "image/svg+xml"
	assert "<script" not in svg
	assert 'href="http' not in svg


def test_the_reward_is_on_the_poster_only_when_hr_says_so():
	link = make_link(opening=make_paid_opening(), channel="Poster")
	assert posters.words_of(link).reward == ""
	frappe.db.set_single_value("Referral Hub Settings", "poster_shows_reward", 1)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	assert posters.words_of(link).reward == "For a successful referral: 400 points"
	assert posters.words_of(make_event_link()).reward == ""


def test_a_poster_in_chinese_is_drawn_in_chinese():
	frappe.local.lang = "zh"
	assert posters.words_of(make_link(channel="Poster")).headline == "我们在招人"


def test_letters_that_no_font_has_are_said_before_boxes_are_drawn(monkeypatch):
	link = make_link(opening=hr.make_opening("海港店店长"), channel="Poster")
	monkeypatch.setattr(fonts, "_ask", lambda pattern: None)
	fonts._main.cache_clear()
	fonts._face_for.cache_clear()
	try:
		with pytest.raises(fonts.NoFont, match="fonts-noto-cjk"):
			posters.poster_file(link, A4, "png")
		assert "海港店店长" in posters.poster_file(link, A4, "svg")[1].decode()
		english = make_link(opening=hr.make_opening("Barista"), channel="Poster")
		assert decoded(posters.poster_file(english, A4, "png")[1]) == [links.address_of(english.code)]
	finally:
		fonts._main.cache_clear()
		fonts._face_for.cache_clear()


def add_theme(picture: bytes, **fields):
	file = frappe.get_doc(
		doctype="File", file_name=f"{hr.unique('theme')}.png", content=picture, is_private=1
	).insert()
	settings = frappe.get_doc("Referral Hub Settings")
	settings.append("poster_themes", {"theme_name": "Spring Festival", "image": file.file_url, **fields})
	settings.save()
	return settings.poster_themes[-1]


def png(colour: str) -> bytes:
	buffer = io.BytesIO()
	Image.new("RGB", (600, 300), colour).save(buffer, "PNG")
	return buffer.getvalue()


def colour_at_top(content: bytes) -> tuple:
	return Image.open(io.BytesIO(content)).convert("RGB").getpixel((1000, 300))


def test_the_theme_of_today_is_on_the_poster():
	link = make_link(opening=hr.make_opening("Barista"), channel="Poster")
	plain = colour_at_top(posters.poster_file(link, A4, "png")[1])
	add_theme(png("#112233"), valid_until=add_days(nowdate(), -1))
	assert colour_at_top(posters.poster_file(link, A4, "png")[1]) == plain
	add_theme(png("#c01020"), valid_from=nowdate(), valid_until=nowdate())
	_name, content, _kind = posters.poster_file(link, A4, "png")
	assert colour_at_top(content) == (0xC0, 0x10, 0x20)
	assert decoded(content) == [links.address_of(link.code)]


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"no picture"])
def test_a_theme_that_can_not_be_drawn_is_refused_when_hr_saves_it(content):
	with pytest.raises(
		frappe.ValidationError, match="The image of poster theme Spring Festival can't be used"
	):
		add_theme(content)


def test_a_theme_ends_after_it_begins():
	with pytest.raises(frappe.ValidationError, match="ends before it begins"):
		add_theme(png("red"), valid_from=nowdate(), valid_until=add_days(nowdate(), -1))


def test_a_file_belongs_to_whose_link_it_is_and_to_hr(as_user):
	anna, other = make_referrer("Anna"), make_referrer("Otto")
	link = make_link(anna)
	recruiter = hr.make_user(roles=("HR User",)).name
	for user in (anna.user_id, recruiter):
		as_user(user)
		answer = sharing.qr(link.name, "svg")
		assert answer.headers["Content-Type"] == "image/svg+xml"
		assert (
			answer.headers["Content-Disposition"] == f'inline; filename="{posters.qr_file(link, "svg")[0]}"'
		)
	for user, name in ((other.user_id, link.name), (anna.user_id, "zzzzzzzzzz"), (other.user_id, "")):
		as_user(user)
		with pytest.raises(frappe.DoesNotExistError, match="We could not find that"):
			sharing.poster(name)


def test_files_are_drawn_a_few_hundred_times_an_hour_at_most(as_user, monkeypatch):
	anna = make_referrer("Anna")
	link = make_link(anna)
	monkeypatch.setattr(sharing, "FILES_PER_USER", 2)
	as_user(anna.user_id)
	for _ in range(2):
		sharing.qr(link.name)
	with pytest.raises(frappe.RateLimitExceededError):
		sharing.qr(link.name)
