"""Every page that extends our base, at three widths, in both languages, light and dark, and by keyboard alone.

A page that is new in portal/renderer.py or in www/referrals fails the first test until its addresses are listed here. One world serves all
pages, one visit each language; what a page does is the other files' to prove.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

import pytest
from browser_pages import log_in
from live_site import Commits, become_administrator, forget_request
from page_looks import LOCALES, WIDTHS, troubles_of
from portal_world import make_world
from site_factories import PASSWORD

from referral_hub.portal import renderer
from referral_hub.www import referrals

# what a page that says no, and a form that comes back, answer with
MEANT = "status of 4(03|04|22)"

# the page, as portal/renderer.py knows it -> where it is looked at
FOR_EMPLOYEES = {
	"index": ["/referrals"],
	"openings": ["/referrals/openings", "/referrals/openings?text=没有这样的岗位"],
	"opening": ["/referrals/openings/{opening}"],
	"refer": ["/referrals/refer?opening={opening}"],
	"mine": ["/referrals/mine"],
	"referral": ["/referrals/mine/{referral}", "/referrals/mine/{referral}?sent=1", "/referrals/mine/{over}"],
	"ask": ["/referrals/ask?referral={referral}"],
	"choose": [],  # shows nothing: it sends on to the referral
	"named": ["/referrals/named?claim={claim}"],
	"rules": ["/referrals/rules"],
	"settings": ["/referrals/settings"],
	"share": ["/referrals/share?opening={opening}"],
	"wallet": ["/referrals/wallet", "/referrals/wallet?no_pdf=1"],
	"requests": ["/referrals/requests"],
	"request": ["/referrals/requests/{request}"],
	"path": ["/referrals/path"],
	"feedback": ["/referrals/feedback"],
	"one_feedback": ["/referrals/feedback/{question}"],
	"shop": ["/referrals/shop"],
	"shop/item": ["/referrals/shop/{item}"],
	"shop/orders": ["/referrals/orders"],
	"shop/draw": ["/referrals/draw"],
	"goals": ["/referrals/goals"],
	"recognition": ["/referrals/recognition"],
	"people": ["/referrals/people"],
	"wall": ["/referrals/wall"],
	"news": ["/referrals/news"],
	"one_news": ["/referrals/news/{news}"],
	"club": ["/referrals/club"],
	"learn": ["/referrals/learn"],
	"survey": ["/referrals/survey?about={over}", "/referrals/survey?done=1"],
	"contacts": ["/referrals/contacts"],
	"contacts/import": ["/referrals/contacts/import"],
	"contacts/person": ["/referrals/contacts/person?name={contact}"],
	"nothing here": ["/referrals/nothing-here"],
}
FOR_GUESTS = {
	"r": [
		"/r/{link}",
		"/r/{link}?sent=1",
		"/r/{fair}",
		"/r/{invitation}",
		"/r/zzzzzzzzzz",
		"/r/zzzzzzzzzz?declined=1",
	],
	"candidate": [
		"{candidate}",
		"{candidate}?do=correct",
		"{candidate}?do=withdraw",
		"{candidate}?do=delete",
		"{candidate}?done=corrected",
		"{asked}",
		"{asked}?do=refuse",
	],
	"pool": ["{pool}", "{pool}?do=delete", "{pool}?do=print", "/pool/zzzzzzzzzz"],
	"refer": ["{card}", "{card}?opening={opening}", "{card}?q=没有这样的岗位"],
	"look": ["{look}"],
	"hello": ["{hello}"],
	"survey": ["{survey}", "/survey/thanks"],
	"path": ["{path}"],
	"goals": ["{goals}"],
	"no-mail": ["{no_mail}"],
}


def test_every_page_is_listed():
	alone = {module.name for module in iter_modules(referrals.__path__) if not module.ispkg}
	assert {*alone, *renderer.OTHER_PAGES} == {*FOR_EMPLOYEES} - {"nothing here"}
	assert {*renderer.GUEST_PAGES} == {*FOR_GUESTS}


@pytest.fixture(scope="module")
def world(site):
	forget_request()
	become_administrator()
	helper = Commits()
	try:
		yield make_world(helper)
	finally:
		helper.clean_up()


@pytest.fixture
def visit(world, new_context, watch):
	"""Opens the pages one after the other and returns what is wrong with which."""
	watch.expect(MEANT)

	def go(pages: dict[str, list[str]], language: str, user: str | None) -> list[str]:
		context = new_context("desktop", locale=LOCALES[language])
		if user:
			log_in(context, user, PASSWORD)
		page, found = context.new_page(), []
		addresses = (each.format_map(world) for listed in pages.values() for each in listed)
		for address in addresses:
			found += [
				f"{address}: {words}" for words in _look_at(page, address, language, world.words, watch)
			]
		return found

	return go


def _look_at(page, address: str, language: str, own_words: list[str], watch) -> Iterator[str]:
	heard = len(watch.complaints)
	page.set_viewport_size({"width": WIDTHS[0], "height": 900})
	page.goto(f"{address}{'&' if '?' in address else '?'}_lang={language}")
	if page.locator("html").get_attribute("lang") != language:
		yield f"is not in {language}"
	if not page.locator("main#main").count():
		yield "does not extend our base"
	yield from troubles_of(page, Path(os.environ["HUB_AXE"]), language, own_words)
	yield from (text for text in watch.complaints[heard:] if text in watch.unexpected())


@pytest.mark.parametrize("language", LOCALES)
def test_every_page_for_employees(visit, world, language):
	assert visit(FOR_EMPLOYEES, language, world.user) == []


@pytest.mark.parametrize("language", LOCALES)
def test_every_page_for_guests(visit, language):
	assert visit(FOR_GUESTS, language, None) == []


@pytest.mark.parametrize("language", LOCALES)
def test_the_page_of_somebody_without_an_employee_record(visit, world, language):
	assert visit({"no_employee": ["/referrals"]}, language, world.nobody) == []
