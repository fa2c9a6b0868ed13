"""/refer/TOKEN: the phone page of an employee without a user account. Who do I know, and what became of them?

Whoever holds the card can refer in the employee's name, so the card is limited in a day and shows nobody's name or contact.
"""

from functools import partial
from urllib.parse import quote

import frappe
from frappe import _

from referral_hub import limits
from referral_hub.portal import page
from referral_hub.portal.forms.refer_form import FIELD_OF
from referral_hub.portal.guests import entrance, forms, languages
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.errors import ReferralRefused
from referral_hub.referrals.errors import sentence as sentence_of
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.sharing.guest_forms import Token, Verdict
from referral_hub.referrals.showing import catalogue, sentences
from referral_hub.referrals.showing.catalogue import Search
from referral_hub.retry import retry_deadlocks

# in an hour
SENT_PER_CARD = 30
OPENINGS = 20
LONGEST = 300
FIELDS = ("candidate_name", "phone", "email", "opening", "form_token")


def get_context(context):
	employee = entrance.open_by_token(context, "card", cards.opened_by)
	if not employee:
		return None
	_prepare(context, employee)
	if frappe.request.method == "POST":
		return _send(context, employee)
	return _show(context, _asked(context.here, str(frappe.form_dict.get("opening") or "")))


def _prepare(context, employee) -> None:
	context.here = f"/refer/{context.token}"
	languages.offer(context, context.here)
	sent = str(frappe.form_dict.get("sent") or "")
	mine = cards.referrals_of(employee.name)
	context.update(
		card_of=employee,
		title=_("Refer someone"),
		search=str(frappe.form_dict.get("q") or "").strip()[:140],
		mine=[_line(row) for row in mine],
		sent=sent if sent in {row.name for row in mine} else "",
		problem="",
		errors={},
		trap=forms.TRAP,
	)


def _asked(here: str, opening: str):
	return frappe._dict(dict.fromkeys(FIELDS, ""), opening=opening[:140])


def _show(context, form) -> None:
	"""Show the form for one opening, or the openings to choose from with a form for none of them."""
	form.form_token = forms.token(context.card_of.name, form.form_token)
	opening = catalogue.find(form.opening)
	context.update(form=form, opening=opening)
	if opening:
		context.title = opening.job_title
		languages.offer(context, f"{context.here}?opening={quote(opening.name)}")
		context.template = "guests/card/refer.html"
		return
	search = Search(text=context.search)
	context.openings = catalogue.find_all(search, limit=OPENINGS)
	context.more = catalogue.count(search) > OPENINGS
	context.template = "guests/card/home.html"


def _send(context, employee):
	form = frappe._dict({name: str(frappe.form_dict.get(name) or "").strip()[:LONGEST] for name in FIELDS})
	verdict = forms.judge(form.form_token, employee.name, frappe.form_dict.get(forms.TRAP))
	context.status = 422
	if not limits.within("card:send", employee.name, SENT_PER_CARD):
		context.status = 429
		context.problem = _("That was often in a short time. Please send it again in an hour.")
		return _show(context, form)
	if verdict != Verdict.FINE or not forms.from_here():
		context.problem = _("Please send it once more. What you typed is still here.")
		return _show(context, form)
	try:
		referral = retry_deadlocks(partial(_refer, form, employee.name))
	except ReferralRefused as refused:
		return _refused(context, form, refused)
	return page.Redirect(f"{context.here}?sent={referral.name}")


def _refer(form, employee: str):
	candidate = Candidate(form.candidate_name, form.email or None, form.phone or None)
	return cards.refer(employee, candidate, form.opening or None, Token.read(form.form_token).nonce)


def _refused(context, form, refused: ReferralRefused) -> None:
	frappe.db.rollback()
	frappe.clear_messages()
	about = FIELD_OF.get(refused.reason.split("_")[0])
	about = "phone" if refused.reason == "contact_missing" else about
	if refused.reason == "key_reused":
		form.form_token = ""
	if about in FIELDS:
		context.errors = {about: sentence_of(refused)}
	else:
		context.problem = sentence_of(refused)
	return _show(context, form)


def _line(row) -> frappe._dict:
	is_open = row.outcome == "Open"
	said = sentences.stage_name(row.stage) if is_open else sentences.outcome_name(row.outcome)
	return frappe._dict(name=row.name, initial=row.initial, said=said, when=row.stage_changed_on)
