"""Reads the descriptions of open openings before anybody asks who fits, a hundred at a time."""

import frappe

from referral_hub.matching import readings
from referral_hub.matching.rules.drafting import plain_text
from referral_hub.vocabulary.in_use import vocabulary

CHUNK = 100


def some(after: str = "") -> list[str]:
	"""Return open openings by name, a hundred at most."""
	filters = {"status": "Open", "name": (">", after)}
	return frappe.get_all("Job Opening", filters, pluck="name", order_by="name asc", limit=CHUNK)


def read(openings: list[str]) -> int:
	"""Read what is not read yet; return how many there are."""
	found = frappe.get_all("Job Opening", {"name": ("in", openings)}, pluck="description")
	readings.of([plain_text(description) for description in found], vocabulary())
	return len(found)
