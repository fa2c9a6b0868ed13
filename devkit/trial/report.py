"""The result of `./dev try` as one page to read, print and send on: charts, a table beside each, no network, no script.

Everything that comes from files is text here, see markup.py; the page's own policy lets a browser run and load nothing.
"""

from pathlib import Path

from devkit.trial.markup import Markup, element, joined
from devkit.trial.results import Result
from devkit.trial.sections import Sections
from devkit.trial.words import Words

STYLE = Path(__file__).parent / "page.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MOST_ROWS_LEFT_OUT = 100


def as_page(result: Result, wrong: list[str], say: Words) -> str:
	"""Return the whole page."""
	title = say("What these rules would have paid")
	head = element(
		"head",
		element("meta", charset="utf-8"),
		element("meta", name="viewport", content="width=device-width, initial-scale=1"),
		element("meta", http_equiv="Content-Security-Policy", content=POLICY),
		element("meta", name="color-scheme", content="light dark"),
		element("title", title),
		element("style", Markup(STYLE.read_text(encoding="utf-8"))),
	)
	sections = Sections(result, say)
	body = element(
		"main",
		element("h1", title),
		_about(result, say),
		sections.in_all(),
		sections.over_time(),
		sections.people(),
		sections.departments(),
		sections.kinds(),
		sections.gains(),
		sections.budgets(),
		sections.stacks(),
		sections.unpaid(),
		sections.rules(),
		_left_out(wrong, say),
	)
	return "<!doctype html>\n" + element("html", head, element("body", body), lang=say.language)


def _about(result: Result, say: Words) -> Markup:
	days = sorted(past.made_at.date() for past in result.pasts)
	people = len({past.person for past in result.pasts})
	if not days:
		return element("p", say("There is no referral to play."))
	played = say(
		"{referrals} referrals by {people} people, made from {first} to {last}, as known on {today}."
	)
	notes = [
		played.format(referrals=len(days), people=people, first=days[0], last=days[-1], today=result.today),
		say("Money and the taxable value of things in {currency}; points apart.").format(
			currency=result.worth.currency
		),
	]
	if unknown := sorted(result.worth.unknown):
		without = say("Not counted, because no rate was given: {currencies}.")
		notes.append(without.format(currencies=", ".join(unknown)))
	return element("p", " ".join(notes), class_="about")


def _left_out(wrong: list[str], say: Words) -> Markup | None:
	if not wrong:
		return None
	shown = [element("li", each) for each in wrong[:MOST_ROWS_LEFT_OUT]]
	more = len(wrong) - len(shown)
	rest = element("p", say("and {number} more").format(number=more)) if more else None
	title = say("Rows that were left out: {number}").format(number=len(wrong))
	return element("section", joined(element("h2", title), element("ul", *shown), rest))
