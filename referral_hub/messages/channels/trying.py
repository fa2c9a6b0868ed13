"""Words and channels tried by HR before anybody else reads them: with facts that are nobody's, to whoever tries. Nothing is kept.

While somebody waits, so what goes wrong is said to them at once. Called by api/channels/desk.py.
"""

from dataclasses import dataclass

import frappe
from frappe import _

from referral_hub.messages import rendering
from referral_hub.messages.channels import Channel, Delivery
from referral_hub.messages.readers import Reader, find_group, find_reader
from referral_hub.messages.rules import samples
from referral_hub.messages.rules.events import EVENTS
from referral_hub.permissions import employee_of

TRIED = "referral_received"


@dataclass(frozen=True)
class Written:
	subject: str
	body: str
	text: str
	language: str


def write(event: str, language: str, channel: Channel, draft: dict | None = None) -> Written:
	"""Return the words of a message as they would go out. `draft`: {"subject", "body"} that are not saved yet. Raises UnreadableTemplate."""
	reader, facts = _reader_here(language), samples.facts_of(event)
	if draft:
		return _of_draft(event, facts, reader, channel, draft)
	if channel.is_short:
		text, written_in = rendering.write_short(event, facts, reader, channel.templates)
		return Written(text, "", text, written_in)
	subject, body, written_in = rendering.write(event, facts, reader)
	return Written(subject, body, "", written_in)


def send(event: str, language: str, channel: Channel) -> str:
	"""Send it to whoever tries, or into the group; return where it went. Raises what the channel raises."""
	reader = _reader_of(channel)
	address = channel.address(reader) if reader else None
	if not address:
		frappe.throw(channel.why_off() or _("You can't be reached this way: there is no address for you."))
	written = write(event, language, channel)
	link = rendering.link_to(None)
	mark = _("Test: {0}")
	delivery = Delivery(
		mark.format(written.subject),
		written.body,
		link,
		None,
		reader,
		address,
		written.language,
		mark.format(written.text),
	)
	if not channel.send(delivery):
		frappe.throw(_("This address has unsubscribed."))
	channel.worked()
	return channel.label if channel.is_group else address


def _reader_of(channel: Channel) -> Reader | None:
	"""Return the group, or who is trying: as an employee, else as a user of the desk."""
	if channel.is_group:
		return find_group(channel.label)
	return find_reader(employee_of()) or _reader_here(frappe.local.lang)


def _reader_here(language: str) -> Reader:
	user = frappe.session.user
	row = frappe.db.get_value("User", user, ["full_name", "email", "time_zone", "mobile_no"], as_dict=True)
	return Reader(
		name=row.full_name,
		email=row.email,
		language=language,
		time_zone=row.time_zone,
		user=user,
		phone=row.mobile_no,
		company=frappe.db.get_default("company"),
	)


def _of_draft(event: str, facts: dict, reader: Reader, channel: Channel, draft: dict) -> Written:
	name, language = EVENTS[event].title, reader.language or "en"
	with rendering.speaking(language):
		words = rendering.words_for(event, facts, reader, language)
		subject = rendering.render(name, draft.get("subject"), words, html=False)
		body = rendering.render(name, draft.get("body"), words, html=not channel.is_short)
	if channel.is_short:
		text = " ".join(frappe.utils.strip_html(body).split())
		return Written(text, "", text, language)
	return Written(" ".join(subject.split()), frappe.utils.sanitize_html(body), "", language)
