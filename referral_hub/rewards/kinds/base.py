"""What a kind of reward must be able to do. One class per kind, found through the hook `referral_hub_reward_kinds`.

A kind writes in the caller's transaction, never commits, and is called with the reward's row locked.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules import states


@dataclass(frozen=True)
class Payout:
	"""The document that carries a paid reward."""

	doctype: str
	name: str


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
	"""Pays one kind of reward."""

	def details(self, row) -> dict:
		"""Return what a rule's row says beside the amount, as JSON can hold it: frozen with the terms."""
		return {}

	def missing(self, reward, today: date) -> Reason | None:
		"""Say what is missing before this reward can be paid; None when nothing is."""
		return None

	def pay(self, reward, today: date) -> Payout:
		"""Hand the reward over; called again for the same attempt it returns the same payout."""
		raise NotImplementedError

	def take_back(self, reward) -> TakenBack:
		"""Undo the payout as far as that is possible."""
		raise NotImplementedError

	def state_when_kept(self, reward) -> str:
		"""Return the state of a reward that is earned again while the employee still has all of it."""
		return states.PAID

	def in_words(self, amount: Decimal, currency: str | None) -> str:
		"""Return the amount as a person reads it."""
		raise NotImplementedError
