"""Cases in sentences, and the form with which employees agree to be one, or take it back."""

import frappe
from frappe import _

from referral_hub.paths import cases
from referral_hub.paths.cases import Case
from referral_hub.paths.placing import Place
from referral_hub.paths.rules import evidence
from referral_hub.portal.growth import path_words


def of_path(path) -> list[dict]:
	"""Return the cases of a path that may be shown, in words."""
	return [{"sentence": _sentence(case, path), "own_words": case.own_words} for case in cases.shown(path)]


def of_employee(employee: str, place: Place) -> dict | None:
	"""Return what the form shows; None for whom there is nothing to show."""
	rises = cases.rises_at(place, employee)
	if not rises:
		return None
	return {
		"agreed": cases.mine(employee, place.name),
		"sentence": _sentence(Case(None, "", rises[-1]), place.path),
		"consent": consent(),
		"longest": cases.LONGEST_WORDS,
	}


def consent() -> str:
	return _(
		"I agree that colleagues and candidates see on the performance path how I rose, as shown here. I can take this back at any time; it is"
		" then shown to nobody any more."
	)


def send(employee: str, path) -> None:
	"""Do what the form asks: agree, or take it back."""
	form = frappe.form_dict
	if form.get("action") == "take_back":
		cases.take_back(employee, path.name)
	elif form.get("action") == "agree" and form.get("consent"):
		words, shown_as = str(form.get("own_words") or ""), str(form.get("shown_as") or "")
		cases.agree(employee, path, shown_as, words, consent())


def _sentence(case: Case, path) -> str:
	spell = case.spell
	titles = {
		row.code: path_words.title_of(row) for row in path.levels if row.code in (spell.level, spell.rose_to)
	}
	months = evidence.whole_months(spell)
	later = _("{who} rose from {before} to {after} in {year}, after {months} months.")
	soon = _("{who} rose from {before} to {after} in {year}, after 1 month.")
	return (soon if months == 1 else later).format(
		who=case.name or _("A colleague"),
		before=titles[spell.level],
		after=titles[spell.rose_to],
		year=spell.rose_on.year,
		months=months,
	)
