"""Which rows a reader's figures are made of. Called by every report here.

A User Permission for a company, a department or a designation leaves only the rows of these; what has none is then nobody's to count
for this reader. Who has not agreed to be referred is counted by nobody.
"""

import frappe
from frappe.query_builder import DocType
from pypika.terms import LiteralValue

from referral_hub.insights.asking import NONE, Asked
from referral_hub.people.places import KINDS, allowed
from referral_hub.permissions import CONDITIONS


def referrals(asked: Asked):
	"""Return the query of the referrals that were made in the time, within what is asked for and the reader may see."""
	referral = DocType("Referral")
	query = frappe.qb.from_(referral)
	query = query.where((referral.submitted_on >= asked.since) & (referral.submitted_on < asked.after))
	return of_reader(narrowed(query, referral, asked, "program"), "Referral")


def narrowed(query, table, asked: Asked, *fields: str):
	"""Keep to the company, the department with those below it, the designation, and other fields that are asked for."""
	for field in ("company", "designation", *fields):
		if value := getattr(asked, field):
			query = query.where(table[field] == value)
	return query.where(table.department.isin(asked.departments)) if asked.department else query


def in_group(query, group, asked: Asked):
	"""Keep to the group whose records are asked for; without one all are."""
	return query.where(group == ("" if asked.group == NONE else asked.group)) if asked.group else query


def of_reader(query, doctype: str, fields: tuple[str, ...] = tuple(KINDS)):
	"""Keep to the rows of a DocType of ours that this user may count."""
	query = limited(query, DocType(doctype), doctype, fields)
	may_read = CONDITIONS[doctype](frappe.session.user, doctype)
	return query.where(LiteralValue(f"({may_read})")) if may_read else query


def limited(query, table, doctype: str, fields: tuple[str, ...] = tuple(KINDS)):
	"""Keep to the companies, departments and designations that User Permissions leave this user."""
	for field in fields:
		if names := allowed(KINDS[field], doctype):
			query = query.where(table[field].isin(names))
	return query
