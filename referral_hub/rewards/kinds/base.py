"""What a kind of reward must be able to do. One class per kind, found through the hook `referral_hub_reward_kinds`.

A kind writes in the caller's transaction, never commits, and is called with the reward's row locked. It is made anew
for each question and keeps nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from frappe import _
from frappe.utils import flt

from referral_hub.rewards.money import to_decimal
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules.promising.checks import LARGEST_OF_OTHERS, MOST_DAYS
from referral_hub.rewards.rules.units import Unit


@dataclass(frozen=True)
class Payout:
	"""The document that carries a reward. `is_done` is False while a person still has to hand it over.

	`is_draft` is said where it is known, and else looked up.
	"""

	doctype: str
	name: str
	is_done: bool = True
	is_draft: bool | None = None


@dataclass(frozen=True)
class TakenBack:
	"""How far a payout could be undone."""

	owed: Decimal = Decimal(0)
	reached_employee: bool = True
	document_kept: bool = True

	def state(self) -> str:
		if self.owed:
			return states.OWED
		return states.CLAWED_BACK if self.reached_employee else states.VOID


class RewardKind:
	"""Pays one kind of reward. `columns`: what of a rule's row this kind reads beside amount and currency."""

	TAXED = ("taxable_value", "gross_up")  # the columns of what is worth something to the tax office
	LARGEST: ClassVar = {"taxable_value": LARGEST_OF_OTHERS, "fulfil_within_days": MOST_DAYS}

	name = ""  # set by who finds the class: the key of the hook
	unit = Unit.MONEY
	columns: tuple[str, ...] = ()
	required: tuple[str, ...] = ()

	def label(self) -> str:
		"""Return the name of the kind as a person reads it."""
		return _(self.name)

	def check(self, row) -> list[str]:
		"""Say in words what is wrong with a rule's row beyond its amount; empty when nothing is."""
		labels = {field.fieldname: field.label for field in row.meta.fields}
		missing = [name for name in self.required if not row.get(name)]
		if row.get("gross_up") and flt(row.get("taxable_value")) <= 0:
			missing.append("taxable_value")
		said = [_("{0} is missing.").format(_(labels[name])) for name in missing]
		return said + [
			_("{field} can be at most {largest}.").format(field=_(labels[name]), largest=f"{largest:,}")
			for name, largest in self.LARGEST.items()
			if row.get(name) and not flt(row.get(name)) <= flt(largest)
		]

	def details(self, row) -> dict:
		"""Return what to freeze of a rule's row, as JSON can hold it."""
		kept = {name: row.get(name) for name in self.columns if row.get(name)}
		if "taxable_value" in kept:
			kept["taxable_value"] = str(to_decimal(kept["taxable_value"]))
			kept["taxable_currency"] = row.get("currency") or ""
		return kept

	def missing(self, reward, today: date) -> Reason | None:
		"""Say what is missing before this reward can be paid; None when nothing is."""
		return None

	def pay(self, reward, today: date) -> Payout:
		"""Hand the reward over; called again for the same attempt it returns the same payout."""
		raise NotImplementedError

	def payout_of(self, reward) -> Payout | None:
		"""Return what carries this reward now, whoever made it; None when nothing does."""
		return Payout(reward.payout_doctype, reward.payout_name) if reward.payout_name else None

	def take_back(self, reward) -> TakenBack:
		"""Undo the payout as far as that is possible."""
		raise NotImplementedError

	def state_when_kept(self, reward) -> str:
		"""Return the state of a reward that is earned again while the employee still has all of it."""
		return states.PAID

	def in_words(self, amount: Decimal, currency: str | None, details: dict | None = None) -> str:
		"""Return the amount as a person reads it."""
		raise NotImplementedError
