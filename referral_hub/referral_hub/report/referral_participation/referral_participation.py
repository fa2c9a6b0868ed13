"""Who of the staff refers, again and with success; whose rewards are of their choice; who gets on. What a figure means: docs/reports.md."""

from frappe import _

from referral_hub.insights import participation
from referral_hub.insights.asking import Asked, Page, asked
from referral_hub.insights.rules.participation import Line, Step, total
from referral_hub.referral_hub.report import drilling, groups
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given = asked(filters, participation.BY, Step)
	if given.step:
		return _records(participation.records(given), _label(Step(given.step)))
	return _figures(given)


def _figures(given: Asked) -> tuple:
	found = participation.lines(given)
	whole = total(found)
	names = groups.names(given.by, [line.group for line in found])
	rows = [_row(line) | {"group": names(line.group), "key": drilling.key(line.group)} for line in found]
	rows += [_row(whole) | {"group": _("Total", context="Insights"), "is_total": 1}] if found else []
	return columns(), rows, _said(), _chart(found, names) if found else None, _summary(whole)


def _said() -> str | None:
	return (
		_(
			"Your User Permissions leave you a part of the referrals: what colleagues referred to other openings is not counted here."
		)
		if participation.is_limited()
		else None
	)


def columns() -> list[dict]:
	return [
		column("group", _("Group", context="Insights"), "Data", 200),
		drilling.figure("staff", _label(Step.STAFF)),
		drilling.figure("referrers", _label(Step.REFERRERS), 130),
		drilling.share("participation", _("Participation (%)")),
		column("referrals", _("Referrals", context="Insights"), "Int", 110),
		drilling.figure("again", _label(Step.AGAIN), 150),
		drilling.share("repeated", _("Referred Again (%)")),
		column("rewards", _("Rewards", context="Insights"), "Int", 100),
		column("chosen", _("Chosen by the Employee"), "Int", 170),
		drilling.share("personalised", _("Personalised Rewards (%)"), 190),
		drilling.figure("successful", _label(Step.SUCCESSFUL), 190),
		drilling.figure("promoted_successful", _label(Step.PROMOTED_SUCCESSFUL), 190),
		drilling.share("promoted_share_successful", _("Promoted of Them (%)"), 160),
		drilling.figure("promoted_others", _label(Step.PROMOTED_OTHERS), 150),
		drilling.share("promoted_share_others", _("Promoted of the Others (%)"), 190),
	]


def _row(line: Line) -> dict:
	return {step.value: number for step, number in line.steps.items()} | {
		"referrals": line.referrals,
		"rewards": line.rewards,
		"chosen": line.chosen,
		"participation": line.participation,
		"repeated": line.repeated,
		"personalised": line.personalised,
		"promoted_share_successful": line.promoted_successful,
		"promoted_share_others": line.promoted_others,
	}


def _records(page: Page, label: str) -> tuple:
	shown = [
		column("employee", _("Employee"), "Link", 140, "Employee"),
		column("employee_name", _("Employee Name"), "Data", 160),
		column("department", _("Department"), "Data", 170),
		column("designation", _("Designation", context="Referral"), "Data", 150),
		column("company", _("Company"), "Data", 150),
		column("referrals", _("Referrals", context="Insights"), "Int", 110),
		column("joined", _("Joined", context="Insights"), "Int", 100),
		column("promoted_on", _("Promoted On", context="Insights"), "Date", 120),
	]
	return drilling.records(shown, [row | {"employee": row.name} for row in page.rows], page, label)


def _label(step: Step) -> str:
	return {
		Step.STAFF: _("Staff", context="Insights"),
		Step.REFERRERS: _("Who Referred", context="Insights"),
		Step.AGAIN: _("Who Referred Again", context="Insights"),
		Step.SUCCESSFUL: _("Whose Referral Was Hired", context="Insights"),
		Step.PROMOTED_SUCCESSFUL: _("Of Them Promoted", context="Insights"),
		Step.PROMOTED_OTHERS: _("Others Promoted", context="Insights"),
	}[step]


def _chart(found: list[Line], names) -> dict:
	shown = [line.participation or 0 for line in found]
	return drilling.bars([names(line.group) for line in found], _("Participation (%)"), shown)


def _summary(whole: Line) -> list[dict]:
	figures = [
		drilling.summed(_label(Step.STAFF), whole.steps[Step.STAFF]),
		drilling.summed(_label(Step.REFERRERS), whole.steps[Step.REFERRERS], indicator="Green"),
	]
	shares = ((_("Participation (%)"), whole.participation), (_("Referred Again (%)"), whole.repeated))
	return figures + [drilling.summed_share(name, share) for name, share in shares if share is not None]
