"""What is promised when a person is referred, frozen then and used to the end. Pure.

Amounts are Decimal here and plain decimal strings in the frozen JSON: nothing is rounded on the way.
Every milestone has a `share`: the name of the promise within these terms, paid at most once.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

POINTS, CASH = "Points", "Cash"


@dataclass(frozen=True)
class Promise:
	"""One amount of one kind at one milestone; `details` say what the kind needs to know and are not looked into here.

	`option` is the letter of the choice it belongs to. `base_amount` is what the rule says before `factors`, of which
	`percent` is paid here (None: all). `hires`: after how many hires it is paid. `fixed`: factors do not change it.
	`back_within`: taken back when the hire leaves before that many months (0: it stays).
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
	percent: Decimal | None = None
	hires: int = 0
	fixed: bool = False
	back_within: int = 0


@dataclass(frozen=True)
class Terms:
	"""The promises of one version of one rule, as they stood on one day.

	`hire`: what the hire must be. `counting`: the terms for several hires in a `period`, from a rule of their own.
	"""

	rule: str
	rule_name: str
	rule_version: int
	frozen_on: date
	milestones: tuple[Promise, ...]
	conditions: tuple[tuple[str, str], ...] = ()
	hire: tuple[tuple[str, str], ...] = ()
	stacking: str = ""
	choose_within_days: int = 0
	period: str = ""
	counting: "Terms | None" = None

	def options(self) -> tuple[str, ...]:
		"""Return the letters of the choice, in order; empty when there is none."""
		return tuple(sorted({promise.option for promise in self.milestones if promise.option}))

	def chosen(self, option: str) -> tuple[Promise, ...]:
		"""Return what is promised to somebody who chose an option: it, and what is paid whatever was chosen."""
		return tuple(promise for promise in self.milestones if promise.option in ("", option))


def dump(terms: Terms) -> dict:
	"""Return the terms as a dict that JSON can hold."""
	frozen = asdict(terms)
	frozen["frozen_on"] = terms.frozen_on.isoformat()
	frozen["conditions"], frozen["hire"] = dict(terms.conditions), dict(terms.hire)
	frozen["milestones"] = [_dump_promise(promise) for promise in terms.milestones]
	frozen["counting"] = dump(terms.counting) if terms.counting else None
	return frozen


def load(frozen: dict | str | None) -> Terms | None:
	"""Read frozen terms back, also those of an older version of this app; None when nothing was promised."""
	frozen = json.loads(frozen) if isinstance(frozen, str) and frozen.strip() else frozen
	if not frozen or not frozen.get("rule"):
		return None
	return Terms(
		rule=frozen["rule"],
		rule_name=frozen["rule_name"],
		rule_version=frozen["rule_version"],
		frozen_on=date.fromisoformat(frozen["frozen_on"]),
		milestones=tuple(_load_promise(promise) for promise in frozen["milestones"]),
		conditions=tuple(frozen["conditions"].items()),
		hire=tuple((frozen.get("hire") or {}).items()),
		stacking=frozen.get("stacking") or "",
		choose_within_days=frozen.get("choose_within_days") or 0,
		period=frozen.get("period") or "",
		counting=load(frozen.get("counting")),
	)


def totals(milestones: Iterable[Promise]) -> list[dict]:
	"""Add up what all milestones together pay, per kind, currency and details; what tax looks at makes no difference."""
	sums: dict[tuple, Decimal] = {}
	details: dict[tuple, dict] = {}
	for promise in milestones:
		about = {name: value for name, value in promise.details.items() if name != "taxable_value"}
		key = (promise.kind, promise.currency, json.dumps(about, sort_keys=True))
		sums[key] = sums.get(key, Decimal(0)) + promise.amount
		details[key] = {"details": about} if about else {}
	return [
		{"kind": key[0], "amount": str(amount), "currency": key[1], **details[key]}
		for key, amount in sums.items()
	]


def _dump_promise(promise: Promise) -> dict:
	figures = {name: _text(getattr(promise, name)) for name in ("amount", "base_amount", "percent")}
	return asdict(promise) | figures | {"factors": list(promise.factors)}


def _load_promise(frozen: dict) -> Promise:
	"""Read one promise; those frozen by an older version of this app lack the newer keys."""
	figures = {name: _figure(frozen.get(name)) for name in ("amount", "base_amount", "percent")}
	return Promise(**frozen | figures | {"factors": tuple(frozen.get("factors") or ())})


def _text(figure: Decimal | None) -> str | None:
	return None if figure is None else str(figure)


def _figure(text: str | None) -> Decimal | None:
	return None if text is None else Decimal(text)
