"""Referrals beside every other way to find people: how many, how far, how soon, for how long, at what cost. Figures: docs/reports.md."""

from dataclasses import replace

from frappe import _
from frappe.utils import fmt_money

from referral_hub.insights import channels, costs, funnel
from referral_hub.insights.asking import Asked, Page, asked
from referral_hub.insights.rules.channels import REFERRAL, STEPS, Line, share_of_hires, total
from referral_hub.insights.rules.funnel import Step
from referral_hub.referral_hub.report import drilling, groups, referral_records
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language

_NO_COST = {"cost_per_hire": None}
RATES = ((Step.INTERVIEWED, Step.APPLIED), (Step.OFFERED, Step.INTERVIEWED), (Step.JOINED, Step.APPLIED))


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given = asked(filters, channels.BY, STEPS)
	return _records(given) if given.step else _figures(given)


def _records(given: Asked) -> tuple:
	label = _label(Step(given.step))
	if given.group == REFERRAL:
		return referral_records.shown(funnel.records(replace(given, by="Company", group=None)), label)
	return _applications(channels.records(given), label)


def _figures(given: Asked) -> tuple:
	found = channels.lines(given)
	names = groups.names("Source", [line.channel for line in found])
	cost = _costs(given, found)
	rows = [_row(line, names) | cost.get(line.channel, _NO_COST) for line in found]
	rows += [_total(found)] if found else []
	return columns(), rows, None, _chart(found, names) if found else None, _summary(found)


def columns() -> list[dict]:
	return [
		column("channel", _("Channel"), "Data", 190),
		*(drilling.figure(step.value, _label(step)) for step in STEPS),
		*(
			drilling.share(f"{what.value}_of_{of.value}", f"{_label(what)} / {_label(of)} (%)", 190)
			for what, of in RATES
		),
		column("days_to_hire", _("Days to Hire (Median)"), "Float", 160) | {"precision": 1},
		column("year_known", _("Joined a Year Ago or Earlier"), "Int", 190),
		drilling.share("stayed", _("Stayed the First Year (%)"), 180),
		column("cost_per_hire", _("Cost per Hire"), "Currency", 140, "currency"),
		column("cost_besides", _("Besides, in Other Currencies"), "Data", 200),
		column("cost_from", _("Where the Cost Is From"), "Data", 260),
	]


def _row(line: Line, names) -> dict:
	numbers = {step.value: number for step, number in line.steps.items()}
	rates = {f"{what.value}_of_{of.value}": line.rate(what, of) for what, of in RATES}
	is_referral = line.channel == REFERRAL
	return (
		numbers
		| rates
		| {
			"channel": _("Referrals", context="Insights") if is_referral else names(line.channel),
			"key": drilling.key(line.channel),
			"days_to_hire": line.days_to_hire,
			"year_known": line.year_known,
			"stayed": line.stayed,
		}
	)


def _total(found: list[Line]) -> dict:
	"""All channels: who stands behind it is listed channel by channel."""
	whole = Line("", total(found))
	unknown = dict.fromkeys(("days_to_hire", "year_known", "stayed", "cost_per_hire"))
	numbers = {step.value: number for step, number in whole.steps.items()}
	rates = {f"{what.value}_of_{of.value}": whole.rate(what, of) for what, of in RATES}
	return (
		numbers | rates | unknown | {"channel": _("Total", context="Insights"), "is_total": 1, "is_closed": 1}
	)


def _costs(given: Asked, found: list[Line]) -> dict[str, dict]:
	"""Return the cells of each channel of which the cost is known."""
	cost = {
		source: {
			"cost_per_hire": amount,
			"currency": costs.currency_of(None),
			"cost_from": _("What HR entered for the source"),
		}
		for source, amount in costs.of_sources().items()
	}
	joined = next((line.steps[Step.JOINED] for line in found if line.channel == REFERRAL), 0)
	return cost | ({REFERRAL: _cost_of_referrals(given, joined)} if joined else {})


def _cost_of_referrals(given: Asked, joined: int) -> dict:
	spent = costs.of_referrals(given)
	currency = costs.currency_of(given.company)
	besides = [
		fmt_money(amount / joined, currency=other) for other, amount in spent.items() if other != currency
	]
	return {
		"cost_per_hire": spent.get(currency, 0) / joined,
		"currency": currency,
		"cost_besides": ", ".join(besides),
		"cost_from": _("Rewards handed over so far for these referrals"),
	}


def _applications(page: Page, label: str) -> tuple:
	shown = [
		column("job_applicant", _("Job Applicant"), "Link", 220, "Job Applicant"),
		column("applicant_name", _("Candidate"), "Data", 160),
		column("status", _("Status"), "Data", 110),
		column("source", _("Source", context="Retention"), "Data", 150),
		column("applied_on", _("Applied On", context="Referral Application"), "Date", 120),
		column("opening_title", _("Job Opening", context="Referral"), "Data", 200),
		column("department", _("Department"), "Data", 160),
	]
	rows = [
		row
		| {
			"job_applicant": row.name,
			"applied_on": row.creation.date(),
			"status": _(row.status),
			"source": _(row.source or ""),
		}
		for row in page.rows
	]
	return drilling.records(shown, rows, page, label)


def _label(step: Step) -> str:
	return {
		Step.APPLIED: _("Applied", context="Insights"),
		Step.INTERVIEWED: _("Interviewed", context="Insights"),
		Step.OFFERED: _("Offered", context="Insights"),
		Step.JOINED: _("Joined", context="Insights"),
	}[step]


def _chart(found: list[Line], names) -> dict:
	"""Draw how many of each channel's applicants joined."""
	labels = [_row(line, names)["channel"] for line in found]
	name = f"{_label(Step.JOINED)} / {_label(Step.APPLIED)} (%)"
	return drilling.bars(labels, name, [line.rate(Step.JOINED) or 0 for line in found])


def _summary(found: list[Line]) -> list[dict]:
	whole, share = total(found), share_of_hires(found)
	figures = [
		drilling.summed(_label(Step.APPLIED), whole[Step.APPLIED]),
		drilling.summed(_label(Step.JOINED), whole[Step.JOINED], indicator="Green"),
	]
	if share is not None:
		figures.append(drilling.summed_share(_("Hires That Were Referred"), share))
	return figures
