"""/path/TOKEN: what would my next three years look like? For somebody who is wanted; without a login. And: I'm interested.

Shows the path, what others reached where enough people are behind it, and nothing about anybody. Whoever made the link is told of an
answer; an answer counts once.
"""

from functools import partial

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification

from referral_hub import tokens
from referral_hub.paths import links, reading
from referral_hub.portal import page
from referral_hub.portal.growth import case_words, figure_words, path_words
from referral_hub.portal.guests import entrance, forms, languages
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.retry import retry_deadlocks
from referral_hub.talent.archive import contacts


def get_context(context):
	row = entrance.open_by_token(context, "path", links.opened_by)
	if not row:
		return None
	context.here = f"/path/{context.token}"
	if frappe.request.method == "POST":
		return _answer(context, row)
	return _show(context, row)


def _show(context, row, problem: str = ""):
	languages.offer(context, context.here)
	levels = _levels(row)
	context.template = "guests/path.html"
	context.update(
		title=_("Your path at {0}").format(row.company or context.brand.name),
		person=row.person,
		path_name=row.path.path_name,
		picture=path_words.picture(reading.ladder_of(row.path), levels, _("You begin here")),
		levels=levels,
		cases=case_words.of_path(row.path),
		form_token=forms.token(row.name),
		is_interested=frappe.form_dict.get("done") == "interested",
		problem=problem,
	)


def _levels(row) -> list[dict]:
	"""Say each level with what it needs, in the order of the path."""
	told = path_words.levels_told(row.path, figure_words.of_levels(row.path.name), row.level)
	for said in told:
		said["needs"] = path_words.needs(row.path, said["code"])
	return told


def _answer(context, row):
	if not forms.is_ours(frappe.form_dict.get("form_token"), row.name):
		context.status = 422
		return _show(context, row, _("Please send it once more."))
	retry_deadlocks(partial(_keep, row))
	return page.Redirect(f"{context.here}?done=interested")


def _keep(row) -> None:
	if not links.interested(row):
		return
	made_by, subject = tokens.issuer(Purpose.PATH, row.token), row.subject
	# no name: the comment and the notification outlive an erasure
	words_of = _("The candidate has seen the performance path {0} and is interested.").format(
		row.path.path_name
	)
	if subject.doctype == links.POOL:
		contacts.note(subject.name, "Message", words_of, direction=contacts.IN, by_user=made_by)
	else:
		frappe.get_doc(subject.doctype, subject.name).add_comment(
			"Comment", frappe.utils.escape_html(words_of)
		)
	about = {"document_type": subject.doctype, "document_name": subject.name, "type": "Alert"}
	enqueue_create_notification([made_by], {**about, "subject": frappe.utils.escape_html(words_of)})
