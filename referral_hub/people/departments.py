"""The tree of departments, read once for many questions. Every slice may ask; nothing is written."""

import frappe

from referral_hub.database.prepared import Prepared

Parents = dict[str, str | None]


def parents() -> Parents:
	"""Return the parent of every department."""
	return dict(_parents.run())


def with_ancestors(department: str | None, parents: Parents) -> tuple[str, ...]:
	"""Return a department and those above it, nearest first; a loop in the tree ends the walk."""
	chain: list[str] = []
	while department and department not in chain:
		chain.append(department)
		department = parents.get(department)
	return tuple(chain)


@Prepared
def _parents():
	Department = frappe.qb.DocType("Department")
	return frappe.qb.from_(Department).select(Department.name, Department.parent_department)
