"""The rules of the programs that run today, in plain sentences, then in HR's own words."""

import frappe
from frappe import _
from frappe.utils import md_to_html

from referral_hub.portal import page, richtext, words
from referral_hub.referrals.programs import applying
from referral_hub.setup.defaults import DEFAULT_PROGRAM
from referral_hub.wording import points_words
from referral_hub.wording.counting import counted


@page.for_employees
def get_context(context):
	context.update(
		programs=[_told(program) for program in _running(context.employee.name)],
		title=_("Rules of the program"),
		section="rules",
	)


def _running(employee: str) -> list:
	"""Return the programs that take this employee's referrals, the one that names most first."""
	return [frappe.get_cached_doc("Referral Program", each.name) for each in applying.running_for(employee)]


def _told(program) -> dict:
	text = _in_readers_language(program)
	return {
		"title": _("Open to Everyone") if program.name == DEFAULT_PROGRAM else _(program.name),
		"dates": _dates(program),
		"sentences": _sentences(program),
		"page": richtext.clean(md_to_html(text)) if text else "",
	}


def _in_readers_language(program) -> str:
	"""Return what HR wrote for readers of Chinese or for all others; where one is missing, the other."""
	pages = [program.rules_page or "", program.rules_page_zh or ""]
	if (frappe.local.lang or "").startswith("zh"):
		pages.reverse()
	return next((page for page in pages if page.strip()), "")


def _dates(program) -> str:
	if program.starts_on and program.ends_on:
		return _("From {0} to {1}").format(words.day(program.starts_on), words.day(program.ends_on))
	return _("Until {0}").format(words.day(program.ends_on)) if program.ends_on else ""


def _sentences(program) -> list[str]:
	told = [
		counted(
			program.protection_window_days,
			_("Whoever refers somebody first is their referrer for {0} day."),
			_("Whoever refers somebody first is their referrer for {0} days."),
		).format(program.protection_window_days),
		counted(
			program.probation_months,
			_("Probation counts as passed {0} month after joining, or when HR confirms it."),
			_("Probation counts as passed {0} months after joining, or when HR confirms it."),
		).format(program.probation_months),
	]
	if program.known_applicant_days:
		told.append(
			counted(
				program.known_applicant_days,
				_("Somebody who applied in the last {0} day can't be referred."),
				_("Somebody who applied in the last {0} days can't be referred."),
			).format(program.known_applicant_days)
		)
	if program.points_lifetime_months:
		told.append(
			counted(
				program.points_lifetime_months,
				_("{0} can be spent for {1} month."),
				_("{0} can be spent for {1} months."),
			).format(points_words.label(), program.points_lifetime_months)
		)
	return told
