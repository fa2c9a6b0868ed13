"""What must hold of a page however it is looked at: no barrier, nothing too wide, all of it by keyboard, no English on a Chinese page, no form sent twice.

A page is loaded once for a language; widths and colour schemes change under it, and nothing moves while it is looked at.
"""

import csv
import itertools
import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from browser_pages import find_violations, is_wider_than_the_screen
from translatable import APP, LEFT_TO_THE_PLATFORM

WIDTHS, HEIGHT = (360, 768, 1440), 900
SCHEMES = ("light", "dark")
LOCALES = {"en": "en-US", "zh": "zh-CN"}
# HUB_EVERY_LOOK=1 asks axe in all twelve ways; without it at the two ends, where each scheme meets each language and each end
EVERY_LOOK = bool(os.environ.get("HUB_EVERY_LOOK"))
WORD = re.compile(r"[A-Za-z]{3,}")
# addresses, numbers of documents, file names and time zones are the same in every language
NO_WORDS = re.compile(
	r"\S+@\S+|https?://\S+|www\.\S+|\b[A-Z]{2,}-[\w-]+|\S+\.(?:pdf|csv|json|docx?|mp3)\b|\b[A-Z]\w+/[A-Z]\w+"
)

UNFOLD = "() => document.querySelectorAll('main details').forEach(each => { each.open = true; })"

# marks all that can be used, and notes what gets the focus: its mark, and whether a ring is drawn at it or at what stands for it; of a group
# of radio buttons one is reached for all, and a day or a voice has several stops
MARK = """() => {
	const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";
	const stops = { date: 4, time: 3, "datetime-local": 7 };
	let number = 0, most = 3;
	for (const each of document.querySelectorAll(usable)) {
		if (each.matches(":disabled") || each.tabIndex < 0 || !each.checkVisibility({ visibilityProperty: true }) || each.closest("[inert]")) continue;
		each.dataset.usable = each.type === "radio" ? `radio ${each.form?.id || ""} ${each.name}` : String(number++);
		most += stops[each.type] || 1;
	}
	const drawn = (one) => {
		if (!one) return false;
		const style = getComputedStyle(one);
		return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
	};
	window.hubFocused = [];
	document.addEventListener("focusin", ({ target: it }) => {
		const shown = drawn(it) || drawn(it.nextElementSibling) || drawn(it.closest("label"));
		const words = (it.textContent || it.getAttribute("aria-label") || it.name || "").trim().slice(0, 40);
		hubFocused.push({ mark: it.dataset.usable || "", shown, name: `${it.tagName.toLowerCase()} ${words}` });
	});
	document.body.tabIndex = -1;
	document.body.focus();
	document.body.removeAttribute("tabindex");
	return most + 6 * document.querySelectorAll("audio[controls], video[controls]").length;
}"""

LEFT_OUT = """reached => [...document.querySelectorAll("[data-usable]")]
	.filter(each => !reached.includes(each.dataset.usable)).map(each => each.outerHTML.slice(0, 120))"""

# presses the first button of each form twice; a form that a module of its own sends is that module's test's to prove
PRESS_TWICE = """() => [...document.querySelectorAll("main form[method=post]:not([data-own-module])")].map((form) => {
	const button = form.querySelector("[type=submit]");
	if (!button) return "";
	let sent = 0;
	form.noValidate = true;
	form.addEventListener("submit", (event) => {
		if (!event.defaultPrevented) sent += 1;
		event.preventDefault();
	});
	for (const _press of [1, 2]) form.requestSubmit(button);
	const shown = button.getAttribute("aria-busy") === "true";
	return sent === 1 && shown ? "" : `pressed twice, sent ${sent} times, shown: ${shown}: ${form.outerHTML.slice(0, 120)}`;
}).filter(Boolean)"""

