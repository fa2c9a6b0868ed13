"""What HR does with requests to colleagues: ask one about a person or about several, take it back, give more time.

HR roles only, for people whose record they may write and colleagues whom they may read; changes by POST. The colleague answers on the portal.
"""

from functools import partial

import frappe
from frappe import _

from referral_hub.api.talent import path_facts
from referral_hub.permissions import HR_ROLES
from referral_hub.retry import retry_deadlocks
from referral_hub.talent.requests import asking
from referral_hub.talent.templates import writing

RECORD, REQUEST = asking.RECORD, asking.DOCTYPE
_MOST_AT_ONCE = 100
_SAVEPOINT = "referral_hub_ask"


@frappe.whitelist(methods=["POST"])
def ask(
	record: str,
	asked: str,
	note: str = "",
	days: int = 0,
	purpose: str = "Greeting",
	template: str | None = None,
	subject: str = "",
	words: str = "",
) -> str:
	"""Ask a colleague to write to a person; return the Recall Request.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param asked: name of an active Employee with a user account. Raises CantBeAsked for another one, and where they are asked already.
	:param note: what the caller asks, shown to the colleague.
	:param days: working days until the answer, at most 90; those of the settings when 0.
	:param purpose: Greeting, News, Opening or Other: for the draft.
	:param template: name of an enabled Recall Template the draft began with.
	:param subject: of the draft.
	:param words: the draft; filled in the colleague's name when empty.
	"""
	_check(record, asked)
	draft = {"purpose": purpose, "template": template, "subject": subject, "words": words}
	return retry_deadlocks(lambda: _ask(record, asked, draft, note, days))


@frappe.whitelist(methods=["POST"])
def ask_about(
	records: str | list, asked: str | None = None, note: str = "", days: int = 0, purpose: str = "Greeting"
) -> dict:
	"""Ask about several people, each a request of its own; return {"asked": how many, "refused": [{"person_name", "why"}]}.

	:param records: up to 100 names of Talent Pool Records, as JSON; CantBeAsked for more. Raises PermissionError when the caller may not write one.
	:param asked: name of an Employee whom the caller may read; the hiring manager of each person's opening when empty.
	:param note: what the caller asks, shown to the colleague.
	:param days: working days until the answer, at most 90; those of the settings when 0.
	:param purpose: Greeting, News, Opening or Other: for the drafts.
	"""
	# sorted: two who ask about the same people lock them in the same order
	names = sorted({str(name) for name in frappe.parse_json(records)})
	if len(names) > _MOST_AT_ONCE:
		words = _("At most {0} people at once. Choose fewer.")
		frappe.throw(words.format(_MOST_AT_ONCE), asking.CantBeAsked)
	for name in names:
		_check(name, asked)
	return retry_deadlocks(lambda: _ask_about(names, asked, note, days, purpose))


@frappe.whitelist(methods=["GET"])
def draft(
	record: str,
	asked: str | None = None,
	purpose: str = "Greeting",
	language: str | None = None,
	template: str | None = None,
) -> dict:
	"""Return the words a colleague would begin with: {"template", "language", "subject", "words", "hiring_manager"}.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param asked: name of the Employee in whose name they are; the caller's when empty.
	:param purpose: Greeting, News, Opening or Other.
	:param language: en or zh; the site's when empty.
	:param template: name of an enabled Recall Template; the one that fits best when empty. Raises NoSuchWords.
	"""
	_check(record, asked)
	user = asked and frappe.db.get_value("Employee", asked, "user_id")
	promotions = partial(path_facts.promotions, record)
	filled = writing.draft(record, purpose, language, template, sender=user, promotions=promotions)
	return filled | {"hiring_manager": asking.hiring_manager(record)}


@frappe.whitelist(methods=["POST"])
def withdraw(request: str, why: str = "") -> None:
	"""Take a request back; the colleague can't read about the person any more, and is told that nobody needs to write.

	:param request: name of an open Recall Request. Raises PermissionError when the caller may not write its person, CantBeAsked when closed.
	:param why: for HR.
	"""
	name = _of_hr(request)
	retry_deadlocks(lambda: asking.withdraw(name, why.strip()[:500]))


@frappe.whitelist(methods=["POST"])
def give_more_time(request: str, due_on: str) -> None:
	"""Ask for the answer by another day; the colleague is told, and the reminders begin anew.

	:param request: name of an open Recall Request. Raises PermissionError when the caller may not write its person, CantBeAsked when closed.
	:param due_on: a day to come, at most 90 working days away.
	"""
	name = _of_hr(request)
	retry_deadlocks(lambda: asking.give_more_time(name, due_on))


def _ask(record: str, asked: str, draft: dict, note: str, days: int) -> str:
	promotions = partial(path_facts.promotions, record)
	return asking.ask(record, asked, draft, note=note, days=max(days, 0), promotions=promotions)


def _ask_about(names: list[str], asked: str | None, note: str, days: int, purpose: str) -> dict:
	whom = {name: asked or asking.hiring_manager(name) for name in names}
	refused = [refusal for name in names if (refusal := _ask_one(name, whom[name], note, days, purpose))]
	return {"asked": len(names) - len(refused), "refused": refused}


def _ask_one(record: str, asked: str | None, note: str, days: int, purpose: str) -> dict | None:
	"""Ask about one of several; return who could not be asked about, and why: the others are asked all the same."""
	if not asked:
		return _refusal(record, _("No hiring manager is known for the opening this person applied for."))
	if not frappe.has_permission("Employee", "read", asked):
		words = _("You may not ask the hiring manager of the opening this person applied for.")
		return _refusal(record, words)
	frappe.db.savepoint(_SAVEPOINT)
	try:
		_ask(record, asked, {"purpose": purpose}, note, days)
	except frappe.ValidationError as refused:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_messages()
		return _refusal(record, str(refused))
	return None


def _refusal(record: str, why: str) -> dict:
	return {"person_name": frappe.db.get_value(RECORD, record, "person_name"), "why": why}


def _of_hr(request: str) -> str:
	frappe.get_doc(REQUEST, request).check_permission("read")
	_check(frappe.db.get_value(REQUEST, request, "record"))
	return request


def _check(record: str, asked: str | None = None) -> None:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(RECORD, record).check_permission("write")
	if asked:
		frappe.get_doc("Employee", asked).check_permission("read")
