"""News about referring: what HR announced to this employee, the newest first; a banner on home until it is over or put away."""

from urllib.parse import quote, urlencode

import frappe
from frappe import _

from referral_hub.announcing import reading
from referral_hub.announcing.rules.paragraphs import lines_of, plain
from referral_hub.portal import page, paging, words

HOME, PATH = "/referrals", "/referrals/news"
LEAD = 200


@page.for_employees
def get_context(context):
	if frappe.request.method == "POST":
		return _put_away_or_back(context.employee.name, frappe.form_dict)
	found = reading.of(context.employee.name)
	pages = paging.pages_of(len(found), frappe.form_dict.get("page"), PATH)
	context.update(
		title=_("News about referring"),
		template="announcing/news.html",
		news=[line(row) for row in found[pages.start : pages.start + paging.SIZE]],
		pages=pages,
	)
	return None


def banners(employee: str) -> list[frappe._dict]:
	"""Return what stands above all else on this employee's home."""
	return [line(row) for row in reading.banners(employee)]


def put_away(employee: str, name) -> str:
	"""Return the announcement that was just put away, as long as it can be put back; "" for what does not stand on home."""
	name = str(name or "")
	row = reading.one(name, employee) if name else None
	return name if row and not row.is_over and reading.is_put_away(name, employee) else ""


def line(row) -> frappe._dict:
	"""Say one announcement in a line: its title, how it begins, when it came."""
	text = " ".join(lines_of(plain(words.in_language(row, "text"))))
	return frappe._dict(
		name=row.name,
		title=words.in_language(row, "title"),
		lead=text if len(text) <= LEAD else text[:LEAD].rstrip() + "…",
		picture=row.picture,
		out_on=row.out_on,
		is_over=row.is_over,
		address=address_of(row.name),
	)


def address_of(name: str) -> str:
	return f"{PATH}/{quote(name)}"


def _put_away_or_back(employee: str, form) -> page.Redirect:
	back, name = str(form.get("put_back") or ""), str(form.get("put_away") or "")
	if back and reading.one(back, employee):
		reading.put_back(back, employee)
	if not name or not reading.one(name, employee):
		return page.Redirect(HOME)
	reading.mark(name, employee, reading.PUT_AWAY)
	return page.Redirect(f"{HOME}?{urlencode({'put_away': name})}")
