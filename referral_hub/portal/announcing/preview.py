"""An announcement as one employee would read it: the very page of the portal, and the mail. Nothing is kept, nobody is told."""

from dataclasses import replace

import frappe
from frappe.utils import now_datetime

from referral_hub.announcing import reading, telling
from referral_hub.messages import rendering
from referral_hub.messages.readers import find_reader
from referral_hub.portal import page, richtext, words
from referral_hub.portal.announcing import news, offers
from referral_hub.portal.templates import render


def shown(post, employee: str, language: str) -> dict:
	"""Return {"page", "subject", "mail"} in this language: HTML of the whole page, the mail's subject and body."""
	with rendering.speaking(language):
		html = _page(post, employee)
	reader = find_reader(employee)
	facts = telling.words_of(post) | offers.earnings()(employee, [each.job_opening for each in post.openings])
	facts = {name: value for name, value in facts.items() if value is not None}
	subject, body, _spoken = rendering.write(telling.EVENT, facts, _speaking(reader, language))
	return {"page": html, "subject": subject, "mail": body}


def _page(post, employee: str) -> str:
	context = page.new_context("referrals/news")
	fields = ["name", "employee_name", "first_name", "company", "department", "designation"]
	row = reading.row(post)
	row.out_on = row.out_on or now_datetime()
	context.update(
		employee=frappe.db.get_value("Employee", employee, fields, as_dict=True),
		title=words.in_language(row, "title"),
		row=row,
		text=richtext.clean(words.in_language(row, "text")),
		openings=[] if row.is_over else offers.cards_of(row.openings, employee),
		address=news.address_of(post.name),
		script=False,  # it is only looked at, in a frame that runs none
	)
	for opening in context.openings:
		opening.address = context.address
	return render("announcing/one_news.html", context)


def _speaking(reader, language: str):
	return replace(reader, language=language)
