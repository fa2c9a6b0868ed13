"""What HR does with the prompts to call somebody of the talent pool: put off, leave out, set one for themselves.

A prompt is done by logging the contact. HR roles only, and only for people whose record they may write; changes by POST.
"""

import frappe

from referral_hub.permissions import HR_ROLES
from referral_hub.talent.cadence import prompts

RECORD, PROMPT = prompts.RECORD, prompts.DOCTYPE


@frappe.whitelist(methods=["POST"])
def snooze(prompt: str, until: str) -> None:
	"""Ask again on another day.

	:param prompt: name of an open Talent Prompt. Raises PermissionError when the caller may not write its person.
	:param until: a day to come. Raises NoTimeToCall for another one, or where the prompt was answered.
	"""
	prompts.snooze(_of_hr(prompt), until)


@frappe.whitelist(methods=["POST"])
def skip(prompt: str, why: str) -> None:
	"""Leave this step out.

	:param prompt: name of an open Talent Prompt. Raises PermissionError when the caller may not write its person.
	:param why: for those who look at it later; needed.
	"""
	prompts.skip(_of_hr(prompt), why)


@frappe.whitelist(methods=["POST"])
def remind(record: str, on: str, why: str = "") -> str:
	"""Ask the caller on a day of their choice; return the Talent Prompt. One that waits already is put off to that day.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param on: a day to come. Raises NoTimeToCall for another one, or for somebody who is not called any more.
	:param why: shown when the day has come.
	"""
	_check(record)
	return prompts.remind(record, on, why.strip()[:500])


def _of_hr(prompt: str) -> str:
	frappe.get_doc(PROMPT, prompt).check_permission("read")
	_check(frappe.db.get_value(PROMPT, prompt, "record"))
	return prompt


def _check(record: str) -> None:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(RECORD, record).check_permission("write")
