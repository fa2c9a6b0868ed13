"""Reads a set of reward rules from JSON into the plain objects of the app, and refuses what the app would refuse."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from devkit.shell import Problem
from devkit.trial.files import Wrong, as_day, as_number, read_json
from devkit.trial.markup import visible
from referral_hub.rewards.rules.milestones import MILESTONES
from referral_hub.rewards.rules.periods import PERIODS
from referral_hub.rewards.rules.promising import checks
from referral_hub.rewards.rules.promising import factors as sizes
from referral_hub.rewards.rules.promising.budget import Budget
from referral_hub.rewards.rules.selection import CONDITION_NAMES, Conditions, Rule, tied_with
from referral_hub.rewards.rules.terms import Promise
from referral_hub.rewards.rules.units import BUILT_IN, NEEDS_WHAT

OUR_CURRENCY = "CNY"
MOST_DIGITS = 9
LETTERS = tuple("ABCDEF")
STACKING = (sizes.MULTIPLY, sizes.ADD, sizes.LARGEST)
FACTORS = (*sizes.DIFFICULTIES, *sizes.URGENCIES, sizes.CAMPAIGN, sizes.STAYING)
HIRE = ("designation", "grade", "employment_type")
OF_FILE = ("name", "currency", "digits", "rates", "departments", "budgets", "rules")
OF_RULE = ("name", "when", "hire", "from", "to", "pays", "factors", "stacking", "several_hires_in")
OF_ROW = ("milestone", "kind", "amount", "currency", "share", "option", "after_months", "hires")
OF_ROW += ("pay_after_days", "back_within_months", "fixed", "taxable_value", "what")
OF_FACTOR = ("factor", "times", "title", "from", "to", "after_months")


@dataclass
class PolicyFile:
	"""Rules, and what they need to be played: money, the tree of departments, budgets of programs."""

	path: Path
	name: str = ""
	currency: str = ""
	rules: list[Rule] = field(default_factory=list)
	digits: dict[str, int] = field(default_factory=dict)
	rates: dict[str, Decimal] = field(default_factory=dict)
	parents: dict[str, str] = field(default_factory=dict)
	budgets: dict[str, Budget] = field(default_factory=dict)


def read_policy(path: Path) -> PolicyFile:
	"""Read a file of rules; a Problem names everything that is wrong in it."""
	found, wrong = read_json(path), []
	_attempt(wrong, "the file", lambda: _only(found, OF_FILE))
	policy = PolicyFile(path)
	policy.name = _attempt(wrong, "name", lambda: _text(found.get("name") or path.stem, "it"))
	policy.currency = _attempt(wrong, "currency", lambda: _text(found.get("currency") or "", "it"))
	policy.digits = _attempt(wrong, "digits", lambda: _mapping(found, "digits", _digits)) or {}
	policy.rates = _attempt(wrong, "rates", lambda: _mapping(found, "rates", _rate)) or {}
	policy.parents = _attempt(wrong, "departments", lambda: _mapping(found, "departments", _text)) or {}
	policy.budgets = _attempt(wrong, "budgets", lambda: _mapping(found, "budgets", _budget)) or {}
	for number, row in enumerate(_list(found, "rules", wrong), start=1):
		label = f"rule {number}" + (f" ({row['name']})" if isinstance(row, dict) and row.get("name") else "")
		rule = _attempt(wrong, label, lambda row=row, number=number: _rule(row, f"rule-{number}"))
		if rule:
			wrong.extend(f"{label}, {each}" for each in _refused(rule, policy))
			if tied := tied_with(rule, policy.rules):
				wrong.append(f"{label}: {tied.title} is for the same openings on the same days")
			policy.rules.append(rule)
	if wrong:
		raise Problem("\n".join(f"{path}: {visible(each)}" for each in wrong))
	return policy


def agree(policies: list[PolicyFile]) -> PolicyFile:
	"""Return what holds for the company whatever the rules: its currency, rates, departments. Files must not contradict."""
	first = policies[0]
	common = PolicyFile(first.path, currency=first.currency, budgets=first.budgets)
	for each in policies:
		if common.currency and each.currency and common.currency != each.currency:
			raise Problem(
				f"{first.path} counts in {common.currency}, {each.path} in {each.currency}: let both say the same."
			)
		common.currency = common.currency or each.currency
		for name in ("digits", "rates", "parents"):
			_take_over(getattr(common, name), getattr(each, name), each.path)
	common.currency = common.currency or OUR_CURRENCY
	return common


def _take_over(common: dict, more: dict, path: Path) -> None:
	for key, value in more.items():
		if common.setdefault(key, value) != value:
			raise Problem(f"{path}: {key} is {value} here, {common[key]} in a file named before.")


def _rule(row, name: str) -> Rule:
	_only(row, OF_RULE)
	when, hire = row.get("when") or {}, row.get("hire") or {}
	_only(when, CONDITION_NAMES, "when")
	_only(hire, HIRE, "hire")
	_one_of(when, "difficulty", sizes.DIFFICULTIES)
	_one_of(when, "urgency", sizes.URGENCIES)
	return Rule(
		name=name,
		title=_text(row.get("name") or name, "name"),
		conditions=Conditions(**{key: _text(value, key) for key, value in when.items() if value}),
		valid_from=as_day(row.get("from"), "from"),
		valid_to=as_day(row.get("to"), "to"),
		promises=_each(row, "pays", _promise),
		factors=_each(row, "factors", _factor),
		stacking=_one_of(row, "stacking", STACKING) or sizes.MULTIPLY,
		hire=tuple((key, _text(value, key)) for key, value in hire.items() if value),
		period=_one_of(row, "several_hires_in", PERIODS) or "",
	)


def _promise(row) -> Promise:
	_only(row, OF_ROW)
	kind, currency = _needed(row, "kind", tuple(BUILT_IN)), _text(row.get("currency") or "", "currency")
	return Promise(
		share="",
		milestone=_needed(row, "milestone", MILESTONES),
		kind=kind,
		amount=_number(row.get("amount"), "amount"),
		after_months=_whole(row.get("after_months") or 0, "after_months"),
		currency=currency or None,
		payout_delay_days=_whole(row.get("pay_after_days") or 0, "pay_after_days"),
		option=_one_of(row, "option", LETTERS) or "",
		details=_details(row, currency),
		percent=as_number(row.get("share"), "share"),
		hires=_whole(row.get("hires") or 0, "hires"),
		fixed=_yes_or_no(row.get("fixed"), "fixed"),
		back_within=_whole(row.get("back_within_months") or 0, "back_within_months"),
	)


def _details(row, currency: str) -> dict:
	what = _text(row.get("what") or "", "what").strip()
	details = {"what": what} if what else {}
	value = as_number(row.get("taxable_value"), "taxable_value") or Decimal(0)
	if not 0 <= value <= checks.LARGEST_OF_OTHERS:
		raise Wrong(f"taxable_value is between 0 and {checks.LARGEST_OF_OTHERS:,}")
	if value:
		details |= {"taxable_value": str(value)} | ({"taxable_currency": currency} if currency else {})
	return details


def _factor(row) -> sizes.Factor:
	_only(row, OF_FACTOR)
	return sizes.Factor(
		name=_needed(row, "factor", FACTORS),
		times=_number(row.get("times"), "times"),
		title=_text(row.get("title") or "", "title"),
		valid_from=as_day(row.get("from"), "from"),
		valid_to=as_day(row.get("to"), "to"),
		after_months=_whole(row.get("after_months") or 0, "after_months"),
	)


def _refused(rule: Rule, policy: PolicyFile) -> Iterable[str]:
	"""Say what the form of a Reward Rule would refuse."""
	if not rule.promises:
		yield "pays: nothing is paid"
	if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
		yield f"to: {rule.valid_to} is before from, {rule.valid_from}"
	if not rule.period and any(promise.hires for promise in rule.promises):
		yield "pays: hires are counted only in a rule with several_hires_in"
	for number, promise in enumerate(rule.promises, start=1):
		if promise.kind in NEEDS_WHAT and not promise.details.get("what"):
			yield f"pays {number}: what is missing: say which {promise.kind} it is"
	found = [("pays", problem) for problem in checks.find_problems(list(rule.promises), policy.digits)]
	found += [("factors", problem) for problem in checks.find_factor_problems(rule.factors)]
	if rule.period:
		found += [("pays", problem) for problem in checks.find_counting_problems(list(rule.promises))]
	for where, problem in found:
		values = ", ".join(f"{key} {value}" for key, value in problem.values.items())
		yield f"{where} {problem.row}: {problem.code.replace('_', ' ')}" + (f" ({values})" if values else "")


def _budget(row, name: str) -> Budget:
	_only(row, ("limit", "used", "point_value"), name)
	used, point_value = (as_number(row.get(key), key) or Decimal(0) for key in ("used", "point_value"))
	limit = _number(row.get("limit"), "limit")
	for key, value in (("limit", limit), ("used", used), ("point_value", point_value)):
		if value < 0:
			raise Wrong(f"{name}: {key} is below nothing")
	return Budget(limit, used, point_value=point_value)


def _rate(value, name: str) -> Decimal:
	found = _number(value, name)
	if found <= 0:
		raise Wrong(f"{name}: a rate is more than nothing")
	return found


# reading one value


def _attempt(wrong: list[str], label: str, read: Callable):
	try:
		return read()
	except Wrong as found:
		wrong.append(f"{label}: {found}")
		return None


def _only(row, known: Iterable[str], where: str = "") -> None:
	if not isinstance(row, dict):
		raise Wrong(f"{where} must be an object in braces".strip())
	if unknown := [key for key in row if key not in known]:
		raise Wrong(f"unknown in {where or 'it'}: {', '.join(unknown)}. There are: {', '.join(known)}")


def _each(row: Mapping, name: str, read: Callable) -> tuple:
	found = row.get(name) or []
	if not isinstance(found, list):
		raise Wrong(f"{name} must be a list")
	made = []
	for number, each in enumerate(found, start=1):
		try:
			made.append(read(each))
		except Wrong as wrong:
			raise Wrong(f"{name} {number}: {wrong}") from None
	return tuple(made)


def _list(found: Mapping, name: str, wrong: list[str]) -> list:
	rows = found.get(name) or []
	if isinstance(rows, list) and rows:
		return rows
	wrong.append(f"{name}: a list with at least one rule is expected")
	return []


def _mapping(found: Mapping, name: str, read: Callable) -> dict:
	rows = found.get(name) or {}
	if not isinstance(rows, dict):
		raise Wrong("must be an object in braces")
	return {key: read(value, key) for key, value in rows.items()}


def _needed(row: Mapping, name: str, known: tuple[str, ...]) -> str:
	if not row.get(name):
		raise Wrong(f"{name} is missing")
	return _one_of(row, name, known)


def _one_of(row: Mapping, name: str, known: Iterable[str]) -> str | None:
	value = row.get(name)
	if value and value not in known:
		raise Wrong(f"{name} is {value!r}, it can be: {', '.join(known)}")
	return value or None


def _digits(value, name: str) -> int:
	found = _whole(value, name)
	if not 0 <= found <= MOST_DIGITS:
		raise Wrong(f"{name} has between 0 and {MOST_DIGITS} places")
	return found


def _text(value, name: str) -> str:
	if not isinstance(value, str):
		raise Wrong(f"{name} must be text")
	return value


def _yes_or_no(value, name: str) -> bool:
	if value not in (None, True, False):
		raise Wrong(f"{name} is {value!r}, it can be: true, false")
	return bool(value)


def _number(value, name: str) -> Decimal:
	found = as_number(value, name)
	if found is None:
		raise Wrong(f"{name} is missing")
	return found


def _whole(value, name: str) -> int:
	found = _number(value, name)
	if found != found.to_integral_value():
		raise Wrong(f"{name} must be a whole number")
	return int(found)
