"""From which level of referrer on an item can be had. Levels, and who is at which, are recognition's; they are only read here."""

from collections.abc import Collection

import frappe
from frappe.utils import cint

from referral_hub.people import employments

LEVEL = "Referral Level"
OUT_OF_REACH = 1_000_000_000  # above the rank of any level


def rank_of(employee: str) -> int:
	"""Return how high the level is that a person has reached, by all their records; 0 without one."""
	((rank,),) = frappe.db.sql(
		"""select max(reached.`rank`) from `tabReferral Recognition` kept
		join `tabReferral Level` reached on reached.name = kept.level where kept.employee in %s""",
		(tuple(employments.records_of(employee)),),
	)
	return cint(rank)


def named(names: Collection[str | None]) -> dict[str, tuple[int, str]]:
	"""Return level -> its rank, and its name in the reader's language."""
	wanted = sorted({name for name in names if name})
	if not wanted:
		return {}
	rows = frappe.get_all(LEVEL, {"name": ("in", wanted)}, ["name", "rank", "level_name_zh"])
	return {row.name: (cint(row.rank), _in_language(row)) for row in rows}


def gone(name: str | None) -> tuple[int, str]:
	"""Return rank and name of a level there is none of: one that is gone is reached by nobody, no level by everybody."""
	return (OUT_OF_REACH, name) if name else (0, "")


def _in_language(row) -> str:
	chinese = row.level_name_zh if (frappe.local.lang or "").startswith("zh") else None
	return chinese or row.name
