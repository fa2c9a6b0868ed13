"""One request: who it is, what may be read of them, the draft; send it, hand it back, or leave HR a word. Works without JavaScript.

Another's request, one that is closed and one that never was look the same. Called by portal/renderer.py.
"""

from collections.abc import Callable

import frappe
from frappe import _

from referral_hub.portal import acting, page, words
from referral_hub.portal.requests import listing
from referral_hub.talent import sending
from referral_hub.talent.requests import answering, showing

_TYPED = ("subject", "words", "said")


@page.for_employees
def get_context(context):
	request = showing.find(frappe.form_dict.get("name"), context.employee.name)
	if not request:
		return page.not_found(context)
	if frappe.request.method == "POST":
		return _act(context, request)
	return _show(context, request)


def _act(context, request) -> page.Redirect | None:
	"""Do what the button says; what is refused keeps what was typed."""
	form = {field: str(frappe.form_dict.get(field) or "") for field in _TYPED}
	act = _ACTS.get(frappe.form_dict.get("do"))
	try:
		if act:
			acting.do(act, request.name, context.employee.name, form)
	except frappe.DoesNotExistError:
		frappe.clear_messages()
		return page.not_found(context)
	except frappe.ValidationError as refused:
		frappe.clear_messages()
		context.status = 422
		return _show(context, request, form, str(refused))
	if act is _leave_word:
		return page.Redirect(listing.address_of(request.name) + "?kept=1")
	return page.Redirect(f"{listing.ADDRESS}?done=1" if act else listing.address_of(request.name))


def _show(context, request, form: dict | None = None, problem: str = "") -> None:
	known = showing.archive(request.record, frappe.session.user)
	context.update(
		request=request,
		known=known,
		can_text=not sending.why_no_text(frappe._dict(known.person, company=request.company)),
		facts=list(_facts(known)),
		form=form or {"subject": request.subject or "", "words": request.words or "", "said": ""},
		asked_by=frappe.utils.get_fullname(request.asked_by),
		due=words.day(request.due_on),
		address=listing.address_of(request.name),
		kept=bool(frappe.form_dict.get("kept")) and not problem,
		problem=problem,
		title=_("Write to {0}").format(request.person_name),
		section="requests",
		script="request.js",
		template="requests/asked.html",
	)


def _facts(known) -> list[tuple[str, str]]:
	"""Yield what is known of the person beside their applications: a label and words each."""
	person = known.person
	pairs = (
		(_("Applied as"), person.designation),
		(_("What happened"), _happened(person)),
		(_("Why"), _why(person)),
		(_("What matters to them"), _list(map(_in_own_words, known.preferences))),
		(_("What they want next"), person.intention),
		(_("Where they would like to work"), person.preferred_location),
		(_("What they asked"), person.questions),
		(_("Skills", context="Referral Hub"), person.skills),
		(_("Referred by"), person.referrer_name),
	)
	return [(label, said) for label, said in pairs if said]


def _happened(person) -> str:
	reason = _(person.reason, context="Talent Pool Record") if person.reason else ""
	return _list(filter(None, (reason, words.day(person.happened_on))))


def _why(person) -> str:
	given = person.reason_given and _of_master("Referral Reason", person.reason_given, "reason")
	return _list(filter(None, (given, person.reason_text)))


def _in_own_words(preference: str) -> str:
	return _of_master("Talent Preference", preference, "preference")


def _of_master(doctype: str, name: str, field: str) -> str:
	plain, chinese = frappe.db.get_value(doctype, name, [field, f"{field}_zh"]) or (name, None)
	return (chinese if frappe.local.lang == "zh" else None) or plain or name


def _list(parts) -> str:
	return " · ".join(parts)


def _send_mail(name: str, employee: str, form: dict) -> None:
	answering.send_mail(name, employee, form["subject"][:140], form["words"][:10_000])


def _send_text(name: str, employee: str, form: dict) -> None:
	answering.send_text(name, employee, form["words"][:10_000])


def _keep_copied(name: str, employee: str, form: dict) -> None:
	answering.keep_copied(name, employee, form["words"][:10_000])


def _not_me(name: str, employee: str, form: dict) -> None:
	answering.not_me(name, employee, form["said"])


def _knows_better(name: str, employee: str, form: dict) -> None:
	answering.knows_better(name, employee, form["said"])


def _leave_word(name: str, employee: str, form: dict) -> None:
	answering.leave_word(name, employee, form["said"])


_ACTS: dict[str, Callable[[str, str, dict], None]] = {
	"mail": _send_mail,
	"text": _send_text,
	"copied": _keep_copied,
	"not_me": _not_me,
	"better": _knows_better,
	"word": _leave_word,
}
