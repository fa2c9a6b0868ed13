"""Takes people out of what was said in the survey: of a candidate who is deleted, of an employee whose record is.

The numbers stay, they name nobody. What somebody wrote in words goes with them; who is named in the words of others, also of those
nobody knows, is taken out of them. Called by the flow when a person is forgotten, and when an Employee is deleted.
"""

from collections.abc import Collection

import frappe
from frappe import _

from referral_hub import tokens
from referral_hub.forgotten.spellings import Spellings
from referral_hub.survey.answering import RESPONSE
from referral_hub.survey.asking import INVITATION
from referral_hub.survey.rules.questions import Role

_CHUNK = 1000


def forget(referrals: Collection[str], spellings: Spellings, number: str) -> None:
	"""Forget a candidate: their questions and links, what they wrote, and their name in what others wrote."""
	for referral in sorted(referrals):
		about = {"referral": referral, "role": Role.CANDIDATE.value}
		_forget_invitations(about)
		frappe.db.set_value(RESPONSE, about, {"words": None, "referral": None}, update_modified=False)
	_take_out(spellings, number)


def forget_employee(employee: str) -> None:
	"""Forget somebody whose record is deleted: what they were asked, and their words."""
	_forget_invitations({"employee": employee})
	for name in frappe.get_all(RESPONSE, {"employee": employee}, pluck="name"):
		gone = {
			"words": None,
			"employee": None,
			"employee_name": None,
			"owner": "Guest",
			"modified_by": "Guest",
		}
		frappe.db.set_value(RESPONSE, name, gone, update_modified=False)


def _forget_invitations(filters: dict) -> None:
	for name in frappe.get_all(INVITATION, filters, pluck="name"):
		tokens.forget(tokens.Subject(INVITATION, name))
		frappe.db.delete(INVITATION, {"name": name})


def _take_out(spellings: Spellings, number: str) -> None:
	"""Write `number` wherever words name the person: those without a referral are found by reading them, and lead to none afterwards either."""
	after = ""
	while rows := _with_words(after):
		for name, words, is_anonymous in rows:
			if (said := spellings.replace(words, _("Deleted Person") if is_anonymous else number)) != words:
				frappe.db.set_value(RESPONSE, name, "words", said, update_modified=False)
		after = rows[-1][0]


def _with_words(after: str) -> list[tuple[str, str, int]]:
	written = [["words", "!=", ""], ["name", ">", after]]
	return frappe.get_all(
		RESPONSE, written, ["name", "words", "anonymous"], order_by="name asc", limit=_CHUNK, as_list=True
	)
