"""Reads Reward Rules and openings from the database into the plain objects of `rules/`.

A constant number of queries whatever the number of rules and openings. Writes nothing.
"""

import frappe
from frappe.utils import cint, getdate

from referral_hub import departments
from referral_hub.rewards import kinds
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.rules.selection import CONDITION_NAMES, Conditions, OpeningFacts, Rule
from referral_hub.rewards.rules.terms import Promise

RULE_FIELDS = ["name", "rule_name", "version", "enabled", "valid_from", "valid_to", *CONDITION_NAMES]
OPENING_FIELDS = ("name", "company", "designation", "department", "employment_type")


def enabled_rules() -> list[Rule]:
	"""Read every enabled rule with its milestones."""
	rows = frappe.get_all("Reward Rule", filters={"enabled": 1}, fields=RULE_FIELDS)
	milestones: dict[str, list] = {}
	for milestone in frappe.get_all(
		"Reward Rule Milestone",
		filters={"parenttype": "Reward Rule"},
		fields=["*"],
		order_by="parent asc, idx asc",
	):
		milestones.setdefault(milestone.parent, []).append(milestone)
	return [as_rule(row, milestones.get(row.name, [])) for row in rows]


def as_rule(row, milestones) -> Rule:
	"""Make a plain rule of a document, or of a row and its milestone rows."""
	return Rule(
		name=row.name or "",
		title=row.rule_name,
		version=cint(row.version) or 1,
		conditions=Conditions(**{name: row.get(name) or None for name in CONDITION_NAMES}),
		valid_from=getdate(row.valid_from) if row.valid_from else None,
		valid_to=getdate(row.valid_to) if row.valid_to else None,
		promises=tuple(as_promise(milestone) for milestone in milestones),
		enabled=bool(row.enabled),
	)


def as_promise(row) -> Promise:
	return Promise(
		share="",
		milestone=row.milestone,
		kind=row.kind,
		amount=to_decimal(row.amount),
		after_months=cint(row.after_months),
		currency=row.currency or None,
		payout_delay_days=cint(row.payout_delay_days),
		details=kinds.kind_named(row.kind).details(row) if kinds.is_known(row.kind) else {},
	)


def facts_of_openings(names: list[str], programs: dict[str, str | None]) -> dict[str, OpeningFacts]:
	"""Read what rules look at for many openings, each under its program: two queries."""
	if not names:
		return {}
	opening, profile = frappe.qb.DocType("Job Opening"), frappe.qb.DocType("Opening Profile")
	rows = (
		frappe.qb.from_(opening)
		.left_join(profile)
		.on(profile.job_opening == opening.name)
		.select(*(opening[field] for field in OPENING_FIELDS), profile.grade)
		.where(opening.name.isin(names))
		.run(as_dict=True)
	)
	parents = departments.parents()
	return {row.name: facts_of(row, programs.get(row.name), parents) for row in rows}


def facts_of(row, program: str | None, parents: dict[str, str | None]) -> OpeningFacts:
	return OpeningFacts(
		designation=row.get("designation") or None,
		grade=row.get("grade") or None,
		departments=departments.with_ancestors(row.get("department"), parents),
		employment_type=row.get("employment_type") or None,
		company=row.get("company") or None,
		program=program or None,
	)
