"""Cases in sentences, and the form with which employees agree to be one, or take it back."""

from collections.abc import Collection, Mapping

import frappe
from frappe import _

from referral_hub.paths import cases
from referral_hub.paths.cases import Case
from referral_hub.paths.placing import Place
from referral_hub.paths.rules import evidence
from referral_hub.portal import words
from referral_hub.portal.growth import path_words


def of_path(path, place: Place | None = None) -> list[dict]:
	"""Return the cases of a path that may be shown, in words; `place` as in `cases.shown`."""
	found = cases.shown(path, place)
	titles = path_words.titles(path) if found else {}
	return [{"sentence": _sentence(case, titles), "own_words": case.own_words} for case in found]


def agreed_by(records: Collection[str]) -> list[frappe._dict]:
	"""Return what the person with these records agreed to and has not taken back, each with its day."""
	found = cases.mine(records)
	for one in found:
		one.agreed_day = words.day_for_good(one.agreed_on)
	return found


def of_employee(place: Place, agreed: Collection[frappe._dict]) -> dict | None:
	"""Return what the form shows of the path somebody is on; None for whom there is nothing to show. `agreed` is what they agreed to."""
	rises = cases.rises_at(place)
	if not rises:
		return None
	here = next((one for one in agreed if one.path == place.name), None)
	step = here and cases.agreed_step(rises, here)
	return {
		"agreed": here if step else None,
		"has_risen_since": bool(step) and step is not rises[-1],
		"step": cases.name_of(step or rises[-1]),
		"sentence": _sentence(Case(None, "", step or rises[-1]), path_words.titles(place.path)),
		"consent": consent(),
		"longest": cases.LONGEST_WORDS,
	}


def consent() -> str:
	return _(
		"I agree that colleagues and candidates see on the performance path how I rose, as shown here. I can take this back at any time; it is"
		" then shown to nobody any more."
	)


def send(employee: str, path) -> None:
	"""Do what the form asks: agree on the path somebody is on, if they are on one, or take back what they agreed to on any."""
	form = frappe.form_dict
	if form.get("action") == "take_back":
		cases.take_back(employee, str(form.get("path") or ""))
	elif form.get("action") == "agree" and form.get("consent") and path:
		own_words, shown_as = str(form.get("own_words") or ""), str(form.get("shown_as") or "")
		step = str(form.get("step") or "")
		cases.agree(employee, path, step, shown_as, own_words, consent())


def _sentence(case: Case, titles: Mapping[str, str]) -> str:
	spell = case.spell
	months = evidence.whole_months(spell)
	if months == 1:
		said = _("{who} rose from {before} to {after} in {year}, after 1 month.")
	else:
		said = _("{who} rose from {before} to {after} in {year}, after {months} months.")
	return said.format(
		who=case.name or _("A colleague"),
		before=titles[spell.level],
		after=titles[spell.rose_to],
		year=spell.rose_on.year,
		months=months,
	)
