"""Reads who came back and which score they had; what that says is in `rules.calibration`.

A score is no longer counted once somebody is hired, so that a hire keeps the one they had before. Reads only what the caller may read.
"""

import frappe

from referral_hub.talent.rules.calibration import Band, bands
from referral_hub.talent.states import HIRED, PROPOSED

DOCTYPE = "Talent Pool Record"


def found(filters: dict) -> list[Band]:
	"""Return the bands of those whom these filters find."""
	about = {**filters, "state": ("!=", PROPOSED)}
	# 0 is a score too, once a night has counted it; of who was forgotten only the number stays
	counted = {"likelihood": (">", 0), "likelihood_parts": ("is", "set")}
	fields = ["likelihood", "state", "hired_on"]
	rows = frappe.get_list(DOCTYPE, about, fields, or_filters=counted, limit_page_length=0)
	return bands((row.likelihood, bool(row.hired_on) or row.state == HIRED) for row in rows)
