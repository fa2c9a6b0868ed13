"""Reads Reward Rules and openings from the database into the plain objects of `rules/`.

A constant number of queries whatever the number of rules and openings. Writes nothing.
"""

from dataclasses import dataclass

import frappe
from frappe.query_builder import Order
from frappe.utils import cint, getdate

from referral_hub.database.prepared import Prepared
from referral_hub.people import departments
from referral_hub.rewards import kinds
from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.rules.periods import ANY_TIME
from referral_hub.rewards.rules.promising.factors import MULTIPLY, Factor
from referral_hub.rewards.rules.selection import CONDITION_NAMES, Conditions, OpeningFacts, Rule
from referral_hub.rewards.rules.terms import Promise

HIRE_FIELDS = {
	"hire_designation": "designation",
	"hire_grade": "grade",
	"hire_employment_type": "employment_type",
}
SEVERAL_HIRES = "Several Hires"
RULE_FIELDS = [
	"name",
	"rule_name",
	"version",
	"enabled",
	"valid_from",
	"valid_to",
	"pays_for",
	"period",
	"stacking",
	"choose_within_days",
	*CONDITION_NAMES,
	*HIRE_FIELDS,
]
OPENING_FIELDS = ("name", "company", "designation", "department", "employment_type")
FACTOR_FIELDS = ("factor", "times", "title", "valid_from", "valid_to", "after_months")
PROFILE_FIELDS = ("grade", "difficulty", "urgency")
FIELDS_OF_FACTS = (*OPENING_FIELDS[1:], *PROFILE_FIELDS)
REFERRER_FIELDS = ("company", "designation", "grade", "department")


def enabled_rules() -> list[Rule]:
	"""Read every enabled rule with its milestones and factors."""
	rules: dict[str, tuple] = {}
	for row in _rules_and_factors.run(as_dict=True):
		_rule, factors = rules.setdefault(row.name, (row, []))
		if row.factor_factor:
			factors.append(frappe._dict({field: row[f"factor_{field}"] for field in FACTOR_FIELDS}))
	milestones: dict[str, list] = {}
	for row in _milestones.run(as_dict=True):
		milestones.setdefault(row.parent, []).append(row)
	return [as_rule(rule, milestones.get(name, []), factors) for name, (rule, factors) in rules.items()]


@Prepared
def _rules_and_factors():
	"""Every enabled rule, once with each of its factors in their order: the rule changed last comes first."""
	Rule, Factor = frappe.qb.DocType("Reward Rule"), frappe.qb.DocType("Reward Rule Factor")
	query = frappe.qb.from_(Rule).left_join(Factor)
	query = query.on((Factor.parent == Rule.name) & (Factor.parenttype == "Reward Rule"))
	query = query.select(*(Rule[field] for field in RULE_FIELDS)).where(Rule.enabled == 1)
	query = query.select(*(Factor[field].as_(f"factor_{field}") for field in FACTOR_FIELDS))
	return query.orderby(Rule.modified, order=Order.desc).orderby(Rule.name).orderby(Factor.idx)


@Prepared
def _milestones():
	"""The milestones of every enabled rule, with the columns that other apps' kinds have added."""
	Rule, Milestone = frappe.qb.DocType("Reward Rule"), frappe.qb.DocType("Reward Rule Milestone")
	query = frappe.qb.from_(Milestone).inner_join(Rule).on(Rule.name == Milestone.parent)
	query = query.select(Milestone.star).where((Milestone.parenttype == "Reward Rule") & (Rule.enabled == 1))
	return query.orderby(Milestone.parent).orderby(Milestone.idx)


def title_for_reader(rule: Rule) -> str | None:
	"""Return what a rule is called; None for whoever may not read it, such as HR of another company."""
	return rule.title if frappe.has_permission("Reward Rule", "read", rule.name) else None


def rule_of(doc) -> Rule:
	"""Make a plain rule of a document, saved or not."""
	return as_rule(doc, doc.milestones, doc.factors)


