"""E-mail addresses that nobody reads tomorrow: those of providers that give them away for minutes. Pure.

Which providers these are HR keeps in Referral Hub Settings; a domain covers those below it.
"""

from enum import StrEnum


class Treatment(StrEnum):
	"""What becomes of somebody with such an address."""

	ACCEPT = "Accept"
	SHOW = "Show to HR"
	REFUSE = "Ask for another"


def domains_in(text: str | None) -> frozenset[str]:
	"""Return the domains of a list as HR types it: by line, comma or space, with or without an @."""
	words = (text or "").replace(",", " ").replace(";", " ").lower().split()
	return frozenset(word.lstrip("@.").rstrip(".") for word in words) - {""}


def is_throwaway(email: str | None, domains: frozenset[str]) -> bool:
	"""Say whether the domain of this address, or one above it, is on the list."""
	domain = (email or "").strip().lower().rpartition("@")[2]
	labels = domain.split(".")
	return any(".".join(labels[start:]) in domains for start in range(len(labels) - 1))
