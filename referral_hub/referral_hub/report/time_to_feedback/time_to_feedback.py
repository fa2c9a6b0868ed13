"""How long referrers wait for a first word, and who waits still. What a figure means: docs/reports.md."""

from frappe import _

from referral_hub.insights import hearing
from referral_hub.insights.asking import Asked, asked
from referral_hub.insights.rules.hearing import SOON_DAYS, Line, Step, line, lines
from referral_hub.referral_hub.report import drilling, groups, referral_records
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given = asked(filters, hearing.BY, Step)
	if given.step:
		return referral_records.shown(hearing.records(given), _label(Step(given.step)))
	return _figures(given)


def _figures(given: Asked) -> tuple:
	waits = hearing.waits(given)
	found, whole = lines(waits), line("", waits)
	names = groups.names(given.by, [one.group for one in found])
	rows = [_row(one) | {"group": names(one.group), "key": drilling.key(one.group)} for one in found]
	rows += [_row(whole) | {"group": _("Total", context="Insights"), "is_total": 1}] if found else []
	return columns(), rows, None, _chart(found, names) if found else None, _summary(whole)


def columns() -> list[dict]:
	return [
		column("group", _("Group", context="Insights"), "Data", 220),
		*(drilling.figure(step.value, _label(step), 130) for step in Step),
		column("median_days", _("Days to a First Word (Median)"), "Float", 210) | {"precision": 1},
		column("most_days", _("Nine of Ten within (Days)"), "Int", 190),
		drilling.share("heard_soon", _("Within {0} Days (%)").format(SOON_DAYS)),
	]


def _row(one: Line) -> dict:
	return {step.value: number for step, number in one.steps.items()} | {
		"median_days": one.median_days,
		"most_days": one.most_days,
		"heard_soon": one.heard_soon,
	}


def _label(step: Step) -> str:
	return {
		Step.REFERRED: _("Received", context="Insights"),
		Step.HEARD: _("Got a First Word", context="Insights"),
		Step.WAITING: _("Wait for a First Word", context="Insights"),
		Step.OVERDUE: _("A Word Is Overdue", context="Insights"),
	}[step]


def _chart(found: list[Line], names) -> dict:
	shown = [one.median_days or 0 for one in found]
	return drilling.bars([names(one.group) for one in found], _("Days to a First Word (Median)"), shown)


def _summary(whole: Line) -> list[dict]:
	overdue = whole.steps[Step.OVERDUE]
	figures = [
		drilling.summed(_label(Step.REFERRED), whole.steps[Step.REFERRED]),
		drilling.summed(_label(Step.WAITING), whole.steps[Step.WAITING], indicator="Orange"),
		drilling.summed(_label(Step.OVERDUE), overdue, indicator="Red" if overdue else "Green"),
	]
	if whole.median_days is not None:
		figures.append(drilling.summed(_("Days to a First Word (Median)"), whole.median_days, "Float"))
	return figures
