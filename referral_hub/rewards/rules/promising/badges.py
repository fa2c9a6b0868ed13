"""Which badges and titles somebody holds on a day, the latest first: the level of who refers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Award:
	"""A badge that was given. `held_until`: its last day, None: for good. `revoked_on`: since when it is taken back."""

	badge: str
	awarded_on: date
	held_until: date | None = None
	revoked_on: date | None = None

	def is_held_on(self, day: date) -> bool:
		is_over = self.held_until is not None and self.held_until < day
		is_revoked = self.revoked_on is not None and self.revoked_on <= day
		return self.awarded_on <= day and not is_over and not is_revoked


def held_on(awards: Iterable[Award], day: date) -> tuple[str, ...]:
	"""Return each badge held on a day once; of two, the one awarded later comes first, as the nearer department does."""
	held = sorted((award for award in awards if award.is_held_on(day)), key=lambda award: award.badge)
	held.sort(key=lambda award: award.awarded_on, reverse=True)
	return tuple(dict.fromkeys(award.badge for award in held))
