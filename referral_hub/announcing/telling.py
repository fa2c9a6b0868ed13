"""Tells everybody an announcement is for, once, in chunks: what was told before a kill is not told again.

Who is told is read by name in order; up to whom is kept with the announcement in the same transaction as the messages.
Commits nothing. Called by the task, and by the desk for a test.
"""

from collections.abc import Callable

import frappe
from frappe.utils import now_datetime

from referral_hub.announcing import audience
from referral_hub.announcing.posts import DOCTYPE
from referral_hub.announcing.rules.audience import is_for
from referral_hub.announcing.rules.campaign import State
from referral_hub.announcing.rules.paragraphs import lines_of, plain
from referral_hub.messages import service as messages

EVENT = "announcement"
PAGE = "/referrals/news"
# says what the openings bring one employee, as facts of the message; the portal knows the words
Earnings = Callable[[str, list[str]], dict]


def next_chunk(name: str, after: str = "") -> list[str]:
	"""Return who is looked at next; nobody when all were, or when it is no longer out. What is kept of how far it came decides."""
	row = frappe.db.get_value(
		DOCTYPE, name, ["state", "send_messages", "told_on", "told_until"], as_dict=True
	)
	if not row or row.state != State.OUT or not row.send_messages or row.told_on:
		return []
	return [*audience.next_people(row.told_until or "")]


def tell(name: str, employees: list[str], earnings: Earnings) -> None:
	"""Tell those of these employees whom it is for, and keep how far it has come."""
	post = frappe.get_cached_doc(DOCTYPE, name)
	meant = audience.of(post)
	who = [employee for employee, person in audience.people(employees).items() if is_for(meant, person)]
	facts, news = words_of(post), []
	for reader in messages.readers_of(who).values() if who else ():
		if messages.hears(EVENT, reader):
			own = earnings(reader.employee, [each.job_opening for each in post.openings])
			news += messages.news(EVENT, reader, key=name, ways=ways_of(post), **facts, **own)
	messages.put(news)
	frappe.db.set_value(DOCTYPE, name, "told_until", employees[-1], update_modified=False)


def all_told(name: str) -> None:
	"""Keep that everybody was told, unless it has ended meanwhile."""
	waits = {"name": name, "state": State.OUT.value, "send_messages": 1, "told_on": ("is", "not set")}
	if frappe.db.exists(DOCTYPE, waits):
		frappe.db.set_value(DOCTYPE, name, "told_on", now_datetime(), update_modified=False)


def test(name: str, user: str, earnings: dict) -> None:
	"""Send the message to whoever writes it, each time they ask."""
	post = frappe.get_doc(DOCTYPE, name)
	key = f"test:{name}:{frappe.generate_hash(length=8)}"
	messages.tell_user(EVENT, user, key=key, **words_of(post), **earnings)


def words_of(post) -> dict:
	"""Return what a message says of an announcement, in each language HR wrote."""
	zh = post.text_zh or post.text
	return {
		"title": post.title,
		"title_zh": post.title_zh or None,
		"lines": lines_of(plain(post.text)),
		"lines_zh": lines_of(plain(zh)),
		"link": f"{PAGE}/{post.name}",
	}


def ways_of(post) -> set[str] | None:
	return {each.channel for each in post.channels if each.wanted} or None
