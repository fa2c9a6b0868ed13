"""/pool/TOKEN: until when do you keep me, and what? And: agree, no more messages, delete, download.

For people of the talent pool, whom nobody may have referred. Whoever has the link is the person; looking is a GET, everything that
changes something is a POST from one of these pages.
"""

import json
from functools import partial

import frappe
from frappe import _

from referral_hub import flow, limits
from referral_hub.portal import page
from referral_hub.portal.guests import forms, notices, own_page
from referral_hub.portal.guests.talent.hello import file_of
from referral_hub.retry import retry_deadlocks
from referral_hub.talent import held, keeping
from referral_hub.talent.capturing.recording import kept_until_now
from referral_hub.talent.templates import media

# in an hour
CHANGES_PER_TOKEN = 60


def get_context(context):
	return own_page.answer(context, "pool", keeping.opened_by, _prepare, _act, _show)


def _prepare(context, row) -> None:
	context.update(
		files=media.sent(row.name),
		may_agree=not row.erasure_asked_on,
		may_be_silent=row.state != keeping.DO_NOT_CONTACT,
		consent_sentence=notices.consent_of_pool(row.company, kept_until_now()),
		done=_done(str(frappe.form_dict.get("done") or "")),
	)


def _show(context, row, step: str):
	if frappe.form_dict.get("file"):
		return file_of(context, row.name)
	if step == "download":
		return page.Download("my-data.json", json.dumps(held.about(row), ensure_ascii=False, indent=1))
	if step == "print":
		context.held = held.about(row)
		return _page(context, "pool/all", _("What we hold about you"))
	if step == "delete" and not row.erasure_asked_on:
		return _page(context, "pool/delete", _("Delete what we hold about you?"))
	title = _("{0} keeps your details to call you again").format(row.company)
	if not context.may_be_silent:
		title = _("{0} does not write to you any more").format(row.company)
	return _page(context, "pool/home", title)


def _page(context, name: str, title: str) -> None:
	context.template = f"guests/{name}.html"
	context.title = title


def _act(context, row):
	if not limits.within("pool:change", row.name, CHANGES_PER_TOKEN):
		context.status = 429
		context.problem = _("That was often in a short time. Please send it again in an hour.")
		return _show(context, row, "")
	action = ACTIONS.get(str(frappe.form_dict.get("action") or ""))
	if not action or not forms.is_ours(frappe.form_dict.get("form_token"), row.name):
		context.status = 422
		context.problem = _("Please send it once more.")
		return _show(context, row, "")
	return action(context, row)


def _agree(context, row):
	words = notices.consent_of_pool_text(row.company, kept_until_now())
	is_kept = retry_deadlocks(partial(keeping.agree, row.name, words))
	return page.Redirect(f"{context.here}?done=agreed" if is_kept else context.here)


def _silence(context, row):
	why = _("The person said so on their own page.")
	retry_deadlocks(partial(keeping.say_no, row.name, why))
	return page.Redirect(f"{context.here}?done=silent")


def _delete(context, row):
	if retry_deadlocks(partial(flow.leave_pool, row.name)):
		return _page(context, "candidate/forgotten", _("All right"))
	return page.Redirect(f"{context.here}?done=deletion")


def _done(step: str) -> str:
	return {
		"agreed": _("Thank you. We keep your details until the day below."),
		"silent": _("All right. Nobody writes to you any more."),
		"deletion": _("We have your wish. The people in recruiting delete what they hold."),
	}.get(step, "")


ACTIONS = {"agree": _agree, "silence": _silence, "delete": _delete}
