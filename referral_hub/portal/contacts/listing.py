"""Who fits what? My contacts: add in one line, find, delete all. Called by portal/renderer.py; works without JavaScript."""

import frappe
from frappe import _
from frappe.recorder import do_not_record

from referral_hub.matching.contacts import keeping, leaving, retention, service, undoing
from referral_hub.portal import page, paging
from referral_hub.portal.contacts import asked as looked_for
from referral_hub.portal.contacts import suggesting, words
from referral_hub.portal.contacts import undoing as undone
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.retry import retry_deadlocks

_LONGEST_LINE, _LONGEST_SEARCH = 2000, 140


@page.for_employees
@do_not_record
def get_context(context):
	form, employee = frappe.form_dict, context.employee
	if not words.are_mine(employee.name):
		return _of_another_login(context)
	if frappe.request.method != "POST":
		return _show(context, asked=looked_for.words_of(employee.name, form.get("found")))
	if form.get("do") == "search":
		asked = str(form.get("q") or "").strip()[:_LONGEST_SEARCH]
		return page.Redirect(looked_for.address_of(employee.name, asked) if asked else words.ADDRESS)
	if form.get("do") == "delete_all":
		gone = retry_deadlocks(lambda: leaving.delete_all(employee.name))
		return page.Redirect(f"{words.ADDRESS}?gone={gone}")
	if form.get("do") == "undo":
		return _bring_back(employee.name, undone.word_in(form))
	if form.get("do") == "keep":
		retry_deadlocks(lambda: retention.keep_on(employee.name))
		return page.Redirect(words.ADDRESS)
	line = str(form.get("line") or "")[:_LONGEST_LINE]
	try:
		name, joined = retry_deadlocks(lambda: service.add(employee.name, line, words.region_of(employee)))
	except Refused as refused:
		context.status = 422
		return _show(context, line, words.refused(refused.reason))
	return page.Redirect(f"{words.address_of(name)}&kept={'with' if joined else 1}")


def _bring_back(employee: str, word: str) -> page.Redirect:
	name = retry_deadlocks(lambda: undoing.bring_back(employee, word))
	return page.Redirect(
		f"{words.address_of(name)}&kept={undone.BACK}" if name else f"{words.ADDRESS}?gone={undone.LATE}"
	)


def _of_another_login(context) -> page.Redirect | None:
	"""Say how many there are, of whom nothing is shown, and let them be deleted."""
	employee, user, for_them = context.employee.name, frappe.session.user, words.acts_for_them()
	if frappe.request.method == "POST":
		if for_them or frappe.form_dict.get("do") != "delete_others":
			return page.Redirect(words.ADDRESS)
		gone = retry_deadlocks(lambda: service.delete_of_another_login(employee, user))
		return page.Redirect(f"{words.ADDRESS}?gone={gone}")
	context.update(
		for_them=for_them,
		others=0 if for_them else len(keeping.of_another_login(employee, user)),
		title=_("My contacts"),
		section="contacts",
		template="contacts/another_login.html",
	)


def _show(context, line: str = "", problem: str = "", asked: str = "") -> None:
	employee, form = context.employee.name, frappe.form_dict
	total = keeping.count(employee)
	found = service.search(employee, asked)
	query = looked_for.query_of(employee, asked)
	pages = paging.pages_of(len(found), form.get("page"), words.ADDRESS, query)
	shown = found[pages.start : pages.start + paging.SIZE]
	some = keeping.read(employee, shown)
	most = suggesting.MOST_SHOWN if form.get("fits") else suggesting.SHOWN
	suggestions = [] if asked or pages.number > 1 else suggesting.best(employee, most)
	ending, ends_on = retention.ending(employee)
	context.update(
		ending=ending,
		ends_on=ends_on,
		people=[
			frappe._dict(name=one.name, does=words.line_of(one), address=words.address_of(name))
			for name, one in some.items()
		],
		total=total,
		closed=len(shown) - len(some),
		number_found=len(found),
		asked=asked,
		pages=pages,
		suggestions=suggestions,
		more_fit=len(suggestions) == suggesting.SHOWN and not form.get("fits"),
		line=line,
		errors={"line": problem} if problem else {},
		gone=str(form.get("gone") or ""),
		undo=undone.deleted(employee, form),
		waved_away=undone.waved_away(employee, form.get("unfit"), form.get("opening")),
		title=_("My contacts"),
		section="contacts",
		template="contacts/listing.html",
	)
