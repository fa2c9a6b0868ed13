"""How far referrals come, step by step, by department, post, program, opening or month. What a figure means: docs/reports.md."""

from frappe import _

from referral_hub.insights import funnel
from referral_hub.insights.asking import Asked, asked
from referral_hub.insights.rules.funnel import RATES, WAY, Line, Step, total
from referral_hub.referral_hub.report import drilling, groups, referral_records
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given = asked(filters, funnel.BY, Step)
	if given.step:
		return referral_records.shown(funnel.records(given), _label(Step(given.step)))
	return _figures(given)


def _figures(given: Asked) -> tuple:
	found = funnel.lines(given)
	whole = total(found)
	names = groups.names(given.by, [line.group for line in found])
	rows = [_row(line) | {"group": names(line.group), "key": drilling.key(line.group)} for line in found]
	rows += [_row(whole) | {"group": _("Total", context="Insights"), "is_total": 1}] if found else []
	return columns(), rows, None, _chart(whole) if found else None, _summary(whole)


def columns() -> list[dict]:
	return [
		column("group", _("Group", context="Insights"), "Data", 220),
		*(drilling.figure(step.value, _label(step)) for step in WAY),
		*(drilling.share(_rate(what, of), f"{_label(what)} / {_label(of)} (%)", 190) for what, of in RATES),
		drilling.figure(Step.OPEN.value, _label(Step.OPEN)),
		drilling.figure(Step.NOT_COUNTED.value, _label(Step.NOT_COUNTED), 180),
	]


def _row(line: Line) -> dict:
	numbers = {step.value: number for step, number in line.steps.items()}
	return numbers | {_rate(what, of): line.rate(what, of) for what, of in RATES}


def _rate(what: Step, of: Step) -> str:
	return f"{what.value}_of_{of.value}"


def _label(step: Step) -> str:
	return {
		Step.REFERRED: _("Referred", context="Insights"),
		Step.APPLIED: _("Applied", context="Insights"),
		Step.INTERVIEWED: _("Interviewed", context="Insights"),
		Step.OFFERED: _("Offered", context="Insights"),
		Step.JOINED: _("Joined", context="Insights"),
		Step.CONFIRMED: _("Probation Passed", context="Insights"),
		Step.OPEN: _("Still Open", context="Insights"),
		Step.NOT_COUNTED: _("Duplicate or Ineligible", context="Insights"),
	}[step]


def _chart(whole: Line) -> dict:
	name = _("Referrals", context="Insights")
	return drilling.bars([_label(step) for step in WAY], name, [whole.steps[step] for step in WAY])


def _summary(whole: Line) -> list[dict]:
	share = whole.rate(Step.JOINED, Step.REFERRED)
	return [
		drilling.summed(_label(Step.REFERRED), whole.steps[Step.REFERRED]),
		drilling.summed(_label(Step.OPEN), whole.steps[Step.OPEN], indicator="Orange"),
		drilling.summed(_label(Step.JOINED), whole.steps[Step.JOINED], indicator="Green"),
		*([] if share is None else [drilling.summed_share(_("Joined of Those Referred"), share)]),
	]
