"""What pages say of contacts: why something can't be kept, and why somebody fits."""

from urllib.parse import urlencode

import frappe
from frappe import _

from referral_hub.matching.contacts import keeping
from referral_hub.referrals import policy
from referral_hub.wording.counting import counted

ADDRESS = "/referrals/contacts"
_MOST_WORDS = 4


def are_mine(employee: str) -> bool:
	"""Whether all contacts of an employee were kept under the login that looks.

	HR says whose record a login is: whoever is given a record reads nothing that somebody else kept under it.
	"""
	return not acts_for_them() and not keeping.of_another_login(employee, frappe.session.user)


def acts_for_them() -> bool:
	"""Whether somebody else looks as this user, as the platform lets Administrator do."""
	return bool((frappe.session.get("data") or {}).get("impersonated_by"))


def region_of(employee) -> str | None:
	return policy.region_of(employee.company)


def refused(reason: str, **facts) -> str:
	"""Return the sentence for what can't be kept; each says what to do."""
	sentences = {
		"name_missing": _("Please begin with a name."),
		"name_has_markup": _("A name has no < or >."),
		"name_is_formula": _("A name can't begin with a sign of a formula, such as = or +."),
		"name_too_long": _("This name is too long."),
		"email_invalid": _("Please check the e-mail address: it should look like name@example.com."),
		"email_too_long": _("This e-mail address is too long."),
		"email_is_formula": _("An e-mail address can't begin with a sign of a formula, such as = or +."),
		"phone_invalid": _("Please check the phone number; with the code of the country it is always clear."),
		"years_invalid": _("Please write the years as a number, such as 8."),
		"contact_known": _("Another of your contacts has this address or number."),
		"contact_missing": _("This contact is not there any more."),
	}
	return sentences.get(reason) or _("This can't be read.")


def address_of(contact: str) -> str:
	return f"{ADDRESS}/person?{urlencode({'name': contact})}"


def refer_address(contact: str, opening: str) -> str:
	return "/referrals/refer?" + urlencode({"opening": opening, "contact": contact})


def suggestion(found, titles: dict[str, str]) -> frappe._dict:
	"""Return a suggestion as pages show it: one sentence, and what speaks for it."""
	lang = frappe.local.lang or ""
	title = titles.get(found.opening, found.opening)
	return frappe._dict(
		contact=found.contact,
		name=found.name,
		opening=found.opening,
		title=title,
		score=found.match.score,
		sentence=_("{0} fits {1}: {2}%").format(found.name, title, found.match.score),
		met=_listed(found.match.met, lang, with_words=True),
		missing=_listed(found.match.missing, lang),
		unknown=_listed(found.match.unknown, lang),
		address=address_of(found.contact),
		refer=refer_address(found.contact, found.opening),
	)


def referred(row) -> frappe._dict:
	"""Return a referral of a contact as their page shows it."""
	said = _("Already referred: {0}").format(row.title or row.referral)
	return frappe._dict(sentence=said, address=f"/referrals/mine/{row.referral}")


def _listed(reasons, lang: str, with_words: bool = False) -> list[str]:
	return [_reason(one, lang, with_words) for one in reasons]


def _reason(reason, lang: str, with_words: bool) -> str:
	asked = reason.requirement.words(lang)
	said = [word for word in reason.words if word.casefold() != asked.casefold()][:_MOST_WORDS]
	return f"{asked} ({', '.join(said)})" if with_words and said else asked


def line_of(contact) -> str:
	"""Return what a contact does, in one line."""
	years = (
		counted(contact.years, _("{0} year"), _("{0} years")).format(f"{contact.years:g}")
		if contact.years
		else ""
	)
	work = (
		_("{0} at {1}").format(contact.title, contact.employer) if contact.title and contact.employer else ""
	)
	return " · ".join(
		filter(
			None, (work or contact.title or contact.employer, contact.place, years, ", ".join(contact.skills))
		)
	)
