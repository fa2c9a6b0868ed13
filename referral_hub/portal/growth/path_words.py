"""My path, for the page: where somebody is, what each next level needs and brings, how far they are. Only assembles words.

Referrals are shown beside it and never counted.
"""

from datetime import date
from decimal import Decimal

from babel.lists import format_list
from frappe import _
from frappe.utils import getdate
from markupsafe import Markup

from referral_hub.paths import measuring, placing, reading
from referral_hub.paths.placing import Place
from referral_hub.paths.rules import diagram, ladder
from referral_hub.paths.rules.diagram import Words
from referral_hub.paths.rules.ladder import Progress, Source, Step
from referral_hub.portal import words
from referral_hub.portal.growth import figure_words
from referral_hub.referrals.showing import reading as referrals

MET, PARTLY, UNKNOWN = "met", "partly", "unknown"


def tell(place: Place, employee: str) -> dict:
	"""Return what the page shows of an employee's path."""
	today = getdate()
	others = figure_words.of_levels(place.name)
	values = measuring.values_ahead(place, employee, today)
	levels = levels_told(place.path, others, place.level.code)
	told = {level["code"]: level for level in levels}
	steps = ladder.ahead(place.ladder, place.level.code, values, _months(place.since, today))
	return {
		"path_name": place.path.path_name,
		"here": told[place.level.code]["title"],
		"since": place.since and words.day_for_good(place.since),
		"months": _stay(place, today),
		"others": others.get(place.level.code, []),
		"picture": picture(place.ladder, levels, _("You are here")),
		"steps": [_told(step, told[step.level.code], place.path) for step in steps],
		"levels": levels,
		"referred": _referred(employee, place.records),
	}


def line(employee: str) -> str:
	"""Say in one line at which level somebody is and what follows; nothing of who is on no path."""
	at = placing.standing_of(employee)
	if not at:
		return ""
	named = titles(at.path)
	here = named[at.level.code]
	following = [named[level.code] for level in at.ladder.after(at.level.code)]
	if not following:
		return here
	return _("{0}. Next: {1}.").format(here, format_list(following, style="or", locale=words.locale()))


def picture(of: ladder.Ladder, levels: list[dict], mark: str) -> Markup:
	"""Return the path as SVG, downwards, with the words of its levels; safe to write into a page."""
	said = {one["code"]: Words(one["title"], mark if one["is_here"] else one["usual"]) for one in levels}
	here = next((one["code"] for one in levels if one["is_here"]), None)
	title = _("Picture of the path; its levels are listed below")
	return Markup(diagram.picture(of, said, title, here, downwards=True))


def titles(path) -> dict[str, str]:
	return {row.code: title_of(row) for row in path.levels}


def title_of(row) -> str:
	return row.title or _(row.designation)


def usual(months: int | None) -> str:
	if not months:
		return ""
	return _("usually 1 month") if months == 1 else _("usually {0} months").format(months)


def levels_told(path, others: dict[str, list[str]], here: str | None = None) -> list[dict]:
	"""Say each level: what it brings, and what others reached there."""
	own = words.own_currency()
	return [
		{
			"code": row.code,
			"title": title_of(row),
			"branch": _(row.branch) if row.branch else None,
			"usual": usual(row.usual_months),
			"brings": brings(row, path, own),
			"is_here": row.code == here,
			"others": others.get(row.code, []),
		}
		for row in path.levels
	]


def needs(path, code: str) -> list[str]:
	"""Say what a level needs of whoever comes to it."""
	return [
		f"{row.requirement}: {(_('at most {0}') if row.at_most else '{0}').format(_target(row))}"
		for row in path.requirements
		if row.level == code
	]


def brings(row, path, own: str | None) -> list[str]:
	"""Say what a level brings, the money first; `own` is the reader's currency."""
	said = []
	if row.pay_from or row.pay_to:
		said.append(_pay(row, row.currency or reading.currency_of(path), own))
	if row.bonus_percent:
		said.append(_("A bonus of {0} %").format(words.number(_plain(row.bonus_percent))))
	return [*said, *(text for text in (row.options_note, row.brings) if text)]


def _pay(row, currency: str | None, own: str | None) -> str:
	low, high = (
		words.money(_plain(each), currency, own) if each else "" for each in (row.pay_from, row.pay_to)
	)
	if low and high:
		return _("Pay from {0} to {1}").format(low, high)
	return _("Pay from {0}").format(low) if low else _("Pay up to {0}").format(high)


def _told(step: Step, level: dict, path) -> dict:
	needed = {one.requirement: one for one in path.requirements if one.level == step.level.code}
	sources = _sources()
	return {
		**level,
		"percent": step.percent,
		"met": _("{0} of {1} met").format(step.met, len(step.progress)),
		"requirements": [_requirement(one, needed[one.requirement.key], sources) for one in step.progress],
	}


def _requirement(one: Progress, row, sources: dict[str, str]) -> dict:
	return {
		"name": row.requirement,
		"words": _how_far(one, row),
		"percent": int(100 * one.share),
		"state": UNKNOWN if one.value is None else MET if one.is_met else PARTLY,
		"source": sources[row.source].format(row.document_type and _(row.document_type)),
	}


def _how_far(one: Progress, row) -> str:
	target = _target(row)
	if one.value is None:
		known = _("at most {0}") if one.requirement.at_most else _("{0} needed")
		return _("{0}; not known yet").format(known.format(target))
	said = _("{0}, at most {1}") if one.requirement.at_most else _("{0} of {1}", context="a requirement")
	return said.format(words.number(_plain(one.value)), target)


def _target(row) -> str:
	return f"{words.number(_plain(row.target))} {row.unit or ''}".strip()


def _sources() -> dict[str, str]:
	return {
		Source.GOAL: _("from your goals in HRMS"),
		Source.GOAL_PROGRESS: _("from the progress of your goals in HRMS"),
		Source.TIMESHEET: _("from your timesheets"),
		Source.DOCUMENTS: _("counted from {0}"),
		Source.BY_HAND: _("entered by HR"),
	}


def _stay(place: Place, today: date) -> str:
	months = _months(place.since, today)
	if months is None:
		return ""
	stayed = _("for 1 month") if months == 1 else _("for {0} months").format(months)
	usually = usual(place.level.usual_months)
	return f"{stayed} ({usually})" if usually else stayed


def _months(since: date | None, today: date) -> int | None:
	"""Return the whole months since a day."""
	if since is None or since > today:
		return None
	return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def _referred(employee: str, records: tuple[str, ...]) -> str:
	counts = referrals.count(employee, records)
	total, arrived = sum(counts.values()), counts.get(referrals.ARRIVED, 0)
	if not total:
		return ""
	return _("People you referred: {0}. Of them joined: {1}.").format(total, arrived)


def _plain(value) -> Decimal:
	"""Take off zeros nobody wrote."""
	number = Decimal(str(value))
	return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
