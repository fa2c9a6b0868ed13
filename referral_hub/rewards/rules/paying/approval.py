"""Which rewards wait for an approval, and who may give it. Pure.

A limit is for a kind of reward, in a currency or in any, in a program or in every one. Limits of a program count instead of
the general ones. Of those that an amount exceeds the highest decides whose approval is needed. Money in a currency that no
limit names, while others do, needs an approval whatever its amount: nobody has said what much is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Limit:
	kind: str
	above: Decimal
	role: str
	currency: str | None = None
	program: str | None = None


@dataclass(frozen=True)
class People:
	"""Who has to do with one reward, as users; of those it is about, whichever of their records they log in by."""

	referrer: frozenset[str] = frozenset()
	hire: frozenset[str] = frozenset()
	maker: str | None = None
	approver: str | None = None


def limit_for(
	limits: Iterable[Limit], kind: str, amount: Decimal, currency: str | None, program: str | None
) -> Limit | None:
	"""Return the limit that an amount exceeds; None when nobody has to approve."""
	of_kind = [limit for limit in limits if limit.kind == kind and limit.program in (None, program)]
	own = [limit for limit in of_kind if limit.program] or of_kind
	fitting = [limit for limit in own if not currency or limit.currency in (None, currency)]
	if own and not fitting:
		return min(own, key=lambda limit: limit.above)
	exceeded = [limit for limit in fitting if amount > limit.above]
	return max(exceeded, key=lambda limit: limit.above, default=None)


def why_not_decide(user: str, people: People) -> str | None:
	"""Return the code of what stands against this user's deciding anything: nobody decides about themselves."""
	if user in people.referrer:
		return "own_reward"
	return "own_hire" if user in people.hire else None


def why_not_approve(user: str, people: People, separate_duties: bool) -> str | None:
	"""Return the code of what stands against this user's approval. Nobody approves what is about themselves."""
	if code := why_not_decide(user, people):
		return code
	return "recorded_it" if separate_duties and user == people.maker else None


def why_not_pay(user: str, people: People, separate_duties: bool) -> str | None:
	"""Return the code of what stands against this user's handing the money to payroll."""
	if user in people.referrer:
		return "own_reward"
	if not separate_duties:
		return None
	if user == people.approver:
		return "approved_it"
	return "recorded_it" if user == people.maker else None
