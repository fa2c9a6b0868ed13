"""What HR does with the prompts to call somebody of the talent pool: put off, leave out, set one for themselves, find words, send them, note signals.

A prompt is done by logging the contact. HR roles only, and only for people whose record they may write; changes by POST.
"""

from functools import partial

import frappe
from frappe import _

from referral_hub.api.talent import path_facts
from referral_hub.paths import links
from referral_hub.permissions import HR_ROLES
from referral_hub.talent import sending, signals
from referral_hub.talent.cadence import prompts
from referral_hub.talent.rules.signals import KINDS
from referral_hub.talent.templates import media, writing
from referral_hub.talent.wecom import known
from referral_hub.talent.wecom import sending as by_wecom
from referral_hub.tokens import Subject

RECORD, PROMPT = prompts.RECORD, prompts.DOCTYPE
_BY_WECOM = ["consent_state", "phone", "email", "company", *known.FIELDS]


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


@frappe.whitelist(methods=["GET", "POST"])
def draft(
	record: str, purpose: str = "Greeting", language: str | None = None, template: str | None = None
) -> dict:
	"""Return words for a person, to be read and changed: {"template", "language", "subject", "words", "files", "by_wecom"}; also the preview
	of a template.

	`files`: the pictures and voices of the template, [{"file", "file_name", "kind", "goes"}]. `by_wecom`: whether the caller can send them
	through WeCom.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not read it.
	:param purpose: Greeting, News, Opening or Other: what the step is for.
	:param language: en or zh; the site's when empty.
	:param template: name of an enabled Recall Template; the one that fits best when empty. Raises NoSuchWords.

	A POST makes a link to the performance path where the template names one; a GET leaves it out.
	"""
	_check(record, "read")
	of_path = {"path_link": partial(_path_link, record), "promotions": partial(path_facts.promotions, record)}
	found = writing.draft(record, purpose, language, template, **of_path)
	person = frappe.db.get_value(RECORD, record, _BY_WECOM, as_dict=True)
	return found | {"files": media.offered(found["template"]), "by_wecom": not by_wecom.why_not(person)}


@frappe.whitelist(methods=["POST"])
def link_to_files(record: str) -> str:
	"""Return a new link to the pictures and voices that went to a person, for words that go by a messenger.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	"""
	_check(record)
	return media.link_of(record)


@frappe.whitelist(methods=["POST"])
def send_mail(
	record: str, subject: str, words: str, template: str | None = None, files: str | list | None = None
) -> str:
	"""Send one mail to a person in the caller's name; return its Talent Interaction. Answers come back to the record.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it, NotCalled when nobody may.
	:param words: plain text, as the caller left it.
	:param template: name of the Recall Template it began with, for the report.
	:param files: names of the Files that go along: of a template, or attached to the record; pictures and voices. Raises NotSentAlong.
	"""
	_check(record)
	return sending.send_mail(record, subject[:140], words[:10_000], template, files=media.named(files))


@frappe.whitelist(methods=["POST"])
def send_text(record: str, words: str, template: str | None = None, files: str | list | None = None) -> str:
	"""Send one text message to a person by the site's SMS gateway; return its Talent Interaction.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it, NotCalled when nobody may, no
		gateway is set up, no phone number is known, the person asked us to stop or the text is too long, NotSent when the gateway refused.
	:param words: plain text, as the caller left it.
	:param template: name of the Recall Template it began with, for the report.
	:param files: names of the Files that go along: of a template, or attached to the record; pictures and voices. Raises NotSentAlong.
	"""
	_check(record)
	return sending.send_text(record, words[:10_000], template, media.named(files))


@frappe.whitelist(methods=["POST"])
def send_by_wecom(
	record: str, words: str, template: str | None = None, files: str | list | None = None
) -> str:
	"""Let WeCom ask the caller to confirm a message to a person, in their own WeCom; return its Talent Interaction. Then it goes, not before.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it; NotCalled when nobody may, the
		person has not agreed or is no contact in WeCom, the caller is nobody there or the text is too long; NotSent when WeCom refused.
	:param words: plain text, as the caller left it.
	:param template: name of the Recall Template it began with, for the report.
	:param files: names of the Files that go along: of a template, or attached to the record; pictures and voices. Raises NotSentAlong.
	"""
	_check(record)
	return by_wecom.send(record, words[:10_000], template, media.named(files))


@frappe.whitelist(methods=["POST"])
def keep_copied(
	record: str,
	words: str,
	kind: str = "Message",
	template: str | None = None,
	files: str | list | None = None,
) -> str:
	"""Keep what the caller copied and sent by a messenger of their own; return its Talent Interaction.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it, NotCalled when nobody may.
	:param kind: Message or SMS.
	:param template: name of the Recall Template it began with, for the report.
	:param files: names of the Files that go along: of a template, or attached to the record; pictures and voices. Raises NotSentAlong.
	"""
	_check(record)
	kind = "SMS" if kind == "SMS" else "Message"
	return sending.keep_copied(record, words, kind, template, media.named(files))


@frappe.whitelist(methods=["POST"])
def add_signal(record: str, kind: str, words: str = "") -> str:
	"""Keep what changed for a person, as the caller has seen it; return the Talent Signal.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it, NoConsent when the person
		has not agreed: then nothing is kept.
	:param kind: Changed Job, Looks for a Job, Interested, Wrote to Us, Looked at Our Openings or Other.
	"""
	_check(record)
	if kind not in KINDS:
		frappe.throw(_("Please choose what was seen."))
	return signals.add(record, kind, words)


def _of_hr(prompt: str) -> str:
	frappe.get_doc(PROMPT, prompt).check_permission("read")
	_check(frappe.db.get_value(PROMPT, prompt, "record"))
	return prompt


def _path_link(record: str) -> str | None:
	is_post = frappe.request and frappe.request.method == "POST"
	if not is_post or not links.path_for(Subject(RECORD, record)):
		return None
	return links.make(RECORD, record)


def _check(record: str, ptype: str = "write") -> None:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(RECORD, record).check_permission(ptype)
