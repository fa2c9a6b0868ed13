"""The portal kept as an app: what browsers read for it says the brand and nothing else, to whoever asks."""

import json
import re
from pathlib import Path
from struct import unpack

import frappe
import portal_requests as web
import site_factories as hr

PUBLIC = Path(__file__).resolve().parents[2] / "referral_hub" / "public"
MANIFEST, WORKER = "/referrals/manifest.webmanifest", "/referrals/worker.js"
OFFLINE = (PUBLIC / "offline.html").read_text()


def file_of(address: str) -> Path:
	"""The file in public/ behind an address of /assets."""
	return PUBLIC / re.fullmatch(r"/assets/referral_hub/([\w./-]+)\?v=\d+", address)[1]


def size_of(picture: Path) -> str:
	"""Width and height as the head of a PNG says them."""
	head = picture.read_bytes()[:24]
	assert head[:8] == b"\x89PNG\r\n\x1a\n"
	return "{}x{}".format(*unpack(">II", head[16:24]))


def test_a_guest_reads_the_manifest_and_learns_the_brand_alone(as_user):
	frappe.db.set_single_value("Website Settings", "app_name", "Acme")
	frappe.clear_document_cache("Website Settings", "Website Settings")
	as_user("Guest")
	frappe.local.lang = "en"
	answer = web.get(MANIFEST)
	assert (answer.status_code, answer.mimetype) == (200, "application/manifest+json")
	assert answer.headers["Cache-Control"] == "private, max-age=3600"
	found = json.loads(answer.text)
	assert (found["name"], found["short_name"]) == ("Referrals · Acme", "Referrals")
	assert (found["id"], found["start_url"], found["scope"], found["display"]) == (
		"/referrals",
		"/referrals",
		"/referrals",
		"standalone",
	)
	assert found["theme_color"] == found["background_color"] == "#f6f5f1"
	assert [each["url"] for each in found["shortcuts"]] == [
		"/referrals/openings",
		"/referrals/mine",
		"/referrals/wallet",
	]


def test_every_icon_is_there_in_the_size_it_says_and_one_may_be_cut_round(as_user):
	as_user("Guest")
	icons = json.loads(web.get(MANIFEST).text)["icons"]
	assert [size_of(file_of(icon["src"])) for icon in icons] == [icon["sizes"] for icon in icons]
	assert [icon["purpose"] for icon in icons] == ["any", "any", "maskable"]
	assert size_of(PUBLIC / "images" / "icon-apple-180.png") == "180x180"


def test_the_manifest_speaks_chinese(as_user):
	as_user("Guest")
	frappe.local.lang = "zh"
	found = json.loads(web.get(MANIFEST).text)
	assert (found["lang"], found["short_name"]) == ("zh", "推荐")
	assert found["shortcuts"][1]["name"] == "我的推荐"


def test_pages_of_employees_name_the_manifest_and_the_colours_of_the_browsers_bar(anna):
	home = web.get("/referrals").text
	assert '<link rel="manifest" href="/referrals/manifest.webmanifest?_lang=en">' in home
	assert re.findall(r'<meta name="theme-color" content="(#\w+)" media="\(([\w-]+: \w+)\)">', home) == [
		("#f6f5f1", "prefers-color-scheme: light"),
		("#131512", "prefers-color-scheme: dark"),
	]
	[icon] = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', home)
	assert file_of(icon).exists()


def test_the_page_of_a_theme_colours_the_bar_and_the_app(anna, as_user):
	as_user("Administrator")
	shade = frappe.get_doc(doctype="Color", name=hr.unique("Cream"), color="#fff8e7")
	shade.db_insert()
	theme = frappe.get_doc(doctype="Website Theme", theme=hr.unique("Theme"), background_color=shade.name)
	theme.db_insert()
	frappe.db.set_single_value("Website Settings", "website_theme", theme.name)
	assert json.loads(web.get(MANIFEST).text)["theme_color"] == "#fff8e7"


def test_a_page_for_guests_is_no_app(as_user):
	as_user("Guest")
	assert 'rel="manifest"' not in web.get("/r/nothing").text


def test_what_runs_beside_the_portal_is_the_same_for_everybody(anna, as_user):
	mine = web.get(WORKER)
	as_user("Guest")
	theirs = web.get(WORKER)
	assert mine.text == theirs.text
	assert (theirs.status_code, theirs.mimetype) == (200, "text/javascript")
	assert theirs.headers["Service-Worker-Allowed"] == "/referrals"
	assert theirs.headers["Content-Security-Policy"] == "default-src 'self'"
	[offline, script] = re.findall(r'"([^"]+)"', theirs.text)
	assert (file_of(offline).name, file_of(script).name) == ("offline.html", "offline_worker.js")


def test_the_page_without_a_connection_needs_none():
	"""It is all that is kept, so it may ask for nothing; both languages stand in it, because nobody can be asked."""
	assert re.findall(r'(?:src|href)="([^"]*)"', OFFLINE) == ["data:,", ""]
	assert "url(" not in OFFLINE and "@import" not in OFFLINE and "<script" not in OFFLINE
	assert "No connection" in OFFLINE and "没有网络连接" in OFFLINE
