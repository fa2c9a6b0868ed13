"""What a sample set of reward rules becomes for a company: its currency, its usual bonus, its departments and grades. Pure.

A sample says its amounts around one usual bonus, the cash of its first rule; every sum of money is scaled by what the
company calls usual. Points keep their figures, unless the company pays points only: then money becomes points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CASH, POINTS, PERK = "Cash", "Points", "Perk"
# What is handed over as money without payroll, in the sample sets
MONEY = frozenset({CASH, "Team Fund", "Donation", "Child Education"})
# Which grade a sample means, and which departments, in its own words
MANAGER, OPERATIONS, ENGINEERING = "Manager", "Operations", "Engineering"


@dataclass(frozen=True)
class Answers:
	"""What HR said. `usual_bonus` in the company's currency, `point_value` what a point is worth in it. A campaign of
	the sample is moved to its next season from `today` on.

	`meant` says which department or grade of the company each word of the sample means.
	"""

	currency: str
	usual_bonus: Decimal
	today: date
	points_only: bool = False
	point_value: Decimal = Decimal(1)
	meant: Mapping[tuple[str, str], str] = field(default_factory=dict)
	badges: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlannedRule:
	"""A Reward Rule as rows of its form."""

	title: str
	conditions: Mapping[str, str]
	milestones: tuple[dict, ...]
	factors: tuple[dict, ...]
	stacking: str = "Multiply"
	period: str = ""


@dataclass(frozen=True)
class LeftOut:
	"""What of the sample is not made: `code` says why, `values` name the rule and what is missing."""

	code: str
	values: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
	rules: tuple[PlannedRule, ...]
	left_out: tuple[LeftOut, ...]


def plan(sample: Mapping, answers: Answers) -> Plan:
	"""Return what is made of a sample set.

	:param sample: the set as it is read from its JSON file (docs/what-if.md says the format)
	"""
	scale = answers.usual_bonus / usual_bonus(sample)
	rules, left_out = [], []
	for row in sample["rules"]:
		if missing := _not_meant(row, answers):
			left_out.append(LeftOut("nobody_meant", {"rule": row["name"], "word": missing}))
			continue
		milestones = [_milestone(pay, answers, scale) for pay in row["pays"]]
		without = [
			pay["what"] for pay in row["pays"] if pay["kind"] == "Badge" and pay["what"] not in answers.badges
		]
		left_out += [LeftOut("no_badge", {"rule": row["name"], "badge": badge}) for badge in without]
		kept = tuple(made for made in milestones if made)
		if kept:
			rules.append(_rule(row, kept, answers))
	return Plan(tuple(rules), tuple(left_out))


def usual_bonus(sample: Mapping) -> Decimal:
	"""Return the cash that the first rule of a sample pays for a hire: what it calls usual."""
	return max(_decimal(pay["amount"]) for pay in sample["rules"][0]["pays"] if pay["kind"] == CASH)


def words_meant(sample: Mapping) -> set[tuple[str, str]]:
	"""Return the departments and grades a sample names, which a company has to say its own names for."""
	return {(kind, word) for row in sample["rules"] for kind, word in (row.get("when") or {}).items()}


def rounded(amount: Decimal) -> Decimal:
	"""Round a sum to two figures, and never below one."""
	step = Decimal(10) ** max(amount.adjusted() - 1, 0)
	return max((amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step, Decimal(1))


def _rule(row: Mapping, milestones: tuple[dict, ...], answers: Answers) -> PlannedRule:
	return PlannedRule(
		title=row["name"],
		conditions={kind: answers.meant[kind, word] for kind, word in (row.get("when") or {}).items()},
		milestones=milestones,
		factors=tuple(_factor(factor, answers.today) for factor in row.get("factors") or ()),
		stacking=row.get("stacking") or "Multiply",
		period=row.get("several_hires_in") or "",
	)


def _not_meant(row: Mapping, answers: Answers) -> str | None:
	"""Return the first word of a rule's conditions that nothing in this company stands for."""
	said = (row.get("when") or {}).items()
	return next((word for kind, word in said if not answers.meant.get((kind, word))), None)


def _milestone(pay: Mapping, answers: Answers, scale: Decimal) -> dict | None:
	kind, amount = pay["kind"], _decimal(pay["amount"])
	copied = ("milestone", "after_months", "hires", "option", "back_within_months", "fixed")
	made = {name: pay[name] for name in copied if name in pay}
	if "share" in pay:
		made["share_percent"] = pay["share"]
	if kind == "Badge":
		return (
			made | {"kind": kind, "amount": 1, "badge": pay["what"]}
			if pay["what"] in answers.badges
			else None
		)
	if kind in MONEY:
		amount = _scaled(amount, scale)
		if kind == CASH and answers.points_only:
			points = rounded(_scaled(_decimal(pay["amount"]), scale, exact=True) / answers.point_value)
			return made | {"kind": POINTS, "amount": int(points)}
	# a course needs a Training Program of the company: until HR names one, somebody hands it over
	kind = PERK if kind == "Training" else kind
	made |= {"kind": kind, "amount": float(amount)}
	made |= {"what": pay["what"]} if pay.get("what") else {}
	if "taxable_value" in pay:
		made["taxable_value"] = float(_scaled(_decimal(pay["taxable_value"]), scale))
	if kind in MONEY or made.get("taxable_value"):
		made["currency"] = answers.currency
	return made


def _scaled(amount: Decimal, scale: Decimal, exact: bool = False) -> Decimal:
	if scale == 1 or exact:
		return amount * scale
	return rounded(amount * scale)


def _factor(factor: Mapping, today: date) -> dict:
	copied = ("factor", "times", "title", "after_months")
	made = {name: factor[name] for name in copied if name in factor}
	if "to" not in factor:
		return made
	first, last = (date.fromisoformat(factor[name]) for name in ("from", "to"))
	years = max(today.year - last.year, 0)
	if last.replace(year=last.year + years) < today:
		years += 1
	return made | {
		"valid_from": first.replace(year=first.year + years).isoformat(),
		"valid_to": last.replace(year=last.year + years).isoformat(),
	}


def _decimal(value) -> Decimal:
	return Decimal(str(value))
