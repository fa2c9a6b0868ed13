"""What is promised when a person is referred, frozen then and used to the end. Pure.

Amounts are Decimal here and plain decimal strings in the frozen JSON: nothing is rounded on the way.
Every milestone has a `share`: the name of the promise within these terms, paid at most once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from referral_hub.rewards.rules.units import BUILT_IN, Unit, unit_of

POINTS = "Points"


@dataclass(frozen=True)
class Promise:
	"""One amount of one kind at one milestone; `details` say what the kind needs to know and are not looked into here.

	`option` is the letter of the choice it belongs to. `base_amount` is what the rule says before `factors`.
	"""

	share: str
	milestone: str
	kind: str
	amount: Decimal
	after_months: int = 0
	currency: str | None = None
	payout_delay_days: int = 0
	option: str = ""
	details: dict = field(default_factory=dict, hash=False)
	factors: tuple[dict, ...] = field(default=(), hash=False)
	base_amount: Decimal | None = None


@dataclass(frozen=True)
class Terms:
	"""The promises of one version of one rule, as they stood on one day."""

	rule: str
	rule_name: str
	rule_version: int
	frozen_on: date
	milestones: tuple[Promise, ...]
	conditions: tuple[tuple[str, str], ...] = ()


def freeze(
	rule, on: date, currency: str, digits: dict[str, int], units: Mapping[str, Unit] = BUILT_IN
) -> Terms:
	"""Freeze a rule: give every promise its share and its currency, and amounts their minor units."""
	return Terms(
		rule=rule.name,
		rule_name=rule.title,
		rule_version=rule.version,
		frozen_on=on,
		milestones=tuple(
			_freeze_promise(promise, str(number), currency, digits, unit_of(promise.kind, units))
			for number, promise in enumerate(rule.promises, start=1)
		),
		conditions=rule.conditions.named(),
	)


def dump(terms: Terms) -> dict:
	"""Return the terms as a dict that JSON can hold."""
	frozen = asdict(terms)
	frozen["frozen_on"] = terms.frozen_on.isoformat()
	frozen["conditions"] = dict(terms.conditions)
	frozen["milestones"] = [_dump_promise(promise) for promise in terms.milestones]
	return frozen


def load(frozen: dict | str | None) -> Terms | None:
	"""Read frozen terms back; None when nothing was promised."""
	frozen = json.loads(frozen) if isinstance(frozen, str) and frozen.strip() else frozen
	if not frozen or not frozen.get("rule"):
		return None
	milestones = tuple(_load_promise(promise) for promise in frozen["milestones"])
	return Terms(
		rule=frozen["rule"],
		rule_name=frozen["rule_name"],
		rule_version=frozen["rule_version"],
		frozen_on=date.fromisoformat(frozen["frozen_on"]),
		milestones=milestones,
		conditions=tuple(frozen["conditions"].items()),
	)


def totals(milestones: Iterable[Promise]) -> list[dict]:
	"""Add up what all milestones together pay, per kind and currency, and per thing where a kind has details."""
	sums: dict[tuple, Decimal] = {}
	for promise in milestones:
		key = (promise.kind, promise.currency, json.dumps(promise.details, sort_keys=True))
		sums[key] = sums.get(key, Decimal(0)) + promise.amount
	return [
		{"kind": kind, "amount": str(amount), "currency": currency}
		| ({"details": json.loads(details)} if details != "{}" else {})
		for (kind, currency, details), amount in sums.items()
	]


def _freeze_promise(
	promise: Promise, share: str, currency: str, digits: dict[str, int], unit: Unit
) -> Promise:
	"""Only money has a currency; without one of its own it is in the employee's."""
	money = (promise.currency or currency) if unit.has_currency else None
	places = unit.places(digits.get(money, 2))
	amount = promise.amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
	return replace(promise, share=share, amount=amount, currency=money, base_amount=amount)


def _dump_promise(promise: Promise) -> dict:
	base = None if promise.base_amount is None else str(promise.base_amount)
	return asdict(promise) | {
		"amount": str(promise.amount),
		"base_amount": base,
		"factors": list(promise.factors),
	}


def _load_promise(frozen: dict) -> Promise:
	"""Read one promise; those frozen by an older version of this app lack the newer keys."""
	base = frozen.get("base_amount")
	return Promise(
		**frozen
		| {
			"amount": Decimal(frozen["amount"]),
			"base_amount": None if base is None else Decimal(base),
			"factors": tuple(frozen.get("factors") or ()),
		}
	)
