"""Referrals, as reports list those behind a figure."""

from frappe import _

from referral_hub.insights.asking import Page
from referral_hub.referral_hub.report import drilling
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording import link_titles


def shown(page: Page, label: str) -> tuple:
	"""Return these referrals as a report."""
	rows = [
		row
		| {"referral": row.name, "stage": _(row.stage, context="Referral"), "outcome": _outcome(row.outcome)}
		for row in page.rows
	]
	link_titles.tell("Job Opening", (row["job_opening"] for row in rows))
	return drilling.records(columns(), rows, page, label)


def columns() -> list[dict]:
	return [
		column("referral", _("Referral"), "Link", 160, "Referral"),
		column("candidate_name", _("Candidate"), "Data", 150),
		column("stage", _("Stage"), "Data", 110),
		column("outcome", _("Outcome"), "Data", 120),
		column("submitted_on", _("Referred On"), "Date", 110),
		column("offered_on", _("Offered On", context="Insights"), "Date", 110),
		column("joined_on", _("Joined On", context="Insights"), "Date", 110),
		column("confirmed_on", _("Confirmed On", context="Insights"), "Date", 110),
		column("left_on", _("Left On", context="Insights"), "Date", 110),
		column("referrer_name", _("Referred By"), "Data", 130),
		column("job_opening", _("Job Opening", context="Referral"), "Link", 200, "Job Opening"),
		column("department", _("Department"), "Data", 150),
		column("program", _("Referral Program"), "Data", 150),
	]


def _outcome(outcome: str) -> str:
	return _(outcome, context="Referral")
