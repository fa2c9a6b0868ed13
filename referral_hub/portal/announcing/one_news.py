"""One announcement: its words, and each opening it is about with what a success pays the reader.

That it was opened, and that an opening was looked at, is counted without a name for HR; the platform rolls GETs back, so this one
is committed on purpose.
"""

from urllib.parse import quote

import frappe

from referral_hub.announcing import reading
from referral_hub.portal import page, richtext, words
from referral_hub.portal.announcing import news, offers


@page.for_employees
def get_context(context):
	me = context.employee.name
	row = reading.one(str(frappe.form_dict.get("name") or ""), me)
	if not row:
		return page.not_found(context)
	if opening := frappe.form_dict.get("to"):
		return _go_on(context, row, str(opening))
	_keep(row.name, me, reading.OPENED)
	context.update(
		title=words.in_language(row, "title"),
		template="announcing/one_news.html",
		section="news",
		row=row,
		address=news.address_of(row.name),
		text=richtext.clean(words.in_language(row, "text")),
		openings=_openings(row, me),
	)
	return None


def _openings(row, me: str) -> list[frappe._dict]:
	found = [] if row.is_over else offers.cards_of(row.openings, me)
	for opening in found:
		opening.address = f"{news.address_of(row.name)}?to={quote(opening.name)}"
	return found


def _go_on(context, row, opening: str) -> page.Redirect | None:
	"""Lead on to an opening it names, and to nothing else."""
	if opening not in row.openings:
		return page.not_found(context)
	_keep(row.name, context.employee.name, reading.FOLLOWED)
	return page.Redirect(f"/referrals/openings/{quote(opening)}")


def _keep(name: str, me: str, what: str) -> None:
	if reading.mark(name, me, what):
		frappe.local.flags.commit = True
