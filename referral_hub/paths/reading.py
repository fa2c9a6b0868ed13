"""From a Performance Path to the plain ladder the rules know, and to what a file holds. Reads, writes nothing."""

from decimal import Decimal

import frappe
from frappe.model.document import Document

from referral_hub.paths.rules.ladder import Ladder, Level, Requirement


def ladder_of(path: Document) -> Ladder:
	return Ladder(tuple(_level(path, row) for row in path.levels))


def currency_of(path: Document) -> str | None:
	"""Return the currency of pay for which none is named: that of the path's company, or the site's; never the reader's."""
	own = path.company and frappe.get_cached_value("Company", path.company, "default_currency")
	return own or frappe.db.get_default("currency")


def _level(path: Document, row: Document) -> Level:
	return Level(
		code=row.code,
		designation=row.designation,
		grade=row.grade or None,
		follows=row.follows or None,
		branch=row.branch or None,
		usual_months=row.usual_months or None,
		requirements=tuple(_requirement(one) for one in path.requirements if one.level == row.code),
	)


def _requirement(row: Document) -> Requirement:
	return Requirement(row.requirement, _decimal(row.target), _decimal(row.weight), bool(row.at_most))


def _decimal(value) -> Decimal:
	return Decimal(str(value or 0))
