"""Tests an opening links to, and their results: kept with a referral only where the candidate agreed, gone when they take it back.

A result has a record from the moment its candidate agrees; HR writes it in, employees never read it. Called by the candidate's page, the two
DocTypes and the erasure.
"""

from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub import kept
from referral_hub.referrals.erasure import traces
from referral_hub.referrals.rules.requirements import assessments as rules

DOCTYPE, ROWS = "Referral Assessment", "Opening Assessment"
_FIXED = ("referral", "company", "job_opening", "assessment", "link", "agreed_on", "agreed_words")
_RESULT = ("result", "score", "taken_on")


def check_links(profile) -> None:
	"""Refuse links that a candidate could not safely follow, and a test named twice."""
	seen: set[str] = set()
	for row in profile.assessments:
		if not rules.is_safe(row.link):
			frappe.throw(_("Row {0}: the link of a test begins with https://.").format(row.idx))
		if row.assessment.casefold() in seen:
			frappe.throw(_("Row {0}: this test is named twice.").format(row.idx))
		seen.add(row.assessment.casefold())


def shown(referral) -> list[frappe._dict]:
	"""Return the tests a candidate sees now, in their language: {name, title, purpose, link, host, agreed_on, result}.

	What they agreed to stays in sight, and can be taken back, also when HR renames or removes the test, or another opening is meant.
	"""
	agreed = {each.assessment: each for each in of_referral(referral.name)}
	found = [_told(each, agreed.pop(each.assessment, None)) for each in _rows_for(referral)]
	return found + [_told(each, each) for each in agreed.values()]


def _rows_for(referral) -> list[frappe._dict]:
	if not referral.job_opening:
		return []
	profile, row = frappe.qb.DocType("Opening Profile"), frappe.qb.DocType(ROWS)
	query = frappe.qb.from_(row).join(profile).on(row.parent == profile.name)
	query = query.select(row.star).where(profile.job_opening == referral.job_opening).orderby(row.idx)
	return [each for each in query.run(as_dict=True) if rules.is_shown(each.shown_from, referral.stage)]


def of_referral(referral: str) -> list[frappe._dict]:
	fields = ["name", "assessment", "link", "agreed_on", *_RESULT]
	return frappe.get_all(DOCTYPE, {"referral": referral}, fields, order_by="agreed_on asc")


def agree(referral, row: str, words: str) -> bool:
	"""Keep that the candidate agrees to a result being kept, with the words they read; False when the test is not theirs to see."""
	test = next((each for each in shown(referral) if each.name == row), None)
	if not test:
		return False
	if not test.agreed_on:
		values = {"company": referral.company, "job_opening": referral.job_opening, "link": test.link}
		record = frappe.get_doc(
			doctype=DOCTYPE,
			referral=referral.name,
			assessment=test.assessment,
			agreed_on=now_datetime(),
			agreed_words=words,
			**values,
		)
		with kept.writing(record):
			record.insert(ignore_permissions=True)
	return True


def take_back(referral: str, row: str) -> None:
	"""Forget a result because its candidate says so: `row` is the test of the opening, or the result itself where there is no such test any more."""
	test = frappe.db.get_value(ROWS, row, "assessment")
	asked = {"assessment": test} if test else {"name": row}
	_delete(frappe.get_all(DOCTYPE, {"referral": referral, **asked}, pluck="name"))


def forget(referral: str) -> None:
	_delete(frappe.get_all(DOCTYPE, {"referral": referral}, pluck="name"))


def check(record) -> None:
	"""HR writes the result alone; the record is made by the candidate's yes."""
	if record.is_new():
		kept.refuse_writing(
			record, _("The candidate agrees on their own page, then you can enter the result.")
		)
		return
	kept.keep_stored(record, _FIXED)
	if any(record.has_value_changed(field) for field in _RESULT):
		record.entered_by = frappe.session.user


def _delete(names: list[str]) -> None:
	"""Delete results with all that hangs on them: files, mails, tasks, shares, and what hangs on those."""
	for doctype, name in sorted(traces.rows_with_answers((DOCTYPE, name) for name in names)):
		traces.remove_beside(doctype, name)
	if names:
		frappe.db.delete(DOCTYPE, {"name": ("in", names)})


def _told(row, agreed) -> frappe._dict:
	chinese = (frappe.local.lang or "").startswith("zh")
	return frappe._dict(
		name=row.name,
		assessment=row.assessment,
		title=(chinese and row.assessment_zh) or row.assessment,
		purpose=(chinese and row.purpose_zh) or row.purpose or "",
		link=row.link,
		host=urlsplit(row.link).hostname,
		agreed_on=agreed and agreed.agreed_on,
		result=" · ".join(filter(None, (agreed.score, agreed.result))) if agreed else "",
	)
