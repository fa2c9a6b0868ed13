"""A company's colours can always be read, whatever somebody chose."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from referral_hub.referrals.rules.sharing import colours
from referral_hub.referrals.rules.sharing.colours import (
	AA,
	BEHIND,
	BEHIND_IN_THE_DARK,
	INKS,
	contrast,
	readable,
)

CSS = Path(__file__).resolve().parents[2] / "referral_hub" / "public" / "css" / "portal.css"
COLOUR = st.one_of(
	st.none(),
	st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#" + "".join(f"{part:02x}" for part in parts)),
)


@given(COLOUR, COLOUR, COLOUR)
@example("#ffd54f", "#eeeeee", "#101820")
@example("#000000", "#ffffff", "#000000")
@example("#fff", "#fff", "#fff")
def test_whatever_is_chosen_can_be_read(accent, ink, page):
	theme = readable(accent, ink, page)
	behind = (*BEHIND.values(), theme.page or BEHIND["surface"])
	if theme.ink:
		assert min(contrast(theme.ink, each) for each in behind) >= AA
	if theme.page:
		inks = [*INKS.values(), *filter(None, (theme.accent, theme.ink))]
		assert min(contrast(ink, theme.page) for ink in inks) >= AA
	if theme.accent:
		assert contrast(theme.accent, "#ffffff") >= AA
		assert contrast(theme.on_accent, theme.accent) >= AA
		dark = BEHIND_IN_THE_DARK.values()
		assert min(contrast(theme.accent_in_the_dark, each) for each in dark) >= AA
		assert contrast(theme.accent_in_the_dark, colours.NEAR_BLACK) >= AA


@pytest.mark.parametrize(
	("accent", "ink", "page"),
	[("#1a4fd8", "#1e1f1c", "#f6f5f1"), ("#0f6b5c", "#000000", "#ffffff"), (None, None, None)],
)
def test_what_can_be_read_stays_as_it_was_chosen(accent, ink, page):
	theme = readable(accent, ink, page)
	assert (theme.accent, theme.ink, theme.page) == (accent, ink, page)


def test_light_text_on_a_dark_page_becomes_dark_text_on_a_light_one():
	theme = readable(None, "#eeeeee", "#101820")
	assert contrast(theme.ink, theme.page) >= AA
	assert contrast(theme.ink, "#ffffff") > contrast(theme.ink, "#000000")


@pytest.mark.parametrize(("colour", "same"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)])
def test_contrast_is_counted_as_wcag_does(colour, same):
	assert round(contrast(colour, "#ffffff"), 2) == same


@pytest.mark.parametrize(
	("chosen", "accent"),
	[("#1a4fd8", "#1a4fd8"), ("#ffd54f", "#7a6626"), ("#fff", "#666666"), ("#000000", "#000000")],
)
def test_a_light_colour_is_darkened_until_links_in_it_can_be_read(chosen, accent):
	assert colours.darkened(chosen) == accent
	assert colours.readable_on(accent) == "#ffffff"


def test_the_shades_are_those_of_the_style_sheet():
	light, dark = CSS.read_text().split("prefers-color-scheme: dark", 1)
	for shades, part in (({**INKS, **BEHIND}, light), (BEHIND_IN_THE_DARK, dark)):
		written = dict(
			re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part.split("\n}", 1)[0] if part is light else part)
		)
		assert {name: written[name] for name in shades} == shades
	assert f"--page: {colours.PAGE};" in light
