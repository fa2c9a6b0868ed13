"""Turn an Email Template and the facts of a message into words in the reader's language and time zone.

Templates see the facts of their message and nothing else: not Frappe's globals, no files, no other templates. So HR may edit
them without being able to read the database through them. Values are escaped in the body, and an unknown word is an error
that says so, not a gap in a mail. Refuses to send: `messages.channels` does.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import frappe
from babel.dates import get_timezone_name
from frappe import _
from frappe.utils import fmt_money, format_date, format_datetime, get_url, sanitize_html
from frappe.utils.data import get_system_timezone, strip_html
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from referral_hub.messages.preferences import zone_of
from referral_hub.messages.readers import Reader
from referral_hub.messages.rules.delivery import language_for
from referral_hub.messages.rules.events import DIGEST, EVENTS, known_facts
from referral_hub.wording import period_words, points_words

# how people say a date; babel patterns by language
DATE_PATTERNS = {"en": "EEEE, d MMMM yyyy", "zh": "y年M月d日EEEE"}
TIME_PATTERNS = {"en": "EEEE, d MMMM yyyy, HH:mm", "zh": "y年M月d日EEEE HH:mm"}
MAIL, SMS = "Referral", "Referral SMS"
# words of a chat application where they are not those of a text message; what is posted in a group
CHAT, GROUP = "Referral Chat", "Referral Group"
TEMPLATE_NAME = re.compile(
	rf"(?P<prefix>{MAIL}|{SMS}|{CHAT}|{GROUP}): (?P<title>.+) \((?P<language>[A-Za-z-]+)\)"
)
# set among the facts of a piece of a digest: it is written without a greeting
IN_DIGEST = "in_digest"
FORBIDDEN_NODES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


class UnreadableTemplate(frappe.ValidationError):
	"""The words of a message are missing or can't be rendered; the text says which template and why."""


def template_name(event: str, language: str, prefix: str = MAIL) -> str:
	return f"{prefix}: {EVENTS[event].title} ({language})"


def event_of_template(name: str) -> str | None:
	"""Return the event whose words this Email Template holds, or None when it is not one of ours."""
	match = TEMPLATE_NAME.fullmatch(name or "")
	title = match["title"] if match else None
	return next((event for event, kind in EVENTS.items() if kind.title == title), None)


def nearest_template(event: str, language: str | None, prefix: str = MAIL) -> str:
	"""Return the template in this language, else in its parent language, else in English."""
	return template_name(event, language_for(language, written_languages(event, prefix)), prefix)


def written_languages(event: str, prefix: str = MAIL) -> list[str]:
	"""Return the languages there are words in; HR adds one by adding a template."""
	start = f"{prefix}: {EVENTS[event].title} ("
	names = frappe.get_all("Email Template", filters={"name": ["like", f"{start}%)"]}, pluck="name")
	return [name[len(start) : -1] for name in names]


def write(event: str, facts: dict, reader: Reader) -> tuple[str, str, str]:
	"""Return (subject as plain text, body as safe HTML, language). Raises UnreadableTemplate."""
	name, template, language = _template(event, reader.language, MAIL)
	with speaking(language):
		words = words_for(event, facts, reader, language)
		subject = render(name, template.subject, words, html=False)
		body = render(
			name, template.response_html if template.use_html else template.response, words, html=True
		)
	return " ".join(subject.split()), sanitize_html(body), language


def first_written(event: str, prefixes: Sequence[str]) -> str:
	"""Return whose words are used: the first that has any for this message, else the last."""
	return next((prefix for prefix in prefixes[:-1] if written_languages(event, prefix)), prefixes[-1])


def write_short(event: str, facts: dict, reader: Reader, prefixes: Sequence[str] = (SMS,)) -> tuple[str, str]:
	"""Return (one line of plain text, language): the words of an SMS, a chat, a group. Raises UnreadableTemplate."""
	name, template, language = _template(event, reader.language, first_written(event, prefixes))
	source = template.response_html if template.use_html else template.response
	with speaking(language):
		words = words_for(event, facts, reader, language)
		text = render(name, unescape(strip_html(source or "")), words, html=False)
	return " ".join(text.split()), language


def write_digest(pieces: list[tuple[str, str, str]], reader: Reader) -> tuple[str, str, str]:
	"""Return (subject, body, language) of one mail made of several: (subject, safe body, link) each."""
	news = [{"subject": subject, "body": Markup(body), "link": link} for subject, body, link in pieces]
	return write(DIGEST, {"news": news, "count": len(news)}, reader)


