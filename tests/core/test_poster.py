"""What stands where on a poster: nothing leaves the page, nothing overlaps, whatever the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.sharing import poster
from referral_hub.referrals.rules.sharing.poster import A4, PHONE, Look, Qr, Text, Words


def measure(text: str, size: float, bold: bool) -> float:
	return sum(size * (1.0 if ord(character) > 0x2E7F else 0.6 if bold else 0.55) for character in text)


def words(**fields) -> Words:
	given = {
		"headline": "We are hiring",
		"title": "Store Manager",
		"company": "Harbour Ltd",
		"call": "Scan me",
	}
	return Words(**{**given, **fields})


def texts(drawing) -> list[Text]:
	return [part for part in drawing.parts if isinstance(part, Text)]


anything = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=140)


@given(title=anything, message=st.text(max_size=500), facts=anything, company=anything, address=anything)
def test_no_words_leave_the_page(title, message, facts, company, address):
	for page in (A4, PHONE):
		for look in (Look(), Look(has_picture=True), Look(logo=(4000, 3))):
			drawing = poster.compose(
				page,
				words(title=title, message=message, facts=facts, company=company, address=address),
				look,
				measure,
			)
			for part in texts(drawing):
				assert part.x + part.width <= page.width + 0.01
				assert part.y - part.size >= 0 and part.y <= page.height


@pytest.mark.parametrize("title", ["W" * 140, "长" * 140, "Senior " * 20, "Store Manager"])
@pytest.mark.parametrize("page", [A4, PHONE])
def test_long_words_do_not_cover_the_code(title, page):
	everything = words(title=title, message="m " * 250, facts="f " * 70, reward="r " * 40, referrer="x " * 70)
	drawing = poster.compose(page, everything, Look(has_picture=True), measure)
	[code] = [part for part in drawing.parts if isinstance(part, Qr)]
	covering = [part for part in texts(drawing) if part.y > code.y and part.x < code.x + code.size]
	assert covering == []


def test_a_title_stays_as_large_as_it_can():
	def size_of(title):
		drawing = poster.compose(A4, words(title=title), Look(), measure)
		return next(part.size for part in texts(drawing) if part.text.startswith(title[:3]))

	assert size_of("Store Manager") > size_of("Store Manager of the Harbour " * 4)


def test_chinese_breaks_anywhere_and_words_only_between():
	assert poster.wrap("我们在招人", 20, 10, False, measure) == ["我们", "在招", "人"]
	assert poster.wrap("we are here", 30, 10, False, measure) == ["we", "are", "here"]
	assert poster.wrap("abcdefgh", 22, 10, False, measure) == ["abcd", "efgh"]


def test_what_does_not_fit_is_cut_and_says_so():
	size, lines = poster.fit("one two three four", 33, (10.0,), 2, False, measure)
	assert (size, lines[0], lines[1][-1]) == (10.0, "one", "…")
	assert all(measure(line, size, False) <= 33 for line in lines)
