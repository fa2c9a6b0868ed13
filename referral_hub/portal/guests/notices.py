"""The words candidates agree to, and the privacy notice: HR's own, else a short one of ours. Texts are kept with each agreement."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import md_to_html
from markupsafe import Markup

from referral_hub.portal import richtext
from referral_hub.portal.words import day_for_good


def consent(company: str) -> str:
	return _("I agree that {0} keeps and uses what I send for this application.").format(company)


def consent_text(company: str) -> str:
	"""Return what somebody who applies agreed to, whole: the sentence and the notice they could read."""
	return _with_notice(consent(company), company)


def consent_of_referred(company: str, referrer: str) -> str:
	return _(
		"I agree that {1} recommends me, and that {0} keeps and uses what {1} wrote about me for this application."
	).format(company, referrer)


def consent_of_referred_text(company: str, referrer: str) -> str:
	return _with_notice(consent_of_referred(company, referrer), company)


def consent_of_pool(company: str, until: date | None) -> str:
	"""Return what somebody of the talent pool agrees to when they are kept longer."""
	if not until:
		return _("I agree that {0} keeps my details to tell me about openings that suit me.").format(company)
	words = _("I agree that {0} keeps my details until {1} to tell me about openings that suit me.")
	return words.format(company, day_for_good(until))


def consent_of_pool_text(company: str, until: date | None) -> str:
	return _with_notice(consent_of_pool(company, until), company)


def privacy(company: str) -> Markup:
	"""Return HR's own notice in the reader's language, else a short one of ours."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	chinese = (frappe.local.lang or "").startswith("zh")
	own = (settings.privacy_notice_zh if chinese else settings.privacy_notice) or settings.privacy_notice
	if own and own.strip():
		return richtext.clean(md_to_html(own))
	said = (
		_("{0} uses your details to decide about this application, and for nothing else.").format(company),
		_(
			"People in recruiting read them. Whoever recommended you or gave you the link sees your name, your contact and how far you are."
		),
		_("You can ask us at any time to see, correct or delete what we hold about you."),
	)
	return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in said)


def privacy_text(company: str) -> str:
	"""Return the notice without its markup, on one line."""
	return str(Markup(privacy(company)).striptags())


def _with_notice(sentence: str, company: str) -> str:
	return f"{sentence}\n\n{privacy_text(company)}"