def _template(event: str, language: str | None, prefix: str) -> tuple[str, frappe._dict, str]:
	name = nearest_template(event, language, prefix)
	fields = ["subject", "response", "response_html", "use_html"]
	template = frappe.db.get_value("Email Template", name, fields, as_dict=True)
	if not template:
		raise UnreadableTemplate(_("The Email Template {0} is missing.").format(name))
	return name, template, TEMPLATE_NAME.fullmatch(name)["language"]


def render(name: str, source: str | None, words: dict, html: bool) -> str:
	try:
		return _environment(html).from_string(source or "").render(words)
	except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
		raise UnreadableTemplate(
			_("The Email Template {0} can't be rendered: {1}").format(name, str(error))
		) from error


def check(event: str, source: str | None) -> str | None:
	"""Return what is wrong with these words in a sentence, or None."""
	try:
		tree = _environment(html=True).parse(source or "")
	except TemplateError as error:
		return str(error)
	if any(tree.find_all(FORBIDDEN_NODES)):
		return _("Other templates can't be included here.")
	unknown = sorted(find_undeclared_variables(tree) - set(known_facts(event)))
	if unknown:
		return _("{0} is not known in this message. It can use: {1}.").format(
			", ".join(unknown), ", ".join(known_facts(event))
		)
	return None


@contextmanager
def speaking(language: str) -> Iterator[None]:
	"""Make Frappe translate and format for this language, for as long as the block lasts."""
	previous = frappe.local.lang
	frappe.local.lang = language
	try:
		yield
	finally:
		frappe.local.lang = previous


def words_for(event: str, facts: dict, reader: Reader, language: str) -> dict:
	"""Return every fact this message may use as the reader should see it; what is not there is None."""
	words = {fact: _localised(facts, fact, language) for fact in known_facts(event)}
	reader_name = "" if facts.get(IN_DIGEST) else reader.name
	words.update(reader_name=reader_name, link=link_for(facts, reader))
	if reader.in_group and not words["candidate_name"]:
		words["candidate_name"] = _("somebody", context="Referral Message")
	if "reward" in words:
		words["reward"] = _localised(facts, "reward", language) or _reward(facts)
	if words.get("period"):
		words["period"] = period_words.in_words(words["period"], language.replace("-", "_"))
	for fact in words:
		if fact.endswith("_on") and words[fact]:
			words[fact] = say_when(words[fact], language, reader.time_zone)
	return words


def link_to(referral: str | None) -> str:
	"""Return the address of the referral's own page, never built from a request's Host header."""
	return get_url(f"/referrals/mine/{referral}" if referral else "/referrals", allow_header_override=False)


def link_for(facts: dict, reader: Reader) -> str:
	"""Return where a message leads: what its facts say, for candidates never a page that needs a login."""
	if facts.get("link"):
		return get_url(facts["link"], allow_header_override=False)
	return get_url(allow_header_override=False) if reader.is_candidate else link_to(facts.get("number"))


def say_when(moment: str, language: str, time_zone: str | None = None) -> str:
	"""Say a date, or a date and time in the reader's zone (named when it is not the company's)."""
	if ":" not in str(moment):
		return format_date(date.fromisoformat(str(moment)), DATE_PATTERNS.get(language))
	system_zone = get_system_timezone()
	zone = zone_of(time_zone)
	local = datetime.fromisoformat(str(moment)).replace(tzinfo=ZoneInfo(system_zone)).astimezone(zone)
	said = format_datetime(local.replace(tzinfo=None), TIME_PATTERNS.get(language))
	if zone.key == system_zone:
		return said
	return f"{said} ({get_timezone_name(local, locale=language.replace('-', '_'))})"


def _localised(facts: dict, fact: str, language: str):
	"""Prefer the fact written in this language (`reason_zh`) to the plain one (`reason`)."""
	return facts.get(f"{fact}_{language}") or facts.get(fact)


def _reward(facts: dict) -> str | None:
	"""Say what a reward is worth: "300 points", "¥ 1,000.00", else the amount and its kind."""
	amount, kind = facts.get("amount"), facts.get("kind")
	if amount is None:
		return None
	if kind == "Cash":
		return fmt_money(amount, currency=facts.get("currency"))
	number = _plain(amount)
	if kind == "Points":
		return points_words.in_words(amount, number)
	return f"{_(kind)}: {number}" if kind else number


def _plain(amount) -> str:
	text = fmt_money(amount, precision=2)
	return fmt_money(amount, precision=0) if float(amount).is_integer() else text


def _environment(html: bool) -> ImmutableSandboxedEnvironment:
	environment = ImmutableSandboxedEnvironment(autoescape=html, undefined=StrictUndefined)
	environment.globals.clear()
	return environment