def as_rule(row, milestones, factors) -> Rule:
	"""Make a plain rule of a row, its milestone rows and its factor rows."""
	counts = row.pays_for == SEVERAL_HIRES
	return Rule(
		name=row.name or "",
		title=row.rule_name,
		version=cint(row.version) or 1,
		conditions=Conditions(**{name: row.get(name) or None for name in CONDITION_NAMES}),
		valid_from=getdate(row.valid_from) if row.valid_from else None,
		valid_to=getdate(row.valid_to) if row.valid_to else None,
		promises=tuple(as_promise(milestone) for milestone in milestones),
		enabled=bool(row.enabled),
		factors=() if counts else tuple(as_factor(factor) for factor in factors),
		stacking=row.stacking or MULTIPLY,
		hire=tuple((name, row.get(field)) for field, name in HIRE_FIELDS.items() if row.get(field)),
		choose_within_days=cint(row.choose_within_days),
		period=(row.period or ANY_TIME) if counts else "",
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
		option=row.option or "",
		details=kinds.kind_named(row.kind).details(row) if kinds.is_known(row.kind) else {},
		percent=to_decimal(row.share_percent) if row.share_percent else None,
		hires=cint(row.hires),
		fixed=bool(row.fixed),
		back_within=cint(row.back_within_months),
	)


def as_factor(row) -> Factor:
	return Factor(
		name=row.factor,
		times=to_decimal(row.times),
		title=row.title or "",
		valid_from=getdate(row.valid_from) if row.valid_from else None,
		valid_to=getdate(row.valid_to) if row.valid_to else None,
		after_months=cint(row.after_months),
	)


@dataclass(frozen=True)
class Referrer:
	"""What rules look at in the one who refers."""

	currency: str | None = None
	designation: str | None = None
	grade: str | None = None
	department: str | None = None
	badges: tuple[str, ...] = ()


def referrer(employee: str, held: tuple[str, ...] = (), row=None) -> Referrer:
	"""Read the referrer, unless the caller has; the currency is that of their company. `held`: the badges, where a rule asks."""
	found = row or frappe.db.get_value("Employee", employee, REFERRER_FIELDS, as_dict=True)
	if not found:
		return Referrer()
	currency = (
		frappe.get_cached_value("Company", found.company, "default_currency") if found.company else None
	)
	return Referrer(currency, found.designation or None, found.grade or None, found.department or None, held)


def facts_of_openings(
	names: list[str],
	programs: dict[str, str | None],
	by: Referrer,
	parents: departments.Parents | None = None,
) -> dict[str, OpeningFacts]:
	"""Read what rules look at for many openings, each under its program: two queries, one when given the departments."""
	if not names:
		return {}
	rows = rows_of_openings(names)
	parents = departments.parents() if parents is None else parents
	made: dict[tuple, OpeningFacts] = {}  # many openings are alike to a rule: their facts are one object
	facts = {}
	for row in rows:
		key = (programs.get(row.name), *(row[field] for field in FIELDS_OF_FACTS))
		if key not in made:
			made[key] = facts_of(row, key[0], parents, by)
		facts[row.name] = made[key]
	return facts


def rows_of_openings(names: list[str]) -> list:
	"""Read what rules look at in openings and their profiles; thousands of names cost the query builder more than the database."""
	columns = [f"opening.`{field}`" for field in OPENING_FIELDS]
	columns += [f"profile.`{field}`" for field in PROFILE_FIELDS]
	return frappe.db.sql(
		f"""select {", ".join(columns)} from `tabJob Opening` opening
		left join `tabOpening Profile` profile on profile.job_opening = opening.name
		where opening.name in %(names)s""",
		{"names": tuple(names)},
		as_dict=True,
	)


def facts_of(row, program: str | None, parents: dict[str, str | None], by: Referrer) -> OpeningFacts:
	return OpeningFacts(
		designation=row.get("designation") or None,
		grade=row.get("grade") or None,
		departments=departments.with_ancestors(row.get("department"), parents),
		employment_type=row.get("employment_type") or None,
		company=row.get("company") or None,
		program=program or None,
		difficulty=row.get("difficulty") or None,
		urgency=row.get("urgency") or None,
		referrer_designation=by.designation,
		referrer_grade=by.grade,
		referrer_departments=departments.with_ancestors(by.department, parents),
		referrer_badges=by.badges,
	)
