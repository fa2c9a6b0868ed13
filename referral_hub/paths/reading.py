"""From a Performance Path to the plain ladder the rules know, and to what a file holds. Reads, writes nothing."""

from decimal import Decimal

from frappe.model.document import Document

from referral_hub.paths.rules.ladder import Ladder, Level, Requirement


def ladder_of(path: Document) -> Ladder:
	return Ladder(tuple(_level(path, row) for row in path.levels))


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
