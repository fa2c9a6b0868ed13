"""/look/TOKEN: our openings, by the link of somebody who agreed to be kept in touch with; that they looked is kept as a signal, once a day.

The page is everybody's and names nobody: a forwarded link tells its reader nothing. A program, a colleague who is signed in and a page
that nobody looks at are no signal. A link that is made up and one of who does not agree any more get the same page.
"""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.guests import entrance, forms, languages
from referral_hub.referrals.rules.sharing.links import is_bot
from referral_hub.retry import retry_deadlocks
from referral_hub.talent import signals
from referral_hub.talent.templates import marked_links

_SHOWN = 50


def get_context(context):
	person = entrance.open_by_token(context, marked_links.ROOM, marked_links.opened_by)
	if not person:
		return None
	here = f"/{marked_links.ROOM}/{context.token}"
	if frappe.request.method == "POST":
		if _is_a_person() and forms.is_ours(frappe.form_dict.get("form_token"), person.name):
			retry_deadlocks(lambda: signals.looked(person.name))
		return page.Redirect(here)
	languages.offer(context, here)
	context.update(
		template="guests/look.html",
		script="look.js",
		here=here,
		form_token=forms.token(person.name),
		openings=_openings(person.company),
		title=_("What is open now"),
	)
	return None


def _is_a_person() -> bool:
	return frappe.session.user == "Guest" and not is_bot(frappe.get_request_header("User-Agent") or "")


def _openings(company: str | None) -> list[frappe._dict]:
	"""Return what HR shows to everybody, newest first."""
	where = {"status": "Open", "publish": 1, **({"company": company} if company else {})}
	fields = ["job_title", "location", "route"]
	return frappe.get_all("Job Opening", where, fields, order_by="posted_on desc, name desc", limit=_SHOWN)
