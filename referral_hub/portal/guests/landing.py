"""/r/CODE: who thinks of me, for what, what comes next; and the form to apply.

Whatever is wrong with a code, its page is the same. Whoever applies hears the same, known to HR or not.
"""

from functools import partial

import frappe
from frappe import _

from referral_hub.portal import cards, page, richtext
from referral_hub.portal.guests import apply_form, entrance, languages, visitor
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.sharing import invitations, links
from referral_hub.referrals.showing import catalogue
from referral_hub.retry import retry_deadlocks


def get_context(context):
	if not entrance.within_address(context, "landing"):
		return None
	if frappe.form_dict.get("declined") and frappe.request.method == "GET":
		return _declined(context)  # the link is off by now, because they said no
	link = links.open(context.token)
	if not link:
		return entrance.gone(context)
	languages.offer(context, f"/r/{link.code}")
	if frappe.request.method == "POST":
		return _act(context, link)
	if frappe.form_dict.get("sent"):
		return _thank(context, link)
	return _show(context, link, apply_form.empty(link), apply_form.Answer())


def _act(context, link):
	if frappe.form_dict.get("action") == "decline" and link.referral:
		if apply_form.is_ours(link, frappe.form_dict):
			retry_deadlocks(partial(invitations.decline, link))
			return page.Redirect(f"/r/{link.code}?declined=1")
	form = apply_form.read(frappe.form_dict)
	answer = apply_form.send(link, form, visitor.current())
	if answer.sent:
		return page.Redirect(f"/r/{link.code}?sent=1")
	context.status = answer.status
	return _show(context, link, form, answer)


def _show(context, link, form, answer) -> None:
	visitor.remember(context, link.code)
	opening = catalogue.find(link.job_opening)
	first_name = _first_name(link)
	context.update(
		template="guests/landing.html",
		script="landing.js",
		link=link,
		first_name=first_name,
		opening=opening,
		openings=[] if link.job_opening else links.published_openings(link.company),
		salary=cards.salary(opening) if opening else "",
		text=richtext.clean(opening.description) if opening else "",
		challenges=richtext.clean(opening.challenges) if opening else "",
		title=opening.job_title if opening else _("Work with us"),
	)
	looked_for = requirements.looked_for(opening)
	context.update(requirements=looked_for["requirements"], skills=looked_for["skills"])
	context.preview = _preview(context, first_name)
	apply_form.prepare(context, link, form, answer)


def _thank(context, link) -> None:
	languages.offer(context, f"/r/{link.code}?sent=1")
	context.update(
		template="guests/thanks.html", title=_("Thank you, we received it"), first_name=_first_name(link)
	)


def _declined(context) -> None:
	context.update(template="guests/declined.html", title=_("All right"))


def _first_name(link) -> str:
	"""The referrer's first name; empty for an event."""
	if not link.employee:
		return ""
	return frappe.db.get_value("Employee", link.employee, "first_name") or link.employee_name or ""


def _preview(context, first_name: str) -> dict:
	"""What messengers show of the link before it is opened."""
	said = _("{0} thinks this could be for you.").format(first_name) if first_name else ""
	return {"title": context.title, "text": context.link.message or said or context.link.event_name}
