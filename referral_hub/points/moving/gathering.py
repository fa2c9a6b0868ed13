"""Brings what one person holds in a company by several Employee records together in one of their wallets.

For what is paid or taken back as if there were one wallet. Each amount keeps its last day. Called by the shop and by claw-backs.
"""

from collections.abc import Collection
from datetime import date

from referral_hub.points import accounts, statements
from referral_hub.points.moving import transfers


def held(records: Collection[str], company: str, today: date) -> list[tuple[str, int]]:
	"""Lock the wallets of these records; return (record, points) as `statements.spendable` does, as it is now."""
	accounts.lock_rows(records, company)
	return statements.spendable(list(records), company, today, lock=True)


def move(some: dict[str, int], record: str, company: str, key: str, note: str) -> None:
	"""Move so many points of each of these other records to this one's wallet."""
	for other, points in some.items():
		if points:
			transfers.transfer(other, record, points, f"{key}:{other}", company=company, note=note)


def first_of(rows: Collection[tuple[str, int]], points: int) -> dict[str, int]:
	"""Return how many of these points each record gives when what comes first is taken first."""
	found: dict[str, int] = {}
	for record, there in rows:
		some = min(points, there)
		found[record], points = found.get(record, 0) + some, points - some
	return found
