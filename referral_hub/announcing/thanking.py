"""HR's own thank-you to an employee: in HR's words, kept with the referral. Pressed twice with the same words it goes once.

Called by the desk. Commits nothing. That a reward was paid is told by the rewards themselves.
"""

from hashlib import sha256

import frappe
from frappe import _
from frappe.utils import escape_html

from referral_hub.messages import service as messages
from referral_hub.people import employments

EVENT = "thanks_from_hr"
SETTINGS = "Referral Hub Settings"
LONGEST = 1000


class NothingToSay(frappe.ValidationError):
	"""Words are missing, too long, or nobody is there to read them."""


def draft(employee: str) -> dict:
	"""Return {"to", "words"}: who is thanked, and HR's usual words in the language they read."""
	now = employments.record_now(employee)
	reader = messages.readers_of([now]).get(now)
	if not reader:
		raise NothingToSay(_("This person does not work here any more."))
	settings = frappe.get_cached_doc(SETTINGS)
	zh = settings.thanks_words_zh if (reader.language or "").startswith("zh") else None
	return {"to": reader.name, "words": zh or settings.thanks_words or ""}


def thank(employee: str, referral: str, words: str, user: str) -> bool:
	"""Send these words to an employee; return whether they were not sent before."""
	words = (words or "").strip()
	if not words or len(words) > LONGEST:
		raise NothingToSay(_("Please write your thanks in at most {0} characters.").format(LONGEST))
	to = draft(employee)["to"]
	now = employments.record_now(employee)
	key = f"{referral}:{now}:{sha256(words.encode()).hexdigest()[:16]}"
	if frappe.db.exists("Referral Message", {"event_key": f"{EVENT}:{key}"}):
		return False
	is_theirs = employments.are_one(now, frappe.db.get_value("Referral", referral, "referrer"))
	link = {} if is_theirs else {"link": "/referrals"}
	said_by = frappe.utils.get_fullname(user)
	messages.tell(EVENT, now, key=key, referral=referral, words=words, said_by=said_by, **link)
	_note(referral, to, words)
	return True


def _note(referral: str, to: str, words: str) -> None:
	"""HR reads in the timeline that somebody was thanked; nobody else reads the referral there."""
	text = _("Thanks to {0}: {1}").format(escape_html(to), escape_html(words))
	frappe.get_doc("Referral", referral).add_comment("Info", text)
