"""What the page Share does and shows: make links, change their words, switch them off; invite, send again, take back.

Every refusal becomes a sentence where it belongs, and nothing typed is lost.
"""

from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

import frappe
from frappe import _

from referral_hub.portal import words
from referral_hub.portal.forms import refer_form
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.errors import sentence as sentence_of
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.sharing.links import SHARED_BY_EMPLOYEES
from referral_hub.referrals.sharing import invitations, links
from referral_hub.referrals.sharing.posters import pictures
from referral_hub.referrals.showing import sentences
from referral_hub.retry import retry_deadlocks

PATH = "/referrals/share"
FIELDS = ("candidate_name", "email", "phone", "message", "words", "submission_key")


@dataclass(frozen=True)
class Answer:
	"""Where to go next, or what is wrong: at a field, or with the whole."""

	address: str = ""
	problem: str = ""
	errors: dict[str, str] = field(default_factory=dict)
	form: frappe._dict | None = None


def act(values: dict, opening, employee) -> Answer:
	"""Do what one of the page's forms asks for."""
	form = frappe._dict({name: str(values.get(name) or "").strip() for name in FIELDS})
	action = ACTIONS.get(str(values.get("action") or ""))
	if not action:
		return Answer(problem=_("Please try that once more."), form=form)
	try:
		return retry_deadlocks(partial(action, form, values, opening, employee))
	except ReferralRefused as refused:
		frappe.db.rollback()
		frappe.clear_messages()
		return _refusal(refused, form)
	except links.LinkRefused as refused:
		frappe.db.rollback()
		frappe.clear_messages()
		return Answer(errors={"words": str(refused)}, form=form)


def _make(form, _values, opening, employee) -> Answer:
	links.share(employee.name, opening.name if opening else None, form.words)
	return Answer(address=address_of(opening, "made"))


def _change_words(form, _values, opening, employee) -> Answer:
	links.change_words(employee.name, opening.name if opening else None, form.words)
	return Answer(address=address_of(opening, "saved"))


def _switch_off(form, values, opening, employee) -> Answer:
	if link := links.find_own(values.get("link"), employee.name):
		links.switch_off(link)
	return Answer(address=address_of(opening, "off"))


def _invite(form, _values, opening, employee) -> Answer:
	person = Candidate(form.candidate_name, form.email or None, form.phone or None)
	invitations.invite(
		employee.name,
		person,
		opening.name if opening else None,
		message=form.message[: links.LONGEST_MESSAGE],
		submission_key=form.submission_key or None,
	)
	return Answer(address=address_of(opening, "invited"))


def _send_again(form, values, opening, employee) -> Answer:
	link = links.find_own(values.get("link"), employee.name)
	sent = bool(link and link.referral) and invitations.send_again(link)
	return Answer(address=address_of(opening, "again" if sent else "not_again"))


def _cancel(form, values, opening, employee) -> Answer:
	link = links.find_own(values.get("link"), employee.name)
	if link and link.referral:
		invitations.cancel(link)
	return Answer(address=address_of(opening, "cancelled"))


ACTIONS = {
	"make": _make,
	"words": _change_words,
	"off": _switch_off,
	"invite": _invite,
	"again": _send_again,
	"cancel": _cancel,
}


def said(done: str | None) -> str:
	"""Return what the page says after something was done."""
	sentences_by_word = {
		"made": _("Your link is ready."),
		"saved": _("Your words are saved."),
		"off": _("That link leads nowhere now."),
		"invited": _("The invitation is on its way."),
		"again": _("The invitation was sent again."),
		"not_again": _("This invitation can't be sent again."),
		"cancelled": _("The invitation was taken back."),
	}
	return sentences_by_word.get(done or "", "")


def address_of(opening, done: str = "") -> str:
	query = ({"opening": opening.name} if opening else {}) | ({"done": done} if done else {})
	return PATH + ("?" + urlencode(query) if query else "")


def prepare(context, opening, answer: Answer) -> None:
	"""Add what the page shows: the working links, everything shared before, the forms."""
	employee = context.employee.name
	shared = {row.channel: row for row in links.of_employee(employee, opening.name if opening else "")}
	form = answer.form or frappe._dict(dict.fromkeys(FIELDS, ""))
	form.submission_key = frappe.generate_hash(length=32)
	if not form.words and "words" not in answer.errors:
		form.words = shared["Link"].message if "Link" in shared else ""
	context.update(
		opening=opening,
		form=form,
		problem=answer.problem,
		errors=answer.errors,
		done=said(frappe.form_dict.get("done")),
		shared=shared if len(shared) >= len(SHARED_BY_EMPLOYEES) else {},
		share_address=links.address_of(shared["Link"].code) if "Link" in shared else "",
		share_text=_share_text(opening),
		all_links=[_told(row) for row in links.of_employee(employee)],
		invitations=[_told_invitation(row) for row in links.invitations_of(employee)],
		can_text=invitations.sms_works(),
		can_invite=invitations.can_send(),
		longest_message=links.LONGEST_MESSAGE,
		themes=_themes(),
		action=address_of(opening),
	)


def _share_text(opening) -> str:
	"""What goes into a messenger beside the link."""
	if not opening:
		return _("We are hiring. Have a look.")
	return _("We are looking for: {0}. Have a look.").format(opening.job_title)


def _themes() -> list[tuple[str, str]]:
	chinese = (frappe.local.lang or "").startswith("zh")
	rows = pictures.running_themes()
	return [(row.name, (row.theme_name_zh if chinese else None) or row.theme_name) for row in rows]


def _told(row) -> frappe._dict:
	title = row.job_opening and frappe.get_cached_value("Job Opening", row.job_opening, "job_title")
	return frappe._dict(
		row,
		what=title or _("All openings"),
		way=way_name(row.channel),
		visitors=words.number(row.clicks),
		applied=words.number(row.applications),
		ends=words.day(row.expires_on),
		works=row.enabled and not links.is_over(row.expires_on),
	)


def way_name(channel: str) -> str:
	return {
		"Link": _("Link", context="a way to share"),
		"QR": _("QR code"),
		"Poster": _("Poster"),
	}[channel]


def _told_invitation(row) -> frappe._dict:
	is_waiting = row.stage == "Invited" and row.outcome == "Open" and row.enabled
	state = sentences.stage_name(row.stage) if row.outcome == "Open" else sentences.outcome_name(row.outcome)
	return frappe._dict(
		row,
		state=_("Waiting for an answer") if is_waiting else state,
		is_waiting=is_waiting,
		may_send_again=invitations.may_send_again(row),
	)


def _refusal(refused: ReferralRefused, form) -> Answer:
	about = refer_form.FIELD_OF.get(refused.reason.split("_")[0])
	if about == "note":
		about = "message"
	if about:
		return Answer(errors={about: sentence_of(refused)}, form=form)
	return Answer(problem=sentence_of(refused), form=form)
