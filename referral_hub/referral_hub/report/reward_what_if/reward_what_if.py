"""What if: real referrals of a period under other reward rules, beside the rules in force and what was really got.

Reads by a connection that the database lets write nothing. What takes long Frappe runs in the background and keeps as a
Prepared Report. Rows are scoped in the slice.
"""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, cint, getdate, nowdate

from referral_hub.referral_hub.report.reward_what_if import views
from referral_hub.rewards.simulating import history, service
from referral_hub.rewards.simulating.reading import read_only
from referral_hub.wording import dates
from referral_hub.wording.asked_for import in_their_language


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	with read_only():
		answer = service.answer(question(filters))
		view = views.VIEWS.get(filters.show, views.by_month)(answer)
		return view.columns, view.rows, said(answer), view.chart, summary(answer)


def question(filters: dict) -> service.Question:
	"""Read the filters; without any the last twelve months are played under the rules in force."""
	to_date = getdate(filters.get("to_date") or nowdate())
	from_date = getdate(filters.get("from_date") or add_days(add_months(to_date, -12), 1))
	if from_date > to_date:
		frappe.throw(_("The first day is after the last day."))
	company = filters.get("company") or None
	return service.Question(
		period=history.Asked(from_date, to_date, company),
		currency=filters.get("currency") or default_currency(company),
		drafts=names(filters.get("drafts")),
		leave_out=names(filters.get("leave_out")),
		only_drafts=bool(cint(filters.get("only_drafts"))),
		as_dated=bool(cint(filters.get("as_dated"))),
		months_later=min(max(cint(filters.get("months_later")), 0), 120),
		compared_with=service.CURRENT if filters.get("compare_with") == views.IN_FORCE else service.GOT,
	)


def names(given) -> list[str]:
	"""Return the rules chosen in a filter, as the desk or an address writes them."""
	given = frappe.parse_json(given) if isinstance(given, str) and given.startswith("[") else given
	return [given] if isinstance(given, str) and given else list(given or [])


def default_currency(company: str | None) -> str:
	if company:
		return frappe.get_cached_value("Company", company, "default_currency")
	return frappe.db.get_default("currency")


def said(answer: service.Answer) -> str | None:
	"""Say what a reader must know to read the figures."""
	sentences = []
	if not answer.question.drafts and not answer.question.leave_out:
		sentences.append(
			_("Choose drafts to try, or rules to leave out: until then What If is the rules in force.")
		)
	if answer.choice.replaced:
		replaced = ", ".join(map(frappe.utils.escape_html, answer.choice.replaced))
		sentences.append(_("A draft takes the place of: {0}.").format(replaced))
	for program, purse in sorted(answer.tried.purses.items()):
		if purse.stopped:
			sentences.append(
				_(
					"The budget of {0} would have been used up on {1}; promises not made after that: {2}."
				).format(
					frappe.utils.escape_html(program),
					dates.said(purse.stopped_on),
					purse.stopped,
				)
			)
	if answer.worth.unknown:
		unknown = ", ".join(sorted(answer.worth.unknown))
		sentences.append(_("Not counted, because there is no exchange rate: {0}.").format(unknown))
	for program, currencies in answer.without_rate().items():
		words = _("Promised, but not counted in the budget of {0}, because there is no exchange rate: {1}.")
		sentences.append(words.format(frappe.utils.escape_html(program), ", ".join(currencies)))
	return " ".join(sentences) or None


def summary(answer: service.Answer) -> list[dict]:
	whole, currency = answer.whole(), answer.worth.currency
	more = whole.difference(service.TRIED, answer.question.compared_with)
	return [
		_figure(_("Referrals", context="Reward What If"), answer.tried.referrals),
		_figure(views.label(service.GOT), whole.of(service.GOT).money, currency),
		_figure(views.label(service.CURRENT), whole.of(service.CURRENT).money, currency),
		_figure(views.label(service.TRIED), whole.of(service.TRIED).money, currency),
		_figure(
			_("Difference", context="Reward What If"), more[0], currency, "Red" if more[0] > 0 else "Green"
		),
		_figure(_("Difference in Points"), more[1]),
		_figure(_("May Still Come, at Most"), answer.tried.ahead, currency),
		_figure(
			_("No Rule Fits"), len(answer.tried.unfit), indicator="Orange" if answer.tried.unfit else "Green"
		),
	]


def _figure(label: str, value, currency: str | None = None, indicator: str = "Blue") -> dict:
	kind = {"datatype": "Currency", "currency": currency} if currency else {"datatype": "Int"}
	return {"label": label, "value": float(value), "indicator": indicator, **kind}
