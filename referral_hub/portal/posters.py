"""What a poster of one link says, in the reader's language; and its file, drawn on request and kept for an hour.

Called by api/sharing.py, for the employee whose link it is and for HR alike.
"""

import hashlib
from dataclasses import astuple, replace

import frappe
from frappe import _
from PIL import Image

from referral_hub.portal import cards, page
from referral_hub.referrals.rules.sharing import colours
from referral_hub.referrals.rules.sharing import poster as rules
from referral_hub.referrals.rules.sharing.poster import Look, Page, Words
from referral_hub.referrals.sharing import links
from referral_hub.referrals.sharing.posters import fonts, pictures, png, qr, svg
from referral_hub.referrals.showing import catalogue
from referral_hub.rewards import service as rewards

KEPT_SECONDS = 3600
TYPES = {"png": "image/png", "svg": "image/svg+xml"}


def qr_file(link, form: str) -> tuple[str, bytes, str]:
	"""Return (file name, content, content type) of a link's QR code."""
	address = links.address_of(link.code)
	content = qr.svg(address).encode() if form == "svg" else qr.png(address)
	return _file_name("qr", link, "", form), content, TYPES[form]


def poster_file(link, size: Page, form: str, theme: str | None = None) -> tuple[str, bytes, str]:
	"""Return (file name, content, content type) of a link's poster."""
	words, row = words_of(link), pictures.theme_of_today(theme)
	if form == "png":
		fonts.check(" ".join(astuple(words)))
	name = _file_name("poster", link, f"-{size.name}", form)
	key = _key(link, words, size, form, row)
	content = frappe.cache.get_value(key)
	if content is None:
		content = _draw(link, words, size, form, row)
		frappe.cache.set_value(key, content, expires_in_sec=KEPT_SECONDS)
	return name, content, TYPES[form]


def words_of(link) -> Words:
	opening = catalogue.find(link.job_opening) if link.job_opening else None
	facts = (
		[opening.department_name or opening.department, opening.location, _kind(opening)] if opening else []
	)
	return Words(
		headline=_("We are hiring"),
		title=opening.job_title if opening else _("Work with us"),
		company=_brand_name(link.company),
		facts=" · ".join(filter(None, facts)),
		message=" ".join((link.message or "").split()),
		reward=_reward(link, opening),
		call=_("Scan to see more and apply"),
		hint=_("Half a minute. Your name and phone are enough."),
		referrer=_("{0} recommends this").format(link.employee_name)
		if link.employee
		else (link.event_name or ""),
		address=links.address_of(link.code).partition("://")[2],
	)


def _kind(opening) -> str:
	return _(opening.employment_type) if opening.employment_type else ""


def _brand_name(company: str) -> str:
	name = page.brand().name
	return name if name != _("Referrals") else company


def _reward(link, opening) -> str:
	"""What a success pays the one whose link it is; only where HR lets posters say so."""
	if not opening or not link.employee:
		return ""
	if not frappe.get_cached_doc("Referral Hub Settings").poster_shows_reward:
		return ""
	pays = cards.offer_words(rewards.offers_for([opening], link.employee)[opening.name]).words
	return _("For a successful referral: {0}").format(pays) if pays else ""


def _draw(link, words: Words, size: Page, form: str, theme) -> bytes:
	address, found = links.address_of(link.code), _pictures(theme)
	look = _look(found, theme)
	if form == "png":
		return png.draw(rules.compose(size, _drawable(words), look, fonts.width), address, found)
	return svg.draw(rules.compose(size, words, look, svg.estimated_width), address, found).encode()


def _drawable(words: Words) -> Words:
	return replace(words, **{name: fonts.drawable(text) for name, text in vars(words).items()})


def _pictures(theme) -> dict[str, Image.Image]:
	settings = frappe.get_cached_doc("Website Settings")
	found = {
		"theme": pictures.read(theme.image) if theme else None,
		"logo": pictures.read(settings.app_logo) or pictures.read(settings.banner_image),
	}
	return {what: picture for what, picture in found.items() if picture}


def _look(found: dict, theme) -> Look:
	accent = (theme and theme.text_colour) or page.brand().theme.accent or rules.ACCENT
	if not page.COLOUR.fullmatch(accent):
		accent = rules.ACCENT
	accent = colours.darkened(accent)  # words in it stand on white paper
	return Look(
		accent=accent,
		on_accent=colours.readable_on(accent),
		has_picture="theme" in found,
		logo=found["logo"].size if "logo" in found else None,
	)


def _key(link, words: Words, size: Page, form: str, theme) -> str:
	"""Everything that can change the picture; another user's language makes other words and so another key."""
	settings = frappe.get_cached_doc("Website Settings")
	looks = (settings.app_logo, settings.banner_image, settings.website_theme, settings.modified)
	row = (theme.image, theme.text_colour) if theme else ()
	parts = repr((link.code, astuple(words), size.name, form, looks, row))
	return f"referral_hub_poster:{hashlib.sha256(parts.encode()).hexdigest()}"


def _file_name(what: str, link, suffix: str, form: str) -> str:
	"""Return a name in plain letters, which every system can save."""
	title = link.event_name or (
		link.job_opening and frappe.db.get_value("Job Opening", link.job_opening, "job_title")
	)
	plain = "".join(
		each
		for each in frappe.scrub(title or "").replace("_", "-")
		if each.isascii() and (each.isalnum() or each == "-")
	)
	return "-".join(filter(None, (what, plain.strip("-")[:40], link.code))) + f"{suffix}.{form}"