# the words a person sees or hears; what says that it is of another language is
TEXTS = """() => {
	const found = [document.title], foreign = "script, style, template, [lang]:not(html):not([lang^=zh])";
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode;
		if (node.data.trim() && !node.parentElement.closest(foreign)) found.push(node.data);
	}
	for (const each of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
		if (each.closest(foreign)) continue;
		for (const name of ["aria-label", "title", "placeholder", "alt"]) found.push(each.getAttribute(name) || "");
	}
	for (const each of document.querySelectorAll("meta[name=description]")) found.push(each.content);
	return found;
}"""


class Look(NamedTuple):
	width: int
	scheme: str


def looks(language: str) -> list[Look]:
	"""Return the ways in which axe looks at a page in this language."""
	if EVERY_LOOK:
		return [Look(*each) for each in itertools.product(WIDTHS, SCHEMES)]
	turn = list(LOCALES).index(language)
	return [Look(width, SCHEMES[(place + turn) % 2]) for place, width in enumerate((WIDTHS[0], WIDTHS[-1]))]


def troubles_of(page, axe_file: Path, language: str, own_words: Collection[str]) -> Iterator[str]:
	"""Look at a page that is open in every way; yield what is wrong with it."""
	page.emulate_media(reduced_motion="reduce")  # a colour on its way to another has no contrast yet
	page.evaluate(UNFOLD)
	for width in WIDTHS:
		page.set_viewport_size({"width": width, "height": HEIGHT})
		if is_wider_than_the_screen(page):
			yield f"wider than the window at {width} px"
	for look in looks(language):
		page.set_viewport_size({"width": look.width, "height": HEIGHT})
		page.emulate_media(color_scheme=look.scheme)
		for violation in find_violations(page, axe_file, None, ()):
			yield f"{look.scheme}, {look.width} px: {violation}"
	# the two languages take the two ends: a narrow page has another order of its own
	page.set_viewport_size({"width": WIDTHS[-1] if language == "en" else WIDTHS[0], "height": HEIGHT})
	yield from _out_of_reach(page)
	if language == "zh":
		yield from english_in(page.evaluate(TEXTS), own_words)
	yield from page.evaluate(PRESS_TWICE)


def _out_of_reach(page) -> Iterator[str]:
	"""Go through the page by Tab; yield what has no ring, and what is never reached."""
	for _ in range(page.evaluate(MARK)):
		page.keyboard.press("Tab")
	focused = [each for each in page.evaluate("() => hubFocused") if each["mark"]]
	unseen = {each["mark"]: each["name"] for each in focused if not each["shown"]}
	yield from (f"focus is not seen: {name}" for name in unseen.values())
	yield from (
		f"not reached by Tab: {html}"
		for html in page.evaluate(LEFT_OUT, sorted({each["mark"] for each in focused}))
	)


def english_in(texts: Collection[str], own_words: Collection[str]) -> list[str]:
	"""Return the texts that hold words of ours which a Chinese page says in Chinese; `own_words` are names of this world."""
	ours = english_of_ours() - words_in(" ".join(own_words))
	found = {}
	for text in texts:
		if left := words_in(NO_WORDS.sub(" ", text)) & ours:
			found[" ".join(text.split())] = sorted(left)
	return [f"English: {text[:100]!r} ({', '.join(left)})" for text, left in found.items()]


@cache
def english_of_ours() -> frozenset[str]:
	"""Return the words that stand in our English and in none of our Chinese."""
	with (APP / "translations" / "zh.csv").open(newline="") as file:
		rows = [row for row in csv.reader(file) if len(row) > 1]
	placeholders = re.compile(r"{[^{}]*}|%\w|<[^>]*>")
	english = words_in(" ".join(placeholders.sub(" ", row[0]) for row in rows))
	chinese = words_in(" ".join(placeholders.sub(" ", row[1]) for row in rows))
	return frozenset((english | words_in(" ".join(LEFT_TO_THE_PLATFORM))) - chinese)


def words_in(text: str) -> set[str]:
	return {word.lower() for word in WORD.findall(text)}
